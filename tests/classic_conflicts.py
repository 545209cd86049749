"""Conflicts of the literature, and small ones that tests are made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from peacetable.strategy import conflict_file
from peacetable.strategy.conflict import Conflict, DecisionMaker, Option, Ranking

EXAMPLES = Path(__file__).parent.parent / "examples" / "conflicts"


def example(name: str) -> Conflict:
    """A model that stands among the examples."""
    return conflict_file.load((EXAMPLES / f"{name}.yaml").read_text("utf-8"), where=f"{name}.yaml")


def syria_iraq() -> Conflict:
    """The Euphrates, 1975."""
    return example("euphrates-1975")


def elmira() -> Conflict:
    """Elmira, 1991, with abandoned states as one."""
    return example("elmira-1991")


def chicken() -> Conflict:
    """Two drivers, each of whom may swerve or not."""
    return two_by_two("YN NN NY YY", "NY NN YN YY")


def two_by_two(first: str, second: str, **more: object) -> Conflict:
    """Two decision makers with an option each, and how they rank the four states, best first."""
    return conflict_of((1, 1), (first, second), **more)


def conflict_of(options: tuple[int, ...], rankings: tuple[str, ...], **more: object) -> Conflict:
    """Decision makers a, b, ... with so many options each, and their rankings; states joined by = are tied."""
    makers, number = [], 0
    for name, count, ranking in zip("abcd", options, rankings, strict=False):
        own = tuple(range(number, number + count))
        levels = tuple(tuple(decimal(one) for one in level.split("=")) for level in ranking.split())
        preference = Ranking(levels) if levels else None
        makers.append(DecisionMaker(id=name, name=name.upper(), options=own, preference=preference))
        number += count
    names = tuple(Option(id=f"o{at}", name=f"option {at}") for at in range(number))
    return replace(Conflict(title="", options=names, decision_makers=tuple(makers)), **more)  # type: ignore[arg-type]


def decimal(yn: str) -> int:
    """The decimal of a state."""
    return sum(1 << at for at, mark in enumerate(yn) if mark == "Y")


def random_conflict(seed: int, *, options: tuple[int, ...] = (2, 1, 1), ties: bool = False) -> Conflict:
    """A model with random rankings."""
    random = np.random.default_rng(seed)
    count = 2 ** sum(options)
    rankings = []
    for _ in options:
        rank = random.integers(0, 5, count) if ties else random.permutation(count)
        levels = [[state for state in range(count) if rank[state] == height] for height in sorted(set(rank))]
        rankings.append(Ranking(tuple(tuple(level) for level in reversed(levels))))
    conflict = conflict_of(options, ("",) * len(options))
    makers = tuple(
        replace(maker, preference=ranking) for maker, ranking in zip(conflict.decision_makers, rankings, strict=True)
    )
    return replace(conflict, decision_makers=makers)
