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
from peacetable.strategy.moves import Moves, moves

Better = NDArray[np.int32] | NDArray[np.bool_]


def simultaneously_stable(conflict: Conflict) -> NDArray[np.bool_]:
    """Where each decision maker is stable by simultaneous sanctions (or has no improvement).

    Returns:
        Decision makers x feasible states.

    Raises:
        ConflictError: the model has explicit arcs or merged states, where moves cannot be made together.
    """
    if not conflict.plain:
        raise ConflictError("SIM needs a model in option form: take out the explicit arcs and the merged states")
    makers = range(len(conflict.decision_makers))
    better = [_better(conflict, maker) for maker in makers]
    arcs = moves(conflict)
    stable = np.ones((len(makers), len(conflict.states)), np.bool_)
    for place in range(len(conflict.states)):
        flips = [_improvements(conflict, arcs[maker], better[maker], place) for maker in makers]
        for maker in makers:
            others = [flips[other] for other in makers if other != maker]
            stable[maker, place] = all(
                sanction(conflict, better[maker], place, own, others) is not None for own in flips[maker]
            )
    return stable


def sanction(
    conflict: Conflict, better: Better, place: int, own: int, others: list[tuple[int, ...]]
) -> tuple[int, ...] | None:
    """What the others change along with an improvement so that it ends no better; None where they cannot.

    Args:
        conflict: the model.
        better: the focal decision maker's ranks, or its improvements pair by pair.
        place: the state, counted from 0.
        own: the options that the focal one changes, as one number.
        others: for each of the others, what it could change for the better, as numbers.
    """
    start = int(conflict.states[place])
    for flips in product(*((0, *changes) for changes in others)):
        if not any(flips):
            continue
        together = start ^ own
        for flip in flips:
            together ^= flip
        at = int(np.searchsorted(conflict.states, together))
        if at < len(conflict.states) and conflict.states[at] == together and not is_better(better, place, at):
            return flips
    return None


def is_better(better: Better, before: int, after: int) -> bool:
    """Is a state preferred to another, by ranks or pair by pair?"""
    return bool(better[before, after]) if better.ndim == 2 else bool(better[after] > better[before])


def _better(conflict: Conflict, maker: int) -> Better:
    one = conflict.decision_makers[maker]
    if preferences.ordinal(one.preference):
        return preferences.ranks(conflict, one.preference, name=one.name)
    return preferences.relation(conflict, one.preference, name=one.name).better


def _improvements(conflict: Conflict, arcs: Moves, better: Better, place: int) -> tuple[int, ...]:
    start = int(conflict.states[place])
    return tuple(
        int(conflict.states[after]) ^ start for after in arcs.of(place) if is_better(better, place, int(after))
    )
