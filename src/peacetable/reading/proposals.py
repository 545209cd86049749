"""Proposals: what is put forward for others to agree to, and how each of them answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from peacetable.model import ActorId, Cue, Position, Proposal, Response, Span
from peacetable.reading import attribution
from peacetable.reading import positions as stances
from peacetable.reading.analysis import Analysis
from peacetable.reading.clauses import SUPPOSED, negated
from peacetable.reading.cues import CueList, Hit, cue_list
from peacetable.reading.holders import GENITIVES, Place, Subject, evidence_start, holder, owner, side, skip_time

#: How many sentences after a proposal an answer that does not repeat its words may stand.
REACH: Final = 3
ANSWERS: Final = frozenset(("supports", "opposes", "accepts", "rejects", "conditional", "undecided"))
NOT_BEFORE: Final = frozenset(
    {
        "the", "a", "an", "this", "that", "its", "their", "his", "her", "of", "for", "under", "in",
    }
) | frozenset(GENITIVES)  # fmt: skip


def proposals(analysis: Analysis, positions: Sequence[Position] | None = None) -> tuple[Proposal, ...]:
    """What is put forward, in the order of the text.

    Args:
        analysis: the report.
        positions: its positions, from which the answers are taken; read here where they are not given.
    """
    if not positions:
        positions = stances.positions(analysis)
    cues = cue_list("pledges")
    found: list[Proposal] = []
    for sentence in analysis.sentences:
        place = Place.of(analysis, sentence)
        for proposal in _put_forward(place, cues):
            if not any(proposal.content.overlaps(other.content) for other in found[-4:]):
                found.append(proposal)
    answered = tuple(replace(p, responses=_responses(analysis, p, found, positions, cues)) for p in found)
    return tuple(sorted(answered, key=lambda finding: (finding.evidence.start, finding.evidence.end)))


def _put_forward(place: Place, cues: CueList) -> Iterator[Proposal]:
    for hit in cues.hits(place.sentence):
        if hit.group not in ("propose", "propose_nouns", "ask") or place.lower(place.part(hit.first).first) in SUPPOSED:
            continue
        before = place.lower(hit.first - 1)
        if hit.form != "noun" and (before in NOT_BEFORE or negated(place.tokens, hit.first)):
            continue
        if hit.form == "base" and before == "to":
            continue
        passive = hit.form == "past" and before in ("was", "were", "is", "been", "be")
        who = (
            owner(place, hit.first)
            if hit.form == "noun"
            else _agent(place, hit)
            if passive
            else holder(place, hit.first)
        )
        content = _content(place, cues, hit, passive=passive)
        if who is None or content is None:
            continue
        yield _made(place, who, content, hit)


def _content(place: Place, cues: CueList, hit: Hit, *, passive: bool) -> Span | None:
    """What is put forward: after the cue, or before a passive; of a request, only what others can grant."""
    part = place.part(hit.first)
    if passive:
        return place.span(part.first, hit.first - 1)
    if hit.last >= len(place.tokens) or place.tokens[hit.last].text in ".,;":
        return None
    index = skip_time(place, hit.last)
    first = index + (place.lower(index) in ("that", "to"))
    last = place.part(min(first, len(place.tokens) - 1)).last
    if hit.group == "ask":
        words = {place.lower(number) for number in range(first, last)}
        if not words & frozenset(cues.value("ask", "matters")):
            return None
        for number in range(first, min(last - 1, first + 10)):
            if place.lower(number) == "to" and number > first:
                first = number + 1
                break
    return place.span(first, last)


def _agent(place: Place, hit: Hit) -> Subject | None:
    """Who stands after "by"."""
    if place.lower(hit.last) != "by":
        return None
    start = place.tokens[hit.last].end
    found = next((m for m in place.analysis.mentions if start <= m.start <= start + 20), None)
    if found is None:
        return None
    return Subject(found.actor or (found.candidates or (None,))[0], found.start, found.end, thin=found.actor is None)


def _made(place: Place, who: Subject, content: Span, hit: Hit) -> Proposal:
    tokens = place.tokens
    start = evidence_start(place, who, hit.first)
    evidence = place.analysis.span(
        min(start, content.start),
        max(content.end, tokens[hit.last - 1].end, who.end if hit.form == "past" and who.start > start else 0),
    )
    said, chain = attribution.provenance(place.analysis, content.start, content.end)
    words = place.span(hit.first, hit.last)
    return Proposal(
        actor=who.actor, content=content, to=_asked(place, hit, content, who.actor), evidence=evidence,
        according_to=said, chain=chain,
        cues=(Cue(hit.group, words.quote if words else ""),), thin=who.thin,
    )  # fmt: skip


def _asked(place: Place, hit: Hit, content: Span, by: ActorId | None) -> tuple[ActorId, ...]:
    """To whom it is put: the actors between the cue and what is asked."""
    start, end = place.tokens[hit.first].start, max(content.start, place.tokens[hit.last - 1].end)
    named = [m.actor for m in place.analysis.mentions_in(start, end) if m.actor and m.actor != by]
    return tuple(dict.fromkeys(named))


# Answers.


def _responses(
    analysis: Analysis, proposal: Proposal, others: Sequence[Proposal], positions: Sequence[Position], cues: CueList
) -> tuple[Response, ...]:
    """The positions after a proposal that take it up: by its words, by a word for proposals, or by no words at all."""
    asked = analysis.sentence_at(proposal.evidence.start).number
    words = frozenset(cues.value("proposal_words", "proposal_words"))
    content = _content_words(proposal.content.quote)
    found: dict[ActorId, Response] = {}
    for position in positions:
        if position.actor is None or position.stance not in ANSWERS or position.evidence.start < proposal.evidence.end:
            continue
        if side(analysis, position.actor) == side(analysis, proposal.actor) or position.actor in found:
            continue
        distance = analysis.sentence_at(position.evidence.start).number - asked
        if distance > REACH or _nearer(proposal, others, position):
            continue
        issue = _content_words(position.issue.quote) if position.issue else frozenset()
        answer = distance <= 1 and position.stance in ("accepts", "rejects", "undecided")
        if answer or not issue or issue & words or len(issue & content) >= min(2, len(content)):
            found[position.actor] = Response(position.actor, position.stance, position.evidence)
    return tuple(found.values())


def _nearer(proposal: Proposal, others: Sequence[Proposal], position: Position) -> bool:
    return any(
        proposal.evidence.start < other.evidence.start < position.evidence.start
        for other in others
        if other != proposal
    )


def _content_words(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,;:\"“”'’") for word in text.lower().split() if len(word) > 3 or word in ("it", "so"))
