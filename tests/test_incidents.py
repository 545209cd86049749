"""Incidents: the marked sentences of cases/incidents.txt, and what a sentence cannot show."""

from __future__ import annotations

import pytest

import marked_events
from marked_events import Case
from peacetable.model import Count
from peacetable.reading.incidents import incidents


@pytest.mark.parametrize("given", marked_events.cases("incidents"), ids=str)
def test_a_marked_sentence_gives_the_incident_that_stands_behind_it(given: Case) -> None:
    marked_events.check(given, incidents)


def test_one_event_told_twice_is_one_incident() -> None:
    told = marked_events.case(
        "[Rebels/armed_group] attacked the market of Asmar on Monday, killing three people. "
        "Witnesses described the attack."
    )
    found = incidents(marked_events.analysis_of(told))
    assert [incident.killed for incident in found] == [Count(3, 3)]


def test_rival_tolls_of_two_days_are_two_incidents() -> None:
    told = marked_events.case(
        "Four people were killed at Asmar on Monday. On Tuesday, nine people were killed at Lodar."
    )
    found = incidents(marked_events.analysis_of(told))
    assert [incident.killed for incident in found] == [Count(4, 4), Count(9, 9)]


def test_every_incident_says_what_words_made_it() -> None:
    told = marked_events.case("[Rebels/armed_group] attacked the market of Asmar on Monday.")
    found = incidents(marked_events.analysis_of(told))
    assert found[0].cues[0].words == "attacked"


def test_a_report_without_events_has_no_incidents() -> None:
    told = marked_events.case("[The minister/person] opened a bridge and thanked the engineers.")
    assert incidents(marked_events.analysis_of(told)) == ()
