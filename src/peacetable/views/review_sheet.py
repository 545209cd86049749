"""The table in which findings are reviewed: a row a claim, a column a field, a verdict to fill in; and what comes back.

A row is written by `written` and read by `decided`. Rows that nobody touched come to nothing, so that a table can be
taken in again and again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from peacetable import pipeline, scheme
from peacetable.errors import EvidenceError, SchemeError
from peacetable.ledger import Act, Claim, acted, reviewed
from peacetable.model import KINDS, Finding, Kind, Reading, Report
from peacetable.views import closeups, finding_cells, phrases
from peacetable.views.finding_cells import Known, Written
from peacetable.views.oneliners import one_line

if TYPE_CHECKING:
    from peacetable.pipeline import Snapshot

VERDICTS: Final = ("accept", "refuse", "correct", "add", "")
HEAD: Final = ("verdict", "note", "claim", "report", "published", "outlet", "finding", "what", "passage")
#: What a review is called in the column `verdict`.
STANDING: Final[Mapping[str, str]] = {"accept": "accept", "correct": "correct", "add": "correct"}


@dataclass(frozen=True, slots=True)
class Refused(Exception):  # noqa: N818  # it refuses a row, it is no error of the program
    """A row that cannot be taken in, with the reason."""

    reason: str

    def __str__(self) -> str:
        """The reason."""
        return self.reason


def columns() -> tuple[str, ...]:
    """The names at the head of the table."""
    return (*HEAD, *finding_cells.columns(KINDS))


def written(claims: Iterable[Claim], view: Snapshot) -> Iterator[Mapping[str, str]]:
    """The rows of claims, with the verdicts that stand."""
    for claim in claims:
        review, note = reviewed(claim), acted(claim, "note")
        yield {
            "verdict": STANDING[review.what] if review else "",
            "note": str(note.fields.get("note", "")) if note else "",
            "claim": claim.id,
            "report": claim.report.name,
            "published": claim.report.published.edtf if claim.report.published else "",
            "outlet": claim.report.source or "",
            "finding": claim.kind,
            "what": one_line(claim.finding, phrases.namer(view, claim.report.id)),
            "passage": closeups.quoted(claim.report, claim.finding.evidence),
            **finding_cells.cells(claim.finding, known(view, claim.report)),
        }


def decided(row: Mapping[str, str], view: Snapshot, *, by: str, on: date) -> tuple[tuple[Act, ...], Reading | None]:
    """What a row comes to: acts, and for what an analyst knows without a source, a reading to be added.

    Raises:
        Refused: the row cannot be taken in.
    """
    verdict = row.get("verdict", "").lower()
    if verdict not in VERDICTS:
        raise Refused(f"{verdict!r} is no verdict; write accept, refuse, correct or add")
    try:
        if verdict == "add":
            return _added(row, view, by=by, on=on)
        return tuple(_reviewed(row, verdict, view)), None
    except (SchemeError, EvidenceError) as error:
        raise Refused(str(error)) from error


def correction(claim: Claim, given: Mapping[str, str], view: Snapshot) -> Act:
    """A claim with some of its fields as a person has them.

    Raises:
        SchemeError, EvidenceError: a cell says what the scheme does not know, or words that are not in the report.
    """
    base = scheme.finding_to_json(claim.finding)
    made = finding_cells.write(claim.kind, base, given, known(view, claim.report))
    return pipeline.act_on("correct", claim, view=view, finding=made.finding, actors=made.actors)


def addition(kind: Kind, given: Mapping[str, str], report: Report, view: Snapshot) -> Act:
    """A finding that a person adds to what a report says.

    Raises:
        SchemeError, EvidenceError: as for `correction`.
    """
    made = finding_cells.write(kind, {}, given, known(view, report))
    claim = Claim("", report, 0, made.finding)
    return pipeline.act_on("add", claim, view=view, actors=made.actors)


def analyst_reading(kind: Kind, given: Mapping[str, str], view: Snapshot, *, by: str, on: date) -> Reading:
    """A finding that rests on no report: the analyst's own words are its passage, and it says so.

    Raises:
        SchemeError, EvidenceError: as for `correction`.
    """
    spans = [name for name in finding_cells.span_fields(kind) if given.get(name)]
    text = given.get("evidence") or "; ".join(given[name] for name in spans if name != "evidence")
    lacking = [name for name in spans if " ".join(given[name].split()) not in " ".join(text.split())]
    text = "\n".join((text, *(f"{name}: {given[name]}" for name in lacking)))
    if not text.strip():
        raise SchemeError(where=kind, found="", expected="the analyst's words in the column evidence")
    report = pipeline.analyst_report(text, by=by, on=on)
    cells = {**given, "evidence": given.get("evidence") or text}
    made = finding_cells.write(kind, {}, cells, Known(report, parties=view.parties()))
    return _reading(report, made, by)


def known(view: Snapshot, report: Report) -> Known:
    """What a cell about a report may name."""
    agreements = [claim for claim in view.claims("agreements") if claim.report.id == report.id]
    return Known(report, view.actors(report.id), agreements, view.parties())


def _reviewed(row: Mapping[str, str], verdict: str, view: Snapshot) -> Iterator[Act]:
    identity = row.get("claim", "")
    claim = next((each for each in view.claims() if each.id == identity), None)
    if claim is None:
        if verdict == "refuse" and any(a.what == "refuse" and a.fields["claim"] == identity for a in view.acts()):
            return  # it is refused already
        raise Refused("the record has no such claim (any more); write the table anew with --out")
    review, note = reviewed(claim), acted(claim, "note")
    told = row.get("note", "")
    if told and told != (note.fields.get("note") if note else None):
        yield pipeline.act_on("note", claim, view=view, note=told)
    fields = {name: text for name, text in row.items() if name not in HEAD}
    changes = finding_cells.changed(claim.finding, fields, known(view, claim.report))
    if verdict == "refuse":
        yield pipeline.act_on("refuse", claim, view=view)
    elif changes:
        yield correction(claim, changes, view)
    elif verdict == "accept" and review is None:
        yield pipeline.act_on("accept", claim, view=view)
    elif verdict == "correct" and review is None:
        raise Refused("it says correct, and no field was changed")


def _added(row: Mapping[str, str], view: Snapshot, *, by: str, on: date) -> tuple[tuple[Act, ...], Reading | None]:
    kind = _kind(row.get("finding", ""))
    given = {name: text for name, text in row.items() if name in scheme.field_types(kind) and text}
    name = row.get("report", "")
    if not name:
        return (), analyst_reading(kind, given, view, by=by, on=on)
    report = next((each for each in view.reports() if name in (each.name, each.id)), None)
    if report is None:
        raise Refused(f"the record has no report {name!r}; leave the cell empty for what has no source")
    return (addition(kind, given, report, view),), None


def _kind(text: str) -> Kind:
    for kind in KINDS:
        if text.lower() in (kind, phrases.kind_words(kind)):
            return kind
    raise Refused(f"{text!r} is no kind of finding; write one of {', '.join(KINDS)}")


def _reading(report: Report, made: Written, by: str) -> Reading:
    finding: Finding = replace(made.finding, by=by)
    return Reading(report=report, actors=made.actors, findings=(finding,), engine=by)
