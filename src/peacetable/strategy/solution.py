"""What solving a model comes to: one shape for every concept, whoever worked it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy.conflict import Conflict

Stable = NDArray[np.bool_]


@dataclass(frozen=True)
class Solution:
    """Which states are stable, for whom, and how that was worked out.

    Attributes:
        conflict: the model.
        engine: what worked it out: "subcubes" (option form), "sequences" (any graph), "matrices" (any preference), or
            the analysis ("foresight", "policies", "coalitions", "attitudes").
        parameters: what else was chosen, as names and values.
        stable: by concept, an array of rows x feasible states.
        rows: whom each row is for, as places of decision makers; without any, a row is for each decision maker.
    """

    conflict: Conflict
    engine: str
    parameters: tuple[tuple[str, str], ...]
    stable: Mapping[str, Stable]
    rows: tuple[tuple[int, ...], ...] = ()

    def equilibria(self, concept: str) -> tuple[int, ...]:
        """The decimals of the states that are stable for all."""
        return tuple(int(decimal) for decimal in self.conflict.states[self.stable[concept].all(axis=0)])

    def stable_for(self, row: int, concept: str) -> tuple[int, ...]:
        """The decimals of the states that are stable for one: a decision maker's place, or a row of `rows`."""
        return tuple(int(decimal) for decimal in self.conflict.states[self.stable[concept][row]])

    def named(self, row: int) -> str:
        """Whom a row is for, in words."""
        places: Sequence[int] = self.rows[row] if self.rows else (row,)
        return " + ".join(self.conflict.decision_makers[place].name for place in places)
