"""Tables that people fill in with a spreadsheet: written, and read back, whatever the spreadsheet made of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from peacetable.errors import InputError
from peacetable.views.exports.commitments_csv import DANGEROUS, safe


def sheet(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """A table as CSV (RFC 4180, UTF-8); no cell runs as a formula.

    Args:
        columns: the names that stand at the head, in order.
        rows: a cell that is missing is empty.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([safe(row.get(name, "")) for name in columns])
    return out.getvalue().encode("utf-8")


def rows(path: Path, *, needed: Sequence[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The rows of a table, each with where it stands, for messages; with commas, semicolons or tabs between the cells.

    Args:
        path: the file.
        needed: columns that it must have.

    Raises:
        InputError: it cannot be read, or lacks a column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        detail = error.strerror or str(error) if isinstance(error, OSError) else "it is not in UTF-8"
        raise InputError(str(path), detail) from error
    head = text.split("\n", 1)[0]
    between = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=between)
    names = [name.strip() for name in reader.fieldnames or ()]
    if missing := [name for name in needed if name not in names]:
        raise InputError(str(path), f"it has no column {missing[0]!r}; its columns are {', '.join(names) or 'none'}")
    reader.fieldnames = names
    for row in reader:
        cells = {name: _plain(value) for name, value in row.items() if isinstance(name, str)}
        if any(cells.values()):
            yield f"{path}, line {reader.line_num}", cells


def _plain(cell: str | None) -> str:
    """A cell without the apostrophe that kept it from running as a formula."""
    text = (cell or "").strip()
    return text[1:] if text[:1] == "'" and text[1:2] in DANGEROUS else text
