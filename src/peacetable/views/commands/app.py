"""The command line, put together: every command with its help, and how errors become exit codes.

0: done. 1: done as far as possible, problems were reported. 2: the command was not used as it is meant. 130: stopped.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from peacetable.errors import PeacetableError
from peacetable.views.commands.add_reports import add
from peacetable.views.commands.conflicts import conflict_app
from peacetable.views.commands.joining import join, split
from peacetable.views.commands.keeping import backup, check, export, import_, restore
from peacetable.views.commands.read_reports import read
from peacetable.views.commands.reviewing import review
from peacetable.views.commands.search_words import search
from peacetable.views.commands.session import PROBLEMS, Session
from peacetable.views.commands.show_differences import changes, disputes
from peacetable.views.commands.show_due import commitments, due
from peacetable.views.commands.show_issues import file, issues
from peacetable.views.commands.show_parties import parties
from peacetable.views.commands.show_positions import positions
from peacetable.views.commands.show_things import agreements, incidents, talks
from peacetable.views.commands.show_timeline import timeline
from peacetable.views.commands.undoing import history, undo
from peacetable.views.commands.weighing import choose, grade
from peacetable.views.commands.withdrawing import reread, withdraw
from peacetable.views.commands.write_brief import brief

#: Ended by Ctrl-C: 128 and the number of the signal, as shells have it.
STOPPED: Final = 130
INTRODUCTION: Final = """
Reads reports about a peace process and keeps a sourced ledger of it: who promised, proposed, said and refused what,
by when, according to whom, and where the reports disagree.

Example: peacetable brief reports/ --record process.db -o brief.html
"""


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Args:
        arguments: what stands after the program's name.

    Returns:
        The exit code.
    """
    try:
        app(args=list(arguments), prog_name="peacetable")
    except SystemExit as ended:
        return _flushed(ended.code if isinstance(ended.code, int) else int(bool(ended.code)))
    except PeacetableError as error:
        Session().failure(error)
        return PROBLEMS
    except BrokenPipeError:
        return _flushed(PROBLEMS)
    except KeyboardInterrupt:
        return STOPPED
    return 0


def _flushed(code: int) -> int:
    """Flush what is left; whoever read the output may have gone (`| head`), and that is no error of ours."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would be flushed again when Python ends, and fail again, noisily.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


def _show_version(value: bool) -> None:  # noqa: FBT001  # the form that typer calls
    if value:
        from importlib.metadata import version

        sys.stdout.write(f"peacetable {version('peacetable')}\n")
        raise typer.Exit


def _version(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Nothing runs before a command; typer wants a function to hang the options of the program itself on."""


#: Every command, in the order in which the help shows them.
app: Final = typer.Typer(
    help=INTRODUCTION,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(_version)
for command in (
    brief, read, add, due, commitments, positions, agreements, talks, incidents, timeline, disputes, changes, parties,
    issues, search,
    join, split, review, choose, grade, file, withdraw, reread, history, undo,
    check, backup, restore, export, import_,
):  # fmt: skip
    app.command(command.__name__.rstrip("_"))(command)  # "import" is a word of Python
app.add_typer(conflict_app, name="conflict")
