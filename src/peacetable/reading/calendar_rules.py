"""Calendar arithmetic: from a day, a tense and the parts of an expression to a period in EDTF and in TimeML.

Everything here is a pure function of dates. Nothing is made more exact than it was said: a month stays a month, and
where the day that a rule counts from is unknown the caller gets no date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

#: A TimeML date that can be counted from: year, then week, quarter, half, season, month or day.
_TIMEX: Final = re.compile(r"(\d{4})(?:-(W\d{2}|Q[1-4]|H[12]|SP|SU|FA|WI|\d{2}(?:-\d{2})?))?(?=T|$)")
#: "near": whichever lies nearer; "due": a deadline, so that what lies ahead is likelier.
Tense = Literal["past", "future", "near", "due", "unknown"]
Grain = Literal["day", "week", "weekend", "month", "quarter", "half", "season", "year", "decade", "century"]

SEASON_CODES: Final = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
SEASON_STARTS: Final = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
#: A date on the wrong side of its tense must be this much nearer to be taken: tenses of reported speech mislead, but
#: never by a year.
AGAINST_TENSE: Final = 4


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar.

    Attributes:
        first, last: its days, both included.
        edtf, timex: the two notations.
        rule, anchor: how it was worked out, and the date that the rule counts from, where it was.
    """

    first: date
    last: date
    edtf: str
    timex: str
    grain: Grain
    rule: str | None = None
    anchor: str | None = None


def day_period(day: date) -> Period:
    """One day."""
    return Period(day, day, day.isoformat(), day.isoformat(), "day")


def days_period(first: date, last: date, *, grain: Grain = "day") -> Period:
    """A run of days."""
    text = f"{first.isoformat()}/{last.isoformat()}"
    return Period(first, last, text, text, grain)


def month_period(year: int, month: int) -> Period:
    """A month."""
    text = f"{year:04d}-{month:02d}"
    return Period(date(year, month, 1), month_end(year, month), text, text, "month")


def year_period(year: int) -> Period:
    """A year."""
    text = f"{year:04d}"
    return Period(date(year, 1, 1), date(year, 12, 31), text, text, "year")


def week_period(day: date) -> Period:
    """The ISO week that holds a day, Monday to Sunday."""
    first = day - timedelta(days=day.weekday())
    year, week, _ = day.isocalendar()
    return replace(days_period(first, first + timedelta(days=6), grain="week"), timex=f"{year:04d}-W{week:02d}")


def weekend_period(day: date) -> Period:
    """The Saturday and Sunday of the ISO week that holds a day."""
    first = day - timedelta(days=day.weekday()) + timedelta(days=5)
    year, week, _ = day.isocalendar()
    return replace(days_period(first, first + timedelta(days=1), grain="weekend"), timex=f"{year:04d}-W{week:02d}-WE")


def months_period(year: int, month: int, count: int, *, timex: str, grain: Grain) -> Period:
    """A run of whole months, such as a quarter."""
    last_year, last_month = _month_shift(year, month, count - 1)
    text = f"{year:04d}-{month:02d}/{last_year:04d}-{last_month:02d}"
    return Period(date(year, month, 1), month_end(last_year, last_month), text, timex, grain)


def quarter_period(year: int, quarter: int) -> Period:
    """A quarter of a year."""
    return months_period(year, 3 * quarter - 2, 3, timex=f"{year:04d}-Q{quarter}", grain="quarter")


def half_period(year: int, half: int) -> Period:
    """A half of a year."""
    return months_period(year, 6 * half - 5, 6, timex=f"{year:04d}-H{half}", grain="half")


def season_period(year: int, season: str) -> Period:
    """A season; winter is that of the year in which it begins."""
    start = SEASON_STARTS[season]
    last_year, last_month = _month_shift(year, start, 2)
    return Period(
        date(year, start, 1),
        month_end(last_year, last_month),
        f"{year:04d}-{SEASON_CODES[season]}",
        f"{year:04d}-{season}",
        "season",
    )


def decade_period(year: int) -> Period:
    """The ten years that begin with a year: the 1990s."""
    return Period(date(year, 1, 1), date(year + 9, 12, 31), f"{year:04d}/{year + 9:04d}", f"{year // 10:03d}", "decade")


def century_period(number: int) -> Period:
    """A century by its number: the 20th runs from 1900 to 1999 in TimeML's count."""
    year = 100 * (number - 1)
    return Period(
        date(max(year, 1), 1, 1), date(year + 99, 12, 31), f"{max(year, 1):04d}/{year + 99:04d}", f"{number - 1:02d}",
        "century",
    )  # fmt: skip


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _month_shift(year: int, month: int, count: int) -> tuple[int, int]:
    months = 12 * year + month - 1 + count
    return months // 12, months % 12 + 1


def shift(day: date, count: float, unit: str) -> date | None:
    """A day so many units later, by TimeML's letter for the unit; a month's end stays within its month.

    Returns:
        The day; None where the calendar ends, or for half a month.
    """
    days = {"D": 1, "W": 7, "F": 14, "TH": 1 / 24, "TM": 1 / 1440, "TS": 0, "WE": 7}
    months = {"M": 1, "Q": 3, "H": 6, "Y": 12, "E": 120, "C": 1200, "L": 12000}
    try:
        if unit in days:
            return day + timedelta(days=round(count * days[unit]))
        whole = count * months[unit]
        if whole != int(whole):
            return None
        year, month = _month_shift(day.year, day.month, int(whole))
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def unit_period(day: date, count: int, unit: str) -> Period | None:
    """The calendar unit that lies so many units from the one that holds a day: last week is -1, this month 0."""
    moved = shift(day, count, "M" if unit == "Q" else unit) if unit != "Q" else shift(day, 3 * count, "M")
    if moved is None:
        return None
    if unit == "D":
        return day_period(moved)
    if unit == "W":
        return week_period(moved)
    if unit == "WE":
        return weekend_period(moved)
    if unit == "M":
        return month_period(moved.year, moved.month)
    if unit == "Q":
        return quarter_period(moved.year, (moved.month + 2) // 3)
    if unit == "Y":
        return year_period(moved.year)
    if unit == "E" and moved.year < 9990:
        return decade_period(moved.year // 10 * 10)
    if unit == "C" and moved.year < 9900:
        return century_period(moved.year // 100 + 1)
    return None


def period_of(timex: str) -> Period | None:
    """The period of a TimeML date: a day (with or without its part), week, month, quarter, half, season or year."""
    match = _TIMEX.match(timex)
    if match is None:
        return None
    year, rest = int(match[1]), match[2] or ""
    try:
        if not rest:
            return year_period(year)
        if rest[0] == "W":
            return week_period(date.fromisocalendar(year, int(rest[1:3]), 1))
        if rest[0] in "QH":
            return quarter_period(year, int(rest[1])) if rest[0] == "Q" else half_period(year, int(rest[1]))
        if rest in SEASON_STARTS:
            return season_period(year, rest)
        if len(rest) == 2:
            return month_period(year, int(rest))
        return day_period(date(year, int(rest[:2]), int(rest[3:5])))
    except (ValueError, calendar.IllegalMonthError):
        return None


def shifted(period: Period, count: float, unit: str) -> Period | None:
    """A period so many units later, no finer than itself: two months after May 2019 is July 2019."""
    first = shift(period.first, count, unit)
    if first is None or first.year >= 9990:
        return None
    if period.grain == "year" or (
        unit in ("Y", "E", "C") and period.grain in ("day", "month", "week") and count != int(count)
    ):
        return year_period(first.year) if unit in ("Y", "E", "C", "L") else None
    if period.grain == "quarter":
        return quarter_period(first.year, (first.month + 2) // 3) if unit in ("Y", "M", "Q") else None
    if period.grain == "half":
        return half_period(first.year, (first.month + 5) // 6) if unit == "Y" else None
    if period.grain == "season":
        season = next(name for name, start in SEASON_STARTS.items() if start == period.first.month)
        return season_period(first.year, season) if unit == "Y" else None
    if period.grain == "month":
        return month_period(first.year, first.month) if unit in ("M", "Y", "Q") else None
    if period.grain == "day" and unit in ("M", "Q"):
        return month_period(first.year, first.month)
    if period.grain == "day" and unit == "Y":
        return day_period(first) if count == int(count) and abs(count) == 1 else year_period(first.year)
    if period.grain == "day" and unit in ("D", "W", "TH"):
        return day_period(first)
    return week_period(first) if period.grain == "week" and unit == "W" else None


def weekday_near(published: date, weekday: int, tense: Tense) -> date:
    """The weekday (1 is Monday) nearest to the day of publication: on or before it, or on or after it if to come."""
    back = (published.isoweekday() - weekday) % 7
    if tense in ("future", "due"):
        return published + timedelta(days=(weekday - published.isoweekday()) % 7)
    if tense == "near" and back > 3:
        return published + timedelta(days=7 - back)
    return published - timedelta(days=back)


def month_near(published: date, month: int, tense: Tense) -> int:
    """The year of a month named without one."""
    distance = {
        year: 12 * (year - published.year) + month - published.month
        for year in (published.year - 1, published.year, published.year + 1)
    }
    return min(distance, key=lambda year: _cost(distance[year], "past" if tense == "unknown" else tense, against=12))


def day_near(published: date, month: int, day: int, tense: Tense) -> date | None:
    """The day of a month and day named without a year; None where the calendar has none."""
    found = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return min(found, key=lambda one: _cost((one - published).days, tense, against=AGAINST_TENSE), default=None)


def season_near(published: date, season: str, tense: Tense) -> int:
    """The year in which a season named without one begins."""
    middle = SEASON_STARTS[season] + 1
    months = {
        year: 12 * (year - published.year) + middle - published.month
        for year in (published.year - 1, published.year, published.year + 1)
    }
    current = [year for year, gap in months.items() if abs(gap) <= 1]
    if current:
        return current[0]
    return min(months, key=lambda year: _cost(months[year], "past" if tense == "unknown" else tense, against=12))


def _cost(distance: int, tense: Tense, *, against: int) -> int:
    if tense == "due":
        return abs(distance) * (2 if distance < 0 else 1)
    wrong = (tense == "past" and distance > 0) or (tense == "future" and distance < 0)
    return abs(distance) * (against if wrong else 1)


def edge_of(period: Period, mark: str) -> Period:
    """The start, middle or end of a period: days where the scheme knows them, else about the period.

    Args:
        period: a month, year, week, season...
        mark: TimeML's START, MID or END.
    """
    first, last, plain = period.first, period.last, period.edtf.split("/")[0]
    if period.grain in ("day", "weekend", "century"):
        return period
    if mark == "MID":
        if period.grain == "month":
            middle = date(first.year, first.month, 15)
            return replace(period, first=middle, last=middle, edtf=f"{middle.isoformat()}~", rule="middle of")
        return replace(period, edtf=_about(period), rule="middle of")
    if mark == "END" and period.grain in ("week", "quarter", "half", "decade"):
        return replace(
            period,
            first=last,
            edtf=last.isoformat() if period.grain == "week" else f"{last.isoformat()}~",
            rule="end of",
        )
    if period.grain == "week":
        return replace(period, last=first, edtf=first.isoformat(), rule="start of")
    if mark == "END":
        return replace(period, first=last, edtf=f"{last.isoformat()}~", rule="end of")
    return replace(period, last=first, edtf=f"{first.isoformat() if '/' in period.edtf else plain}~", rule="start of")


def about(period: Period, mark: str) -> Period:
    """Early, mid or late in a period: the period, approximate; mid-month is about its 15th day."""
    if mark == "MID":
        return edge_of(period, mark)
    if period.grain in ("day", "week", "weekend", "quarter", "half", "century"):
        return period
    return replace(period, edtf=_about(period), rule="early in" if mark == "START" else "late in")


def _about(period: Period) -> str:
    return "/".join(f"{part}~" for part in period.edtf.split("/"))
