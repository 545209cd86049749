"""A span in its paragraph: what a view shows when a cell is opened, and no more of the report than that.

The paragraph is found in the report's own text: a run of lines between empty ones, or, where a text has none, one line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from peacetable.ledger import Claim, Passage
from peacetable.model import Report, Span

BLANK: Final = re.compile(r"(?:\r\n|[\n\r\u2028\u2029])(?:[ \t\f\v\u00a0]*(?:\r\n|[\n\r\u2028\u2029]))+")
LINE: Final = re.compile(r"\r\n|[\n\r\u2028\u2029]")
#: A paragraph longer than this is no paragraph (a text without line breaks): words around the span are shown instead.
MOST_CHARACTERS: Final = 1_500
#: How much is shown on each side of a span in such a text.
AROUND: Final = 300


def passage(report: Report, span: Span) -> Passage:
    """A span with the paragraph that it stands in, or the paragraphs that it runs through.

    Args:
        report: the report.
        span: words of the report.
    """
    start, end = _surroundings(report.text, span.start, span.end)
    return Passage(report=report, span=span, paragraph=Span.of(report.text, start, end))


def passages(claims: Sequence[Claim]) -> tuple[Passage, ...]:
    """The evidence of claims, each in its paragraph."""
    return tuple(passage(claim.report, claim.finding.evidence) for claim in claims)


def parts(found: Passage) -> tuple[str, str, str]:
    """A passage as the words before the span, the span, and the words after it, for a view that marks the span."""
    text, span, paragraph = found.report.text, found.span, found.paragraph
    return text[paragraph.start : span.start], span.quote, text[span.end : paragraph.end]


def cut(found: Passage) -> tuple[bool, bool]:
    """Does the passage begin, or end, within a sentence of the report rather than at a line's edge?"""
    text, paragraph = found.report.text, found.paragraph
    before, after = text[: paragraph.start].rstrip(" \t"), text[paragraph.end :].lstrip(" \t")
    return bool(before) and before[-1] not in "\n\r\u2028\u2029", bool(after) and after[0] not in "\n\r\u2028\u2029"


def neighbours(found: Passage) -> tuple[Passage | None, Passage | None]:
    """The paragraphs before and after a passage, for a view that can be opened further; None at the report's ends."""
    text, paragraph = found.report.text, found.paragraph
    before = len(text[: paragraph.start].rstrip())
    rest = text[paragraph.end :]
    after = paragraph.end + len(rest) - len(rest.lstrip())
    earlier = passage(found.report, Span.of(text, before - 1, before)) if before else None
    later = passage(found.report, Span.of(text, after, after + 1)) if after < len(text) else None
    return earlier, later


def _surroundings(text: str, start: int, end: int) -> tuple[int, int]:
    breaks = BLANK if BLANK.search(text) else LINE
    first, last = 0, len(text)
    for found in breaks.finditer(text):
        if found.end() <= start:
            first = found.end()
        elif found.start() >= end:
            last = found.start()
            break
    if last - first > MOST_CHARACTERS:
        first, last = _words_around(text, max(first, start - AROUND), min(last, end + AROUND), first, last)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _words_around(text: str, first: int, last: int, most: int, least: int) -> tuple[int, int]:
    while first > most and not text[first - 1].isspace():
        first -= 1
    while last < least and not text[last].isspace():
        last += 1
    return first, last
