"""A check finds whatever is not as it was written, in a file and on a server, and says how to mend it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from factories import make_reading, make_report
from peacetable.ledger import Act, Judgement, Place
from peacetable.model import Reading
from peacetable.record import soundness
from peacetable.record import store as module
from peacetable.record.store import Store

TEXT = "The river pact binds Arland to leave the ford by 1 May. Talks go on in Lakeside."


def reading(text: str = TEXT) -> Reading:
    findings = {
        "actors": [{"id": "arland", "name": "Arland", "kind": "state"}],
        "agreements": [
            {"name": {"quote": "The river pact"}, "parties": ["arland"], "evidence": {"quote": "The river pact"}}
        ],
        "commitments": [
            {
                "by": "arland",
                "modality": "must",
                "action": {"quote": "leave the ford"},
                "under": 0,
                "evidence": {"quote": "binds Arland to leave the ford by 1 May"},
            }
        ],
        "talks": [
            {"kind": "meeting", "status": "held", "participants": ["arland"], "evidence": {"quote": "Talks go on"}},
            {"kind": "meeting", "status": "held", "participants": ["arland"], "evidence": {"quote": "Talks go on"}},
        ],
    }
    return make_reading(make_report(text), findings if text == TEXT else {})


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        opened.add(reading())
        opened.add(reading("Nothing of note happened at the ford."))
        yield opened


def change(store: Store, *statements: str) -> list[str]:
    """Change rows behind the record's back, and check it."""
    if "://" in store.target:
        with psycopg.connect(store.target, autocommit=True) as server:
            server.execute("SET session_replication_role = replica")  # nor foreign keys
            for statement in statements:
                server.execute(statement.encode())
    else:
        file = sqlite3.connect(store.target, isolation_level=None)
        for statement in statements:
            file.execute(statement)
        file.close()
    return [f"{problem.level}: {problem.where}: {problem.message}" for problem in store.check().problems]


def test_a_record_as_it_was_written_is_whole(store: Store) -> None:
    place = store.view().claims("talks")[0].place
    store.judge(Judgement(left=place, right=place, verdict="same", score=1.0))
    store.decide(by="Ada", acts=[Act(what="note", place=place, fields={"note": "seen"})])
    found = store.check()
    assert found.problems == ()
    assert found.whole
    assert (found.counts["reports"], found.counts["claims"]) == (2, 4)


def test_a_report_that_was_read_again_is_whole(store: Store) -> None:
    report = reading().report
    store.reread(make_reading(report, {"actors": [], "talks": []}, by="newer"))
    assert store.check().problems == ()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE reports SET text = replace(text, 'ford', 'fort')", "report: the claim .*does not quote its report"),
        ("UPDATE claims SET start = 3 WHERE kind = 'agreements'", "it stands at 3-14, and its evidence elsewhere"),
        ("UPDATE claims SET id = 'abc' WHERE kind = 'agreements'", "its id is not the hash of what it says"),
        ("UPDATE claims SET fields = '{' WHERE kind = 'agreements'", "the claim .* cannot be read"),
        ("UPDATE claims SET fields = fields || ' ' WHERE kind = 'agreements'", "its JSON is not in the form"),
        ("UPDATE claims SET kind = 'tea' WHERE kind = 'agreements'", "there is no kind of finding 'tea'"),
        ("DELETE FROM claims WHERE kind = 'talks' AND number = 0", "some of its talks are missing"),
        ("DELETE FROM actors", "it names an actor that the report does not have: 'arland'"),
        ("UPDATE actors SET id = 'borland'", "the actor 'borland' calls itself 'arland'"),
        ("UPDATE actors SET fields = '[]'", "the actor 'arland' cannot be read"),
        ("UPDATE reports SET signature = '['", "report .*: it cannot be read"),
        ("UPDATE reports SET furniture = '[[70,99999,\"ad\"]]'", "site furniture is marked where it has no text"),
        ("DELETE FROM reports", "claims.report: 4 rows refer to reports that are not there"),
        ("DELETE FROM revisions WHERE number = 1", "claims.revision: 4 rows refer to revisions that are not"),
        ("UPDATE meta SET value = '99'", "its findings follow scheme '99'"),
        ("DROP TABLE search", "the table search is missing"),
        ("DROP TABLE problems", "the table problems is missing"),
        ("ALTER TABLE revisions DROP COLUMN about", "the table revisions has no column about"),
    ],
)  # fmt: skip
def test_what_was_changed_is_found_with_what_to_do(store: Store, statement: str, found: str) -> None:
    told = change(store, statement)
    assert any(re.search(found, line) for line in told), told
    assert all("Restore a backup" in line for line in told)
    assert not store.check().whole


def test_a_search_index_that_is_not_what_the_reports_make_is_mended(store: Store) -> None:
    with store._writing() as connection:
        store._database.empty_index(connection)
    (problem,) = store.check().problems
    assert "peacetable check RECORD --mend" in problem.message
    store.mend()
    assert store.check().problems == ()
    with store._writing() as connection:
        store._database.index(connection, 99, ["stray"])
    assert not store.check().whole


def test_a_report_whose_id_is_not_its_hash_was_changed(store: Store) -> None:
    found = store.check(identity=lambda report: report.id if "ford by" in report.text else "another")
    assert ["its id" in problem.message for problem in found.problems] == [True]


def test_a_judgement_about_a_place_where_nothing_stands_has_no_effect(store: Store) -> None:
    here = store.view().claims("talks")[0].place
    store.judge(Judgement(left=here, right=Place(here.report, 1, 2, "talks"), verdict="same", score=1.0))
    store.decide(by="Ada", acts=[Act(what="note", place=Place(here.report, 3, 4, "talks"), fields={"note": "?"})])
    told = [(problem.level, problem.where, "has no effect" in problem.message) for problem in store.check().problems]
    assert told == [("warning", "judgement 1", True), ("warning", "act 1", True)]


def test_a_verdict_that_nobody_can_give_is_found(store: Store) -> None:
    here = store.view().claims("talks")[0].place
    store.judge(Judgement(left=here, right=here, verdict="same", score=1.0))
    store.decide(by="Ada", acts=[Act(what="note", place=here, fields={"note": "seen"})])
    told = change(
        store, "UPDATE judgements SET verdict = 'perhaps', reasons = '?'", "UPDATE acts SET what = 'eat', fields = ''"
    )
    assert len(told) == 4


def test_a_clock_that_was_set_back_is_told_and_loses_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2001, 1, 1, tzinfo=UTC)

    assert store.clock() is None
    before = store.view()
    monkeypatch.setattr(module, "datetime", Earlier)
    said = store.clock()
    assert said is not None
    assert "the clock stands at 2001-01-01T00:00:00+00:00, before the last entry" in said.message
    assert store.add(reading("A new day at the ford."))
    assert len(store.view().reports()) == len(before.reports()) + 1
    assert len(store.view(recorded_by=2).reports()) == 2
    monkeypatch.undo()
    found = store.check()
    assert [problem.level for problem in found.problems] == ["note"]
    assert "the clock was set back" in found.problems[0].message
    assert found.whole


def test_many_problems_are_told_in_part_and_counted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundness, "TOLD", 3)
    assert len(change(store, "UPDATE claims SET start = 1")) == 3
    assert store.check().untold == 1
