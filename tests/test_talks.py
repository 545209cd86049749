"""Talks: the marked sentences of cases/talks.txt, and what a sentence cannot show."""

from __future__ import annotations

import pytest

import marked_events
from marked_events import Case
from peacetable.reading.talks import talks


@pytest.mark.parametrize("given", marked_events.cases("talks"), ids=str)
def test_a_marked_sentence_gives_the_talks_that_stand_behind_it(given: Case) -> None:
    marked_events.check(given, talks)


def test_one_round_told_twice_is_one_finding_with_what_both_tell() -> None:
    told = marked_events.case(
        "[Karvenia/state] and [Lesk/state] met in Oslo on Monday. "
        "The meeting on Monday between [Karvenia] and [Lesk] was short."
    )
    found = talks(marked_events.analysis_of(told))
    assert [(talk.place, talk.date.edtf if talk.date else None) for talk in found] == [("Oslo", "2021-03-08")]


def test_talks_past_and_to_come_are_two() -> None:
    told = marked_events.case(
        "[Karvenia/state] and [Lesk/state] met in Oslo on Monday. [Karvenia] and [Lesk] will meet in Doha on 25 March."
    )
    assert [talk.status for talk in talks(marked_events.analysis_of(told))] == ["held", "planned"]


def test_sides_taken_from_the_rest_of_the_report_are_thin() -> None:
    told = marked_events.case(
        "The talks in Geneva were suspended on Monday. [The government/government] blamed [the Front]."
    )
    assert [talk.thin for talk in talks(marked_events.analysis_of(told))] == [True]
