"""How a conflict could go on from where it stands: status-quo analysis and evolution.

The search is over (state, who moved last), for in a legal sequence nobody moves twice in a row (Li, Kilgour & Hipel
2005; Xu, Li, Kilgour & Hipel, EJOR 207 (2010) 318-329: shortest coloured paths). It is made twice: by any moves, and
by moves that are improvements for whoever makes them. Equilibria that nobody leaves alone may be left together: the
coalition jumps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.strategy import coalitions, preferences
from peacetable.strategy.conflict import Conflict, ConflictError
from peacetable.strategy.sequence_search import Follow, Move, Places, Steps, Tree

#: States beyond which coalition jumps are not looked for: they need matrices of this size.
MOST_STATES: Final = 2048
#: For moves between places: is each an improvement for the decision maker?
Better = Callable[[Places, Places], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class PathStep:
    """One move on a path, from decimal to decimal.

    Attributes:
        improvement: does the mover prefer where it leads? None where it has no preference.
    """

    maker: int
    before: int
    after: int
    improvement: bool | None


@dataclass(frozen=True, slots=True)
class Reached:
    """A state that can come about: a shortest way to it, and who can be the last to move on some way."""

    state: int
    path: tuple[PathStep, ...]
    last_movers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Leap:
    """From one equilibrium to another that a coalition can bring about and that all its members prefer."""

    coalition: tuple[int, ...]
    before: int
    after: int
    path: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evolution:
    """Where things can go from a state.

    Attributes:
        by_moves: the states that any legal sequence of moves reaches, nearest first.
        by_improvements: those reached by improvements alone.
        leaps: between equilibria, by coalitions of two or more, none of whose members can be spared; None where the
            model is too large to look for them.
    """

    start: int
    by_moves: tuple[Reached, ...]
    by_improvements: tuple[Reached, ...]
    leaps: tuple[Leap, ...] | None = ()


def evolution(conflict: Conflict, *, start: int | None = None, equilibria: Collection[int] = ()) -> Evolution:
    """What can come of a state.

    Args:
        conflict: the model; decision makers without a preference can move, but have no improvements.
        start: the decimal; by default, the status quo of the model.
        equilibria: the decimals between which coalition jumps are looked for; all need preferences then.

    Raises:
        ConflictError: there is no status quo and no start, or the start is not feasible.
    """
    if start is None:
        start = conflict.status_quo
    if start is None:
        raise ConflictError("the model has no status quo: give `status-quo`, or name the state to start from")
    place = conflict.number(start) - 1
    steps, everybody = Steps(conflict), range(len(conflict.decision_makers))
    judges = [judge(conflict, maker) for maker in everybody]
    return Evolution(
        start=int(conflict.states[place]),
        by_moves=_reached(conflict, judges, Tree(steps, place, everybody)),
        by_improvements=_reached(conflict, judges, Tree(steps, place, everybody, improving(conflict))),
        leaps=_leaps(conflict, steps, judges, sorted(set(equilibria))),
    )


def improving(conflict: Conflict) -> Follow:
    """A rule for searches: follow a move where whoever makes it prefers where it leads."""
    judges = [judge(conflict, maker) for maker in range(len(conflict.decision_makers))]
    return lambda mover, before, after: judges[mover](before, after)


def judge(conflict: Conflict, maker: int) -> Better:
    """A test of what is an improvement for a decision maker; nothing is for one without a preference."""
    who = conflict.decision_makers[maker]
    if who.preference is None:
        return lambda before, after: np.zeros(len(before), np.bool_)
    if preferences.ordinal(who.preference):
        rank = preferences.ranks(conflict, who.preference, name=who.name)
        return lambda before, after: rank[after] > rank[before]
    better = preferences.relation(conflict, who.preference, name=who.name).better
    return lambda before, after: better[before, after]


def _reached(conflict: Conflict, judges: Sequence[Better], tree: Tree) -> tuple[Reached, ...]:
    """The states of a search, each by the first way that led to it."""
    paths: dict[int, tuple[Move, ...]] = {}
    movers: dict[int, set[int]] = {}
    for level, places in enumerate(tree.levels()):
        for entry, place in enumerate(int(one) for one in places):
            path = tree.path(level, entry)
            paths.setdefault(place, path)
            movers.setdefault(place, set()).add(path[-1][0])
    found = [
        Reached(int(conflict.states[place]), _told(conflict, judges, path), tuple(sorted(movers[place])))
        for place, path in paths.items()
        if place != tree.start
    ]
    return tuple(sorted(found, key=lambda one: (len(one.path), one.state)))


def _told(conflict: Conflict, judges: Sequence[Better], path: Sequence[Move]) -> tuple[PathStep, ...]:
    steps = []
    for mover, before, after in path:
        known = conflict.decision_makers[mover].preference is not None
        better = bool(judges[mover](np.array([before]), np.array([after]))[0]) if known else None
        steps.append(PathStep(mover, int(conflict.states[before]), int(conflict.states[after]), better))
    return tuple(steps)


def _leaps(
    conflict: Conflict, steps: Steps, judges: Sequence[Better], equilibria: Sequence[int]
) -> tuple[Leap, ...] | None:
    if len(equilibria) < 2:
        return ()
    if len(conflict.states) > MOST_STATES or len(conflict.decision_makers) > coalitions.MOST_MAKERS:
        return None
    leaps: list[Leap] = []
    for jump in coalitions.jumps(conflict, equilibria):
        if len(jump.coalition) < 2:
            continue  # one alone needs no coalition: it is a plain improvement
        tree = Tree(steps, conflict.number(jump.before) - 1, jump.coalition)
        after = conflict.number(jump.after) - 1
        level, entry = next(
            (level, int(np.flatnonzero(places == after)[0]))
            for level, places in enumerate(tree.levels())
            if (places == after).any()
        )
        leaps.append(Leap(jump.coalition, jump.before, jump.after, _told(conflict, judges, tree.path(level, entry))))
    return tuple(leaps)
