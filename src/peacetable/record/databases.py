"""Where a record lies: one SQLite file, or a schema of a PostgreSQL database.

The two differ in how they are reached, how writers wait for each other, what is wrong with them and how words are found
in them, and in nothing else: each says these things in a module of its own, behind the one protocol below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import Connection, Engine

SERVER: Final = ("postgresql://", "postgres://", "postgresql+psycopg://")


class Database(Protocol):
    """One record's database, reached."""

    @property
    def target(self) -> str:
        """The record's address, for messages: without a password."""

    @property
    def engine(self) -> Engine:
        """Makes connections. A transaction with the execution option `writing` is the only one that writes meanwhile;
        one without sees the record as it was when it began, and holds nobody up."""

    @property
    def collation(self) -> str:
        """The order of texts by their code points, under the name that the database has for it."""

    def identify(self, connection: Connection) -> bool:
        """Is it a record? False where it is an empty database that can become one.

        Raises:
            NotARecordError: another program's database.
            RecordDamagedError: what is in it does not hold together.
        """

    def faults(self, connection: Connection) -> Iterator[str]:
        """What the database itself finds wrong with how the record lies in it."""

    def prepare(self) -> None:
        """What is to be done once, outside of transactions, before a record is made or changed."""

    def mark(self, connection: Connection) -> None:
        """Mark it as a record, within the connection's transaction."""

    def index(self, connection: Connection, number: int, words: Sequence[str]) -> None:
        """Let a document be found by its words."""

    def find(self, connection: Connection, words: Sequence[str], *, before: int | None, most: int) -> list[int]:
        """The documents that have all of the words, the highest number first, below a number."""

    def indexed(self, connection: Connection) -> Iterator[tuple[str, int]]:
        """Every word that is found, and in how many documents."""

    def documents(self, connection: Connection) -> int:
        """How many documents can be found."""

    def empty_index(self, connection: Connection) -> None:
        """Let nothing be found any more."""

    def copy_to(self, path: Path) -> bool:
        """Copy itself into a file, whole or not at all, while others write; False where it is none.

        Raises:
            OutputError: the file cannot be written.
        """

    def count_on(self, connection: Connection) -> None:
        """After rows that brought their numbers: the next row gets the next number."""

    def abandon(self) -> None:
        """Let go of it; where no record came of it, leave nothing that was not there before."""

    def close(self) -> None:
        """Let go of it, leaving nothing behind; doing it twice does no harm."""

    def plainly(self) -> AbstractContextManager[None]:
        """Say what is wrong with the database in this package's own errors.

        Raises:
            RecordLockedError, RecordFullError, RecordDamagedError, RecordUnreachableError, RecordError
        """


def reach(target: str, *, create: bool, busy_seconds: float) -> Database:
    """The database at a record's address.

    Args:
        target: a file, ":memory:", or the address of a PostgreSQL database: postgresql://user@host/name.
        create: a record may be made where there is none.
        busy_seconds: how long to wait for another writer.

    Raises:
        RecordError: what is there cannot be a record, or cannot be reached.
    """
    if target.startswith(SERVER):
        from peacetable.record import postgres

        return postgres.reach(target, busy_seconds=busy_seconds)
    from peacetable.record import sqlite

    return sqlite.reach(target, create=create, busy_seconds=busy_seconds)
