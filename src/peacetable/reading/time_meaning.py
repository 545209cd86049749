"""What the words of a time expression share on the way to their meaning: their setting, and the last touches.

Relative expressions count from the day of publication and from nothing else. Where that day is unknown, or an
expression counts from something that the text does not date ("the following day"), there is no EDTF and the TimeML
value keeps its X's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

from peacetable.reading import calendar_rules as rules
from peacetable.reading.analysis import TimeType
from peacetable.reading.calendar_rules import Period, Tense
from peacetable.reading.time_tense import tense_around
from peacetable.reading.time_words import Word, word_lists

#: Words that count from another date of the text, not from the day of publication.
ELSEWHERE: Final = frozenset(("previous", "preceding", "following", "same", "that", "those"))
#: What makes a day before it a bound that lies ahead: "the June deadline".
DEADLINES: Final = frozenset(("deadline", "ultimatum", "cut-off", "cutoff"))
Kept = Mapping[str, Word]


@dataclass(frozen=True, slots=True)
class Relative:
    """How an expression counts from another date of the text.

    Attributes:
        count, unit: so many units later (before, if negative), by TimeML's letter.
        whole: the whole unit is meant ("the following year"), not a date so much later ("a year later").
        reach: how many sentences' ends may lie between the two.
        only_quarters: only a quarter of a year is counted from ("up from a year ago").
    """

    count: float
    unit: str
    whole: bool = False
    reach: int = 0
    only_quarters: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """TimeML's type and value, and the date in EDTF where it can be told."""

    type: TimeType
    timex: str | None
    edtf: str | None = None
    rule: str | None = None
    anchor: str | None = None
    relative: Relative | None = None


@dataclass(frozen=True)
class Setting:
    """What an expression stands in: the row of words, its place there, and the day of publication."""

    row: Sequence[Word]
    first: int
    last: int
    published: date | None
    function: str

    @cached_property
    def tense(self) -> Tense:
        """Past or to come, as the clause tells; a deadline lies ahead unless its verb leaves no doubt."""
        if self.before() == "since":
            return "past"
        tense, at = tense_around(self.row, self.first, self.last)
        earlier = self.word(-2)
        if tense != "past" and (self.after() in DEADLINES or (earlier is not None and earlier.text in DEADLINES)):
            return "future"
        if self.function in ("plain", "after") and not (self.before() == "for" and tense != "future"):
            return tense
        if tense == "past":
            return "past" if self._settled(at) else "due"
        return "future" if tense == "future" else "due"

    def _settled(self, at: int) -> bool:
        """Does the past verb before a deadline say that it has passed: "had left by Friday", "lasted until Friday"?"""
        settled = word_lists().tense["settled"]
        if at in (self.first - 2, self.first - 1) and self.function == "until":
            return False  # "they have until Sunday"
        return self.row[at].text in settled or any(word.text in settled for word in self.row[max(0, at - 2) : at])

    def word(self, offset: int) -> Word | None:
        """The word so many places before (negative, from -1) or after (from 0) the expression."""
        at = self.first + offset if offset < 0 else self.last + offset
        return self.row[at] if 0 <= at < len(self.row) else None

    def before(self) -> str:
        """The word before, in lower case."""
        word = self.word(-1)
        return word.text if word else ""

    def after(self) -> str:
        """The word after, in lower case."""
        word = self.word(0)
        return word.text if word else ""


# Finishing touches: "about", "the end of", "early".


def dated(period: Period | None, kept: Kept, *, type_: TimeType = "DATE", unknown: str | None = None) -> Meaning:
    """A period as a date, with what stands before it; `unknown` is the TimeML value where there is no period."""
    if period is None:
        return Meaning("DATE" if type_ == "DATE" else type_, unknown)
    timex, base = period.timex, period
    if "edge" in kept:
        period = rules.edge_of(period, kept["edge"].mark)
    elif "mid" in kept:
        period = rules.about(period, "MID")
    elif "mod" in kept:
        period = rules.about(period, kept["mod"].mark)
    elif "near" in kept:
        period = replace(period, edtf="/".join(f"{part}~" for part in period.edtf.split("/")))
    if period.rule != base.rule:
        period = replace(period, rule=f"{period.rule} {base.edtf}" + (f", {base.rule}" if base.rule else ""))
    return Meaning(type_, timex, period.edtf, period.rule, period.anchor)


def counted(period: Period | None, rule: str, setting: Setting) -> Period | None:
    """A period with the rule that found it and the day of publication as what it counts from."""
    if period is None or setting.published is None:
        return None
    return replace(period, rule=rule, anchor=setting.published.isoformat())


def step_of(word: Word | None) -> int | None:
    """-1 for last, 1 for next, 0 for this; None where it counts from another date of the text."""
    if word is None or word.text in ELSEWHERE:
        return None
    return {"l": -1, "x": 1}.get(word.code, 0)


def year_of(kept: Kept, setting: Setting) -> tuple[int | None, bool]:
    """The year that is named, and whether any is: "last year" names one even where it cannot be told."""
    if "year" in kept:
        return int(kept["year"].value), True
    if "whose" in kept:
        step = step_of(kept["whose"])
        return (setting.published.year + step if setting.published and step is not None else None), True
    return None, False


def on_calendar(year: float) -> bool:
    return 1 <= year <= 9999


#: What a reader of one kind of pattern is.
Reader = Callable[[Kept, Setting], Meaning | None]
