"""The record as a file: what goes in is whole and comes out the same, and what is wrong with it is said clearly."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event

from factories import make_reading, make_report
from peacetable.errors import (
    NotARecordError,
    RecordDamagedError,
    RecordError,
    RecordFullError,
    RecordLockedError,
    RecordMissingError,
    RecordNewerError,
)
from peacetable.ledger import Judgement, View
from peacetable.model import Commitment, Furniture, Problem, Reading, Span, When
from peacetable.record.store import Store

TEXT = "The river pact binds Arland to leave the ford by 1 May, envoy Ida Holm said."
FINDINGS = {
    "actors": [
        {"id": "arland", "name": "Arland", "kind": "state"},
        {"id": "holm", "name": "Ida Holm", "kind": "person", "part_of": "arland", "role": "envoy"},
    ],
    "agreements": [
        {"name": {"quote": "The river pact"}, "parties": ["arland"], "status": "signed", "evidence": {"quote": TEXT}}
    ],
    "commitments": [
        {
            "by": "arland",
            "modality": "must",
            "action": {"quote": "leave the ford"},
            "due": "../2021-05-01",
            "when": {"due": {"words": "by 1 May", "rule": "day-month"}},
            "under": 0,
            "evidence": {"quote": "The river pact binds Arland to leave the ford by 1 May"},
            "according_to": "holm",
        }
    ],
}


def reading(text: str = TEXT, **report: str) -> Reading:
    return make_reading(make_report(text, **report), FINDINGS if text == TEXT else {})


@pytest.fixture
def target(tmp_path: Path) -> str:
    return str(tmp_path / "record.db")


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty record in a file, and another in PostgreSQL."""
    with Store.open(address, create=True) as opened:
        yield opened


def test_a_reading_comes_out_as_it_went_in(store: Store) -> None:
    given = reading()
    assert store.add(given)
    view = store.view()
    assert list(view.reports()) == [given.report]
    assert {claim.finding for claim in view.claims()} == set(given.findings)
    duty = view.claims("commitments")[0].finding
    assert isinstance(duty, Commitment)
    assert duty.due == When("../2021-05-01", words="by 1 May", rule="day-month")


def test_a_view_is_what_everything_else_reads(store: Store) -> None:
    view: View = store.view()
    assert (view.as_of, list(view.reports()), list(view.claims()), list(view.disputes())) == (None, [], [], [])


def test_the_same_report_twice_is_once(store: Store) -> None:
    assert store.add(reading())
    assert not store.add(reading())
    assert len(store.view().reports()) == 1


def test_claims_have_ids_that_depend_on_what_they_say_and_where(store: Store, tmp_path: Path) -> None:
    store.add(reading())
    with Store.open(str(tmp_path / "other.db"), create=True) as other:
        other.add(reading("Nothing of note happened at the ford."))
        other.add(reading())
        assert {claim.id for claim in other.view().claims()} == {claim.id for claim in store.view().claims()}


def test_everything_about_a_report_is_kept(store: Store) -> None:
    report = make_report(
        "SHARE\nThe ford was quiet.", published=None, title="Quiet", url="https://example.org/a", language="en",
        furniture=(Furniture(Span(0, 5, "SHARE"), "share"),), signature=(3, 1, 4), raw=b"<p>SHARE</p>",
    )  # fmt: skip
    store.add(make_reading(report, {}))
    assert list(store.view().reports()) == [report]
    assert store.raw(report.id) == b"<p>SHARE</p>"
    assert store.raw("nothing") is None


def test_a_record_is_there_when_it_is_opened_again(address: str) -> None:
    with Store.open(address, create=True) as store:
        store.add(reading())
    with Store.open(address) as store:
        assert len(store.view().claims()) == 2


def test_closing_leaves_one_file_and_may_be_done_twice(target: str) -> None:
    store = Store.open(target, create=True)
    store.add(reading())
    store.close()
    store.close()
    assert [path.name for path in Path(target).parent.iterdir()] == ["record.db"]


def test_a_record_can_be_in_memory() -> None:
    with Store.open(":memory:") as store:
        assert store.add(reading())
        assert len(store.view().reports()) == 1


def test_an_older_view_does_not_change(store: Store) -> None:
    store.add(reading())
    before = store.view()
    store.add(reading("Talks went on at the ford."))
    assert len(before.reports()) == 1
    assert len(store.view().reports()) == 2


def test_as_of_shows_what_had_been_published_by_then_and_what_has_no_date(store: Store) -> None:
    for name, published in (("early", "2021-03-12"), ("late", "2021-03-18"), ("month", "2021-03"), ("never", None)):
        store.add(make_reading(make_report(f"The {name} report.", name=name, published=published), {}))
    seen = {report.name for report in store.view(as_of=date(2021, 3, 13)).reports()}
    assert seen == {"early", "never"}


def test_recorded_by_shows_what_had_been_recorded_by_then(store: Store) -> None:
    store.add(reading())
    store.add(reading("Talks went on at the ford."))
    assert len(store.view(recorded_by=1).reports()) == 1


def test_reports_come_in_the_order_of_publication(store: Store) -> None:
    for name, published in (("c", None), ("b", "2021-03-18"), ("a", "2021-03-18"), ("d", "2020")):
        store.add(make_reading(make_report(f"Report {name}.", name=name, published=published), {}))
    assert [report.name for report in store.view().reports()] == ["d", "a", "b", "c"]


def test_what_could_not_be_taken_in_is_kept_once(store: Store) -> None:
    problem = Problem("scan.pdf", "the file holds no text")
    store.note(problem)
    store.note(problem)
    assert list(store.view().problems()) == [problem]


def test_problems_of_a_reading_are_shown_with_those_that_were_noted(store: Store) -> None:
    unread = Problem("report", "the date is unknown", "warning")
    store.add(Reading(report=make_report("A quiet day."), problems=(unread,)))
    assert list(store.view().problems()) == [unread]


def test_a_judgement_is_kept_and_can_be_undone(store: Store) -> None:
    store.add(reading())
    claim = store.view().claims("agreements")[0]
    number = store.judge(Judgement(left=claim.place, right=claim.place, verdict="same", score=1.0, author="Ada"))
    assert store.undo(number)
    assert not store.undo(number)


def test_nobody_can_judge_about_a_report_that_is_not_there(store: Store) -> None:
    store.add(reading())
    place = store.view().claims("agreements")[0].place
    elsewhere = type(place)("unknown", 0, 5, "agreements")
    with pytest.raises(RecordError, match="there is no report unknown"):
        store.judge(Judgement(left=place, right=elsewhere, verdict="same", score=1.0))


# Files that are no records.


def test_a_missing_record_says_how_to_make_one(address: str) -> None:
    with pytest.raises(RecordMissingError, match=r"there is no record here\. Make one with"):
        Store.open(address)
    with pytest.raises(RecordMissingError):  # asking made nothing
        Store.open(address)


def test_asking_for_a_missing_file_does_not_make_it(target: str) -> None:
    with pytest.raises(RecordMissingError):
        Store.open(target)
    assert not Path(target).exists()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"the folder .*/nowhere does not exist"):
        Store.open(str(tmp_path / "nowhere" / "record.db"), create=True)


@pytest.mark.parametrize("name", ["march?.db", "100%25.db", "#1.db"])
def test_a_record_lies_under_the_very_name_that_is_given(tmp_path: Path, name: str) -> None:
    with Store.open(str(tmp_path / name), create=True):
        pass
    with Store.open(str(tmp_path / name)) as store:
        assert store.view().reports() == ()
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("target", ["", "mysql://host/name"])
def test_what_names_no_file_is_no_record(target: str) -> None:
    with pytest.raises(RecordError, match=r"Name a file, such as process\.db"):
        Store.open(target, create=True)


def test_a_folder_is_no_record(tmp_path: Path) -> None:
    with pytest.raises(NotARecordError, match="a folder"):
        Store.open(str(tmp_path), create=True)


def test_a_text_file_is_no_record_and_stays_as_it_is(target: str) -> None:
    Path(target).write_text("Dear editor, the ford is quiet.")
    with pytest.raises(NotARecordError, match="not an SQLite file"):
        Store.open(target, create=True)
    assert Path(target).read_text() == "Dear editor, the ford is quiet."


def test_another_programs_database_is_no_record_and_stays_as_it_is(target: str) -> None:
    connection = sqlite3.connect(target)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = Path(target).read_bytes()
    with pytest.raises(NotARecordError, match="an SQLite file of another program"):
        Store.open(target, create=True)
    assert Path(target).read_bytes() == before


def test_an_empty_file_becomes_a_record_only_when_one_is_to_be_made(target: str) -> None:
    Path(target).touch()
    with pytest.raises(RecordMissingError):
        Store.open(target)
    with Store.open(target, create=True) as store:
        assert store.add(reading())


def test_a_record_that_was_cut_is_damaged(target: str) -> None:
    with Store.open(target, create=True) as store:
        store.add(reading())
    whole = Path(target).read_bytes()
    for size in (10, len(whole) // 2):
        Path(target).write_bytes(whole[:size])
        with pytest.raises(RecordDamagedError, match="Nothing was changed"):
            Store.open(target)
        assert Path(target).read_bytes() == whole[:size]


def test_a_record_with_a_page_of_rubbish_is_damaged(target: str) -> None:
    with Store.open(target, create=True) as store:
        store.add(reading())
    damaged = bytearray(Path(target).read_bytes())
    damaged[4096:8192] = b"\xa5" * 4096
    Path(target).write_bytes(damaged)
    with pytest.raises(RecordDamagedError), Store.open(target) as store:
        store.view().claims()


def test_a_claim_whose_words_are_not_in_the_report_is_damage(target: str) -> None:
    with Store.open(target, create=True) as store:
        store.add(reading())
    connection = sqlite3.connect(target)
    connection.execute("UPDATE reports SET text = replace(text, 'ford', 'fort')")
    connection.commit()
    connection.close()
    with Store.open(target) as store, pytest.raises(RecordDamagedError, match="a claim of report cannot be read"):
        store.view().claims("commitments")


def test_a_record_of_a_newer_layout_is_left_alone(target: str) -> None:
    Store.open(target, create=True).close()
    connection = sqlite3.connect(target)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    with pytest.raises(RecordNewerError, match="layout 9999, and this peacetable knows layouts up to"):
        Store.open(target)


def test_a_locked_record_says_so_and_can_be_read(target: str) -> None:
    Store.open(target, create=True).close()
    holder = sqlite3.connect(target, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Store.open(target, busy_seconds=0.05) as store:
        with pytest.raises(RecordLockedError, match="another program is writing to the record"):
            store.add(reading())
        assert list(store.view().reports()) == []
        holder.execute("ROLLBACK")
        assert store.add(reading())
    holder.close()


def test_a_full_disk_leaves_whole_reports_and_a_record_that_works(target: str) -> None:
    with Store.open(target, create=True) as store:
        store.add(reading())

        def fill_up(connection: sqlite3.Connection, _record: object) -> None:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")

        event.listen(store._database.engine, "connect", fill_up)
        with pytest.raises(RecordFullError, match="the disk is full"):
            store.add(reading("Long talk. " * 5_000))
        assert [report.text for report in store.view().reports()] == [TEXT]
        event.remove(store._database.engine, "connect", fill_up)
        assert store.add(reading("Long talk. " * 5_000))


def test_several_writers_wait_for_each_other(address: str) -> None:
    Store.open(address, create=True).close()

    def add(writer: int) -> None:
        with Store.open(address) as store:
            for number in range(5):
                store.add(reading(f"Report {number} of writer {writer}."))

    threads = [threading.Thread(target=add, args=(writer,)) for writer in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store.open(address) as store:
        assert len(store.view().reports()) == 20


def test_several_programs_may_make_the_same_record_at_once(address: str) -> None:
    failed: list[BaseException] = []

    def make() -> None:
        try:
            with Store.open(address, create=True) as store:
                store.add(reading())
        except RecordError as error:
            failed.append(error)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    with Store.open(address) as store:
        assert len(store.view().reports()) == 1
