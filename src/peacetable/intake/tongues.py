"""Which language a report is in, so that only what can be read is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from peacetable.intake.signature import without
from peacetable.model import Furniture

#: Fewer letters than this tell no language.
FEWEST_LETTERS: Final = 40
_SAMPLE: Final = 5_000
_WORD: Final = re.compile(r"[^\W\d_]+")
# Words that make up a third of English prose. At a fifth of the words, "the" among them, no other language is left
# (the nearest, Dutch and Scots apart, stays under a tenth), and the identifier, half a second to load, is not needed.
_ENGLISH: Final = frozenset(
    {
        "the", "of", "and", "to", "in", "that", "said", "was", "is", "for", "on", "with", "has", "have", "had", "by",
        "from", "at", "as", "it", "its", "be", "will", "would", "they", "their", "he", "his", "not", "but", "are",
        "were", "this", "which", "who", "an",
    }
)  # fmt: skip
_ENGLISH_SHARE: Final = 0.2


def language_of(text: str, furniture: Sequence[Furniture] = ()) -> str | None:
    """The ISO 639-1 code of a text's language; None where the text is too short or too mixed to tell."""
    words = _WORD.findall(
        without(text[: 4 * _SAMPLE], furniture and [f for f in furniture if f.span.end <= 4 * _SAMPLE])
    )
    words = " ".join(words)[:_SAMPLE].split()
    if sum(map(len, words)) < FEWEST_LETTERS:
        return None
    english = sum(word.lower() in _ENGLISH for word in words)
    if len(words) >= 30 and english >= _ENGLISH_SHARE * len(words) and "the" in words:
        return "en"
    code, probability = _identifier().classify(" ".join(words))
    return str(code) if probability >= 0.9 else None


@cache
def _identifier() -> Any:
    """py3langid's model, with probabilities that sum to one."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
