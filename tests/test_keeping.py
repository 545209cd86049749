"""The commands that keep a record whole, move it and search it, as a person uses them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from peacetable.record import store as module
from peacetable.views.commands.app import run
from postgres_server import Server

FIRST = "LAKESIDE, March 12 (Example Wire) - Arland must leave the valley by May under the Valley Accord."
SECOND = "Arland must leave the valley on May 1, the mayor said. Talks were held in Lakeside."


@pytest.fixture
def record(address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A record of two reports, with findings as a person's work."""
    folder = tmp_path / "reports"
    folder.mkdir()
    actors = [{"id": "arland", "name": "Arland", "kind": "state", "aliases": ["Arland"]}]
    for name, text in (("one", FIRST), ("two", SECOND)):
        duty = {
            "by": "arland",
            "modality": "must",
            "action": {"quote": "leave the valley"},
            "evidence": {"quote": "Arland must leave the valley"},
        }
        about = {"id": name, "source": "Example Wire", "published": "2021-03-12", "text": text}
        (folder / f"{name}.json").write_text(
            json.dumps({"report": about, "actors": actors, "commitments": [duty]}), "utf-8"
        )
    assert run(["add", address, str(folder), "--findings", "--by", "tester"]) == 0
    capsys.readouterr()
    return address


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    """What a command says, on both channels."""
    assert run(arguments) == code
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_a_whole_record_is_told_to_be_whole(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "check", record) == f"{record}: whole; 2 reports, 2 findings\n"
    found = json.loads(said(capsys, "check", record, "--json"))
    assert (found["whole"], found["problems"], found["rows"]["reports"]) == (True, [], 2)


def test_a_report_that_was_changed_in_the_record_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = str(tmp_path / "x.db")
    (tmp_path / "one.txt").write_text(f"Published: 2021-03-12\n\n{FIRST} The rest of the day was quiet.", "utf-8")
    run(["add", target, str(tmp_path / "one.txt")])
    file = sqlite3.connect(target)
    file.execute("UPDATE reports SET text = replace(text, 'was quiet', 'was loud!')")
    file.commit()
    file.close()
    capsys.readouterr()
    shown = said(capsys, "check", target, code=1)
    assert "one of them was changed" in shown
    assert "peacetable restore" in shown


def test_a_backup_is_made_and_restored(record: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    backup = str(tmp_path / "backup")
    assert said(capsys, "backup", record, backup) == f"{record}: backed up to {backup}\n"
    assert "already" in said(capsys, "backup", record, backup, code=2)
    said(capsys, "backup", record, backup, "--replace")
    restored = str(tmp_path / "restored.db")
    assert said(capsys, "restore", backup, restored) == f"{restored}: 2 reports, 2 findings\n"
    assert "there is a record already" in said(capsys, "restore", backup, record, code=1)
    assert said(capsys, "restore", backup, record, "--replace") == f"{record}: 2 reports, 2 findings\n"


def test_a_record_is_exported_and_imported(record: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, target = str(tmp_path / "record.jsonl"), str(tmp_path / "other.db")
    assert said(capsys, "export", record, "-o", out) == ""
    assert said(capsys, "import", target, out) == f"{target}: 2 reports, 2 findings\n"
    assert said(capsys, "export", target) == Path(out).read_text("utf-8")
    assert "there is no format 'doc'" in said(capsys, "export", record, "--to", "doc", code=2)


def test_what_is_no_export_is_one_clear_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("Dear editor,", "utf-8")
    target = str(tmp_path / "x.db")
    shown = said(capsys, "import", target, str(tmp_path / "letter.txt"), code=1)
    assert "nothing was imported, because of line 1" in shown
    assert shown.count("\n") == 1
    assert "cannot be read" in said(capsys, "import", target, str(tmp_path / "none"), code=1)
    assert "cannot be read" in said(capsys, "restore", str(tmp_path / "none"), target, code=1)
    assert not Path(target).exists()


def test_a_full_disk_under_an_export_is_told(tmp_path: Path) -> None:
    target = str(tmp_path / "x.db")
    assert run(["add", target, str(tmp_path)]) in (0, 1)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "peacetable", "export", target],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == (
        "error: standard output: cannot be written (No space left on device). Nothing was left half-written; "
        "name another place.\n"
    )


def test_words_are_found_with_their_passage_and_findings(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = said(capsys, "search", record, "LEAVING", "valley")
    assert "Arland must *leave* the *valley* on May 1, the mayor said." in shown
    assert "commitment: Arland must “leave the valley”" in shown
    assert said(capsys, "search", record, "tea") == "No report holds all of these words.\n"
    (found,) = json.loads(said(capsys, "search", record, "lakeside talks", "--json"))
    assert found["report"]["name"] == "two"
    assert [word["quote"] for word in found["words"]] == ["Talks", "Lakeside"]
    assert found["findings"] == []


@pytest.mark.parametrize("query", ["'", '"; DROP TABLE reports', "(", "-*", "\\"])
def test_no_query_breaks_the_command(record: str, query: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "No report" in said(capsys, "search", record, "--", query)


def test_a_clock_that_was_set_back_is_told_when_reports_are_added(
    record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(module, "_now", lambda: "2001-01-01T00:00:00+00:00")
    (tmp_path / "new.txt").write_text("Published: 2021-03-20\n\nThe valley was quiet, said the mayor of it.", "utf-8")
    shown = said(capsys, "add", record, str(tmp_path / "new.txt"), code=1)
    assert "1 report added" in shown
    assert "it was set back" in shown


def test_the_main_job_works_on_a_server(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    address = server.new()
    (tmp_path / "new.txt").write_text(f"Published: 2021-03-20\n\n{SECOND}", "utf-8")
    page = tmp_path / "brief.html"
    assert run(["brief", str(tmp_path / "new.txt"), "--record", address, "-o", str(page)]) == 0
    assert "valley" in page.read_text("utf-8")
    for command in ("due", "commitments", "talks", "timeline", "parties", "history"):
        assert run([command, address]) == 0
