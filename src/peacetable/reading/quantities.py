"""Quantities: numbers in digits and words, with their bounds, vagueness and unit, and what they count.

Dates, years, ordinals, ages, clock times, telephone numbers and numbers in names are none. A length of time that
`times` found ("a 90-day truce") is one. Bounds follow the findings scheme: "at least 30" has the value 30, "up to 40"
has no value and the maximum 40, "30 to 50" has both.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final, Literal, NamedTuple

from peacetable.model import Span
from peacetable.reading.analysis import Quantity, Sentence, TimeExpression
from peacetable.reading.number_words import (
    FRACTION_SIGNS,
    SCALES,
    SHORT_SCALES,
    is_number_word,
    number_of_digits,
    number_of_words,
)

Bound = Literal["exact", "least", "above", "most", "about"]

_TOKEN: Final = re.compile(
    r"\d{1,15}(?:,\d{3}(?!\d))*(?:\.\d+)?|\d+|[^\W\d_]+(?:['’][^\W\d_]+)*|[½¼¾⅓⅔]|\n[ \t]*(?:\n\s*|(?=\d{1,2}[.)][ \t]))|[^\s]", re.UNICODE
)
#: How many words before a number are looked at for what bounds it.
REACH: Final = 4


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
    fractions: Mapping[str, float]
    fraction_plurals: Mapping[str, int]
    signs: frozenset[str]
    codes: frozenset[str]
    currencies: frozenset[str]
    measures: Mapping[str, str]
    durations: Mapping[str, str]
    names: frozenset[str]
    stops: frozenset[str]
    heads: frozenset[str]
    participles: frozenset[str]
    irregular: Mapping[str, str]


@cache
def word_lists() -> Words:
    """The word lists, read once."""
    data = tomllib.loads(resources.files("peacetable.reading").joinpath("words/quantities.toml").read_text("utf-8"))
    return Words(
        bounds={phrase: name for name, phrases in data["bounds"].items() for phrase in phrases},
        after={phrase: name for name, phrases in data["after"].items() for phrase in phrases},
        vague={phrase: (low, high) for group in data["vague"].values() for phrase, (low, high) in group.items()},
        fractions=data["fractions"]["words"],
        fraction_plurals=data["fractions"]["plurals"],
        signs=frozenset(data["money"]["signs"]),
        codes=frozenset(data["money"]["codes"]),
        currencies=frozenset(data["money"]["words"]),
        measures=data["measure"]["words"],
        durations=data["duration"]["words"],
        names=frozenset(data["names"]["before"]),
        stops=frozenset(data["nouns"]["stops"]),
        heads=frozenset(data["nouns"]["heads"]),
        participles=frozenset(data["nouns"]["participles"]),
        irregular=data["nouns"]["irregular"],
    )


def quantities(
    text: str,
    *,
    sentences: Sequence[Sentence] = (),
    times: Sequence[TimeExpression] = (),
    furniture: Sequence[Span] = (),
) -> tuple[Quantity, ...]:
    """The quantities of a text, in order.

    Args:
        text: the report's text.
        sentences: where sentences start, if known; a noun phrase never goes across one.
        times: the text's time expressions: their dates are no quantities, their lengths are.
        furniture: runs of the text that are not read.
    """
    pieces = [Piece(m.start(), m.end(), m.group(), m.group().lower()) for m in _TOKEN.finditer(text)]
    closed = _closed(times, furniture)
    starts = [sentence.start for sentence in sentences]
    found: list[Quantity] = []
    at = 0
    while at < len(pieces):
        if _inside(closed, pieces[at].start):
            at += 1
            continue
        number = _number(pieces, at)
        if number is None or _in_name(pieces, number):
            at = number.last if number else at + 1
            continue
        quantity = _quantity(text, pieces, number, starts)
        if quantity is not None:
            found.append(quantity)
        at = number.last
    return tuple(found)


def _closed(times: Sequence[TimeExpression], furniture: Sequence[Span]) -> list[tuple[int, int]]:
    """The runs in which no quantity stands, in order."""
    dated = [(time.start, time.end) for time in times if time.type != "DURATION"]
    return sorted([*dated, *((span.start, span.end) for span in furniture)])


def _inside(closed: Sequence[tuple[int, int]], offset: int) -> bool:
    at = bisect_right(closed, (offset, 1 << 62)) - 1
    return any(start <= offset < end for start, end in closed[max(0, at - 1) : at + 1])


# Reading a number.


def _number(pieces: Sequence[Piece], at: int) -> Number | None:
    """The number that starts at a token: a range, a fraction, a vague plural, digits or words."""
    for reader in (_vague, _fraction, _range, _single):
        number = reader(pieces, at)
        if number is not None:
            return number
    return None


def _lower(pieces: Sequence[Piece], at: int) -> str:
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
    lists, word, following = word_lists(), _lower(pieces, at), _lower(pieces, at + 1)
    if word == "half" and following in ("of", "the", "its", "their", "his", "all") or word == "half" and _lower(pieces, at - 1) == "by":
        return Number(at, at + 1, 50, unit="%")
    if word == "half" and following == "a" and _lower(pieces, at + 2) in SCALES:
        return Number(at, at + 3, SCALES[_lower(pieces, at + 2)] / 2)
    if word in ("a", "one"):
        place = at + 2 if following == "-" else at + 1
        share = lists.fractions.get(_lower(pieces, place))
        if share is not None and _lower(pieces, place) != "half":
            if _lower(pieces, place + 1) == "of" and _lower(pieces, place + 2) == "a" and _lower(pieces, place + 3) in SCALES:
                return Number(at, place + 4, share / 100 * SCALES[_lower(pieces, place + 3)])
            after = _lower(pieces, place + 1)
            if after == "of" or _lower(pieces, at - 1) == "by" or not after.isalpha():
                return Number(at, place + 1, float(int(share)) if word == "a" else float(int(share)), unit="%")
            return None
    count = number_of_words([word]) if is_number_word(word) else None
    if count is None:
        return None
    place = at + 2 if following == "-" else at + 1
    if _lower(pieces, place) in lists.fraction_plurals:
        return Number(at, place + 1, round(100 * count / lists.fraction_plurals[_lower(pieces, place)], 1), unit="%")
    return _one_in(pieces, at, count)


def _one_in(pieces: Sequence[Piece], at: int, count: float) -> Number | None:
    """ "One in five", "three voters in four", "nine out of ten"."""
    for place in (at + 1, at + 2):
        if place == at + 1 and _lower(pieces, place) == "out" and _lower(pieces, place + 1) == "of":
            end = place + 2
        elif _lower(pieces, place) == "in":
            end = place + 1
        else:
            continue
        word = _lower(pieces, end)
        whole = number_of_words([word]) if is_number_word(word) else None
        if whole and count < whole <= 10 and _lower(pieces, end + 1) not in ("days", "weeks", "months", "years", "hours", "million", "hundred", "thousand"):  # noqa: E501
            return Number(at, end + 1 if place == at + 1 else end + 1, round(100 * count / whole, 1), unit="%")
    return None


def _range(pieces: Sequence[Piece], at: int) -> Number | None:
    """ "30 to 50", "30-50", "between 30 and 50", "nine to 12"."""
    first = _single(pieces, at)
    if first is None:
        return None
    link = _lower(pieces, first.last)
    between = _lower(pieces, at - 1) == "between" or _lower(pieces, at - 2) == "between"
    if link not in (("and", "to") if between else ("to", "-", "–", "or")):
        return None
    second = _single(pieces, first.last + 1)
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
    return _lower(pieces, number.last - 1) in SCALES or _lower(pieces, number.last - 1) in SHORT_SCALES


def _scale_of(pieces: Sequence[Piece], number: Number) -> float:
    word = _lower(pieces, number.last - 1)
    return SCALES.get(word) or SHORT_SCALES.get(word) or 1


def _single(pieces: Sequence[Piece], at: int) -> Number | None:
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
    scale, digits = _lower(pieces, last), last
    if scale == "-" and _lower(pieces, last + 1) in SCALES:
        scale, last = _lower(pieces, last + 1), last + 1
    if scale in SCALES:
        value, last = value * SCALES[scale], last + 1
    elif following is not None and scale in SHORT_SCALES and following.start == pieces[digits - 1].end and following.text.islower():
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
    if _lower(pieces, at) in ("a", "an"):
        if _lower(pieces, at + 1) == "dozen":
            return Number(at, at + 2, 12)
        if _lower(pieces, at + 1) == "couple":
            return None
        if _lower(pieces, at + 1) not in SCALES:
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
        elif not (word in ("-", "–") and words and pieces[place].start == pieces[place - 1].end and is_number_word(_lower(pieces, place + 1))):  # noqa: E501
            break
    while words and words[-1] == "and":
        words.pop()
        last -= 1
    value = number_of_words(words) if words and words != ["a"] else None
    if value is None:
        return None
    end = last + 1
    if _lower(pieces, end) == "dozen":
        value, end = value * 12, end + 1
    if _lower(pieces, end) == "and" and _lower(pieces, end + 1) == "a" and _lower(pieces, end + 2) == "half":
        value, end = value + 0.5, end + 3
    elif _lower(pieces, end) == "and" and _lower(pieces, end + 1) == "half":
        value, end = value + 0.5, end + 2
    return Number(at, end, value, unit=_percent(pieces, end))


def _percent(pieces: Sequence[Piece], at: int) -> str | None:
    if _lower(pieces, at) in ("%", "percent", "pc"):
        return "%"
    return "%" if _lower(pieces, at) == "per" and _lower(pieces, at + 1) == "cent" else None


def _in_name(pieces: Sequence[Piece], number: Number) -> bool:
    """Numbers in names, ordinals, ages, telephone numbers and clock times are no quantities."""
    lists, first, last = word_lists(), pieces[number.first], pieces[number.last - 1]
    before = pieces[number.first - 1] if number.first else None
    after = pieces[number.last] if number.last < len(pieces) else None
    if number.vague or number.unit == "%":
        return False
    if _listed(pieces, number):
        return True
    touching = before is not None and before.end == first.start
    if before is not None and touching and (before.text[-1].isalpha() or before.text in "/_#'’.:" or (before.text in "-–" and number.first > 1 and pieces[number.first - 2].end == before.start)):  # noqa: E501
        return before.lower not in lists.signs and before.lower not in lists.codes
    if after is not None and after.start == last.end and first.text[0].isdigit():
        if after.lower in ("st", "nd", "rd", "th") or after.text in "/:_°":
            return True
        if after.text.isalpha() and after.lower not in lists.measures and after.lower not in SHORT_SCALES and after.lower not in lists.currencies:  # noqa: E501
            return True
    if before is not None and before.lower in lists.names and (first.text[0].isdigit() or before.text[0].isupper()):
        return number.to is None or before.text[0].isupper()
    if before is not None and before.text == "." and number.first > 1 and _lower(pieces, number.first - 2) in ("no", "art", "nos", "para"):  # noqa: E501
        return True
    if first.text[0].isupper() and after is not None and after.text[:1].isupper() and before is not None and before.text not in ".\"“":
        return True
    if _lower(pieces, number.first - 1) == "of" and _lower(pieces, number.first - 2) in ("group", "gang") and pieces[number.first - 2].text[0].isupper():  # noqa: E501
        return True
    return _age(pieces, number) or _phone(pieces, number) or _pronoun(pieces, number)


def _listed(pieces: Sequence[Piece], number: Number) -> bool:
    """ "4. The parties agree ...": the number of a paragraph."""
    before, after = number.first - 1, _lower(pieces, number.last)
    starts = before < 0 or "\n" in pieces[before].text or pieces[before].text in "([•*" or _lower(pieces, before) == ""
    if not starts or number.last - number.first != 1 or not pieces[number.first].text.isdigit():
        return False
    return after in (".", ")", "]") and number.value < 100 and pieces[before].text != "(" if before >= 0 else after in (".", ")")


def _age(pieces: Sequence[Piece], number: Number) -> bool:
    """ "A 41-year-old", "aged 41", "Callum Reid, 41, said"."""
    if [_lower(pieces, number.last + step) for step in range(4)] in (["-", "year", "-", "old"], ["–", "year", "–", "old"]):
        return number.value > 1
    before, after = _lower(pieces, number.first - 1), _lower(pieces, number.last)
    if after in ("year", "years") and _lower(pieces, number.last + 1) in ("old", "of"):
        return _lower(pieces, number.last + 1) == "old" or _lower(pieces, number.last + 2) == "age"
    if before == "," and after in (",", ".", ")") and number.first > 1 and 10 <= number.value <= 99:
        return pieces[number.first - 2].text[0].isupper() and pieces[number.first].text[0].isdigit()
    return False


def _phone(pieces: Sequence[Piece], number: Number) -> bool:
    """Digits that hang together by hyphens or after a plus are a number to dial."""
    first = pieces[number.first]
    if not first.text[0].isdigit():
        return False
    if first.text.startswith("0") and len(first.text) > 1 and "." not in first.text:
        return True
    return _lower(pieces, number.first - 1) == "+" or (number.value >= 10**9 and number.last == number.first + 1 and "," not in first.text)  # noqa: E501


def _pronoun(pieces: Sequence[Piece], number: Number) -> bool:
    """ "One" is a pronoun more often than a number: it counts only before a noun or "of"."""
    if number.last - number.first != 1 or pieces[number.first].lower not in ("one", "zero"):
        return False
    before, after = _lower(pieces, number.first - 1), _lower(pieces, number.last)
    if before in ("no", "any", "every", "this", "that", "the", "which", "each", "another", "for", "some", "at"):
        return True
    return not after.isalpha() and after != "of" or after in word_lists().stops and after != "of" and after not in word_lists().heads  # noqa: E501


# From a number to a quantity.


def _quantity(text: str, pieces: Sequence[Piece], number: Number, starts: Sequence[int]) -> Quantity | None:
    first, bound = _before(pieces, number)
    last, bound = _behind(pieces, number, bound)
    unit, last = _unit(pieces, number, last)
    noun, head = _noun(text, pieces, last if unit is None else _past_percent(pieces, last), starts)
    if unit in ("days", "hours", "weeks", "months", "years", "minutes", "seconds", "decades", "centuries") or (unit and unit not in ("%",)):  # noqa: E501
        noun_after = noun
        noun, head = noun_after, head or unit
    value, most, low, high = _values(number, bound)
    start, end = pieces[first].start, pieces[last - 1].end
    approximate = bound in ("least", "above", "about") or number.vague or (bound == "most")
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        value=value,
        max=most,
        low=low,
        high=high,
        unit=unit or (pieces_unit(noun) if noun else None),
        noun=noun,
        head=head,
        approximate=approximate,
        vague=number.vague,
    )


def pieces_unit(noun: Span) -> str:
    """What is counted, as the scheme's unit: the last word of the noun."""
    return noun.quote.split()[-1].lower()


def _values(number: Number, bound: Bound) -> tuple[float | None, float | None, float | None, float | None]:
    """Value and maximum as in the scheme, low and high as a count."""
    if number.vague:
        return number.value, number.high, number.value, number.high
    if number.to is not None:
        return number.value, number.to, number.value, number.to
    if bound == "most":
        return None, number.value, None, number.value
    if bound in ("least", "above"):
        return number.value, None, number.value, None
    return number.value, None, number.value, number.value


def _before(pieces: Sequence[Piece], number: Number) -> tuple[int, Bound]:
    """Where the quantity starts, and what the words before the number make of it."""
    lists, at, bound = word_lists(), number.first, "exact"
    if at and (pieces[at - 1].lower in lists.signs or pieces[at - 1].lower in lists.codes):
        at -= 1
        if at and pieces[at - 1].lower in ("us", "a", "c", "nz") and pieces[at - 1].end == pieces[at].start:
            at -= 1
    if number.to is not None and at and pieces[at - 1].lower == "between":
        at -= 1
    found = True
    while found:
        found = False
        for size in (3, 2, 1):
            phrase = " ".join(piece.lower for piece in pieces[max(0, at - size) : at])
            name = lists.bounds.get(phrase) if at >= size else None
            if name is None or name == "exact":
                continue
            if phrase == "under" and pieces[at - 1].start == 0:
                continue
            at, found = at - size, True
            bound = name if bound == "exact" or name in ("least", "above", "most") else bound
            break
    return at, bound  # type: ignore[return-value]


def _behind(pieces: Sequence[Piece], number: Number, bound: Bound) -> tuple[int, Bound]:
    """Where the number ends, with "or more" and the like."""
    lists = word_lists()
    for size in (2, 1):
        phrase = " ".join(piece.lower for piece in pieces[number.last : number.last + size])
        if phrase in lists.after and bound == "exact":
            return number.last + size, lists.after[phrase]
    if _lower(pieces, number.last) == "+" and pieces[number.last].start == pieces[number.last - 1].end:
        return number.last + 1, "above"
    if _lower(pieces, number.last) == "-" and _lower(pieces, number.last + 1) in ("odd", "plus"):
        return number.last + 2, "about" if _lower(pieces, number.last + 1) == "odd" else "above"
    return number.last, bound


def _past_percent(pieces: Sequence[Piece], at: int) -> int:
    return at


def _unit(pieces: Sequence[Piece], number: Number, last: int) -> tuple[str | None, int]:
    """The unit that a number has by itself, and where it ends: money, percent, measures, lengths of time."""
    lists = word_lists()
    sign = _lower(pieces, number.first - 1)
    if sign in lists.signs or sign in lists.codes:
        code = pieces[number.first - 1].text
        if number.first > 1 and pieces[number.first - 2].lower in ("us", "a", "c", "nz") and pieces[number.first - 2].end == pieces[number.first - 1].start:  # noqa: E501
            code = pieces[number.first - 2].text + code
        names = {"$": "dollars", "US$": "US$", "€": "euros", "£": "pounds", "¥": "yen", "₱": "pesos"}
        return names.get(code, code), last
    if number.unit == "%":
        percent = _lower(pieces, last)
        if percent in ("%", "percent", "pc"):
            return "%", last + 1
        return "%", last + 2 if percent == "per" else last
    at = last + 1 if _lower(pieces, last) in ("-", "–") else last
    word = _lower(pieces, at)
    for skipped in (0, 1):
        word = _lower(pieces, at + skipped)
        if skipped and _lower(pieces, at) not in ("more", "full", "further", "additional", "extra", "straight", "consecutive", "million", "us", "square", "swiss", "cfa"):  # noqa: E501
            break
        if word in lists.durations:
            return lists.durations[word], at + skipped + 1
        if word in lists.currencies:
            return word, at + skipped + 1
        if word in lists.measures and word != "square":
            return lists.measures[word], at + skipped + 1
    return None, last


def _noun(text: str, pieces: Sequence[Piece], at: int, starts: Sequence[int]) -> tuple[Span | None, str | None]:
    """The noun phrase that a number counts, and its last word in the singular."""
    lists = word_lists()
    if _lower(pieces, at) == "-" and at < len(pieces) and pieces[at].start == pieces[at - 1].end:
        at += 1
    if _lower(pieces, at) == "of":
        at += 1
        if _lower(pieces, at) in ("the", "its", "their", "his", "her", "our", "these", "those", "whom", "them", "a", "an"):
            at += 1
        if _lower(pieces, at - 1) in ("whom", "them"):
            return None, None
        counted = at + 1 if _lower(pieces, at) in ("some", "about", "estimated") else at
        whole = _single(pieces, counted)
        if whole is not None:
            at = whole.last  # "six of 14 schools": schools are counted
    if _lower(pieces, at) == "more":
        at += 1
    first, last = at, at
    while last < len(pieces) and last - first < 8:
        piece = pieces[last]
        if not piece.text[0].isalpha() and not (piece.text in "-–" and last > first):
            break
        if piece.text in "-–" and not (last + 1 < len(pieces) and pieces[last + 1].start == piece.end == pieces[last - 1].end + 1):
            break
        if last > first and starts and bisect_right(starts, piece.start) != bisect_right(starts, pieces[first].start):
            break
        if piece.lower in lists.heads and (last == first or piece.lower not in lists.participles):
            if last == first and not _noun_follows(pieces, last + 1):
                return Span.of(text, piece.start, piece.end), piece.lower
            if last > first:
                break
        elif piece.lower in lists.stops and not (piece.lower in lists.participles and last == first and _noun_follows(pieces, last + 1)):  # noqa: E501
            break
        elif last > first and piece.lower.endswith("ed") and piece.lower not in lists.participles:
            break
        elif last > first and piece.lower.endswith("ing") and not _noun_follows(pieces, last + 1):
            break
        last += 1
        if _plural(piece.lower) and not _noun_follows(pieces, last):
            break
    while last > first and pieces[last - 1].text in "-–":
        last -= 1
    if last == first:
        return None, None
    return Span.of(text, pieces[first].start, pieces[last - 1].end), _singular(pieces[last - 1].lower)


def _noun_follows(pieces: Sequence[Piece], at: int) -> bool:
    """Does the noun phrase go on with another noun in the plural ("police officers")?"""
    if at >= len(pieces):
        return False
    word = pieces[at].lower
    return word.isalpha() and word not in word_lists().stops and (_plural(word) or word in ("police", "personnel"))


def _plural(word: str) -> bool:
    return word in word_lists().irregular or (word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3)


def _singular(word: str) -> str:
    irregular = word_lists().irregular
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
