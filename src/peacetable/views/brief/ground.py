"""The section of what happened on the ground: incidents and figures, each with who says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import Final

from peacetable.ledger import Claim, Entry, Situation
from peacetable.model import Figure, Incident
from peacetable.views import phrases
from peacetable.views.brief.cells import (
    Cell,
    Row,
    Section,
    Table,
    each_date,
    each_quote,
    each_value,
    names,
    quoted,
    thin,
    who_says,
)
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.pairing import Item, arranged

MOST: Final = 30
INCIDENT: Final = ("What is reported", "By and against", "When and where", "Dead and injured", "Who says so")
FIGURE: Final = ("Figure", "Of what", "As of", "Who says so")


def ground(situation: Situation, notes: Footnotes) -> Section:
    """Incidents and figures, the latest reports' first; values that differ stand side by side."""
    view = situation.view
    incidents, figures = _latest_first(view.entries("incidents")), _latest_first(view.entries("figures"))
    happened, left = arranged([Item(partial(_incident, entry, notes), entry=entry) for entry in incidents], most=MOST)
    counted, more = arranged([Item(partial(_figure, entry, notes), entry=entry) for entry in figures], most=MOST)
    tables = (Table("Incidents", INCIDENT, happened), Table("Figures", FIGURE, counted))
    return Section(
        id="ground",
        title="Incidents and figures",
        tables=tuple(table for table in tables if table.groups),
        count=len(incidents) + len(figures),
        lead="As claimed by those named in the last column. Figures that differ are never added up or averaged.",
        empty="No incident and no figure was found in these reports.",
        left_out=tuple(
            phrases.counted(number, f"earlier {word}")
            for number, word in ((left, "incident"), (more, "figure"))
            if number
        ),
    )


def _latest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.latest.report.day or date.min, reverse=True)


def _incident(entry: Entry, notes: Footnotes) -> Row:
    members = entry.members
    kind = each_value(notes, members, lambda claim: phrases.incident_words(_happened(claim)))
    where = each_value(notes, members, lambda claim: _happened(claim).place)
    by = each_value(notes, members, lambda claim: _prefixed("by", names(notes, claim, _happened(claim).actors)))
    against = each_value(
        notes, members, lambda claim: _prefixed("against", names(notes, claim, _happened(claim).against))
    )
    toll = each_value(
        notes, members, lambda claim: phrases.toll_words(_happened(claim).killed, _happened(claim).injured)
    )
    return Row(
        (
            Cell(INCIDENT[0], (*kind, quoted(notes, entry.latest))),
            Cell(INCIDENT[1], (*by, *against)),
            Cell(INCIDENT[2], each_date(notes, ((_happened(claim).date, claim) for claim in members)) + where),
            Cell(INCIDENT[3], toll),
            who_says(notes, members),
        ),
        thin=thin(members),
    )


def _figure(entry: Entry, notes: Footnotes) -> Row:
    members = entry.members
    return Row(
        (
            Cell(FIGURE[0], each_value(notes, members, lambda claim: phrases.figure_words(_counted(claim)))),
            Cell(FIGURE[1], each_quote(notes, members, lambda claim: _counted(claim).of or claim.finding.evidence)),
            Cell(FIGURE[2], each_date(notes, ((when, claim) for claim in members if (when := _counted(claim).as_of)))),
            who_says(notes, members),
        ),
        thin=thin(members),
    )


def _prefixed(word: str, text: str) -> str:
    return f"{word} {text}" if text else ""


def _happened(claim: Claim) -> Incident:
    if not isinstance(claim.finding, Incident):
        raise TypeError(f"a claim of kind {claim.kind} is no incident")
    return claim.finding


def _counted(claim: Claim) -> Figure:
    if not isinstance(claim.finding, Figure):
        raise TypeError(f"a claim of kind {claim.kind} is no figure")
    return claim.finding
