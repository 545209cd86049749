"""A whole record as lines of JSON, out and in: the same on both kinds of database, and never in memory at once.

The first line says which layout follows, then comes one line a row, and the last line counts and seals what stands
before it. Numbers and times are kept: what goes in comes out to the letter. `digest` is the other way to compare two
records: by what they hold, without clocks, numbers and what was taken back.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, MetaData, Select, String, Table, collate, inspect, select

from peacetable.errors import ImportedError, RecordDamagedError, RecordError
from peacetable.record import layout, searching, soundness, tables
from peacetable.record.claim_ids import canonical
from peacetable.record.databases import Database
from peacetable.record.withholding import Withheld

#: Rows that are read, or written, at a time; fewer where one may be a long text.
AT_ONCE: Final = 500
LONG: Final = {"reports": 10, "raws": 10}
#: What the first line begins with, so that the file can be told from others.
MARK: Final = "peacetable record"


def lines(connection: Connection, database: Database, *, withheld: Withheld | None = None) -> Iterator[str]:
    """A record as lines of JSON, each with its line end.

    Args:
        connection: reads.
        database: the record's.
        withheld: leaves out what is marked for fewer eyes than the lines are for.

    Raises:
        RecordDamagedError: a row cannot be read.
    """
    seal = hashlib.sha256()
    count = -1
    for line in _rows(connection, database, withheld):
        seal.update(line.encode())
        count += 1
        yield line
    yield _line({"end": {"rows": count, "sha256": seal.hexdigest()}})


def digest(connection: Connection, database: Database) -> str:
    """A hash of what a record holds as it stands: the same reports in another order, or twice, make the same."""
    made = hashlib.sha256()
    for table in tables.metadata.sorted_tables:
        if table not in (tables.meta, tables.revisions):
            for row in _streamed(connection, table, _content(table, database)):
                made.update(_line([table.name, _json(row, database)]).encode())
    return made.hexdigest()


def take_over(connection: Connection, database: Database, given: Iterable[str], *, replace: bool = False) -> None:
    """Fill an empty database from lines, within the connection's transaction, and bring it to the layout of today.

    Args:
        connection: may write.
        database: the new record's.
        given: the lines.
        replace: put them in the place of a record that is there.

    Raises:
        ImportedError: the lines are not those of a whole record.
        RecordNewerError: a newer peacetable wrote them, or the record that is to be replaced.
        RecordError: there is a record already.
    """
    if database.identify(connection):
        if not replace:
            raise RecordError(
                f"{database.target}: there is a record already. Name a new one, or replace it (--replace)."
            )
        layout.current(layout.layout(connection), target=database.target)
        layout.clear(connection)
    sealed = _Sealed(given, database.target)
    found = sealed.header()
    layout.current(found, target=database.target)
    if not layout.existed(found):
        raise sealed.refuse(f"there never was a layout {found!r}")
    layout.migrate(connection, to=found)
    known = {name: Table(name, MetaData(), autoload_with=connection) for name in inspect(connection).get_table_names()}
    for name, rows in _runs(sealed.rows()):
        table = known.get(name)
        if table is None or name not in tables.metadata.tables:
            raise sealed.refuse(f"there is no table {name!r}")
        _insert(connection, table, rows, sealed)
    database.count_on(connection)
    layout.migrate(connection)
    searching.rebuild(connection, database)
    database.mark(connection)
    wrong = [problem for problem in soundness.check(connection, database).problems if problem.level == "error"]
    if wrong:
        raise sealed.refuse(f"{wrong[0].where}: {wrong[0].message}")


# Out.


def _rows(connection: Connection, database: Database, withheld: Withheld | None) -> Iterator[str]:
    yield _line({MARK: {"layout": tables.LAYOUT}})
    for table in tables.metadata.sorted_tables:
        keys = [_sortable(column, database) for column in table.primary_key]
        for row in _streamed(connection, table, select(table).order_by(*keys)):
            shown = withheld.row(table.name, row) if withheld else row
            if shown is not None:
                yield _line({table.name: _json(shown, database)})


def _streamed(connection: Connection, table: Table, query: Select[Any]) -> Iterator[dict[str, Any]]:
    for row in connection.execute(query, execution_options={"yield_per": LONG.get(table.name, AT_ONCE)}):
        yield dict(row._mapping)


def _content(table: Table, database: Database) -> Select[Any]:
    """What stands in a table, without what only tells when it was put there."""
    ends = {"superseded", "undone", "withdrawn"} & set(table.columns.keys())
    when = {"revision", *ends}
    if table.primary_key.columns.keys() == ["number"]:
        when.add("number")  # in the order in which it was written
    columns = [column for column in table.columns if column.name not in when]
    standing = [table.c[name].is_(None) for name in ends]
    return select(*columns).where(*standing).order_by(*(_sortable(each, database).nulls_first() for each in columns))


def _sortable(column: Column[Any], database: Database) -> Any:
    return collate(column, database.collation) if isinstance(column.type, String) else column


def _json(row: dict[str, Any], database: Database) -> dict[str, Any]:
    made = {}
    for name, value in row.items():
        if isinstance(value, bytes | memoryview):
            made[name] = {"base64": base64.b64encode(value).decode()}
        elif name in tables.JSON and value is not None:
            try:
                made[name] = json.loads(value)
            except ValueError as error:
                raise RecordDamagedError(database.target, f"{name} of a row is no JSON: {error}") from error
        else:
            made[name] = value
    return made


def _line(value: Any) -> str:
    return canonical(value) + "\n"


# In.


class _Sealed:
    """Lines that are read once, counted, and compared with what the last one says."""

    def __init__(self, given: Iterable[str], target: str) -> None:
        self._given = iter(given)
        self._target = target
        self._seal = hashlib.sha256()
        self.number = 0

    def header(self) -> str:
        """The layout that the first line tells."""
        found = self._next()
        about = found.get(MARK) if found else None
        if not isinstance(about, dict) or not isinstance(about.get("layout"), str):
            raise self.refuse("the first line is not that of an exported record")
        return str(about["layout"])

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Table and row of each line, up to the last line."""
        while True:
            seal = self._seal.hexdigest()
            found = self._next()
            if found is None:
                raise self.refuse("no line follows, and the last one is missing: the file was cut off")
            name, row = next(iter(found.items()), ("", None))
            if len(found) != 1 or not isinstance(row, dict):
                raise self.refuse("it is not one row of one table")
            if name != "end":
                yield name, row
                continue
            if row != {"rows": self.number - 2, "sha256": seal}:
                raise self.refuse("the lines before it are not those that were written")
            return

    def refuse(self, detail: str) -> ImportedError:
        """The error for the line at hand."""
        return ImportedError(self._target, self.number, detail)

    def _next(self) -> dict[str, Any] | None:
        line = next(self._given, None)
        if line is None:
            return None
        self.number += 1
        self._seal.update(line.encode())
        try:
            found = json.loads(line)
        except ValueError as error:
            raise self.refuse(f"it is no JSON ({error})") from error
        if not isinstance(found, dict):
            raise self.refuse("it is no JSON object")
        return found


def _runs(rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of one table that follow each other, some at a time."""
    name = ""
    held: list[dict[str, Any]] = []
    for table, row in rows:
        if held and (table != name or len(held) == LONG.get(name, AT_ONCE) or row.keys() != held[0].keys()):
            yield name, held
            held = []
        name = table
        held.append(row)
    if held:
        yield name, held


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], sealed: _Sealed) -> None:
    if unknown := rows[0].keys() - set(table.columns.keys()):
        raise sealed.refuse(f"the table {table.name} has no {min(unknown)!r}")
    try:
        connection.execute(table.insert(), [{name: _value(each) for name, each in row.items()} for row in rows])
    except (binascii.Error, ValueError, TypeError) as error:
        raise sealed.refuse(f"or one of the {len(rows)} lines before it: a value is not as it was written") from error


def _value(given: Any) -> Any:
    if isinstance(given, dict) and given.keys() == {"base64"}:
        return base64.b64decode(given["base64"], validate=True)
    return canonical(given) if isinstance(given, dict | list) else given
