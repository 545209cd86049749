"""What one run of a command says to the person who started it, and the exit code that it ends with.

Problems go to standard error, one line each; standard output holds the answer and nothing else.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Timer
from typing import TYPE_CHECKING, Any, Final, TypeVar

from peacetable.errors import PeacetableError
from peacetable.model import Problem
from peacetable.views.phrases import printable

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

OK: Final = 0
PROBLEMS: Final = 1
USAGE: Final = 2
#: Columns of a table that is not shown on a terminal (a pipe, a file): wide enough not to break every cell.
PIPED_WIDTH: Final = 160
#: A progress bar is shown when a command takes longer than this.
PATIENCE: Final = 1.0

Item = TypeVar("Item")


class Session:
    """Says things, and remembers whether anything went wrong."""

    def __init__(self) -> None:
        self.code = OK
        self._said: set[tuple[str, str]] = set()

    def problem(self, problem: Problem) -> None:
        """Report what is wrong, once; an error or a warning makes the command end with 1, a note does not."""
        if problem.level != "note":
            self.code = PROBLEMS
        if (problem.where, problem.message) not in self._said:
            self._said.add((problem.where, problem.message))
            self.tell(f"{problem.level}: {_line(problem.where)}: {_line(problem.message)}")

    def failure(self, error: PeacetableError) -> None:
        """Report an error that ends the command."""
        self.code = PROBLEMS
        self.tell(f"error: {_line(str(error))}")

    def tell(self, line: str) -> None:
        """A line for the person, on standard error."""
        sys.stderr.write(printable(line) + "\n")

    def answer(self, line: str = "") -> None:
        """A line of the answer, on standard output."""
        sys.stdout.write(printable(line) + "\n")

    def json(self, value: Any) -> None:
        """The answer as JSON."""
        sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")

    def show(self, *renderables: RenderableType) -> None:
        """Tables of the answer, as wide as the terminal."""
        console = _console()
        for renderable in renderables:
            console.print(renderable)

    def progress(self, items: Iterable[Item], what: str) -> Iterator[Item]:
        """Pass items on; where it takes over a second and standard error is a terminal, say how far it is."""
        if not sys.stderr.isatty():
            yield from items
            return
        started = time.monotonic()
        with ExitStack() as stack:
            status = None
            for number, item in enumerate(items, start=1):
                if status is None and time.monotonic() - started > PATIENCE:
                    status = stack.enter_context(_console(stderr=True).status(""))
                if status is not None:
                    status.update(f"{number:,} {what}")
                yield item

    @contextmanager
    def working(self, what: str) -> Iterator[None]:
        """While one long piece of work runs: after a second, and where standard error is a terminal, say what it is."""
        if not sys.stderr.isatty():
            yield
            return
        status = _console(stderr=True).status(what)
        timer = Timer(PATIENCE, status.start)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            status.stop()


def _console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    known = stream.isatty() or "COLUMNS" in os.environ
    return Console(file=stream, width=None if known else PIPED_WIDTH, highlight=False, markup=False, emoji=False)


def _line(text: str) -> str:
    return " ".join(text.split())
