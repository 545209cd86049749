"""`python -m training`: data in, weights and their card out."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.examples import Example
    from training.items import Item
    from training.labels import Labels
    from training.model import Network
    from training.train import Config

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "src" / "peacetable" / "reading" / "weights"
#: What a run leaves for a later export: how long it took, on what, from what.
NOTES = "run.json"


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
    parser.add_argument("--no-card", action="store_true", help="neither measure nor write the model card")
    run(parser.parse_args())


def run(given: argparse.Namespace) -> None:
    """Train, export, set thresholds, measure, and write the card."""
    from training import thresholds
    from training.card import card, scored
    from training.datasets import counted
    from training.export import export
    from training.train import config

    settings = config(given.config)
    data = Path(given.data or "no-data-folder-given") / "data"
    network, labels = _exported(given) if given.export_only else _trained(given, settings, data)
    export(network.cpu(), labels, given.out)
    thresholds.set_on(given.out, [example for example in _corpus(given, data) if held_out(example.name)])
    say(f"weights are in {given.out}: {sum(f.stat().st_size for f in given.out.iterdir()) / 1e6:.1f} MB")
    if given.no_card:
        return
    notes = json.loads((given.work / NOTES).read_text("utf-8"))
    written = card(
        counted(_examples(given, data)),
        given.without,
        settings,
        minutes=notes["minutes"],
        machine=notes["machine"],
        scores=scored(data.parent, given.out),
    )
    (given.out / "CARD.md").write_text(written, "utf-8")


def say(what: str) -> None:
    """A line of the log."""
    print(f"{time.strftime('%H:%M:%S')} {what}", flush=True)


def _trained(given: argparse.Namespace, settings: Config, data: Path) -> tuple[Network, Labels]:
    import torch

    from training.export import tokenizer
    from training.items import items
    from training.labels import counted
    from training.train import train

    examples = _examples(given, data)
    if not examples:
        sys.exit(
            f"no data was found under {data} or {given.corpus}. Name the data folders with --data or PEACETABLE_DATA; "
            "docs/reference/language-model.md says where each data set is to be had."
        )
    labels = counted(examples)
    pools: dict[str, list[Item]] = defaultdict(list)
    for item in items(examples, tokenizer(), labels):
        if item.data != "corpus" or not held_out(item.name):
            pools[item.data].append(item)
    for name, held in sorted(pools.items()):
        say(f"{name}: {len(held)} windows, {sum(len(item.window.ids) for item in held)} subwords")
    started = time.monotonic()
    network = train(pools, labels, settings, folder=given.work, say=say)
    gpu = torch.cuda.is_available()
    machine = torch.cuda.get_device_name() if gpu else f"{os.cpu_count()} cores ({platform.machine()})"
    notes = {"minutes": (time.monotonic() - started) / 60, "machine": machine}
    (given.work / NOTES).write_text(json.dumps(notes), "utf-8")
    return network, labels


def _exported(given: argparse.Namespace) -> tuple[Network, Labels]:
    import torch

    from training.labels import Labels
    from training.train import network_for

    told = json.loads((given.work / "labels.json").read_text("utf-8"))
    labels = Labels(tuple(told["syntax"]["relations"]), tuple(told["syntax"]["lemmas"]))
    network = network_for(labels)
    network.load_state_dict(torch.load(given.work / "network.pt", map_location="cpu"))
    return network, labels


def _examples(given: argparse.Namespace, data: Path) -> list[Example]:
    from training.datasets import load

    return list(load(data, given.corpus, "train", without=frozenset(given.without)))


def _corpus(given: argparse.Namespace, data: Path) -> list[Example]:
    from training.datasets import load, sources

    others = frozenset(source.name for source in sources()) - {"corpus"}
    return list(load(data, given.corpus, "train", without=others))


def held_out(name: str) -> bool:
    """One report in sixteen of the corpus is kept from training: thresholds are set on it."""
    return hashlib.sha256(name.encode()).digest()[0] % 16 == 0


if __name__ == "__main__":
    main()
