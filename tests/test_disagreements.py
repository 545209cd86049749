"""What reports differ on: all values stand, with who gives them; only what excludes each other is disputed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from factories import make_reading, make_report
from peacetable.ledger import Claim, Dispute, Entry, Party
from peacetable.model import Commitment, Kind, When
from peacetable.record.disagreements import disagreements
from peacetable.record.store import Store

TEXT = "Shots fell near the ford."
PARTIES = {
    "front": Party(id="f", name="River Front", kind="armed_group"),
    "army": Party(id="a", name="the army", kind="forces"),
    "gunmen": Party(id="g", name="gunmen", kind="unnamed"),
}


def claim(name: str, kind: Kind, finding: dict[str, Any], published: str) -> Claim:
    """A claim about one thing; all that is not told has a neutral value."""
    neutral: dict[str, dict[str, Any]] = {
        "incidents": {"kind": "attack", "status": "occurred"},
        "commitments": {"by": None, "modality": "must", "action": {"quote": "Shots fell"}},
        "talks": {"kind": "meeting", "status": "planned"},
        "agreements": {"name": {"quote": "the ford"}, "status": "signed"},
        "figures": {"value": 1},
    }
    actors = [{"id": each, "name": party.name, "kind": party.kind} for each, party in PARTIES.items()]
    data = {"actors": actors, kind: [{"evidence": {"quote": TEXT}, **neutral[kind], **finding}]}
    with Store.open(":memory:") as store:
        store.add(make_reading(make_report(TEXT, name=name, published=published, source=name), data))
        return store.view().claims(kind)[0]


def differ(kind: Kind, *findings: dict[str, Any]) -> list[tuple[str, str, list[str]]]:
    """What reports of one thing differ on, one a day: the field, the sort of difference, the sides."""
    days = [f"2021-03-{10 + number}" for number in range(len(findings))]
    claims = [
        claim(f"r{number}", kind, finding, published)
        for number, (finding, published) in enumerate(zip(findings, days, strict=True))
    ]
    entry = Entry(id="one", kind=kind, members=tuple(claims))
    found: list[Dispute] = list(disagreements([entry], lambda _report, actor: PARTIES.get(actor or "")))
    return [(dispute.field, dispute.kind, [side.value for side in dispute.sides]) for dispute in found]


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ("../2021-05", "2021-05-01", "refinement"),
        ("../2009-09-03", "../2009-08-31", "dispute"),
        ("../2017-10-30", "../2017-11-15", "dispute"),
        ("2021-09-01/2021-09-30", "../2021-10-01", "dispute"),
        ("2021-05", "../2021-05-15", "refinement"),
        ("2021", "2021-05-01", "refinement"),
    ],
)
def test_a_date_within_another_refines_it_and_one_beside_it_disputes_it(first: str, second: str, kind: str) -> None:
    assert differ("commitments", {"due": first}, {"due": second}) == [("due", kind, [first, second])]


def test_a_story_printed_again_on_another_day_does_not_dispute_its_own_friday() -> None:
    told = (("a", "2021-03-12", "2021-03-19"), ("b", "2021-03-13", "2021-03-20"))
    claims = []
    for name, day, due in told:
        one = claim(name, "commitments", {}, day)
        assert isinstance(one.finding, Commitment)
        claims.append(replace(one, finding=replace(one.finding, due=When(due, words="within a week"))))
    entry = Entry(id="one", kind="commitments", members=tuple(claims))
    reports = [one.report.id for one in claims]
    apart = list(disagreements([entry], lambda *_: None))
    together = list(disagreements([entry], lambda *_: None, origin_of=dict.fromkeys(reports, "one story")))
    assert [dispute.field for dispute in apart] == ["due"]
    assert together == []


def test_one_date_written_twice_is_no_difference() -> None:
    assert differ("commitments", {"due": "2021-05-01"}, {"due": "2021-05-01"}, {}) == []


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([9, None], [4, 4], ("dispute", ["at least 9", "4"])),
        ([20, 25], [32, 32], ("dispute", ["20 to 25", "32"])),
        ([27, None], [32, 32], ("refinement", ["at least 27", "32"])),
        ([None, 40], [32, 32], ("refinement", ["at most 40", "32"])),
    ],
)
def test_tolls_are_compared_as_ranges(
    first: list[int | None], second: list[int | None], expected: tuple[str, list[str]]
) -> None:
    assert differ("incidents", {"killed": first}, {"killed": second}) == [("killed", *expected)]


def test_all_sides_stand_and_none_is_an_average() -> None:
    found = differ("incidents", {"killed": [9, 9]}, {"killed": [4, 4]}, {"killed": [11, 11]}, {"killed": [9, 9]})
    assert found == [("killed", "dispute", ["9", "4", "11"])]


def test_who_did_it_is_disputed_between_named_parties_and_refined_by_a_name() -> None:
    assert differ("incidents", {"by": ["front"]}, {"by": ["army"]}) == [("by", "dispute", ["River Front", "the army"])]
    assert differ("incidents", {"by": ["gunmen"]}, {"by": ["army"]}) == [("by", "refinement", ["gunmen", "the army"])]


def test_a_denial_is_a_dispute_and_progress_is_none() -> None:
    assert differ("incidents", {"status": "occurred"}, {"status": "denied"})[0][:2] == ("status", "dispute")
    assert differ("incidents", {"status": "expected"}, {"status": "occurred"}) == []
    assert differ("talks", {"status": "planned"}, {"status": "held"}) == []
    assert differ("talks", {"status": "cancelled"}, {"status": "held"})[0][:2] == ("status", "dispute")


def test_fulfilment_is_disputed_when_reports_exclude_each_other() -> None:
    assert differ("commitments", {"reported": "met"}, {"reported": "breached"})[0][:2] == ("reported", "dispute")
    assert differ("commitments", {"reported": "pending"}, {"reported": "met"}) == []
    assert differ("commitments", {"reported": "partly_met"}, {"reported": "met"}) == []
    assert differ("commitments", {"reported": "met"}, {"reported": "partly_met"})[0][:2] == ("reported", "dispute")


def test_places_are_compared_by_what_they_are() -> None:
    assert differ("talks", {"place": "Moscow"}, {"place": "the Russian capital"}) == []
    assert differ("talks", {"place": "Moscow"}, {"place": "Istanbul"}) == [("place", "dispute", ["Moscow", "Istanbul"])]
    assert differ("talks", {"place": "Kabul"}, {"place": "Afghanistan"})[0][1] == "refinement"


def test_figures_of_one_thing_are_compared_with_their_vagueness() -> None:
    assert differ("figures", {"value": 18, "unit": "%"}, {"value": 46, "unit": "%"}) == [
        ("value", "dispute", ["18 %", "46 %"])
    ]
    about = {"value": 11000, "approximate": True}
    assert differ("figures", about, {"value": 10900})[0][1:] == ("refinement", ["about 11000", "10900"])
    assert differ("figures", about, {"value": 8000})[0][1] == "dispute"
