"""What each decision maker of a draft wants, as far as its own words and undertakings tell.

The order of the statements is ours, the most important first: what it refuses or accepts itself, what it demands of
others, what is owed to it, what it put forward, its own undertakings. Whatever is inferred and not said is marked
uncertain, so that robustness analysis leaves it out in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.ledger import Claim, Party, View
from peacetable.model import Commitment, Position, Proposal, Span
from peacetable.strategy.conflict import Source
from peacetable.strategy.draft_options import Candidate, alike, content_words
from peacetable.strategy.draft_parties import Cast
from peacetable.strategy.formulas import Formula, If, Taken

#: Words in common from which a position is about an option.
ABOUT: Final = 0.6


@dataclass(frozen=True, slots=True)
class Wish:
    """A statement of preference, how important it is (0 first), and what it rests on."""

    importance: int
    formula: Formula
    sources: tuple[Source, ...]
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """An option of the draft: its number, its owner, and what it was made of."""

    number: int
    owner: str
    candidate: Candidate


def source_of(claim: Claim, span: Span | None = None) -> Source:
    """A passage of a claim."""
    shown = span or claim.finding.evidence
    return Source(claim.report.name, shown.quote, shown.start, shown.end)


def wishes(view: View, cast: Cast, party: str, chosen: Sequence[Chosen]) -> tuple[Wish, ...]:
    """The statements of one decision maker, the most important first, each about something else.

    Where it is told to want a thing and its opposite, the report that was published last counts.
    """
    found = [
        *_by_position(view, cast, party, chosen),
        *_by_answer(cast, party, chosen),
        *_owed(cast, party, chosen),
        *_proposed(cast, party, chosen),
        *_own(party, chosen),
    ]
    kept: dict[object, Wish] = {}
    for wish in sorted(found, key=lambda one: one.importance):
        key = _about(wish.formula)
        known = kept.get(key)
        if known is None:
            kept[key] = wish
        elif known.formula == wish.formula:
            sources = tuple(dict.fromkeys((*known.sources, *wish.sources)))
            kept[key] = Wish(known.importance, known.formula, sources, known.uncertain and wish.uncertain)
    return tuple(kept.values())


def unmatched(view: View, cast: Cast, makers: Sequence[str], chosen: Sequence[Chosen]) -> Iterator[tuple[Party, str]]:
    """Demands of decision makers that are about none of the options."""
    for claim in view.claims("positions"):
        finding = claim.finding
        if isinstance(finding, Position) and finding.stance == "demands" and finding.issue:
            party = cast.of(claim, finding.actor)
            if party and party.id in makers and not _matching(finding.issue.quote, chosen):
                yield party, " ".join(finding.issue.quote.split())


def _about(formula: Formula) -> object:
    match formula:
        case Taken(option, _):
            return option
        case If(Taken(option, _), _):
            return option
        case _:
            return formula


def _matching(words: str, chosen: Sequence[Chosen]) -> list[Chosen]:
    """The options that some words are about, those that share most of them first."""
    topic = content_words(words)
    shared = [(alike(topic, one.candidate.topic), one) for one in chosen]
    found = [(degree, one) for degree, one in shared if degree >= ABOUT and len(topic & one.candidate.topic) > 1]
    return [one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].number))]


def _by_position(view: View, cast: Cast, party: str, chosen: Sequence[Chosen]) -> Iterator[Wish]:
    """What it demands, is for and is against, of others and of itself; the latest report first."""
    for claim in reversed(view.claims("positions")):
        finding = claim.finding
        if not isinstance(finding, Position) or finding.issue is None or finding.stance == "undecided":
            continue
        who = cast.of(claim, finding.actor)
        if who is None or who.id != party:
            continue
        against = finding.stance in ("opposes", "rejects")
        for one in _matching(finding.issue.quote, chosen):
            own = one.owner == party
            value = against == (one.candidate.basis == "restraint")
            importance = 0 if own else 1
            yield Wish(importance, Taken(one.number, value), (source_of(claim),), finding.stance == "conditional")


def _by_answer(cast: Cast, party: str, chosen: Sequence[Chosen]) -> Iterator[Wish]:
    """How it answered a proposal that it may accept."""
    for one in chosen:
        for claim in reversed(one.candidate.claims):
            finding = claim.finding
            if one.owner != party or not isinstance(finding, Proposal):
                continue
            for response in finding.responses:
                who = cast.of(claim, response.actor)
                if who and who.id == party and response.stance != "undecided":
                    refused = response.stance in ("rejects", "opposes")
                    source = (source_of(claim, response.evidence),)
                    yield Wish(0, Taken(one.number, not refused), source, response.stance == "conditional")


def _owed(cast: Cast, party: str, chosen: Sequence[Chosen]) -> Iterator[Wish]:
    """What others undertook towards it, or undertook at all."""
    for one in chosen:
        for claim in one.candidate.claims:
            finding = claim.finding
            if isinstance(finding, Commitment) and one.owner != party and finding.to:
                who = cast.of(claim, finding.to)
                if who and who.id == party:
                    yield Wish(2, Taken(one.number), (source_of(claim),))


def _proposed(cast: Cast, party: str, chosen: Sequence[Chosen]) -> Iterator[Wish]:
    """What it put forward, and others may accept."""
    for one in chosen:
        for claim in one.candidate.claims:
            finding = claim.finding
            if isinstance(finding, Proposal):
                who = cast.of(claim, finding.actor)
                if who and who.id == party:
                    yield Wish(3, Taken(one.number), (source_of(claim),))


def _own(party: str, chosen: Sequence[Chosen]) -> Iterator[Wish]:
    """Its own undertakings: carried out if the other side carries out its own under the same agreement."""
    for one in chosen:
        if one.owner != party or one.candidate.basis not in ("duty", "restraint", "offer", "own-proposal", "support"):
            continue
        own = tuple(source_of(claim) for claim in one.candidate.claims)
        returns = [other for other in chosen if other.owner != party and _exchanged(one.candidate, other.candidate)]
        if returns:
            sources = (*own, *(source_of(claim) for claim in returns[0].candidate.claims))
            yield Wish(
                4, If(Taken(one.number), Taken(returns[0].number)), tuple(dict.fromkeys(sources)), uncertain=True
            )
        else:
            yield Wish(4, Taken(one.number), own, uncertain=one.candidate.basis not in ("offer", "support"))


def _exchanged(first: Candidate, second: Candidate) -> bool:
    """Do two undertakings stand under one agreement of one report?"""
    under = {(claim.report.id, claim.finding.under) for claim in first.claims if isinstance(claim.finding, Commitment)}
    also = {(claim.report.id, claim.finding.under) for claim in second.claims if isinstance(claim.finding, Commitment)}
    return any(agreement is not None for _, agreement in under & also)
