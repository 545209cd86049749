"""The grammar of times: which rows of word classes are time expressions.

A pattern is a row of class names of `time_words`, `key:NAME` keeps a word under a key, and the usual marks of regular
expressions apply: `COMMA?`, `[NUM ORD]`, `( ... | ... )`. The kind of a pattern names the function in `time_values`
that works out what it means. Of overlapping matches the longest stands, and of equals the earlier in the list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from peacetable.reading.time_words import CLASSES, Word, codes_of

#: Whose year: "March 2021", "March last year", "March of that year".
_WHOSE_YEAR: Final = "( COMMA? year:YEAR | OF year:YEAR | COMMA? OF? THE? whose:[LAST NEXT THIS THAT] ANNUAL )"
_NUMBER: Final = "[NUM BIG WORDNUM]"
_ANY_UNIT: Final = "[UNIT ANNUAL UNITS]"
_DATE_TAIL: Final = f"( wd:WEEKDAY COMMA? )? ( month:MONTH THE? day:[NUM ORD] | THE day:ORD OF? month:MONTH | day:[NUM ORD] OF? month:MONTH ) {_WHOSE_YEAR}?"

#: Before a date: "about", "the end of", "early", "mid-".
_BEFORE_DATE: Final = "( near:APPROX )? ( THE? edge:EDGE OF | THE? mod:EARLY ( IN | ON | DASH )? ( mid:MID DASH? )? | THE? mid:MID DASH? )?"
_BEFORE_LENGTH: Final = "( near:[APPROX OVER] )?"

# Each pattern stands on one line, however long, so that the list reads as a table.
# ruff: noqa: E501
PATTERNS: Final[tuple[tuple[str, str], ...]] = (
    # Days.
    ("iso", "day:ISO"),
    ("slashed", "day:SLASHED"),
    ("day_of_month", f"{_BEFORE_DATE} {_DATE_TAIL}"),
    ("day_range", f"( wd:WEEKDAY COMMA? )? THE? day:[NUM ORD] ( DASH | TO | AND | OR ) ( WEEKDAY COMMA? )? THE? day2:[NUM ORD] OF? month:MONTH {_WHOSE_YEAR}?"),
    ("day_range", f"month:MONTH day:[NUM ORD] ( DASH | TO | AND | OR ) day2:[NUM ORD] {_WHOSE_YEAR}?"),
    ("day_range", f"month:MONTH day:[NUM ORD] ( DASH | TO | AND ) month2:MONTH day2:[NUM ORD] {_WHOSE_YEAR}"),
    ("day_range", f"day:[NUM ORD] month:MONTH ( DASH | TO | AND ) day2:[NUM ORD] month2:MONTH {_WHOSE_YEAR}"),
    ("weekday_number", "wd:WEEKDAY THE? day:[NUM ORD]"),
    ("day_of_this_month", "THE day:[NUM ORD] OF rel:[LAST NEXT THIS THE] unit:UNIT"),
    ("weekday", f"{_BEFORE_DATE} THIS? rel:[LAST NEXT THIS]? wd:WEEKDAY"),
    ("weekday", f"{_BEFORE_DATE} wd:WEEKDAY COMMA? OF? THE? week:[LAST NEXT THIS] unit:UNIT"),
    ("weekday", "week:[LAST NEXT THIS] unit:UNIT POSS wd:WEEKDAY"),
    ("weekday_after_next", "wd:WEEKDAY unit:UNIT"),
    ("deictic", f"{_BEFORE_DATE} day:DEICTIC"),
    ("deictic", "THE unit:UNIT over:BEFORE day:DEICTIC"),
    # Months, years and what lies between.
    ("month", f"{_BEFORE_DATE} month:MONTH {_WHOSE_YEAR}?"),
    ("month", f"{_BEFORE_DATE} THIS? rel:[LAST NEXT THIS] month:MONTH"),
    ("month", f"{_BEFORE_DATE} month:MONTH unit:UNIT"),
    ("month_range", f"month:MONTH ( COMMA? year0:YEAR )? ( DASH | TO | AND | OR ) month2:MONTH {_WHOSE_YEAR}?"),
    ("month_edge", f"edge:EDGE DASH? ( OF )? month:MONTH {_WHOSE_YEAR}?"),
    ("year", f"{_BEFORE_DATE} ( THE ANNUAL )? year:YEAR"),
    ("year", f"{_BEFORE_DATE} THE ANNUAL year:WORDNUM"),
    ("year_range", "year:YEAR DASH year2:[YEAR BIG]"),
    ("year_edge", "THE? ( unit:[ANNUAL UNIT] ( POSS | DASH )? edge:EDGE )"),
    ("decade", f"{_BEFORE_DATE} THE? decade:DECADE"),
    ("century", "near:APPROX? THE? ( mod:EARLY | mid:MID DASH? )? ord:ORD DASH? unit:UNIT"),
    ("season", f"{_BEFORE_DATE} THE? season:SEASON ( OF? year:YEAR | COMMA? OF? THE? whose:[LAST NEXT THIS THAT] ANNUAL )?"),
    ("season", f"{_BEFORE_DATE} THIS? rel:[LAST NEXT THIS] season:SEASON"),
    ("quarter", "THE? ( FISCAL DASH? )? nth:[ORD LAST] DASH? quarter:UNIT ( OF FISCAL? year:YEAR | OF? THE? whose:[LAST NEXT THIS THAT] ANNUAL | OF THE ANNUAL | COMMA year:YEAR )?"),
    ("quarter", "whose:[LAST NEXT THIS] ANNUAL POSS nth:ORD DASH? quarter:UNIT"),
    ("quarter", "THE year:YEAR nth:ORD DASH? quarter:UNIT"),
    ("half", f"THE? nth:[ORD LAST] HALF OF ( month:MONTH {_WHOSE_YEAR}? | year:YEAR | THE? whose:[LAST NEXT THIS] ANNUAL | THE ANNUAL | THE? rel:[LAST NEXT THIS THE] unit:UNIT | THE? decade:DECADE )"),
    ("nth_week", f"THE? nth:[ORD LAST] unit:[UNIT UNITS] OF ( month:MONTH {_WHOSE_YEAR}? | THE? rel:[LAST NEXT THIS THE] big:[UNIT ANNUAL] | year:YEAR )"),
    ("fiscal", "THE? ( rel:[LAST NEXT THIS] )? FISCAL DASH? ( ANNUAL )? ( year:YEAR )?"),
    ("fiscal", "THE? FISCAL DASH? nth:ORD DASH? quarter:UNIT"),
    # Units counted from now.
    ("unit", f"{_BEFORE_DATE} THE? THIS? rel:[LAST NEXT THIS THAT] unit:[UNIT ANNUAL]"),
    ("unit", f"{_BEFORE_DATE} rel:THE unit:[UNIT ANNUAL]"),
    ("ago", f"{_BEFORE_LENGTH} ( num:{_NUMBER} | num:A | vague:VAGUE | num:A vague:VAGUE OF? | half:HALF num:A ) ( OR SO )? DASH? unit:{_ANY_UNIT} ( OR SO )? ago:[AGO EARLY]"),
    ("ago", f"{_BEFORE_LENGTH} num:A unit:{_ANY_UNIT} AND A half:HALF ago:[AGO EARLY]"),
    ("ago", f"{_BEFORE_LENGTH} num:{_NUMBER} AND A half:HALF unit:UNITS ago:[AGO EARLY]"),
    ("ago", "unit:UNITS ago:[AGO EARLY]"),
    ("ago", "( ( A | THE ) )? unit:ANNUAL DASH ago:[AGO EARLY] ORD? DASH? quarter:UNIT"),
    ("ago", "unit:ANNUAL DASH ago:[AGO EARLY]"),
    ("from_now", f"{_BEFORE_LENGTH} ( num:{_NUMBER} | num:A ) unit:{_ANY_UNIT} IN ( now:REFERENCE | now:DEICTIC )"),
    ("recent_length", f"{_BEFORE_LENGTH} ( EVERY OF )? THE? which:[LAST NEXT THIS] ( num:{_NUMBER} | vague:VAGUE OF? | near2:APPROX num:{_NUMBER} ) unit:UNITS ( OR SO )?"),
    ("recent_length", f"{_BEFORE_LENGTH} THE which:[LAST NEXT] num:{_NUMBER} ( TO | OR | DASH ) num2:{_NUMBER} unit:UNITS"),
    ("recent_length", "THE which:[LAST NEXT] unit:UNITS"),
    # Lengths.
    ("length", f"{_BEFORE_LENGTH} ( THE nth:ORD )? num:{_NUMBER} VAGUE? unit:UNITS ( OR SO )?"),
    ("length", f"THE num:{_NUMBER} unit:UNITS"),
    ("length", f"{_BEFORE_LENGTH} num:{_NUMBER} DASH? unit:{_ANY_UNIT}"),
    ("length", f"{_BEFORE_LENGTH} num:{_NUMBER} ( TO | OR | DASH | DASH TO DASH ) num2:{_NUMBER} DASH? unit:{_ANY_UNIT}"),
    ("length", f"{_BEFORE_LENGTH} num:A VAGUE? unit:[UNIT ANNUAL] ( OR SO )?"),
    ("length", f"{_BEFORE_LENGTH} num:[A WORDNUM] unit:[UNIT ANNUAL UNITS] AND A half:HALF"),
    ("length", f"{_BEFORE_LENGTH} num:{_NUMBER} AND A half:HALF DASH? unit:[UNITS UNIT ANNUAL]"),
    ("length", f"{_BEFORE_LENGTH} half:HALF num:A unit:[UNIT ANNUAL]"),
    ("length", f"{_BEFORE_LENGTH} num:A half:HALF DASH? unit:[UNIT ANNUAL]"),
    ("length", f"{_BEFORE_LENGTH} A? vague:VAGUE OF? unit:UNITS ( OR unit2:UNITS )?"),
    ("length", f"{_BEFORE_LENGTH} vague:VAGUE OF num:{_NUMBER} unit:UNITS"),
    ("length", "unit:UNITS ( ( OR | AND ) unit2:UNITS )?"),
    ("length", "THE ( nth:ORD )? num:THIS? unit:UNITS"),
    # How often.
    ("often", "EVERY ( OF THE )? num:[NUM WORDNUM VAGUE]? unit:[UNIT ANNUAL UNITS WEEKDAY SEASON MONTH PART]"),
    ("often", "unit:WEEKDAYS"),
    ("often", "unit:WEEKDAY part:PART"),
    ("often", "unit:PERIODIC"),
    # Parts of a day and the clock.
    ("part", f"{_BEFORE_DATE} THE? part:PART COMMA? ( ON | OF )? rel:[LAST NEXT THIS]? ( wd:WEEKDAY | deictic:DEICTIC )"),
    ("part", f"{_BEFORE_DATE} THE? part:PART COMMA? ( ON | OF )? {_DATE_TAIL}"),
    ("part", f"{_BEFORE_DATE} THE? part:PART OF day:[NUM ORD] ( TO | AND | DASH ) day2:[NUM ORD] month:MONTH {_WHOSE_YEAR}?"),
    ("part", f"{_BEFORE_DATE} rel:[LAST NEXT THIS]? wd:WEEKDAY POSS? part:PART"),
    ("part", f"{_BEFORE_DATE} deictic:DEICTIC part:PART"),
    ("part", f"{_DATE_TAIL} part:PART"),
    ("part", f"{_BEFORE_DATE} rel:[LAST NEXT THIS THE THAT] part:PART"),
    ("part", "mid:MID DASH? part:PART"),
    ("part", "part:PART"),
    ("clock", "near:APPROX? clock:[CLOCK NUM WORDNUM] ampm:AMPM zone:ZONE? ZONE? ( COMMA? ON? ( rel:[LAST NEXT THIS]? wd:WEEKDAY | deictic:DEICTIC ) )?"),
    ("clock", "near:APPROX? clock:[CLOCK BIG YEAR] zone:ZONE ZONE? ( COMMA? ON? ( rel:[LAST NEXT THIS]? wd:WEEKDAY | deictic:DEICTIC ) )?"),
    ("clock", "near:APPROX? clock:CLOCK ( COMMA? ON? ( wd:WEEKDAY | deictic:DEICTIC ) )?"),
    ("clock", f"near:APPROX? clock:[CLOCK NUM WORDNUM] ampm:AMPM zone:ZONE? ( COMMA? ON? {_DATE_TAIL} )"),
    ("clock", f"near:APPROX? clock:[CLOCK BIG YEAR] zone:ZONE ( COMMA? ON? {_DATE_TAIL} )"),
    ("clock", f"near:APPROX? clock:CLOCK ( COMMA? ON? {_DATE_TAIL} )"),
    # The rest.
    ("reference", "word:REFERENCE"),
    ("reference", "word:RECENT unit:UNITS ( AND UNITS )?"),
    ("reference", "THE word:[LAST TIME]"),
    ("feast", f"THIS? ( rel:[LAST NEXT THIS] )? feast:FEAST {_WHOSE_YEAR}?"),
)  # fmt: skip


#: Runs of classed words, and what a run must hold for a pattern to match in it.
_RUNS: Final = re.compile("[^" + re.escape(CLASSES["OTHER"] + CLASSES["BREAK"] + CLASSES["QUOTE"]) + "]+")
_TELLING: Final = re.compile(
    "["
    + "".join(
        re.escape(CLASSES[name])
        for name in (
            "MONTH", "WEEKDAY", "WEEKDAYS", "UNIT", "ANNUAL", "UNITS", "PART", "SEASON", "YEAR", "DECADE", "ISO",
            "SLASHED", "CLOCK", "AMPM", "ZONE", "DEICTIC", "REFERENCE", "RECENT", "TIME", "PERIODIC", "FEAST",
            "FISCAL", "LAST",
        )
    )
    + "]"
)  # fmt: skip


class Match(NamedTuple):
    """Words `first` to `last` (not included) that a pattern took, and the words that it kept."""

    kind: str
    first: int
    last: int
    kept: dict[str, Word]


def matches(row: Sequence[Word]) -> list[Match]:
    """Every match of every pattern, the longest first, and of equals in the order of the patterns."""
    codes, places = _dense(codes_of(row))
    found: list[tuple[int, int, Match]] = []
    for order, (kind, pattern) in enumerate(_compiled()):
        for match in pattern.finditer(codes):
            kept = {key.rstrip("_"): row[places[match.start(key)]] for key, value in match.groupdict().items() if value}
            first, last = places[match.start()], places[match.end() - 1] + 1
            found.append((first - last, order, Match(kind, first, last, kept)))
    found.sort(key=lambda item: (item[0], item[1], item[2].first))
    return [match for _, _, match in found]


def _dense(codes: str) -> tuple[str, list[int]]:
    """The runs of classes in which a pattern can match at all, and where each class stands in the whole row.

    No pattern goes across an unclassed word, and every pattern needs a word that times are told by: so the patterns
    are spared nine tenths of a text.
    """
    kept: list[str] = []
    places: list[int] = []
    for run in _RUNS.finditer(codes):
        if _TELLING.search(run.group()):
            kept += (run.group(), "\n")
            places += (*range(run.start(), run.end()), run.end())
    return "".join(kept), places


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(_pattern(text))) for kind, text in PATTERNS)


def _pattern(text: str) -> str:
    """A pattern over class names as a regular expression over their characters."""
    seen: dict[str, int] = {}

    def written(match: re.Match[str]) -> str:
        name, classes = match[1], _class(match[2])
        if name is None:
            return classes
        seen[name] = seen.get(name, 0) + 1
        return f"(?P<{name}{'_' * (seen[name] - 1)}>{classes})"

    marks = text.replace("( ", "(?:").replace("[", "<").replace(" ", "~")
    return re.sub(r"(?:([a-z]\w*):)?(<[A-Z~]+\]|[A-Z]+)", written, marks).replace("~", "")


def _class(name: str) -> str:
    if name.startswith("<"):
        return "[" + "".join(re.escape(CLASSES[one]) for one in name[1:-1].split("~")) + "]"
    return re.escape(CLASSES[name])
