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
    """The best sequences; rows are sorted by length, so that each step has the rows that reach it in front."""
    order = np.argsort(-lengths, kind="stable")
    scores = emissions[order].astype(np.float64)
    sizes = lengths[order]
    most = int(sizes[0])
    reaching = (sizes[:, None] > np.arange(most + 1)[None, :]).sum(axis=0).tolist()
    forward = np.empty((most, len(order), emissions.shape[2]))
    forward[0] = first[order] + scores[:, 0]
    into = np.ascontiguousarray(steps[order].swapaxes(1, 2))  # by row, label, and the label before
    for word in range(1, most):
        count = reaching[word]
        forward[word, :count] = (forward[word - 1, :count, None, :] + into[:count]).max(axis=2) + scores[:count, word]
    found = np.zeros(emissions.shape[:2], np.int64)
    after: Integers = np.empty(0, np.int64)
    for word in range(most - 1, -1, -1):
        count, further = reaching[word], reaching[word + 1]
        ends = forward[word, :count]
        ends[:further] += into[np.arange(further), after]
        after = ends.argmax(axis=1)
        found[order[:count], word] = after
    return found
