"""Evolution: what can be reached from a state, by whom, and by what path."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classic_conflicts import chicken, decimal, elmira, random_conflict, syria_iraq
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.evolution import Reached, evolution
from peacetable.strategy.moves import moves
from peacetable.strategy.preferences import ranks
from peacetable.strategy.stability import solve


def by_hand(conflict: Conflict, start: int, *, improving: bool) -> dict[int, int]:
    """The states of a search, written plainly, and how many moves each needs."""
    arcs = moves(conflict)
    rank = [ranks(conflict, maker.preference) for maker in conflict.decision_makers]
    ring, seen, found = {(conflict.number(start) - 1, -1)}, set[tuple[int, int]](), dict[int, int]()
    for depth in range(1, 200):
        ring = {
            (int(after), mover)
            for place, last in ring
            for mover in range(len(arcs))
            if mover != last
            for after in arcs[mover].of(place)
            if not improving or rank[mover][after] > rank[mover][place]
        } - seen
        seen |= ring
        for place, _ in ring:
            found.setdefault(int(conflict.states[place]), depth)
    found.pop(start, None)
    return found


def way(one: Reached) -> list[tuple[int, int]]:
    return [(step.maker, step.after) for step in one.path]


def test_in_elmira_the_town_insists_and_only_two_together_leave_the_deadlock() -> None:
    conflict = elmira()
    found = evolution(conflict, equilibria=solve(conflict).equilibria("Nash"))
    number = conflict.number
    assert [[(maker, number(state)) for maker, state in way(one)] for one in found.by_improvements] == [[(2, 6)]]
    assert found.leaps
    leaps = [(one.coalition, number(one.before), number(one.after)) for one in found.leaps]
    assert leaps == [((0, 1), 6, 9)]
    assert [(step.maker, number(step.after)) for step in found.leaps[0].path] == [(1, 8), (0, 9)]


def test_on_the_euphrates_improvements_lead_from_the_status_quo_to_escalation_and_attack() -> None:
    found = evolution(syria_iraq())
    assert [way(one) for one in found.by_improvements] == [
        [(1, decimal("NNY"))],
        [(1, decimal("NNY")), (0, decimal("NYY"))],
    ]
    assert all(step.improvement for one in found.by_improvements for step in one.path)
    assert len(found.by_moves) == 5


def test_a_path_says_whether_each_step_is_an_improvement() -> None:
    found = {one.state: one for one in evolution(chicken(), start=decimal("NN")).by_moves}
    both = found[decimal("YY")]
    assert [step.improvement for step in both.path] == [True, False]
    assert both.last_movers == (0, 1)


def test_who_has_no_preference_can_move_but_improves_nothing() -> None:
    conflict = chicken()
    makers = tuple(replace(maker, preference=None) for maker in conflict.decision_makers)
    found = evolution(replace(conflict, decision_makers=makers), start=0)
    assert found.by_improvements == ()
    assert {step.improvement for one in found.by_moves for step in one.path} == {None}


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 15), st.booleans())
def test_reached_are_the_states_of_a_plain_search_by_shortest_paths(seed: int, start: int, ties: bool) -> None:
    conflict = random_conflict(seed, ties=ties)
    found = evolution(conflict, start=start)
    for reached, improving in ((found.by_moves, False), (found.by_improvements, True)):
        assert {one.state: len(one.path) for one in reached} == by_hand(conflict, start, improving=improving)
        for one in reached:
            assert one.path[0].before == start
            assert one.path[-1].after == one.state
            for step, then in zip(one.path, one.path[1:], strict=False):
                assert step.after == then.before
                assert step.maker != then.maker
            assert not improving or all(step.improvement for step in one.path)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_a_leap_is_better_for_all_of_its_coalition(seed: int) -> None:
    conflict = random_conflict(seed, options=(1, 1, 1))
    found = evolution(conflict, start=0, equilibria=solve(conflict).equilibria("GMR"))
    for leap in found.leaps or ():
        assert len(leap.coalition) > 1
        for maker in leap.coalition:
            rank = ranks(conflict, conflict.decision_makers[maker].preference)
            assert rank[conflict.number(leap.after) - 1] > rank[conflict.number(leap.before) - 1]
        assert {step.maker for step in leap.path} <= set(leap.coalition)


def test_without_a_status_quo_a_start_is_asked_for() -> None:
    with pytest.raises(ConflictError, match="no status quo"):
        evolution(chicken())


def test_a_start_that_cannot_be_is_told() -> None:
    with pytest.raises(ConflictError, match="YYN \\(3\\) is not feasible"):
        evolution(syria_iraq(), start=decimal("YYN"))
