"""How long robustness takes: 10,000 random perturbations of 256 states, four decision makers, five concepts.

    python benchmarks/robustness.py [--draws N] [--floor SECONDS]

Ends with 1 where it takes longer than the floor (15 s unless given).
"""

from __future__ import annotations

import argparse
import sys
import time

import numpy as np

from peacetable.strategy.conflict import Conflict, DecisionMaker, Option, Ranking
from peacetable.strategy.robustness import robustness


def model(seed: int = 1) -> Conflict:
    """Eight options, two to each of four decision makers, with random rankings."""
    random = np.random.default_rng(seed)
    makers = tuple(
        DecisionMaker(
            id=f"dm{place}",
            name=f"DM {place}",
            options=(2 * place, 2 * place + 1),
            preference=Ranking(tuple((int(state),) for state in random.permutation(256))),
        )
        for place in range(4)
    )
    return Conflict(
        title="random",
        options=tuple(Option(id=f"o{number}", name=f"option {number}") for number in range(8)),
        decision_makers=makers,
    )


def main() -> int:
    """Run it once and say how long it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000)
    parser.add_argument("--floor", type=float, default=15.0)
    chosen = parser.parse_args()
    conflict = model()
    started = time.perf_counter()
    found = robustness(conflict, draws=chosen.draws)
    took = time.perf_counter() - started
    print(f"{chosen.draws:,} draws and {len(found.outcomes):,} single changes of 256 states: {took:.2f} s, one core")
    return int(took > chosen.floor)


if __name__ == "__main__":
    sys.exit(main())
