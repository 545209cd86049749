"""The section of the timeline: what is dated, in its order, as a picture and as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from peacetable.ledger import Claim, Moment, Situation
from peacetable.model import Agreement, Commitment, Incident, Kind, Proposal, Span, Statement, Talks
from peacetable.views import phrases
from peacetable.views.brief.cells import Value, clipped, each_date, names, quoted, thin
from peacetable.views.brief.drawing import Dot, Drawing, drawing, ends
from peacetable.views.brief.footnotes import Footnotes

MOST: Final = 36
LABEL: Final = 44
#: The lanes from the top, by kind of finding; other kinds share the last one.
LANES: Final[dict[Kind, str]] = {
    "agreements": "Agreements",
    "commitments": "Deadlines",
    "talks": "Talks",
    "incidents": "On the ground",
}
REST: Final = "Said and proposed"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the list: its number in the picture, when, what kind, and the words."""

    number: int
    lane: str
    when: tuple[Value, ...]
    what: Value
    thin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The timeline: a list, and the same as a wide and as a narrow picture."""

    steps: tuple[Step, ...]
    wide: Drawing | None
    narrow: Drawing | None
    count: int
    left_out: str


def course(situation: Situation, notes: Footnotes) -> Course:
    """The moments nearest to the day, in the order of their dates."""
    moments = [moment for moment in situation.timeline if moment.kind != "statements"]
    day = situation.on
    if day:
        moments = sorted(moments, key=lambda moment: _distance(moment, day))
    kept = sorted(moments[:MOST], key=lambda moment: ends(moment.when))
    steps, dots = [], []
    for number, moment in enumerate(kept, start=1):
        lane = LANES.get(moment.kind, REST)
        what = quoted(notes, moment.claim, _words(moment.claim))
        steps.append(Step(number, lane, each_date(notes, [(moment.when, moment.claim)]), what, thin([moment.claim])))
        dots.append(Dot(number, lane, moment.when, _label(moment.claim, notes), what.notes[0]))
    order = [*LANES.values(), REST]
    dots.sort(key=lambda dot: (order.index(dot.lane), dot.number))
    left = len(moments) - len(kept)
    return Course(
        steps=tuple(steps),
        wide=drawing(dots, on=day, width=920, labels=True),
        narrow=drawing(dots, on=day, width=358, labels=False),
        count=len(moments),
        left_out=phrases.counted(left, "moment further from the day", "moments further from the day") if left else "",
    )


def _words(claim: Claim) -> Span:
    finding = claim.finding
    if isinstance(finding, Commitment):
        return finding.action
    return finding.evidence


def _label(claim: Claim, notes: Footnotes) -> str:
    """A few words for the picture, of the report's or of the scheme's."""
    finding = claim.finding
    match finding:
        case Agreement():
            words = finding.name.quote
        case Commitment():
            words = f"{names(notes, claim, [finding.actor])}: {finding.action.quote}".removeprefix(": ")
        case Talks():
            who = finding.place or names(notes, claim, finding.hosts or finding.participants)
            stage = phrases.said(finding.status)
            words = f"{phrases.said(finding.type)}, {who} ({stage})" if who else finding.evidence.quote
        case Incident():
            words = ", ".join(filter(None, (phrases.incident_words(finding), finding.place)))
        case Proposal():
            words = finding.content.quote
        case Statement():
            words = names(notes, claim, [finding.speaker])
        case _:
            words = finding.evidence.quote
    return clipped(words, LABEL)


def _distance(moment: Moment, day: date) -> int:
    first, last = ends(moment.when)
    return 0 if first <= day <= last else min(abs((first - day).days), abs((last - day).days))
