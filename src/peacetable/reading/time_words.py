"""A text as a row of words that matter for times, each with a class: month, weekday, unit, number, "last", "ago".

The grammar of times is written over these classes, one character a word, so that its patterns stay short and every
pattern runs in linear time over any text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final, NamedTuple

from peacetable.reading.number_words import (
    ORDINALS,
    is_number_word,
    number_of_digits,
    number_of_words,
    ordinal_of_words,
    year_of_words,
)

#: The classes of words, each with the character that stands for it in the grammar.
CLASSES: Final = {
    "MONTH": "M", "WEEKDAY": "W", "WEEKDAYS": "w", "UNIT": "u", "ANNUAL": "y", "UNITS": "U", "PART": "p", "SEASON": "S",
    "YEAR": "Y", "DECADE": "E", "ISO": "I", "SLASHED": "/", "CLOCK": "C", "AMPM": "m", "ZONE": "Z", "NUM": "N",
    "BIG": "B", "WORDNUM": "n", "ORD": "O", "THE": "h", "A": "A", "OF": "o", "AND": "&", "OR": "|", "TO": "t",
    "IN": "i", "ON": "j", "DASH": "-", "COMMA": ",", "POSS": "s", "LAST": "l", "NEXT": "x", "THIS": "d", "THAT": "D",
    "EVERY": "v", "AGO": "g", "EARLY": "e", "MID": "k", "EDGE": "z", "APPROX": "q", "VAGUE": "V", "HALF": "f",
    "DEICTIC": "T", "REFERENCE": "R", "RECENT": "!", "TIME": "%", "OVER": "^", "PERIODIC": "r", "FEAST": "F",
    "FISCAL": "$",
    "SO": "@", "BEFORE": "b", "OTHER": ".", "BREAK": "\n", "QUOTE": '"',
}  # fmt: skip

_LEX: Final = re.compile(
    r"""
    (?P<break>\n[ \t\r]*\n\s* | \n(?=[ \t]*(?:[*\u2022-][ \t])))   # an empty line, or a list's next item
  | (?P<iso>(?<!\d)\d{4}-\d{2}-\d{2}(?!\d))
  | (?P<slashed>(?<![\d/])\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?![\d/]))
  | (?P<decade>(?<!\d)(?:\d{3}0|['’]?\d0)['’]?s\b)
  | (?P<clock>(?<!\d)(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}(?!\d)|(?<!\d)[01]?\d\.[0-5]\d(?=\s?[ap]\.?m))
  | (?P<ampm>(?:(?<=\s)|(?<=\d))[ap]\.m\.|(?:(?<=\d)|(?<=\d\s))[ap]m\b|(?<=\d\s)[AP]M\b|(?<=\d)h\b|o['’]clock)
  | (?P<ordinal>(?<![\d,.])\d{1,3}(?:st|nd|rd|th)\b)
  | (?P<number>(?<!\w)\d{1,15}(?:,\d{3}(?!\d))*(?:\.\d+)?)
  | (?P<digits>\d+)
  | (?P<apos>['’]\d\d(?![\d\w]))
  | (?P<abbr>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Thu(?:rs?)?|Fri|Sat)\.(?=\s))
  | (?P<poss>['’]s\b|(?<=s)['’](?=\s))
  | (?P<word>[^\W\d_]+(?:['’](?:ll|t|re|ve|d|m)\b)?)
  | (?P<dash>[-–—])
  | (?P<mark>[^\s])
    """,
    re.VERBOSE,
)


class Word(NamedTuple):
    """A word with its class; a run of number words or a doubled word ("more than") is one."""

    start: int
    end: int
    text: str  # in lower case
    code: str
    value: float = 0
    mark: str = ""  # the TimeML mark that the word stands for
    capital: bool = False


def words_of(text: str, *, breaks: Sequence[int] = ()) -> list[Word]:
    """The words of a text, classed.

    Args:
        text: any text.
        breaks: offsets where a sentence starts; a time expression never goes across one.
    """
    lists = word_lists()
    row: list[Word] = []
    ends = iter(sorted(breaks))
    upcoming = next(ends, None)
    for match in _LEX.finditer(text):
        start = match.start()
        while upcoming is not None and upcoming <= start:
            if row and row[-1].code != "\n":
                row.append(Word(start, start, "", "\n"))
            upcoming = next(ends, None)
        row.append(_classed(match, lists))
    return _joined(row, lists)


def codes_of(row: Sequence[Word]) -> str:
    """The classes of a row of words, one character a word."""
    return "".join(word.code for word in row)


#: The words of a fixed phrase, its class and its TimeML mark.
Phrase = tuple[tuple[str, ...], str, str]


class WordLists(NamedTuple):
    """What `words/times.toml` says, by word."""

    classes: Mapping[str, tuple[str, float, str]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    tense: Mapping[str, frozenset[str]]
    prepositions: Mapping[str, str]
    numbered: frozenset[str]


@cache
def word_lists() -> WordLists:
    """The word lists, read once."""
    data = tomllib.loads(resources.files("peacetable.reading").joinpath("words/times.toml").read_text("utf-8"))
    return WordLists(
        classes=_classes(data),
        phrases=_phrases(data),
        tense={name: frozenset(words) for name, words in data["tense"].items()},
        prepositions={phrase: name for name, phrases in data["deadline"].items() for phrase in phrases},
        numbered=frozenset(data["numbered"]["words"]),
    )


def _classes(data: Mapping[str, Any]) -> dict[str, tuple[str, float, str]]:
    code = CLASSES
    found: dict[str, tuple[str, float, str]] = {}
    for name, group in (
        ("LAST", "last"),
        ("NEXT", "next"),
        ("THIS", "this"),
        ("EVERY", "every"),
        ("VAGUE", "vague"),
        ("ZONE", "zone"),
    ):
        found |= dict.fromkeys(data[group]["words"], (code[name], 0.0, ""))
    for name, group in (("MONTH", "month"), ("WEEKDAY", "weekday"), ("DEICTIC", "deictic")):
        found |= {word: (code[name], float(value), "") for word, value in data[group]["words"].items()}
    for name, group in (
        ("UNIT", "unit"), ("UNITS", "units"), ("PART", "part"), ("SEASON", "season"), ("PERIODIC", "periodic"),
        ("EARLY", "early"), ("EDGE", "edge"),
    ):  # fmt: skip
        found |= {word: (code[name], 0.0, mark) for word, mark in data[group]["words"].items()}
    found |= {
        f"{word}s": (code["WEEKDAYS"], value, "")
        for word, (_, value, _) in list(found.items())
        if word.endswith("day") and value and found[word][0] == "W"
    }
    found |= {word: (code["APPROX"], 0.0, mark) for word, mark in data["approximate"]["words"].items()}
    for kind, mark in (("present", "PRESENT_REF"), ("past", "PAST_REF"), ("future", "FUTURE_REF")):
        found |= dict.fromkeys(data["reference"][kind], (code["REFERENCE"], 0.0, mark))
    plain = {
        "the": "THE", "a": "A", "an": "A", "of": "OF", "and": "AND", "&": "AND", "or": "OR", "to": "TO", "in": "IN",
        "on": "ON", "that": "THAT", "those": "THAT", "these": "THIS", "ago": "AGO", "hence": "AGO", "half": "HALF",
        "fiscal": "FISCAL", "so": "SO", "mid": "MID", "from": "IN", "before": "BEFORE", "after": "BEFORE",
        ",": "COMMA", "time": "TIME",
    }  # fmt: skip
    found |= {word: (code[name], 0.0, "") for word, name in plain.items()}
    found["year"] = (code["ANNUAL"], 0.0, "Y")
    found["mid"] = (code["MID"], 0.0, "MID")
    found["recent"] = (code["RECENT"], 0.0, "PAST_REF")
    found |= {word: (code["OVER"], 0.0, mark) for word, mark in data["approximate"]["bounds"].items()}
    return found


def _phrases(data: Mapping[str, Any]) -> dict[str, tuple[Phrase, ...]]:
    """By their first word: the words of each phrase, its class and its mark; the longest first."""
    listed: list[Phrase] = [
        (tuple(phrase.split()), CLASSES["APPROX"], mark) for phrase, mark in data["approximate"]["phrases"].items()
    ]
    for kind, mark in (("present", "PRESENT_REF"), ("past", "PAST_REF"), ("future", "FUTURE_REF")):
        listed += [(tuple(phrase.split()), CLASSES["REFERENCE"], mark) for phrase in data["reference_phrases"][kind]]
    for phrase, day in data["feast"]["fixed"].items():
        listed.append((tuple(re.findall(r"['’]s\b|[^\W\d_]+", phrase)), CLASSES["FEAST"], day))
    for phrase in data["feast"]["moving"]:
        listed.append((tuple(re.findall(r"[^\W\d_]+|-", phrase)), CLASSES["FEAST"], ""))
    grouped: dict[str, list[Phrase]] = {}
    for item in sorted(listed, key=lambda item: -len(item[0])):
        grouped.setdefault(item[0][0], []).append(item)
    return {first: tuple(items) for first, items in grouped.items()}


def _classed(match: re.Match[str], lists: WordLists) -> Word:
    kind, text, start, end = match.lastgroup, match.group(), match.start(), match.end()
    lower = text.lower()
    if kind == "word":
        code, value, mark = lists.classes.get(lower, (".", 0.0, ""))
        capital = text[0].isupper()
        if code in "MW" and not capital:
            code = "."
        return Word(start, end, lower, code, value, mark, capital)
    if kind == "number":
        return _number(start, end, text)
    if kind in ("abbr",):
        code, value, mark = lists.classes[lower[:-1]]
        return Word(start, end, lower, code, value, mark, capital=True)
    if kind == "apos":
        year = int(text[1:])
        return Word(start, end, text, CLASSES["YEAR"], 1900 + year if year >= 30 else 2000 + year)
    if kind == "decade":
        digits = re.sub(r"\D", "", text)
        return Word(start, end, text, CLASSES["DECADE"], int(digits) if len(digits) == 4 else 1900 + int(digits))
    if kind == "ordinal":
        value = int(re.sub(r"\D", "", text))
        return Word(start, end, lower, CLASSES["ORD"], value)
    if kind == "mark":
        code = "," if text == "," else '"' if text in '"“”' else "\n" if text == ";" else "."
        return Word(start, end, text, code)
    named = {
        "break": "BREAK",
        "iso": "ISO",
        "slashed": "SLASHED",
        "clock": "CLOCK",
        "ampm": "AMPM",
        "poss": "POSS",
        "dash": "DASH",
    }
    return Word(start, end, lower, CLASSES[named[kind]] if kind in named else ".")


def _number(start: int, end: int, text: str) -> Word:
    value = number_of_digits(text)
    if value is None:
        return Word(start, end, text, ".")
    if len(text) == 4 and text.isdigit() and 1000 <= value <= 2199:
        return Word(start, end, text, CLASSES["YEAR"], value)
    if text.isdigit() and 1 <= value <= 31:
        return Word(start, end, text, CLASSES["NUM"], value)
    return Word(start, end, text, CLASSES["BIG"], value)


def _joined(row: list[Word], lists: WordLists) -> list[Word]:
    """Runs of number words and fixed phrases become one word each."""
    joined: list[Word] = []
    at, count, phrases = 0, len(row), lists.phrases
    while at < count:
        word = row[at]
        text = word.text
        taken = _phrase_at(row, at, phrases[text]) if text in phrases else None
        if taken is None and (is_number_word(text) or text in ORDINALS):
            taken = _number_at(row, at)
        if taken:
            joined.append(taken[0])
            at += taken[1]
        else:
            joined.append(word)
            at += 1
    return joined


def _phrase_at(row: list[Word], at: int, phrases: Sequence[Phrase]) -> tuple[Word, int] | None:
    following = row[at + 1].text if at + 1 < len(row) else ""
    for phrase, code, mark in phrases:
        size = len(phrase)
        if size > 1 and (phrase[1] != following or tuple(word.text for word in row[at : at + size]) != phrase):
            continue
        if code == CLASSES["FEAST"] and not row[at].capital:
            continue
        return Word(row[at].start, row[at + size - 1].end, " ".join(phrase), code, 0.0, mark, row[at].capital), size
    return None


def _number_at(row: list[Word], at: int) -> tuple[Word, int] | None:
    """A number in words, an ordinal in words or a year in words that starts here, and how many words it takes."""
    words: list[str] = []
    end = at
    for place in range(at, min(at + 14, len(row))):
        word = row[place]
        if is_number_word(word.text) or (word.text == "and" and words and words[-1] in ("hundred", "thousand")):
            words.append(word.text)
            end = place
        elif (ordinal := ordinal_of_words([*words[-1:], word.text] if words else [word.text])) is not None:
            if not words or len(words) == 1:
                taken = Word(row[at].start, word.end, word.text, CLASSES["ORD"], ordinal, "", row[at].capital)
                return taken, place - at + 1
            break
        elif not (word.code == "-" and words and word.start == row[place - 1].end):
            break
    while words and words[-1] == "and":
        words.pop()
        end -= 1
    if (year := year_of_words(words)) is not None:
        return Word(row[at].start, row[end].end, " ".join(words), CLASSES["YEAR"], year), end - at + 1
    value = number_of_words(words)
    if value is None:
        return None
    return Word(
        row[at].start, row[end].end, " ".join(words), CLASSES["WORDNUM"], value, "", row[at].capital
    ), end - at + 1
