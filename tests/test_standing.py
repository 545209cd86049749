"""Which reports still stand behind what they said: later versions, notices, withdrawals, new readings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hand_stories import attack, duty, groups, look, make_record, shape, story, two_tolls
from peacetable import pipeline
from peacetable.model import Commitment, Reading, Report
from peacetable.views.commands.app import run

PAGE = "https://example.org/orlik"


def versions(second_url: str = f"{PAGE}?utm_source=x") -> tuple[Reading, Reading]:
    """Two versions of one page: the toll is revised, a claim is dropped."""
    first = "Gunmen of the front killed nine in the market of Orlik."
    extra = "A bridge burned."
    burned = attack(kind="other", by=[], evidence={"quote": extra}, place="Orlik bridge")
    return (
        story("early", f"{first} {extra}", url=PAGE, incidents=[attack(9, evidence={"quote": first}), burned]),
        story("late", "Gunmen of the front killed eleven in the market of Orlik.", "2021-03-14", url=second_url,
              incidents=[attack(11)]),
    )  # fmt: skip


def test_a_later_version_of_a_page_replaces_the_earlier_one_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *versions())
    view = look(target)
    (entry,) = view.entries("incidents")
    assert [claim.report.name for claim in entry.members] == ["late"]
    assert [claim.report.name for claim in entry.former] == ["early"]
    assert list(view.disputes()) == []
    assert len(view.reports()) == 2
    run(["incidents", target])
    shown = " ".join(capsys.readouterr().out.split())
    assert "formerly Example Wire, 12 March 2021 (replaced by the version of 14 March 2021)" in shown


def test_as_of_the_day_of_the_earlier_version_it_stands(tmp_path: Path) -> None:
    view = look(make_record(tmp_path, *versions()), as_of=date(2021, 3, 13))
    assert groups(view, "incidents") == [["early"], ["early"]]
    assert view.fallen() == {}


def test_the_order_in_which_versions_arrive_does_not_matter(tmp_path: Path) -> None:
    first, second = versions()
    (tmp_path / "other").mkdir()
    one, other = make_record(tmp_path, first, second), make_record(tmp_path / "other", second, first)
    assert shape(look(one)) == shape(look(other))


def test_two_pages_of_one_site_are_no_versions(tmp_path: Path) -> None:
    view = look(make_record(tmp_path, *versions(f"{PAGE}?id=2")))
    assert view.fallen() == {}


def test_the_front_page_of_a_site_has_no_versions(tmp_path: Path) -> None:
    readings = (story(name, f"Orlik, day {name}.", f"2021-03-1{name}", url="https://example.org/") for name in "12")
    assert look(make_record(tmp_path, *readings)).fallen() == {}


@pytest.mark.parametrize(
    "notice",
    [
        "This story has been withdrawn. It should not have been published.",
        "RETRACTION: what we told of Orlik was not so.",
        "We have retracted the article: its source was not there.",
        "Example Wire withdraws its report on Orlik.",
    ],
)
def test_an_outlet_takes_its_page_back(notice: str, tmp_path: Path) -> None:
    first, _ = versions()
    view = look(make_record(tmp_path, first, story("notice", notice, "2021-03-15", url=PAGE)))
    assert [reason.code for reason in view.fallen().values()] == ["taken_back"]
    assert view.entries("incidents") == ()


def test_an_outlet_takes_a_story_back_by_its_title_in_another_report(tmp_path: Path) -> None:
    first = story("a", "Nine died in Orlik.", title="Nine killed in Orlik market", incidents=[attack(9)])
    text = "Retraction: our story “Nine killed in Orlik market” was wrong."
    target = make_record(tmp_path, first, story("b", text, "2021-03-15"))
    assert list(look(target).fallen()) == [first.report.id]
    (tmp_path / "x").mkdir()
    other = story("b", text, "2021-03-15", source="Another Wire")
    assert look(make_record(tmp_path / "x", first, other)).fallen() == {}


@pytest.mark.parametrize(
    "text",
    ["The government withdrew its troops from Orlik.", "The front has withdrawn from the talks, a report said."],
)
def test_a_withdrawal_of_troops_is_no_notice(text: str, tmp_path: Path) -> None:
    first = story("a", "Nine died in Orlik.", incidents=[attack(9)], url=PAGE)
    view = look(make_record(tmp_path, first, story("b", text, "2021-03-12", url=PAGE)))
    assert view.fallen() == {}


# A person withdraws a report.


def test_a_report_is_withdrawn_and_what_rested_on_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "The government must open the road by 1 May."
    other = story("b", text, "2021-03-13", commitments=[duty("open the road", "2021-05-01")])
    first = story("a", text.replace("by 1 May", "in May"), commitments=[duty("open the road", "2021-05")])
    alone = {"kind": "meeting", "participants": ["state"], "status": "held"}
    third = story("c", "The government met the mayor.", talks=[alone])
    target = make_record(tmp_path, first, other, third)
    assert groups(look(target), "commitments") == [["a", "b"]]
    before = shape(look(target))
    assert run(["withdraw", target, "b", "--reason", "Made up", "--by", "Ada"]) == 0
    shown = capsys.readouterr().out
    assert "Withdrew b with 1 finding." in shown
    assert "1 other report still tell of this commitment" in shown
    assert "Reports no longer differ on due" in shown
    assert "Earlier 1 May 2021, not reported; now May 2021, not reported" in shown
    (left,) = look(target).claims("commitments")
    assert isinstance(left.finding, Commitment)
    assert run(["withdraw", target, "c", "--reason", "Made up too"]) == 0
    assert "No report tells any more of this round of talks" in capsys.readouterr().out
    assert run(["withdraw", target, "c", "--reason", "Again"]) == 2
    run(["undo", target])
    run(["undo", target])
    assert shape(look(target)) == before


# New readings.


class Newer:
    """An engine that finds another toll in every report that tells of Orlik."""

    name, version = "rules", "2"

    def read(self, reports: Iterable[Report], *, layers: Collection[str] = ()) -> Iterator[Reading]:
        for report in reports:
            made = story(
                report.name, report.text, by="rules/2", incidents=[attack(12)] if "Orlik" in report.text else []
            )
            yield Reading(report=report, actors=made.actors, findings=made.findings, engine="rules/2")


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "engine", lambda settings: Newer())


@pytest.mark.usefixtures("newer")
def test_a_new_reading_takes_the_place_of_the_older_one_and_says_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_tolls())
    assert run(["reread", target, "a"]) == 0
    shown = capsys.readouterr().out
    assert "a: 1 new, 1 gone" in shown
    assert "no longer: incident: Attack by River Front — 10 March 2021; Orlik; 9 dead" in shown
    assert "1 report read again, 1 of them changed" in shown
    assert run(["reread", target, "a"]) == 0
    assert "1 report read again, 0 of them changed" in capsys.readouterr().out
    tolls = {claim.report.name: getattr(claim.finding, "killed", None) for claim in look(target).claims("incidents")}
    assert {name: count.low for name, count in tolls.items() if count} == {"a": 12, "b": 11}


@pytest.mark.usefixtures("newer")
def test_a_persons_findings_are_not_read_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = story("a", "Nine died in Orlik.", by="Ada", incidents=[attack(9)])
    target = make_record(tmp_path, theirs)
    before = shape(look(target))
    assert run(["reread", target]) == 0
    assert "1 report not read again: the findings are a person's work" in capsys.readouterr().err
    assert shape(look(target)) == before


@pytest.mark.usefixtures("newer")
def test_an_earlier_revision_shows_what_was_read_then(tmp_path: Path) -> None:
    target = make_record(tmp_path, *two_tolls())
    before = shape(look(target, recorded_by=2))
    run(["reread", target])
    assert shape(look(target, recorded_by=2)) == before
    assert shape(look(target)) != before


# Grades, marks, choices.


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_report_is_graded_and_a_finding_may_have_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = make_record(tmp_path, *two_tolls())
    claim = next(claim for claim in look(target).claims() if claim.report.name == "a")
    assert run(["grade", target, "a", "--reliability", "B", "--credibility", "3"]) == 0
    assert run(["grade", target, claim.id[:8], "--credibility", "2"]) == 0
    capsys.readouterr()
    run(["incidents", target])
    assert "graded B2" in " ".join(capsys.readouterr().out.split())
    run(["grade", target, claim.id[:8], "--credibility", "none"])
    run(["grade", target, "a", "--reliability", "none"])
    capsys.readouterr()
    run(["incidents", target])
    assert "graded" not in capsys.readouterr().out


def test_what_is_marked_above_a_level_is_left_out_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_tolls())
    run(["grade", target, "b", "--tlp", "amber"])
    assert groups(look(target, marking="green"), "incidents") == [["a"]]
    assert groups(look(target, marking="amber"), "incidents") == [["a", "b"]]
    capsys.readouterr()
    assert run(["incidents", target, "--tlp", "green"]) == 0
    assert "1 report and 0 findings of other reports are marked for fewer eyes" in capsys.readouterr().err


def test_the_words_of_a_marked_finding_are_blotted_out_wherever_they_stand(tmp_path: Path) -> None:
    text = "The front raided Orlik. The mayor told us where he hides. The front burned a mill."
    first, second, third = (f"{part}." for part in text.rstrip(".").split(". "))
    raid, mill = (attack(evidence={"quote": quote}) for quote in (first, third))
    told = {"speaker": "state", "content": [{"quote": second}], "evidence": {"quote": second}}
    wide = {"speaker": "state", "content": [{"quote": f"{second} {third}"}], "evidence": {"quote": f"{second} {third}"}}
    target = make_record(tmp_path, story("a", text, incidents=[raid, mill], statements=[told, wide]))
    marked = next(claim for claim in look(target).claims("statements") if claim.finding.evidence.quote == second)
    run(["grade", target, marked.id, "--tlp", "red"])
    view = look(target, marking="amber")
    (report,) = view.reports()
    assert "mayor" not in report.text
    assert len(report.text) == len(text)
    assert [claim.finding.evidence.quote for claim in view.claims()] == [first, third]
    assert view.left_out == (0, 2)
    assert view.claims()[0].report is report


def test_a_value_is_chosen_with_a_reason_and_the_others_stay(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_tolls())
    before = shape(look(target))
    (entry,) = look(target).entries("incidents")
    assert run(["choose", target, entry.id[:6], "killed", "9", "--reason", "The hospital counted", "--by", "Ada"]) == 0
    (dispute,) = found(capsys, "disputes", target)
    assert [side["value"] for side in dispute["sides"]] == ["9", "11"]
    assert (dispute["chosen"]["value"], dispute["chosen"]["by"]) == ("9", "Ada")
    run(["disputes", target])
    assert "chosen by Ada: The hospital counted" in " ".join(capsys.readouterr().out.split())
    run(["undo", target])
    assert shape(look(target)) == before


def test_a_commitment_goes_by_the_date_that_was_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "The government must open the road by "
    target = make_record(
        tmp_path,
        story("a", f"{text}1 May.", commitments=[duty("open the road", "2021-05-01")]),
        story("b", f"{text}9 May.", "2021-03-13", commitments=[duty("open the road", "2021-05-09")]),
    )
    (entry,) = look(target).entries("commitments")
    assert found(capsys, "commitments", target)[0]["due"]["edtf"] == "2021-05-09"
    assert run(["choose", target, entry.id, "due", "1 May 2021", "--reason", "So says the accord"]) == 0
    assert found(capsys, "commitments", target)[0]["due"]["edtf"] == "2021-05-01"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["choose", "RECORD", "ENTRY", "killed", "12", "--reason", "x"], "no report gives '12'; they give 9; 11"),
        (["choose", "RECORD", "ENTRY", "due", "12", "--reason", "x"], "they do on killed"),
        (["choose", "RECORD", "ENTRY", "killed", "9", "--reason", " "], "say why"),
        (["grade", "RECORD", "a"], "say at least one of"),
        (["grade", "RECORD", "a", "--tlp", "blue"], "is no TLP level"),
        (["withdraw", "RECORD", "zz", "--reason", "x"], "'zz' is no report"),
    ],
)
def test_wrong_use_says_what_is_wrong(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_tolls())
    known = {"RECORD": target, "ENTRY": look(target).entries("incidents")[0].id}
    assert run([known.get(each, each) for each in arguments]) == 2
    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())
