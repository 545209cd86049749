"""The text of PDF and Word documents. What their makers' programs noted about dates is no day of publication."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from peacetable.intake.about import About, printable
from peacetable.intake.drafts import Draft
from peacetable.intake.inbox import Item
from peacetable.intake.wrapping import unwrap
from peacetable.model import Problem
from peacetable.settings import Settings

Out = TypeVar("Out")
_FILE_TITLE: Final = re.compile(r"(?i)microsoft word|untitled|\.(?:docx?|pdf|odt|rtf|indd)$")


def pdf(data: bytes, item: Item, settings: Settings) -> Iterator[Draft | Problem]:
    """The report in a PDF file: the text of its pages, lines joined into paragraphs."""
    found = guarded(lambda: _pdf(data, settings.most_characters), where=item.where, what="a PDF document")
    if isinstance(found, Problem):
        yield found
        return
    text, title, version = found
    if not text.strip():
        yield Problem(
            item.where,
            "this PDF holds no text: its pages seem to be pictures. Make its text readable (OCR) and try again.",
        )
        return
    yield _draft(data, item, text=text, title=title, extractor=f"pypdf {version}")


def docx(data: bytes, item: Item, settings: Settings) -> Iterator[Draft | Problem]:
    """The report in a Word document: its paragraphs and the rows of its tables, in order."""
    found = guarded(lambda: _docx(data), where=item.where, what="a Word document (.docx)")
    if isinstance(found, Problem):
        yield found
        return
    text, title, version = found
    yield _draft(data, item, text=text, title=title, extractor=f"python-docx {version}")


def _draft(data: bytes, item: Item, *, text: str, title: str | None, extractor: str) -> Draft:
    about = About.of({"title": title})
    return Draft(where=item.where, name=item.stem, text=text, about=about, raw=data, extractor=extractor)


def guarded(read: Callable[[], Out], *, where: str, what: str) -> Out | Problem:
    """What a library reads out of a file, or the problem that it has with it.

    This is the one place that catches whatever comes: given a broken or hostile file, pypdf, python-docx, lxml and
    trafilatura raise not only their own errors but nearly every built-in one (KeyError, TypeError, AssertionError,
    struct.error, zlib.error ...), and one bad file must never stop the others.
    """
    try:
        with _silenced("pypdf", "trafilatura", "htmldate", "docx"):
            return read()
    except MemoryError:
        return Problem(where, f"{what} needs more memory than there is. Give it as plain text.")
    except Exception as error:  # noqa: BLE001  # see above
        said = printable(" ".join(str(error).split()))[:160]
        kind = type(error).__name__
        return Problem(
            where, f"{what} that is damaged or protected ({kind}{': ' + said if said else ''}). Save it anew."
        )


def _pdf(data: bytes, most: int) -> tuple[str, str | None, str]:
    from pypdf import PdfReader, __version__

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        reader.decrypt("")
    pages: list[str] = []
    room = most + 1
    for page in reader.pages:
        pages.append(unwrap(page.extract_text()).strip()[:room])
        room -= len(pages[-1])
        if room <= 0:
            break
    title = _title(reader.metadata.title if reader.metadata else None)
    return "\n\n".join(page for page in pages if page), title, __version__


def _docx(data: bytes) -> tuple[str, str | None, str]:
    from docx import Document, __version__

    document = Document(io.BytesIO(data))
    return "\n".join(_blocks(document)), _title(document.core_properties.title), __version__


def _blocks(container: Any) -> Iterator[str]:
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)  # merged cells come twice
                yield "\t".join(cell for cell in cells if cell)
        else:
            yield block.text


def _title(value: Any) -> str | None:
    """The title that a document gives itself, unless it is a file's name."""
    title = value.strip() if isinstance(value, str) else ""
    return title if title and not _FILE_TITLE.search(title) else None


@contextmanager
def _silenced(*names: str) -> Iterator[None]:
    """Keep libraries' own complaints about a file off the screen: what is wrong becomes a `Problem`."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
