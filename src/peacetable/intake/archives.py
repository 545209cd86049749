"""Zip archives, read in memory: nothing is ever written, and nothing can explode.

What an archive declares is checked before a byte is unpacked, and what comes out is counted again.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from peacetable.intake import listing
from peacetable.intake.about import printable
from peacetable.intake.inbox import Item, is_paper
from peacetable.intake.listing import Listing
from peacetable.model import Problem
from peacetable.settings import Settings

# What zipfile raises on a damaged member; RuntimeError is "encrypted", NotImplementedError an unknown compression.
_BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, NotImplementedError, ValueError,
    struct.error, OverflowError,
)  # fmt: skip
# An entry of an archive's table of contents takes 46 bytes and its name; more than this a member is no honest table.
_MOST_TABLE: Final = 600
_END: Final = b"PK\x05\x06"


def is_docx(file: BinaryIO) -> bool:
    """Is this zip archive a Word document?"""
    try:
        with zipfile.ZipFile(file) as archive:
            return "word/document.xml" in archive.namelist()
    except _BROKEN:
        return False


def office_kind(file: BinaryIO) -> str | None:
    """What an archive is that is no archive of reports: a spreadsheet, a book, an OpenDocument text."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:2000])
    except _BROKEN:
        return None
    if "mimetype" in names and "content.xml" in names:
        return "an OpenDocument file; save it as .docx"
    known = {
        "xl/workbook.xml": "a spreadsheet (.xlsx)",
        "ppt/presentation.xml": "a presentation (.pptx)",
        "META-INF/container.xml": "an e-book (.epub)",
        "META-INF/MANIFEST.MF": "a program (.jar)",
    }
    return next((what for name, what in known.items() if name in names), None)


def too_much(file: BinaryIO, settings: Settings, *, where: str) -> Problem | None:
    """Why an archive (or a Word document, which is one) must not be unpacked, by what it declares."""
    if problem := _endless_table(file, settings, where):
        return problem
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except _BROKEN as error:
        return Problem(where, f"a zip archive that is damaged ({error}). Make it anew.")
    if len(members) > settings.most_members:
        return Problem(
            where, f"the archive has {len(members):,} members, more than the {settings.most_members:,} allowed."
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > settings.most_unpacked:
        return Problem(
            where,
            f"the archive unpacks to {unpacked:,} bytes, more than the {settings.most_unpacked:,} allowed; "
            "nothing of it was unpacked. Give the reports one by one.",
        )
    return None


def members(file: BinaryIO, item: Item, settings: Settings) -> Iterator[Item | Problem]:
    """The files of an archive, in the order of their names.

    Args:
        file: the archive; `too_much` has nothing against it.
        item: what it is called, and how deep it lies.
        settings: the limits on members and sizes.
    """
    with zipfile.ZipFile(file) as archive:
        entries = sorted(
            (entry for entry in archive.infolist() if not entry.is_dir()), key=lambda entry: entry.filename
        )
        tables = _tables(archive, entries, item, settings)
        for folder, table in tables.items():
            here = {PurePosixPath(e.filename).name for e in entries if str(PurePosixPath(e.filename).parent) == folder}
            yield from table.problems
            yield from table.missing(here, f"{item.where}/{folder}/{listing.NAME}".replace("/./", "/"))
        for entry in entries:
            path = PurePosixPath(entry.filename)
            where = f"{item.where}/{printable(entry.filename)}"
            if problem := _refused(entry, settings, where=where):
                yield problem
            elif not any(is_paper(part) for part in path.parts) and path.parts[0] != "__MACOSX":
                data = _unpack(archive, entry, settings, where=where)
                if isinstance(data, Problem):
                    yield data
                else:
                    row = tables.get(str(path.parent), Listing()).row(path.name)
                    yield Item(where=where, name=path.name, data=data, row=row, depth=item.depth + 1)


def _refused(entry: zipfile.ZipInfo, settings: Settings, *, where: str) -> Problem | None:
    """Why a member is not unpacked."""
    name = entry.orig_filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":" or "\0" in name:
        return Problem(where, "this member would escape from the archive's folder. It was refused.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        return Problem(where, "this member is a link to some other file. It was refused.")
    if entry.flag_bits & 0x1:
        return Problem(where, "this member is encrypted. Unpack it with its password and give the file itself.")
    if entry.file_size > settings.most_bytes:
        return Problem(
            where, f"this member has {entry.file_size:,} bytes, more than the {settings.most_bytes:,} that are read."
        )
    return None


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, settings: Settings, *, where: str) -> bytes | Problem:
    try:
        with archive.open(entry) as member:
            data = member.read(settings.most_bytes + 1)
    except _BROKEN as error:
        return Problem(where, f"this member cannot be unpacked ({error}). Make the archive anew.")
    if len(data) > settings.most_bytes:
        return Problem(where, f"this member unpacks to more than the {settings.most_bytes:,} bytes that are read.")
    return data


def _tables(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], item: Item, settings: Settings
) -> dict[str, Listing]:
    """The `reports.csv` of each folder in the archive."""
    tables = {}
    for entry in entries:
        path, where = PurePosixPath(entry.filename), f"{item.where}/{entry.filename}"
        if path.name == listing.NAME and not _refused(entry, settings, where=where):
            data = _unpack(archive, entry, settings, where=where)
            held = Listing(problems=(data,)) if isinstance(data, Problem) else listing.read_listing(data, where)
            tables[str(path.parent)] = held
    return tables


def _endless_table(file: BinaryIO, settings: Settings, where: str) -> Problem | None:
    """Refuse a table of contents too long to be read: zipfile would hold it in memory before anybody could count."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 70_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + 22:
        return Problem(where, "a zip archive that is damaged (its end is missing). Make it anew.")
    (count, length) = struct.unpack("<10xHL", tail[at : at + 16])
    most = settings.most_members
    if (count > most and count != 0xFFFF) or min(length, size) > most * _MOST_TABLE:
        return Problem(where, f"the archive lists more than the {most:,} members allowed. Nothing of it was unpacked.")
    return None
