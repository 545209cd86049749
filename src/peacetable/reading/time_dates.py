"""Dates of the calendar: days, weekdays, months, years, seasons, quarters, and their halves and weeks.

Each function takes the words that a pattern of `time_grammar` kept, and gives their meaning or, where the context
shows that they are no time expression, None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from peacetable.reading import calendar_rules as rules
from peacetable.reading.analysis import TimeType
from peacetable.reading.calendar_rules import Period, Tense
from peacetable.reading.time_meaning import (
    DEADLINES,
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
from peacetable.reading.time_words import Word, word_lists

# Days.


def _iso(kept: Kept, setting: Setting) -> Meaning | None:
    try:
        return dated(rules.day_period(date.fromisoformat(kept["day"].text)), kept)
    except ValueError:
        return None


def _slashed(kept: Kept, setting: Setting) -> Meaning | None:
    """Day and month where one of them is over 12; else nobody can tell, and it stays without a date."""
    first, second, year = (int(part) for part in kept["day"].text.split("/"))
    year += 0 if year > 99 else 1900 if year > 50 else 2000
    if first > 12 >= second or first == second:
        first, second = second, first
    elif second <= 12:
        return Meaning("DATE", f"{year:04d}-XX-XX") if on_calendar(year) else None
    try:
        return dated(rules.day_period(date(year, first, second)), kept)
    except ValueError:
        return None


def _day_of_month(kept: Kept, setting: Setting) -> Meaning | None:
    month, day = int(kept["month"].value), int(kept["day"].value)
    return dated(_day(month, day, kept, setting), kept, unknown=f"XXXX-{month:02d}-{day:02d}") if day <= 31 else None


def _day(month: int, day: int, kept: Kept, setting: Setting) -> Period | None:
    year, named = year_of(kept, setting)
    if named or setting.published is None:
        try:
            period = rules.day_period(date(year, month, day)) if year is not None and on_calendar(year) else None
        except ValueError:
            return None
        return counted(period, "year-counted-from-publication", setting) if "whose" in kept else period
    found = rules.day_near(setting.published, month, day, setting.tense)
    return counted(rules.day_period(found), f"day-nearest-publication-{setting.tense}", setting) if found else None


def _day_range(kept: Kept, setting: Setting) -> Meaning | None:
    month, day, day2 = int(kept["month"].value), int(kept["day"].value), int(kept["day2"].value)
    month2 = int(kept["month2"].value) if "month2" in kept else month
    if (month == month2 and day >= day2) or max(day, day2) > 31:
        return None
    first, last = _day(month, day, kept, setting), _day(month2, day2, kept, setting)
    if first is None or last is None or last.first < first.first:
        return Meaning("DATE", f"XXXX-{month:02d}-{day:02d}/XXXX-{month2:02d}-{day2:02d}")
    period = rules.days_period(first.first, last.last)
    return dated(replace(period, rule=first.rule, anchor=first.anchor), kept)


def _weekday_number(kept: Kept, setting: Setting) -> Meaning | None:
    """ "Wednesday 17": the day of that number and weekday nearest to publication."""
    following = setting.word(0)
    weekday, number = int(kept["wd"].value), int(kept["day"].value)
    if (
        following
        and following.code in ".UuyBVnT-"
        and following.text not in (".", ")", "at", "in", "and", "!", "?", ":")
    ):
        return None
    timex = f"XXXX-XX-{number:02d}"
    if setting.published is None:
        return Meaning("DATE", timex)
    for gap in range(35):
        for sign in (1, -1) if setting.tense == "future" else (-1, 1):
            day = setting.published + timedelta(days=sign * gap)
            if day.day == number and day.isoweekday() == weekday:
                return dated(counted(rules.day_period(day), "weekday-and-day-nearest-publication", setting), kept)
    return None


def _day_of_this_month(kept: Kept, setting: Setting) -> Meaning | None:
    if kept["unit"].mark != "M":
        return None
    step = step_of(kept["rel"])
    day = int(kept["day"].value)
    if setting.published is None or step is None:
        return Meaning("DATE", f"XXXX-XX-{day:02d}")
    month = rules.unit_period(setting.published, step, "M")
    if month is None or day > month.last.day:
        return None
    return dated(
        counted(rules.day_period(month.first.replace(day=day)), "day-of-month-counted-from-publication", setting), kept
    )


def _weekday(kept: Kept, setting: Setting) -> Meaning | None:
    weekday, published = int(kept["wd"].value), setting.published
    unknown = f"XXXX-WXX-{weekday}"
    if "unit" in kept and kept["unit"].mark != "W":
        return None
    word = kept.get("rel") or kept.get("week")
    step = step_of(word) if word else 0
    if published is None or (word is not None and step is None):
        return Meaning("DATE", unknown)
    monday = published - timedelta(days=published.weekday())
    if "week" in kept:
        day, rule = monday + timedelta(days=7 * (step or 0) + weekday - 1), f"weekday-of-{kept['week'].text}-week"
    elif word is not None and word.text in ("last", "past"):
        day, rule = rules.weekday_near(published - timedelta(days=1), weekday, "past"), "weekday-before-publication"
    elif word is not None and word.text in ("next",):
        day, rule = monday + timedelta(days=7 + weekday - 1), "weekday-of-next-week"
    elif word is not None and step == 1:
        day, rule = rules.weekday_near(published + timedelta(days=1), weekday, "future"), "weekday-after-publication"
    else:
        tense: Tense = "future" if word is not None and setting.tense == "unknown" else setting.tense
        day, rule = (
            rules.weekday_near(published, weekday, tense),
            {
                "due": "weekday-nearest-after-publication",
                "future": "weekday-nearest-after-publication",
                "near": "weekday-nearest-publication",
            }.get(tense, "weekday-nearest-before-publication"),
        )
    return dated(counted(rules.day_period(day), rule, setting), kept)


def _weekday_after_next(kept: Kept, setting: Setting) -> Meaning | None:
    """ "Saturday week": the Saturday of the week after this one's."""
    if kept["unit"].mark != "W" or setting.published is None:
        return None
    day = rules.weekday_near(setting.published, int(kept["wd"].value), "future") + timedelta(days=7)
    return dated(counted(rules.day_period(day), "weekday-a-week-after-the-coming-one", setting), kept)


def _deictic(kept: Kept, setting: Setting) -> Meaning | None:
    word = kept["day"].text
    if "over" in kept:
        if (kept["over"].text, word) not in (("before", "yesterday"), ("after", "tomorrow")):
            return None
        return _deictic_day(2 if word == "tomorrow" else -2, "DATE", "XXXX-XX-XX", kept, setting)
    if word == "overnight":
        unknown = Meaning("TIME", "XXXX-XX-XXTNI")
        if setting.published is None:
            return unknown
        night = rules.days_period(setting.published - timedelta(days=1), setting.published)
        found = counted(replace(night, timex=f"{night.first}TNI"), "night-before-publication", setting)
        return dated(found, kept, type_="TIME")
    return _deictic_day(int(kept["day"].value), "TIME" if word == "tonight" else "DATE", "XXXX-XX-XX", kept, setting)


def _deictic_day(count: int, type_: TimeType, unknown: str, kept: Kept, setting: Setting) -> Meaning:
    part = "TNI" if type_ == "TIME" else ""
    found = rules.unit_period(setting.published, count, "D") if setting.published else None
    rule = {0: "day-of-publication", 1: "day-after-publication", -1: "day-before-publication"}.get(
        count, f"{count:+d} days from publication"
    )
    period = counted(replace(found, timex=found.timex + part) if found else None, rule, setting)
    return dated(
        period, kept, type_=type_, unknown=unknown + part if part else "PRESENT_REF" if count == 0 else unknown
    )


# Months, years, and what lies between.


def _month(kept: Kept, setting: Setting) -> Meaning | None:
    month, (year, named) = int(kept["month"].value), year_of(kept, setting)
    word = kept["month"].text
    if "unit" in kept:
        return None
    if word in ("march", "may") and not named and not _month_here(kept, setting):
        return None
    if not named and "rel" not in kept and setting.after() == "-":
        return None
    unknown = f"XXXX-{month:02d}"
    if named:
        period = rules.month_period(year, month) if year is not None and on_calendar(year) else None
        return dated(
            counted(period, "year-counted-from-publication", setting) if "whose" in kept else period,
            kept,
            unknown=unknown,
        )
    if setting.published is None:
        return dated(None, kept, unknown=unknown)
    step, published = step_of(kept.get("rel")), setting.published
    if "rel" in kept and step is None:
        return Meaning("DATE", unknown)
    if step == -1:
        year, rule = published.year - (month >= published.month), "month-before-publication"
    elif step == 1:
        year, rule = published.year + (month <= published.month), "month-after-publication"
    else:
        tense: Tense = "near" if "rel" in kept and setting.tense == "unknown" else setting.tense
        named = setting.before() == "the" and setting.after() not in DEADLINES
        if named and "rel" not in kept and "edge" not in kept:
            tense = "past"  # "the August agreement"
        year, rule = rules.month_near(published, month, tense), f"month-nearest-publication-{tense}"
    return dated(counted(rules.month_period(year, month), rule, setting), kept, unknown=unknown)


def _month_here(kept: Kept, setting: Setting) -> bool:
    """Is a capital "May" or "March" the month? It is after a preposition or "last"; "Mr May" and "March on" are not."""
    if {"rel", "edge", "mod", "mid"} & kept.keys():
        return True
    before = setting.before()
    if setting.after() in DEADLINES:
        return True
    return before in {"in", "by", "since", "until", "till", "from", "to", "before", "after", "during", "of", "for",
                      "through", "than", "and", "or", "between", "late", "early"}  # fmt: skip


def _month_range(kept: Kept, setting: Setting) -> Meaning | None:
    month, month2, (year, named) = int(kept["month"].value), int(kept["month2"].value), year_of(kept, setting)
    if not named:
        if setting.published is None:
            return Meaning("DATE", f"XXXX-{month:02d}/XXXX-{month2:02d}")
        year = rules.month_near(setting.published, month2, setting.tense)
    if year is None or not on_calendar(year) or year < 2:
        return Meaning("DATE", f"XXXX-{month:02d}/XXXX-{month2:02d}")
    begin = int(kept["year0"].value) if "year0" in kept else year - (month > month2)
    if (begin, month) >= (year, month2) or not on_calendar(begin):
        return None
    count = 12 * (year - begin) + month2 - month + 1
    text = f"{begin:04d}-{month:02d}/{year:04d}-{month2:02d}"
    period = rules.months_period(begin, month, count, timex=text, grain="half")
    return dated(period if named else counted(period, f"month-nearest-publication-{setting.tense}", setting), kept)


def _month_edge(kept: Kept, setting: Setting) -> Meaning | None:
    """ "End-March", "start of April"."""
    return _month(kept, setting) if kept["edge"].text in ("end", "beginning", "start") else None


def _year_alone(kept: Kept, setting: Setting) -> Meaning | None:
    word = kept["year"]
    year = int(word.value)
    if not ({"edge", "mod", "mid"} & kept.keys() or _year_here(word, setting)):
        return None
    return dated(rules.year_period(year), kept) if on_calendar(year) else None


_YEAR_LEADS: Final = frozenset(("in", "since", "during", "until", "till"))
_DETERMINERS: Final = frozenset(
    ("the", "its", "his", "her", "their", "our", "a", "an", "that", "this", "of", "’s", "'s")
)
_PLURALS: Final = frozenset(("people", "men", "women", "children", "police", "personnel", "more", "other"))
_MEASURES: Final = frozenset(("%", "km", "metres", "meters", "feet", "miles", "percent", "per", "hrs", "hours"))


def _year_here(word: Word, setting: Setting) -> bool:
    """Four digits are a year where their neighbours read like that, and a count or part of a name otherwise."""
    before, following = setting.word(-1), setting.word(0)
    led = before.text if before is not None else ""
    if _in_name(setting, before):
        return False
    if following is not None and (following.text in _MEASURES or following.code in "UNn"):
        return False
    if led in _YEAR_LEADS:
        return True
    if not 1500 <= word.value <= 2099:
        return False
    counted = following is not None and following.code == "." and following.text.isalpha() and not following.capital
    if counted and following is not None and (following.text.endswith("s") or following.text in _PLURALS):
        # "The 2019 elections" but "the 2000 fighters", "killed 1990 people".
        return led in _DETERMINERS and word.value % 100 != 0 and not following.text.endswith("ss")
    return not counted or word.value % 100 != 0


def _in_name(setting: Setting, before: Word | None) -> bool:
    """ "Resolution 1701", "$2000", "No. 1990"."""
    if before is None:
        return False
    earlier = setting.word(-2)
    abbreviated = before.text == "." and earlier is not None and earlier.text in word_lists().numbered
    return before.text in word_lists().numbered or before.text in "$€£¥₱#/:'’@+" or before.code in "NBC" or abbreviated


def _year_range(kept: Kept, setting: Setting) -> Meaning | None:
    first, last = int(kept["year"].value), int(kept["year2"].value)
    if last < 100:
        last += first // 100 * 100
    if not (first < last <= first + 200 and first >= 1500 and last <= 2199):
        return None
    text = f"{first:04d}/{last:04d}"
    return dated(
        replace(rules.year_period(first), last=date(last, 12, 31), edtf=text, timex=text, grain="century"), kept
    )


def _year_edge(kept: Kept, setting: Setting) -> Meaning | None:
    """ "Year-end", "the month's end"."""
    unit = kept["unit"].mark
    if kept["edge"].text != "end" or unit not in ("Y", "M", "W"):
        return None
    found = rules.unit_period(setting.published, 0, unit) if setting.published else None
    return dated(counted(found, f"this-{unit}", setting), kept, unknown="XXXX" if unit == "Y" else "XXXX-XX")


def _decade(kept: Kept, setting: Setting) -> Meaning | None:
    return dated(rules.decade_period(int(kept["decade"].value)), kept)


def _century(kept: Kept, setting: Setting) -> Meaning | None:
    number = int(kept["ord"].value)
    return dated(rules.century_period(number), kept) if kept["unit"].mark == "C" and 1 <= number <= 99 else None


def month_of(kept: Kept, setting: Setting) -> Period | None:
    """The month of an expression, without what stands around it."""
    month, (year, named) = int(kept["month"].value), year_of(kept, setting)
    if named:
        return rules.month_period(year, month) if year is not None and on_calendar(year) else None
    if setting.published is None:
        return None
    year = rules.month_near(setting.published, month, setting.tense)
    return counted(rules.month_period(year, month), f"month-nearest-publication-{setting.tense}", setting)


#: The readers of this module, by the kind of pattern.
DATES: Final[Mapping[str, Reader]] = MappingProxyType(
    {
    "iso": _iso, "slashed": _slashed, "day_of_month": _day_of_month, "day_range": _day_range,
    "weekday_number": _weekday_number, "day_of_this_month": _day_of_this_month, "weekday": _weekday,
    "weekday_after_next": _weekday_after_next, "deictic": _deictic, "month": _month, "month_range": _month_range,
    "month_edge": _month_edge, "year": _year_alone, "year_range": _year_range, "year_edge": _year_edge,
    "decade": _decade, "century": _century,
}
)  # fmt: skip
