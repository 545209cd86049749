"""Which states are stable, for whom, by which concept: the public face of the engines.

Definitions (Fang, Hipel & Kilgour 1993; SSEQ: Rego & Vieira 2017; SIM: Fraser & Hipel 1984). A state s is stable for a
decision maker i where

    Nash  i has no improvement from s;
    GMR   each improvement can be answered by the others, by any legal sequence, with a state no better for i than s;
    SMR   the same, and i cannot escape from the answer to anything better than s;
    SEQ   as GMR, and every step of the answer is an improvement for the one who makes it;
    SSEQ  as SMR, with answers as in SEQ;
    SIM   each improvement, made together with improvements that others have from s, can end no better for i than s.

A legal sequence is one in which nobody moves twice in a row. A state that is stable for all is an equilibrium.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import matrices, preferences
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.moves import moves
from peacetable.strategy.sequences import Graph
from peacetable.strategy.simultaneous import simultaneously_stable
from peacetable.strategy.subcubes import Cube

Concept = Literal["Nash", "GMR", "SMR", "SEQ", "SSEQ", "SIM"]
CONCEPTS: Final[tuple[Concept, ...]] = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
EngineName = Literal["auto", "subcubes", "sequences", "matrices"]
Stable = NDArray[np.bool_]


@dataclass(frozen=True)
class Solution:
    """What a model comes to, and how that was worked out.

    Attributes:
        conflict: the model.
        engine: "subcubes" (option form), "sequences" (any graph) or "matrices" (any preference); all are exact.
        parameters: what else was chosen: how unknown preference was read, whether strong stability was asked for.
        stable: by concept, an array of decision makers x feasible states.
    """

    conflict: Conflict
    engine: str
    parameters: tuple[tuple[str, str], ...]
    stable: Mapping[Concept, Stable]

    def equilibria(self, concept: Concept) -> tuple[int, ...]:
        """The decimals of the states that are stable for all decision makers."""
        return tuple(int(decimal) for decimal in self.conflict.states[self.stable[concept].all(axis=0)])

    def stable_for(self, maker: int, concept: Concept) -> tuple[int, ...]:
        """The decimals of the states that are stable for one decision maker."""
        return tuple(int(decimal) for decimal in self.conflict.states[self.stable[concept][maker]])


def solve(
    conflict: Conflict,
    *,
    concepts: Sequence[Concept] = CONCEPTS,
    engine: EngineName = "auto",
    unknown: matrices.Reading = "d",
    strong: bool = False,
) -> Solution:
    """The stable states of a model.

    Args:
        conflict: the model; every decision maker needs a preference.
        concepts: which to work out.
        engine: "auto" takes the fastest that can hold the preferences and the moves.
        unknown: how unknown preference is read (Li et al. 2004): a and c let it tempt, c and d let it deter.
        strong: ask for sanctions that lead to something much worse (Hamouda, Kilgour & Hipel 2004).

    Raises:
        ConflictError: a preference is missing or of a kind that the chosen engine cannot hold, or there are too many
            states.
    """
    makers = conflict.decision_makers
    chosen = _engine(conflict, engine, strong=strong)
    solver: Cube | Graph | None = None
    if chosen != "matrices":
        ranks = [preferences.ranks(conflict, maker.preference, name=maker.name) for maker in makers]
        solver = Cube(conflict, ranks) if chosen == "subcubes" else Graph(moves(conflict), ranks)
    plain = [concept for concept in concepts if concept != "SIM"]
    if solver is not None:
        found = [solver.stable(place, plain) for place in range(len(makers))]
    else:
        second = matrix_engine(conflict)
        found = [second.stable(place, plain, unknown=unknown, strong=strong) for place in range(len(makers))]
    stable: dict[Concept, Stable] = {concept: np.stack([one[concept] for one in found]) for concept in plain}
    if "SIM" in concepts:
        stable["SIM"] = simultaneously_stable(conflict)
    parameters = (("unknown", unknown), ("strong", str(strong).lower())) if chosen == "matrices" else ()
    return Solution(conflict, chosen, parameters, stable)


def matrix_engine(conflict: Conflict) -> matrices.Matrices:
    """The matrices of a model; every kind of preference."""
    return matrices.Matrices(
        tuple(arcs.matrix() for arcs in moves(conflict)),
        tuple(preferences.relation(conflict, maker.preference, name=maker.name) for maker in conflict.decision_makers),
    )


def _engine(conflict: Conflict, engine: EngineName, *, strong: bool) -> EngineName:
    all_ordinal = all(preferences.ordinal(maker.preference) for maker in conflict.decision_makers)
    if engine == "auto":
        if strong or not all_ordinal:
            return "matrices"
        return "subcubes" if conflict.plain else "sequences"
    if engine == "subcubes" and not conflict.plain:
        raise ConflictError("the engine 'subcubes' takes options only; with arcs or merged states use 'sequences'")
    if engine != "matrices" and (strong or not all_ordinal):
        raise ConflictError(f"the engine {engine!r} takes rankings, statements and weights only; use 'matrices'")
    return engine
