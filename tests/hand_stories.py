"""Small records for tests of what people do to them: reports in a line or two, with their findings."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from factories import make_reading, make_report
from peacetable.model import Kind, Reading
from peacetable.record.snapshot import Snapshot
from peacetable.record.store import Store

FRONT = {"id": "front", "name": "River Front", "kind": "armed_group", "country": "ARL", "aliases": ["the front"]}
STATE = {"id": "state", "name": "the government", "kind": "government", "country": "ARL"}


def story(name: str, text: str, published: str = "2021-03-12", by: str = "rules/1", **findings: Any) -> Reading:
    """One report whose findings rest on its whole text, unless they say otherwise."""
    more = {key: findings.pop(key) for key in ("url", "source", "title") if key in findings}
    actors = findings.pop("actors", [FRONT, STATE])
    for found in findings.values():
        for finding in found:
            finding.setdefault("evidence", {"quote": text})
    report = make_report(text, name=name, published=published, **more)
    return make_reading(report, {"actors": actors, **findings}, by=by)


def attack(killed: int | None = None, **more: Any) -> dict[str, Any]:
    toll = None if killed is None else [killed, killed]
    base = {"kind": "attack", "by": ["front"], "place": "Orlik", "date": "2021-03-10", "status": "occurred"}
    return base | {"killed": toll} | more


def duty(action: str, due: str | None = None, **more: Any) -> dict[str, Any]:
    return {"by": "state", "modality": "must", "action": {"quote": action}, "due": due, **more}


def two_tolls() -> tuple[Reading, Reading]:
    """Two reports on one attack that the machine joins."""
    return (
        story("a", "Gunmen of the front killed nine in the market of Orlik.", incidents=[attack(9)]),
        story("b", "Eleven died when the front raided Orlik market.", incidents=[attack(11)]),
    )


def two_places() -> tuple[Reading, Reading]:
    """Two reports that the machine leaves apart."""
    return (
        story("a", "The front raided the market of Orlik.", incidents=[attack()]),
        story("b", "Houses burned in Vardo.", incidents=[attack(place="Vardo", date="2021-03-24")]),
    )


def make_record(folder: Path, *readings: Reading) -> str:
    """A record of some readings; its file."""
    target = str(folder / "record.db")
    with Store.open(target, create=True) as store:
        for reading in readings:
            assert store.add(reading)
    return target


def look(target: str, **how: Any) -> Snapshot:
    """What a record shows."""
    with Store.open(target) as store:
        return store.view(**how)


def shape(view: Snapshot) -> object:
    """Everything that a view shows: what an undo must restore to the letter."""
    kinds: tuple[Kind, ...] = (
        "agreements", "commitments", "talks", "incidents", "positions", "proposals", "figures", "statements",
    )  # fmt: skip
    return (
        [[(e.id, e.members, e.joined, e.proposed, e.former) for e in view.entries(kind)] for kind in kinds],
        view.parties(),
        view.disputes(),
        view.fallen(),
    )


def groups(view: Snapshot, kind: Kind) -> list[list[str]]:
    return sorted(sorted(claim.report.name for claim in entry.members) for entry in view.entries(kind))


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """What a person types in; then nothing more."""
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def names_of(parties: Sequence[Any]) -> list[list[str]]:
    return sorted(sorted(report for report, _ in party.members) for party in parties)
