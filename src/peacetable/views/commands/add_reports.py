"""`peacetable add`: reports into a record, once each."""

from __future__ import annotations

from typing import Annotated

import typer

from peacetable import pipeline
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.session import Session
from peacetable.views.commands.taking import record as record_all


def add(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record; it is made where there is none.")],
    reports: options.Reports,
    *,
    published: options.Published = None,
    source: options.Source = None,
    engine: options.EngineName = "local",
    findings: Annotated[
        bool, typer.Option("--findings", help="Take the findings JSON beside each report as a person's work.")
    ] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Whose work the findings are.")] = None,
) -> None:
    """Put reports into a record: each is taken in, read and recorded whole, or not at all.

    A report that the record has already changes nothing. Without --findings, findings in a file are left aside.

    Example: peacetable add process.db reports/ --source "Example Wire"
    """
    if findings and not by:
        raise typer.BadParameter("say whose work the findings are with --by NAME", param_hint="'--findings'")
    if by and not findings:
        raise typer.BadParameter("it goes with --findings", param_hint="'--by'")
    session = Session()
    settings = Settings(engine=engine, published=published, source=source)
    with pipeline.open_record(record, settings, create=True) as store:
        tally = record_all(store, reports, settings, session, by=by)
    known = f"; {phrases.counted(tally.known, 'report')} there already" if tally.known else ""
    session.answer(f"{store.target}: {phrases.counted(tally.added, 'report')} added{known}")
    raise typer.Exit(session.code)
