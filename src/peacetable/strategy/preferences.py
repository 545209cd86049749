"""From what an analyst wrote about preference to ranks and relations over the feasible states.

An ordinal, transitive preference becomes one rank a state (higher is better), which is all that the fast engine
needs. Any other kind becomes relations between pairs, for the matrix engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.conflict import (
    Conflict,
    ConflictError,
    Degrees,
    Pairwise,
    Preference,
    Ranking,
    Statements,
    TooLargeError,
    Weights,
)
from peacetable.strategy.formulas import holds

Ranks = NDArray[np.int32]
Square = NDArray[np.bool_]
#: States beyond which preference is not held pair by pair (about 0.2 GB for each decision maker).
MOST_PAIRED: Final = 4096


@dataclass(frozen=True, slots=True)
class Relation:
    """A preference pair by pair: rows are states s, columns states q, in the order of `Conflict.states`.

    Attributes:
        better: q is certainly preferred to s (of degrees: by the threshold).
        worse_or_equal: s is certainly at least as good as q (of degrees: q is not preferred by enough).
        unknown: nobody said.
        much_better, much_worse: q is strongly preferred to s; s is strongly preferred to q.
    """

    better: Square
    worse_or_equal: Square
    unknown: Square
    much_better: Square
    much_worse: Square


def ordinal(preference: Preference | None) -> bool:
    """Is the preference a transitive ranking, so that ranks say it all?"""
    return isinstance(preference, Statements | Weights) or (isinstance(preference, Ranking) and not preference.strong)


def ranks(conflict: Conflict, preference: Preference | None, *, name: str = "decision maker") -> Ranks:
    """The rank of each feasible state, higher is better, equal where the decision maker is indifferent.

    Statements score as sum of 2^(k-j) over the true ones; only the order matters, so any number of them will do.

    Raises:
        ConflictError: there is no preference, it is not ordinal, or a ranking leaves states out.
    """
    states = conflict.states
    if isinstance(preference, Statements):
        order = np.zeros(len(states), np.int64)
        for number, statement in enumerate(preference.statements, start=1):
            order = order * 2 + holds(statement, states)
            if number % 32 == 0:
                # Ranks are below 2^22 states; ranking now and then keeps any number of statements within 64 bits.
                order = _dense(order).astype(np.int64)
        return _dense(order)
    if isinstance(preference, Weights):
        total = np.zeros(len(states), np.float64)
        for option, weight in preference.weights:
            total += ((states >> option) & 1) * weight
        return _dense(np.round(total, 9))
    if isinstance(preference, Ranking):
        return _ranking(conflict, preference, name)
    if preference is None:
        raise ConflictError(f"{name} has no preference: give statements, weights or a ranking")
    raise ConflictError(f"{name}: preference by pairs or degrees has no ranks; solve with the matrix engine")


def relation(conflict: Conflict, preference: Preference | None, *, name: str = "decision maker") -> Relation:
    """A preference of any kind, pair by pair.

    Raises:
        ConflictError: it contradicts itself, or there are too many states for pairs.
    """
    count = len(conflict.states)
    if count > MOST_PAIRED:
        raise TooLargeError(
            f"{name}: preference pair by pair is held for at most {MOST_PAIRED:,} states and the model has {count:,}, "
            f"which would take about {max(1, round(count**2 * 12 * 1e-9)):,} GB. Give rankings, statements or weights, "
            "which the fast engines solve, or leave out options"
        )
    if isinstance(preference, Pairwise):
        return _pairwise(conflict, preference, name)
    nothing = np.zeros((count, count), np.bool_)
    if isinstance(preference, Degrees):
        better, worse_or_equal = _by_degrees(conflict, preference, name)
        return Relation(better, worse_or_equal, nothing, nothing, nothing)
    rank = ranks(conflict, preference, name=name)
    better = rank[None, :] > rank[:, None]
    much = nothing
    if isinstance(preference, Ranking) and preference.strong:
        tier = np.zeros(len(rank), np.int32)
        height = len(preference.levels)
        for level in preference.strong:
            tier += rank >= height - 1 - level
        much = tier[None, :] > tier[:, None]
    return Relation(better, ~better, nothing, much, much.T)


def cycle(preference: Pairwise) -> tuple[tuple[int, int], ...]:
    """Pairs that contradict one another: each state is preferred to the next, and the last to the first.

    States that are told to be equal count as one, so a pair that is told both ways is a cycle of one or two pairs.

    Returns:
        The pairs (preferred, other), nothing where the preference has no cycle.
    """
    stands_for: dict[int, int] = {}

    def root(decimal: int) -> int:
        while decimal in stands_for:
            decimal = stands_for[decimal]
        return decimal

    for first, second in sorted(preference.equal):
        if root(first) != root(second):
            stands_for[root(first)] = root(second)
    above: dict[int, dict[int, tuple[int, int]]] = {}
    for preferred, other in sorted(preference.better | preference.much_better):
        above.setdefault(root(other), {})[root(preferred)] = (preferred, other)
    # Whatever has nothing above it is in no cycle; take such away until only cycles and what is below them is left.
    while free := [one for one, others in above.items() if others.keys().isdisjoint(above)]:
        for one in free:
            del above[one]
    if not above:
        return ()
    path = [min(above)]
    while len(path) == len(set(path)):
        path.append(min(above[path[-1]].keys() & above.keys()))
    path = path[path.index(path[-1]) :]
    return tuple(above[lower][upper] for lower, upper in pairwise(path))[::-1]


def cycle_told(yn: Callable[[int], str], pairs: Iterable[tuple[int, int]]) -> str:
    """What to say of a cycle, given how a state is written."""
    told = ", ".join(f"{yn(preferred)} over {yn(other)}" for preferred, other in pairs)
    return f"the preference goes in a circle: {told}. Take out one of these, or tell that it is meant (intransitive)"


def _by_degrees(conflict: Conflict, preference: Degrees, name: str) -> tuple[Square, Square]:
    count = len(conflict.states)
    degree = np.full((count, count), 0.5)  # degree[a, b]: how far a is preferred to b
    given = {(first, second): value for first, second, value in preference.degrees}
    for (first, second), value in given.items():
        a, b = conflict.number(first) - 1, conflict.number(second) - 1
        reverse = given.get((second, first), 1 - value)
        together = value + reverse
        if together > 1 + 1e-9 or (preference.kind == "fuzzy" and together < 1 - 1e-9):
            raise ConflictError(
                f"{name}: the degrees of {conflict.yn(first)} and {conflict.yn(second)} come to {together:g}; a degree "
                "and its reverse come to 1"
            )
        degree[a, b], degree[b, a] = value, reverse
    if preference.kind == "fuzzy":
        if not 0 < preference.threshold <= 1:
            raise ConflictError(f"{name}: the threshold is {preference.threshold:g}; it lies above 0 and up to 1")
        better = (degree.T - degree) >= preference.threshold - 1e-9
        return better, ~better
    limit = preference.threshold if preference.deterrent is None else preference.deterrent
    if not (0 <= preference.threshold < 1 and 0 <= limit < 1):
        raise ConflictError(f"{name}: a probability's threshold and deterrent lie from 0 to below 1")
    chance = degree.T  # chance[s, q]: that q is preferred to s
    better, worse_or_equal = chance > preference.threshold, chance <= limit
    np.fill_diagonal(better, val=False)
    np.fill_diagonal(worse_or_equal, val=True)
    return better, worse_or_equal


def _pairwise(conflict: Conflict, preference: Pairwise, name: str) -> Relation:
    if not preference.intransitive and (found := cycle(preference)):
        raise ConflictError(f"{name}: {cycle_told(conflict.yn, found)}")
    count = len(conflict.states)

    def square(pairs: Iterable[tuple[int, int]]) -> Square:
        result = np.zeros((count, count), np.bool_)
        for preferred, other in pairs:
            result[conflict.number(other) - 1, conflict.number(preferred) - 1] = True
        return result

    much = square(preference.much_better)
    better = square(preference.better) | much
    equal = square(preference.equal)
    equal |= equal.T | np.eye(count, dtype=np.bool_)
    clash = (better & better.T) | (better & equal)
    if clash.any():
        row, column = (int(place) for place in np.argwhere(clash)[0])
        first, second = conflict.yn(int(conflict.states[row])), conflict.yn(int(conflict.states[column]))
        raise ConflictError(f"{name}: the pair {first}, {second} is told in two ways that exclude each other: keep one")
    known = better | better.T | equal
    return Relation(better, better.T | equal, ~known, much, much.T)


def _ranking(conflict: Conflict, preference: Ranking, name: str) -> Ranks:
    sizes = [len(level) for level in preference.levels]
    ranked = np.fromiter(chain.from_iterable(preference.levels), np.int64, sum(sizes))
    heights = np.repeat(np.arange(len(sizes) - 1, -1, -1, dtype=np.int32), sizes)
    if conflict.merged:
        ranked = np.array([conflict.merged.get(int(decimal), int(decimal)) for decimal in ranked], np.int64)
    place = np.minimum(np.searchsorted(conflict.states, ranked), len(conflict.states) - 1)
    for wrong in ranked[conflict.states[place] != ranked][:1]:
        conflict.number(int(wrong))  # raises: the state is not feasible
    rank = np.full(len(conflict.states), -1, np.int32)
    rank[place] = heights
    twice = ranked[rank[place] != heights]
    if len(twice) and not conflict.merged:
        told = conflict.yn(int(twice[0]))
        raise ConflictError(f"{name}: the ranking names the state {told} twice: keep one place")
    missing = conflict.states[rank < 0]
    if len(missing):
        shown = ", ".join(conflict.yn(int(decimal)) for decimal in missing[:5])
        raise ConflictError(f"{name}: the ranking leaves out {len(missing)} of {len(rank)} states: {shown}")
    return rank


def _dense(values: NDArray[np.int64] | NDArray[np.float64]) -> Ranks:
    return np.unique(values, return_inverse=True)[1].astype(np.int32)
