"""The options that commands share: their types, their help, and how a day or a span of days is written."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Final, get_args

import typer

from peacetable.ledger import Marking

DAYS: Final = {"d": 1, "w": 7}


def day(text: str) -> date:
    """A day as it is written on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2021-05-01") from error


def days(text: str | int) -> int:
    """A number of days: "30d", "6w" or "30"; typer passes the default, a number, through here too."""
    match = re.fullmatch(r"(\d{1,5})([dw]?)", str(text))
    if not match:
        raise typer.BadParameter(f"{text!r} is no span of time; write days as 30d or weeks as 6w")
    return int(match[1]) * DAYS[match[2] or "d"]


def marking(text: str) -> str:
    """A level of the Traffic Light Protocol: clear, green, amber, amber+strict, red."""
    level = text.lower().removeprefix("tlp:").replace("white", "clear")
    if level not in get_args(Marking):
        raise typer.BadParameter(f"{text!r} is no TLP level; write one of {', '.join(get_args(Marking))}")
    return level


Reports = Annotated[
    list[str], typer.Argument(metavar="REPORT", help="Files, folders or archives of reports; - is standard input.")
]
Record = Annotated[str, typer.Argument(metavar="RECORD", help="The record: its file, or postgresql://host/name.")]
Published = Annotated[
    date | None,
    typer.Option(
        "--published", metavar="DAY", parser=day, help="Day of publication of reports that do not tell theirs."
    ),
]
Source = Annotated[
    str | None, typer.Option("--source", metavar="NAME", help="Publisher of reports that do not name theirs.")
]
EngineName = Annotated[str, typer.Option("--engine", metavar="NAME", help="The reading engine.")]
AsOf = Annotated[
    date | None,
    typer.Option("--as-of", metavar="DAY", parser=day, help="Show only what had been published by this day."),
]
Since = Annotated[
    date | None,
    typer.Option("--since", metavar="DAY", parser=day, help="What changed after this day; else after the first day."),
]
Actor = Annotated[
    str | None, typer.Option("--actor", metavar="NAME", help="Only what concerns this party: part of its name will do.")
]
From = Annotated[
    date | None, typer.Option("--from", metavar="DAY", parser=day, help="Only what is dated on this day or later.")
]
To = Annotated[
    date | None, typer.Option("--to", metavar="DAY", parser=day, help="Only what is dated on this day or earlier.")
]
Reviewed = Annotated[
    bool, typer.Option("--reviewed", help="Only what a person accepted, corrected or added (see `review`).")
]
Tlp = Annotated[
    str | None,
    typer.Option("--tlp", metavar="LEVEL", parser=marking, help="Leave out what is marked for fewer eyes than this."),
]
UnderIssue = Annotated[
    str | None, typer.Option("--issue", metavar="ISSUE", help="Only what falls under this issue, by its code or name.")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON for programs instead of a table.")]
