"""The ranking nearest to the present one that meets some clauses, found by constraints and not by trying permutations.

Distance is the number of pairs of states whose order changes: the fewest swaps of neighbours in a ranking without ties
(Kendall). A clause names ways, and a way is a set of states that the desired one must be at least as good as. Only
states that are now preferred to the desired one can help by passing below it, and how dear it is to let a given set of
them pass, with any others, is a small dynamic programme; a search over the clauses, cheapest first, does the rest.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.conflict import Conflict, Ranking
from peacetable.strategy.preferences import Ranks

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
        patience: steps of the search before it settles for the best that it has found.
    """
    below = frozenset(int(place) for place in np.flatnonzero(rank <= rank[desired]))
    tied = int((rank == rank[desired]).sum()) - 1
    search = _Search(_levels_above(rank, desired), below)
    best, best_cost = search.everything()
    queue: list[tuple[int, int, tuple[int, ...]]] = []
    seen: set[frozenset[int]] = set()
    search.push(queue, seen, frozenset())
    steps = 0
    while queue and queue[0][0] < best_cost:
        cost, _, forced = heapq.heappop(queue)
        passed = search.cheapest(frozenset(forced))[1]
        unmet = next((ways for ways in clauses if not any(way <= below | passed for way in ways)), None)
        if unmet is None:
            best, best_cost = passed, cost
            break
        steps += 1
        if steps > patience:
            heapq.heappush(queue, (cost, -1, forced))
            break
        for way in unmet:
            search.push(queue, seen, frozenset(forced) | (way - below))
    floor = min(best_cost, queue[0][0]) if queue and steps > patience else best_cost
    extra = tied if best else 0  # the desired state leaves the level that it shares
    return Change(
        pairs=best_cost + extra,
        exact=floor == best_cost,
        at_least=floor + extra if floor else floor,
        passed=tuple(int(conflict.states[place]) for place in sorted(best)),
        ranking=_ranking(conflict, desired, rank, best),
    )


class _Search:
    """What it costs to let places pass below the desired one."""

    def __init__(self, levels: Sequence[Sequence[int]], below: frozenset[int]) -> None:
        self.levels, self.below = levels, below
        self._number = 0

    def everything(self) -> tuple[frozenset[int], int]:
        """All that are preferred pass: that meets whatever clauses there are."""
        places = frozenset(place for level in self.levels for place in level)
        return places, len(places)

    def push(
        self, queue: list[tuple[int, int, tuple[int, ...]]], seen: set[frozenset[int]], forced: frozenset[int]
    ) -> None:
        """Put a set of places that must pass in the queue, by what it costs at least."""
        if forced not in seen:
            seen.add(forced)
            self._number += 1
            heapq.heappush(queue, (self.cheapest(forced)[0], self._number, tuple(sorted(forced))))

    def cheapest(self, forced: frozenset[int]) -> tuple[int, frozenset[int]]:
        """The cheapest set of places that holds the forced ones: each passes the desired place and those that stay.

        From the least of the preferred levels up; what counts is how many have stayed so far. Of a level it matters
        only how many of it pass.
        """
        last = max((at for at, level in enumerate(self.levels) if forced.intersection(level)), default=-1)
        levels = self.levels[: last + 1]
        size = sum(len(level) for level in levels) + 1
        never = np.int64(10**12)
        cost = np.full(size, never)
        cost[0] = 0
        stayed = np.arange(size)
        choices: list[NDArray[np.int64]] = []
        for level in levels:
            least = len(forced.intersection(level))
            new, choice = np.full(size, never), np.zeros(size, np.int64)
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
