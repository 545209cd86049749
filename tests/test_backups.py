"""Backup and restore while others read and write, and a record that can only be read."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from factories import make_reading, make_report
from peacetable.errors import OutputError, RecordError
from peacetable.model import Reading
from peacetable.record import layout
from peacetable.record.databases import reach
from peacetable.record.store import Store
from postgres_server import Server

#: Nobody's user id: files of root's are not his.
NOBODY = 65534


def reading(text: str) -> Reading:
    talks = {"kind": "meeting", "status": "held", "participants": [], "evidence": {"quote": text.partition(".")[0]}}
    return make_reading(make_report(text), {"talks": [talks]})


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        opened.add(reading("Talks were held at the ford."))
        yield opened


def restored(backup: Path, target: str, *, replace: bool = False) -> Store:
    if backup.read_bytes().startswith(b"SQLite"):
        with Store.open(str(backup)) as source:
            return Store.take_over(target, source.lines(), replace=replace)
    with backup.open(encoding="utf-8", newline="") as lines:
        return Store.take_over(target, lines, replace=replace)


def test_a_backup_is_the_record(store: Store, tmp_path: Path) -> None:
    store.back_up(tmp_path / "backup")
    with restored(tmp_path / "backup", str(tmp_path / "restored.db")) as other:
        assert list(other.lines()) == list(store.lines())
    assert sorted(path.name for path in tmp_path.iterdir() if "record" not in path.name) == ["backup", "restored.db"]


def test_the_backup_of_a_file_is_a_record_itself(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "record.db"), create=True) as store:
        store.add(reading("Talks were held at the ford."))
        store.back_up(tmp_path / "copy.db")  # what is still in the log comes along
        with Store.open(str(tmp_path / "copy.db")) as copy:
            assert copy.view().reports() == store.view().reports()


def test_a_backup_is_made_while_others_write_and_is_whole(store: Store, address: str, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        with Store.open(address) as other:
            for number in range(1_000):
                if done.is_set():
                    return
                other.add(reading(f"Talks number {number} were held. All went home."))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            store.back_up(tmp_path / f"backup-{number}")
    finally:
        done.set()
        writer.join()
    for number in range(3):
        with restored(tmp_path / f"backup-{number}", str(tmp_path / f"restored-{number}.db")) as other:
            assert other.check().problems == ()


def test_a_backup_is_restored_over_a_record_that_is_being_read(store: Store, address: str, tmp_path: Path) -> None:
    store.back_up(tmp_path / "backup")
    store.add(reading("Talks were held at the bridge."))
    before = store.view()
    with restored(tmp_path / "backup", address, replace=True) as other:
        assert len(other.view().reports()) == 1
    assert len(before.reports()) == 2
    assert [report.text for report in store.view().reports()] == ["Talks were held at the ford."]
    store.add(reading("Talks were held on the hill."))
    quotes = {claim.finding.evidence.quote for claim in store.view().claims()}
    assert quotes == {"Talks were held at the ford", "Talks were held on the hill"}
    assert store.check().problems == ()


def test_a_restore_that_fails_leaves_the_record_as_it_was(store: Store, address: str, tmp_path: Path) -> None:
    lines = list(store.lines())
    store.add(reading("Talks were held at the bridge."))
    with pytest.raises(RecordError):
        Store.take_over(address, lines[:-1], replace=True)
    assert len(store.view().reports()) == 2


def test_a_backup_that_cannot_be_written_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        store.back_up(tmp_path / "nowhere" / "backup")
    (tmp_path / "taken").mkdir()
    with pytest.raises(OutputError):
        store.back_up(tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir() if "record" not in path.name] == ["taken"]


# A record that can only be read.


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that everybody may look into."""
    folder = Path(tempfile.mkdtemp(prefix="peacetable-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody who may write nothing here: permissions do not hold root up."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("locked", ["file", "folder", "both"])
def test_a_record_that_can_only_be_read_can_be_viewed(shelf: Path, locked: str) -> None:
    path = shelf / "100%.db"
    with Store.open(str(path), create=True) as store:
        store.add(reading("Talks were held at the ford."))
    path.chmod(0o444 if locked != "folder" else 0o666)
    shelf.chmod(0o555 if locked != "file" else 0o777)
    with without_rights(), Store.open(str(path)) as store:
        assert len(store.view().claims("talks")) == 1
        assert store.check().problems == ()
        with pytest.raises(RecordError, match="can be read but not written"):
            store.add(reading("Talks were held at the bridge."))
    assert [each.name for each in shelf.iterdir()] == ["100%.db"]


def test_a_record_that_can_only_be_read_is_seen_as_its_writer_leaves_it(shelf: Path) -> None:
    path = shelf / "record.db"
    with Store.open(str(path), create=True) as writer:
        writer.add(reading("Talks were held at the ford."))
        with writer._reading():  # keeps the log beside the file
            for each in shelf.iterdir():
                each.chmod(0o644)
            with without_rights(), Store.open(str(path)) as store:
                assert len(store.view().reports()) == 1


def test_a_backup_of_a_record_that_can_only_be_read(shelf: Path, tmp_path: Path) -> None:
    path = shelf / "record.db"
    with Store.open(str(path), create=True) as store:
        store.add(reading("Talks were held at the ford."))
    path.chmod(0o444)
    shelf.chmod(0o555)
    with without_rights(), tempfile.TemporaryDirectory() as folder, Store.open(str(path)) as store:
        store.back_up(Path(folder) / "copy.db")
        with Store.open(str(Path(folder) / "copy.db")) as copy:
            assert copy.add(reading("Talks were held at the bridge."))


def test_an_older_record_that_can_only_be_read_says_that_it_cannot_be_brought_up_to_date(shelf: Path) -> None:
    path = shelf / "record.db"
    database = reach(str(path), create=True, busy_seconds=1)
    with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
        layout.migrate(connection, to="0001")
        database.mark(connection)
    database.close()
    path.chmod(0o444)
    shelf.chmod(0o555)
    with without_rights(), pytest.raises(RecordError, match="can be read but not written"):
        Store.open(str(path))


def test_nothing_is_restored_where_there_is_a_record(store: Store, address: str, server: Server) -> None:
    with pytest.raises(RecordError, match="--replace"):
        Store.take_over(address, list(store.lines()))
