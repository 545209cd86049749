"""A passage of a text after its pass through the trunk: the words' states, by window and in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from peacetable.reading.encoder.arrays import Floats, Integers, mask, padded
from peacetable.reading.encoder.inputs import Text, Window, windows
from peacetable.reading.encoder.weights import Network

#: Windows in one passage at most, so that a book needs no more memory than a long report; 500 words make three or four.
WINDOWS: Final = 16


@dataclass(frozen=True, slots=True)
class Passage:
    """Some windows of a text, one behind the other.

    Attributes:
        text: the whole text.
        start, end: the words that the passage holds, as numbers within the text.
        windows: its windows.
        states: for each word, what the trunk tells of it; shape (end - start, width).
        by_window: the same by window, padded; shape (windows, words, width).
        mask: 1 where `by_window` holds a word.
        lengths: how many words each window has.
    """

    text: Text
    start: int
    end: int
    windows: tuple[Window, ...]
    states: Floats
    by_window: Floats
    mask: Integers
    lengths: Integers


def passages(text: Text, network: Network) -> Iterator[Passage]:
    """The passages of a text, each after its pass through the trunk."""
    cut = windows(text, network.pieces)
    while group := tuple(islice(cut, WINDOWS)):
        yield _passage(text, group, network)


def _passage(text: Text, group: Sequence[Window], network: Network) -> Passage:
    held = [_states(window, network) for window in group]
    lengths = np.asarray([len(rows) for rows in held], np.int64)
    return Passage(
        text=text,
        start=group[0].start,
        end=group[-1].end,
        windows=tuple(group),
        states=np.concatenate(held),
        by_window=padded(held),
        mask=mask(lengths),
        lengths=lengths,
    )


def _states(window: Window, network: Network) -> Floats:
    """The state of each word of a window: that of its first subword.

    A window goes through the trunk alone: nothing is padded, which is faster than a batch on a CPU, and int8 scales,
    which are taken over a batch, depend on nothing but the window.
    """
    (states,) = network.run(
        "trunk", ids=window.ids[None], features=window.features[None], mask=np.ones((1, len(window.ids)), np.int64)
    )
    found: Floats = states[0, window.firsts]
    return found
