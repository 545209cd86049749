"""Which layout a record has, and bringing an older one up to date.

Alembic does the work and is imported only then: a record of today's layout opens with one plain SELECT.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from peacetable.errors import RecordNewerError
from peacetable.record import tables

#: Where the numbered migrations lie.
MIGRATIONS: Final = Path(__file__).parent / "migrations"


def layout(connection: Connection) -> str | None:
    """The layout of the database that is connected to; None where it holds no record."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def current(found: str | None, *, target: str) -> bool:
    """Is that the layout that this peacetable writes?

    Raises:
        RecordNewerError: it is a later one.
    """
    if found is not None and found > tables.LAYOUT:
        raise RecordNewerError(target, found=found, known=tables.LAYOUT)
    return found == tables.LAYOUT


def existed(found: str) -> bool:
    """Was there ever a layout of that number?"""
    return found in {path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*_*.py")}


def clear(connection: Connection) -> None:
    """Remove a record from its database, within the connection's transaction."""
    tables.metadata.drop_all(connection)
    for table in ("search", "alembic_version"):
        connection.execute(text(f"DROP TABLE IF EXISTS {table}"))


def migrate(connection: Connection, *, to: str = "head") -> None:
    """Bring the database to the layout of today, or to an older one on the way there, within the connection's
    transaction: all of it or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
