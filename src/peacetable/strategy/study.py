"""A model looked at from all sides: what a page about it shows, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from peacetable.strategy import evolution as evolving
from peacetable.strategy import preferences, stability
from peacetable.strategy import robustness as robust
from peacetable.strategy.conflict import Conflict, Ranking, Source, Statements, Weights
from peacetable.strategy.evolution import Evolution
from peacetable.strategy.formulas import to_text
from peacetable.strategy.moves import moves
from peacetable.strategy.robustness import Robustness
from peacetable.strategy.solution import Solution
from peacetable.strategy.why import Explainer, Reason

#: States beyond which a picture shows only those that matter most.
MOST_PICTURED: Final = 24
#: States times variants beyond which robustness is left to its own command.
MOST_WORK: Final = 6_000_000


@dataclass(frozen=True, slots=True)
class ArcDrawn:
    """A move in the picture: who, between which states (decimals), and whether the mover prefers where it leads."""

    maker: int
    before: int
    after: int
    improvement: bool


@dataclass(frozen=True, slots=True)
class Study:
    """The solution of a model and everything beside it.

    Attributes:
        pictured: the states (decimals) of the picture: all of a small model, else those that matter most.
        arcs: every move between these, an arc each way.
        reasons: why, for each concept that is explained move by move, decision maker and state.
        evolution: from the status quo; None without one.
        robustness: None where a preference has no ranks, or there would be too much to solve.
    """

    solution: Solution
    pictured: tuple[int, ...]
    arcs: tuple[ArcDrawn, ...]
    reasons: tuple[Reason, ...]
    evolution: Evolution | None
    robustness: Robustness | None


@dataclass(frozen=True, slots=True)
class Stated:
    """One line of what a decision maker wants: a statement, a weight, a level of a ranking, or what else was told."""

    text: str
    sources: tuple[Source, ...] = ()
    uncertain: bool = False


def stated(conflict: Conflict, maker: int) -> tuple[Stated, ...]:
    """What a decision maker wants, as the model tells it, the most important first."""
    preference = conflict.decision_makers[maker].preference
    names = {number: option.id for number, option in enumerate(conflict.options)}
    match preference:
        case Statements(statements, uncertain, sources):
            found = sources or ((),) * len(statements)
            return tuple(
                Stated(to_text(statement, names), found[number], number in uncertain)
                for number, statement in enumerate(statements)
            )
        case Weights(weights):
            return tuple(Stated(f"{names[option]}: {weight:g}") for option, weight in weights)
        case Ranking(levels, _):
            return tuple(Stated(", ".join(conflict.yn(state) for state in level)) for level in levels)
        case None:
            return ()
        case _:
            return (Stated("pair by pair"),)


def study(
    conflict: Conflict, *, concepts: Sequence[str] = (), draws: int = 1000, seed: int = 1, most_reasons: int = 4000
) -> Study:
    """Solve a model and look at it from all sides.

    Args:
        conflict: the model.
        concepts: by default, Nash, GMR, SMR, SEQ and SSEQ.
        draws, seed: of the robustness analysis.
        most_reasons: of a larger model only the equilibria and the status quo are explained.

    Raises:
        ConflictError: the model cannot be solved.
    """
    solution = stability.solve(conflict, concepts=concepts or stability.CONCEPTS)
    found = {state for concept in solution.stable for state in solution.equilibria(concept)}
    ordinal = all(preferences.ordinal(maker.preference) for maker in conflict.decision_makers)
    ordinary = [concept for concept in solution.stable if concept in stability.CONCEPTS]
    course = evolving.evolution(conflict, equilibria=found) if conflict.status_quo is not None else None
    pictured = _pictured(conflict, found, course)
    work = len(conflict.states) * (draws + len(conflict.states) * len(conflict.decision_makers))
    return Study(
        solution=solution,
        pictured=pictured,
        arcs=_arcs(conflict, pictured),
        reasons=_reasons(solution, ordinary, found, most_reasons),
        evolution=course,
        robustness=robust.robustness(conflict, concepts=ordinary, draws=draws, seed=seed)
        if ordinal and work <= MOST_WORK
        else None,
    )


def _pictured(conflict: Conflict, found: set[int], course: Evolution | None) -> tuple[int, ...]:
    """The status quo, the equilibria, and where improvements lead to, as many as a picture holds."""
    if len(conflict.states) <= MOST_PICTURED:
        return tuple(int(state) for state in conflict.states)
    reached = (
        (course.start, *sorted(found), *(one.state for one in course.by_improvements)) if course else sorted(found)
    )
    return tuple(sorted(list(dict.fromkeys(reached))[:MOST_PICTURED]))


def _arcs(conflict: Conflict, pictured: Sequence[int]) -> tuple[ArcDrawn, ...]:
    shown = np.isin(conflict.states, pictured)
    drawn: list[ArcDrawn] = []
    for maker, arcs in enumerate(moves(conflict)):
        kept = shown[arcs.before] & shown[arcs.after]
        before, after = arcs.before[kept].astype(np.int64), arcs.after[kept].astype(np.int64)
        better = evolving.judge(conflict, maker)(before, after)
        drawn.extend(
            ArcDrawn(maker, int(conflict.states[first]), int(conflict.states[second]), bool(improves))
            for first, second, improves in zip(before, after, better, strict=True)
        )
    return tuple(drawn)


def _reasons(solution: Solution, concepts: Sequence[str], found: set[int], most: int) -> tuple[Reason, ...]:
    conflict = solution.conflict
    states = [int(state) for state in conflict.states]
    makers = range(len(conflict.decision_makers))
    if len(states) * len(makers) * len(concepts) > most:
        # The states that matter most: where it stands, then what is an equilibrium by most concepts.
        by_concept = [set(solution.equilibria(concept)) for concept in concepts]
        weight = {state: sum(state in one for one in by_concept) for state in found}
        first = [conflict.status_quo] if conflict.status_quo is not None else []
        ranked = sorted(found - set(first), key=lambda state: (-weight[state], state))
        states = sorted([*first, *ranked][: max(1, most // (len(makers) * max(1, len(concepts))))])
    explainer = Explainer(conflict)
    return tuple(explainer.cell(concept, maker, state) for state in states for maker in makers for concept in concepts)
