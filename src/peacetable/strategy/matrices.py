"""The matrix engine: stability by products of 0/1 matrices, for any kind of preference (Xu, Hipel & Kilgour 2009).

It needs n x n memory and takes over where preference has no ranks: unknown, strong, fuzzy or probabilistic, coalitions
and attitudes. For ordinal preference it is the second opinion on the fast engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict
from peacetable.strategy.moves import moves
from peacetable.strategy.preferences import Relation

Square = NDArray[np.bool_]
#: How unknown preference is treated (Li et al. 2004): a and c let it tempt, c and d let it deter.
Reading = Literal["a", "b", "c", "d"]
#: Stable at all; by sanctions that lead to something much worse; stable, but not by such (Hamouda et al. 2004).
Strength = Literal["general", "strong", "weak"]
READINGS: Final[tuple[Reading, ...]] = ("a", "b", "c", "d")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one side makes of moving from s (rows) to q (columns).

    Attributes:
        tempting: the side would go there.
        deterring: being brought there is reason enough to have stayed. What does not deter is an escape.
    """

    tempting: Square
    deterring: Square


def judgement(relation: Relation, *, unknown: Reading = "d", strong: bool = False) -> Judgement:
    """What a decision maker makes of a preference.

    Args:
        relation: the preference.
        unknown: a and c: a state about which nothing is known tempts; c and d: it deters (Li et al. 2004).
        strong: only what is much worse deters (Hamouda, Kilgour & Hipel 2004).
    """
    tempting = relation.better | relation.unknown if unknown in "ac" else relation.better
    if strong:
        return Judgement(tempting, relation.much_worse)
    deterring = relation.worse_or_equal
    return Judgement(tempting, deterring | relation.unknown if unknown in "cd" else deterring)


def stays(concept: str, reach: Square, judged: Judgement, answers: Square) -> NDArray[np.bool_]:
    """Where one side has no reason to move.

    Args:
        concept: Nash, GMR, SMR, SEQ or SSEQ.
        reach: where the side can move.
        judged: what it makes of that.
        answers: where its opponents can bring things from each state (SEQ and SSEQ: by improvements).
    """
    improving = reach & judged.tempting
    if concept == "Nash":
        return _no_row(improving)
    final = judged.deterring
    if concept in ("SMR", "SSEQ"):
        # A deterrent is final where no counter-move escapes it.
        final = final & ~product(~judged.deterring, reach.T)
    return _no_row(improving & ~product(final, answers.T))


@dataclass(frozen=True)
class Matrices:
    """A model as reachability and preference matrices.

    Attributes:
        reach: for each decision maker, where it can move in one step.
        relations: for each, its preference pair by pair.
    """

    reach: tuple[Square, ...]
    relations: tuple[Relation, ...]

    def stable(
        self, maker: int, concepts: Sequence[str], *, unknown: Reading = "d", strength: Strength = "general"
    ) -> dict[str, NDArray[np.bool_]]:
        """Where a decision maker is stable, by concept.

        Args:
            maker: the focal decision maker.
            concepts: of Nash, GMR, SMR, SEQ and SSEQ.
            unknown: how unknown preference is treated; without any, all four agree.
            strength: which stability is asked for; weak is general and not strong.
        """
        general = judgement(self.relations[maker], unknown=unknown)
        strong = judgement(self.relations[maker], unknown=unknown, strong=True)
        results = {}
        for concept in concepts:
            answers = self.answers(maker, improving=concept in ("SEQ", "SSEQ"))
            if strength == "general":
                results[concept] = stays(concept, self.reach[maker], general, answers)
            else:
                results[concept] = stays(concept, self.reach[maker], strong, answers)
            if strength == "weak":
                results[concept] = stays(concept, self.reach[maker], general, answers) & ~results[concept]
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
        steps = [
            self.reach[one] & (self.relations[one].better | self.relations[one].unknown)
            if improving
            else self.reach[one]
            for one in group
        ]
        return legal_sequences(steps, len(self.reach[0]))


def of_conflict(conflict: Conflict) -> Matrices:
    """The matrices of a model; every kind of preference."""
    makers = conflict.decision_makers
    relations = tuple(preferences.relation(conflict, maker.preference, name=maker.name) for maker in makers)
    return Matrices(tuple(arcs.matrix() for arcs in moves(conflict)), relations)


def legal_sequences(steps: Sequence[Square], count: int) -> Square:
    """Where sequences of steps lead in which nobody steps twice in a row; a matrix of steps for each mover."""
    last = [step.copy() for step in steps]  # last[j]: reached by a sequence that j ended
    changed = len(steps) > 1
    while changed:
        changed = False
        for mover, step in enumerate(steps):
            before = np.logical_or.reduce([reached for other, reached in enumerate(last) if other != mover])
            new = last[mover] | product(before, step)
            changed = changed or bool((new != last[mover]).any())
            last[mover] = new
    return np.logical_or.reduce(last) if last else np.zeros((count, count), np.bool_)


def product(left: Square, right: Square) -> Square:
    """The 0/1 matrix product; float32 so that the linear algebra library does it."""
    result: Square = (left.astype(np.float32) @ right.astype(np.float32)) > 0
    return result


def _no_row(square: Square) -> NDArray[np.bool_]:
    """The rows without a single one."""
    rows: NDArray[np.bool_] = np.logical_not(np.any(square, axis=1))
    return rows
