"""Deadlines and planned talks as an iCalendar file: one all-day event each, with its quotation and source.

Nothing in it comes from the clock or from chance, so that the same record gives the same file, and a calendar that
takes it in a second time updates its events by their UIDs instead of doubling them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from peacetable.ledger import Claim, Entry, Situation
from peacetable.model import Commitment, Talks, When
from peacetable.views import oneliners, phrases

if TYPE_CHECKING:
    from icalendar import Event

#: Talks that are still to come.
AHEAD: Final = frozenset({"proposed", "planned"})
#: When an event was stamped where no report tells a day.
NEVER: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What goes into the calendar."""

    entry: Entry
    claim: Claim
    first: date
    last: date
    summary: str
    certain: bool


def deadlines_ics(situation: Situation) -> bytes:
    """The calendar.

    A deadline that is a day, or a limit ("by May"), stands on its last day; one that is a span stands on all of its
    days. It is CONFIRMED where it is known to the day and no report gives another one, else TENTATIVE.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("PRODID", "-//peacetable//deadlines//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add("X-WR-CALNAME", "Peacetable: deadlines")
    for deadline in sorted((*_duties(situation), *_talks(situation)), key=lambda each: (each.first, each.entry.id)):
        calendar.add_component(_event(deadline, situation))
    return bytes(calendar.to_ical())


def uid(entry: Entry) -> str:
    """An id that stays the same as long as the record believes the thing to be the same."""
    return f"{hashlib.sha256(f'{entry.kind} {entry.id}'.encode()).hexdigest()[:24]}@peacetable"


def _duties(situation: Situation) -> Iterator[Deadline]:
    for duty in situation.duties:
        finding = duty.claim.finding
        if not duty.due or not isinstance(finding, Commitment):
            continue
        days = _days(duty.due)
        if days is None:
            continue
        who = duty.actor.name if duty.actor else phrases.NOBODY
        certain = duty.due.latest is not None and _exact(duty.due) and len({when.edtf for when, _ in duty.dues}) == 1
        claim = next(claim for when, claim in duty.dues if when == duty.due)
        yield Deadline(duty.entry, claim, *days, f"Due: {who} {oneliners.obligation(finding)}", certain)


def _talks(situation: Situation) -> Iterator[Deadline]:
    for entry in situation.view.entries("talks"):
        claim, finding = entry.latest, entry.latest.finding
        if not isinstance(finding, Talks) or finding.status not in AHEAD or not finding.date:
            continue
        days = _days(finding.date)
        if days is None:
            continue
        who = oneliners.names(finding.participants, phrases.namer(situation.view, claim.report.id))
        summary = f"Talks ({phrases.said(finding.status)}): {who or phrases.said(finding.type)}"
        certain = finding.status == "planned" and _exact(finding.date)
        yield Deadline(entry, claim, *days, summary + (f", {finding.place}" if finding.place else ""), certain)


def _days(when: When) -> tuple[date, date] | None:
    """The first and last day of the event; None where a date never ends."""
    if when.latest is None:
        return None
    return when.earliest or when.latest, when.latest


def _exact(when: When) -> bool:
    """Is the day known: the day itself, or the day that is the limit?"""
    return when.day is not None or (when.earliest is None and When(when.edtf.partition("/")[2]).day is not None)


def _event(deadline: Deadline, situation: Situation) -> Event:
    from icalendar import Event

    claim, event = deadline.claim, Event()
    report = claim.report
    stamp = max((member.report.day for member in deadline.entry.members if member.report.day), default=NEVER)
    event.add("UID", uid(deadline.entry))
    event.add("DTSTAMP", datetime.combine(stamp, time(), UTC))
    event.add("DTSTART", deadline.first)
    event.add("DTEND", deadline.last + timedelta(days=1))
    event.add("SUMMARY", deadline.summary)
    event.add("DESCRIPTION", "\n".join(_description(deadline, situation)))
    event.add("STATUS", "CONFIRMED" if deadline.certain else "TENTATIVE")
    event.add("TRANSP", "TRANSPARENT")
    if report.url and report.url.lower().startswith(("http://", "https://")):  # a calendar makes a link of it
        event.add("URL", report.url)
    return event


def _description(deadline: Deadline, situation: Situation) -> Iterator[str]:
    claim, finding = deadline.claim, deadline.claim.finding
    when = finding.due if isinstance(finding, Commitment) else finding.date if isinstance(finding, Talks) else None
    yield f"{phrases.date_words(when)}{f' (“{when.words}”)' if when and when.words else ''}"
    yield oneliners.quoted(finding.evidence)
    yield phrases.says_who(claim, situation.view)
