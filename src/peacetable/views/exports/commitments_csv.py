"""Commitments as a table for a spreadsheet: RFC 4180, UTF-8, one row a commitment, with the words that it rests on."""

from __future__ import annotations

import csv
import io
from typing import Final

from peacetable.ledger import Duty, Situation
from peacetable.model import Commitment
from peacetable.views import oneliners, phrases

COLUMNS: Final = (
    "who", "to", "modality", "action", "due", "due_earliest", "due_latest", "due_words", "other_dates", "condition",
    "under", "timing", "fulfilment", "condition_status", "headline", "says", "source", "published", "evidence", "url",
    "report",
)  # fmt: skip
#: A spreadsheet runs a cell that begins with one of these as a formula; an apostrophe before it makes it text.
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")


def commitments_csv(situation: Situation) -> bytes:
    """Every commitment as it stands on the situation's day; only its names where there is none."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for duty in situation.duties:
        writer.writerow([safe(cell) for cell in _row(duty, situation)])
    return out.getvalue().encode("utf-8")


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(DANGEROUS) else cell


def _row(duty: Duty, situation: Situation) -> tuple[str, ...]:
    claim, finding = duty.claim, duty.claim.finding
    if not isinstance(finding, Commitment):
        raise TypeError(f"a duty is about a commitment, not about {finding.kind}")
    due, report = duty.due, claim.report
    others = dict.fromkeys(when.edtf for when, _ in duty.dues if due and when.edtf != due.edtf)
    return (
        duty.actor.name if duty.actor else "",
        duty.to.name if duty.to else "",
        phrases.MODALITY_WORDS[finding.modality],
        finding.action.quote,
        due.edtf if due else "",
        due.earliest.isoformat() if due and due.earliest else "",
        due.latest.isoformat() if due and due.latest else "",
        phrases.date_words(due, unknown=""),
        "; ".join(others),
        finding.condition.quote if finding.condition else "",
        oneliners.subject(duty.under.finding).quote if duty.under else "",
        duty.timing,
        duty.fulfilment,
        duty.condition,
        duty.headline,
        phrases.voice(claim, situation.view),
        report.source or "",
        report.published.edtf if report.published else "",
        finding.evidence.quote,
        report.url or "",
        report.id,
    )
