"""Cue lists: phrases grouped in TOML under `words/`, matched against the tokens of a sentence.

A list has groups; a group has a note, values of its own (a stance, a modality) and any of `verbs` (the first word takes
its regular endings; other forms follow after a bar, as in "seek|sought"), `phrases` and `nouns` (as written) and
`copular` (as written, after a form of "be"). Nothing is read before a list is asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal

from peacetable.reading.analysis import Sentence

Form = Literal["base", "present", "past", "participle", "phrase", "noun", "copular"]

COPULAS: Final = frozenset(
    {
        "is", "are", "was", "were", "be", "been", "being", "am", "'s", "’s", "i'm", "i’m", "we're", "we’re", "they're",
        "they’re", "you're", "remain", "remains", "remained", "stand", "stands", "stood", "feel", "feels", "felt",
        "seem", "seems", "seemed",
    }
)  # fmt: skip
VOWELS: Final = "aeiou"


@dataclass(frozen=True, slots=True)
class Entry:
    """One way to write a cue: its words in lower case, its group and the form of its verb."""

    words: tuple[str, ...]
    group: str
    form: Form


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found in a sentence: tokens `first` to `last` (not included)."""

    first: int
    last: int
    group: str
    form: Form


@dataclass(frozen=True, slots=True)
class CueList:
    """The cues of one list by their first word, and the values of its groups."""

    by_first: Mapping[str, tuple[Entry, ...]]
    values: Mapping[str, Mapping[str, Any]]

    def value(self, group: str, name: str) -> Any:
        """A value of a group, or None."""
        return self.values[group].get(name)

    def hits(self, sentence: Sentence) -> Iterator[Hit]:
        """The cues of a sentence in order, the longest at each place; the same words may be a verb and a noun."""
        lowers = [token.lower for token in sentence.tokens]
        at = 0
        while at < len(lowers):
            found = self.at(lowers, at)
            yield from found
            at = found[0].last if found else at + 1

    def at(self, lowers: Sequence[str], index: int) -> tuple[Hit, ...]:
        """The longest cues that start at a token."""
        found: list[Hit] = []
        for entry in self.by_first.get(lowers[index], ()):
            last = index + len(entry.words)
            if found and last < found[0].last:
                break
            if tuple(lowers[index:last]) == entry.words:
                found.append(Hit(index, last, entry.group, entry.form))
        return tuple(found)


@cache
def cue_list(name: str) -> CueList:
    """The cue list of a name: `words/<name>.toml`, groups in the order of the file."""
    text = files("peacetable.reading").joinpath("words", f"{name}.toml").read_text("utf-8")
    groups = tomllib.loads(text)
    entries: dict[str, list[Entry]] = {}
    for group, content in groups.items():
        for entry in _entries(group, content):
            entries.setdefault(entry.words[0], []).append(entry)
    by_first = {first: tuple(sorted(found, key=lambda e: -len(e.words))) for first, found in entries.items()}
    return CueList(MappingProxyType(by_first), MappingProxyType(groups))


def _entries(group: str, content: Mapping[str, Any]) -> Iterator[Entry]:
    for verb in content.get("verbs", ()):
        for first, rest, form in inflected(verb):
            yield Entry((first, *rest), group, form)
    kinds: tuple[tuple[str, Form], ...] = (("phrases", "phrase"), ("nouns", "noun"), ("copular", "copular"))
    for name, form in kinds:
        for phrase in content.get(name, ()):
            yield Entry(tuple(phrase.split()), group, form)


def inflected(verb: str) -> Iterator[tuple[str, tuple[str, ...], Form]]:
    """The forms of a verb: "call for" gives call, calls, called and calling, each with "for".

    Further past forms stand after bars behind the first word: "seek|sought for".
    """
    head, *rest = verb.split()
    base, *others = head.split("|")
    after = tuple(rest)
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        present = f"{base}es"
    elif base.endswith("y") and base[-2] not in VOWELS:
        present = f"{base[:-1]}ies"
    else:
        present = f"{base}s"
    if base.endswith("e"):
        past, participle = f"{base}d", f"{base[:-1]}ing"
    elif base.endswith("y") and base[-2] not in VOWELS:
        past, participle = f"{base[:-1]}ied", f"{base}ing"
    else:
        past, participle = f"{base}ed", f"{base}ing"
    yield base, after, "base"
    yield present, after, "present"
    if not any(not other.endswith("ing") for other in others):
        yield past, after, "past"
    for other in others:
        yield other, after, "participle" if other.endswith("ing") else "past"
    if not any(other.endswith("ing") for other in others):
        yield participle, after, "participle"
