"""What a side does only on its terms ("will not ... until"), refuses outright ("will never"), or lays on others
("must"), as positions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from peacetable.model import Cue, Position, Span, Stance
from peacetable.reading import attribution
from peacetable.reading.clauses import FIRST_PERSON, SUPPOSED, Condition, conditions
from peacetable.reading.cues import CueList
from peacetable.reading.holders import Place, Subject, holder, own_side, side, speaker

DUTY: Final = frozenset({"must", "should"})
DUTY_TO: Final = frozenset({"need", "needs", "has", "have", "ought"})
WILL: Final = frozenset(
    {
        "will", "would", "shall", "'ll", "’ll", "we'll", "we’ll", "i'll", "i’ll", "won't", "won’t", "wouldn't",
        "wouldn’t",
    }
)  # fmt: skip
CAN: Final = frozenset({"can", "could", "cannot", "can't", "can’t", "couldn't", "couldn’t"})
DENIED: Final = frozenset(
    {
        "cannot", "won't", "won’t", "wouldn't", "wouldn’t", "can't", "can’t", "couldn't", "couldn’t",
    }
)  # fmt: skip
#: Rules that are right in fewer than half of their places, on the training reports with their true actors.
WEAK: Final = frozenset({"undecided_perfect", "threat", "support_copular", "cannot be"})
#: Verbs that cannot be refused: "will not be" and the like tell what will follow, not what one wants.
STATIVE: Final = frozenset(
    {
        "be", "have", "know", "need", "happen", "change", "last", "matter", "seem", "become", "mean", "cost", "take",
        "exist", "remain", "suffice", "say", "believe", "find", "feel", "lose", "forgive", "like", "love", "win", "die",
        "understand", "work", "depend", "bind", "sleep", "call",
    }
)  # fmt: skip
SKIPPED: Final = frozenset({"not", "never", "also", "only", "no", "longer", "now", "then", "first"})


def terms(place: Place, cues: CueList) -> Iterator[Position]:
    """The positions of a sentence that its modal verbs tell of, in order."""
    for index in range(len(place.tokens)):
        word = place.lower(index)
        if place.lower(place.part(index).first) in SUPPOSED:
            continue
        if word in WILL or word in CAN:
            yield from _own(place, cues, index)
        elif word in DUTY or (word in DUTY_TO and place.lower(index + 1) == "to"):
            yield from _duty(place, index)


def _duty(place: Place, index: int) -> Iterator[Position]:
    """ "X must ..." in somebody's statement: the speaker demands it; "X must not": the speaker opposes it."""
    part = place.part(index)
    who = speaker(place, index)
    word = place.lower(index)
    if who is None or index == part.first or place.lower(part.first) in ("nobody", "no", "you"):
        return
    if place.lower(part.first) in ("and", "but") and index - part.first < 3 and place.lower(index - 1) != "they":
        return  # the rest of a clause whose verb has said it
    if place.lower(index - 1) in FIRST_PERSON and not (place.analysis.official and word in DUTY):
        return
    first = index + (1 if word in DUTY else 2)
    denied = place.lower(first) in ("not", "never")
    first += denied
    if first >= part.last or place.lower(first) in ("have", "the", "they", "it", "he", "she", "a", "any"):
        return
    passive = place.lower(first) == "be"
    issue = place.span(part.first if passive else first, part.last)
    evidence = place.span(part.first, part.last)
    if issue is not None and evidence is not None:
        yield made(place, who, "opposes" if denied else "demands", issue, evidence, Cue("duty", word))


def _own(place: Place, cues: CueList, index: int) -> Iterator[Position]:
    """A refusal of one's own side, or what it does on a condition."""
    part = place.part(index)
    first, denied = _main_verb(place, index)
    if first >= part.last or place.lower(part.first) in ("perhaps", "maybe"):
        return  # a guess is no refusal
    none = denied and place.lower(index - 1) == "there"
    unbearable = denied and _undone(place, index, first) and not none
    who = speaker(place, index) if none or unbearable else holder(place, index)
    if unbearable and who is not None:
        issue, evidence = place.span(part.first, part.last), place.span(part.first, part.last)
        if issue is not None and evidence is not None:
            yield made(place, who, "opposes", issue, evidence, Cue("cannot be", place.lower(index)))
        return
    if who is None or not (none or own_side(place, who, index)):
        return
    who = _speaking(place, who, index)
    condition = _condition(place, index, first, denied=denied)
    if condition is not None:
        yield from _conditional(place, cues, who, index, first, condition)
    elif denied and (none or _refusable(place, cues, index, first)):
        issue, evidence = place.span(first, part.last), place.span(max(part.first, place.number(who.start)), part.last)
        if issue is not None and evidence is not None:
            yield made(place, who, "rejects", issue, evidence, Cue("refusal", place.lower(index)))


def _undone(place: Place, index: int, first: int) -> bool:
    """Is it "cannot be decided by ...": what must not be done, whoever does it?"""
    passive = place.lower(first) == "be" and place.lower(first + 1).endswith(("ed", "en"))
    return passive and (place.lower(index) in CAN or (place.lower(index) in WILL and place.lower(first + 2) == "by"))


def _speaking(place: Place, who: Subject, index: int) -> Subject:
    """Where somebody speaks of his own side ("his party would"), the position is his who says so."""
    said = speaker(place, index)
    if said is None or said.actor == who.actor or place.analysis.official:
        return who
    same = side(place.analysis, said.actor) == side(place.analysis, who.actor)
    return Subject(said.actor, who.start, who.end, thin=who.thin) if same else who


def _refusable(place: Place, cues: CueList, index: int, first: int) -> bool:
    if place.lower(index) in CAN:
        return place.lower(first) in cues.value("able", "refusable")
    return place.lower(first) not in STATIVE and place.lower(first) not in cues.value("silence", "answers")


def _main_verb(place: Place, index: int) -> tuple[int, bool]:
    """The token of the verb that a modal governs, and whether it is denied."""
    denied = place.lower(index) in DENIED or place.lower(index - 1) in ("nor", "neither")
    number = index + 1
    while place.lower(number) in SKIPPED or place.lower(number).endswith("ly"):
        denied = denied or place.lower(number) in ("not", "never", "no")
        number += 1
    if place.lower(number) == "be" and place.lower(number + 1) == "no":
        return number + 2, True
    return number, denied


def _condition(place: Place, index: int, first: int, *, denied: bool) -> Condition | None:
    """The condition on which the verb stands: after it, else before it in the sentence."""
    sentence, tokens = place.sentence, place.tokens
    part = place.part(index)
    speech = place.analysis.attribution_around(tokens[index].start, tokens[index].end)
    limit = min(sentence.end, speech.content[-1].end) if speech else sentence.end
    own_voice = speech is None and not place.analysis.official
    wanted = {"until", "unless", "before", "while"} if denied else {"if", "until", "unless", "once", "after", "while"}
    for condition in conditions(
        place.analysis, sentence, place.parts, tokens[first].start, max(limit, tokens[first].end)
    ):
        if condition.kind not in wanted or condition.words.startswith("even") or _timed(place, condition):
            continue
        if condition.words in ("without", "while") and not denied:
            continue
        if condition.strict or (condition.kind in ("if", "once", "unless") and not own_voice) or denied:
            return condition
    if denied or own_voice:
        return None
    earlier = conditions(place.analysis, sentence, place.parts, sentence.start, part.start)
    return next(
        (c for c in earlier if c.kind in ("if", "once") and c.words in ("if", "once", "only if", "as soon as")), None
    )


def _timed(place: Place, condition: Condition) -> bool:
    """Is it only a date: "until Friday", "after midnight"?"""
    return any(
        time.start <= condition.body.start + 4 and time.end >= condition.body.end - 1
        for time in place.analysis.times_in(condition.body.start - 1, condition.body.end + 1)
    ) or condition.body.quote.split()[0].lower() in ("midnight", "noon", "then", "now", "further", "not")


def _conditional(
    place: Place, cues: CueList, who: Subject, index: int, first: int, condition: Condition
) -> Iterator[Position]:
    part = place.part(index)
    after = condition.start > place.tokens[first].start
    issue = place.span(first, min(place.number(condition.start), part.last) if after else part.last)
    if issue is None:
        return
    begin = who.start if place.sentence.start <= who.start else issue.start
    start, end = min(begin, condition.start, issue.start), max(condition.body.end, issue.end)
    evidence = place.analysis.span(start, end)
    cue = Cue("condition", condition.words)
    around = place.analysis.attribution_around(place.tokens[index].start, place.tokens[index].end)
    warned = around is not None and around.act in ("warn", "fear")
    if warned or (not condition.strict and place.lower(first) in cues.value("threat", "threats")):
        yield made(place, who, "opposes", condition.body, evidence, Cue("threat", condition.words))
        return
    yield made(place, who, "conditional", issue, evidence, cue)
    if _asked_for(place, who, condition):
        yield made(place, who, "demands", condition.body, evidence, cue)


def _asked_for(place: Place, who: Subject, condition: Condition) -> bool:
    """Is a condition wanted of others? Not "while the attacks go on", what one does oneself, or a mere time."""
    if condition.kind == "while" or (condition.kind == "once" and not condition.strict):
        return False
    if condition.strict:
        return True
    own = side(place.analysis, who.actor)
    named = [m.actor for m in place.analysis.mentions_in(condition.body.start, condition.body.end) if m.actor]
    return any(side(place.analysis, actor) != own for actor in named)


def made(place: Place, who: Subject, stance: Stance, issue: Span | None, evidence: Span, cue: Cue) -> Position:
    """A position with its provenance; thin where its actor or its rule is."""
    held = issue or evidence
    said, chain = attribution.provenance(place.analysis, held.start, held.end)
    return Position(
        actor=who.actor, stance=stance, issue=issue, evidence=evidence, according_to=said, chain=chain, cues=(cue,),
        thin=who.thin or cue.rule in WEAK,
    )  # fmt: skip
