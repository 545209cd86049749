"""`python -m training`: data in, weights and their card out."""

from __future__ import annotations

import argparse
import hashlib
import os
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.examples import Example
    from training.items import Item
    from training.labels import Labels

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "peacetable" / "reading" / "weights"


def main() -> None:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("PEACETABLE_DATA"), help="the data folders")
    parser.add_argument("--corpus", type=Path, default=HERE.parent / "corpus", help="the open corpus of findings")
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--without", action="append", default=[], metavar="DATA", help="leave a data set out")
    parser.add_argument("--work", type=Path, default=HERE.parent / "out" / "training", help="checkpoints and log")
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the shipped files go")
    parser.add_argument(
        "--heads-only", action="store_true", help="go on from the trunk of the checkpoint that lies in --work"
    )
    parser.add_argument("--from-stage", type=int, default=0, metavar="N", help="leave out the heads' first N stages")
    parser.add_argument("--no-card", action="store_true", help="neither measure nor write the model card")
    run(parser.parse_args())


def run(given: argparse.Namespace) -> None:
    """Train everything, then the heads on the trunk as shipped; export, set thresholds, measure, write the card."""
    from training import thresholds
    from training.card import card, scored
    from training.datasets import counted
    from training.export import export_heads, export_trunk
    from training.states import states
    from training.train import config, loaded, train

    settings = config(given.config)
    data = Path(given.data or "no-data-folder-given") / "data"
    examples = _examples(given, data)
    labels, pools = _labelled(examples)
    started = time.monotonic()
    if not given.heads_only:
        train(pools, labels, settings, stage=settings.together, folder=given.work, say=say)
    export_trunk(loaded(labels, given.work), given.out)
    told = states(pools, given.out, workers=settings.workers)
    say("the trunk is done; the heads go on alone")
    for stage in settings.heads[given.from_stage :]:
        train(pools, labels, settings, stage=stage, folder=given.work, say=say, states=told)
    network = loaded(labels, given.work)
    export_heads(network, labels, given.out)
    minutes = (time.monotonic() - started) / 60
    kept = [example for example in examples if example.data == "corpus" and held_out(example.name)]
    chosen = thresholds.set_on(given.out, kept)
    say(f"thresholds: {chosen}")
    say(f"weights are in {given.out}: {sum(f.stat().st_size for f in given.out.iterdir()) / 1e6:.1f} MB")
    if given.no_card:
        return
    written = card(
        counted(examples), given.without, settings, minutes=minutes, machine=_machine(),
        scores=scored(data.parent, given.out),
    )  # fmt: skip
    (given.out / "CARD.md").write_text(written, "utf-8")


def say(what: str) -> None:
    """A line of the log."""
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def _labelled(examples: Sequence[Example]) -> tuple[Labels, dict[str, list[Item]]]:
    """The label sets that the data has, and its windows by data set, without the reports that are kept."""
    from training.export import tokenizer
    from training.items import items
    from training.labels import counted

    labels = counted(examples)
    pools: dict[str, list[Item]] = defaultdict(list)
    for item in items(examples, tokenizer(), labels):
        if item.data != "corpus" or not held_out(item.name):
            pools[item.data].append(item)
    for name, held in sorted(pools.items()):
        say(f"{name}: {len(held)} windows, {sum(len(item.window.ids) for item in held)} subwords")
    return labels, dict(pools)


def _machine() -> str:
    import torch

    return torch.cuda.get_device_name() if torch.cuda.is_available() else f"{os.cpu_count()} {platform.machine()} cores"


def _examples(given: argparse.Namespace, data: Path) -> list[Example]:
    from training.datasets import load

    examples = list(load(data, given.corpus, "train", without=frozenset(given.without)))
    if not examples:
        sys.exit(
            f"no data was found under {data} or {given.corpus}. Name the data folders with --data or PEACETABLE_DATA; "
            "docs/reference/data.md says where each data set is to be had."
        )
    return examples


def held_out(name: str) -> bool:
    """One report in sixteen of the corpus is kept from training: thresholds are set on it."""
    return hashlib.sha256(name.encode()).digest()[0] % 16 == 0


if __name__ == "__main__":
    main()
