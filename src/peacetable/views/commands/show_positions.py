"""`peacetable positions`: where each party stands on each issue."""

from __future__ import annotations

from peacetable.ledger import Standpoint
from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.looking import Wanted, show, situation
from peacetable.views.grids import standpoint_grid
from peacetable.views.objects import standpoint_object


def positions(
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
    """Each party's latest position on each issue, in the report's words, and what it was before.

    The days of --from and --to are days of publication here.

    Example: peacetable positions process.db --actor Taliban
    """
    with situation(record, "standpoints", as_of=as_of, reviewed=reviewed, tlp=tlp) as found:
        wanted = Wanted(found.view, actor=actor, start=start, end=end)
        rows = [row for row in found.standpoints if _wanted(row, wanted)]
        show(
            rows,
            found.view,
            as_json=as_json,
            as_object=standpoint_object,
            as_grid=standpoint_grid,
            title=f"{phrases.counted(len(rows), 'position')}, the latest on each issue",
            nothing="No positions.",
        )


def _wanted(row: Standpoint, wanted: Wanted) -> bool:
    return wanted.party(row.party) and wanted.when(row.claim.report.published)
