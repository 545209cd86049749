"""A day that somebody wrote down, read without guessing: headers, tables, metadata and datelines all come here.

What is known to the month or the year stays so. A form that two countries read as two days (03/04/2021) is no day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\b\.?"
)
#: "18 March 2021", "March 18, 2021", "the 18th of March"; the year may be missing. Groups: see `from_words`.
WRITTEN: Final = (
    rf"(?:(?:{WEEKDAY},?\s+)?(?:the\s+)?(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month1>{MONTH})(?![a-z])"
    rf"|(?:{WEEKDAY},?\s+)?(?P<month2>{MONTH})\s*(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))"
    r"(?:,?\s+(?P<year>(?:1[89]|20|21)\d\d)(?!\d))?"
)
_WRITTEN: Final = re.compile(WRITTEN + r"(?P<rest>[\s,|@–-]*(?:at\s+)?(?:\d{1,2}[:.]\d{2}.*)?)", re.I | re.S)
_MONTH_YEAR: Final = re.compile(rf"(?P<month>{MONTH}),?\s+(?P<year>(?:1[89]|20|21)\d\d)", re.I)
_ISO: Final = re.compile(r"((?:1[89]|20|21)\d\d)(?:([-/.])(\d{1,2})(?:\2(\d{1,2}))?)?(?:[T\s].*)?", re.S)
_COMPACT: Final = re.compile(r"((?:1[89]|20|21)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}.*)?")
_SLASHED: Final = re.compile(r"(\d{1,2})([/.])(\d{1,2})\2((?:1[89]|20|21)\d\d)(?:[,\s].*)?", re.S)


def read_day(text: str) -> str | None:
    """The day, month or year that a text writes, in EDTF; None where it is none, or could be two.

    Args:
        text: nothing but a date, such as "2021-03-12T10:00:00Z", "March 12, 2021", "12 Mar 2021 10:15 GMT" or "2021".
    """
    text = text.strip()
    if len(text) > 100:
        return None
    if match := _COMPACT.fullmatch(text):
        return as_edtf(int(match[1]), int(match[2]), int(match[3]))
    if match := _ISO.fullmatch(text):
        return as_edtf(int(match[1]), _number(match[3]), _number(match[4]))
    if match := _SLASHED.fullmatch(text):
        return _slashed(int(match[1]), int(match[3]), int(match[4]), mark=match[2])
    if match := _MONTH_YEAR.fullmatch(text):
        return as_edtf(int(match["year"]), month_number(match["month"]))
    if (match := _WRITTEN.fullmatch(text)) and match["year"]:
        return from_words(match)
    return None


def month_and_day(text: str) -> tuple[int, int] | None:
    """The month and day that a text writes without a year ("Tuesday, March 14"); None where it is anything else."""
    match = _WRITTEN.fullmatch(text.strip()) if len(text) <= 100 else None
    if match is None or match["year"] or not from_words(match, year=2000):  # 2000 has every day that a year can have
        return None
    return month_number(match["month1"] or match["month2"]), int(match["day1"] or match["day2"])


def from_words(match: re.Match[str], *, year: int | None = None) -> str | None:
    """The day that a match of `WRITTEN` names, in EDTF; None where it names no year and none is given."""
    year = int(match["year"]) if match["year"] else year
    day, month = match["day1"] or match["day2"], match["month1"] or match["month2"]
    return as_edtf(year, month_number(month), int(day)) if year else None


def month_number(name: str) -> int:
    """1 for "January", "jan" or "Jan."."""
    return _MONTHS.index(name[:3].lower()) + 1


def as_edtf(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """The EDTF text of a day, month or year; None where no calendar has it."""
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else f"{year:04}-{month:02}-{day:02}"


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _slashed(first: int, second: int, year: int, *, mark: str) -> str | None:
    if mark == "." or first > 12 or first == second:  # dots are written day first everywhere
        return as_edtf(year, second, first)
    return as_edtf(year, first, second) if second > 12 else None
