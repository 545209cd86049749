"""What must hold of the model that is shipped, whatever it has learned; left out where the package has none."""

from __future__ import annotations

import socket
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.reading import language, sentences
from peacetable.reading.encoder import weights
from peacetable.reading.encoder.reader import Reader
from peacetable.reading.language import Language

pytestmark = pytest.mark.skipif(not weights.available(), reason="the package was built without a language model")

REPORTS = (
    "The Karu Liberation Front will hand its heavy weapons to the mission by 1 May, its spokesman Amin Roe said.",
    "“We won't sign,” the minister told reporters in Port Vell. “Not under fire.”\n\nThe talks go on on Monday.",
    "Nine people were killed near the ford when a convoy of the Saldan army was shelled, the Vell Herald reported.",
)


def told(text: str, reader: Reader | None = None) -> Language:
    return language.annotate(sentences.split(text)[1], text, reader=reader)


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_the_number_of_threads_changes_nothing(threads: int) -> None:
    reader = Reader(threads=threads)
    assert [told(text, reader) for text in REPORTS] == [told(text) for text in REPORTS]


def test_a_report_does_not_depend_on_its_neighbours() -> None:
    alone = told(REPORTS[0], Reader())
    reader = Reader()
    for text in REPORTS[1:]:
        told(text, reader)
    assert told(REPORTS[0], reader) == alone


def test_reading_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refused)
    assert told(REPORTS[0], Reader()).by == "model"


def test_a_text_of_many_windows_is_read_to_its_end() -> None:
    text = "\n".join(REPORTS * 10)
    found = told(text)
    assert len(found.upos) == len(found.places) > 500
    assert found.places[-1][1] == len(text)


@given(st.text(st.characters(), max_size=80))
@settings(max_examples=25, deadline=None)
def test_no_character_stops_it_or_shifts_an_offset(text: str) -> None:
    found = told(text)
    split = sentences.split(text)[1]
    assert [len(words) for words in found.words] == [len(sentence.tokens) for sentence in split]
    assert all([word.head for word in words].count(-1) == 1 for words in found.words)
    spans = [name.span for name in found.names]
    spans += [span for item in found.attributions for span in item.source + item.cue + item.content]
    assert all(text[span.start : span.end] == span.quote for span in spans)


@pytest.mark.parametrize("text", ["a" * 10_000, "a " * 500, "?!" * 300, "\u200b" * 300, "Ünïcödé " * 100])
def test_what_is_no_prose_is_read_all_the_same(text: str) -> None:
    assert len(told(text).words) == len(sentences.split(text)[1])
