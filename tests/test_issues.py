"""What parties negotiate about: issues by the words of findings, and as people file them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hand_stories import duty, look, make_record, shape, story
from peacetable.situation.issues import codes_of, issues, listed
from peacetable.views.commands.app import run


def wants(issue: str, stance: str = "demands") -> dict[str, Any]:
    return {"actor": "front", "stance": stance, "issue": {"quote": issue}}


def codes(tmp_path: Path, text: str, **findings: Any) -> tuple[str, ...]:
    view = look(make_record(tmp_path, story("a", text, **findings)))
    return codes_of(view.claims())


@pytest.mark.parametrize(
    ("issue", "code"),
    [
        ("a halt to the shelling, a truce", "ceasefire"),
        ("the withdrawal of all foreign troops", "withdrawal"),
        ("an interim government of both sides", "government"),
        ("the release of five hundred prisoners", "prisoners"),
        ("safe passage for aid convoys", "aid"),
        ("that fighters disarm within a month", "security"),
        ("an amnesty for its fighters", "justice"),
        ("a vote on autonomy for the valley", "autonomy"),
        ("the return of refugees", "displaced"),
        ("the lifting of sanctions", "sanctions"),
    ],
)
def test_an_issue_is_told_by_what_a_position_is_about(issue: str, code: str, tmp_path: Path) -> None:
    assert code in codes(tmp_path, f"The front demands {issue}.", positions=[wants(issue)])


def test_the_talks_are_no_issue_of_their_own_where_they_are_about_something(tmp_path: Path) -> None:
    issue = "talks on a truce"
    assert codes(tmp_path, f"The front demands {issue}.", positions=[wants(issue)]) == ("ceasefire",)


def test_what_has_no_words_of_any_issue_falls_under_none(tmp_path: Path) -> None:
    view = look(make_record(tmp_path, story("a", "The front demands a new mayor.", positions=[wants("a new mayor")])))
    assert [(issue.code, len(issue.entries)) for issue in issues(view)] == [("", 1)]


def test_the_passage_tells_where_the_action_does_not(tmp_path: Path) -> None:
    text = "Under the truce the government must do so by May."
    assert codes(tmp_path, text, commitments=[duty("do so")]) == ("ceasefire",)


def test_every_issue_of_the_list_is_named_once() -> None:
    names = [issue.name for issue in listed().values()]
    assert len(set(names)) == len(names)
    assert all(issue.words.pattern for issue in listed().values())


def test_a_person_files_a_thing_under_an_issue_and_takes_it_out_of_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, story("a", "The front demands a truce.", positions=[wants("a truce")]))
    before = shape(look(target))
    (entry,) = look(target).entries("positions")
    assert run(["file", target, entry.id, "The Ford Bridge", "--by", "Ada"]) == 0
    assert run(["file", target, entry.id[:6], "ceasefire and violence", "--not", "--by", "Ada"]) == 0
    assert [issue.code for issue in issues(look(target))] == ["The Ford Bridge"]
    capsys.readouterr()
    assert run(["issues", target, "--json"]) == 0
    (issue,) = json.loads(capsys.readouterr().out)
    assert (issue["name"], issue["pax"], len(issue["things"])) == ("The Ford Bridge", [], 1)
    run(["undo", target])
    run(["undo", target])
    assert shape(look(target)) == before


def test_the_table_of_issues_and_positions_by_issue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {"a": "a truce", "b": "an amnesty for all fighters", "c": "a new mayor"}
    stories = (story(name, f"The front demands {issue}.", positions=[wants(issue)]) for name, issue in texts.items())
    target = make_record(tmp_path, *stories)
    assert run(["issues", target]) == 0
    shown = capsys.readouterr().out
    assert "2 issues" in shown
    assert "(no issue)" in shown
    assert run(["positions", target, "--by-issue"]) == 0
    shown = capsys.readouterr().out
    assert shown.index("Ceasefire and violence") < shown.index("Justice, amnesty") < shown.index("Under no issue")
    assert run(["positions", target, "--issue", "justice", "--json"]) == 0
    assert [row["issue"] for row in json.loads(capsys.readouterr().out)] == ["an amnesty for all fighters"]


def test_an_incident_falls_under_no_issue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from hand_stories import attack

    target = make_record(tmp_path, story("a", "The front raided Orlik.", incidents=[attack()]))
    (entry,) = look(target).entries("incidents")
    assert run(["file", target, entry.id, "ceasefire"]) == 2
    assert "falls under no issue" in " ".join(capsys.readouterr().err.replace("│", " ").split())
