"""A record in PostgreSQL: reaching it, letting one writer in at a time, and saying what is wrong with it.

A record fills one schema, the first of the connection's `search_path`; a database of its own is the simplest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from peacetable.errors import (
    NotARecordError,
    RecordDamagedError,
    RecordError,
    RecordFullError,
    RecordLockedError,
    RecordUnreachableError,
)

#: What every record has had since the first layout.
TABLES: Final = frozenset({"meta", "revisions", "reports", "claims"})
#: The first half of the lock that a writer takes, so that it is nobody else's; the other half is the schema.
LOCK: Final = 0x50637462

#: By the SQLSTATE that the server answers with, or its class (the first two characters).
_LOCKED: Final = ("55P03", "40P01", "40001")
_DAMAGED: Final = ("XX001", "XX002")
_REFUSED: Final = ("25006", "42501")
_CUT: Final = ("08", "57")


@dataclass(frozen=True, slots=True)
class Postgres:
    """A record on a server; see `databases.Database`."""

    target: str
    engine: Engine
    collation: str = "C"

    def identify(self, connection: Connection) -> bool:
        """Is it a record? By its tables."""
        found = set(inspect(connection).get_table_names())
        if found >= TABLES:
            return True
        if found:
            raise NotARecordError(
                self.target,
                f"the database holds other tables, such as {min(found)}",
                "Name an empty database, or give the record a schema of its own (?options=-csearch_path%3Dpeacetable).",
            )
        return False

    def faults(self, connection: Connection) -> Iterator[str]:
        """Nothing: the server tells when it reads."""
        yield from ()

    def prepare(self) -> None:
        """Nothing: the server is ready."""

    def mark(self, connection: Connection) -> None:
        """Nothing: the tables tell."""

    def index(self, connection: Connection, number: int, words: Sequence[str]) -> None:
        """Keep a document's words as a tsvector."""
        connection.exec_driver_sql(
            "INSERT INTO search (number, words) VALUES (%s, array_to_tsvector(%s::text[]))", (number, list(words))
        )

    def find(self, connection: Connection, words: Sequence[str], *, before: int | None, most: int) -> list[int]:
        """By a tsquery of quoted words alone."""
        query = " & ".join(f"'{word}'" for word in words)
        found = connection.exec_driver_sql(
            "SELECT number FROM search WHERE words @@ %s::tsquery AND number < %s ORDER BY number DESC LIMIT %s",
            (query, before if before is not None else 2**31 - 1, most),
        )
        return [number for (number,) in found]

    def indexed(self, connection: Connection) -> Iterator[tuple[str, int]]:
        """What the documents' tsvectors hold."""
        found = connection.exec_driver_sql("SELECT word, ndoc FROM ts_stat('SELECT words FROM search')")
        yield from ((word, documents) for word, documents in found)

    def documents(self, connection: Connection) -> int:
        """How many there are."""
        return int(connection.exec_driver_sql("SELECT count(*) FROM search").scalar_one())

    def empty_index(self, connection: Connection) -> None:
        """Remove the documents."""
        connection.exec_driver_sql("DELETE FROM search")

    def copy_to(self, path: Path) -> bool:
        """A database on a server is no file."""
        return False

    def count_on(self, connection: Connection) -> None:
        """Set the sequences, which know nothing of rows that brought their numbers."""
        for table in inspect(connection).get_table_names():
            if any(column["name"] == "number" for column in inspect(connection).get_columns(table)):
                connection.exec_driver_sql(
                    "SELECT setval(pg_get_serial_sequence(%s, 'number'), (SELECT max(number) FROM "  # noqa: S608
                    f"{table})) WHERE pg_get_serial_sequence(%s, 'number') IS NOT NULL",  # a name that we gave
                    (table, table),
                )

    def abandon(self) -> None:
        """Let go of the connections: what was not committed is not there."""
        self.engine.dispose()

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Say what is wrong with the server or the record in this package's own errors."""
        try:
            yield
        except DBAPIError as error:
            known = _translated(error, self.target)
            if known is error:
                raise
            raise known from error


def reach(target: str, *, busy_seconds: float) -> Postgres:
    """The database, which is not connected to before it is used.

    Raises:
        RecordError: it is no address, or the driver is not installed.
    """
    try:
        url = make_url(target).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise RecordError(f"{target}: this is no address. Write it as postgresql://user@host/name.") from error
    shown = target
    if url.password is not None:
        shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
    try:
        # A server may have been restarted since a connection was used last: that is tried first.
        engine = create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise RecordError(
            f"{shown}: a record in PostgreSQL needs the library psycopg. Install it: pip install 'peacetable[postgres]'"
        ) from error

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("writing", False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return
        # A commit is on the disk when it returns, whatever the server does by default.
        connection.exec_driver_sql(
            "SELECT set_config('lock_timeout', %s, true), set_config('synchronous_commit', "
            "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' "
            "ELSE current_setting('synchronous_commit') END, true)",
            (str(max(1, round(busy_seconds * 1000))),),
        )
        # One writer at a time, as with a file: revisions become visible in the order of their numbers.
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", (LOCK,))

    return Postgres(shown, engine)


def _translated(error: DBAPIError, target: str) -> Exception:
    state = getattr(error.orig, "sqlstate", None)
    said = str(error.orig).strip().split("\n")[0]
    if state is None:
        # Without an answer of the server: it was not reached, or went away.
        unreached = error.connection_invalidated or type(error.orig).__name__ == "OperationalError"
        return RecordUnreachableError(target, said) if unreached else error
    if state in _LOCKED:
        return RecordLockedError(target)
    if state == "53100":
        return RecordFullError(target)
    if state in _DAMAGED:
        return RecordDamagedError(target, said)
    if state[:2] in _CUT or state == "53300":
        return RecordUnreachableError(target, said)
    if state in _REFUSED:
        return RecordError(f"{target}: the record can be read but not written ({said}). Ask whoever keeps the server.")
    if state == "3F000":
        return RecordError(f"{target}: the schema does not exist. Make it first: CREATE SCHEMA name.")
    if state[:2] in ("22", "54"):
        return RecordError(f"{target}: the server cannot hold this ({said}). Nothing was changed.")
    return error  # a mistake in this package, not in the record
