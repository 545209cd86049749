"""`peacetable due` and `peacetable commitments`: what is owed, by whom, by when, and how it stands on a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from peacetable import pipeline
from peacetable.ledger import Duty, Situation
from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.looking import Wanted, show, situation
from peacetable.views.grids import duty_grid
from peacetable.views.objects import duty_object

On = Annotated[
    date | None,
    typer.Option("--on", metavar="DAY", parser=options.day, help="The day; else the last day of publication."),
]
Within = Annotated[
    int,
    typer.Option("--within", metavar="SPAN", parser=options.days, show_default="30d", help="How far ahead: 30d, 6w."),
]


def due(
    record: options.Record,
    *,
    on: On = None,
    within: Within = 30,
    as_of: options.AsOf = None,
    actor: options.Actor = None,
    reviewed: options.Reviewed = False,
    tlp: options.Tlp = None,
    as_json: options.AsJson = False,
) -> None:
    """What is due within the next days, and what is past its date without a report of how it went.

    A commitment counts by every date that a report gives it: "by May" and "1 May" both bring it up.

    Example: peacetable due process.db --on 2021-04-20 --within 30d
    """
    with situation(record, "duties", as_of=as_of, on=on, reviewed=reviewed, tlp=tlp) as found:
        if found.on is None:
            raise typer.BadParameter("no report tells its day of publication; say the day", param_hint="'--on'")
        chosen = pipeline.due(found, on=found.on, days=within)
        span = f"due within {phrases.counted(within, 'day')} of {phrases.day_words(found.on)}"
        _show(found, chosen, actor=actor, as_json=as_json, span=span)


def commitments(
    record: options.Record,
    *,
    on: On = None,
    as_of: options.AsOf = None,
    actor: options.Actor = None,
    start: options.From = None,
    end: options.To = None,
    reviewed: options.Reviewed = False,
    tlp: options.Tlp = None,
    as_json: options.AsJson = False,
) -> None:
    """Every commitment, with its status on a day.

    Example: peacetable commitments process.db --actor "United States" --json
    """
    with situation(record, "duties", as_of=as_of, on=on, reviewed=reviewed, tlp=tlp) as found:
        wanted = Wanted(found.view, actor=None, start=start, end=end)
        chosen = tuple(duty for duty in found.duties if wanted.when(*(when for when, _ in duty.dues)))
        _show(found, chosen, actor=actor, as_json=as_json, span=f"as of {phrases.day_words(found.on)}")


def _show(found: Situation, duties: tuple[Duty, ...], *, actor: str | None, as_json: bool, span: str) -> None:
    wanted = Wanted(found.view, actor=actor)
    rows = [duty for duty in duties if wanted.claims(*duty.entry.members)]
    title = f"{phrases.counted(len(rows), 'commitment')} {span}"
    nothing = f"No commitments {span}."
    show(rows, found.view, as_json=as_json, as_object=duty_object, as_grid=duty_grid, title=title, nothing=nothing)
