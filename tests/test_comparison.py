"""Two models side by side: what a change makes possible, stable or impossible."""

from __future__ import annotations

from dataclasses import replace

from classic_conflicts import chicken, decimal, syria_iraq, two_by_two
from peacetable.strategy.comparison import Shift, compare
from peacetable.strategy.conflict import Conflict, Option, Ranking
from peacetable.strategy.stability import CONCEPTS, solve


def test_a_model_beside_itself_shows_nothing() -> None:
    found = compare(syria_iraq(), syria_iraq())
    assert not any((found.options_gained, found.options_lost, found.makers_gained, found.makers_lost))
    assert not any((found.directions, found.preferences, found.states_gained, found.states_lost))
    assert not any((found.equilibria_gained, found.equilibria_lost, found.shifts))


def test_the_order_of_options_and_decision_makers_does_not_matter() -> None:
    first = chicken()
    second = two_by_two("YN NN NY YY", "NY NN YN YY")
    turned = Conflict(
        title="",
        options=(second.options[1], second.options[0]),
        decision_makers=(
            replace(two_by_two("NY NN YN YY", "YN NN NY YY").decision_makers[0], id="a", name="A", options=(1,)),
            replace(second.decision_makers[1], options=(0,), preference=order_of("YN NN NY YY")),
        ),
    )  # fmt: skip
    assert not any((compare(first, turned).shifts, compare(first, turned).preferences))


def test_another_preference_shifts_what_is_stable() -> None:
    first, second = chicken(), two_by_two("YN NN YY NY", "NY NN YN YY")
    found = compare(first, second)
    assert found.preferences == ("a",)
    before, after = solve(first), solve(second)
    for concept in CONCEPTS:
        gained = {decimal_of(state) for one, state in found.equilibria_gained if one == concept}
        lost = {decimal_of(state) for one, state in found.equilibria_lost if one == concept}
        assert gained == set(after.equilibria(concept)) - set(before.equilibria(concept))
        assert lost == set(before.equilibria(concept)) - set(after.equilibria(concept))
    nobody_swerves = frozenset({"o0", "o1"})
    assert Shift(state=nobody_swerves, concept="Nash", decision_maker="a", gained=True) in found.shifts


def decimal_of(state: frozenset[str]) -> int:
    return sum(1 << int(name[1:]) for name in state)


def test_an_option_that_is_new_brings_new_states() -> None:
    conflict = syria_iraq()
    first = replace(conflict, exclusive=())
    assert set(compare(conflict, first).states_gained) == {
        frozenset({"release", "escalate"}),
        frozenset({"release", "escalate", "attack"}),
    }
    assert compare(first, conflict).states_lost == compare(conflict, first).states_gained


def test_directions_and_new_options_are_named() -> None:
    conflict = syria_iraq()
    options = (*conflict.options[:2], replace(conflict.options[2], direction="fwd"), Option(id="truce", name="a truce"))
    makers = (conflict.decision_makers[0], replace(conflict.decision_makers[1], options=(2, 3)))
    found = compare(conflict, replace(conflict, options=options, decision_makers=makers))
    assert (found.directions, found.options_gained, found.options_lost) == (("attack",), ("truce",), ())
    assert len(found.states_gained) == 6
    assert found.preferences == ()


def test_a_decision_maker_that_is_gone_is_named() -> None:
    conflict = chicken()
    alone = Conflict(
        title="",
        options=conflict.options[:1],
        decision_makers=(replace(conflict.decision_makers[0], preference=order_of("Y N")),),
    )
    found = compare(conflict, alone)
    assert (found.makers_lost, found.options_lost) == (("b",), ("o1",))
    assert found.states_lost == (frozenset({"o1"}), frozenset({"o0", "o1"}))


def order_of(states: str) -> Ranking:
    return Ranking(tuple((decimal(one),) for one in states.split()))
