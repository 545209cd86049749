"""Statements as lists of alternatives: the ways in which options can stand for a statement to hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from peacetable.errors import PeacetableError
from peacetable.strategy.formulas import And, Formula, If, Iff, Not, Or, Taken

#: Options that all stand so.
Literals = tuple[Taken, ...]
#: Alternatives beyond which a statement is not written out.
MOST_ALTERNATIVES: Final = 4096


class TooManyAlternativesError(PeacetableError):
    """A statement has too many alternatives to write them out."""

    def __init__(self) -> None:
        super().__init__(f"a statement has more than {MOST_ALTERNATIVES:,} alternatives")


def alternatives(formula: Formula, *, value: bool = True) -> tuple[Literals, ...]:
    """The ways in which a formula is true (or, with `value` False, false); none covers another.

    Raises:
        TooManyAlternativesError: there are too many.
    """
    match formula:
        case Taken(option, wanted):
            return ((Taken(option, wanted == value),),)
        case Not(part):
            return alternatives(part, value=not value)
        case If(then, condition):
            return alternatives(Or((then, Not(condition))), value=value)
        case Iff(left, right):
            other = Not(right) if value else right
            opposite = right if value else Not(right)
            return alternatives(Or((And((left, opposite)), And((Not(left), other)))))
        case And(parts) | Or(parts):
            ways = [alternatives(part, value=value) for part in parts]
            if isinstance(formula, Or) == value:
                return _fewest([one for part_ways in ways for one in part_ways])
            return _joined(ways)


def _joined(ways: Sequence[Sequence[Literals]]) -> tuple[Literals, ...]:
    joined: tuple[Literals, ...] = ((),)
    for part in ways:
        together = [_merged(one, other) for one in joined for other in part]
        joined = _fewest([one for one in together if one is not None])
    return joined


def _merged(first: Literals, second: Literals) -> Literals | None:
    """Two sets of options that stand so, together; None where they exclude each other."""
    stands = {literal.option: literal.value for literal in first}
    for literal in second:
        if stands.setdefault(literal.option, literal.value) != literal.value:
            return None
    return tuple(Taken(option, value) for option, value in sorted(stands.items()))


def _fewest(ways: Sequence[Literals]) -> tuple[Literals, ...]:
    """The ways without those that another one covers."""
    unique = list(dict.fromkeys(ways))
    if len(unique) > MOST_ALTERNATIVES:
        raise TooManyAlternativesError
    sets = [frozenset(way) for way in unique]
    return tuple(way for way, own in zip(unique, sets, strict=True) if not any(other < own for other in sets))
