"""Figures about a peace process: people, troops, weapons, money, shares, the length of truces and talks.

Almost every quantity of a report on a process is one; left out are distances that only locate, lengths of deadlines,
numbers of points, and "the two sides". The evidence is the number with what it counts and the verb beside it.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from peacetable.model import Cue, Figure, Span, When
from peacetable.reading.analysis import Analysis, Quantity, Sentence, Token
from peacetable.reading.attribution import provenance
from peacetable.reading.extents import clause_at

#: Evidence is the clause around a number, cut to so many words to either side (the median figure has six words).
LEFT, RIGHT, CLAUSE = 3, 5, 6
PERSONS: Final = "people"
#: From here on a number that is not round is told of one thing only.
LARGE: Final = 40


@dataclass(frozen=True, slots=True)
class Words:
    """What `words/figures.toml` says."""

    skipped: frozenset[str]
    skipped_units: frozenset[str]
    toll: frozenset[str]
    verbs: frozenset[str]
    led_by: frozenset[str]
    locating: frozenset[str]
    deadline: frozenset[str]
    sides: frozenset[str]
    processes: frozenset[str]
    suffering: frozenset[str]
    persons: frozenset[str]
    stops: frozenset[str]


@cache
def word_lists() -> Words:
    """The word lists, read once."""
    data = tomllib.loads(resources.files("peacetable.reading").joinpath("words/figures.toml").read_text("utf-8"))
    lists: Mapping[str, frozenset[str]] = {name: frozenset(group["words"]) for name, group in data.items()}
    return Words(**lists)


def figures(analysis: Analysis) -> tuple[Figure, ...]:
    """The figures of a report, in order; one that is told twice counts once, at its fuller mention."""
    found: dict[tuple[object, ...], Figure] = {}
    for quantity in analysis.quantities:
        figure = _figure(analysis, quantity)
        if figure is None:
            continue
        told = found.get(_told(figure, quantity))
        if told is None or _fuller(figure, told):
            found[_told(figure, quantity)] = figure
    return tuple(sorted(found.values(), key=lambda figure: (figure.evidence.start, figure.evidence.end)))


def _told(figure: Figure, quantity: Quantity) -> tuple[object, ...]:
    """What makes two mentions one figure: a large number by itself, a small one with what it counts."""
    if (quantity.value or quantity.max or 0) >= LARGE and (quantity.value or 0) % 1000:
        return figure.value, figure.max
    noun = figure.unit if figure.unit in word_lists().deadline else quantity.head
    return figure.value, figure.max, noun or quantity.start


def _fuller(figure: Figure, told: Figure) -> bool:
    return len(figure.evidence.quote) > 1.5 * len(told.evidence.quote)


def _figure(analysis: Analysis, quantity: Quantity) -> Figure | None:
    sentence = analysis.sentence_at(quantity.start)
    tokens = sentence.tokens
    first = bisect_left(tokens, quantity.start, key=lambda token: token.start)
    end = max(quantity.end, quantity.noun.end) if quantity.noun else quantity.end
    last = bisect_left(tokens, end, key=lambda token: token.start)
    if first >= len(tokens) or not _wanted(quantity, tokens, first, last):
        return None
    begin, finish = _evidence(quantity, tokens, first, last)
    if _hangs(quantity, tokens, first, begin, finish, last):
        begin = _clause_start(analysis, quantity, sentence, first)
    evidence = analysis.span(tokens[begin].start, max(end, tokens[finish - 1].end))
    speaker, chain = provenance(analysis, evidence.start, evidence.end)
    return Figure(
        value=quantity.value,
        max=quantity.max,
        unit=_unit(quantity, tokens, last),
        of=_about(analysis, quantity, tokens, (begin, finish), (first, last)) or evidence,
        approximate=quantity.approximate,
        as_of=_as_of(analysis, evidence.start, evidence.end),
        evidence=evidence,
        according_to=speaker,
        chain=chain,
        cues=(Cue("quantity", quantity.text),),
    )


def _wanted(quantity: Quantity, tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Is it about the process?"""
    lists = word_lists()
    before = tokens[first - 1].lower if first else ""
    after = tokens[last].lower if last < len(tokens) else ""
    if quantity.head in lists.skipped or before == "#":
        return False
    if quantity.unit in lists.skipped_units and quantity.head not in lists.processes:
        return False
    if quantity.unit in lists.deadline and (
        before in ("within", "in") or after in ("before", "later", "earlier", "ago")
    ):
        return False
    if quantity.value == 2 and quantity.head in lists.sides:
        return False
    if quantity.value == 1 and quantity.unit not in lists.deadline and quantity.unit != "%":
        return _suffered(tokens, first, last)
    if quantity.noun is None and quantity.unit is None:
        return (quantity.value or 0) > 2 or _has_verb(tokens, last)
    return not (quantity.unit in lists.locating and _locates(tokens, last))


def _suffered(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Is something done to the one that is counted?"""
    near = {token.lower for token in tokens[max(0, first - 3) : last + 3]}
    return bool(near & word_lists().suffering)


def _locates(tokens: tuple[Token, ...], last: int) -> bool:
    """ "60 km from the border", "20 miles north of the town": where, not how much."""
    after = [token.lower for token in tokens[last : last + 2]]
    return bool(after) and (
        after[0]
        in (
            "north",
            "south",
            "east",
            "west",
            "outside",
            "away",
            "inside",
            "northeast",
            "northwest",
            "southeast",
            "southwest",
            "north-east",
            "south-east",
            "north-west",
            "south-west",
        )
    )


def _has_verb(tokens: tuple[Token, ...], at: int) -> bool:
    return at < len(tokens) and (tokens[at].lower in word_lists().verbs or tokens[at].lower in word_lists().toll)


def _unit(quantity: Quantity, tokens: tuple[Token, ...], last: int) -> str | None:
    """The scheme's unit: what is counted in its own words, and "people" where nothing is but people suffer it."""
    if quantity.unit is not None and quantity.noun is None:
        return PERSONS if quantity.unit in word_lists().toll else quantity.unit
    if quantity.unit is None or quantity.unit in word_lists().toll:
        return PERSONS
    return PERSONS if quantity.unit in ("others", "persons", "person") else quantity.unit


def _about(
    analysis: Analysis,
    quantity: Quantity,
    tokens: tuple[Token, ...],
    evidence: tuple[int, int],
    counted: tuple[int, int],
) -> Span | None:
    """What the figure is of: what is done by or to people, else what is counted."""
    lists = word_lists()
    behind = _verb_behind(tokens, max(counted[1], counted[0] + 1))
    if quantity.unit in lists.persons and behind is not None:
        return analysis.span(tokens[behind - 1].start, tokens[max(behind, min(evidence[1], len(tokens))) - 1].end)
    lead = tokens[evidence[0]]
    if lead.lower in lists.suffering or (quantity.unit in lists.persons and lead.lower in lists.verbs):
        return analysis.span(lead.start, lead.end)
    return quantity.noun


# The words from which a reader would accept it.


def _evidence(quantity: Quantity, tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int]:
    """Tokens from the verb before the number, or to the verb behind what is counted."""
    begin, finish = first, max(last, first + 1)
    lists = word_lists()
    behind = _verb_behind(tokens, finish)
    if behind is not None:
        return begin, min(_complement(tokens, behind), len(tokens))
    finish = _prolonged(tokens, finish)
    for place in range(first - 1, max(-1, first - 1 - LEFT), -1):
        word = tokens[place].lower
        if word in lists.stops or not word[:1].isalnum():
            break
        begin = place
        if word.endswith(("ing", "ed")) or word in lists.verbs or word in lists.led_by:
            break
    return begin, finish


def _hangs(quantity: Quantity, tokens: tuple[Token, ...], first: int, begin: int, finish: int, last: int) -> bool:
    """Does the number say little without its clause: "for two days", "put the toll at 27"?"""
    before = tokens[first - 1].lower if first else ""
    if quantity.unit in word_lists().deadline:
        return before in ("for", "after", "by", "to", "than", "another", "over") and quantity.noun is None
    return quantity.noun is None and finish == max(last, first + 1) and begin >= first - 2


def _clause_start(analysis: Analysis, quantity: Quantity, sentence: Sentence, first: int) -> int:
    """Where the clause of a number begins, at most `CLAUSE` words before it."""
    clause = clause_at(analysis, quantity.start, quantity.end)
    begin = bisect_left(sentence.tokens, clause.start, key=lambda token: token.start)
    return min(first, max(begin, first - CLAUSE))


def _verb_behind(tokens: tuple[Token, ...], at: int) -> int | None:
    """Where the verb ends that follows what is counted: "were killed", "have fled", "died"."""
    lists, place = word_lists(), at
    while place < len(tokens) and place - at < 5:
        word = tokens[place].lower
        if word in lists.verbs or word in lists.toll or (word.endswith("ed") and word not in ("armed", "united")):
            return place + 1
        if word not in (
            "were",
            "was",
            "have",
            "has",
            "had",
            "been",
            "are",
            "is",
            "being",
            "would",
            "will",
            "to",
            "be",
            "now",
            "already",
            "still",
            "also",
            "could",
            "may",
            "must",
            "should",
            "not",
            "since",
            "others",
            "more",
            "who",
            "so",
            "far",
        ):
            return None
        place += 1
    return None


def _complement(tokens: tuple[Token, ...], at: int) -> int:
    """A few words behind the verb: "fled their homes", "died in the war"."""
    _lists, place = word_lists(), at
    while place < len(tokens) and place - at < 3:
        word = tokens[place].lower
        if not word[:1].isalnum() or word in (
            "when",
            "after",
            "and",
            "but",
            "while",
            "on",
            "by",
            "since",
            "as",
            "before",
            "during",
            "in",
            "according",
            "who",
            "which",
            "that",
            "until",
            "at",
            "from",
            "with",
        ):
            break
        place += 1
    return place


def _prolonged(tokens: tuple[Token, ...], at: int) -> int:
    """What is counted with what belongs to it: "cases of sexual violence", "soldiers in the north"."""
    place = at
    if place < len(tokens) and tokens[place].lower in ("of", "in", "for", "from", "to", "on", "at", "under"):
        place += 1
        while place < len(tokens) and place - at < RIGHT - 1:
            word = tokens[place].lower
            if not word[:1].isalnum() or word in word_lists().stops - {"the", "a", "an", "its", "their"}:
                break
            place += 1
    return place if place - at > 1 else at


def _as_of(analysis: Analysis, start: int, end: int) -> When | None:
    """The day that the figure is true of: a date in its evidence that is not to come, else the day of publication."""
    published = analysis.report.published
    for time in analysis.times_in(start, end):
        if time.when is None or time.type not in ("DATE", "TIME") or time.function != "plain":
            continue
        earliest, latest = time.when.earliest, published.latest if published else None
        if earliest is None or latest is None or earliest <= latest:
            return time.when
    return published
