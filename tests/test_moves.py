from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from brute_force import game_of
from peacetable.strategy import conflict_file
from peacetable.strategy.conflict import Arc, Conflict, ConflictError, DecisionMaker, Option, Ranking, TooLargeError
from peacetable.strategy.formulas import Taken
from peacetable.strategy.moves import moves
from peacetable.strategy.sequence_search import Steps, Tree
from peacetable.strategy.stability import solve
from random_conflicts import random_conflict

TWO = """
peacetable-conflict: 1
decision-makers:
- {id: a, options: [{id: offer, direction: fwd}, {id: strike}]}
- {id: b, options: [{id: yield}]}
infeasible: [strike and yield]
"""


def decimals(conflict: Conflict, maker: int) -> dict[int, list[int]]:
    arcs = moves(conflict)[maker]
    return {
        int(state): [int(conflict.states[after]) for after in arcs.of(place)]
        for place, state in enumerate(conflict.states)
    }


def test_a_decision_maker_changes_its_own_options_in_their_directions_between_feasible_states() -> None:
    conflict = conflict_file.load(TWO)
    assert conflict.states.tolist() == [0, 1, 2, 3, 4, 5]
    assert decimals(conflict, 0) == {0: [1, 2, 3], 1: [3], 2: [0, 1, 3], 3: [1], 4: [5], 5: []}
    assert decimals(conflict, 1) == {0: [4], 1: [5], 2: [], 3: [], 4: [0], 5: [1]}


def test_moves_can_be_added_and_taken_away() -> None:
    arcs = (Arc(0, 5, 2), Arc(1, 0, 4, add=False))
    conflict = replace(conflict_file.load(TWO), arcs=arcs)
    assert decimals(conflict, 0)[5] == [2]
    assert decimals(conflict, 1)[0] == []


def test_a_move_that_does_not_exist_cannot_be_taken_away() -> None:
    conflict = replace(conflict_file.load(TWO), arcs=(Arc(1, 2, 3, add=False),))
    with pytest.raises(ConflictError, match="b has no move from NYN to YYN"):
        moves(conflict)


def test_two_decision_makers_can_make_the_same_move_to_a_state_that_stands_for_several() -> None:
    text = "{peacetable-conflict: 1, alike: [quit-a or quit-b], decision-makers: [%s, %s]}"
    maker = "{id: %s, options: [{id: quit-%s, direction: fwd}]}"
    conflict = conflict_file.load(text % (maker % ("a", "a"), maker % ("b", "b")))
    assert conflict.states.tolist() == [0, 1]
    assert decimals(conflict, 0) == decimals(conflict, 1) == {0: [1], 1: []}


def test_the_moves_of_random_models_are_those_of_the_definition() -> None:
    for seed in range(100):
        conflict = random_conflict(seed)
        game = game_of(conflict)
        for maker in game.makers:
            assert decimals(conflict, maker) == {state: sorted(after) for state, after in game.moves[maker].items()}


def test_moves_that_do_not_compose_are_sanctioned_by_legal_sequences_only() -> None:
    # b can go from 1 to 2 and from 2 to 3, but not twice in a row: only 2 can be brought about.
    arcs = (Arc(0, 0, 1), Arc(1, 1, 2), Arc(1, 2, 3))
    bare = Conflict(
        title="",
        options=(Option(id="x", name=""), Option(id="y", name="")),
        decision_makers=(
            DecisionMaker(id="a", name="a", options=(0, 1), preference=Ranking(((1, 2), (0,), (3,)))),
            DecisionMaker(id="b", name="b", options=(), preference=Ranking(((3,), (2,), (1,), (0,)))),
        ),
    )
    given = {(arc.before, arc.after) for arc in arcs if arc.decision_maker == 0}
    cut = tuple(
        Arc(0, before, after, add=False)
        for before, afters in decimals(bare, 0).items()
        for after in afters
        if (before, after) not in given
    )
    conflict = replace(bare, arcs=(*cut, *arcs))
    assert 0 not in solve(conflict, concepts=["GMR"]).stable_for(0, "GMR")


def test_a_search_finds_the_shortest_legal_sequences() -> None:
    conflict = conflict_file.load(TWO)
    tree = Tree(Steps(conflict), conflict.number(4) - 1, (0, 1))
    levels = [conflict.states[places].tolist() for places in tree.levels()]
    assert levels[0] == [5, 0]
    told = [
        [(who, int(conflict.states[before]), int(conflict.states[after])) for who, before, after in tree.path(1, entry)]
        for entry in range(len(levels[1]))
    ]
    assert [(1, 4, 0), (0, 0, 3)] in told
    assert all(first[0] != second[0] for first, second in told)


def test_a_search_without_movers_ends_at_once() -> None:
    assert list(Tree(Steps(conflict_file.load(TWO)), 0, ()).levels()) == []


def test_steps_are_the_moves_whether_listed_or_not() -> None:
    for seed in range(40):
        conflict = random_conflict(seed)
        steps, arcs = Steps(conflict), moves(conflict)
        places = np.arange(len(conflict.states))
        for maker, one in enumerate(arcs):
            origin, after = steps.leaving(maker, places)
            found = {(int(a), int(b)) for a, b in zip(origin, after, strict=True)}
            assert found == {(int(a), int(b)) for a, b in zip(one.before, one.after, strict=True)}


def test_too_many_moves_are_refused_before_they_are_listed() -> None:
    conflict = Conflict(
        title="",
        options=tuple(Option(id=f"o{number}", name="") for number in range(18)),
        decision_makers=(DecisionMaker(id="a", name="a", options=tuple(range(18))),),
        alike=(Taken(0),),
    )
    with pytest.raises(TooLargeError, match=r"states and up to [\d,]+ moves, which need about \d+ GB"):
        moves(conflict)
