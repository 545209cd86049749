"""Windows put together into batches of like length, each data set as often as the plan says."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from training.items import NONE, Item
from training.labels import OFFSETS


@dataclass(frozen=True, slots=True)
class Batch:
    """Some windows, padded to the longest."""

    items: tuple[Item, ...]
    ids: Tensor
    features: Tensor
    mask: Tensor
    firsts: Tensor
    words: Tensor  # 1 for a word, 0 for padding

    def to(self, device: str) -> Batch:
        """The batch where the network is."""
        moved = (held.to(device) for held in (self.ids, self.features, self.mask, self.firsts, self.words))
        return Batch(self.items, *moved)

    def padded(self, arrays: Sequence[object], fill: float, *, dtype: torch.dtype) -> Tensor:
        """A word-level layer of every window, `fill` where a window is shorter."""
        first = np.asarray(arrays[0])
        shape = (len(arrays), self.words.shape[1], *first.shape[1:])
        out = torch.full(shape, fill, dtype=dtype)
        for row, array in enumerate(arrays):
            values = torch.as_tensor(np.asarray(array))
            out[row, : len(values)] = values.to(dtype)
        return out.to(self.ids.device)


def batch_of(items: Sequence[Item]) -> Batch:
    """One batch of some windows."""
    longest = _rounded(max(len(item.window.ids) for item in items))
    words = _rounded(max(item.words for item in items))
    ids = torch.zeros(len(items), longest, dtype=torch.long)
    features = torch.zeros(len(items), longest, 3, dtype=torch.long)
    mask = torch.zeros(len(items), longest, dtype=torch.long)
    firsts = torch.zeros(len(items), words, dtype=torch.long)
    present = torch.zeros(len(items), words, dtype=torch.long)
    for row, item in enumerate(items):
        size = len(item.window.ids)
        ids[row, :size] = torch.from_numpy(item.window.ids)
        features[row, :size] = torch.from_numpy(item.window.features)
        mask[row, :size] = 1
        firsts[row, : item.words] = torch.from_numpy(item.window.firsts)
        present[row, : item.words] = 1
    return Batch(tuple(items), ids, features, mask, firsts, present)


def batches(items: Sequence[Item], *, subwords: int) -> Iterator[Batch]:
    """Batches of at most so many subwords, padding counted, in the order of the items given."""
    held: list[Item] = []
    longest = 0
    for item in items:
        size = max(longest, _rounded(len(item.window.ids)))
        if held and size * (len(held) + 1) > subwords:
            yield batch_of(held)
            held, size = [], _rounded(len(item.window.ids))
        held.append(item)
        longest = size
    if held:
        yield batch_of(held)


def epoch(
    pools: Mapping[str, Sequence[Item]], times: Mapping[str, float], *, subwords: int, chance: random.Random
) -> list[Batch]:
    """One round over the data, every data set as many times as `times` says (a half time is half of its windows)."""
    chosen: list[Item] = []
    for name in sorted(pools):
        whole, part = divmod(times.get(name, 1.0), 1.0)
        chosen.extend(list(pools[name]) * int(whole))
        chosen.extend(chance.sample(list(pools[name]), round(part * len(pools[name]))))
    chance.shuffle(chosen)
    found: list[Batch] = []
    chunk = 400  # windows of like length are looked for among so many
    for start in range(0, len(chosen), chunk):
        near = sorted(chosen[start : start + chunk], key=lambda item: len(item.window.ids))
        found.extend(batches(near, subwords=subwords))
    chance.shuffle(found)
    return found


def _rounded(size: int) -> int:
    """Few sizes: the kernels of a matrix product are compiled for each size that is met, and that takes long."""
    return -(-size // 24) * 24


@dataclass(frozen=True, slots=True)
class Sentences:
    """The whole sentences of a batch, padded: where their words are, their heads and relations."""

    row: Tensor  # (sentences,)
    word: Tensor  # (sentences, words) within the window
    mask: Tensor
    heads: Tensor
    relations: Tensor


def sentences_of(batch: Batch) -> Sentences | None:
    """The sentences that have trees, or None if there is none."""
    found = [(row, sentence) for row, item in enumerate(batch.items) for sentence in item.sentences]
    if not found:
        return None
    longest = max(sentence.end - sentence.start for _, sentence in found)
    word = torch.zeros(len(found), longest, dtype=torch.long)
    mask = torch.zeros(len(found), longest, dtype=torch.long)
    heads = torch.full((len(found), longest), NONE)
    relations = torch.full((len(found), longest), NONE)
    for at, (_, sentence) in enumerate(found):
        size = sentence.end - sentence.start
        word[at, :size] = torch.arange(sentence.start, sentence.end)
        mask[at, :size] = 1
        heads[at, :size] = torch.from_numpy(sentence.heads)
        relations[at, :size] = torch.from_numpy(sentence.relations)
    rows = torch.tensor([row for row, _ in found])
    return Sentences(*(held.to(batch.ids.device) for held in (rows, word, mask, heads, relations)))


def value_rows(batch: Batch) -> tuple[Tensor, list[tuple[int, int, int]]]:
    """A mean over the words of each passage, (passages, words), and for each its window, field's offset and value."""
    rows: list[tuple[int, int, int]] = []
    spans: list[tuple[int, int]] = []
    for row, item in enumerate(batch.items):
        for start, end, name, value in item.values:
            rows.append((row, OFFSETS[name], value))
            spans.append((start, end))
    means = torch.zeros(len(rows), batch.words.shape[1])
    for at, (start, end) in enumerate(spans):
        means[at, start:end] = 1 / (end - start)
    return means.to(batch.ids.device), rows
