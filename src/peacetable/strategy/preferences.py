"""From what an analyst wrote about preference to ranks and relations over the feasible states.

An ordinal, transitive preference becomes one rank a state (higher is better), which is all that the fast engine
needs. Any other kind becomes relations between pairs, for the matrix engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    Weights,
)
from peacetable.strategy.formulas import holds

Ranks = NDArray[np.int32]
Square = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Relation:
    """A preference pair by pair: rows are states s, columns states q, in the order of `Conflict.states`.

    Attributes:
        better: q is certainly preferred to s.
        worse_or_equal: s is certainly at least as good as q.
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
        for statement in preference.statements:
            # Ranking after each statement keeps the numbers small however many statements there are.
            order = _dense(order * 2 + holds(statement, states)).astype(np.int64)
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
    """A preference of any kind, pair by pair."""
    count = len(conflict.states)
    nothing = np.zeros((count, count), np.bool_)
    if isinstance(preference, Pairwise):
        return _pairwise(conflict, preference)
    if isinstance(preference, Degrees):
        degree = np.full((count, count), 0.5)
        for first, second, value in preference.degrees:
            a, b = conflict.number(first) - 1, conflict.number(second) - 1
            degree[a, b], degree[b, a] = value, 1 - value
        # The relative strength of q over s is r(q, s) - r(s, q) (Hipel, Kilgour & Bashar 2011).
        better = (degree.T - degree) >= preference.threshold
        np.fill_diagonal(better, val=False)
        return Relation(better, ~better, nothing, nothing, nothing)
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


def _pairwise(conflict: Conflict, preference: Pairwise) -> Relation:
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
        raise ConflictError(f"the pair {first}, {second} is told in two ways that exclude each other: keep one")
    known = better | better.T | equal
    return Relation(better, better.T | equal, ~known, much, much.T)


def _ranking(conflict: Conflict, preference: Ranking, name: str) -> Ranks:
    rank = np.full(len(conflict.states), -1, np.int32)
    for height, level in enumerate(reversed(preference.levels)):
        for decimal in level:
            place = conflict.number(decimal) - 1
            if rank[place] >= 0 and rank[place] != height and decimal not in conflict.merged:
                raise ConflictError(f"{name}: the ranking names the state {conflict.yn(decimal)} twice: keep one place")
            rank[place] = height
    missing = conflict.states[rank < 0]
    if len(missing):
        shown = ", ".join(conflict.yn(int(decimal)) for decimal in missing[:5])
        raise ConflictError(f"{name}: the ranking leaves out {len(missing)} of {len(rank)} states: {shown}")
    return rank


def _dense(values: NDArray[np.int64] | NDArray[np.float64]) -> Ranks:
    return np.unique(values, return_inverse=True)[1].astype(np.int32)
