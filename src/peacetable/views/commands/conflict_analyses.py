"""`peacetable conflict inverse|robustness|evolve|compare`: what a model hangs on, and where it can go."""

from __future__ import annotations

from typing import Annotated

import typer

from peacetable import pipeline
from peacetable.views import strategy_grids, strategy_objects, strategy_phrases
from peacetable.views.commands import modelling, options
from peacetable.views.commands.session import Session

#: Clauses of an inverse analysis that are shown for one decision maker and concept.
MOST_CLAUSES = 6


def inverse(
    model: modelling.Model,
    state: Annotated[str, typer.Argument(metavar="STATE", help="The desired state: its number, or marks such as YNN.")],
    *,
    concepts: modelling.Concepts = None,
    conditions: Annotated[bool, typer.Option("--conditions", help="Show what has to be preferred to what.")] = False,
    as_json: options.AsJson = False,
) -> None:
    """What would have to be preferred for a state to be stable: how many rankings do it, and the least change.

    Example: peacetable conflict inverse model.yaml 2
    """
    session = Session()
    conflict = modelling.model(model)
    desired = modelling.state_of(conflict, state)
    with session.working("Looking for the least changes"):
        found = pipeline.inverse(conflict, desired, concepts=modelling.split(concepts))
    if as_json:
        session.json(strategy_objects.inverse_object(conflict, found))
        return
    session.show(strategy_grids.inverse_grid(conflict, found))
    for line in strategy_grids.together_lines(found):
        session.answer(line)
    if conditions:
        _show_conditions(conflict, found, session)


def _show_conditions(conflict: pipeline.Conflict, found: pipeline.Inverse, session: Session) -> None:
    here = strategy_phrases.state_label(conflict, found.state)
    for one in found.answers:
        session.answer()
        session.answer(
            f"{conflict.decision_makers[one.decision_maker].name}, {one.concept}: {here} is at least as good as"
        )
        for clause in one.conditions[:MOST_CLAUSES]:
            session.answer(f"  - {strategy_phrases.condition_words(conflict, clause.ways)}")
        if len(one.conditions) > MOST_CLAUSES:
            session.answer(f"  - and {len(one.conditions) - MOST_CLAUSES} more such lines (--json has them all)")
        if not one.conditions:
            session.answer("  - nothing: there is no move from there")


def robustness(
    model: modelling.Model,
    *,
    concepts: modelling.Concepts = None,
    draws: Annotated[int, typer.Option("--draws", min=0, help="Random variants.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed draws the same variants.")] = 1,
    noise: Annotated[
        float, typer.Option("--noise", min=0, max=1, help="The chance that neighbours in a ranking change places.")
    ] = 0.1,
    as_json: options.AsJson = False,
) -> None:
    """How far the result hangs on each thing: every swap, uncertain statement, irreversibility and concept in turn.

    Example: peacetable conflict robustness model.yaml --draws 10000
    """
    session = Session()
    conflict = modelling.model(model)
    with session.working("Solving the variants"):
        found = pipeline.robustness(conflict, concepts=modelling.split(concepts), draws=draws, seed=seed, noise=noise)
    if as_json:
        session.json(strategy_objects.robustness_object(conflict, found))
        return
    session.show(strategy_grids.robustness_grid(conflict, found))
    if any(one.equilibria != found.outcomes[0].equilibria for one in found.outcomes):
        session.show(strategy_grids.tipping_grid(conflict, found))
    else:
        session.answer("No single change makes a difference.")


def evolve(
    model: modelling.Model,
    *,
    start: Annotated[
        str | None, typer.Option("--from", metavar="STATE", help="Where to begin; else the status quo of the model.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Where things can go from the status quo: by any moves, by improvements, and by coalitions between equilibria.

    Example: peacetable conflict evolve model.yaml --from NNN
    """
    session = Session()
    conflict = modelling.model(model)
    begin = modelling.state_of(conflict, start) if start else None
    with session.working("Searching the ways"):
        equilibria = _equilibria(conflict)
        found = pipeline.evolution(conflict, start=begin, equilibria=equilibria)
    if as_json:
        session.json(strategy_objects.evolution_object(conflict, found))
        return
    session.show(strategy_grids.evolution_grid(conflict, found, equilibria=equilibria))
    session.answer("E: an equilibrium by some concept. Who moves stands before each arrow.")
    if found.leaps is None:
        session.answer("Coalition jumps were not looked for: the model is too large.")
    for leap in found.leaps or ():
        names = ", ".join(conflict.decision_makers[place].name for place in leap.coalition)
        before, after = (strategy_phrases.state_label(conflict, state) for state in (leap.before, leap.after))
        session.answer(f"Together {names} can lead from {before} to {after}, which all of them prefer.")


def compare(
    first: Annotated[str, typer.Argument(metavar="BEFORE", help="The model before.")],
    second: Annotated[str, typer.Argument(metavar="AFTER", help="The model after a change.")],
    *,
    concepts: modelling.Concepts = None,
    as_json: options.AsJson = False,
) -> None:
    """Two models side by side: states gained and lost, and what became stable or ceased to be.

    Options and decision makers are matched by their ids.

    Example: peacetable conflict compare before.yaml after.yaml
    """
    session = Session()
    models = modelling.model(first), modelling.model(second)
    with session.working("Solving both models"):
        found = pipeline.compare(*models, concepts=modelling.split(concepts))
    if as_json:
        session.json(strategy_objects.comparison_object(found))
        return
    differences = list(_differences(found))
    for line in differences:
        session.answer(line)
    if found.shifts:
        session.show(strategy_grids.comparison_grid(found))
    elif not differences:
        session.answer("Nothing changed.")


def _differences(found: pipeline.Comparison) -> list[str]:
    lists = {
        "Options gained": found.options_gained,
        "Options lost": found.options_lost,
        "Decision makers gained": found.makers_gained,
        "Decision makers lost": found.makers_lost,
        "Can be undone otherwise than before": found.directions,
        "Prefer otherwise than before": found.preferences,
    }
    lines = [f"{name}: {', '.join(values)}." for name, values in lists.items() if values]
    for name, states in (("States gained", found.states_gained), ("States lost", found.states_lost)):
        if states:
            shown = "; ".join(strategy_grids.taken_words(state) for state in states[:8])
            lines.append(f"{name}: {len(states)} ({shown}{'; ...' if len(states) > 8 else ''}).")
    for name, pairs in (("Equilibria gained", found.equilibria_gained), ("Equilibria lost", found.equilibria_lost)):
        if pairs:
            shown = "; ".join(f"{concept}: {strategy_grids.taken_words(state)}" for concept, state in pairs[:12])
            lines.append(f"{name}: {shown}{'; ...' if len(pairs) > 12 else ''}.")
    return lines


def _equilibria(conflict: pipeline.Conflict) -> frozenset[int]:
    """The equilibria by any of the usual concepts; none where a decision maker has no preference."""
    if any(maker.preference is None for maker in conflict.decision_makers):
        return frozenset()
    solution = pipeline.solve(conflict)
    return frozenset(state for concept in solution.stable for state in solution.equilibria(concept))
