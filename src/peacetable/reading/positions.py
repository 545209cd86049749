"""Positions: who wants, offers, accepts, refuses what.

Read from cues of attitude with an actor before them ("urged", "its support for", "is ready to"); what a side does only
on its terms, refuses outright or lays on others as a duty is in `terms`. Silence is no position.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from peacetable.model import Cue, Position, Span, Stance
from peacetable.reading.analysis import Analysis
from peacetable.reading.clauses import AUXILIARIES, BETWEEN, QUOTES, SUPPOSED, conditions, negated
from peacetable.reading.cues import COPULAS, CueList, Hit, cue_list
from peacetable.reading.holders import (
    GENITIVES,
    Place,
    Subject,
    evidence_start,
    fellows,
    holder,
    owner,
    skip_time,
    speaker,
)
from peacetable.reading.provisions import TOGETHER
from peacetable.reading.terms import made, terms
from peacetable.reading.verdicts import stirred, verdicts

DETERMINERS: Final = frozenset(
    {
        "the", "a", "an", "this", "that", "these", "those", "any", "no", "some", "its", "their", "his", "her", "our",
        "my", "your", "such", "new", "first", "of", "in", "for", "with",
    }
)  # fmt: skip
BE: Final = frozenset({"is", "are", "was", "were", "be", "been", "being"})
PRONOUNS: Final = frozenset({"it", "that", "this", "them", "so", "these", "those"})
#: Verbs after "insists that" by which something is asserted, not wanted.
ASSERTING: Final = frozenset({"is", "was", "were", "has", "had", "are"})
#: Openers of clauses that belong to the word before them.
RELATED: Final = frozenset({"that", "who", "which", "whose", "whom"})
#: How an apposition that spells a thing out begins: "the tensions, including recent clashes".
ADDING: Final = frozenset({("such", "as"), ("in", "particular"), ("as", "well"), ("in", "accordance"), ("in", "line")})
NAMING: Final = frozenset({"including", "notably", "especially", "particularly", "namely"})
ADVERBS: Final = frozenset({"also", "again", "still", "once"})
FAVOUR: Final = {"supports": 1, "demands": 1, "offers": 1, "accepts": 1, "opposes": -1, "rejects": -1}


def positions(analysis: Analysis) -> tuple[Position, ...]:
    """The positions that a report tells of, in the order of the text; one for each cue."""
    cues = cue_list("positions")
    found: list[Position] = []
    for sentence in analysis.sentences:
        place = Place.of(analysis, sentence)
        for position in (*terms(place, cues), *_cued(place, cues), *verdicts(place, cues)):
            position = _resolved(place, position, found)
            if not any(_repeats(position, other) for other in found[-8:]):
                found.append(position)
    return tuple(sorted(found, key=lambda position: (position.evidence.start, position.evidence.end)))


def _resolved(place: Place, position: Position, found: Sequence[Position]) -> Position:
    """A position whose issue is a pronoun ("not interested in that"): what the last position before was about."""
    if position.issue is None or position.issue.quote.lower() not in PRONOUNS:
        return position
    first = place.analysis.sentences[max(0, place.sentence.number - 1)].start
    before = [
        p.issue for p in found if p.issue is not None and first <= p.issue.start and p.issue.end < position.issue.start
    ]
    return replace(position, issue=before[-1]) if before else position


def _repeats(new: Position, old: Position) -> bool:
    """Does a position only say again what an earlier rule found in the same words?"""
    if new.actor != old.actor or not new.evidence.overlaps(old.evidence):
        return False
    if new.issue and old.issue and not new.issue.overlaps(old.issue):
        return False
    return FAVOUR.get(new.stance) == FAVOUR.get(old.stance) or old.stance == "conditional"


def _cued(place: Place, cues: CueList) -> Iterator[Position]:
    for hit in cues.hits(place.sentence):
        stance: Stance | None = cues.value(hit.group, "stance")
        if hit.group == "stirring":
            yield from stirred(place, hit)
        if stance is None or _supposed(place, hit.first):
            continue
        if hit.form == "noun":
            yield from _noun(place, cues, hit, stance)
        elif hit.form in ("past", "phrase") and _before(place, hit.first) in BE:
            yield from _passive(place, hit, stance)
        elif hit.group == "answer":
            yield from _answer(place, cues, hit)
        elif hit.group == "evaluation":
            yield from _evaluation(place, cues, hit)
        elif _verbal(place, hit):
            yield from _verb(place, cues, hit, stance)


def _supposed(place: Place, index: int) -> bool:
    """Is the cue inside a condition or a question of whether?"""
    part = place.part(index)
    return place.lower(part.first) in SUPPOSED


# Verbs and adjectives.


def _verb(place: Place, cues: CueList, hit: Hit, stance: Stance) -> Iterator[Position]:
    """ "X urged Y to ...", "X is ready to ...": the subject holds the position."""
    if _empty(place, cues, hit, stance):
        return
    around = place.analysis.attribution_around(place.tokens[hit.first].start, place.tokens[hit.last - 1].end)
    neither = any(place.lower(number) in ("neither", "nor") for number in range(place.part(hit.first).first, hit.first))
    if neither or negated(place.tokens, hit.first) or (around and around.act == "deny" and stance == "accepts"):
        denied: Stance | None = cues.value(hit.group, "negated")
        if denied is None:
            return
        stance = denied
    needed = place.lower(hit.first).startswith("need") and speaker(place, hit.first)
    who = needed or holder(place, hit.first)
    issue = _issue(place, cues, hit)
    if who is None or (issue is None and not cues.value(hit.group, "bare")):
        return
    if issue is None and not _closed(place, hit.last):
        return
    holders = fellows(place, who, hit.first)
    joint = len(holders) > 1 or any(word in TOGETHER for word in who.words.lower().split())
    if joint and stance == "accepts" and place.lower(hit.first).startswith("agree"):
        return  # what parties agree between them is an agreement, no answer
    for each in holders:
        yield from _on_condition(place, each, stance, issue, hit)


def _on_condition(place: Place, who: Subject, stance: Stance, issue: Span | None, hit: Hit) -> Iterator[Position]:
    """ "accepts ... provided that": where a condition follows, the stance is conditional and the condition demanded."""
    whole = _position(place, who, stance, issue, hit)
    after = place.tokens[hit.last - 1].end
    found = conditions(place.analysis, place.sentence, place.parts, after, place.sentence.end)
    wanted = next((c for c in found if c.strict or c.kind == "if"), None) if stance in ("accepts", "offers") else None
    if wanted is None or wanted.words.startswith("even") or wanted.kind not in ("if", "unless", "once"):
        yield whole
        return
    evidence = place.analysis.span(whole.evidence.start, max(whole.evidence.end, wanted.body.end))
    cue = Cue("condition", wanted.words)
    held = place.span(place.number(issue.start), place.number(min(issue.end, wanted.start))) if issue else None
    yield made(place, who, "conditional", held or issue, evidence, cue)
    yield made(place, who, "demands", wanted.body, evidence, cue)


def _empty(place: Place, cues: CueList, hit: Hit, stance: Stance) -> bool:
    """Is it an answer that is declined, or an accusation that is rejected: no stance on an issue?"""
    words = [place.lower(number) for number in range(hit.last, hit.last + 5)]
    if stance == "demands" and _no_demand(place, hit, words):
        return True
    if stance == "rejects" and words[0] in cues.value("silence", "answers"):
        return True
    if stance == "rejects" and any(word in cues.value("claims", "claims") for word in words):
        return True
    return bool(cues.value(hit.group, "needs_to")) and not _infinitive(place, hit.last)


def _no_demand(place: Place, hit: Hit, words: list[str]) -> bool:
    """Is it a wish about oneself ("asked not to be named"), a question, a passive or a plain assertion?"""
    verb = place.lower(hit.first)
    if verb.startswith("ask") and (words[:2] == ["not", "to"] or words[0] == "about" or {"named", "name"} & set(words)):
        return True
    if verb.startswith("call") and (words[0][:1].isdigit() or place.lower(hit.first - 1) == "had"):
        return words[0][:1].isdigit() or words[0] in ("monday", "thursday")
    if place.lower(hit.last - 1) == "that" and verb.startswith(("insist", "recall")):
        part = place.part(hit.last)
        return bool({place.lower(n) for n in range(hit.last, part.last)} & ASSERTING)
    return verb in ("waiting", "awaiting") and place.lower(hit.first - 1) in ("kept", "left")


def _infinitive(place: Place, index: int) -> int | None:
    """The token after the "to" of what somebody is asked to do."""
    part = place.part(index)
    for number in range(index, min(part.last - 1, index + 14)):
        if place.lower(number) == "to" and place.lower(number + 1) not in DETERMINERS:
            return number + 1
        if place.tokens[number].text == ",":
            return None
    return None


def _closed(place: Place, index: int) -> bool:
    """Does the clause end here, so that a cue stands without an object?"""
    return index >= len(place.tokens) or not place.tokens[index].text[0].isalnum() or place.lower(index) in ("at", "in")


def _before(place: Place, index: int) -> str:
    """The last word before a token that is no adverb."""
    number = index - 1
    while number >= 0 and (place.lower(number).endswith("ly") or place.lower(number) in ADVERBS):
        number -= 1
    return place.lower(number)


def _verbal(place: Place, hit: Hit) -> bool:
    """Is the word a verb here (or an adjective after "be"), with a subject of its own or carried over?"""
    if hit.form == "copular":
        return _after_copula(place, hit.first)
    before = _before(place, hit.first)
    if before in DETERMINERS or before in GENITIVES or before in ("as", "by", "from"):
        return False
    if hit.form != "base":
        return True
    if before == "to":
        return place.lower(hit.first - 2).startswith(
            ("continu", "want", "wish", "reiterat", "like", "decid", "vow", "join")
        )
    plain = before in AUXILIARIES or before in ("we", "i", "they", "and", "not", "you", "never", "who", "which")
    return plain or _mention_ends(place, hit.first)


def _after_copula(place: Place, index: int) -> bool:
    for number in range(index - 1, max(-1, index - 4), -1):
        word = place.lower(number)
        if word in COPULAS:
            return True
        if word not in BETWEEN and not word.endswith("ly"):
            return False
    return False


def _mention_ends(place: Place, index: int) -> bool:
    end = place.tokens[index - 1].end if index else -1
    return any(m.end == end for m in place.analysis.mentions_in(place.sentence.start, place.sentence.end))


def _passive(place: Place, hit: Hit, stance: Stance) -> Iterator[Position]:
    """ "was rejected by X": the agent after the verb holds the position, on what stands before it."""
    part = place.part(hit.first)
    if place.lower(hit.last) != "by":
        return
    after = next(place.analysis.mentions_in(place.tokens[hit.last].start, place.tokens[part.last - 1].end), None)
    if after is None or after.start > place.tokens[min(hit.last + 4, len(place.tokens) - 1)].start:
        return
    who = Subject(after.actor or (after.candidates or (None,))[0], after.start, after.end, thin=after.actor is None)
    first = hit.first
    while first > part.first and place.lower(first - 1) in BE | BETWEEN | AUXILIARIES:
        first -= 1
    issue = place.span(part.first, first)
    if issue is not None:
        yield made(
            place, who, stance, issue, place.analysis.span(issue.start, after.end), Cue("passive", _words(place, hit))
        )


def _evaluation(place: Place, cues: CueList, hit: Hit) -> Iterator[Position]:
    """ "called the offer a trap", "described it as 'a beginning'": praise supports, anything else opposes."""
    part = place.part(hit.last) if hit.last < len(place.tokens) else None
    if (
        part is None
        or not _verbal(place, hit)
        or place.lower(hit.last) in ("for", "on", "upon", "off", "back", "up", "a", "by")
    ):
        return
    claims = cues.value("claims", "claims")
    for index in range(hit.last + 1, part.last):
        word = place.lower(index)
        if word == "," or word in claims:
            return
        if place.tokens[index].text in QUOTES or word in ("a", "an", "as"):
            break
    else:
        return
    issue, evidence = place.span(hit.last, index), place.span(hit.last, part.last)
    who = holder(place, hit.first)
    if who is None or issue is None or evidence is None:
        return
    words = {place.lower(number) for number in range(index, part.last)}
    stance: Stance = "supports" if words & set(cues.value("evaluation", "praise")) else "opposes"
    start = evidence_start(place, who, hit.first)
    yield made(
        place, who, stance, issue, place.analysis.span(start, evidence.end), Cue("evaluation", _words(place, hit))
    )


def _answer(place: Place, cues: CueList, hit: Hit) -> Iterator[Position]:
    """ "responded to the letter with caution": how the answer sounds is the stance."""
    who = holder(place, hit.first) if _verbal(place, hit) else None
    part = place.part(min(hit.last, len(place.tokens) - 1))
    tones: tuple[tuple[str, Stance], ...] = (("cautious", "undecided"), ("warm", "supports"), ("cold", "opposes"))
    for index in range(hit.last, part.last):
        stance = next((s for name, s in tones if place.lower(index) in cues.value("answer", name)), None)
        if stance is None or who is None:
            continue
        last = next((n for n in range(hit.last, index) if place.lower(n) == "with"), index)
        issue = place.span(hit.last, last)
        evidence = place.analysis.span(evidence_start(place, who, hit.first), place.tokens[index].end)
        if issue is not None:
            yield made(place, who, stance, issue, evidence, Cue(hit.group, _words(place, hit)))
        return


# Nouns.


def _noun(place: Place, cues: CueList, hit: Hit, stance: Stance) -> Iterator[Position]:
    """ "its support for", "the refusal of X to", "voiced concern about": the owner or the expresser holds it."""
    who, first = owner(place, hit.first), hit.first
    if who is None:
        express = _expresser(place, cues, hit.first)
        if express is None:
            return
        who, first = holder(place, express), express
    issue = _issue(place, cues, hit)
    if who is not None and issue is not None:
        yield _position(place, who, stance, issue, replace(hit, first=first, group="noun"))


def _expresser(place: Place, cues: CueList, index: int) -> int | None:
    """The verb of expressing up to six words before a noun of stance."""
    lowers = [token.lower for token in place.tokens]
    for number in range(index - 1, max(-1, index - 7), -1):
        if any(hit.group == "expressing" for hit in cues.at(lowers, number)):
            return number
    return None


# What it is about.


def _issue(place: Place, cues: CueList, hit: Hit) -> Span | None:
    """What stands after a cue, to the end of its clause; of somebody asked to do something, what they are to do."""
    index = skip_time(place, hit.last)
    if (
        index >= len(place.tokens)
        or place.tokens[index].text in (",", ".", ";")
        or place.lower(index) in ("and", "but")
    ):
        return None
    bare = index + 1 >= len(place.tokens) or not place.tokens[index + 1].text[0].isalnum()
    first = index + ((place.lower(index) == "that" and not bare) or (index > hit.last and place.lower(index) == "to"))
    if cues.value(hit.group, "object") == "asked":
        first = _infinitive(place, index) or first
    return place.span(first, place.part(min(first, len(place.tokens) - 1)).last)


def _words(place: Place, hit: Hit) -> str:
    words = place.span(hit.first, hit.last)
    return words.quote if words else ""


def _position(place: Place, who: Subject, stance: Stance, issue: Span | None, hit: Hit) -> Position:
    """A position with its evidence: from the subject, where it is near, to the end of the issue."""
    start = evidence_start(place, who, hit.first)
    end = max(issue.end if issue else start, place.tokens[hit.last - 1].end)
    end = _stretched(place, end)
    return made(place, who, stance, issue, place.analysis.span(start, end), Cue(hit.group, _words(place, hit)))


def _stretched(place: Place, end: int) -> int:
    """The end of evidence with the relative clauses that hang on its last word: "actions that could lead to ..."."""
    for part in place.parts:
        if part.start < end or part.opener not in RELATED:
            continue
        between = place.analysis.text[end : part.start]
        if between.strip():
            break
        end = part.end
    index = place.number(end)
    comma, after = place.lower(index) == ",", (place.lower(index + 1), place.lower(index + 2))
    added = comma and (after in ADDING or after[0] in NAMING)
    if added or (place.analysis.official and (place.lower(index), after[0]) == ("so", "that")):
        end = place.part(index + 1).end
    return end
