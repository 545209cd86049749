"""What a person accepts, refuses, corrects, adds and notes: it goes before the machine, outlives it, and comes back."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hand_stories import attack, duty, look, make_record, shape, story, two_tolls, typed
from peacetable.ledger import reviewed
from peacetable.model import Commitment, Count, Finding, Incident, Reading
from peacetable.record.store import Store
from peacetable.views.commands.app import run

TEXT = "The government must open the road to Orlik by 1 May if the front agrees."


def promised(by: str = "rules/1", due: str | None = "2021-05-01", **more: Any) -> Reading:
    evidence = {"quote": "The government must open the road to Orlik by 1 May"}
    return story("a", TEXT, by=by, commitments=[duty("open the road", due, evidence=evidence, **more)])


@pytest.fixture
def target(tmp_path: Path) -> str:
    return make_record(tmp_path, promised())


def only(target: str, kind: Any = "commitments") -> Finding:
    (claim,) = look(target).claims(kind)
    return claim.finding


def reread(target: str, reading: Reading) -> None:
    with Store.open(target) as store:
        store.reread(reading)


def edit(sheet: Path, change: Callable[[list[dict[str, str]]], None]) -> None:
    """Change a table as a person with a spreadsheet does."""
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


# In the terminal.


def test_a_finding_is_shown_with_its_passage_and_accepted(
    target: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "accept")
    assert run(["review", target, "--by", "Ada"]) == 0
    shown = capsys.readouterr().out
    assert "[The government must open the road to Orlik by 1 May] if the front agrees." in shown
    assert "1 accepted; 0 findings not reviewed" in shown
    (claim,) = look(target).claims()
    review = reviewed(claim)
    assert review
    assert (review.what, review.author) == ("accept", "Ada")
    assert review.time.startswith("20")


def test_what_is_refused_is_seen_no_more_until_it_is_taken_back(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shape(look(target))
    typed(monkeypatch, "refuse")
    run(["review", target])
    assert look(target).claims() == ()
    run(["undo", target])
    assert shape(look(target)) == before


def test_a_field_is_corrected(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "correct", "due = ../2021-05-01", "condition = the front agrees", "", "quit")
    run(["review", target, "--by", "Ada"])
    found = only(target)
    assert isinstance(found, Commitment)
    assert found.due
    assert found.condition
    assert (found.due.edtf, found.condition.quote, found.by) == ("../2021-05-01", "the front agrees", "Ada")
    assert found.action.quote == "open the road"


def test_the_evidence_is_corrected_and_what_was_judged_stays_attached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = make_record(tmp_path, *two_tolls())
    (entry,) = look(target).entries("incidents")
    run(["split", target, entry.id, "b", "--by", "Ada"])
    typed(monkeypatch, "c", "evidence = Eleven died when the front raided Orlik", "", "quit")
    run(["review", target, "--report", "b", "--by", "Ada"])
    assert len(look(target).entries("incidents")) == 2
    (claim,) = (each for each in look(target).claims("incidents") if each.report.name == "b")
    assert claim.finding.evidence.quote == "Eleven died when the front raided Orlik"


def test_what_is_wrong_in_a_correction_is_said_and_asked_again(
    target: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(
        monkeypatch,
        "correct",
        "due = soon",
        "action = close the road",
        "stance = x",
        "by = Nobody",
        "modality = may",
        "",
    )
    run(["review", target])
    shown = capsys.readouterr().out
    assert "is no EDTF date" in shown
    assert "found 'close the road', expected words of a, to the letter" in shown
    assert "found 'stance', expected one of" in shown
    assert "found 'Nobody', expected an actor of the record, or a new one with its kind" in shown
    found = only(target)
    assert isinstance(found, Commitment)
    assert found.modality == "may"


def test_giving_up_a_correction_changes_nothing(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shape(look(target))
    typed(monkeypatch, "correct", "modality = may", ".", "quit")
    run(["review", target])
    assert shape(look(target)) == before


def test_a_new_actor_is_named_with_its_kind(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "correct", "to = Orlik Council (organisation)", "")
    run(["review", target])
    view = look(target)
    (claim,) = view.claims("commitments")
    assert isinstance(claim.finding, Commitment)
    party = view.party(claim.report.id, claim.finding.to)
    assert party
    assert (party.name, party.kind) == ("Orlik Council", "organisation")


def test_a_note_is_kept_with_the_finding(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "note", "Which road?", "later")
    run(["review", target, "--by", "Ada"])
    (claim,) = look(target).claims()
    assert [(act.what, act.author, act.fields["note"]) for act in claim.acts] == [("note", "Ada", "Which road?")]
    assert reviewed(claim) is None


def test_what_was_not_found_is_added(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "more", "positions", "if the front agrees", "actor = River Front", "stance = conditional", "")
    run(["review", target, "--by", "Ada"])
    (claim,) = look(target).claims("positions")
    assert (claim.finding.evidence.quote, claim.finding.by) == ("if the front agrees", "Ada")
    run(["undo", target])
    assert look(target).claims("positions") == ()


def test_what_an_analyst_knows_without_a_source_says_so(target: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = "The front told us that it will wait until June."
    fields = ("modality = must", "action = wait until June", "by = River Front", "due = ../2021-06")
    typed(monkeypatch, "more", "commitments", "", words, *fields, "")
    run(["review", target, "--by", "Ada"])
    (claim,) = (each for each in look(target).claims("commitments") if each.report.name != "a")
    assert claim.report.source == "Ada (analyst, no source)"
    assert claim.report.text == words


def test_the_last_decision_is_taken_back_in_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = make_record(tmp_path, *two_tolls())
    before = shape(look(target))
    typed(monkeypatch, "undo", "refuse", "undo", "quit")
    run(["review", target])
    assert shape(look(target)) == before


# After a new reading.


def test_what_was_accepted_stays_when_a_new_engine_finds_it_no_longer(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "accept")
    run(["review", target])
    before = only(target)
    reread(target, story("a", TEXT, by="rules/2"))
    assert only(target) == before


def test_what_was_refused_stays_refused_though_a_new_engine_reads_it_otherwise(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "refuse")
    run(["review", target])
    reread(target, promised("rules/2", due=None))
    assert look(target).claims() == ()


def test_what_was_corrected_stays_though_a_new_engine_reads_a_little_more(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, "correct", "due = ../2021-05-01", "")
    run(["review", target, "--by", "Ada"])
    more = story("a", TEXT, by="rules/2", commitments=[duty("open the road", "2021-05")])
    reread(target, more)
    found = only(target)
    assert isinstance(found, Commitment)
    assert found.due
    assert (found.due.edtf, found.by) == ("../2021-05-01", "Ada")


def test_of_two_claims_at_one_place_only_the_refused_one_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The government and the front must both leave the ford."
    both = [duty("leave the ford"), duty("leave the ford", by="front")]
    target = make_record(tmp_path, story("a", text, commitments=[dict(each) for each in both]))
    typed(monkeypatch, "refuse", "quit")
    run(["review", target])
    reread(target, story("a", text, by="rules/2", commitments=[{**each, "due": "2021-05"} for each in both]))
    found = only(target)
    assert isinstance(found, Commitment)
    assert (found.actor, found.due is not None) == ("front", True)


def test_a_corrected_agreement_still_holds_its_commitment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "The Ford Pact has the government open the road."
    accord = {"name": {"quote": "Ford Pact"}, "kind": "other", "status": "signed"}
    reading = story("a", text, agreements=[accord], commitments=[duty("open the road", under=0)])
    target = make_record(tmp_path, reading)
    typed(monkeypatch, "correct", "kind = framework", "")
    run(["review", target, "--kind", "agreements"])
    typed(monkeypatch, "accept")
    run(["review", target, "--kind", "commitments"])
    commitment, agreement = only(target), only(target, "agreements")
    assert isinstance(commitment, Commitment)
    assert (commitment.under, getattr(agreement, "type", None)) == (0, "framework")


# By a table.


def test_a_table_that_nobody_touched_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = make_record(tmp_path, *two_tolls())
    sheet = tmp_path / "findings.csv"
    run(["review", target, "--out", str(sheet)])
    assert run(["review", target, "--in", str(sheet)]) == 0
    assert "Nothing decided" in capsys.readouterr().out


def test_many_findings_are_reviewed_by_a_table_and_taken_back_as_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_tolls(), promised())
    before = shape(look(target))
    sheet = tmp_path / "findings.csv"
    run(["review", target, "--out", str(sheet)])

    def fill(rows: list[dict[str, str]]) -> None:
        by_kind = {(row["report"], row["finding"], row["killed"]): row for row in rows}
        by_kind["a", "incidents", "9"] |= {"killed": "9..", "note": "At least, said the mayor"}
        by_kind["b", "incidents", "11"]["verdict"] = "accept"
        by_kind["a", "commitments", ""]["verdict"] = "refuse"
        empty = dict.fromkeys(rows[0], "")
        rows.append(empty | {"verdict": "add", "finding": "position", "report": "b", "actor": "the front",
                             "stance": "rejects", "evidence": "the front raided Orlik market"})  # fmt: skip
        rows.append(empty | {"verdict": "perhaps", "finding": "talks"})
        rows.append(empty | {"verdict": "add", "finding": "wish"})
        rows.append(empty | {"verdict": "accept", "claim": "nothing", "finding": "talks"})

    edit(sheet, fill)
    capsys.readouterr()
    assert run(["review", target, "--in", str(sheet), "--by", "Ada"]) == 1
    shown = capsys.readouterr()
    assert "1 noted, 1 corrected, 1 refused, 1 accepted, 1 added" in shown.out
    assert "'perhaps' is no verdict" in shown.err
    assert "'wish' is no kind of finding" in shown.err
    assert "no such claim" in shown.err
    view = look(target)
    assert {claim.kind for claim in view.claims()} == {"incidents", "positions"}
    tolls = {c.report.name: c.finding.killed for c in view.claims("incidents") if isinstance(c.finding, Incident)}
    assert tolls == {"a": Count(9, None), "b": Count(11, 11)}
    assert run(["undo", target]) == 0
    assert shape(look(target)) == before


def test_a_cell_that_a_spreadsheet_would_run_comes_back_as_it_was(tmp_path: Path) -> None:
    text = "=The front= raided Orlik."
    target = make_record(tmp_path, story("a", text, incidents=[attack()]))
    sheet = tmp_path / "findings.csv"
    run(["review", target, "--out", str(sheet)])
    assert "'=The front=" in sheet.read_text("utf-8")
    edit(sheet, lambda rows: rows[0].update(verdict="accept"))
    run(["review", target, "--in", str(sheet)])
    assert only(target, "incidents").evidence.quote == text


# What it is good for.


def test_views_can_be_limited_to_what_was_reviewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_tolls())
    typed(monkeypatch, "accept", "quit")
    run(["review", target, "--report", "b", "--by", "Ada"])
    capsys.readouterr()
    run(["incidents", target, "--reviewed", "--json"])
    (entry,) = json.loads(capsys.readouterr().out)
    assert [claim["report"]["name"] for claim in entry["claims"]] == ["b"]
    assert entry["claims"][0]["acts"][0]["by"] == "Ada"
    run(["incidents", target])
    assert "accepted by Ada" in " ".join(capsys.readouterr().out.split())


def test_the_engine_is_measured_against_the_reviews(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    third = story("c", "The front raided Vardo and took two hostages there.", incidents=[attack(place="Vardo")])
    target = make_record(tmp_path, *two_tolls(), third)
    typed(monkeypatch, "accept", "correct", "killed = 12", "place = Orlik market", "", "refuse")
    run(["review", target, "--by", "Ada"])
    capsys.readouterr()
    run(["review", target, "--measure", "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {
        "kind": "incidents", "engine": "rules/1", "accepted": 1, "corrected": 1, "refused": 1, "added": 0,
        "precision": 0.333, "fields": {"place": 1, "killed": 1},
    }  # fmt: skip
    run(["review", target, "--measure"])
    assert "0.33" in capsys.readouterr().out


def test_an_engine_that_is_corrected_back_to_what_it_found_was_right(
    target: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, "correct", "modality = may", "")
    run(["review", target])
    typed(monkeypatch, "correct", "modality = must", "")
    run(["review", target, "--again"])
    capsys.readouterr()
    run(["review", target, "--measure", "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["accepted"], row["corrected"]) == (1, 0)
