"""What the tables have in common: a record is opened, seen as of a day, narrowed to a party and to days, and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import typer

from peacetable import pipeline
from peacetable.ledger import Claim, Marking, Party, Situation, View
from peacetable.model import Finding, Problem, When, actors_of
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands.session import Session

if TYPE_CHECKING:
    from rich.table import Table

Row = TypeVar("Row")


@contextmanager
def situation(
    record: str,
    *only: pipeline.Part,
    as_of: date | None,
    on: date | None = None,
    since: date | None = None,
    reviewed: bool = False,
    tlp: str | None = None,
) -> Iterator[Situation]:
    """How things stand in a record.

    Args:
        record: its file.
        only: the parts that the command shows.
        as_of: only what had been published by this day.
        on: the day on which things stand; else the `as_of` day, else the last day of publication.
        since: changes are those after this day.
        reviewed: only what a person accepted, corrected or added.
        tlp: nothing that is marked for fewer eyes than this level.
    """
    settings = Settings()
    with pipeline.open_record(record, settings) as store:
        view = store.view(as_of=as_of, reviewed=reviewed, marking=level(tlp))
        tell_left_out(view.left_out, tlp)
        yield pipeline.assess(view, on=on or as_of, since=since, only=only)


def level(tlp: str | None) -> Marking | None:
    """A level of the Traffic Light Protocol that was given on the command line."""
    return next((each for each in get_args(Marking) if each == tlp), None)


def tell_left_out(left_out: tuple[int, int], tlp: str | None) -> None:
    """Say how much is not shown for its marking."""
    if any(left_out):
        reports, claims = phrases.counted(left_out[0], "report"), phrases.counted(left_out[1], "finding")
        told = f"{reports} and {claims} of other reports are marked for fewer eyes, and are left out"
        Session().problem(Problem(f"TLP:{(tlp or '').upper()}", told, "note"))


class Wanted:
    """Which rows to show: those that concern a party, and those dated within days."""

    def __init__(self, view: View, *, actor: str | None, start: date | None = None, end: date | None = None) -> None:
        """Keep what is asked for.

        Args:
            view: gives the parties.
            actor: part of any name of the party; None: whoever.
            start, end: the first and the last day; None: open.
        """
        if start and end and end < start:
            raise typer.BadParameter(f"{start} is after {end}", param_hint="'--from'")
        self._view, self._start, self._end = view, start, end
        self._parties = None if actor is None else _named(view, actor)
        if self._parties is not None and not self._parties:
            nobody = f"no party has {actor!r} in its name; `peacetable parties RECORD` lists them"
            Session().problem(Problem("--actor", nobody, "note"))

    def claims(self, *claims: Claim) -> bool:
        """Does one of the claims concern the party, as an actor of the finding or as the one who says it?"""
        return self._parties is None or any(self._concerns(claim.report.id, claim.finding) for claim in claims)

    def party(self, party: Party | None) -> bool:
        """Is it the party, or does it speak or act for it?"""
        return self._parties is None or (party is not None and party.id in self._parties)

    def when(self, *dates: When | None) -> bool:
        """Does one of the dates meet the days? Without days everything does, the undated too."""
        if self._start is None and self._end is None:
            return True
        start, end = self._start or date.min, self._end or date.max
        return any((when.earliest or date.min) <= end and start <= (when.latest or date.max) for when in dates if when)

    def _concerns(self, report: str, finding: Finding) -> bool:
        return any(self.party(self._view.party(report, actor)) for _, actor in actors_of(finding))


def _named(view: View, words: str) -> frozenset[str]:
    """The parties of which some name has the words, and whoever speaks or acts for them."""
    wanted = words.casefold()
    found = {
        party.id for party in view.parties() if any(wanted in name.casefold() for name in (party.name, *party.names))
    }
    return frozenset(found | {party.id for party in view.parties() if party.part_of in found})


def show(
    rows: Sequence[Row],
    view: View,
    *,
    as_json: bool,
    as_object: Callable[[Row, View], Any],
    as_grid: Callable[..., Table],
    title: str,
    nothing: str,
) -> None:
    """The answer of a command that shows a table.

    Args:
        rows: what to show.
        view: where it is from.
        as_json: for programs.
        as_object, as_grid: how a row becomes JSON, and how all become a table.
        title: what stands over the table.
        nothing: the line for a person where there are no rows.
    """
    session = Session()
    if as_json:
        session.json([as_object(row, view) for row in rows])
    elif rows:
        session.show(as_grid(rows, view, title=title))
    else:
        session.answer(nothing)
