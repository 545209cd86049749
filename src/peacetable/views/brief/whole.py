"""Whole reports, for one's own use: the text as it came, with the numbers of its passages where they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from peacetable.model import Report
from peacetable.views.brief.footnotes import Note


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text: the notes that begin with it, and whether it belongs to the site rather than to the report."""

    text: str
    notes: tuple[int, ...]
    furniture: bool


def stretches(report: Report, notes: Sequence[Note]) -> tuple[Stretch, ...]:
    """A report's text cut where a passage or a run of furniture begins or ends; together they are the text."""
    begins: dict[int, list[int]] = {}
    for note in notes:
        if note.report.id == report.id:
            begins.setdefault(note.span.start, []).append(note.number)
    edges = {0, len(report.text), *begins}
    for run in report.furniture:
        edges |= {run.span.start, run.span.end}
    cuts = sorted(edges)
    return tuple(
        Stretch(
            report.text[start:end],
            tuple(begins.get(start, ())),
            any(run.span.start <= start and end <= run.span.end for run in report.furniture),
        )
        for start, end in pairwise(cuts)
    )
