"""`reports.csv`: a table beside the files that tells what they do not tell themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from peacetable.intake.about import About, printable
from peacetable.intake.decoding import decode
from peacetable.model import Problem

NAME: Final = "reports.csv"


@dataclass(frozen=True, slots=True)
class Listing:
    """The table of one folder.

    Attributes:
        rows: by file name, as written in the column "file".
        problems: what is wrong with the table.
    """

    rows: Mapping[str, About] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def row(self, name: str) -> About:
        """What the table tells about a file; an empty row where it tells nothing."""
        return self.rows.get(name, About())

    def missing(self, names: set[str], where: str) -> Iterator[Problem]:
        """The files that the table names and the folder does not hold."""
        absent = sorted(printable(name) for name in self.rows.keys() - names)
        if absent:
            shown = ", ".join(absent[:5]) + (", ..." if len(absent) > 5 else "")
            yield Problem(where, f"the table names files that are not here: {shown}. They were passed over.", "note")


def read_listing(data: bytes, where: str) -> Listing:
    """The rows of a `reports.csv`; a table that cannot be read is one problem, and no row.

    Args:
        data: the file; a byte order mark, capitals in the header and unknown columns do no harm.
        where: its path, for messages.
    """
    decoded = decode(data, where=where)
    if isinstance(decoded, Problem):
        return Listing(problems=(decoded,))
    notes = (decoded.note,) if decoded.note else ()
    first = decoded.text.partition("\n")[0]
    mark = ";" if first.count(";") > first.count(",") else ","
    try:
        table = [row for row in csv.reader(io.StringIO(decoded.text, newline=""), delimiter=mark) if any(row)]
    except csv.Error as error:
        return Listing(problems=(*notes, Problem(where, f"this is no table that can be read ({error}).", "warning")))
    heads = [head.strip().casefold() for head in table[0]] if table else []
    heads = ["licence" if head == "license" else head for head in heads]
    if "file" not in heads:
        message = (
            f'found the columns {", ".join(heads) or "(none)"}, expected "file" among them; the table was passed over.'
        )
        return Listing(problems=(*notes, Problem(where, message, "warning")))
    rows = {}
    for cells in table[1:]:
        values = dict(zip(heads, (cell.strip() for cell in cells), strict=False))
        if name := values.get("file", ""):
            rows[name.replace("\\", "/").removeprefix("./")] = About.of(values)
    return Listing(rows, notes)
