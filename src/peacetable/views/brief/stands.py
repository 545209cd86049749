"""The section of positions: what each party wants, offers, accepts and refuses, in the reports' own words."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from typing import Final

from peacetable.ledger import Claim, Situation, Standpoint
from peacetable.model import Position
from peacetable.views import phrases
from peacetable.views.brief.cells import (
    Cell,
    Row,
    Section,
    Table,
    heading_of,
    label_of,
    quoted,
    stated,
    thin,
    who_says,
)
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.pairing import Item, arranged

MOST: Final = 60
HEADS: Final = ("Stance", "On what", "In the report’s words", "Who says so")


def stands(situation: Situation, notes: Footnotes) -> Section:
    """The latest position of each party on each issue, by party; the party of which most is told comes first."""

    def heading(point: Standpoint) -> str:
        return heading_of(notes, point.party)

    told = Counter(map(heading, situation.standpoints))
    recent = sorted(situation.standpoints, key=lambda point: point.claim.report.day or date.min, reverse=True)
    kept, left = recent[:MOST], max(0, len(recent) - MOST)
    kept.sort(key=lambda point: (point.party is None, -told[heading(point)], heading(point)))
    groups, _ = arranged([Item(partial(_row, point, notes), heading(point)) for point in kept], most=MOST)
    return Section(
        id="stands",
        title="Positions",
        tables=(Table("Positions by party", HEADS, groups),) if groups else (),
        count=len(situation.standpoints),
        lead="The latest position told of each party on each issue. Silence is no position.",
        empty="No position was found in these reports.",
        left_out=(phrases.counted(left, "earlier position"),) if left else (),
    )


def _row(point: Standpoint, notes: Footnotes) -> Row:
    claim = point.claim
    who = label_of(notes, point.party)
    stance = [stated(notes, [claim], phrases.stance_words(point.stance), label=who)]
    for earlier in reversed(point.earlier):
        words = phrases.stance_words(_said(earlier).stance)
        if words not in {value.text for value in stance}:
            stance.append(stated(notes, [earlier], words, label="earlier"))
    issue = _said(claim).issue
    return Row(
        (
            Cell(HEADS[0], tuple(stance)),
            Cell(HEADS[1], (quoted(notes, claim, issue),) if issue else ()),
            Cell(HEADS[2], (quoted(notes, claim),)),
            who_says(notes, (claim, *reversed(point.earlier))),
        ),
        thin=thin((claim, *point.earlier)),
    )


def _said(claim: Claim) -> Position:
    if not isinstance(claim.finding, Position):
        raise TypeError(f"a claim of kind {claim.kind} is no position")
    return claim.finding
