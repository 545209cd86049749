"""A record without a database: readings in, a `ledger.View` out, joined exactly as a test says."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from factories import make_reading, make_report
from peacetable.ledger import Claim, Dispute, Entry, Judgement, Party, Reason, View
from peacetable.model import KINDS, Actor, ActorId, Kind, Problem, Reading, Report

Group = Collection[tuple[str, int]]


class FakeView:
    """Single claims and single actors are entries and parties of their own, unless told otherwise.

    Args:
        readings: in any order; they are shown in the order of publication.
        same: by kind, groups of (report name, index) that are one thing.
        proposed: by kind, pairs of (report name, index) that may be one thing.
        people: groups of (report name, actor id) that are one party; otherwise actors of one name are.
    """

    def __init__(
        self,
        *readings: Reading,
        same: Mapping[Kind, Sequence[Group]] | None = None,
        proposed: Mapping[Kind, Sequence[Group]] | None = None,
        disputes: Sequence[Dispute] = (),
        problems: Sequence[Problem] = (),
        as_of: date | None = None,
    ) -> None:
        self._readings = sorted(readings, key=lambda r: (r.report.day or date.max, r.report.name))
        self._same, self._proposed = same or {}, proposed or {}
        self._disputes, self._problems, self._as_of = tuple(disputes), tuple(problems), as_of

    @property
    def as_of(self) -> date | None:
        return self._as_of

    def reports(self) -> Sequence[Report]:
        return [reading.report for reading in self._readings]

    def problems(self) -> Sequence[Problem]:
        return self._problems

    def claims(self, kind: Kind | None = None) -> Sequence[Claim]:
        return [
            Claim(id=_hash(f"{reading.report.id}{each}{index}"), report=reading.report, index=index, finding=finding)
            for reading in self._readings
            for each in ((kind,) if kind else KINDS)
            for index, finding in enumerate(reading.of(each))
        ]

    def parties(self) -> Sequence[Party]:
        named: dict[str, list[tuple[Report, Actor]]] = {}
        for reading in self._readings:
            for actor in reading.actors:
                named.setdefault(actor.name, []).append((reading.report, actor))
        parties = {name: _party(name, members) for name, members in named.items()}
        for name, members in named.items():
            report, actor = members[-1]
            inside = next(reading.actors for reading in self._readings if reading.report is report)
            over = next((other for other in inside if other.id == actor.part_of), None)
            if over:
                parties[name] = _party(name, members, part_of=parties[over.name].id)
        return list(parties.values())

    def party(self, report: str, actor: ActorId | None) -> Party | None:
        return next((party for party in self.parties() if (report, actor) in party.members), None)

    def entries(self, kind: Kind) -> Sequence[Entry]:
        claims = {(claim.report.name, claim.index): claim for claim in self.claims(kind)}
        groups = [list(group) for group in self._same.get(kind, ())]
        joined = {key for group in groups for key in group}
        groups += [[key] for key in claims if key not in joined]
        order = {key: number for number, key in enumerate(claims)}
        groups = [sorted(group, key=order.__getitem__) for group in groups]
        entries = []
        for group in sorted(groups, key=lambda group: order[group[0]]):
            members = tuple(claims[key] for key in group)
            links = tuple(
                Judgement(left=claims[one].place, right=claims[other].place, verdict="unsure", score=0.6)
                for one, other in (tuple(pair) for pair in self._proposed.get(kind, ()))
                if one in group or other in group
            )
            entries.append(Entry(id=_hash(members[0].id), kind=kind, members=members, proposed=links))
        return entries

    def origins(self) -> Sequence[tuple[str, ...]]:
        return [(report.id,) for report in self.reports()]

    def disputes(self) -> Sequence[Dispute]:
        return self._disputes

    def fallen(self) -> Mapping[str, Reason]:
        return {}


def view_of(*reports: tuple[str, str, Mapping[str, Any]], **more: Any) -> View:
    """A view of reports given as (day of publication, text, findings); they are named a, b, c in the order given."""
    readings = [
        make_reading(make_report(text, published=day or None, name=name, source=f"Wire {name.upper()}"), findings)
        for name, (day, text, findings) in zip("abcdefgh", reports, strict=False)
    ]
    return FakeView(*readings, **more)


def actor(name: str, kind: str = "state", **more: Any) -> dict[str, Any]:
    """An actor in findings JSON; its id is its name in lower case."""
    return {"id": name.lower(), "name": name, "kind": kind, "aliases": [name], **more}


def _party(name: str, members: Sequence[tuple[Report, Actor]], *, part_of: str | None = None) -> Party:
    actors = [actor for _, actor in members]
    return Party(
        id=_hash(name),
        name=name,
        kind=actors[-1].kind,
        country=actors[-1].country,
        names=tuple(dict.fromkeys(alias for actor in actors for alias in actor.aliases)),
        roles=tuple(dict.fromkeys(actor.role for actor in reversed(actors) if actor.role)),
        part_of=part_of,
        members=tuple((report.id, actor.id) for report, actor in members),
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
