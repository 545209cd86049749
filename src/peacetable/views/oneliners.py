"""A finding on one line, as its report claims it: who, what, to whom, when, as far as can be in the report's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from peacetable.model import (
    ActorId,
    Agreement,
    Commitment,
    Expectation,
    Figure,
    Finding,
    Incident,
    Kind,
    Position,
    Proposal,
    Span,
    Statement,
    Talks,
)
from peacetable.views import phrases
from peacetable.views.phrases import NOBODY, Namer


def one_line(finding: Finding, name: Namer) -> str:
    """A finding on one line.

    Args:
        finding: the finding.
        name: gives the name to show for an actor's id.
    """
    return LINES[finding.kind](finding, name)


def quoted(span: Span | None) -> str:
    """The words of a span on one line, in quotation marks; nothing where there is no span."""
    return f"“{words(span)}”" if span else ""


def words(span: Span | None) -> str:
    """The words of a span on one line."""
    return " ".join(span.quote.split()) if span else ""


def subject(finding: Finding) -> Span:
    """The words that name what a finding is about, where it has such; else its evidence."""
    if isinstance(finding, Agreement):
        return finding.name
    if isinstance(finding, Commitment):
        return finding.action
    if isinstance(finding, Proposal):
        return finding.content
    return (finding.issue if isinstance(finding, Position) else None) or finding.evidence


def names(actors: Iterable[ActorId], name: Namer, *, last: str = "and") -> str:
    """Actors by their names: "A, B and C"."""
    return phrases.joined((name(actor) or actor for actor in actors), last=last)


def obligation(finding: Commitment) -> str:
    """What a commitment binds to: "must “withdraw its forces”"."""
    return f"{phrases.modality_words(finding)} {quoted(finding.action)}"


def _statement(finding: Statement, name: Namer) -> str:
    content = " … ".join(words(span) for span in finding.content) or words(finding.evidence)
    relay = f", relayed by {name(finding.relayed_by) or finding.relayed_by}" if finding.relayed_by else ""
    # The cue stays in the report's words: "denied" and "doubts" turn around what is said.
    cue = f" {quoted(finding.cue)}" if finding.cue else ""
    return f"{name(finding.speaker) or NOBODY}{cue} ({finding.form}{relay}): “{content}”"


def _position(finding: Position, name: Namer) -> str:
    who = name(finding.actor) or NOBODY
    return f"{who} {phrases.stance_words(finding.stance)} {quoted(finding.issue or finding.evidence)}"


def _agreement(finding: Agreement, name: Namer) -> str:
    between = f"between {names(finding.parties, name)}" if finding.parties else ""
    mediated = f"mediated by {names(finding.mediators, name)}" if finding.mediators else ""
    kind = "" if finding.type == "other" else f" ({phrases.said(finding.type)})"
    return (
        quoted(finding.name)
        + kind
        + _details(phrases.said(finding.status), _when(finding.date), finding.place, between, mediated)
    )


def _commitment(finding: Commitment, name: Namer) -> str:
    to = f"to {name(finding.to) or finding.to}" if finding.to else ""
    condition = f"condition: {quoted(finding.condition)}" if finding.condition else ""
    reported = f"reported {phrases.said(finding.reported)}" if finding.reported else ""
    return f"{name(finding.actor) or NOBODY} {obligation(finding)}" + _details(
        _when(finding.due), to, condition, reported
    )


def _proposal(finding: Proposal, name: Namer) -> str:
    to = f"to {names(finding.to, name)}" if finding.to else ""
    answers = (f"{name(r.actor) or NOBODY} {phrases.stance_words(r.stance)} it" for r in finding.responses)
    return f"{name(finding.actor) or NOBODY} proposes {quoted(finding.content)}" + _details(to, *answers)


def _talks(finding: Talks, name: Namer) -> str:
    who = f"of {names(finding.participants, name)}" if finding.participants else ""
    hosts = f"hosted by {names(finding.hosts, name)}" if finding.hosts else ""
    outcome = f"outcome: {quoted(finding.outcome)}" if finding.outcome else ""
    head = " ".join(part for part in (phrases.said(finding.type).capitalize(), who) if part)
    return head + _details(phrases.said(finding.status), _when(finding.date), finding.place, hosts, outcome)


def _incident(finding: Incident, name: Namer) -> str:
    by = f"by {names(finding.actors, name)}" if finding.actors else ""
    against = f"against {names(finding.against, name)}" if finding.against else ""
    status = "" if finding.status == "occurred" else phrases.said(finding.status)
    head = " ".join(part for part in (phrases.said(finding.type).capitalize(), by, against) if part)
    toll = phrases.toll_words(finding.killed, finding.injured)
    return head + _details(status, _when(finding.date), finding.place, toll)


def _figure(finding: Figure, name: Namer) -> str:
    of = f"of {quoted(finding.of)}" if finding.of else ""
    return " ".join(part for part in (phrases.figure_words(finding), of) if part) + _details(_when(finding.as_of))


def _expectation(finding: Expectation, name: Namer) -> str:
    # The whole evidence, since a "not" or a "doubts" may stand outside the words for what follows.
    return f"{name(finding.holder) or 'The report'} on what may follow: {quoted(finding.evidence)}"


def _when(when: Any) -> str:
    return phrases.date_words(when) if when else ""


def _details(*parts: str | None) -> str:
    known = [part for part in parts if part]
    return f" — {'; '.join(known)}" if known else ""


#: How each kind is put on a line.
LINES: Final[Mapping[Kind, Callable[[Any, Namer], str]]] = MappingProxyType(
    {
        "statements": _statement,
        "positions": _position,
        "agreements": _agreement,
        "commitments": _commitment,
        "proposals": _proposal,
        "talks": _talks,
        "incidents": _incident,
        "figures": _figure,
        "expectations": _expectation,
    }
)
