"""Pages, PDF, Word documents and e-mail: the words that they hold, and what they tell about themselves."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.model import Problem, Report, Taken
from peacetable.pipeline import take_in
from peacetable.settings import Settings

PARAGRAPHS = (
    "The government of Norvela and the rebels of the Free Valley signed a truce on Friday in the town of Port Elise.",
    "They will withdraw their guns from the river within ten days, a spokesman for the mediators told reporters.",
    "The rebels said that they would talk about prisoners only after the roads to the valley had been opened again.",
)
BODY = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)


def run(path: Path) -> tuple[list[Report], list[Problem]]:
    found = list(take_in([str(path)], Settings()))
    return [one.report for one in found if isinstance(one, Taken)], [one for one in found if isinstance(one, Problem)]


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def page(folder: Path, head: str = "", body: str = BODY, *, name: str = "page.html") -> Report:
    """The report on a page, where nothing stands against it."""
    html = f"<!DOCTYPE html><html><head>{head}</head><body><nav>Home World</nav><article>{body}</article></body></html>"
    reports, problems = run(write(folder, name, html))
    assert problems == []
    (report,) = reports
    return report


def test_a_page_gives_the_words_of_its_article_and_keeps_its_bytes(tmp_path: Path) -> None:
    found = page(tmp_path)
    assert [line for line in found.text.split("\n") if line] == list(PARAGRAPHS)
    assert found.raw is not None
    assert found.raw.startswith(b"<!DOCTYPE html>")
    assert (found.extractor or "").startswith("trafilatura ")


def test_what_a_page_states_as_data_goes_first(tmp_path: Path) -> None:
    article = {
        "@graph": [
            {"@type": "WebSite", "name": "no article"},
            {
                "@type": ["ReportageNewsArticle"],
                "headline": "Truce signed",
                "datePublished": "2021-03-12T23:30:00-05:00",
                "author": {"name": "Ana Ruiz"},
                "publisher": {"@type": "Organization", "name": "Example Wire"},
                "mainEntityOfPage": {"@id": "https://example.org/truce"},
            },
        ]
    }
    head = (
        f'<script type="application/ld+json">{json.dumps(article)}</script><title>Other</title>'
        '<meta property="article:published_time" content="2021-03-14"><meta property="og:site_name" content="Other">'
    )
    found = page(tmp_path, head)
    assert (found.title, found.author, found.source) == ("Truce signed", "Ana Ruiz", "Example Wire")
    assert (found.url, found.day, found.published_how) == ("https://example.org/truce", date(2021, 3, 12), "metadata")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2021-03-12T08:00:00Z">',
        '<meta name="pubdate" content="12 March 2021">',
        '<meta itemprop="datePublished" content="2021-03-12">',
        '<script type="application/ld+json">{broken</script><meta name="date" content="2021-03-12">',
    ],
)
def test_meta_tags_tell_the_day(tmp_path: Path, head: str) -> None:
    assert page(tmp_path, head).day == date(2021, 3, 12)


def test_the_only_time_on_a_page_is_its_day_and_two_are_none(tmp_path: Path) -> None:
    one, two = '<time datetime="2021-03-12">Friday</time>', '<time datetime="2021-03-15">Monday</time>'
    assert page(tmp_path, body=one + BODY).day == date(2021, 3, 12)
    assert page(tmp_path, body=one + two + BODY).published is None


def test_no_day_is_guessed_from_a_footer(tmp_path: Path) -> None:
    assert page(tmp_path, body=BODY + "<footer>Copyright 2019-2022 Example Wire</footer>").published is None


def test_title_and_site_come_from_meta_tags(tmp_path: Path) -> None:
    head = '<meta property="og:title" content="Truce signed"><meta property="og:site_name" content="Example Wire">'
    found = page(tmp_path, head)
    assert (found.title, found.source) == ("Truce signed", "Example Wire")


def test_scripts_and_styles_are_no_words(tmp_path: Path) -> None:
    body = f"<script>alert('The rebels shot')</script><style>p {{ color: red }}</style>{BODY}<p onclick='x()'></p>"
    found = page(tmp_path, body=body)
    assert "alert" not in found.text
    assert "color" not in found.text


def test_a_page_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    html = f"<!DOCTYPE html><html><head><title>Truce</title></head><body><article>{BODY}<p>And then the guns of"
    (found,), problems = run(write(tmp_path, "a.html", html))
    assert PARAGRAPHS[0] in found.text
    assert problems == []


def test_a_page_of_scripts_alone_is_said_to_have_no_words(tmp_path: Path) -> None:
    reports, problems = run(write(tmp_path, "a.html", "<html><body><script>var x = 1;</script></body></html>"))
    assert reports == []
    assert "no words" in problems[0].message


def test_a_page_is_known_by_its_content_whatever_its_name(tmp_path: Path) -> None:
    assert (page(tmp_path, name="page.txt").extractor or "").startswith("trafilatura")


def test_a_page_is_decoded_as_it_declares(tmp_path: Path) -> None:
    html = f'<html><head><meta charset="windows-1251"></head><body><p>Москва. {PARAGRAPHS[0]}</p>{BODY}</body></html>'
    (found,), problems = run(write(tmp_path, "a.html", html.encode("windows-1251")))
    assert "Москва" in found.text
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_page_is_known_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    html = f"<html><body><article>{BODY}</article></body></html>"
    (found,), _ = run(write(tmp_path, "a.html", html.encode(encoding)))
    assert found.text.split("\n")[0] == PARAGRAPHS[0]


def test_a_lone_paragraph_is_page_enough(tmp_path: Path) -> None:
    (found,), _ = run(write(tmp_path, "a.html", f"<p>{PARAGRAPHS[0]}</p>"))
    assert found.text.strip() == PARAGRAPHS[0]


def test_a_folder_of_a_saved_page_is_no_folder_of_reports(tmp_path: Path) -> None:
    page(tmp_path, name="truce.html")
    (tmp_path / "truce_files").mkdir()
    write(tmp_path / "truce_files", "frame.html", "<html><body>advert</body></html>")
    assert len(run(tmp_path)[0]) == 1


def test_a_brief_that_lies_among_the_reports_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "brief.html", '<!DOCTYPE html><html><head><meta name="generator" content="peacetable 1">')
    reports, problems = run(tmp_path)
    assert reports == []
    assert problems[0].level == "note"


def pdf(lines: list[str], *, title: str = "") -> bytes:
    """A PDF of one page with one line of text under the other."""
    show = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    content = f"BT /F1 11 Tf 40 760 Td {show} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Title (%s) /CreationDate (D:20190101000000Z) >>" % title.encode(),
    ]
    out, starts = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, held in enumerate(objects, 1):
        starts.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, held))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % start for start in starts))
    out.write(b"trailer << /Size %d /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return out.getvalue()


def test_a_pdf_gives_its_words_with_lines_joined_and_no_day(tmp_path: Path) -> None:
    lines = ["The government and the rebels signed a truce on Friday in Port Elise. They will with-",
             "draw their guns from the river within ten days, a spokesman for the mediators told the",
             "reporters who had come.",
             "The rebels said that they would talk about prisoners only after the roads were open."]  # fmt: skip
    (found,), problems = run(write(tmp_path, "a.pdf", pdf(lines, title="Truce signed")))
    assert problems == []
    assert found.text == (
        "The government and the rebels signed a truce on Friday in Port Elise. They will withdraw their guns from the "
        "river within ten days, a spokesman for the mediators told the reporters who had come.\n" + lines[3]
    )
    assert (found.title, found.published) == ("Truce signed", None)
    assert (found.extractor or "").startswith("pypdf ")


def test_a_pdf_of_pictures_is_said_to_hold_no_text(tmp_path: Path) -> None:
    assert "no text" in run(write(tmp_path, "a.pdf", pdf([])))[1][0].message


@given(cut=st.integers(1, 700), at=st.integers(0, 700), value=st.integers(0, 255))
@settings(max_examples=40, deadline=None)
def test_a_damaged_pdf_is_a_problem_and_no_crash(
    cut: int, at: int, value: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = bytearray(pdf(list(PARAGRAPHS)))
    data[at % len(data)] = value
    run(write(tmp_path_factory.mktemp("pdf"), "a.pdf", b"%PDF-1.4\n" + bytes(data[9:-cut])))


def docx(*paragraphs: str) -> bytes:
    from docx import Document

    document = Document()
    document.core_properties.title = "Truce signed"
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    row = document.add_table(rows=1, cols=2).rows[0].cells
    row[0].text, row[1].text = "Guns", "40"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.zip", "a"])
def test_a_word_document_gives_its_paragraphs_and_tables(tmp_path: Path, name: str) -> None:
    (found,), problems = run(write(tmp_path, name, docx(*PARAGRAPHS)))
    assert problems == []
    assert found.text.split("\n")[:4] == [*PARAGRAPHS, "Guns\t40"]
    assert (found.title, found.published) == ("Truce signed", None)


def test_a_word_document_that_explodes_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO(docx("short"))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/media/x.xml", b"0" * 6_000_000)
    path = write(tmp_path, "a.docx", out.getvalue())
    (problem,) = take_in([str(path)], Settings(most_bytes=1_000_000))
    assert isinstance(problem, Problem)
    assert "unpacks to" in problem.message


def test_a_zip_that_calls_itself_a_word_document_is_said_to_be_damaged(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", "words")
    assert "Word document" in run(write(tmp_path, "a.docx", out.getvalue()))[1][0].message


def message(body: str = "\n\n".join(PARAGRAPHS)) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Example Wire <desk@example.org>"
    mail["To"] = "analyst@example.org"
    mail["Subject"] = "Truce signed"
    mail["Date"] = "Fri, 12 Mar 2021 23:30:00 -0500"
    mail.set_content(body)
    return mail


@pytest.mark.parametrize("name", ["a.eml", "a.txt"])
def test_a_message_gives_its_body_and_its_header_tells_the_rest(tmp_path: Path, name: str) -> None:
    (found,), problems = run(write(tmp_path, name, message().as_bytes()))
    assert problems == []
    assert found.text.strip() == "\n\n".join(PARAGRAPHS)
    assert (found.title, found.source, found.day) == ("Truce signed", "Example Wire", date(2021, 3, 12))
    assert found.published_how == "metadata"
    assert found.raw is not None


def test_a_message_of_a_page_alone_is_read_as_a_page(tmp_path: Path) -> None:
    mail = message()
    mail.set_content(f"<html><body><article>{BODY}</article></body></html>", subtype="html")
    (found,), _ = run(write(tmp_path, "a.eml", mail.as_bytes()))
    assert PARAGRAPHS[0] in found.text
    assert (found.title, found.day) == ("Truce signed", date(2021, 3, 12))


def test_attachments_of_kinds_that_are_read_are_reports_too(tmp_path: Path) -> None:
    mail = message("See attached. " + PARAGRAPHS[0])
    mail.add_attachment(pdf(list(PARAGRAPHS)), maintype="application", subtype="pdf", filename="statement.pdf")
    mail.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="logo.png")
    mail.add_attachment(PARAGRAPHS[1], filename="../note.txt")
    reports, problems = run(write(tmp_path, "a.eml", mail.as_bytes()))
    assert [report.name for report in reports] == ["a", "statement", "note"]
    assert problems == []


def test_a_forwarded_message_is_a_report_with_its_own_day(tmp_path: Path) -> None:
    outer = message("For your information. " + PARAGRAPHS[2])
    outer.replace_header("Date", "Mon, 15 Mar 2021 09:00:00 +0000")
    outer.add_attachment(message())
    reports, problems = run(write(tmp_path, "a.eml", outer.as_bytes()))
    assert [report.day for report in reports] == [date(2021, 3, 15), date(2021, 3, 12)]
    assert problems == []


def test_a_page_saved_as_one_file_has_the_address_and_not_the_day_of_saving(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"] = "<Saved by Blink>"
    mail["Snapshot-Content-Location"] = "https://example.org/2021/03/12/truce"
    mail["Subject"] = "Truce signed"
    mail["Date"] = "Mon, 1 Jul 2024 09:00:00 +0000"
    mail.set_content(f"<html><body><article>{BODY}</article></body></html>", subtype="html")
    (found,), _ = run(write(tmp_path, "a.mhtml", mail.as_bytes()))
    assert (found.url, found.day, found.published_how) == (
        "https://example.org/2021/03/12/truce",
        date(2021, 3, 12),
        "url",
    )


def test_a_body_in_another_charset_is_decoded_as_declared(tmp_path: Path) -> None:
    mail = message()
    mail.set_content("Переговоры. " + PARAGRAPHS[0], charset="koi8-r", cte="quoted-printable")
    (found,), _ = run(write(tmp_path, "a.eml", mail.as_bytes()))
    assert found.text.startswith("Переговоры. ")


def test_an_empty_message_is_said_to_be_empty(tmp_path: Path) -> None:
    assert run(write(tmp_path, "a.eml", message("\n").as_bytes()))[1][0].level == "error"


def test_deeply_nested_tags_do_no_harm(tmp_path: Path) -> None:
    html = "<html><body>" + "<div>" * 20_000 + PARAGRAPHS[0]
    reports, problems = run(write(tmp_path, "a.html", html))
    assert len(reports) + len(problems) >= 1


def test_taking_in_leaves_the_loggers_of_libraries_as_they_were(tmp_path: Path) -> None:
    import logging

    before = logging.getLogger("pypdf").level
    run(write(tmp_path, "a.pdf", os.urandom(10).join([b"%PDF-1.4", b""])))
    assert logging.getLogger("pypdf").level == before
