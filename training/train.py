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

import torch
from torch import Tensor

from peacetable.reading.encoder.annotation import UPOS
from training.batches import Batch, epoch
from training.items import Item
from training.labels import CHAINS, NAME_TAGS, ROLES, VALUES, Labels
from training.losses import losses
from training.model import Network, Sizes

#: [UNK] would be learned as a word; [MASK] is what the encoder was taught to see through.
MASK = 103


@dataclass(frozen=True, slots=True)
class Config:
    """One run; see `config.toml`."""

    seed: int
    workers: int
    rounds: int
    subwords: int
    warmup: float
    clip: float
    decay: float
    hide: float
    rates: Mapping[str, float]
    times: Mapping[str, float]
    weights: Mapping[str, float]


def config(path: Path) -> Config:
    """The settings of a run."""
    return Config(**tomllib.loads(path.read_text("utf-8")))


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


def train(
    pools: Mapping[str, Sequence[Item]],
    labels: Labels,
    settings: Config,
    *,
    folder: Path,
    say: Callable[[str], None],
) -> Network:
    """Train a network from the encoder as shipped; a checkpoint after every round lies in `folder`.

    Without a GPU, every core is a process of its own with its own batches, and their gradients are averaged at every
    step: threads within a process would wait for each other thousands of times a step.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "labels.json").write_text(json.dumps(labels.as_json()), "utf-8")
    torch.set_num_threads(1)
    if torch.cuda.is_available():
        _worker(0, None, pools, labels, settings, folder, say)
    else:
        forked = torch.multiprocessing.get_context("fork")
        shared = Shared.between(settings.workers, sum(p.numel() for p in _trained(network_for(labels))), forked)
        workers = [
            forked.Process(target=_worker, args=(number, shared, pools, labels, settings, folder, say))
            for number in range(settings.workers)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
            if worker.exitcode:
                raise RuntimeError(f"a training process ended with {worker.exitcode}; its own message stands above")
    network = network_for(labels)
    network.load_state_dict(torch.load(folder / "network.pt", map_location="cpu"))
    network.eval()
    return network


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


def _worker(
    number: int,
    shared: Shared | None,
    pools: Mapping[str, Sequence[Item]],
    labels: Labels,
    settings: Config,
    folder: Path,
    say: Callable[[str], None],
) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(settings.seed)
    chance = random.Random(settings.seed)
    device = "cuda" if shared is None else "cpu"
    share = 1 if shared is None else settings.workers
    network = network_for(labels).to(device)
    torch.manual_seed(settings.seed + number)  # the same weights everywhere, what is dropped differs
    plan = [
        epoch(pools, settings.times, subwords=settings.subwords // share, chance=chance) for _ in range(settings.rounds)
    ]
    steps = sum(len(batches) // share for batches in plan)
    optimiser = _optimiser(network, settings)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (settings.warmup * steps), max(0.0, 1 - step / steps))
    )
    started, step = time.monotonic(), 0
    network.train()
    for turn, batches in enumerate(plan, 1):
        sums: dict[str, float] = {}
        mine = batches[number : len(batches) // share * share : share]
        for batch in mine:
            told = _step(network, batch.to(device), settings, optimiser, number, shared)
            schedule.step()
            step += 1
            for name, value in told.items():
                sums[name] = sums.get(name, 0.0) + value
            if step % 50 == 0 and number == 0:
                spent = time.monotonic() - started
                say(f"step {step} of {steps}, {spent / 60:.1f} min, {spent / step * (steps - step) / 60:.0f} to go")
        if number == 0:
            means = ", ".join(f"{name} {total / len(mine):.4f}" for name, total in sums.items())
            say(f"round {turn} of {settings.rounds}: {means}")
            torch.save(network.state_dict(), folder / "network.pt")


def _step(
    network: Network,
    batch: Batch,
    settings: Config,
    optimiser: torch.optim.Optimizer,
    number: int,
    shared: Shared | None,
) -> dict[str, float]:
    found = losses(network, _hidden(batch, settings.hide))
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


def _optimiser(network: Network, settings: Config) -> torch.optim.Optimizer:
    groups: list[dict[str, Any]] = []
    for trunk, rate in ((True, settings.rates["trunk"]), (False, settings.rates["heads"])):
        named = [
            (name, p)
            for name, p in network.named_parameters()
            if p.requires_grad and name.startswith("trunk.bert") == trunk
        ]
        for plain in (True, False):
            held = [p for name, p in named if (p.ndim < 2 or "LayerNorm" in name) == plain]
            groups.append({"params": held, "lr": rate, "weight_decay": 0.0 if plain else settings.decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
