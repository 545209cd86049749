"""The nouns of one report: what came in, what it says, and where it says it.

Everything is immutable. A finding is a claim by a report, never a fact, and rests on spans whose words stand in the
report to the letter: a `Reading` cannot be made otherwise. What many reports say together is in `ledger`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import Any, ClassVar, Final, Literal, Protocol, Self, get_args

from peacetable import edtf
from peacetable.errors import EvidenceError

ActorId = str

ActorKind = Literal[
    "state", "government", "armed_group", "political_group", "organisation",
    "person", "forces", "civilians", "media", "unnamed",
]  # fmt: skip
Form = Literal["direct", "indirect", "mixed"]
Stance = Literal["supports", "opposes", "demands", "offers", "accepts", "rejects", "conditional", "undecided"]
AgreementKind = Literal[
    "ceasefire", "withdrawal", "framework", "comprehensive", "power_sharing", "humanitarian",
    "prisoner_exchange", "implementation", "statement", "other",
]  # fmt: skip
AgreementStatus = Literal[
    "proposed", "drafted", "agreed", "signed", "in_force", "under_review", "extended", "violated", "collapsed",
    "rejected",
]  # fmt: skip
Modality = Literal["must", "must_not", "may"]
Fulfilment = Literal["pending", "met", "partly_met", "breached", "disputed"]
TalksKind = Literal["negotiation", "meeting", "conference", "mediation", "contact"]
TalksStatus = Literal["proposed", "planned", "under_way", "held", "stalled", "suspended", "resumed", "cancelled"]
IncidentKind = Literal[
    "attack", "armed_clash", "offensive", "bombing", "air_strike", "shelling", "aircraft_shot_down", "killing",
    "abduction", "arrest", "release", "seizure_of_territory", "withdrawal", "displacement", "protest",
    "ceasefire_violation", "other",
]  # fmt: skip
IncidentStatus = Literal["occurred", "ongoing", "expected", "threatened", "alleged", "denied"]
Kind = Literal[
    "statements", "positions", "agreements", "commitments", "proposals", "talks", "incidents", "figures", "expectations"
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

PublishedHow = Literal["metadata", "header", "table", "dateline", "url", "option", "unknown"]
Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of a report's text: `text[start:end] == quote`, in code points, the end not included."""

    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Self:
        """The span of a text between two offsets."""
        return cls(start, end, text[start:end])

    def within(self, other: Span) -> bool:
        """Does the span lie inside another?"""
        return other.start <= self.start and self.end <= other.end

    def overlaps(self, other: Span) -> bool:
        """Do the two spans share a character?"""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class When:
    """A date as exact as its source, never more exact.

    Attributes:
        edtf: the date in EDTF; see `edtf`.
        words: the report's words for it, where it has any.
        rule: how it was worked out ("weekday-before-publication", "within 14 months of 2020-02-29"), if it was.
        anchor: the date that the rule counts from, in EDTF.
    """

    edtf: str
    words: str | None = None
    rule: str | None = None
    anchor: str | None = None

    def __post_init__(self) -> None:
        edtf.bounds(self.edtf)

    @property
    def earliest(self) -> date | None:
        """The first day that it may mean; None where that side is open."""
        return edtf.bounds(self.edtf)[0]

    @property
    def latest(self) -> date | None:
        """The last day that it may mean; None where that side is open."""
        return edtf.bounds(self.edtf)[1]

    @property
    def day(self) -> date | None:
        """The day, where it is known to the day."""
        earliest, latest = edtf.bounds(self.edtf)
        return earliest if earliest == latest and not edtf.approximate(self.edtf) else None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with what a user gave, as a value: the other reports go on.

    Attributes:
        where: the file, or the report's name.
        message: what was found and what to do.
        level: an "error" kept the report out, a "warning" did not, a "note" only informs.
    """

    where: str
    message: str
    level: Level = "error"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A run of the text that belongs to the site, not to the report: kept, marked, never read for findings."""

    span: Span
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report as it came: its text is never changed, and everything found in it points into it.

    Attributes:
        id: a hash of text, publisher, day and address (never of a path).
        name: a short name for people and output files: the file's stem or the id that it gave itself.
        text: the text as received, decoded without newline translation, or as extracted.
        title, source, url, licence, author: as the report tells them, or None.
        place: where the dateline says it was written.
        published: the day (or month, or year) of publication; None where unknown.
        published_how: how that is known.
        language: ISO 639-1 code of the text's language, or None where it is too short to tell.
        furniture: the runs that belong to the site.
        signature: what near-duplicates of the text share (a MinHash); empty where nobody computed it.
        extractor: what took the text out of the bytes, with its version; None for plain text.
        raw: the bytes as they came, where the text was extracted from them.
    """

    id: str
    name: str
    text: str = field(repr=False)
    title: str | None = None
    source: str | None = None
    url: str | None = None
    licence: str | None = None
    author: str | None = None
    place: str | None = None
    published: When | None = None
    published_how: PublishedHow = "unknown"
    language: str | None = "en"
    furniture: tuple[Furniture, ...] = ()
    signature: tuple[int, ...] = field(default=(), repr=False)
    extractor: str | None = None
    raw: bytes | None = field(default=None, repr=False, compare=False)

    @property
    def day(self) -> date | None:
        """The day of publication where it is known to the day, else None: then relative dates stay unresolved."""
        return self.published.day if self.published else None


@dataclass(frozen=True, slots=True)
class Taken:
    """What intake makes of one file: the report, and the findings JSON that lay beside it, if any."""

    report: Report
    where: str
    findings: Mapping[str, Any] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who acts or speaks in one report; `ledger.Party` is the same across reports.

    Attributes:
        id: a short slug, unique in the report.
        name: the fullest name in the report.
        country: ISO 3166-1 alpha-3 of the state that it belongs to or acts in.
        aliases: every distinct string in the report that names it.
        part_of: the actor that a person or force speaks or acts for.
        role: the title as given.
    """

    id: ActorId
    name: str
    kind: ActorKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    part_of: ActorId | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """Why a reader decided as it did: the rule's name and the words that set it off."""

    rule: str
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that one report says, with the words that say it.

    Attributes:
        evidence: the shortest run of words from which a reader would accept it.
        according_to: the actor whose statement holds it; None for the outlet's own voice.
        chain: that speaker, then each relayer, the nearest to the speaker first.
        cues: what made it.
        thin: the support is thin: shown as "needs a look", never hidden.
        by: who made it: an engine with its version, or a person.
    """

    kind: ClassVar[Kind]

    evidence: Span
    according_to: ActorId | None = None
    chain: tuple[ActorId, ...] = ()
    cues: tuple[Cue, ...] = ()
    thin: bool = False
    by: str = ""

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every span of the finding, with the name of its field."""
        for item in fields(self):
            value = getattr(self, item.name)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Span):
                    yield item.name, part
                elif isinstance(part, Response):
                    yield item.name, part.evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Finding):
    """Somebody said, promised, asked, feared or ordered something."""

    kind: ClassVar[Kind] = "statements"

    speaker: ActorId | None
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    form: Form = "indirect"
    relayed_by: ActorId | None = None
    date: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Finding):
    """Where an actor stands on an issue, in the report's words."""

    kind: ClassVar[Kind] = "positions"

    actor: ActorId | None
    stance: Stance
    issue: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Finding):
    """An accord, truce, deal, roadmap or joint statement, concluded or drafted."""

    kind: ClassVar[Kind] = "agreements"

    name: Span  # the words that name it, or the shortest that stand for it
    type: AgreementKind = field(default="other", metadata={"json": "kind"})
    parties: tuple[ActorId, ...] = ()
    mediators: tuple[ActorId, ...] = ()
    date: When | None = None
    place: str | None = None
    status: AgreementStatus = "agreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Finding):
    """What an actor has undertaken or is bound to do."""

    kind: ClassVar[Kind] = "commitments"

    actor: ActorId | None = field(metadata={"json": "by"})
    modality: Modality
    action: Span
    to: ActorId | None = None
    due: When | None = None
    condition: Span | None = None
    under: int | None = None  # index into the reading's agreements
    reported: Fulfilment | None = None


@dataclass(frozen=True, slots=True)
class Response:
    """How one actor answered a proposal."""

    actor: ActorId | None
    stance: Stance
    evidence: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(Finding):
    """Something put forward for others to agree to."""

    kind: ClassVar[Kind] = "proposals"

    actor: ActorId | None = field(metadata={"json": "by"})
    content: Span
    to: tuple[ActorId, ...] = ()
    responses: tuple[Response, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Talks(Finding):
    """Who meets whom, where, when, at what stage."""

    kind: ClassVar[Kind] = "talks"

    type: TalksKind = field(metadata={"json": "kind"})
    participants: tuple[ActorId, ...] = ()
    hosts: tuple[ActorId, ...] = ()
    place: str | None = None
    date: When | None = None
    status: TalksStatus = "held"
    outcome: Span | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people as a range: [9, 9], "over 2,500" [2500, None], "up to a million" [None, 1000000]."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident(Finding):
    """Something that happened, or is expected, on the ground; perpetrators only as claimed."""

    kind: ClassVar[Kind] = "incidents"

    type: IncidentKind = field(metadata={"json": "kind"})
    actors: tuple[ActorId, ...] = field(default=(), metadata={"json": "by"})
    against: tuple[ActorId, ...] = ()
    place: str | None = None
    date: When | None = None
    killed: Count | None = None
    injured: Count | None = None
    status: IncidentStatus = "occurred"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Finding):
    """A quantity about the process: troops, territory, people, the length of a truce."""

    kind: ClassVar[Kind] = "figures"

    value: float | None
    max: float | None = None
    unit: str | None = None
    of: Span | None = None
    approximate: bool = False
    as_of: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation(Finding):
    """A forecast, warning or conditional."""

    kind: ClassVar[Kind] = "expectations"

    holder: ActorId | None
    condition: Span | None = field(default=None, metadata={"json": "if"})
    then: Span | None = None


FINDINGS: Final[Mapping[Kind, type[Finding]]] = MappingProxyType(
    {
        cls.kind: cls
        for cls in (Statement, Position, Agreement, Commitment, Proposal, Talks, Incident, Figure, Expectation)
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one report says. It cannot be made with a span whose words do not stand in the report.

    Attributes:
        report: the report.
        actors: who acts or speaks in it; their ids are used by all findings.
        findings: every finding, kinds in the order of `KINDS`, within a kind in the order of the text. A commitment's
            `under` is an index into `of("agreements")`.
        problems: what could not be read, and why.
        engine: who read it, with version.
        layers: raw layers that were asked for ("times", "names", "attributions", "syntax"), as JSON values.

    Raises:
        EvidenceError: a span's words are not at its place.
        ValueError: a finding names an actor or an agreement that the reading does not have.
    """

    report: Report
    actors: tuple[Actor, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    engine: str = ""
    layers: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text, known = self.report.text, {actor.id for actor in self.actors}
        agreements = sum(finding.kind == "agreements" for finding in self.findings)
        for finding in self.findings:
            for name, span in finding.spans():
                check_span(text, span, where=f"{self.report.name}, {finding.kind} ({name})")
            for name, actor in actors_of(finding):
                if actor not in known:
                    raise ValueError(f"{self.report.name}, {finding.kind}.{name}: no actor {actor!r} in this reading")
            if isinstance(finding, Commitment) and finding.under is not None and not 0 <= finding.under < agreements:
                raise ValueError(f"{self.report.name}, commitments.under: no agreement number {finding.under}")

    def of(self, kind: Kind) -> tuple[Finding, ...]:
        """The findings of one kind, in order."""
        return tuple(finding for finding in self.findings if finding.kind == kind)


class Engine(Protocol):
    """Whatever turns reports into readings: the rules and the trained model, or a language model behind a server."""

    @property
    def name(self) -> str:
        """The name that `--engine` takes."""

    @property
    def version(self) -> str:
        """Changes whenever its readings may."""

    def read(self, reports: Iterable[Report], *, layers: Collection[str] = ()) -> Iterator[Reading]:
        """Read each report by itself; a result never depends on the report's neighbours."""


def check_span(text: str, span: Span, *, where: str) -> None:
    """Refuse a span whose words are not at its place.

    Raises:
        EvidenceError: with what stands there instead.
    """
    found = text[span.start : span.end] if 0 <= span.start < span.end else ""
    if found != span.quote or not found:
        raise EvidenceError(where=where, quote=span.quote, start=span.start, end=span.end, found=found)


#: The fields that hold actor ids, alone or as a tuple.
ACTOR_FIELDS: Final = frozenset(
    {
        "speaker", "actor", "holder", "relayed_by", "to", "according_to", "chain",
        "parties", "participants", "hosts", "against", "mediators", "actors",
    }
)  # fmt: skip


def actors_of(finding: Finding) -> Iterator[tuple[str, ActorId]]:
    """Every actor that a finding names, with the name of the field."""
    for item in fields(finding):
        value = getattr(finding, item.name)
        if item.name in ACTOR_FIELDS:
            for actor in value if isinstance(value, tuple) else (value,):
                if actor is not None:
                    yield item.name, actor
        elif item.name == "responses":
            for response in value:
                if response.actor is not None:
                    yield item.name, response.actor
