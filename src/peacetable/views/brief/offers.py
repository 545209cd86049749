"""The section of proposals: what was put forward, by whom, to whom, and who answered how."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from peacetable.ledger import Claim, Entry, Situation
from peacetable.model import Proposal
from peacetable.views import phrases
from peacetable.views.brief.cells import (
    Cell,
    Row,
    Section,
    Table,
    Value,
    each_quote,
    each_value,
    names,
    thin,
    who_says,
)
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.pairing import Item, arranged

MOST: Final = 30
HEADS: Final = ("What is proposed", "By", "To", "Who answered how", "Who says so")


def offers(situation: Situation, notes: Footnotes) -> Section:
    """Proposals, the latest first."""
    entries = situation.view.entries("proposals")
    recent = sorted(entries, key=lambda entry: entry.latest.report.day or date.min, reverse=True)
    groups, left = arranged([Item(partial(_row, entry, notes), entry=entry) for entry in recent], most=MOST)
    return Section(
        id="offers",
        title="Proposals and answers",
        tables=(Table("Proposals and answers", HEADS, groups),) if groups else (),
        count=len(entries),
        lead="A party that is not named under the answers is not known to have answered.",
        empty="No proposal was found in these reports.",
        left_out=(phrases.counted(left, "earlier proposal"),) if left else (),
    )


def _row(entry: Entry, notes: Footnotes) -> Row:
    members = entry.members
    answers = tuple(value for claim in members for value in _answers(claim, notes))
    return Row(
        (
            Cell(HEADS[0], each_quote(notes, members, lambda claim: _said(claim).content)),
            Cell(HEADS[1], each_value(notes, members, lambda claim: names(notes, claim, [_said(claim).actor]))),
            Cell(HEADS[2], each_value(notes, members, lambda claim: names(notes, claim, _said(claim).to))),
            Cell(HEADS[3], answers),
            who_says(notes, members),
        ),
        thin=thin(members),
    )


def _answers(claim: Claim, notes: Footnotes) -> list[Value]:
    values = []
    for response in _said(claim).responses:
        number, spoken = notes.answer(claim, response.evidence)
        who = notes.name(claim.report, response.actor) if response.actor else phrases.NOBODY
        text = f"{who} {phrases.answer_words(response.stance)}"
        values.append(Value(text=text, notes=(number,), voice="said" if spoken else "report"))
    return values


def _said(claim: Claim) -> Proposal:
    if not isinstance(claim.finding, Proposal):
        raise TypeError(f"a claim of kind {claim.kind} is no proposal")
    return claim.finding
