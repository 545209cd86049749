"""Numbers as reports write them: "1,250", "4.5", "twenty-six", "a hundred and ten", "two and a half".

Times and quantities read their numbers here, so that both mean the same by them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

UNITS: Final = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
TENS: Final = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
#: How agencies shorten a scale after digits: "1.2m", "$3bn".
SHORT_SCALES: Final = {"m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "k": 1_000, "tn": 10**12}
ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
        ],
        start=1,
    )
} | {"thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
FRACTION_SIGNS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3}

_DIGITS: Final = re.compile(r"\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,6})?")


def number_of_digits(text: str) -> float | None:
    """The value of a number in digits; None where it is none, or too long to be a count of anything."""
    if not _DIGITS.fullmatch(text):
        return None
    return float(text.replace(",", ""))


def is_number_word(word: str) -> bool:
    """Can the word (in lower case) stand in a number?"""
    return word in UNITS or word in TENS or word in SCALES


def number_of_words(words: Sequence[str]) -> float | None:
    """The value of a run of number words in lower case, with "and" and "a" where English has them.

    Returns:
        The value, or None where the run is no number ("and", "five two").
    """
    total, group, last = 0.0, 0.0, ""
    seen = False
    for word in words:
        if word == "and":
            if not seen:
                return None
            continue
        if word in ("a", "an"):
            if seen:
                return None
            group, last = 1.0, "unit"
        elif word in UNITS:
            if last == "unit" or (last == "ten" and not 0 < UNITS[word] < 10):
                return None
            group, last = group + UNITS[word], "unit"
        elif word in TENS:
            if last in ("unit", "ten"):
                return None
            group, last = group + TENS[word], "ten"
        elif word == "hundred":
            group, last = (group or 1.0) * 100, "hundred"
        elif word in SCALES:
            total, group, last = total + (group or 1.0) * SCALES[word], 0.0, "scale"
        else:
            return None
        seen = True
    return total + group if seen and (last or not words) else None


def year_of_words(words: Sequence[str]) -> int | None:
    """The year that is read aloud: "nineteen ninety-seven", "twenty twelve", "two thousand and four"."""
    if (len(words) >= 2 and words[0] in UNITS and 11 <= UNITS[words[0]] <= 19) or words[:1] == ["twenty"]:
        rest = number_of_words(words[1:])
        first = UNITS.get(words[0], TENS.get(words[0], 0))
        if rest is not None and 10 <= rest <= 99 and "hundred" not in words:
            return int(first * 100 + rest)
    return None


def ordinal_of_words(words: Sequence[str]) -> int | None:
    """The value of an ordinal in lower case: "third", "twenty-first" given as two words."""
    if len(words) == 1:
        return ORDINALS.get(words[0])
    if len(words) == 2 and words[0] in TENS and 1 <= ORDINALS.get(words[1], 0) <= 9:
        return TENS[words[0]] + ORDINALS[words[1]]
    return None
