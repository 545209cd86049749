"""The definitions of stability read to the letter, in plain sets: slow, small, and independent of the engines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from peacetable.strategy.conflict import Conflict, Degrees, Pairwise, Preference, Ranking, Statements, Weights
from peacetable.strategy.formulas import And, Formula, If, Iff, Not, Or, Taken

#: How the first state stands to the second: ">>", ">", "=", "<", "<<" or "?".
Compare = Callable[[int, int], str]


@dataclass(frozen=True)
class Game:
    """States by decimal; for each decision maker its moves and how it compares two states."""

    states: tuple[int, ...]
    moves: tuple[Mapping[int, frozenset[int]], ...]
    compare: tuple[Compare, ...]

    @property
    def makers(self) -> range:
        return range(len(self.moves))


def true(formula: Formula, state: int) -> bool:
    match formula:
        case Taken(option, value):
            return bool(state >> option & 1) == value
        case Not(part):
            return not true(part, state)
        case And(parts):
            return all(true(part, state) for part in parts)
        case Or(parts):
            return any(true(part, state) for part in parts)
        case If(then, condition):
            return true(then, state) or not true(condition, state)
        case Iff(left, right):
            return true(left, state) == true(right, state)


def game_of(conflict: Conflict) -> Game:
    """The graph of a model without merged states."""
    assert not conflict.alike
    states = tuple(state for state in range(2 ** len(conflict.options)) if feasible(conflict, state))
    moves = []
    for place, maker in enumerate(conflict.decision_makers):
        reached: dict[int, set[int]] = {state: set() for state in states}
        for state, other in product(states, states):
            if state != other and all(
                option in maker.options and permitted(conflict, option, taken=bool(other >> option & 1))
                for option in range(len(conflict.options))
                if (state ^ other) >> option & 1
            ):
                reached[state].add(other)
        for arc in conflict.arcs:
            if arc.decision_maker == place:
                (reached[arc.before].add if arc.add else reached[arc.before].discard)(arc.after)
        moves.append({state: frozenset(others) for state, others in reached.items()})
    return Game(states, tuple(moves), tuple(comparison(maker.preference) for maker in conflict.decision_makers))


def feasible(conflict: Conflict, state: int) -> bool:
    def count(group: Iterable[int]) -> int:
        return sum(state >> option & 1 for option in group)

    return not (
        any(true(formula, state) for formula in conflict.infeasible)
        or any(count(group) > 1 for group in conflict.exclusive)
        or any(count(group) == 0 for group in conflict.at_least_one)
        or any(count((first,)) and not count((second,)) for first, second in conflict.requires)
    )


def permitted(conflict: Conflict, option: int, *, taken: bool) -> bool:
    direction = conflict.options[option].direction
    return direction == "both" or (direction == "fwd") == taken


def comparison(preference: Preference | None) -> Compare:
    assert preference is not None

    def by_score(score: Callable[[int], float]) -> Compare:
        return lambda a, b: ">" if score(a) > score(b) else "<" if score(a) < score(b) else "="

    match preference:
        case Statements(statements):
            return by_score(lambda state: sum(2.0**-at * true(one, state) for at, one in enumerate(statements)))
        case Weights(weights):
            return by_score(lambda state: round(sum(weight * (state >> option & 1) for option, weight in weights), 9))
        case Ranking(levels, strong):
            place = {state: number for number, level in enumerate(levels) for state in level}

            def compare(a: int, b: int) -> str:
                if place[a] == place[b]:
                    return "="
                much = any(min(place[a], place[b]) <= gap < max(place[a], place[b]) for gap in strong)
                return (">" if place[a] < place[b] else "<") * (2 if much else 1)

            return compare
        case Pairwise(better, equal, much_better):

            def compare_pairs(a: int, b: int) -> str:
                for pairs, sign in ((much_better, ">>"), (better, ">")):
                    if (a, b) in pairs:
                        return sign
                    if (b, a) in pairs:
                        return sign.replace(">", "<")
                return "=" if a == b or (a, b) in equal or (b, a) in equal else "?"

            return compare_pairs
        case Degrees():
            raise NotImplementedError


def sequences(game: Game, group: Sequence[int], start: int, *, improving: bool = False) -> set[int]:
    """The states that legal sequences of a group lead to; improvements include what is unknown."""

    def step(mover: int, state: int) -> list[int]:
        moves = game.moves[mover][state]
        return [q for q in moves if not improving or game.compare[mover](q, state) in (">", ">>", "?")]

    seen = set()
    ahead = [(state, mover) for mover in group for state in step(mover, start)]
    while ahead:
        state, last = ahead.pop()
        if (state, last) not in seen:
            seen.add((state, last))
            ahead += [(q, mover) for mover in group if mover != last for q in step(mover, state)]
    return {state for state, _ in seen}


def stable(game: Game, maker: int, concept: str, *, unknown: str = "d", strong: bool = False) -> set[int]:
    """The states that are stable for a decision maker."""
    others = [other for other in game.makers if other != maker]

    def tempts(q: int, s: int) -> bool:
        return game.compare[maker](q, s) in ((">", ">>", "?") if unknown in "ac" else (">", ">>"))

    def deters(q: int, s: int) -> bool:
        if strong:
            return game.compare[maker](q, s) == "<<"
        return game.compare[maker](q, s) in (("<", "<<", "=", "?") if unknown in "cd" else ("<", "<<", "="))

    def sanctioned(s: int, s1: int) -> bool:
        if concept == "Nash":
            return False
        for s2 in sequences(game, others, s1, improving=concept in ("SEQ", "SSEQ")):
            if deters(s2, s) and (concept in ("GMR", "SEQ") or all(deters(s3, s) for s3 in game.moves[maker][s2])):
                return True
        return False

    return {s for s in game.states if all(sanctioned(s, s1) for s1 in game.moves[maker][s] if tempts(s1, s))}


def simultaneously_stable(game: Game, maker: int) -> set[int]:
    def better(mover: int, s: int) -> list[int]:
        return [q for q in game.moves[mover][s] if game.compare[mover](q, s) in (">", ">>")]

    def sanctioned(s: int, s1: int) -> bool:
        others = [[s, *better(other, s)] for other in game.makers if other != maker]
        for joint in product(*others):
            together = s1
            for q in joint:
                together ^= q ^ s
            joined = any(q != s for q in joint)
            if joined and together in game.states and game.compare[maker](together, s) not in (">", ">>"):
                return True
        return False

    return {s for s in game.states if all(sanctioned(s, s1) for s1 in better(maker, s))}


def anticipated(game: Game, maker: int, s: int, horizon: int) -> int:
    """G_h(i, s), by recursion; the worst next mover for i, and the first of what is equally good."""
    if horizon == 0 or not game.moves[maker][s]:
        return s
    best, end = None, s
    for q in sorted(game.moves[maker][s]):
        ends = [anticipated(game, other, q, horizon - 1) for other in game.makers if other != maker] or [q]
        worst = ends[0]
        for one in ends[1:]:
            if game.compare[maker](one, worst) == "<":
                worst = one
        if best is None or game.compare[maker](worst, best) == ">":
            best = worst
    if best is not None and game.compare[maker](best, s) == ">":
        end = best
    return end


def coalition_stable(game: Game, group: Sequence[int], concept: str) -> set[int]:
    """Where a coalition is stable, the others answering by improvements of any of their sub-coalitions."""
    others = [other for other in game.makers if other not in group]
    parts = [part for size in range(1, len(others) + 1) for part in combinations(others, size)]

    def all_better(members: Iterable[int], q: int, s: int) -> bool:
        return all(game.compare[member](q, s) in (">", ">>") for member in members)

    def some_deterred(q: int, s: int) -> bool:
        return any(game.compare[member](q, s) in ("<", "<<", "=") for member in group)

    def answers(s1: int) -> set[int]:
        if concept in ("GMR", "SMR"):
            return sequences(game, others, s1)
        seen = set()
        ahead: list[tuple[int, tuple[int, ...]]] = [(s1, ())]
        while ahead:
            state, last = ahead.pop()
            for part in parts:
                for q in sequences(game, part, state):
                    if part != last and all_better(part, q, state) and (q, part) not in seen:
                        seen.add((q, part))
                        ahead.append((q, part))
        return {state for state, _ in seen}

    def sanctioned(s: int, s1: int) -> bool:
        return concept != "Nash" and any(
            some_deterred(x, s)
            and (concept in ("GMR", "SEQ") or all(some_deterred(r, s) for r in sequences(game, group, x)))
            for x in answers(s1)
        )

    tempted = {s: [q for q in sequences(game, group, s) if all_better(group, q, s)] for s in game.states}
    return {s for s in game.states if all(sanctioned(s, q) for q in tempted[s])}


def metarational(game: Game, maker: int, horizon: int) -> set[int]:
    """MR_h by recursion over the tree of moves and counter-moves."""
    others = [other for other in game.makers if other != maker]

    def no_gain(q: int, s: int) -> bool:
        return game.compare[maker](q, s) in ("<", "=")

    def answered(s: int, z: int, left: int) -> bool:
        """Can the others, with so many moves left in all, make the move to z no gain?"""
        return left > 0 and any(
            no_gain(y, s)
            and (left == 1 or all(no_gain(x, s) or answered(s, x, left - 2) for x in game.moves[maker][y]))
            for y in sequences(game, others, z)
        )

    return {s for s in game.states if all(no_gain(q, s) or answered(s, q, horizon - 1) for q in game.moves[maker][s])}


def policy_deterred(game: Game, maker: int, s: int) -> bool:
    """For two decision makers: has the other a policy, with s kept, that leaves the first no gain? All are tried."""
    other = 1 - maker
    choices = [[q] if q == s else sorted({q, *game.moves[other][q]}) for q in game.states]
    for chosen in product(*choices):
        policy = dict(zip(game.states, chosen, strict=True))
        seen: set[int] = set()
        ahead = [s]
        gains = False
        while ahead and not gains:
            here = ahead.pop()
            for q in game.moves[maker][here]:
                end = policy[q]
                gains = gains or game.compare[maker](end, s) == ">"
                # Where the other stays the play is over; else the first may move on.
                if end != q and end not in seen:
                    seen.add(end)
                    ahead.append(end)
        if not gains:
            return True
    return False
