"""Misperception: every decision maker solves the game that it sees (Wang, Hipel & Fraser 1989).

A decision maker may overlook states and be mistaken about what the others prefer. Its perceived game is the model
without these states and with those preferences. A state is an equilibrium of the hypergame where each decision maker,
in its own game, has no reason to leave it; beside that stand the equilibria of each perceived game and of the real one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from peacetable.strategy.conflict import Conflict, Degrees, Pairwise, Preference, Ranking
from peacetable.strategy.solution import Solution
from peacetable.strategy.stability import CONCEPTS, solve


@dataclass(frozen=True)
class Hypergame:
    """The real game beside what each decision maker takes it for.

    Attributes:
        real: the model as it is, solved.
        perceived: each decision maker's game, solved, in their order.
    """

    real: Solution
    perceived: tuple[Solution, ...]

    def equilibria(self, concept: str) -> tuple[int, ...]:
        """The decimals of the states that each decision maker finds stable for itself in its own game."""
        views = [set(game.stable_for(place, concept)) for place, game in enumerate(self.perceived)]
        return tuple(sorted(set.intersection(*views)))

    def expected_by(self, maker: int, concept: str) -> tuple[int, ...]:
        """The equilibria that a decision maker believes in: those of its own game."""
        return self.perceived[maker].equilibria(concept)

    def surprises(self, concept: str) -> tuple[int, ...]:
        """Equilibria of the hypergame that are none of the real game."""
        return tuple(sorted(set(self.equilibria(concept)) - set(self.real.equilibria(concept))))


def solve_hypergame(conflict: Conflict, *, concepts: Sequence[str] = CONCEPTS) -> Hypergame:
    """Solve the real game and every perceived one.

    Raises:
        ConflictError: one of the games cannot be solved; a perceived game may have no feasible state.
    """
    makers = range(len(conflict.decision_makers))
    return Hypergame(
        solve(conflict, concepts=concepts),
        tuple(solve(perceived(conflict, maker), concepts=concepts) for maker in makers),
    )


def perceived(conflict: Conflict, maker: int) -> Conflict:
    """The game that a decision maker sees.

    States keep their decimals; what it overlooks is infeasible, and preferences are cut down to what is left.
    """
    seer = conflict.decision_makers[maker]
    if not seer.overlooks and not seer.perceived:
        return conflict
    # The sources stand beside the infeasible patterns one by one, so they have to be as many.
    sources = conflict.infeasible_sources or ((),) * len(conflict.infeasible)
    bare = replace(
        conflict,
        infeasible=(*conflict.infeasible, *seer.overlooks),
        infeasible_sources=(*sources, *((),) * len(seer.overlooks)),
        arcs=(),
        status_quo=None,
    )
    seen = {*(int(state) for state in bare.states), *bare.merged}
    believed = dict(seer.perceived)
    makers = tuple(
        replace(other, preference=_within(believed.get(place, other.preference), seen))
        for place, other in enumerate(conflict.decision_makers)
    )
    return replace(
        bare,
        decision_makers=makers,
        arcs=tuple(arc for arc in conflict.arcs if arc.before in seen and arc.after in seen),
        status_quo=conflict.status_quo if conflict.status_quo in seen else None,
    )


def _within(preference: Preference | None, seen: set[int]) -> Preference | None:
    """A preference cut down to some states."""
    match preference:
        case Ranking(levels, strong):
            kept, after = [], set()
            for number, level in enumerate(levels):
                left = tuple(state for state in level if state in seen)
                if left:
                    kept.append(left)
                if number in strong and kept:
                    after.add(len(kept) - 1)
            return Ranking(tuple(kept), frozenset(after - {len(kept) - 1}))
        case Pairwise(better, equal, much_better, intransitive):
            cut = [frozenset(pair for pair in pairs if seen.issuperset(pair)) for pairs in (better, equal, much_better)]
            return Pairwise(cut[0], cut[1], cut[2], intransitive)
        case Degrees():
            degrees = tuple(one for one in preference.degrees if one[0] in seen and one[1] in seen)
            return replace(preference, degrees=degrees)
        case _:
            return preference
