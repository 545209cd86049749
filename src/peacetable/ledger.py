"""The nouns of many reports together: what the record believes to be one thing, and how it stands on a day.

A `View` is the read-only face of a record: everything after the record reads it and nothing else. What a view shows is
claims (findings by reports) joined by judgements; a value on which reports differ is a `Dispute`, never an average.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, Protocol

from peacetable.model import ActorId, ActorKind, Figure, Finding, Kind, Problem, Report, Span, Stance, When

Verdict = Literal["same", "different", "unsure"]
Timing = Literal["undated", "pending", "due", "overdue"]
Performance = Literal["unknown", "met", "partly_met", "breached", "disputed"]
Conditionality = Literal["none", "open", "met", "failed", "unknown"]
#: What a person can do to a claim, to a report or to two parties, besides judging two places.
Deed = Literal[
    "accept", "refuse", "correct", "add", "note", "choose", "file", "grade", "withdraw", "same", "different", "unsure"
]
#: The Traffic Light Protocol 2.0, from what all may see to what only the recipient may.
Marking = Literal["clear", "green", "amber", "amber+strict", "red"]
#: In the order in which they go into the headline: the first that holds is it.
Headline = Literal["disputed", "breached", "met", "partly_met", "overdue", "due", "pending", "undated"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was decided, as data: a code and its arguments. `views.phrases` makes the sentence."""

    code: str
    args: tuple[tuple[str, str], ...] = ()
    weight: float = 0.0

    def get(self, name: str) -> str:
        """The argument of that name, or an empty string."""
        return dict(self.args).get(name, "")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a claim stands: judgements attach to places, so that they outlive a new reading of the same words."""

    report: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a person did to a claim, a report or two parties. It can be undone, and nothing is rewritten.

    Attributes:
        what: what was done.
        place: the claim's place; of a whole report 0, 0 and no kind.
        fields: what goes with it: a corrected finding, a note, a reason, a grade. JSON values.
        author: who did it.
        revision, time: when, by the record's clock and by the wall's.
    """

    what: Deed
    place: Place
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)
    author: str = ""
    revision: int = 0
    time: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding by a report, as the record keeps it.

    Attributes:
        id: a hash of what the claim says and where.
        report: the report that makes it.
        index: its place among the report's findings of that kind.
        finding: what it says; its actor ids are those of the report (see `View.party`).
        at: where it stood before a person corrected its evidence; None where nobody did.
        acts: what people did to it or to its report, the earliest first.
    """

    id: str
    report: Report
    index: int
    finding: Finding
    at: Place | None = None
    acts: tuple[Act, ...] = field(default=(), compare=False, repr=False)

    @property
    def kind(self) -> Kind:
        """The kind of finding."""
        return self.finding.kind

    @property
    def place(self) -> Place:
        """Where the claim stands: what people say about it stays attached there."""
        return self.at or Place(self.report.id, self.finding.evidence.start, self.finding.evidence.end, self.kind)


def acted(claim: Claim, *what: Deed) -> Act | None:
    """The last thing of some sort that a person did to a claim; what was done to the claim goes before what was done
    to its report."""
    found = [act for act in claim.acts if act.what in what]
    return max(found, key=lambda act: (bool(act.place.kind), act.revision), default=None)


def reviewed(claim: Claim) -> Act | None:
    """The review that a claim stands by: it was accepted, corrected or added by a person."""
    return acted(claim, "accept", "correct", "add")


def choice(claim: Claim, name: str) -> Act | None:
    """The choice of this claim's value for a field on which reports differ."""
    found = [act for act in claim.acts if act.what == "choose" and act.fields.get("field") == name]
    return found[-1] if found else None


def graded(claim: Claim, name: str) -> str | None:
    """A claim's reliability (A to F), credibility (1 to 6) or TLP marking, its own or else its report's."""
    for own in (True, False):
        given = [a for a in claim.acts if a.what == "grade" and name in a.fields and bool(a.place.kind) is own]
        if given:
            return str(given[-1].fields[name]) or None
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One actor across reports.

    Attributes:
        id: stable while its members stay the same.
        name: a display name: the name that most outlets use.
        names: every name that a report uses.
        roles: the titles given to it, the latest report's first.
        part_of: the id of the party that it speaks or acts for.
        members: (report id, actor id) of every actor that was joined into it.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    names: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    part_of: str | None = None
    members: tuple[tuple[str, ActorId], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """An edge between two places: are they one thing? Machine or person; can be undone; nothing is rewritten.

    A machine's "same" was certain enough to be made; a machine's "unsure" is a proposal, shown as such.
    """

    left: Place
    right: Place
    verdict: Verdict
    score: float
    reasons: tuple[Reason, ...] = ()
    author: str = ""
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What a person did in one go, which is taken back as one.

    Attributes:
        revision: its number.
        parts: the judgements and acts that it was made of.
        undone: the revision that took it back.
    """

    revision: int
    time: str
    author: str
    parts: tuple[Judgement | Act, ...]
    undone: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the record believes to be one thing: claims that were joined.

    Attributes:
        members: the claims, in the order of publication.
        proposed: judgements that would join it with claims of other entries, likeliest first.
        joined: the judgements that joined its members.
        former: claims that told of it and no longer stand: their page has a later version.
    """

    id: str
    kind: Kind
    members: tuple[Claim, ...]
    joined: tuple[Judgement, ...] = ()
    proposed: tuple[Judgement, ...] = ()
    former: tuple[Claim, ...] = ()

    @property
    def latest(self) -> Claim:
        """The claim of the report that was published last."""
        return self.members[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Two things that may be one, for a person to decide: two claims, or two actors.

    Attributes:
        left, right: the claims that are likest, or the parties.
        score, reasons: how likely it is, and why.
        later: a person looked at it and left it open.
    """

    left: Claim | Party
    right: Claim | Party
    score: float
    reasons: tuple[Reason, ...] = ()
    later: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How an engine did on the findings of one kind that people reviewed.

    Attributes:
        engine: its name and version; "" for findings that people added, which no engine found.
        accepted, corrected, refused: of what it found.
        added: what people added.
        fields: what was corrected, and how often, the most often first.
    """

    kind: Kind
    engine: str
    accepted: int = 0
    corrected: int = 0
    refused: int = 0
    added: int = 0
    fields: tuple[tuple[str, int], ...] = ()

    @property
    def precision(self) -> float | None:
        """The part of what it found that was accepted as it was."""
        found = self.accepted + self.corrected + self.refused
        return self.accepted / found if found else None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values of a dispute, and the claims that give it."""

    value: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A field of one thing to which reports give different values; all stand.

    Attributes:
        kind: a "dispute" where the values exclude each other, a "refinement" where one lies within the other.
        proposed: the thing itself is only proposed to be one.
    """

    entry: str
    about: Kind
    field: str
    sides: tuple[Side, ...]
    kind: Literal["dispute", "refinement"] = "dispute"
    proposed: bool = False


def chosen(dispute: Dispute) -> tuple[Side, Act] | None:
    """The side of a dispute that a person goes by, with the act that says why; the last choice counts."""
    made = [(side, act) for side in dispute.sides for claim in side.claims if (act := choice(claim, dispute.field))]
    return max(made, key=lambda found: found[1].revision, default=None)


class View(Protocol):
    """The read-only face of a record, limited to what had been published by a day, if one was given."""

    @property
    def as_of(self) -> date | None:
        """Only reports published by then are seen; reports of unknown date are always seen. None: all."""

    def reports(self) -> Sequence[Report]:
        """The reports, in the order of publication (unknown last), then by name."""

    def problems(self) -> Sequence[Problem]:
        """What could not be taken in or read, as far as the record knows."""

    def claims(self, kind: Kind | None = None) -> Sequence[Claim]:
        """The claims of one kind or of all, by report and place."""

    def parties(self) -> Sequence[Party]:
        """The actors across reports."""

    def party(self, report: str, actor: ActorId | None) -> Party | None:
        """The party that a report's actor belongs to."""

    def entries(self, kind: Kind) -> Sequence[Entry]:
        """What the record believes to be one thing each, single claims included."""

    def origins(self) -> Sequence[tuple[str, ...]]:
        """Report ids grouped by origin: reprints of one story share one."""

    def disputes(self) -> Sequence[Dispute]:
        """What reports differ on."""

    def fallen(self) -> Mapping[str, Reason]:
        """The reports that no longer stand behind what they said, with the reason: their claims are not seen."""


# How things stand on a day.


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A commitment as it stands on a day: three things, each with its claims, and one headline word."""

    entry: Entry
    claim: Claim
    actor: Party | None
    to: Party | None
    due: When | None
    dues: tuple[tuple[When, Claim], ...] = ()
    timing: Timing = "undated"
    fulfilment: Performance = "unknown"
    condition: Conditionality = "none"
    headline: Headline = "undated"
    under: Claim | None = None
    evidence: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """Where a party stands on an issue: its latest position, and the one before."""

    party: Party | None
    issue: str
    stance: Stance
    claim: Claim
    earlier: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """What parties negotiate about, and what falls under it.

    Attributes:
        code: short and stable; "" for what falls under no issue.
        name: for people.
        pax: how PA-X files it: codes, or their beginnings.
        entries: positions, proposals, commitments, agreements.
    """

    code: str
    name: str
    pax: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One dated thing of the timeline."""

    when: When
    kind: Kind
    claim: Claim
    entry: Entry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a later report adds to, changes in or contradicts about an earlier one."""

    reason: Reason
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A span in its paragraph: what a view shows when a cell is opened."""

    report: Report
    span: Span
    paragraph: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """How things stand on a day, all together: what the brief and the tables show."""

    on: date | None
    since: date | None
    view: View
    duties: tuple[Duty, ...] = ()
    standpoints: tuple[Standpoint, ...] = ()
    timeline: tuple[Moment, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    changes: tuple[Change, ...] = field(default=())


#: How a report says that a number is a bound or not exact: "more than" is not "about".
_BOUND: Final = re.compile(
    r"\b(more than|over|at least|upwards of|no fewer than|no less than|nearly|almost|just under|just over|close to|"
    r"some|about|around|approximately|roughly|an estimated|fewer than|less than)\s+(?:[$€£]\s*)?(\d[\d,.]*)",
    re.IGNORECASE,
)


def bound_words(figure: Figure) -> str:
    """The report's words before an approximate number, "about" where it has none before the digits."""
    for words, digits in _BOUND.findall(figure.evidence.quote):
        if figure.value is not None and digits.rstrip(",.").replace(",", "") == f"{figure.value:.10g}":
            return str(words).lower()
    return "about"
