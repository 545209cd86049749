"""Simultaneous sanctioning: everybody moves at once (Fraser & Hipel 1984).

An improvement of the focal decision maker is sanctioned where some of the others, each by an improvement that it has
from the same state, move with it to a feasible state that is no better for the focal one than staying. It needs
options: what two moves come to together is told by the options that each changes.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.moves import moves


def simultaneously_stable(conflict: Conflict) -> NDArray[np.bool_]:
    """Where each decision maker is stable by simultaneous sanctions (or has no improvement).

    Returns:
        Decision makers x feasible states.

    Raises:
        ConflictError: the model has explicit arcs or merged states, where moves cannot be made together.
    """
    if not conflict.plain:
        raise ConflictError("SIM needs a model in option form: take out the explicit arcs and the merged states")
    states = conflict.states
    makers = range(len(conflict.decision_makers))
    relations = [preferences.ranks(conflict, maker.preference, name=maker.name) for maker in conflict.decision_makers]
    arcs = moves(conflict)
    stable = np.ones((len(makers), len(states)), np.bool_)
    for place, decimal in enumerate(int(state) for state in states):
        improvements = [
            [
                int(states[after]) ^ decimal
                for after in arcs[maker].of(place)
                if relations[maker][after] > relations[maker][place]
            ]
            for maker in makers
        ]
        for maker in makers:
            others = [(0, *improvements[other]) for other in makers if other != maker]
            stable[maker, place] = all(
                _sanctioned(conflict, relations[maker], place, decimal ^ own, others) for own in improvements[maker]
            )
    return stable


def _sanctioned(
    conflict: Conflict, rank: NDArray[np.int32], place: int, moved: int, others: list[tuple[int, ...]]
) -> bool:
    for flips in product(*others):
        if not any(flips):
            continue
        together = moved
        for flip in flips:
            together ^= flip
        at = int(np.searchsorted(conflict.states, together))
        if at < len(conflict.states) and conflict.states[at] == together and rank[at] <= rank[place]:
            return True
    return False
