"""Proposals: what is put forward for others to agree to, and how each of them answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from peacetable.model import ActorId, Cue, Position, Proposal, Span
from peacetable.reading import attribution
from peacetable.reading import positions as stances
from peacetable.reading.analysis import Analysis
from peacetable.reading.answers import responses
from peacetable.reading.clauses import SUPPOSED, negated
from peacetable.reading.cues import CueList, Hit, cue_list
from peacetable.reading.deeds import mention_from
from peacetable.reading.holders import (
    GENITIVES,
    Place,
    Subject,
    evidence_start,
    fellows,
    holder,
    owner,
    skip_time,
)

BE: Final = frozenset({"was", "were", "is", "been", "be", "are"})
HANDED: Final = frozenset(
    {"draft", "proposal", "plan", "roadmap", "text", "blueprint", "compromise", "counter-proposal"}
)
PAST: Final = frozenset({"had", "was", "were", "has"})
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
    if positions is None:
        positions = stances.positions(analysis)
    cues = cue_list("pledges")
    found: list[Proposal] = []
    for sentence in analysis.sentences:
        place = Place.of(analysis, sentence)
        for proposal in _put_forward(place, cues):
            if not any(_repeats(proposal, other) for other in found[-4:]):
                found.append(proposal)
    answered = tuple(replace(p, responses=responses(analysis, p, found, positions, cues)) for p in found)
    return tuple(sorted(answered, key=lambda finding: (finding.evidence.start, finding.evidence.end)))


def _repeats(new: Proposal, old: Proposal) -> bool:
    """The same words propose once, but for several who propose them together."""
    together = new.content == old.content and new.cues == old.cues and new.actor != old.actor
    return new.content.overlaps(old.content) and not together


def _put_forward(place: Place, cues: CueList) -> Iterator[Proposal]:
    for hit in cues.hits(place.sentence):
        if hit.group == "receive":
            yield from _received(place, cues, hit)
        if hit.group == "handing" and hit.form == "past":
            yield from _handed(place, hit)
        if hit.group not in ("propose", "propose_nouns", "ask") or place.lower(place.part(hit.first).first) in SUPPOSED:
            continue
        before = place.lower(hit.first - 1)
        if hit.form != "noun" and (before in NOT_BEFORE or negated(place.tokens, hit.first)):
            continue
        if (hit.form == "base" and before == "to") or _no_proposal(place, hit):
            continue
        passive = hit.form == "past" and (before in BE or place.lower(hit.last) == "by")
        if hit.form == "noun":
            who = owner(place, hit.first)
            if who is None and (who := _maker(place, hit)) is not None:
                hit = replace(hit, last=max(hit.last, min(place.number(who.end), len(place.tokens) - 1)))
        else:
            who = _agent(place, hit) if passive else holder(place, hit.first)
        content = _content(place, cues, hit, passive=passive)
        if who is None or content is None:
            continue
        if passive or hit.form == "noun":
            yield _made(place, who, content, hit)
        else:
            yield from (_made(place, each, content, hit) for each in fellows(place, who, hit.first))


def _received(place: Place, cues: CueList, hit: Hit) -> Iterator[Proposal]:
    """ "Both sides have received a draft from the mediators": who it came from put it forward."""
    part = place.part(hit.first)
    words = frozenset(cues.value("proposal_words", "proposal_words"))
    source = next((n for n in range(hit.last, part.last) if place.lower(n) == "from"), None)
    content = place.span(hit.last, source) if source is not None else None
    who = mention_from(place, source + 1, 3) if source is not None else None
    if who is None or who.actor is None or content is None or not words & set(content.quote.lower().split()):
        return
    made = _made(place, who, content, hit)
    asked = tuple(m.actor for m in place.analysis.mentions_in(part.start, content.start) if m.actor)
    evidence = place.analysis.span(part.start, max(who.end, made.evidence.end))
    yield replace(made, to=tuple(dict.fromkeys(asked)), evidence=evidence)


def _handed(place: Place, hit: Hit) -> Iterator[Proposal]:
    """ "The envoy has handed both sides a draft": who hands it puts it forward."""
    part, who = place.part(hit.first), holder(place, hit.first)
    for number in range(hit.last, min(part.last - 1, hit.last + 8)):
        if place.lower(number) in ("a", "an", "the", "its", "his", "her", "their"):
            noun = number + 1 + (place.lower(number + 1) in ("new", "detailed", "first", "second", "third", "revised"))
            content = place.span(number, part.last)
            if who is not None and content is not None and place.lower(noun) in HANDED:
                yield _made(place, who, content, hit)
                return


def _no_proposal(place: Place, hit: Hit) -> bool:
    """Is it a claim ("suggested the shells had come from the north") or a courtesy ("offered his condolences")?"""
    words = [place.lower(number) for number in range(hit.last, hit.last + 4)]
    if {"condolences", "sympathy", "congratulations", "prayers", "apologies"} & set(words):
        return True
    if place.lower(hit.first).startswith("suggest"):
        part = place.part(min(hit.last + 1, len(place.tokens) - 1))
        return bool(PAST & {place.lower(n) for n in range(hit.last, part.last)})
    return place.lower(hit.first) == "table"


def _maker(place: Place, hit: Hit) -> Subject | None:
    """Whose a proposal is where the name comes after: "the proposal of the envoy to", "a proposal from Oman"."""
    who = mention_from(place, hit.last, 3) if place.lower(hit.last - 1) in ("of", "from", "by") else None
    return who if who is not None and who.actor else None


def _content(place: Place, cues: CueList, hit: Hit, *, passive: bool) -> Span | None:
    """What is put forward: after the cue, or before a passive; of a request, only what others can grant."""
    part = place.part(hit.first)
    if passive:
        last = hit.first
        while last > part.first and place.lower(last - 1) in BE | {"has", "have", "had", "first", "also", ","}:
            last -= 1
        return place.span(part.first, last)
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
    content = place.span(first, last)
    if content is not None and place.lower(last - 1) in ("under", "by", "in"):
        return place.analysis.span(content.start, _spelt_out(place, content.end))
    return content


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
    evidence = place.analysis.span(evidence.start, max(evidence.end, _spelt_out(place, content.end)))
    said, chain = attribution.provenance(place.analysis, content.start, content.end)
    words = place.span(hit.first, hit.last)
    return Proposal(
        actor=who.actor, content=content, to=_asked(place, hit, content, who.actor), evidence=evidence,
        according_to=said, chain=chain,
        cues=(Cue(hit.group, words.quote if words else ""),), thin=who.thin,
    )  # fmt: skip


def _spelt_out(place: Place, end: int) -> int:
    """Where a proposal ends that is spelt out after it: "a plan under which ...", "a compromise: the police leave"."""
    index = place.number(end)
    if place.lower(index) == ":":
        return place.sentence.end - (not place.tokens[-1].text[-1].isalnum())
    for part in place.parts:
        if part.start >= end:
            gap = place.analysis.text[end : part.start].strip()
            return part.end if part.opener in ("that", "which", "whereby") and gap in ("", "under", "by") else end
    return end


def _asked(place: Place, hit: Hit, content: Span, by: ActorId | None) -> tuple[ActorId, ...]:
    """To whom it is put: the actors between the cue and what is asked."""
    start, end = place.tokens[hit.first].start, max(content.start, place.tokens[hit.last - 1].end)
    named = [m.actor for m in place.analysis.mentions_in(start, end) if m.actor and m.actor != by]
    return tuple(dict.fromkeys(named))
