"""Is a record whole? Every rule that it keeps is tried on every row, with what to do where one does not hold.

Nothing is mended here, and nothing is held in memory but one report: reports, actors and claims are read side by side
in the order of the reports' ids.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final, get_args

from sqlalchemy import Connection, Table, collate, func, inspect, select

from peacetable import scheme
from peacetable.errors import EvidenceError, PeacetableError
from peacetable.ledger import Deed, Verdict
from peacetable.model import KINDS, Commitment, Finding, Kind, Problem, Report, actors_of
from peacetable.record import rows, searching, tables
from peacetable.record.claim_ids import canonical, claim_id
from peacetable.record.databases import Database

#: What mends a row that is not as it was written: nobody can tell what it was.
RESTORE: Final = "Restore a backup (peacetable restore BACKUP RECORD), or add the report again to a new record."
#: Problems that are told one by one; where there are more, they are counted.
TOLD: Final = 200
#: Rows that are read at a time.
AT_ONCE: Final = 50

Identity = Callable[[Report], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundness:
    """What a check found.

    Attributes:
        problems: what is wrong, and how to mend it; a note is nothing wrong.
        untold: how many more there are.
        counts: rows by table.
    """

    problems: tuple[Problem, ...]
    untold: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return all(problem.level == "note" for problem in self.problems)


def check(connection: Connection, database: Database, *, identity: Identity | None = None) -> Soundness:
    """Try every rule: 1. the database, 2. its layout, 3. references, 4. the clock, 5. reports, 6. people's
    work, 7. what is worked out and kept.

    Args:
        connection: to the record.
        database: the record's.
        identity: the id that a report ought to have; None: ids are not looked at.
    """
    told: list[Problem] = []
    untold = 0
    for problem in _problems(connection, database, identity):
        if len(told) < TOLD:
            told.append(problem)
        else:
            untold += 1
    if all(problem.level != "error" for problem in told):  # what is worked out of damaged rows says nothing
        told += searching.faults(connection, database)
    return Soundness(problems=tuple(told), untold=untold, counts=counts(connection))


def counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    here = set(inspect(connection).get_table_names())
    return {
        table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in tables.metadata.sorted_tables
        if table.name in here
    }


def _problems(connection: Connection, database: Database, identity: Identity | None) -> Iterator[Problem]:
    for fault in database.faults(connection):
        yield Problem(database.target, f"the file is damaged: {fault}. {RESTORE}")
    missing = list(_layout(connection))
    for lack in missing:
        yield Problem(database.target, f"{lack}. {RESTORE}")
    if missing:
        return  # nothing more can be asked
    yield from _orphans(connection)
    yield from _clock(connection)
    yield from _reports(connection, database, identity)
    yield from _edges(connection)
    yield from _acts(connection)


# 2. and 3. The layout, and what rows refer to.


def _layout(connection: Connection) -> Iterator[str]:
    inspector = inspect(connection)
    here = set(inspector.get_table_names())
    if "search" not in here:
        yield "the table search is missing"
    for table in tables.metadata.sorted_tables:
        if table.name not in here:
            yield f"the table {table.name} is missing"
            continue
        columns = {column["name"] for column in inspector.get_columns(table.name)}
        for name in sorted(set(table.columns.keys()) - columns):
            yield f"the table {table.name} has no column {name}"
    if "meta" in here:
        meta = tables.meta.c
        version = connection.execute(select(meta.value).where(meta.key == "scheme")).scalar()
        if version != str(scheme.VERSION):
            yield f"the record says that its findings follow scheme {version!r}, and {scheme.VERSION} is expected"


def _orphans(connection: Connection) -> Iterator[Problem]:
    for table in tables.metadata.sorted_tables:
        for key in table.foreign_keys:
            there = key.column.table.alias()
            lost = (
                select(key.parent)
                .select_from(table.outerjoin(there, key.parent == there.c[key.column.name]))
                .where(key.parent.is_not(None), there.c[key.column.name].is_(None))
            )
            found = connection.execute(select(func.count()).select_from(lost.subquery())).scalar_one()
            if found:
                first = connection.execute(lost.limit(1)).scalar()
                yield Problem(
                    f"{table.name}.{key.parent.name}",
                    f"{found} rows refer to {key.column.table.name} that are not there, such as {first!r}. {RESTORE}",
                )


# 4. The clock.


def _clock(connection: Connection) -> Iterator[Problem]:
    columns = tables.revisions.c
    last = ""
    for row in _streamed(connection, select(columns.number, columns.time).order_by(columns.number)):
        if row.time < last:
            yield Problem(
                f"revision {row.number}",
                f"it is dated {row.time}, before the revision that it follows ({last}): the clock was set back, or "
                "another machine's is ahead. Nothing is lost: revisions count by their number. Set the clock.",
                "note",
            )
        last = max(last, row.time)


# 5. Reports with their actors and claims.


def _reports(connection: Connection, database: Database, identity: Identity | None) -> Iterator[Problem]:
    def by_report(table: Table, column: str, *more: str) -> Iterator[tuple[str, list[Any]]]:
        order = (collate(table.c[column], database.collation), *(table.c[name] for name in more))
        held = _streamed(connection, select(table).order_by(*order))
        for report, found in groupby(held, key=lambda row: str(getattr(row, column))):
            yield report, list(found)

    actors = _Beside(by_report(tables.actors, "report", "revision", "number"))
    claims = _Beside(by_report(tables.claims, "report", "revision", "kind", "number"))
    for identifier, (row,) in by_report(tables.reports, "id"):
        cast, said = actors.of(identifier), claims.of(identifier)
        try:
            report = rows.report_of(row)
        except (ValueError, TypeError, PeacetableError) as error:
            yield Problem(f"report {identifier}", f"it cannot be read: {error}. {RESTORE}")
            continue
        if identity is not None and identity(report) != identifier:
            yield Problem(
                report.name,
                f"its id {identifier} is not what its text, publisher, day and address make: one of them was changed. "
                f"{RESTORE}",
            )
        if any(run.span.end > len(report.text) for run in report.furniture):
            yield Problem(report.name, f"site furniture is marked where it has no text. {RESTORE}")
        yield from _cast(report, cast)
        yield from _claims(report, said, {row.id for row in cast})


def _cast(report: Report, cast: Sequence[Any]) -> Iterator[Problem]:
    for row in cast:
        try:
            actor = rows.actor_of(row.fields)
        except (ValueError, TypeError, KeyError) as error:
            yield Problem(report.name, f"the actor {row.id!r} cannot be read: {error}. {RESTORE}")
            continue
        if actor.id != row.id:
            yield Problem(report.name, f"the actor {row.id!r} calls itself {actor.id!r}. {RESTORE}")


def _claims(report: Report, said: Sequence[Any], cast: set[str]) -> Iterator[Problem]:
    for (_, kind), found in groupby(said, key=lambda row: (row.revision, row.kind)):
        held = list(found)
        if [row.number for row in held] != list(range(len(held))):
            # No error: so it is, too, where the record was exported without what is marked for fewer eyes.
            yield Problem(report.name, f"some of its {kind} are missing, or there twice. {RESTORE}", "warning")
        seen: Counter[str] = Counter()
        for row in held:
            told = _claim(report, row, cast, seen)
            if told:
                yield Problem(report.name, f"the claim {row.id}: {told}. {RESTORE}")


def _claim(report: Report, row: Any, cast: set[str], seen: Counter[str]) -> str:
    """What is wrong with a claim, or nothing."""
    if row.kind not in KINDS:
        return f"there is no kind of finding {row.kind!r}"
    kind: Kind = row.kind
    try:
        fields = json.loads(row.fields)
        finding = scheme.finding_from_json(kind, fields, text=report.text, where=kind)
    except EvidenceError as error:
        return f"it does not quote its report: {error}"
    except (ValueError, TypeError, PeacetableError) as error:
        return f"it cannot be read: {error}"
    identity = claim_id(report.id, kind, fields)
    seen[identity] += 1
    again = seen[identity]
    if row.id != (claim_id(report.id, kind, fields, again=again) if again > 1 else identity):
        return "its id is not the hash of what it says"
    if (row.start, row.end) != (finding.evidence.start, finding.evidence.end):
        return f"it stands at {row.start}-{row.end}, and its evidence elsewhere"
    if canonical(fields) != row.fields:
        return "its JSON is not in the form that the record writes"
    return _refers(finding, cast)


def _refers(finding: Finding, cast: set[str]) -> str:
    strangers = {actor for _, actor in actors_of(finding)} - cast
    if strangers:
        return f"it names an actor that the report does not have: {min(strangers)!r}"
    if isinstance(finding, Commitment) and finding.under is not None and finding.under < 0:
        return f"it stands under an agreement {finding.under}"
    return ""


class _Beside:
    """Rows in groups, met in the order of their reports."""

    def __init__(self, groups: Iterator[tuple[str, list[Any]]]) -> None:
        self._groups = groups
        self._next = next(groups, None)

    def of(self, report: str) -> list[Any]:
        """The rows of a report; those of reports before it that are not there are orphans, and told as such."""
        while self._next is not None and self._next[0] < report:
            self._next = next(self._groups, None)
        if self._next is None or self._next[0] != report:
            return []
        found = self._next[1]
        self._next = next(self._groups, None)
        return found


# 6. What people did.


def _edges(connection: Connection) -> Iterator[Problem]:
    for row in _streamed(connection, select(tables.judgements).order_by(tables.judgements.c.number)):
        where = f"judgement {row.number}"
        if row.verdict not in get_args(Verdict):
            yield Problem(where, f"there is no verdict {row.verdict!r}. {RESTORE}")
        if not _is_json(row.reasons):
            yield Problem(where, f"its reasons cannot be read. {RESTORE}")
        for side in ("left", "right"):
            place = tuple(getattr(row, f"{side}_{part}") for part in ("report", "start", "end", "kind"))
            if not _stands(connection, *place):
                yield _nothing_there(where, *place)


def _acts(connection: Connection) -> Iterator[Problem]:
    for row in _streamed(connection, select(tables.acts).order_by(tables.acts.c.number)):
        where = f"act {row.number}"
        if row.what not in get_args(Deed):
            yield Problem(where, f"nobody can do {row.what!r} to a claim. {RESTORE}")
        if not _is_json(row.fields):
            yield Problem(where, f"what it says cannot be read. {RESTORE}")
        place = (row.report, row.start, row.end, row.kind)
        if row.kind and row.what != "add" and not _stands(connection, *place):
            yield _nothing_there(where, *place)


def _stands(connection: Connection, report: str, start: int, end: int, kind: str) -> bool:
    """Is there a claim at a place, by an engine or a person, now or before the report was read again?"""
    for table in (tables.claims, tables.acts):
        columns = table.c
        here = (columns.report == report, columns.start == start, columns.end == end, columns.kind == kind)
        added = (columns.what == "add",) if table is tables.acts else ()
        if connection.execute(select(columns.report).where(*here, *added).limit(1)).first():
            return True
    return False


def _nothing_there(where: str, report: str, start: int, end: int, kind: str) -> Problem:
    return Problem(
        where,
        f"it is about {kind} at {start}-{end} of report {report}, where there are none; it has no effect. "
        "Take it back with peacetable undo.",
        "warning",
    )


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _streamed(connection: Connection, query: Any) -> Iterator[Any]:
    yield from connection.execute(query, execution_options={"yield_per": AT_ONCE})
