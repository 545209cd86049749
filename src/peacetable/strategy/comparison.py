"""Two models side by side: what a reported change does to what can happen.

Options are matched by their ids and decision makers by theirs, so that a state is the same where the same options are
taken. What only one model has is told apart: a state counts as the same in the other only where none of the options
that the other lacks is taken in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict
from peacetable.strategy.solution import Solution
from peacetable.strategy.stability import CONCEPTS, solve

#: A state by what is taken in it, whichever model: the ids of the options.
State = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A state that both models have, and that is stable in one of them only.

    Attributes:
        decision_maker: the id of whom it is stable for; None where it is about all (an equilibrium).
        gained: it is stable in the second model and was not in the first; otherwise the other way round.
    """

    state: State
    concept: str
    decision_maker: str | None
    gained: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the second model has otherwise than the first.

    Attributes:
        options_gained, options_lost, makers_gained, makers_lost: ids.
        directions: the options that can be taken up or dropped otherwise than before.
        preferences: the decision makers that order the states of both models otherwise than before.
        states_gained, states_lost: states that are feasible in one of the two only.
        equilibria_gained, equilibria_lost: the same for equilibria, with the concept; states of one model included.
        shifts: of the states that both have, what changed, for each decision maker and for all.
    """

    options_gained: tuple[str, ...]
    options_lost: tuple[str, ...]
    makers_gained: tuple[str, ...]
    makers_lost: tuple[str, ...]
    directions: tuple[str, ...]
    preferences: tuple[str, ...]
    states_gained: tuple[State, ...]
    states_lost: tuple[State, ...]
    equilibria_gained: tuple[tuple[str, State], ...]
    equilibria_lost: tuple[tuple[str, State], ...]
    shifts: tuple[Shift, ...]


def compare(first: Conflict, second: Conflict, *, concepts: Sequence[str] = CONCEPTS) -> Comparison:
    """What changed from the first model to the second.

    Raises:
        ConflictError: one of the models cannot be solved.
    """
    before, after = solve(first, concepts=concepts), solve(second, concepts=concepts)
    old, new = _states(first), _states(second)
    order = [option.id for option in (*first.options, *second.options)]
    shared = [state for state in old if state in new]
    old_options = {option.id: option for option in first.options}
    new_options = {option.id: option for option in second.options}
    old_makers = {maker.id: maker for maker in first.decision_makers}
    new_makers = {maker.id: maker for maker in second.decision_makers}
    return Comparison(
        options_gained=tuple(name for name in new_options if name not in old_options),
        options_lost=tuple(name for name in old_options if name not in new_options),
        makers_gained=tuple(name for name in new_makers if name not in old_makers),
        makers_lost=tuple(name for name in old_makers if name not in new_makers),
        directions=tuple(
            name
            for name, option in new_options.items()
            if name in old_options and old_options[name].direction != option.direction
        ),
        preferences=tuple(
            name for name in new_makers if name in old_makers and _prefers_otherwise(first, second, name, shared)
        ),
        states_gained=_sorted([state for state in new if state not in old], order),
        states_lost=_sorted([state for state in old if state not in new], order),
        equilibria_gained=_gained(before, after, concepts, order),
        equilibria_lost=_gained(after, before, concepts, order),
        shifts=tuple(_shifts(before, after, concepts, _sorted(shared, order))),
    )


def _states(conflict: Conflict) -> dict[State, int]:
    return {_taken(conflict, int(decimal)): int(decimal) for decimal in conflict.states}


def _taken(conflict: Conflict, decimal: int) -> State:
    return frozenset(option.id for number, option in enumerate(conflict.options) if decimal >> number & 1)


def _sorted(states: Sequence[State], order: Sequence[str]) -> tuple[State, ...]:
    place = {name: number for number, name in reversed(list(enumerate(order)))}
    return tuple(sorted(states, key=lambda state: sum(1 << place[name] for name in state)))


def _gained(
    before: Solution, after: Solution, concepts: Sequence[str], order: Sequence[str]
) -> tuple[tuple[str, State], ...]:
    found: list[tuple[str, State]] = []
    for concept in concepts:
        old = {_taken(before.conflict, decimal) for decimal in before.equilibria(concept)}
        new = [_taken(after.conflict, decimal) for decimal in after.equilibria(concept)]
        found.extend((concept, state) for state in _sorted([one for one in new if one not in old], order))
    return tuple(found)


def _shifts(before: Solution, after: Solution, concepts: Sequence[str], shared: Sequence[State]) -> list[Shift]:
    old, new = _states(before.conflict), _states(after.conflict)
    old_places = {maker.id: place for place, maker in enumerate(before.conflict.decision_makers)}
    new_places = {maker.id: place for place, maker in enumerate(after.conflict.decision_makers)}
    found = []
    for concept in concepts:
        for state in shared:
            was = before.stable[concept][:, before.conflict.number(old[state]) - 1]
            now = after.stable[concept][:, after.conflict.number(new[state]) - 1]
            pairs = [
                (name, bool(was[place]), bool(now[new_places[name]]))
                for name, place in old_places.items()
                if name in new_places
            ]
            for name, then, later in [*pairs, (None, bool(was.all()), bool(now.all()))]:
                if then != later:
                    found.append(Shift(state=state, concept=concept, decision_maker=name, gained=later))
    return found


def _prefers_otherwise(first: Conflict, second: Conflict, name: str, shared: Sequence[State]) -> bool:
    """Does a decision maker put the states that both models have in another order?"""
    orders: list[NDArray[np.generic]] = []
    for conflict in (first, second):
        states = _states(conflict)
        places = np.array([conflict.number(states[state]) - 1 for state in shared], np.intp)
        maker = next(one for one in conflict.decision_makers if one.id == name)
        if preferences.ordinal(maker.preference):
            rank = preferences.ranks(conflict, maker.preference, name=maker.name)[places]
            orders.append(np.unique(rank, return_inverse=True)[1])
        else:
            relation = preferences.relation(conflict, maker.preference, name=maker.name)
            orders.append(relation.better[np.ix_(places, places)])
    return not np.array_equal(orders[0], orders[1])
