"""`peacetable disputes` and `peacetable changes`: where reports disagree, and what later ones changed."""

from __future__ import annotations

from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.looking import Wanted, show, situation
from peacetable.views.grids import change_grid, dispute_grid
from peacetable.views.objects import change_object, dispute_object


def disputes(
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
    """What reports differ on: values that exclude each other, then those of which one is more exact. All stand.

    The days of --from and --to are days of publication here: a dispute counts where one of its reports does.

    Example: peacetable disputes process.db --json
    """
    with situation(record, "disputes", as_of=as_of, reviewed=reviewed, tlp=tlp) as found:
        wanted = Wanted(found.view, actor=actor, start=start, end=end)
        rows = []
        for row in found.disputes:
            claims = [claim for side in row.sides for claim in side.claims]
            if wanted.claims(*claims) and wanted.when(*(claim.report.published for claim in claims)):
                rows.append(row)
        show(
            rows,
            found.view,
            as_json=as_json,
            as_object=dispute_object,
            as_grid=dispute_grid,
            title=phrases.counted(len(rows), "difference"),
            nothing="The reports do not disagree on anything that the record believes to be one thing.",
        )


def changes(
    record: options.Record,
    *,
    since: options.Since = None,
    as_of: options.AsOf = None,
    actor: options.Actor = None,
    reviewed: options.Reviewed = False,
    tlp: options.Tlp = None,
    as_json: options.AsJson = False,
) -> None:
    """What later reports add, move on, or contradict.

    Example: peacetable changes process.db --since 2021-03-15
    """
    with situation(record, "changes", as_of=as_of, since=since, reviewed=reviewed, tlp=tlp) as found:
        wanted = Wanted(found.view, actor=actor)
        rows = [row for row in found.changes if wanted.claims(*row.claims)]
        after = f"after {phrases.day_words(since)}" if since else "after the first day of publication"
        show(
            rows,
            found.view,
            as_json=as_json,
            as_object=change_object,
            as_grid=change_grid,
            title=f"{phrases.counted(len(rows), 'change')} in reports published {after}",
            nothing=f"Nothing changed in reports published {after}.",
        )
