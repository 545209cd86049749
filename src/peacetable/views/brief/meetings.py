"""The section of talks: planned, under way, held, and those that do not move."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from peacetable.ledger import Claim, Entry, Situation
from peacetable.model import Talks
from peacetable.views import phrases
from peacetable.views.brief.cells import (
    Cell,
    Row,
    Section,
    Table,
    Value,
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
HEADS: Final = ("Who meets", "Host and place", "When", "Stage and outcome", "Who says so")
#: The groups, in the order in which they matter on a day.
STAGES: Final = {
    "proposed": "Proposed and planned",
    "planned": "Proposed and planned",
    "under_way": "Under way",
    "resumed": "Under way",
    "stalled": "Stalled, suspended or cancelled",
    "suspended": "Stalled, suspended or cancelled",
    "cancelled": "Stalled, suspended or cancelled",
    "held": "Held",
}


def meetings(situation: Situation, notes: Footnotes) -> Section:
    """Rounds of talks by their latest stage; what is to come in the order of its date, what is past from the last."""
    entries = sorted(situation.view.entries("talks"), key=_order)
    items = [Item(partial(_row, entry, notes), STAGES[_said(entry.latest).status], entry) for entry in entries]
    groups, left = arranged(items, most=MOST)
    return Section(
        id="meetings",
        title="Talks",
        tables=(Table("Talks by stage", HEADS, groups),) if groups else (),
        count=len(entries),
        lead="By the stage that the latest report gives.",
        empty="No talks were found in these reports.",
        left_out=(phrases.counted(left, "round of talks", "rounds of talks"),) if left else (),
    )


def who_meets(entry: Entry, notes: Footnotes) -> tuple[Value, ...]:
    """Who takes part, as each report has it; the kind of talks where nobody is named."""

    def text(claim: Claim) -> str:
        finding = _said(claim)
        return names(notes, claim, finding.participants) or f"{phrases.said(finding.type)}, participants not named"

    return each_value(notes, tuple(reversed(entry.members)), text)


def when_held(entry: Entry, notes: Footnotes) -> tuple[Value, ...]:
    """The dates that reports give."""
    return each_date(notes, ((_said(claim).date, claim) for claim in entry.members))


def where(entry: Entry, notes: Footnotes) -> tuple[Value, ...]:
    """The places that reports give, the latest report's first."""
    return each_value(notes, tuple(reversed(entry.members)), lambda claim: _said(claim).place)


def stage(claim: Claim) -> str:
    """The stage that a claim gives: "planned", "under way"."""
    return phrases.said(_said(claim).status)


def to_come(situation: Situation) -> list[Entry]:
    """The talks that the latest report has as proposed or planned and that are not over by the day."""
    planned = [e for e in situation.view.entries("talks") if STAGES[_said(e.latest).status] == STAGES["planned"]]
    first_out = situation.on or date.min
    return sorted((e for e in planned if (_last(e) or date.max) >= first_out), key=_order)


def _row(entry: Entry, notes: Footnotes) -> Row:
    latest_first = tuple(reversed(entry.members))
    hosts = each_value(notes, latest_first, lambda claim: names(notes, claim, _said(claim).hosts))
    same = {value.text for value in hosts}
    outcome = each_quote(notes, entry.members, lambda claim: _said(claim).outcome)
    return Row(
        (
            Cell(HEADS[0], who_meets(entry, notes)),
            Cell(HEADS[1], (*hosts, *(place for place in where(entry, notes) if place.text not in same))),
            Cell(HEADS[2], when_held(entry, notes)),
            Cell(HEADS[3], (*each_value(notes, latest_first, stage), *outcome)),
            who_says(notes, entry.members),
        ),
        thin=thin(entry.members),
    )


def _order(entry: Entry) -> tuple[int, bool, int]:
    """By stage; what is to come from the next on, what is past from the last back; the undated by their report."""
    stage = STAGES[_said(entry.latest).status]
    number = list(dict.fromkeys(STAGES.values())).index(stage)
    last = _last(entry)
    told = last or entry.latest.report.day or date.min
    return number, last is None, told.toordinal() if last and number == 0 else -told.toordinal()


def _last(entry: Entry) -> date | None:
    when = next((when for claim in reversed(entry.members) if (when := _said(claim).date)), None)
    return (when.latest or when.earliest) if when else None


def _said(claim: Claim) -> Talks:
    if not isinstance(claim.finding, Talks):
        raise TypeError(f"a claim of kind {claim.kind} is no talks")
    return claim.finding
