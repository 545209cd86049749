"""What an analyst should look at in a model before believing what it comes to: codes with arguments, no prose."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from peacetable.ledger import Reason
from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict, ConflictError, Statements
from peacetable.strategy.formulas import holds, to_text


def check(conflict: Conflict) -> tuple[Reason, ...]:
    """What stands in the way of a solution, then what is odd.

    Raises:
        ConflictError: the states cannot be enumerated.
    """
    return (*_in_the_way(conflict), *_odd(conflict), *without_passage(conflict))


def without_passage(conflict: Conflict) -> tuple[Reason, ...]:
    """The elements that rest on no passage, or one reason where none at all does."""
    elements = list(_elements(conflict))
    bare = [name for name, rests in elements if not rests]
    if len(bare) == len(elements):
        return (Reason("no-passages"),)
    return tuple(Reason("no-passage", (("element", name),)) for name in bare)


def _elements(conflict: Conflict) -> Iterator[tuple[str, bool]]:
    """Everything that an analyst put into a model, by name, and whether a passage stands beside it."""
    names = {number: option.id for number, option in enumerate(conflict.options)}
    for option in conflict.options:
        yield option.id, bool(option.sources)
    for maker in conflict.decision_makers:
        if isinstance(maker.preference, Statements):
            sources = maker.preference.sources or ((),) * len(maker.preference.statements)
            for statement, found in zip(maker.preference.statements, sources, strict=True):
                yield f"{maker.id}: {to_text(statement, names)}", bool(found)
    found_sources = conflict.infeasible_sources or ((),) * len(conflict.infeasible)
    for formula, found in zip(conflict.infeasible, found_sources, strict=True):
        yield f"infeasible: {to_text(formula, names)}", bool(found)


def _in_the_way(conflict: Conflict) -> Iterator[Reason]:
    for maker in conflict.decision_makers:
        if maker.preference is None:
            yield Reason("no-preference", (("party", maker.name),))
            continue
        try:
            if preferences.ordinal(maker.preference):
                preferences.ranks(conflict, maker.preference, name=maker.name)
        except ConflictError as error:
            yield Reason("preference-unusable", (("party", maker.name), ("detail", str(error))))
    if conflict.status_quo is not None:
        try:
            conflict.number(conflict.status_quo)
        except ConflictError as error:
            yield Reason("status-quo-impossible", (("detail", str(error)),))


def _odd(conflict: Conflict) -> Iterator[Reason]:
    states = conflict.states
    names = {number: option.id for number, option in enumerate(conflict.options)}
    for number, option in enumerate(conflict.options):
        taken = (states >> number) & 1
        if not taken.any() or taken.all():
            yield Reason("option-never-open", (("option", option.id), ("taken", "always" if taken.all() else "never")))
    for maker in conflict.decision_makers:
        if not maker.options:
            yield Reason("no-options", (("party", maker.name),))
        if isinstance(maker.preference, Statements):
            if not maker.preference.statements:
                yield Reason("indifferent", (("party", maker.name),))
            for statement in maker.preference.statements:
                true = holds(statement, states)
                if not np.any(true) or np.all(true):
                    told = (("party", maker.name), ("statement", to_text(statement, names)))
                    yield Reason("statement-idle", (*told, ("true", "always" if np.all(true) else "never")))
    if conflict.status_quo is None:
        yield Reason("no-status-quo")
