"""How an actor comes to be bound: by its own promise, by a duty, by what an agreement lays on it, or by a set term.

Each way gives drafts of commitments; `pledges` looks up their day, their condition and their agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from peacetable.model import Cue, Modality
from peacetable.reading.analysis import Mention
from peacetable.reading.clauses import SUPPOSED, negated
from peacetable.reading.cues import CueList, Hit
from peacetable.reading.holders import Place, Subject, fellows, holder, own_side, side, skip_time, speaker
from peacetable.reading.terms import STATIVE

WILL: Final = frozenset({"will", "would", "shall"})
NOBODY: Final = frozenset({"no", "neither", "nor", "none", "nobody"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A commitment before its day, condition and agreement are looked up: tokens `first` to `last` are the action."""

    who: Subject
    modality: Modality
    first: int
    last: int
    start: int
    cue: Cue


def drafts(place: Place, cues: CueList, *, framed: bool) -> Iterator[Draft]:
    """The commitments that a sentence's cues tell of.

    Args:
        place: the sentence.
        cues: the list "pledges".
        framed: an agreement is spoken of, so that duties are those under it.
    """
    for hit in cues.hits(place.sentence):
        if place.lower(place.part(hit.first).first) in SUPPOSED:
            continue
        if hit.group in ("promise", "abstain") or (hit.group == "opening" and _colon(place, hit.last) is not None):
            yield from _promised(place, cues, hit)
        elif hit.group in ("duty", "ban", "leave"):
            yield from _owed(place, cues, hit, framed=framed)
        elif hit.group in ("will", "will_not"):
            yield from _announced(place, cues, hit, framed=framed)
        elif hit.group in ("obliging", "allowing", "forbidding"):
            yield from _obliged(place, cues, hit)
        elif hit.group == "term":
            yield from _term(place, cues, hit)
        elif hit.group == "deadline":
            yield from _deadline(place, cues, hit)
        elif hit.group == "restrained" and framed:
            who = holder(place, hit.first)
            if who is not None and not negated(place.tokens, hit.first):
                yield from _each(place, cues, who, "must_not", hit.last, hit)


# Ways of being bound.


def _promised(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "X undertook to ..." """
    if negated(place.tokens, hit.first) or (hit.form == "base" and place.lower(hit.first - 1) == "to"):
        return
    who = holder(place, hit.first)
    colon = _colon(place, hit.last)
    if who is not None and colon is not None:
        for begin, end in _items(place, colon + 1):
            yield from listed(place, who, Cue(hit.group, place.tokens[hit.first].text), begin, end)
        return
    if who is None or hit.last >= len(place.tokens) or place.tokens[hit.last].text in ".,;":
        return
    if hit.form == "past" and place.lower(hit.first - 1) in ("been", "was", "were"):
        return  # who was promised something is owed it
    first = skip_time(place, hit.last)
    if place.lower(hit.last - 1) == "that" or place.lower(first) == "that":
        yield from _promised_that(place, cues, who, hit)
        return
    first += first > hit.last and place.lower(first) == "to"
    for each in fellows(place, who, hit.first):
        yield from _each(place, cues, each, cues.value(hit.group, "modality"), first, hit)


def opening(place: Place, cues: CueList) -> tuple[Subject, Cue] | None:
    """Who undertakes what a list in the next lines says ("The Parties agreed:")."""
    for hit in cues.hits(place.sentence):
        colon = _colon(place, hit.last) if hit.group in ("promise", "opening") else None
        who = holder(place, hit.first) if colon is not None and colon == len(place.tokens) - 1 else None
        if who is not None:
            return who, Cue(hit.group, place.tokens[hit.first].text)
    return None


def listed(place: Place, who: Subject, cue: Cue, first: int = 0, last: int | None = None) -> Iterator[Draft]:
    """The commitment of one item of a list: "a) to open the road", "(b) refrain from attacks"."""
    last = len(place.tokens) if last is None else last
    while first < last and (not place.tokens[first].text[0].isalnum() or place.tokens[first + 1 :][:1] == ()):
        first += 1
    if place.tokens[first + 1 : first + 2] and place.tokens[first + 1].text in (")", "."):
        first += 2
    marked = first > 0 or place.lower(first) == "to"
    denied = any(place.lower(number) in ("not", "refrain") for number in range(first, first + 3))
    while place.lower(first) in ("to", "not"):
        first += 1
    while last > first and place.lower(last - 1) in ("and", ";", ",", "."):
        last -= 1
    if marked and first < last:
        modality: Modality = "must_not" if denied else "must"
        yield Draft(who, modality, first, last, place.tokens[first].start, cue)


def _colon(place: Place, index: int) -> int | None:
    """The colon that opens a list within a few words after a verb."""
    return next((n for n in range(index, min(index + 4, len(place.tokens))) if place.tokens[n].text == ":"), None)


def _items(place: Place, first: int) -> Iterator[tuple[int, int]]:
    """The items after a colon in the same sentence, parted by semicolons, each of which begins with "to"."""
    begin = first
    for index in range(first, len(place.tokens) + 1):
        if index == len(place.tokens) or place.tokens[index].text == ";":
            words = [place.lower(number) for number in range(begin, min(begin + 4, index))]
            if "to" in words:
                yield begin, index
            begin = index + 1


def _promised_that(place: Place, cues: CueList, who: Subject, hit: Hit) -> Iterator[Draft]:
    """ "X pledged that Y would ...": Y is bound where it is of X's side, else X's side is."""
    for index in range(hit.last, min(len(place.tokens), hit.last + 25)):
        if place.lower(index) in WILL:
            first = index + 1
            denied = place.lower(first) in ("not", "never")
            named = holder(place, index)
            own = named is not None and side(place.analysis, named.actor) == side(place.analysis, who.actor)
            bound = named if named is not None and own else replace(who, actor=side(place.analysis, who.actor))
            bound = replace(bound, start=who.start, end=who.end)
            modality: Modality = "must_not" if denied else cues.value(hit.group, "modality")
            yield from _each(place, cues, bound, modality, first + denied, hit)
            return


def _owed(place: Place, cues: CueList, hit: Hit, *, framed: bool) -> Iterator[Draft]:
    """ "X is to ...", "neither side may ...": said by the outlet, or of an agreement."""
    words = place.lower(hit.first)
    modality: Modality = cues.value(hit.group, "modality")
    around = place.analysis.attribution_around(place.tokens[hit.first].start, place.tokens[hit.last - 1].end)
    nobody = _nobody(place, hit.first)
    if (words == "may" and hit.last - hit.first == 1 and not nobody) or (
        modality == "must" and nobody and words != "shall"
    ):
        return
    if words in ("must", "has", "have", "had") and around is not None and not framed:
        return  # what a speaker lays on others is a demand
    who = _bound(place, cues, hit.first, hit.last)
    for each in who:
        yield from _each(place, cues, each, modality, hit.last, hit)


def _announced(place: Place, cues: CueList, hit: Hit, *, framed: bool) -> Iterator[Draft]:
    """ "We will ...": what one's own side says it will do."""
    first = hit.last
    while place.lower(first).endswith("ly") or place.lower(first) in ("also", "then", "now", "again", "first", "soon"):
        first += 1
    verb = place.lower(first)
    if verb in STATIVE - {"be"} or not verb.isalpha() or _forecast(place, cues, hit.first):
        return
    if _nobody(place, hit.first):
        return
    if hit.group == "will_not" and verb not in cues.value("will_not", "restraint"):
        return
    around = place.analysis.attribution_around(place.tokens[hit.first].start, place.tokens[hit.last - 1].end)
    if around is not None and around.act in ("warn", "fear", "want", "ask", "order", "deny", "allege"):
        return
    if "would" in place.lower(hit.first) and around is None and not framed:
        return
    who = _bound(place, cues, hit.first, first)
    for each in who:
        if framed or own_side(place, each, hit.first):
            yield from _each(place, cues, each, cues.value(hit.group, "modality"), first, hit)


def _obliged(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "The accord obliges X to ..." """
    part = place.part(hit.first)
    before = {place.lower(number) for number in range(part.first, hit.first)}
    binding = place.lower(hit.first) in cues.value("binding", "binding")
    if hit.form == "base" or not (binding or before & frozenset(cues.value("instruments", "instruments"))):
        return
    if place.lower(hit.first - 1) in ("is", "are", "was", "were", "be"):
        return
    bound = _mention_from(place, hit.last, 6)
    for number in range(hit.last, min(part.last - 1, hit.last + 12)):
        if place.lower(number) in ("to", "from") and bound is not None:
            yield from _each(place, cues, bound, cues.value(hit.group, "modality"), number + 1, hit)
            return


def _term(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "X has until Saturday to surrender", "gave X until the end of June to ..." """
    part = place.part(hit.first)
    last = len(place.tokens) if part.last <= hit.last + 6 else part.last
    if hit.form == "phrase":
        who, at = holder(place, hit.first), hit.last
    else:
        who, at = _mention_from(place, hit.last, 5), hit.last
        words = [place.lower(number) for number in range(hit.last, min(last, hit.last + 12))]
        if not {"until", "till"} & set(words):
            return
    for number in range(at, min(last, at + 14)):
        if place.lower(number) == "to" and who is not None and place.lower(number - 1) not in ("until", "prior"):
            yield from _each(place, cues, who, "must", number + 1, hit)
            return


def _deadline(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "a May deadline looms for X to ..." """
    part = place.part(hit.first)
    ahead = next((n for n in range(hit.last, min(part.last, hit.last + 8)) if place.lower(n) == "for"), None)
    if ahead is None:
        return
    who = _mention_from(place, ahead + 1, 5)
    for number in range(ahead + 1, min(part.last - 1, ahead + 12)):
        if place.lower(number) == "to" and who is not None and who.end <= place.tokens[number].start:
            start = place.tokens[max(part.first, hit.first - 2)].start
            yield from _each(place, cues, replace(who, start=start), "must", number + 1, hit)
            return


def _bound(place: Place, cues: CueList, index: int, verb: int) -> tuple[Subject, ...]:
    """Who is bound by a modal verb.

    Of a passive ("the prisoners will be freed") it is who is named after "by", else the side that says so; only of a
    few ("the rebels are to be disarmed") the subject itself.
    """
    who = holder(place, index)
    if place.lower(verb) != "be":
        return fellows(place, who, index) if who is not None else ()
    done = next((n for n in range(verb + 1, verb + 4) if _participle(place, cues, n)), None)
    if done is None:
        return (who,) if who is not None and _back(place, verb) else ()
    if who is not None and place.lower(done) in cues.value("undergone", "undergone"):
        return fellows(place, who, index)
    agent = _mention_from(place, done + 2, 4) if place.lower(done + 1) == "by" else None
    said = agent or speaker(place, index)
    if said is None:
        return ()
    start = place.tokens[place.part(index).first].start
    return (replace(said, actor=said.actor if agent else side(place.analysis, said.actor), start=start),)


def _participle(place: Place, cues: CueList, index: int) -> bool:
    word = place.lower(index)
    return word.endswith(("ed", "en")) or word in cues.value("undergone", "irregular")


def _back(place: Place, verb: int) -> bool:
    return place.lower(verb + 1) in ("back", "gone", "out", "present", "ready")


def _mention_from(place: Place, index: int, reach: int) -> Subject | None:
    """The first actor named within a few words after a token."""
    tokens = place.tokens
    if index >= len(tokens):
        return None
    end = tokens[min(index + reach, len(tokens)) - 1].end
    found: Mention | None = next((m for m in place.analysis.mentions if tokens[index].start <= m.start < end), None)
    if found is None:
        return None
    return Subject(found.actor or (found.candidates or (None,))[0], found.start, found.end, thin=found.actor is None)


def _forecast(place: Place, cues: CueList, index: int) -> bool:
    """Does a verb of forecast, fear or demand govern the clause?"""
    verbs = cues.value("forecasts", "verbs")
    stems = tuple(verb.split("|")[0].rstrip("e") for verb in verbs)
    part = place.part(index)
    words = [place.lower(number) for number in range(max(0, part.first - 4), index)]
    return any(word.startswith(stems) for word in words)


def _nobody(place: Place, index: int) -> bool:
    """Is the subject of a verb nobody: "neither side may", "that none of them will"?"""
    first = place.part(index).first
    return any(place.lower(number) in NOBODY for number in range(first, min(first + 3, index)))


# One draft for each action.


def _each(place: Place, cues: CueList, who: Subject, modality: Modality, first: int, hit: Hit) -> Iterator[Draft]:
    """The action, and those that "and" adds to it."""
    if first >= len(place.tokens):
        return
    words = place.span(hit.first, hit.last)
    cue_words = words.quote.lower() if words else ""
    if _nobody(place, hit.first) and (modality == "may" or "shall" in cue_words):
        modality = "must_not"
    cue = Cue(hit.group, words.quote if words else "")
    start = (
        min(who.start, place.tokens[hit.first].start)
        if who.start >= place.sentence.start
        else place.tokens[hit.first].start
    )
    cuts = _cuts(place, cues, first)
    for number, (begin, end) in enumerate(pairwise(cuts)):
        while begin < end and place.lower(begin) in ("and", "to", ",", "also", "but", "will", "would", "or"):
            begin += 1
        denied = place.lower(begin) == "not"
        action: Modality = "must_not" if denied or place.lower(begin) == "refrain" else modality
        yield Draft(who, action, begin + denied, end, start if number == 0 else place.tokens[begin].start, cue)


def _cuts(place: Place, cues: CueList, first: int) -> list[int]:
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
        if place.lower(index) == "and" and (
            place.lower(index + 1) in actions or place.lower(index + 1) in ("to", "not")
        ):
            cuts.append(index)
        index += 1
    return [*cuts, part.last]
