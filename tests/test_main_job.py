"""The main job, end to end, on the example reports: reports in, a record, and how things stand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from peacetable import Problem, Settings, Situation, View, assess, open_record, read, take_in
from peacetable.model import Agreement, Commitment, Incident, Kind, Proposal, Talks
from peacetable.pipeline import due

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def afghanistan() -> Iterator[Situation]:
    yield from situation_of("afghanistan-2021")


def situation_of(folder: str) -> Iterator[Situation]:
    settings = Settings()
    reports = [item.report for item in take_in([str(EXAMPLES / folder)], settings) if not isinstance(item, Problem)]
    with open_record(":memory:", settings, create=True) as record:
        for reading in read(reports, settings):
            record.add(reading)
        yield assess(record.view())


def named(view: View, report: str, *actors: str | None) -> set[str]:
    parties = (view.party(report, actor) for actor in actors)
    return {party.name for party in parties if party}


def claims(found: Situation, kind: Kind) -> list[tuple[str, object]]:
    return [(claim.report.id, claim.finding) for claim in found.view.claims(kind)]


def test_the_accord_stands_between_the_united_states_and_the_taliban(afghanistan: Situation) -> None:
    accords = [
        named(afghanistan.view, report, *finding.parties)
        for report, finding in claims(afghanistan, "agreements")
        if isinstance(finding, Agreement) and "Doha" in finding.name.quote
    ]
    assert accords == [{"United States", "Taliban"}]


def test_the_withdrawal_is_one_duty_told_by_may_and_on_the_first_of_may(afghanistan: Situation) -> None:
    (duty,) = (
        duty for duty in afghanistan.duties if {when.edtf for when, _ in duty.dues} == {"../2021-05", "2021-05-01"}
    )
    assert duty.actor is not None
    assert duty.actor.name == "United States"
    assert (duty.due and duty.due.edtf, duty.headline) == ("2021-05-01", "pending")


def test_two_dates_of_which_one_lies_within_the_other_are_a_refinement(afghanistan: Situation) -> None:
    kinds = {dispute.kind for dispute in afghanistan.disputes if dispute.field == "due"}
    assert kinds == {"refinement"}


def test_the_withdrawal_is_due_within_thirty_days_of_20_april(afghanistan: Situation) -> None:
    words = [duty.claim.finding.evidence.quote for duty in due(afghanistan, on=date(2021, 4, 20), days=30)]
    assert any("all foreign troops will leave" in quote for quote in words)


def test_the_taliban_must_not_let_afghan_soil_be_used(afghanistan: Situation) -> None:
    duties = [finding for _, finding in claims(afghanistan, "commitments") if isinstance(finding, Commitment)]
    assert any(duty.modality == "must_not" and "Afghan soil" in duty.action.quote for duty in duties)


def test_talks_are_planned_in_one_report_and_held_in_the_other(afghanistan: Situation) -> None:
    talks = [finding for _, finding in claims(afghanistan, "talks") if isinstance(finding, Talks)]
    assert {"planned", "held", "stalled", "proposed"} <= {one.status for one in talks}


def test_the_reduction_in_violence_is_put_forward_by_washington(afghanistan: Situation) -> None:
    proposals = [finding for _, finding in claims(afghanistan, "proposals") if isinstance(finding, Proposal)]
    assert any("90-day reduction" in proposal.content.quote for proposal in proposals)


def test_the_helicopter_is_one_incident_with_nine_dead_in_two_reports(afghanistan: Situation) -> None:
    (entry,) = (
        entry
        for entry in afghanistan.view.entries("incidents")
        if any(isinstance(m.finding, Incident) and m.finding.type == "aircraft_shot_down" for m in entry.members)
    )
    assert len({member.report.id for member in entry.members}) == 2
    assert {m.finding.killed.low for m in entry.members if isinstance(m.finding, Incident) and m.finding.killed} == {9}


def test_a_relayed_quotation_keeps_its_relay(afghanistan: Situation) -> None:
    relays = {
        name
        for claim in afghanistan.view.claims("statements")
        for name in named(afghanistan.view, claim.report.id, getattr(claim.finding, "relayed_by", None))
    }
    assert any("Anadolu" in name for name in relays)


def test_an_earlier_day_knows_nothing_of_later_reports() -> None:
    settings = Settings()
    taken = take_in([str(EXAMPLES / "afghanistan-2021")], settings)
    reports = [item.report for item in taken if not isinstance(item, Problem)]
    with open_record(":memory:", settings, create=True) as record:
        for reading in read(reports, settings):
            record.add(reading)
        view = record.view(as_of=date(2021, 3, 13))
        assert [report.day for report in view.reports()] == [date(2021, 3, 12)]
        assert {claim.report.day for claim in view.claims()} == {date(2021, 3, 12)}


@pytest.mark.parametrize("folder", ["yemen-2022", "philippines-2014"])
def test_the_other_examples_give_agreements_and_duties(folder: str) -> None:
    for found in situation_of(folder):
        assert found.view.entries("agreements")
        assert found.duties
        assert not found.view.problems()
