"""`peacetable history` and `peacetable undo`: what people did to a record, and taking it back."""

from __future__ import annotations

from typing import Annotated

import typer

from peacetable import pipeline
from peacetable.settings import Settings
from peacetable.views.commands import dialog, options
from peacetable.views.commands.session import Session
from peacetable.views.doings import doing_lines, doing_object
from peacetable.views.grids import doing_grid


def history(record: options.Record, *, as_json: options.AsJson = False) -> None:
    """What people did to the record, the latest first, with the numbers by which it can be taken back.

    Example: peacetable history process.db
    """
    session = Session()
    with pipeline.open_record(record, Settings()) as store:
        doings = store.history()
        reports = {report.id: report for report in store.view().reports()} if doings else {}
    if as_json:
        session.json([doing_object(doing) for doing in doings])
    elif doings:
        session.show(doing_grid(doings, reports))
    else:
        session.answer("Nobody has decided anything about this record.")


def undo(
    record: options.Record,
    number: Annotated[
        int | None, typer.Argument(metavar="NUMBER", help="What to take back, as history tells it; else the last.")
    ] = None,
    *,
    by: dialog.By = None,
) -> None:
    """Take back what a person did: what stood before stands again. Both stay in the history.

    Example: peacetable undo process.db 17
    """
    session, author = Session(), dialog.person(by)
    with pipeline.open_record(record, Settings()) as store:
        standing = [doing for doing in store.history() if doing.undone is None]
        chosen = [doing for doing in standing if number in (None, doing.revision)][:1]
        if not chosen:
            raise typer.BadParameter(
                f"there is nothing {'' if number is None else f'numbered {number} '}to take back; "
                f"`peacetable history {record}` tells what there is",
                param_hint="'NUMBER'",
            )
        reports = {report.id: report for report in store.view().reports()}
        store.take_back(chosen[0].revision, by=author)
    for line in doing_lines(chosen[0], reports):
        session.answer(f"Taken back: {line}")
    raise typer.Exit(session.code)
