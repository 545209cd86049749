"""Words brought to one form, so that two reports' wordings can be compared: names, content words, numbers."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_SAID: Final = re.compile(r"[^\W_]+(?:[.,]\d+)*")

_COUNTED: Final = {
    word: number
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}
_SPELLED: Final = {
    "un": "united nations",
    "us": "united states",
    "eu": "european union",
    "au": "african union",
    "uk": "united kingdom",
}
_COLLECTIVE: Final = re.compile(
    r"\b(both|two|three|warring|opposing|rival|all|the)\b.*\b(sides|parties|groups|delegations|panels|camps|foes|enemies"
    r"|leaders|factions|neighbours|neighbors|countries|governments|participants|signatories|negotiators)\b"
    r"|^(sides|parties|panels|delegations|participants|signatories|negotiators)$"
)
_ENDINGS: Final = (
    "isations", "isation", "izations", "ization", "ements", "ement", "ations", "ation", "ments", "ment", "ings", "ing",
    "ions", "ion", "ies", "ied", "ers", "er", "als", "al", "ed", "es", "s", "e", "y",
)  # fmt: skip


@cache
def listed(group: str) -> frozenset[str]:
    """One of the word lists of `words.toml`."""
    text = files("peacetable.record").joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[group].split())


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case, no diacritics, no marks, no leading article, no possessive: "The Hadžić's" -> "hadzic"."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("ı", "i").replace("đ", "d").replace("ł", "l"))
    plain = "".join(mark for mark in plain if not unicodedata.combining(mark)).casefold()
    plain = re.sub(r"'s\b", "", plain)
    plain = re.sub(r"\b(?:[a-z]\.){2,}", lambda match: match[0].replace(".", ""), plain)
    words = _WORD.findall(re.sub(r"\bco-(?=[a-z])", "co", plain))
    while len(words) > 1 and words[0] in listed("leading"):
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=100_000)
def person(text: str) -> tuple[str, ...]:
    """The parts of a person's name, without titles and offices; empty where the words name nobody.

    "US Secretary of State Maria Example" -> ("maria", "example"); "the foreign minister" -> ().
    """
    words = _WORD.findall(text.replace("’s", "").replace("'s", ""))
    titles = [at for at, word in enumerate(words) if fold(word) in listed("titles")]
    rest = words[titles[-1] + 1 :] if titles else words
    if not rest or not any(word[:1].isupper() for word in rest) or rest[0] in ("of", "for", "in", "to", "on", "at"):
        return ()  # "the prime minister of" somewhere
    parts = tuple(fold(word) for word in rest if fold(word) not in listed("empty"))
    return tuple(part for part in parts if part and part not in _sorts() and part not in ("al", "el"))


@lru_cache(maxsize=100_000)
def proper(text: str) -> bool:
    """Does the text name somebody in particular: has it a word in capitals that stands for no mere sort of actor?"""
    words = _WORD.findall(text.replace("’s", "").replace("'s", ""))
    return any(
        word[0].isupper() and fold(word) not in _sorts() and fold(word) not in listed("leading") for word in words
    )


def described(text: str) -> bool:
    """Is it a description that ends in a common noun ("Chadian rebels"), and not a name?"""
    words = _WORD.findall(text.replace("’s", "").replace("'s", ""))
    return bool(words) and words[-1][0].islower()


def collective(text: str) -> bool:
    """Does it stand for several parties without naming them ("both sides")?"""
    return bool(_COLLECTIVE.search(text.casefold()))


def acronym(text: str) -> str | None:
    """The text itself, folded, where it is an acronym: "FRN", "U.N."."""
    bare = text.removeprefix("the ").removeprefix("The ").replace(".", "")
    return fold(bare) if 2 <= len(bare) <= 10 and bare.isalpha() and sum(map(str.isupper, bare)) >= 2 else None


def initials(text: str) -> str:
    """What a name's acronym would be: "Joint Monitoring Team" -> "jmt"; empty where one word alone is in capitals."""
    words = [word for word in _WORD.findall(text) if word[0].isupper() and word not in ("The", "A")]
    return fold("".join(word[0] for word in words)) if len(words) > 1 else ""


def spelled_out(text: str) -> str:
    """The text, folded, with the best-known acronyms in full: "UN mission" -> "united nations mission"."""
    return " ".join(_SPELLED.get(word, word) for word in fold(text).split())


def well_known(text: str) -> bool:
    """Is it one of the acronyms that everybody writes without explaining?"""
    return fold(text) in _SPELLED


def head(text: str) -> str:
    """The stem of the noun that a name is built on: "mission" of "United Nations mission in the north"."""
    words = fold(text).split()
    end = next((at for at, word in enumerate(words) if at and word in listed("empty")), len(words))
    return stem(words[end - 1]) if words else ""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A folded word without its ending: "released" and "release" become one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return stem(word[: -len(ending)]) if ending in ("s", "es", "ers", "ings") else word[: -len(ending)]
    return word


@lru_cache(maxsize=100_000)
def content(text: str) -> frozenset[str]:
    """The stems of the words that carry what a text is about."""
    words = (fold(word) for word in _WORD.findall(text))
    return frozenset(
        stem(word) for word in words if word not in listed("empty") and len(word) > 2 and not word.isdigit()
    )


def ideas(text: str) -> frozenset[str]:
    """What a text is about, in a few big groups of words that mean much the same: to leave and to withdraw, say."""
    groups = _ideas()
    words = {f"={groups[stem(word)]}" for word in fold(text).split() if stem(word) in groups}
    return frozenset(words | {f"={idea}" for turn, idea in _turns() if turn.search(text)})


def spoken(text: str, stems: Iterable[str]) -> str:
    """The words of a text that stand behind stems and ideas, once each, as it has them: for people to read."""
    wanted, groups = set(stems), _ideas()
    words: dict[str, str] = {}
    for word in _WORD.findall(text):
        found = stem(fold(word))
        if found in wanted or f"={groups.get(found)}" in wanted:
            words.setdefault(fold(word), word)
    for turn, idea in _turns() if any(each.startswith("=") for each in wanted) else ():
        if f"={idea}" in wanted and (match := turn.search(text)):
            words.setdefault(fold(match[0]), " ".join(match[0].split()))
    return ", ".join(words.values())


@lru_cache(maxsize=100_000)
def numbers(text: str) -> frozenset[str]:
    """The numbers of a text, in figures or up to twelve in words; years left out."""
    found = (match.replace(",", "") for match in _SAID.findall(text) if match[0].isdigit())
    figures = {number for number in found if not (len(number) == 4 and number[:2] in ("19", "20"))}
    return frozenset(figures | {str(_COUNTED[word]) for word in fold(text).split() if word in _COUNTED})


@cache
def _ideas() -> dict[str, str]:
    text = files("peacetable.record").joinpath("words.toml").read_text(encoding="utf-8")
    return {stem(word): idea for idea, group in tomllib.loads(text)["ideas"].items() for word in group.split()}


@cache
def _turns() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = tomllib.loads(files("peacetable.record").joinpath("words.toml").read_text(encoding="utf-8"))["turns"]
    return tuple((_turn(words), idea) for idea, turns in table.items() for words in turns)


def _turn(words: str) -> re.Pattern[str]:
    """A space is whatever stands between two words, and a star stands for up to five words."""
    pattern = words.replace(" * ", r" (?:\w+ ){0,5}?").replace(" ", r"\W+")
    return re.compile(rf"\b(?:{pattern})\b", re.I)


@cache
def _sorts() -> frozenset[str]:
    return listed("sorts") | listed("titles")
