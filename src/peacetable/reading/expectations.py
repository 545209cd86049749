"""Expectations: forecasts, warnings and conditionals, with who holds them.

A cue of forecasting or fearing with its subject, words of likelihood, and conditional sentences inside somebody's
statement. Hopes are no expectations, and neither is what one's own side promises or refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from peacetable.model import Cue, Expectation, Span
from peacetable.reading import attribution
from peacetable.reading.analysis import Analysis, Attribution
from peacetable.reading.clauses import PREPOSITIONS, SUPPOSED, Clause, Condition, conditions
from peacetable.reading.cues import CueList, Hit, cue_list
from peacetable.reading.holders import Place, Subject, evidence_start, holder, own_side, skip_time, speaker

#: Rules that are right in about half of their places, on the training reports with their true actors.
WEAK: Final = frozenset({"may", "likely", "future"})
#: Acts of saying whose content is a forecast where it has a modal verb.
FOREBODING: Final = frozenset(("warn", "fear"))
BE: Final = frozenset({"is", "are", "was", "were", "be", "been"})
NOUNY: Final = frozenset({"the", "a", "an", "no", "to", "'s", "’s", "their", "his", "her", "its", "our"})
#: Conditions whose main clause is a forecast; "until" and "once" open terms of one's own side.
FORECASTING: Final = frozenset({"if", "unless", "should", "if and only if", "only if", "without", "provided that"})
IMPOSSIBLE: Final = frozenset({"cannot", "can't", "can’t", "couldn't", "couldn’t"})
PRESENT: Final = frozenset(
    {"is", "are", "means", "stops", "goes", "ends", "falls", "becomes", "comes", "collapses", "dies", "fails"}
)
MODAL: Final = frozenset(
    {
        "will", "would", "could", "may", "might", "shall", "'ll", "’ll", "won't", "won’t", "wouldn't", "wouldn’t",
        "cannot", "can",
    }
)  # fmt: skip


def expectations(analysis: Analysis) -> tuple[Expectation, ...]:
    """What somebody thinks will follow, in the order of the text."""
    cues = cue_list("expectations")
    found: list[Expectation] = []
    for sentence in analysis.sentences:
        place = Place.of(analysis, sentence)
        every = (
            _conditionals(place),
            _foreseen(place, cues),
            _likely(place, cues),
            _warned(place),
            _general(place, cues),
            _impossible(place),
        )
        for expectation in chain.from_iterable(every):
            if not any(expectation.evidence.overlaps(other.evidence) for other in found[-4:]):
                found.append(expectation)
    return tuple(sorted(found, key=lambda finding: (finding.evidence.start, finding.evidence.end)))


def _conditionals(place: Place) -> Iterator[Expectation]:
    """ "If ..., ... will": a conditional in somebody's statement, or in the outlet's own voice."""
    sentence = place.sentence
    for condition in conditions(place.analysis, sentence, place.parts, sentence.start, sentence.end):
        frame = _frame(place, condition)
        main = (
            _main(place, condition, frame) or _plain(place, condition, frame)
            if condition.words in FORECASTING
            else None
        )
        if main is None:
            continue
        modal, then = main
        who = speaker(place, place.number(condition.start)) or speaker(place, modal) or _beside(place)
        if who is None and place.analysis.attribution_around(then.start, then.end) is not None:
            continue
        start, end = min(condition.start, then.start), max(condition.body.end, then.end)
        yield _made(place, who, condition, then, place.analysis.span(start, end), Cue("conditional", condition.words))


def _beside(place: Place) -> Subject | None:
    """Who says a sentence whose attribution stands between commas or at its end, whatever its content is held to be."""
    for around in place.analysis.attributions:
        who = around.speaker or next(iter(around.candidates), None)
        if around.sentence == place.sentence.number and around.cue.start > place.sentence.start + 20 and who:
            return Subject(who, around.start, around.end, thin=True)
    return None


def _frame(place: Place, condition: Condition) -> tuple[int, int]:
    """The run in which the main clause of a condition may stand: the same speech, or the sentence."""
    around = place.analysis.attribution_around(condition.start, condition.body.end)
    if around is None:
        return place.sentence.start, place.sentence.end
    return max(place.sentence.start, around.content[0].start), min(place.sentence.end, around.content[-1].end)


def _main(place: Place, condition: Condition, bounds: tuple[int, int]) -> tuple[int, Span] | None:
    """The main clause of a condition, with its modal verb: the clause before it, else the one after it."""
    found: list[tuple[Clause, int]] = []
    for part in place.parts:
        if part.start < bounds[1] and part.end > bounds[0]:
            modals = (n for n in range(part.first, part.last) if place.lower(n) in MODAL)
            outside = (n for n in modals if not condition.start <= place.tokens[n].start < condition.body.end)
            modal = next(outside, None)
            if modal is not None:
                found.append((part, modal))
    before = [item for item in found if place.tokens[item[1]].start < condition.start]
    if before:
        part, modal = before[-1]
        then = place.span(max(part.first, place.number(bounds[0])), min(part.last, place.number(condition.start)))
    elif found:
        part, modal = found[0]
        then = place.span(max(part.first, place.number(condition.body.end)), part.last)
    else:
        return None
    return (modal, then) if then else None


def _plain(place: Place, condition: Condition, bounds: tuple[int, int]) -> tuple[int, Span] | None:
    """The main clause of "if one shell falls, this is over", in somebody's words: it needs no modal verb."""
    if condition.words not in ("if", "unless") or speaker(place, place.number(condition.start)) is None:
        return None
    for part in place.parts:
        inside = condition.start <= part.start < condition.body.end or part.start < condition.start < part.end
        verbs = {place.lower(n) for n in range(part.first, part.last)} & PRESENT
        if (
            bounds[0] <= part.start
            and part.end <= bounds[1] + 1
            and not inside
            and verbs
            and part.last - part.first > 2
        ):
            then = place.span(part.first, part.last)
            return (part.first, then) if then else None
    return None


def _foreseen(place: Place, cues: CueList) -> Iterator[Expectation]:
    """ "X expects ...", "X fears that ...": the subject holds it; where it is how somebody is quoted, the speaker."""
    for hit in cues.hits(place.sentence):
        if hit.group not in ("forecast", "belief", "fear") or hit.form == "noun" or hit.last >= len(place.tokens):
            continue
        before = place.lower(hit.first - 1)
        if (hit.form == "past" and before in BE) or (hit.form == "base" and before in NOUNY):
            continue
        said = _said_with(place, hit)
        if said is not None:
            who = Subject(said.speaker, said.start, said.end)
            then = place.analysis.span(said.content[0].start, said.content[-1].end)
            evidence = place.analysis.span(min(said.start, then.start), max(said.end, then.end))
        else:
            subject = holder(place, hit.first)
            following = _following(place, hit)
            if subject is None or following is None:
                continue
            who, then = subject, following
            start = evidence_start(place, who, hit.first)
            evidence = place.analysis.span(min(start, then.start), then.end)
        if hit.group == "belief" and not MODAL & set(then.quote.lower().split()):
            continue
        yield _made(place, who, None, then, evidence, Cue(hit.group, _words(place, hit)))


def _said_with(place: Place, hit: Hit) -> Attribution | None:
    """The attribution whose cue is this verb."""
    start, end = place.tokens[hit.first].start, place.tokens[hit.last - 1].end
    for around in place.analysis.attributions:
        if around.cue.start < end and start < around.cue.end and around.content and around.speaker:
            return around
    return None


def _following(place: Place, hit: Hit) -> Span | None:
    """What stands after the cue in its clause; a bare preposition or adverb there is no content."""
    first = skip_time(place, hit.last)
    first += place.lower(first) == "that"
    if first >= len(place.tokens) or place.lower(first) in PREPOSITIONS or not place.tokens[first].text[0].isalnum():
        return None
    return place.span(first, place.part(first).last)


def _likely(place: Place, cues: CueList) -> Iterator[Expectation]:
    """ "is likely to", "could": the clause is a forecast of the speaker or of the outlet."""
    for hit in cues.hits(place.sentence):
        around = place.analysis.attribution_around(place.tokens[hit.first].start, place.tokens[hit.last - 1].end)
        if hit.group == "may" and around is None and not place.analysis.official:
            continue
        if hit.group not in ("likely", "may") or place.tokens[hit.first].text == "May":
            continue
        part = place.part(hit.first)
        then = place.span(part.first, part.last)
        who = speaker(place, hit.first)
        named = holder(place, hit.first) if hit.group == "may" else None
        if named is not None and own_side(place, named, hit.first):
            continue  # what one's own side may do is no forecast
        if then is not None and (who is not None or around is None):
            yield _made(place, who, None, then, then, Cue(hit.group, _words(place, hit)))


def _warned(place: Place) -> Iterator[Expectation]:
    """A statement of warning or fear with a modal verb in what is said."""
    for around in place.analysis.attributions:
        if around.sentence == place.sentence.number and around.act in FOREBODING and around.content and around.speaker:
            span = around.content[0]
            words = {token.lower for token in place.tokens if span.start <= token.start < span.end}
            if words & MODAL:
                who = Subject(around.speaker, span.start, span.end)
                yield _made(
                    place,
                    who,
                    None,
                    span,
                    place.analysis.span(around.start, around.end),
                    Cue("warning", around.cue.quote),
                )


def _general(place: Place, cues: CueList) -> Iterator[Expectation]:
    """ "Any attempt ... would destroy": what a thing will do, in somebody's statement, is a forecast."""
    for index in range(len(place.tokens)):
        if (
            place.lower(index) not in ("will", "would", "'ll", "’ll")
            or place.lower(place.part(index).first) in SUPPOSED
        ):
            continue
        around = place.analysis.attribution_around(place.tokens[index].start, place.tokens[index].end)
        who = speaker(place, index)
        part = place.part(index)
        if around is None or who is None or around.act in ("want", "ask", "order", "promise") or index <= part.first:
            continue
        guess = place.lower(part.first) in ("perhaps", "maybe")
        general = guess or place.lower(part.first + (place.lower(part.first) == "that")) in cues.value(
            "general", "general"
        )
        effect = place.lower(index + 1) in cues.value("effects", "effects") and holder(place, index) is None
        if not (general or (effect and part.opener not in ("who", "which"))):
            continue
        then = place.span(part.first, part.last)
        if then is not None:
            yield _made(place, who, None, then, then, Cue("future", place.lower(index)))


def _impossible(place: Place) -> Iterator[Expectation]:
    """ "Burundi cannot hold a vote": what a speaker says that others cannot do, or that cannot be."""
    for index in range(1, len(place.tokens) - 1):
        word = place.lower(index)
        never = word in ("can", "could") and place.lower(index + 1) in ("never", "not", "hardly", "no")
        if not (never or word in IMPOSSIBLE) or place.lower(place.part(index).first) in SUPPOSED:
            continue
        around = place.analysis.attribution_around(place.tokens[index].start, place.tokens[index].end)
        who, part = speaker(place, index), place.part(index)
        if around is None or who is None or index <= part.first or part.opener in ("who", "which"):
            continue
        named = holder(place, index)
        if named is not None and own_side(place, named, index):
            continue
        then = place.span(part.first, part.last)
        if then is not None:
            yield _made(place, who, None, then, then, Cue("impossible", place.lower(index)))


def _words(place: Place, hit: Hit) -> str:
    words = place.span(hit.first, hit.last)
    return words.quote if words else ""


def _made(
    place: Place, who: Subject | None, condition: Condition | None, then: Span, evidence: Span, cue: Cue
) -> Expectation:
    said, relayed = attribution.provenance(place.analysis, then.start, then.end)
    return Expectation(
        holder=who.actor if who else None, condition=condition.body if condition else None, then=then,
        evidence=evidence,
        according_to=said, chain=relayed, cues=(cue,), thin=bool(who and who.thin) or cue.rule in WEAK,
    )  # fmt: skip
