"""The record: readings go in, each whole or not at all, and a `View` comes out.

Whatever `add` said was recorded is on the disk when it returns. The same report twice is once. Nothing is overwritten.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, select, update

from peacetable import scheme
from peacetable.errors import OutputError, RecordError, RecordMissingError
from peacetable.ledger import Act, Claim, Doing, Judgement, Marking
from peacetable.model import Problem, Reading, Report
from peacetable.record import acts as doings
from peacetable.record import layout, rows, searching, soundness, tables, transfer
from peacetable.record.databases import Database, reach
from peacetable.record.searching import Found
from peacetable.record.snapshot import Filed, Snapshot
from peacetable.record.soundness import Soundness
from peacetable.record.withholding import Withheld


class Store:
    """One record, open. Use it in a `with` block, so that it is closed whatever happens."""

    def __init__(self, database: Database) -> None:
        """Take over a database that is a record of today's layout; `Store.open` makes sure of that."""
        self._database = database
        self._target = database.target
        self._filed: dict[str, tuple[int, Filed]] = {}
        self._claims: dict[tuple[str, int], Claim] = {}
        self._newest = 0
        self._stamp = ""

    @classmethod
    def open(cls, target: str, *, create: bool = False, busy_seconds: float = 10.0) -> Self:
        """Open a record, bringing an older layout up to date.

        Args:
            target: a file, ":memory:", or the address of a PostgreSQL database: postgresql://user@host/name.
            create: make the record where there is none.
            busy_seconds: how long to wait for another program that writes to it.

        Raises:
            RecordError: it is missing, locked, damaged, of a newer layout, or something else altogether.
        """
        database = reach(target, create=create, busy_seconds=busy_seconds)
        try:
            with database.plainly():
                _make_ready(database, create=create or target == ":memory:")
        except RecordError:
            database.engine.dispose()
            raise
        return cls(database)

    @property
    def target(self) -> str:
        """The record's address, as it may be shown: without a password."""
        return self._target

    @classmethod
    def take_over(cls, target: str, given: Iterable[str], *, replace: bool = False, busy_seconds: float = 10.0) -> Self:
        """Make a record out of the lines of another one, all of it or nothing; see `lines`.

        Args:
            target: as for `open`.
            given: the lines.
            replace: put them in the place of a record that is there, also while others read it.
            busy_seconds: as for `open`.

        Raises:
            ImportedError: the lines are not those of a whole record.
            RecordError: there is a record already, or none can be made there.
        """
        database = reach(target, create=True, busy_seconds=busy_seconds)
        try:
            with database.plainly():
                database.prepare()
                with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
                    transfer.take_over(connection, database, given, replace=replace)
        except BaseException:
            database.abandon()
            raise
        return cls(database)

    def lines(self, *, marking: Marking | None = None) -> Iterator[str]:
        """The whole record as lines of JSON, as it is when the first is asked for: for `take_over`.

        Args:
            marking: without what is marked for fewer eyes than this; `view` tells how much that is.
        """
        withheld = Withheld(self.view(marking=marking)) if marking else None
        with self._reading() as connection:
            yield from transfer.lines(connection, self._database, withheld=withheld)

    def back_up(self, path: Path) -> None:
        """Write the record into a file, as it is at one moment, whole or not at all, while others go on writing.

        A record in a file is copied; one on a server becomes lines of JSON, see `lines`.

        Raises:
            OutputError: the file cannot be written.
        """
        with self._database.plainly():
            if self._database.copy_to(path):
                return
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with part.open("w", encoding="utf-8", newline="") as file:
                file.writelines(self.lines())
            part.replace(path)
        except OSError as error:
            raise OutputError(str(path), error.strerror or str(error)) from error
        finally:
            part.unlink(missing_ok=True)

    def digest(self) -> str:
        """A hash of what the record holds, whenever and in whatever order it came."""
        with self._reading() as connection:
            return transfer.digest(connection, self._database)

    def search(
        self, text: str, *, most: int = 20, as_of: date | None = None, marking: Marking | None = None
    ) -> list[Found]:
        """The reports that hold all of the words, the last recorded first, with the passages and claims that do.

        Args:
            text: words, in any form and order; whatever else is in it is left aside.
            most: at most so many reports.
            as_of: only reports published by then.
            marking: nothing that is marked for fewer eyes than this.
        """
        wanted = searching.words(text)
        found: list[Found] = []
        with self._reading() as connection:
            acts = doings.standing(connection, None)
            for report in searching.newest(connection, self._database, wanted, at_once=most) if wanted else ():
                for _, filed in rows.filed(connection, rows.Part(only=report), target=self._target):
                    if as_of is None or _published_by(filed, as_of):
                        theirs = [act for act in acts if act.place.report == report]
                        shown = Snapshot([filed], target=self._target, acts=theirs, marking=marking)
                        actors = {actor.id: actor for actor in filed.actors}
                        found += (searching.matching(wanted, each, shown.claims(), actors) for each in shown.reports())
                if len(found) == most:
                    break
        return found

    def mend(self) -> None:
        """Make anew what is worked out of the reports and kept: the search index."""
        with self._writing() as connection:
            searching.rebuild(connection, self._database)

    def check(self, *, identity: Callable[[Report], str] | None = None) -> Soundness:
        """Is every rule that the record keeps true of every row?

        Args:
            identity: the id that a report ought to have; None: ids are not looked at.

        Raises:
            RecordDamagedError: it cannot even be read.
        """
        with self._reading() as connection:
            return soundness.check(connection, self._database, identity=identity)

    def counts(self) -> dict[str, int]:
        """How many rows each table of the record has."""
        with self._reading() as connection:
            return soundness.counts(connection)

    def clock(self) -> Problem | None:
        """What is wrong with the clock: it stands before the last revision. Nothing is lost by it."""
        columns = tables.revisions.c
        with self._reading() as connection:
            last = connection.execute(select(columns.time).order_by(columns.number.desc()).limit(1)).scalar()
        if last is None or (now := _now()) >= last:
            return None
        told = (
            f"the clock stands at {now}, before the last entry ({last}): it was set back, or another machine's is ahead"
        )
        return Problem(
            self._target, f"{told}. Nothing is lost: entries count by their number. Set the clock.", "warning"
        )

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Bring everything into the one file and let go of it. Closing twice does no harm."""
        self._database.close()

    def add(self, reading: Reading) -> bool:
        """Record what one report says, all of it or nothing; on the disk when this returns.

        Returns:
            False where the record holds the report already: then nothing was changed.

        Raises:
            RecordError: the record is locked or damaged, or the disk is full.
        """
        report = reading.report
        with self._writing() as connection:
            if connection.execute(select(tables.reports.c.id).where(tables.reports.c.id == report.id)).first():
                return False
            revision = _revision(connection, what="add", about=report.id, author=reading.engine)
            connection.execute(tables.reports.insert(), rows.of_report(reading, revision))
            if report.raw is not None:
                connection.execute(tables.raws.insert(), {"report": report.id, "content": report.raw})
            for table, values in (
                (tables.actors, rows.of_actors(reading, revision)),
                (tables.claims, rows.of_claims(reading, revision)),
                (tables.problems, rows.of_problems(reading.problems, revision, report=report.id)),
            ):
                if values:
                    connection.execute(table.insert(), values)
            self._database.index(connection, revision, searching.document(report, reading.actors))
        return True

    def note(self, problem: Problem) -> None:
        """Keep what could not be taken in, once.

        Raises:
            RecordError: as for `add`.
        """
        columns = tables.problems.c
        known = select(columns.number).where(
            columns.report == "",
            columns.location == problem.where,
            columns.message == problem.message,
            columns.level == problem.level,
        )
        with self._writing() as connection:
            if not connection.execute(known).first():
                revision = _revision(connection, what="note", about=problem.where)
                connection.execute(tables.problems.insert(), rows.of_problems((problem,), revision))

    def judge(self, judgement: Judgement) -> int:
        """Keep what a person says about two places: it goes before whatever the machine thinks of them.

        Returns:
            The judgement's number, for `undo`.

        Raises:
            RecordError: as for `add`, or the record has no report that the judgement is about.
        """
        with self._writing() as connection:
            for place in (judgement.left, judgement.right):
                self._known_report(connection, place.report)
            revision = _revision(connection, what="judge", author=judgement.author)
            made = tables.judgements.insert().returning(tables.judgements.c.number)
            return int(connection.execute(made, rows.of_judgement(judgement, revision)).scalar_one())

    def undo(self, number: int) -> bool:
        """Take a judgement back; it stays in the record, marked as undone.

        Returns:
            False where there is no such judgement, or it was undone before.
        """
        columns = tables.judgements.c
        with self._writing() as connection:
            standing = select(columns.number).where(columns.number == number, columns.undone.is_(None))
            if not connection.execute(standing).first():
                return False
            revision = _revision(connection, what="undo", about=str(number))
            connection.execute(update(tables.judgements).where(columns.number == number).values(undone=revision))
        return True

    def decide(self, *, by: str, judgements: Sequence[Judgement] = (), acts: Sequence[Act] = ()) -> int:
        """Keep what a person does in one go: all of it or nothing, and taken back as one.

        Returns:
            The revision, for `take_back`.

        Raises:
            RecordError: as for `add`, or the record has no report that it is about.
        """
        with self._writing() as connection:
            judged = (place for each in judgements for place in (each.left, each.right))
            for place in (*judged, *(act.place for act in acts)):
                self._known_report(connection, place.report)
            revision = _revision(connection, what="decide", author=by)
            if judgements:
                connection.execute(
                    tables.judgements.insert(),
                    [rows.of_judgement(replace(judgement, author=by), revision) for judgement in judgements],
                )
            if acts:
                rows_of = doings.rows_of([replace(act, author=by) for act in acts], revision)
                connection.execute(tables.acts.insert(), rows_of)
        return revision

    def take_back(self, revision: int, *, by: str = "") -> bool:
        """Undo what a person did in one go: what stood before stands again, and both stay in the record.

        Returns:
            False where nothing that a person did has that revision, or it was taken back before.
        """
        with self._writing() as connection:
            if not doings.stands(connection, revision):
                return False
            doings.take_back(connection, revision, _revision(connection, what="undo", about=str(revision), author=by))
        return True

    def history(self) -> list[Doing]:
        """What people did to the record, the latest first; what was taken back too."""
        with self._reading() as connection:
            return doings.history(connection)

    def reread(self, reading: Reading) -> bool:
        """Put a new reading of a report in the place of the machine's older one; what people did stays as it is.

        Returns:
            False where it finds what the older one found: then nothing was changed.

        Raises:
            RecordError: as for `add`, or the record has no such report.
        """
        report = reading.report
        with self._writing() as connection:
            self._known_report(connection, report.id)
            if not rows.differs(connection, reading):
                return False
            revision = _revision(connection, what="reread", about=report.id, author=reading.engine)
            rows.supersede(connection, report.id, revision)
            known = {(each.where, each.message) for each in rows.problems_of(connection, report.id)}
            fresh = [each for each in reading.problems if (each.where, each.message) not in known]
            for table, values in (
                (tables.actors, rows.of_actors(reading, revision)),
                (tables.claims, rows.of_claims(reading, revision)),
                (tables.problems, rows.of_problems(fresh, revision, report=report.id)),
            ):
                if values:
                    connection.execute(table.insert(), values)
            self._database.index(connection, revision, searching.document(report, reading.actors))
        return True

    def engines(self) -> dict[str, str]:
        """Whose reading of each report stands: an engine with its version, or the person whose findings it has."""
        with self._reading() as connection:
            return rows.engines(connection)

    def raw(self, report: str) -> bytes | None:
        """The bytes that a report came as, where its text was extracted from them."""
        with self._reading() as connection:
            found = connection.execute(select(tables.raws.c.content).where(tables.raws.c.report == report)).scalar()
        return bytes(found) if found is not None else None

    def view(
        self,
        *,
        as_of: date | None = None,
        recorded_by: int | None = None,
        reviewed: bool = False,
        marking: Marking | None = None,
    ) -> Snapshot:
        """What the record shows now, as a `ledger.View` that later writing does not change.

        Args:
            as_of: only reports published by then (those of unknown date always).
            recorded_by: only what had been recorded by that revision.
            reviewed: only claims that a person accepted, corrected or added.
            marking: nothing that is marked for fewer eyes than this; see `Snapshot.left_out`.
        """
        with self._reading() as connection:
            filed = self._filed_reports(connection, recorded_by)
            judged = rows.judgements(connection, recorded_by)
            acts = doings.standing(connection, recorded_by)
            problems = rows.problems(connection, recorded_by)
        seen = [each for each in filed if as_of is None or _published_by(each, as_of)]
        return Snapshot(
            seen,
            target=self._target,
            judged=judged,
            acts=acts,
            problems=problems,
            as_of=as_of,
            known=self._claims,
            reviewed=reviewed,
            marking=marking,
        )

    def _known_report(self, connection: Connection, report: str) -> None:
        if not connection.execute(select(tables.reports.c.id).where(tables.reports.c.id == report)).first():
            raise RecordError(f"{self._target}: there is no report {report} to judge. Add it first.")

    def _filed_reports(self, connection: Connection, recorded_by: int | None) -> list[Filed]:
        """Every report with its rows; what was loaded before is not loaded again, unless it was read again."""
        if recorded_by is not None:
            return [each for _, each in rows.filed(connection, rows.Part(by=recorded_by), target=self._target)]
        if self._stamp != rows.stamp(connection, self._newest):  # a backup was restored: this is another record
            self._filed, self._claims, self._newest = {}, {}, 0
        newest, again = rows.reread(connection, after=self._newest)
        parts = [rows.Part(after=self._newest), *(rows.Part(only=report) for report in again if report in self._filed)]
        for part in parts if newest > self._newest else ():
            for revision, filed in rows.filed(connection, part, target=self._target):
                self._filed[filed.report.id] = (revision, filed)
        self._newest, self._stamp = newest, rows.stamp(connection, newest)
        return [filed for _, filed in self._filed.values()]

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._database.plainly(), self._database.engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._database.plainly(), self._database.engine.connect() as connection, connection.begin():
            yield connection


def _make_ready(database: Database, *, create: bool) -> None:
    """Make sure that there is a record of today's layout."""
    target = database.target
    with database.engine.connect() as connection, connection.begin():
        ready = database.identify(connection) and layout.current(layout.layout(connection), target=target)
        if not ready and not create and layout.layout(connection) is None:
            raise RecordMissingError(target)
    if not ready:
        database.prepare()
        with database.engine.connect() as plain:
            connection = plain.execution_options(writing=True)
            with connection.begin():
                _migrate(connection, database)


def _migrate(connection: Connection, database: Database) -> None:
    found = layout.layout(connection)
    if layout.current(found, target=database.target):
        return  # somebody else did it while this waited
    layout.migrate(connection)
    searching.rebuild(connection, database)
    if found is None:
        database.mark(connection)
        connection.execute(tables.meta.insert(), {"key": "scheme", "value": str(scheme.VERSION)})


def _revision(connection: Connection, *, what: str, about: str = "", author: str = "") -> int:
    """Open a revision: the number that everything written with it carries."""
    made = tables.revisions.insert().returning(tables.revisions.c.number)
    values = {"time": _now(), "what": what, "about": about, "author": author}
    return int(connection.execute(made, values).scalar_one())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _published_by(filed: Filed, day: date) -> bool:
    published = filed.report.published
    return published is None or published.latest is None or published.latest <= day
