"""Who can move where: the arcs of the graph model, as compressed rows.

In option form a decision maker may change any of its own options at once, as far as their directions allow and both
ends are feasible. Explicit arcs and merged states are applied on top. Arcs are needed by the matrix engine, by
evolution and by models that options alone do not give; the fast engine never lists them for a plain model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.conflict import Conflict, ConflictError, TooLargeError

Places = NDArray[np.int32]
#: Moves beyond which they are not listed: about 3 GB while that is done.
MOST_ARCS: Final = 2**27


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of one decision maker: `after[start[s]:start[s+1]]` are the places that state place s leads to.

    Places count the feasible states from 0, in the order of `Conflict.states`.
    """

    start: NDArray[np.int64]
    after: Places

    def of(self, place: int) -> Places:
        """The places that can be reached in one move."""
        return self.after[self.start[place] : self.start[place + 1]]

    @property
    def before(self) -> Places:
        """The place that each arc leaves, beside `after`."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int32), np.diff(self.start))

    def matrix(self) -> NDArray[np.bool_]:
        """The arcs as an n x n matrix."""
        square = np.zeros((len(self.start) - 1,) * 2, np.bool_)
        square[self.before, self.after] = True
        return square


def moves(conflict: Conflict) -> tuple[Moves, ...]:
    """The moves of every decision maker, in their order.

    Raises:
        TooLargeError: there are too many to list.
    """
    states = len(conflict.states)
    most = sum(states * min(2 ** len(maker.options) - 1, states) for maker in conflict.decision_makers)
    if most > MOST_ARCS:
        raise TooLargeError(
            f"the model has {states:,} states and up to {most:,} moves, which need about {round(most * 24 / 1e9):,} GB "
            f"to list; at most {MOST_ARCS:,} are listed. A model without explicit arcs and merged states is solved "
            "without listing them; or leave out options"
        )
    return tuple(_moves_of(conflict, maker) for maker in range(len(conflict.decision_makers)))


def allowed(conflict: Conflict, before: NDArray[np.int64], after: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where no option goes against its direction, from decimals to decimals."""
    forward = sum(1 << n for n, option in enumerate(conflict.options) if option.direction == "fwd")
    back = sum(1 << n for n, option in enumerate(conflict.options) if option.direction == "back")
    kept: NDArray[np.bool_] = ((before & ~after & forward) == 0) & ((after & ~before & back) == 0)
    return kept


def _moves_of(conflict: Conflict, maker: int) -> Moves:
    before, after = _option_arcs(conflict, maker)
    for arc in conflict.arcs:
        if arc.decision_maker == maker:
            first, second = conflict.number(arc.before) - 1, conflict.number(arc.after) - 1
            if arc.add:
                before, after = np.append(before, first), np.append(after, second)
            else:
                kept = (before != first) | (after != second)
                if kept.all():
                    raise ConflictError(
                        f"{conflict.decision_makers[maker].name} has no move from {conflict.yn(arc.before)} to "
                        f"{conflict.yn(arc.after)} that could be taken away"
                    )
                before, after = before[kept], after[kept]
    count = len(conflict.states)
    order = np.unique(before.astype(np.int64) * count + after)
    before, after = order // count, order % count
    stays = before == after
    before, after = before[~stays], after[~stays]
    start = np.concatenate(([0], np.cumsum(np.bincount(before, minlength=count))))
    return Moves(start.astype(np.int64), after.astype(np.int32))


def _option_arcs(conflict: Conflict, maker: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Arcs between places, as the options give them; from every decimal that a merged state stands for."""
    members = np.concatenate((conflict.states, np.fromiter(conflict.merged, np.int64, len(conflict.merged))))
    members.sort()
    place = np.array([conflict.number(int(decimal)) - 1 for decimal in members]) if conflict.merged else None
    mask = conflict.mask(maker)
    flips = _subsets(mask)
    befores, afters = [], []
    for flip in flips:
        target = members ^ flip
        at = np.searchsorted(members, target)
        found = at < len(members)
        found[found] = members[at[found]] == target[found]
        found &= allowed(conflict, members, target)
        befores.append(np.flatnonzero(found))
        afters.append(at[found])
    if not befores:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    before, after = np.concatenate(befores), np.concatenate(afters)
    return (before, after) if place is None else (place[before], place[after])


def _subsets(mask: int) -> list[int]:
    """The non-empty subsets of a mask's bits."""
    subsets, subset = [], mask
    while subset:
        subsets.append(subset)
        subset = (subset - 1) & mask
    return subsets
