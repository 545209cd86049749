"""Stability with foresight: limited moves (L_h), non-myopic stability and Stackelberg equilibria.

Backward induction (Kilgour 1985; Fang, Hipel & Kilgour 1993, chapter 4). With h moves ahead a decision maker i at s
thinks G_h(i, s) the end: it moves to where the end of the others' h - 1 further moves is best for it, and only if that
is strictly better than s. L_1 is Nash. With more than two decision makers the next mover is the one that is worst for
i. Where several moves are equally good the first in the order of states is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import preferences
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.moves import Moves, moves
from peacetable.strategy.preferences import Ranks

Places = NDArray[np.int64]
#: Horizons after which foresight that has neither settled nor come round is given up.
LONGEST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Plan:
    """What each decision maker would do at each state with some moves ahead, and where it thinks that ends.

    Attributes:
        goes: the place that it moves to, its own place where it stays; decision makers x states.
        next_mover: who it thinks moves then; -1 where it stays.
        ends: the place that it anticipates.
    """

    goes: Places
    next_mover: Places
    ends: Places


def limited(conflict: Conflict, horizon: int) -> NDArray[np.bool_]:
    """Where each decision maker is limited-move stable.

    Args:
        conflict: the model, with ordinal preferences.
        horizon: how many moves are foreseen, from 1.

    Returns:
        Decision makers x feasible states.
    """
    stable: NDArray[np.bool_] = plans(conflict, horizon)[-1].ends == np.arange(len(conflict.states))
    return stable


def plans(conflict: Conflict, horizon: int) -> tuple[Plan, ...]:
    """What is planned with 1, 2 ... `horizon` moves ahead.

    Raises:
        ConflictError: the horizon is below 1, or a preference is not ordinal.
    """
    if horizon < 1:
        raise ConflictError(f"a horizon of {horizon} moves foresees nothing: give 1 or more")
    steps = _steps(conflict)
    return tuple(next(steps) for _ in range(horizon))


def non_myopic(conflict: Conflict) -> NDArray[np.bool_]:
    """Where each decision maker stays however far it looks ahead, from some horizon on (Brams & Wittman 1981).

    What is anticipated comes round sooner or later: it settles, or goes in a cycle. A state is stable where its
    decision maker stays throughout the cycle.

    Returns:
        Decision makers x feasible states.

    Raises:
        ConflictError: it has not come round after 10,000 moves.
    """
    here = np.arange(len(conflict.states))
    seen: dict[bytes, int] = {}
    history: list[NDArray[np.bool_]] = []
    for plan in _steps(conflict):
        key = plan.ends.tobytes()
        if key in seen:
            stable: NDArray[np.bool_] = np.logical_and.reduce(history[seen[key] :])
            return stable
        seen[key] = len(history)
        history.append(plan.ends == here)
        if len(history) > LONGEST:
            raise ConflictError(f"foresight neither settles nor comes round within {LONGEST:,} moves: ask for L_h")
    raise AssertionError("the steps have no end")


def stackelberg(conflict: Conflict, leader: int) -> NDArray[np.bool_]:
    """Where the leader foresees its follower's best reply: L_2 for the leader, Nash for the follower.

    Raises:
        ConflictError: there are not two decision makers.
    """
    if len(conflict.decision_makers) != 2:
        raise ConflictError(f"Stackelberg takes two decision makers; this model has {len(conflict.decision_makers)}")
    first, second = plans(conflict, 2)
    here = np.arange(len(conflict.states))
    stable: NDArray[np.bool_] = first.ends == here
    stable[leader] = second.ends[leader] == here
    return stable


def path(ahead: Sequence[Plan], maker: int, place: int) -> tuple[tuple[int, int, int], ...]:
    """The moves that a decision maker anticipates from a state: (who, from, to), places of states.

    Args:
        ahead: what `plans` gives for the horizon.
        maker: who moves first.
        place: the place of the state.
    """
    found = []
    mover, at = maker, place
    for plan in reversed(ahead):
        target = int(plan.goes[mover, at])
        if target == at:
            break
        found.append((mover, at, target))
        mover, at = int(plan.next_mover[mover, at]), target
        if mover < 0:
            break
    return tuple(found)


def _steps(conflict: Conflict) -> Iterator[Plan]:
    makers = conflict.decision_makers
    ranks = [preferences.ranks(conflict, maker.preference, name=maker.name) for maker in makers]
    arcs = moves(conflict)
    here = np.arange(len(conflict.states))
    ends = np.tile(here, (len(makers), 1))
    while True:
        planned = [_one_step(maker, arcs[maker], ranks[maker], ends) for maker in range(len(makers))]
        plan = Plan(*(np.stack(parts) for parts in zip(*planned, strict=True)))
        ends = plan.ends
        yield plan


def _one_step(maker: int, arcs: Moves, rank: Ranks, ends: Places) -> tuple[Places, Places, Places]:
    """One decision maker's plan, given where each would end with one move less."""
    count = len(rank)
    here = np.arange(count)
    others = [other for other in range(len(ends)) if other != maker]
    if others:
        worst = np.argmin(rank[ends[others]], axis=0)
        mover_after, end_after = np.array(others)[worst], ends[others][worst, here]
    else:
        mover_after, end_after = np.full(count, -1), here
    value = rank[end_after]
    goes = here.copy()
    leaving = np.flatnonzero(arcs.start[1:] > arcs.start[:-1])
    if len(leaving):
        offered = value[arcs.after]
        best = np.full(count, -1, offered.dtype)
        best[leaving] = np.maximum.reduceat(offered, arcs.start[:-1][leaving])
        candidates = np.where(offered == best[arcs.before], arcs.after, count)
        first = np.full(count, count)
        first[leaving] = np.minimum.reduceat(candidates, arcs.start[:-1][leaving])
        goes = np.where(best > rank, first, here)
    stays = goes == here
    return goes, np.where(stays, -1, mover_after[goes]), np.where(stays, here, end_after[goes])
