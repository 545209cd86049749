"""The section of warnings, forecasts and conditionals: what somebody expects to follow, and from what."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from peacetable.ledger import Claim, Entry, Situation
from peacetable.model import Expectation
from peacetable.views import phrases
from peacetable.views.brief.cells import Cell, Row, Section, Table, each_quote, thin, who_says
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.pairing import Item, arranged

MOST: Final = 30
HEADS: Final = ("If", "Then", "Who expects it")


def cautions(situation: Situation, notes: Footnotes) -> Section:
    """Expectations, the latest reports' first."""
    entries = situation.view.entries("expectations")
    recent = sorted(entries, key=lambda entry: entry.latest.report.day or date.min, reverse=True)
    groups, left = arranged([Item(partial(_row, entry, notes), entry=entry) for entry in recent], most=MOST)
    return Section(
        id="cautions",
        title="Warnings and conditionals",
        tables=(Table("Warnings and conditionals", HEADS, groups),) if groups else (),
        count=len(entries),
        lead="What others expect. This program makes no forecast.",
        empty="No warning or forecast was found in these reports.",
        left_out=(phrases.counted(left, "earlier expectation"),) if left else (),
    )


def _row(entry: Entry, notes: Footnotes) -> Row:
    members = entry.members
    sources = who_says(notes, members)
    return Row(
        (
            Cell(HEADS[0], each_quote(notes, members, lambda claim: _said(claim).condition)),
            Cell(HEADS[1], each_quote(notes, members, lambda claim: _said(claim).then or claim.finding.evidence)),
            Cell(HEADS[2], sources=sources.sources),
        ),
        thin=thin(members),
    )


def _said(claim: Claim) -> Expectation:
    if not isinstance(claim.finding, Expectation):
        raise TypeError(f"a claim of kind {claim.kind} is no expectation")
    return claim.finding
