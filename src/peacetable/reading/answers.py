"""How others answer a proposal: the positions after it that take it up, and replies that are still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from peacetable.model import ActorId, Position, Proposal, Response
from peacetable.reading.analysis import Analysis
from peacetable.reading.clauses import SUPPOSED
from peacetable.reading.cues import CueList
from peacetable.reading.holders import Place, evidence_start, holder, side

#: How many sentences after a proposal an answer that does not repeat its words may stand, and one that says "such a".
REACH: Final = 3
FAR: Final = 8
ANSWERS: Final = frozenset(("supports", "opposes", "accepts", "rejects", "conditional", "undecided"))


def responses(
    analysis: Analysis, proposal: Proposal, others: Sequence[Proposal], positions: Sequence[Position], cues: CueList
) -> tuple[Response, ...]:
    """The answers to a proposal, one for each who answers, in the order of the text.

    Args:
        analysis: the report.
        proposal: what was put forward.
        others: all its proposals: an answer goes to the nearest before it.
        positions: its positions.
        cues: the list "pledges".
    """
    found: dict[ActorId, Response] = {}
    for position in positions:
        if position.actor is None or position.evidence.start < proposal.evidence.end or position.actor in found:
            continue
        if side(analysis, position.actor) != side(analysis, proposal.actor) and _answers(
            analysis, proposal, others, position, cues
        ):
            found[position.actor] = Response(position.actor, position.stance, position.evidence)
    for response in _silent(analysis, proposal, others, cues):
        if response.actor is not None and side(analysis, response.actor) != side(analysis, proposal.actor):
            found.setdefault(response.actor, response)
    return tuple(sorted(found.values(), key=lambda response: response.evidence.start))


def _answers(
    analysis: Analysis, proposal: Proposal, others: Sequence[Proposal], position: Position, cues: CueList
) -> bool:
    """Does a position take a proposal up: by its words, by a word for proposals, by its author, or by no words?"""
    words = frozenset(cues.value("proposal_words", "proposal_words"))
    issue = content_words(position.issue.quote) if position.issue else frozenset()
    distance = _distance(analysis, proposal, position.evidence.start)
    if position.issue is not None and issue & (words | {"letter", "proposals"}):
        named = analysis.mentions_in(position.issue.start, position.issue.end)
        if any(mention.actor == proposal.actor and mention.kind != "pronoun" for mention in named):
            return True
    such = position.stance != "demands" and ("such" in issue or position.stance == "offers")
    if such and distance <= FAR and issue & frozenset(cues.value("ask", "matters")):
        return bool(content_words(proposal.content.quote) & frozenset(cues.value("ask", "matters")))
    if position.stance not in ANSWERS or distance > REACH or _nearer(proposal, others, position.evidence.start):
        return False
    content = content_words(proposal.content.quote)
    other = issue & frozenset(cues.value("instruments", "named")) - content
    direct = distance <= 1 and position.stance in ("accepts", "rejects", "undecided") and not other
    return direct or not issue or bool(issue & words) or len(issue & content) >= min(2, len(content))


def _silent(analysis: Analysis, proposal: Proposal, others: Sequence[Proposal], cues: CueList) -> Iterator[Response]:
    """Who has not answered yet, where the report says so of a proposal: no position, but a response."""
    first = analysis.sentence_at(proposal.evidence.end).number
    for sentence in analysis.sentences[first : first + REACH + 1]:
        place = Place.of(analysis, sentence)
        for hit in cues.hits(sentence):
            tokens = place.tokens
            if hit.group != "unanswered" or tokens[hit.first].start < proposal.evidence.end:
                continue
            if (
                _nearer(proposal, others, tokens[hit.first].start)
                or place.lower(place.part(hit.first).first) in SUPPOSED
            ):
                continue
            who = holder(place, hit.first)
            if who is not None and who.actor is not None:
                start = evidence_start(place, who, hit.first)
                yield Response(who.actor, "undecided", analysis.span(start, tokens[hit.last - 1].end))


def _distance(analysis: Analysis, proposal: Proposal, offset: int) -> int:
    return analysis.sentence_at(offset).number - analysis.sentence_at(proposal.evidence.start).number


def _nearer(proposal: Proposal, others: Sequence[Proposal], offset: int) -> bool:
    """Does another proposal stand between a proposal and an offset?"""
    return any(
        proposal.evidence.start < other.evidence.start < offset for other in others if other.content != proposal.content
    )


def content_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about."""
    return frozenset(word.strip(".,;:\"“”'’") for word in text.lower().split() if len(word) > 3 or word in ("it", "so"))
