"""Commitments: what an actor has undertaken or is bound to do, by when, on what condition and under which agreement.

A promise of one's own side ("will", "undertook to"), a duty under an agreement ("is to", "the text obliges X to") or a
term that is set ("has until Friday to"). What others wish is no commitment. Proposals are in `proposals`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from peacetable.model import ActorId, Agreement, Commitment, Cue, Fulfilment, Span, When
from peacetable.reading import attribution, dues
from peacetable.reading.analysis import Analysis
from peacetable.reading.clauses import Condition, conditions
from peacetable.reading.cues import CueList, cue_list
from peacetable.reading.deeds import Draft
from peacetable.reading.holders import POSSESSIVES, Place, Subject, side
from peacetable.reading.proposals import proposals
from peacetable.reading.undertakings import drafts, listed, opening

__all__ = ["commitments", "proposals"]

LEAVING: Final = frozenset({"withdraw", "withdrawn", "pull", "pulled", "leave", "retreat", "withdrawal", "out", "gone"})
#: What troops do on the word of their state, which owes it; for the rest they answer themselves.
MOVING: Final = LEAVING | {
    "vacate", "evacuate", "return", "go", "stay", "remain", "enter", "lift", "man", "quit", "redeploy", "deploy",
}  # fmt: skip
ALIEN: Final = frozenset({"foreign", "international", "allied", "coalition"})
TROOPS: Final = frozenset({"forces", "troops", "soldiers", "contingents"})
PAST: Final = ("ed", "ed to", "took", "took to", "was to", "were to", "had to", "ed that", "posed to")
#: How an item of a list begins, the mark and the infinitive: "a) to", "(ii) to", "- to".
LISTED: Final = re.compile(
    r"(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[).]|[-•–*])\s*(?:not\s+)?(?:to|refrain)\b", re.IGNORECASE
)
#: Rules that are right in fewer than half of their places, on the training reports with their true actors.
WEAK: Final = frozenset({"term", "leave", "ban", "will_not"})
VAGUE: Final = frozenset({"it", "which", "that", "letter", "point"})
WE: Final = frozenset({"we", "we'll", "we’ll", "we're", "we’re", "we've", "we’ve", "our"})


def commitments(analysis: Analysis, agreements: Sequence[Agreement]) -> tuple[Commitment, ...]:
    """What actors have undertaken or are bound to do, in the order of the text.

    Args:
        analysis: the report.
        agreements: its agreements; `under` of a commitment is an index into them.
    """
    cues = cue_list("pledges")
    found: list[Commitment] = []
    listing: tuple[Subject, Cue] | None = None
    for sentence in analysis.sentences:
        place = Place.of(analysis, sentence)
        under = _under(place, agreements)
        every = [*drafts(place, cues, frame=agreements[under] if under is not None else None)]
        if listing is not None and LISTED.match(analysis.text, sentence.start):
            every = [*listed(place, *listing)] or every
        else:
            listing = opening(place, cues)
        for draft in every:
            made = _finished(place, cues, draft, agreements, under)
            if made is not None and not any(_repeats(made, other) for other in found[-6:]):
                found.append(made)
    return tuple(sorted(found, key=lambda finding: (finding.evidence.start, finding.evidence.end)))


def _repeats(new: Commitment, old: Commitment) -> bool:
    """The same words bind once, but for several subjects of one verb."""
    together = new.action == old.action and new.cues == old.cues and new.actor != old.actor
    return new.action.overlaps(old.action) and not together


# What a draft becomes.


def _finished(
    place: Place, cues: CueList, draft: Draft, agreements: Sequence[Agreement], under: int | None
) -> Commitment | None:
    analysis = place.analysis
    last = min(draft.last, len(place.tokens))
    if draft.first >= last:
        return None
    condition, term = _conditions(place, draft, last)
    end = place.number(condition.start) if condition and condition.start > place.tokens[draft.first].start else last
    action = place.span(draft.first, end)
    if action is None:
        return None
    finish = max(action.end, condition.body.end if condition else 0, term.body.end if term else 0)
    start = min(draft.start, condition.start) if condition else draft.start
    evidence = analysis.span(min(start, action.start), finish)
    due = dues.due(place, evidence, action, dues.counted_from(place, agreements, under, action))
    actor = _owing(place, draft.who, action, agreements[under] if under is not None else None)
    said, chain = attribution.provenance(analysis, action.start, action.end)
    return Commitment(
        actor=actor, modality=draft.modality, action=action, to=_to(place, action, actor), due=due,
        condition=analysis.span(condition.start, condition.body.end) if condition else None, under=under,
        reported=_reported(place, cues, draft, action, due), evidence=evidence, according_to=said, chain=chain,
        cues=(draft.cue,),
        thin=draft.who.thin or draft.cue.rule in WEAK,
    )  # fmt: skip


def _conditions(place: Place, draft: Draft, last: int) -> tuple[Condition | None, Condition | None]:
    """The condition on which the action stands ("if", "only after"), and the term it runs to ("until Friday")."""
    tokens = place.tokens
    for condition in conditions(
        place.analysis, place.sentence, place.parts, tokens[draft.first].start, place.sentence.end
    ):
        if condition.words in ("before", "without", "should", "otherwise") or condition.words.startswith("even"):
            continue
        if condition.start > tokens[min(last, len(tokens) - 1)].end + 2:
            break
        if any(True for _ in place.analysis.times_in(condition.start, condition.body.end)):
            return None, condition
        return condition, None
    return None, None


def _owing(place: Place, who: Subject, action: Span, agreement: Agreement | None) -> ActorId | None:
    """Who owes it: the state rather than its troops, and of "we" the side rather than who speaks for it."""
    analysis = place.analysis
    known = analysis.actor_by_id.get(who.actor or "")
    words = set(action.quote.lower().split()[:4])
    leaving, moving = LEAVING & words, MOVING & words
    if leaving and agreement is not None and _foreign(place, action):
        return _state_bound(place, action, agreement) or who.actor
    if known is not None and known.kind == "forces" and known.part_of is None and leaving and agreement is not None:
        return _state_bound(place, action, agreement) or who.actor
    if known is not None and known.kind == "forces" and known.part_of is None and known.country and moving:
        of_country = [a.id for a in analysis.actors if a.kind in ("state", "government") and a.country == known.country]
        return of_country[0] if len(of_country) == 1 else who.actor
    if known is None or known.part_of is None:
        return who.actor
    above = analysis.actor_by_id.get(known.part_of)
    if known.kind == "forces" and above is not None and above.kind in ("state", "government") and moving:
        return known.part_of
    if known.kind == "person" and (leaving or who.words.lower() in WE or who.words.lower() in POSSESSIVES):
        return side(analysis, who.actor)
    return who.actor


def _foreign(place: Place, action: Span) -> bool:
    """Is it "all foreign forces will be out": forces whose state no word names?"""
    index = place.number(action.start)
    first = place.part(index).first
    words = {place.lower(number) for number in range(max(first, index - 6), index)}
    return bool(words & ALIEN) and bool(words & TROOPS)


def _state_bound(place: Place, action: Span, agreement: Agreement) -> ActorId | None:
    """Whose forces are to leave, where nothing says it: the one state that the sentence names, else the one party."""
    known = place.analysis.actor_by_id
    ahead = (m.actor for m in place.analysis.mentions_in(place.sentence.start, action.start))
    for actors in (tuple(ahead), agreement.parties):
        states = {actor for actor in actors if actor and actor in known and known[actor].kind == "state"}
        if len(states) == 1:
            return states.pop()
    return None


def _to(place: Place, action: Span, actor: ActorId | None) -> ActorId | None:
    """To whom it is owed: the actor after "to" or "with" in the action."""
    for mention in place.analysis.mentions_in(action.start, action.end):
        before = place.lower(place.number(mention.start) - 1)
        before = place.lower(place.number(mention.start) - 2) if before == "the" else before
        if before == "to" and mention.actor and mention.actor != actor:
            return mention.actor
    return None


def _reported(place: Place, cues: CueList, draft: Draft, action: Span, due: When | None) -> Fulfilment | None:
    """What the sentence says of its fulfilment; a duty that is not yet due is pending, and silence says nothing."""
    if draft.cue.rule == "restrained":
        return "met"
    published = place.analysis.report.day
    ahead = due is not None and due.latest is not None and published is not None and due.latest >= published
    rest = f" {place.analysis.text[action.end : place.sentence.end].lower()} "
    if not ahead and draft.cue.words.lower().endswith(PAST):
        if any(f" {words} " in rest for words in cues.value("breach", "breached")):
            return "breached"
        if any(f" {words}" in rest for words in cues.value("kept", "met")):
            return "met"
    if draft.modality == "must_not" or (due is not None and not ahead):
        return None
    return "pending"


# The agreement that it stands under.


def _under(place: Place, agreements: Sequence[Agreement]) -> int | None:
    """The agreement that a sentence speaks of.

    It is named in the sentence; or the last one named before, where a word for it stands here or it was named in the
    sentence before.
    """
    here = [n for n, a in enumerate(agreements) if place.sentence.start <= a.name.start < place.sentence.end]
    if here or not agreements:
        return here[0] if here else None
    before = [n for n, a in enumerate(agreements) if a.name.end <= place.sentence.start]
    last = max(before, key=lambda n: agreements[n].name.end, default=None)
    named = frozenset(cue_list("pledges").value("instruments", "instruments")) - VAGUE
    if named & {token.lower for token in place.tokens}:
        return last if last is not None else 0
    if last is None:
        return None
    distance = place.sentence.number - place.analysis.sentence_at(agreements[last].name.start).number
    return last if distance <= 1 else None
