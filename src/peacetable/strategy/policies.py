"""Policies and the metarational tree: threats and counter-threats, to any depth (Zeng, Fang, Hipel & Kilgour 2005-07).

The focal decision maker and its opponents move in turn, the opponents by any legal sequence. With h moves in all a
state is MR_h stable where each improvement can be answered so that the focal one is never left anywhere better: MR_1
is Nash, MR_2 GMR and MR_3 SMR. Without an end, a state is policy stable for i where the others' plan of action, fixed
for every state, leaves i no way to settle anywhere better; being chased for ever is no gain. For two decision makers
a state that is policy stable for both is a policy stable state, since each one's plan serves against the other alone.
For more, the plans that deter one and another need not be the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import matrices
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.matrices import Judgement, Square, product


def stable(conflict: Conflict, horizon: int | None = None, *, unknown: matrices.Reading = "d") -> NDArray[np.bool_]:
    """Where each decision maker is stable by its opponents' policies.

    Args:
        conflict: the model.
        horizon: moves in all (MR_h), from 1; None for no end: policy stability.
        unknown: how unknown preference is read.

    Returns:
        Decision makers x feasible states.

    Raises:
        ConflictError: the horizon is below 1, or the model is too large for the matrix engine.
    """
    if horizon is not None and horizon < 1:
        raise ConflictError(f"a tree of {horizon} moves says nothing: give 1 or more")
    engine = matrices.of_conflict(conflict)
    rows = []
    for maker, reach in enumerate(engine.reach):
        judged = matrices.judgement(engine.relations[maker], unknown=unknown)
        answers = engine.answers(maker, improving=False)
        answered = _answered(reach, judged, answers, horizon)
        rows.append(~(reach & judged.tempting & ~answered).any(axis=1))
    return np.stack(rows)


def _answered(reach: Square, judged: Judgement, answers: Square, horizon: int | None) -> Square:
    """Answered[s, z]: thinking of s, and having moved to z, the focal decision maker can be kept from any gain."""
    if horizon == 1:
        return np.zeros_like(reach)
    # Deterred[s, z]: the same where z itself may be no gain. With an odd number of moves the focal one has the last.
    deterred = judged.deterring if horizon is not None and horizon % 2 else np.ones_like(reach)
    rounds = 0
    while True:
        # At y, no better than s, the focal one moves on to some z where it is not deterred: then y is no answer.
        final = judged.deterring & ~product(~deterred, reach.T)
        answered = product(final, answers.T)
        wider: Square = judged.deterring | answered
        rounds += 1
        if rounds == (horizon or 0) // 2 or np.array_equal(wider, deterred):
            return answered
        deterred = wider
