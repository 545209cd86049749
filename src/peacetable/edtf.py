"""Dates as EDTF (ISO 8601-2): text in, inclusive bounds out.

The forms are those of the findings scheme: a day, month or year, a decade or century (198X, 19XX), a season (21 to 24),
an interval, an interval open at one side, and the marks ~ (approximate), ? (uncertain) and % (both). A mark widens no
bound: how wide "about" is, nobody said.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

from peacetable.errors import DateError

POINT: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%])?")
YEARS: Final = re.compile(r"(\d{2})(\dX|XX)([~?%])?")
# Seasons of the northern hemisphere, as reports about peace processes use them; winter runs into the next year.
SEASONS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

Bounds = tuple[date | None, date | None]


def bounds(text: str) -> Bounds:
    """The first and the last day that an EDTF date may mean.

    Args:
        text: an EDTF date, such as "2021-05", "../2021-05-01" or "2021-03-15/2021-03-21".

    Returns:
        The earliest and the latest day, both included; None where that side is open or unknown.

    Raises:
        DateError: the text is no EDTF date of the forms above, or names a day that no calendar has.
    """
    if "/" not in text:
        return _point(text)
    first, _, last = text.partition("/")
    earliest = None if first in ("", "..") else _point(first)[0]
    latest = None if last in ("", "..") else _point(last)[1]
    if (earliest is None and latest is None) or (earliest and latest and latest < earliest):
        raise DateError(text)
    return earliest, latest


def approximate(text: str) -> bool:
    """Does the date carry a mark that says "about" or "perhaps"?"""
    return any(mark in text for mark in "~?%")


def interval(earliest: date | None, latest: date | None) -> str:
    """The EDTF text of two inclusive bounds: a day where they are one, else an interval.

    Raises:
        DateError: both sides are open, or the bounds are in the wrong order.
    """
    if earliest == latest and earliest is not None:
        return earliest.isoformat()
    text = f"{earliest.isoformat() if earliest else '..'}/{latest.isoformat() if latest else '..'}"
    bounds(text)
    return text


def _point(text: str) -> tuple[date, date]:
    if years := YEARS.fullmatch(text):
        first, last = (int(years[1] + years[2].replace("X", digit)) for digit in "09")
        return date(max(first, 1), 1, 1), date(last, 12, 31)
    match = POINT.fullmatch(text)
    if not match:
        raise DateError(text)
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        if not month and match[2] is None:
            return date(year, 1, 1), date(year, 12, 31)
        if month in SEASONS and not match[3]:
            start, end = SEASONS[month]
            last_year = year + (end < start)
            return date(year, start, 1), date(last_year, end, calendar.monthrange(last_year, end)[1])
        if match[3] is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise DateError(text) from error
