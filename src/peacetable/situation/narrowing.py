"""Which of several dates to go by, and which days a date opens a window for.

Of two dates one of which lies within the other the narrower is a refinement; dates that only overlap, or do not meet,
are two dates, and the later report's is gone by. Nothing is averaged and nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from peacetable import edtf
from peacetable.model import When

Window = tuple[date | None, date | None]


def chosen(dates: Sequence[When]) -> int | None:
    """The place of the date to go by.

    It starts from the last and goes back: whatever lies within what was chosen so far is narrower and replaces it.

    Args:
        dates: in the order of publication.

    Returns:
        The index, or None where there is no date.
    """
    if not dates:
        return None
    best = len(dates) - 1
    for number in range(len(dates) - 2, -1, -1):
        if refines(dates[number], dates[best]):
            best = number
    return best


def refines(inner: When, outer: When) -> bool:
    """Does the first date lie within the second, and say more?"""
    return inner != outer and _bounds(inner) != _bounds(outer) and within(inner, outer)


def within(inner: When, outer: When) -> bool:
    """Does every day that the first may mean lie within the second?"""
    first, last = _bounds(inner)
    from_, to = _bounds(outer)
    return from_ <= first and last <= to


def meet(one: When, other: When) -> bool:
    """Is there a day that both dates may mean?"""
    first, last = _bounds(one)
    from_, to = _bounds(other)
    return first <= to and from_ <= last


def window(when: When) -> Window:
    """The days on which a date is due: of a deadline ("by May") the days that its limit may mean, not all days before.

    Returns:
        The first and the last day; None where that side is open.
    """
    limit = when.edtf.removeprefix("..").removeprefix("/") if when.edtf.startswith(("../", "/")) else when.edtf
    return edtf.bounds(limit)


def touches(when: When, start: date, days: int) -> bool:
    """Does the window of a date have a day in common with the days from `start` on?"""
    first, last = window(when)
    return (first or date.min) <= start + timedelta(days=days) and start <= (last or date.max)


def by_day(when: When) -> tuple[date, date]:
    """What to sort dates by: the first day of the window, then the last; an open side counts as the known one."""
    first, last = window(when)
    known = [day for day in (first, last) if day]
    return (first or min(known), last or max(known))


def earliest(dates: Iterable[date | None]) -> date | None:
    """The first of the days that are known."""
    return min((day for day in dates if day), default=None)


def _bounds(when: When) -> tuple[date, date]:
    first, last = edtf.bounds(when.edtf)
    return first or date.min, last or date.max
