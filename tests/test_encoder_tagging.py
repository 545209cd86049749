from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from peacetable.reading.encoder.tagging import decode, legal, runs

LABELS = 5  # O and two kinds
SCORE = st.integers(-3, 3)


def array(draw: st.DrawFn, *shape: int) -> NDArray[np.float32]:
    size = int(np.prod(shape))
    return np.asarray(draw(st.lists(SCORE, min_size=size, max_size=size)), np.float32).reshape(shape)


@st.composite
def batches(
    draw: st.DrawFn,
) -> tuple[NDArray[np.float32], list[int], NDArray[np.float32] | None, NDArray[np.float32] | None]:
    lengths = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
    emissions = array(draw, len(lengths), max(lengths), LABELS)
    if draw(st.booleans()):
        return emissions, lengths, None, None
    return emissions, lengths, array(draw, LABELS, LABELS), array(draw, LABELS)


def score(
    labels: tuple[int, ...],
    emissions: NDArray[np.float32],
    steps: NDArray[np.float64],
    first: NDArray[np.float64],
) -> float:
    total = float(sum(emissions[word, label] for word, label in enumerate(labels)))
    total += float(sum(steps[before, after] for before, after in itertools.pairwise(labels)))
    return total + float(first[labels[0]])


@given(batches())
@settings(max_examples=120, deadline=None)
def test_no_legal_sequence_scores_more_than_the_one_found(
    batch: tuple[NDArray[np.float32], list[int], NDArray[np.float32] | None, NDArray[np.float32] | None],
) -> None:
    emissions, lengths, transitions, start = batch
    found = decode(emissions, np.asarray(lengths), transitions=transitions, start=start)
    steps = legal(LABELS) + (0 if transitions is None else transitions)
    first = legal(LABELS)[0] + (0 if start is None else start)
    for number, length in enumerate(lengths):
        assert not found[number, length:].any()
        if length:
            labels = tuple(found[number, :length].tolist())
            every = itertools.product(range(LABELS), repeat=length)
            best = max(score(other, emissions[number], steps, first) for other in every)
            assert score(labels, emissions[number], steps, first) == best > -np.inf


def test_an_inner_label_stands_only_behind_its_own_kind() -> None:
    allowed = legal(LABELS) == 0
    assert allowed[:, 2].tolist() == [False, True, True, False, False]
    assert allowed[:, 4].tolist() == [False, False, False, True, True]
    assert allowed[:, [0, 1, 3]].all()


def test_rows_do_not_depend_on_their_neighbours() -> None:
    emissions = np.random.default_rng(3).normal(size=(6, 30, LABELS)).astype(np.float32)
    lengths = np.asarray([30, 1, 17, 0, 30, 9])
    transitions = np.random.default_rng(4).normal(size=(LABELS, LABELS))
    together = decode(emissions, lengths, transitions=transitions)
    alone = [decode(emissions[[n]], lengths[[n]], transitions=transitions)[0] for n in range(6)]
    assert np.array_equal(together, np.stack(alone))


def test_runs_part_where_a_new_one_begins() -> None:
    assert runs(np.asarray([0, 1, 2, 1, 3, 4, 4, 0, 3])) == ((1, 3, 0), (3, 4, 0), (4, 7, 1), (8, 9, 1))


def test_no_words_have_no_runs() -> None:
    assert runs(np.zeros(0, np.int64)) == ()
    assert decode(np.zeros((0, 0, LABELS), np.float32), np.zeros(0, np.int64)).shape == (0, 0)


@given(st.lists(st.sampled_from((0, 1, 2)), max_size=5), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_runs_cover_exactly_what_is_labelled(kinds: list[int], tail: int) -> None:
    labels = [label for kind in kinds for label in ([0] if not kind else [2 * kind - 1] + [2 * kind] * tail)]
    covered = np.zeros(len(labels), np.int64)
    for start, end, kind in runs(np.asarray(labels, np.int64)):
        covered[start:end] = kind + 1
    assert covered.tolist() == [(label + 1) // 2 for label in labels]
