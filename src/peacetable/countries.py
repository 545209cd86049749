"""Countries by their names, seats of government, adjectives and people.

The table is made when the package is built, out of countryinfo and the Unicode CLDR with our corrections; see
`scripts/make_countries.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Country:
    """A state and the words that stand for it.

    Attributes:
        code: ISO 3166-1 alpha-3.
        names: the usual name first.
        capitals: seats of government, which reports use for governments.
        adjectives: "Afghan", "U.S.".
        people: "Afghans", "Britons".
    """

    code: str
    names: tuple[str, ...]
    capitals: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def name(self) -> str:
        """The usual name."""
        return self.names[0]


def by_name(name: str) -> Country | None:
    """The country of a name, without "the"."""
    return _names().get(name)


def by_capital(city: str) -> Country | None:
    """The country whose seat of government a city is."""
    return _capitals().get(city)


def by_adjective(word: str) -> Country | None:
    """The country that an adjective means ("Afghan")."""
    return _adjectives().get(word)


def by_people(word: str) -> Country | None:
    """The country whose people a plural names ("Afghans", "Britons")."""
    return _people().get(word)


def by_code(code: str) -> Country | None:
    """The country of an ISO 3166-1 alpha-3 code."""
    return _codes().get(code)


@cache
def table() -> tuple[Country, ...]:
    """Every country, in the order of the codes."""
    text = files("peacetable").joinpath("countries.tsv").read_text("utf-8")
    return tuple(_country(line) for line in text.splitlines() if line and not line.startswith("#"))


def _country(line: str) -> Country:
    code, names, capitals, adjectives, people = (tuple(filter(None, cell.split("|"))) for cell in line.split("\t"))
    regular = tuple(word + "s" for word in adjectives if word[-1] in "ainr" and word[-2:].isalpha() and not people)
    return Country(code[0], names, capitals, adjectives, people or regular)


@cache
def _names() -> Mapping[str, Country]:
    return MappingProxyType({name: country for country in reversed(table()) for name in country.names})


@cache
def _capitals() -> Mapping[str, Country]:
    return MappingProxyType({city: country for country in table() for city in country.capitals})


@cache
def _adjectives() -> Mapping[str, Country]:
    return MappingProxyType({word: country for country in reversed(table()) for word in country.adjectives})


@cache
def _people() -> Mapping[str, Country]:
    return MappingProxyType({word: country for country in reversed(table()) for word in country.people})


@cache
def _codes() -> Mapping[str, Country]:
    return MappingProxyType({country.code: country for country in table()})
