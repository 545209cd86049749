"""`peacetable brief`: reports in; a sourced brief out, with a table of commitments and a calendar of deadlines."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from peacetable import pipeline
from peacetable.ledger import Situation
from peacetable.model import Problem
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands import modelling, options
from peacetable.views.commands.looking import level, tell_left_out
from peacetable.views.commands.session import Session
from peacetable.views.commands.taking import record as record_all
from peacetable.views.whole_files import write_whole

#: The record of a run that keeps none.
NOWHERE: Final = ":memory:"

Sources = Annotated[
    list[str] | None,
    typer.Argument(metavar="REPORT", help="Files, folders or archives of reports; none: what --record holds."),
]


def brief(
    reports: Sources = None,
    *,
    record: Annotated[
        str | None, typer.Option("--record", metavar="FILE", help="Keep the record here; else it is not kept.")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The brief.")] = Path("brief.html"),
    as_of: options.AsOf = None,
    since: options.Since = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="Add the whole reports, for your own use: mind their copyright.")
    ] = False,
    model: Annotated[
        str | None,
        typer.Option("--model", metavar="MODEL", help="A model of the conflict: its page comes beside the brief."),
    ] = None,
    reviewed: options.Reviewed = False,
    tlp: options.Tlp = None,
    published: options.Published = None,
    source: options.Source = None,
    engine: options.EngineName = "local",
) -> None:
    """From reports to a brief in one command: one HTML file of which every cell opens its passage.

    Beside the brief come the commitments (.csv) and the deadlines (.ics). Things stand as on the last day of
    publication, or on the day of --as-of; later reports are left out then.

    Example: peacetable brief reports/ --record process.db -o brief.html
    """
    if not reports and not record:
        raise typer.BadParameter("name reports, or a record that holds some with --record", param_hint="'REPORT...'")
    if not output.name:
        raise typer.BadParameter(f"{str(output)!r} names no file; name one, such as brief.html", param_hint="'-o'")
    session = Session()
    conflict = modelling.model(model) if model else None
    settings = Settings(published=published, source=source, engine=engine)
    with pipeline.open_record(record or NOWHERE, settings, create=bool(reports)) as store:
        if reports:
            record_all(store, reports, settings, session)
        view = store.view(as_of=as_of, reviewed=reviewed, marking=level(tlp))
        tell_left_out(view.left_out, tlp)
        found = pipeline.assess(view, on=as_of, since=since)
        if found.view.reports():
            _write(found, output, session, full_text=full_text, conflict=conflict)
        else:
            when = f" published by {as_of}" if as_of else ""
            session.problem(Problem("brief", f"there is no report{when} to make one of; nothing was written"))
    session.answer(f"Record: {record}" if record else "Record: not kept (name a file with --record)")
    raise typer.Exit(session.code)


def _write(
    found: Situation, output: Path, session: Session, *, full_text: bool, conflict: pipeline.Conflict | None
) -> None:
    """Make all before any is written, so that they are of one run."""
    from peacetable.views.brief.page import render
    from peacetable.views.exports.commitments_csv import commitments_csv
    from peacetable.views.exports.deadlines_ics import deadlines_ics

    page = beside(output, "model.html")
    files: list[tuple[Path, str | bytes]] = [
        (
            output,
            render(found, full_text=full_text, companion=page.name) if conflict else render(found, full_text=full_text),
        ),
        (beside(output, "commitments.csv"), commitments_csv(found)),
        (beside(output, "deadlines.ics"), deadlines_ics(found)),
    ]
    if conflict:
        from peacetable.views.model_page.model_html import render_model

        with session.working("Solving the model"):
            files.append((page, render_model(pipeline.study(conflict))))
    for path, content in files:
        write_whole(path, content)
    reports = phrases.counted(len(found.view.reports()), "report")
    session.answer(f"Brief: {output} ({reports}, {_stand(found.on)})")
    session.answer(f"Commitments: {files[1][0]}")
    session.answer(f"Deadlines: {files[2][0]}")
    if conflict:
        session.answer(f"Model: {page}")


def beside(output: Path, ending: str) -> Path:
    """The name of a file that comes beside a brief: brief.html, brief-commitments.csv."""
    return output.with_name(f"{output.stem}-{ending}")


def _stand(on: date | None) -> str:
    return f"as things stand on {phrases.day_words(on)}" if on else "no report tells its day of publication"
