"""Why a state is stable for somebody, or is not: improvements, answers and counter-moves as data.

One cell is worked out at a time: the improvements from the state, for each the shortest sequence of the others that
makes it no gain, and where the decision maker can move on from that answer to something better, that move. Views put
it in words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import foresight, matrices, preferences
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.matrices import Judgement
from peacetable.strategy.preferences import Ranks
from peacetable.strategy.sequence_search import Move, Places, Steps, Tree
from peacetable.strategy.simultaneous import sanction
from peacetable.strategy.solution import Solution

Mask = NDArray[np.bool_]
#: States up to which answers are kept from cell to cell; in larger models few cells are asked for.
MOST_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class Step:
    """A move: by whom (place), between which states (decimals), and whether the mover prefers where it leads."""

    maker: int
    before: int
    after: int
    improves: bool


@dataclass(frozen=True, slots=True)
class Improvement:
    """A move that the decision maker would like to make, and what comes of it.

    Attributes:
        after: the state that it leads to.
        answer: the shortest sequence by the others that ends no better than staying; nothing where there is none.
            Of SIM: what they do at the same moment. Of L_h: what is anticipated.
        ends: the state that the answer ends in, `after` without one.
        counter: how the decision maker escapes that answer to something better (SMR, SSEQ); None where it cannot.
        sanctioned: is it better to stay?
    """

    after: int
    answer: tuple[Step, ...]
    ends: int
    counter: Step | None
    sanctioned: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a state is stable for a decision maker, or is not.

    Attributes:
        concept, maker, state: the cell; the decision maker by place, the state by decimal.
        stable: the verdict.
        improvements: what tempts the decision maker; stable means that each is sanctioned.
        decides: whose preferences the verdict rests on, by place.
    """

    concept: str
    maker: int
    state: int
    stable: bool
    improvements: tuple[Improvement, ...]
    decides: tuple[int, ...]


def explain(solution: Solution, concept: str, maker: int, state: int) -> Reason:
    """Why a solution has a state stable for a decision maker, or has not."""
    chosen = dict(solution.parameters)
    readings: list[matrices.Reading] = [one for one in matrices.READINGS if one == chosen.get("unknown", "d")]
    strong = chosen.get("strength", "general") != "general"
    return Explainer(solution.conflict, unknown=readings[0], strong=strong).cell(concept, maker, state)


class Explainer:
    """Explains the cells of one model; keep it to explain many.

    Args:
        conflict: the model.
        unknown: how unknown preference is read.
        strong: only what is much worse sanctions.
    """

    def __init__(self, conflict: Conflict, *, unknown: matrices.Reading = "d", strong: bool = False) -> None:
        self.conflict, self.unknown, self.strong = conflict, unknown, strong
        self._plans: tuple[foresight.Plan, ...] = ()
        self._minds: dict[int, _Mind] = {}
        self._trees: dict[tuple[int, bool, int], Tree] = {}

    def cell(self, concept: str, maker: int, state: int) -> Reason:
        """The reason for one verdict.

        Args:
            concept: Nash, GMR, SMR, SEQ, SSEQ, SIM, L<h>, or Stackelberg:<decision maker>.
            maker: the place of the decision maker.
            state: the decimal.

        Raises:
            ConflictError: the concept is not explained move by move, or the state is not feasible.
        """
        place = self.conflict.number(state) - 1
        if concept.startswith("Stackelberg:"):
            leads = self.conflict.decision_makers[maker].id == concept.partition(":")[2]
            inner = self.cell("L2" if leads else "Nash", maker, state)
            return Reason(concept, maker, state, inner.stable, inner.improvements, inner.decides)
        if concept[0] == "L" and concept[1:].isdigit():
            return self._foreseen(concept, maker, place)
        if concept == "SIM":
            return self._reason(concept, maker, place, self._together(maker, place))
        if concept not in ("Nash", "GMR", "SMR", "SEQ", "SSEQ"):
            raise ConflictError(
                f"{concept!r} is not explained move by move; Nash, GMR, SMR, SEQ, SSEQ, SIM and L<h> are"
            )
        mind = self._mind(maker)
        _, afters = self._steps.leaving(maker, np.array([place]))
        tempting = afters[mind.tempted(place, afters)]
        return self._reason(concept, maker, place, [self._improvement(concept, maker, place, int(q)) for q in tempting])

    def _reason(self, concept: str, maker: int, place: int, improvements: Iterable[Improvement]) -> Reason:
        found = tuple(improvements)
        deciding = {maker}
        if concept in ("SEQ", "SSEQ", "SIM") and found:
            if all(one.sanctioned for one in found):
                deciding |= {step.maker for one in found for step in one.answer}
            else:
                deciding |= set(range(len(self.conflict.decision_makers)))
        stable = all(one.sanctioned for one in found)
        return Reason(concept, maker, int(self._states[place]), stable, found, tuple(sorted(deciding)))

    def _improvement(self, concept: str, maker: int, place: int, after: int) -> Improvement:
        decimal = int(self._states[after])
        if concept == "Nash":
            return Improvement(decimal, (), decimal, None, sanctioned=False)
        mind = self._mind(maker)
        tree = self._tree(maker, after, improving=concept in ("SEQ", "SSEQ"))
        nearest: tuple[tuple[Move, ...], Step] | None = None
        for level, places in enumerate(tree.levels()):
            for entry in np.flatnonzero(mind.deterred(place, places)):
                end = int(places[entry])
                counter = self._escape(maker, place, end) if concept in ("SMR", "SSEQ") else None
                if counter is None:
                    answer = self._told(tree.path(level, int(entry)))
                    return Improvement(decimal, answer, int(self._states[end]), None, sanctioned=True)
                nearest = nearest or (tree.path(level, int(entry)), counter)
        if nearest is None:
            return Improvement(decimal, (), decimal, None, sanctioned=False)
        answer = self._told(nearest[0])
        return Improvement(decimal, answer, answer[-1].after, nearest[1], sanctioned=False)

    def _escape(self, maker: int, place: int, end: int) -> Step | None:
        """The move from an answer to something that is no deterrent."""
        _, afters = self._steps.leaving(maker, np.array([end]))
        escapes = afters[~self._mind(maker).deterred(place, afters)]
        return self._told([(maker, end, int(escapes[0]))])[0] if len(escapes) else None

    def _together(self, maker: int, place: int) -> Iterable[Improvement]:
        if not self.conflict.plain:
            raise ConflictError("SIM needs a model in option form: take out the explicit arcs and the merged states")
        start = int(self._states[place])
        flips = []
        for other in range(len(self.conflict.decision_makers)):
            _, afters = self._steps.leaving(other, np.array([place]))
            kept = afters[self._mind(other).better(np.full(len(afters), place), afters)]
            flips.append(tuple(int(self._states[after]) ^ start for after in kept))
        others = [other for other in range(len(flips)) if other != maker]
        for own in flips[maker]:
            found = sanction(self.conflict, self._mind(maker).scale, place, own, [flips[other] for other in others])
            moved = [(other, flip) for other, flip in zip(others, found or (), strict=False) if flip]
            answer = tuple(Step(other, start, start ^ flip, improves=True) for other, flip in moved)
            ends = start ^ own
            for _, flip in moved:
                ends ^= flip
            yield Improvement(start ^ own, answer, ends, None, sanctioned=found is not None)

    def _foreseen(self, concept: str, maker: int, place: int) -> Reason:
        horizon = int(concept[1:])
        plans = self._planned(horizon)
        stable = int(plans[-1].ends[maker, place]) == place
        mind = self._mind(maker)
        _, afters = self._steps.leaving(maker, np.array([place]))
        others = [other for other in range(len(self.conflict.decision_makers)) if other != maker]
        found = []
        for after in (int(q) for q in afters):
            path: tuple[Move, ...] = ()
            if horizon > 1 and others:
                ends = [int(plans[-2].ends[other, after]) for other in others]
                mover = others[int(np.argmin(mind.scale[ends]))]
                path = foresight.path(plans[:-1], mover, after)
            end = path[-1][2] if path else after
            gains = bool(mind.scale[end] > mind.scale[place])
            tempts = bool(mind.scale[after] > mind.scale[place])
            if gains or tempts:
                states = int(self._states[after]), int(self._states[end])
                found.append(Improvement(states[0], self._told(path), states[1], None, sanctioned=not gains))
        makers = tuple(range(len(self.conflict.decision_makers))) if horizon > 1 else (maker,)
        return Reason(concept, maker, int(self._states[place]), stable, tuple(found), makers)

    @cached_property
    def _steps(self) -> Steps:
        return Steps(self.conflict)

    @property
    def _states(self) -> NDArray[np.int64]:
        return self.conflict.states

    def _told(self, moves: Iterable[Move]) -> tuple[Step, ...]:
        return tuple(
            Step(who, int(self._states[before]), int(self._states[after]), self._mind(who).prefers(before, after))
            for who, before, after in moves
        )

    def _planned(self, horizon: int) -> tuple[foresight.Plan, ...]:
        if len(self._plans) < horizon:
            self._plans = foresight.plans(self.conflict, horizon)
        return self._plans[:horizon]

    def _tree(self, maker: int, start: int, *, improving: bool) -> Tree:
        key = (maker, improving, start)
        if key in self._trees:
            return self._trees[key]
        others = [other for other in range(len(self.conflict.decision_makers)) if other != maker]
        tree = Tree(self._steps, start, others, self._followed if improving else None)
        if len(self._states) <= MOST_REMEMBERED:
            self._trees[key] = tree
        return tree

    def _followed(self, mover: int, before: Places, after: Places) -> Mask:
        return self._mind(mover).might_improve(before, after)

    def _mind(self, maker: int) -> _Mind:
        if maker not in self._minds:
            one = self.conflict.decision_makers[maker]
            if preferences.ordinal(one.preference) and not self.strong:
                self._minds[maker] = _Mind(preferences.ranks(self.conflict, one.preference, name=one.name), None, None)
            else:
                relation = preferences.relation(self.conflict, one.preference, name=one.name)
                judged = matrices.judgement(relation, unknown=self.unknown, strong=self.strong)
                self._minds[maker] = _Mind(relation.better, relation.better | relation.unknown, judged)
        return self._minds[maker]


@dataclass(frozen=True, slots=True)
class _Mind:
    """What one decision maker makes of states: ranks where these say it all, else pair by pair.

    Attributes:
        scale: ranks, or improvements pair by pair.
        possible: what may be an improvement; None with ranks.
        judged: what tempts and deters; None with ranks.
    """

    scale: Ranks | Mask
    possible: Mask | None
    judged: Judgement | None

    def tempted(self, place: int, afters: Places) -> Mask:
        """Which states tempt the decision maker away from a place."""
        kept: Mask = (
            self.scale[afters] > self.scale[place] if self.judged is None else self.judged.tempting[place, afters]
        )
        return kept

    def deterred(self, place: int, ends: Places) -> Mask:
        """Which states are reason enough to stay."""
        kept: Mask = (
            self.scale[ends] <= self.scale[place] if self.judged is None else self.judged.deterring[place, ends]
        )
        return kept

    def better(self, before: Places, after: Places) -> Mask:
        """Which moves are improvements."""
        kept: Mask = self.scale[after] > self.scale[before] if self.judged is None else self.scale[before, after] > 0
        return kept

    def might_improve(self, before: Places, after: Places) -> Mask:
        """Which moves the others have to expect: improvements, and what nothing is known of."""
        return self.better(before, after) if self.possible is None else self.possible[before, after]

    def prefers(self, before: int, after: int) -> bool:
        """Is a single move an improvement?"""
        return bool(self.better(np.array([before]), np.array([after]))[0])
