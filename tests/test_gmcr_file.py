from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from peacetable.strategy import conflict_file, gmcr_file, preferences
from peacetable.strategy.conflict import Arc, Conflict, Pairwise, Ranking, Statements, Weights
from peacetable.strategy.formulas import And, If, Iff, Or, Taken
from peacetable.strategy.gmcr_file import GmcrError
from peacetable.strategy.stability import CONCEPTS, solve
from random_conflicts import random_conflict

FILE: dict[str, Any] = {
    "program": "gmcr-py",
    "version": "0.3.12",
    "options": [
        {"name": "Open the gates", "permittedDirection": "both"},
        {"name": "Threaten", "permittedDirection": "fwd"},
        {"name": "Open the gates", "permittedDirection": "back"},
    ],
    "decisionMakers": [
        {
            "name": "Upstream",
            "options": [0, 2],
            "preferences": [[[1, "N"]], {"compound": True, "members": [[[0, "Y"], [2, "Y"]], [[0, "N"]]]}],
            "misperceptions": [[[1, "Y"], [2, "N"]]],
        },
        {"name": "Downstream", "options": [1], "preferences": [[[0, "Y"]], [[1, "Y"]]], "misperceptions": []},
    ],
    "infeasibles": [[[0, "Y"], [2, "Y"]]],
    "coalitions": [[0, 1], 1],
    "useManualPreferenceRanking": False,
}


def with_rankings(key: str, flag: str) -> dict[str, Any]:
    rankings: tuple[list[Any], ...] = ([1, [2, 3], 4, 5, 6], [6, 5, 4, 3, 2, 1])
    makers = [{**maker, key: one} for maker, one in zip(FILE["decisionMakers"], rankings, strict=True)]
    rest = {name: value for name, value in FILE.items() if name != "useManualPreferenceRanking"}
    return {**rest, "decisionMakers": makers, flag: True}


def test_a_file_is_read_with_all_that_it_says() -> None:
    file = gmcr_file.read(json.dumps(FILE))
    up, down = file.conflict.decision_makers
    assert (file.program, file.version) == ("gmcr-py", "0.3.12")
    assert [(one.id, one.direction) for one in file.conflict.options] == [
        ("open-the-gates", "both"),
        ("threaten", "fwd"),
        ("open-the-gates-2", "back"),
    ]
    assert (up.options, down.options) == ((0, 2), (1,))
    assert isinstance(up.preference, Statements)
    assert up.preference.statements[1] == Or((And((Taken(0), Taken(2))), Taken(0, value=False)))
    assert up.overlooks == (And((Taken(1), Taken(2, value=False))),)
    assert file.conflict.coalitions == ((0, 1), (1,))
    assert file.conflict.states.tolist() == [0, 1, 2, 3, 4, 6]


def test_a_file_that_was_read_is_written_as_it_was() -> None:
    first = json.loads(gmcr_file.write(gmcr_file.read(json.dumps(FILE))))
    for maker in first["decisionMakers"]:
        maker.pop("preferenceRanking")
    assert first == FILE


def test_everybody_alone_is_written_as_such_and_read_as_no_coalition() -> None:
    conflict = replace(gmcr_file.read(json.dumps(FILE)).conflict, coalitions=())
    assert json.loads(gmcr_file.write(conflict))["coalitions"] == [0, 1]
    assert gmcr_file.read(gmcr_file.write(conflict)).conflict.coalitions == ()


@pytest.mark.parametrize(
    ("key", "flag"),
    [
        ("preferenceRanking", "useManualPreferenceRanking"),
        ("preferenceVector", "useManualPreferenceVectors"),
        ("preferenceVector", "useManualPreferenceRanking"),
    ],
)
def test_rankings_by_hand_are_read_under_old_and_new_names(key: str, flag: str) -> None:
    file = gmcr_file.read(json.dumps(with_rankings(key, flag)))
    # States count the feasible ones from 1: 0, 1, 2, 3, 4, 6.
    assert file.conflict.decision_makers[0].preference == Ranking(((0,), (1, 2), (3,), (4,), (6,)))
    written = json.loads(gmcr_file.write(file))
    assert written["useManualPreferenceRanking"] is True
    assert written["decisionMakers"][0]["preferenceRanking"] == [1, [2, 3], 4, 5, 6]
    assert written["decisionMakers"][0]["preferences"] == FILE["decisionMakers"][0]["preferences"]
    assert gmcr_file.read(gmcr_file.write(file)) == file


def test_a_ranking_that_statements_come_to_is_written_beside_them() -> None:
    written = json.loads(gmcr_file.write(gmcr_file.read(json.dumps(FILE)).conflict))
    # Downstream: gates open and a threat; gates open; a threat; nothing.
    assert written["decisionMakers"][1]["preferenceRanking"] == [4, 2, [3, 6], [1, 5]]


def test_random_models_keep_their_states_and_stability_both_ways() -> None:
    for seed in range(60):
        conflict = random_conflict(seed, arcs=False)
        text = gmcr_file.write(conflict)
        back = gmcr_file.read(text).conflict
        assert back.states.tolist() == conflict.states.tolist()
        first, second = solve(conflict), solve(back)
        assert all(first.equilibria(concept) == second.equilibria(concept) for concept in CONCEPTS), seed
        assert gmcr_file.write(gmcr_file.read(text)) == text
        assert gmcr_file.write(conflict_file.load(conflict_file.dump(back))) == gmcr_file.write(back)


def test_sets_dependence_and_connectives_are_written_out_as_what_they_mean() -> None:
    text = (
        "{peacetable-conflict: 1, decision-makers: ["
        "{id: a, options: [{id: x}, {id: y}], prefers: [x iff y, x if not y]}], "
        "exclusive: [[x, y]], requires: [[y, x]]}"
    )
    written = json.loads(gmcr_file.write(conflict_file.load(text)))
    assert written["infeasibles"] == [[[0, "Y"], [1, "Y"]], [[1, "Y"], [0, "N"]]]
    assert written["decisionMakers"][0]["preferences"] == [
        {"compound": True, "members": [[[0, "Y"], [1, "Y"]], [[0, "N"], [1, "N"]]]},
        {"compound": True, "members": [[[0, "Y"]], [[1, "Y"]]]},
    ]


def test_weights_are_written_as_rankings() -> None:
    conflict = gmcr_file.read(json.dumps(FILE)).conflict
    makers = tuple(replace(one, preference=Weights(((0, 2.0), (1, 1.0)))) for one in conflict.decision_makers)
    back = gmcr_file.read(gmcr_file.write(replace(conflict, decision_makers=makers))).conflict
    assert preferences.ranks(back, back.decision_makers[0].preference).tolist() == [0, 2, 1, 3, 0, 1]


def spoiled(**parts: Any) -> str:
    return json.dumps({**FILE, **parts})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "line 1: this is no JSON"),
        ("[]", "top: found .., expected names with values"),
        ("{}", "expected 'options' in it"),
        ("[" * 100_000, "nested too deeply|no JSON"),
        (
            spoiled(infeasibles=[[[9, "Y"]]]),
            r"infeasibles\[0\]\[0\]\[0\]: found 9, expected the number of an option, from 0 to 2",
        ),
        (
            spoiled(infeasibles=[[[0, "X"]]]),
            r'infeasibles\[0\]\[0\]: found \[0, "X"\], expected an option and "Y" or "N"',
        ),
        (spoiled(infeasibles=[{"members": []}]), r"infeasibles\[0\]: .*compound"),
        (spoiled(infeasibles="none"), "expected a list"),
        (spoiled(options=[{"name": "x", "permittedDirection": "up"}]), "expected one of both, fwd, back"),
        (spoiled(options=[{}]), r"options\[0\]: found {}, expected 'name' in it"),
        (spoiled(coalitions=[[0, 5]]), "expected the number of a decision maker, from 0 to 1"),
        (spoiled(useManualPreferenceRanking=True), "expected 'preferenceRanking' in it"),
        (
            json.dumps(with_rankings("preferenceRanking", "useManualPreferenceRanking")).replace("[6, 5", "[7, 5"),
            r"preferenceRanking\[0\]: found 7, expected the number of a state, from 1 to 6",
        ),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(GmcrError, match=message):
        gmcr_file.read(text, where="x.gmcr")


def refused(conflict: Conflict) -> str:
    with pytest.raises(GmcrError) as caught:
        gmcr_file.write(conflict)
    return str(caught.value)


def test_what_the_format_cannot_hold_is_refused() -> None:
    conflict = gmcr_file.read(json.dumps(FILE)).conflict
    up, down = conflict.decision_makers
    assert "explicit arcs" in refused(replace(conflict, arcs=(Arc(0, 0, 2),)))
    assert "states that are alike" in refused(replace(conflict, alike=(Taken(0),)))
    assert "attitudes" in refused(replace(conflict, decision_makers=(replace(up, attitudes=(1, 1)), down)))
    pairs = replace(up, preference=Pairwise(frozenset()))
    assert "pairs or degrees" in refused(replace(conflict, decision_makers=(pairs, down)))
    levels = tuple((int(state),) for state in conflict.states)
    strong = replace(up, preference=Ranking(levels, frozenset({0})))
    assert "strength" in refused(replace(conflict, decision_makers=(strong, down)))
    half = replace(up, preference=Ranking(levels)), replace(down, preference=None)
    assert "for all or none" in refused(replace(conflict, decision_makers=half))


def test_a_statement_with_too_many_alternatives_is_refused() -> None:
    options = ", ".join(f"{{id: o{number}}}" for number in range(16))
    conflict = conflict_file.load(f"{{peacetable-conflict: 1, decision-makers: [{{id: a, options: [{options}]}}]}}")
    parity = Taken(0)
    for number in range(1, 16):
        parity = Iff(parity, Taken(number))  # type: ignore[assignment]
    assert "1,024 alternatives" in refused(replace(conflict, infeasible=(If(parity, Taken(0)),)))
