"""The words that make a clause more or less certain, out of `words/certainty.toml`, and the reasons that they give."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal

from peacetable.reading.cues import inflected

Value = Literal["asserted", "negated", "conditional", "planned", "alleged", "denied"]

#: The values, the weakest first. Whatever is said of a clause, one that is denied is denied; that it is supposed counts
#: more than that it is not so, this more than that it is to come, and only a claim of what was or is is an allegation.
ORDER: Final[tuple[Value, ...]] = ("asserted", "alleged", "planned", "negated", "conditional", "denied")


@dataclass(frozen=True, slots=True)
class Ground:
    """A value with the group that gave it and the words of that group, by their numbers in the report."""

    value: Value
    rule: str = ""
    words: tuple[int, ...] = ()

    def or_stronger(self, *others: Ground) -> Ground:
        """The strongest of some reasons; of equals the first that has words."""
        return max((self, *others), key=lambda reason: (ORDER.index(reason.value), bool(reason.words)))


ASSERTED: Final = Ground("asserted")


@dataclass(frozen=True, slots=True)
class CertaintyWords:
    """The words by their groups.

    Attributes:
        groups: for each kind of words, the group of each form.
        values: the value that each group gives.
        lists: for each group, its forms by kind.
    """

    groups: Mapping[str, Mapping[str, str]]
    values: Mapping[str, Value]
    lists: Mapping[str, Mapping[str, frozenset[str]]]

    def group(self, kind: str, *forms: str) -> str | None:
        """The group of a word of a kind, by the first of its forms that is listed."""
        return next((found for form in forms if (found := self.groups[kind].get(form))), None)

    def reason(self, group: str, *words: int) -> Ground:
        """The reason that words of a group give."""
        return Ground(self.values[group], group, words)

    def among(self, group: str, kind: str, form: str) -> bool:
        """Is a word listed in a group as one of a kind?"""
        return form in self.lists[group].get(kind, ())


INFLECTED: Final = frozenset({"verbs", "passive", "nouns", "finite"})
KINDS: Final = ("auxiliaries", "adverbs", "marks", "verbs", "passive", "forms", "adjectives", "nouns", "finite")


@cache
def certainty_words() -> CertaintyWords:
    """The words, read when they are first needed."""
    raw = tomllib.loads(files("peacetable.reading").joinpath("words", "certainty.toml").read_text("utf-8"))
    lists = {
        group: {
            kind: frozenset(_forms(kind, words)) for kind, words in content.items() if kind not in ("note", "value")
        }
        for group, content in raw.items()
    }
    groups: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
    for group, kinds in lists.items():
        for kind in kinds.keys() & groups.keys():
            for form in kinds[kind]:
                groups[kind].setdefault(form, group)
    return CertaintyWords(MappingProxyType(groups), {group: content["value"] for group, content in raw.items()}, lists)


def _forms(kind: str, words: Sequence[str]) -> Iterator[str]:
    for word in words:
        if kind in INFLECTED:
            yield from (form for form, *_ in inflected(word))
        else:
            yield word
