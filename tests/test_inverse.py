"""Inverse analysis: counts against listed rankings, the least change against all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from math import factorial
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classic_conflicts import chicken, conflict_of, decimal, elmira, random_conflict, syria_iraq
from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict, ConflictError, Ranking
from peacetable.strategy.formulas import And, Taken
from peacetable.strategy.inverse import Answer, inverse
from peacetable.strategy.moves import moves
from peacetable.strategy.sequences import Graph
from peacetable.strategy.stability import CONCEPTS, solve


def with_ranking(conflict: Conflict, maker: int, ranking: Ranking) -> Conflict:
    makers = list(conflict.decision_makers)
    makers[maker] = replace(makers[maker], preference=ranking)
    return replace(conflict, decision_makers=tuple(makers))


def weak_orders(states: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every ranking with ties."""
    if not states:
        yield ()
    for size in range(1, 2 ** len(states)):
        top = tuple(state for at, state in enumerate(states) if size >> at & 1)
        rest = tuple(state for state in states if state not in top)
        for below in weak_orders(rest):
            yield (top, *below)


def counted(conflict: Conflict, maker: int, state: int, rankings: Iterator[Ranking]) -> dict[str, int]:
    """In how many rankings the state is stable, by solving with each."""
    arcs, place = moves(conflict), conflict.number(state) - 1
    ranks = [preferences.ranks(conflict, one.preference) for one in conflict.decision_makers]
    counts = dict.fromkeys(CONCEPTS, 0)
    for ranking in rankings:
        ranks[maker] = preferences.ranks(conflict, ranking)
        stable = Graph(arcs, ranks).stable(maker, CONCEPTS)
        for concept in CONCEPTS:
            counts[concept] += int(stable[concept][place])
    return counts


def distance(first: np.ndarray, second: np.ndarray) -> int:
    """The pairs of states that two rankings put in another order."""
    one, other = np.sign(first[:, None] - first[None, :]), np.sign(second[:, None] - second[None, :])
    return int((one != other).sum()) // 2


def answers(conflict: Conflict, state: int, maker: int) -> dict[str, Answer]:
    return {one.concept: one for one in inverse(conflict, state).answers if one.decision_maker == maker}


def test_syria_and_iraq_state_two_over_all_rankings_of_syria() -> None:
    conflict = syria_iraq()
    found = answers(conflict, int(conflict.states[1]), 0)
    assert {concept: one.strict for concept, one in found.items()} == {
        "Nash": 240, "GMR": 384, "SMR": 300, "SEQ": 384, "SSEQ": 300,
    }  # fmt: skip
    assert {one.strict_of for one in found.values()} == {720}


def strict_orders(conflict: Conflict) -> list[Ranking]:
    return [Ranking(tuple((one,) for one in order)) for order in permutations(int(one) for one in conflict.states)]


@pytest.mark.parametrize("place", range(6))
@pytest.mark.parametrize("maker", [0, 1])
def test_counts_are_those_of_all_rankings_listed(place: int, maker: int) -> None:
    conflict = syria_iraq()
    state = int(conflict.states[place])
    found = {concept: one.strict for concept, one in answers(conflict, state, maker).items()}
    assert found == counted(conflict, maker, state, iter(strict_orders(conflict)))


@pytest.mark.parametrize("maker", [0, 1])
def test_the_least_change_is_the_least_of_all_rankings_listed(maker: int) -> None:
    conflict = syria_iraq()
    state, least = int(conflict.states[1]), dict.fromkeys(CONCEPTS, 99)
    now = preferences.ranks(conflict, conflict.decision_makers[maker].preference)
    for ranking in strict_orders(conflict):
        stable = solve(with_ranking(conflict, maker, ranking)).stable
        far = distance(now, preferences.ranks(conflict, ranking))
        least.update({one: min(least[one], far) for one in CONCEPTS if stable[one][maker, 1]})
    changes = {concept: one.change for concept, one in answers(conflict, state, maker).items()}
    assert {concept: (one.pairs, one.exact) for concept, one in changes.items() if one} == {
        concept: (pairs, True) for concept, pairs in least.items()
    }


@pytest.mark.parametrize("state", range(4))
def test_rankings_with_ties_are_counted_too(state: int) -> None:
    conflict = chicken()
    listed = (Ranking(levels) for levels in weak_orders((0, 1, 2, 3)))
    found = answers(conflict, state, 0)
    assert {concept: one.weak for concept, one in found.items()} == counted(conflict, 0, state, listed)
    assert {one.weak_of for one in found.values()} == {75}


def with_ties(seed: int) -> Conflict:
    """Three decision makers, five feasible states, rankings of at most three levels."""
    chance = Random(seed)
    conflict = conflict_of((1, 1, 1), ("", "", ""), exclusive=((0, 1),), infeasible=(And((Taken(0), Taken(2))),))
    for maker in range(3):
        height = {int(state): chance.randrange(3) for state in conflict.states}
        levels = [tuple(state for state in height if height[state] == level) for level in sorted(set(height.values()))]
        conflict = with_ranking(conflict, maker, Ranking(tuple(levels)))
    return conflict


@pytest.mark.parametrize("seed", range(4))
def test_with_ties_too_the_least_change_is_the_least_of_all_rankings_listed(seed: int) -> None:
    conflict = with_ties(seed)
    arcs = moves(conflict)
    ranks = [preferences.ranks(conflict, one.preference) for one in conflict.decision_makers]
    assert len(conflict.states) == 5
    for maker, now in enumerate(ranks):
        least: dict[tuple[str, int], int] = {}
        for levels in weak_orders(tuple(int(state) for state in conflict.states)):
            other = preferences.ranks(conflict, Ranking(levels))
            stable = Graph(arcs, [*ranks[:maker], other, *ranks[maker + 1 :]]).stable(maker, CONCEPTS)
            far = distance(now, other)
            for concept in CONCEPTS:
                for at in np.flatnonzero(stable[concept]):
                    least[concept, int(at)] = min(least.get((concept, int(at)), 99), far)
        for place, state in enumerate(conflict.states):
            for concept, one in answers(conflict, int(state), maker).items():
                assert one.change
                assert (one.change.pairs, one.change.exact) == (least[concept, place], True)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 15), st.booleans())
def test_the_change_that_is_named_makes_the_state_stable(seed: int, state: int, ties: bool) -> None:
    conflict = random_conflict(seed, ties=ties)
    solution = solve(conflict)
    for one in inverse(conflict, state).answers:
        assert one.change
        assert one.holds == bool(solution.stable[one.concept][one.decision_maker, state])
        assert (one.change.pairs == 0) == one.holds
        changed = with_ranking(conflict, one.decision_maker, one.change.ranking)
        assert solve(changed).stable[one.concept][one.decision_maker, state]
        now = preferences.ranks(conflict, conflict.decision_makers[one.decision_maker].preference)
        assert distance(now, preferences.ranks(changed, one.change.ranking)) == one.change.pairs


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 7))
def test_counts_of_random_models_agree_with_rankings_drawn_at_random(seed: int, state: int) -> None:
    conflict = random_conflict(seed, options=(1, 1, 1))
    random = np.random.default_rng(seed)
    orders = [random.permutation(8) for _ in range(300)]
    for maker in (0, 2):
        sample = (Ranking(tuple((int(one),) for one in order)) for order in orders)
        shares = counted(conflict, maker, state, sample)
        for concept, one in answers(conflict, state, maker).items():
            assert one.strict is not None
            assert shares[concept] / 300 == pytest.approx(one.strict / factorial(8), abs=0.16)


def test_the_conditions_say_what_the_state_must_be_as_good_as() -> None:
    found = answers(chicken(), decimal("NN"), 0)
    assert found["Nash"].conditions[0].tempting == decimal("YN")
    assert found["Nash"].conditions[0].ways == ((decimal("YN"),),)
    assert set(found["GMR"].conditions[0].ways) == {(decimal("YN"),), (decimal("YY"),)}


def test_a_state_that_nobody_can_leave_needs_nothing() -> None:
    conflict = conflict_of((1,), ("Y N",), infeasible=())
    assert answers(conflict, decimal("Y"), 0)["Nash"].change
    lonely = answers(conflict, decimal("Y"), 0)["GMR"]
    assert (lonely.holds, lonely.strict, lonely.strict_of) == (True, 1, 2)


def test_for_all_together_the_changes_are_summed_and_tried() -> None:
    conflict = syria_iraq()
    found = {one.concept: one for one in inverse(conflict, int(conflict.states[1])).together}
    assert (found["Nash"].pairs, found["Nash"].exact, found["Nash"].works) == (3, True, True)
    assert found["Nash"].strict == 240 * 360
    assert (found["SEQ"].exact, found["SEQ"].strict) == (False, None)


def test_a_search_that_stops_says_that_it_is_a_bound() -> None:
    conflict = random_conflict(3, options=(3, 1, 1))
    for state in range(32):
        full = inverse(conflict, state)
        short = inverse(conflict, state, patience=0)
        for one, other in zip(full.answers, short.answers, strict=True):
            assert one.change
            assert other.change
            assert other.change.at_least <= one.change.pairs <= other.change.pairs
            assert other.change.exact == (other.change.at_least == other.change.pairs)


def test_a_larger_model_is_changed_least_without_listing_anything() -> None:
    conflict = random_conflict(5, options=(3, 3, 2))
    found = inverse(conflict, 77, concepts=("GMR", "SSEQ"))
    assert all(one.strict is None for one in found.answers)
    assert all(one.change and one.change.exact for one in found.answers)


def test_merged_states_and_missing_preferences_are_borne() -> None:
    conflict = elmira()
    nobody = replace(conflict.decision_makers[0], preference=None)
    conflict = replace(conflict, decision_makers=(nobody, *conflict.decision_makers[1:]))
    found = inverse(conflict, int(conflict.states[4]), concepts=("SEQ",))
    assert (found.answers[0].holds, found.answers[0].change) == (None, None)
    assert found.together[0].pairs is None


def test_what_has_no_conditions_is_refused() -> None:
    with pytest.raises(ConflictError, match="inverse analysis knows Nash, GMR, SMR, SEQ, SSEQ, not L2"):
        inverse(chicken(), 0, concepts=("L2",))
