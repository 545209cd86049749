"""Agreements and the duties under them out of a table: the accord's own words are their passages.

A row is a duty, or an agreement alone where it has no `action`. The rows of one agreement make one report, whose text
is the agreement's name and the passages; rows without a passage stand in a report of their own, as what an analyst
knows without a source.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from peacetable import pipeline
from peacetable.errors import DateError, EvidenceError, SchemeError
from peacetable.ledger import Claim, Party
from peacetable.model import Actor, Finding, Kind, Problem, Reading, Report, When
from peacetable.views import finding_cells
from peacetable.views.finding_cells import Known
from peacetable.views.sheets import rows

#: What a row says about the agreement; the first row that says it counts.
ABOUT: Final = ("kind", "parties", "mediators", "date", "place", "status")
#: What it says about the duty.
DUTY: Final = ("by", "modality", "action", "to", "due", "condition")
COLUMNS: Final = ("agreement", *ABOUT, *DUTY, "passage", "source", "url", "published")

Row = tuple[str, Mapping[str, str]]


def readings(path: Path, parties: Sequence[Party], *, by: str, on: date) -> Iterator[Reading | Problem]:
    """The agreements of a table, each as a reading; what is wrong with a row is a problem, and the others go on.

    Args:
        path: the table.
        parties: the actors that a record knows.
        by: whose work it is.
        on: today: the day of what an analyst knows without a source.

    Raises:
        InputError: it cannot be read, or lacks a column.
    """
    agreements: dict[str, list[Row]] = {}
    for where, row in rows(path, needed=("agreement",)):
        name = row["agreement"]
        if not name:
            yield Problem(where, "it names no agreement")
            continue
        agreements.setdefault(name, []).append((where, row))
    for name, held in agreements.items():
        sourced = [each for each in held if each[1].get("passage")]
        unsourced = [each for each in held if not each[1].get("passage")]
        if sourced:
            yield from _Accord(name, held, parties, by).read(sourced, _text_of(name, held))
        if unsourced:
            words = "\n".join(_words(row) for _, row in unsourced)
            report = pipeline.analyst_report(f"{name}\n{words}", by=by, on=on)
            yield from _Accord(name, held, parties, by).read(unsourced, report)


class _Accord:
    """One agreement, as a reading in the making."""

    def __init__(self, name: str, held: Sequence[Row], parties: Sequence[Party], by: str) -> None:
        self._name, self._held, self._parties, self._by = name, held, parties, by
        self._actors: tuple[Actor, ...] = ()

    def read(self, chosen: Sequence[Row], report: Report | Problem) -> Iterator[Reading | Problem]:
        """The agreement with the duties of some rows, as its report says them."""
        if isinstance(report, Problem):
            yield report
            return
        about = {key: next((row[key] for _, row in self._held if row.get(key)), "") for key in ABOUT}
        try:
            accord = self._write("agreements", report, {**_given(about), "name": self._name, "evidence": self._name})
        except (SchemeError, EvidenceError) as error:
            yield Problem(chosen[0][0], str(error))
            return
        findings: list[Finding] = [accord]
        known = [Claim("", report, 0, accord)]
        for where, row in chosen:
            if not row.get("action") and not row.get("by"):
                continue
            passage = row.get("passage") or _words(row)
            cells = {"modality": "must", "action": passage, **_given({key: row.get(key, "") for key in DUTY})}
            try:
                cells |= {"evidence": passage, "under": self._name}
                findings.append(self._write("commitments", report, cells, agreements=known))
            except (SchemeError, EvidenceError) as error:
                yield Problem(where, str(error))
        made = tuple(replace(finding, by=self._by) for finding in findings)
        yield Reading(report=report, actors=self._actors, findings=made, engine=self._by)

    def _write(
        self, kind: Kind, report: Report, cells: Mapping[str, str], *, agreements: Sequence[Claim] = ()
    ) -> Finding:
        known = Known(report, self._actors, agreements, self._parties)
        base = {"status": "signed", "kind": "other"} if kind == "agreements" else {}
        written = finding_cells.write(kind, base, cells, known)
        self._actors = written.actors
        return written.finding


def _text_of(name: str, held: Sequence[Row]) -> Report | Problem:
    """The agreement's own text, as far as the table has it, as a report."""
    where, _ = held[0]
    keys = ("source", "url", "published", "date")
    told = {key: next((row[key] for _, row in held if row.get(key)), "") for key in keys}
    passages = dict.fromkeys(row["passage"] for _, row in held if row.get("passage"))
    day = told["published"] or told["date"]
    try:
        published = When(day) if day else None
    except DateError as error:
        return Problem(where, str(error))
    return pipeline.own_text(
        "\n\n".join((name, *passages)), name=name, source=told["source"] or name, url=told["url"], published=published
    )


def _words(row: Mapping[str, str]) -> str:
    """A duty in words, where the table has no passage for it."""
    modality = row.get("modality", "").replace("_", " ") or "must"
    to = f" to {row['to']}" if row.get("to") else ""
    due = f", due {row['due']}" if row.get("due") else ""
    condition = f", if {row['condition']}" if row.get("condition") else ""
    return f"{row.get('by') or 'Somebody'} {modality} {row.get('action', '')}{to}{due}{condition}."


def _given(cells: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in cells.items() if text}
