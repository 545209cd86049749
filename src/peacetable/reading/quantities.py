"""Quantities: numbers in digits and words, with their bounds, vagueness and unit, and what they count.

Dates, years, ordinals, ages, clock times, telephone numbers and numbers in names are none. A length of time that
`times` found ("a 90-day truce") is one. Bounds follow the findings scheme: "at least 30" has the value 30, "up to 40"
has no value and the maximum 40, "30 to 50" has both.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from peacetable.model import Span
from peacetable.reading.analysis import Quantity, Sentence, TimeExpression
from peacetable.reading.number_grammar import (
    Bound,
    Number,
    Piece,
    lower_at,
    number_at,
    pieces_of,
    single_at,
    word_lists,
)
from peacetable.reading.number_words import SHORT_SCALES


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
    pieces = pieces_of(text)
    closed = _closed(times, furniture)
    starts = [sentence.start for sentence in sentences]
    found: list[Quantity] = []
    at = 0
    openers = word_lists().openers
    while at < len(pieces):
        begins = pieces[at].lower in openers or pieces[at].text[0].isdigit()
        if not begins or _inside(closed, pieces[at].start):
            at += 1
            continue
        number = number_at(pieces, at)
        if number is None or _in_name(pieces, number):
            at = number.last if number else at + 1
            continue
        found.append(_quantity(text, pieces, number, starts))
        at = number.last
    return tuple(found)


def _closed(times: Sequence[TimeExpression], furniture: Sequence[Span]) -> list[tuple[int, int]]:
    """The runs in which no quantity stands, in order."""
    dated = [(time.start, time.end) for time in times if time.type != "DURATION"]
    return sorted([*dated, *((span.start, span.end) for span in furniture)])


def _inside(closed: Sequence[tuple[int, int]], offset: int) -> bool:
    at = bisect_right(closed, (offset, 1 << 62)) - 1
    return any(start <= offset < end for start, end in closed[max(0, at - 1) : at + 1])


# What is a number and counts nothing.


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
    if (
        before is not None
        and touching
        and (
            before.text[-1].isalpha()
            or before.text in "/_#'’.:"
            or (before.text in "-–" and number.first > 1 and pieces[number.first - 2].end == before.start)
        )
    ):
        return before.lower not in lists.signs and before.lower not in lists.codes
    if after is not None and after.start == last.end and first.text[0].isdigit():
        if after.lower in ("st", "nd", "rd", "th") or after.text in "/:_°":
            return True
        if (
            after.text.isalpha()
            and after.lower not in lists.measures
            and after.lower not in SHORT_SCALES
            and after.lower not in lists.currencies
        ):
            return True
    if before is not None and before.lower in lists.names and (first.text[0].isdigit() or before.text[0].isupper()):
        return number.to is None or before.text[0].isupper()
    if (
        before is not None
        and before.text == "."
        and number.first > 1
        and lower_at(pieces, number.first - 2) in ("no", "art", "nos", "para")
    ):
        return True
    if (
        first.text[0].isupper()
        and after is not None
        and after.text[:1].isupper()
        and before is not None
        and before.text not in '."“'
    ):
        return True
    if (
        lower_at(pieces, number.first - 1) == "of"
        and lower_at(pieces, number.first - 2) in ("group", "gang")
        and pieces[number.first - 2].text[0].isupper()
    ):
        return True
    if lower_at(pieces, number.last) in ("-", "–") and lower_at(pieces, number.last + 1) in lists.attributes:
        return True
    return _age(pieces, number) or _phone(pieces, number) or _pronoun(pieces, number)


def _listed(pieces: Sequence[Piece], number: Number) -> bool:
    """ "4. The parties agree ...": the number of a paragraph."""
    before, after = number.first - 1, lower_at(pieces, number.last)
    starts = (
        before < 0 or "\n" in pieces[before].text or pieces[before].text in "([•*" or lower_at(pieces, before) == ""
    )
    if not starts or number.last - number.first != 1 or not pieces[number.first].text.isdigit():
        return False
    return (
        after in (".", ")", "]") and number.value < 100 and pieces[before].text != "("
        if before >= 0
        else after in (".", ")")
    )


def _age(pieces: Sequence[Piece], number: Number) -> bool:
    """ "A 41-year-old", "aged 41", "Callum Reid, 41, said"."""
    if [lower_at(pieces, number.last + step) for step in range(4)] in (
        ["-", "year", "-", "old"],
        ["–", "year", "–", "old"],
    ):
        return number.value > 1
    before, after = lower_at(pieces, number.first - 1), lower_at(pieces, number.last)
    if after in ("year", "years") and lower_at(pieces, number.last + 1) in ("old", "of"):
        return lower_at(pieces, number.last + 1) == "old" or lower_at(pieces, number.last + 2) == "age"
    if before == "," and after in (",", ".", ")") and number.first > 1 and 10 <= number.value <= 99:
        return pieces[number.first - 2].text[0].isupper() and pieces[number.first].text[0].isdigit()
    return False


def _phone(pieces: Sequence[Piece], number: Number) -> bool:
    """Digits that hang together by hyphens or after a plus are a number to dial."""
    first = pieces[number.first]
    if not first.text[0].isdigit():
        return False
    if first.text.startswith("0") and not first.text.startswith("0.") and len(first.text) > 1:
        return True
    if (
        lower_at(pieces, number.last) == "."
        and lower_at(pieces, number.last + 1).isdigit()
        and pieces[number.last + 1].start == pieces[number.last - 1].end + 1
    ):
        return True
    begin = number.first
    while begin > number.first - 6 and begin and pieces[begin - 1].text[0].isdigit():
        begin -= 1
    if lower_at(pieces, begin - 1) == "+" or number.first - begin > 2:
        return True
    return number.value >= 10**9 and number.last == number.first + 1 and "," not in first.text


def _pronoun(pieces: Sequence[Piece], number: Number) -> bool:
    """ "One" is a pronoun more often than a number: it counts only before a noun or "of"."""
    if number.last - number.first != 1 or pieces[number.first].lower not in ("one", "zero"):
        return False
    before, after = lower_at(pieces, number.first - 1), lower_at(pieces, number.last)
    if before in ("no", "any", "every", "this", "that", "the", "which", "each", "another", "for", "some", "at"):
        return True
    return (not after.isalpha() and after != "of") or (
        after in word_lists().stops and after != "of" and after not in word_lists().heads
    )


# From a number to a quantity.


def _quantity(text: str, pieces: Sequence[Piece], number: Number, starts: Sequence[int]) -> Quantity:
    first, bound = _before(pieces, number)
    last, bound = _behind(pieces, number, bound)
    unit, last = _unit(pieces, number, last)
    noun, head = _noun(text, pieces, last, starts)
    value, most, low, high = _values(number, bound)
    start, end = pieces[first].start, pieces[last - 1].end
    return Quantity(
        start=start,
        end=end,
        text=text[start:end],
        value=value,
        max=most,
        low=low,
        high=high,
        # What is counted is its own unit, by its last word.
        unit=unit or (noun.quote.split()[-1].lower() if noun else None),
        noun=noun,
        head=head or (unit if unit != "%" else None),
        approximate=bound != "exact" or number.vague,
        vague=number.vague,
    )


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
    if lower_at(pieces, number.last) == "+" and pieces[number.last].start == pieces[number.last - 1].end:
        return number.last + 1, "above"
    if lower_at(pieces, number.last) == "-" and lower_at(pieces, number.last + 1) in ("odd", "plus"):
        return number.last + 2, "about" if lower_at(pieces, number.last + 1) == "odd" else "above"
    return number.last, bound


def _unit(pieces: Sequence[Piece], number: Number, last: int) -> tuple[str | None, int]:
    """The unit that a number has by itself, and where it ends: money, percent, measures, lengths of time."""
    lists = word_lists()
    sign = lower_at(pieces, number.first - 1)
    if sign in lists.signs or sign in lists.codes:
        code = pieces[number.first - 1].text
        if (
            number.first > 1
            and pieces[number.first - 2].lower in ("us", "a", "c", "nz")
            and pieces[number.first - 2].end == pieces[number.first - 1].start
        ):
            code = pieces[number.first - 2].text + code
        names = {"$": "dollars", "US$": "US$", "€": "euros", "£": "pounds", "¥": "yen", "₱": "pesos"}
        return names.get(code, code), last
    if number.unit == "%":
        percent = lower_at(pieces, last)
        if percent in ("%", "percent", "pc"):
            return "%", last + 1
        return "%", last + 2 if percent == "per" else last
    at = last + 1 if lower_at(pieces, last) in ("-", "–") else last
    word = lower_at(pieces, at)
    for skipped in (0, 1):
        word = lower_at(pieces, at + skipped)
        if skipped and lower_at(pieces, at) not in (
            "more",
            "full",
            "further",
            "additional",
            "extra",
            "straight",
            "consecutive",
            "million",
            "us",
            "square",
            "swiss",
            "cfa",
        ):
            break
        if word in lists.durations:
            return lists.durations[word], at + skipped + 1
        if word in lists.currencies:
            return word, at + skipped + 1
        if word in lists.measures and word != "square":
            return lists.measures[word], at + skipped + 1
    return None, last


def _noun(text: str, pieces: Sequence[Piece], behind: int, starts: Sequence[int]) -> tuple[Span | None, str | None]:
    """The noun phrase that a number counts, and its last word in the singular."""
    at = _noun_start(pieces, behind)
    if at is None:
        return None, None
    lists = word_lists()
    first, last = at, at
    while last < len(pieces) and last - first < 8:
        piece = pieces[last]
        if not piece.text[0].isalpha() and not (piece.text in "-–" and last > first):
            break
        if piece.text in "-–" and not (
            last + 1 < len(pieces) and pieces[last + 1].start == piece.end == pieces[last - 1].end + 1
        ):
            break
        if last > first and starts and bisect_right(starts, piece.start) != bisect_right(starts, pieces[first].start):
            break
        if piece.lower in lists.heads and (last == first or piece.lower not in lists.participles):
            if last == first and not _noun_follows(pieces, last + 1):
                return Span.of(text, piece.start, piece.end), piece.lower
            if last > first:
                break
        elif (
            (
                piece.lower in lists.stops
                and not (piece.lower in lists.participles and last == first and _noun_follows(pieces, last + 1))
            )
            or (last > first and piece.lower.endswith("ed") and piece.lower not in lists.participles)
            or (last > first and piece.lower.endswith("ing") and not _noun_follows(pieces, last + 1))
        ):
            break
        last += 1
        if _plural(piece.lower) and not _noun_follows(pieces, last):
            break
    while last > first and pieces[last - 1].text in "-–":
        last -= 1
    if last == first:
        return None, None
    return Span.of(text, pieces[first].start, pieces[last - 1].end), _singular(pieces[last - 1].lower)


def _noun_start(pieces: Sequence[Piece], at: int) -> int | None:
    """Where the noun starts: behind a hyphen, "of the" and "more"; None for "of them"."""
    if lower_at(pieces, at) == "-" and at < len(pieces) and pieces[at].start == pieces[at - 1].end:
        at += 1
    if lower_at(pieces, at) == "of":
        at += 1
        if lower_at(pieces, at) in (
            "the",
            "its",
            "their",
            "his",
            "her",
            "our",
            "these",
            "those",
            "whom",
            "them",
            "a",
            "an",
        ):
            at += 1
        if lower_at(pieces, at - 1) in ("whom", "them"):
            return None
        counted = at + 1 if lower_at(pieces, at) in ("some", "about", "estimated") else at
        whole = single_at(pieces, counted)
        if whole is not None:
            at = whole.last  # "six of 14 schools": schools are counted
    if lower_at(pieces, at) == "more":
        at += 1
    return at


def _noun_follows(pieces: Sequence[Piece], at: int) -> bool:
    """Does the noun phrase go on with another noun in the plural ("police officers")?"""
    if at >= len(pieces):
        return False
    word = pieces[at].lower
    return word.isalpha() and word not in word_lists().stops and (_plural(word) or word in ("police", "personnel"))


def _plural(word: str) -> bool:
    return word in word_lists().irregular or (
        word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
    )


def _singular(word: str) -> str:
    irregular = word_lists().irregular
    if word in irregular:
        return irregular[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
