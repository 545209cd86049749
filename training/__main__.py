"""`python -m training`: data in, weights and their card out."""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.items import Item

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
    parser.add_argument("--export-only", action="store_true", help="export the checkpoint that lies in --work")
    given = parser.parse_args()
    run(given)


def run(given: argparse.Namespace) -> None:
    """Train and export."""
    import torch

    from training import export as exporting
    from training.items import items
    from training.labels import Labels, counted
    from training.train import config, network_for, train

    def say(what: str) -> None:
        print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)

    settings = config(given.config)
    if given.export_only:
        import json

        told = json.loads((given.work / "labels.json").read_text("utf-8"))
        labels = Labels(tuple(told["syntax"]["relations"]), tuple(told["syntax"]["lemmas"]))
        network = network_for(labels)
        network.load_state_dict(torch.load(given.work / "network.pt", map_location="cpu"))
    else:
        from training.datasets import load

        data = Path(given.data or "data-not-given") / "data"
        examples = list(load(data, given.corpus, "train", without=frozenset(given.without)))
        if not examples:
            sys.exit(f"no data was found under {given.data} or {given.corpus}; see training/README.md for its sources")
        labels = counted(examples)
        pieces = exporting.tokenizer()
        pools: dict[str, list[Item]] = defaultdict(list)
        for item in items(examples, pieces, labels):
            if not held_out(item):
                pools[item.data].append(item)
        for name, held in sorted(pools.items()):
            say(f"{name}: {len(held)} windows, {sum(len(item.window.ids) for item in held)} subwords")
        network = train(pools, labels, settings, folder=given.work, say=say)
    exporting.export(network.cpu(), labels, given.out)
    say(f"weights are in {given.out}: {sum(f.stat().st_size for f in given.out.iterdir()) / 1e6:.1f} MB")


def held_out(item: Item) -> bool:
    """One report in sixteen of the corpus is kept from training: thresholds are set on it."""
    return item.data == "corpus" and hashlib.sha256(item.name.encode()).digest()[0] % 16 == 0


if __name__ == "__main__":
    main()
