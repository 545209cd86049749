"""Quantities: numbers with bounds, vagueness and unit, and what they count."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.model import When
from peacetable.reading.analysis import Quantity
from peacetable.reading.number_words import number_of_words, ordinal_of_words, year_of_words
from peacetable.reading.quantities import quantities
from peacetable.reading.times import times

PUBLISHED = When("2021-03-12")
PARTS = [
    "one", "in", "five", "two", "thirds", "half", "of", "a", "million", "dozens", "hundreds", "$", "US$", "1,250",
    "3.5", "%", "percent", "at", "least", "up", "to", "between", "and", "-", "soldiers", "dead", "killed", "the",
    "truce", "390", "000", "bn", ".", "\n\n", "4.", "km", "more", "than", "hundred", "twenty", "dozen", "or", "½",
    "M23", "90-day",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join)


def found(text: str) -> tuple[Quantity, ...]:
    """The quantities of a text, with its times taken out."""
    return quantities(text, times=times(text, published=PUBLISHED))


@pytest.mark.parametrize(
    ("words", "value", "most"),
    [
        ("1,250 soldiers", 1250, None),
        ("4.5 million people", 4_500_000, None),
        ("3.4m people", 3_400_000, None),
        ("390 000 people", 390_000, None),
        ("twenty-six attacks", 26, None),
        ("a hundred and ten men", 110, None),
        ("two thousand five hundred men", 2500, None),
        ("three dozen tanks", 36, None),
        ("half a million people", 500_000, None),
        ("a quarter of a million people", 250_000, None),
        ("at least 30 people", 30, None),
        ("more than 2,500 people", 2500, None),
        ("nearly 400 officers", 400, None),
        ("some 400 officers", 400, None),
        ("up to 40 observers", None, 40),
        ("as many as a million people", None, 1_000_000),
        ("fewer than 900 people", None, 900),
        ("between 30 and 50 fighters", 30, 50),
        ("30 to 50 fighters", 30, 50),
        ("8,000-10,000 men", 8000, 10_000),
        ("between 7.5 and 8 million people", 7_500_000, 8_000_000),
        ("nine to 12 months", 9, 12),
        ("dozens of civilians", 24, None),
        ("hundreds of rebels", 100, 999),
        ("tens of thousands of refugees", 10_000, 99_999),
        ("a few hundred guns", 100, 999),
    ],
)
def test_value_and_maximum_follow_the_findings_scheme(words: str, value: float | None, most: float | None) -> None:
    (quantity,) = found(f"They counted {words} there.")
    assert (quantity.value, quantity.max) == (value, most)


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("18 percent of districts", 18),
        ("46 per cent of the land", 46),
        ("80% of imports", 80),
        ("a third of the army", 33),
        ("two thirds of the army", 66.7),
        ("half of the army", 50),
        ("one in five families", 20),
        ("three voters in four", 75),
    ],
)
def test_a_share_is_written_in_percent(words: str, percent: float) -> None:
    quantity = found(f"It took {words}.")[0]
    assert (quantity.value, quantity.unit) == (percent, "%")


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("$140 million", 140_000_000, "dollars"),
        ("US$3.4 million", 3_400_000, "US$"),
        ("45 million dollars", 45_000_000, "dollars"),
        ("€35 million", 35_000_000, "euros"),
        ("a 90-day truce", 90, "days"),
        ("72 hours", 72, "hours"),
        ("six more weeks", 6, "weeks"),
        ("10 km", 10, "km"),
        ("two and a half years", 2.5, "years"),
    ],
)
def test_money_lengths_and_distances_have_their_unit(words: str, value: float, unit: str) -> None:
    (quantity,) = found(f"They agreed on {words}.")
    assert (quantity.value, quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("30 people", 30, 30),
        ("at least 30 people", 30, None),
        ("over 30 people", 30, None),
        ("up to 30 people", None, 30),
        ("30 to 50 people", 30, 50),
        ("dozens of people", 24, None),
        ("hundreds of people", 100, 999),
    ],
)
def test_a_count_has_its_bounds(words: str, low: float | None, high: float | None) -> None:
    (quantity,) = found(f"The blast hurt {words}.")
    assert (quantity.low, quantity.high) == (low, high)


@pytest.mark.parametrize("words", ["over 30", "nearly 30", "about 30", "at least 30", "an estimated 30", "ten or more"])
def test_what_is_not_exact_is_approximate(words: str) -> None:
    (quantity,) = found(f"They freed {words} captives.")
    assert quantity.approximate


def test_a_plain_number_is_not_approximate() -> None:
    (quantity,) = found("They freed 30 captives.")
    assert not quantity.approximate


@pytest.mark.parametrize(
    ("text", "noun", "head"),
    [
        ("The 2,500 foreign troops stay.", "foreign troops", "troop"),
        ("They shot three of its fighters.", "fighters", "fighter"),
        ("Some 400 police officers came.", "police officers", "officer"),
        ("They hold 12 displaced families.", "displaced families", "family"),
        ("The raid left 31 dead.", "dead", "dead"),
        ("Six of 14 schools stay shut.", "schools", "school"),
        ("Twelve people were killed.", "people", "people"),
    ],
)
def test_what_is_counted_is_named(text: str, noun: str, head: str) -> None:
    quantity = found(text)[0]
    assert quantity.noun is not None
    assert (quantity.noun.quote, quantity.head) == (noun, head)


@pytest.mark.parametrize(
    "text",
    [
        "They met on 12 March 2021 and again in 2022.",
        "Resolution 2254 and article 5 bind them.",
        "The M23, the G-20 and the Group of Seven met.",
        "Phase 2 begins at 7:15 p.m. on Monday.",
        "The commander, a 41-year-old teacher, left.",
        "Callum Reid, 41, was put on a boat.",
        "Call +41 22 917 1234567890 or 0612345678.",
        "It was their third meeting, on the 5th floor.",
        "They signed a ten-page text.",
        "\n\n4. The parties agree to meet.",
        "No one knows which one fired.",
    ],
)
def test_dates_names_ages_ordinals_and_telephone_numbers_are_no_quantities(text: str) -> None:
    assert [quantity.text for quantity in found(text)] == []


def test_furniture_is_not_read() -> None:
    from peacetable.model import Span

    text = "12 comments\n\nThey freed 30 captives."
    assert [q.value for q in quantities(text, furniture=(Span.of(text, 0, 11),))] == [30]


def test_number_words_make_numbers() -> None:
    assert number_of_words(["one", "hundred", "and", "seven", "thousand", "and", "six"]) == 107_006
    assert number_of_words(["five", "two"]) is None
    assert year_of_words(["nineteen", "ninety", "seven"]) == 1997
    assert ordinal_of_words(["twenty", "first"]) == 21


def test_a_long_text_of_any_kind_takes_bounded_time() -> None:
    hostile = ["1" * 50_000, "1 " * 20_000, "1," * 20_000, "twenty " * 8_000, "hundred and " * 5_000, "12-" * 15_000]
    start = time.process_time()
    for text in hostile:
        quantities(text)
    assert time.process_time() - start < 20


@settings(max_examples=200, deadline=None)
@given(text=TEXTS | st.text(max_size=200))
def test_offsets_quote_the_text_and_bounds_are_in_order(text: str) -> None:
    for quantity in found(text):
        assert text[quantity.start : quantity.end] == quantity.text != ""
        if quantity.noun is not None:
            assert text[quantity.noun.start : quantity.noun.end] == quantity.noun.quote != ""
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_quantities_stand_in_order_and_never_overlap(text: str) -> None:
    row = found(text)
    assert all(left.end <= right.start for left, right in pairwise(row))
