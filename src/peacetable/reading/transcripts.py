"""Interviews and briefings: paragraphs that open with the label of who speaks ("Q:", "SPOKESPERSON:")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.reading.analysis import Paragraph

LABEL: Final = re.compile(r"(?P<label>(?:[A-Z][\w.'’()-]*)(?: [\w.'’()-]+){0,4}?)\s?:\s+(?=\S)")
#: So many labelled paragraphs, and one label so often, make a transcript; fewer are headings.
LEAST_TURNS: Final = 4
LEAST_REPEATS: Final = 2
INTERVIEWERS: Final = frozenset(
    {
        "q", "presenter", "interviewer", "host", "anchor", "moderator", "newsreader",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says before the next one does.

    Attributes:
        label: where the label stands.
        start, end: what is said.
    """

    label: tuple[int, int]
    start: int
    end: int


def turns(text: str, paragraphs: Sequence[Paragraph]) -> tuple[Turn, ...]:
    """The turns of a transcript, those of an interviewer left out; nothing where the text is no transcript."""
    labelled = [(paragraph, LABEL.match(text, paragraph.start, paragraph.end)) for paragraph in paragraphs]
    labels = [match["label"] for _, match in labelled if match]
    counts = Counter(labels)
    if len(labels) < LEAST_TURNS or max(counts.values()) < LEAST_REPEATS:
        return ()
    asks = {label for label in counts if label.lower() in INTERVIEWERS}
    if len(counts) == 2 and not labels[0].lower().startswith("question"):
        asks.add(labels[0])
    found: list[Turn] = []
    open_turn = False
    for paragraph, match in labelled:
        if match:
            open_turn = match["label"] not in asks
            if open_turn:
                found.append(Turn(match.span("label"), match.end(), paragraph.end))
        elif open_turn and found:
            last = found[-1]
            found[-1] = Turn(last.label, last.start, paragraph.end)
    return tuple(found)
