"""Reports come in and are kept as they came: from files of any kind that the inbox of an analyst holds.

`take_in` finds the files (`inbox`), tells their kinds by content (`kinds`), lets the reader of each kind make drafts,
and finishes these into reports (`drafts`). Whatever is wrong with one file is a `Problem`, and the others go on.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Final

from peacetable.intake import inbox, json_reports
from peacetable.intake.about import About
from peacetable.intake.decoding import binary, decode
from peacetable.intake.drafts import Draft, finish
from peacetable.intake.headers import read_header
from peacetable.intake.inbox import Item
from peacetable.intake.kinds import HEAD, Kind, NoReport, kind_of
from peacetable.model import Problem, Taken
from peacetable.settings import Settings

Reader = Callable[[bytes, Item, Settings], Iterator[Draft | Item | Problem]]
# A message in an archive may have an attachment; a message in that is one too many.
_DEEPEST: Final = 3


def take_in(sources: Sequence[str], settings: Settings) -> Iterator[Taken | Problem]:
    """Take in reports.

    Args:
        sources: files, folders, archives, or "-" for standard input.
        settings: limits, and what to assume where a report does not tell its day or publisher.

    Yields:
        A `Taken` for each report; a `Problem` for whatever could not be taken in, or needs saying.
    """
    names: set[str] = set()
    seen: set[Path] = set()
    for source in sources:
        for item in inbox.find(source, most_bytes=settings.most_bytes):
            if isinstance(item, Problem):
                yield item
                continue
            if item.path:
                real = item.path.resolve()
                if real in seen:
                    continue
                seen.add(real)
            for draft in drafts_in(item, settings):
                if isinstance(draft, Problem):
                    yield draft
                else:
                    yield from finish(*draft, settings, names)


def drafts_in(item: Item, settings: Settings) -> Iterator[tuple[Draft, About] | Problem]:
    """The drafts of reports that one file holds, each with its row of `reports.csv`."""
    try:
        with item.open() as file:
            head = file.read(HEAD)
            kind = kind_of(head, item.suffix)
            if kind == "archive":
                yield from _archive(file, item, settings)
                return
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
            data = file.read() if size <= settings.most_bytes else b""
    except OSError as error:
        yield Problem(item.where, f"{(error.strerror or str(error)).capitalize()}. Nothing was read from it.")
        return
    if isinstance(kind, NoReport):
        yield _no_report(item, kind)
    elif size > settings.most_bytes:
        yield _too_big(item, size, settings)
    elif not data:
        yield Problem(item.where, "the file is empty. Give a file with the report's words.")
    else:
        for found in _reader(kind)(data, item, settings):
            if isinstance(found, Draft):
                yield found, item.row
            elif isinstance(found, Problem):
                yield found
            elif found.depth > _DEEPEST:
                yield Problem(found.where, "this lies too deep in other files. Take it out and give it by itself.")
            else:
                yield from drafts_in(found, settings)


def _archive(file: BinaryIO, item: Item, settings: Settings) -> Iterator[tuple[Draft, About] | Problem]:
    """The drafts in a zip archive, or in the Word document that calls itself one."""
    from peacetable.intake import archives

    if problem := archives.too_much(file, settings, where=item.where):
        yield problem
    elif what := archives.office_kind(file):
        yield binary(item.where, what)
    elif archives.is_docx(file):
        yield from drafts_in(replace(item, name=f"{item.stem}.docx"), settings)
    elif item.depth:
        yield Problem(item.where, "this is an archive within another file. Unpack it and give its files.")
    else:
        empty = True
        for member in archives.members(file, item, settings):
            empty = False
            if isinstance(member, Problem):
                yield member
            else:
                yield from drafts_in(member, settings)
        if empty:
            yield Problem(item.where, "the archive holds no report.")


def _docx(data: bytes, item: Item, settings: Settings) -> Iterator[Draft | Problem]:
    from peacetable.intake import archives, documents

    # It is read at one go, so that it must not unpack to more than a few times the largest report.
    limits = replace(settings, most_unpacked=min(settings.most_unpacked, 5 * settings.most_bytes))
    if problem := archives.too_much(io.BytesIO(data), limits, where=item.where):
        yield problem
    else:
        yield from documents.docx(data, item, settings)


def _no_report(item: Item, found: NoReport) -> Problem:
    if found.harmless and not item.named:
        return Problem(item.where, f"this is {found.what}, not a report. It was passed over.", "note")
    return binary(item.where, found.what)


def _too_big(item: Item, size: int, settings: Settings) -> Problem:
    # Of a pipe no more is read than tells that it is too much.
    found = f"{size:,} bytes" if item.path else f"more than {settings.most_bytes:,} bytes"
    return Problem(
        item.where,
        f"the file has {found}; no report is larger than {settings.most_bytes:,}. It was not read. Split it.",
    )


def _text(data: bytes, item: Item, settings: Settings) -> Iterator[Draft | Problem]:
    decoded = decode(data, where=item.where)
    if isinstance(decoded, Problem):
        yield decoded
        return
    if decoded.note:
        yield decoded.note
    header = read_header(decoded.text)
    if header and not decoded.text[header.end :].strip():
        yield Problem(item.where, "the report has header lines and no text. Give a file with the report's words.")
        return
    yield Draft(
        where=item.where,
        name=item.stem,
        text=decoded.text,
        about=About.of(header.told if header else {}),
        told_by="header",
        header=header.end if header else 0,
    )


def _json(data: bytes, item: Item, settings: Settings) -> Iterator[Draft | Problem]:
    decoded = decode(data, where=item.where)
    if isinstance(decoded, Problem):
        yield decoded
        return
    try:
        value = json_reports.parse(decoded.text)
    except ValueError as error:
        if json_reports.are_lines(decoded.text):
            yield from _lines(data, item, settings)
        elif item.suffix.lower() in (".json", ".jsonld"):
            yield json_reports.not_json(item.where, error)
        else:
            yield from _text(data, item, settings)  # a text that begins with a bracket
        return
    if decoded.note:
        yield decoded.note
    yield from json_reports.reports_in(value, where=item.where, name=item.stem)


def _lines(data: bytes, item: Item, settings: Settings) -> Iterator[Draft | Problem]:
    decoded = decode(data, where=item.where)
    if isinstance(decoded, Problem):
        yield decoded
        return
    if decoded.note:
        yield decoded.note
    for found in json_reports.parse_lines(decoded.text, where=item.where):
        if isinstance(found, Problem):
            yield found
        else:
            yield from json_reports.reports_in(found[1], where=found[0], name=item.stem)


def _reader(kind: Kind) -> Reader:
    """What makes drafts of a file of one kind; only those that are needed are imported."""
    if kind == "page":
        from peacetable.intake.pages import page

        return page
    if kind == "mail":
        from peacetable.intake.mail import mail

        return mail
    if kind == "pdf":
        from peacetable.intake.documents import pdf

        return pdf
    return {"json": _json, "lines": _lines, "docx": _docx}.get(kind, _text)
