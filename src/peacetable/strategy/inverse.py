"""The question put the other way round: what would have to be preferred for a state to be stable?

For Nash, GMR, SMR, SEQ and SSEQ (the others' preferences held as they are) all depends on one thing: which states the
decision maker holds the desired one to be at least as good as. The conditions are clauses over that set (Kinsara,
Kilgour & Hipel 2015; Wang, Hipel, Fang & Dang 2018), and the more states are in it the better. So rankings are counted
by the size of the set, never listed, and the ranking nearest to the present one is searched for among such sets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import comb, factorial, prod
from typing import Final

import numpy as np

from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.evolution import improving as only_improvements
from peacetable.strategy.least_change import Change, Clauses, Way, least_change, met
from peacetable.strategy.sequence_search import Steps, Tree
from peacetable.strategy.stability import CONCEPTS, solve

#: States beyond which rankings are not counted: there are 10^89 of 64 states.
MOST_COUNTED: Final = 64
#: Steps after which counting gives up, and the search for the least change settles for a bound.
PATIENCE: Final = 20_000


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold for one clause: an improvement to `tempting` is none, or is answered.

    Attributes:
        tempting: the state (decimal) that the decision maker can move to.
        ways: any one of them will do: the desired state is at least as good as all of its states.
    """

    tempting: int
    ways: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """For one decision maker and one concept.

    Attributes:
        holds: is the state stable as things are? None without a ranking.
        strict, weak: how many rankings without and with ties make it stable; None where they are too many to count.
        strict_of, weak_of: out of how many.
        change: None without a present ranking.
    """

    decision_maker: int
    concept: str
    holds: bool | None
    conditions: tuple[Condition, ...]
    strict: int | None
    strict_of: int | None
    weak: int | None
    weak_of: int | None
    change: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """For all decision makers at once: what would make the state an equilibrium.

    Attributes:
        pairs: the changes of all, summed; None where somebody has no ranking.
        exact: no smaller sum will do. For SEQ and SSEQ a change in what one prefers changes what others can answer,
            so that there it is known only where nobody has to change.
        works: the changes, made together, do make it an equilibrium.
        strict: how many combinations of rankings without ties do; None where it was not counted.
    """

    concept: str
    pairs: int | None
    exact: bool
    works: bool | None
    strict: int | None


@dataclass(frozen=True, slots=True)
class Inverse:
    """The answers for one desired state."""

    state: int
    answers: tuple[Answer, ...]
    together: tuple[Together, ...]


def inverse(conflict: Conflict, state: int, *, concepts: Sequence[str] = CONCEPTS, patience: int = PATIENCE) -> Inverse:
    """Which preferences make a state stable, for each decision maker and for all.

    Args:
        conflict: the model; the others' preferences are needed for SEQ and SSEQ.
        state: the decimal of the desired state.
        concepts: some of Nash, GMR, SMR, SEQ, SSEQ.
        patience: steps of a count or of a search before it stops.

    Raises:
        ConflictError: the state is not feasible, or a concept has no such conditions.
    """
    other = [concept for concept in concepts if concept not in CONCEPTS]
    if other:
        raise ConflictError(f"inverse analysis knows {', '.join(CONCEPTS)}, not {other[0]}")
    desired = conflict.number(state) - 1
    builder = _Builder(conflict, desired)
    answers = tuple(
        _answer(conflict, builder, maker, concept, patience)
        for maker in range(len(conflict.decision_makers))
        for concept in concepts
    )
    together = tuple(
        _together(conflict, desired, concept, [one for one in answers if one.concept == concept])
        for concept in concepts
    )
    return Inverse(int(conflict.states[desired]), answers, together)


def _answer(conflict: Conflict, builder: _Builder, maker: int, concept: str, patience: int) -> Answer:
    tempting, clauses = builder.clauses(maker, concept)
    count = len(conflict.states)
    sizes = _sizes(clauses, patience) if count <= MOST_COUNTED else None
    who = conflict.decision_makers[maker]
    change, holds = None, None
    if preferences.ordinal(who.preference):
        rank = preferences.ranks(conflict, who.preference, name=who.name)
        below = frozenset(int(place) for place in np.flatnonzero(rank <= rank[builder.desired]))
        holds = met(clauses, below)
        change = least_change(conflict, builder.desired, rank, clauses, patience=patience)
    decimals = [int(decimal) for decimal in conflict.states]
    conditions = tuple(
        Condition(decimals[place], tuple(tuple(decimals[each] for each in sorted(way)) for way in ways))
        for place, ways in zip(tempting, clauses, strict=True)
    )
    variables = len(frozenset().union(*(way for ways in clauses for way in ways)))
    return Answer(
        decision_maker=maker,
        concept=concept,
        holds=holds,
        conditions=conditions,
        strict=None if sizes is None else _rankings(sizes, count - 1 - variables, _strict_orders),
        strict_of=factorial(count) if count <= MOST_COUNTED else None,
        weak=None if sizes is None else _rankings(sizes, count - 1 - variables, _weak_orders),
        weak_of=_fubini(count) if count <= MOST_COUNTED else None,
        change=change,
    )


def _together(conflict: Conflict, desired: int, concept: str, answers: Sequence[Answer]) -> Together:
    changes = [answer.change for answer in answers]
    counts = [answer.strict for answer in answers]
    independent = concept not in ("SEQ", "SSEQ")
    strict = prod(count for count in counts if count) if independent and None not in counts else None
    if any(change is None for change in changes):
        return Together(concept=concept, pairs=None, exact=False, works=None, strict=strict)
    needed = [change for change in changes if change is not None and change.pairs]
    makers = tuple(
        replace(maker, preference=change.ranking) if change and change.pairs else maker
        for maker, change in zip(conflict.decision_makers, changes, strict=True)
    )
    solved = solve(replace(conflict, decision_makers=makers), concepts=(concept,))
    return Together(
        concept=concept,
        pairs=sum(change.pairs for change in needed),
        exact=all(change.exact for change in needed) and (independent or not needed),
        works=bool(solved.stable[concept][:, desired].all()),
        strict=strict,
    )


class _Builder:
    """Makes the clauses of a desired state."""

    def __init__(self, conflict: Conflict, desired: int) -> None:
        self.conflict, self.desired = conflict, desired
        self._steps, self._follow = Steps(conflict), only_improvements(conflict)
        self._known: dict[tuple[int, int], tuple[int, ...]] = {}

    def clauses(self, maker: int, concept: str) -> tuple[tuple[int, ...], Clauses]:
        """The places that the decision maker can move to, and for each the ways in which that is no reason to."""
        tempting = self._moves(maker, self.desired)
        return tempting, tuple(self._ways(maker, concept, place) for place in tempting)

    def _ways(self, maker: int, concept: str, tempting: int) -> tuple[Way, ...]:
        ways = {frozenset({tempting})}
        if concept != "Nash":
            for answer in self._answers(maker, tempting, improving=concept in ("SEQ", "SSEQ")):
                escapes = self._moves(maker, answer) if concept in ("SMR", "SSEQ") else ()
                ways.add(frozenset({answer, *escapes} - {self.desired}))
        # A way that asks for more than another does is of no use; telling so is not worth it among very many.
        least = [way for way in ways if not any(other < way for other in ways)] if len(ways) < 400 else list(ways)
        return tuple(sorted(least, key=_length))

    def _moves(self, maker: int, place: int) -> tuple[int, ...]:
        if (maker, place) not in self._known:
            after = self._steps.leaving(maker, np.array([place]))[1]
            self._known[maker, place] = tuple(sorted(int(one) for one in after))
        return self._known[maker, place]

    def _answers(self, maker: int, place: int, *, improving: bool) -> frozenset[int]:
        """Where the others can bring things from a place."""
        others = [other for other in range(len(self.conflict.decision_makers)) if other != maker]
        tree = Tree(self._steps, place, others, self._follow if improving else None)
        return frozenset(int(answer) for level in tree.levels() for answer in level)


# Counting.


def _sizes(clauses: Clauses, patience: int) -> tuple[int, ...] | None:
    """How many sets of each size, of the places that the clauses name, meet them all; None where it takes too long.

    By cases (a place is in the set or not), each set of clauses that is left over counted once.
    """
    known: dict[frozenset[frozenset[Way]], tuple[int, ...]] = {frozenset(): (1,)}

    def count(left: frozenset[frozenset[Way]]) -> Sequence[int]:
        """Over the places that these clauses name."""
        names = len(_named(left))
        if not all(left):
            return (0,) * (names + 1)
        still = frozenset(ways for ways in left if frozenset() not in ways)
        if still not in known:
            if len(known) > patience:
                raise _TooLongError
            known[still] = split(still)
        return _widened(known[still], names - len(_named(still)))

    def split(left: frozenset[frozenset[Way]]) -> tuple[int, ...]:
        names = len(_named(left))
        clause = min(left, key=_order)
        way = min(clause, key=_length)
        pivot = min(way)
        taken = frozenset(frozenset(way - {pivot} for way in ways) for ways in left)
        refused = frozenset(frozenset(way for way in ways if pivot not in way) for ways in left)
        result = [0] * (names + 1)
        for shift, branch in ((1, taken), (0, refused)):
            for size, number in enumerate(_widened(count(branch), names - 1 - len(_named(branch)))):
                result[size + shift] += number
        return tuple(result)

    try:
        return tuple(count(frozenset(frozenset(ways) for ways in clauses)))
    except (_TooLongError, RecursionError):
        return None


class _TooLongError(Exception):
    """A count took more steps than it may."""


def _order(ways: frozenset[Way]) -> tuple[int, list[list[int]]]:
    return len(ways), sorted(sorted(way) for way in ways)


def _length(way: Way) -> tuple[int, list[int]]:
    return len(way), sorted(way)


def _named(clauses: frozenset[frozenset[Way]]) -> frozenset[int]:
    return frozenset().union(*(way for ways in clauses for way in ways))


def _widened(sizes: Sequence[int], free: int) -> list[int]:
    """Sets by size, where some more places may be in them or not."""
    result = [0] * (len(sizes) + free)
    for size, number in enumerate(sizes):
        for more in range(free + 1):
            result[size + more] += number * comb(free, more)
    return result


def _rankings(sizes: Sequence[int], free: int, orders: Callable[[int, int], int]) -> int:
    """The rankings in which the set of the states that are no better is one of those counted."""
    count = len(sizes) + free
    return sum(number * orders(size, count - 1 - size) for size, number in enumerate(_widened(sizes, free)))


def _strict_orders(below: int, above: int) -> int:
    """The rankings without ties with these many states below and above."""
    return factorial(below) * factorial(above)


def _weak_orders(below: int, above: int) -> int:
    """The rankings with ties in which these many are no better, some of them perhaps as good, and these better."""
    return (2 * _fubini(below) if below else 1) * _fubini(above)


@cache
def _fubini(count: int) -> int:
    """The number of weak orders of some things."""
    return 1 if not count else sum(comb(count, first) * _fubini(count - first) for first in range(1, count + 1))
