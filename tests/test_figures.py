"""Figures: quantities about the process, with the words from which a reader would accept them."""

from __future__ import annotations

import pytest

from factories import make_report
from peacetable.model import Figure, When
from peacetable.reading.engines import analyse
from peacetable.reading.figures import figures


def read(text: str, *, published: str | None = "2021-03-12") -> list[Figure]:
    """The figures of a report."""
    return list(figures(analyse(make_report(text, published=published))))


@pytest.mark.parametrize(
    ("text", "value", "unit", "evidence"),
    [
        ("The shelling killed at least 19 people.", 19, "people", "killed at least 19 people"),
        ("Some 25,000 people have fled the town.", 25_000, "people", "Some 25,000 people have fled the town"),
        ("The army keeps 2,500 foreign troops.", 2500, "troops", "keeps 2,500 foreign troops"),
        ("The rebels hold 18 percent of districts.", 18, "%", "18 percent of districts"),
        ("The two sides signed a 90-day truce.", 90, "days", "a 90-day truce"),
        ("Oslo pledged $140 million for the mission.", 140_000_000, "dollars", "pledged $140 million for the mission"),
    ],
)
def test_a_figure_quotes_its_number_with_what_it_counts(text: str, value: float, unit: str, evidence: str) -> None:
    (figure,) = read(text)
    assert (figure.value, figure.unit) == (value, unit)
    assert evidence in figure.evidence.quote or figure.evidence.quote in evidence


def test_a_bare_number_takes_its_clause() -> None:
    (figure,) = read("The hospital put the toll at 27.")
    assert figure.evidence.quote == "The hospital put the toll at 27"


def test_a_length_takes_the_verb_that_it_measures() -> None:
    (figure,) = read("The ceasefire has held for ten weeks.")
    assert (figure.value, figure.unit) == (10, "weeks")
    assert figure.evidence.quote.endswith("has held for ten weeks")


@pytest.mark.parametrize(
    "text",
    [
        "The two sides met in Oslo.",
        "They will answer within ten days.",
        "The war has lasted 20 years.",
        "One diplomat doubted it.",
        "They read a five-point plan.",
    ],
)
def test_sides_deadlines_ages_of_wars_and_points_are_no_figures(text: str) -> None:
    assert read(text) == []


def test_one_quantity_told_twice_is_one_figure() -> None:
    assert len(read("The blast killed 31 soldiers.\n\nThe ministry said 31 soldiers were killed in the blast.")) == 1


def test_two_tolls_are_two_figures() -> None:
    assert [figure.value for figure in read("The raid left 31 dead and 40 wounded.")] == [31, 40]


def test_a_figure_in_reported_words_is_according_to_their_speaker() -> None:
    (figure,) = read('"We lost 46 men at the bridge," General Amin Haddad said.')
    assert figure.according_to is not None
    assert figure.chain == (figure.according_to,)


def test_a_figure_in_the_reports_own_voice_is_according_to_nobody() -> None:
    (figure,) = read("The blast killed 31 soldiers.")
    assert (figure.according_to, figure.chain) == (None, ())


def test_a_figure_is_of_the_day_that_its_words_give_or_of_publication() -> None:
    assert read("The blast killed 31 soldiers.")[0].as_of == When("2021-03-12")
    assert read("The blast killed 31 soldiers.", published=None)[0].as_of is None


def test_bounds_and_vagueness_are_kept() -> None:
    (figure,) = read("Up to 9,000 people have died.")
    assert (figure.value, figure.max, figure.approximate) == (None, 9000, True)
