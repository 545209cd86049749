"""Attitudes: who wishes whom well, and what that makes stable (Inohara, Hipel & Walker 2007).

A decision maker replies with a move where the state suits its attitude to everyone: devoting (what is at least as good
for the other), aggressive (what is not) or indifferent. Relational Nash, GMR, SMR, SEQ and SSEQ are the ordinary
concepts with these replies in place of improvements; a state that is no such reply, and staying itself, deters.
Devotion to oneself asks for what is better, so that the usual attitudes (devoted to oneself, indifferent to others)
give the usual concepts, ties and all; without ties this is the published definition.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.matrices import Matrices
from peacetable.strategy.moves import moves
from peacetable.strategy.preferences import Relation
from peacetable.strategy.solution import Solution, Stable

CONCEPTS: Final = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")


def solve(
    conflict: Conflict, *, attitudes: Sequence[Sequence[int]] | None = None, concepts: Sequence[str] = CONCEPTS
) -> Solution:
    """The relationally stable states of a model.

    Args:
        conflict: the model.
        attitudes: for each decision maker its attitude to each, +1 devoting, 0 indifferent, -1 aggressive; None takes
            the model's.
        concepts: of Nash, GMR, SMR, SEQ and SSEQ.

    Raises:
        ConflictError: attitudes are missing or not of these, or a preference cannot be held pair by pair.
    """
    wrong = [concept for concept in concepts if concept not in CONCEPTS]
    if wrong:
        raise ConflictError(f"attitudes have no stability {wrong[0]!r}; known are {', '.join(CONCEPTS)}")
    makers = conflict.decision_makers
    taken = attitudes_of(conflict) if attitudes is None else tuple(tuple(row) for row in attitudes)
    if len(taken) != len(makers) or any(len(row) != len(makers) or set(row) - {-1, 0, 1} for row in taken):
        raise ConflictError(f"attitudes are {len(makers)} rows of {len(makers)} numbers, each 1, 0 or -1")
    relations = [preferences.relation(conflict, maker.preference, name=maker.name) for maker in makers]
    replies = tuple(_reply(relations, place, row) for place, row in enumerate(taken))
    engine = Matrices(tuple(arcs.matrix() for arcs in moves(conflict)), replies)
    found = [engine.stable(place, concepts) for place in range(len(makers))]
    stable: dict[str, Stable] = {concept: np.stack([one[concept] for one in found]) for concept in concepts}
    told = "; ".join(" ".join(f"{value:+d}" if value else "0" for value in row) for row in taken)
    return Solution(conflict, "attitudes", (("attitudes", told),), stable)


def attitudes_of(conflict: Conflict) -> tuple[tuple[int, ...], ...]:
    """The attitudes that a model tells, the usual ones where it tells none."""
    count = len(conflict.decision_makers)
    return tuple(
        maker.attitudes or tuple(int(other == place) for other in range(count))
        for place, maker in enumerate(conflict.decision_makers)
    )


def _reply(relations: Sequence[Relation], maker: int, attitudes: Sequence[int]) -> Relation:
    """The states that a decision maker would reply with, as a relation that takes the place of its preference."""
    count = len(relations[maker].better)
    suits = ~np.eye(count, dtype=np.bool_)
    for other, attitude in enumerate(attitudes):
        at_least_as_good = relations[other].worse_or_equal.T
        if attitude > 0:
            suits &= relations[maker].better if other == maker else at_least_as_good
        elif attitude < 0:
            suits &= ~at_least_as_good
    nothing = np.zeros((count, count), np.bool_)
    return Relation(suits, ~suits, nothing, nothing, nothing)
