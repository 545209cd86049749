"""Many rankings of one model solved at once: the engine of robustness analysis.

The definitions are those of `sequences.Graph`, over arrays of states x variants: what differs between the variants is
who prefers what, never who can move where. For models small enough to be perturbed thousands of times it is some
fifty times as fast as solving them one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.moves import Moves

#: The rank of each state (rows) in each variant (columns), higher is better.
RankStack = NDArray[np.int32]
Truths = NDArray[np.bool_]
#: Ranks in the narrowest whole numbers that hold them.
Values = NDArray[Any]
#: About how many numbers are held for one decision maker at once.
ROOM: Final = 4_000_000


class Stack:
    """Who can move where, ready for any number of rankings.

    Args:
        moves: for each decision maker, its arcs.
    """

    def __init__(self, moves: Sequence[Moves]) -> None:
        self.count = len(moves[0].start) - 1
        self._slots = [_slots(arcs, self.count) for arcs in moves]
        self._widest = max(1, *(len(slots) for slots in self._slots))

    def stable(self, ranks: Sequence[RankStack], concepts: Sequence[str]) -> Mapping[str, Truths]:
        """Where each decision maker is stable, by concept: decision makers x states x variants.

        Args:
            ranks: for each decision maker, its rank stack; all have the same number of variants.
            concepts: some of Nash, GMR, SMR, SEQ and SSEQ.
        """
        variants = ranks[0].shape[1]
        results = {concept: np.empty((len(ranks), self.count, variants), np.bool_) for concept in concepts}
        step = max(1, min(128, ROOM // (self._widest * (self.count + 1))))
        for first in range(0, variants, step):
            part = _Part(self._slots, [rank[:, first : first + step] for rank in ranks])
            for maker in range(len(ranks)):
                for concept, found in part.stable(maker, concepts):
                    results[concept][maker, :, first : first + step] = found
        return results


class _Part:
    """A few variants. Row `count` of every array stands for "no such move"."""

    def __init__(self, slots: Sequence[NDArray[np.intp]], ranks: Sequence[RankStack]) -> None:
        small = max(int(rank.max(initial=0)) for rank in ranks) < np.iinfo(np.int16).max
        self.kind: type[np.int16] | type[np.int32] = np.int16 if small else np.int32
        self.top = int(np.iinfo(np.int16 if small else np.int32).max)
        self.slots = slots
        self.ranks = [rank.astype(self.kind) for rank in ranks]
        self._bars: dict[int, list[Values]] = {}

    def stable(self, maker: int, concepts: Sequence[str]) -> Iterator[tuple[str, Truths]]:
        rank = self.ranks[maker]
        countered = np.maximum(rank, self._best(maker, rank))
        for concept in concepts:
            if concept == "Nash":
                yield concept, countered <= rank
                continue
            answered = countered if concept in ("SMR", "SSEQ") else rank
            worst = self._spread(maker, answered, improving=concept in ("SEQ", "SSEQ"))
            yield concept, self._best(maker, np.minimum(worst, rank)) <= rank

    def _best(self, maker: int, values: Values) -> Values:
        """The highest value that one move leads to; -1 where there is none."""
        padded = np.concatenate((values, np.full((1, values.shape[1]), -1, self.kind)))
        best = np.full(values.shape, -1, self.kind)
        for target in self.slots[maker]:
            np.maximum(best, padded[target], out=best)
        return best

    def _spread(self, maker: int, answered: Values, *, improving: bool) -> Values:
        """The least value that the opponents can bring about from each state by a legal sequence."""
        opponents = [other for other in range(len(self.slots)) if other != maker]
        by = {other: np.full(answered.shape, self.top, self.kind) for other in opponents}
        padded = np.full((len(answered) + 1, answered.shape[1]), self.top, self.kind)
        changed = True
        while changed:
            changed = False
            for mover in opponents:
                value = padded[:-1]
                value[...] = answered
                for other in opponents:
                    if other != mover:
                        np.minimum(value, by[other], out=value)
                new = np.full(answered.shape, self.top, self.kind)
                bars = self._barred(mover) if improving else None
                for place, target in enumerate(self.slots[mover]):
                    reached = padded[target]
                    if bars is not None:
                        reached |= bars[place]
                    np.minimum(new, reached, out=new)
                if not np.array_equal(new, by[mover]):
                    by[mover], changed = new, len(opponents) > 1
        worst = np.full(answered.shape, self.top, self.kind)
        for value in by.values():
            np.minimum(worst, value, out=worst)
        return worst

    def _barred(self, mover: int) -> list[Values]:
        """For each slot, all bits set where the move is no improvement: whatever it would bring becomes the top."""
        if mover not in self._bars:
            rank = self.ranks[mover]
            padded = np.concatenate((rank, np.full((1, rank.shape[1]), -1, self.kind)))
            self._bars[mover] = [
                np.where(padded[target] > rank, self.kind(0), self.kind(self.top)) for target in self.slots[mover]
            ]
        return self._bars[mover]


def _slots(arcs: Moves, count: int) -> NDArray[np.intp]:
    """The k-th move from each state, one row a k; `count` where a state has fewer."""
    lengths = np.diff(arcs.start)
    slots = np.full((int(lengths.max(initial=0)), count), count, np.intp)
    column = arcs.before.astype(np.intp)
    slots[np.arange(len(arcs.after)) - arcs.start[:-1][column], column] = arcs.after
    return slots
