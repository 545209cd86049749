"""How an actor comes to be bound: by its own promise, by a duty, by what an agreement lays on it, or by a set term.

Each way gives drafts of commitments; `pledges` looks up their day, their condition and their agreement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from peacetable.model import Agreement, Cue, Modality
from peacetable.reading.clauses import SUPPOSED, negated
from peacetable.reading.cues import CueList, Hit
from peacetable.reading.deeds import Draft, each_deed, mention_from, nobody
from peacetable.reading.holders import Place, Subject, fellows, holder, own_side, side, skip_time, speaker
from peacetable.reading.provisions import bound_together, deadline, obliged, provided, term
from peacetable.reading.terms import STATIVE

WILL: Final = frozenset({"will", "would", "shall"})
NO_VERBS: Final = frozenset(
    {"the", "a", "an", "it", "this", "that", "its", "their", "them", "general", "both", "all", "any"}
)
#: How the words between "agreed" and what was agreed begin: where, when, with whom.
PARTING: Final = frozenset(
    {
        "on", "in", "at", "with", "late", "early", "last", "yesterday", "this", "under", "during", "after", "today",
        "here", "earlier",
    }
)  # fmt: skip


def drafts(place: Place, cues: CueList, *, frame: Agreement | None) -> Iterator[Draft]:
    """The commitments that a sentence's cues tell of.

    Args:
        place: the sentence.
        cues: the list "pledges".
        frame: the agreement that is spoken of, so that duties are those under it.
    """
    for hit in cues.hits(place.sentence):
        if place.lower(place.part(hit.first).first) in SUPPOSED:
            continue
        if hit.group in ("promise", "abstain") or (hit.group == "opening" and _colon(place, hit.last) is not None):
            yield from _promised(place, cues, hit)
        elif hit.group == "opening":
            yield from _agreed(place, cues, hit)
        elif hit.group in ("duty", "ban", "leave"):
            yield from _owed(place, cues, hit, frame=frame)
        elif hit.group in ("will", "will_not"):
            yield from _announced(place, cues, hit, frame=frame)
        elif hit.group in ("obliging", "allowing", "forbidding"):
            yield from obliged(place, cues, hit)
        elif hit.group == "providing":
            yield from provided(place, cues, hit, frame)
        elif hit.group == "term":
            yield from term(place, cues, hit)
        elif hit.group == "deadline":
            yield from deadline(place, cues, hit)
        elif hit.group == "restrained" and frame is not None:
            yield from _kept(place, cues, hit)


def _kept(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "In accordance with the accord X has refrained from ...", "since the accord X has not attacked ..." """
    who = holder(place, hit.first)
    first = hit.last
    if hit.form == "phrase":
        if "since" not in {place.lower(number) for number in range(hit.first)}:
            return
        if place.lower(first) not in cues.value("restrained", "undone"):
            return
    elif negated(place.tokens, hit.first):
        return
    if who is not None:
        yield from each_deed(place, cues, who, "must_not", first, hit)


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
    if place.lower(hit.last - 1) == "to" and place.lower(hit.last) in NO_VERBS:
        return  # "agreed to the text" is consent
    if hit.form in ("base", "present") and place.lower(hit.first - 1) in cues.value("adjectives", "adjectives"):
        return  # "written guarantees", "a plan to"
    first = skip_time(place, hit.last)
    if place.lower(hit.last - 1) == "that" or place.lower(first) == "that":
        yield from _promised_that(place, cues, who, hit)
        return
    first += first > hit.last and place.lower(first) == "to"
    for each in fellows(place, who, hit.first):
        yield from each_deed(place, cues, each, cues.value(hit.group, "modality"), first, hit)


def _agreed(place: Place, cues: CueList, hit: Hit) -> Iterator[Draft]:
    """ "agreed in Geneva last week to ...": the infinitive comes after where and when it was agreed."""
    tokens = place.tokens
    if hit.form != "past" or negated(tokens, hit.first) or place.lower(hit.last) not in PARTING:
        return
    if place.lower(hit.first - 1) in ("been", "was", "were", "is", "are", "as", "the", "an"):
        return
    actions = cues.value("actions", "actions")
    last = place.part(hit.first).last
    for number in range(hit.last + 1, min(last - 1, hit.last + 12)):
        if place.lower(number) in ("to", "that") and (
            place.lower(number) == "that" or place.lower(number + 1) in actions
        ):
            who = holder(place, hit.first)
            for each in fellows(place, who, hit.first) if who is not None else ():
                yield from each_deed(place, cues, each, "must", number + 1, hit)
            return


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
            agreed = place.lower(hit.first).startswith("agree")
            bound = (
                named if named is not None and (own or agreed) else replace(who, actor=side(place.analysis, who.actor))
            )
            bound = replace(bound, start=who.start, end=who.end)
            modality: Modality = "must_not" if denied else cues.value(hit.group, "modality")
            yield from each_deed(place, cues, bound, modality, first + denied, hit)
            return


def _owed(place: Place, cues: CueList, hit: Hit, *, frame: Agreement | None) -> Iterator[Draft]:
    """ "X is to ...", "neither side may ...": said by the outlet, or of an agreement."""
    words = place.lower(hit.first)
    modality: Modality = cues.value(hit.group, "modality")
    around = place.analysis.attribution_around(place.tokens[hit.first].start, place.tokens[hit.last - 1].end)
    none = nobody(place, hit.first)
    own = place.lower(hit.first - 1) in ("we", "i")
    if own and words == "shall":
        yield from _announced(
            place, cues, replace(hit, group="will_not" if modality == "must_not" else "will"), frame=frame
        )
        return
    if words in ("was", "were") and place.lower(hit.last) in cues.value("elapsing", "elapsing"):
        return
    if (words == "may" and hit.last - hit.first == 1 and not none) or (
        modality == "must" and none and words != "shall"
    ):
        return
    if words in ("must", "has", "have", "had") and around is not None and frame is None:
        return  # what a speaker lays on others is a demand
    who = _bound(place, cues, hit.first, hit.last, frame)
    for each in who:
        yield from each_deed(place, cues, each, modality, hit.last, hit)


def _announced(place: Place, cues: CueList, hit: Hit, *, frame: Agreement | None) -> Iterator[Draft]:
    """ "We will ...": what one's own side says it will do."""
    first = hit.last
    while place.lower(first).endswith("ly") or place.lower(first) in ("also", "then", "now", "again", "first", "soon"):
        first += 1
    verb = place.lower(first)
    if verb in STATIVE - {"be"} or not verb.isalpha() or _forecast(place, cues, hit.first):
        return
    if nobody(place, hit.first):
        return
    if place.lower(first + 1) in ("nothing", "none", "nobody", "no") or (
        verb == "go" and place.lower(first + 1) == "on"
    ):
        return  # a refusal
    if hit.group == "will_not" and verb not in cues.value("will_not", "restraint"):
        return
    around = place.analysis.attribution_around(place.tokens[hit.first].start, place.tokens[hit.last - 1].end)
    if around is not None and around.act in ("warn", "fear", "want", "ask", "order", "deny", "allege"):
        return
    if "would" in place.lower(hit.first) and around is None and frame is None:
        return
    who = _bound(place, cues, hit.first, first, frame)
    for each in who:
        if frame is not None or own_side(place, each, hit.first):
            yield from each_deed(place, cues, each, cues.value(hit.group, "modality"), first, hit)


def _bound(place: Place, cues: CueList, index: int, verb: int, frame: Agreement | None) -> tuple[Subject, ...]:
    """Who is bound by a modal verb.

    Of a passive ("the prisoners will be freed") it is who is named after "by", else the side that says so, else whom
    the agreement binds; only of a few ("the rebels are to be disarmed") the subject itself. The same holds of what
    begins, resumes or stays by itself ("trade will resume").
    """
    who = holder(place, index)
    if place.lower(verb) != "be":
        itself = who is not None and who.words.lower() == "it" and place.lower(verb) in ("run", "last")
        if itself:
            start = place.tokens[place.part(index).first].start
            return tuple(Subject(actor, start, start, thin=True) for actor in bound_together(place.analysis, frame)[:1])
        if who is not None:
            return fellows(place, who, index)
        return _unnamed(place, index, frame) if place.lower(verb) in cues.value("happening", "happening") else ()
    done = next((n for n in range(verb + 1, verb + 4) if _participle(place, cues, n)), None)
    if done is None and (place.lower(verb + 1), place.lower(verb + 2)) == ("in", "place"):
        return _unnamed(place, index, frame, laid=place.lower(index) not in WILL)
    if done is None:
        return (who,) if who is not None and _back(place, verb) else ()
    if who is not None and place.lower(done) in cues.value("undergone", "undergone"):
        return fellows(place, who, index)
    agent = mention_from(place, done + 2, 4) if place.lower(done + 1) == "by" else None
    if agent is not None:
        return (replace(agent, start=place.tokens[place.part(index).first].start),)
    return _unnamed(place, index, frame, laid=place.lower(index) not in WILL)


def _unnamed(place: Place, index: int, frame: Agreement | None, *, laid: bool = False) -> tuple[Subject, ...]:
    """Who owes what is said without a doer: the side that says it, else the parties of the agreement."""
    start = place.tokens[place.part(index).first].start
    said = speaker(place, index)
    if said is not None and not (laid and frame is not None and place.analysis.official):
        return (replace(said, actor=side(place.analysis, said.actor), start=start),)
    together = bound_together(place.analysis, frame) if frame is not None else ()
    return tuple(Subject(actor, start, start, thin=True) for actor in together[:1])


def _participle(place: Place, cues: CueList, index: int) -> bool:
    word = place.lower(index)
    return word.endswith(("ed", "en")) or word in cues.value("undergone", "irregular")


def _back(place: Place, verb: int) -> bool:
    return place.lower(verb + 1) in ("back", "gone", "out", "present", "ready")


def _forecast(place: Place, cues: CueList, index: int) -> bool:
    """Does a verb of forecast, fear or demand govern the clause?"""
    verbs = cues.value("forecasts", "verbs")
    stems = tuple(verb.split("|")[0].rstrip("e") for verb in verbs)
    part = place.part(index)
    words = [place.lower(number) for number in range(max(0, part.first - 4), index)]
    return any(word.startswith(stems) for word in words)
