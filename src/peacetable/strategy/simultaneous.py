"""Simultaneous sanctioning: everybody moves at once (Fraser & Hipel 1984).

An improvement of the focal decision maker is sanctioned where some of the others, each by an improvement that it has
from the same state, move with it to a feasible state that is no better for the focal one than staying. It needs
options: what two moves come to together is told by the options that each changes. All states are tried at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict, ConflictError, TooLargeError
from peacetable.strategy.moves import Moves, moves

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
Better = NDArray[np.int32] | NDArray[np.bool_]
#: Joint moves from all states beyond which they are not tried.
MOST_JOINT_MOVES: Final = 2**30


def simultaneously_stable(conflict: Conflict) -> NDArray[np.bool_]:
    """Where each decision maker is stable by simultaneous sanctions (or has no improvement).

    Returns:
        Decision makers x feasible states.

    Raises:
        ConflictError: the model has explicit arcs or merged states, where moves cannot be made together.
        TooLargeError: there are too many joint moves.
    """
    if not conflict.plain:
        raise ConflictError("SIM needs a model in option form: take out the explicit arcs and the merged states")
    joint = len(conflict.states) * 2 ** len(conflict.options)
    if joint > MOST_JOINT_MOVES:
        raise TooLargeError(
            f"SIM tries every joint move from every state, {joint:,} in this model and at most {MOST_JOINT_MOVES:,}: "
            "leave it out, or leave out options"
        )
    makers = range(len(conflict.decision_makers))
    better = [_better(conflict, maker) for maker in makers]
    arcs = moves(conflict)
    tempted = [_improvements(conflict, arcs[maker], better[maker]) for maker in makers]
    stable = np.ones((len(makers), len(conflict.states)), np.bool_)
    for maker in makers:
        sanctioned = {own: np.zeros(len(conflict.states), np.bool_) for own in tempted[maker]}
        for flip, places in _together([tempted[other] for other in makers if other != maker], len(conflict.states)):
            for own, may in tempted[maker].items():
                at = places[may[places]]
                after, feasible = _place_of(conflict, conflict.states[at] ^ own ^ flip)
                at, after = at[feasible], after[feasible]
                sanctioned[own][at[~are_better(better[maker], at, after)]] = True
        for own, may in tempted[maker].items():
            stable[maker] &= ~may | sanctioned[own]
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
    here = np.array([place])
    for flips in product(*((0, *changes) for changes in others)):
        if not any(flips):
            continue
        # Nobody shares an option with another, so what all change is the sum.
        after, feasible = _place_of(conflict, conflict.states[here] ^ own ^ sum(flips))
        if feasible[0] and not are_better(better, here, after)[0]:
            return flips
    return None


def are_better(better: Better, before: Places, after: Places) -> Mask:
    """Which of some moves are improvements, by ranks or pair by pair."""
    if better.ndim == 2:
        pairs: Mask = better[before, after] > 0
        return pairs
    ranked: Mask = better[after] > better[before]
    return ranked


def _better(conflict: Conflict, maker: int) -> Better:
    one = conflict.decision_makers[maker]
    if preferences.ordinal(one.preference):
        return preferences.ranks(conflict, one.preference, name=one.name)
    return preferences.relation(conflict, one.preference, name=one.name).better


def _improvements(conflict: Conflict, arcs: Moves, better: Better) -> dict[int, Mask]:
    """For each change that a decision maker can make, the states from which it is an improvement."""
    before, after = arcs.before.astype(np.int64), arcs.after.astype(np.int64)
    kept = are_better(better, before, after)
    before, flips = before[kept], conflict.states[before[kept]] ^ conflict.states[after[kept]]
    found = {}
    for flip in np.unique(flips):
        found[int(flip)] = np.zeros(len(conflict.states), np.bool_)
        found[int(flip)][before[flips == flip]] = True
    return found


def _together(others: Sequence[Mapping[int, Mask]], count: int) -> Iterator[tuple[int, Places]]:
    """What some of the others can change at once by improvements, and from where; not what nobody changes."""
    ahead = [(0, 0, np.arange(count))]
    while ahead:
        number, flip, places = ahead.pop()
        if number == len(others):
            if flip:
                yield flip, places
            continue
        ahead.append((number + 1, flip, places))
        for change, may in others[number].items():
            left = places[may[places]]
            if len(left):
                ahead.append((number + 1, flip | change, left))


def _place_of(conflict: Conflict, decimals: Places) -> tuple[Places, Mask]:
    """The places of states, and which of them can be."""
    at = np.minimum(np.searchsorted(conflict.states, decimals), len(conflict.states) - 1)
    feasible: Mask = conflict.states[at] == decimals
    return at, feasible
