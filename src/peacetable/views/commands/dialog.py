"""A conversation in the terminal, a line at a time: what is asked, and what may be answered.

Answers are read from standard input, so that a file of answers does as well as a person; where it ends, the
conversation ends, and what was decided until then stays.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Mapping
from typing import Annotated, Final

import typer

from peacetable.views.commands.session import Session
from peacetable.views.phrases import printable

#: The answer where nothing more comes.
QUIT: Final = "quit"

By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who decides; else the name that you logged in with.")
]
Why = Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why, in your own words.")]


def person(by: str | None) -> str:
    """Who decides: never an engine, whose name has a version after a slash."""
    if by is None:
        try:
            return getpass.getuser()
        except (KeyError, OSError) as error:  # a machine on which nobody has a name
            raise typer.BadParameter("say who decides with --by NAME", param_hint="'--by'") from error
    if not by.strip() or "/" in by:
        raise typer.BadParameter(f"{by!r} is no person's name; engines have a slash in theirs", param_hint="'--by'")
    return " ".join(by.split())


def choose(session: Session, answers: Mapping[str, str]) -> str:
    """Ask for one of some answers, by its first letter or its word, until one of them is given.

    Args:
        session: says what is asked.
        answers: from the word to what it does: {"accept": "they are one"}; "quit" is always there.

    Returns:
        The word.
    """
    words = [*answers, QUIT]
    letters = {word[0]: word for word in reversed(words)}
    while True:
        given = line("  ".join(f"[{word[0]}]{word[1:]}" for word in words) + ": ")
        if given is None:
            session.answer()
            return QUIT
        word = letters.get(given.lower(), given.lower())
        if word in words:
            return word
        shown = "; ".join(f"{word}: {told}" for word, told in answers.items())
        session.answer(f"{printable(given)!r} is no answer here. {shown}; {QUIT}: end, and keep what was decided.")


def line(prompt: str) -> str | None:
    """One line that is typed in; None where nothing more comes."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    try:
        given = sys.stdin.readline()
    except UnicodeDecodeError:
        return ""
    return given.strip() if given else None
