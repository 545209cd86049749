"""The fast engine for option form: moves are flips of bits, sanctions are least values spread over whole sub-cubes.

A state is a place in a cube with one axis an option; what a decision maker can reach is the sub-cube of its own axes.
For transitive ordinal preferences a sanction test is a comparison with one number: the least value (to the focal
decision maker) that the opponents can bring about. Moves in option form compose, so the opponents' legal sequences
reach just what alternating sub-cube minima reach. No arc is ever listed; memory is a few arrays of the cube's size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.conflict import Conflict
from peacetable.strategy.preferences import Ranks

Values = NDArray[np.int32]
Places = NDArray[np.int32]
#: Places of the cube beyond which a graph of the feasible states is smaller.
MOST_PLACES: Final = 2**22
#: Higher than any rank: what nobody can bring about sanctions nothing.
TOP: Final = int(np.iinfo(np.int32).max)
#: Lower than any rank: what cannot be is no improvement.
BOTTOM: Final = -1


@dataclass(frozen=True, slots=True)
class _Rows:
    """The sub-cubes of a decision maker, a row each, with the states it can come to sorted best first.

    A decision maker with irreversible options has several of these, one for each way in which those options stand.

    Attributes:
        reach: decimals that can be reached, best first, rows x reachable.
        stand: the columns of `reach` that the row's own states are at, rows x own.
        first: for each of these, the first column that is not strictly better.
    """

    reach: Places
    stand: Places
    first: Places


class Cube:
    """A plain model spread over the whole cube of its options.

    Args:
        conflict: the model; it has no merged states and no explicit arcs (`Conflict.plain`).
        ranks: for each decision maker, the rank of each feasible state, higher is better.
    """

    def __init__(self, conflict: Conflict, ranks: Sequence[Ranks]) -> None:
        self.conflict = conflict
        self.ranks = tuple(ranks)
        self.size = 2 ** len(conflict.options)
        self._rows: dict[int, tuple[_Rows, ...]] = {}

    def stable(self, maker: int, concepts: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
        """Where a decision maker is stable, by concept, over the feasible states.

        A state is unstable where some improvement is worth more than the state even after the opponents' worst answer:
        any legal sequence (GMR, SMR) or improvements only (SEQ, SSEQ); with SMR and SSEQ the focal decision maker may
        still move on from the answer.
        """
        states, own = self.conflict.states, self._spread(self.ranks[maker], TOP)
        best = self._best(maker, self._spread(self.ranks[maker], BOTTOM))
        countered = np.where(self._feasible, best, np.int32(TOP))
        results = {}
        for concept in concepts:
            if concept == "Nash":
                hoped = best
            else:
                answered = countered if concept in ("SMR", "SSEQ") else own
                only_improvements = concept in ("SEQ", "SSEQ")
                worst = self._improved(maker, answered) if only_improvements else self._reached(maker, answered)
                # Only what is an improvement in itself counts, whatever could be made of the answer.
                kept = np.minimum(worst, own)
                kept[~self._feasible] = BOTTOM
                hoped = self._best(maker, kept)
            results[concept] = hoped[states] <= self.ranks[maker]
        return results

    @cached_property
    def _feasible(self) -> NDArray[np.bool_]:
        feasible = np.zeros(self.size, np.bool_)
        feasible[self.conflict.states] = True
        return feasible

    def _spread(self, rank: Ranks, elsewhere: int) -> Values:
        values = np.full(self.size, elsewhere, np.int32)
        values[self.conflict.states] = rank
        return values

    def _best(self, maker: int, values: Values) -> Values:
        """The highest value within a decision maker's reach, its own state's included."""
        return self._over_reach(maker, values.copy(), np.maximum)

    def _over_reach(self, maker: int, values: Values, extreme: np.ufunc) -> Values:
        """The extreme over a decision maker's sub-cube, an option at a time, as its direction allows; in place."""
        for option in self.conflict.decision_makers[maker].options:
            halves = values.reshape(-1, 2, 1 << option)
            off, on = halves[:, 0], halves[:, 1]
            direction = self.conflict.options[option].direction
            if direction == "fwd":
                extreme(off, on, out=off)
            elif direction == "back":
                extreme(off, on, out=on)
            else:
                extreme(off, on, out=off)
                on[...] = off
        return values

    def _reached(self, maker: int, answered: Values) -> Values:
        """The least value that opponents of a decision maker can bring about by any legal sequence."""
        opponents = [other for other in range(len(self.ranks)) if other != maker]
        everything = bool(self._feasible.all())
        worst = answered.copy()
        while True:
            before = None if everything else worst.copy()
            for opponent in opponents:
                self._over_reach(opponent, worst, np.minimum)
                if not everything:
                    worst[~self._feasible] = TOP
            # Where every state is feasible the moves of different opponents commute: once round is enough.
            if before is None or len(opponents) < 2 or np.array_equal(before, worst):
                return worst

    def _improved(self, maker: int, answered: Values) -> Values:
        """The least value that opponents can bring about by legal sequences of improvements for the mover."""
        opponents = [other for other in range(len(self.ranks)) if other != maker]
        worst = answered.copy()
        quiet = 0  # opponents in a row whose moves changed nothing
        while True:
            for opponent in opponents:
                quiet = 0 if self._improve(opponent, worst) else quiet + 1
                if quiet == len(opponents):
                    return worst
            if len(opponents) < 2:
                return worst

    def _improve(self, mover: int, worst: Values) -> bool:
        """Let a mover's improvements lower the values, in place; did any change?"""
        changed = False
        before = worst.copy()
        for rows in self._rows_of(mover):
            least = np.minimum.accumulate(before[rows.reach], axis=1)
            # Column k of `better` is the least over the k best; none is better than the best.
            better = np.concatenate((np.full((len(least), 1), TOP, np.int32), least), axis=1)
            lowered = np.take_along_axis(better, rows.first.astype(np.intp), axis=1)
            at = np.take_along_axis(rows.reach, rows.stand.astype(np.intp), axis=1)
            lowered = np.where(self._feasible[at], np.minimum(lowered, before[at]), np.int32(TOP))
            changed = changed or bool((lowered != before[at]).any())
            worst[at] = lowered
        return changed

    def _rows_of(self, mover: int) -> tuple[_Rows, ...]:
        if mover not in self._rows:
            self._rows[mover] = tuple(self._sort_rows(mover))
        return self._rows[mover]

    def _sort_rows(self, mover: int) -> list[_Rows]:
        options = self.conflict.decision_makers[mover].options
        directions = [self.conflict.options[option].direction for option in options]
        free = [option for option, direction in zip(options, directions, strict=True) if direction == "both"]
        fixed = [option for option, direction in zip(options, directions, strict=True) if direction != "both"]
        forward = sum(1 << option for option in fixed if self.conflict.options[option].direction == "fwd")
        back = sum(1 << option for option in fixed) & ~forward
        corners = np.arange(self.size, dtype=np.int32)
        corners = corners[(corners & sum(1 << option for option in options)) == 0]
        inner, stances = _offsets(free), _offsets(fixed)
        rank = self._spread(self.ranks[mover], BOTTOM)
        found = []
        for stance in stances:
            reachable = [other for other in stances if not (stance & ~other & forward) and not (other & ~stance & back)]
            offsets = np.concatenate([inner + other for other in reachable])
            reach = corners[:, None] + offsets[None, :]
            order = np.argsort(-rank[reach], axis=1, kind="stable")
            reach = np.take_along_axis(reach, order, axis=1)
            ranked = rank[reach]
            new_level = np.ones(ranked.shape, np.bool_)
            new_level[:, 1:] = ranked[:, 1:] != ranked[:, :-1]
            first = np.maximum.accumulate(np.where(new_level, np.arange(ranked.shape[1]), 0), axis=1)
            own = (reach & sum(1 << option for option in fixed)) == stance
            stand = np.nonzero(own)[1].reshape(len(corners), -1)
            found.append(
                _Rows(reach, stand.astype(np.int16), np.take_along_axis(first, stand, axis=1).astype(np.int16))
            )
        return found


def _offsets(options: Sequence[int]) -> Places:
    """Every combination of some options, as decimals."""
    offsets = np.zeros(1, np.int32)
    for option in options:
        offsets = np.concatenate((offsets, offsets + np.int32(1 << option)))
    return offsets
