"""Numbers in a text: digits and words, ranges, fractions, shares ("one in five") and vague plurals ("dozens").

A number is found here as such; whether it counts anything, and what, is for `quantities`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal, NamedTuple

from peacetable.reading.number_words import (
    FRACTION_SIGNS,
    SCALES,
    SHORT_SCALES,
    TENS,
    UNITS,
    is_number_word,
    number_of_digits,
    number_of_words,
)

Bound = Literal["exact", "least", "above", "most", "about"]

# A number, a word, the sign of a fraction, an empty line or the line before a numbered paragraph, a mark.
_TOKEN: Final = re.compile(
    r"""\d{1,15}(?:,\d{3}(?!\d))*(?:\.\d+)? | \d+ | [^\W\d_]+(?:['’][^\W\d_]+)* | [½¼¾⅓⅔]
      | \n[ \t]*(?:\n\s*|(?=\d{1,2}[.)][ \t])) | [^\s]""",
    re.VERBOSE,
)


class Piece(NamedTuple):
    """A token with its lower case."""

    start: int
    end: int
    text: str
    lower: str


class Number(NamedTuple):
    """A number that stands at tokens `first` to `last` (not included)."""

    first: int
    last: int
    value: float
    high: float | None = None  # the upper end of a vague plural
    vague: bool = False
    unit: str | None = None
    to: float | None = None  # the upper end of a range


@dataclass(frozen=True, slots=True)
class Words:
    """What `words/quantities.toml` says."""

    bounds: Mapping[str, Bound]
    after: Mapping[str, Bound]
    vague: Mapping[str, tuple[float, float]]
    openers: frozenset[str]  # the words with which a number can begin
    fractions: Mapping[str, float]
    fraction_plurals: Mapping[str, int]
    signs: frozenset[str]
    codes: frozenset[str]
    currencies: frozenset[str]
    measures: Mapping[str, str]
    durations: Mapping[str, str]
    names: frozenset[str]
    attributes: frozenset[str]
    stops: frozenset[str]
    heads: frozenset[str]
    participles: frozenset[str]
    irregular: Mapping[str, str]


@cache
def word_lists() -> Words:
    """The word lists, read once."""
    data = tomllib.loads(resources.files("peacetable.reading").joinpath("words/quantities.toml").read_text("utf-8"))
    vague = {phrase: (low, high) for group in data["vague"].values() for phrase, (low, high) in group.items()}
    return Words(
        bounds={phrase: name for name, phrases in data["bounds"].items() for phrase in phrases},
        after={phrase: name for name, phrases in data["after"].items() for phrase in phrases},
        vague=vague,
        openers=frozenset({"a", "an", "half", *UNITS, *TENS, *SCALES, *(phrase.split()[0] for phrase in vague)}),
        fractions=data["fractions"]["words"],
        fraction_plurals=data["fractions"]["plurals"],
        signs=frozenset(data["money"]["signs"]),
        codes=frozenset(data["money"]["codes"]),
        currencies=frozenset(data["money"]["words"]),
        measures=data["measure"]["words"],
        durations=data["duration"]["words"],
        names=frozenset(data["names"]["before"]),
        attributes=frozenset(data["names"]["hyphened"]),
        stops=frozenset(data["nouns"]["stops"]),
        heads=frozenset(data["nouns"]["heads"]),
        participles=frozenset(data["nouns"]["participles"]),
        irregular=data["nouns"]["irregular"],
    )


def pieces_of(text: str) -> list[Piece]:
    """The tokens of a text."""
    return [Piece(match.start(), match.end(), match.group(), match.group().lower()) for match in _TOKEN.finditer(text)]


def number_at(pieces: Sequence[Piece], at: int) -> Number | None:
    """The number that starts at a token: a range, a fraction, a vague plural, digits or words."""
    if pieces[at].lower not in word_lists().openers and not pieces[at].text[0].isdigit():
        return None
    for reader in (_vague, _fraction, _range, single_at):
        number = reader(pieces, at)
        if number is not None:
            return number
    return None


def lower_at(pieces: Sequence[Piece], at: int) -> str:
    return pieces[at].lower if 0 <= at < len(pieces) else ""


def _vague(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "Dozens", "tens of thousands", "several hundred"."""
    lists = word_lists()
    for size in (3, 2, 1):
        phrase = " ".join(piece.lower for piece in pieces[at : at + size])
        if phrase in lists.vague and at + size <= len(pieces):
            low, high = lists.vague[phrase]
            return Number(at, at + size, low, high or None, vague=True)
    return None


def _fraction(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "Half of", "a third of", "two thirds", "one in five": a share in percent, as the scheme writes it."""
    lists, word, following = word_lists(), lower_at(pieces, at), lower_at(pieces, at + 1)
    if (word == "half" and following in ("of", "the", "its", "their", "his", "all")) or (
        word == "half" and lower_at(pieces, at - 1) == "by"
    ):
        return Number(at, at + 1, 50, unit="%")
    if word == "half" and following == "a" and lower_at(pieces, at + 2) in SCALES:
        return Number(at, at + 3, SCALES[lower_at(pieces, at + 2)] / 2)
    if word in ("a", "one"):
        place = at + 2 if following == "-" else at + 1
        share = lists.fractions.get(lower_at(pieces, place))
        if share is not None and lower_at(pieces, place) != "half":
            if (
                lower_at(pieces, place + 1) == "of"
                and lower_at(pieces, place + 2) == "a"
                and lower_at(pieces, place + 3) in SCALES
            ):
                return Number(at, place + 4, share / 100 * SCALES[lower_at(pieces, place + 3)])
            after = lower_at(pieces, place + 1)
            if after == "of" or lower_at(pieces, at - 1) == "by" or not after.isalpha():
                return Number(at, place + 1, float(int(share)), unit="%")
            return None
    count = number_of_words([word]) if is_number_word(word) else None
    if count is None:
        return None
    place = at + 2 if following == "-" else at + 1
    if lower_at(pieces, place) in lists.fraction_plurals:
        return Number(at, place + 1, round(100 * count / lists.fraction_plurals[lower_at(pieces, place)], 1), unit="%")
    return _one_in(pieces, at, count)


def _one_in(pieces: Sequence[Piece], at: int, count: float) -> Number | None:
    """ "One in five", "three voters in four", "nine out of ten"."""
    for place in (at + 1, at + 2):
        if place == at + 1 and lower_at(pieces, place) == "out" and lower_at(pieces, place + 1) == "of":
            end = place + 2
        elif lower_at(pieces, place) == "in":
            end = place + 1
        else:
            continue
        word = lower_at(pieces, end)
        whole = number_of_words([word]) if is_number_word(word) else None
        if (
            whole
            and count < whole <= 10
            and lower_at(pieces, end + 1)
            not in ("days", "weeks", "months", "years", "hours", "million", "hundred", "thousand")
        ):
            return Number(at, end + 1, round(100 * count / whole, 1), unit="%")
    return None


def _range(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "30 to 50", "30-50", "between 30 and 50", "nine to 12"."""
    first = single_at(pieces, at)
    if first is None:
        return None
    link = lower_at(pieces, first.last)
    between = lower_at(pieces, at - 1) == "between" or lower_at(pieces, at - 2) == "between"
    if link not in (("and", "to") if between else ("to", "-", "–", "or")):
        return None
    place = first.last + 1
    if lower_at(pieces, place) in word_lists().signs and lower_at(pieces, place) == lower_at(pieces, at - 1):
        place += 1
    second = single_at(pieces, place)
    if second is None:
        return None
    value = first.value
    if second.value >= 1000 and value < second.value / 1000 and _scaled(pieces, second):
        value *= _scale_of(pieces, second)
    if not value < second.value:
        return None
    if link == "or" and second.value != value + 1:
        return None
    if link == "to" and not between and second.value > 10 * value and value < 100:
        return None
    return Number(at, second.last, value, unit=second.unit or first.unit, to=second.value)


def _scaled(pieces: Sequence[Piece], number: Number) -> bool:
    return lower_at(pieces, number.last - 1) in SCALES or lower_at(pieces, number.last - 1) in SHORT_SCALES


def _scale_of(pieces: Sequence[Piece], number: Number) -> float:
    word = lower_at(pieces, number.last - 1)
    return SCALES.get(word) or SHORT_SCALES.get(word) or 1


def single_at(pieces: Sequence[Piece], at: int) -> Number | None:
    if at >= len(pieces):
        return None
    return _of_digits(pieces, at) if pieces[at].text[0].isdigit() else _of_words(pieces, at)


def _of_digits(pieces: Sequence[Piece], at: int) -> Number | None:
    value = number_of_digits(pieces[at].text)
    if value is None:
        return None
    last = at + 1
    while _thousands(pieces, at, last):
        value, last = value * 1000 + float(pieces[last].text), last + 1
    following = pieces[last] if last < len(pieces) else None
    if following is not None and following.text in FRACTION_SIGNS:
        return Number(at, last + 1, value + FRACTION_SIGNS[following.text])
    scale, digits = lower_at(pieces, last), last
    if scale == "-" and lower_at(pieces, last + 1) in SCALES:
        scale, last = lower_at(pieces, last + 1), last + 1
    if scale in SCALES:
        value, last = value * SCALES[scale], last + 1
    elif (
        following is not None
        and scale in SHORT_SCALES
        and following.start == pieces[digits - 1].end
        and following.text.islower()
    ):
        value, last = value * SHORT_SCALES[scale], last + 1
    return Number(at, last, round(value, 6), unit=_percent(pieces, last))


def _thousands(pieces: Sequence[Piece], first: int, at: int) -> bool:
    """Is the token the next three digits of a number written with spaces ("390 000")?"""
    if at >= len(pieces) or not (pieces[at].text.isdigit() and len(pieces[at].text) == 3):
        return False
    begin = pieces[first].text
    return begin.isdigit() and len(begin) <= 3 and begin[0] != "0" and pieces[at].start == pieces[at - 1].end + 1


def _of_words(pieces: Sequence[Piece], at: int) -> Number | None:
    words: list[str] = []
    last = at
    if lower_at(pieces, at) in ("a", "an"):
        if lower_at(pieces, at + 1) == "dozen":
            return Number(at, at + 2, 12)
        if lower_at(pieces, at + 1) == "couple":
            return None
        if lower_at(pieces, at + 1) not in SCALES:
            return None
        words, last = ["a"], at
        at_next = at + 1
    else:
        at_next = at
    for place in range(at_next, min(at_next + 14, len(pieces))):
        word = pieces[place].lower
        if is_number_word(word) or (word == "and" and words and words[-1] in ("hundred", "thousand")):
            words.append(word)
            last = place
        elif not (
            word in ("-", "–")
            and words
            and pieces[place].start == pieces[place - 1].end
            and is_number_word(lower_at(pieces, place + 1))
        ):
            break
    while words and words[-1] == "and":
        words.pop()
        last -= 1
    value = number_of_words(words) if words and words != ["a"] else None
    if value is None:
        return None
    end = last + 1
    if lower_at(pieces, end) == "dozen":
        value, end = value * 12, end + 1
    if lower_at(pieces, end) == "and" and lower_at(pieces, end + 1) == "a" and lower_at(pieces, end + 2) == "half":
        value, end = value + 0.5, end + 3
    elif lower_at(pieces, end) == "and" and lower_at(pieces, end + 1) == "half":
        value, end = value + 0.5, end + 2
    return Number(at, end, value, unit=_percent(pieces, end))


def _percent(pieces: Sequence[Piece], at: int) -> str | None:
    if lower_at(pieces, at) in ("%", "percent", "pc"):
        return "%"
    return "%" if lower_at(pieces, at) == "per" and lower_at(pieces, at + 1) == "cent" else None
