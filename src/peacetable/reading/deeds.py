"""What is to be done, in drafts: one for each deed that a verb of binding governs, with who is to do it.

Deeds are joined by "and" ("to free the men and reopen the port"), and each may have its own doer ("the army to
withdraw and the rebels to disarm").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from peacetable.model import Cue, Modality
from peacetable.reading.analysis import Mention
from peacetable.reading.cues import CueList, Hit
from peacetable.reading.holders import Place, Subject

NOBODY: Final = frozenset({"no", "neither", "nor", "none", "nobody", "no-one"})
JOINING: Final = frozenset({"and", "to", ",", "also", "but", "will", "would", "or", "then"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A commitment before its day, condition and agreement are looked up: tokens `first` to `last` are the action."""

    who: Subject
    modality: Modality
    first: int
    last: int
    start: int
    cue: Cue


def each_deed(place: Place, cues: CueList, who: Subject, modality: Modality, first: int, hit: Hit) -> Iterator[Draft]:
    """The deed that begins at a token, and those that "and" adds to it.

    Args:
        place: the sentence.
        cues: the list "pledges".
        who: who is bound.
        modality: to what degree; nobody's leave is a ban.
        first: the token at which the deed begins.
        hit: the cue that binds.
    """
    if first >= len(place.tokens):
        return
    words = place.span(hit.first, hit.last)
    cue_words = words.quote.lower() if words else ""
    if nobody(place, hit.first) and (modality == "may" or "shall" in cue_words):
        modality = "must_not"
    cue = Cue(hit.group, words.quote if words else "")
    start = place.tokens[hit.first].start
    start = min(who.start, start) if who.start >= place.sentence.start else start
    cuts = _cuts(place, cues, first)
    shared = {at: (doer, verb) for at, doer, verb in _shares(place, cues, first, cuts[-1])}
    cuts = sorted({*cuts, *shared})
    for number, (begin, end) in enumerate(pairwise(cuts)):
        doer = who
        if begin in shared:
            doer, begin = shared[begin]
        while begin < end and place.lower(begin) in JOINING:
            begin += 1
        denied = place.lower(begin) in ("not", "never")
        action: Modality = "must_not" if denied or place.lower(begin) == "refrain" else modality
        at = start if number == 0 else doer.start if doer is not who else place.tokens[min(begin, end - 1)].start
        if begin < end:
            yield Draft(doer, action, begin + denied, end, at, cue)


def mention_from(place: Place, index: int, reach: int) -> Subject | None:
    """The first actor named within a few words after a token."""
    tokens = place.tokens
    if index >= len(tokens):
        return None
    end = tokens[min(index + reach, len(tokens)) - 1].end
    found: Mention | None = next(
        (m for m in place.analysis.mentions_in(tokens[index].start, tokens[-1].end) if m.start < end), None
    )
    if found is None:
        return None
    return Subject(
        found.actor or (found.candidates or (None,))[0], found.start, found.end, thin=found.actor is None,
        words=found.text,
    )  # fmt: skip


def nobody(place: Place, index: int) -> bool:
    """Is the subject of a verb nobody: "neither side may", "that none of them will", "not a single soldier would"?"""
    first = place.part(index).first
    words = [place.lower(number) for number in range(first, min(first + 4, index))]
    return bool(NOBODY & set(words[:3])) or ("not" in words and "a" in words[words.index("not") :])


def _cuts(place: Place, cues: CueList, first: int) -> list[int]:
    """Where the deeds of a verb begin, and where the last of them ends."""
    actions = cues.value("actions", "actions")
    part = place.part(first)
    cuts, index = [first], first + 1
    while index < len(place.tokens):
        if index >= part.last:
            following = next((p for p in place.parts if p.first >= index), None)
            if following is None or following.opener not in ("and", "but"):
                break
            word = place.lower(following.first + 1)
            if word not in ("to", "will", "would", "not") and word not in actions:
                break
            cuts.append(following.first)
            part, index = following, following.first + 2
            continue
        word, after = place.lower(index), place.lower(index + 1)
        item = word in (",", ";") and after == "to" and place.lower(index + 2) in actions
        if item or (word == "and" and (after in actions or after in ("to", "not"))):
            cuts.append(index)
        index += 1
    return [*cuts, part.last]


def _shares(place: Place, cues: CueList, first: int, last: int) -> Iterator[tuple[int, Subject, int]]:
    """Further doers with their own deeds: ", the rebels to disarm": where each begins, who, and the verb."""
    actions = cues.value("actions", "actions")
    for index in range(first + 2, last - 2):
        if place.lower(index) not in (",", ";", "and") or place.lower(index + 1) == "to":
            continue
        who = mention_from(place, index + 1, 3)
        if who is None:
            continue
        verb = place.number(who.end)
        if verb + 1 < last and place.lower(verb) == "to" and (place.lower(verb + 1) in actions):
            yield index, replace(who, start=max(who.start, place.tokens[index].end)), verb + 1
