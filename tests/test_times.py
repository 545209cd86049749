"""Time expressions: marked sentences, and what holds for any text."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable import edtf
from peacetable.model import When
from peacetable.reading.times import between, deadline, end_of_length, times

PUBLISHED = When("2021-03-12")
MARK = re.compile(r"\[([^\[\]]+?) -> ([^\[\]]+)\]")
CASES = [
    line
    for line in (Path(__file__).parent / "cases" / "times.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
#: Words that time expressions are made of, so that random texts hold many.
WORDS = [
    "Monday", "on", "by", "the", "end", "of", "May", "2021", "last", "next", "week", "year", "12", "March", "Friday",
    "in", "two", "days", "ago", "before", "until", "mid", "-", "early", "a", "half", "and", "1990s", "quarter", "first",
    "at", "noon", "7:15", "p.m.", "within", "months", "will", "was", ".", ",", "\n\n", "29", "February", "31", "'s",
    "fiscal", "Christmas", "Easter", "every", "night", "0000-00-00", "99/99/9999", "9999", "1000", "hundred", "years",
    "winter", "tomorrow", "coming", "century", "since", "to", "weekend", "millennia", "999999999", "thirty-first",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
DAYS = st.dates().map(lambda day: When(day.isoformat()))


@pytest.mark.parametrize("case", CASES)
def test_marked_sentences(case: str) -> None:
    day, _, sentence = (part.strip() for part in case.partition("|"))
    text = MARK.sub(lambda match: match[1], sentence)
    wanted = [(match[1], match[2]) for match in MARK.finditer(sentence)]
    found = []
    for expression in times(text, published=None if day == "-" else When(day)):
        bound = deadline(expression)
        found.append((expression.text, bound.edtf if bound else expression.timex or "?"))
    assert found == wanted


def test_a_date_keeps_its_words_its_rule_and_what_the_rule_counts_from() -> None:
    (monday,) = times("They met on Monday.", published=PUBLISHED)
    assert monday.when == When(
        "2021-03-08", words="Monday", rule="weekday-nearest-before-publication", anchor="2021-03-12"
    )


def test_an_absolute_date_needs_no_rule() -> None:
    (day,) = times("They met on 8 March 2021.", published=PUBLISHED)
    assert day.when is not None
    assert (day.when.rule, day.when.anchor) == (None, None)


def test_the_date_itself_stays_plain_beside_its_bound() -> None:
    (may,) = times("They leave by May 1.", published=PUBLISHED)
    assert may.function == "deadline"
    assert may.when is not None
    assert may.when.edtf == "2021-05-01"


def test_types_are_those_of_timeml() -> None:
    text = "On Friday night they met for two days, as they do every month, until 12 March 2021."
    assert [(one.type, one.timex) for one in times(text, published=PUBLISHED)] == [
        ("TIME", "2021-03-12TNI"),
        ("DURATION", "P2D"),
        ("SET", "P1M"),
        ("DATE", "2021-03-12"),
    ]


def test_a_length_tied_to_an_event_keeps_what_it_counts_from() -> None:
    (length,) = times("They disarm within 30 days of signing.", published=PUBLISHED)
    assert length.when is None
    assert length.rule == "P30D of an event"


def test_a_length_can_be_counted_from_a_day_that_the_caller_knows() -> None:
    (length,) = times("They disarm within 30 days.", published=PUBLISHED)
    counted = deadline(length, counted_from=When("2021-03-01"))
    assert counted is not None
    assert (counted.edtf, counted.rule, counted.anchor) == ("../2021-03-31", "P30D after 2021-03-01", "2021-03-01")


def test_a_truce_of_some_hours_runs_from_its_start_to_its_end() -> None:
    (length,) = times("The truce lasts 72 hours.", published=PUBLISHED)
    lasting = end_of_length(length, When("2021-03-10"))
    assert lasting is not None
    assert lasting.edtf == "2021-03-10/2021-03-13"


def test_two_expressions_make_a_period() -> None:
    first, last = times("The round runs from 14 August to 4 September.", published=PUBLISHED)
    period = between(first, last)
    assert period is not None
    assert period.edtf == "2021-08-14/2021-09-04"


def test_a_date_may_count_from_another_one_of_the_text_when_it_says_so() -> None:
    first, _ = times("They met again two days after the 12 January meeting.", published=PUBLISHED)
    assert first.when is not None
    assert (first.when.edtf, first.when.anchor) == ("2021-01-14", "2021-01-12")


def test_furniture_is_not_read() -> None:
    from peacetable.model import Span

    text = "Updated Monday. They met on Friday."
    found = times(text, published=PUBLISHED, furniture=(Span.of(text, 0, 15),))
    assert [one.text for one in found] == ["Friday"]


def test_a_long_text_of_any_kind_takes_bounded_time() -> None:
    hostile = ["1" * 50_000, "1 " * 25_000, "the " * 12_000, "May " * 12_000, "12-" * 15_000, "hundred and " * 4_000]
    start = time.process_time()
    for text in hostile:
        times(text, published=PUBLISHED)
    assert time.process_time() - start < 20


@settings(max_examples=150, deadline=None)
@given(text=TEXTS | st.text(max_size=200), published=DAYS | st.none())
def test_offsets_quote_the_text_and_dates_are_edtf(text: str, published: When | None) -> None:
    for one in times(text, published=published):
        assert text[one.start : one.end] == one.text != ""
        for when in (one.when, deadline(one, counted_from=published)):
            if when is not None:
                earliest, latest = edtf.bounds(when.edtf)
                assert earliest is None or latest is None or earliest <= latest


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_expressions_stand_in_order_and_never_overlap(text: str) -> None:
    found = times(text, published=PUBLISHED)
    assert all(left.end <= right.start for left, right in pairwise(found))


@settings(max_examples=60, deadline=None)
@given(before=TEXTS, day=st.dates())
def test_an_absolute_date_does_not_depend_on_earlier_paragraphs(before: str, day: object) -> None:
    text = f"{before}\n\nThe accord of {day} holds."
    last = times(text, published=PUBLISHED)[-1]
    assert last.when is not None
    assert last.when.edtf == str(day)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_without_a_day_of_publication_only_absolute_dates_are_told(text: str) -> None:
    assert all(one.when.anchor is None for one in times(text, published=None) if one.when and one.type != "DURATION")
