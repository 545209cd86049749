"""How sure the findings head must be: a bias for each chain, set on reports that training has not seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from peacetable.reading.encoder import evidence, tagging
from peacetable.reading.encoder.reader import Reader
from peacetable.reading.encoder.trunk import passages
from training.examples import Example, Run

#: The biases that are tried, on the logit of being within a passage.
TRIED: Final = tuple(np.arange(-2.0, 3.01, 0.25).tolist())
#: A bias is drawn towards none as if so many passages more had come out as they do without it: the sample is small.
PRIOR: Final = 10.0


def set_on(folder: Path, examples: Sequence[Example]) -> dict[str, float]:
    """Choose for each chain the bias with the best F1 of its runs on some examples, and write it into `labels.json`."""
    reader = Reader(weights=folder)
    told = reader.network.labels.chains
    if told is None or not examples:
        return {}
    scores: list[tuple[Any, Example, int]] = []
    for example in examples:
        for passage in passages(example.text, reader.network):
            for window, held in zip(passage.windows, evidence.scores(passage, reader.network), strict=True):
                scores.append((held, example, window.start))
    chosen: dict[str, float] = {}
    for number, name in enumerate(told.names):
        gold = [_gold(example, name, first, first + len(held)) for held, example, first in scores]
        counts = {
            bias: _count([held[:, number] for held, _, _ in scores], gold, bias, told.steps[number], told.start[number])
            for bias in TRIED
        }
        plain = _f1(counts[0.0])
        chosen[name] = max(TRIED, key=lambda bias: (_drawn(counts[bias], plain), -abs(bias)))
    path = folder / "labels.json"
    labels = json.loads(path.read_text("utf-8"))
    labels["findings"]["bias"] = [chosen[name] for name in told.names]
    path.write_text(json.dumps(labels, separators=(",", ":")), "utf-8")
    return chosen


def _gold(example: Example, chain: str, start: int, end: int) -> list[Run]:
    """The distinct runs of a chain within a window, by word numbers from its first word."""
    kind, _, key = chain.partition(".")
    runs = {
        run
        for finding in example.findings or ()
        if finding.kind == kind
        for run in (finding.keys.get(key, ()) if key else (finding.evidence,))
    }
    return [(run[0] - start, run[1] - start) for run in sorted(runs) if start <= run[0] and run[1] <= end]


def _count(
    scores: Sequence[Any], gold: Sequence[Sequence[Run]], bias: float, steps: Any, first: Any
) -> tuple[int, int, int]:
    """How many runs are right (half or more in common), found and wanted."""
    right = found = wanted = 0
    for emissions, runs in zip(scores, gold, strict=True):
        raised = emissions.astype(np.float64)
        raised[:, 1:] += bias
        labels = tagging.decode(raised[None], np.asarray([len(raised)]), transitions=steps, start=first)[0]
        made = [(start, end) for start, end, _ in tagging.runs(labels)]
        open_runs = list(runs)
        for run in made:
            best = max(open_runs, key=lambda other: _overlap(run, other), default=None)
            if best is not None and _overlap(run, best) >= 0.5:
                open_runs.remove(best)
                right += 1
        found += len(made)
        wanted += len(runs)
    return right, found, wanted


def _overlap(one: Run, other: Run) -> float:
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return 2 * common / (one[1] - one[0] + other[1] - other[0])


def _f1(counts: tuple[int, int, int]) -> float:
    right, found, wanted = counts
    return 2 * right / (found + wanted) if found + wanted else 0.0


def _drawn(counts: tuple[int, int, int], plain: float) -> float:
    _, found, wanted = counts
    weight = (found + wanted) / 2
    return (weight * _f1(counts) + PRIOR * plain) / (weight + PRIOR)
