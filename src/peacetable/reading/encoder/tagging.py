"""Runs of words out of BIO scores: exact Viterbi decoding over legal sequences, with learned transitions or none.

Label 0 is O; kind k has 1 + 2k for its first word (B) and 2 + 2k for the further ones (I). An I stands only behind a B
or an I of its own kind.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from peacetable.reading.encoder.arrays import Floats, Integers


def decode(
    emissions: Floats,
    lengths: Integers,
    *,
    transitions: ArrayLike | None = None,
    start: ArrayLike | None = None,
) -> Integers:
    """The best legal sequence of labels of each row (Viterbi 1967, over the rows at once).

    Args:
        emissions: shape (rows, words, labels).
        lengths: how many words each row has; what lies beyond is padding and is not looked at.
        transitions: shape (labels, labels), or (rows, labels, labels) where rows differ: what going from a label to
            the next adds; nothing by default. What is illegal stays illegal whatever it says.
        start: shape (labels,) or (rows, labels): what beginning with a label adds; nothing by default.

    Returns:
        Shape (rows, words); 0 (O) for padding.
    """
    rows, most, labels = emissions.shape
    found = np.zeros((rows, most), np.int64)
    if transitions is None and start is None:
        found[:] = emissions.argmax(axis=2)
        found[np.arange(most)[None, :] >= lengths[:, None]] = 0
        todo = np.flatnonzero(_illegal(found))
    else:
        todo = np.flatnonzero(lengths)
    if len(todo):
        steps = legal(labels) + (0.0 if transitions is None else np.asarray(transitions, np.float64))
        first = legal(labels)[0] + (0.0 if start is None else np.asarray(start, np.float64))
        every = np.broadcast_to(steps, (rows, labels, labels))[todo]
        found[todo] = _viterbi(emissions[todo], lengths[todo], every, np.broadcast_to(first, (rows, labels))[todo])
    return found


def runs(labels: Integers) -> tuple[tuple[int, int, int], ...]:
    """The runs of one legal sequence in order: the first word, the one after the last, and the kind's number."""
    if not len(labels):
        return ()
    begins = np.flatnonzero(labels % 2 == 1)
    stops = np.flatnonzero(np.append((labels == 0) | (labels % 2 == 1), True))
    ends = stops[np.searchsorted(stops, begins, side="right")]
    kinds = (labels[begins] - 1) // 2
    return tuple(zip(begins.tolist(), ends.tolist(), kinds.tolist(), strict=True))


def legal(labels: int) -> NDArray[np.float64]:
    """What may follow what: 0 where it may, minus infinity where not; row 0 also tells what may come first."""
    steps = np.zeros((labels, labels))
    for inner in range(2, labels, 2):
        steps[:, inner] = -np.inf
        steps[inner - 1 : inner + 1, inner] = 0.0
    return steps


def _illegal(labels: Integers) -> NDArray[np.bool_]:
    """Which rows hold an I that nothing of its kind stands before."""
    before = np.zeros_like(labels)
    before[:, 1:] = labels[:, :-1]
    inner = (labels > 0) & (labels % 2 == 0)
    illegal: NDArray[np.bool_] = (inner & (before != labels) & (before != labels - 1)).any(axis=1)
    return illegal


def _viterbi(emissions: Floats, lengths: Integers, steps: NDArray[np.float64], first: NDArray[np.float64]) -> Integers:
    """The best sequences; rows are sorted by length, so that each step has the rows that reach it in front.

    Rows are the last axis, so that a step is a few operations over all of them.
    """
    order = np.argsort(-lengths, kind="stable")
    sizes = lengths[order]
    most = int(sizes[0])
    scores = emissions[order, :most].transpose(1, 2, 0).astype(np.float64, order="C")  # word, label, row
    into = np.ascontiguousarray(steps[order].transpose(1, 2, 0))  # label before, label, row
    reaching = (sizes[:, None] > np.arange(most + 1)[None, :]).sum(axis=0).tolist()
    scores[0] += first[order].T
    for word in range(1, most):  # scores of a word become those of the best way to it
        count = reaching[word]
        scores[word, :, :count] += (scores[word - 1, :, None, :count] + into[:, :, :count]).max(axis=0)
    found = np.zeros((most, len(order)), np.int64)
    rows = np.arange(len(order))
    for word in range(most - 1, -1, -1):
        count, further = reaching[word], reaching[word + 1]
        ends = scores[word]
        if further:
            ends[:, :further] += into[:, found[word + 1, :further], rows[:further]]
        found[word, :count] = ends[:, :count].argmax(axis=0)
    best = np.zeros(emissions.shape[:2], np.int64)
    best[order, :most] = found.T
    return best
