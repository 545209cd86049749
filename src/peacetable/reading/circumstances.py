"""What the readers of events share: who, where, when and how certain, around the words that name an event.

Each function looks only at the event's clause (see `extents`) and at what the `Analysis` already knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, cast

from peacetable import countries, edtf
from peacetable.model import ActorId, When
from peacetable.reading import cues
from peacetable.reading.analysis import Analysis, Mention, TimeExpression, Token
from peacetable.reading.extents import Clause
from peacetable.reading.word_sets import word_set

Certainty = Literal["actual", "negated", "condition", "supposed", "planned", "threat", "allegation", "denial", "wish"]

OWNING: Final = frozenset(["of", "from", "by", "with", "among", "to", "against", "and"])
GENITIVES: Final = frozenset(("'s", "’s", "'", "’"))
#: How far before an event a word of certainty reaches, in tokens.
REACH: Final = {"negation": 5, "prevention": 4, "planned": 9, "supposed": 9, "condition": 14, "wish": 10}

PLACED: Final = re.compile(
    r"\b(in|at|near|outside|around|inside|along|across|(?:north|south|east|west)(?:ern)? of)\s+"
    r"(?=((?:(?:the|an?)\s+)?(?:(?!(?:with|to|for|by|which|response|reference)\s)[a-z][\w'’-]+\s+){0,4}?[A-Z]))"
)
NAMED: Final = re.compile(
    r"(?:the\s+|an?\s+)?(?:[a-z][\w'’-]+\s+){0,4}?"
    r"[A-Z][\w'’-]*(?:(?:\s+|[-–])(?:(?:of|al|de|la|el|del|the|bin)\s+)*[A-Z][\w'’-]*)*"
    r"(?:\s+(?:district|province|region|camp|prison|valley|area|airport|river|forest|county|highway|road|strait|hotel|"
    r"hills|mountains|border|bridge|capital|crossing|barracks|post|town|village|city|peninsula|islands?))?"
)
KEPT: Final = re.compile(r"near|outside|around|along|across|.* of")


# How certain.


def certainty(clause: Clause, at: int, *, after: int | None = None) -> tuple[Certainty, str]:
    """How certain the event is whose words begin at a token, with the words that say so.

    Args:
        clause: the event's clause.
        at: the number of the event's first token in the sentence.
        after: the number after its last token; words behind it can deny it too ("... was called off" is not for here).
    """
    lowers = lower_words(clause.sentence.tokens)
    known = cues.cue_list("circumstances")
    found: dict[str, tuple[int, str]] = {}
    index = 0
    while index < min(at, len(lowers)):
        hit = next(iter(known.at(lowers, index)), None)
        if hit is None or hit.last > at:
            index += 1
            continue
        inside = hit.first >= clause.first
        if inside or hit.group in ("threat", "allegation", "denial", "condition", "wish"):
            reach = REACH.get(hit.group)
            if (reach is None or at - hit.last <= reach) and (inside or hit.group != "condition"):
                found[hit.group] = (hit.first, " ".join(lowers[hit.first : hit.last]))
        index = hit.last
    order = ("negation", "denial", "threat", "condition", "wish", "prevention", "supposed", "planned", "allegation")
    names: dict[str, Certainty] = {"negation": "negated", "prevention": "supposed"}
    for group in order:
        if group in found:
            return names.get(group) or cast(Certainty, group), found[group][1]
    return "actual", ""


def lower_words(tokens: Sequence[Token]) -> list[str]:
    """The words of a sentence in lower case; the month of May keeps its capital, so that it is no modal verb."""
    return [token.text if token.text == "May" and number else token.lower for number, token in enumerate(tokens)]


def passive(tokens: Sequence[Token], verb: int) -> bool:
    """Is a participle passive: "was attacked", "had been seized", "killed by"? "Were shelling" is not."""
    if tokens[verb].lower.endswith("ing"):
        return False
    for token in reversed(tokens[max(0, verb - 4) : verb]):
        word = token.lower
        if word in word_set("be"):
            return True
        if not (word.endswith("ly") or word in word_set("adverbs")):
            break
    return verb + 1 < len(tokens) and tokens[verb + 1].lower == "by"


# Who.


def actor_of(mention: Mention) -> ActorId | None:
    """The actor of a mention: the likeliest where more than one is possible."""
    return mention.actor or (mention.candidates[0] if mention.candidates else None)


def subjects(analysis: Analysis, clause: Clause, verb: int) -> tuple[Mention, ...]:
    """Who stands before a verb in its clause: the first mention that no preposition governs, and those joined to it.

    A relative takes what stands before it ("rebels who control"); a clause without a subject that of the clause before.
    """
    tokens = clause.sentence.tokens
    first = clause.first
    for number in range(verb - 1, max(first, verb - 8) - 1, -1):
        if tokens[number].lower in RELATIVES and number:
            inner = _free(analysis, tokens, tokens[number].start, tokens[verb].start)
            if inner:
                return _joined(analysis, tokens, _head(analysis, tokens, inner[0]), tokens[verb].start)
            before = list(analysis.mentions_in(clause.sentence.start, tokens[number].start))
            return (before[-1],) if before else ()
    end = tokens[verb].start
    free = _free(analysis, tokens, tokens[first].start, end)
    if free:
        return _joined(analysis, tokens, _head(analysis, tokens, free[0]), end)
    if first and all(
        token.lower in word_set("be") or not token.text[0].isalpha() or token.lower in word_set("before_shared_verb")
        for token in tokens[first:verb]
    ):
        carried = _free(analysis, tokens, clause.sentence.start, tokens[first].start)
        if carried:
            return _joined(analysis, tokens, _head(analysis, tokens, carried[0]), tokens[first].start)
    return ()


def _free(analysis: Analysis, tokens: Sequence[Token], start: int, end: int) -> list[Mention]:
    """The mentions between two offsets that no preposition governs; else those behind "of" and "from"."""
    found = [mention for mention in analysis.mentions_in(start, end) if mention.end <= end]
    within = [token for token in tokens if token.start >= start]  # "after the Front seized": "after" joins clauses
    free = [mention for mention in found if not governed(within, mention, word_set("locative") | OWNING)]
    owned = (mention for mention in found if governed(tokens, mention, frozenset({"of", "from", "by"})))
    return free or [mention for mention in found[-1:] if _beside(tokens, mention, end)] or list(owned)


def _beside(tokens: Sequence[Token], mention: Mention, end: int) -> bool:
    """Does a mention stand right before a verb, and no preposition right before it: "after the rite gunmen shot"?"""
    between = [token.lower for token in tokens if mention.end <= token.start and token.end <= end]
    before = [token.lower for token in tokens if token.end <= mention.start][-2:]
    direct = bool(before) and (
        before[-1] in word_set("locative") | OWNING
        or (before[-1] in word_set("determiners") and before[0] in word_set("locative") | OWNING)
    )
    return not direct and all(word in word_set("be_or_have") | word_set("adverbs") for word in between)


RELATIVES: Final = frozenset({"who", "which", "that", "whom"})


def after_preposition(
    analysis: Analysis, clause: Clause, start: int, words: frozenset[str], *, end: int | None = None
) -> tuple[Mention, ...]:
    """The mentions that one of some prepositions governs from an offset on, with those joined to them."""
    tokens = clause.sentence.tokens
    last = clause.end if end is None else end
    for mention in analysis.mentions_in(start, last):
        if governed(tokens, mention, words):
            return _joined(analysis, tokens, _head(analysis, tokens, mention), last)
    return ()


def objects(analysis: Analysis, clause: Clause, after: int) -> tuple[Mention, ...]:
    """The first mention after a token that no preposition governs, with those joined to it.

    Of "the head of X, N. N." it is the person.
    """
    tokens = clause.sentence.tokens
    if after >= len(tokens):
        return ()
    start = tokens[after].start
    mentions = list(analysis.mentions_in(start, clause.end))
    for number, mention in enumerate(mentions):
        before = [token for token in tokens if start <= token.start < mention.start]
        if any(token.lower in word_set("locative") | {"by", "with"} or token.text in ",;" for token in before):
            return ()
        after_it = mentions[number + 1] if number + 1 < len(mentions) else None
        if after_it and [t.text for t in tokens if mention.end <= t.start and t.end <= after_it.start] == [","]:
            known = analysis.actor_by_id.get(actor_of(after_it) or "")
            if known and known.kind == "person":
                mention = after_it
        return _joined(analysis, tokens, mention, clause.end)
    return ()


def governed(tokens: Sequence[Token], mention: Mention, words: frozenset[str]) -> bool:
    """Does one of some prepositions stand before a mention, articles and describing words apart?"""
    before = [token for token in tokens if token.end <= mention.start][-4:]
    for token in reversed(before):
        word = token.lower
        if word in words:
            return True
        if word in word_set("time_nouns") or (word.isdigit() and len(word) == 4):
            return False  # "on Saturday gunmen ...": the preposition has its object
        if (
            not (token.text[0].isalnum())
            or word in word_set("locative")
            or word in word_set("be")
            or word in ("and", "or", "but", "that")
        ):
            return False
    return False


def sides_of(analysis: Analysis, mentions: Sequence[Mention]) -> tuple[ActorId, ...]:
    """The actors of mentions, once each; a mention that nobody could resolve gives none."""
    known = analysis.actor_by_id
    return tuple(dict.fromkeys(actor for mention in mentions if (actor := actor_of(mention)) and actor in known))


def party_of(analysis: Analysis, actor: ActorId) -> ActorId:
    """The party that a spokesman, envoy or delegation stands for; anybody else stands for himself."""
    seen = analysis.actor_by_id.get(actor)
    if seen is None or seen.part_of is None:
        return actor
    spoken = seen.kind == "unnamed" or bool(seen.role and SPOKESMEN.search(seen.role))
    return seen.part_of if spoken else actor


def party_behind(analysis: Analysis, actor: ActorId) -> ActorId:
    """Whom a person or force signs for: whoever it is part of, else itself."""
    known = analysis.actor_by_id.get(actor)
    if known and known.kind in ("person", "forces", "unnamed") and known.part_of in analysis.actor_by_id:
        return known.part_of or actor
    return actor


SPOKESMEN: Final = re.compile(r"\b(?:spokes\w+|officials?|negotiators?|delegat\w+|sources?|representatives?)\b", re.I)


def _head(analysis: Analysis, tokens: Sequence[Token], mention: Mention) -> Mention:
    """Of "Sudan's army" the army, where it is an actor of its own."""
    for _ in range(2):
        after = next((number for number, token in enumerate(tokens) if token.start >= mention.end), None)
        if after is None or tokens[after].text not in GENITIVES:
            return mention
        limit = tokens[min(after + 3, len(tokens) - 1)].end
        owned = next((m for m in analysis.mentions_in(tokens[after].end, limit)), None)
        if owned is None:
            return mention
        mention = owned
    return mention


def _joined(analysis: Analysis, tokens: Sequence[Token], first: Mention, end: int) -> tuple[Mention, ...]:
    """A mention and those that "and" or commas join to it: "X, Y and the rebels of Z"."""
    found, reach, closed = [first], first.end, False
    for mention in analysis.mentions_in(first.end, end):
        between = [token.lower for token in tokens if reach <= token.start and token.end <= mention.start]
        inner = [word for word in between if word not in FILLING]
        if "and" not in between and ("of" in between or between == ["("]) and len(inner) <= 5:
            reach = mention.end  # "the president of X (XY)": one name holds the other
            continue
        if ("and" in between or "," in between) and len(inner) <= 3 and not any(_parting(word) for word in inner):
            found.append(mention)
            reach, closed = mention.end, closed or "and" in between
            continue
        break
    return tuple(found) if closed else (first,)


FILLING: Final = frozenset({"and", ",", "the", "both", "a", "an", ")"})


def _parting(word: str) -> bool:
    return (
        word in word_set("locative")
        or word in word_set("be")
        or (word.endswith("ed") and len(word) > 4)
        or word in ("said", "met", "has", "have")
    )


# When and where.


def date_of(analysis: Analysis, clause: Clause, at: int) -> When | None:
    """The date of an event: that of its clause, the nearest to its words; else the day that opens its sentence.

    "Since" gives an interval that is open at its end.
    """
    found = [time for time in analysis.times_in(clause.start, clause.end) if _dates(time)]
    if not found:
        opening = clause.sentence.tokens[min(3, len(clause.sentence.tokens) - 1)].end
        found = [time for time in analysis.times_in(clause.sentence.start, opening) if _dates(time)]
    if not found:
        return None
    place = clause.sentence.tokens[at].start
    nearest = min(found, key=lambda time: min(abs(time.start - place), abs(time.end - place)))
    return since(nearest)


def since(time: TimeExpression) -> When | None:
    """The date of a time expression; a start ("since May") runs on."""
    when = time.when
    if when is None or time.function != "since" or "/" in when.edtf:
        return when
    return When(f"{when.edtf}/..", words=when.words, rule=when.rule, anchor=when.anchor)


def _dates(time: TimeExpression) -> bool:
    return time.when is not None and time.type in ("DATE", "TIME")


def compatible(left: When | None, right: When | None) -> bool:
    """Can two dates be one: is either unknown, or do their bounds meet?"""
    if left is None or right is None:
        return True
    (a, b), (c, d) = edtf.bounds(left.edtf), edtf.bounds(right.edtf)
    return (a is None or d is None or a <= d) and (c is None or b is None or c <= b)


def place_of(analysis: Analysis, clause: Clause, at: int) -> str | None:
    """Where an event was, in the report's words: the first place after its words, else the first before them."""
    places = list(_places(analysis, clause))
    here = clause.sentence.tokens[at].start
    after = [words for start, words in places if start >= here]
    return after[0] if after else places[-1][1] if places else None


def _places(analysis: Analysis, clause: Clause) -> Iterator[tuple[int, str]]:
    text = analysis.text
    for match in PLACED.finditer(text, clause.start, clause.end):
        name = NAMED.match(text, match.end(), clause.end)
        if name is None or not name[0][-1].isalnum():
            continue
        start, end = name.span()
        if any(time.start < end and start < time.end for time in analysis.times_in(clause.start, clause.end + 12)):
            continue
        if any(_acts(analysis, mention) for mention in analysis.mentions_in(start, end)):
            continue
        word = match[1].lower()
        words = name[0].removesuffix("'s").removesuffix("’s")
        if countries.by_adjective(words.split()[-1]):
            continue  # "the Afghan negotiations"
        yield match.start(), f"{word} {words}" if KEPT.fullmatch(word) else words


def _acts(analysis: Analysis, mention: Mention) -> bool:
    """Is a mention somebody rather than somewhere?"""
    known = analysis.actor_by_id.get(actor_of(mention) or "")
    return known is not None and known.kind not in ("state", "government")
