from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from peacetable.reading.encoder.annotation import Attribution
from peacetable.reading.encoder.inputs import Text, quoted
from peacetable.reading.encoder.linking import attributions, form

LABELS = {"o": 0, "S": 1, "s": 2, "C": 3, "c": 4, "X": 5, "x": 6}


def labels(marks: str) -> NDArray[np.int64]:
    """S, C and X begin a source, a cue and a content; small letters go on."""
    return np.asarray([LABELS[mark] for mark in marks], np.int64)


def links(marks: str, *pairs: tuple[int, int]) -> NDArray[np.float32]:
    """Each word given first points to the cue at the word given second; all other pairs are unlikely."""
    found = np.full((2, len(marks), len(marks)), -6.0, np.float32)
    for word, cue in pairs:
        found[0 if marks[word] in "Ss" else 1, word, cue] = 6.0
    return found


def test_source_cue_and_content_that_point_together_are_one_attribution() -> None:
    marks = "SsCoXxx"
    found = attributions(labels(marks), links(marks, (0, 2), (1, 2), (4, 2), (5, 2), (6, 2)))
    assert found == (Attribution(((0, 2),), ((2, 3),), ((4, 7),)),)


def test_a_window_further_on_in_the_text_counts_its_words_from_there() -> None:
    marks = "SCX"
    found = attributions(labels(marks), links(marks, (0, 1), (2, 1)), first=100)
    assert found == (Attribution(((100, 101),), ((101, 102),), ((102, 103),)),)


def test_a_content_broken_by_its_cue_is_one_content() -> None:
    marks = "XxSCXx"
    found = attributions(labels(marks), links(marks, (0, 3), (1, 3), (2, 3), (4, 3), (5, 3)))
    assert found == (Attribution(((2, 3),), ((3, 4),), ((0, 2), (4, 6))),)


def test_a_run_goes_where_most_of_its_words_point() -> None:
    marks = "CXxxC"
    found = attributions(labels(marks), links(marks, (1, 0), (2, 4), (3, 4)))
    assert found == (Attribution((), ((4, 5),), ((1, 4),)),)


def test_a_content_that_points_to_no_cue_stands_alone_and_the_cue_is_dropped() -> None:
    marks = "SCX"
    assert attributions(labels(marks), links(marks, (0, 1))) == (Attribution((), (), ((2, 3),)),)


def test_a_higher_threshold_leaves_weak_links_out() -> None:
    marks = "CX"
    weak = links(marks)
    weak[1, 1, 0] = 1.0
    assert attributions(labels(marks), weak)[0].cue
    assert not attributions(labels(marks), weak, threshold=2.0)[0].cue


def test_a_source_alone_is_no_attribution() -> None:
    assert attributions(labels("oSso"), links("oSso")) == ()


def test_who_quotes_somebody_relays_what_he_says() -> None:
    marks = "SCSsCcXx"  # Anadolu quoted the minister as saying ...
    found = attributions(labels(marks), links(marks, (0, 1), (2, 4), (3, 4), (6, 4), (7, 4)))
    assert found == (Attribution(((2, 4),), ((4, 6),), ((6, 8),), relayer=((0, 1),)),)


def test_what_stands_within_anothers_words_is_relayed_by_him() -> None:
    marks = "SCXSCXXx"  # Anadolu reported that-  the minister said ... -the road was open
    found = attributions(labels(marks), links(marks, (0, 1), (2, 1), (3, 4), (5, 4), (6, 1), (7, 1)))
    inner = next(item for item in found if item.source == ((3, 4),))
    assert inner.relayer == ((0, 1),)
    assert [item.relayer for item in found if item is not inner] == [()]


@given(st.text(alphabet="oSCX", max_size=9), st.integers(0, 2**32 - 1))
@settings(max_examples=120, deadline=None)
def test_no_word_is_in_two_attributions_and_no_content_is_lost(marks: str, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(scale=3.0, size=(2, len(marks), len(marks))).astype(np.float32)
    found = attributions(labels(marks), scores)
    used = [run for item in found for run in (*item.source, *item.cue, *item.content)]
    assert len(used) == len(set(used))
    assert sum(len(item.content) for item in found) == marks.count("X")
    assert all(item.content for item in found)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("“ We will leave ”", "direct"),
        ("they will leave", "indirect"),
        ("they will “ never ” leave", "mixed"),
        ("“ We will", "direct"),
    ],
)
def test_a_content_is_direct_where_all_its_words_are_quoted(words: str, wanted: str) -> None:
    text = Text(tuple(words.split()), ((0, len(words.split())),), frozenset({0}))
    attribution = Attribution((), (), ((0, len(text.words)),))
    assert form(attribution, text, quoted(text)) == wanted
