from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.model import Furniture, Span
from peacetable.reading.sentences import split, tokenise


def sentences(text: str) -> list[str]:
    """The sentences of a text as strings."""
    return [text[sentence.start : sentence.end] for sentence in split(text)[1]]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text as strings."""
    return [text[paragraph.start : paragraph.end] for paragraph in split(text)[0]]


@pytest.mark.parametrize(
    "whole",
    [
        "Gen. Amadou Bah met Dr. Roe at 9 a.m. on Monday.",
        "The U.S. envoy flew to St. Anne.",
        "J. P. Roe signed for the rebels.",
        "Some 3.5 tonnes of rice were burnt.",
        "Article 4, para. 2, binds both.",
        "The talks ... were long.",
        "He paid No. 7 and left.",
    ],
)
def test_an_abbreviation_ends_no_sentence(whole: str) -> None:
    assert sentences(whole) == [whole]


def test_a_quotation_that_ends_with_its_stop_ends_the_sentence() -> None:
    assert sentences('He said: "We will go." She left.') == ['He said: "We will go."', "She left."]


def test_a_question_within_a_sentence_does_not_end_it() -> None:
    assert sentences('"Will they sign?" he asked. Nobody knew.') == ['"Will they sign?" he asked.', "Nobody knew."]


def test_a_country_in_letters_ends_a_sentence_before_a_new_one() -> None:
    assert sentences("They flew to the U.S. The talks went on.") == ["They flew to the U.S.", "The talks went on."]


def test_a_missing_space_does_not_hide_the_end() -> None:
    assert sentences("The truce held.The talks went on.") == ["The truce held.", "The talks went on."]


def test_paragraphs_part_at_empty_lines() -> None:
    assert paragraphs("One.\n\nTwo.\r\n\r\nThree.") == ["One.", "Two.", "Three."]


def test_a_text_with_one_paragraph_a_line_has_a_paragraph_a_line() -> None:
    long = "The envoy met both sides in the capital, and said that a second round would follow before the end of June."
    assert paragraphs(f"{long}\n{long}") == [long, long]


def test_lines_broken_at_a_margin_are_one_paragraph() -> None:
    text = "The envoy met both sides in the capital, and said that\na second round would follow before June.\n"
    assert paragraphs(text) == [text.strip()]


def test_a_heading_is_a_paragraph_of_its_own() -> None:
    body = "The envoy met both sides in the capital, and said that a second round would follow before the end of June."
    assert paragraphs(f"Envoy meets both sides\n{body}") == ["Envoy meets both sides", body]


def test_furniture_is_left_out() -> None:
    text = "The truce held. Share this. The talks went on."
    furniture = (Furniture(Span.of(text, 16, 27), "share"),)
    found = [text[sentence.start : sentence.end] for sentence in split(text, furniture)[1]]
    assert found == ["The truce held.", "The talks went on."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the rebels' leader", ["the", "rebels", "'", "leader"]),
        ("Roe's aides don't know", ["Roe", "'s", "aides", "don't", "know"]),
        ("60,000 people at 10:30", ["60,000", "people", "at", "10:30"]),
        ("the U.S. and M23", ["the", "U.S.", "and", "M23"]),
        ("Saudi-led, he said", ["Saudi-led", ",", "he", "said"]),
    ],
)
def test_words_are_told_apart(text: str, words: list[str]) -> None:
    assert [token.text for token in tokenise(text, 0, len(text))] == words


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("aAbB19 .,!?\"'“”’\n\r\t\u2028-:;()…é"), max_size=120))
def test_no_character_is_lost_or_shifted(text: str) -> None:
    held, found = split(text)
    kept = sum(len(text[sentence.start : sentence.end].split()) > 0 for sentence in found)
    assert kept == len(found)
    for before, after in pairwise(found):
        assert before.end <= after.start
        assert not text[before.end : after.start].strip()
    for sentence in found:
        paragraph = held[sentence.paragraph]
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
        assert "".join(token.text for token in sentence.tokens) == "".join(text[sentence.start : sentence.end].split())
    assert "".join("".join(text[s.start : s.end].split()) for s in found) == "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_split_without_a_crash(text: str) -> None:
    split(text)


def test_a_long_run_without_marks_takes_little_time() -> None:
    text = "word " * 100_000
    start = time.perf_counter()
    assert len(split(text)[1]) == 1
    assert time.perf_counter() - start < 10
