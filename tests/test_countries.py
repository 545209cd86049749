from __future__ import annotations

import re

import countryinfo
import pytest

from peacetable import countries


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (countries.by_name("Afghanistan"), "AFG"),
        (countries.by_name("U.S."), "USA"),
        (countries.by_name("Côte d’Ivoire"), "CIV"),
        (countries.by_capital("Kabul"), "AFG"),
        (countries.by_capital("Kyiv"), "UKR"),
        (countries.by_adjective("Afghan"), "AFG"),
        (countries.by_adjective("Dutch"), "NLD"),
        (countries.by_people("Afghans"), "AFG"),
        (countries.by_people("Britons"), "GBR"),
    ],
)
def test_a_country_is_known_by_its_words(found: countries.Country | None, code: str) -> None:
    assert found is not None
    assert found.code == code


def test_an_unknown_name_is_no_country() -> None:
    assert countries.by_name("Velkaria") is None


def test_codes_are_three_capitals_and_occur_once() -> None:
    codes = [country.code for country in countries.table()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[A-Z]{3}", code) for code in codes)


def test_no_name_means_two_countries() -> None:
    names = [name for country in countries.table() for name in country.names]
    assert len(names) == len(set(names))


def test_the_table_agrees_with_the_package_that_it_was_made_from() -> None:
    for code in ("AFG", "COL", "ETH", "NPL", "SDN", "YEM", "UKR", "PHL"):
        theirs = countryinfo.CountryInfo(code)
        ours = countries.by_code(code)
        assert ours is not None
        assert theirs.name() in ours.names or theirs.name().title() in ours.names
