"""How many were killed and hurt, as ranges, from the words around "killed", "dead", "wounded" and their like.

A number counts where it stands with such a word: after "killing", before "were killed" or "dead". Numbers joined by
"and" are added, since "two soldiers and a driver" is one toll; two tolls in two clauses never are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.model import Count
from peacetable.reading.analysis import Analysis, Quantity, Sentence, Token
from peacetable.reading.word_sets import word_set

HURT: Final = frozenset(
    ["wounded", "wounding", "wounds", "injured", "injuring", "injures", "hurt", "injury", "injuries"]
)
CASUALTIES: Final = frozenset(["casualties", "casualty", "victims"])
#: Words that take their number before them only: "nine dead", "nine died".
BEFORE_ONLY: Final = frozenset(["perished", "perish", "dead", "died", "die", "dying", "lives"])
ARTICLES: Final = frozenset(["a", "an", "another", "one"])
POSSESSIVES: Final = frozenset(["his", "her", "their", "its", "'s", "’s", "'"])
#: Before a possessive: "a baker and his son" are two.
BESIDE: Final = frozenset(["and", ",", "with"])
NOBODY: Final = frozenset(["nobody", "none", "no-one"])


@dataclass(frozen=True, slots=True)
class Toll:
    """The dead and the hurt of a stretch of text; None where it does not say."""

    killed: Count | None = None
    injured: Count | None = None

    def __bool__(self) -> bool:
        return self.killed is not None or self.injured is not None


@dataclass(frozen=True, slots=True)
class _Item:
    """A number of people: tokens `first` to `last`, not included."""

    first: int
    last: int
    count: Count


def toll_of(analysis: Analysis, sentence: Sentence, first: int, last: int) -> Toll:
    """The toll that the tokens `first` to `last` (not included) of a sentence tell."""
    tokens = sentence.tokens
    items = list(_items(analysis, tokens, first, last))
    killed: Count | None = None
    injured: Count | None = None
    previous = first
    for number in range(first, last):
        word = tokens[number].lower
        if word != "lost" and word not in word_set("death") and word not in HURT and word not in CASUALTIES:
            continue
        count = _told(tokens, number, items, previous, last)
        if word in CASUALTIES:
            if count is not None and count.high == 0:
                killed, injured = killed or count, injured or count
        elif word == "lost" or word in word_set("death"):
            killed = killed or count
        else:
            injured = injured or count
            if count == Count(0, 0):
                killed = killed or count  # where nobody was hurt, nobody died
        previous = number + 1
    return Toll(killed, injured)


def all_of(analysis: Analysis, sentence: Sentence) -> Count | None:
    """How many "all" are, where a later sentence says that all were killed: those said to be on board or there."""
    tokens = sentence.tokens
    items = list(_items(analysis, tokens, 0, len(tokens), articles=False))
    return items[-1].count if items else None


def _told(tokens: Sequence[Token], number: int, items: Sequence[_Item], previous: int, last: int) -> Count | None:
    """The number that belongs to a word of death or hurt."""
    word = tokens[number].lower
    near = [token.lower for token in tokens[max(previous, number - 5) : number]]
    if NOBODY.intersection(near) or _no_one(near) or (near and near[-1] in ("no", "without") and word not in ("dead",)):
        return Count(0, 0)
    if word in ("life", "lives") and near[-3:-1] == ["no", "loss"]:
        return Count(0, 0)
    before = _chain(tokens, [item for item in items if previous <= item.first and item.last <= number], backwards=True)
    after = _chain(tokens, [item for item in items if number < item.first < last], backwards=False)
    if word in ("death", "deaths", "killing", "bodies") and tokens[min(number + 1, len(tokens) - 1)].lower in (
        "of",
        "toll",
    ):
        return _sum(after) if after and after[0].first - number <= 5 else None
    if word in ("death", "deaths"):
        if number + 1 < len(tokens) and tokens[number + 1].lower in ("of", "toll") and after:
            return _sum(after)
        return _sum(before) if before and number - before[-1].last <= 4 else None
    if word in ("life", "lives") and after and after[0].first - number <= 4 and tokens[number + 1].lower == "of":
        return _sum(after)
    owned = near and (near[-1] in POSSESSIVES or near[-1] in ("the", "rebel", "army"))
    if word == "dead" and owned and number + 1 < len(tokens) and tokens[number + 1].lower in ("at", "to"):
        return _sum(after[:1]) if after and after[0].first - number <= 4 else None  # "put its dead at 25"
    if word == "lost":
        return _sum(after) if after and after[0].first == number + 1 and _men(tokens, after[-1].last) else None
    if word in ("life",):
        return None
    if word in BEFORE_ONLY or word_set("be_or_have").intersection(near[-3:]):
        return _sum(before) or (_sum(after[:1]) if after and after[0].first == number + 1 else None)
    if after and after[0].first - number <= 4 and not _crosses(tokens, number, after[0].first):
        return _sum(after)
    if word.endswith(("ed", "hurt")) and before and number - before[-1].last <= 6:
        return _sum(before)
    return None


def _men(tokens: Sequence[Token], number: int) -> bool:
    """Is it men that were lost, not houses?"""
    return bool({token.lower for token in tokens[number : number + 3]} & {"men", "man", *word_set("fighters")})


def _no_one(near: Sequence[str]) -> bool:
    return any(near[at : at + 2] == ["no", "one"] for at in range(len(near) - 1))


def _crosses(tokens: Sequence[Token], number: int, first: int) -> bool:
    """Does a preposition or a mark stand between a verb and a number?"""
    apart = {"in", "at", "on", "by", "since", "after", "during", "from", "of", "with", ",", ";", "near", "when", "as"}
    return any(token.lower in apart for token in tokens[number + 1 : first])


def _chain(tokens: Sequence[Token], items: Sequence[_Item], *, backwards: bool) -> list[_Item]:
    """The numbers next to a word that "and" or commas join: "two soldiers and a driver"."""
    if not items:
        return []
    ordered = list(reversed(items)) if backwards else list(items)
    while len(ordered) > 1 and {"among", "including"}.intersection(
        t.lower for t in tokens[max(0, ordered[0].first - 2) : ordered[0].first]
    ):
        ordered = ordered[1:]  # "40 people, including six boys, were killed"
    chain = [ordered[0]]
    for item in ordered[1:]:
        left, right = (item, chain[-1]) if backwards else (chain[-1], item)
        between = [token.lower for token in tokens[left.last : right.first]]
        marks = word_set("death") | HURT | {"of", "in", "including", "among", "them", "after", "since", "at", "on"}
        if tokens[right.last].lower in ("of", "them") if right.last < len(tokens) else False:
            if backwards:
                chain = [item]  # "eight clerks, three of them women"
                continue
            break
        if ("and" not in between and "," not in between) or marks.intersection(between) or len(between) > 5:
            break
        chain.append(item)
    return list(reversed(chain)) if backwards else chain


def _sum(items: Sequence[_Item]) -> Count | None:
    if not items:
        return None
    lows = [item.count.low for item in items]
    highs = [item.count.high for item in items]
    low = sum(value for value in lows if value is not None) if any(value is not None for value in lows) else None
    high = None if None in highs else sum(value for value in highs if value is not None)
    return Count(low, high)


def _items(
    analysis: Analysis, tokens: Sequence[Token], first: int, last: int, *, articles: bool = True
) -> Iterator[_Item]:
    """Numbers of people between two tokens, in order."""
    if first >= last:
        return
    found: list[_Item] = []
    for quantity in analysis.quantities_in(tokens[first].start, tokens[last - 1].end):
        count = _people(quantity)
        if count is not None:
            begin = next(n for n in range(first, last) if tokens[n].end > quantity.start)
            found.append(_Item(begin, _after(tokens, quantity.end, begin, last), count))
    if articles:
        for number in range(first, last - 1):
            inside = any(item.first <= number < item.last for item in found)
            beside = number > first and tokens[number - 1].lower in BESIDE and tokens[number].lower in POSSESSIVES
            if (tokens[number].lower in ARTICLES or beside) and not inside and _person_follows(tokens, number, last):
                found.append(_Item(number, number + 2, Count(1, 1)))
    yield from sorted(found, key=lambda item: item.first)


def _after(tokens: Sequence[Token], end: int, begin: int, last: int) -> int:
    return next((number for number in range(begin, last) if tokens[number].start >= end), last)


def _people(quantity: Quantity) -> Count | None:
    """The quantity as a number of people, or None where it counts something else."""
    if quantity.ordinal or quantity.unit in (
        "%",
        "days",
        "weeks",
        "months",
        "years",
        "hours",
        "minutes",
        "km",
        "miles",
    ):
        return None
    if quantity.head and quantity.head.lower() in word_set("things"):
        return None
    low = None if quantity.low is None else int(quantity.low)
    high = None if quantity.high is None else int(quantity.high)
    return None if low is None and high is None else Count(low, high)


def _person_follows(tokens: Sequence[Token], number: int, last: int) -> bool:
    """Does "a" open a person: "a policeman", "a former mayor of the town"?"""
    for token in tokens[number + 1 : min(number + 5, last)]:
        word = token.lower
        if (
            not word[0].isalpha()
            or word in word_set("be_or_have")
            or word in word_set("death")
            or word in HURT
            or word in ("in", "at", "on", "of")
        ):
            return False
        if PERSON_ENDINGS.intersection((word[-2:], word[-3:], word[-4:])) or word in word_set("persons"):
            return True
    return False


PERSON_ENDINGS: Final = frozenset(("man", "men", "er", "or", "ist", "ian", "eer", "ant"))
