"""Agreements: the marked sentences of cases/agreements.txt, and what a sentence cannot show."""

from __future__ import annotations

import pytest

import marked_events
from marked_events import Case
from peacetable.reading.agreements import agreements


@pytest.mark.parametrize("given", marked_events.cases("agreements"), ids=str)
def test_a_marked_sentence_gives_the_agreement_that_stands_behind_it(given: Case) -> None:
    marked_events.check(given, agreements)


def test_an_earlier_truce_is_another_agreement() -> None:
    told = marked_events.case(
        "[Karvenia/state] and [Lesk/state] signed a truce on Monday. "
        "A previous truce, signed in 2018 by [Karvenia] and [Lesk], collapsed."
    )
    found = agreements(marked_events.analysis_of(told))
    assert [agreement.date.edtf for agreement in found if agreement.date] == ["2021-03-08", "2018"]


def test_the_deal_points_at_the_accord_that_was_named() -> None:
    told = marked_events.case(
        "[Karvenia/state] and [Lesk/state] signed a peace accord in Oslo on Monday. "
        "The deal is fragile. The accord is short."
    )
    assert len(agreements(marked_events.analysis_of(told))) == 1


def test_parties_taken_from_the_rest_of_the_report_are_thin() -> None:
    told = marked_events.case("A truce was signed on Monday. [Karvenia/state] thanked [Lesk/state].")
    found = agreements(marked_events.analysis_of(told))
    assert [(agreement.parties, agreement.thin) for agreement in found] == [(("karvenia", "lesk"), True)]
