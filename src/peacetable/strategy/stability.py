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

import re
from collections.abc import Sequence
from typing import Final, Literal, get_args

import numpy as np

from peacetable.strategy import foresight, matrices, policies, preferences
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.moves import moves
from peacetable.strategy.sequences import Graph
from peacetable.strategy.simultaneous import simultaneously_stable
from peacetable.strategy.solution import Solution as Solution
from peacetable.strategy.solution import Stable
from peacetable.strategy.subcubes import MOST_PLACES, Cube

#: The name of a stability concept, one of `ALL_CONCEPTS`.
Concept = str
CONCEPTS: Final[tuple[Concept, ...]] = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
#: Every name that `solve` takes, h a number from 1.
ALL_CONCEPTS: Final = (*CONCEPTS, "SIM", "L<h>", "NM", "MR<h>", "policy", "Stackelberg:<decision maker>")
EngineName = Literal["auto", "subcubes", "sequences", "matrices"]
NUMBERED: Final = re.compile(r"(L|MR)([1-9]\d{0,3})")


def solve(
    conflict: Conflict,
    *,
    concepts: Sequence[str] = CONCEPTS,
    engine: EngineName = "auto",
    unknown: matrices.Reading = "d",
    strength: matrices.Strength = "general",
) -> Solution:
    """The stable states of a model.

    Args:
        conflict: the model; every decision maker needs a preference.
        concepts: which to work out, of `ALL_CONCEPTS`.
        engine: for Nash to SSEQ; "auto" takes the fastest that can hold the preferences and the moves.
        unknown: how unknown preference is read (Li et al. 2004): a and c let it tempt, c and d let it deter.
        strength: "strong" asks for sanctions that lead to something much worse, "weak" for what is stable without
            (Hamouda, Kilgour & Hipel 2004).

    Raises:
        ConflictError: a concept is not known, a preference is missing or of a kind that the chosen engine or concept
            cannot hold, or there are too many states.
    """
    chosen = _engine(conflict, engine, ordinary=strength == "general")
    found: dict[str, Stable] = {}
    plain = [concept for concept in concepts if concept in CONCEPTS]
    if plain:
        found.update(_ordinary(conflict, plain, chosen, unknown, strength))
    for concept in concepts:
        if concept not in CONCEPTS:
            found[concept] = _other(conflict, concept, unknown)
    parameters = (("unknown", unknown), ("strength", strength)) if chosen == "matrices" else ()
    return Solution(conflict, chosen, parameters, {concept: found[concept] for concept in concepts})


def _ordinary(
    conflict: Conflict,
    concepts: Sequence[str],
    engine: EngineName,
    unknown: matrices.Reading,
    strength: matrices.Strength,
) -> dict[str, Stable]:
    makers = conflict.decision_makers
    if engine == "matrices":
        second = matrices.of_conflict(conflict)
        rows = [second.stable(place, concepts, unknown=unknown, strength=strength) for place in range(len(makers))]
    else:
        ranks = [preferences.ranks(conflict, maker.preference, name=maker.name) for maker in makers]
        solver = Cube(conflict, ranks) if engine == "subcubes" else Graph(moves(conflict), ranks)
        rows = [solver.stable(place, concepts) for place in range(len(makers))]
    return {concept: np.stack([row[concept] for row in rows]) for concept in concepts}


def _other(conflict: Conflict, concept: str, unknown: matrices.Reading) -> Stable:
    if concept == "SIM":
        return simultaneously_stable(conflict)
    if concept == "NM":
        return foresight.non_myopic(conflict)
    if concept == "policy":
        return policies.stable(conflict, unknown=unknown)
    if numbered := NUMBERED.fullmatch(concept):
        horizon = int(numbered[2])
        if numbered[1] == "L":
            return foresight.limited(conflict, horizon)
        return policies.stable(conflict, horizon, unknown=unknown)
    head, _, leader = concept.partition(":")
    if head == "Stackelberg":
        ids = [maker.id for maker in conflict.decision_makers]
        if leader not in ids:
            raise ConflictError(f"{concept!r}: name the leader, one of {', '.join(ids)}, as in Stackelberg:{ids[0]}")
        return foresight.stackelberg(conflict, ids.index(leader))
    raise ConflictError(f"there is no stability concept {concept!r}; known are {', '.join(ALL_CONCEPTS)}")


def _engine(conflict: Conflict, engine: EngineName, *, ordinary: bool) -> EngineName:
    if engine not in get_args(EngineName):
        raise ConflictError(f"there is no engine {engine!r}; known are {', '.join(get_args(EngineName))}")
    ordinary = ordinary and all(preferences.ordinal(maker.preference) for maker in conflict.decision_makers)
    flips = conflict.plain and 2 ** len(conflict.options) <= MOST_PLACES
    if engine == "auto":
        if not ordinary:
            return "matrices"
        return "subcubes" if flips else "sequences"
    if engine == "subcubes" and not flips:
        raise ConflictError(
            "the engine 'subcubes' takes options only, and not too many; with arcs, merged states or more options use "
            "'sequences'"
        )
    if engine != "matrices" and not ordinary:
        raise ConflictError(f"the engine {engine!r} takes rankings, statements and weights only; use 'matrices'")
    return engine
