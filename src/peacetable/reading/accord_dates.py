"""When an agreement was made, or for how long a truce runs.

The day of conclusion wins where the clause gives it; else the term of a truce is an interval: from its start to its
end, or as long as it lasts. Days by which something is to be done, and the day on which it broke down, are neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from peacetable.model import AgreementKind, AgreementStatus, When
from peacetable.reading.analysis import Analysis, Sentence, TimeExpression
from peacetable.reading.extents import Clause
from peacetable.reading.word_sets import word_set

#: Fates whose day is not the day of conclusion.
ENDED: Final = frozenset({"rejected", "collapsed", "violated"})
#: Not concluded yet: a coming day is only hoped for.
OPEN: Final = frozenset({"drafted", "proposed"})
#: Before a time: a truce ends then, or begins.
ENDS: Final = re.compile(
    r"\b(?:expires?|expired|expiring|lapses?|lapsed|runs? out|ran out|run until|end(?:s|ing)?|due to (?:end|expire)|"
    r"through|valid (?:to|until))\s+(?:at |on |in |at midnight on )*(?:the )?$"
)
BEGINS: Final = re.compile(
    r"\b(?:begins?|began|beginning|start(?:s|ed|ing)?|effective|takes? effect|took effect|take effect|in force|"
    r"(?:enter|entered|enters|came|come|comes|went|go|goes|going|coming) into (?:force|effect)|counted|holds?)\s+"
    r"(?:at |on |from |as of |since |from midnight |at midnight |at midnight on |when [a-z ]{1,30} on )*(?:the )?$"
)
LENGTH: Final = re.compile(r"P(?:(\d+)(D|W|M|Y)|T(\d+)H)")
#: How far behind a name, in characters, a day belongs to it: "the truce of 4 January".
NEAR: Final = 24


def accord_date(
    analysis: Analysis,
    clause: Clause,
    name: tuple[int, int],
    extent: tuple[int, int],
    *,
    kind: AgreementKind,
    status: AgreementStatus | None,
) -> When | None:
    """The date of an agreement.

    Args:
        clause: the clause that names it.
        name: where its name starts and ends.
        extent: the run of text that tells of it; times outside of it belong to something else.
        kind: a truce has a term.
        status: what became of it.
    """
    times = [time for time in analysis.times_in(*extent) if time.when is not None and time.type in ("DATE", "TIME")]
    for time in times:
        if name[0] <= time.start and time.end <= name[1]:
            return time.when
        near = 0 <= time.start - name[1] <= NEAR and OWN.fullmatch(analysis.text, name[1], time.start)
        if near and time.when and not _hoped(analysis, clause, time.when):
            return time.when
    starts = [time for time in times if _begins(analysis, time)]
    ends = [time for time in times if _ends(analysis, time)]
    plain = [
        time
        for time in times
        if time.function in ("plain", "after", "since")
        and time not in ends
        and (time not in starts or kind != "ceasefire")
    ]
    made = _made(clause, name, plain, ended=status in ENDED)
    if made and made.when:
        return None if _hoped(analysis, clause, made.when) else made.when
    if kind == "ceasefire" and status not in ENDED:
        return _term(analysis, clause, starts, ends)
    return None if times or status in ENDED | OPEN else _heading(analysis, clause) or _before(analysis, clause)


OWN: Final = re.compile(r"\s*(?:of|in|dated|,|\()?\s*(?:the\s+)?(?:[a-z]+\s+of\s+)?")


def _made(clause: Clause, name: tuple[int, int], times: list[TimeExpression], *, ended: bool) -> TimeExpression | None:
    """The time nearest to a verb of concluding, or to the name; of what is over, only one that such a verb governs."""
    verbs = [token.start for token in clause.tokens if token.lower in word_set("signing") | word_set("brokering")]
    if ended:
        behind = [(time.start - verb, time) for time in times for verb in verbs if 0 < time.start - verb <= GOVERNED]
        return min(behind, key=lambda pair: pair[0])[1] if behind else None
    verb = min(verbs, key=lambda start: abs(start - name[0]), default=name[0])
    return min(times, key=lambda time: min(abs(time.start - verb), abs(time.start - name[0])), default=None)


#: How far behind its verb, in characters, the day of a conclusion stands.
GOVERNED: Final = 45


def _begins(analysis: Analysis, time: TimeExpression) -> bool:
    return time.function == "since" or bool(BEGINS.search(analysis.text[max(0, time.start - 60) : time.start].lower()))


def _ends(analysis: Analysis, time: TimeExpression) -> bool:
    return time.function == "until" or bool(ENDS.search(analysis.text[max(0, time.start - 60) : time.start].lower()))


def _hoped(analysis: Analysis, clause: Clause, when: When) -> bool:
    """Is a coming day only one on which it could be concluded?"""
    day = analysis.report.day
    coming = day is not None and when.latest is not None and when.latest > day
    return coming and any(token.lower in ("could", "might", "may", "hopes", "hope") for token in clause.tokens)


def _term(analysis: Analysis, clause: Clause, starts: list[TimeExpression], ends: list[TimeExpression]) -> When | None:
    """From when to when a truce runs, as far as the clause says."""
    first = next((time.when for time in starts if time.when and "/" not in time.when.edtf), None)
    last = next((time.when for time in ends if time.when and "/" not in time.when.edtf), None)
    if first is None:
        whole = next((time.when for time in starts if time.when), None)
        return whole or (When(f"../{last.edtf}", last.words, last.rule, last.anchor) if last else None)
    if last is not None and first.earliest and last.latest and first.earliest <= last.latest:
        return When(f"{first.edtf}/{last.edtf}", first.words, first.rule, first.anchor)
    lengths = (time.timex for time in analysis.times_in(clause.start, clause.end) if time.type == "DURATION")
    end = next((end for timex in lengths if timex and (end := _after(first.day, timex))), None)
    return When(f"{first.edtf}/{end.isoformat()}", first.words, "start and length", first.edtf) if end else first


def _after(day: date | None, length: str) -> date | None:
    """The day that is a length after another: days, weeks and whole days of hours; a month to its like."""
    match = LENGTH.fullmatch(length)
    if match is None or day is None:
        return None
    if match[3]:
        return day + timedelta(days=int(match[3]) // 24) if int(match[3]) >= 24 else None
    count = int(match[1])
    if match[2] in "DW":
        return day + timedelta(days=count * (7 if match[2] == "W" else 1))
    months = day.month - 1 + count * (12 if match[2] == "Y" else 1)
    return date(day.year + months // 12, months % 12 + 1, min(day.day, 28)) if day.year + months // 12 < 9999 else None


def _heading(analysis: Analysis, clause: Clause) -> When | None:
    """The date that heads a paragraph of a chronicle: "April 1999: ..."."""
    start = _paragraph(analysis, clause)[0].start
    opening = next(analysis.times_in(start, start + 40), None)
    if opening is None or opening.start - start > 4 or opening.when is None or opening.type != "DATE":
        return None
    return opening.when if HEADED.match(analysis.text, opening.end) else None


HEADED: Final = re.compile(r"\s*(?::|\.\s|[-–—]\s|\n)")


def _paragraph(analysis: Analysis, clause: Clause) -> Sequence[Sentence]:
    """The sentences of the clause's paragraph, up to its own."""
    number = clause.sentence.number
    while number and analysis.sentences[number - 1].paragraph == clause.sentence.paragraph:
        number -= 1
    return analysis.sentences[number : clause.sentence.number + 1]


def _before(analysis: Analysis, clause: Clause) -> When | None:
    """The time that a relative clause hangs on: "at the conference in Vienna in 1995, at which they agreed ..."."""
    tokens = clause.sentence.tokens
    near = {token.lower for token in tokens[max(0, clause.first - 2) : clause.first + 2]}
    if not clause.first or not near & {"which", "where", "when"}:
        return None
    start = tokens[max(0, clause.first - 6)].start
    found = [time for time in analysis.times_in(start, clause.start) if time.when and time.type == "DATE"]
    return found[-1].when if found else None
