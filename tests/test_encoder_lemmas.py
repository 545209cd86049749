from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.reading.encoder.lemmas import apply, rule


@given(st.text(max_size=12), st.text(max_size=12))
@settings(max_examples=300, deadline=None)
def test_a_rule_makes_its_word_its_lemma(word: str, lemma: str) -> None:
    assert apply(word, rule(word, lemma)) == lemma


@given(st.text(max_size=8), st.text(max_size=8))
@settings(max_examples=200, deadline=None)
def test_any_rule_can_be_put_to_any_word(word: str, rule: str) -> None:
    assert isinstance(apply(word, rule), str)


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        ("parties/party Studied/study", "l-3+y"),
        ("talks/talk Rebels/rebel", "l-1+"),
        ("was/be IS/be", "=be"),
        ("Karvenia/Karvenia NATO/NATO", "k-0+"),
        ("UNITED/United", "t-0+"),
        ("n't/not", "l-2+ot"),
    ],
)
def test_words_that_change_alike_share_a_rule(words: str, shared: str) -> None:
    assert {rule(*pair.split("/")) for pair in words.split()} == {shared}


def test_a_word_too_short_for_a_rule_keeps_its_letters() -> None:
    assert apply("Go", "l-5+x") == "go"


def test_a_rule_that_cannot_be_read_keeps_the_word() -> None:
    assert apply("Truce", "?") == "Truce"
