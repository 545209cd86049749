from __future__ import annotations

import pytest

from brute_force import feasible
from peacetable.strategy.conflict import (
    Conflict,
    ConflictError,
    DecisionMaker,
    NoFeasibleStateError,
    Option,
    TooLargeError,
)
from peacetable.strategy.formulas import And, Taken, from_pattern
from random_conflicts import random_conflict


def model(options: int = 3, **parts: object) -> Conflict:
    return Conflict(
        title="",
        options=tuple(Option(id=f"o{number}", name="") for number in range(options)),
        decision_makers=(DecisionMaker(id="a", name="Alice", options=tuple(range(options))),),
        **parts,  # type: ignore[arg-type]
    )


def test_states_are_numbered_from_one_in_the_order_of_their_decimals() -> None:
    conflict = model(infeasible=(from_pattern("Y-N"),))
    assert conflict.states.tolist() == [0, 2, 4, 5, 6, 7]
    assert [conflict.number(state) for state in (0, 4, 7)] == [1, 3, 6]
    assert conflict.yn(5) == "YNY"


def test_a_state_that_cannot_be_has_no_number() -> None:
    with pytest.raises(ConflictError, match=r"YNN \(1\) is not feasible"):
        model(infeasible=(from_pattern("Y-N"),)).number(1)


def test_sets_and_dependence_rule_states_out() -> None:
    assert model(exclusive=((0, 1, 2),)).states.tolist() == [0, 1, 2, 4]
    assert model(at_least_one=((0, 2),)).states.tolist() == [1, 3, 4, 5, 6, 7]
    assert model(requires=((0, 1),)).states.tolist() == [0, 2, 3, 4, 6, 7]


def test_the_states_of_random_models_are_those_that_nothing_rules_out() -> None:
    for seed in range(100):
        conflict = random_conflict(seed)
        expected = [state for state in range(2 ** len(conflict.options)) if feasible(conflict, state)]
        assert conflict.states.tolist() == expected


def test_states_that_are_alike_are_one() -> None:
    conflict = model(alike=(Taken(2),))
    assert conflict.states.tolist() == [0, 1, 2, 3, 4]
    assert conflict.number(7) == conflict.number(4) == 5
    assert not conflict.plain


def test_patterns_that_contradict_one_another_are_named_and_no_others() -> None:
    conflict = model(infeasible=(Taken(0), And((Taken(1), Taken(2))), Taken(0, value=False)))
    with pytest.raises(NoFeasibleStateError, match=r"rule out everything between them: o0; not o0\. Take one"):
        _ = conflict.states


def test_sets_that_contradict_one_another_are_told() -> None:
    with pytest.raises(NoFeasibleStateError, match="o0 and o1; not o0; not o1"):
        _ = model(2, exclusive=((0, 1),), at_least_one=((0,), (1,))).states


def test_a_model_with_too_many_states_is_refused_with_an_estimate_and_what_to_do() -> None:
    with pytest.raises(TooLargeError, match=r"30 options and up to 1,073,741,824 states.* 268 GB.*Make it smaller"):
        _ = model(30).states
    with pytest.raises(TooLargeError, match="at most 62 options"):
        _ = model(80).states


def test_many_options_that_exclude_one_another_are_few_states() -> None:
    assert len(model(40, exclusive=(tuple(range(40)),)).states) == 41


@pytest.mark.parametrize(
    ("owned", "message"),
    [
        (((0, 1), (1,)), "belongs to A and to B"),
        (((0,), ()), "nobody owns the option 'o1'"),
        (((0, 1), (5,)), "option 6"),
    ],
)
def test_every_option_has_one_owner(owned: tuple[tuple[int, ...], ...], message: str) -> None:
    with pytest.raises(ConflictError, match=message):
        Conflict(
            title="",
            options=(Option(id="o0", name=""), Option(id="o1", name="")),
            decision_makers=tuple(
                DecisionMaker(id=name, name=name, options=one) for name, one in zip("AB", owned, strict=True)
            ),
        )


def test_an_option_knows_its_owner() -> None:
    conflict = Conflict(
        title="",
        options=tuple(Option(id=f"o{number}", name="") for number in range(3)),
        decision_makers=(
            DecisionMaker(id="a", name="A", options=(0, 2)),
            DecisionMaker(id="b", name="B", options=(1,)),
        ),
    )
    assert [conflict.owner(option) for option in range(3)] == [0, 1, 0]
    assert conflict.mask(0) == 0b101
