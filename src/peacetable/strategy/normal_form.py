"""Statements as lists of alternatives: the ways in which options can stand for a statement to hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from peacetable.errors import PeacetableError
from peacetable.strategy.formulas import And, Formula, If, Iff, Not, Or, Taken

#: Options that all stand so.
Literals = tuple[Taken, ...]
Ways = tuple[Literals, ...]
#: Alternatives beyond which a statement is not written out.
MOST_ALTERNATIVES: Final = 1024


class TooManyAlternativesError(PeacetableError):
    """A statement has too many alternatives to write them out."""

    def __init__(self) -> None:
        super().__init__(f"a statement has more than {MOST_ALTERNATIVES:,} alternatives")


def alternatives(formula: Formula, *, value: bool = True) -> Ways:
    """The ways in which a formula is true (or, with `value` False, false); none covers another.

    Raises:
        TooManyAlternativesError: there are too many.
    """
    return _Writer().ways(formula, value=value)


class _Writer:
    """Writes one formula out, each part of it once for true and once for false."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, bool], Ways] = {}

    def ways(self, formula: Formula, *, value: bool) -> Ways:
        key = (id(formula), value)
        if key not in self.known:
            self.known[key] = self._ways(formula, value=value)
        return self.known[key]

    def _ways(self, formula: Formula, *, value: bool) -> Ways:
        match formula:
            case Taken(option, wanted):
                return ((Taken(option, wanted == value),),)
            case Not(part):
                return self.ways(part, value=not value)
            case If(then, condition):
                one, other = self.ways(then, value=value), self.ways(condition, value=not value)
                return _fewest((*one, *other)) if value else _joined((one, other))
            case Iff(left, right):
                both = [
                    _joined((self.ways(left, value=one), self.ways(right, value=one == value))) for one in (True, False)
                ]
                return _fewest((*both[0], *both[1]))
            case And(parts) | Or(parts):
                every = [self.ways(part, value=value) for part in parts]
                if isinstance(formula, Or) == value:
                    return _fewest([way for ways in every for way in ways])
                return _joined(every)


def _joined(every: Sequence[Ways]) -> Ways:
    """The ways in which one of each holds."""
    joined: Ways = ((),)
    for ways in every:
        together = (_merged(one, other) for one in joined for other in ways)
        joined = _fewest([one for one in together if one is not None])
    return joined


def _merged(first: Literals, second: Literals) -> Literals | None:
    """Two sets of options that stand so, together; None where they exclude each other."""
    stands = {literal.option: literal.value for literal in first}
    for literal in second:
        if stands.setdefault(literal.option, literal.value) != literal.value:
            return None
    return tuple(Taken(option, value) for option, value in sorted(stands.items()))


def _fewest(ways: Sequence[Literals]) -> Ways:
    """The ways without those that another one covers."""
    unique = list(dict.fromkeys(ways))
    if len(unique) > MOST_ALTERNATIVES:
        raise TooManyAlternativesError
    sets = [frozenset(way) for way in unique]
    return tuple(way for way, own in zip(unique, sets, strict=True) if not any(other < own for other in sets))
