"""`peacetable positions`: where each party stands on each issue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from peacetable import pipeline
from peacetable.ledger import Standpoint, View
from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.looking import Wanted, show, situation
from peacetable.views.commands.session import Session
from peacetable.views.grids import standpoint_grid
from peacetable.views.objects import standpoint_object


def positions(
    record: options.Record,
    *,
    as_of: options.AsOf = None,
    actor: options.Actor = None,
    issue: options.UnderIssue = None,
    by_issue: Annotated[bool, typer.Option("--by-issue", help="A table an issue.")] = False,
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
        code = None if issue is None else pipeline.issue_code(issue)
        rows = [
            row
            for row in found.standpoints
            if _wanted(row, wanted) and (code is None or code in pipeline.issue_codes((row.claim, *row.earlier)))
        ]
        if by_issue and rows and not as_json:
            _by_issue(rows, found.view)
            return
        show(
            rows,
            found.view,
            as_json=as_json,
            as_object=standpoint_object,
            as_grid=standpoint_grid,
            title=f"{phrases.counted(len(rows), 'position')}, the latest on each issue",
            nothing="No positions.",
        )


def _by_issue(rows: Sequence[Standpoint], view: View) -> None:
    """A table an issue, in the order of the list; a position may stand under several."""
    codes = {row.claim.id: pipeline.issue_codes((row.claim, *row.earlier)) or ("",) for row in rows}
    order = dict.fromkeys([each.code for each in pipeline.issues(view)])
    for code in dict.fromkeys((*order, *(code for some in codes.values() for code in some))):
        under = [row for row in rows if code in codes[row.claim.id]]
        if under:
            Session().show(standpoint_grid(under, view, title=pipeline.issue_name(code) or "Under no issue"))


def _wanted(row: Standpoint, wanted: Wanted) -> bool:
    return wanted.party(row.party) and wanted.when(row.claim.report.published)
