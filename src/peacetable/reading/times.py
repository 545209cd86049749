"""Time expressions of a report: where they stand, what they are in TimeML, and which date they mean in EDTF.

Word classes are matched by a grammar (in the manner of HeidelTime and SynTime) and worked out from the day of
publication alone. What cannot be told stays open: the TimeML value keeps its X's and there is no date.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType
from typing import Final, Literal, cast

from peacetable import edtf
from peacetable.model import Span, When
from peacetable.reading import calendar_rules as rules
from peacetable.reading.analysis import Sentence, TimeExpression
from peacetable.reading.time_anchors import Found, anchored, length_of
from peacetable.reading.time_clock import CLOCK
from peacetable.reading.time_dates import DATES
from peacetable.reading.time_grammar import matches
from peacetable.reading.time_lengths import LENGTHS
from peacetable.reading.time_meaning import DEADLINES, Meaning, Reader, Setting
from peacetable.reading.time_seasons import SEASONS
from peacetable.reading.time_words import Word, word_lists, words_of

Function = Literal["plain", "deadline", "before", "after", "since", "until"]
_READERS: Final[Mapping[str, Reader]] = MappingProxyType({**DATES, **SEASONS, **LENGTHS, **CLOCK})


def times(
    text: str,
    *,
    published: When | None,
    sentences: Sequence[Sentence] | None = None,
    furniture: Sequence[Span] = (),
) -> tuple[TimeExpression, ...]:
    """The time expressions of a text, in order.

    Args:
        text: the report's text.
        published: when it was published; what is relative stays undated unless this is known to the day.
        sentences: where sentences start, if known; no expression goes across one.
        furniture: runs of the text that are not read.
    """
    row = words_of(text, breaks=[sentence.start for sentence in sentences or ()])
    day = published.day if published else None
    found: list[Found] = []
    taken = bytearray(len(row))
    for match in matches(row):
        if any(taken[match.first : match.last]):
            continue
        start, end = row[match.first].start, row[match.last - 1].end
        if any(span.start < end and start < span.end for span in furniture):
            continue
        setting = Setting(row, match.first, match.last, day, _function(row, match.first, match.last))
        meant = _READERS[match.kind](match.kept, setting)
        if meant is None:
            continue
        taken[match.first : match.last] = b"\1" * (match.last - match.first)
        expression = _expression(text, start, end, meant, setting)
        found.append(Found(match.first, match.last, expression, meant.relative))
    found.sort(key=lambda item: item.first)
    return anchored(row, found)


def deadline(expression: TimeExpression, *, counted_from: When | None = None) -> When | None:
    """The date of an expression as its preposition bounds it.

    "By 1 May" and "until 1 May" end on that day, "before 1 May" on the day before, "since May" has no end, and
    anything else is the date itself. A length that is a deadline ("within 72 hours") is counted from a day.

    Args:
        expression: any time expression.
        counted_from: the day that a length is counted from, such as that of signing or of publication; a length that
            the text itself ties to an event ("within 30 days of signing") needs that event's day.

    Returns:
        The date in EDTF, open to one side where the preposition says so; None where it cannot be told.
    """
    when = expression.when
    if when is None and expression.type == "DURATION" and counted_from is not None:
        return end_of_length(expression, counted_from)
    if when is None or when.edtf.startswith("../"):
        return when
    if expression.function == "plain":
        return when
    point = when.edtf.split("/")
    if expression.function in ("since", "after"):
        return replace(when, edtf=f"{point[0]}/..")
    return replace(when, edtf=f"../{_bound(when, before=expression.function == 'before')}")


def end_of_length(expression: TimeExpression, start: When) -> When | None:
    """The end of a length that begins on a day: an open interval for "within 30 days", else from start to end.

    Returns:
        The date; None where the length has no number or the day is not known.
    """
    length = length_of(expression.timex)
    day = start.latest
    if expression.type != "DURATION" or length is None or day is None:
        return None
    end = rules.shift(day, *length)
    if end is None:
        return None
    rule = f"{expression.timex} after {start.edtf}"
    first = ".." if expression.function == "deadline" else day.isoformat()
    return When(f"{first}/{end.isoformat()}", words=expression.text, rule=rule, anchor=start.edtf)


def between(first: TimeExpression, last: TimeExpression) -> When | None:
    """From one expression to another: "from 14 August to 4 September"."""
    if first.when is None or last.when is None:
        return None
    start, end = first.when.edtf.split("/")[0], last.when.edtf.split("/")[-1]
    if not start.strip(".") or not end.strip("."):
        return None
    earliest, latest = first.when.earliest, last.when.latest
    if earliest is None or latest is None or latest < earliest:
        return None
    return When(f"{start}/{end}", words=f"{first.text} … {last.text}", rule="from-to", anchor=first.when.anchor)


def _bound(when: When, *, before: bool) -> str:
    """What a deadline ends on: the date as written, the last day for "the end of", the day before for "before"."""
    latest, earliest = when.latest, when.earliest
    rule = when.rule or ""
    if rule.startswith("end of") and latest is not None:
        return latest.isoformat()
    if before and not edtf.approximate(when.edtf) and earliest is not None:
        return when.edtf if rule.startswith("feast") else (earliest - timedelta(days=1)).isoformat()
    if "/" in when.edtf and latest is not None:
        return when.edtf.split("/")[1]
    return when.edtf


def _expression(text: str, start: int, end: int, meant: Meaning, setting: Setting) -> TimeExpression:
    words = text[start:end]
    when = When(meant.edtf, words=words, rule=meant.rule, anchor=meant.anchor) if meant.edtf else None
    return TimeExpression(start, end, words, meant.type, meant.timex, when, cast(Function, setting.function))


def _function(row: Sequence[Word], first: int, last: int) -> str:
    """What stands beside an expression makes of it: a preposition, longer ones first, or "deadline"."""
    prepositions = word_lists().prepositions
    before = [word.text for word in row[max(0, first - 4) : first]]
    if row[last : last + 1] and row[last].text in DEADLINES:
        return "deadline"
    if before[-2:-1] and before[-2] in DEADLINES and before[-1] in ("of", "on", "for"):
        return "deadline"
    if before and before[-1] in ("the", "about", "around"):
        before.pop()
    for size in (4, 3, 2, 1):
        name = prepositions.get(" ".join(before[-size:])) if len(before) >= size else None
        if name:
            return name
    return "plain"
