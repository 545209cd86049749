"""The actors of a bargaining issue as people write them: YAML or JSON, or a table as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from typing import Final

from peacetable.strategy.bargaining import Bargainer, BargainingError
from peacetable.strategy.conflict_nodes import document

NUMBERS: Final = ("position", "capability", "salience")


def load_issue(text: str, *, where: str = "issue") -> tuple[str, tuple[Bargainer, ...]]:
    """The title of an issue and its actors.

    Args:
        text: YAML or JSON with `actors`, a list of `name`, `position`, `capability`, `salience`; or CSV with a line of
            these headings (`Actor` will do for `name`).
        where: the file's name, for messages.

    Raises:
        FileError, BargainingError: naming the line and what was expected.
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    if {cell.strip().strip('"').casefold() for cell in first.split(",")} >= set(NUMBERS):
        return "", tuple(_rows(text, where))
    root = document(text, where)
    parts = dict(root.items())
    if "actors" not in parts:
        raise root.fail("'actors' is missing: list them with name, position, capability and salience")
    actors = []
    for node in parts["actors"].items_of_list():
        found = node.mapping(("name", *NUMBERS))
        for name in ("name", *NUMBERS):
            if name not in found:
                raise node.fail(f"{name!r} is missing")
        position, capability, salience = (found[name].number() for name in NUMBERS)
        actors.append(Bargainer(name=found["name"].text(), position=position, capability=capability, salience=salience))
    return parts["title"].text() if "title" in parts else "", tuple(actors)


def _rows(text: str, where: str) -> Iterator[Bargainer]:
    reader = csv.DictReader(text.strip().splitlines())
    for row in reader:
        cells = {str(key).strip().casefold(): (value or "").strip() for key, value in row.items() if key}
        at = f"{where}, line {reader.line_num}"
        name = cells.get("name") or cells.get("actor") or ""
        if not name:
            raise BargainingError(f"{at}: the actor has no name; expected a column `name` or `actor`")
        position, capability, salience = (_number(cells, column, at) for column in NUMBERS)
        yield Bargainer(name=name, position=position, capability=capability, salience=salience)


def _number(cells: Mapping[str, str], column: str, at: str) -> float:
    try:
        return float(cells[column])
    except ValueError as error:
        raise BargainingError(f"{at}, {column}: expected a number, found {cells[column]!r}") from error
