"""`peacetable talks`, `incidents`, `agreements`, `proposals`: things of one kind, each once."""

from __future__ import annotations

from datetime import date

from peacetable.ledger import Claim
from peacetable.model import Agreement, Incident, Kind, Talks, When
from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.looking import Wanted, show, situation
from peacetable.views.grids import entry_grid
from peacetable.views.objects import entry_object


def talks(
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
    """Who met or is to meet whom, where and when, and at what stage it is.

    Example: peacetable talks process.db --from 2021-03-01
    """
    _show("talks", record, as_of=as_of, actor=actor, start=start, end=end, reviewed=reviewed, tlp=tlp, as_json=as_json)


def incidents(
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
    """What happened on the ground, with tolls as reported and who says so.

    Example: peacetable incidents process.db --actor government
    """
    _show(
        "incidents", record, as_of=as_of, actor=actor, start=start, end=end, reviewed=reviewed, tlp=tlp, as_json=as_json
    )


def agreements(
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
    """Accords, truces, drafts and joint statements, between whom, and in what state.

    Example: peacetable agreements process.db --json
    """
    _show(
        "agreements",
        record,
        as_of=as_of,
        actor=actor,
        start=start,
        end=end,
        reviewed=reviewed,
        tlp=tlp,
        as_json=as_json,
    )


def _show(
    kind: Kind,
    record: str,
    *,
    as_of: date | None,
    actor: str | None,
    start: date | None,
    end: date | None,
    reviewed: bool,
    tlp: str | None,
    as_json: bool,
) -> None:
    with situation(record, as_of=as_of, reviewed=reviewed, tlp=tlp) as found:
        wanted = Wanted(found.view, actor=actor, start=start, end=end)
        rows = [
            entry
            for entry in found.view.entries(kind)
            if wanted.claims(*entry.members) and wanted.when(*(_date(claim) for claim in entry.members))
        ]
        show(
            rows,
            found.view,
            as_json=as_json,
            as_object=entry_object,
            as_grid=entry_grid,
            title=f"{len(rows):,} {phrases.kind_words(kind, len(rows))}",
            nothing=f"No {phrases.kind_words(kind, 2)}.",
        )


def _date(claim: Claim) -> When | None:
    finding = claim.finding
    return finding.date if isinstance(finding, Agreement | Talks | Incident) else None
