"""Random models for property tests: ties, infeasible states, one-way options, explicit arcs, unknown preference."""

from __future__ import annotations

import random
from dataclasses import replace

from peacetable.strategy.conflict import (
    Arc,
    Conflict,
    DecisionMaker,
    Direction,
    NoFeasibleStateError,
    Option,
    Pairwise,
    Preference,
    Ranking,
    Statements,
    Weights,
)
from peacetable.strategy.formulas import And, Formula, If, Iff, Not, Or, Taken

DIRECTIONS: tuple[Direction, ...] = ("both", "both", "both", "fwd", "back")


def random_conflict(seed: int, *, unknown: bool = False, arcs: bool = True, strict: bool = False) -> Conflict:
    """A model of 2 to 4 decision makers and 2 to 5 options.

    Args:
        seed: what it is made from.
        unknown: let preferences be pairwise with unknown pairs.
        arcs: let arcs be added and taken away.
        strict: rankings without ties.
    """
    chance = random.Random(seed)
    makers = chance.randint(2, 4)
    count = chance.randint(max(2, makers), 5)
    owners = [*range(makers), *(chance.randrange(makers) for _ in range(count - makers))]
    chance.shuffle(owners)
    bare = Conflict(
        title=f"seed {seed}",
        options=tuple(
            Option(id=f"o{number}", name=f"Option {number}", direction=chance.choice(DIRECTIONS))
            for number in range(count)
        ),
        decision_makers=tuple(
            DecisionMaker(
                id=f"m{place}",
                name=f"Maker {place}",
                options=tuple(number for number, owner in enumerate(owners) if owner == place),
            )
            for place in range(makers)
        ),
        infeasible=tuple(random_formula(chance, count, 0) for _ in range(chance.choice((0, 0, 1, 2)))),
    )
    try:
        states = [int(state) for state in bare.states]
    except NoFeasibleStateError:
        return random_conflict(seed + 1_000_003, unknown=unknown, arcs=arcs, strict=strict)
    preferring = tuple(
        replace(maker, preference=random_preference(chance, states, count, unknown=unknown, strict=strict))
        for maker in bare.decision_makers
    )
    made = replace(bare, decision_makers=preferring)
    return replace(made, arcs=random_arcs(chance, states, makers)) if arcs and chance.random() < 0.4 else made


def random_formula(chance: random.Random, options: int, depth: int) -> Formula:
    kind = chance.randrange(6) if depth < 2 else 0
    if kind == 0:
        chosen = chance.sample(range(options), chance.randint(1, min(3, options)))
        return And(tuple(Taken(option, chance.random() < 0.5) for option in chosen))
    first, second = (random_formula(chance, options, depth + 1) for _ in range(2))
    return (And((first, second)), Or((first, second)), Not(first), If(first, second), Iff(first, second))[kind - 1]


def random_preference(
    chance: random.Random, states: list[int], options: int, *, unknown: bool, strict: bool
) -> Preference:
    if unknown and chance.random() < 0.7:
        return random_pairs(chance, states)
    kind = 0 if strict else chance.randrange(3)
    if kind == 1:
        return Statements(tuple(random_formula(chance, options, 0) for _ in range(chance.randint(1, 4))))
    if kind == 2:
        return Weights(tuple((option, float(chance.randint(-3, 3))) for option in range(options)))
    shuffled = chance.sample(states, len(states))
    levels = [[state] for state in shuffled[:1]]
    for state in shuffled[1:]:
        if not strict and chance.random() < 0.3:
            levels[-1].append(state)
        else:
            levels.append([state])
    return Ranking(tuple(tuple(level) for level in levels))


def random_pairs(chance: random.Random, states: list[int]) -> Pairwise:
    """Any relation at all: unknown, intransitive and strong pairs."""
    found: dict[str, set[tuple[int, int]]] = {"better": set(), "equal": set(), "much": set()}
    for at, first in enumerate(states):
        for second in states[at + 1 :]:
            kind = chance.choice(("better", "better", "better", "much", "equal", "unknown"))
            if kind != "unknown":
                found[kind].add((first, second) if chance.random() < 0.5 else (second, first))
    return Pairwise(frozenset(found["better"]), frozenset(found["equal"]), frozenset(found["much"]), intransitive=True)


def random_arcs(chance: random.Random, states: list[int], makers: int) -> tuple[Arc, ...]:
    if len(states) < 2:
        return ()
    found = {}
    for _ in range(chance.randint(1, 4)):
        before, after = chance.sample(states, 2)
        found[before, after] = Arc(chance.randrange(makers), before, after)
    return tuple(found.values())
