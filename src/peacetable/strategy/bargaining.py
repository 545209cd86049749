"""Bargaining over one issue in space: who moves whom, round by round (Scholz, Calbert & Smith 2011).

Each actor has a position on a line, a capability and a salience. In a round every pair works out what a challenge is
worth to each of the two, and every actor takes the offer that it likes best of those that it cannot refuse. The model
may wander without end: then there is no forecast, only the range of what it went through. The weighted mean and median
of the starting positions stand beside it always, for they are hard to beat (Achen 2006).

The equations are those of J. Theor. Polit. 23 (2011) 510-531 with the status quo held certain (Q = 1). Published
replications read two of them in more than one way; the readings are offered by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from peacetable.errors import PeacetableError

Floats = NDArray[np.float64]
#: How the chance of a challenge is read. "all-pairs": the votes for it over those in the contests of all pairs of
#: actors, which makes it tiny. "pair": the votes for it over all votes of its own contest. "net": what the votes for
#: exceed those against, over all votes of its own contest.
Probability = Literal["all-pairs", "pair", "net"]
#: Which of several compromises is taken. "blended": the one whose blend of the two positions, weighted by what the
#: challenge is worth to each, is lowest, as Scholz's program does. "least-change": the one that asks least, as the
#: paper says.
Choice = Literal["blended", "least-change"]
OfferKind = Literal["confrontation", "compromise", "capitulation"]
#: A move shorter than this part of the range of positions is none.
STILL: Final = 1e-9
MOST_ACTORS: Final = 300


class BargainingError(PeacetableError):
    """The actors do not make a bargaining model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargainer:
    """An actor with a position on the issue.

    Attributes:
        position: where it stands, in the units of the issue.
        capability: how much it could bring to bear, any scale above zero.
        salience: how much of that it would use on this issue, from 0 to 1.
    """

    name: str
    position: float
    capability: float
    salience: float


@dataclass(frozen=True, slots=True)
class Offer:
    """The offer that an actor took: from whom, of which kind, and where it put the actor.

    Attributes:
        worth, other_worth: what challenging the other is worth to the actor, and the actor to the other, as the actor
            sees it.
    """

    actor: int
    other: int
    kind: OfferKind
    position: float
    worth: float
    other_worth: float


@dataclass(frozen=True, slots=True)
class Round:
    """The positions after a round, and what was taken in it; round 0 is how things begin."""

    number: int
    positions: tuple[float, ...]
    median: float
    mean: float
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bargain:
    """What the rounds come to.

    Attributes:
        settled: the round after which nobody moved; None where the rounds ended before.
        cycle: after how many rounds the same positions come back, where they do.
        forecast: the median where it settled; None where it did not: one round of many is no forecast.
        low, high: the least and the greatest median of any round.
        mean, median: weighted by capability times salience, of the starting positions: the forecasts without a model.
    """

    actors: tuple[Bargainer, ...]
    rounds: tuple[Round, ...]
    probability: Probability
    choice: Choice
    settled: int | None
    cycle: int | None
    forecast: float | None
    low: float
    high: float
    mean: float
    median: float


def bargain(
    actors: Sequence[Bargainer],
    *,
    rounds: int = 10,
    probability: Probability = "all-pairs",
    choice: Choice = "blended",
) -> Bargain:
    """Let actors bargain until nobody moves, or the rounds are over.

    Args:
        actors: two at least, with two positions at least.
        rounds: the most rounds.
        probability, choice: how the equations are read.

    Raises:
        BargainingError: the actors are too few or too many, stand at one position, or a number is out of bounds.
    """
    _check(actors, rounds)
    weights = np.array([actor.capability * actor.salience for actor in actors])
    salience = np.array([actor.salience for actor in actors])
    positions = np.array([actor.position for actor in actors], np.float64)
    span = float(np.ptp(positions))
    found = [_round(0, positions, weights, ())]
    settled = None
    for number in range(1, rounds + 1):
        before = positions
        offers = _Contest(before, weights, salience, span, probability).offers(choice)
        positions = before.copy()
        for offer in offers:
            positions[offer.actor] = offer.position
        if float(np.abs(positions - before).max()) <= STILL * span:
            settled = number - 1
            break
        found.append(_round(number, positions, weights, offers))
    medians = [one.median for one in found]
    return Bargain(
        actors=tuple(actors),
        rounds=tuple(found),
        probability=probability,
        choice=choice,
        settled=settled,
        cycle=_cycle(found, span) if settled is None else None,
        forecast=medians[-1] if settled is not None else None,
        low=min(medians),
        high=max(medians),
        mean=found[0].mean,
        median=found[0].median,
    )


def weighted_mean(positions: Floats, weights: Floats) -> float:
    """The mean position, each weighted."""
    return float((positions * weights).sum() / weights.sum())


def weighted_median(positions: Floats, weights: Floats) -> float:
    """The position that beats every other in a weighted vote: the one with the least weighted distance to all.

    Where two do, the one in the middle of the actors' order is not defined; the lower is taken.
    """
    order = np.unique(positions)
    cost = (np.abs(order[:, None] - positions[None, :]) * weights).sum(axis=1)
    return float(order[int(np.flatnonzero(cost <= cost.min() + 1e-12 * max(1.0, float(cost.max())))[0])])


class _Contest:
    """One round: what a challenge of each to each is worth, as each sees it."""

    def __init__(
        self, positions: Floats, weights: Floats, salience: Floats, span: float, probability: Probability
    ) -> None:
        self.positions, self.salience = positions, salience
        self.weights, self.span, self.reading = weights, span, probability
        self.distance = np.abs(positions[:, None] - positions[None, :]) / span
        self.risk = self._risk()

    def worth(self, risk: float, chance: Floats) -> Floats:
        """What it is worth to i to challenge j (row i, column j), seen with a readiness to take risks."""
        success = 2 - 4 * np.power(0.5 - 0.5 * self.distance, risk)
        failure = 2 - 4 * np.power(0.5 + 0.5 * self.distance, risk)
        stays = 2 - 4 * 0.5**risk
        resisted = self.salience[None, :]
        value: Floats = resisted * (chance * success + (1 - chance) * failure) + (1 - resisted) * success - stays
        return value

    def _risk(self) -> Floats:
        """How ready each is to take risks: those who expect few challenges can afford least change."""
        value = self.worth(1.0, self._chances(np.ones(len(self.positions))))
        danger = value.sum(axis=0) - np.diag(value)
        low, high = float(danger.min()), float(danger.max())
        if high - low <= 1e-15:
            return np.ones(len(danger))
        acceptance = (2 * danger - high - low) / (high - low)
        risk: Floats = (1 - acceptance / 3) / (1 + acceptance / 3)
        return risk

    def _chances(self, risk: Floats) -> Floats:
        """The chance that i's challenge of j succeeds: who is nearer to i, weighted, each by its own risk."""
        liking = -np.power(self.distance, risk[:, None]) * self.weights[:, None]  # voter k, position i
        count = len(self.positions)
        chance = np.zeros((count, count))
        votes_for, votes_all, votes_net = np.zeros_like(chance), np.zeros_like(chance), np.zeros_like(chance)
        for voter in range(count):
            difference = liking[voter][:, None] - liking[voter][None, :]
            votes_for += np.maximum(difference, 0)
            votes_net += difference
            votes_all += np.abs(difference)
        apart = self.distance > 0
        if self.reading == "all-pairs":
            chance[apart] = votes_for[apart] / float(votes_all.sum())
        else:
            given = np.maximum(votes_net, 0) if self.reading == "net" else votes_for
            contested = apart & (votes_all > 0)
            chance[contested] = given[contested] / votes_all[contested]
        return chance

    def offers(self, choice: Choice) -> tuple[Offer, ...]:
        """The offer that each actor takes, if it has any."""
        chance = self._chances(self.risk)
        taken = []
        for actor in range(len(self.positions)):
            value = self.worth(float(self.risk[actor]), chance)
            best = self._best(actor, value, choice)
            if best:
                taken.append(best)
        return tuple(taken)

    def _best(self, actor: int, value: Floats, choice: Choice) -> Offer | None:
        made: dict[OfferKind, list[Offer]] = {}
        for other in np.flatnonzero(self.positions != self.positions[actor]):
            offer = self._offer(actor, int(other), float(value[actor, other]), float(value[other, actor]))
            if offer:
                made.setdefault(offer.kind, []).append(offer)
        for kind in ("confrontation", "compromise", "capitulation"):
            if kind in made:
                blended = choice == "blended" and kind == "compromise"
                return min(made[kind], key=self._blend if blended else self._change)
        return None

    def _offer(self, actor: int, other: int, own: float, theirs: float) -> Offer | None:
        here, there = float(self.positions[actor]), float(self.positions[other])
        if theirs > own > 0:
            return Offer(actor, other, "confrontation", there, own, theirs)
        if theirs > 0 > own and theirs > -own:
            return Offer(actor, other, "compromise", here + (there - here) * abs(own / theirs), own, theirs)
        if theirs > 0 > own and theirs < -own:
            return Offer(actor, other, "capitulation", there, own, theirs)
        return None

    def _change(self, offer: Offer) -> float:
        return abs(float(self.positions[offer.actor]) - offer.position)

    def _blend(self, offer: Offer) -> float:
        own, other = abs(offer.worth), abs(offer.other_worth)
        here, there = float(self.positions[offer.actor]), float(self.positions[offer.other])
        return (own * here + other * there) / (own + other)


def _round(number: int, positions: Floats, weights: Floats, offers: tuple[Offer, ...]) -> Round:
    median, mean = weighted_median(positions, weights), weighted_mean(positions, weights)
    return Round(number, tuple(float(position) for position in positions), median, mean, offers)


def _cycle(rounds: Sequence[Round], span: float) -> int | None:
    """How many rounds it takes for the last positions to come back, where they were there before."""
    last = np.array(rounds[-1].positions)
    for earlier in reversed(rounds[:-1]):
        if float(np.abs(np.array(earlier.positions) - last).max()) <= STILL * span:
            return rounds[-1].number - earlier.number
    return None


def _check(actors: Sequence[Bargainer], rounds: int) -> None:
    if not 2 <= len(actors) <= MOST_ACTORS:
        raise BargainingError(f"found {len(actors)} actors; expected from 2 to {MOST_ACTORS}")
    if not 1 <= rounds <= 1000:
        raise BargainingError(f"{rounds} rounds; expected from 1 to 1000")
    for first, second in pairwise(sorted(actor.name for actor in actors)):
        if first == second:
            raise BargainingError(f"the actor {first!r} stands there twice: keep one")
    for actor in actors:
        if not np.isfinite([actor.position, actor.capability, actor.salience]).all():
            raise BargainingError(f"{actor.name}: position, capability and salience must be plain numbers")
        if actor.capability <= 0:
            raise BargainingError(f"{actor.name}: capability is {actor.capability:g}; expected more than 0")
        if not 0 <= actor.salience <= 1:
            raise BargainingError(f"{actor.name}: salience is {actor.salience:g}; expected from 0 to 1 (0.8, not 80)")
    if not any(actor.salience for actor in actors):
        raise BargainingError("every salience is 0: then nobody bargains")
    if len({actor.position for actor in actors}) < 2:
        raise BargainingError("all actors hold one position: there is nothing to bargain over")
