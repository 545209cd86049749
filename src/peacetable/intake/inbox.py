"""What lies in the places that a user names: files, folders and standard input, found in order and not yet read."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

from peacetable.intake import listing
from peacetable.intake.about import About, printable
from peacetable.intake.listing import Listing
from peacetable.model import Problem

STDIN: Final = "-"
# Beside reports lie papers about them.
_PAPERS: Final = ("readme", "license", "licence", "copying", "notice", "changelog")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file to take in: on disk, in an archive or a message, or from standard input.

    Attributes:
        where: what to call it in messages.
        name: the file's name.
        path: where it is on disk, if it is.
        data: its bytes, if it is not.
        row: what a `reports.csv` beside it tells.
        named: the user named this very file, rather than a folder or archive that holds it.
        depth: how many archives and messages it lies in.
    """

    where: str
    name: str
    path: Path | None = None
    data: bytes = field(default=b"", repr=False)
    row: About = field(default_factory=About)
    named: bool = False
    depth: int = 0

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """The suffix, with its dot."""
        return Path(self.name).suffix

    def open(self) -> BinaryIO:
        """The file, to be read from the start.

        Raises:
            OSError: it cannot be read.
        """
        return self.path.open("rb") if self.path else io.BytesIO(self.data)


def find(source: str, *, most_bytes: int) -> Iterator[Item | Problem]:
    """The files of one source, in the order of their names.

    Args:
        source: a file, a folder, or "-" for standard input.
        most_bytes: how much of a pipe to read before it is too much.
    """
    if source == STDIN:
        yield _piped(sys.stdin.buffer, "standard input", "stdin", most_bytes)
        return
    path = Path(source)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield Problem(printable(source), f"{_reason(error)}. Name a file or a folder that can be read.")
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path, walked=set())
    elif stat.S_ISREG(mode):
        table = path.parent / listing.NAME
        row = _listing(table).row(path.name) if table.is_file() else About()
        yield Item(where=printable(source), name=path.name, path=path, row=row, named=True)
    else:
        try:
            with path.open("rb") as pipe:
                yield _piped(pipe, source, path.name, most_bytes)
        except OSError as error:
            yield Problem(printable(source), f"{_reason(error)}. Name a file or a folder that can be read.")


def is_paper(name: str) -> bool:
    """Is this a hidden file, the table, or a paper about the reports (README, LICENSE)?"""
    stem = Path(name).stem.lower()
    return name.startswith((".", "~$")) or name.casefold() == listing.NAME or stem in _PAPERS


def _piped(pipe: BinaryIO, where: str, name: str, most_bytes: int) -> Item | Problem:
    try:
        data = pipe.read(most_bytes + 1)
    except OSError as error:
        return Problem(where, f"{_reason(error)}. Nothing was read from it.")
    return Item(where=where, name=name, data=data, named=True)


def _folder(folder: Path, *, walked: set[tuple[int, int]]) -> Iterator[Item | Problem]:
    """The files of a folder and of those in it; a folder that was walked already, by a link, is not walked again."""
    try:
        state = folder.stat()
        with os.scandir(folder) as scan:
            names = sorted(entry.name for entry in scan)
    except OSError as error:
        yield Problem(printable(str(folder)), f"{_reason(error)}. Make the folder readable, or leave it out.")
        return
    if (state.st_dev, state.st_ino) in walked:
        return
    walked.add((state.st_dev, state.st_ino))
    table = _listing(folder / listing.NAME) if listing.NAME in names else Listing()
    yield from table.problems
    yield from table.missing(set(names), str(folder / listing.NAME))
    pages = {Path(name).stem for name in names if Path(name).suffix.lower() in (".html", ".htm")}
    for name in names:
        path = folder / name
        if is_paper(name):
            continue
        try:
            mode = path.stat().st_mode
        except OSError as error:
            yield Problem(printable(str(path)), f"{_reason(error)}. It was passed over.")
            continue
        if stat.S_ISDIR(mode):
            if not (name.endswith("_files") and name.removesuffix("_files") in pages):  # what a saved page looks like
                yield from _folder(path, walked=walked)
        elif stat.S_ISREG(mode):
            yield Item(where=printable(str(path)), name=name, path=path, row=table.row(name))
        else:
            yield Problem(printable(str(path)), "this is a pipe or a device, no file. It was passed over.", "warning")


def _listing(path: Path) -> Listing:
    try:
        data = path.read_bytes()
    except OSError as error:
        return Listing(problems=(Problem(str(path), f"{_reason(error)}; the table was passed over.", "warning"),))
    return listing.read_listing(data, str(path))


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).capitalize() or "It cannot be read"
