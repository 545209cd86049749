from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from peacetable.strategy.conflict import (
    Conflict,
    ConflictError,
    DecisionMaker,
    Degrees,
    Option,
    Pairwise,
    Preference,
    Ranking,
    Statements,
    TooLargeError,
    Weights,
)
from peacetable.strategy.formulas import Or, Taken
from peacetable.strategy.preferences import cycle, ranks, relation
from peacetable.strategy.stability import CONCEPTS, solve
from random_conflicts import random_conflict


def model(options: int = 2) -> Conflict:
    """One option for each of some decision makers."""
    return Conflict(
        title="",
        options=tuple(Option(id=f"o{number}", name="") for number in range(options)),
        decision_makers=tuple(DecisionMaker(id=f"m{n}", name=f"M{n}", options=(n,)) for n in range(options)),
    )


def test_statements_rank_states_by_the_most_important_that_holds() -> None:
    preference = Statements((Taken(1), Taken(0, value=False)))
    # NN, YN, NY, YY score 1, 0, 3, 2.
    assert ranks(model(), preference).tolist() == [1, 0, 3, 2]


def test_more_than_63_statements_do_not_overflow() -> None:
    first = Statements((Taken(0), *(Or((Taken(1), Taken(1, value=False))) for _ in range(100)), Taken(1)))
    assert ranks(model(), first).tolist() == [0, 2, 1, 3]


def test_weights_add_up_and_equal_sums_tie() -> None:
    assert ranks(model(), Weights(((0, 0.1), (1, 0.1)))).tolist() == [0, 1, 1, 2]


def test_a_ranking_gives_ties_one_rank() -> None:
    assert ranks(model(), Ranking(((3,), (0, 1), (2,)))).tolist() == [1, 1, 0, 2]


def test_a_ranking_that_leaves_states_out_is_refused_with_their_names() -> None:
    with pytest.raises(ConflictError, match="Alice: the ranking leaves out 2 of 4 states: NY, YY"):
        ranks(model(), Ranking(((0,), (1,))), name="Alice")


def test_a_state_in_two_places_of_a_ranking_is_refused() -> None:
    with pytest.raises(ConflictError, match="names the state YN twice"):
        ranks(model(), Ranking(((1,), (0,), (1,), (2, 3))))


def test_nobody_is_ranked_without_a_preference() -> None:
    with pytest.raises(ConflictError, match="Alice has no preference"):
        ranks(model(), None, name="Alice")


def test_what_is_told_pair_by_pair_is_known_and_the_rest_is_not() -> None:
    told = relation(model(), Pairwise(frozenset({(1, 0)}), equal=frozenset({(2, 3)})))
    assert told.better[0, 1]
    assert told.worse_or_equal[1, 0]
    assert told.worse_or_equal[2, 3]
    assert told.worse_or_equal[3, 2]
    assert told.unknown[0, 2]
    assert not told.unknown.diagonal().any()


@pytest.mark.parametrize(
    ("preference", "pairs"),
    [
        (Pairwise(frozenset({(0, 1), (1, 2), (2, 0)})), {(0, 1), (1, 2), (2, 0)}),
        (Pairwise(frozenset({(0, 1)}), equal=frozenset({(1, 2)}), much_better=frozenset({(2, 0)})), {(0, 1), (2, 0)}),
        (Pairwise(frozenset({(0, 1), (1, 0)})), {(0, 1), (1, 0)}),
        (Pairwise(frozenset({(0, 1)}), equal=frozenset({(0, 1)})), {(0, 1)}),
        (Pairwise(frozenset({(0, 1), (1, 2), (0, 3), (3, 1)})), set()),
    ],
)
def test_a_circle_of_preference_is_found(preference: Pairwise, pairs: set[tuple[int, int]]) -> None:
    assert set(cycle(preference)) == pairs


def test_a_circle_of_preference_is_refused_unless_it_is_meant() -> None:
    circle = Pairwise(frozenset({(0, 1), (1, 2), (2, 0), (0, 3)}))
    with pytest.raises(ConflictError, match=r"Alice: the preference goes in a circle: .*NN over YN"):
        relation(model(), circle, name="Alice")
    assert relation(model(), replace(circle, intransitive=True)).better.sum() == 4


def test_states_before_a_gap_are_much_preferred_to_those_after_it() -> None:
    told = relation(model(), Ranking(((3,), (0, 1), (2,)), strong=frozenset({1})))
    much = {(int(s), int(q)) for s, q in np.argwhere(told.much_better)}
    assert much == {(2, 3), (2, 0), (2, 1)}
    assert np.array_equal(told.much_worse, told.much_better.T)


def as_degrees(conflict: Conflict, preference: Preference | None, kind: str) -> Degrees:
    """A ranking as crisp degrees."""
    rank = ranks(conflict, preference)
    states = [int(state) for state in conflict.states]
    pairs = []
    for a, first in enumerate(states):
        for b, second in enumerate(states):
            even = 0.5 if kind == "fuzzy" else 0.0
            if a != b:
                pairs.append((first, second, 1.0 if rank[a] > rank[b] else even if rank[a] == rank[b] else 0.0))
    return Degrees(tuple(pairs), 0.3, "fuzzy" if kind == "fuzzy" else "probability")


@pytest.mark.parametrize("kind", ["fuzzy", "probability"])
def test_crisp_degrees_give_the_simple_case(kind: str) -> None:
    for seed in range(25):
        conflict = random_conflict(seed)
        crisp = replace(
            conflict,
            decision_makers=tuple(
                replace(maker, preference=as_degrees(conflict, maker.preference, kind))
                for maker in conflict.decision_makers
            ),
        )
        first, second = solve(conflict), solve(crisp)
        assert second.engine == "matrices"
        assert all(first.equilibria(concept) == second.equilibria(concept) for concept in CONCEPTS), seed


def test_a_fuzzy_improvement_has_to_reach_the_threshold() -> None:
    told = ((1, 0, 0.8), (2, 0, 0.6))  # 0.8 less 0.2, and 0.6 less 0.4
    assert relation(model(), Degrees(told, 0.6)).better[0].tolist() == [False, True, False, False]
    assert relation(model(), Degrees(told, 0.2)).better[0].tolist() == [False, True, True, False]


def test_a_chance_tempts_above_the_threshold_and_deters_up_to_the_deterrent() -> None:
    told = relation(model(), Degrees(((1, 0, 0.7), (2, 0, 0.4), (3, 0, 0.1)), 0.6, "probability", 0.2))
    assert told.better[0].tolist() == [False, True, False, False]
    assert told.worse_or_equal[0].tolist() == [True, False, False, True]


@pytest.mark.parametrize(
    ("degrees", "message"),
    [
        (Degrees((), 0.0), "the threshold is 0; it lies above 0"),
        (Degrees(((0, 1, 0.9), (1, 0, 0.9))), "come to 1.8"),
        (Degrees((), 1.0, "probability"), "from 0 to below 1"),
    ],
)
def test_degrees_that_make_no_sense_are_refused(degrees: Degrees, message: str) -> None:
    with pytest.raises(ConflictError, match=message):
        relation(model(), degrees, name="Alice")


def test_too_many_states_for_pairs_are_refused_before_the_work_begins() -> None:
    with pytest.raises(TooLargeError, match=r"at most 4,096 states and the model has 8,192.*Give rankings"):
        relation(model(13), Pairwise(frozenset()))
