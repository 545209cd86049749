"""What a record shows: an unchanging `ledger.View` over the claims of the reports that are to be seen.

Everything in it follows from the claims and from what people judged; it is worked out when it is first asked for, and
kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from peacetable import scheme
from peacetable.errors import EvidenceError, RecordDamagedError, SchemeError
from peacetable.ledger import Claim, Dispute, Entry, Judgement, Party
from peacetable.model import KINDS, Actor, ActorId, Finding, Kind, Problem, Report


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as it lies in the record: its fields are still JSON."""

    id: str
    number: int
    fields: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One report with all that was recorded about it."""

    report: Report
    actors: tuple[Actor, ...] = ()
    rows: Mapping[Kind, tuple[Row, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Snapshot:
    """The record at one moment, as `ledger.View`; writing to the record afterwards does not change it."""

    def __init__(
        self,
        filed: Sequence[Filed],
        *,
        target: str,
        judged: Sequence[Judgement] = (),
        problems: Sequence[Problem] = (),
        as_of: date | None = None,
        known: dict[str, Claim] | None = None,
    ) -> None:
        """Lay out what is to be seen.

        Args:
            filed: the reports that are to be seen.
            target: the record's address, for messages.
            judged: what people said about two places.
            problems: what could not be taken in.
            as_of: the day that the reports are limited to.
            known: claims that were decoded before, by id; added to.
        """
        self._filed = tuple(sorted(filed, key=lambda each: _order(each.report)))
        self._target = target
        self._judged = tuple(judged)
        self._problems = tuple(problems)
        self._as_of = as_of
        self._known = known if known is not None else {}
        self._decoded: dict[Kind, tuple[Claim, ...]] = {}
        self._entries: dict[Kind, tuple[Entry, ...]] = {}

    @property
    def as_of(self) -> date | None:
        """The day that the reports are limited to."""
        return self._as_of

    def reports(self) -> Sequence[Report]:
        """The reports, in the order of publication (unknown last), then by name."""
        return tuple(each.report for each in self._filed)

    def problems(self) -> Sequence[Problem]:
        """What could not be taken in or read, each once."""
        read = (problem for each in self._filed for problem in each.problems)
        return tuple(dict.fromkeys((*self._problems, *read)))

    def claims(self, kind: Kind | None = None) -> Sequence[Claim]:
        """The claims of one kind or of all, by report and place."""
        if kind is not None:
            if kind not in self._decoded:
                self._decoded[kind] = tuple(claim for each in self._filed for claim in self._claims_of(each, kind))
            return self._decoded[kind]
        each_kind = [self.claims(name) for name in KINDS]
        order = {report.id: number for number, report in enumerate(self.reports())}
        return tuple(
            sorted(
                (claim for claims in each_kind for claim in claims),
                key=lambda claim: (order[claim.report.id], claim.place.start, claim.place.end),
            )
        )

    def parties(self) -> Sequence[Party]:
        """The actors across reports."""
        return self._register

    def party(self, report: str, actor: ActorId | None) -> Party | None:
        """The party that a report's actor belongs to."""
        return self._party_of.get((report, actor)) if actor is not None else None

    def entries(self, kind: Kind) -> Sequence[Entry]:
        """What the record believes to be one thing each, single claims included."""
        if kind not in self._entries:
            self._entries[kind] = tuple(Entry(id=claim.id, kind=kind, members=(claim,)) for claim in self.claims(kind))
        return self._entries[kind]

    def origins(self) -> Sequence[tuple[str, ...]]:
        """Report ids grouped by origin."""
        return tuple((each.report.id,) for each in self._filed)

    def disputes(self) -> Sequence[Dispute]:
        """What reports differ on."""
        return ()

    @cached_property
    def _register(self) -> tuple[Party, ...]:
        return tuple(
            Party(
                id=f"{each.report.id}-{actor.id}",
                name=actor.name,
                kind=actor.kind,
                country=actor.country,
                names=tuple(dict.fromkeys((actor.name, *actor.aliases))),
                roles=(actor.role,) if actor.role else (),
                part_of=f"{each.report.id}-{actor.part_of}" if actor.part_of else None,
                members=((each.report.id, actor.id),),
            )
            for each in self._filed
            for actor in each.actors
        )

    @cached_property
    def _party_of(self) -> Mapping[tuple[str, ActorId], Party]:
        return {member: party for party in self._register for member in party.members}

    def _claims_of(self, filed: Filed, kind: Kind) -> Iterator[Claim]:
        for row in filed.rows.get(kind, ()):
            claim = self._known.get(row.id)
            if claim is None:
                finding = _finding(row, kind, filed.report, self._target)
                claim = self._known[row.id] = Claim(row.id, filed.report, row.number, finding)
            yield claim


def _finding(row: Row, kind: Kind, report: Report, target: str) -> Finding:
    """The finding of a row, its spans checked against the report once more."""
    try:
        return scheme.finding_from_json(kind, json.loads(row.fields), text=report.text, where=report.name)
    except (SchemeError, EvidenceError, ValueError) as error:
        raise RecordDamagedError(target, f"a claim of {report.name} cannot be read: {error}") from error


def _order(report: Report) -> tuple[Any, ...]:
    day = report.published.latest if report.published else None
    return (day is None, day or date.max, report.name, report.id)
