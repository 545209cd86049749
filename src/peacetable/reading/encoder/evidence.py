"""The passages that findings rest on, with their key spans, who may fill their roles, and their plain values.

Every kind and every key span is a BIO chain of its own, decoded by Viterbi; so passages of different kinds overlap
freely, and passages of one kind follow each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peacetable.reading.encoder import tagging
from peacetable.reading.encoder.annotation import Evidence, Fills, Run
from peacetable.reading.encoder.arrays import Floats, Integers, padded
from peacetable.reading.encoder.trunk import Passage
from peacetable.reading.encoder.weights import Chains, Network


@dataclass(frozen=True, slots=True)
class Rested:
    """What findings may rest on, in one window.

    Attributes:
        evidence: the passages of every kind, in the order of their first words.
        support: how likely each word is within a passage of each kind; shape (words, kinds).
    """

    evidence: tuple[Evidence, ...]
    support: Floats


def evidence(passage: Passage, network: Network) -> Iterator[Rested]:
    """What rests on each window; nothing if the network has no head for it."""
    told = network.labels.chains
    if told is None:
        return
    found = [tuple(held[0] for held in (chains, roles, values)) for chains, _, roles, values in _run(passage, network)]
    raised = [
        _raised(chains[: window.end - window.start], told)
        for (chains, *_), window in zip(found, passage.windows, strict=True)
    ]
    labels = _decoded(raised, told)
    for window, chains, own, (_, roles, values) in zip(passage.windows, raised, labels, found, strict=True):
        count = len(chains)
        yield _of_window(chains, own, roles[:, :count, :count], values[:count], told, window.start)


def _raised(chains: Floats, told: Chains) -> Floats:
    """The chains' scores with their biases."""
    raised: Floats = chains.astype(np.float64)
    raised[:, :, 1:] += told.bias[None, :, None]
    return raised


def _decoded(raised: Sequence[Floats], told: Chains) -> list[Integers]:
    """The labels of every chain of every window, (chains, words) each; all are decoded at once."""
    lengths = np.repeat([len(chains) for chains in raised], len(told.names))
    rows = padded(raised).transpose(0, 2, 1, 3).reshape(len(lengths), -1, 3)
    many = (len(raised), 1, 1)
    labels = tagging.decode(
        rows, lengths, transitions=np.tile(told.steps, many), start=np.tile(told.start, many[:2])
    ).reshape(len(raised), len(told.names), -1)
    return [own[:, : len(chains)] for own, chains in zip(labels, raised, strict=True)]


def scores(passage: Passage, network: Network) -> list[Floats]:
    """The chains' own scores of each window before they are decoded, shape (words, chains, 3)."""
    found = _run(passage, network)
    return [held[0][0][: window.end - window.start] for window, held in zip(passage.windows, found, strict=True)]


def _run(passage: Passage, network: Network) -> Sequence[Sequence[NDArray[Any]]]:
    numbers = _sentences(passage)
    given = [
        {**inputs, "sentences": padded([held])} for inputs, held in zip(passage.each_window(), numbers, strict=True)
    ]
    return network.each("findings", given)


def _sentences(passage: Passage) -> list[Integers]:
    """For each window, the number of each word's sentence."""
    ends = np.asarray([end for _, end in passage.text.sentences])
    return [np.searchsorted(ends, np.arange(window.start, window.end), side="right") for window in passage.windows]


def _of_window(chains: Floats, labels: Integers, roles: Floats, values: Floats, told: Chains, first: int) -> Rested:
    """What rests on one window.

    Args:
        chains: shape (words, chains, 3), logits of O, B and I.
        labels: shape (chains, words), decoded.
        roles: shape (roles, words, words): how well the second word, as the last of a mention, fills the role of a
            finding anchored at the first.
        values: shape (words, values), logits; a passage's value is that of the mean over its words.
        first: the window's first word in the text.
    """
    runs = {
        name: [(start, end) for start, end, _ in tagging.runs(row)]
        for name, row in zip(told.names, labels, strict=True)
    }
    sure = _sure(chains)
    found = [
        _made(kind, run, float(sure[run[0] : run[1], number].mean()), runs, roles, values, told, first)
        for number, kind in enumerate(told.names)
        if "." not in kind
        for run in runs[kind]
    ]
    kinds = [number for number, kind in enumerate(told.names) if "." not in kind]
    return Rested(tuple(sorted(found, key=lambda one: (one.start, one.end))), sure[:, kinds])


def _made(
    kind: str,
    run: Run,
    score: float,
    runs: Mapping[str, Sequence[Run]],
    roles: Floats,
    values: Floats,
    told: Chains,
    first: int,
) -> Evidence:
    keys = {
        key: tuple(held for held in runs[f"{kind}.{key}"] if run[0] <= held[0] and held[1] <= run[1])
        for key in told.keys.get(kind, ())
    }
    anchor = run[0]
    if kind not in told.unanchored:
        anchor = next((held[0][0] for held in keys.values() if held), anchor)
    return Evidence(
        kind=kind,
        start=first + run[0],
        end=first + run[1],
        score=score,
        keys={key: tuple((first + start, first + end) for start, end in held) for key, held in keys.items() if held},
        roles={
            name.partition(".")[2]: Fills(first, tuple(roles[number, anchor].tolist()))
            for number, name in enumerate(told.roles)
            if name.partition(".")[0] == kind
        },
        values=_values(kind, values[run[0] : run[1]].mean(0), told),
    )


def _values(kind: str, scores: Floats, told: Chains) -> dict[str, tuple[str, float]]:
    """The likeliest value of each field of a kind, with its probability."""
    found: dict[str, tuple[str, float]] = {}
    at = 0
    for name, held in told.values.items():
        of, _, field = name.partition(".")
        if of == kind:
            own = np.exp(scores[at : at + len(held)] - scores[at : at + len(held)].max())
            best = int(own.argmax())
            found[field] = held[best], float(own[best] / own.sum())
        at += len(held)
    return found


def _sure(chains: Floats) -> Floats:
    """How likely each word is within each chain's passages, by its own scores; shape (words, chains)."""
    inside = np.logaddexp(chains[:, :, 1], chains[:, :, 2])
    sure: Floats = 1 / (1 + np.exp(np.clip(chains[:, :, 0] - inside, -50, 50)))
    return sure
