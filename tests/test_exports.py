"""Files for other programs: commitments for a spreadsheet, deadlines for a calendar."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_reading, make_report
from fake_view import FakeView, actor, view_of
from peacetable import pipeline
from peacetable.ledger import Situation, View
from peacetable.views.exports.commitments_csv import COLUMNS, commitments_csv, safe
from peacetable.views.exports.deadlines_ics import deadlines_ics

TEXT = "Arland must leave the valley, the minister said. Talks follow. =1+1 is what it pays."


def pledge(due: str | None, **more: Any) -> dict[str, Any]:
    return {
        "by": "arland",
        "modality": "must",
        "action": {"quote": "leave the valley"},
        "due": due,
        "evidence": {"quote": "Arland must leave the valley, the minister said"},
        **more,
    }


def talks(day: str | None, status: str) -> dict[str, Any]:
    evidence = {"quote": "Talks follow"}
    return {
        "kind": "meeting", "date": day, "status": status, "place": "Lakeside", "participants": ["arland"],
        "evidence": evidence,
    }  # fmt: skip


def told(*pledges: dict[str, Any], meetings: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"actors": [actor("Arland")], "commitments": list(pledges), "talks": list(meetings)}


def stands(view: View) -> Situation:
    return pipeline.assess(view, on=date(2021, 3, 18))


def rows(view: View) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(commitments_csv(stands(view)).decode("utf-8"), newline="")))


def events(view: View) -> list[Any]:
    return icalendar.Calendar.from_ical(deadlines_ics(stands(view))).walk("VEVENT")


def test_a_row_tells_who_owes_what_by_when_and_where_it_says_so() -> None:
    (row,) = rows(view_of(("2021-03-12", TEXT, told(pledge("../2021-05")))))
    assert row["who"] == "Arland"
    assert (row["due"], row["due_earliest"], row["due_latest"]) == ("../2021-05", "", "2021-05-31")
    assert row["due_words"] == "by May 2021"
    assert (row["timing"], row["fulfilment"], row["headline"]) == ("pending", "unknown", "pending")
    assert (row["source"], row["published"]) == ("Wire A", "2021-03-12")
    assert row["evidence"] == "Arland must leave the valley, the minister said"


def test_lines_end_as_the_standard_says_and_a_table_without_rows_has_its_names() -> None:
    assert commitments_csv(stands(view_of())) == (",".join(COLUMNS) + "\r\n").encode()


def test_a_cell_that_a_spreadsheet_would_run_is_made_text() -> None:
    (row,) = rows(view_of(("2021-03-12", TEXT, told(pledge(None, action={"quote": "=1+1 is what it pays"})))))
    assert row["action"] == "'=1+1 is what it pays"


@settings(deadline=None, max_examples=60)
@given(text=st.text(max_size=20))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert safe(text).removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    ("due", "first", "end", "status"),
    [
        ("2021-05-01", date(2021, 5, 1), date(2021, 5, 2), "CONFIRMED"),
        ("../2021-05-01", date(2021, 5, 1), date(2021, 5, 2), "CONFIRMED"),
        ("../2021-05", date(2021, 5, 31), date(2021, 6, 1), "TENTATIVE"),
        ("2021-03-15/2021-03-21", date(2021, 3, 15), date(2021, 3, 22), "TENTATIVE"),
        ("2021-05-01~", date(2021, 5, 1), date(2021, 5, 2), "TENTATIVE"),
    ],
)
def test_a_deadline_is_an_all_day_event(due: str, first: date, end: date, status: str) -> None:
    (event,) = events(view_of(("2021-03-12", TEXT, told(pledge(due)))))
    assert (event["DTSTART"].dt, event["DTEND"].dt, event["STATUS"]) == (first, end, status)
    assert event["SUMMARY"] == "Due: Arland must “leave the valley”"


def test_an_event_carries_the_words_and_the_source() -> None:
    (event,) = events(view_of(("2021-03-12", TEXT, told(pledge("2021-05-01")))))
    assert "“Arland must leave the valley, the minister said”" in event["DESCRIPTION"]
    assert "Wire A, 12 March 2021" in event["DESCRIPTION"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,<p>", "file:///etc/hosts"])
def test_an_address_that_is_not_of_the_web_is_no_link_of_an_event(url: str) -> None:
    report = make_report(TEXT, url=url)
    (event,) = events(FakeView(make_reading(report, told(pledge("2021-05-01")))))
    assert "URL" not in event


def test_dates_that_never_end_and_no_dates_give_no_event() -> None:
    assert events(view_of(("2021-03-12", TEXT, told(pledge(None), pledge("2021-05/.."))))) == []


def test_reports_that_give_two_dates_make_it_tentative() -> None:
    view = view_of(
        ("2021-03-12", TEXT, told(pledge("../2021-05"))),
        ("2021-03-18", TEXT, told(pledge("2021-05-01"))),
        same={"commitments": [[("a", 0), ("b", 0)]]},
    )
    (event,) = events(view)
    assert (event["DTSTART"].dt, event["STATUS"]) == (date(2021, 5, 1), "TENTATIVE")


def test_planned_talks_are_in_it_and_held_ones_are_not() -> None:
    meetings = (talks("2021-04", "planned"), talks("2021-03-10", "held"), talks(None, "planned"))
    (event,) = events(view_of(("2021-03-12", TEXT, told(meetings=meetings))))
    assert event["SUMMARY"] == "Talks (planned): Arland, Lakeside"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2021, 4, 1), date(2021, 5, 1))


def test_the_file_is_a_function_of_the_record() -> None:
    view = view_of(("2021-03-12", TEXT, told(pledge("2021-05-01"), meetings=(talks("2021-04", "planned"),))))
    assert deadlines_ics(stands(view)) == deadlines_ics(stands(view))
    stamps = {event["DTSTAMP"].dt.date() for event in events(view)}
    assert stamps == {date(2021, 3, 12)}
    assert len({event["UID"] for event in events(view)}) == 2
