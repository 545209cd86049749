"""`peacetable parties`: who is who across reports."""

from __future__ import annotations

from peacetable.views.commands import options
from peacetable.views.commands.looking import Wanted, show, situation
from peacetable.views.grids import party_grid
from peacetable.views.objects import party_object


def parties(
    record: options.Record,
    *,
    as_of: options.AsOf = None,
    actor: options.Actor = None,
    reviewed: options.Reviewed = False,
    tlp: options.Tlp = None,
    as_json: options.AsJson = False,
) -> None:
    """Every party with the names that reports use, its titles, and for whom it speaks or acts.

    Example: peacetable parties process.db --actor minister
    """
    with situation(record, as_of=as_of, reviewed=reviewed, tlp=tlp) as found:
        wanted = Wanted(found.view, actor=actor)
        rows = [party for party in found.view.parties() if wanted.party(party)]
        show(
            rows,
            found.view,
            as_json=as_json,
            as_object=party_object,
            as_grid=party_grid,
            title=f"{len(rows):,} {'party' if len(rows) == 1 else 'parties'}",
            nothing="No parties.",
        )
