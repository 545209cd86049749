"""Everything that has a date, in the order of time: accords, talks, incidents, and what is due."""

from __future__ import annotations

from datetime import date
from typing import Final

from peacetable.ledger import Claim, Entry, Moment, View
from peacetable.model import Agreement, Commitment, Incident, Kind, Talks, When
from peacetable.situation import narrowing

#: The kinds that stand on the timeline, in the order in which things of one day are shown.
DATED: Final[tuple[Kind, ...]] = ("agreements", "talks", "incidents", "commitments")


def timeline(view: View) -> tuple[Moment, ...]:
    """One moment for each thing that some report dates, by its earliest day, then by its latest.

    Of several dates of one thing the one gone by is the one that `narrowing.chosen` gives; the claim is the one that
    gives it.
    """
    moments = [moment for kind in DATED for entry in view.entries(kind) if (moment := _moment(entry))]
    return tuple(sorted(moments, key=_order))


def date_of(claim: Claim) -> When | None:
    """The date that a claim gives to the thing itself: when it was concluded, held, happened, or is due."""
    finding = claim.finding
    if isinstance(finding, Agreement | Talks | Incident):
        return finding.date
    return finding.due if isinstance(finding, Commitment) else None


def _moment(entry: Entry) -> Moment | None:
    dated = [(when, claim) for claim in entry.members if (when := date_of(claim))]
    place = narrowing.chosen([when for when, _ in dated])
    if place is None:
        return None
    when, claim = dated[place]
    return Moment(when=when, kind=entry.kind, claim=claim, entry=entry)


def _order(moment: Moment) -> tuple[date, date, int]:
    return (*narrowing.by_day(moment.when), DATED.index(moment.kind))
