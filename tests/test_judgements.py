"""What the record joins, proposes and keeps apart, in small stories; and that nothing but the claims decides it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_reading, make_report
from peacetable.ledger import Judgement
from peacetable.model import Kind, Reading
from peacetable.record.snapshot import Snapshot
from peacetable.record.store import Store

ACTORS: list[dict[str, Any]] = [
    {"id": "usa", "name": "the United States", "kind": "state", "country": "USA", "aliases": ["Washington"]},
    {"id": "taliban", "name": "Taliban", "kind": "armed_group", "country": "AFG"},
    {"id": "kabul", "name": "Afghan government", "kind": "government", "country": "AFG"},
    {"id": "russia", "name": "Russia", "kind": "state", "country": "RUS", "aliases": ["Moscow", "the Kremlin"]},
    {"id": "china", "name": "China", "kind": "state", "country": "CHN"},
    {"id": "pakistan", "name": "Pakistan", "kind": "state", "country": "PAK"},
    {"id": "turkey", "name": "Turkey", "kind": "state", "country": "TUR"},
]

#: Two reports in our own words about March 2021: the accord is named in one and not in the other, the withdrawal is due
#: "by May" and on 1 May, the Moscow meeting is planned and then held, and another is offered in Turkey.
PLANNED = """Moscow will host talks between the Afghan government and the Taliban next week.
In the Doha Accord of 2020, signed with the Taliban, Washington undertook to bring its last soldiers home by May.
The Taliban promised in it that no terrorist would use Afghan soil.
Turkey offered to hold a conference of both in Istanbul in April."""
HELD = """Envoys of four powers spoke with Afghan politicians in the Russian capital, the host said on Thursday.
An agreement that the United States made with the Taliban last year has all foreign soldiers leave on 1 May.
Pakistan and China asked both sides to begin."""


def planned() -> Reading:
    lines = PLANNED.splitlines()
    duty = {"to": "taliban", "under": 0, "reported": "pending"}
    return make_reading(
        make_report(PLANNED, published="2021-03-12", name="planned", source="Northern Wire"),
        {
            "actors": ACTORS,
            "agreements": [
                {
                    "name": {"quote": "Doha Accord"}, "kind": "withdrawal", "parties": ["usa", "taliban"],
                    "date": "2020", "place": "Doha", "status": "signed", "evidence": {"quote": lines[1]},
                }
            ],
            "commitments": [
                {
                    "by": "usa", "modality": "must", "action": {"quote": "bring its last soldiers home"},
                    "due": "../2021-05", "evidence": {"quote": lines[1]}, **duty,
                },
                {
                    "by": "taliban", "modality": "must_not", "action": {"quote": "no terrorist would use Afghan soil"},
                    "under": 0, "evidence": {"quote": lines[2]},
                },
            ],
            "talks": [
                {
                    "kind": "negotiation", "participants": ["kabul", "taliban"], "hosts": ["russia"], "place": "Moscow",
                    "date": "2021-03-15/2021-03-21", "status": "planned", "evidence": {"quote": lines[0]},
                },
                {
                    "kind": "conference", "participants": ["kabul", "taliban"], "hosts": ["turkey"],
                    "place": "Istanbul", "date": "2021-04", "status": "proposed", "evidence": {"quote": lines[3]},
                },
            ],
        },
    )  # fmt: skip


def held() -> Reading:
    lines = HELD.splitlines()
    return make_reading(
        make_report(HELD, published="2021-03-18", name="held", source="Western Post"),
        {
            "actors": ACTORS,
            "agreements": [
                {
                    "name": {"quote": "An agreement that the United States made with the Taliban last year"},
                    "kind": "withdrawal", "parties": ["usa", "taliban"], "date": "2020", "status": "in_force",
                    "evidence": {"quote": lines[1]},
                }
            ],
            "commitments": [
                {
                    "by": "usa", "modality": "must", "action": {"quote": "all foreign soldiers leave"}, "to": "taliban",
                    "due": "2021-05-01", "under": 0, "reported": "pending", "evidence": {"quote": lines[1]},
                }
            ],
            "talks": [
                {
                    "kind": "conference", "participants": ["russia", "usa", "china", "pakistan"], "hosts": ["russia"],
                    "place": "the Russian capital", "status": "held", "evidence": {"quote": lines[0]},
                }
            ],
        },
    )  # fmt: skip


def view_of(*readings: Reading) -> Snapshot:
    with Store.open(":memory:") as store:
        for reading in readings:
            store.add(reading)
        return store.view()


def shape(view: Snapshot) -> dict[Kind, set[tuple[str, frozenset[str], frozenset[str]]]]:
    """Every entry with its members and what is proposed to it: what must not depend on the order."""
    kinds: tuple[Kind, ...] = ("agreements", "commitments", "talks", "incidents", "positions", "proposals")
    return {
        kind: {
            (
                entry.id,
                frozenset(claim.id for claim in entry.members),
                frozenset(f"{edge.left}{edge.right}{edge.score}" for edge in entry.proposed),
            )
            for entry in view.entries(kind)
        }
        for kind in kinds
    }


def test_an_accord_joins_with_its_unnamed_mention() -> None:
    (entry,) = view_of(planned(), held()).entries("agreements")
    assert [claim.report.name for claim in entry.members] == ["planned", "held"]
    (judgement,) = entry.joined
    assert judgement.verdict == "same"
    assert {"same_parties", "same_time", "same_sort"} <= {reason.code for reason in judgement.reasons}
    (words,) = [reason.get("words") for reason in judgement.reasons if reason.code == "same_words"]
    assert "Taliban" in words  # as the reports have it, for people to read


def test_a_duty_joins_and_the_narrower_date_is_a_refinement() -> None:
    view = view_of(planned(), held())
    entries = {len(entry.members): entry for entry in view.entries("commitments")}
    assert [claim.report.name for claim in entries[2].members] == ["planned", "held"]
    (dispute,) = [dispute for dispute in view.disputes() if dispute.about == "commitments"]
    assert (dispute.kind, dispute.field, dispute.proposed) == ("refinement", "due", False)
    assert [side.value for side in dispute.sides] == ["../2021-05", "2021-05-01"]


def test_a_planned_meeting_and_its_report_are_proposed_and_another_meeting_is_not() -> None:
    view = view_of(planned(), held())
    assert all(len(entry.members) == 1 for entry in view.entries("talks"))
    (proposed,) = {edge for entry in view.entries("talks") for edge in entry.proposed}
    at = {claim.place: claim for claim in view.claims("talks")}
    assert {at[proposed.left].finding.evidence.quote, at[proposed.right].finding.evidence.quote} == {
        PLANNED.splitlines()[0], HELD.splitlines()[0],
    }  # fmt: skip
    assert "same_place" in {reason.code for reason in proposed.reasons}


def test_either_order_and_twice_is_the_same_record() -> None:
    once = shape(view_of(planned(), held()))
    assert shape(view_of(held(), planned())) == once
    assert shape(view_of(held(), planned(), planned(), held())) == once


def test_as_of_takes_back_what_only_a_later_report_joins() -> None:
    from datetime import date

    with Store.open(":memory:") as store:
        store.add(planned())
        store.add(held())
        early = store.view(as_of=date(2021, 3, 13))
    assert [len(entry.members) for entry in early.entries("agreements")] == [1]
    assert list(early.disputes()) == []


# Small stories.

RIVER = {"id": "front", "name": "River Front", "kind": "armed_group", "country": "ARL"}
STATE = {"id": "state", "name": "the government", "kind": "government", "country": "ARL"}


def story(name: str, text: str, published: str = "2021-03-12", **findings: Any) -> Reading:
    """One report with findings whose evidence is the whole text unless they say otherwise."""
    for found in findings.values():
        for finding in found:
            finding.setdefault("evidence", {"quote": text})
    return make_reading(make_report(text, name=name, published=published), {"actors": [RIVER, STATE], **findings})


def attack(killed: list[int | None] | None = None, **more: Any) -> dict[str, Any]:
    base = {"kind": "attack", "by": ["front"], "place": "Orlik", "date": "2021-03-10", "status": "occurred"}
    return base | {"killed": killed} | more


def groups(view: Snapshot, kind: Kind) -> list[list[str]]:
    return sorted(sorted(claim.report.name for claim in entry.members) for entry in view.entries(kind))


def test_one_attack_with_two_tolls_is_one_incident() -> None:
    view = view_of(
        story("a", "Gunmen of the front killed nine in the market of Orlik.", incidents=[attack([9, 9])]),
        story("b", "Eleven died when the front raided Orlik market.", incidents=[attack([11, 11])]),
    )
    assert groups(view, "incidents") == [["a", "b"]]


def test_attacks_on_two_days_are_two() -> None:
    view = view_of(
        story("a", "Gunmen of the front killed nine in the market of Orlik.", incidents=[attack([9, 9])]),
        story("b", "The front raided Orlik market again.", incidents=[attack([2, 2], date="2021-03-24")]),
    )
    assert groups(view, "incidents") == [["a"], ["b"]]


def test_attacks_in_two_towns_on_one_day_are_two() -> None:
    view = view_of(
        story("a", "Gunmen of the front raided the market of Orlik.", incidents=[attack()]),
        story("b", "The front burned a school in Vardo.", incidents=[attack(place="Vardo")]),
    )
    assert groups(view, "incidents") == [["a"], ["b"]]


def talks(place: str, date: str | None, status: str) -> dict[str, Any]:
    return {"kind": "negotiation", "participants": ["front", "state"], "place": place, "date": date, "status": status}


def test_talks_that_were_planned_are_those_that_were_held() -> None:
    view = view_of(
        story("a", "The government and the front will talk in Orlik.", talks=[talks("Orlik", "2021-03-15", "planned")]),
        story("b", "Talks in Orlik ended.", "2021-03-16", talks=[talks("Orlik", "2021-03-15", "held")]),
    )
    assert groups(view, "talks") == [["a", "b"]]


def test_talks_that_were_put_off_and_held_later_are_one() -> None:
    view = view_of(
        story("a", "A round is due in Orlik.", talks=[talks("Orlik", "2021-03-15", "planned")]),
        story("b", "The round due in Orlik is off.", "2021-03-14", talks=[talks("Orlik", "2021-03-15", "suspended")]),
        story("c", "The round in Orlik opened at last.", "2021-03-23", talks=[talks("Orlik", "2021-03-22", "held")]),
    )
    assert groups(view, "talks") == [["a", "b", "c"]]


def test_two_duties_in_one_report_never_become_one() -> None:
    both = story(
        "a",
        "The government and the front must each leave the ford by May.",
        commitments=[
            {"by": who, "modality": "must", "action": {"quote": "leave the ford"}, "due": "../2021-05"}
            for who in ("state", "front")
        ],
    )
    joint = make_reading(
        make_report("Both sides are to leave the ford by May.", name="b"),
        {
            "actors": [RIVER, STATE, {"id": "both", "name": "Both sides", "kind": "unnamed"}],
            "commitments": [
                {
                    "by": "both", "modality": "must", "action": {"quote": "leave the ford"}, "due": "../2021-05",
                    "evidence": {"quote": "Both sides are to leave the ford by May."},
                }
            ],
        },
    )  # fmt: skip
    assert groups(view_of(both, joint), "commitments") == [["a"], ["a"], ["b"]]


def test_a_changed_position_is_another_one() -> None:
    def position(stance: str) -> list[dict[str, Any]]:
        return [{"actor": "front", "stance": stance, "issue": {"quote": "foreign observers at the ford"}}]

    view = view_of(
        story("a", "The front rejects foreign observers at the ford.", positions=position("rejects")),
        story("b", "The front again ruled out foreign observers at the ford.", positions=position("rejects")),
        story("c", "The front now accepts foreign observers at the ford.", positions=position("accepts")),
    )
    assert groups(view, "positions") == [["a", "b"], ["c"]]


def test_reports_on_two_conflicts_are_not_compared() -> None:
    league = {"id": "league", "name": "Hill League", "kind": "armed_group", "country": "BOR"}
    text = "The league rejects foreign observers at the ford."
    truce = {"kind": "ceasefire", "date": "2021"}
    elsewhere = make_reading(
        make_report(text, name="b"),
        {"actors": [league], "agreements": [{"name": {"quote": "the ford"}, "evidence": {"quote": text}, **truce}]},
    )
    here = story("a", "A truce holds at the ford.", agreements=[{"name": {"quote": "A truce"}, **truce}])
    assert groups(view_of(here, elsewhere), "agreements") == [["a"], ["b"]]


# What people say goes first.


@pytest.fixture
def two_tolls() -> list[Reading]:
    return [
        story("a", "Gunmen of the front killed nine in the market of Orlik.", incidents=[attack([9, 9])]),
        story("b", "Eleven died when the front raided Orlik market.", incidents=[attack([11, 11])]),
    ]


def test_a_persons_different_goes_before_the_machines_same_until_it_is_undone(two_tolls: list[Reading]) -> None:
    with Store.open(":memory:") as store:
        for reading in two_tolls:
            store.add(reading)
        left, right = (claim.place for claim in store.view().claims("incidents"))
        before = shape(store.view())
        number = store.judge(Judgement(left=left, right=right, verdict="different", score=1.0, author="Ada"))
        assert groups(store.view(), "incidents") == [["a"], ["b"]]
        assert all(not entry.proposed for entry in store.view().entries("incidents"))
        store.undo(number)
        assert shape(store.view()) == before


def test_a_persons_same_joins_what_the_machine_leaves_apart() -> None:
    with Store.open(":memory:") as store:
        store.add(story("a", "The front raided the market of Orlik.", incidents=[attack()]))
        store.add(story("b", "Houses burned in Vardo.", incidents=[attack(place="Vardo", date="2021-03-24")]))
        left, right = (claim.place for claim in store.view().claims("incidents"))
        store.judge(Judgement(left=left, right=right, verdict="same", score=1.0, author="Ada"))
        view = store.view()
    assert groups(view, "incidents") == [["a", "b"]]
    assert view.entries("incidents")[0].joined[0].author == "Ada"


def test_the_last_word_on_a_pair_counts(two_tolls: list[Reading]) -> None:
    with Store.open(":memory:") as store:
        for reading in two_tolls:
            store.add(reading)
        left, right = (claim.place for claim in store.view().claims("incidents"))
        store.judge(Judgement(left=left, right=right, verdict="same", score=1.0, author="Ada"))
        store.judge(Judgement(left=right, right=left, verdict="different", score=1.0, author="Ada"))
        assert groups(store.view(), "incidents") == [["a"], ["b"]]


# Nothing but the claims decides.


def test_entries_of_claims_at_one_place_have_ids_of_their_own() -> None:
    view = view_of(
        story(
            "a",
            "The front must leave the ford, and so must the government.",
            commitments=[
                {"by": who, "modality": "must", "action": {"quote": "leave the ford"}} for who in ("front", "state")
            ],
        )
    )
    assert len({entry.id for entry in view.entries("commitments")}) == 2


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_arrival_does_not_matter(order: Sequence[int]) -> None:
    readings = [
        planned(),
        held(),
        story("a", "Gunmen of the front killed nine in the market of Orlik.", incidents=[attack([9, 9])]),
        story("b", "Eleven died when the front raided Orlik market.", incidents=[attack([11, 11])]),
        story("c", "The front denies the raid on Orlik.", incidents=[attack(status="denied")]),
        story("d", "A round is due in Orlik on Monday.", talks=[talks("Orlik", "2021-03-15", "planned")]),
    ]
    assert shape(view_of(*(readings[number] for number in order))) == shape(view_of(*readings))
