"""`peacetable timeline`: everything that has a date, in order."""

from __future__ import annotations

from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.looking import Wanted, show, situation
from peacetable.views.grids import moment_grid
from peacetable.views.objects import moment_object


def timeline(
    record: options.Record,
    *,
    as_of: options.AsOf = None,
    actor: options.Actor = None,
    start: options.From = None,
    end: options.To = None,
    reviewed: options.Reviewed = False,
    tlp: options.Tlp = None,
    as_json: options.AsJson = False,
) -> None:
    """Accords, talks, incidents and deadlines in the order of time, as exact as reports date them.

    Example: peacetable timeline process.db --from 2021-01-01 --to 2021-06-30
    """
    with situation(record, "timeline", as_of=as_of, reviewed=reviewed, tlp=tlp) as found:
        wanted = Wanted(found.view, actor=actor, start=start, end=end)
        rows = [
            row
            for row in found.timeline
            if wanted.when(row.when) and wanted.claims(*(row.entry.members if row.entry else (row.claim,)))
        ]
        show(
            rows,
            found.view,
            as_json=as_json,
            as_object=moment_object,
            as_grid=moment_grid,
            title=f"{phrases.counted(len(rows), 'dated thing')}",
            nothing="Nothing has a date.",
        )
