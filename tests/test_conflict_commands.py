"""The commands about models: what each prints, what its JSON holds, and the exit code that it ends with."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from classic_conflicts import EXAMPLES
from peacetable import pipeline
from peacetable.settings import Settings
from peacetable.views.commands.app import run
from peacetable.views.commands.conflicts import conflict_app
from test_drafting import FIRST, findings

COMMANDS = [getattr(command.callback, "__name__", "") for command in conflict_app.registered_commands]
EUPHRATES = str(EXAMPLES / "euphrates-1975.yaml")
ELMIRA = str(EXAMPLES / "elmira-1991.yaml")
NEIGHBOURS = str(EXAMPLES / "two-neighbours.yaml")
CARS = str(EXAMPLES / "car-emissions.yaml")


def shown(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What a command prints, on one line."""
    assert run(["conflict", *arguments]) == code
    return " ".join(capsys.readouterr().out.split())


def answer(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    """What a command prints, as JSON."""
    assert run(["conflict", *arguments, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> str:
    """What a command says went wrong."""
    assert run(["conflict", *arguments]) == code
    return " ".join(re.sub(r"[│╭╮╰╯─]", " ", capsys.readouterr().err).split())


@pytest.fixture
def record(tmp_path: Path) -> str:
    """A record of one report, with findings of a person."""
    report = {"id": "one", "source": "Example Wire", "published": "2021-03-01", "text": FIRST}
    (tmp_path / "one.json").write_text(json.dumps({"report": report, **findings()}), "utf-8")
    target = str(tmp_path / "process.db")
    assert run(["add", target, str(tmp_path / "one.json"), "--findings", "--by", "tester"]) == 0
    return target


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conflict", command, "--help"]) == 0
    assert f"Example: peacetable conflict {command} " in " ".join(capsys.readouterr().out.split())


def test_every_command_is_documented() -> None:
    reference = (Path(__file__).parent.parent / "docs" / "reference" / "commands.md").read_text("utf-8")
    assert [name for name in COMMANDS if f"### `conflict {name}`" not in reference] == []


# solve


def test_solve_json_has_states_equilibria_and_who_finds_what_stable(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "solve", EUPHRATES)
    assert found["states"][1] == {"number": 2, "decimal": 1, "yn": "YNN"}
    assert found["equilibria"] == {"Nash": [6], "GMR": [0, 6], "SMR": [6], "SEQ": [6], "SSEQ": [6]}
    assert found["stable"]["Iraq"]["Nash"] == [1, 4, 6]
    assert found["method"] == "subcubes"


def test_solve_shows_a_table_with_equilibria_marked(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "solve", EUPHRATES)
    assert "6 NYY S I E S I E S I E S I E S I E escalate the dispute; attack the dam" in text
    assert "nothing is done (status quo)" in text
    assert "Stable for: S Syria, I Iraq." in text


def test_concepts_can_be_chosen_one_by_one_or_with_commas(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "solve", EUPHRATES, "--concept", "SIM,L2", "--concept", "Nash")
    assert list(found["equilibria"]) == ["SIM", "L2", "Nash"]


def test_explain_tells_the_move_the_answer_and_whose_preference_decides(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "solve", EUPHRATES, "--explain", "1")
    assert "State 1 (NNN) is stable for Syria by Nash, GMR, SMR, SEQ and SSEQ." in text
    assert (
        "Iraq would rather have 4 (NNY) (“attack the dam”); but then Syria moves to 5 (YNY), against its own "
        "preference; 5 (YNY) is no better for it than 1 (NNN). - This rests on what Iraq prefers."
    ) in text


def test_explanations_are_in_the_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "solve", EUPHRATES, "--explain", "NNN", "--concept", "GMR")
    iraq = found["explanations"][1]
    assert (iraq["decision_maker"], iraq["stable"], iraq["rests_on"]) == ("Iraq", True, ["Iraq"])
    step = {"decision_maker": "Syria", "before": 4, "after": 5, "improvement": False}
    assert iraq["improvements"][0]["answer"] == [step]


def test_a_coalition_that_is_named_is_solved_for(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "solve", ELMIRA, "--coalition", "ministry,Firm", "--concept", "Nash")
    assert "Ministry + Firm 1 3 4 5 8 9 all of these 1 3 4 5 8 9 1 (NYNNN): delay the appeal" in text
    found = answer(capsys, "solve", ELMIRA, "--coalition", "firm,ministry", "--coalition", "town")
    assert found["coalitions"] == [["Ministry", "Firm"], ["Town"]]
    assert set(found["stable"]) == {"Ministry + Firm", "Town"}
    assert found["method"] == "coalitions"


def test_all_coalitions_those_of_the_file_or_a_partition(capsys: pytest.CaptureFixture[str]) -> None:
    every = answer(capsys, "solve", NEIGHBOURS, "--coalitions", "all")
    assert every["coalitions"] == [["North"], ["South"], ["North", "South"]]
    assert every["equilibria"] == {"Nash": [], "GMR": [3], "SMR": [3], "SEQ": [3], "SSEQ": [3]}
    assert answer(capsys, "solve", NEIGHBOURS, "--coalitions", "file")["coalitions"] == [["North", "South"]]
    apart = answer(capsys, "solve", ELMIRA, "--coalition", "ministry,firm", "--coalitions", "partition")
    assert apart["coalitions"] == [["Ministry", "Firm"], ["Town"]]
    assert apart["parameters"]["answers by"] == "the partition"


def test_neighbours_who_wish_each_other_well_disarm(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "solve", NEIGHBOURS, "--attitudes")
    assert (found["method"], found["equilibria"]["Nash"]) == ("attitudes", [3])
    assert answer(capsys, "solve", NEIGHBOURS)["equilibria"]["Nash"] == [0]
    assert "4 YY N S E" in shown(capsys, "solve", NEIGHBOURS, "--attitudes", "--concept", "Nash")


def test_what_each_believes_stands_beside_what_is(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "solve", NEIGHBOURS, "--perceived", "--concept", "SEQ")
    assert "North 3 South 1 4 nobody: as it is 1 4 each its own way 1" in text
    found = answer(capsys, "solve", NEIGHBOURS, "--perceived")
    assert found["believed"]["North"]["SEQ"] == [2]
    assert (found["real"]["SEQ"], found["equilibria"]["SEQ"], found["surprises"]["SEQ"]) == ([0, 3], [0], [])


def test_what_only_a_mistake_makes_stable_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.yaml"
    text = Path(NEIGHBOURS).read_text("utf-8")
    model.write_text(text.replace("  believes:", "  overlooks: [south-disarms and not north-disarms]\n  believes:"))
    assert "Nash: 4 (YY) is stable only because somebody" in shown(capsys, "solve", str(model), "--perceived")


def test_a_model_is_told_by_its_content_whatever_its_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = answer(capsys, "solve", EUPHRATES)
    for form in ("yaml", "json", "gmcr"):
        target = tmp_path / f"model.{form}"
        assert run(["conflict", "convert", EUPHRATES, str(target)]) == 0
        capsys.readouterr()
        renamed = tmp_path / f"{form}.txt"
        shutil.copy(target, renamed)
        assert answer(capsys, "solve", str(renamed))["equilibria"] == plain["equilibria"]


def test_a_model_can_come_from_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Standard:
        buffer = io.BytesIO(Path(EUPHRATES).read_bytes())

        @staticmethod
        def isatty() -> bool:
            return False

    monkeypatch.setattr(sys, "stdin", Standard())
    assert answer(capsys, "solve", "-")["equilibria"]["Nash"] == [6]


def test_a_page_is_written_beside_the_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "model.html"
    assert answer(capsys, "solve", ELMIRA, "--html", str(page))["method"] == "sequences"
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_what_rests_on_no_passage_is_noted(capsys: pytest.CaptureFixture[str], tmp_path: Path, record: str) -> None:
    assert "Nothing in this model rests on a passage" in said(capsys, "solve", EUPHRATES, code=0)
    model = tmp_path / "model.yaml"
    run(["conflict", "draft", record, "-o", str(model)])
    text = model.read_text("utf-8").replace(
        "status-quo:", "requires:\n- [open-valley-road, hand-heavy-weapons]\nstatus-quo:"
    )
    model.write_text(text.replace("  prefers:\n", "  prefers:\n  - open-valley-road\n", 1), "utf-8")
    capsys.readouterr()
    assert "Rests on no passage: front: open-valley-road" in said(capsys, "solve", str(model), code=0)


# draft


def test_a_draft_is_a_file_that_can_be_solved(record: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.yaml"
    assert run(["conflict", "draft", record, "-o", str(model)]) == 0
    told = capsys.readouterr()
    assert "3 decision makers, 5 options, 32 states" in told.out
    assert "The order of the statements is assumed" in told.err
    assert model.read_text("utf-8").startswith("# ")
    found = answer(capsys, "solve", str(model))
    assert any(found["equilibria"].values())
    assert set(found["stable"]) == {"Front", "Karsk", "Norway"}


def test_a_draft_goes_to_standard_output_as_yaml_or_json(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conflict", "draft", record]) == 0
    text = capsys.readouterr().out
    made = pipeline.read_model(text, where="out")
    assert [maker.name for maker in made.decision_makers] == ["Front", "Karsk", "Norway"]
    assert answer(capsys, "draft", record)["decision-makers"][0]["options"][0]["passages"][0]["report"] == "one"


def test_a_record_that_holds_too_little_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = str(tmp_path / "empty.db")
    with pipeline.open_record(target, Settings(), create=True):
        pass
    assert "two parties that may do something, and the record has none" in said(capsys, "draft", target, code=1)


# check and convert


def test_check_tells_what_keeps_a_model_from_being_solved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.yaml"
    model.write_text(
        "peacetable-conflict: 1\ndecision-makers:\n- {id: a, options: [{id: x}], prefers: [x, x or not x]}\n"
        "- {id: b, options: [{id: y}]}\ninfeasible: [y]\n",
        "utf-8",
    )
    text = shown(capsys, "check", str(model), code=1)
    assert "Nothing tells what b prefers." in text
    assert "The option y is never taken in every feasible state." in text
    assert "“x or not x” is always true" in text
    found = answer(capsys, "check", str(model), code=1)
    assert found["solvable"] is False
    assert {"no-preference", "option-never-open", "statement-idle"} <= {one["code"] for one in found["remarks"]}
    assert answer(capsys, "check", EUPHRATES)["solvable"] is True


def test_what_a_format_cannot_hold_is_refused_and_nothing_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "elmira.gmcr"
    assert "cannot hold states that are alike" in said(capsys, "convert", ELMIRA, str(target), code=1)
    assert list(tmp_path.iterdir()) == []
    assert answer(capsys, "convert", EUPHRATES, str(target))["format"] == "gmcr"


def test_a_format_that_is_not_known_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "'docx' is no format" in said(capsys, "convert", EUPHRATES, str(tmp_path / "model.docx"), code=2)


# the analyses


def test_inverse_counts_the_rankings_and_names_the_least_change(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "inverse", EUPHRATES, "2")
    assert "Syria SMR not stable 300 of 720 1 pair: prefer it to 6 (NYY)" in text
    assert "Nash: an equilibrium once 3 pairs of states change their order, and no fewer will do." in text
    found = answer(capsys, "inverse", EUPHRATES, "YNN")
    counts = {one["concept"]: one["rankings"] for one in found["answers"] if one["decision_maker"] == "Syria"}
    assert counts == {"Nash": 240, "GMR": 384, "SMR": 300, "SEQ": 384, "SSEQ": 300}
    assert found["answers"][0]["least_change"]["pairs"] == 3


def test_inverse_shows_its_conditions_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "inverse", EUPHRATES, "2", "--conditions", "--concept", "GMR")
    assert "Syria, GMR: 2 (YNN) is at least as good as - 1 (NNN) or 4 (NNY) - 3 (NYN) or 6 (NYY)" in text


def test_robustness_gives_shares_and_what_tips_it(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "robustness", EUPHRATES, "--draws", "20")
    assert "6 (NYY) Nash ● 100% (13/13)" in text
    assert "Syria prefers 2 (YNN) to 6 (NYY) GMR 2 (YNN)" in text
    assert "“attack the dam” cannot be undone" in text
    first = answer(capsys, "robustness", EUPHRATES, "--draws", "20", "--seed", "3")
    assert first == answer(capsys, "robustness", EUPHRATES, "--draws", "20", "--seed", "3")
    assert len(first["variants"]) == 14


def test_evolve_shows_the_ways_and_the_coalition_that_leaves_a_deadlock(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(capsys, "evolve", ELMIRA)
    assert "6 (NYNNY) E 1 in 1 move Town → 6 (NYNNY)" in text
    assert "Together Ministry, Firm can lead from 6 (NYNNY) to 9 (YNYNY), which all of them prefer." in text
    found = answer(capsys, "evolve", ELMIRA, "--from", "6")
    assert found["start"]["number"] == 6
    assert found["coalition_jumps"][0]["coalition"] == ["Ministry", "Firm"]


def test_compare_tells_what_changed_and_nothing_where_nothing_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(capsys, "compare", EUPHRATES, EUPHRATES) == "Nothing changed."
    after = tmp_path / "after.yaml"
    after.write_text(
        Path(EUPHRATES).read_text("utf-8").replace("  - escalate\n  - not attack", "  - not attack\n  - escalate")
    )
    text = shown(capsys, "compare", EUPHRATES, str(after))
    assert "Prefer otherwise than before: syria." in text
    assert answer(capsys, "compare", EUPHRATES, str(after))["preferences_changed"] == ["syria"]


# bargain


def test_bargain_warns_where_it_does_not_settle_and_shows_the_baselines(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["conflict", "bargain", CARS]) == 0
    told = capsys.readouterr()
    assert "No forecast: the medians ran from 7.000 to 9.962." in told.out
    assert "Without a model: weighted mean 7.390, weighted median 7.000." in told.out
    assert "it does not settle in 10 rounds" in told.err
    found = answer(capsys, "bargain", CARS)
    assert found["forecast"] is None
    assert found["warning"]
    assert [round(one["median"], 3) for one in found["rounds"]][:4] == [7.0, 8.416, 9.611, 9.962]


def test_a_forecast_is_kept_and_scored_when_the_outcome_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = str(tmp_path / "forecasts.json")
    settled = ("bargain", CARS, "--probability", "pair", "--keep", kept)
    assert "to be scored when the outcome is known" in shown(capsys, *settled, "--on", "1988-06-01")
    text = shown(capsys, *settled, "--outcome", "8.833")
    assert "outcome 8.833; error 1.833; weighted mean 1.443, weighted median 1.833" in text
    found = answer(capsys, *settled, "--outcome", "8.833")
    assert found["scores"]["all"]["scored"] == 1
    assert found["scores"]["issue"][0]["made"] == "1988-06-01"


def test_an_outcome_needs_a_record_with_a_forecast(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--keep" in said(capsys, "bargain", CARS, "--outcome", "8", code=2)
    kept = str(tmp_path / "forecasts.json")
    assert "there is no forecast on the issue" in said(
        capsys, "bargain", CARS, "--keep", kept, "--outcome", "8", code=1
    )
    assert not Path(kept).exists()


# what goes wrong


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("solve", "nowhere.yaml"), 1, "nowhere.yaml: cannot be read (No such file or directory)"),
        (("solve", EUPHRATES, "--explain", "7"), 2, "the states are numbered from 1 to 6"),
        (("solve", EUPHRATES, "--explain", "YYN"), 2, "is not feasible"),
        (("solve", EUPHRATES, "--explain", "maybe"), 2, "is no state"),
        (("solve", EUPHRATES, "--concept", "Luck"), 1, "there is no stability concept 'Luck'"),
        (("solve", EUPHRATES, "--unknown", "e"), 2, "none of a, b, c and d"),
        (("solve", EUPHRATES, "--strength", "big"), 2, "none of general, strong and weak"),
        (("solve", ELMIRA, "--coalition", "town,city"), 2, "no decision maker 'city'; there are ministry, firm, town"),
        (("solve", ELMIRA, "--coalitions", "some"), 2, "none of all, file and partition"),
        (("solve", ELMIRA, "--coalitions", "file"), 2, "the model has no `coalitions`"),
        (("solve", ELMIRA, "--coalitions", "all", "--coalition", "town"), 2, "not both"),
        (("solve", ELMIRA, "--attitudes"), 2, "has `attitudes`"),
        (("solve", ELMIRA, "--perceived"), 2, "has `overlooks` or `believes`"),
        (("solve", NEIGHBOURS, "--perceived", "--explain", "1"), 2, "without --explain, --html and --strength"),
        (("solve", NEIGHBOURS, "--attitudes", "--unknown", "a"), 2, "--unknown goes with coalitions only"),
        (("solve", CARS), 1, "there is no 'actors' here"),
        (("bargain", EUPHRATES), 1, "'actors' is missing"),
        (("bargain", CARS, "--choice", "any"), 2, "none of blended, least-change"),
        (("inverse", EUPHRATES, "2", "--concept", "L2"), 1, "inverse analysis knows"),
        (("evolve", EUPHRATES, "--from", "9"), 2, "there is no state 9"),
    ],
)
def test_mistakes_are_told_with_what_to_do(
    arguments: tuple[str, ...], code: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert message in said(capsys, *arguments, code=code)


def test_a_file_that_is_no_text_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    model = tmp_path / "model.yaml"
    model.write_bytes(b"title: \xff\xfe")
    assert "it is no text in UTF-8: byte 8" in said(capsys, "solve", str(model), code=1)


def test_stopped_while_it_works_a_command_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "study", stopped)
    page = tmp_path / "model.html"
    assert run(["conflict", "solve", EUPHRATES, "--html", str(page)]) == 130
    assert list(tmp_path.iterdir()) == []


def test_a_brief_takes_the_page_of_a_model_along(
    record: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    brief = tmp_path / "brief.html"
    assert run(["brief", "--record", record, "--model", EUPHRATES, "-o", str(brief)]) == 0
    assert f"Model: {tmp_path / 'brief-model.html'}" in capsys.readouterr().out
    assert '<a href="brief-model.html">' in brief.read_text("utf-8")
    assert "The Euphrates, 1975" in (tmp_path / "brief-model.html").read_text("utf-8")
