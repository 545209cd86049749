"""The nouns: a reading cannot hold words that do not stand in its report."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_report
from peacetable.errors import DateError, EvidenceError
from peacetable.model import FINDINGS, KINDS, Actor, Commitment, Reading, Span, Statement, When

REPORT = make_report("The envoy said the talks would resume.")


def statement(span: Span) -> Statement:
    return Statement(evidence=span, speaker="envoy")


ENVOY = Actor(id="envoy", name="The envoy", kind="unnamed")


def test_a_reading_takes_findings_whose_words_stand_in_the_report() -> None:
    reading = Reading(report=REPORT, actors=(ENVOY,), findings=(statement(Span.of(REPORT.text, 0, 9)),))
    assert reading.of("statements")[0].evidence.quote == "The envoy"


@pytest.mark.parametrize(
    "span",
    [Span(0, 9, "The envoys"), Span(1, 10, "The envoy"), Span(-9, 0, "resume."), Span(3, 3, ""), Span(0, 999, "The")],
)
def test_a_reading_refuses_a_span_that_does_not_quote_the_report(span: Span) -> None:
    with pytest.raises(EvidenceError, match="statements"):
        Reading(report=REPORT, actors=(ENVOY,), findings=(statement(span),))


def test_replacing_the_findings_of_a_reading_is_checked_too() -> None:
    reading = Reading(report=REPORT, actors=(ENVOY,))
    with pytest.raises(EvidenceError):
        dataclasses.replace(reading, findings=(statement(Span(0, 5, "Nobody")),))


def test_a_finding_must_name_actors_of_its_reading() -> None:
    with pytest.raises(ValueError, match="no actor 'envoy'"):
        Reading(report=REPORT, findings=(statement(Span.of(REPORT.text, 0, 9)),))


def test_a_commitment_must_name_an_agreement_of_its_reading() -> None:
    duty = Commitment(
        evidence=Span.of(REPORT.text, 15, 38),
        actor="envoy",
        modality="must",
        action=Span.of(REPORT.text, 31, 37),
        under=0,
    )
    with pytest.raises(ValueError, match="no agreement number 0"):
        Reading(report=REPORT, actors=(ENVOY,), findings=(duty,))


def test_every_noun_is_frozen_and_slotted() -> None:
    for cls in (Span, When, Actor, Reading, *FINDINGS.values()):
        assert cls.__dataclass_params__.frozen, cls  # type: ignore[attr-defined]
        assert "__slots__" in vars(cls), cls


def test_there_are_nine_kinds_of_finding() -> None:
    assert tuple(FINDINGS) == KINDS
    assert len(KINDS) == 9


def test_a_date_that_is_not_edtf_is_refused_where_it_is_made() -> None:
    with pytest.raises(DateError, match="next week"):
        When("next week")


@given(st.text(min_size=1, max_size=60), st.data())
@settings(deadline=None, max_examples=60)
def test_the_span_of_a_text_always_quotes_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span.of(text, start, end)
    report = make_report(text)
    assert Reading(report=report, actors=(ENVOY,), findings=(statement(span),)).findings[0].evidence == span
