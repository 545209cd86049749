"""Bad input: each gives a clear problem, and the other reports go on."""

from __future__ import annotations

import io
import json
import os
import stat
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.model import Problem, Taken
from peacetable.pipeline import take_in
from peacetable.settings import Settings

TEXT = "The government and the rebels signed a truce on Friday, and the guns fell silent, a spokesman said.\n"


def run(*sources: Path, limits: Settings | None = None) -> tuple[list[str], list[Problem]]:
    """The names of what is taken in, and the problems."""
    found = list(take_in([str(source) for source in sources], limits or Settings()))
    names = [one.report.name for one in found if isinstance(one, Taken)]
    return names, [one for one in found if isinstance(one, Problem)]


def problem(path: Path, *, limits: Settings | None = None) -> Problem:
    """The one problem of a file that is not taken in."""
    names, problems = run(path, limits=limits)
    assert names == []
    assert len(problems) == 1
    return problems[0]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def archive(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members:
            file.writestr(name, content)
    return path


@pytest.mark.parametrize("content", ["", " \n\t\n"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: str) -> None:
    found = problem(write(tmp_path, "a.txt", content))
    assert found.level == "error"
    assert "empty" in found.message


def test_header_lines_alone_are_no_report(tmp_path: Path) -> None:
    assert "no text" in problem(write(tmp_path, "a.txt", "Title: Truce\nSource: Wire\n\n")).message


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "PNG image"),
        (b"\xff\xd8\xff\xe0\0", "JPEG image"),
        (b"\x7fELF\x02\x01", "program"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office document"),
        (b"{\\rtf1 hello}", "rich-text"),
        (b"words and \0 a NUL", "binary data"),
        (bytes(range(1, 32)) * 20, "binary data"),
    ],
)
def test_binary_data_is_named_for_what_it_is(tmp_path: Path, content: bytes, what: str) -> None:
    found = problem(write(tmp_path, "a.txt", content))
    assert found.level == "error"
    assert what in found.message
    assert "plain text, HTML, JSON" in found.message


def test_one_bad_file_stops_no_other(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "")
    write(tmp_path, "b.txt", TEXT)
    write(tmp_path, "c.pdf", b"%PDF-1.7 broken")
    write(tmp_path, "d.txt", TEXT + "More.")
    names, problems = run(tmp_path)
    assert names == ["b", "d"]
    assert [Path(one.where).name for one in problems] == ["a.txt", "c.pdf"]


def test_fifty_megabytes_are_refused_at_once_and_unread(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(50_000_000)
        file.write(b"words " * 1000)
    run(write(tmp_path, "small.txt", TEXT))  # what is loaded once is loaded
    tracemalloc.start()
    start = time.perf_counter()
    found = problem(path)
    seconds, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "50,000,000" in found.message
    assert "20,000,000" in found.message
    assert seconds < 0.5
    assert peak < 1_000_000


def test_a_text_too_long_to_be_a_report_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", TEXT * 3)
    assert "more than the 200" in problem(path, limits=Settings(most_characters=200)).message


def test_stray_bytes_are_read_and_named(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", b"The caf\xe9 in Moss\xe9: " + TEXT.encode())
    (one,) = (one for one in take_in([str(path)], Settings()) if isinstance(one, Taken))
    (note,) = run(path)[1]
    assert one.report.text.startswith("The café in Mossé: ")
    assert note.level == "warning"
    assert "2 bytes that are not UTF-8 (0xE9; the first at offset 7)" in note.message


def test_one_stray_byte_does_not_spoil_good_utf_8(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", "“Peace”, he said — “now”. ".encode() + b"Caf\xe9. " + TEXT.encode())
    (one,) = (one for one in take_in([str(path)], Settings()) if isinstance(one, Taken))
    assert one.report.text.startswith("“Peace”, he said — “now”. Café. ")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('{"report": {"text": ', "no JSON"),
        ('{"title": "no text here"}', "an object with the keys title"),
        ("[]", "an empty list"),
        ("12", "a number"),
        ("[" * 100_000, "no JSON"),
        ('{"text": ' + "1" * 5_000 + "}", "no JSON"),
        ('{"text": "half a \\ud800 letter"}', "no text"),
        ('{"text": 7}', "an object with the keys text"),
    ],
)
def test_json_that_holds_no_report_says_what_it_found(tmp_path: Path, content: str, what: str) -> None:
    assert what in problem(write(tmp_path, "a.json", content)).message


def test_what_does_not_exist_is_said(tmp_path: Path) -> None:
    assert "No such file" in problem(tmp_path / "gone.txt").message


if os.geteuid() != 0:  # root may read everything; the test after this one stands in for it

    def test_a_folder_without_rights_is_said_and_the_others_go_on(tmp_path: Path) -> None:
        write(tmp_path, "a.txt", TEXT)
        closed = tmp_path / "closed"
        closed.mkdir(mode=0)
        names, problems = run(tmp_path)
        closed.chmod(0o700)
        assert names == ["a"]
        assert "Permission denied" in problems[0].message


def test_a_folder_that_cannot_be_listed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("peacetable.intake.inbox.os.scandir", refuse)
    assert "Permission denied" in problem(tmp_path).message


def test_a_record_beside_the_reports_is_passed_over_with_a_note(tmp_path: Path) -> None:
    write(tmp_path, "process.db", b"SQLite format 3\0" + b"\0" * 100)
    assert problem(tmp_path).level == "note"


def test_a_broken_link_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert "No such file" in problem(tmp_path).message


def test_what_no_screen_prints_is_not_printed(tmp_path: Path) -> None:
    found = problem(write(tmp_path, "a\x1b[31m\udcff.txt", ""))
    assert found.where.endswith("a?[31m?.txt")


def test_a_file_that_cannot_be_looked_at_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "b.txt", TEXT)
    look = Path.stat

    def refuse(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", refuse)
    names, problems = run(tmp_path)
    assert names == ["b"]
    assert "Permission denied" in problems[0].message


def test_a_style_sheet_in_a_folder_is_passed_over_with_a_note(tmp_path: Path) -> None:
    write(tmp_path, "a.css", "p { color: red }")
    assert run(tmp_path)[1][0].level == "note"
    assert run(tmp_path / "a.css")[1][0].level == "error"


def test_a_table_that_is_none_is_said_and_the_reports_go_on(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "reports.csv", "name,day\na.txt,2021\n")
    names, problems = run(tmp_path)
    assert names == ["a"]
    assert '"file"' in problems[0].message


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a.txt", "x/../../a.txt", "C:/a.txt", "..\\a.txt"])
def test_a_member_that_would_escape_is_refused_and_the_others_go_on(tmp_path: Path, name: str) -> None:
    names, problems = run(archive(tmp_path / "a.zip", (name, TEXT.encode()), ("b.txt", TEXT.encode())))
    assert names == ["b"]
    assert "escape" in problems[0].message


def test_a_member_that_is_a_link_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "link" in problem(archive(tmp_path / "a.zip", (link, b"/etc/passwd"))).message


def test_an_archive_that_explodes_is_refused_whole(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", *((f"{n}.txt", b"0" * 2_000_000) for n in range(4)))
    found = problem(path, limits=Settings(most_unpacked=5_000_000))
    assert "8,000,000" in found.message


def test_a_member_that_is_too_large_is_refused_alone(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("a.txt", b"0" * 2_000_000), ("b.txt", TEXT.encode()))
    names, problems = run(path, limits=Settings(most_bytes=1_000_000))
    assert names == ["b"]
    assert "2,000,000" in problems[0].message


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_says(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", ("a.txt", b"0" * 2_000_000))
    data = path.read_bytes().replace((2_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert "cannot be unpacked" in problem(write(tmp_path, "b.zip", data)).message


def test_an_archive_with_too_many_members_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", *((f"{n}.txt", b"x") for n in range(20)))
    assert "members" in problem(path, limits=Settings(most_members=10)).message


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(archive(tmp_path / "a.zip", ("a.txt", TEXT.encode())).read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    assert "encrypted" in problem(write(tmp_path, "b.zip", bytes(data))).message


def test_an_archive_in_an_archive_is_refused_with_a_word(tmp_path: Path) -> None:
    inner = archive(tmp_path / "in.zip", ("a.txt", TEXT.encode())).read_bytes()
    assert "archive within" in problem(archive(tmp_path / "out.zip", ("in.zip", inner))).message


def test_a_spreadsheet_is_named_for_what_it_is(tmp_path: Path) -> None:
    assert "spreadsheet" in problem(archive(tmp_path / "a.xlsx", ("xl/workbook.xml", b"<x/>"))).message


def test_an_archive_is_read_without_unpacking(tmp_path: Path) -> None:
    path = archive(
        tmp_path / "a.zip",
        ("reports/b.txt", TEXT.encode()),
        ("reports/reports.csv", b"file,source\nb.txt,Table Wire\n"),
        ("__MACOSX/b.txt", b"\0"),
    )
    (one,) = take_in([str(path)], Settings())
    assert isinstance(one, Taken)
    assert (one.report.source, one.where) == ("Table Wire", f"{path}/reports/b.txt")
    assert list(tmp_path.iterdir()) == [path]


SUFFIXES = (".txt", ".html", ".json", ".jsonl", ".pdf", ".docx", ".eml", ".mhtml", ".zip", ".md", "")
STARTS = (
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"<!DOCTYPE html>", b"<html><body><p>", b"{",
    b'{"report": {"text": ', b'<script type="application/ld+json">',
    b"From: a\nTo: b\nSubject: c\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n", b"\xff\xfe",
    b"\xef\xbb\xbf", b"Published: ",
)  # fmt: skip


@given(
    suffix=st.sampled_from(SUFFIXES),
    start=st.sampled_from(STARTS),
    rest=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore"))),
)
@settings(max_examples=150, deadline=None)
def test_no_bytes_whatever_make_intake_fail(
    suffix: str, start: bytes, rest: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.mktemp("bytes"), f"any{suffix}", start + rest)
    for found in take_in([str(path)], Settings()):
        assert isinstance(found, (Taken, Problem))


@given(cut=st.integers(0, 400), flip=st.integers(0, 400), value=st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_a_damaged_archive_is_a_problem_and_no_crash(
    cut: int, flip: int, value: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", TEXT)
        file.writestr("b.json", json.dumps({"text": TEXT}))
    data = bytearray(held.getvalue())
    data[flip % len(data)] = value
    path = write(tmp_path_factory.mktemp("damaged"), "a.zip", bytes(data[: len(data) - cut % 50]))
    for found in take_in([str(path)], Settings()):
        assert isinstance(found, (Taken, Problem))
