"""The command line: what each command prints, and the exit code that it ends with."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from factories import make_reading
from peacetable import pipeline
from peacetable.errors import RecordLockedError
from peacetable.ledger import Situation
from peacetable.model import Problem, Reading, Report
from peacetable.settings import Settings
from peacetable.views.commands.app import app, run

COMMANDS = sorted(str(command.name) for command in app.registered_commands)
#: Those that need more than a record to be named, or answer with a line.
MORE = (
    "split", "undo", "choose", "grade", "file", "withdraw", "reread", "check", "search", "backup", "restore", "export",
    "import",
)  # fmt: skip
TABLES = [name for name in COMMANDS if name not in ("brief", "read", "add", *MORE)]

FIRST = "LAKESIDE, March 12 (Example Wire) - Arland must leave the valley by May under the Valley Accord. Talks follow."
SECOND = "Arland must leave the valley on May 1, the mayor said. It rejects a truce. Talks were held in Lakeside."


def findings(due: str, **more: Any) -> dict[str, Any]:
    """Findings of one of the two reports."""
    return {
        "actors": [
            {"id": "arland", "name": "Arland", "kind": "state", "country": None, "aliases": ["Arland"]},
            {"id": "mayor", "name": "Mayor", "kind": "person", "aliases": ["the mayor"], "part_of": "arland"},
        ],
        "commitments": [
            {
                "by": "arland",
                "modality": "must",
                "action": {"quote": "leave the valley"},
                "due": due,
                "evidence": {"quote": "Arland must leave the valley"},
            }
        ],
        **more,
    }


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder of two reports with findings beside them."""
    folder = tmp_path / "reports"
    folder.mkdir()
    talks = {"kind": "meeting", "status": "held", "date": "2021-03-18", "place": "Lakeside"}
    position = {"actor": "arland", "stance": "rejects", "issue": {"quote": "a truce"}}
    reports = {
        "one": ("2021-03-12", FIRST, findings("../2021-05")),
        "two": (
            "2021-03-18",
            SECOND,
            findings(
                "2021-05-01",
                talks=[{**talks, "evidence": {"quote": "Talks were held in Lakeside"}}],
                positions=[{**position, "evidence": {"quote": "It rejects a truce"}}],
            ),
        ),
    }
    for name, (published, text, found) in reports.items():
        report = {"id": name, "source": "Example Wire", "published": published, "text": text}
        (folder / f"{name}.json").write_text(json.dumps({"report": report, **found}), "utf-8")
    return folder


@pytest.fixture
def record(files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A record of both reports, with their findings as a person's work."""
    target = str(tmp_path / "process.db")
    assert run(["add", target, str(files), "--findings", "--by", "tester"]) == 0
    assert capsys.readouterr().out == f"{target}: 2 reports added\n"
    return target


class Reader:
    """An engine that finds one commitment wherever Arland must leave the valley."""

    name = "reader"
    version = "1"

    def read(self, reports: Iterable[Report], *, layers: Collection[str] = ()) -> Iterator[Reading]:
        for report in reports:
            if "Arland" in report.text:
                reading = make_reading(report, findings("../2021-05"), by="reader/1")
                yield Reading(
                    report=report,
                    actors=reading.actors,
                    findings=reading.findings,
                    layers={name: [] for name in layers},
                )
            else:
                yield Reading(report=report, problems=(Problem(report.name, "it is not in English", "note"),))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading by the engine above, so that these tests are about the commands alone."""
    monkeypatch.setattr(pipeline, "engine", lambda settings: Reader())


def table(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints, on one line."""
    code = run(arguments)
    shown = capsys.readouterr()
    assert (code, shown.err) == (0, "")
    return " ".join(shown.out.split())


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command prints, as JSON."""
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


# Help and usage.


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([command, "--help"]) == 0
    assert f"Example: peacetable {command} " in " ".join(capsys.readouterr().out.split())


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f" {command} " in shown for command in COMMANDS)


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"peacetable \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    "arguments",
    [
        ["due"],
        ["nonsense"],
        ["due", "x.db", "--on", "soon"],
        ["due", "x.db", "--within", "a while"],
        ["read", "x.txt", "--layers", "tea"],
        ["add", "x.db", "x.txt", "--findings"],
        ["add", "x.db", "x.txt", "--by", "me"],
        ["brief"],
        ["brief", "x.txt", "-o", ""],
        ["timeline", "{record}", "--from", "2021-05-01", "--to", "2021-04-01"],
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2_and_says_what_is_wrong(
    arguments: list[str], record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([argument.replace("{record}", record) for argument in arguments]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err


def test_heavy_libraries_are_not_loaded_for_help() -> None:
    heavy = ("numpy", "sqlalchemy", "trafilatura", "jinja2", "alembic", "icalendar")
    code = (
        "import sys\nfrom peacetable.views.commands.app import run\nrun(['--help'])\n"
        f"sys.stderr.write(repr([name for name in {heavy!r} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]"


# Errors.


@pytest.mark.parametrize("command", TABLES)
def test_a_record_that_is_missing_is_one_clear_line(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, str(tmp_path / "none.db")]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert re.fullmatch(r"error: .*none\.db: there is no record here\. Make one with: .*\n", shown.err)
    assert not (tmp_path / "none.db").exists()


def test_an_error_is_one_line_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def locked(target: str, settings: Settings, *, create: bool = False) -> Any:
        raise RecordLockedError(target)

    monkeypatch.setattr(pipeline, "open_record", locked)
    assert run(["timeline", "x.db"]) == 1
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.usefixtures("reader")
def test_a_bad_report_is_named_and_the_others_go_on(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "empty.txt").write_bytes(b"")
    target = str(tmp_path / "x.db")
    assert run(["add", target, str(files)]) == 1
    shown = capsys.readouterr()
    assert shown.out == f"{target}: 2 reports added\n"
    assert [line for line in shown.err.splitlines() if "empty.txt" in line and line.startswith("error: ")]


@pytest.mark.usefixtures("reader")
def test_a_note_is_told_and_does_not_count_as_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "note.txt").write_text("The mayor of Lakeside spoke to the council on Friday about the rains.", "utf-8")
    assert run(["read", str(tmp_path / "note.txt"), "--published", "2021-03-12"]) == 0
    assert f"note: {tmp_path / 'note.txt'}: it is not in English\n" in capsys.readouterr().err


# Reading.


@pytest.mark.usefixtures("reader")
def test_read_writes_one_json_a_report_named_like_the_input(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["read", str(files), "--format", "json", "-o", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.json", "two.json"]
    written = json.loads((tmp_path / "out" / "one.json").read_text("utf-8"))
    assert written["commitments"][0]["action"]["quote"] == "leave the valley"
    assert written["report"]["text"] == FIRST


@pytest.mark.usefixtures("reader")
def test_two_inputs_of_one_name_do_not_overwrite_each_other(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "one.txt").write_text(f"Published: 2021-04-01\n\n{SECOND}", "utf-8")
    assert run(["read", str(files / "one.json"), str(tmp_path / "more"), "--json", "-o", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one-2.json", "one.json"]
    assert "another input has the same name" in capsys.readouterr().err


@pytest.mark.usefixtures("reader")
def test_reports_of_one_file_are_named_as_they_name_themselves(files: Path, tmp_path: Path) -> None:
    both = [json.loads((files / name).read_text("utf-8")) for name in ("one.json", "two.json")]
    both[1]["report"]["id"] = "../the second"
    (tmp_path / "all.json").write_text(json.dumps(both), "utf-8")
    assert run(["read", str(tmp_path / "all.json"), "--json", "-o", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["one.json", "the-second.json"]


@pytest.mark.usefixtures("reader")
def test_read_prints_one_object_for_one_report_and_a_list_for_more(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "read", str(files / "one.json"), "--layers", "times,names")["times"] == []
    assert [each["report"]["id"] for each in answer(capsys, "read", str(files))] == ["one", "two"]


@pytest.mark.usefixtures("reader")
def test_read_as_text_tells_who_what_when_and_the_words(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = table(capsys, "read", str(files / "one.json"))
    assert "COMMITMENTS (1)" in shown
    assert "Arland must “leave the valley” — by May 2021" in shown
    assert "“Arland must leave the valley” [" in shown
    assert "Example Wire, in its own voice" in shown
    assert "because" not in shown


@pytest.mark.usefixtures("reader")
def test_read_explains_which_rule_made_a_finding(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "because: no rule given (reader/1)" in table(capsys, "read", str(files / "one.json"), "--explain")


# Recording.


def test_the_same_report_twice_is_once(record: str, files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["add", record, str(files), "--findings", "--by", "tester"])
    assert capsys.readouterr().out == f"{record}: 0 reports added; 2 reports there already\n"


@pytest.mark.usefixtures("reader")
def test_findings_in_a_file_are_left_aside_with_a_note(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["add", str(tmp_path / "x.db"), str(files)]) == 0
    assert "its findings and of 1 other were left aside" in capsys.readouterr().err


def test_findings_that_do_not_quote_the_report_are_refused(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads((files / "one.json").read_text("utf-8"))
    data["commitments"][0]["action"] = {"quote": "stay in the valley"}
    (files / "one.json").write_text(json.dumps(data), "utf-8")
    target = str(tmp_path / "x.db")
    assert run(["add", target, str(files), "--findings", "--by", "me"]) == 1
    shown = capsys.readouterr()
    assert shown.out == f"{target}: 1 report added\n"
    assert "one.json: its findings were refused" in shown.err


@pytest.mark.usefixtures("reader")
def test_a_command_that_takes_long_says_how_far_it_is_on_a_terminal(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("peacetable.views.commands.session.PATIENCE", -1.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert run(["add", str(tmp_path / "x.db"), str(files)]) == 0
    shown = capsys.readouterr()
    assert "reports recorded" in shown.err
    assert "recorded" not in shown.out


# Tables.


def test_due_lists_a_deadline_by_every_date_that_a_report_gives_it(
    record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = table(capsys, "due", record, "--on", "2021-04-20", "--within", "30d")
    assert "1 May 2021" in shown
    assert "by May 2021" in shown
    assert "must “leave the valley”" in shown
    nothing = table(capsys, "due", record, "--on", "2021-04-01", "--within", "1w")
    assert nothing == "No commitments due within 7 days of 1 April 2021."


def test_due_as_json_carries_the_claims_with_their_words(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "due", record, "--on", "2021-04-20")
    claims = [claim for duty in found for claim in duty["claims"]]
    assert {claim["report"]["name"] for claim in claims} == {"one", "two"}
    assert all(claim["finding"]["action"]["quote"] == "leave the valley" for claim in claims)
    assert {duty["timing"] for duty in found} == {"pending"}


@pytest.mark.parametrize("command", TABLES)
def test_every_table_has_json_and_nothing_else_on_standard_output(
    command: str, record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(answer(capsys, command, record), list)


def test_as_of_leaves_out_what_was_published_later(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "rejects" in table(capsys, "positions", record)
    assert table(capsys, "positions", record, "--as-of", "2021-03-12") == "No positions."


def test_a_party_brings_up_what_concerns_it_and_those_who_speak_for_it(
    record: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(answer(capsys, "commitments", record, "--actor", "arl")) == len(answer(capsys, "commitments", record))
    assert answer(capsys, "commitments", record, "--actor", "Borland") == []
    assert "Mayor" in [party["name"] for party in answer(capsys, "parties", record, "--actor", "Arland")]


def test_days_narrow_the_timeline(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert {row["kind"] for row in answer(capsys, "timeline", record)} == {"talks", "commitments"}
    march = answer(capsys, "timeline", record, "--from", "2021-03-01", "--to", "2021-03-31")
    assert "talks" in {row["kind"] for row in march}
    assert "2021-05-01" not in {row["when"]["edtf"] for row in march}


def test_changes_are_told_in_sentences(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "New round of talks: Talks were held in Lakeside." in table(capsys, "changes", record)


def test_a_party_that_nobody_knows_is_said_to_be_unknown(record: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["talks", record, "--actor", "Nowhere"]) == 0
    assert "no party has 'Nowhere' in its name" in capsys.readouterr().err


def test_what_a_report_says_cannot_play_with_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    quote = "a \x1b[31mtruce\u202e [bold]now[/bold] :smile:"
    position = {"actor": None, "stance": "demands", "issue": {"quote": quote}, "evidence": {"quote": quote}}
    report = {"id": "x", "published": "2021-03-12", "text": f"Arland wants {quote}, the mayor of Lakeside said today."}
    (tmp_path / "x.json").write_text(json.dumps({"report": report, "positions": [position]}), "utf-8")
    run(["add", str(tmp_path / "x.db"), str(tmp_path / "x.json"), "--findings", "--by", "me"])
    capsys.readouterr()
    run(["positions", str(tmp_path / "x.db")])
    shown = capsys.readouterr().out
    assert "a [31mtruce [bold]now[/bold] :smile:" in " ".join(shown.split())
    assert "\x1b" not in shown


# The brief.


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    """A brief that is one line, so that these tests are about the command alone."""
    import types

    def render(situation: Situation, *, full_text: bool = False) -> str:
        return f"<p>{len(situation.view.reports())} reports on {situation.on}{', in full' if full_text else ''}</p>"

    module = types.ModuleType("peacetable.views.brief.page")
    monkeypatch.setattr(module, "render", render, raising=False)
    monkeypatch.setitem(sys.modules, "peacetable.views.brief.page", module)


@pytest.mark.usefixtures("reader", "page")
def test_brief_reads_records_and_writes_three_files(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output, target = tmp_path / "out" / "week.html", tmp_path / "kept.db"
    assert run(["brief", str(files), "--record", str(target), "-o", str(output), "--full-text"]) == 0
    assert output.read_text("utf-8") == "<p>2 reports on 2021-03-18, in full</p>"
    assert sorted(path.name for path in output.parent.iterdir()) == [
        "week-commitments.csv", "week-deadlines.ics", "week.html",
    ]  # fmt: skip
    shown = capsys.readouterr().out
    assert f"Brief: {output} (2 reports, as things stand on 18 March 2021)" in shown
    assert f"Record: {target}" in shown


@pytest.mark.usefixtures("page")
def test_brief_of_a_record_needs_no_reports(record: str, tmp_path: Path) -> None:
    output = tmp_path / "brief.html"
    assert run(["brief", "--record", record, "-o", str(output), "--as-of", "2021-03-12"]) == 0
    assert output.read_text("utf-8") == "<p>1 reports on 2021-03-12</p>"


def test_without_a_report_there_is_no_brief(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", str(tmp_path / "none.txt"), "-o", str(tmp_path / "brief.html")]) == 1
    assert "there is no report to make one of" in capsys.readouterr().err
    assert not (tmp_path / "brief.html").exists()


@pytest.mark.usefixtures("reader", "page")
def test_a_brief_that_cannot_be_written_is_one_clear_line(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("a file, no folder", "utf-8")
    assert run(["brief", str(files), "-o", str(tmp_path / "taken" / "brief.html")]) == 1
    assert "cannot be written" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.usefixtures("reader")
def test_a_brief_that_fails_leaves_the_old_one_whole(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "brief.html"
    output.write_text("the old one", "utf-8")
    monkeypatch.setattr(Path, "replace", _full_disk)
    assert run(["brief", str(files), "-o", str(output)]) == 1
    assert output.read_text("utf-8") == "the old one"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def _full_disk(self: Path, target: object) -> Path:
    raise OSError(28, "No space left on device")


# The process.


def test_a_reader_that_goes_away_is_no_error(record: str) -> None:
    command = f"'{sys.executable}' -m peacetable timeline '{record}' --json | head -c 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[", "")


@pytest.mark.skipif(os.name == "nt", reason="signals are another thing there")
def test_stopping_a_command_ends_it_with_130_and_without_a_traceback(tmp_path: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "peacetable", "read", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    _wait_until_it_reads(started.pid)
    started.send_signal(signal.SIGINT)
    out, err = started.communicate(timeout=20)
    assert started.returncode == 130
    assert "Traceback" not in out + err


def _wait_until_it_reads(pid: int, patience: Sequence[float] = (0.1,) * 100) -> None:
    """Wait until the process sleeps on its standard input; elsewhere than on Linux, wait a while."""
    for pause in patience:
        time.sleep(pause)
        where = Path(f"/proc/{pid}/wchan")
        if not where.exists():
            time.sleep(2)
            return
        if "pipe" in where.read_text():
            return
