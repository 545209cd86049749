"""`peacetable check`, `backup`, `restore`, `export` and `import`: keeping a record whole, and moving it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from peacetable import pipeline
from peacetable.errors import InputError, OutputError
from peacetable.model import Problem
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.looking import level, tell_left_out
from peacetable.views.commands.session import Session
from peacetable.views.whole_files import write_lines

if TYPE_CHECKING:
    from peacetable.pipeline import Store

#: What a record in one file begins with, so that a backup of one can be told from exported lines.
SQLITE: Final = b"SQLite format 3\x00"

Replace = Annotated[bool, typer.Option("--replace", help="Put it in the place of a record that is there.")]


def check(
    record: options.Record,
    *,
    mend: Annotated[
        bool, typer.Option("--mend", help="Make anew what follows from the reports: the search index.")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Is the record whole? Tries every rule that it keeps on every row, and says what to do where one does not hold.

    Example: peacetable check process.db
    """
    session = Session()
    with pipeline.open_record(record, Settings()) as store, session.working("Checking"):
        if mend:
            store.mend()
        found = pipeline.check(store)
    if as_json:
        problems = [{"where": each.where, "message": each.message, "level": each.level} for each in found.problems]
        session.json({"whole": found.whole, "problems": problems, "untold": found.untold, "rows": found.counts})
        raise typer.Exit(0 if found.whole else 1)
    for problem in found.problems:
        session.problem(problem)
    if found.untold:
        session.problem(Problem(record, f"and {phrases.counted(found.untold, 'other problem')}"))
    if found.whole:
        reports, findings = found.counts["reports"], found.counts["claims"]
        session.answer(
            f"{store.target}: whole; {phrases.counted(reports, 'report')}, {phrases.counted(findings, 'finding')}"
        )
    raise typer.Exit(session.code)


def backup(
    record: options.Record,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the backup goes.")],
    *,
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of a file that is there.")] = False,
) -> None:
    """Write the record into a file, whole or not at all, while others go on reading and writing it.

    The backup of a record in a file is a record itself; that of one in PostgreSQL is lines of JSON, as `export` writes
    them. `restore` takes both.

    Example: peacetable backup process.db process-backup.db
    """
    session = Session()
    if file.exists() and not replace:
        raise typer.BadParameter(f"{file} is there already; name another file, or --replace it", param_hint="'FILE'")
    with pipeline.open_record(record, Settings()) as store, session.working("Backing up"):
        store.back_up(file)
        session.answer(f"{store.target}: backed up to {file}")


def restore(
    file: Annotated[Path, typer.Argument(metavar="BACKUP", help="What `backup` or `export` wrote.")],
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record to make.")],
    *,
    replace: Replace = False,
) -> None:
    """Make a record out of a backup, all of it or nothing; with --replace also of one that others are reading.

    Example: peacetable restore process-backup.db process.db --replace
    """
    try:
        with file.open("rb") as opened:
            copy = opened.read(len(SQLITE)) == SQLITE
    except OSError as error:
        raise InputError(str(file), error.strerror or str(error)) from error
    if not copy:
        _take_over(_lines(file), record, replace=replace)
        return
    with pipeline.open_record(str(file), Settings()) as source:
        _take_over(source.lines(), record, replace=replace)


def export(
    record: options.Record,
    *,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help="The format: jsonl.")] = "jsonl",
    out: Annotated[Path | None, typer.Option("-o", metavar="FILE", help="Where it goes; else standard output.")] = None,
    tlp: options.Tlp = None,
) -> None:
    """The whole record as lines of JSON, one a row, for `import`: between a file and PostgreSQL too.

    What goes in comes out to the letter. With --tlp, what is marked for fewer eyes is left out.

    Example: peacetable export process.db -o process.jsonl
    """
    if to != "jsonl":
        raise typer.BadParameter(f"there is no format {to!r}; there is jsonl", param_hint="'--to'")
    with pipeline.open_record(record, Settings()) as store:
        if tlp:
            tell_left_out(store.view(marking=level(tlp)).left_out, tlp)
        lines = store.lines(marking=level(tlp))
        if out is not None:
            write_lines(out, lines)
            return
        try:
            for line in lines:
                sys.stdout.write(line)
            sys.stdout.flush()
        except BrokenPipeError:
            raise  # whoever read it has gone
        except OSError as error:
            raise OutputError("standard output", error.strerror or str(error)) from error


def import_(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record to make.")],
    file: Annotated[str, typer.Argument(metavar="FILE", help="What `export` wrote; - is standard input.")],
    *,
    replace: Replace = False,
) -> None:
    """Make a record out of exported lines, all of it or nothing; lines that were changed or cut off are refused.

    Example: peacetable import process.db process.jsonl
    """
    _take_over(sys.stdin if file == "-" else _lines(Path(file)), record, replace=replace)


def _take_over(lines: Iterable[str], record: str, *, replace: bool) -> None:
    session = Session()
    with session.working("Importing"), pipeline.import_record(lines, record, Settings(), replace=replace) as store:
        session.answer(f"{store.target}: {_held(store)}")


def _held(store: Store) -> str:
    counts = store.counts()
    return f"{phrases.counted(counts['reports'], 'report')}, {phrases.counted(counts['claims'], 'finding')}"


def _lines(file: Path) -> Iterator[str]:
    with _readable(file), file.open(encoding="utf-8", newline="\n") as lines:
        yield from lines


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), getattr(error, "strerror", None) or "it is no text") from error
