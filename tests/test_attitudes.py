from __future__ import annotations

import numpy as np
import pytest

from peacetable.strategy import attitudes, conflict_file
from peacetable.strategy.conflict import ConflictError
from peacetable.strategy.stability import solve
from random_conflicts import random_conflict

DILEMMA = conflict_file.load(
    "{peacetable-conflict: 1, decision-makers: ["
    "{id: row, options: [{id: x}], ranking: [YN, NN, YY, NY]}, "
    "{id: col, options: [{id: y}], ranking: [NY, NN, YY, YN]}]}"
)


def test_the_usual_attitudes_give_the_usual_concepts() -> None:
    for seed in range(60):
        conflict = random_conflict(seed, unknown=False)
        usual, relational = solve(conflict), attitudes.solve(conflict)
        for concept in attitudes.CONCEPTS:
            assert np.array_equal(usual.stable[concept], relational.stable[concept]), (seed, concept)


def test_without_any_interest_relational_nash_is_smr_and_gmr_is_seq() -> None:
    # Inohara & Hipel 2009, for totally neutral attitudes.
    for seed in range(40):
        conflict = random_conflict(seed, strict=True)
        count = len(conflict.decision_makers)
        found = attitudes.solve(conflict, attitudes=[[0] * count] * count).stable
        assert np.array_equal(found["Nash"], found["SMR"]), seed
        assert np.array_equal(found["GMR"], found["SEQ"]), seed


def test_prisoners_devoted_to_each_other_cooperate() -> None:
    # Each looks only to what is good for the other: x and y are taken by nobody.
    devoted = attitudes.solve(DILEMMA, attitudes=[[0, 1], [1, 0]])
    assert devoted.equilibria("Nash") == (0,)
    assert devoted.parameters == (("attitudes", "0 +1; +1 0"),)


def test_prisoners_who_wish_each_other_ill_do_not() -> None:
    hostile = attitudes.solve(DILEMMA, attitudes=[[0, -1], [-1, 0]])
    assert hostile.equilibria("Nash") == (3,)


def test_attitudes_stand_in_the_model() -> None:
    told = conflict_file.load(conflict_file.dump(DILEMMA).replace("- id: row", "- id: row\n  attitudes: [0, 1]"))
    assert attitudes.attitudes_of(told) == ((0, 1), (0, 1))
    assert attitudes.solve(told).parameters == (("attitudes", "0 +1; 0 +1"),)


def test_attitudes_of_another_shape_are_refused() -> None:
    with pytest.raises(ConflictError, match="2 rows of 2 numbers"):
        attitudes.solve(DILEMMA, attitudes=[[1, 0]])
    with pytest.raises(ConflictError, match="no stability 'SIM'"):
        attitudes.solve(DILEMMA, concepts=["SIM"])
