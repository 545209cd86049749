"""EDTF: text in, inclusive bounds out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peacetable import edtf
from peacetable.errors import DateError
from peacetable.model import When


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2021-05-01", "2021-05-01", "2021-05-01"),
        ("2021-05", "2021-05-01", "2021-05-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-21", "2021-03-01", "2021-05-31"),
        ("2021-24", "2021-12-01", "2022-02-28"),
        ("2021-03-15/2021-03-21", "2021-03-15", "2021-03-21"),
        ("2020/2021", "2020-01-01", "2021-12-31"),
        ("../2021-05-01", None, "2021-05-01"),
        ("/2021-05", None, "2021-05-31"),
        ("2016-10/..", "2016-10-01", None),
        ("2021-02~", "2021-02-01", "2021-02-28"),
        ("../2014-04-15~", None, "2014-04-15"),
    ],
)
def test_bounds_include_the_first_and_the_last_day(text: str, earliest: str | None, latest: str | None) -> None:
    assert edtf.bounds(text) == (
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "../..",
        "/",
        "May 2021",
        "2021-13",
        "2021-02-30",
        "2021-5-1",
        "21",
        "2021-21-01",
        "2021-05-07/2021-05-01",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="no EDTF date"):
        edtf.bounds(text)


def test_a_mark_says_about_and_widens_nothing() -> None:
    assert edtf.approximate("2021-02~")
    assert not edtf.approximate("2021-02")
    assert edtf.bounds("2021-02~") == edtf.bounds("2021-02")


def test_only_a_date_that_is_known_to_the_day_has_a_day() -> None:
    assert When("2021-05-01").day == date(2021, 5, 1)
    assert When("2021-05-01~").day is None
    assert When("2021-05").day is None
    assert When("../2021-05-01").day is None


def test_an_interval_is_written_from_its_bounds() -> None:
    assert edtf.interval(date(2021, 5, 1), date(2021, 5, 1)) == "2021-05-01"
    assert edtf.interval(None, date(2021, 5, 1)) == "../2021-05-01"
    assert edtf.interval(date(2021, 5, 1), None) == "2021-05-01/.."


def test_an_interval_with_no_bound_is_refused() -> None:
    with pytest.raises(DateError):
        edtf.interval(None, None)


@given(first=st.dates(), last=st.dates())
def test_bounds_of_an_interval_are_those_it_was_written_from(first: date, last: date) -> None:
    first, last = sorted((first, last))
    assert edtf.bounds(edtf.interval(first, last)) == (first, last)


@given(text=st.text(alphabet="0123456789-/.~?%", max_size=24))
def test_any_text_has_bounds_in_order_or_is_refused(text: str) -> None:
    try:
        earliest, latest = edtf.bounds(text)
    except DateError:
        return
    assert earliest is None or latest is None or earliest <= latest
