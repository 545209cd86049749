from __future__ import annotations

from dataclasses import replace

from peacetable.strategy import conflict_file
from peacetable.strategy.conflict import Degrees, Pairwise, Preference, Ranking
from peacetable.strategy.hypergames import perceived, solve_hypergame
from peacetable.strategy.stability import CONCEPTS
from random_conflicts import random_conflict

# The aggressor overlooks that the defender may mobilise, and takes it for meek.
SURPRISE = """
peacetable-conflict: 1
decision-makers:
- id: aggressor
  options: [{id: attack}]
  ranking: [YN, NN, NY, YY]
  overlooks: [mobilise]
- id: defender
  options: [{id: mobilise}]
  ranking: [NN, NY, YY, YN]
status-quo: NN
"""


def test_without_misperception_every_perceived_game_is_the_real_one() -> None:
    for seed in range(20):
        conflict = random_conflict(seed)
        game = solve_hypergame(conflict)
        for concept in CONCEPTS:
            assert game.equilibria(concept) == game.real.equilibria(concept)
            assert game.surprises(concept) == ()
            assert game.expected_by(0, concept) == game.real.equilibria(concept)


def test_who_overlooks_states_solves_the_game_without_them() -> None:
    conflict = conflict_file.load(SURPRISE)
    assert perceived(conflict, 0).states.tolist() == [0, 1]
    assert perceived(conflict, 1) is conflict
    game = solve_hypergame(conflict)
    assert game.expected_by(0, "Nash") == (1,)
    assert game.real.stable_for(0, "SEQ") == (0, 1, 2)
    # In its own game nothing answers an attack, so peace is no longer stable for the aggressor.
    assert game.perceived[0].stable_for(0, "SEQ") == (1,)


def test_who_is_mistaken_about_anothers_preference_solves_the_game_with_the_mistake() -> None:
    text = SURPRISE.replace("overlooks: [mobilise]", "believes: {defender: {ranking: [NN, YN, NY, YY]}}")
    game = solve_hypergame(conflict_file.load(text))
    assert game.perceived[0].stable_for(0, "SEQ") == (1, 2)
    assert game.real.stable_for(0, "SEQ") == (0, 1, 2)


def test_preferences_are_cut_down_to_the_states_that_are_seen() -> None:
    conflict = conflict_file.load(SURPRISE)
    kinds: dict[Preference, Preference] = {
        Ranking(((2,), (0, 3), (1,)), frozenset({0, 1})): Ranking(((0,), (1,)), frozenset({0})),
        Ranking(((0, 1), (3,), (2,)), frozenset({0, 1})): Ranking(((0, 1),)),
        Pairwise(frozenset({(0, 1), (2, 1)}), frozenset({(2, 3)})): Pairwise(frozenset({(0, 1)})),
        Degrees(((0, 1, 0.7), (2, 1, 0.9)), 0.2): Degrees(((0, 1, 0.7),), 0.2),
    }
    for whole, part in kinds.items():
        seer = replace(conflict.decision_makers[0], preference=whole)
        seen = perceived(replace(conflict, decision_makers=(seer, conflict.decision_makers[1])), 0)
        assert seen.decision_makers[0].preference == part


def test_a_status_quo_that_is_overlooked_is_none() -> None:
    conflict = conflict_file.load(SURPRISE.replace("status-quo: NN", "status-quo: NY"))
    assert perceived(conflict, 0).status_quo is None
    assert perceived(conflict, 1).status_quo == 2
