from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from peacetable.strategy import conflict_file
from peacetable.strategy.conflict import Conflict, Degrees, Pairwise, Ranking, Source, Statements, Weights
from peacetable.strategy.conflict_nodes import FileError
from peacetable.strategy.formulas import Taken
from random_conflicts import random_conflict

CASES = sorted((Path(__file__).parent / "cases" / "conflicts").glob("*.yaml"))
MAKER = "peacetable-conflict: 1\ndecision-makers:\n- id: a\n  options:\n  - {id: x}\n  - {id: z}\n"
FULL = """
peacetable-conflict: 1
title: A border
decision-makers:
- id: north
  name: The North
  options:
  - id: withdraw
    name: Withdraw its troops
    direction: fwd
    passages:
    - {report: r1, quote: "will withdraw", start: 10, end: 23}
  - {id: talk, name: Come to talks}
  prefers:
  - not shell
  - {statement: talk if open, uncertain: true, passages: [{report: r1, quote: "talks"}]}
  overlooks: [shell and open]
  attitudes: [1, -1]
  believes:
    south:
      weights: {shell: 2, open: -1.5}
- id: south
  options:
  - {id: shell}
  - {id: open, direction: back}
  ranking:
  - YYNY
  - [YNNY, NYNY]
  - '>>'
  - NNNN
  passages:
  - {report: r2, quote: "the South said"}
  preference-passages:
  - {report: r2, quote: "wants most"}
order: [withdraw, shell, talk, open]
infeasible:
- {statement: withdraw and shell, passages: [{report: r3, quote: "never both"}]}
- -YY-
exclusive: [[shell, open]]
at-least-one: [[withdraw, talk, open]]
requires: [{options: [talk, open], passages: [{report: r4, quote: "only if"}]}]
alike: [{statement: withdraw and open, passages: [{report: r5, quote: "the same"}]}]
arcs:
- {by: south, from: YNNN, to: NNNY, passages: [{report: r6, quote: "back"}]}
- {by: north, from: NNNN, to: YNNN, add: false}
coalitions: [[north, south]]
status-quo: NNNY
"""


def test_every_part_of_a_model_is_read() -> None:
    conflict = conflict_file.load(FULL)
    north, south = conflict.decision_makers
    assert [option.id for option in conflict.options] == ["withdraw", "shell", "talk", "open"]
    assert (north.options, south.options) == ((0, 2), (1, 3))
    assert conflict.options[0].sources == (Source("r1", "will withdraw", 10, 23),)
    assert isinstance(north.preference, Statements)
    assert north.preference.statements[0] == Taken(1, value=False)
    assert north.preference.uncertain == {1}
    assert north.attitudes == (1, -1)
    assert north.perceived == ((1, Weights(((1, 2.0), (3, -1.5)))),)
    assert south.preference == Ranking(((11,), (9, 12 - 2), (0,)), frozenset({1}))
    assert conflict.infeasible_sources == ((Source("r3", "never both"),), ())
    assert (conflict.exclusive, conflict.at_least_one, conflict.requires) == (((1, 3),), ((0, 2, 3),), ((2, 3),))
    assert south.preference_sources == (Source("r2", "wants most"),)
    assert conflict.rule_sources == (
        ("requires", 0, (Source("r4", "only if"),)),
        ("alike", 0, (Source("r5", "the same"),)),
    )
    assert conflict.arcs[0].sources == (Source("r6", "back"),)
    assert conflict.coalitions == ((0, 1),)
    assert conflict.status_quo == 8
    assert [arc.add for arc in conflict.arcs] == [True, False]


def test_a_model_that_is_written_reads_back_to_an_equal_one() -> None:
    conflict = conflict_file.load(FULL)
    assert conflict_file.load(conflict_file.dump(conflict)) == conflict


def test_random_models_read_back_to_equal_ones() -> None:
    for seed in range(60):
        conflict = random_conflict(seed, unknown=seed % 2 == 1)
        back = conflict_file.load(conflict_file.dump(conflict))
        assert conflict_file.load(conflict_file.dump(back)) == back
        assert back.states.tolist() == conflict.states.tolist()
        assert [maker.options for maker in back.decision_makers] == [
            maker.options for maker in conflict.decision_makers
        ]


def test_json_is_read_as_yaml_is() -> None:
    conflict = conflict_file.load(FULL)
    as_json = json.dumps(yaml.safe_load(conflict_file.dump(conflict)))
    assert conflict_file.load(as_json) == conflict


def one(preference: str) -> Conflict:
    return conflict_file.load(f"{MAKER}  {preference}\n")


def preference(text: str) -> object:
    return one(text).decision_makers[0].preference


def test_pairs_degrees_and_weights_are_read_and_written() -> None:
    assert preference("pairs: {better: [[YN, NN]], equal: [[NY, YY]], much-better: [[YY, NN]]}") == Pairwise(
        frozenset({(1, 0)}), frozenset({(2, 3)}), frozenset({(3, 0)})
    )
    assert preference("pairs: {better: [[YN, NN], [NN, YN]], intransitive: true}") == Pairwise(
        frozenset({(1, 0), (0, 1)}), intransitive=True
    )
    assert preference("degrees: {pairs: [[YN, NN, 0.8]], threshold: 0.6}") == Degrees(((1, 0, 0.8),), 0.6)
    assert preference("degrees: {pairs: [], kind: probability}") == Degrees((), 0.5, "probability")
    for text in (
        "pairs: {better: [[YN, NN]], intransitive: true}",
        "degrees: {pairs: [[YN, NN, 0.8]], threshold: 0.4, kind: probability, deterrent: 0.2}",
    ):
        whole = one(text)
        assert conflict_file.load(conflict_file.dump(whole)) == whole


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "the file is empty"),
        ("title: x\n", 1, "'peacetable-conflict' is missing"),
        ("peacetable-conflict: 2\ndecision-makers: []\n", 1, "this is version 2; known is 1"),
        ("peacetable-conflict: 1\ndecision-makers: []\n", 2, "there is no decision maker"),
        ("peacetable-conflict: 1\n decision-makers: [\n", 2, "this is no YAML"),
        ("peacetable-conflict: 1\ndecision-makers: &x [*x]\n", 2, "references"),
        (MAKER + "  hates: [x]\n", 7, "there is no 'hates' here; known are attitudes"),
        (MAKER + "  prefers:\n  - not x\n  - y or z\n", 9, "found 'y or z', expected one of the options .x, z."),
        (MAKER + "  prefers: [x]\n  weights: {x: 1}\n", 8, "preference is told by 'prefers' already"),
        (MAKER + "  weights: {y: 1}\n", 7, "there is no option 'y'; known are x, z"),
        (MAKER + "  weights: {x: nan}\n", 7, "expected a finite number, found 'nan'"),
        (MAKER + "  weights: {x: much}\n", 7, "expected a number, found 'much'"),
        (MAKER + "  ranking: [YY, YN, NNY]\n", 7, "'NNY' is no state: write one Y .taken. or N"),
        (MAKER + "  ranking:\n  - YY\n  - [NN, YY]\n", 9, "the state YY is ranked already"),
        (MAKER + "  ranking: ['>>', YY]\n", 7, "'>>' stands between two levels"),
        (MAKER + "  pairs:\n    better: [[YY, NN], [NN, YN], [YN, YY]]\n", 8, "goes in a circle: .*NN over YN"),
        (MAKER + "  pairs: {better: [[YY]]}\n", 7, "expected two states, found 1"),
        (MAKER + "  degrees: {pairs: [[YY, NN, 3]]}\n", 7, "a degree from 0 to 1"),
        (MAKER + "  degrees: {kind: wild}\n", 7, "expected one of fuzzy, probability"),
        (MAKER + "  attitudes: [1, 1]\n", 7, "expected 1 numbers, each 1, 0 or -1"),
        (MAKER + "  attitudes: [0.5]\n", 7, "expected a whole number"),
        (MAKER + "  believes: {b: {prefers: [x]}}\n", 7, "no decision maker 'b'; known are a"),
        (MAKER + "- {id: a}\n", 7, "the id 'a' is taken"),
        (MAKER + "- {id: and}\n", 7, "'and' is no id"),
        (MAKER + "order: [z]\n", 7, "the order names every option once; look at 'x'"),
        (MAKER + "order: [z, x, z]\n", 7, "look at 'z'"),
        (MAKER + "infeasible:\n- x and\n", 8, "found the end, expected an option"),
        (MAKER + "requires: [[x]]\n", 7, "expected two options"),
        (MAKER + "exclusive: [{passages: []}]\n", 7, "'options' is missing"),
        (MAKER + "arcs: [{by: a, from: YY}]\n", 7, "'to' is missing"),
        (MAKER + "status-quo: Y\n", 7, "'Y' is no state"),
        (MAKER + "infeasible: [" + "(" * 4000 + "x]\n", 7, "parts within parts"),
        ("[" * 5000, 1, "nested too deeply"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_was_expected(text: str, line: int, message: str) -> None:
    with pytest.raises(FileError, match=f"model.yaml, line {line}: .*{message}"):
        conflict_file.load(text, where="model.yaml")


def valid(text: str) -> None:
    data = yaml.load(text, Loader=yaml.SafeLoader)
    jsonschema.validate(data, conflict_file.schema(), cls=jsonschema.Draft202012Validator)


def test_the_published_schema_is_that_of_the_code() -> None:
    published = Path(__file__).parent.parent / "docs" / "reference" / "conflict.schema.json"
    assert json.loads(published.read_text("utf-8")) == conflict_file.schema()


def test_the_schema_holds_for_what_is_written() -> None:
    jsonschema.Draft202012Validator.check_schema(conflict_file.schema())
    valid(FULL)
    for path in CASES:
        valid(yaml.safe_load(path.read_text("utf-8"))["model"])
    for seed in range(20):
        valid(conflict_file.dump(random_conflict(seed, unknown=True)))


@pytest.mark.parametrize(
    "text",
    [
        "title: x",
        MAKER + "  hates: [x]",
        MAKER + "  prefers: [x]\n  weights: {x: 1}",
        MAKER + "  weights: {x: much}",
        MAKER + "requires: [[x]]",
    ],
)
def test_the_schema_refuses_what_loading_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        valid(text)


def test_a_model_without_preferences_can_be_read_and_written() -> None:
    conflict: Conflict = conflict_file.load(MAKER)
    assert conflict.decision_makers[0].preference is None
    assert conflict_file.load(conflict_file.dump(conflict)) == conflict
