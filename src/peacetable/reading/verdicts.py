"""What somebody calls needed, good or unbearable ("a ceasefire is essential", "it is unacceptable that ..."), as
positions, and what stirs somebody ("the raids angered the cabinet")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from peacetable.model import Cue, Position, Stance
from peacetable.reading.clauses import PREPOSITIONS, SUPPOSED
from peacetable.reading.cues import CueList, Hit
from peacetable.reading.deeds import mention_from
from peacetable.reading.holders import Place, speaker
from peacetable.reading.terms import made

BE: Final = frozenset({"is", "are", "was", "were", "be", "remains", "remain"})
SKIPPED: Final = frozenset({"a", "an", "the", "very", "most", "also", "now", "still", "of", "more", "only"})
EMPTY: Final = frozenset({"it", "this", "that", "there", "he", "she", "they", "we", "i", "what", "which", "who"})
#: How far behind the verb the word that judges may stand.
REACH: Final = 4
STANCES: Final[tuple[tuple[str, Stance], ...]] = (
    ("needed", "demands"), ("good", "supports"), ("bad", "opposes"), ("hard", "undecided"),
)  # fmt: skip


def verdicts(place: Place, cues: CueList) -> Iterator[Position]:
    """The positions of a sentence that its verdicts and its verbs of stirring tell of, in order."""
    for index in range(1, len(place.tokens) - 1):
        if place.lower(index) in BE and place.lower(place.part(index).first) not in SUPPOSED:
            yield from _verdict(place, cues, index)


def stirred(place: Place, hit: Hit) -> Iterator[Position]:
    """ "Contacts with the rebels irritate the cabinet": who is irritated opposes what irritates."""
    part = place.part(hit.first)
    who = mention_from(place, hit.last, 3)
    issue = place.span(part.first, hit.first)
    if hit.form == "participle" or who is None or who.actor is None or issue is None or hit.first <= part.first:
        return
    if place.lower(hit.first - 1) in BE or issue.quote.lower() in EMPTY:
        return
    words = place.span(hit.first, hit.last)
    evidence = place.analysis.span(issue.start, who.end)
    yield made(place, who, "opposes", issue, evidence, Cue(hit.group, words.quote if words else ""))


def _verdict(place: Place, cues: CueList, index: int) -> Iterator[Position]:
    part = place.part(index)
    who = speaker(place, index)
    found = _judging(place, cues, index, part.last)
    if who is None or found is None or index == part.first:
        return
    at, stance = found
    subject = place.lower(part.first + (place.lower(part.first) in ("that", "and", "but")))
    evidence = place.span(part.first, part.last)
    if subject in EMPTY:
        last = place.parts[min(place.parts.index(part) + 1, len(place.parts) - 1)]
        follows = place.lower(at + 1) if at + 1 < part.last else place.lower(last.first)
        if subject != "it" or follows not in ("to", "that", "for"):
            return
        end = part.last if at + 1 < part.last else last.last
        issue, evidence = place.span(at + 2, end), place.span(part.first, end)
    else:
        issue = place.span(part.first + (place.lower(part.first) in ("that", "and", "but")), _before(place, index))
    if issue is not None and evidence is not None:
        yield made(place, who, stance, issue, evidence, Cue("verdict", place.tokens[at].text))


def _before(place: Place, index: int) -> int:
    """The token at which the verb group that ends in a form of "be" begins."""
    while index > 0 and place.lower(index - 1) in ("would", "will", "could", "must", "can", "may", "not", "also"):
        index -= 1
    return index


def _judging(place: Place, cues: CueList, index: int, last: int) -> tuple[int, Stance] | None:
    """The word that judges and the stance that it gives; a denied judgement gives none but for "not acceptable"."""
    denied, noun = place.lower(index - 1) in ("not", "never"), False
    for at in range(index + 1, min(last, index + 1 + REACH)):
        word = place.lower(at)
        if word in ("not", "no", "never"):
            denied = True
            continue
        stance = next((s for name, s in STANCES if word in cues.value("verdict", name)), None)
        if stance is not None:
            return (at, "opposes") if denied and stance == "supports" else None if denied else (at, stance)
        noun = noun or word in ("a", "an", "the")
        if word in PREPOSITIONS or not (noun or word in SKIPPED or word.endswith("ly")):
            return None
    return None
