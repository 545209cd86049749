"""A whole record as lines of JSON: out, in, and the same again, between a file and a server too."""

from __future__ import annotations

import hashlib
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from factories import make_reading, make_report
from peacetable.errors import ImportedError, RecordError, RecordMissingError, RecordNewerError
from peacetable.ledger import Act, Judgement
from peacetable.model import Problem, Reading
from peacetable.record.store import Store
from postgres_server import Server

FORD = "Arland must leave the ford by 1 May, envoy Ida Holm said."
BRIDGE = "Talks were held at the bridge on Friday. No side spoke of the ford.\r\n"


def reading(text: str) -> Reading:
    findings = {
        "actors": [{"id": "arland", "name": "Arland", "kind": "state"}],
        "commitments": [
            {"by": "arland", "modality": "must", "action": {"quote": "leave the ford"}, "evidence": {"quote": FORD}}
        ],
    }
    if text == FORD:
        return make_reading(make_report(text, raw=b"\x00<p>" + text.encode()), findings)
    talks = {"kind": "meeting", "status": "held", "participants": [], "evidence": {"quote": text.partition(".")[0]}}
    return make_reading(make_report(text, name=text[:20], title="Ünïcode “quoted”\u2028"), {"talks": [talks]})


def filled(address: str) -> Store:
    """A record with something in every table."""
    store = Store.open(address, create=True)
    for text in (FORD, BRIDGE):
        store.add(reading(text))
    store.note(Problem("scan.pdf", "the file holds no text"))
    claims = store.view().claims()
    store.judge(Judgement(left=claims[0].place, right=claims[0].place, verdict="same", score=0.1 + 0.2, author="Ada"))
    number = store.judge(Judgement(left=claims[0].place, right=claims[1].place, verdict="different", score=1.0))
    store.undo(number)
    store.decide(by="Ada", acts=[Act(what="note", place=claims[0].place, fields={"note": "seen"})])
    return store


def sealed(lines: list[str]) -> list[str]:
    """Lines with a last one, as if they had been exported."""
    seal = hashlib.sha256("".join(lines).encode()).hexdigest()
    return [*lines, json.dumps({"end": {"rows": len(lines) - 1, "sha256": seal}}) + "\n"]


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with filled(address) as made:
        yield made


@pytest.fixture
def target(tmp_path: Path) -> str:
    return str(tmp_path / "other.db")


def test_a_record_comes_out_as_it_went_in(store: Store, target: str) -> None:
    lines = list(store.lines())
    with Store.take_over(target, lines) as other:
        assert list(other.lines()) == lines
        assert other.digest() == store.digest()
        assert other.view().claims() == store.view().claims()
        assert other.raw(reading(FORD).report.id) == b"\x00<p>" + FORD.encode()


def test_it_goes_from_a_file_to_a_server_and_back(server: Server, tmp_path: Path) -> None:
    with filled(str(tmp_path / "first.db")) as first:
        lines, digest = list(first.lines()), first.digest()
    with Store.take_over(server.new(), lines) as second:
        assert second.digest() == digest
        again = list(second.lines())
    with Store.take_over(str(tmp_path / "third.db"), again) as third:
        assert list(third.lines()) == lines


def test_a_record_that_was_imported_goes_on(store: Store, address: str, server: Server, tmp_path: Path) -> None:
    target = server.new() if "://" in address else str(tmp_path / "other.db")
    with Store.take_over(target, store.lines()) as other:
        assert not other.add(reading(FORD))
        assert other.add(reading("A new day at the ford. Nobody came."))
        other.note(Problem("other.pdf", "the file holds no text"))
        place = other.view().claims()[0].place
        assert other.judge(Judgement(left=place, right=place, verdict="same", score=1.0)) == 3


def test_every_table_is_exported(store: Store) -> None:
    kinds = {next(iter(json.loads(line))) for line in store.lines()}
    assert kinds == {
        "peacetable record", "meta", "revisions", "reports", "raws", "actors", "claims", "judgements", "acts",
        "problems", "end",
    }  # fmt: skip


# The digest.


def test_neither_order_nor_repetition_changes_the_digest(address: str, tmp_path: Path) -> None:
    with Store.open(address, create=True) as one, Store.open(str(tmp_path / "other.db"), create=True) as other:
        for text in (FORD, BRIDGE, FORD):
            one.add(reading(text))
        for text in (BRIDGE, BRIDGE, FORD):
            other.add(reading(text))
        assert one.digest() == other.digest()


def test_what_was_taken_back_is_no_part_of_the_digest(store: Store) -> None:
    before = store.digest()
    place = store.view().claims()[0].place
    number = store.judge(Judgement(left=place, right=place, verdict="different", score=1.0))
    assert store.digest() != before
    store.undo(number)
    assert store.digest() == before


# What is no whole record.


def test_what_was_cut_off_is_refused_and_leaves_nothing(store: Store, target: str) -> None:
    lines = list(store.lines())
    for cut in (lines[:-1], lines[:3]):
        with pytest.raises(ImportedError, match="the file was cut off"):
            Store.take_over(target, cut)
        assert not Path(target).exists()


def test_what_was_cut_off_leaves_nothing_on_a_server(store: Store, server: Server) -> None:
    address = server.new()
    with pytest.raises(ImportedError):
        Store.take_over(address, list(store.lines())[:-1])
    with pytest.raises(RecordMissingError):
        Store.open(address)


def test_a_changed_line_is_refused(store: Store, target: str) -> None:
    lines = [line.replace("Ida Holm", "Ida Horn") for line in store.lines()]
    with pytest.raises(ImportedError, match="not those that were written"):
        Store.take_over(target, lines)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Dear editor,\n", "line 2: it is no JSON"),
        ("[1]\n", "line 2: it is no JSON object"),
        ("{}\n", "line 2: it is not one row of one table"),
        ('{"recipes":{"name":"soup"}}\n', "there is no table 'recipes'"),
        ('{"alembic_version":{"version_num":"9"}}\n', "there is no table 'alembic_version'"),
        ('{"meta":{"key":"a","value":"b","more":1}}\n', "the table meta has no 'more'"),
        ('{"raws":{"report":"a","content":{"base64":"?"}}}\n', "a value is not as it was written"),
    ],
)
def test_lines_that_are_no_rows_are_refused_with_their_number(store: Store, target: str, line: str, said: str) -> None:
    with pytest.raises(ImportedError, match=said):
        Store.take_over(target, sealed([next(store.lines()), line]))


def test_claims_that_do_not_quote_their_report_are_refused(store: Store, target: str) -> None:
    lines = [line.replace('"text":"Talks were', '"text":"Talks are') for line in store.lines()]
    with pytest.raises(ImportedError, match="it does not quote its report"):
        Store.take_over(target, sealed(lines[:-1]))


def test_another_file_is_no_exported_record(target: str) -> None:
    for lines in ([], ['{"report": {}}\n']):
        with pytest.raises(ImportedError, match="the first line is not that of an exported record"):
            Store.take_over(target, lines)


def test_an_export_of_a_newer_layout_is_refused(target: str) -> None:
    with pytest.raises(RecordNewerError):
        Store.take_over(target, ['{"peacetable record":{"layout":"9999"}}\n'])


def test_a_layout_that_never_was_is_refused(target: str) -> None:
    with pytest.raises(ImportedError, match="there never was a layout '0000'"):
        Store.take_over(target, ['{"peacetable record":{"layout":"0000"}}\n'])


def test_a_record_is_never_imported_over_another(store: Store, address: str) -> None:
    lines = list(store.lines())
    with pytest.raises(RecordError, match="there is a record already"):
        Store.take_over(address, lines)
    assert list(store.lines()) == lines


def test_an_export_does_not_hold_the_record_in_memory(address: str) -> None:
    with Store.open(address, create=True) as store:
        for number in range(60):
            store.add(reading(f"Day {number} at the ford. " + "Nothing was said. " * 5_000))
        next(store.lines())
        tracemalloc.start()
        size = sum(len(line) for line in store.lines())
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert size > 5_000_000
        assert most < size / 2
