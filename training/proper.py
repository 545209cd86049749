"""The name proper within a mention: its run of proper nouns, and the title before a person's name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from training.examples import Run

#: What may stand between the proper nouns of one name ("Bank of the West", "St. Mary's", "Al-Azhar").
LINKS: Final = frozenset({"of", "the", "for", "and", "&", "-", "–", "'s", "’s", "'", "’", "on", "de", "del", "du", "al",
                          "la", "der", "bin", "ibn", "van", "von", "da", "dos", "des", "e", "y", "."})  # fmt: skip
#: Within a person's name only these.
PERSON_LINKS: Final = LINKS - {"of", "the", "for", "and", "&", "'s", "’s", "on"}
ARTICLES: Final = frozenset({"the", "a", "an"})
#: Capitals that go with an office ("Deputy Foreign Minister", "Vice President").
OFFICE: Final = frozenset({"vice", "deputy", "first", "foreign", "interior", "defense", "defence", "prime", "acting",
                           "former", "chief", "special", "brig.", "gen.", "lt.", "col.", "maj.", "capt.", "sgt.",
                           "mr.", "mrs.", "ms.", "dr.", "prof.", "sen.", "rep.", "gov.", "rev.", "hon.", "amb.",
                           "adm.", "miss", "ceo", "justice", "presidential",
                           "crown"})  # fmt: skip
#: What a surname follows.
ADDRESS: Final = frozenset({"mr", "mrs", "ms", "miss", "dr", "mister"})
#: Offices that are common surnames or parts of names.
SURNAMES: Final = frozenset({"king", "prince", "pope", "judge", "major", "bishop", "marshal", "farmer", "driver",
                             "dean", "sheriff", "constable", "abbott", "justice", "lord", "duke", "nurse", "pastor",
                             "priest", "host", "son", "elder"})  # fmt: skip


def widened(head: int, bounds: Run, words: Sequence[str], named: Callable[[int], bool], *, person: bool) -> Run:
    """The run of proper nouns around the head of a mention, with what may stand between them.

    Args:
        head: the number of the mention's head, itself a proper noun.
        bounds: the mention.
        named: whether the word of a number is a proper noun.
        person: is the mention a person? Then "of" and "and" end the name.
    """
    links = PERSON_LINKS if person else LINKS
    start, end = head, head + 1
    while (at := _next(start - 1, -1, bounds, words, named, links, head)) is not None:
        start = at
    while (at := _next(end, 1, bounds, words, named, links, head)) is not None:
        end = at + 1
    return start, end


def _next(
    at: int,
    step: int,
    bounds: Run,
    words: Sequence[str],
    named: Callable[[int], bool],
    links: frozenset[str],
    head: int,
) -> int | None:
    """The next proper noun in a direction, over links at most; None where the name ends."""
    crossed = 0
    while bounds[0] <= at < bounds[1] and not named(at) and words[at].lower() in links and crossed < 2:
        if words[at].lower() in ("and", "&") and head in (at - 1, at + 1):
            return None  # "Google and Apple" are two; "Housing and Urban Development" is within one
        at += step
        crossed += 1
    return at if bounds[0] <= at < bounds[1] and named(at) else None


def without_title(run: Run, words: Sequence[str]) -> tuple[Run | None, Run | None]:
    """A person's name as the title before it and the name; either may be missing.

    "President Obama" is both, "Prime Minister" a title, "Martin Luther King" a name: the last word is an office only
    where it is not also a common surname.
    """
    start, end = run
    titled = [is_title(words[at]) for at in range(start, end)]
    if not any(titled):
        return None, run
    if titled == [True] and start > 0 and words[start - 1].lower() == "the":  # "the King"
        return run, None
    if titled[-1] and (words[end - 1].lower() not in SURNAMES or _is_office(run, words)):
        first = end - 1
        while first > start and titled[first - 1 - start]:
            first -= 1
        return (first, end), None
    if not any(titled[:-1]):
        return None, run
    last = max(at for at in range(start, end - 1) if titled[at - start])
    after = last + 1
    if words[after].lower() in ("of", "for") and after + 2 < end:  # "Secretary of State Powell"
        after += 2
        while end - after > 2:
            after += 1
    elif words[after] == "." and after + 1 < end:
        after += 1
    return (start + titled.index(True), after), (after, end)


def _is_office(run: Run, words: Sequence[str]) -> bool:
    """Is a run that ends in a common surname an office all the same ("Crown Prince", not "Mr. King")?"""
    before = [word.lower().rstrip(".") for word in words[run[0] : run[1] - 1] if word != "."]
    return bool(before) and all(map(is_title, words[run[0] : run[1] - 1])) and not ADDRESS.intersection(before)


def is_title(word: str) -> bool:
    """Is a word with a capital an office, rank or form of address?"""
    lowered = word.lower()
    return word[:1].isupper() and (lowered in OFFICE or lowered.rstrip(".") in _offices())


@cache
def _offices() -> frozenset[str]:
    text = files("peacetable.reading").joinpath("words", "actors.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["person"]["words"].split())
