"""Statements about states: which options are taken, joined by NOT, AND, OR, IF and IFF.

They say what a decision maker prefers, which states cannot be, and which are told apart. A formula is evaluated over a
whole array of states at once. Text such as `withdraw and not attack`, `-2 IF 1 & 3` or a pattern such as `YN--` is
parsed here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.errors import PeacetableError

#: Parts within parts beyond which a statement is not one that anybody wrote.
DEEPEST: Final = 50
LONGEST_SHOWN: Final = 120
States = NDArray[np.int64]
Truth = NDArray[np.bool_]


class FormulaError(PeacetableError):
    """A statement about options cannot be understood."""

    def __init__(self, text: str, at: int, expected: str) -> None:
        found = repr(text[at : at + 20]) if at < len(text) else "the end"
        shown = text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
        super().__init__(f"in {shown!r}, character {at + 1}: found {found}, expected {expected}")


@dataclass(frozen=True, slots=True)
class Taken:
    """The option is taken ("Y"), or, where `value` is False, not taken ("N")."""

    option: int
    value: bool = True


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Formula


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold; true without any."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """One part at least holds; false without any."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class If:
    """`then` holds wherever `condition` does."""

    then: Formula
    condition: Formula


@dataclass(frozen=True, slots=True)
class Iff:
    """Both hold or neither does."""

    left: Formula
    right: Formula


Formula = Taken | Not | And | Or | If | Iff


def holds(formula: Formula, states: States) -> Truth:
    """Where a formula is true.

    Args:
        formula: the statement.
        states: decimals (sum of 2^option over the options taken), any shape.

    Returns:
        An array of the same shape.
    """
    match formula:
        case Taken(option, value):
            taken: Truth = ((states >> option) & 1) == int(value)
            return taken
        case Not(part):
            return ~holds(part, states)
        case And(parts):
            result = np.ones(states.shape, np.bool_)
            for part in parts:
                result &= holds(part, states)
            return result
        case Or(parts):
            result = np.zeros(states.shape, np.bool_)
            for part in parts:
                result |= holds(part, states)
            return result
        case If(then, condition):
            return holds(then, states) | ~holds(condition, states)
        case Iff(left, right):
            alike: Truth = holds(left, states) == holds(right, states)
            return alike


def options_of(formula: Formula) -> frozenset[int]:
    """The options that a formula speaks of."""
    match formula:
        case Taken(option, _):
            return frozenset({option})
        case Not(part):
            return options_of(part)
        case And(parts) | Or(parts):
            return frozenset().union(*(options_of(part) for part in parts))
        case If(first, second) | Iff(first, second):
            return options_of(first) | options_of(second)


def from_pattern(pattern: str) -> And:
    """A pattern such as "YN--", one mark an option, as a formula.

    Raises:
        FormulaError: a mark is none of Y, N and -.
    """
    for at, mark in enumerate(pattern):
        if mark not in "YNyn-":
            raise FormulaError(pattern, at, "Y (taken), N (not taken) or - (either)")
    return And(tuple(Taken(at, mark in "Yy") for at, mark in enumerate(pattern) if mark != "-"))


def to_text(formula: Formula, names: Mapping[int, str]) -> str:
    """A formula as text that `parse` reads back to an equal one."""
    return _text(formula, names, 0)


#: How tightly each connective binds, loosest first.
_BINDING: Final = {Iff: 1, If: 2, Or: 3, And: 4, Not: 5, Taken: 6}


def _text(formula: Formula, names: Mapping[int, str], outer: int) -> str:
    match formula:
        case Taken(option, value):
            words, own = (names[option], 6) if value else (f"not {names[option]}", 5)
        case Not(part):
            # "not x" reads back as an option not taken, so a negated option keeps its brackets.
            words, own = f"not {_text(part, names, 7 if isinstance(part, Taken) else 5)}", 5
        case And(parts) if len(parts) > 1:
            words, own = " and ".join(_text(part, names, 5) for part in parts), 4
        case Or(parts) if len(parts) > 1:
            words, own = " or ".join(_text(part, names, 4) for part in parts), 3
        case And((only,)) | Or((only,)):
            return _text(only, names, outer)
        case And(()):
            return "always"
        case Or(()):
            return "never"
        case If(then, condition):
            words, own = f"{_text(then, names, 3)} if {_text(condition, names, 3)}", 2
        case Iff(left, right):
            words, own = f"{_text(left, names, 2)} iff {_text(right, names, 2)}", 1
    return f"({words})" if own < outer else words


TOKEN: Final = re.compile(r"\s*(?:(?P<name>[^\W\d]\w*(?:-\w+)*)|(?P<number>\d+)|(?P<mark>[()&|!~-]))", re.UNICODE)
_WORDS: Final = {
    "and": "&",
    "or": "|",
    "not": "!",
    "if": "if",
    "iff": "iff",
    "&": "&",
    "|": "|",
    "!": "!",
    "-": "!",
    "~": "!",
}


def parse(text: str, names: Mapping[str, int]) -> Formula:
    """The formula that a text says.

    Args:
        text: options by name or by number (from 1), with `not`/`-`/`!`, `and`/`&`, `or`/`|`, `if`, `iff` and brackets,
            binding in that order; `always` and `never`; or a pattern of Y, N and -, one mark an option.
        names: option number by name, in lower case.

    Raises:
        FormulaError: with the place and what was expected there.
    """
    stripped = text.strip()
    if stripped and set(stripped) <= set("YN-") and len(stripped) == len(set(names.values())):
        return from_pattern(stripped)
    return _Parser(text, names).whole()


class _Parser:
    """Reads one text from left to right, a method a level of binding."""

    def __init__(self, text: str, names: Mapping[str, int]) -> None:
        self.text, self.names = text, names
        self.tokens = list(self._tokens())
        self.at = self.depth = 0

    def _tokens(self) -> list[tuple[str, str, int]]:
        found, at = [], 0
        while self.text[at:].strip():
            match = TOKEN.match(self.text, at)
            if not match:
                raise FormulaError(self.text, at, "an option, a number, a bracket, not, and, or, if or iff")
            kind = str(match.lastgroup)
            word = match[kind]
            if kind == "name" and word.lower() in _WORDS:
                kind, word = "mark", _WORDS[word.lower()]
            elif kind == "mark":
                word = _WORDS.get(word, word)
            found.append((kind, word, match.start(str(match.lastgroup))))
            at = match.end()
        return found

    def _next(self, *marks: str) -> bool:
        """Step over one of the marks, if it is next."""
        if self.at < len(self.tokens) and self.tokens[self.at][0] == "mark" and self.tokens[self.at][1] in marks:
            self.at += 1
            return True
        return False

    def _fail(self, expected: str) -> FormulaError:
        place = self.tokens[self.at][2] if self.at < len(self.tokens) else len(self.text)
        return FormulaError(self.text, place, expected)

    def whole(self) -> Formula:
        formula = self.iff()
        if self.at < len(self.tokens):
            raise self._fail("and, or, if, iff or the end")
        return formula

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self._fail(f"at most {DEEPEST} parts within parts: tell it in several statements")

    def iff(self) -> Formula:
        outer = self.depth
        formula = self.implication()
        while self._next("iff"):
            self._deeper()
            formula = Iff(formula, self.implication())
        self.depth = outer
        return formula

    def implication(self) -> Formula:
        outer = self.depth
        formula = self.disjunction()
        while self._next("if"):
            self._deeper()
            formula = If(formula, self.disjunction())
        self.depth = outer
        return formula

    def disjunction(self) -> Formula:
        parts = [self.conjunction()]
        while self._next("|"):
            parts.append(self.conjunction())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def conjunction(self) -> Formula:
        parts = [self.negation()]
        while self._next("&"):
            parts.append(self.negation())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def negation(self) -> Formula:
        if self._next("!"):
            self._deeper()
            bracketed = self.at < len(self.tokens) and self.tokens[self.at][1] == "("
            part = self.negation()
            self.depth -= 1
            return Taken(part.option, not part.value) if isinstance(part, Taken) and not bracketed else Not(part)
        return self.option()

    def option(self) -> Formula:
        if self._next("("):
            self._deeper()
            formula = self.iff()
            if not self._next(")"):
                raise self._fail("a closing bracket")
            self.depth -= 1
            return formula
        if self.at >= len(self.tokens) or self.tokens[self.at][0] == "mark":
            raise self._fail("an option")
        kind, word, _ = self.tokens[self.at]
        if kind == "name" and word.lower() in ("always", "never"):
            self.at += 1
            return And(()) if word.lower() == "always" else Or(())
        # A long number is none of an option's, and Python refuses to read one of thousands of digits.
        numbered = int(word) - 1 if kind == "number" and len(word) < 10 else -1
        number = numbered if kind == "number" else self.names.get(word.lower(), -1)
        if number not in set(self.names.values()):
            known = ", ".join(sorted(self.names)) or "none"
            raise self._fail(f"one of the options ({known}) or a number from 1 to {len(set(self.names.values()))}")
        self.at += 1
        return Taken(number)
