from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import yaml

from brute_force import coalition_stable, game_of
from peacetable.strategy import coalitions, conflict_file
from peacetable.strategy.coalitions import Jump
from peacetable.strategy.conflict import Conflict, ConflictError, DecisionMaker, TooLargeError
from peacetable.strategy.stability import solve
from random_conflicts import random_conflict

CASE = yaml.safe_load((Path(__file__).parent / "cases" / "conflicts" / "elmira-1991.yaml").read_text("utf-8"))
ELMIRA = conflict_file.load(CASE["model"])
MINISTRY, COMPANY, TOWN = range(3)


def test_any_coalition_agrees_with_the_definition() -> None:
    for seed in range(20):
        conflict = random_conflict(seed)
        game = game_of(conflict)
        solution = coalitions.solve(conflict, coalitions.every(conflict))
        for row, group in enumerate(solution.rows):
            for concept in coalitions.CONCEPTS:
                expected = coalition_stable(game, group, concept)
                assert set(solution.stable_for(row, concept)) == expected, (seed, group, concept)


def test_with_everybody_alone_a_partition_is_the_ordinary_solution() -> None:
    for seed in range(40):
        conflict = random_conflict(seed, unknown=True)
        ordinary, apart = solve(conflict), coalitions.solve_partition(conflict, ())
        assert all(np.array_equal(ordinary.stable[concept], apart.stable[concept]) for concept in coalitions.CONCEPTS)


@pytest.mark.parametrize("partition", CASE["partitions"])
def test_the_partitions_of_elmira_are_those_of_another_program(partition: str) -> None:
    solution = coalitions.solve_partition(ELMIRA, json.loads(partition))
    for concept, expected in CASE["partitions"][partition].items():
        assert list(solution.equilibria(concept)) == expected, concept


def test_at_elmira_the_ministry_and_the_company_leave_the_deadlock_together() -> None:
    deadlock, settled = 18, 21  # states 7 and 10
    ordinary = solve(ELMIRA).equilibria("Nash")
    assert {deadlock, settled} <= set(ordinary)
    assert coalitions.jumps(ELMIRA, ordinary) == (Jump(deadlock, settled, (MINISTRY, COMPANY)),)
    together = coalitions.solve_partition(ELMIRA, [(MINISTRY, COMPANY)])
    assert deadlock not in together.equilibria("GMR")
    assert [together.named(row) for row in range(2)] == ["MoE + Uniroyal", "Local Government"]


def test_universal_stability_is_stability_for_all_coalitions() -> None:
    solution = coalitions.solve(ELMIRA, coalitions.every(ELMIRA))
    assert len(solution.rows) == 7
    assert 18 not in solution.equilibria("GMR")
    assert 21 in solution.equilibria("GMR")


def test_partitions_and_coalitions_are_counted() -> None:
    assert len(coalitions.partitions(ELMIRA)) == 5
    assert coalitions.partitions(ELMIRA)[0] == ((0,), (1,), (2,))
    assert coalitions.completed(ELMIRA, [(2, 0)]) == ((0, 2), (1,))


def test_what_is_no_coalition_is_refused() -> None:
    with pytest.raises(ConflictError, match="is no coalition"):
        coalitions.solve(ELMIRA, [()])
    with pytest.raises(ConflictError, match="is no coalition"):
        coalitions.solve(ELMIRA, [(0, 7)])
    with pytest.raises(ConflictError, match="there is no coalition"):
        coalitions.solve(ELMIRA, [])
    with pytest.raises(ConflictError, match="Uniroyal is in two coalitions"):
        coalitions.solve_partition(ELMIRA, [(0, 1), (1, 2)])
    with pytest.raises(ConflictError, match="no stability 'L2'"):
        coalitions.solve(ELMIRA, [(0,)], concepts=["L2"])


def test_all_coalitions_of_very_many_are_refused() -> None:
    crowd = Conflict(
        title="",
        options=(),
        decision_makers=tuple(DecisionMaker(id=f"m{n}", name=f"M{n}", options=()) for n in range(12)),
    )
    with pytest.raises(TooLargeError, match="12 decision makers have 4,095 coalitions"):
        coalitions.every(crowd)
