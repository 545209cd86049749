"""The section of commitments and deadlines: who owes what, to whom, by when, and how it stands on the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from peacetable.ledger import Duty, Headline, Situation
from peacetable.model import Agreement, Commitment
from peacetable.views import phrases
from peacetable.views.brief.cells import (
    Cell,
    Row,
    Section,
    Table,
    Value,
    each_date,
    each_quote,
    heading_of,
    label_of,
    numbers,
    quoted,
    stated,
    thin,
    who_says,
    worked_out,
)
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.pairing import Item, arranged

MOST: Final = 40
#: What still asks for somebody's attention on the day.
OPEN: Final[frozenset[Headline]] = frozenset({"overdue", "breached", "disputed", "due", "partly_met", "pending"})


def owed(situation: Situation, notes: Footnotes) -> Section:
    """Commitments by the party that owes them, the most urgent first."""
    head = f"On {phrases.day_words(situation.on)}" if situation.on else "Status"
    items = [
        Item(partial(_row, duty, notes, head), heading_of(notes, duty.actor), duty.entry) for duty in urgent(situation)
    ]
    groups, left = arranged(items, most=MOST)
    table = Table("Commitments and deadlines", ("What is owed", "To", "Due", head, "Who says so"), groups)
    return Section(
        id="owed",
        title="Commitments and deadlines",
        tables=(table,) if items else (),
        count=len(items),
        lead="By the party that owes them. A date that has passed says nothing of what was done: only a report does.",
        empty="No commitment was found in these reports.",
        left_out=(phrases.counted(left, "less urgent commitment"),) if left else (),
    )


def urgent(situation: Situation) -> list[Duty]:
    """The commitments, the most urgent first: the open ones by how near their date is to the day, then the rest."""
    day = situation.on or date.min

    def order(duty: Duty) -> tuple[bool, bool, int]:
        last = (duty.due.latest or duty.due.earliest) if duty.due else None
        return not is_open(duty), duty.headline == "met", abs((last - day).days) if last else date.max.toordinal()

    return sorted(situation.duties, key=order)


def is_open(duty: Duty) -> bool:
    """Does it still ask for attention? A leave or a restraint whose time has passed does not: it is over."""
    return duty.headline in OPEN and not _over(duty)


def standing(duty: Duty, notes: Footnotes) -> Value:
    """How a commitment stands, in a word, with the passages from which that follows."""
    told = duty.evidence or [claim for _, claim in duty.dues] or [duty.claim]
    return worked_out(notes, told, phrases.headline_words(duty), tone="over" if _over(duty) else duty.headline)


def action(duty: Duty, notes: Footnotes) -> tuple[Value, ...]:
    """What is to be done, in the reports' words, the latest first."""
    members = [claim for claim in duty.entry.members if claim != duty.claim] + [duty.claim]
    values = each_quote(notes, members, lambda claim: _said(claim.finding).action)
    modality = phrases.modality_words(_said(duty.claim.finding))
    label = f"{label_of(notes, duty.actor)} {modality}".strip()
    return (replace(values[0], label=label), *values[1:])


def _row(duty: Duty, notes: Footnotes, head: str) -> Row:
    what = list(action(duty, notes))
    condition = _said(duty.claim.finding).condition
    if condition:
        what.append(quoted(notes, duty.claim, condition, label="condition"))
    if duty.under and isinstance(duty.under.finding, Agreement):
        what.append(quoted(notes, duty.under, duty.under.finding.name, label="under"))
    to = (stated(notes, [duty.claim], duty.to.name),) if duty.to else ()
    status = [standing(duty, notes)]
    if duty.condition != "none":
        words = phrases.CONDITION_WORDS[duty.condition]
        status.append(Value(text=words, notes=numbers(notes, [duty.claim]), voice="computed"))
    return Row(
        (
            Cell("What is owed", tuple(what)),
            Cell("To", to),
            Cell("Due", each_date(notes, duty.dues or ((None, claim) for claim in duty.entry.members))),
            Cell(head, tuple(status)),
            who_says(notes, duty.entry.members),
        ),
        thin=thin(duty.entry.members),
    )


def _said(finding: object) -> Commitment:
    if not isinstance(finding, Commitment):
        raise TypeError(f"{type(finding).__name__} is no commitment")
    return finding


def _over(duty: Duty) -> bool:
    return duty.headline == "overdue" and _said(duty.claim.finding).modality != "must"
