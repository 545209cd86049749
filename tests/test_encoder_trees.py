from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.reading.encoder.arrays import Floats
from peacetable.reading.encoder.trees import ROOT, best_tree, trees

#: Whole numbers make ties and cycles; the step leaves no doubt about which sum is larger.
SCORE = st.integers(-4, 4)


@st.composite
def batches(draw: st.DrawFn) -> tuple[Floats, list[int]]:
    """Some sentences of up to four words with scores, padded with scores that must not be looked at."""
    lengths = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    most = max(lengths)
    size = len(lengths) * most * (most + 1)
    values = draw(st.lists(SCORE, min_size=size, max_size=size))
    scores = np.asarray(values, np.float32).reshape(len(lengths), most, most + 1)
    for number, length in enumerate(lengths):
        scores[number, length:] = 99.0
        scores[number, :, length + 1 :] = 99.0
    return scores, lengths


def is_tree(heads: tuple[int, ...]) -> bool:
    """One root, and every word comes to it by its heads."""
    for word in range(len(heads)):
        at, steps = word, 0
        while at != ROOT:
            at, steps = heads[at], steps + 1
            if steps > len(heads):
                return False
    return heads.count(ROOT) == 1


def score(heads: tuple[int, ...], scores: Floats) -> float:
    return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))


def best_by_trying(scores: Floats) -> float:
    length = len(scores)
    every = itertools.product(range(ROOT, length), repeat=length)
    return max(score(heads, scores) for heads in every if is_tree(heads))


@given(batches())
@settings(max_examples=150, deadline=None)
def test_the_heads_are_a_tree_with_one_root_and_no_such_tree_scores_more(batch: tuple[Floats, list[int]]) -> None:
    scores, lengths = batch
    found = trees(scores, np.asarray(lengths))
    for number, length in enumerate(lengths):
        heads = tuple(found[number, :length].tolist())
        own = scores[number, :length, : length + 1]
        assert is_tree(heads)
        assert score(heads, own) == best_by_trying(own)
        assert set(found[number, length:].tolist()) <= {ROOT}


def test_a_long_sentence_of_nothing_but_cycles_comes_out_as_a_tree() -> None:
    length = 120
    scores = np.random.default_rng(7).normal(size=(1, length, length + 1)).astype(np.float32)
    for word in range(length):
        scores[0, word, (word ^ 1) + 1] = 50.0  # neighbours that are each other's heads
    heads = tuple(trees(scores, np.asarray([length]))[0].tolist())
    assert is_tree(heads)


def test_two_roots_that_score_best_are_still_one_root() -> None:
    scores = np.asarray([[9.0, 0.0, 1.0], [8.0, 2.0, 0.0]], np.float32)
    assert best_tree(scores).tolist() == [0, 1]


def test_arcs_may_cross() -> None:
    wanted = (2, 3, ROOT, 2)  # 0-2 and 1-3 cross
    scores = np.zeros((1, 4, 5), np.float32)
    for word, head in enumerate(wanted):
        scores[0, word, head + 1] = 5.0
    assert tuple(trees(scores, np.asarray([4]))[0].tolist()) == wanted


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_scores_that_are_no_numbers_still_give_a_tree(bad: float) -> None:
    scores = np.full((1, 3, 4), bad, np.float32)
    assert is_tree(tuple(trees(scores, np.asarray([3]))[0].tolist()))


def test_no_sentence_and_no_word_give_nothing() -> None:
    assert trees(np.zeros((0, 0, 1), np.float32), np.zeros(0, np.int64)).shape == (0, 0)
    assert trees(np.zeros((1, 2, 3), np.float32), np.asarray([0])).tolist() == [[ROOT, ROOT]]
