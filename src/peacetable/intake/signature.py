"""What near-duplicates of a text share: a MinHash of its three-word shingles.

A. Broder, On the resemblance and containment of documents (1997): the share of equal numbers in two signatures is an
estimate of the share of shingles that two texts have in common. Which texts are reprints, the record decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from peacetable.model import Furniture

PERMUTATIONS: Final = 128
_SEED: Final = 20210318  # any number, for ever the same: signatures in old records must stay comparable
_WORD: Final = re.compile(r"\w+")


def signature(text: str, furniture: Sequence[Furniture] = ()) -> tuple[int, ...]:
    """The MinHash of a text's words, the same in every process; empty where the text has no word.

    Args:
        text: the report's text.
        furniture: runs to leave out, for two sites dress one story differently.
    """
    words = _WORD.findall(without(text, furniture).lower())
    if not words:
        return ()
    from rensa import RMinHash

    shingles = [" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))]
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    sketch.update(shingles)
    return tuple(sketch.digest())


def without(text: str, furniture: Sequence[Furniture]) -> str:
    """The text with each run of furniture as one space."""
    parts, at = [], 0
    for item in sorted(furniture, key=lambda one: one.span):
        parts.append(text[at : max(at, item.span.start)])
        at = max(at, item.span.end)
    return " ".join((*parts, text[at:]))
