"""`peacetable conflict solve` otherwise: by coalitions, by attitudes, or as each decision maker sees things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

import typer

from peacetable import pipeline
from peacetable.views import strategy_grids, strategy_objects, strategy_phrases
from peacetable.views.commands.session import Session

Coalition = Annotated[
    list[str] | None,
    typer.Option(
        "--coalition", metavar="A,B", help="Decision makers that act together, by id or name (again for more)."
    ),
]
Coalitions = Annotated[
    str | None,
    typer.Option(
        "--coalitions",
        metavar="all|file|partition",
        help="All coalitions; those of the file; or everybody acting in those of --coalition, or else of the file.",
    ),
]
Attitudes = Annotated[bool, typer.Option("--attitudes", help="By the attitudes of the file.")]
Perceived = Annotated[
    bool, typer.Option("--perceived", help="Each solves what it sees: `overlooks` and `believes` of the file.")
]


def groups_of(
    conflict: pipeline.Conflict, named: Sequence[str], kind: str | None
) -> tuple[tuple[int, ...], ...] | None:
    """The coalitions that were asked for, by places; None for all that there can be.

    Raises:
        BadParameter: the options contradict each other, name nobody, or the file has no coalitions.
    """
    if kind not in (None, "all", "file", "partition"):
        raise typer.BadParameter(f"{kind!r} is none of all, file and partition", param_hint="'--coalitions'")
    if named and kind in ("all", "file"):
        raise typer.BadParameter(f"coalitions are named, or {kind} are taken, not both", param_hint="'--coalitions'")
    if kind == "all":
        return None
    if named:
        return tuple(_coalition(conflict, one) for one in named)
    if not conflict.coalitions:
        raise typer.BadParameter(
            "the model has no `coalitions`; add them, or name some with --coalition", param_hint="'--coalitions'"
        )
    return conflict.coalitions


def need_attitudes(conflict: pipeline.Conflict) -> None:
    """Raises BadParameter where a model tells no attitudes."""
    if not any(maker.attitudes for maker in conflict.decision_makers):
        raise typer.BadParameter("no decision maker of the model has `attitudes`", param_hint="'--attitudes'")


def need_perceived(conflict: pipeline.Conflict) -> None:
    """Raises BadParameter where nobody in a model is mistaken."""
    if not any(maker.overlooks or maker.perceived for maker in conflict.decision_makers):
        raise typer.BadParameter(
            "no decision maker of the model has `overlooks` or `believes`", param_hint="'--perceived'"
        )


def show_coalitions(
    session: Session,
    conflict: pipeline.Conflict,
    groups: Sequence[Sequence[int]] | None,
    *,
    partition: bool,
    concepts: Sequence[str],
    unknown: Literal["a", "b", "c", "d"],
    as_json: bool,
) -> None:
    """Solve for coalitions, and answer."""
    with session.working(f"Solving {len(conflict.states):,} states for coalitions"):
        solution = pipeline.solve_coalitions(conflict, groups, partition=partition, concepts=concepts, unknown=unknown)
    if as_json:
        names = [[conflict.decision_makers[place].name for place in row] for row in solution.rows]
        session.json({**strategy_objects.solution_object(solution), "coalitions": names})
        return
    session.show(strategy_grids.coalitions_grid(solution))
    _states(session, conflict, {state for concept in solution.stable for state in solution.equilibria(concept)})
    told = ", ".join(f"{name} {value}" for name, value in solution.parameters)
    session.answer(f"Method: {solution.engine} ({told}), exact.")


def show_perceived(session: Session, conflict: pipeline.Conflict, *, concepts: Sequence[str], as_json: bool) -> None:
    """Solve every perceived game, and answer."""
    with session.working(f"Solving {len(conflict.decision_makers) + 1} games"):
        found = pipeline.solve_perceived(conflict, concepts=concepts)
    if as_json:
        session.json(strategy_objects.hypergame_object(found))
        return
    session.show(strategy_grids.hypergame_grid(found))
    told: set[int] = set()
    for concept in found.real.stable:
        believed = (found.expected_by(place, concept) for place in range(len(found.perceived)))
        told.update(found.equilibria(concept), found.real.equilibria(concept), *believed)
        if found.surprises(concept):
            states = ", ".join(strategy_phrases.state_label(conflict, one) for one in found.surprises(concept))
            session.answer(f"{concept}: {states} is stable only because somebody is mistaken.")
    _states(session, conflict, told)
    session.answer("Method: hypergame, exact.")


def _coalition(conflict: pipeline.Conflict, text: str) -> tuple[int, ...]:
    """The places of the decision makers of a coalition, as it is written on the command line."""
    places = []
    for name in (part.strip() for part in text.split(",")):
        known = [
            place
            for place, maker in enumerate(conflict.decision_makers)
            if name.casefold() in (maker.id.casefold(), maker.name.casefold())
        ]
        if not known:
            ids = ", ".join(maker.id for maker in conflict.decision_makers)
            raise typer.BadParameter(
                f"there is no decision maker {name!r}; there are {ids}", param_hint="'--coalition'"
            )
        places.append(known[0])
    return tuple(places)


def _states(session: Session, conflict: pipeline.Conflict, states: set[int]) -> None:
    for state in sorted(states)[: strategy_grids.MOST_ROWS]:
        session.answer(
            f"{strategy_phrases.state_label(conflict, state)}: {strategy_phrases.state_short(conflict, state)}"
        )
