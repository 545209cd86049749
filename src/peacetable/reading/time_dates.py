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
from peacetable.reading.time_meaning import Kept, Meaning, Reader, Setting, counted, dated, on_calendar, step_of, year_of
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
    if following and following.code in ".UuyBVnT-" and following.text not in (".", ")", "at", "in", "and", "!", "?", ":"):
        return None
    timex = f"XXXX-XX-{number:02d}"
    if setting.published is None:
        return Meaning("DATE", timex)
    for gap in range(0, 35):
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
    return dated(counted(rules.day_period(month.first.replace(day=day)), "day-of-month-counted-from-publication", setting), kept)  # noqa: E501


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
        day, rule = rules.weekday_near(published, weekday, tense), {
            "due": "weekday-nearest-after-publication",
            "future": "weekday-nearest-after-publication",
            "near": "weekday-nearest-publication",
        }.get(tense, "weekday-nearest-before-publication")
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
    rule = {0: "day-of-publication", 1: "day-after-publication", -1: "day-before-publication"}.get(count, f"{count:+d} days from publication")  # noqa: E501
    period = counted(replace(found, timex=found.timex + part) if found else None, rule, setting)
    return dated(period, kept, type_=type_, unknown=unknown + part if part else "PRESENT_REF" if count == 0 else unknown)


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
        return dated(counted(period, "year-counted-from-publication", setting) if "whose" in kept else period, kept, unknown=unknown)  # noqa: E501
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
        if setting.before() == "the" and "rel" not in kept and "edge" not in kept:
            tense = "past"  # "the August agreement"
        year, rule = rules.month_near(published, month, tense), f"month-nearest-publication-{tense}"
    return dated(counted(rules.month_period(year, month), rule, setting), kept, unknown=unknown)


def _month_here(kept: Kept, setting: Setting) -> bool:
    """Is a capital "May" or "March" the month? It is after a preposition or "last"; "Mr May" and "March on" are not."""
    if {"rel", "edge", "mod", "mid"} & kept.keys():
        return True
    before = setting.before()
    return before in {"in", "by", "since", "until", "till", "from", "to", "before", "after", "during", "of", "for",
                      "through", "than", "and", "or", "between", "late", "early", "to", "until"}  # fmt: skip


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


_BEFORE_YEAR: Final = frozenset(
    "in since from by until till of during to and or between before after through than around about the a an its "
    "his her their last – — - ( , for as late early fiscal year years calendar".split()
)


def _year_here(word: Word, setting: Setting) -> bool:
    """Four digits are a year where their neighbours read like that, and a count of something otherwise."""
    before, following = setting.word(-1), setting.word(0)
    numbered = word_lists().numbered
    if before is not None and (before.text in numbered or before.text in "$€£¥₱#/:.'" or before.code in "NBC"):
        return before.text in (".", "(") and not word.text[0].isdigit() or before.text in (".", "'") and _ends(following)
    if following is not None and (following.text in ("%", "km", "metres", "meters", "feet", "miles", "percent", "per") or following.code in "UNn"):  # noqa: E501
        return False
    counted = following is not None and following.code == "." and following.text.isalpha() and not following.capital
    if before is None or before.code == "\n":
        return not counted or following is not None and following.text in ("was", "saw")
    if before.text in ("in", "since", "during", "until", "till", "by", "from"):
        return True
    if counted and following is not None and following.text.endswith("s") and year_round(word):
        return False
    if before.text in _BEFORE_YEAR or before.code in "M-&,(":
        return not counted or before.code == "h" or before.text in ("of", "a") or following is not None and following.text in ("was", "is", "when", "that", "with", "as", "he", "they", "were")  # noqa: E501
    if before.code == "s" or before.text.endswith(("an", "ian", "ese", "ish")):
        return True
    return not counted and before.code == "."


def year_round(word: Word) -> bool:
    """Is it a round number, as counts are?"""
    return word.value % 100 == 0 or not 1800 <= word.value <= 2099


def _ends(word: Word | None) -> bool:
    return word is None or word.code in "\n," or word.text in ".)"


def _year_range(kept: Kept, setting: Setting) -> Meaning | None:
    first, last = int(kept["year"].value), int(kept["year2"].value)
    if last < 100:
        last += first // 100 * 100
    if not (first < last <= first + 200 and 1500 <= first and last <= 2199):
        return None
    text = f"{first:04d}/{last:04d}"
    return dated(replace(rules.year_period(first), last=date(last, 12, 31), edtf=text, timex=text, grain="century"), kept)


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


def _season(kept: Kept, setting: Setting) -> Meaning | None:
    season, (year, named) = kept["season"].mark, year_of(kept, setting)
    before = setting.before()
    led = before in ("in", "by", "until", "till", "during", "since", "before", "after", "for", "through", "every", "each")
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
        return dated(counted(period, "year-counted-from-publication", setting) if "whose" in kept else period, kept, unknown=unknown)  # noqa: E501
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
    return dated(counted(rules.season_period(year, season), f"season-nearest-publication-{setting.tense}", setting), kept)


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
    return dated(period if "year" in kept else counted(period, "half-of-a-year-counted-from-publication", setting), kept, unknown=f"XXXX-H{half}")  # noqa: E501


def _half_month(half: int, kept: Kept, setting: Setting) -> Meaning | None:
    if "month" in kept:
        whole = _month({key: word for key, word in kept.items() if key in ("month", "year", "whose")} | {"edge": kept["nth"]}, replace(setting))  # noqa: E501
        edtf = whole.edtf if whole else None
        month = _month_of(kept, setting)
    else:
        month = rules.unit_period(setting.published, step_of(kept["rel"]) or 0, "M") if setting.published else None
        edtf = month.edtf if month else None
    if month is None or edtf is None:
        return Meaning("DATE", "XXXX-XX")
    middle = month.first.replace(day=15)
    first, last = (month.first, middle) if half == 1 else (middle + timedelta(days=1), month.last)
    return dated(replace(rules.days_period(first, last), timex=month.timex, rule=month.rule, anchor=month.anchor), kept)


def _month_of(kept: Kept, setting: Setting) -> Period | None:
    """The month of an expression, without what stands around it."""
    month, (year, named) = int(kept["month"].value), year_of(kept, setting)
    if named:
        return rules.month_period(year, month) if year is not None and on_calendar(year) else None
    if setting.published is None:
        return None
    year = rules.month_near(setting.published, month, setting.tense)
    return counted(rules.month_period(year, month), f"month-nearest-publication-{setting.tense}", setting)


def _nth_week(kept: Kept, setting: Setting) -> Meaning | None:
    """ "The first week of January", "the last days of March", "the second week of next month"."""
    unit, month = kept["unit"].mark, None
    last = kept["nth"].code == "l"
    number = 0 if last else int(kept["nth"].value)
    if unit not in ("D", "W") or number > 5:
        return None
    if "month" in kept:
        month = _month_of(kept, setting)
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
        first = month.last - timedelta(days=month.last.weekday() if month.last.weekday() > 1 else month.last.weekday() + 7)
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
DATES: Final[Mapping[str, Reader]] = MappingProxyType(
    {
    "iso": _iso, "slashed": _slashed, "day_of_month": _day_of_month, "day_range": _day_range,
    "weekday_number": _weekday_number, "day_of_this_month": _day_of_this_month, "weekday": _weekday,
    "weekday_after_next": _weekday_after_next, "deictic": _deictic, "month": _month, "month_range": _month_range,
    "month_edge": _month_edge, "year": _year_alone, "year_range": _year_range, "year_edge": _year_edge,
    "decade": _decade, "century": _century, "season": _season, "quarter": _quarter, "half": _half,
    "nth_week": _nth_week, "fiscal": _fiscal,
}
)  # fmt: skip
