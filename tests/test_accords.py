"""Agreements and duties out of a table: the accord's own words are the passages, or it is an analyst's word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hand_stories import look
from peacetable.model import Agreement, Commitment
from peacetable.views.commands.app import run

HEAD = "agreement,kind,parties,date,status,by,action,to,due,condition,passage,source"
FIRST = "Ford Pact,ceasefire,Arland (state); River Front (armed_group),2021-02-03,signed"
LEAVE = "Art. 2. Arland shall withdraw its guns from the ford by 1 May 2021."
FREE = "Art. 3. The Front shall release all prisoners in June 2021, once the guns are gone."
ROWS = f"""{HEAD}
{FIRST},Arland,withdraw its guns from the ford,River Front,../2021-05-01,,"{LEAVE}",Gazette of Arland
Ford Pact,,,,,River Front,release all prisoners,,2021-06,guns are gone,"{FREE}",
Ford Pact,,,,,Arland,pay the millers,River Front,2021-07,,,
"""


@pytest.fixture
def target(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    (tmp_path / "pact.csv").write_text(ROWS, "utf-8")
    target = str(tmp_path / "record.db")
    assert run(["add", target, "--agreements", str(tmp_path / "pact.csv"), "--by", "Ada"]) == 0
    assert "2 agreements with 3 duties added" in capsys.readouterr().out
    return target


def test_duties_rest_on_the_accords_own_words(target: str) -> None:
    view = look(target)
    duties = [claim for claim in view.claims("commitments") if claim.report.source == "Gazette of Arland"]
    withdraw, release = (claim.finding for claim in duties)
    assert isinstance(withdraw, Commitment)
    assert isinstance(release, Commitment)
    assert withdraw.evidence.quote == LEAVE
    assert withdraw.action.quote == "withdraw its guns from the ford"
    assert withdraw.due
    assert release.condition
    assert (withdraw.due.edtf, release.condition.quote, withdraw.by) == ("../2021-05-01", "guns are gone", "Ada")
    party = view.party(duties[0].report.id, withdraw.to)
    assert party
    assert (party.name, party.kind) == ("River Front", "armed_group")


def test_they_stand_under_the_agreement(target: str) -> None:
    view = look(target)
    accord = next(claim.finding for claim in view.claims("agreements") if claim.report.source == "Gazette of Arland")
    assert isinstance(accord, Agreement)
    assert accord.date
    assert (accord.name.quote, accord.type, accord.status, accord.date.edtf) == (
        "Ford Pact", "ceasefire", "signed", "2021-02-03",
    )  # fmt: skip
    assert len(accord.parties) == 2
    assert all(getattr(claim.finding, "under", None) == 0 for claim in view.claims("commitments"))


def test_a_duty_without_a_passage_is_an_analysts_word(target: str) -> None:
    (claim,) = (each for each in look(target).claims("commitments") if each.report.source != "Gazette of Arland")
    assert claim.report.source == "Ada (analyst, no source)"
    assert claim.finding.evidence.quote == "Arland must pay the millers to River Front, due 2021-07."


def test_the_same_table_twice_is_once(target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", target, "--agreements", str(tmp_path / "pact.csv"), "--by", "Ada"]) == 0
    shown = capsys.readouterr()
    assert "0 agreements with 0 duties added" in shown.out
    assert "the record has this text already" in shown.err


def test_what_is_wrong_in_a_row_is_told_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = ROWS + 'Ford Pact,,,,,Arland,sing,,soon,,"Art. 9. Arland shall sing.",\n'
    (tmp_path / "pact.csv").write_text(bad, "utf-8")
    target = str(tmp_path / "record.db")
    assert run(["add", target, "--agreements", str(tmp_path / "pact.csv"), "--by", "Ada"]) == 1
    assert "line 5" in (shown := capsys.readouterr()).err
    assert "EDTF" in shown.err
    assert len(look(target).claims("commitments")) == 3


def test_the_calendar_and_the_table_of_duties_show_them(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["due", target, "--on", "2021-04-20", "--json"]) == 0
    assert [duty["action"] for duty in json.loads(capsys.readouterr().out)] == ["withdraw its guns from the ford"]


def test_a_table_without_a_column_for_the_agreement_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pact.csv").write_text("a,b\n1,2\n", "utf-8")
    assert run(["add", str(tmp_path / "x.db"), "--agreements", str(tmp_path / "pact.csv"), "--by", "Ada"]) == 1
    assert "it has no column 'agreement'" in capsys.readouterr().err
