"""A text through the network: one trunk pass over its windows, every head, and exact decoding.

Activations are scaled over a batch when the model runs in int8, so a batch never holds more than one text, or one
window of it: what is told of a report does not depend on its neighbours.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from importlib.resources.abc import Traversable
from typing import Final

import numpy as np

from peacetable.reading.encoder import evidence, lemmas, linking, parsing, tagging, weights
from peacetable.reading.encoder.annotation import NAME_TYPES, Annotation, Attribution, Name
from peacetable.reading.encoder.arrays import Floats, Integers, padded
from peacetable.reading.encoder.evidence import Rested
from peacetable.reading.encoder.inputs import Text
from peacetable.reading.encoder.parsing import Parse
from peacetable.reading.encoder.trunk import Passage, passages
from peacetable.reading.encoder.weights import Network, Scores

#: Texts that are under way at once in `Reader.annotate_all`.
AHEAD: Final = 2

#: Addresses and files, which name nobody.
ADDRESS: Final = re.compile(r"@|://|^www\.|\.(?:com|org|net|html?|docx?|xlsx?|pdf|pptx?|txt|jpe?g|png)$", re.IGNORECASE)


class Reader:
    """What the language model tells of texts. Loaded when the first text comes; the same text, the same answer."""

    def __init__(
        self, *, weights: Traversable | None = None, threads: int | None = None, network: Network | None = None
    ) -> None:
        """A reader.

        Args:
            weights: the folder of the trained files; those of the package by default.
            threads: how many threads one pass may use; see `weights.load`.
            network: a network that is loaded already, instead of both.
        """
        self._folder, self._threads, self._given = weights, threads, network

    @cached_property
    def network(self) -> Network:
        """The network.

        Raises:
            WeightsError: its files are missing or damaged.
        """
        return self._given or weights.load(self._folder, threads=self._threads)

    def annotate_all(self, texts: Iterable[Text]) -> Iterator[Annotation]:
        """The same for several texts, in their order; one is decoded while the network runs on the next."""
        _ = self.network  # loaded once, before two texts ask for it
        with ThreadPoolExecutor(AHEAD) as pool:
            begun: deque[Future[Annotation]] = deque()
            for text in texts:
                begun.append(pool.submit(self.annotate, text))
                if len(begun) > AHEAD:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()

    def annotate(self, text: Text) -> Annotation:
        """All that the model tells of a text.

        Raises:
            WeightsError: the model's files are missing or damaged.
        """
        network = self.network
        parses: list[Parse] = []
        names: list[Name] = []
        attributions: list[Attribution] = []
        rested: list[Rested] = []
        for passage in passages(text, network):
            parses.append(parsing.parse(passage, network))
            names.extend(_names(passage, network))
            attributions.extend(_attributions(passage, network))
            rested.extend(evidence.evidence(passage, network))
        heads, relations = parsing.joined(text, parses, network.labels.relations)
        return Annotation(
            text=text,
            upos=parsing.classes(parses),
            lemmas=_lemmas(text, parses, network.labels.lemmas),
            heads=heads,
            relations=relations,
            names=tuple(names),
            attributions=tuple(attributions),
            evidence=tuple(one for held in rested for one in held.evidence),
            support=_support(rested, network),
        )


def _support(rested: Sequence[Rested], network: Network) -> dict[str, tuple[float, ...]]:
    told = network.labels.chains
    if told is None or not rested:
        return {}
    kinds = [name for name in told.names if "." not in name]
    columns = np.concatenate([held.support for held in rested]).T.tolist()
    return {kind: tuple(column) for kind, column in zip(kinds, columns, strict=True)}


def _lemmas(text: Text, parses: Sequence[Parse], rules: Sequence[str]) -> tuple[str, ...]:
    numbers = (number for parse in parses for number in parse.lemmas.tolist())
    return tuple(lemmas.apply(word, rules[number]) for word, number in zip(text.words, numbers, strict=True))


def _names(passage: Passage, network: Network) -> Iterator[Name]:
    """Names in order, and those within them: an inner name must lie within an outer one and be shorter.

    No name goes beyond its sentence, so that sentences are decoded side by side.
    """
    found = network.each("names", passage.each_window())
    outers, inners = (
        np.concatenate([pair[kind][0, : len(states)] for pair, states in zip(found, passage.by_window, strict=True)])
        for kind in (0, 1)
    )
    sentences = passage.sentences
    rows = [scores[start:end] for scores in (outers, inners) for start, end in sentences]
    labels = _decoded(rows, network.labels.name_steps)
    words = passage.text.words
    for (first, _), outer, inner in zip(sentences, labels, labels[len(sentences) :], strict=False):
        held = [(start, end, kind, False) for start, end, kind in tagging.runs(outer)]
        held += [
            (start, end, kind, True)
            for start, end, kind in tagging.runs(inner)
            if any(left <= start and end <= right and end - start < right - left for left, right, _, _ in held)
        ]
        for start, end, kind, nested in sorted(held, key=lambda name: (name[0], -name[1])):
            at = passage.start + first
            if any(ADDRESS.search(word) for word in words[at + start : at + end]):
                continue
            yield Name(passage.start + first + start, passage.start + first + end, NAME_TYPES[kind], nested)


def _attributions(passage: Passage, network: Network) -> Iterator[Attribution]:
    told = network.labels
    found = network.each("attribution", passage.each_window())
    rows = [scores[0, : len(states)] for (scores, _), states in zip(found, passage.by_window, strict=True)]
    labels = _decoded(rows, told.attribution_steps, told.attribution_start)
    for window, own, (_, links) in zip(passage.windows, labels, found, strict=True):
        yield from linking.attributions(own, links[0], threshold=told.link, first=window.start)


def _decoded(rows: Sequence[Floats], steps: Scores | None, start: Sequence[float] | None = None) -> list[Integers]:
    """The best labels of each of some rows of scores, which need not be of one length."""
    lengths = np.asarray([len(row) for row in rows], np.int64)
    labels = tagging.decode(padded(rows), lengths, transitions=steps, start=start)
    return [row[:length] for row, length in zip(labels, lengths.tolist(), strict=True)]
