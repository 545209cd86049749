"""What a record shows: an unchanging `ledger.View` over the claims of the reports that are to be seen.

Everything in it follows from the claims and from what people judged; it is worked out when it is first asked for, and
kept.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from peacetable import scheme
from peacetable.errors import EvidenceError, RecordDamagedError, SchemeError
from peacetable.ledger import Claim, Dispute, Entry, Judgement, Party
from peacetable.model import KINDS, Actor, ActorId, Finding, Kind, Problem, Report
from peacetable.record import judgements
from peacetable.record.digests import GROUPS, JOINED, Digest, Digester
from peacetable.record.disagreements import disagreements
from peacetable.record.origins import origins
from peacetable.record.parties import Link, Register


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
        return self._register.parties

    def party(self, report: str, actor: ActorId | None) -> Party | None:
        """The party that a report's actor belongs to."""
        return self._register.of.get((report, actor)) if actor is not None else None

    def entries(self, kind: Kind) -> Sequence[Entry]:
        """What the record believes to be one thing each, single claims included."""
        if kind not in self._entries:
            self._entries[kind] = self._joined(kind)
        return self._entries[kind]

    def links(self) -> Sequence[Link]:
        """What joined the actors of several reports, with the reasons, and who else may be one."""
        return (*self._register.links, *self._register.proposed)

    def origins(self) -> Sequence[tuple[str, ...]]:
        """Report ids grouped by origin."""
        return self._origins

    def disputes(self) -> Sequence[Dispute]:
        """What reports differ on."""
        return self._disputes

    @cached_property
    def _register(self) -> Register:
        return Register((each.report, each.actors) for each in self._filed)

    @cached_property
    def _origins(self) -> tuple[tuple[str, ...], ...]:
        return origins(self.reports())

    @cached_property
    def _disputes(self) -> tuple[Dispute, ...]:
        origin_of = {report: group[0] for group in self.origins() for report in group}
        return tuple(
            dispute for kind in JOINED for dispute in disagreements(self.entries(kind), self.party, origin_of=origin_of)
        )

    def _joined(self, kind: Kind) -> tuple[Entry, ...]:
        claims = self.claims(kind)
        if kind not in JOINED:
            digests = [Digest(claim=claim, sort="") for claim in claims]
            return judgements.single(kind, digests)
        agreement_of = {
            (claim.report.id, claim.index): entry.id
            for entry in (self.entries("agreements") if kind == "commitments" else ())
            for claim in entry.members
        }
        parties = {party.id: party for party in self._register.parties}
        near = judgements.neighbours(self.entries("agreements")) if kind == "commitments" else {}
        digester = Digester(self._register.of, parties, agreement_of, near)
        return judgements.entries(kind, [digester.digest(claim) for claim in claims], self._judged, cast=self._cast)

    @cached_property
    def _cast(self) -> Mapping[str, frozenset[str]]:
        """The states, governments and groups of each report."""
        sides = ("state", "government", *GROUPS)
        cast: dict[str, set[str]] = defaultdict(set)
        for (report, _), party in self._register.of.items():
            if party.kind in sides:
                cast[report].add(party.id)
        return {report: frozenset(parties) for report, parties in cast.items()}

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
