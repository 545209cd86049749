"""What of a record's rows may go out at a level of marking: a report above it goes with every row about it, and where
only words of a report are above it, they are blotted out and every row that rests on them goes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from peacetable.record.markings import BLOT
from peacetable.record.snapshot import Snapshot


class Withheld:
    """What is left out of the rows of a record."""

    def __init__(self, view: Snapshot) -> None:
        """Leave out what a view leaves out that was made for a level."""
        self._hidden, self._blotted = view.withheld()
        self._covered = {
            report.id: frozenset(at for at, letter in enumerate(report.text) if letter == BLOT)
            for report in self._blotted.values()
        }

    def row(self, table: str, row: dict[str, Any]) -> dict[str, Any] | None:
        """A row of a table as it may go out; None where it may not."""
        about = self._about(table, row)
        if about & self._hidden:
            return None
        touched = [report for report in about if report in self._covered]
        if not touched:
            return row
        if table == "reports":
            shown = self._blotted[touched[0]]
            return {**row, "text": shown.text, "title": shown.title}
        if table in ("raws", "problems") or any(self._touches(row, report) for report in touched):
            return None
        return row

    def _about(self, table: str, row: Mapping[str, Any]) -> frozenset[str]:
        """The reports that a row is about."""
        named = {row.get("id")} if table == "reports" else {row.get(name) for name in _REPORTS}
        if table == "acts":
            fields = _plain(row["fields"])
            named |= {fields[side]["report"] for side in ("left", "right") if isinstance(fields.get(side), dict)}
        return frozenset(each for each in named if isinstance(each, str))

    def _touches(self, row: Mapping[str, Any], report: str) -> bool:
        """Does a row rest on words of the report that are blotted out?"""
        spans = [
            *_spans(_plain(row.get("fields"))),
            *(
                (row[f"{side}start"], row[f"{side}end"])
                for side in ("", "left_", "right_")
                if row.get(f"{side}report") == report and row.get(f"{side}end")
            ),
        ]
        return any(not self._covered[report].isdisjoint(range(start, end)) for start, end in spans)


_REPORTS = ("report", "left_report", "right_report")


def _plain(fields: Any) -> Any:
    return json.loads(fields) if isinstance(fields, str) else fields


def _spans(value: Any) -> Iterator[tuple[int, int]]:
    """Every span in findings JSON, however deep."""
    if isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            yield value["start"], value["end"]
        for part in value.values():
            yield from _spans(part)
    elif isinstance(value, list):
        for part in value:
            yield from _spans(part)
