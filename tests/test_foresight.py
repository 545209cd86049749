from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from brute_force import anticipated, game_of, metarational, policy_deterred
from peacetable.strategy import conflict_file, foresight, policies
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.stability import solve
from random_conflicts import random_conflict


def game(first: str, second: str) -> Conflict:
    """A 2 x 2 game: an option each, rankings as lists of states."""
    return conflict_file.load(
        "{peacetable-conflict: 1, decision-makers: ["
        f"{{id: row, options: [{{id: x}}], ranking: [{first}]}}, "
        f"{{id: col, options: [{{id: y}}], ranking: [{second}]}}]}}"
    )


DILEMMA = game("YN, NN, YY, NY", "NY, NN, YY, YN")


def test_limited_moves_agree_with_backward_induction_by_recursion() -> None:
    for seed in range(60):
        conflict = random_conflict(seed, strict=True)
        played = game_of(conflict)
        for horizon in (1, 2, 3, 4):
            found = foresight.plans(conflict, horizon)[-1].ends
            for maker in played.makers:
                ends = [anticipated(played, maker, state, horizon) for state in played.states]
                assert conflict.states[found[maker]].tolist() == ends, (seed, horizon, maker)


def test_one_move_ahead_is_nash() -> None:
    for seed in range(60):
        solution = solve(random_conflict(seed), concepts=["L1", "Nash"])
        assert np.array_equal(solution.stable["L1"], solution.stable["Nash"])


def test_with_two_moves_ahead_the_prisoners_keep_their_word() -> None:
    assert 0 in solve(DILEMMA, concepts=["L2"]).equilibria("L2")
    assert 0 not in solve(DILEMMA, concepts=["L1"]).equilibria("L1")


def test_non_myopic_stability_is_that_of_every_long_horizon() -> None:
    for seed in range(30):
        conflict = random_conflict(seed, strict=True)
        here = np.arange(len(conflict.states))
        far = np.logical_and.reduce([plan.ends == here for plan in foresight.plans(conflict, 60)[30:]])
        assert np.array_equal(foresight.non_myopic(conflict), far), seed


def test_the_anticipated_moves_lead_to_the_anticipated_end() -> None:
    for seed in range(30):
        conflict = random_conflict(seed, strict=True)
        ahead = foresight.plans(conflict, 4)
        for maker in range(len(conflict.decision_makers)):
            for place in range(len(conflict.states)):
                path = foresight.path(ahead, maker, place)
                end = path[-1][2] if path else place
                assert end == ahead[-1].ends[maker, place]
                assert all(one[0] != two[0] for one, two in pairwise(path))


def test_a_leader_takes_what_is_best_after_the_followers_reply() -> None:
    chicken = game("YN, NN, NY, YY", "NY, NN, YN, YY")
    assert solve(chicken, concepts=["Stackelberg:row"]).equilibria("Stackelberg:row") == (1,)
    assert solve(chicken, concepts=["Stackelberg:col"]).equilibria("Stackelberg:col") == (2,)


def test_stackelberg_takes_two_and_foresight_at_least_one_move() -> None:
    three = random_conflict(next(seed for seed in range(99) if len(random_conflict(seed).decision_makers) == 3))
    with pytest.raises(ConflictError, match="two decision makers; this model has 3"):
        foresight.stackelberg(three, 0)
    with pytest.raises(ConflictError, match="a horizon of 0 moves"):
        foresight.limited(DILEMMA, 0)
    with pytest.raises(ConflictError, match="a tree of 0 moves"):
        policies.stable(DILEMMA, 0)


def test_the_metarational_tree_begins_with_nash_gmr_and_smr() -> None:
    for seed in range(60):
        found = solve(random_conflict(seed), concepts=["Nash", "GMR", "SMR", "MR1", "MR2", "MR3"]).stable
        assert np.array_equal(found["MR1"], found["Nash"]), seed
        assert np.array_equal(found["MR2"], found["GMR"]), seed
        assert np.array_equal(found["MR3"], found["SMR"]), seed


def test_higher_levels_of_the_tree_agree_with_its_definition() -> None:
    for seed in range(40):
        conflict = random_conflict(seed)
        played = game_of(conflict)
        for horizon in (4, 5):
            found = solve(conflict, concepts=[f"MR{horizon}"])
            for maker in played.makers:
                assert set(found.stable_for(maker, f"MR{horizon}")) == metarational(played, maker, horizon), (
                    seed,
                    horizon,
                )


def test_policy_stability_agrees_with_trying_every_policy() -> None:
    tried = 0
    for seed in range(400):
        conflict = random_conflict(seed, arcs=False)
        if len(conflict.decision_makers) != 2 or len(conflict.options) > 3:
            continue
        tried += 1
        played = game_of(conflict)
        solution = solve(conflict, concepts=["policy"])
        for maker in played.makers:
            expected = tuple(state for state in played.states if policy_deterred(played, maker, state))
            assert solution.stable_for(maker, "policy") == expected, (seed, maker)
    assert tried > 40


def test_policy_stability_lies_between_the_odd_and_the_even_levels() -> None:
    for seed in range(40):
        found = solve(random_conflict(seed), concepts=["SMR", "MR5", "policy", "MR4", "GMR"]).stable
        rows = list(found.values())
        assert all(not (narrower & ~wider).any() for narrower, wider in pairwise(rows)), seed
