"""What the commands about models have in common: a model is read, a state is named, an answer is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from peacetable import pipeline
from peacetable.errors import InputError, PeacetableError
from peacetable.model import Problem
from peacetable.views import strategy_phrases
from peacetable.views.commands.session import Session

Model = Annotated[
    str,
    typer.Argument(metavar="MODEL", help="The model: YAML, JSON or .gmcr, told by its content; - is standard input."),
]
Concepts = Annotated[
    list[str] | None,
    typer.Option(
        "--concept",
        metavar="NAME",
        help="A stability concept (again for more): Nash, GMR, SMR, SEQ, SSEQ; of `solve` also SIM, L<h>, NM, MR<h>, "
        "policy, Stackelberg:<decision maker>.",
    ),
]


def model(path: str) -> pipeline.Conflict:
    """The model that a file holds.

    Raises:
        InputError: the file cannot be read.
        ConflictError: it holds no model.
    """
    return pipeline.read_model(text_of(path), where=path)


def split(chosen: list[str] | None) -> list[str]:
    """The concepts that were asked for, one an option or several with commas."""
    return [one.strip() for given in chosen or [] for one in given.split(",") if one.strip()]


def text_of(path: str) -> str:
    """The text of a file, or of standard input."""
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(path, error.strerror or str(error)) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, f"it is no text in UTF-8: byte {error.start + 1}") from error


def state_of(conflict: pipeline.Conflict, text: str) -> int:
    """A state as it is written on the command line: its number, or its marks such as YNN.

    Raises:
        BadParameter: there is no such state.
    """
    count = len(conflict.states)
    if text.isdecimal():
        if not 1 <= int(text) <= count:
            raise typer.BadParameter(f"there is no state {text}; the states are numbered from 1 to {count}")
        return int(conflict.states[int(text) - 1])
    marks = text.upper()
    if len(marks) != len(conflict.options) or set(marks) - {"Y", "N"}:
        raise typer.BadParameter(
            f"{text!r} is no state; write its number (1 to {count}), or Y or N for each of the "
            f"{len(conflict.options)} options"
        )
    decimal = sum(1 << place for place, mark in enumerate(marks) if mark == "Y")
    try:
        return int(conflict.states[conflict.number(decimal) - 1])
    except PeacetableError as error:
        raise typer.BadParameter(str(error)) from error


def warn_of_passages(conflict: pipeline.Conflict, session: Session, where: str) -> None:
    """Say where a model rests on nothing that a report says."""
    bare = pipeline.without_passage(conflict)
    for reason in bare[:5]:
        session.problem(Problem(where, strategy_phrases.sentence(reason), "note"))
    if len(bare) > 5:
        session.problem(Problem(where, f"{len(bare) - 5} more elements rest on no passage", "note"))
