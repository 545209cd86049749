"""How each commitment stands on a day: timing, fulfilment and condition, each with its claims, and one headline word.

Three things are kept apart because they answer three questions: what the calendar says, what a report says was done,
and whether what it hangs on has come about. Silence answers none of them: a date that has passed makes a commitment
overdue, and only a report makes it met or breached.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, get_args

from peacetable.ledger import Claim, Conditionality, Duty, Entry, Headline, Performance, Timing, View, choice
from peacetable.model import Commitment, When
from peacetable.situation import narrowing

#: What a report may say of the fulfilment; "pending" tells that nothing was due, not how it went.
TOLD: Final = frozenset({"met", "partly_met", "breached", "disputed"})


def duties(view: View, *, on: date | None) -> tuple[Duty, ...]:
    """Every commitment of a view as it stands on a day.

    Args:
        view: what the record shows.
        on: the day; None where no report tells its day, and then the timing is "undated".

    Returns:
        Those with a date first, the earliest deadline first; then the undated, in the order of publication.
    """
    agreements = {(claim.report.id, claim.index): claim for claim in view.claims("agreements")}
    found = [_duty(entry, view, agreements, on) for entry in view.entries("commitments")]
    dated = sorted((duty for duty in found if duty.due), key=_deadline)
    return (*dated, *(duty for duty in found if not duty.due))


def due(duties: Iterable[Duty], *, on: date, days: int) -> tuple[Duty, ...]:
    """The commitments to act on: due within so many days, or past their date without a report of how it went.

    A commitment counts by every date that a report gives it, so that "by May" and "1 May" both bring it up. What was
    reported met is left out, and so is what only may be done or must not be done, once its time is over.
    """
    chosen = []
    for duty in duties:
        if duty.fulfilment == "met":
            continue
        past = duty.timing == "overdue" and commitment(duty.claim).modality == "must"
        if past or any(narrowing.touches(when, on, days) for when, _ in duty.dues):
            chosen.append(duty)
    return tuple(chosen)


def commitment(claim: Claim) -> Commitment:
    """The commitment that a claim makes."""
    finding = claim.finding
    if not isinstance(finding, Commitment):
        raise TypeError(f"a claim of kind {claim.kind} is no commitment")
    return finding


def timing(when: When | None, on: date | None) -> Timing:
    """What the calendar says: overdue starts after the last day that the date may mean."""
    if when is None or on is None:
        return "undated"
    first, last = narrowing.window(when)
    if last and on > last:
        return "overdue"
    return "pending" if first and on < first else "due"


def fulfilment(members: Sequence[Claim]) -> tuple[Performance, tuple[Claim, ...]]:
    """What reports say was done, with the claims that say it.

    Values that differ are disputed, except that "partly met" may grow into "met" in a later report, and that a person
    may have chosen one.
    """
    telling = tuple(claim for claim in members if commitment(claim).reported in TOLD)
    made = [(act.revision, claim) for claim in telling if (act := choice(claim, "reported"))]
    if made:
        telling = (max(made, key=lambda found: found[0])[1],)
    values = {commitment(claim).reported for claim in telling}
    if not values:
        return "unknown", ()
    if values == {"partly_met", "met"} and _grew(telling):
        return "met", telling
    if len(values) > 1 or "disputed" in values:
        return "disputed", telling
    if "met" in values:
        return "met", telling
    return ("partly_met" if "partly_met" in values else "breached"), telling


def headline(timing: Timing, fulfilment: Performance) -> Headline:
    """The one word: the first of the ledger's headlines that holds."""
    holding: set[str] = {timing, fulfilment}
    return next((word for word in get_args(Headline) if word in holding), "undated")


def _duty(entry: Entry, view: View, agreements: Mapping[tuple[str, int], Claim], on: date | None) -> Duty:
    members = entry.members
    dues = tuple((when, claim) for claim in members if (when := commitment(claim).due))
    place = narrowing.chosen([when for when, _ in dues])
    when = _gone_by(dues) or (dues[place][0] if place is not None else None)
    status, evidence = fulfilment(members)
    timed = timing(when, on)
    claim = next((claim for claim in reversed(members) if not claim.finding.thin), entry.latest)
    latest_first = (claim, *reversed(members))
    return Duty(
        entry=entry,
        claim=claim,
        actor=next((p for c in latest_first if (p := view.party(c.report.id, commitment(c).actor))), None),
        to=next((p for c in latest_first if (p := view.party(c.report.id, commitment(c).to))), None),
        due=when,
        dues=dues,
        timing=timed,
        fulfilment=status,
        condition=_condition(members, timed, status),
        headline=headline(timed, status),
        under=next((a for c in latest_first if (a := _agreement(c, agreements))), None),
        evidence=evidence,
    )


def _gone_by(dues: Sequence[tuple[When, Claim]]) -> When | None:
    """The date that a person goes by, where reports differ; the last choice counts."""
    made = [(act.revision, number) for number, (_, claim) in enumerate(dues) if (act := choice(claim, "due"))]
    return dues[max(made)[1]][0] if made else None


def _agreement(claim: Claim, agreements: Mapping[tuple[str, int], Claim]) -> Claim | None:
    under = commitment(claim).under
    return None if under is None else agreements.get((claim.report.id, under))


def _condition(members: Sequence[Claim], timed: Timing, status: Performance) -> Conditionality:
    """Open while nothing more is told; once the date has passed or something was done, nobody said how it went."""
    if not any(commitment(claim).condition for claim in members):
        return "none"
    return "open" if status == "unknown" and timed != "overdue" else "unknown"


def _grew(telling: Sequence[Claim]) -> bool:
    part = [claim.report.day for claim in telling if commitment(claim).reported == "partly_met"]
    full = [claim.report.day for claim in telling if commitment(claim).reported == "met"]
    first, last = narrowing.earliest(full), max((day for day in part if day), default=None)
    return None not in part and None not in full and first is not None and last is not None and last < first


def _deadline(duty: Duty) -> tuple[date, date]:
    if duty.due is None:
        raise ValueError("only commitments with a date are sorted by it")
    first, last = narrowing.by_day(duty.due)
    return last, first
