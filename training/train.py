"""The run: every head learns at once, each batch a mixture of data sets; fixed seeds, a log of what it did."""

from __future__ import annotations

import json
import random
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from peacetable.reading.encoder.annotation import UPOS
from training.batches import Batch, epoch
from training.items import Item
from training.labels import CHAINS, NAME_TAGS, ROLES, VALUES, Labels
from training.losses import losses
from training.model import Network, Sizes

CHECKPOINT = "network.pt"
#: [UNK] would be learned as a word; [MASK] is what the encoder was taught to see through.
MASK = 103


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a run: everything at once, or the heads alone on a trunk that is done."""

    rounds: int
    rates: Mapping[str, float]
    times: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Config:
    """One run; see `config.toml`."""

    seed: int
    workers: int
    subwords: int
    warmup: float
    clip: float
    decay: float
    hide: float
    weights: Mapping[str, float]
    together: Stage
    heads: tuple[Stage, ...]


def config(path: Path) -> Config:
    """The settings of a run."""
    told = tomllib.loads(path.read_text("utf-8"))
    return Config(
        **{**told, "together": Stage(**told["together"]), "heads": tuple(Stage(**held) for held in told["heads"])}
    )


def network_for(labels: Labels) -> Network:
    """A network with an output for every label."""
    return Network(
        Sizes(
            classes=len(UPOS),
            lemmas=len(labels.lemmas),
            relations=len(labels.relations),
            tags=len(NAME_TAGS),
            chains=len(CHAINS),
            roles=len(ROLES),
            values=sum(len(held) for held in VALUES.values()),
        )
    )


#: What the trunk, as shipped, says of the words of each window, by data set and the item's number.
States = Mapping[str, Mapping[int, NDArray[np.float16]]]


def train(
    pools: Mapping[str, Sequence[Item]],
    labels: Labels,
    settings: Config,
    *,
    folder: Path,
    say: Callable[[str], None],
    stage: Stage,
    states: States | None = None,
) -> Network:
    """Train a network; a checkpoint after every round lies in `folder`.

    Without `states` everything learns, from the encoder as shipped by its makers. With them, the checkpoint's heads
    go on learning from what a finished trunk says, in int8 as it will run, so that they know its rounding.

    Without a GPU, every core is a process of its own with its own batches, and their gradients are averaged at every
    step: threads within a process would wait for each other thousands of times a step.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "labels.json").write_text(json.dumps(labels.as_json()), "utf-8")
    torch.set_num_threads(1)
    run = _Run(pools, labels, settings, stage, folder, say, states)
    if torch.cuda.is_available():
        _worker(0, None, run)
    else:
        forked = torch.multiprocessing.get_context("fork")
        shared = Shared.between(settings.workers, sum(p.numel() for p in _trained(run.network())), forked)
        workers = [forked.Process(target=_worker, args=(number, shared, run)) for number in range(settings.workers)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
            if worker.exitcode:
                raise RuntimeError(f"a training process ended with {worker.exitcode}; its own message stands above")
    return loaded(labels, folder)


def loaded(labels: Labels, folder: Path) -> Network:
    """The network of the checkpoint in a folder."""
    network = network_for(labels)
    network.load_state_dict(torch.load(folder / CHECKPOINT, map_location="cpu"))
    network.eval()
    return network


@dataclass(frozen=True, slots=True)
class _Run:
    pools: Mapping[str, Sequence[Item]]
    labels: Labels
    settings: Config
    stage: Stage
    folder: Path
    say: Callable[[str], None]
    states: States | None

    def network(self) -> Network:
        """The network as the stage begins; with states, its trunk learns no more."""
        if self.states is None:
            return network_for(self.labels)
        network = loaded(self.labels, self.folder)
        network.trunk.requires_grad_(requires_grad=False)
        return network

    def words(self, network: Network, batch: Batch) -> Tensor:
        """What the trunk says of each word of a batch."""
        if self.states is not None:
            held = [self.states[item.data][item.number] for item in batch.items]
            return batch.padded(held, 0.0, dtype=torch.float32)
        hidden = _hidden(batch, self.settings.hide)
        with torch.autocast(batch.ids.device.type, dtype=torch.bfloat16):
            words = network.words(hidden.ids, hidden.features, hidden.mask, hidden.firsts)
        return words.float()  # the heads are small, and their sizes vary too much for compiled kernels


@dataclass(frozen=True, slots=True)
class Shared:
    """Where the processes lay their gradients side by side."""

    gradients: Tensor  # (workers, numbers)
    barrier: Any

    @classmethod
    def between(cls, workers: int, numbers: int, context: Any) -> Shared:
        """Room for so many processes."""
        return cls(torch.zeros(workers, numbers).share_memory_(), context.Barrier(workers))

    def average(self, number: int, parameters: Sequence[Tensor]) -> None:
        """Give every process the mean of all gradients."""
        at = 0
        for parameter in parameters:
            row = self.gradients[number, at : at + parameter.numel()]
            if parameter.grad is None:
                row.zero_()
            else:
                row.copy_(parameter.grad.view(-1))
            at += parameter.numel()
        self.barrier.wait()
        mean, at = self.gradients.mean(0), 0
        self.barrier.wait()
        for parameter in parameters:
            parameter.grad = mean[at : at + parameter.numel()].view_as(parameter)
            at += parameter.numel()


def _trained(network: Network) -> list[Tensor]:
    return [parameter for parameter in network.parameters() if parameter.requires_grad]


def _worker(number: int, shared: Shared | None, run: _Run) -> None:
    settings, stage = run.settings, run.stage
    torch.set_num_threads(1)
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    device = "cuda" if shared is None else "cpu"
    share = 1 if shared is None else settings.workers
    network = run.network().to(device)
    torch.manual_seed(settings.seed + number)  # the same weights everywhere, what is dropped differs
    plan = [
        epoch(run.pools, stage.times, subwords=settings.subwords // share, chance=chance) for _ in range(stage.rounds)
    ]
    steps = sum(len(batches) // share for batches in plan)
    optimiser = _optimiser(network, settings, stage)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (settings.warmup * steps), max(0.0, 1 - step / steps))
    )
    started, step = time.monotonic(), 0
    network.train()
    for turn, batches in enumerate(plan, 1):
        sums: dict[str, float] = {}
        mine = batches[number : len(batches) // share * share : share]
        for batch in mine:
            told = _step(network, batch.to(device), run, optimiser, number, shared)
            schedule.step()
            step += 1
            for name, value in told.items():
                sums[name] = sums.get(name, 0.0) + value
            if step % 100 == 0 and number == 0:
                spent = time.monotonic() - started
                run.say(f"step {step} of {steps}, {spent / 60:.1f} min, {spent / step * (steps - step) / 60:.0f} to go")
        if number == 0:
            means = ", ".join(f"{name} {total / len(mine):.4f}" for name, total in sums.items())
            run.say(f"round {turn} of {stage.rounds}: {means}")
            torch.save(network.state_dict(), run.folder / CHECKPOINT)


def _step(
    network: Network,
    batch: Batch,
    run: _Run,
    optimiser: torch.optim.Optimizer,
    number: int,
    shared: Shared | None,
) -> dict[str, float]:
    settings = run.settings
    found = losses(network, batch, run.words(network, batch))
    loss: Tensor = torch.stack([settings.weights[name] * value for name, value in found.items()]).sum()
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    parameters = _trained(network)
    if shared is not None:
        shared.average(number, parameters)
    torch.nn.utils.clip_grad_norm_(parameters, settings.clip)
    optimiser.step()
    return {name: float(value.detach()) for name, value in found.items()}


def _hidden(batch: Batch, share: float) -> Batch:
    """The batch with some of its subwords hidden."""
    if not share:
        return batch
    hide = (torch.rand(batch.ids.shape) < share) & (batch.mask > 0) & (batch.features[:, :, 0] > 0)
    ids = batch.ids.masked_fill(hide, MASK)
    return Batch(batch.items, ids, batch.features, batch.mask, batch.firsts, batch.words)


def _optimiser(network: Network, settings: Config, stage: Stage) -> torch.optim.Optimizer:
    groups: list[dict[str, Any]] = []
    for trunk, rate in ((True, stage.rates.get("trunk", 0.0)), (False, stage.rates["heads"])):
        named = [
            (name, p)
            for name, p in network.named_parameters()
            if p.requires_grad and name.startswith("trunk.bert") == trunk
        ]
        for plain in (True, False):
            held = [p for name, p in named if (p.ndim < 2 or "LayerNorm" in name) == plain]
            if held:
                groups.append({"params": held, "lr": rate, "weight_decay": 0.0 if plain else settings.decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
