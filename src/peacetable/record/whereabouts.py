"""Are two places one? By their words, and by the capitals and countries that everybody calls by more than one name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from peacetable import countries
from peacetable.record.wording import fold, listed

Relation = Literal["same", "within", "different", "unknown"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place brought to one form.

    Attributes:
        words: the words of its name.
        country: ISO 3166-1 alpha-3, where the words name a country or its capital.
        whole: the words name the whole country.
    """

    words: frozenset[str]
    country: str | None = None
    whole: bool = False


@lru_cache(maxsize=20_000)
def spot(place: str) -> Spot:
    """A place as reports write it: "the Russian capital" and "Moscow" become one."""
    folded = fold(place)
    table = _table()
    if folded in table.countries:
        return Spot(frozenset(folded.split()), table.countries[folded], whole=True)
    if folded in table.people:  # "the Afghan side of the border" is cut down to this by some readers
        return Spot(frozenset(folded.split()), table.people[folded], whole=True)
    words = folded.split()
    if "capital" in words:
        rest = " ".join(word for word in words if word not in listed("around"))
        code = table.people.get(rest) or table.countries.get(rest)
        if code and code in table.capital_of:
            return Spot(frozenset(table.capital_of[code].split()), code)
    kept = frozenset(word for word in words if word not in listed("around"))
    return Spot(kept, table.capitals.get(folded))


def relation(left: str | None, right: str | None) -> Relation:
    """How two places lie to each other; "unknown" where one is not given."""
    if not left or not right:
        return "unknown"
    first, second = spot(left), spot(right)
    if not first.words or not second.words:
        return "unknown"  # "two villages" may be anywhere
    if first.words == second.words:
        return "same"
    if first.country and first.country == second.country and first.whole != second.whole:
        return "within"
    if first.words & second.words:
        return "same" if first.words <= second.words or second.words <= first.words else "within"
    return "different"


@dataclass(frozen=True, slots=True)
class _Table:
    countries: Mapping[str, str]
    people: Mapping[str, str]
    capitals: Mapping[str, str]
    capital_of: Mapping[str, str]


@cache
def _table() -> _Table:
    names: dict[str, str] = {}
    people: dict[str, str] = {}
    capitals: dict[str, str] = {}
    capital_of: dict[str, str] = {}
    for country in countries.table():
        names.update({fold(name): country.code for name in country.names})
        people.update({fold(word): country.code for word in (*country.adjectives, *country.people)})
        capitals.update({fold(city): country.code for city in country.capitals})
        if country.capitals:
            capital_of[country.code] = fold(country.capitals[0])
    return _Table(names, people, capitals, capital_of)
