"""The record in PostgreSQL: what is particular to a server, and what is wrong with one is said clearly."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from factories import make_reading, make_report
from peacetable.errors import (
    NotARecordError,
    RecordError,
    RecordFullError,
    RecordLockedError,
    RecordUnreachableError,
)
from peacetable.model import Reading
from peacetable.record.store import Store
from postgres_server import Server


def reading(text: str = "Talks went on at the ford.") -> Reading:
    return make_reading(make_report(text), {})


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    with Store.open(server.new(), create=True) as opened:
        yield opened


def test_two_records_lie_side_by_side_in_schemas_of_one_database(server: Server) -> None:
    with Store.open(server.new(), create=True) as one, Store.open(server.new(), create=True) as other:
        assert one.add(reading())
        assert other.view().reports() == ()


def test_a_password_is_never_shown(server: Server) -> None:
    with pytest.raises(RecordUnreachableError) as raised:
        Store.open("postgresql://ada:secret@/nowhere?host=/nowhere")
    assert "secret" not in str(raised.value)
    assert "postgresql://ada:***@/nowhere" in str(raised.value)


def test_a_server_that_does_not_answer_is_named(server: Server) -> None:
    with pytest.raises(RecordUnreachableError, match="the server does not answer"):
        Store.open("postgresql://tests@127.0.0.1:1/postgres?connect_timeout=2")


def test_a_database_that_is_not_there_is_named(server: Server) -> None:
    with pytest.raises(RecordUnreachableError, match='database "absent" does not exist'):
        Store.open(server.database.replace("/postgres?", "/absent?"), create=True)


def test_a_schema_that_is_not_there_is_to_be_made_first(server: Server) -> None:
    with pytest.raises(RecordError, match="CREATE SCHEMA"):
        Store.open(f"{server.database}&options=-csearch_path%3Dabsent", create=True)


def test_other_tables_are_no_record_and_stay(server: Server) -> None:
    address = server.new()
    server.execute("CREATE TABLE recipes (name text)", address)
    with pytest.raises(NotARecordError, match=r"such as recipes\)\. Name an empty database"):
        Store.open(address, create=True)
    server.execute("SELECT name FROM recipes", address)


def test_no_address_at_all_is_told(server: Server) -> None:
    with pytest.raises(RecordError, match="Write it as postgresql://user@host/name"):
        Store.open("postgresql://host:port/name")


def test_without_its_driver_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(RecordError, match=r"pip install 'peacetable\[postgres\]'"):
        Store.open("postgresql:///peace")


def test_a_record_that_another_program_writes_to_says_so_and_can_be_read(server: Server) -> None:
    address = server.new()
    Store.open(address, create=True).close()
    with Store.open(address) as other, Store.open(address, busy_seconds=0.05) as store:
        with other._writing(), pytest.raises(RecordLockedError, match="another program is writing to the record"):
            store.add(reading())
        assert store.view().reports() == ()
        assert store.add(reading())


def test_who_may_only_read_can_see_the_record_and_is_told_when_writing(server: Server) -> None:
    address = server.new()
    with Store.open(address, create=True) as store:
        store.add(reading())
    schema = address.rpartition("%3D")[2]
    server.execute(f"CREATE ROLE {schema}_reader LOGIN")
    server.execute(f"GRANT USAGE ON SCHEMA {schema} TO {schema}_reader")
    server.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {schema}_reader")
    with Store.open(address.replace("tests@", f"{schema}_reader@")) as store:
        assert len(store.view().reports()) == 1
        with pytest.raises(RecordError, match="can be read but not written"):
            store.add(reading("Another day at the ford."))


def test_a_full_disk_leaves_whole_reports(store: Store, server: Server) -> None:
    store.add(reading())
    address = server.database + "&options=-csearch_path%3D" + store.target.rpartition("%3D")[2]
    # A server's disk cannot be filled in a test: a trigger gives the answer that the server would give.
    server.execute(
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$",
        address,
    )
    server.execute("CREATE TRIGGER full_disk BEFORE INSERT ON actors EXECUTE FUNCTION full_disk()", address)
    actors = {"actors": [{"id": "arland", "name": "Arland", "kind": "state"}]}
    more = make_reading(make_report("Arland was quiet."), actors)
    with pytest.raises(RecordFullError, match="the disk is full"):
        store.add(more)
    assert len(store.view().reports()) == 1
    server.execute("DROP TRIGGER full_disk ON actors", address)
    assert store.add(more)


def test_a_connection_that_was_cut_loses_nothing_and_the_next_write_connects_anew(store: Store, server: Server) -> None:
    store.add(reading())

    def cut() -> None:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tests' AND pid <> pg_backend_pid()"
        )

    def be_cut_off_while_writing() -> None:
        with store._writing() as writing:
            cut()
            writing.exec_driver_sql("SELECT 1")

    with pytest.raises(RecordUnreachableError, match="What was recorded before is whole"):
        be_cut_off_while_writing()
    assert [report.text for report in store.view().reports()] == ["Talks went on at the ford."]
    cut()  # while nobody uses it: nothing is to be noticed
    assert store.add(reading("Another day at the ford."))


def test_a_server_that_is_killed_and_started_again_has_everything_that_was_recorded(server: Server) -> None:
    own = Server()  # not the one that other tests use
    own.start()
    address = own.new()
    with Store.open(address, create=True) as store:
        for number in range(5):
            store.add(reading(f"Day {number} at the ford."))
        own.kill()
        with pytest.raises(RecordUnreachableError):
            store.add(reading("The day of the crash."))
        own.start()
        assert store.add(reading("The day of the crash."))
        assert len(store.view().reports()) == 6
    own.discard()
