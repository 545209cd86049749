"""By when a commitment is due: the date or the term of its clause, as exact as its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from peacetable.model import Agreement, Span, When
from peacetable.reading import times
from peacetable.reading.analysis import TimeExpression
from peacetable.reading.holders import Place

#: How an event begins that is the making of the agreement itself, so that a length counted from it has a day.
CONCLUSION: Final = ("sign", "agreement", "accord", "today", "entry", "this", "conclusion", "deal", "oath")
BOUNDING: Final = frozenset({"deadline", "latest", "later", "ultimatum"})
BOUNDS: Final = ("deadline", "before", "until")
OPEN: Final = frozenset({"of", "after", "from", "following"})
TODAY: Final = frozenset({"today", "tonight", "this afternoon", "this evening"})
RANGE: Final = frozenset({"to", "and", "until", "till", "-", "–"})


def due(place: Place, evidence: Span, action: Span, start: When | None) -> When | None:
    """The day by which an action is due.

    A bound ("by", "until", "within") in or after the action comes first, then a date there, then one before the action
    that has not passed.

    Args:
        place: the sentence.
        evidence: the run that may tell the day.
        action: what is to be done.
        start: the day that a length ("within 30 days") is counted from.
    """
    published = place.analysis.report.day
    found = [t for t in place.analysis.times_in(evidence.start, evidence.end + 1) if t.type != "SET"]
    after = sorted((t for t in found if t.start >= action.start), key=lambda t: not _bounds(place, t, found))
    for time in (*after, *(t for t in found if t.start < action.start)):
        when = _date(place, time, found, start)
        past = bool(when and published and when.latest and when.latest < published)
        if when is None or (past and time.function == "plain"):
            continue
        said = time.function == "plain" and when.latest == published and time.text.lower() not in TODAY
        if time.start < action.start and published and (past or said or when.latest is None):
            continue
        return when
    return None


def counted_from(place: Place, agreements: Sequence[Agreement], under: int | None, action: Span) -> When | None:
    """The day from which a length runs: that on which it was agreed or said, else that of the agreement."""
    published = place.analysis.report.day
    before = [
        t for t in place.analysis.times_in(place.sentence.start, action.start)
        if t.function == "plain" and t.type in ("DATE", "TIME") and t.when is not None and t.when.day
    ]  # fmt: skip
    if before and published and before[-1].when is not None and (day := before[-1].when.day) and day <= published:
        return before[-1].when
    if under is not None:
        return agreements[under].date
    around = place.analysis.attribution_around(action.start, action.end)
    return (around.date if around else None) or place.analysis.report.published


def tied(place: Place, time: TimeExpression) -> bool:
    """Is a length counted from an event other than the signing: "within 48 hours of the release"?"""
    index = place.number(time.end)
    if place.lower(index) not in OPEN:
        return False
    return not any(place.lower(number).startswith(CONCLUSION) for number in range(index + 1, index + 5))


def _bounds(place: Place, time: TimeExpression, others: Sequence[TimeExpression]) -> bool:
    """Does an expression tell an end: a bound, or the start of a range ("from 14 August to 4 September")?"""
    return time.function in BOUNDS or _until(place, time, others) is not None


def _until(place: Place, time: TimeExpression, others: Sequence[TimeExpression]) -> TimeExpression | None:
    """The end of the range that an expression opens."""
    if not {"from", "between"} & {
        place.lower(n) for n in range(place.number(time.start) - 3, place.number(time.start))
    }:
        return None
    later = (o for o in others if o.start > time.end and o.type == "DATE")
    return next((o for o in later if set(_between(place, time, o).split()) & RANGE and o.start - time.end < 25), None)


def _date(place: Place, time: TimeExpression, others: Sequence[TimeExpression], start: When | None) -> When | None:
    before = place.lower(place.number(time.start) - 1)
    if time.type == "DURATION":
        day = start if start and start.day else None
        if time.function == "deadline":
            return None if tied(place, time) else times.deadline(time, counted_from=day)
        return times.end_of_length(time, day) if day and before == "for" else None
    until = _until(place, time, others)
    if until is not None and (spanned := times.between(time, until)) is not None:
        return spanned
    if time.function in ("since", "after") and time.when is not None:
        latest, published = time.when.latest, place.analysis.report.day
        if before == "since" or (latest and published and latest < published):
            return None  # "detained since August"
        return times.deadline(time)
    if time.function == "plain" and time.when is not None and (_bounding(place, time) or _at_hour(place, time, others)):
        return times.deadline(replace(time, function="deadline"))
    return times.deadline(time)


def _between(place: Place, first: TimeExpression, second: TimeExpression) -> str:
    return place.analysis.text[first.end : second.start].strip().lower() if first.end < second.start else ""


def _at_hour(place: Place, time: TimeExpression, others: Sequence[TimeExpression]) -> bool:
    """Is it the day of an hour that is a bound: "until 20:00 of November 6", "by noon on Friday"?"""
    return any(
        other.function in BOUNDS and other.type == "TIME" and 0 < time.start - other.end < 9
        and _between(place, other, time) in ("", ",", "of", "on", "the", "on the", "hours of", "hours on")
        for other in others
    )  # fmt: skip


def _bounding(place: Place, time: TimeExpression) -> bool:
    """Do words around a date make it a bound: "a May deadline", "on 31 March at the latest"?"""
    first, last = place.number(time.start), place.number(time.end)
    return any(place.lower(number) in BOUNDING for number in (*range(first - 4, first), *range(last, last + 3)))
