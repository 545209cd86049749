"""What has a date, in the order of time."""

from __future__ import annotations

from typing import Any

from fake_view import view_of
from peacetable.situation.timeline import timeline

TEXT = "Talks were held. The Valley Accord was signed. Shells fell. Arland must leave."


def talks(date: str | None, status: str = "held") -> dict[str, Any]:
    return {"kind": "meeting", "date": date, "status": status, "evidence": {"quote": "Talks were held"}}


def test_things_stand_in_the_order_of_their_earliest_day() -> None:
    findings = {
        "talks": [talks("2021-03")],
        "agreements": [
            {"name": {"quote": "Valley Accord"}, "date": "2020", "evidence": {"quote": "Valley Accord was signed"}}
        ],
        "incidents": [{"kind": "shelling", "date": "2021-03-02", "evidence": {"quote": "Shells fell"}}],
        "commitments": [
            {
                "modality": "must",
                "action": {"quote": "leave"},
                "due": "../2021-05-01",
                "evidence": {"quote": "Arland must leave"},
            }
        ],
    }
    found = timeline(view_of(("2021-03-12", TEXT, findings)))
    assert [(moment.kind, moment.when.edtf) for moment in found] == [
        ("agreements", "2020"),
        ("talks", "2021-03"),
        ("incidents", "2021-03-02"),
        ("commitments", "../2021-05-01"),
    ]


def test_what_no_report_dates_is_not_on_it() -> None:
    assert timeline(view_of(("2021-03-12", TEXT, {"talks": [talks(None)]}))) == ()


def test_one_thing_is_one_moment_with_the_narrower_date() -> None:
    view = view_of(
        ("2021-03-12", TEXT, {"talks": [talks("2021-03-15/2021-03-21", "planned")]}),
        ("2021-03-18", TEXT, {"talks": [talks("2021-03-18")]}),
        same={"talks": [[("a", 0), ("b", 0)]]},
    )
    (moment,) = timeline(view)
    assert moment.when.edtf == "2021-03-18"
    assert moment.claim.report.name == "b"
    assert moment.entry is not None
    assert len(moment.entry.members) == 2
