"""Which states can be: enumerated option by option, so that what is ruled out never grows.

A constraint is told as a formula of what cannot be. As soon as all its options are in, the states that satisfy it are
dropped; a model with many options and tight constraints is enumerated as easily as a small one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.formulas import Formula, holds, options_of

States = NDArray[np.int64]
#: States beyond which a model is not enumerated: to solve this many needs about 1 GB.
MOST_STATES: Final = 2**22
#: A state is kept as one number of 64 bits.
MOST_OPTIONS: Final = 62


class OverflowingError(Exception):
    """There are more states than are enumerated.

    Attributes:
        options: how many options were in.
        states: how many states there were with these.
    """

    def __init__(self, options: int, states: int) -> None:
        super().__init__(options, states)
        self.options, self.states = options, states


def enumerate_states(options: int, impossible: Sequence[Formula]) -> States:
    """The decimals of the states that satisfy none of the formulas, in order.

    Raises:
        OverflowingError: with how far it came.
    """
    due: dict[int, list[Formula]] = {}
    for formula in impossible:
        due.setdefault(max(options_of(formula), default=-1), []).append(formula)
    states = np.zeros(1, np.int64)
    for formula in due.get(-1, ()):
        states = states[~holds(formula, states)]
    for option in range(options):
        if len(states) > MOST_STATES:
            raise OverflowingError(option, len(states))
        states = np.concatenate((states, states | np.int64(1 << option)))
        for formula in due.get(option, ()):
            states = states[~holds(formula, states)]
    if len(states) > MOST_STATES:
        raise OverflowingError(options, len(states))
    return states


def contradiction(options: int, impossible: Sequence[Formula]) -> tuple[int, ...]:
    """Of formulas that together rule out every state, the places of a least set that does so."""
    kept = list(range(len(impossible)))
    for place in list(kept):
        fewer = [other for other in kept if other != place]
        try:
            left = len(enumerate_states(options, [impossible[other] for other in fewer]))
        except OverflowingError:
            continue
        if not left:
            kept = fewer
    return tuple(kept)
