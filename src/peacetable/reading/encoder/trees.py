"""Exact decoding of dependency trees: of all trees with one root, the one whose arcs score most.

The best head of each word alone makes a tree nearly always; that is told for a whole batch at once. Where it does not,
the maximum spanning arborescence is found (Chu and Liu 1965, Edmonds 1967), by contracting cycles in a dense matrix.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.reading.encoder.arrays import Floats, Integers

#: What stands for the head of a sentence's root.
ROOT: Final = -1


def trees(scores: Floats, lengths: Integers) -> Integers:
    """The best tree of each sentence.

    Args:
        scores: shape (sentences, words, words + 1); `scores[s, i, c]` tells how well column c suits as the head of
            word i: column 0 is the root, column 1 + j word j.
        lengths: how many words each sentence has; what lies beyond is padding and is not looked at.

    Returns:
        Shape (sentences, words): for each word the number of its head, `ROOT` for the one root and for padding.
    """
    sentences, most, _ = scores.shape
    if not sentences or not most:
        return np.full((sentences, most), ROOT, np.int64)
    words = np.arange(most)
    open_ = np.arange(most + 1)[None, :] <= lengths[:, None]  # columns: the root and the sentence's own words
    allowed = open_[:, None, :] & (np.arange(most + 1)[None, None, :] != words[None, :, None] + 1)
    columns = np.where(allowed, scores, -np.inf).argmax(axis=2)
    columns[words[None, :] >= lengths[:, None]] = 0
    for number in np.flatnonzero(~_whole(columns, lengths)):
        length = int(lengths[number])
        columns[number, :length] = best_tree(scores[number, :length, : length + 1])
    heads: Integers = columns - 1
    return heads


def best_tree(scores: Floats) -> Integers:
    """The head of each word in the best tree with exactly one root; `scores` and the result by column, 0 the root.

    Every arc from the root is charged the same price. If the best arborescence then has one root, no other tree with
    one root can beat it, for all of them pay the price once. The price begins where only one word would still choose
    the root by itself, and rises until one root is left; a price above all differences between trees leaves one surely.
    """
    length = len(scores)
    finite = np.nan_to_num(scores.astype(np.float64), nan=0.0, posinf=1e9, neginf=-1e9)
    weights = np.full((length + 1, length + 1), -np.inf)
    weights[1:, 1:] = finite[:, 1:].T
    np.fill_diagonal(weights, -np.inf)
    wish = finite[:, 0] - weights[1:, 1:].max(axis=0)
    price = np.partition(wish, -2)[-2:].mean() if length > 1 else 0.0
    step = 1.0
    while True:
        weights[0, 1:] = finite[:, 0] - price
        heads = _arborescence(weights)[1:]
        if np.count_nonzero(heads == 0) == 1:
            return heads
        price += step
        step *= 4.0


def _whole(columns: Integers, lengths: Integers) -> NDArray[np.bool_]:
    """For each sentence: do the heads make a tree, with one root? Every word must reach the root by its heads."""
    sentences, most = columns.shape
    inside = np.arange(most)[None, :] < lengths[:, None]
    one_root = ((columns == 0) & inside).sum(axis=1) == 1
    up = np.concatenate([np.zeros((sentences, 1), np.int64), columns], axis=1)
    for _ in range(int(most).bit_length()):  # each round doubles how far up a word looks
        up = np.take_along_axis(up, up, axis=1)
    whole: NDArray[np.bool_] = one_root & ~up.any(axis=1) | (lengths == 0)
    return whole


def _arborescence(weights: Floats) -> Integers:
    """The head of each node in the best arborescence from node 0; `weights[h, d]` is the arc from head to dependent."""
    heads: Integers = weights.argmax(axis=0)
    heads[0] = 0
    inside = _cycle(heads)
    if inside is None:
        return heads
    outside = np.setdiff1d(np.arange(len(heads)), inside)  # in order, so the root stays first
    entering = weights[np.ix_(outside, inside)] - weights[heads[inside], inside]
    leaving = weights[np.ix_(inside, outside)]
    count = len(outside)
    contracted = np.full((count + 1, count + 1), -np.inf)  # the cycle is the last node
    contracted[:count, :count] = weights[np.ix_(outside, outside)]
    contracted[:count, count] = entering.max(axis=1)
    contracted[count, 1:count] = leaving.max(axis=0)[1:]
    found = _arborescence(contracted)
    above = found[:count]
    nodes = np.append(outside, -1)
    heads[outside] = np.where(above == count, inside[leaving.argmax(axis=0)], nodes[above])
    entry = int(found[count])
    heads[inside[entering[entry].argmax()]] = outside[entry]
    return heads


def _cycle(heads: Integers) -> Integers | None:
    """The nodes of a cycle that the heads make, if they make one."""
    above = heads.tolist()
    seen = [0] * len(above)  # by which walk
    seen[0] = -1
    for start in range(1, len(above)):
        node = start
        while not seen[node]:
            seen[node] = start
            node = above[node]
        if seen[node] == start:
            cycle = [node]
            while above[cycle[-1]] != node:
                cycle.append(above[cycle[-1]])
            return np.asarray(sorted(cycle), np.int64)
    return None
