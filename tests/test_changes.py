"""What later reports add, move on or contradict."""

from __future__ import annotations

from datetime import date
from typing import Any

from fake_view import actor, view_of
from peacetable.ledger import Change, Dispute, Reason, Side, View
from peacetable.situation.changes import changes

TEXT = "Talks in Lakeside. Arland backs a truce and must leave the valley."


def talks(status: str, day: str | None = None) -> dict[str, Any]:
    evidence = {"quote": "Talks in Lakeside"}
    return {"talks": [{"kind": "meeting", "status": status, "date": day, "evidence": evidence}]}


def pledge(due: str | None, reported: str | None = None) -> dict[str, Any]:
    evidence = {"quote": "must leave the valley"}
    return {
        "commitments": [
            {"modality": "must", "action": {"quote": "leave"}, "due": due, "reported": reported, "evidence": evidence}
        ]
    }


def stance(value: str) -> dict[str, Any]:
    issue = {"quote": "a truce"}
    return {
        "actors": [actor("Arland")],
        "positions": [{"actor": "arland", "stance": value, "issue": issue, "evidence": issue}],
    }


def between(first: dict[str, Any], second: dict[str, Any], **more: Any) -> View:
    return view_of(("2021-03-12", TEXT, first), ("2021-03-18", TEXT, second), **more)


def only(found: tuple[Change, ...]) -> Reason:
    (change,) = found
    return change.reason


TALKS = {"same": {"talks": [[("a", 0), ("b", 0)]]}}
PLEDGE = {"same": {"commitments": [[("a", 0), ("b", 0)]]}}


def test_what_only_a_later_report_tells_is_new() -> None:
    reason = only(changes(between({}, talks("held"))))
    assert (reason.code, reason.get("kind"), reason.get("what")) == ("new", "talks", "Talks in Lakeside")


def test_what_the_first_report_tells_is_not() -> None:
    assert changes(between(talks("held"), {})) == ()


def test_planned_talks_that_were_held_moved_on() -> None:
    reason = only(changes(between(talks("planned"), talks("held"), **TALKS)))
    assert (reason.code, reason.get("before"), reason.get("after")) == ("stage", "planned", "held")


def test_a_later_report_that_looks_back_moves_nothing_on() -> None:
    assert changes(between(talks("held"), talks("planned"), **TALKS)) == ()
    assert only(changes(between(talks("held"), talks("suspended"), **TALKS))).code == "stage"


def test_a_proposed_join_says_maybe() -> None:
    found = changes(between(talks("planned"), talks("held"), proposed={"talks": [[("a", 0), ("b", 0)]]}))
    assert only(found).code == "maybe_stage"
    found = changes(between(talks("held"), talks("held"), proposed={"talks": [[("a", 0), ("b", 0)]]}))
    assert only(found).code == "maybe_new"


def test_a_date_that_no_longer_meets_the_earlier_one_moved() -> None:
    reason = only(changes(between(pledge("2021-05-01"), pledge("2021-09-11"), **PLEDGE)))
    assert (reason.code, reason.get("before"), reason.get("after")) == ("date_moved", "2021-05-01", "2021-09-11")


def test_a_date_told_more_exactly_is_refined_and_a_vaguer_one_is_no_change() -> None:
    assert only(changes(between(pledge("../2021-05"), pledge("2021-05-01"), **PLEDGE))).code == "date_refined"
    assert changes(between(pledge("2021-05-01"), pledge("../2021-05"), **PLEDGE)) == ()


def test_fulfilment_that_a_later_report_tells_is_a_change() -> None:
    reason = only(changes(between(pledge(None, "pending"), pledge(None, "met"), **PLEDGE)))
    assert (reason.code, reason.get("before"), reason.get("after")) == ("fulfilment", "pending", "met")


def test_another_stance_on_the_same_issue_is_a_change() -> None:
    reason = only(changes(between(stance("rejects"), stance("accepts"))))
    assert (reason.code, reason.get("who")) == ("stance", "Arland")
    assert changes(between(stance("accepts"), stance("accepts"))) == ()


def test_a_dispute_that_stands_only_since_the_later_report_comes_first() -> None:
    one, other = between(talks("held"), talks("held")).claims("talks")
    dispute = Dispute(entry="x", about="talks", field="place", sides=(Side("Lakeside", (one,)), Side("Hill", (other,))))
    found = changes(between(talks("planned"), talks("held"), disputes=[dispute], **TALKS))
    assert [change.reason.code for change in found] == ["contradiction", "stage"]
    assert found[0].reason.get("values") == "Lakeside / Hill"


def test_since_moves_the_line_between_before_and_after() -> None:
    assert changes(between({}, talks("held")), since=date(2021, 3, 18)) == ()


def test_a_report_of_unknown_day_is_never_announced_as_news() -> None:
    assert changes(view_of(("2021-03-12", TEXT, {}), ("", TEXT, talks("held")))) == ()


def test_one_day_of_publication_has_no_changes() -> None:
    assert changes(view_of(("2021-03-12", TEXT, talks("held")))) == ()
    assert changes(view_of()) == ()
