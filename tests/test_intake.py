"""Taking in reports: kinds of files, what they tell about themselves, and the text to the letter."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.addresses import canonical_address
from peacetable.intake.drafts import identity
from peacetable.model import Problem, Report, Taken, When
from peacetable.pipeline import take_in
from peacetable.settings import Settings

TEXT = (
    "The government of Norvela and the rebels of the Free Valley signed a truce on Friday. "
    "They will withdraw their guns from the river within ten days, a spokesman said.\n"
)
REPORT = {
    "id": "truce",
    "source": "Example Wire",
    "url": "https://example.org/truce",
    "licence": "CC0",
    "title": "Truce signed",
    "published": "2021-03-12",
    "text": TEXT,
}


def taken(*sources: Path | str, **options: Any) -> list[Taken]:
    """What is taken in, where nothing stands against it."""
    found = list(take_in([str(source) for source in sources], Settings(**options)))
    assert [problem for problem in found if isinstance(problem, Problem) and problem.level == "error"] == []
    return [one for one in found if isinstance(one, Taken)]


def report(*sources: Path | str, **options: Any) -> Report:
    """The one report that is taken in."""
    (one,) = taken(*sources, **options)
    return one.report


def problems(*sources: Path | str, **options: Any) -> list[Problem]:
    """What is said about reports that are taken in."""
    found = take_in([str(source) for source in sources], Settings(**options))
    return [one for one in found if isinstance(one, Problem)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_file_is_a_report_named_after_it(tmp_path: Path) -> None:
    found = report(write(tmp_path, "truce.txt", TEXT))
    assert (found.name, found.text, found.language, found.extractor) == ("truce", TEXT, "en", None)


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
@settings(max_examples=100, deadline=None)
def test_a_text_comes_out_to_the_letter(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("letters"), "any.json", json.dumps({"text": text}))
    for found in take_in([str(path)], Settings()):
        if isinstance(found, Taken):
            assert found.report.text == text
        else:
            assert not text.strip() or found.level != "error"


@given(text=st.text("ab \r\n\u2028\x0b\x0c“é漢😀\t", min_size=1).filter(str.strip))
@settings(max_examples=60, deadline=None)
def test_no_newline_of_a_text_file_is_translated(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("newlines") / "any.txt"
    path.write_bytes(("so " + text).encode())
    assert [one.report.text for one in take_in([str(path)], Settings()) if isinstance(one, Taken)] == ["so " + text]


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert report(write(tmp_path, "a.txt", b"\xef\xbb\xbf" + TEXT.encode())).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_by_its_mark(tmp_path: Path, encoding: str) -> None:
    assert report(write(tmp_path, "a.txt", ("\ufeff" + TEXT).encode(encoding))).text == TEXT


def test_header_lines_tell_about_the_report_and_stay_in_its_text(tmp_path: Path) -> None:
    text = f"Title: Truce signed\nPublished: 12 March 2021\nSource: Example Wire\nURL: https://example.org/a\n\n{TEXT}"
    found = report(write(tmp_path, "a.txt", text))
    assert found.text == text
    assert (found.title, found.source, found.url) == ("Truce signed", "Example Wire", "https://example.org/a")
    assert found.published == When("2021-03-12", words="12 March 2021")
    assert found.published_how == "header"
    assert (found.furniture[0].kind, found.furniture[0].span.end) == ("header", text.index("\n\n"))


def test_a_speaker_before_a_colon_is_no_header(tmp_path: Path) -> None:
    found = report(write(tmp_path, "a.txt", f"Moderator: welcome.\nMinister: thank you.\n{TEXT}"))
    assert found.furniture == ()


def test_a_report_object_tells_all_that_it_holds(tmp_path: Path) -> None:
    found = report(write(tmp_path, "x.json", json.dumps({"report": REPORT})))
    assert (found.name, found.source, found.url, found.licence, found.title) == (
        "truce", "Example Wire", "https://example.org/truce", "CC0", "Truce signed",
    )  # fmt: skip
    assert (found.published, found.published_how) == (When("2021-03-12"), "metadata")


def test_findings_beside_a_report_are_kept_apart_from_it(tmp_path: Path) -> None:
    (one,) = taken(write(tmp_path, "x.json", json.dumps({"report": REPORT, "actors": [], "statements": [1]})))
    assert one.findings == {"actors": [], "statements": [1]}


def test_the_report_object_by_itself_will_do(tmp_path: Path) -> None:
    (one,) = taken(write(tmp_path, "x.json", json.dumps(REPORT)))
    assert (one.report.name, one.findings) == ("truce", None)


def test_a_list_holds_several_reports(tmp_path: Path) -> None:
    both = [{"report": REPORT}, {**REPORT, "id": "other"}]
    assert [one.report.name for one in taken(write(tmp_path, "x.json", json.dumps(both)))] == ["truce", "other"]


def test_json_lines_hold_a_report_each_and_a_broken_one_stops_no_other(tmp_path: Path) -> None:
    lines = "\n".join([json.dumps(REPORT), "{broken", json.dumps({**REPORT, "id": "other"})])
    found = list(take_in([str(write(tmp_path, "x.jsonl", lines))], Settings()))
    assert [one.report.name for one in found if isinstance(one, Taken)] == ["truce", "other"]
    assert [one.where.rpartition(", ")[2] for one in found if isinstance(one, Problem)] == ["line 2"]


def test_a_schema_org_article_is_a_report(tmp_path: Path) -> None:
    article = {
        "@type": "NewsArticle",
        "headline": "Truce signed",
        "articleBody": TEXT,
        "datePublished": "2021-03-12T10:00:00Z",
        "publisher": {"name": "Example Wire"},
        "author": [{"name": "Ana Ruiz"}, {"name": "Li Wen"}],
    }
    found = report(write(tmp_path, "x.json", json.dumps(article)))
    assert (found.text, found.title, found.source, found.author) == (
        TEXT, "Truce signed", "Example Wire", "Ana Ruiz, Li Wen",
    )  # fmt: skip
    assert found.published is not None
    assert found.published.edtf == "2021-03-12"


def test_a_text_that_begins_with_a_bracket_is_no_json(tmp_path: Path) -> None:
    assert report(write(tmp_path, "a.txt", f"[ad_1]\n{TEXT}")).furniture[0].kind == "advert"


def test_a_folder_is_read_in_order_with_what_lies_below_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", ".hidden.txt", "README.md", ".git/d.txt"):
        write(tmp_path, name, TEXT)
    assert [one.report.name for one in taken(tmp_path)] == ["a", "b", "c"]


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(taken(tmp_path)) == 1


def test_a_file_named_twice_is_taken_in_once(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", TEXT)
    assert len(taken(path, tmp_path, path)) == 1


def test_two_reports_of_one_name_get_two_names(tmp_path: Path) -> None:
    for folder in ("x", "y", "z"):
        write(tmp_path, f"{folder}/Truce.txt" if folder == "z" else f"{folder}/truce.txt", TEXT)
    assert [one.report.name for one in taken(tmp_path)] == ["truce", "truce-2", "Truce-3"]


def test_a_name_can_be_a_file_name(tmp_path: Path) -> None:
    found = report(write(tmp_path, "x.json", json.dumps({**REPORT, "id": "../../etc/pass\0wd"})))
    assert found.name == "etc-passwd"


def test_standard_input_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    assert report("-").name == "stdin"


def test_a_pipe_is_a_source(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"
    with subprocess.Popen([sys.executable, "-c", code, str(pipe), TEXT]):
        assert report(pipe).text == TEXT


def test_the_table_beside_the_files_tells_what_they_do_not(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "b.txt", f"Source: Own Words\n\n{TEXT}")
    write(
        tmp_path,
        "reports.csv",
        "\ufeffFile,Published,SOURCE,Url,Mood\na.txt,2021-03-12,Table Wire,https://example.org/a,grey\n"
        "b.txt,2021-03,Table Wire,,\n",
    )
    first, second = (one.report for one in taken(tmp_path))
    assert (first.source, first.url, first.published_how) == ("Table Wire", "https://example.org/a", "table")
    assert (second.source, second.published) == ("Own Words", When("2021-03"))


def test_the_table_also_counts_for_a_file_named_by_itself(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "reports.csv", "file,source\na.txt,Table Wire\n")
    assert report(path).source == "Table Wire"


def test_files_that_the_table_names_and_nobody_has_are_noted(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", TEXT)
    write(tmp_path, "reports.csv", "file,source,published\na.txt,Wire,2021-03-12\ngone.txt,Wire,2021-03-12\n")
    (note,) = (one for one in take_in([str(tmp_path)], Settings()) if isinstance(one, Problem))
    assert note.level == "note"
    assert "gone.txt" in note.message


def test_options_fill_in_where_the_report_is_silent(tmp_path: Path) -> None:
    silent = write(tmp_path, "a.txt", TEXT)
    speaks = write(tmp_path, "b.txt", f"Published: 2020-01-02\nSource: Own Words\n\n{TEXT}")
    first, second = (one.report for one in taken(silent, speaks, published=date(2021, 3, 12), source="Option Wire"))
    assert (first.source, first.day, first.published_how) == ("Option Wire", date(2021, 3, 12), "option")
    assert (second.source, second.day, second.published_how) == ("Own Words", date(2020, 1, 2), "header")


def test_a_report_without_a_day_stays_without_one(tmp_path: Path) -> None:
    found = report(write(tmp_path, "a.txt", TEXT))
    assert (found.published, found.published_how) == (None, "unknown")


def test_a_header_without_a_year_is_treated_as_a_dateline_without_one(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"Published: Friday, March 12\n\n{TEXT}")
    (note,) = problems(path)
    assert (report(path).day, note.level) == (None, "note")
    assert "without its year (Friday, March 12)" in note.message
    assert report(path, published=date(2021, 3, 12)).day == date(2021, 3, 12)
    assert report(path, published=date(2021, 3, 20)).day is None


def test_a_report_in_another_language_is_kept_and_its_language_told(tmp_path: Path) -> None:
    text = (
        "Le gouvernement et les rebelles ont signé vendredi une trêve de dix jours, selon un porte-parole du ministère."
    )
    assert report(write(tmp_path, "a.txt", text)).language == "fr"


def test_too_few_letters_tell_no_language(tmp_path: Path) -> None:
    assert report(write(tmp_path, "a.txt", "Truce signed.")).language is None


def test_the_id_is_what_a_report_says_and_never_where_it_lies(tmp_path: Path) -> None:
    here = report(write(tmp_path, "x/a.json", json.dumps(REPORT)))
    there = report(write(tmp_path, "y/b.json", json.dumps({**REPORT, "id": "other", "title": "Another"})))
    later = report(write(tmp_path, "z/c.json", json.dumps({**REPORT, "published": "2021-03-13"})))
    assert here.id == there.id
    assert here.id != later.id
    assert len(here.id) == 16


def test_an_address_is_the_same_by_any_road() -> None:
    roads = (
        "https://www.example.org/a/",
        "http://example.org/a?utm_source=x&fbclid=y#top",
        "https://EXAMPLE.org:443/a",
    )
    assert {canonical_address(road) for road in roads} == {"example.org/a"}
    assert canonical_address("https://example.org/a?id=7") == "example.org/a?id=7"
    assert identity("t", "s", None, roads[0]) == identity("t", "s", None, roads[1])


def test_the_day_of_a_page_may_stand_in_its_address(tmp_path: Path) -> None:
    found = report(write(tmp_path, "a.json", json.dumps({"text": TEXT, "url": "https://example.org/2021/03/12/truce"})))
    assert (found.day, found.published_how) == (date(2021, 3, 12), "url")


def test_a_day_that_two_countries_read_as_two_is_none(tmp_path: Path) -> None:
    found = list(take_in([str(write(tmp_path, "a.txt", f"Published: 03/04/2021\n\n{TEXT}"))], Settings()))
    (warning,) = (one for one in found if isinstance(one, Problem))
    (one,) = (one for one in found if isinstance(one, Taken))
    assert one.report.published is None
    assert "03/04/2021" in warning.message


def test_a_dateline_without_its_year_leaves_the_day_unknown_and_says_so(tmp_path: Path) -> None:
    found = list(take_in([str(write(tmp_path, "a.txt", f"PORT ELISE, March 12 (Example Wire) - {TEXT}"))], Settings()))
    (note,) = (one for one in found if isinstance(one, Problem))
    (one,) = (one for one in found if isinstance(one, Taken))
    assert (one.report.published, one.report.place) == (None, "Port Elise")
    assert "without its year" in note.message


def test_an_option_may_give_a_dateline_its_year_and_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", f"PORT ELISE, March 12 (Example Wire) - {TEXT}")
    assert report(path, published=date(2021, 3, 12)).day == date(2021, 3, 12)
    assert report(path, published=date(2021, 3, 20)).day is None
