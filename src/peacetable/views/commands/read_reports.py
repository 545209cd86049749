"""`peacetable read`: what each report says, as a text for people or as findings JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from peacetable import scheme
from peacetable.model import Problem, Reading, Taken
from peacetable.settings import Settings
from peacetable.views.commands import options
from peacetable.views.commands.session import Session
from peacetable.views.commands.taking import readings, taken

LAYERS: Final = ("times", "names", "attributions", "syntax", "certainty")


class Format(StrEnum):
    """How a reading is written."""

    TEXT = "text"
    JSON = "json"


def read(
    reports: options.Reports,
    *,
    form: Annotated[Format, typer.Option("--format", help="text for people, json for programs.")] = Format.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    folder: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="DIR", help="Write one file a report into this folder.")
    ] = None,
    layers: Annotated[
        str, typer.Option("--layers", metavar="L,...", help=f"Raw layers to add to the JSON: {', '.join(LAYERS)}.")
    ] = "",
    explain: Annotated[bool, typer.Option("--explain", help="Show which rule and words made each finding.")] = False,
    engine: options.EngineName = "local",
    published: options.Published = None,
    source: options.Source = None,
) -> None:
    """What each report says, and where it says it.

    JSON goes to DIR/<name of the input>.json, or to standard output: one object for one report, otherwise a list.

    Example: peacetable read reports/ --format json -o findings/
    """
    chosen = _layers(layers)
    settings = Settings(engine=engine, published=published, source=source)
    session = Session()
    found = readings(taken(reports, settings, session), settings, session, layers=chosen)
    if as_json or form is Format.JSON:
        _write_json(session, session.progress(found, "reports read"), folder)
    else:
        _write_text(session, session.progress(found, "reports read"), folder, explain=explain)
    raise typer.Exit(session.code)


def _layers(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in LAYERS]
    if unknown:
        raise typer.BadParameter(
            f"there is no layer {unknown[0]!r}; known: {', '.join(LAYERS)}", param_hint="'--layers'"
        )
    return names


def _write_json(session: Session, found: Iterator[tuple[Taken, Reading]], folder: Path | None) -> None:
    if folder is None:
        objects = [scheme.to_json(reading) for _, reading in found]
        session.json(objects[0] if len(objects) == 1 else objects)
        return
    for path, reading in _placed(session, found, folder, ".json"):
        _write(session, path, json.dumps(scheme.to_json(reading), ensure_ascii=False, indent=1) + "\n")


def _write_text(
    session: Session, found: Iterator[tuple[Taken, Reading]], folder: Path | None, *, explain: bool
) -> None:
    from peacetable.views.report_text import listing

    if folder is None:
        for _, reading in found:
            session.answer("\n".join(listing(reading, explain=explain)) + "\n")
        return
    for path, reading in _placed(session, found, folder, ".txt"):
        _write(session, path, "\n".join(listing(reading, explain=explain)) + "\n")


def _placed(
    session: Session, found: Iterator[tuple[Taken, Reading]], folder: Path, suffix: str
) -> Iterator[tuple[Path, Reading]]:
    """Each reading with its file: named like the input, numbered where two inputs have one name."""
    used: set[str] = set()
    for item, reading in found:
        stem = _stem(item)
        name, number = stem, 1
        while name.casefold() in used:
            number += 1
            name = f"{stem}-{number}"
        if name != stem:
            session.problem(Problem(item.where, f"another input has the same name; written as {name}{suffix}", "note"))
        used.add(name.casefold())
        yield folder / f"{name}{suffix}", reading


def _stem(item: Taken) -> str:
    """The input's name without its ending; where it has none (standard input, one of many in a file), the report's."""
    path = Path(item.where)
    return path.stem if re.fullmatch(r"\.\w+", path.suffix) else re.sub(r"[^\w.-]+", "-", item.report.name) or "report"


def _write(session: Session, path: Path, text: str) -> None:
    from peacetable.views.whole_files import write_whole

    write_whole(path, text)
    session.answer(str(path))
