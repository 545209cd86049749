"""How a commitment stands on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_view import actor, view_of
from peacetable.ledger import Duty, View
from peacetable.model import When
from peacetable.situation import narrowing
from peacetable.situation.commitments import due, duties, fulfilment, headline, timing

BOTH = [[("a", 0), ("b", 0)]]


def told(due: str | None = None, **more: Any) -> dict[str, Any]:
    """Findings of a report that says: "Arland must leave the valley." """
    commitment = {
        "by": "arland",
        "modality": "must",
        "action": {"quote": "leave the valley"},
        "due": due,
        "evidence": {"quote": "Arland must leave the valley"},
        **more,
    }
    return {"actors": [actor("Arland")], "commitments": [commitment]}


TEXT = "Arland must leave the valley once the rains end."


def two(first: dict[str, Any], second: dict[str, Any]) -> View:
    return view_of(("2021-03-12", TEXT, first), ("2021-03-18", TEXT, second), same={"commitments": BOTH})


def only(view: View, on: str = "2021-03-18") -> Duty:
    (duty,) = duties(view, on=date.fromisoformat(on))
    return duty


@pytest.mark.parametrize(
    ("edtf", "on", "expected"),
    [
        ("2021-05-01", "2021-04-30", "pending"),
        ("2021-05-01", "2021-05-01", "due"),
        ("2021-05-01", "2021-05-02", "overdue"),
        ("2021-05", "2021-05-20", "due"),
        ("../2021-05", "2021-04-30", "pending"),
        ("../2021-05", "2021-05-20", "due"),
        ("../2021-05", "2021-06-01", "overdue"),
        ("2021-05/..", "2031-05-20", "due"),
    ],
)
def test_timing_is_what_the_calendar_says_about_the_window(edtf: str, on: str, expected: str) -> None:
    assert timing(When(edtf), date.fromisoformat(on)) == expected


def test_without_a_date_or_a_day_there_is_no_timing() -> None:
    assert timing(None, date(2021, 5, 1)) == "undated"
    assert timing(When("2021-05-01"), None) == "undated"


def test_silence_is_unknown_never_breached() -> None:
    duty = only(view_of(("2021-03-12", TEXT, told("2021-03-13"))), on="2021-06-01")
    assert (duty.timing, duty.fulfilment, duty.headline) == ("overdue", "unknown", "overdue")


def test_a_report_makes_it_met_and_that_goes_before_the_calendar() -> None:
    duty = only(two(told("2021-03-13"), told(reported="met")))
    assert (duty.fulfilment, duty.headline) == ("met", "met")
    assert [claim.report.name for claim in duty.evidence] == ["b"]


def test_reports_that_differ_on_fulfilment_are_disputed() -> None:
    assert only(two(told(reported="met"), told(reported="breached"))).headline == "disputed"


def test_pending_says_nothing_about_fulfilment() -> None:
    assert only(two(told(reported="pending"), told(reported="breached"))).fulfilment == "breached"


def test_partly_met_grows_into_met_only_in_a_later_report() -> None:
    assert only(two(told(reported="partly_met"), told(reported="met"))).fulfilment == "met"
    assert only(two(told(reported="met"), told(reported="partly_met"))).fulfilment == "disputed"


def test_the_narrower_of_two_dates_is_gone_by_and_both_are_kept() -> None:
    for first, second in (("../2021-05", "2021-05-01"), ("2021-05-01", "../2021-05")):
        duty = only(two(told(first), told(second)))
        assert duty.due == When("2021-05-01")
        assert [when.edtf for when, _ in duty.dues] == [first, second]


def test_of_dates_that_exclude_each_other_the_later_report_is_gone_by() -> None:
    duty = only(two(told("2021-05-01"), told("2021-09-11")))
    assert duty.due == When("2021-09-11")
    assert len(duty.dues) == 2


def test_a_condition_is_open_until_the_date_has_passed_and_then_unknown() -> None:
    condition = {"quote": "once the rains end"}
    view = view_of(("2021-03-12", TEXT, told("2021-05-01", condition=condition)))
    assert only(view).condition == "open"
    assert only(view, on="2021-05-02").condition == "unknown"
    assert only(view_of(("2021-03-12", TEXT, told()))).condition == "none"


def test_the_agreement_is_the_one_that_the_report_names() -> None:
    text = "Under the Valley Accord, Arland must leave the valley."
    accord = {"name": {"quote": "Valley Accord"}, "evidence": {"quote": "Valley Accord"}}
    duty = only(view_of(("2021-03-12", text, {**told(under=0), "agreements": [accord]})))
    assert duty.under is not None
    assert duty.under.finding.evidence.quote == "Valley Accord"


def test_deadlines_come_first_and_in_order_then_the_undated() -> None:
    view = view_of(
        ("2021-03-12", TEXT, told()),
        ("2021-03-13", TEXT, told("2021-06")),
        ("2021-03-14", TEXT, told("../2021-05")),
    )
    found = duties(view, on=date(2021, 3, 18))
    assert [duty.due.edtf if duty.due else None for duty in found] == ["../2021-05", "2021-06", None]


@pytest.mark.parametrize("edtf", ["../2021-05", "2021-05-01", "2021-05", "../2021-05-20"])
def test_a_date_in_the_next_days_brings_a_commitment_up(edtf: str) -> None:
    on = date(2021, 4, 20)
    found = duties(view_of(("2021-03-12", TEXT, told(edtf))), on=on)
    assert due(found, on=on, days=30) == found


@pytest.mark.parametrize("edtf", ["../2022-01", "2021-05-21", None])
def test_a_date_further_off_and_no_date_do_not(edtf: str | None) -> None:
    on = date(2021, 4, 20)
    assert due(duties(view_of(("2021-03-12", TEXT, told(edtf))), on=on), on=on, days=30) == ()


def test_what_is_past_its_date_stays_listed_until_a_report_says_that_it_was_met() -> None:
    on = date(2021, 6, 1)
    assert len(due(duties(two(told("2021-05-01"), told()), on=on), on=on, days=30)) == 1
    assert due(duties(two(told("2021-05-01"), told(reported="met")), on=on), on=on, days=30) == ()


def test_a_restraint_whose_time_is_over_is_not_late() -> None:
    on = date(2021, 6, 1)
    view = view_of(("2021-03-12", TEXT, told("../2021-05-01", modality="must_not")))
    assert due(duties(view, on=on), on=on, days=30) == ()


def test_the_headline_is_the_first_that_holds() -> None:
    assert headline("overdue", "disputed") == "disputed"
    assert headline("overdue", "partly_met") == "partly_met"
    assert headline("pending", "unknown") == "pending"
    assert headline("undated", "unknown") == "undated"


def test_no_claims_no_fulfilment() -> None:
    assert fulfilment(()) == ("unknown", ())


DAYS = st.dates(date(2020, 1, 1), date(2022, 12, 31))


@settings(deadline=None, max_examples=60)
@given(days=st.lists(DAYS, min_size=2, max_size=2), on=DAYS)
def test_overdue_starts_after_the_last_day_and_not_before(days: list[date], on: date) -> None:
    first, last = sorted(days)
    when = When(f"{first}/{last}")
    assert (timing(when, on) == "overdue") == (on > last)
    assert (timing(when, on) == "pending") == (on < first)
    assert narrowing.touches(when, on, 0) == (timing(when, on) == "due")


@settings(deadline=None, max_examples=60)
@given(spans=st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=5))
def test_the_date_gone_by_is_the_last_or_lies_within_it(spans: list[tuple[date, date]]) -> None:
    dates = [When(f"{min(span)}/{max(span)}") for span in spans]
    place = narrowing.chosen(dates)
    assert place is not None
    assert narrowing.within(dates[place], dates[-1])
