"""How far the result hangs on what the analyst was unsure of.

Every single thing that could be otherwise is changed in turn (each pair of neighbours in each ranking, each uncertain
statement, each irreversibility), and the model solved again by every concept; then many things at once are changed at
random, with a fixed seed. What counts for a state is the share of the variants in which it is an equilibrium.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict, ConflictError, Ranking, Statements
from peacetable.strategy.moves import moves
from peacetable.strategy.preferences import Ranks
from peacetable.strategy.stability import CONCEPTS, solve
from peacetable.strategy.stacks import RankStack, Stack, Truths

Kind = Literal["as given", "swap", "left out", "irreversible", "reversible"]
#: Variants and states beyond which an analysis is not begun.
MOST_WORK: Final = 400_000_000
MOST_DRAWS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Variant:
    """One thing that is changed.

    Attributes:
        decision_maker: whose ranking or option it is; None for the model as given.
        place: which statement (from 0) or which option.
        states: for a swap, the states of the two levels that change places, the better first.
    """

    kind: Kind
    decision_maker: int | None = None
    place: int | None = None
    states: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a variant comes to: the equilibria (decimals) by concept, in the order of `Robustness.concepts`."""

    variant: Variant
    equilibria: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How a state fares by one concept.

    Attributes:
        now: is it an equilibrium of the model as given?
        variants: in how many of the single changes it is one, and of how many.
        draws: the same for the random changes.
    """

    state: int
    concept: str
    now: bool
    variants: int
    variants_of: int
    draws: int
    draws_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Robustness:
    """The whole analysis; `outcomes` begins with the model as given.

    Attributes:
        shares: for each state that is an equilibrium anywhere, by concept, the firmest first.
        seed, noise: how the random changes were drawn, so that they can be drawn again.
    """

    concepts: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    shares: tuple[Share, ...]
    draws: int
    seed: int
    noise: float


def robustness(
    conflict: Conflict,
    *,
    concepts: Sequence[str] = CONCEPTS,
    draws: int = 1000,
    seed: int = 1,
    noise: float = 0.1,
) -> Robustness:
    """Solve a model again and again, with one thing changed at a time and then with many.

    Args:
        conflict: the model; every preference is a ranking, statements or weights.
        concepts: which to solve for.
        draws: how many random variants: each uncertain statement is left out with an even chance, then each pair of
            neighbours in each ranking changes places with the chance `noise`, from the top down.
        seed: the same seed gives the same variants.

    Raises:
        ConflictError: a preference has no ranks, or there is too much to do.
    """
    base = _ranks(conflict)
    swaps = sum(int(rank.max()) for rank in base)
    if (swaps + draws) * len(conflict.states) > MOST_WORK or not 0 <= draws <= MOST_DRAWS or not 0 <= noise <= 1:
        raise ConflictError(
            f"{swaps:,} swaps and {draws:,} random variants of {len(conflict.states):,} states are too many, or the "
            f"noise {noise:g} is not from 0 to 1: take fewer draws (at most {MOST_DRAWS:,}) or a smaller model"
        )
    outcomes = tuple(_outcomes(conflict, base, concepts))
    drawn = _equilibria(conflict, _draw(conflict, base, draws, seed, noise), concepts)
    hits = {concept: [int(row.sum()) for row in drawn[concept]] for concept in concepts}
    return Robustness(
        concepts=tuple(concepts),
        outcomes=outcomes,
        shares=_shares(conflict, concepts, outcomes, hits, draws),
        draws=draws,
        seed=seed,
        noise=noise,
    )


def perturbed(conflict: Conflict, *, draws: int, seed: int = 1, noise: float = 0.1) -> tuple[RankStack, ...]:
    """The random rankings of each decision maker: states x draws."""
    return tuple(_draw(conflict, _ranks(conflict), draws, seed, noise))


def _ranks(conflict: Conflict) -> list[Ranks]:
    return [preferences.ranks(conflict, maker.preference, name=maker.name) for maker in conflict.decision_makers]


def _outcomes(conflict: Conflict, base: Sequence[Ranks], concepts: Sequence[str]) -> Iterator[Outcome]:
    """The model as given, then everything that leaves the moves as they are, at once; then one graph at a time."""
    variants: list[tuple[Variant, int, Ranks]] = [(Variant("as given"), 0, base[0])]
    for maker in range(len(base)):
        variants.extend((variant, maker, rank) for variant, rank in _swaps(conflict, maker, base[maker]))
        variants.extend((variant, maker, rank) for variant, rank in _left_out(conflict, maker))
    stacks = [
        np.stack([rank if changed == maker else base[maker] for _, changed, rank in variants], axis=1)
        for maker in range(len(base))
    ]
    found = _equilibria(conflict, stacks, concepts)
    for number, (variant, _, _) in enumerate(variants):
        yield Outcome(
            variant,
            tuple(
                tuple(int(decimal) for decimal in conflict.states[found[concept][:, number]]) for concept in concepts
            ),
        )
    for variant, changed in _directions(conflict):
        solution = solve(changed, concepts=concepts)
        yield Outcome(variant, tuple(solution.equilibria(concept) for concept in concepts))


def _equilibria(conflict: Conflict, ranks: Sequence[RankStack], concepts: Sequence[str]) -> dict[str, Truths]:
    """Where all are stable: by concept, states x variants."""
    fast = [concept for concept in concepts if concept in CONCEPTS]
    stable = Stack(moves(conflict)).stable(ranks, fast)
    found: dict[str, Truths] = {}
    for concept in concepts:
        if concept in fast:
            found[concept] = np.logical_and.reduce(stable[concept], axis=0)
        else:
            columns = [
                _one_by_one(conflict, [rank[:, at] for rank in ranks], concept) for at in range(ranks[0].shape[1])
            ]
            found[concept] = np.stack(columns, axis=1) if columns else np.empty((len(conflict.states), 0), np.bool_)
    return found


def _one_by_one(conflict: Conflict, ranks: Sequence[Ranks], concept: str) -> Truths:
    """Where all are stable by a concept that is not solved for many rankings at once."""
    makers = tuple(
        replace(maker, preference=_ranking(conflict, rank))
        for maker, rank in zip(conflict.decision_makers, ranks, strict=True)
    )
    solution = solve(replace(conflict, decision_makers=makers), concepts=(concept,))
    everybody: Truths = np.logical_and.reduce(solution.stable[concept], axis=0)
    return everybody


def _ranking(conflict: Conflict, rank: Ranks) -> Ranking:
    heights = sorted({int(height) for height in rank}, reverse=True)
    return Ranking(tuple(tuple(int(state) for state in conflict.states[rank == height]) for height in heights))


def _swaps(conflict: Conflict, maker: int, rank: Ranks) -> Iterator[tuple[Variant, Ranks]]:
    """Each two neighbouring levels of a ranking, changed."""
    for lower in range(int(rank.max()) - 1, -1, -1):
        changed = rank.copy()
        changed[rank == lower], changed[rank == lower + 1] = lower + 1, lower
        better, worse = (
            tuple(int(decimal) for decimal in conflict.states[rank == level]) for level in (lower + 1, lower)
        )
        yield Variant("swap", maker, None, (better, worse)), changed


def _left_out(conflict: Conflict, maker: int) -> Iterator[tuple[Variant, Ranks]]:
    """Each uncertain statement, left out."""
    who = conflict.decision_makers[maker]
    if isinstance(who.preference, Statements):
        for place in sorted(who.preference.uncertain):
            fewer = _without(who.preference, {place})
            yield Variant("left out", maker, place), preferences.ranks(conflict, fewer, name=who.name)


def _without(preference: Statements, places: set[int]) -> Statements:
    return Statements(tuple(one for at, one in enumerate(preference.statements) if at not in places))


def _directions(conflict: Conflict) -> Iterator[tuple[Variant, Conflict]]:
    """Each option that cannot be taken back made one that can, and the other way round."""
    for place, option in enumerate(conflict.options):
        reversible = option.direction != "both"
        changed = replace(option, direction="both" if reversible else "fwd")
        options = (*conflict.options[:place], changed, *conflict.options[place + 1 :])
        kind: Kind = "reversible" if reversible else "irreversible"
        yield Variant(kind, conflict.owner(place), place), replace(conflict, options=options)


def _draw(conflict: Conflict, base: Sequence[Ranks], draws: int, seed: int, noise: float) -> list[RankStack]:
    random = np.random.default_rng(seed)
    stacks = []
    for maker, rank in zip(conflict.decision_makers, base, strict=True):
        stack = np.repeat(rank[:, None], draws, axis=1)
        if isinstance(maker.preference, Statements) and maker.preference.uncertain:
            _leave_out(conflict, maker.preference, stack, random)
        stacks.append(_shaken(stack, random, noise))
    return stacks


def _leave_out(conflict: Conflict, preference: Statements, stack: RankStack, random: np.random.Generator) -> None:
    """Leave each uncertain statement out of a column with an even chance; in place."""
    places = sorted(preference.uncertain)
    kept = random.random((len(places), stack.shape[1])) < 0.5
    patterns, which = np.unique(kept, axis=1, return_inverse=True)
    for number, pattern in enumerate(patterns.T):
        dropped = {place for place, keep in zip(places, pattern, strict=True) if not keep}
        rank = preferences.ranks(conflict, _without(preference, dropped))
        stack[:, which.reshape(-1) == number] = rank[:, None]


def _shaken(stack: RankStack, random: np.random.Generator, noise: float) -> RankStack:
    """Change neighbouring levels of each column with some chance, from the top down; a level may sink several times."""
    levels = int(stack.max(initial=0)) + 1
    draws = stack.shape[1]
    # to[r, d]: the level that level r of draw d goes to; columns with fewer levels keep their own order.
    to = np.repeat(np.arange(levels, dtype=np.int32)[:, None], draws, axis=1)
    at = np.repeat(np.arange(levels, dtype=np.int32)[:, None], draws, axis=1)  # which level stands where
    height = stack.max(axis=0, initial=0)
    for upper in range(levels - 1, 0, -1):
        swapped = (random.random(draws) < noise) & (height >= upper)
        at[upper, swapped], at[upper - 1, swapped] = at[upper - 1, swapped], at[upper, swapped]
    np.put_along_axis(to, at, np.arange(levels, dtype=np.int32)[:, None], axis=0)
    return np.take_along_axis(to, stack, axis=0)


def _shares(
    conflict: Conflict,
    concepts: Sequence[str],
    outcomes: Sequence[Outcome],
    hits: Mapping[str, Sequence[int]],
    draws: int,
) -> tuple[Share, ...]:
    shares = []
    for number, concept in enumerate(concepts):
        found = [set(outcome.equilibria[number]) for outcome in outcomes]
        for place, state in enumerate(int(decimal) for decimal in conflict.states):
            in_variants = sum(state in one for one in found[1:])
            in_draws = hits[concept][place]
            if in_variants or in_draws or state in found[0]:
                shares.append(
                    Share(
                        state=state,
                        concept=concept,
                        now=state in found[0],
                        variants=in_variants,
                        variants_of=len(found) - 1,
                        draws=in_draws,
                        draws_of=draws,
                    )
                )
    order = {concept: number for number, concept in enumerate(concepts)}
    return tuple(sorted(shares, key=lambda one: (order[one.concept], -one.draws, -one.variants, one.state)))
