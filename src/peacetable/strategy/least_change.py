"""The ranking nearest to the present one that meets some clauses, found by constraints and not by trying permutations.

Distance is the number of pairs of states whose order changes: the fewest swaps of neighbours in a ranking without ties
(Kendall). A clause names ways, and a way is a set of states that the desired one must be at least as good as. Only
states that are now preferred to the desired one can help by passing below it, and how dear it is to let a given set of
them pass, with any others, is a small dynamic programme; a search over the clauses, cheapest first, does the rest. A
state that is as good as the desired one costs a pair once any passes: it parts from the desired one or joins those.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.conflict import Conflict, Ranking
from peacetable.strategy.preferences import Ranks

#: Numbers that one search works out before it settles for a bound: a few seconds.
MOST_CELLS: Final = 150_000_000
#: One way to meet a clause: the desired state is at least as good as each of these places.
Way = frozenset[int]
#: All clauses are to hold; of each, one way.
Clauses = tuple[tuple[Way, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The least change of a ranking that makes the desired state stable.

    Attributes:
        pairs: how many pairs of states change their order.
        exact: nothing less will do; where False a bounded search stopped, and at least `at_least` are needed.
        passed: the states (decimals) that the desired one comes to be preferred to.
        ranking: a ranking that does it.
    """

    pairs: int
    exact: bool
    at_least: int
    passed: tuple[int, ...]
    ranking: Ranking


def met(clauses: Clauses, below: frozenset[int]) -> bool:
    """Do the clauses hold where the desired place is at least as good as just these?"""
    return all(any(way <= below for way in ways) for ways in clauses)


def least_change(conflict: Conflict, desired: int, rank: Ranks, clauses: Clauses, *, patience: int) -> Change:
    """The nearest ranking that meets the clauses.

    Args:
        conflict: the model.
        desired: the place of the desired state.
        rank: the present rank of each place, higher is better.
        clauses: what is to hold.
        patience: steps of the search before it settles for the best that it has found; of large models fewer are made.
    """
    below = frozenset(int(place) for place in np.flatnonzero(rank <= rank[desired]))
    tied = int((rank == rank[desired]).sum()) - 1
    search = _Search(_levels_above(rank, desired), below, clauses)
    best, cost, floor = search.run(patience)
    extra = tied if best else 0  # the desired state leaves the level that it shares
    return Change(
        pairs=cost + extra,
        exact=floor == cost,
        at_least=floor + extra if floor else floor,
        passed=tuple(int(conflict.states[place]) for place in sorted(best)),
        ranking=_ranking(conflict, desired, rank, best),
    )


class _Search:
    """Which places to let pass below the desired one, cheapest first."""

    def __init__(self, levels: Sequence[Sequence[int]], below: frozenset[int], clauses: Clauses) -> None:
        self.levels, self.below, self.clauses = levels, below, clauses
        #: For each place above, how many pairs change at least where it passes.
        self.depth: dict[int, int] = {}
        lower = 0
        for level in levels:
            self.depth.update(dict.fromkeys(level, lower + 1))
            lower += len(level)
        self.cells = 0

    def run(self, patience: int) -> tuple[frozenset[int], int, int]:
        """The places to pass, the pairs that this changes, and how many any solution changes at least.

        What a set of places costs is worked out only when nothing that might be cheaper is left.
        """
        best, cost = self._quickly()
        queue: list[tuple[int, int, frozenset[int], frozenset[int] | None]] = [(0, 0, frozenset(), None)]
        seen: set[frozenset[int]] = {frozenset()}
        steps = number = 0
        while queue and queue[0][0] < cost:
            if steps > patience or self.cells > MOST_CELLS:
                return best, cost, queue[0][0]
            steps += 1
            _, _, forced, passed = heapq.heappop(queue)
            if passed is None:
                dear, passed = self.cheapest(forced)
                heapq.heappush(queue, (dear, number := number + 1, forced, passed))
                continue
            unmet = self._unmet(passed)
            if unmet is None:
                total = self.cheapest(forced)[0]
                return passed, total, total
            for way in unmet:
                wider = forced | (way - self.below)
                if wider not in seen:
                    seen.add(wider)
                    least = max(self.depth[place] for place in wider)
                    heapq.heappush(queue, (least, number := number + 1, wider, None))
        return best, cost, cost

    def _quickly(self) -> tuple[frozenset[int], int]:
        """Some solution: of each clause that is not met, the way whose places are least far above."""
        forced: frozenset[int] = frozenset()
        dear, passed = self.cheapest(forced)
        while (unmet := self._unmet(passed)) is not None:
            wanted = [frozenset(way - self.below) for way in unmet]
            forced = forced | sorted(wanted, key=self._far)[0]
            dear, passed = self.cheapest(forced)
        everything = frozenset(self.depth)
        return (passed, dear) if dear < len(everything) else (everything, len(everything))

    def _far(self, way: Way) -> tuple[int, int, list[int]]:
        return max(self.depth[place] for place in way), len(way), sorted(way)

    def _unmet(self, passed: frozenset[int]) -> tuple[Way, ...] | None:
        below = self.below | passed
        return next((ways for ways in self.clauses if not any(way <= below for way in ways)), None)

    def cheapest(self, forced: frozenset[int]) -> tuple[int, frozenset[int]]:
        """The cheapest set of places that holds the forced ones: each passes the desired place and those that stay.

        From the least of the preferred levels up; what counts is how many have stayed so far. Of a level it matters
        only how many of it pass.
        """
        last = max((at for at, level in enumerate(self.levels) if forced.intersection(level)), default=-1)
        levels = self.levels[: last + 1]
        size = sum(len(level) for level in levels) + 1
        self.cells += size * size
        never = np.int64(10**12)
        cost = np.full(size, never)
        cost[0] = 0
        stayed = np.arange(size)
        choices: list[NDArray[np.int32]] = []
        for level in levels:
            least = len(forced.intersection(level))
            new, choice = np.full(size, never), np.zeros(size, np.int32)
            for passing in range(least, len(level) + 1):
                staying = len(level) - passing
                value = np.full(size, never)
                value[staying:] = (cost + passing * (1 + stayed) + passing * staying)[: size - staying]
                better = value < new
                new[better], choice[better] = value[better], passing
            cost = new
            choices.append(choice)
        at = int(np.argmin(cost))
        total, passed = int(cost[at]), set(forced)
        for level, choice in zip(reversed(levels), reversed(choices), strict=True):
            passing = int(choice[at])
            free = [place for place in level if place not in forced]
            passed.update(free[: passing - (len(level) - len(free))])
            at -= len(level) - passing
        return total, frozenset(passed)


def _levels_above(rank: Ranks, desired: int) -> list[list[int]]:
    """The places preferred to the desired one, by level, the least preferred first."""
    above: dict[int, list[int]] = {}
    for place in np.flatnonzero(rank > rank[desired]):
        above.setdefault(int(rank[place]), []).append(int(place))
    return [above[key] for key in sorted(above)]


def _ranking(conflict: Conflict, desired: int, rank: Ranks, passed: frozenset[int]) -> Ranking:
    """The present ranking with some places passed below the desired one, all else in its order."""
    if not passed:
        parts = [np.arange(len(rank))]
    else:
        others = [place for place in range(len(rank)) if place != desired and place not in passed]
        above = [place for place in others if rank[place] > rank[desired]]
        parts = [
            np.array(above, int),
            np.array([desired]),
            np.array(sorted(passed)),
            np.array([place for place in others if rank[place] <= rank[desired]], int),
        ]
    levels: list[tuple[int, ...]] = []
    for part in parts:
        heights = sorted({int(rank[place]) for place in part}, reverse=True)
        levels.extend(
            tuple(int(conflict.states[place]) for place in part if rank[place] == height) for height in heights
        )
    return Ranking(tuple(levels))
