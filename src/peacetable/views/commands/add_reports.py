"""`peacetable add`: reports into a record, once each."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from peacetable import pipeline
from peacetable.model import Problem
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands import dialog, options
from peacetable.views.commands.session import Session
from peacetable.views.commands.taking import record as record_all

if TYPE_CHECKING:
    from peacetable.pipeline import Store


def add(
    record: Annotated[str, typer.Argument(metavar="RECORD", help="The record; it is made where there is none.")],
    reports: Annotated[
        list[str] | None,
        typer.Argument(metavar="REPORT", help="Files, folders or archives of reports; - is standard input."),
    ] = None,
    *,
    published: options.Published = None,
    source: options.Source = None,
    engine: options.EngineName = "local",
    findings: Annotated[
        bool, typer.Option("--findings", help="Take the findings JSON beside each report as a person's work.")
    ] = False,
    agreements: Annotated[
        Path | None,
        typer.Option("--agreements", metavar="FILE", help="A CSV table of agreements and the duties under them."),
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Whose work the findings, or the agreements, are.")
    ] = None,
) -> None:
    """Put reports into a record: each is taken in, read and recorded whole, or not at all.

    A report that the record has already changes nothing. Without --findings, findings in a file are left aside.

    The table of --agreements has a row a duty, with the accord's own words as its passage; what has none counts as what
    an analyst knows without a source.

    Example: peacetable add process.db reports/ --source "Example Wire"
    """
    if findings and not by:
        raise typer.BadParameter("say whose work the findings are with --by NAME", param_hint="'--findings'")
    if by and not findings and agreements is None:
        raise typer.BadParameter("it goes with --findings or --agreements", param_hint="'--by'")
    if not reports and agreements is None:
        raise typer.BadParameter("name reports, or a table with --agreements", param_hint="'REPORT...'")
    session = Session()
    settings = Settings(engine=engine, published=published, source=source)
    author = dialog.person(by) if by or agreements else None
    with pipeline.open_record(record, settings, create=True) as store:
        if wrong := store.clock():
            session.problem(wrong)
        if agreements is not None and author:
            _agreements(store, session, agreements, author)
        if reports:
            tally = record_all(store, reports, settings, session, by=author if findings else None)
            known = f"; {phrases.counted(tally.known, 'report')} there already" if tally.known else ""
            session.answer(f"{store.target}: {phrases.counted(tally.added, 'report')} added{known}")
    raise typer.Exit(session.code)


def _agreements(store: Store, session: Session, path: Path, by: str) -> None:
    """Agreements out of a table, each recorded whole; what is wrong in a row is told, and the others go on."""
    from peacetable.views.accord_sheet import readings

    added = duties = 0
    today = datetime.now(UTC).date()
    for made in readings(path, store.view().parties(), by=by, on=today):
        if isinstance(made, Problem):
            session.problem(made)
        elif store.add(made):
            added += 1
            duties += len(made.of("commitments"))
        else:
            session.problem(Problem(made.report.name, "the record has this text already; nothing was added", "note"))
    told = f"{phrases.counted(added, 'agreement')} with {phrases.counted(duties, 'duty', 'duties')} added"
    session.answer(f"{store.target}: {told}")
