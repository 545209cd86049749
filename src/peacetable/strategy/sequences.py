"""The fast engine for any graph: least values spread along arcs, over (state, last mover).

Where moves need not compose (explicit arcs, merged states) a legal sequence is one in which nobody moves twice in a
row, so what has to be known is who moved last. For transitive ordinal preferences the work is linear in the arcs for
each round of spreading; no n x n matrix is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.moves import Moves
from peacetable.strategy.preferences import Ranks

Values = NDArray[np.int32]
TOP: Final = int(np.iinfo(np.int32).max)
BOTTOM: Final = -1


class Graph:
    """A model as arcs and ranks.

    Args:
        moves: for each decision maker, its arcs.
        ranks: for each decision maker, the rank of each state, higher is better.
    """

    def __init__(self, moves: Sequence[Moves], ranks: Sequence[Ranks]) -> None:
        self.moves, self.ranks = tuple(moves), tuple(ranks)

    def stable(self, maker: int, concepts: Sequence[str]) -> dict[str, NDArray[np.bool_]]:
        """Where a decision maker is stable, by concept; the definitions are those of `subcubes.Cube.stable`."""
        rank, arcs = self.ranks[maker], self.moves[maker]
        countered = np.maximum(rank, _extreme(arcs, rank[arcs.after], np.maximum, BOTTOM))
        results = {}
        for concept in concepts:
            if concept == "Nash":
                results[concept] = countered <= rank
                continue
            answered = countered if concept in ("SMR", "SSEQ") else rank
            worst = self._spread(maker, answered, improving=concept in ("SEQ", "SSEQ"))
            hoped = _extreme(arcs, np.minimum(worst, rank)[arcs.after], np.maximum, BOTTOM)
            results[concept] = hoped <= rank
        return results

    def _spread(self, maker: int, answered: Values, *, improving: bool) -> Values:
        """The least value that the opponents can bring about from each state by a legal sequence."""
        opponents = [other for other in range(len(self.moves)) if other != maker]
        arcs = {other: self._arcs(other, improving=improving) for other in opponents}
        # by[j][s]: the least value of a sequence from s that j begins.
        by = {other: np.full(len(answered), TOP, np.int32) for other in opponents}
        changed = True
        while changed:
            changed = False
            for mover in opponents:
                onward = [by[other] for other in opponents if other != mover]
                value = np.minimum.reduce([answered, *onward])
                new = _extreme(arcs[mover], value[arcs[mover].after], np.minimum, TOP)
                changed = changed or not np.array_equal(new, by[mover])
                by[mover] = new
        worst: Values = np.minimum.reduce([np.full(len(answered), TOP, np.int32), *by.values()])
        return worst

    def _arcs(self, mover: int, *, improving: bool) -> Moves:
        arcs = self.moves[mover]
        if not improving:
            return arcs
        before = arcs.before
        kept = self.ranks[mover][arcs.after] > self.ranks[mover][before]
        counts = np.bincount(before[kept], minlength=len(arcs.start) - 1)
        return Moves(np.concatenate(([0], np.cumsum(counts))).astype(np.int64), arcs.after[kept])


def _extreme(arcs: Moves, values: Values, extreme: np.ufunc, nothing: int) -> Values:
    """The extreme of a value an arc, over the arcs that leave each state; `nothing` where none does."""
    result = np.full(len(arcs.start) - 1, nothing, np.int32)
    leaving = arcs.start[1:] > arcs.start[:-1]
    if leaving.any():
        result[leaving] = extreme.reduceat(values, arcs.start[:-1][leaving])
    return result
