"""How far the clause of an event reaches: the run of words from which a reader would accept it.

A sentence is cut where a new clause with a verb of its own begins; what hangs on a clause without one ("killing three",
"in the capital") stays with it. This is a rule of thumb over tokens, not a parse: the trained model replaces it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.reading.analysis import Analysis, Attribution, Sentence, Token
from peacetable.reading.word_sets import word_set


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of one sentence: `first` and `last` are its tokens, `last` not included."""

    start: int
    end: int
    sentence: Sentence
    first: int
    last: int

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The clause's tokens."""
        return self.sentence.tokens[self.first : self.last]

    def holds(self, start: int, end: int) -> bool:
        """Does a range lie inside the clause?"""
        return self.start <= start and end <= self.end


CONJUNCTIONS: Final = frozenset(["and", "but", "or", "nor", "yet", "so"])
RELATIVES: Final = frozenset(["who", "which", "whose", "whom", "where"])
MARKS: Final = frozenset(";:—–-•|")
QUOTES: Final = frozenset("\"“”«»'‘’")
#: How many words a subject may have before its verb for a conjunction to start a clause.
SUBJECT_MOST: Final = 9


def clause_at(analysis: Analysis, start: int, end: int) -> Clause:
    """The clause around a range, without conjunctions, quotation marks and full stops at its edges.

    Words that are reported stand apart from the words that report them.
    """
    sentence = analysis.sentence_at(start)
    tokens = sentence.tokens
    at = next((number for number, token in enumerate(tokens) if token.end > start), len(tokens) - 1)
    cuts = [*cuts_of(tokens), len(tokens)]
    first = max(cut for cut in cuts if cut <= at)
    last = min(cut for cut in cuts if cut > at)
    low, high = _reported(analysis, sentence, start, end)
    while first < at and tokens[first].start < low:
        first += 1
    while last - 1 > at and tokens[last - 1].end > high:
        last -= 1
    first, last = _trimmed(tokens, first, last, at)
    return Clause(tokens[first].start, max(end, tokens[last - 1].end), sentence, first, last)


def cuts_of(tokens: Sequence[Token]) -> list[int]:
    """The numbers of the tokens that begin a clause; 0 is always the first."""
    cuts, own = [0], 0  # `own`: where the current clause's own words are counted from
    number = 1
    while number < len(tokens):
        aside = _aside(tokens, own, number)
        if aside is not None:  # ", who leads it, met": the words between do not count
            own = number = aside
            continue
        cut = _cut(tokens, own, number)
        if cut is not None and cut < len(tokens):
            cuts.append(cut)
            own = cut
        number += 1
    return cuts


def _aside(tokens: Sequence[Token], own: int, number: int) -> int | None:
    """Where a relative clause between commas ends that stands before the clause's own verb."""
    if tokens[number].text != "," or _finite_in(tokens, own, number):
        return None
    after = _past_quotes(tokens, number + 1)
    return _next_comma(tokens, after) if after < len(tokens) and tokens[after].lower in RELATIVES else None


def _cut(tokens: Sequence[Token], own: int, number: int) -> int | None:
    """The token at which a clause begins here, if one does."""
    word, before = tokens[number].lower, tokens[number - 1].lower
    if before in MARKS or (before == "that" and number > 1 and tokens[number - 2].lower in word_set("saying")):
        return number
    if before in word_set("saying") and word not in MARKS and word != "," and _opens(tokens, number):
        return number
    if not _finite_in(tokens, own, number):
        return None
    if word == "in" and number + 1 < len(tokens) and tokens[number + 1].lower == "which":
        return number
    if word == ",":
        return number + 1 if _clause_after_comma(tokens, _past_quotes(tokens, number + 1)) else None
    joins = word in CONJUNCTIONS or word in word_set("subordinators")
    return number if joins and before != "," and _opens(tokens, number + 1) else None


def is_finite(tokens: Sequence[Token], number: int) -> bool:
    """Does a token look like a verb that carries a clause?"""
    word = tokens[number].lower
    before = tokens[number - 1].lower if number else ""
    if word in word_set("auxiliaries"):
        return number == 0 or tokens[number].text != "May"  # the month
    if before in word_set("determiners") or before == "to":
        return False
    after = tokens[number + 1].lower if number + 1 < len(tokens) else ""
    if word in word_set("strong_verbs"):
        hanging = before == "," and after in word_set("prepositions") and word in word_set("strong_participles")
        return before not in word_set("prepositions") and not hanging
    if (
        not word.endswith("ed")
        or len(word) < 5
        or before in word_set("prepositions")
        or before in word_set("auxiliaries")
        or not before
    ):
        return False
    if before == "," and after in word_set("prepositions"):
        return False  # "a meeting, planned for Monday, was ..."
    return after != "by" and tokens[number].text[0].islower()


def _finite_in(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(is_finite(tokens, number) for number in range(first, min(last, len(tokens))))


def _opens(tokens: Sequence[Token], number: int) -> bool:
    """Do a subject and then its verb start here?"""
    number = _past_quotes(tokens, number)
    for at in range(number, min(number + SUBJECT_MOST, len(tokens))):
        if tokens[at].text in MARKS or tokens[at].text == ",":
            return False
        if is_finite(tokens, at):
            return at > number
    return False


def _clause_after_comma(tokens: Sequence[Token], number: int) -> bool:
    """Does the stretch after a comma have a verb of its own?"""
    if number >= len(tokens):
        return False
    if tokens[number].lower in CONJUNCTIONS | RELATIVES | word_set("subordinators"):
        number += 1
    return _finite_in(tokens, number, min(_next_comma(tokens, number), number + SUBJECT_MOST + 3))


def _next_comma(tokens: Sequence[Token], number: int) -> int:
    while number < len(tokens) and tokens[number].text != "," and tokens[number].text not in MARKS:
        number += 1
    return number


def _past_quotes(tokens: Sequence[Token], number: int) -> int:
    while number < len(tokens) and tokens[number].text in QUOTES:
        number += 1
    return number


def _reported(analysis: Analysis, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The bounds that reported speech sets around a range."""
    low, high = sentence.start, sentence.end
    for attribution in analysis.attributions_of(sentence.number):
        inside = next((span for span in attribution.content if span.start <= start and end <= span.end), None)
        if inside:
            low, high = max(low, inside.start), min(high, inside.end)
        elif attribution.content and end <= attribution.content[0].start and not _cues(attribution, start, end):
            high = min(high, attribution.content[0].start)
    return low, high


def _cues(attribution: Attribution, start: int, end: int) -> bool:
    """Is a range the cue itself: of "accused X of ..." all is one clause?"""
    return attribution.cue.start < end and start < attribution.cue.end


def _trimmed(tokens: Sequence[Token], first: int, last: int, at: int) -> tuple[int, int]:
    """Leave out what only joins a clause to the next one."""
    edges = CONJUNCTIONS | {"that", "while", "when", "where", "as", "although", "though", "because", "but", "after"}
    while first < at and (tokens[first].lower in edges or not tokens[first].text[0].isalnum()):
        first += 1
    while last - 1 > at and (
        tokens[last - 1].lower in CONJUNCTIONS
        or not (tokens[last - 1].text[0].isalnum() or tokens[last - 1].text in ")%")
    ):
        last -= 1
    return first, last
