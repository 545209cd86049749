"""The section of agreements and drafts: between whom, since when, in what state."""

from __future__ import annotations

from functools import partial
from typing import Final

from peacetable.ledger import Claim, Entry, Situation
from peacetable.model import Agreement
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
    thin,
    who_says,
)
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.pairing import Item, arranged

MOST: Final = 30
HEADS: Final = ("Named in the reports as", "Between", "When and where", "State", "Who says so")


def accords(situation: Situation, notes: Footnotes) -> Section:
    """Agreements, those of which most reports speak first."""
    entries = sorted(situation.view.entries("agreements"), key=lambda entry: -len(entry.members))
    groups, left = arranged([Item(partial(_row, entry, notes), entry=entry) for entry in entries], most=MOST)
    return Section(
        id="accords",
        title="Agreements and drafts",
        tables=(Table("Agreements and drafts", HEADS, groups),) if groups else (),
        count=len(entries),
        empty="No agreement or draft was found in these reports.",
        left_out=(phrases.counted(left, "agreement"),) if left else (),
    )


def _row(entry: Entry, notes: Footnotes) -> Row:
    members = entry.members
    parties = each_value(notes, members, lambda claim: names(notes, claim, _said(claim).parties))
    where = each_value(notes, members, lambda claim: _said(claim).place)
    return Row(
        (
            Cell(HEADS[0], each_quote(notes, members, lambda claim: _said(claim).name)),
            Cell(HEADS[1], parties),
            Cell(HEADS[2], each_date(notes, ((_said(claim).date, claim) for claim in members)) + where),
            Cell(HEADS[3], each_value(notes, members, lambda claim: phrases.said(_said(claim).status))),
            who_says(notes, members),
        ),
        thin=thin(members),
    )


def _said(claim: Claim) -> Agreement:
    if not isinstance(claim.finding, Agreement):
        raise TypeError(f"a claim of kind {claim.kind} is no agreement")
    return claim.finding
