"""Runs of words found and wanted: exact and relaxed scores of names, attributions and evidence.

All are micro-averaged: counts of several texts add up. A run is a pair of word numbers, the first one's and the one
after the last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, Protocol, TypeVar

from scoring import ENOUGH, KINDS

Run = tuple[int, int]

#: How much of a source, a cue and a content must be shared (their common words over all their words) for a link.
LINKED: Final = 0.8
#: What UNER calls our types of names; titles, nationalities and events are no names there.
UNER: Final[Mapping[str, str]] = {
    "person": "PER",
    "organisation": "ORG",
    "group": "ORG",
    "state": "LOC",
    "place": "LOC",
    "facility": "LOC",
}
#: One word for the tokens of `gold/score.py`.
TOKEN: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were wanted, how many said, and how many of these are hits."""

    gold: int = 0
    mine: int = 0
    hits: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.gold + other.gold, self.mine + other.mine, self.hits + other.hits)

    @property
    def f1(self) -> float:
        """F1; nothing where there is no hit."""
        return 2 * self.hits / (self.gold + self.mine) if self.hits else 0.0


class Runs(Protocol):
    """An attribution, gold or read."""

    @property
    def source(self) -> tuple[Run, ...]: ...

    @property
    def cue(self) -> tuple[Run, ...]: ...

    @property
    def content(self) -> tuple[Run, ...]: ...


class GoldName(Protocol):
    """A name as data sets give it: the types that it may have, none where they tell nothing of these words."""

    @property
    def run(self) -> Run: ...

    @property
    def types(self) -> frozenset[str]: ...


class ReadName(Protocol):
    """A name as it is read."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def type(self) -> str: ...


T = TypeVar("T", bound=Hashable)
A = TypeVar("A")
B = TypeVar("B")


def exact(gold: Iterable[T], mine: Iterable[T]) -> Counts:
    """Counts of what is the same on both sides; the same thing said twice counts once."""
    wanted, said = set(gold), set(mine)
    return Counts(len(wanted), len(said), len(wanted & said))


def pairs(gold: Sequence[A], mine: Sequence[B], likeness: Callable[[A, B], float]) -> Iterator[tuple[int, int]]:
    """Pairs one to one, the likest first; what has a likeness of nothing is not paired."""
    rated = ((likeness(wanted, said), i, j) for i, wanted in enumerate(gold) for j, said in enumerate(mine))
    used: tuple[set[int], set[int]] = set(), set()
    for _, i, j in sorted((-value, i, j) for value, i, j in rated if value > 0):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            yield i, j


def uner_names(gold: Iterable[GoldName], mine: Iterable[ReadName]) -> Counts:
    """Names as UNER counts them: person, organisation or place, same words, outermost only.

    A name of another type is dropped before the outermost ones are taken, so that the state in an event's name counts.
    Gold types may be sets: ORG is any body, a state's too, LOC any place; "state" decides only where it stands alone.
    """
    wanted = {(name.run, UNER[kind]) for name in gold for kind in _surest(name.types) if kind in UNER}
    said = {((name.start, name.end), UNER[name.type]) for name in mine if name.type in UNER}
    return exact(_outermost(wanted), _outermost(said))


def mapped_names(gold: Sequence[GoldName], mine: Iterable[ReadName], marked: frozenset[str]) -> Counts:
    """Names by our own types where a data set's type stands for one or several of them: right if it is one of these.

    Left out: types that the data set does not mark, and what is read among words of which it tells nothing.
    """
    unknown = {word for name in gold if not name.types for word in range(*name.run)}
    wanted = {name.run: name.types for name in gold if name.types}
    read = {
        ((name.start, name.end), name.type)
        for name in mine
        if name.type in marked and unknown.isdisjoint(range(name.start, name.end))
    }
    said = _outermost(read)
    return Counts(len(wanted), len(said), sum(kind in wanted.get(run, ()) for run, kind in said))


def pieces(gold: Iterable[Runs], mine: Iterable[Runs]) -> dict[str, Counts]:
    """Source, cue and content, each contiguous piece of a span for itself, by the same words exactly."""
    wanted, said = list(gold), list(mine)
    return {
        role: exact(
            (run for one in wanted for run in getattr(one, role)), (run for one in said for run in getattr(one, role))
        )
        for role in ("source", "cue", "content")
    }


def linked(gold: Sequence[Runs], mine: Sequence[Runs]) -> Counts:
    """Whole attributions: source, cue and content share `LINKED` of their words each, and one to one.

    Where the gold has no source (or no cue), none may be read.
    """

    def likeness(wanted: Runs, said: Runs) -> float:
        shares = [_shared(getattr(wanted, role), getattr(said, role)) for role in ("source", "cue", "content")]
        return sum(shares) if min(shares) >= LINKED else 0.0

    return Counts(len(gold), len(mine), len(list(pairs(gold, mine, likeness))))


def evidence(
    words: Sequence[str], gold: Iterable[tuple[str, Run]], mine: Iterable[tuple[str, Run]], *, distinct: bool = True
) -> dict[str, Counts]:
    """Evidence by kind, with the overlap of `gold/score.py`: token F1 of 0.5 or more, one to one, the best first.

    Args:
        words: the text; a word counts as many tokens as it has runs of letters and digits, a mark none.
        gold, mine: kind and run of each finding's evidence.
        distinct: count a passage once where several findings of a kind rest on it, on both sides.
    """
    before = [0, *accumulate(len(TOKEN.findall(word)) for word in words)]

    def size(run: Run) -> int:
        return before[run[1]] - before[run[0]]

    def likeness(wanted: Run, said: Run) -> float:
        first, last = max(wanted[0], said[0]), min(wanted[1], said[1])
        value = 2 * size((first, last)) / max(1, size(wanted) + size(said)) if first < last else 0.0
        return value if value >= ENOUGH else 0.0

    found, wanted, said = {}, list(gold), list(mine)
    for kind in KINDS:
        left, right = ([run for of, run in side if of == kind] for side in (wanted, said))
        if distinct:
            left, right = sorted(set(left)), sorted(set(right))
        found[kind] = Counts(len(left), len(right), len(list(pairs(left, right, likeness))))
    return found


def mean_f1(by_kind: Mapping[str, Counts]) -> float:
    """The mean F1 over the kinds that occur on either side."""
    used = [counts.f1 for counts in by_kind.values() if counts.gold or counts.mine]
    return sum(used) / len(used) if used else 0.0


def _shared(left: Iterable[Run], right: Iterable[Run]) -> float:
    """The words of both over the words of either; two empty spans share all."""
    one, other = ({word for run in runs for word in range(*run)} for runs in (left, right))
    return len(one & other) / len(one | other) if one | other else 1.0


def _surest(types: frozenset[str]) -> frozenset[str]:
    return types - {"state"} or types


def _outermost(names: set[tuple[Run, str]]) -> set[tuple[Run, str]]:
    def within(run: Run) -> bool:
        return any(start <= run[0] and run[1] <= end and (start, end) != run for (start, end), _ in names)

    return {name for name in names if not within(name[0])}
