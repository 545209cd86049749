"""What a text lays on those it binds: "obliges X to", "provides for the release of", "a deadline for X to".

A text may name deeds as nouns; they are owed by whom the noun names ("the departure of the army"), else by its parties.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from peacetable.model import ActorId, Agreement, Cue, Modality
from peacetable.reading.analysis import Analysis
from peacetable.reading.cues import CueList, Hit
from peacetable.reading.deeds import Draft, each_deed, mention_from
from peacetable.reading.holders import Place, Subject, holder, side, speaker

#: How a party of several is called where they are bound together.
TOGETHER: Final = (
    "both", "two", "three", "four", "parties", "sides", "signatories", "factions", "rivals", "groups", "warring",
    "leaders", "delegations", "armies", "camps",
)  # fmt: skip
STARTS: Final = frozenset({"the", "a", "an", "all", "its", "their", "any"})
FROM: Final = frozenset({"to", "from"})
MOST: Final = 3


def obliged(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "The accord obliges X to ...", "commits X not to ...", "bars X from ..."."""
    part = place.part(hit.first)
    before = {place.lower(number) for number in range(part.first, hit.first)}
    binding = place.lower(hit.first) in cues.value("binding", "binding")
    if hit.form == "base" or not (binding or before & frozenset(cues.value("instruments", "instruments"))):
        return
    if place.lower(hit.first - 1) in ("is", "are", "was", "were", "be"):
        return
    bound = _itself(place, hit) or mention_from(place, hit.last, 6)
    last = max(part.last, place.part(min(hit.last, len(place.tokens) - 1)).last)
    for number in range(hit.last, min(last - 1, hit.last + 12)):
        if place.lower(number) in FROM and bound is not None:
            modality: Modality = cues.value(hit.group, "modality")
            denied = place.lower(number - 1) in ("not", "never")
            yield from each_deed(place, cues, bound, "must_not" if denied else modality, number + 1, hit)
            return


def _itself(place: Place, hit: Hit) -> Subject | None:
    """Who "commits itself to" something."""
    return holder(place, hit.first) if place.lower(hit.last) in ("itself", "themselves", "himself", "herself") else None


def provided(place: Place, cues: CueList, hit: Hit, agreement: Agreement | None) -> Iterator[Draft]:
    """ "The accord provides for the release of ..., the return of ... and ...": a duty for each deed of the list."""
    part = place.part(hit.first)
    before = {place.lower(number) for number in range(part.first, hit.first)}
    if agreement is None or hit.form in ("base", "participle") or speaker(place, hit.first) is not None:
        return
    if not before & frozenset(cues.value("instruments", "instruments")):
        return
    words = place.span(hit.first, hit.last)
    cue = Cue(hit.group, words.quote if words else "")
    nouns = cues.value("deeds", "deeds")
    for number, (first, last) in enumerate(_listed(place, hit.last)):
        head = next((n for n in range(first, min(first + 5, last)) if place.lower(n) in nouns), None)
        if head is None:
            continue
        start = place.tokens[part.first if number == 0 else first].start
        for who in owing(place, cues, agreement, head, last):
            yield Draft(replace(who, start=start), "must", first, last, start, cue)


def _listed(place: Place, first: int) -> Iterator[tuple[int, int]]:
    """The items of a list of nouns: cut at commas, semicolons and "and" before an article."""
    begin, tokens = first, place.tokens
    end = place.part(min(first, len(tokens) - 1)).last
    following = next((p for p in place.parts if p.first >= end), None)
    while following is not None and following.opener == "and" and place.lower(following.first + 1) in STARTS:
        end = following.last
        following = next((p for p in place.parts if p.first >= end), None)
    for index in range(first, end):
        mark = place.lower(index) in (",", ";")
        item = place.lower(index + 1) in STARTS or (
            place.lower(index + 1) == "and" and place.lower(index + 2) in STARTS
        )
        if (mark or place.lower(index) == "and") and item and index > begin + 1:
            yield begin, index
            begin = index + 1 + (place.lower(index + 1) == "and")
    if begin < end:
        yield begin, end


def owing(place: Place, cues: CueList, agreement: Agreement, head: int, last: int) -> tuple[Subject, ...]:
    """Who owes a deed that is named by a noun: who is to leave or disarm, else the parties of the agreement."""
    analysis = place.analysis
    if place.lower(head) in cues.value("deeds", "own"):
        doer = mention_from(place, head + 1, 6) if place.lower(head + 1) in ("of", "by") else None
        if doer is not None and doer.actor and doer.end <= place.tokens[last - 1].end:
            return (doer,)
    start = place.tokens[head].start
    return tuple(Subject(actor, start, start, thin=True) for actor in bound_together(analysis, agreement))


def bound_together(analysis: Analysis, agreement: Agreement | None) -> tuple[ActorId, ...]:
    """Those whom an agreement binds: the parties under one name ("both sides") where the report has one, else each."""
    for actor in analysis.actors:
        words = {word for name in (actor.name, *actor.aliases) for word in name.lower().split()}
        if actor.kind == "unnamed" and actor.part_of is None and words & set(TOGETHER):
            return (actor.id,)
    return agreement.parties[:MOST] if agreement is not None else ()


def term(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "X has until Saturday to surrender", "gave X until the end of June to ..." """
    part = place.part(hit.first)
    last = len(place.tokens) if part.last <= hit.last + 6 else part.last
    if hit.form == "phrase":
        who, at = holder(place, hit.first), hit.last
    else:
        who, at = mention_from(place, hit.last, 5), hit.last
        words = [place.lower(number) for number in range(hit.last, min(last, hit.last + 12))]
        if not {"until", "till"} & set(words) and not _length(place, hit.last, last):
            return
    for number in range(at, min(last, at + 14)):
        if place.lower(number) == "to" and who is not None and place.lower(number - 1) not in ("until", "prior"):
            yield from each_deed(place, cues, who, "must", number + 1, hit)
            return


def _length(place: Place, first: int, last: int) -> bool:
    """ "gave the rebels fifteen days to leave": a length before an infinitive."""
    start, end = (
        place.tokens[min(first, len(place.tokens) - 1)].start,
        place.tokens[min(last, len(place.tokens)) - 1].end,
    )
    found = next((t for t in place.analysis.times_in(start, end) if t.type == "DURATION"), None)
    return found is not None and place.lower(place.number(found.end)) == "to"


def deadline(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "a May deadline looms for X to ...", "miss the deadline to ..."."""
    part = place.part(hit.first)
    last = max(part.last, min(len(place.tokens), hit.last + 10))
    ahead = next((n for n in range(hit.last, min(last, hit.last + 8)) if place.lower(n) == "for"), None)
    begin = max(part.first, hit.first - 3)
    if ahead is None:
        if place.lower(hit.last) == "to" and (who := holder(place, hit.first)) is not None:
            yield from each_deed(place, cues, who, "must", hit.last + 1, hit)
        return
    whom = mention_from(place, ahead + 1, 5)
    end = place.part(ahead).last
    for number in range(ahead + 1, min(end - 1, ahead + 12)):
        if place.lower(number) == "to" and whom is not None and whom.end <= place.tokens[number].start:
            start = place.tokens[begin].start
            yield from each_deed(place, cues, replace(whom, start=start), "must", number + 1, hit)
            return


def sides(analysis: Analysis, agreement: Agreement | None, said: ActorId | None) -> tuple[ActorId, ...]:
    """Who owes a deed that no doer is named for: the side that promises it, else those whom the agreement binds."""
    return (bound,) if (bound := side(analysis, said)) else bound_together(analysis, agreement)
