"""Reports in, for every command that takes some: problems are told as they come, and the other reports go on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from peacetable import pipeline, scheme
from peacetable.errors import EvidenceError, SchemeError
from peacetable.ledger import View
from peacetable.model import Problem, Reading, Report, Taken
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands.session import Session


class Record(Protocol):
    """What a command needs of an open record."""

    def add(self, reading: Reading) -> bool:
        """Record what one report says; False where the record has the report already."""

    def note(self, problem: Problem) -> None:
        """Keep what could not be taken in."""

    def view(self) -> View:
        """What the record shows."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many reports a command put into a record, and how many the record had already."""

    added: int = 0
    known: int = 0


def taken(
    sources: Sequence[str], settings: Settings, session: Session, *, note: Callable[[Problem], None] | None = None
) -> Iterator[Taken]:
    """The reports that can be taken in; what cannot is reported, and passed to `note`."""
    for item in pipeline.take_in(sources, settings):
        if isinstance(item, Taken):
            yield item
            continue
        session.problem(item)
        if note:
            note(item)


def readings(
    items: Iterator[Taken], settings: Settings, session: Session, *, layers: Collection[str] = ()
) -> Iterator[tuple[Taken, Reading]]:
    """What each report says, beside the file that it came from; what could not be read is reported."""
    waiting: deque[Taken] = deque()

    def reports() -> Iterator[Report]:
        for item in items:
            waiting.append(item)
            yield item.report

    for reading in pipeline.read(reports(), settings, layers=layers):
        while waiting[0].report.id != reading.report.id:
            waiting.popleft()
        item = waiting.popleft()
        # A reader knows the report's name only; whoever started the command looks for the file.
        problems = tuple(replace(problem, where=item.where) for problem in reading.problems)
        for problem in problems:
            session.problem(problem)
        yield item, replace(reading, problems=problems)


def record(
    store: Record, sources: Sequence[str], settings: Settings, session: Session, *, by: str | None = None
) -> Tally:
    """Take in reports, read them, and put each into a record; one that is there already is not read again.

    Args:
        store: an open record.
        sources: files, folders or archives.
        settings: see `Settings`.
        session: is told of problems.
        by: take the findings JSON that lies beside a report as this person's work, and do not read the report.
    """
    known = {report.id for report in store.view().reports()}
    seen = 0

    def fresh() -> Iterator[Taken]:
        nonlocal seen
        for item in taken(sources, settings, session, note=store.note):
            if item.report.id in known:
                seen += 1
                continue
            known.add(item.report.id)
            yield item

    made = _read(fresh(), settings, session) if by is None else _taken_over(fresh(), session, by)
    added = 0
    for reading in session.progress(made, "reports recorded"):
        if store.add(reading):
            added += 1
        else:
            seen += 1
    if by and seen:
        left = f"{phrases.counted(seen, 'report')} there already; their findings were not taken a second time"
        session.problem(Problem("--findings", left, "note"))
    return Tally(added, seen)


def _read(items: Iterator[Taken], settings: Settings, session: Session) -> Iterator[Reading]:
    """What the engine reads; findings that lie beside reports are left aside, with one note for all."""
    aside = []
    for item, reading in readings(items, settings, session):
        if item.findings:
            aside.append(item.where)
        yield reading
    if aside:
        more = f" and of {phrases.counted(len(aside) - 1, 'other')}" if len(aside) > 1 else ""
        told = f"its findings{more} were left aside; `peacetable add --findings --by NAME` takes them"
        session.problem(Problem(aside[0], told, "note"))


def _taken_over(items: Iterator[Taken], session: Session, by: str) -> Iterator[Reading]:
    """A person's work; what cannot be taken over is reported."""
    for item in items:
        made = _theirs(item, by)
        if isinstance(made, Problem):
            session.problem(made)
        else:
            yield made


def _theirs(item: Taken, by: str) -> Reading | Problem:
    """The findings beside a report, as a person's work."""
    if item.findings is None:
        return Problem(item.where, "there are no findings beside the report; add it without --findings to have it read")
    try:
        return scheme.from_json(item.report, item.findings, by=by)
    except (SchemeError, EvidenceError) as error:
        return Problem(item.where, f"its findings were refused: {error}")
