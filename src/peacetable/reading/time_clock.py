"""Parts of a day, the clock, feasts, and words such as "now" and "recently"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from peacetable.reading import calendar_rules as rules
from peacetable.reading.time_dates import DATES
from peacetable.reading.time_lengths import timex_length
from peacetable.reading.time_meaning import Kept, Meaning, Reader, Setting, counted, dated, step_of, year_of


def _day_of(kept: Kept, setting: Setting) -> Meaning | None:
    """The day that stands with a part of the day or the clock, if any does."""
    inner = {key: word for key, word in kept.items() if key in ("wd", "rel", "month", "day", "year", "whose")}
    if "month" in kept:
        return DATES["day_of_month"](inner, setting)
    if "deictic" in kept:
        return DATES["deictic"]({"day": kept["deictic"]}, setting) if kept["deictic"].text != "overnight" else None
    if "wd" in kept:
        return DATES["weekday"](inner, setting)
    return None


def _part(kept: Kept, setting: Setting) -> Meaning | None:
    part = kept["part"]
    if "day2" in kept:
        return _night_between(kept, setting)
    if part.capital and setting.before() not in (".", "", "\n", '"', "“") and "part" in kept and len(kept) == 1:
        return None
    day = _day_of(kept, setting)
    if day is None and "rel" in kept and "wd" not in kept:
        return _part_of_publication(kept, setting)
    if day is None:
        return _part_alone(kept, setting)
    timex = (day.timex or "XXXX-XX-XX").replace("FUTURE_REF", "XXXX-XX-XX").replace("PRESENT_REF", "XXXX-XX-XX")
    return replace(day, type="TIME", timex=f"{timex}{part.mark}")


def _part_alone(kept: Kept, setting: Setting) -> Meaning | None:
    """ "Noon" and "midnight" name a time of a day that nobody gives; "night" alone is as good as none."""
    mark = kept["part"].mark
    if mark.startswith("T") and mark[1].isdigit():
        return Meaning("TIME", f"XXXX-XX-XX{mark}")
    if "mid" in kept or setting.before() in ("at", "before", "after", "until", "since", "by"):
        return Meaning("TIME", f"XXXX-XX-XX{mark}")
    return None


def _part_of_publication(kept: Kept, setting: Setting) -> Meaning | None:
    """ "Last night", "this morning", "the night"."""
    part, rel = kept["part"], kept["rel"]
    unknown = Meaning("TIME", f"XXXX-XX-XX{part.mark}")
    anaphoric = rel.text == "next" and setting.row[setting.first].code == "h"
    if anaphoric or rel.code in "hD" or part.text.endswith("s"):
        return unknown if setting.after() not in ("of",) and rel.text in ("the", "that", "next") else None
    step = step_of(rel)
    if setting.published is None or step is None:
        return unknown
    found = rules.unit_period(setting.published, step, "D")
    period = replace(found, timex=f"{found.timex}{part.mark}") if found else None
    rule = f"{('day-before', 'day-of', 'day-after')[step + 1]}-publication"
    return dated(counted(period, rule, setting), kept, type_="TIME")


def _night_between(kept: Kept, setting: Setting) -> Meaning | None:
    """ "The night of 17 to 18 October"."""
    inner = {key: word for key, word in kept.items() if key in ("day", "day2", "month", "year", "whose")}
    days = DATES["day_range"](inner, setting)
    if days is None:
        return None
    timex = (days.timex or "").split("/")[0]
    return replace(days, type="TIME", timex=f"{timex}{kept['part'].mark}")


def _clock(kept: Kept, setting: Setting) -> Meaning | None:
    written = _written_clock(kept)
    if written is None or not _clock_here(kept, setting):
        return None
    day = _day_of(kept, setting)
    if day is None:
        found = rules.day_period(setting.published) if setting.published else None
        if found is None or ("ampm" not in kept and "zone" not in kept):
            return Meaning("TIME", f"XXXX-XX-XX{written}")
        return Meaning("TIME", f"{found.timex}{written}")
    timex = day.timex if day.timex and "REF" not in day.timex else "XXXX-XX-XX"
    return replace(day, type="TIME", timex=f"{timex}{written}")


def _written_clock(kept: Kept) -> str | None:
    word, ampm = kept["clock"], kept["ampm"].text.replace(".", "") if "ampm" in kept else ""
    digits = re.split(r"[:.]", word.text) if word.code == "C" else []
    if digits:
        hour, minute = int(digits[0]), int(digits[1])
    elif word.code in "NnBY" and ("zone" not in kept or "ampm" in kept):
        hour, minute = int(word.value), 0
    elif len(word.text) == 4 and word.text.isdigit():
        hour, minute = int(word.text[:2]), int(word.text[2:])
    else:
        return None
    if ampm in ("am", "pm"):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if ampm == "pm" else 0)
    return f"T{hour:02d}:{minute:02d}" if hour <= 24 and minute < 60 else None


def _clock_here(kept: Kept, setting: Setting) -> bool:
    """A bare "3:2" may be a score or a verse: it is a time after "at" and the like, or with two digits of minutes."""
    return (
        "ampm" in kept
        or "zone" in kept
        or setting.before()
        in (
            "at",
            "by",
            "from",
            "until",
            "till",
            "around",
            "about",
            "before",
            "after",
            "since",
            "to",
            "and",
            "between",
            "-",
        )
        or "wd" in kept
        or "deictic" in kept
        or setting.first == 0
        or setting.row[setting.first - 1].code == "\n"
    )


def _reference(kept: Kept, setting: Setting) -> Meaning | None:
    word, text, after = kept["word"], kept["word"].text, setting.after()
    if "unit" in kept:
        return Meaning("DATE", timex_length(None, kept["unit"].mark))
    if word.code == "l":
        return (
            Meaning("DATE", "PAST_REF") if (text == "past" and not after.isalpha()) or after in ("and", "but") else None
        )
    if word.code == "%":
        here = setting.before() in ("at", "by", "since") and after not in ("of", "for", "to", "being", "when", "the")
        return Meaning("DATE", "PAST_REF") if here else None
    if word.capital and setting.before() not in (".", "", "\n", '"', "“", "‘", "'", ":", ")", "?", "!"):
        return None
    if (text == "soon" and (after in ("after", "as") or setting.before() == "as")) or (
        text == "shortly" and after in ("after", "before")
    ):
        return None
    if text == "one day":
        ahead = setting.tense == "future" and setting.before() not in (
            "for",
            "in",
            "than",
            "of",
            "only",
            "just",
            "after",
            "within",
        )
        return Meaning("DATE", "FUTURE_REF") if ahead else Meaning("DURATION", "P1D")
    return Meaning("DATE", word.mark)


def _feast(kept: Kept, setting: Setting) -> Meaning | None:
    """A feast with a fixed day is that day; one whose day moves stays words."""
    word, (year, named) = kept["feast"], year_of(kept, setting)
    if not word.mark:
        return Meaning("DATE", f"{year:04d}" if year and word.text in ("ramadan", "easter") else None)
    if word.text == "new year" and setting.before() not in (
        "by",
        "before",
        "until",
        "since",
        "after",
        "the",
        "at",
        "over",
        "in",
    ):
        return None
    month, day = (int(part) for part in word.mark.split("-"))
    unknown = f"XXXX-{word.mark}"
    if named:
        found = rules.day_period(date(year, month, day)) if year and 1 <= year <= 9999 else None
        return dated(found, kept, unknown=unknown)
    if setting.published is None:
        return Meaning("DATE", unknown)
    step, published = step_of(kept.get("rel")), setting.published
    if "rel" in kept and step in (-1, 1):
        near = published - timedelta(days=1) if step == -1 else published + timedelta(days=1)
        found_day = rules.day_near(near, month, day, "past" if step == -1 else "future")
    else:
        found_day = rules.day_near(published, month, day, setting.tense)
    if found_day is None:
        return Meaning("DATE", unknown)
    return dated(counted(rules.day_period(found_day), f"feast-nearest-publication-{setting.tense}", setting), kept)


#: The readers of this module, by the kind of pattern.
CLOCK: Final[Mapping[str, Reader]] = MappingProxyType(
    {"part": _part, "clock": _clock, "reference": _reference, "feast": _feast}
)
