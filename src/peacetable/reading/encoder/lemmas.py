"""Lemmas by rule: what turns a word into its lemma, as a short text that other words share ("l-3+y": parties, party).

A rule is a letter for the case and then either what the ending becomes (`-N+ENDING`: N letters off, the ending on) or
the whole lemma (`=LEMMA`) where word and lemma share no beginning. After Straka's UDPipe (2018), without prefixes,
which English does not need. `apply(word, rule(word, lemma)) == lemma` for any two words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

#: Ways to set the case of a word before its ending changes, the likeliest first.
CASES: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {"l": str.lower, "k": str, "t": lambda word: word[:1].upper() + word[1:].lower(), "u": str.upper}
)
RULE: Final = re.compile(r"(?P<case>[lktu])(?:-(?P<off>\d+)\+(?P<on>.*))|=(?P<whole>.*)", re.DOTALL)
#: The rule that keeps a word as it is, for rules that cannot be read.
KEPT: Final = "k-0+"


def rule(word: str, lemma: str) -> str:
    """The rule that makes a word its lemma: the one that changes least, small letters before kept ones."""
    found: tuple[int, str] | None = None
    for case, cased in CASES.items():
        turned = cased(word)
        shared = _shared(turned, lemma)
        changed = len(turned) + len(lemma) - 2 * shared
        if (shared or turned == lemma) and (found is None or changed < found[0]):
            found = changed, f"{case}-{len(turned) - shared}+{lemma[shared:]}"
    return found[1] if found else f"={lemma}"


def apply(word: str, rule: str) -> str:
    """The lemma of a word by a rule; where the word is too short for it, the word with its case set."""
    case, off, on, whole = _read(rule)
    if whole is not None:
        return whole
    turned = CASES[case](word)
    return turned[: len(turned) - off] + on if off <= len(turned) else turned


def _shared(word: str, other: str) -> int:
    """How many letters two words begin with in common."""
    for number, (letter, match) in enumerate(zip(word, other, strict=False)):
        if letter != match:
            return number
    return min(len(word), len(other))


@lru_cache(maxsize=4096)
def _read(rule: str) -> tuple[str, int, str, str | None]:
    match = RULE.fullmatch(rule) or RULE.fullmatch(KEPT)
    if match is None or match["whole"] is not None:
        return "k", 0, "", match["whole"] if match else None
    return match["case"], int(match["off"]), match["on"], None
