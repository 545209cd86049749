"""Word classes, lemma rules and dependency trees of a passage, sentences of like length together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from peacetable.reading.encoder.annotation import UPOS, Run
from peacetable.reading.encoder.arrays import Floats, Integers, mask, padded
from peacetable.reading.encoder.inputs import Text
from peacetable.reading.encoder.trees import ROOT, trees
from peacetable.reading.encoder.trunk import Passage
from peacetable.reading.encoder.weights import Network

#: Words in one tree at most: arcs are scored pair by pair. A longer sentence is parsed in pieces.
LONGEST: Final = 120
#: A piece of a long sentence ends behind one of these, if one stands in its second half.
BREAKS: Final = frozenset(";:,.!?—–)")
#: Words of a batch at most, padding included.
ROOM: Final = 2048
#: How a further piece of a long sentence, or its further tree, hangs on the first one.
FURTHER: Final = "parataxis"


@dataclass(frozen=True, slots=True)
class Parse:
    """What the syntax head tells of a passage, a value for each word: numbers of labels, and heads within the text."""

    upos: Integers
    lemmas: Integers
    heads: Integers
    relations: Integers


def parse(passage: Passage, network: Network) -> Parse:
    """Word classes, lemma rules, heads and relations of a passage; each piece of a sentence has one root."""
    count = passage.end - passage.start
    upos, rules = np.zeros(count, np.int64), np.zeros(count, np.int64)
    heads = np.full(count, ROOT, np.int64)
    pieces = list(_pieces(passage))
    batches = list(_batches([end - start for start, end in pieces]))
    rows = [[passage.states[slice(*pieces[number])] for number in batch] for batch in batches]
    sizes = [np.asarray([len(held) for held in batch], np.int64) for batch in rows]
    masks = [mask(lengths) for lengths in sizes]
    given = [{"words": padded(held), "mask": present} for held, present in zip(rows, masks, strict=True)]
    told = network.each("syntax", given)
    for batch, lengths, present, (classes, lemmas, arcs) in zip(batches, sizes, masks, told, strict=True):
        found = trees(arcs, lengths)
        places = np.concatenate([np.arange(*pieces[number]) for number in batch])
        inside = present.astype(bool)
        firsts = np.repeat([pieces[number][0] for number in batch], lengths)
        upos[places] = classes.argmax(axis=2)[inside]
        rules[places] = lemmas.argmax(axis=2)[inside]
        heads[places] = np.where(found[inside] == ROOT, ROOT, found[inside] + firsts)
    relations = _relations(passage.states, heads, network)
    return Parse(upos, rules, np.where(heads == ROOT, ROOT, heads + passage.start), relations)


def joined(text: Text, parses: Sequence[Parse], names: Sequence[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Heads and relations of a whole text, one root a sentence: further pieces hang on the first piece's root."""
    heads = _joined([parse.heads for parse in parses])
    labels = _joined([parse.relations for parse in parses])
    roots = np.flatnonzero(heads == ROOT)
    starts = np.asarray([start for start, _ in text.sentences], np.int64)
    sentence = starts.searchsorted(roots, side="right")
    first = sentence.searchsorted(sentence, side="left")  # the sentence's first root, by its place among the roots
    later = first != np.arange(len(roots))
    heads[roots[later]] = roots[first[later]]
    relations = [names[label] for label in labels.tolist()]
    for root in roots[later].tolist():
        relations[root] = FURTHER
    return tuple(heads.tolist()), tuple(relations)


def classes(parses: Sequence[Parse]) -> tuple[str, ...]:
    """The word classes of a whole text."""
    return tuple(UPOS[label] for label in _joined([parse.upos for parse in parses]).tolist())


def _joined(parts: Sequence[Integers]) -> Integers:
    return np.concatenate([np.zeros(0, np.int64), *parts])


def _relations(states: Floats, heads: Integers, network: Network) -> Integers:
    """The relation of each word to its head; only a root is "root"."""
    governors = states[heads]
    governors[heads == ROOT] = 0.0
    (scores,) = network.run("relations", dependents=states, governors=governors)
    if "root" in network.labels.relations:
        root = network.labels.relations.index("root")
        scores = scores.copy()
        scores[:, root] = np.where(heads == ROOT, np.inf, -np.inf)
    found: Integers = scores.argmax(axis=1)
    return found


def _pieces(passage: Passage) -> Iterator[Run]:
    """The sentences of a passage, in pieces no longer than a tree may be."""
    words = passage.text.words[passage.start : passage.end]
    for start, end in passage.sentences:
        while start < end:
            stop = end if end - start <= LONGEST else _break(words, start)
            yield start, stop
            start = stop


def _break(words: Sequence[str], start: int) -> int:
    """Where a piece of a long sentence ends: behind the last mark of its second half, or when it is full."""
    for word in range(start + LONGEST - 1, start + LONGEST // 2, -1):
        if words[word] in BREAKS:
            return word + 1
    return start + LONGEST


def _batches(lengths: Sequence[int]) -> Iterable[tuple[int, ...]]:
    """Numbers of sentences that go together: of like length, so that little is padding."""
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lambda number: (lengths[number], number)):
        size = lengths[number]
        if batch and ((len(batch) + 1) * size > ROOM or size > 8 + 3 * lengths[batch[0]] // 2):
            yield tuple(batch)
            batch = []
        batch.append(number)
    if batch:
        yield tuple(batch)
