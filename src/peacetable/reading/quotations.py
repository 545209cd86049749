"""Quotation marks of a text, paired within paragraphs, and what they do to a run of words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.model import Form, Span
from peacetable.reading.analysis import Paragraph

PAIRS: Final = {"“": "”", "„": "“”", "«": "»"}
SINGLE_OPEN: Final = re.compile(r"(?<![^\W_])['‘](?=[^\W_\s])")
SINGLE_CLOSE: Final = re.compile(r"(?<=[^\W_.,!?…])['’](?![^\W_])|(?<=[.,!?…])['’]")
TRIM: Final = " \t\r\n\xa0,;:—–-"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks; `inner` leaves them out. One that never closes ends with its paragraph."""

    start: int
    end: int
    inner: tuple[int, int]


class Quotations:
    """The quotations of a text in order, to look up by place."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self.text = text
        self.all = tuple(_paired(text, paragraphs))
        self._starts = [quotation.start for quotation in self.all]

    def at(self, offset: int) -> Quotation | None:
        """The quotation that holds an offset, its marks included."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and self.all[index].start <= offset < self.all[index].end:
            return self.all[index]
        return None

    def within(self, start: int, end: int) -> Iterator[Quotation]:
        """The quotations that share a character with a range."""
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self.all) and self.all[index].start < end:
            if self.all[index].end > start:
                yield self.all[index]
            index += 1

    def pieces(self, start: int, end: int) -> tuple[tuple[Span, ...], Form]:
        """What is said in a range, parted at quotation marks, and its form."""
        spans: list[Span] = []
        quoted = plain = False
        at = start
        for quotation in self.within(start, end):
            plain |= self._keep(spans, at, max(at, quotation.start))
            left, right = max(start, quotation.inner[0]), min(end, quotation.inner[1])
            quoted |= self._keep(spans, left, right)
            at = min(end, quotation.end)
        plain |= self._keep(spans, at, end)
        form: Form = "mixed" if quoted and plain else "direct" if quoted else "indirect"
        return tuple(spans), form

    def _keep(self, spans: list[Span], start: int, end: int) -> bool:
        while start < end and (self.text[start] in TRIM):
            start += 1
        while end > start and self.text[end - 1] in TRIM + ".":
            end -= 1
        if not any(character.isalnum() for character in self.text[start:end]):
            return False
        if self.text[start:end].lower() == "that":
            return False
        spans.append(Span.of(self.text, start, end))
        return True


def _paired(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Quotation]:
    doubles = any(mark in text for mark in '"“”«')
    for paragraph in paragraphs:
        yield from _in_paragraph(text, paragraph.start, paragraph.end, singles=not doubles)


def _in_paragraph(text: str, start: int, end: int, *, singles: bool) -> Iterator[Quotation]:
    at = start
    while at < end:
        mark = text[at]
        close = -1
        if mark in PAIRS:
            found = [place for place in (text.find(other, at + 1, end) for other in PAIRS[mark]) if place >= 0]
            again = text.find(mark, at + 1, end)
            close = min(found, default=end)
            close = again if 0 <= again < close and not found else close
        elif mark == '"':
            close = text.find('"', at + 1, end)
            close = end if close < 0 else close
            if close == end and not _opens(text, at, start):
                close = -1
        elif singles and SINGLE_OPEN.match(text, at):
            match = SINGLE_CLOSE.search(text, at + 1, end)
            close = match.start() if match else -1
        if close < 0:
            at += 1
            continue
        yield Quotation(at, min(close + 1, end), (at + 1, close))
        at = close + 1


def _opens(text: str, at: int, start: int) -> bool:
    return (at == start or (not text[at - 1].isalnum() and text[at - 1] not in ".,!?")) and text[
        at + 1 : at + 2
    ].strip() != ""
