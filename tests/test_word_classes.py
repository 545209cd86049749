from __future__ import annotations

import pytest

from peacetable.reading.nounphrases import noun_phrases
from peacetable.reading.sentences import split
from peacetable.reading.word_classes import UPOS, Rules, classes_of


def classes(text: str) -> dict[str, str]:
    """The class of each word of a sentence."""
    (sentence,) = split(text)[1]
    found = classes_of(sentence.tokens)
    return {token.text: upos for token, upos in zip(sentence.tokens, found, strict=True)}


def phrases(text: str) -> list[str]:
    """The noun phrases of a sentence as strings."""
    (sentence,) = split(text)[1]
    tokens = sentence.tokens
    found = noun_phrases(tokens, classes_of(tokens))
    return [text[tokens[phrase.first].start : tokens[phrase.last - 1].end] for phrase in found]


@pytest.mark.parametrize(
    ("text", "word", "upos"),
    [
        ("The army claims that it won.", "claims", "VERB"),
        ("The claims of the army were false.", "claims", "NOUN"),
        ("Diplomats fear the worst.", "fear", "VERB"),
        ("They spoke of fear.", "fear", "NOUN"),
        ("The rebels have promised a truce.", "promised", "VERB"),
        ("The promised truce never came.", "promised", "ADJ"),
        ("The Afghan government fell.", "Afghan", "ADJ"),
        ("He met Salim al-Harthy.", "al-Harthy", "PROPN"),
        ("Medics counted nine dead.", "Medics", "NOUN"),
        ("The chief, Jane Roe, left.", "chief", "NOUN"),
        ("They will resume talks.", "will", "AUX"),
        ("The accord says the Ashkari promises not to recruit.", "promises", "VERB"),
    ],
)
def test_a_word_has_the_class_that_its_neighbours_give_it(text: str, word: str, upos: str) -> None:
    assert classes(text)[word] == upos


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The rebels' political chief left.", "The rebels' political chief"),
        ("They met the head of the mission.", "the head of the mission"),
        ("The Karu Liberation Front (KLF) signed.", "The Karu Liberation Front (KLF)"),
        ("The Front for National Renewal signed.", "The Front for National Renewal"),
    ],
)
def test_a_noun_phrase_takes_in_what_belongs_to_it(text: str, phrase: str) -> None:
    assert phrase in phrases(text)


def test_the_rules_leave_heads_open() -> None:
    (sentence,) = split("The army said that the road was open.")[1]
    words = Rules().annotate(sentence)
    assert {(word.head, word.relation) for word in words} == {(None, None)}
    assert {word.upos for word in words} <= set(UPOS)
