"""The record's layout: what the migrations make is what the code expects, and opening an up-to-date record is quick."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from peacetable.record import layout, tables
from peacetable.record.databases import reach
from peacetable.record.store import Store


def test_the_migrations_make_the_tables_that_the_code_uses(address: str) -> None:
    database = reach(address, create=True, busy_seconds=1)
    with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
        layout.migrate(connection)

        def ours(name: str | None, kind: str, _parents: object) -> bool:
            return kind != "table" or not str(name).startswith("search")  # each database's own

        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": ours})
        assert compare_metadata(context, tables.metadata) == []
    database.close()


def test_the_layout_is_the_number_of_the_newest_migration() -> None:
    numbers = sorted(path.name[:4] for path in (layout.MIGRATIONS / "versions").glob("0*.py"))
    assert numbers[-1] == tables.LAYOUT
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_a_record_that_broke_off_while_it_was_made_is_made_anew(tmp_path: Path) -> None:
    target = tmp_path / "record.db"
    connection = sqlite3.connect(target)
    connection.execute("PRAGMA journal_mode = WAL")  # as far as a first start may come before it is killed
    connection.close()
    with Store.open(str(target), create=True) as store:
        assert list(store.view().reports()) == []


def test_a_record_of_todays_layout_opens_without_alembic(tmp_path: Path) -> None:
    target = str(tmp_path / "record.db")
    Store.open(target, create=True).close()
    program = f"""
import sys
from peacetable.record.store import Store
with Store.open({target!r}) as store:
    store.view().reports()
print(*(name for name in ("alembic", "rapidfuzz", "countryinfo", "numpy") if name in sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
