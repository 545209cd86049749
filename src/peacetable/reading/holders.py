"""Whose attitude, promise or forecast a verb tells of: the actor before it, or the speaker whose words it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from peacetable.model import ActorId, Span
from peacetable.reading.analysis import Analysis, Mention, Sentence, Token
from peacetable.reading.clauses import (
    AUXILIARIES,
    BETWEEN,
    COORDINATORS,
    FIRST_PERSON,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    Clause,
    clause_at,
    clauses,
)

POSSESSIVES: Final = frozenset({"its", "their", "his", "her", "our", "my"})
#: What belongs to a leader and acts for the side, and what belongs to a leader and acts on his word.
BODIES: Final = frozenset(
    {
        "government", "party", "movement", "group", "country", "organisation", "organization", "front", "army", "side",
        "delegation", "cabinet", "alliance", "coalition", "council", "state", "ministry", "office", "union", "league",
        "bloc", "administration",
    }
)  # fmt: skip
LINKING: Final = frozenset({",", "and", "nor", "the", "as", "well", "both"})
MEN: Final = frozenset(
    {
        "men", "fighters", "forces", "troops", "soldiers", "people", "followers", "rebels", "units", "guns", "militia",
        "boys",
    }
)  # fmt: skip
GENITIVES: Final = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class Subject:
    """Who stands before a verb.

    Attributes:
        actor: the actor, or None where the words name none.
        start: where the words begin.
        thin: one of several candidates, or taken from another clause.
    """

    actor: ActorId | None
    start: int
    end: int
    thin: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence with its clauses, as the readers of attitudes, promises and forecasts need it."""

    analysis: Analysis
    sentence: Sentence
    parts: tuple[Clause, ...]

    @classmethod
    def of(cls, analysis: Analysis, sentence: Sentence) -> Place:
        """The place of a sentence."""
        return cls(analysis, sentence, clauses(analysis, sentence))

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The sentence's tokens."""
        return self.sentence.tokens

    def lower(self, index: int) -> str:
        """A token in lower case; empty outside the sentence."""
        return self.tokens[index].lower if 0 <= index < len(self.tokens) else ""

    def part(self, index: int) -> Clause:
        """The clause that holds a token."""
        return clause_at(self.parts, index)

    def span(self, first: int, last: int) -> Span | None:
        """The span of a run of tokens, marks at its ends left out."""
        tokens = self.tokens
        while first < last and not tokens[first].text[0].isalnum() and tokens[first].text not in "$€£":
            first += 1
        while last > first and not tokens[last - 1].text[-1].isalnum() and tokens[last - 1].text != "%":
            last -= 1
        return self.analysis.span(tokens[first].start, tokens[last - 1].end) if first < last else None

    def number(self, offset: int) -> int:
        """The token at or after an offset."""
        return next((number for number, token in enumerate(self.tokens) if token.end > offset), len(self.tokens))


def evidence_start(place: Place, who: Subject, index: int) -> int:
    """Where evidence begins: at the subject where it is near its verb, or parted from it only by what is in commas."""
    start = place.tokens[index].start
    if not place.sentence.start <= who.start < start:
        return start
    between = [token.lower for token in place.tokens if who.end <= token.start and token.end <= start]
    if len(between) > 3 and {"and", "but"} & set(between[1:]) and place.number(who.start) < place.part(index).first:
        return start  # the second verb of a subject stands for itself
    near = start - who.end <= 40 or place.number(who.start) >= place.part(index).first
    return who.start if near or place.analysis.text[who.end : who.end + 1] == "," else start


def skip_time(place: Place, index: int) -> int:
    """The token after a time expression that stands at a token: "agreed on Friday to ..."."""
    if index >= len(place.tokens):
        return index
    first = index + (place.lower(index) in ("on", "in", "at", "late", "early"))
    if first >= len(place.tokens):
        return index
    start = place.tokens[first].start
    found = next(
        (t for t in place.analysis.times if t.start <= start < t.end and t.start >= place.tokens[index].start), None
    )
    return place.number(found.end) if found else index


def holder(place: Place, index: int) -> Subject | None:
    """Who holds the attitude of a verb: its subject; in speech, "we" and a verb without a subject are the speaker's."""
    part = place.part(index)
    for number in range(part.first, index):
        word = place.lower(number)
        if word in FIRST_PERSON and word not in ("our", "my", "us", "me", "ours"):
            return first_person(place, number)
    found = subject(place.analysis, place.sentence, place.parts, index)
    inserted = _inserted(place, found, index) if found is not None else None
    if inserted is not None:
        return inserted
    if found is not None and found.actor is not None:
        return found
    if part.first == index:
        return speaker(place, index)
    return _possessed(place, part, index)


def _inserted(place: Place, found: Subject, index: int) -> Subject | None:
    """ "His government, he added, would": the subject before who says it, where that is set between commas."""
    for around in place.analysis.attributions:
        if around.source is None or not around.source.start <= found.start < around.source.end:
            continue
        at = place.number(around.source.start)
        comma = place.lower(place.number(max(around.cue.end, around.source.end))) == ","
        if not comma or at < 2 or place.lower(at - 1) != "," or around.cue.start > place.tokens[index].start:
            continue
        named = _named(place.analysis, place.tokens, place.part(at - 2).first, at - 1)
        if named is not None and named.actor:
            return named
        return _possessed(place, place.part(at - 2), at)
    return None


def _possessed(place: Place, part: Clause, index: int) -> Subject | None:
    """ "his men would", "her government will": the owner, or the owner's side where a body of it is meant."""
    for number in range(part.first, min(index - 1, part.first + 6)):
        if place.lower(number) not in POSSESSIVES or place.lower(number + 1) not in BODIES | MEN:
            continue
        whose = owner(place, number + 1)
        if whose is None:
            said = speaker(place, number)
            whose = said
        if whose is None or whose.actor is None:
            return None
        body = place.lower(number + 1) in BODIES
        actor = side(place.analysis, whose.actor) if body else whose.actor
        token = place.tokens[number]
        return Subject(actor, token.start, place.tokens[number + 1].end, thin=whose.thin, words=token.text)
    return None


def fellows(place: Place, who: Subject, index: int) -> tuple[Subject, ...]:
    """The subject with those that "and" joins to it before the verb: "Mali and Niger agreed"."""
    found, end = [who], who.end
    stop = place.tokens[index].start
    for mention in place.analysis.mentions_in(who.end, stop):
        between = [token.lower for token in place.tokens if end <= token.start and token.end <= mention.start]
        if not set(between) <= LINKING or not {"and", "nor", ","} & set(between):
            break
        found.append(_subject(mention))
        end = mention.end
    rest = [token.lower for token in place.tokens if end <= token.start < stop]
    joined = {"and", "nor"} & {token.lower for token in place.tokens if who.end <= token.start < end}
    if len(found) == 1 or not joined or any(word == "," for word in rest[:1]):
        return (who,)
    return tuple(replace(each, start=who.start, end=end) for each in found if each.actor)


def first_person(place: Place, number: int) -> Subject | None:
    """Whom "we" or "I" at a token stands for."""
    token = place.tokens[number]
    mention = next((m for m in place.analysis.mentions_in(token.start, token.end) if m.actor), None)
    if mention is not None:
        return Subject(mention.actor, token.start, token.end, words=token.text)
    said = speaker(place, number)
    return replace(said, words=token.text) if said is not None else None


def speaker(place: Place, index: int) -> Subject | None:
    """In whose words a token stands: the speaker, or who issued an official statement."""
    token = place.tokens[index]
    around = place.analysis.attribution_around(token.start, token.end)
    if around is not None:
        actor = around.speaker or (around.candidates or (None,))[0]
        return Subject(actor, token.start, token.end, thin=around.speaker is None) if actor else None
    if place.analysis.official and place.analysis.author:
        return Subject(place.analysis.author, token.start, token.end)
    return None


def owner(place: Place, index: int) -> Subject | None:
    """Whose the noun at a token is: a genitive or a possessive at most three words before it."""
    for number in range(index - 1, max(-1, index - 4), -1):
        word = place.lower(number)
        if word in GENITIVES or word in POSSESSIVES:
            end = place.tokens[number].end if word in POSSESSIVES else place.tokens[number].start
            owners = [m for m in place.analysis.mentions_in(place.sentence.start, end) if m.end == end]
            if owners:
                found = _subject(owners[-1])
                return found if found.actor else None
            if word in ("our", "my"):
                return first_person(place, number)
            return subject(place.analysis, place.sentence, place.parts, number) if word in POSSESSIVES else None
        if word in AUXILIARIES or word in PREPOSITIONS or not word.isalpha():
            return None
    return None


def side(analysis: Analysis, actor: ActorId | None) -> ActorId | None:
    """The side that an actor stands for: what it is part of, as far up as the report tells."""
    seen: set[ActorId] = set()
    while actor is not None and actor not in seen:
        seen.add(actor)
        known = analysis.actor_by_id.get(actor)
        if known is None or known.part_of is None:
            break
        actor = known.part_of
    return actor


def own_side(place: Place, who: Subject, index: int) -> bool:
    """Does the actor speak for itself at a token, or is it the outlet's own voice?"""
    around = place.analysis.attribution_around(place.tokens[index].start, place.tokens[index].end)
    if around is None or around.speaker is None:
        return True
    return side(place.analysis, who.actor) == side(place.analysis, around.speaker)


def subject(analysis: Analysis, sentence: Sentence, parts: Sequence[Clause], verb: int) -> Subject | None:
    """Who stands before a verb: in its own clause, else before the relative, else the subject that "and" carries over.

    Args:
        analysis: the report.
        sentence: the sentence.
        parts: its clauses.
        verb: the number of the verb's token.
    """
    tokens = sentence.tokens
    part = clause_at(parts, verb)
    own = _named(analysis, tokens, part.first, verb)
    if own is not None:
        return own
    position = parts.index(part)
    if part.opener in RELATIVES or (part.opener == "that" and _after_mention(analysis, tokens, part.first)):
        return _last_mention(analysis, tokens, parts[position - 1].first, part.first) if position else None
    if _own_words(tokens, part, verb):
        return None  # a subject stands there, but it names no actor
    for earlier in reversed(parts[:position]):
        aside = earlier.opener in RELATIVES or earlier.opener in SUBORDINATORS or earlier.opener == "that"
        if not (aside and part.opener not in COORDINATORS) and _same_frame(analysis, tokens, earlier.first, verb):
            carried = _named(analysis, tokens, earlier.first, earlier.last)
            if carried is not None:
                return carried
    return None


# Who stands there.


def _named(analysis: Analysis, tokens: Sequence[Token], first: int, verb: int) -> Subject | None:
    """The actor named before a verb in a run of tokens: the first that no preposition governs."""
    if first >= verb:
        return None
    start, end = tokens[first].start, tokens[verb - 1].end
    found = [mention for mention in analysis.mentions_in(start, end) if not _genitive(tokens, mention, first, verb)]
    free = [mention for mention in found if not _governed(tokens, mention, first)]
    if not free:
        return None
    chosen = free[0]
    for later in found:
        if later.start > chosen.end and _joined(tokens, chosen, later):
            chosen = later  # "UN representative Ana Lind": the name is the head
    if free[-1].start > chosen.end and _beside(tokens, free[-1], first, verb):
        chosen = free[-1]
    return _subject(chosen)


def _beside(tokens: Sequence[Token], mention: Mention, first: int, verb: int) -> bool:
    """Does a mention stand right at the verb, after a comma: "as the mediators wrote on Monday, the rebels must"?"""
    last = next((n for n in range(first, verb) if tokens[n].start >= mention.end), verb)
    if any(t.lower not in BETWEEN | AUXILIARIES and not t.lower.endswith("ly") for t in tokens[last:verb]):
        return False
    before = [token for token in tokens[first:] if token.end <= mention.start][-3:]
    for token in reversed(before):
        if token.text == ",":
            return True
        if token.lower in COORDINATORS or token.lower in PREPOSITIONS:
            return False
    return False


def _after_mention(analysis: Analysis, tokens: Sequence[Token], index: int) -> bool:
    """Does a mention end just before a token, so that "that" is a relative?"""
    end = tokens[index - 1].end if index else -1
    return any(mention.end == end for mention in analysis.mentions_in(tokens[0].start, tokens[-1].end))


def _subject(mention: Mention) -> Subject:
    actor = mention.actor or (mention.candidates[0] if mention.candidates else None)
    return Subject(actor, mention.start, mention.end, thin=mention.actor is None, words=mention.text)


def _joined(tokens: Sequence[Token], left: Mention, right: Mention) -> bool:
    """Is the second mention the name to which the first is only the office?"""
    between = [token.lower for token in tokens if left.end <= token.start and token.end <= right.start]
    plain = all(word.isalpha() and word not in PREPOSITIONS and word not in COORDINATORS for word in between)
    verbs = any(word in AUXILIARIES or word.endswith("ed") for word in between)
    return len(between) <= 3 and plain and not verbs and right.kind == "name"


def _last_mention(analysis: Analysis, tokens: Sequence[Token], first: int, last: int) -> Subject | None:
    found = list(analysis.mentions_in(tokens[first].start, tokens[last - 1].end)) if first < last else []
    return _subject(found[-1]) if found else None


def _genitive(tokens: Sequence[Token], mention: Mention, first: int, verb: int) -> bool:
    """Does the mention only own the noun that follows: "Sudan's army", "their demand"?"""
    if mention.kind == "pronoun" and mention.text.lower() in ("his", "her", "its", "their", "our", "my"):
        return True
    after = next((token for token in tokens[first:verb] if token.start >= mention.end), None)
    return after is not None and after.text in ("'s", "’s", "'", "’")


def _governed(tokens: Sequence[Token], mention: Mention, first: int) -> bool:
    """Does a preposition stand before the mention, articles and adjectives apart?"""
    before = [token for token in tokens[first:] if token.end <= mention.start][-3:]
    for token in reversed(before):
        word = token.lower
        if word == "of" and before[-2:-1] and {"neither", "none", "both", "each", "all"} & {t.lower for t in before}:
            return False
        if word in PREPOSITIONS:
            return word not in ("like", "than", "as")
        if word not in ("the", "a", "an", "both", "all", "its", "their", "his", "other", "two", "some", "many"):
            return False
    return False


def _own_words(tokens: Sequence[Token], part: Clause, verb: int) -> bool:
    """Do words stand before the verb in its clause that could be its subject?"""
    for token in tokens[part.first : verb]:
        word = token.lower
        if not token.text[0].isalnum() or word in BETWEEN or word in AUXILIARIES or word.endswith("ly"):
            continue
        if word in COORDINATORS or word in SUBORDINATORS or word in RELATIVES or word == "that":
            continue
        return True
    return False


def _same_frame(analysis: Analysis, tokens: Sequence[Token], first: int, verb: int) -> bool:
    """Are two places in the same speech, or both outside any?"""
    here = analysis.attribution_around(tokens[verb].start, tokens[verb].end)
    there = analysis.attribution_around(tokens[first].start, tokens[first].end)
    return here is there
