"""The matrix engine: stability by products of 0/1 matrices, for any kind of preference (Xu, Hipel & Kilgour 2009).

It needs n x n memory and takes over where preference has no ranks: unknown, strong, fuzzy or probabilistic. For ordinal
preference it is the second opinion on the fast engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.conflict import ConflictError
from peacetable.strategy.preferences import Relation

Square = NDArray[np.bool_]
#: How unknown preference is treated (Li et al. 2004): a and c let it tempt, c and d let it deter.
Reading = Literal["a", "b", "c", "d"]
MOST_STATES: Final = 4096


@dataclass(frozen=True)
class Matrices:
    """A model as reachability and preference matrices.

    Attributes:
        reach: for each decision maker, where it can move in one step.
        relations: for each, its preference pair by pair.
    """

    reach: tuple[Square, ...]
    relations: tuple[Relation, ...]

    def __post_init__(self) -> None:
        if len(self.reach[0]) > MOST_STATES:
            raise ConflictError(
                f"the matrix engine takes at most {MOST_STATES} states and the model has {len(self.reach[0])}: give "
                "every decision maker a ranking, statements or weights, so that the fast engine can solve it"
            )

    def stable(
        self, maker: int, concepts: Sequence[str], *, unknown: Reading = "d", strong: bool = False
    ) -> dict[str, NDArray[np.bool_]]:
        """Where a decision maker is stable, by concept.

        Args:
            maker: the focal decision maker.
            concepts: of Nash, GMR, SMR, SEQ and SSEQ.
            unknown: how unknown preference is treated; without any, all four agree.
            strong: ask for strong stability: sanctions must lead to something much worse (Hamouda et al. 2004).
        """
        relation, reach = self.relations[maker], self.reach[maker]
        tempting = relation.better | relation.unknown if unknown in "ac" else relation.better
        deterring = relation.worse_or_equal | relation.unknown if unknown in "cd" else relation.worse_or_equal
        # A deterrent is final for SMR and SSEQ where no counter-move escapes it.
        escapes = relation.better | relation.unknown if unknown in "ab" else relation.better
        if strong:
            deterring, escapes = relation.much_worse, ~relation.much_worse
        improving = reach & tempting
        results: dict[str, NDArray[np.bool_]] = {}
        for concept in concepts:
            if concept == "Nash":
                results[concept] = _no_row(improving)
                continue
            final = deterring
            if concept in ("SMR", "SSEQ"):
                final = deterring & ~_product(escapes, reach.T)
            answers = self.answers(maker, improving=concept in ("SEQ", "SSEQ"))
            sanctioned = _product(final, answers.T)
            results[concept] = _no_row(improving & ~sanctioned)
        return results

    def answers(self, maker: int, *, improving: bool) -> Square:
        """Where the opponents of a decision maker can bring things by a legal sequence, from each state."""
        opponents = [other for other in range(len(self.reach)) if other != maker]
        return self.sequences(opponents, improving=improving)

    def sequences(self, group: Sequence[int], *, improving: bool) -> Square:
        """Where a group can bring things by a sequence in which nobody moves twice in a row.

        With `improving`, every step is an improvement for the mover; a step to something unknown counts, since the
        focal decision maker cannot exclude it (Li et al. 2004).
        """
        count = len(self.reach[0])
        step = {
            one: self.reach[one] & (self.relations[one].better | self.relations[one].unknown)
            if improving
            else self.reach[one]
            for one in group
        }
        last = {one: step[one].copy() for one in group}  # last[j]: reached by a sequence that j ended
        changed = True
        while changed:
            changed = False
            for one in group:
                others = [last[other] for other in group if other != one]
                if not others:
                    continue
                new = last[one] | _product(np.logical_or.reduce(others), step[one])
                changed = changed or bool((new != last[one]).any())
                last[one] = new
        return np.logical_or.reduce(list(last.values())) if last else np.zeros((count, count), np.bool_)


def _product(left: Square, right: Square) -> Square:
    """The 0/1 matrix product; float32 so that the linear algebra library does it."""
    product: Square = (left.astype(np.float32) @ right.astype(np.float32)) > 0
    return product


def _no_row(square: Square) -> NDArray[np.bool_]:
    """The rows without a single one."""
    rows: NDArray[np.bool_] = np.logical_not(np.any(square, axis=1))
    return rows
