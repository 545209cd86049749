"""Seasons, quarters, halves, the weeks of a month, and fiscal years.

As in `time_dates`, each function takes the words that a pattern kept and gives their meaning, or None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from peacetable.reading import calendar_rules as rules
from peacetable.reading.time_dates import month_of
from peacetable.reading.time_meaning import (
    Kept,
    Meaning,
    Reader,
    Setting,
    counted,
    dated,
    on_calendar,
    step_of,
    year_of,
)


def _season(kept: Kept, setting: Setting) -> Meaning | None:
    season, (year, named) = kept["season"].mark, year_of(kept, setting)
    before = setting.before()
    led = before in (
        "in",
        "by",
        "until",
        "till",
        "during",
        "since",
        "before",
        "after",
        "for",
        "through",
        "every",
        "each",
    )
    strong = named or {"rel", "mod", "mid", "edge"} & kept.keys()
    article = setting.row[setting.first].code == "h"
    if kept["season"].capital and not strong and not article:
        return None
    if not strong and not led and not article:
        return None
    if kept["season"].text in ("fall", "spring") and not strong and setting.after() in ("of", "in", "to", "from"):
        return None
    unknown = f"XXXX-{season}"
    if named:
        period = rules.season_period(year, season) if year is not None and 1 <= year < 9999 else None
        return dated(
            counted(period, "year-counted-from-publication", setting) if "whose" in kept else period,
            kept,
            unknown=unknown,
        )
    step = step_of(kept.get("rel"))
    if setting.published is None or ("rel" in kept and step is None):
        return Meaning("DATE", unknown)
    published = setting.published
    if step in (-1, 1):
        candidates = [rules.season_period(year, season) for year in range(published.year - 2, published.year + 3)]
        past = [one for one in candidates if one.last < published]
        coming = [one for one in candidates if one.first > published]
        found = past[-1] if step == -1 else coming[0]
        return dated(counted(found, f"season-{'before' if step == -1 else 'after'}-publication", setting), kept)
    year = rules.season_near(published, season, setting.tense)
    return dated(
        counted(rules.season_period(year, season), f"season-nearest-publication-{setting.tense}", setting), kept
    )


def _quarter(kept: Kept, setting: Setting) -> Meaning | None:
    if kept["quarter"].mark not in ("Q",):
        return None
    number = 4 if kept["nth"].code == "l" else int(kept["nth"].value)
    year, named = year_of(kept, setting)
    if kept["nth"].code == "l" and not named:
        return _last_quarter(kept, setting)
    if number > 4:
        return None
    if named:
        period = rules.quarter_period(year, number) if year is not None and on_calendar(year) else None
        return dated(period, kept, unknown=f"XXXX-Q{number}")
    if setting.row[setting.last - 1].code == "y":
        return _quarter_of(number, setting, kept)
    if setting.published is None:
        return Meaning("DATE", f"XXXX-Q{number}")
    year = setting.published.year
    begun = rules.quarter_period(year, number).first <= setting.published
    year -= not begun and setting.tense != "future"
    return dated(counted(rules.quarter_period(year, number), "quarter-nearest-publication", setting), kept)


def _last_quarter(kept: Kept, setting: Setting) -> Meaning:
    """ "The last quarter of the year" is the fourth, "the last quarter" the one before this."""
    if setting.row[setting.last - 1].code == "y":
        return _quarter_of(4, setting, kept)
    found = rules.unit_period(setting.published, -1, "Q") if setting.published else None
    return dated(counted(found, "last-quarter", setting), kept, unknown="XXXX-QX")


def _quarter_of(number: int, setting: Setting, kept: Kept) -> Meaning:
    found = rules.quarter_period(setting.published.year, number) if setting.published else None
    return dated(counted(found, "quarter-of-this-year", setting), kept, unknown=f"XXXX-Q{number}")


def _half(kept: Kept, setting: Setting) -> Meaning | None:
    half = 2 if kept["nth"].code == "l" else int(kept["nth"].value)
    if half > 2:
        return None
    year, named = year_of(kept, setting)
    if "month" in kept:
        return _half_month(half, kept, setting)
    if "decade" in kept:
        decade = rules.decade_period(int(kept["decade"].value))
        return dated(replace(decade, edtf="/".join(f"{part}~" for part in decade.edtf.split("/"))), kept)
    if "unit" in kept:
        return _half_month(half, kept, setting) if kept["unit"].mark == "M" else None
    if not named and setting.row[setting.last - 1].code == "y" and setting.published:
        year = setting.published.year
    period = rules.half_period(year, half) if year is not None and on_calendar(year) else None
    return dated(
        period if "year" in kept else counted(period, "half-of-a-year-counted-from-publication", setting),
        kept,
        unknown=f"XXXX-H{half}",
    )


def _half_month(half: int, kept: Kept, setting: Setting) -> Meaning | None:
    if "month" in kept:
        month = month_of(kept, setting)
    else:
        month = rules.unit_period(setting.published, step_of(kept["rel"]) or 0, "M") if setting.published else None
    if month is None:
        return Meaning("DATE", "XXXX-XX")
    middle = month.first.replace(day=15)
    first, last = (month.first, middle) if half == 1 else (middle + timedelta(days=1), month.last)
    return dated(replace(rules.days_period(first, last), timex=month.timex, rule=month.rule, anchor=month.anchor), kept)


def _nth_week(kept: Kept, setting: Setting) -> Meaning | None:
    """ "The first week of January", "the last days of March", "the second week of next month"."""
    unit, month = kept["unit"].mark, None
    last = kept["nth"].code == "l"
    number = 0 if last else int(kept["nth"].value)
    if unit not in ("D", "W") or number > 5:
        return None
    if "month" in kept:
        month = month_of(kept, setting)
    elif "big" in kept and kept["big"].mark == "M" and setting.published and step_of(kept["rel"]) is not None:
        month = rules.unit_period(setting.published, step_of(kept["rel"]) or 0, "M")
        month = counted(month, "month-counted-from-publication", setting)
    if month is None:
        return Meaning("DATE", "XXXX-WXX" if unit == "W" else "XXXX-XX-XX")
    if unit == "D":
        if kept["unit"].text == "days":
            return dated(replace(month, edtf=f"{month.edtf}~", rule="early in" if number == 1 else "late in"), kept)
        day = month.last if last else month.first + timedelta(days=number - 1)
        return dated(replace(rules.day_period(day), rule=month.rule, anchor=month.anchor), kept)
    # A month's n-th week is its n-th Monday to Sunday; its first week is its first seven days where no weekday is said.
    monday = month.first + timedelta(days=(-month.first.weekday()) % 7)
    if last:
        first = month.last - timedelta(
            days=month.last.weekday() if month.last.weekday() > 1 else month.last.weekday() + 7
        )
        final = min(month.last, first + timedelta(days=6))
    elif number == 1:
        first, final = month.first, month.first + timedelta(days=6)
    else:
        first = monday + timedelta(days=7 * (number - 1))
        final = first + timedelta(days=6)
    return dated(replace(rules.days_period(first, final, grain="week"), rule=month.rule, anchor=month.anchor), kept)


def _fiscal(kept: Kept, setting: Setting) -> Meaning | None:
    """Fiscal years stay words: nobody says here when they begin."""
    if "quarter" in kept:
        year = setting.published.year if setting.published else None
        return Meaning("DATE", f"{year or 'XXXX'}-Q{int(kept['nth'].value)}") if kept["quarter"].mark == "Q" else None
    if "year" in kept:
        return Meaning("DATE", f"{int(kept['year'].value):04d}")
    if setting.row[setting.last - 1].code != "y":
        return None
    step = step_of(kept.get("rel")) or 0
    return Meaning("DATE", f"{setting.published.year + step:04d}" if setting.published else "XXXX")


#: The readers of this module, by the kind of pattern.
SEASONS: Final[Mapping[str, Reader]] = MappingProxyType(
    {"season": _season, "quarter": _quarter, "half": _half, "nth_week": _nth_week, "fiscal": _fiscal}
)
