"""Shortest legal sequences of moves, found by breadth-first search over (state, last mover), a level at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.conflict import Conflict, mask_of
from peacetable.strategy.moves import allowed, moves

Places = NDArray[np.int64]
#: Of moves by one decision maker, given where they start and end: which are followed.
Follow = Callable[[int, Places, Places], NDArray[np.bool_]]
#: A move: who, from where, to where (places of states).
Move = tuple[int, int, int]


class Steps:
    """The moves that leave some states; of a plain model they are not listed beforehand."""

    def __init__(self, conflict: Conflict) -> None:
        self.states = conflict.states
        self._conflict = conflict
        self._arcs = None if conflict.plain else moves(conflict)
        self._flips = [_flips(maker.options) for maker in conflict.decision_makers]

    def leaving(self, maker: int, places: Places) -> tuple[Places, Places]:
        """The moves of a decision maker from some places: which of the places each leaves, and where it leads."""
        if self._arcs is not None:
            arcs = self._arcs[maker]
            counts = arcs.start[places + 1] - arcs.start[places]
            origin = np.repeat(np.arange(len(places)), counts)
            within = np.arange(len(origin)) - np.repeat(np.cumsum(counts) - counts, counts)
            return origin, arcs.after[arcs.start[places][origin] + within].astype(np.int64)
        before = self.states[places][:, None]
        after = before ^ self._flips[maker][None, :]
        at = np.searchsorted(self.states, after)
        found = self.states[np.minimum(at, len(self.states) - 1)] == after
        found &= allowed(self._conflict, np.broadcast_to(before, after.shape), after)
        return np.nonzero(found)[0], at[found]


@dataclass(frozen=True, slots=True)
class _Level:
    """What a number of moves leads to: states, who moved last, and which entry of the level before it came from."""

    places: Places
    movers: Places
    origin: Places


class Tree:
    """All that some decision makers can bring about from a state, nearest first; grown as far as it is asked for.

    Args:
        steps: the moves.
        start: the place of the state.
        movers: who moves; nobody twice in a row.
        follow: which moves are followed; None takes all.
    """

    def __init__(self, steps: Steps, start: int, movers: Sequence[int], follow: Follow | None = None) -> None:
        self.start = start
        self._steps, self._movers, self._follow = steps, movers, follow
        self._seen = {mover: np.zeros(len(steps.states), np.bool_) for mover in movers}
        self._levels: list[_Level] = []
        self._growing = self._grow()

    def levels(self) -> Iterator[Places]:
        """The places that 1, 2, ... moves lead to."""
        number = 0
        while number < len(self._levels) or self._one_more():
            yield self._levels[number].places
            number += 1

    def path(self, level: int, entry: int) -> tuple[Move, ...]:
        """The moves that lead to an entry of a level (from 0)."""
        found: list[Move] = []
        while level >= 0:
            one = self._levels[level]
            origin = int(one.origin[entry])
            before = int(self._levels[level - 1].places[origin]) if level else self.start
            found.append((int(one.movers[entry]), before, int(one.places[entry])))
            level, entry = level - 1, origin
        return tuple(reversed(found))

    def _one_more(self) -> bool:
        level = next(self._growing, None)
        if level is not None:
            self._levels.append(level)
        return level is not None

    def _grow(self) -> Iterator[_Level]:
        places, movers = np.array([self.start], np.int64), np.array([-1], np.int64)
        while True:
            parts = [self._moved(mover, places, movers) for mover in self._movers]
            level = _Level(*(np.concatenate(column) for column in zip(*parts, strict=True))) if parts else None
            if level is None or not len(level.places):
                return
            yield level
            places, movers = level.places, level.movers

    def _moved(self, mover: int, places: Places, movers: Places) -> tuple[Places, Places, Places]:
        ready = np.flatnonzero(movers != mover)
        origin, after = self._steps.leaving(mover, places[ready])
        if self._follow is not None:
            kept = self._follow(mover, places[ready][origin], after)
            origin, after = origin[kept], after[kept]
        new, first = np.unique(after, return_index=True)
        fresh = ~self._seen[mover][new]
        new, first = new[fresh], first[fresh]
        self._seen[mover][new] = True
        return new, np.full(len(new), mover, np.int64), ready[origin[first]]


def _flips(options: Sequence[int]) -> Places:
    """Every change that a decision maker can make at once, as decimals, the smallest changes first."""
    subsets, mask = [], mask_of(options)
    subset = mask
    while subset:
        subsets.append(subset)
        subset = (subset - 1) & mask
    return np.array(sorted(subsets, key=lambda flip: (flip.bit_count(), flip)), np.int64)
