"""Coalitions: what decision makers could do together (Kilgour, Hipel, Fang & Peng 2001; Inohara & Hipel 2008).

A coalition reaches what legal sequences of its members reach, and is tempted by what is better for all of them. It is
deterred by what is no better for one of them. SEQ and SSEQ let the others answer by improvements of any of their own
sub-coalitions, or, in a partition, by those of its other coalitions: with everybody alone these are the ordinary
concepts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

import numpy as np

from peacetable.strategy import matrices
from peacetable.strategy.conflict import Conflict, ConflictError, TooLargeError
from peacetable.strategy.matrices import Judgement, Matrices, Square
from peacetable.strategy.solution import Solution, Stable

Coalition = tuple[int, ...]
CONCEPTS: Final = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
#: Decision makers beyond which all coalitions (2^n - 1) and all partitions are too many.
MOST_MAKERS: Final = 8


@dataclass(frozen=True, slots=True)
class Jump:
    """A coalition's way from one state to another that is better for all its members.

    Attributes:
        before, after: decimals.
        coalition: who, by place; none of them can be spared.
    """

    before: int
    after: int
    coalition: Coalition


def solve(
    conflict: Conflict,
    groups: Sequence[Sequence[int]],
    *,
    concepts: Sequence[str] = CONCEPTS,
    unknown: matrices.Reading = "d",
) -> Solution:
    """Where each of some coalitions is stable.

    With `every(conflict)` the equilibria are the universally stable states.

    Args:
        conflict: the model.
        groups: coalitions, as places of decision makers; a coalition may have one member.
        concepts: of Nash, GMR, SMR, SEQ and SSEQ.
        unknown: how unknown preference is read.

    Returns:
        A row for each coalition, in their order.

    Raises:
        ConflictError: a coalition is empty or names nobody, or the model is too large for the matrix engine.
    """
    return _solved(conflict, tuple(_checked(conflict, group) for group in groups), concepts, unknown, apart=False)


def solve_partition(
    conflict: Conflict,
    groups: Sequence[Sequence[int]],
    *,
    concepts: Sequence[str] = CONCEPTS,
    unknown: matrices.Reading = "d",
) -> Solution:
    """Where each coalition of a partition is stable, while the others act in theirs.

    Args:
        conflict: the model.
        groups: coalitions; who is in none acts alone.
        concepts: of Nash, GMR, SMR, SEQ and SSEQ.
        unknown: how unknown preference is read.

    Returns:
        A row for each coalition of the partition.

    Raises:
        ConflictError: somebody is in two coalitions, or the model is too large for the matrix engine.
    """
    return _solved(conflict, completed(conflict, groups), concepts, unknown, apart=True)


def _solved(
    conflict: Conflict, rows: tuple[Coalition, ...], concepts: Sequence[str], unknown: matrices.Reading, *, apart: bool
) -> Solution:
    wrong = [concept for concept in concepts if concept not in CONCEPTS]
    if wrong:
        raise ConflictError(f"coalitions have no stability {wrong[0]!r}; known are {', '.join(CONCEPTS)}")
    if not rows:
        raise ConflictError("there is no coalition: name one at least")
    table = _Table(matrices.of_conflict(conflict), unknown)
    everybody = range(len(conflict.decision_makers))
    found = []
    for group in rows:
        others = tuple(place for place in everybody if place not in group)
        acting = tuple(other for other in rows if other != group) if apart else _parts(others)
        found.append(table.stable(group, others, acting, concepts))
    stable: dict[str, Stable] = {concept: np.stack([one[concept] for one in found]) for concept in concepts}
    parameters = (("unknown", unknown), ("answers by", "the partition" if apart else "any sub-coalition"))
    return Solution(conflict, "coalitions", parameters, stable, rows)


def every(conflict: Conflict) -> tuple[Coalition, ...]:
    """All coalitions, the small ones first.

    Raises:
        TooLargeError: there are too many decision makers.
    """
    return _parts(tuple(range(_few(conflict))))


def partitions(conflict: Conflict) -> tuple[tuple[Coalition, ...], ...]:
    """All ways to split the decision makers into coalitions, everybody alone first.

    Raises:
        TooLargeError: there are too many decision makers.
    """
    return tuple(sorted(_partitions(tuple(range(_few(conflict)))), key=lambda one: (-len(one), one)))


def completed(conflict: Conflict, groups: Sequence[Sequence[int]]) -> tuple[Coalition, ...]:
    """A partition: some coalitions, and everybody else alone.

    Raises:
        ConflictError: somebody is in two of them.
    """
    checked = [_checked(conflict, group) for group in groups]
    members = [place for group in checked for place in group]
    twice = [place for place in members if members.count(place) > 1]
    if twice:
        raise ConflictError(f"{conflict.decision_makers[twice[0]].name} is in two coalitions: in a partition take one")
    alone = [(place,) for place in range(len(conflict.decision_makers)) if place not in members]
    return tuple(sorted([*checked, *alone]))


def jumps(conflict: Conflict, states: Sequence[int], *, unknown: matrices.Reading = "d") -> tuple[Jump, ...]:
    """The coalition improvements that lead from one of some states (equilibria, say) to another of them.

    Args:
        conflict: the model.
        states: decimals.
        unknown: how unknown preference is read.

    Returns:
        By state and coalition; only coalitions that do it with none of their members spared.
    """
    table = _Table(matrices.of_conflict(conflict), unknown)
    places = [conflict.number(state) - 1 for state in states]
    found: list[Jump] = []
    for group in every(conflict):
        improving = table.reach(group) & table.judged(group).tempting
        for before, at in zip(states, places, strict=True):
            for after, there in zip(states, places, strict=True):
                spared = any(
                    (one.before, one.after) == (before, after) and set(one.coalition) < set(group) for one in found
                )
                if improving[at, there] and not spared:
                    found.append(Jump(before, after, group))
    return tuple(sorted(found, key=lambda one: (one.before, one.after, one.coalition)))


@dataclass(frozen=True)
class _Table:
    """The matrices of the coalitions of a model, each made once."""

    engine: Matrices
    unknown: matrices.Reading

    @cached_property
    def _reaches(self) -> dict[Coalition, Square]:
        return {}

    @cached_property
    def _single(self) -> list[Judgement]:
        return [matrices.judgement(relation, unknown=self.unknown) for relation in self.engine.relations]

    def stable(
        self, group: Coalition, others: Coalition, acting: Sequence[Coalition], concepts: Sequence[str]
    ) -> dict[str, Stable]:
        """Where a coalition is stable; `acting` are the coalitions in which the others improve."""
        results = {}
        for concept in concepts:
            answers = self.improvements(acting) if concept in ("SEQ", "SSEQ") else self.reach(others)
            results[concept] = matrices.stays(concept, self.reach(group), self.judged(group), answers)
        return results

    def reach(self, group: Coalition) -> Square:
        """Where a coalition can bring things."""
        if group not in self._reaches:
            self._reaches[group] = self.engine.sequences(group, improving=False)
        return self._reaches[group]

    def judged(self, group: Coalition) -> Judgement:
        """What tempts all of a coalition, and what deters one of it."""
        return Judgement(
            np.logical_and.reduce([self._single[place].tempting for place in group]),
            np.logical_or.reduce([self._single[place].deterring for place in group]),
        )

    def improvements(self, acting: Sequence[Coalition]) -> Square:
        """Where improvements of some coalitions lead, none of which moves twice in a row."""
        relations = self.engine.relations
        steps = []
        for part in acting:
            better = [relations[place].better | relations[place].unknown for place in part]
            steps.append(self.reach(part) & np.logical_and.reduce(better))
        return matrices.legal_sequences(steps, len(self.engine.reach[0]))


def _parts(group: Coalition) -> tuple[Coalition, ...]:
    """All coalitions within a group, the small ones first."""
    return tuple(part for size in range(1, len(group) + 1) for part in combinations(group, size))


def _checked(conflict: Conflict, group: Sequence[int]) -> Coalition:
    members = tuple(sorted(set(group)))
    if not members or members[0] < 0 or members[-1] >= len(conflict.decision_makers):
        count = len(conflict.decision_makers)
        raise ConflictError(f"{tuple(group)} is no coalition: name decision makers by their places, 0 to {count - 1}")
    return members


def _few(conflict: Conflict) -> int:
    count = len(conflict.decision_makers)
    if count > MOST_MAKERS:
        raise TooLargeError(
            f"{count} decision makers have {2**count - 1:,} coalitions; all are tried for at most {MOST_MAKERS}. Name "
            "the coalitions that matter"
        )
    return count


def _partitions(members: Coalition) -> Iterator[tuple[Coalition, ...]]:
    if not members:
        yield ()
        return
    first, rest = members[0], members[1:]
    for size in range(len(rest) + 1):
        for company in combinations(rest, size):
            left = tuple(place for place in rest if place not in company)
            for others in _partitions(left):
                yield ((first, *company), *others)
