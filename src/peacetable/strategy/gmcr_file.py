"""Models as .gmcr files: JSON that other programs for the graph model read and write.

Everything in such a file that bears on the model is read, and written as it was. What the format cannot hold (explicit
arcs, merged states, pairs, degrees, strength, beliefs about others, attitudes) is refused rather than dropped; titles,
ids and passages have no place in it, so ids are made from the names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, cast, get_args

import numpy as np

from peacetable.strategy import preferences
from peacetable.strategy.conflict import (
    Conflict,
    ConflictError,
    DecisionMaker,
    Degrees,
    Direction,
    Option,
    Pairwise,
    Preference,
    Ranking,
    Statements,
)
from peacetable.strategy.formulas import And, Formula, Or, Taken
from peacetable.strategy.normal_form import Literals, TooManyAlternativesError, alternatives

RESERVED: Final = frozenset({"and", "or", "not", "if", "iff", "always", "never"})


class GmcrError(ConflictError):
    """A .gmcr file does not say what it should, or a model cannot be written as one."""


@dataclass(frozen=True)
class GmcrFile:
    """A model with what else its file says.

    Attributes:
        conflict: the model.
        statements: for each decision maker, statements that stand in the file beside a manual ranking.
        program, version: who wrote it.
    """

    conflict: Conflict
    statements: tuple[tuple[Formula, ...], ...] = ()
    program: str = "peacetable"
    version: str = ""


def read(text: str, *, where: str = "model.gmcr") -> GmcrFile:
    """A model out of the text of a .gmcr file.

    Args:
        text: JSON.
        where: the file's name, for messages.

    Raises:
        GmcrError: naming the place in the file and what was expected there.
        ConflictError: the parts do not make a model.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise GmcrError(f"{where}, line {error.lineno}: this is no JSON ({error.msg}). A .gmcr file is JSON") from error
    except RecursionError as error:
        raise GmcrError(f"{where}: the parts are nested too deeply to be a model") from error
    return _Reader(where).file(_Part(data, where, ""))


@dataclass(frozen=True, slots=True)
class _Part:
    """A place of the file, so that errors can name it."""

    value: Any
    where: str
    path: str

    def fail(self, expected: str) -> GmcrError:
        shown = json.dumps(self.value, ensure_ascii=False)
        shown = shown if len(shown) <= 60 else shown[:59] + "…"
        return GmcrError(f"{self.where}, {self.path or 'top'}: found {shown}, expected {expected}")

    def get(self, key: str) -> _Part | None:
        if not isinstance(self.value, dict):
            raise self.fail("names with values")
        found = self.value.get(key)
        return None if found is None else _Part(found, self.where, f"{self.path}.{key}" if self.path else key)

    def need(self, key: str) -> _Part:
        found = self.get(key)
        if found is None:
            raise self.fail(f"{key!r} in it")
        return found

    def items(self) -> list[_Part]:
        if not isinstance(self.value, list):
            raise self.fail("a list")
        return [_Part(value, self.where, f"{self.path}[{number}]") for number, value in enumerate(self.value)]

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.fail("a text")
        return self.value

    def number(self, most: int, what: str) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or not 0 <= self.value <= most:
            raise self.fail(f"{what}, from 0 to {most}")
        return self.value


class _Reader:
    """Reads one file; the options are needed by everything else."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.options: tuple[Option, ...] = ()

    def file(self, root: _Part) -> GmcrFile:
        taken: set[str] = set()
        self.options = tuple(self.option(part, taken) for part in root.need("options").items())
        makers = root.need("decisionMakers").items()
        manual = any(
            part is not None and part.value is True
            for part in map(root.get, ("useManualPreferenceRanking", "useManualPreferenceVectors"))
        )
        infeasible = tuple(self.statement(part) for part in self._items(root.get("infeasibles")))
        names: set[str] = set()
        bare = Conflict(
            title="",
            options=self.options,
            decision_makers=tuple(self.maker(part, names) for part in makers),
            infeasible=infeasible,
            infeasible_sources=((),) * len(infeasible),
            coalitions=self.coalitions(self._items(root.get("coalitions")), len(makers)),
        )
        statements = tuple(tuple(map(self.statement, self._items(part.get("preferences")))) for part in makers)
        told: Sequence[Preference | None]
        if manual:
            told = [self.ranking(part, bare) for part in makers]
        else:
            told = [Statements(one, frozenset(), ((),) * len(one)) if one else None for one in statements]
        program, version = (part.text() if part else "" for part in map(root.get, ("program", "version")))
        return GmcrFile(_preferring(bare, told), statements if manual else ((),) * len(makers), program, version)

    def option(self, part: _Part, taken: set[str]) -> Option:
        name = part.need("name").text()
        found = part.get("permittedDirection")
        direction = found.text() if found else "both"
        if direction not in get_args(Direction):
            raise part.need("permittedDirection").fail(f"one of {', '.join(get_args(Direction))}")
        return Option(id=_id(name, "option", taken), name=name, direction=cast(Direction, direction))

    def maker(self, part: _Part, taken: set[str]) -> DecisionMaker:
        name = part.need("name").text()
        last = len(self.options) - 1
        return DecisionMaker(
            id=_id(name, "party", taken),
            name=name,
            options=tuple(one.number(last, "the number of an option") for one in part.need("options").items()),
            overlooks=tuple(self.statement(one) for one in self._items(part.get("misperceptions"))),
        )

    def statement(self, part: _Part) -> Formula:
        """A list of options as they must stand, or several such lists of which one holds."""
        if not isinstance(part.value, dict):
            return self.together(part)
        compound = part.get("compound")
        if compound is None or compound.value is not True:
            raise part.fail('{"compound": true, "members": [...]} or a list')
        return Or(tuple(self.together(member) for member in part.need("members").items()))

    def together(self, part: _Part) -> Formula:
        literals = tuple(self.literal(one) for one in part.items())
        return literals[0] if len(literals) == 1 else And(literals)

    def literal(self, part: _Part) -> Taken:
        if not isinstance(part.value, list) or len(part.value) != 2 or part.value[1] not in ("Y", "N"):
            raise part.fail('an option and "Y" or "N"')
        return Taken(part.items()[0].number(len(self.options) - 1, "the number of an option"), part.value[1] == "Y")

    @staticmethod
    def coalitions(parts: list[_Part], makers: int) -> tuple[tuple[int, ...], ...]:
        """Coalitions by number; everybody alone is the same as none."""
        found = tuple(
            tuple(
                member.number(makers - 1, "the number of a decision maker")
                for member in (part.items() if isinstance(part.value, list) else [part])
            )
            for part in parts
        )
        return () if found == tuple((place,) for place in range(makers)) else found

    def ranking(self, part: _Part, conflict: Conflict) -> Ranking:
        """States by number, best first; older files have it under another name."""
        found = part.get("preferenceRanking") or part.get("preferenceVector")
        if found is None:
            raise part.fail("'preferenceRanking' in it, since the file says that rankings are given by hand")
        levels = []
        for level in found.items():
            states = level.items() if isinstance(level.value, list) else [level]
            levels.append(tuple(self.state(state, conflict) for state in states))
        return Ranking(tuple(levels))

    @staticmethod
    def state(part: _Part, conflict: Conflict) -> int:
        count = len(conflict.states)
        if not isinstance(part.value, int) or isinstance(part.value, bool) or not 1 <= part.value <= count:
            raise part.fail(f"the number of a state, from 1 to {count}")
        return int(conflict.states[part.value - 1])

    @staticmethod
    def _items(part: _Part | None) -> list[_Part]:
        return part.items() if part else []


def _preferring(conflict: Conflict, told: Sequence[Preference | None]) -> Conflict:
    makers = zip(conflict.decision_makers, told, strict=True)
    return replace(conflict, decision_makers=tuple(replace(one, preference=preference) for one, preference in makers))


def _id(name: str, otherwise: str, taken: set[str]) -> str:
    """An id like the name, not taken yet."""
    words = re.findall(r"\w+", name.lower().replace("_", " "))
    made = "-".join(words)
    if not made or made[0].isdigit() or made in RESERVED:
        made = f"{otherwise}-{made}" if made else otherwise
    number, found = 2, made
    while found in taken:
        found, number = f"{made}-{number}", number + 1
    taken.add(found)
    return found


def write(model: GmcrFile | Conflict) -> str:
    """A model as the text of a .gmcr file.

    With weights, or a ranking for anybody, all preferences are written as rankings by hand; statements as statements,
    with the ranking that they come to.

    Raises:
        GmcrError: the model has something that the format cannot hold.
    """
    file = model if isinstance(model, GmcrFile) else GmcrFile(model)
    conflict = file.conflict
    _refuse(conflict)
    given = [maker.preference for maker in conflict.decision_makers]
    manual = any(not isinstance(one, Statements) for one in given if one is not None)
    if manual and None in given:
        raise GmcrError(
            "one decision maker has a ranking and another no preference: a .gmcr file ranks for all or none"
        )
    alone = tuple((place,) for place in range(len(given)))
    kept = file.statements or ((),) * len(given)
    data = {
        "decisionMakers": [
            _maker_out(conflict, maker, manual=manual, kept=statements)
            for maker, statements in zip(conflict.decision_makers, kept, strict=True)
        ],
        # Other programs analyse the coalitions that stand here, and nobody where none does.
        "coalitions": [list(group) if len(group) > 1 else group[0] for group in conflict.coalitions or alone],
        "options": [{"name": one.name, "permittedDirection": one.direction} for one in conflict.options],
        "infeasibles": [_statement_out(formula) for formula in conflict.impossible],
        "useManualPreferenceRanking": manual,
        "program": file.program,
        "version": file.version,
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def _refuse(conflict: Conflict) -> None:
    makers = conflict.decision_makers
    checks: tuple[tuple[bool, str], ...] = (
        (bool(conflict.arcs), "explicit arcs"),
        (bool(conflict.alike), "states that are alike"),
        (any(maker.perceived for maker in makers), "beliefs about others' preferences"),
        (any(maker.attitudes for maker in makers), "attitudes"),
        (
            any(isinstance(one.preference, Ranking) and one.preference.strong for one in makers),
            "strength of preference",
        ),
        (any(isinstance(one.preference, Pairwise | Degrees) for one in makers), "preference by pairs or degrees"),
    )
    for found, what in checks:
        if found:
            raise GmcrError(f"a .gmcr file cannot hold {what}: take that out of the model, or keep the YAML")


def _maker_out(conflict: Conflict, maker: DecisionMaker, *, manual: bool, kept: Sequence[Formula]) -> Mapping[str, Any]:
    preference = maker.preference
    statements = preference.statements if isinstance(preference, Statements) else tuple(kept)
    out: dict[str, Any] = {
        "name": maker.name,
        "options": list(maker.options),
        "preferences": [_statement_out(formula) for formula in statements],
        "misperceptions": [_statement_out(formula) for formula in maker.overlooks],
    }
    if preference is not None:
        out["preferenceRanking"] = _ranking_out(conflict, maker)
    return out


def _ranking_out(conflict: Conflict, maker: DecisionMaker) -> list[int | list[int]]:
    if isinstance(maker.preference, Ranking):
        preferences.ranks(conflict, maker.preference, name=maker.name)
        levels = [[conflict.number(state) for state in level] for level in maker.preference.levels]
    else:
        rank = preferences.ranks(conflict, maker.preference, name=maker.name)
        levels = [
            [int(place) + 1 for place in np.flatnonzero(rank == height)] for height in range(int(rank.max()), -1, -1)
        ]
    return [level[0] if len(level) == 1 else level for level in levels]


def _statement_out(formula: Formula) -> list[list[Any]] | dict[str, Any]:
    match formula:
        case Or(parts) if all(_simple(part) for part in parts):
            return {"compound": True, "members": [_literals_out(_literals(part)) for part in parts]}
        case _ if _simple(formula):
            return _literals_out(_literals(formula))
    try:
        members = alternatives(formula)
    except TooManyAlternativesError as error:
        raise GmcrError(
            f"{error}; a .gmcr file knows only 'one of these holds': tell it in several statements"
        ) from error
    if len(members) == 1:
        return _literals_out(members[0])
    return {"compound": True, "members": [_literals_out(member) for member in members]}


def _simple(formula: Formula) -> bool:
    return isinstance(formula, Taken) or (
        isinstance(formula, And) and all(isinstance(part, Taken) for part in formula.parts)
    )


def _literals(formula: Formula) -> Literals:
    parts = formula.parts if isinstance(formula, And) else (formula,)
    return tuple(part for part in parts if isinstance(part, Taken))


def _literals_out(literals: Literals) -> list[list[Any]]:
    return [[literal.option, "Y" if literal.value else "N"] for literal in literals]
