"""A record as one SQLite file: telling such a file from others, connecting to it, and saying what is wrong with it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, StaticPool

from peacetable.errors import (
    NotARecordError,
    OutputError,
    RecordDamagedError,
    RecordError,
    RecordFullError,
    RecordLockedError,
    RecordMissingError,
)

MEMORY: Final = ":memory:"
#: "Pctb": written into the file's header, so that a record can be told from any other SQLite file.
APPLICATION: Final = 0x50637462
MAGIC: Final = b"SQLite format 3\x00"
#: Files up to this size are checked through when opened: it takes under 10 ms.
CHECKED_THROUGH: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """A record as a file, or in memory; see `databases.Database`."""

    target: str
    engine: Engine
    writable: bool = True
    fresh: bool = False
    collation: str = "BINARY"

    def identify(self, connection: Connection) -> bool:
        """Is it a record? Small files are checked through."""
        found = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if found == APPLICATION:
            if self.target != MEMORY and Path(self.target).stat().st_size <= CHECKED_THROUGH:
                said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
                if said != "ok":
                    raise RecordDamagedError(self.target, str(said))
            return True
        if found or connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar():
            raise NotARecordError(self.target, "an SQLite file of another program")
        return False

    def faults(self, connection: Connection) -> Iterator[str]:
        """What is wrong with the pages of the file."""
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
            if said != "ok":
                yield " ".join(str(said).split())

    def prepare(self) -> None:
        """Let readers and a writer work side by side (WAL). Nothing where it is so already."""
        with self.engine.connect() as connection:
            driver = connection.connection.driver_connection
            if isinstance(driver, sqlite3.Connection):
                with suppress(sqlite3.OperationalError):  # somebody else is at it: what is read is the same without
                    driver.execute("PRAGMA journal_mode = WAL")

    def mark(self, connection: Connection) -> None:
        """Write into the file's header that it is a record."""
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")

    def index(self, connection: Connection, number: int, words: Sequence[str]) -> None:
        """Put a document into the index of FTS5."""
        connection.exec_driver_sql("INSERT INTO search (rowid, words) VALUES (?, ?)", (number, " ".join(words)))

    def find(self, connection: Connection, words: Sequence[str], *, before: int | None, most: int) -> list[int]:
        """By FTS5, whose query is made of quoted words alone."""
        query = " ".join(f'"{word}"' for word in words)
        found = connection.exec_driver_sql(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            (query, before if before is not None else 2**62, most),
        )
        return [number for (number,) in found]

    def indexed(self, connection: Connection) -> Iterator[tuple[str, int]]:
        """What FTS5 holds."""
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row)")
        found = connection.exec_driver_sql("SELECT term, doc FROM temp.vocabulary")
        yield from ((term, documents) for term, documents in found)
        connection.exec_driver_sql("DROP TABLE temp.vocabulary")

    def documents(self, connection: Connection) -> int:
        """How many FTS5 holds."""
        return int(connection.exec_driver_sql("SELECT count(*) FROM search").scalar_one())

    def empty_index(self, connection: Connection) -> None:
        """Empty what FTS5 holds."""
        connection.exec_driver_sql("INSERT INTO search (search) VALUES ('delete-all')")

    def copy_to(self, path: Path) -> bool:
        """Copy the file as it is at one moment, through SQLite, which knows what still lies in the log."""
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with self.engine.connect() as connection, closing(sqlite3.connect(part)) as copy:
                driver = connection.connection.driver_connection
                if isinstance(driver, sqlite3.Connection):
                    driver.backup(copy)
            part.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(str(path), str(error)) from error
        finally:
            part.unlink(missing_ok=True)
        return True

    def count_on(self, connection: Connection) -> None:
        """Nothing: the next number is always one more than the highest."""

    def abandon(self) -> None:
        """Remove the file if it was made just now."""
        self.engine.dispose()
        if self.fresh:
            path = Path(self.target)
            for each in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
                each.unlink(missing_ok=True)

    def close(self) -> None:
        """Bring what was written into the one file, so that it can be copied; leave it where somebody still reads."""
        with suppress(DBAPIError, RecordError):  # what was committed is safe in the log beside the file
            if self.writable and (self.target == MEMORY or Path(self.target).exists()):
                self._checkpoint()
        self.engine.dispose()

    def _checkpoint(self) -> None:
        with self.engine.connect() as connection:
            driver = connection.connection.driver_connection
            if isinstance(driver, sqlite3.Connection):
                driver.execute("PRAGMA busy_timeout = 0")
                with suppress(sqlite3.OperationalError):  # no room on the disk: what was written stays whole in the log
                    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def plainly(self) -> Iterator[None]:
        """Say what is wrong with the file in this package's own errors."""
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            known = _translated(error, self.target)
            if known is error:
                raise
            raise known from error


def reach(target: str, *, create: bool, busy_seconds: float) -> SqliteFile:
    """The file, after a look at it; every connection waits that long for another writer, and keeps foreign keys.

    Raises:
        RecordError: what is there cannot be a record.
    """
    _look(target, create=create)
    fresh = target != MEMORY and not Path(target).exists()
    writable = target == MEMORY or _writable(Path(target))
    address = target if writable else _read_only(Path(target))

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(address, timeout=busy_seconds, check_same_thread=False, uri=not writable)

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool if target == MEMORY else NullPool)

    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where `on_begin` says, not where the driver guesses
        connection.execute("PRAGMA foreign_keys = ON")
        # A commit is on the disk when it returns, also if the power fails then: NORMAL would lose the last reports.
        # It costs one flush a report, little beside reading it.
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A writer takes its lock at once: a reader that turns writer half-way could not wait for it.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return SqliteFile(target, engine, writable, fresh)


def _look(target: str, *, create: bool) -> None:
    """Refuse what cannot be a record, before it is opened.

    Raises:
        RecordMissingError: there is nothing, and nothing is to be made.
        NotARecordError: it is a folder or another kind of file.
        RecordDamagedError: it ends too early.
        RecordError: it is no file's name, or its folder does not exist.
    """
    if target == MEMORY:
        return
    if not target or "://" in target:
        found = "the name is empty" if not target else "a record lies in a file or in PostgreSQL"
        raise RecordError(f"{target or 'record'}: {found}. Name a file, such as process.db, or postgresql://host/name.")
    path = Path(target)
    if not path.parent.is_dir():
        raise RecordError(f"{target}: the folder {path.parent} does not exist. Make it first, or name another file.")
    if path.is_dir():
        raise NotARecordError(target, "a folder")
    if not path.exists() or not path.stat().st_size:
        if not create:
            raise RecordMissingError(target)
        return
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise RecordError(f"{target}: the file cannot be read ({error.strerror}). Check its permissions.") from error
    if not header.startswith(MAGIC):
        if MAGIC.startswith(header):
            raise RecordDamagedError(target, "it breaks off in its first bytes")
        raise NotARecordError(target, "not an SQLite file")
    _check_length(path, header, target)


def _writable(path: Path) -> bool:
    """May this program write the file, and beside it, where the log of a writer lies? By its effective rights."""
    effective = os.access in os.supports_effective_ids
    return all(
        os.access(each, os.W_OK, effective_ids=effective) for each in (path, path.absolute().parent) if each.exists()
    )


def _read_only(path: Path) -> str:
    """The address under which a file is only read: with a writer at work through its log, else as a file at rest."""
    log = path.with_name(f"{path.name}-wal")
    return f"{path.absolute().as_uri()}?mode=ro{'' if log.exists() else '&immutable=1'}"


def _translated(error: DBAPIError | sqlite3.Error, target: str) -> Exception:
    cause = error.orig if isinstance(error, DBAPIError) else error
    extended = getattr(cause, "sqlite_errorcode", 0)
    code = extended & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return RecordLockedError(target)
    if code == sqlite3.SQLITE_FULL or extended == sqlite3.SQLITE_IOERR_SHMSIZE:
        return RecordFullError(target)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return RecordDamagedError(target, str(cause))
    if code == sqlite3.SQLITE_READONLY:
        return RecordError(f"{target}: the record can be read but not written. Check the permissions of the file.")
    if code == sqlite3.SQLITE_CANTOPEN:
        return RecordError(
            f"{target}: the record cannot be opened. Check the permissions of the file and of its folder: "
            "both must be writable."
        )
    if code == sqlite3.SQLITE_IOERR:
        return RecordError(f"{target}: the disk gave an error ({cause}). What was recorded before is whole.")
    return error  # a mistake in this package, not in the file


def _check_length(path: Path, header: bytes, target: str) -> None:
    """A file shorter than its header says was cut, unless its newest pages still lie in the log beside it."""
    size = int.from_bytes(header[16:18], "big")
    pages = int.from_bytes(header[28:32], "big")
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return
    expected = pages * (65536 if size == 1 else size)
    if path.stat().st_size < expected:
        raise RecordDamagedError(target, f"{path.stat().st_size} bytes where there should be {expected}")
