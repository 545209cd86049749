"""A passage of a text after its pass through the trunk: the words' states, by window and in one row."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Final

import numpy as np

from peacetable.reading.encoder.annotation import Run
from peacetable.reading.encoder.arrays import Floats, mask, padded
from peacetable.reading.encoder.inputs import Text, Window, windows
from peacetable.reading.encoder.weights import Inputs, Network

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
        by_window: the same, window by window.
    """

    text: Text
    start: int
    end: int
    windows: tuple[Window, ...]
    states: Floats
    by_window: tuple[Floats, ...]

    @property
    def sentences(self) -> list[Run]:
        """The sentences, or what of them lies in the passage, by word numbers within the passage."""
        runs = self.text.sentences
        first = bisect_right(runs, self.start, key=lambda run: run[1])
        held = islice(runs, first, None)
        return [
            (max(start, self.start) - self.start, min(end, self.end) - self.start)
            for start, end in takewhile(lambda run: run[0] < self.end, held)
        ]

    def each_window(self) -> list[Inputs]:
        """The windows as a head takes them, one by one."""
        return [{"words": padded([states]), "mask": mask([len(states)])} for states in self.by_window]


def passages(text: Text, network: Network) -> Iterator[Passage]:
    """The passages of a text, each after its pass through the trunk."""
    cut = windows(text, network.pieces)
    while group := tuple(islice(cut, WINDOWS)):
        yield _passage(text, group, network)


def _passage(text: Text, group: Sequence[Window], network: Network) -> Passage:
    """A window goes through the trunk alone, and several side by side: nothing is padded, no thread waits for another
    within a graph, and int8 scales, which are taken over a batch, depend on nothing but the window."""
    given = [{"ids": window.ids[None], "features": window.features[None]} for window in group]
    found = network.each("trunk", given)
    held = [states[0, window.firsts] for (states,), window in zip(found, group, strict=True)]
    return Passage(
        text=text,
        start=group[0].start,
        end=group[-1].end,
        windows=tuple(group),
        states=np.concatenate(held),
        by_window=tuple(held),
    )
