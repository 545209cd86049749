"""What a record shows: an unchanging `ledger.View` over the claims of the reports that are to be seen.

Everything in it follows from the claims and from what people judged; it is worked out when it is first asked for, and
kept.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from peacetable import scheme
from peacetable.errors import EvidenceError, RecordDamagedError, SchemeError
from peacetable.ledger import Act, Claim, Deed, Dispute, Entry, Judgement, Marking, Party, Reason, reviewed
from peacetable.model import KINDS, Actor, ActorId, Finding, Kind, Problem, Report
from peacetable.record import judgements, markings, standing
from peacetable.record.digests import GROUPS, JOINED, Digest, Digester
from peacetable.record.disagreements import disagreements
from peacetable.record.markings import Shown
from peacetable.record.origins import origins
from peacetable.record.parties import Link, Register
from peacetable.record.reviews import Reviewed

#: What people do to a whole report that goes for everything in it.
WIDE: Final[frozenset[Deed]] = frozenset({"grade", "note"})


@dataclass(frozen=True, slots=True)
class Row:
    """A claim as it lies in the record: its fields are still JSON."""

    id: str
    number: int
    fields: str = field(repr=False)
    revision: int = 0
    engine: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One report with all that was recorded about it.

    Attributes:
        page: what versions of one page share; see `standing.page`.
        notice: it takes a piece of its outlet back.
    """

    report: Report
    revision: int = 0
    actors: tuple[Actor, ...] = ()
    rows: Mapping[Kind, tuple[Row, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    page: str = ""
    notice: bool = False


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
        known: dict[tuple[str, int], Claim] | None = None,
        acts: Sequence[Act] = (),
        reviewed: bool = False,
        marking: Marking | None = None,
    ) -> None:
        """Lay out what is to be seen.

        Args:
            filed: the reports that are to be seen.
            target: the record's address, for messages.
            judged: what people said about two places.
            problems: what could not be taken in.
            as_of: the day that the reports are limited to.
            known: claims that were decoded before, by id and revision; added to.
            acts: what else people did: reviews, gradings, withdrawals.
            reviewed: only claims that a person accepted, corrected or added.
            marking: nothing that is marked for fewer eyes than this.
        """
        self._target = target
        self._judged = tuple(judged)
        self._acts = tuple(acts)
        self._only_reviewed = reviewed
        self._marking = marking
        self._hands: dict[str, Reviewed] = {}
        self._per_report: dict[tuple[str, Kind], tuple[Claim, ...]] = {}
        self._shown: dict[str, Shown] = {}
        self._filed = tuple(self._handled(sorted(filed, key=lambda each: _order(each.report))))
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
        return tuple(self._blotted(each).report if self._marking else each.report for each in self._filed)

    def problems(self) -> Sequence[Problem]:
        """What could not be taken in or read, each once."""
        read = (problem for each in self._filed for problem in each.problems)
        return tuple(dict.fromkeys((*self._problems, *read)))

    def claims(self, kind: Kind | None = None) -> Sequence[Claim]:
        """The claims of one kind or of all, by report and place."""
        if kind is not None:
            if kind not in self._decoded:
                self._decoded[kind] = tuple(
                    claim
                    for each in self._filed
                    if each.report.id not in self._fallen
                    for claim in self._seen(each, kind)
                    if not self._only_reviewed or reviewed(claim)
                )
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
        if actor is None:
            return None
        found = self._register.of.get((report, actor))
        return found or (self._all_actors.of.get((report, actor)) if report in self._fallen else None)

    def actors(self, report: str) -> Sequence[Actor]:
        """The actors of one report."""
        return next((each.actors for each in self._filed if each.report.id == report), ())

    def fallen(self) -> Mapping[str, Reason]:
        """The reports that no longer stand behind what they said, with the reason."""
        return self._fallen

    def former(self, kind: Kind) -> Sequence[Claim]:
        """The claims of reports that no longer stand behind them."""
        return tuple(
            claim for each in self._filed if each.report.id in self._fallen for claim in self._seen(each, kind)
        )

    @property
    def judged(self) -> Sequence[Judgement]:
        """What people said about two places and did not take back; only the last word on a pair."""
        return tuple({(each.left, each.right): each for each in self._judged}.values())

    def acts(self) -> Sequence[Act]:
        """What people did to the record and did not take back, besides joining claims."""
        return self._acts

    @property
    def left_out(self) -> tuple[int, int]:
        """How many reports, and how many claims of the others, are marked for fewer eyes, or share words with such."""
        if not self._marking:
            return 0, 0
        return len(self._hidden), sum(self._blotted(each).left_out for each in self._filed)

    def withheld(self) -> tuple[frozenset[str], Mapping[str, Report]]:
        """The reports that are left out for their marking, and those of which words are blotted out, by id."""
        if self._marking is None:
            return frozenset(), {}
        blotted = {each.report.id: self._blotted(each).report for each in self._filed}
        changed = {each.report.id for each in self._filed if blotted[each.report.id] is not each.report}
        return frozenset(self._hidden), {report: blotted[report] for report in changed}

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
        seen = (each for each in self._filed if each.report.id not in self._fallen)
        return Register(((each.report, each.actors) for each in seen), told=self._acts)

    @cached_property
    def _all_actors(self) -> Register:
        """Of all reports, for the names in what no longer stands."""
        return Register(((each.report, each.actors) for each in self._filed), told=self._acts)

    @cached_property
    def _fallen(self) -> Mapping[str, Reason]:
        seen = {each.report.id for each in self._filed}
        return {report: reason for report, reason in standing.fallen(self._filed, self._acts).items() if report in seen}

    def _handled(self, filed: Sequence[Filed]) -> Iterator[Filed]:
        """The reports that may be seen, with the actors that people's reviews name."""
        about: dict[str, list[Act]] = defaultdict(list)
        for act in self._acts:
            if act.place.kind or act.what in WIDE:
                about[act.place.report].append(act)
        self._hidden = set()
        for each in filed:
            acts = about[each.report.id]
            wide = markings.mark(act for act in acts if not act.place.kind)
            if self._marking and markings.above(wide, self._marking):
                self._hidden.add(each.report.id)
                continue
            if acts:
                hand = self._hands[each.report.id] = Reviewed(each.report, each.actors, acts, target=self._target)
                each = replace(each, actors=hand.actors)
            yield each

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
        made = self._clusters(kind)
        return standing.with_former(made, self.former(kind), self._fallen) if self._fallen else made

    def _clusters(self, kind: Kind) -> tuple[Entry, ...]:
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

    def _seen(self, filed: Filed, kind: Kind) -> Sequence[Claim]:
        """The claims of one report that may be seen."""
        claims = self._claims_of(filed, kind)
        if not self._marking or filed.report.id not in self._hands:
            return claims
        shown = self._blotted(filed).claims
        return [shown[claim.id] for claim in claims if claim.id in shown]

    def _blotted(self, filed: Filed) -> Shown:
        """What of a report may be seen."""
        if self._marking is None or filed.report.id not in self._hands:
            return Shown(filed.report)
        if filed.report.id not in self._shown:
            claims = [claim for kind in KINDS for claim in self._claims_of(filed, kind)]
            self._shown[filed.report.id] = markings.shown(filed.report, claims, self._marking)
        return self._shown[filed.report.id]

    def _claims_of(self, filed: Filed, kind: Kind) -> Sequence[Claim]:
        """The claims of one report, as people left them."""
        hand = self._hands.get(filed.report.id)
        if hand is None:
            return [self._claim(row, kind, filed) for row in filed.rows.get(kind, ())]
        key = (filed.report.id, kind)
        if key not in self._per_report:
            read = [self._claim(row, kind, filed) for row in filed.rows.get(kind, ())]
            under = self._claims_of(filed, "agreements") if kind == "commitments" else ()
            self._per_report[key] = hand.claims(kind, read, under)
        return self._per_report[key]

    def _claim(self, row: Row, kind: Kind, filed: Filed) -> Claim:
        claim = self._known.get((row.id, row.revision))
        if claim is None:
            finding = _finding(row, kind, filed.report, self._target)
            claim = self._known[row.id, row.revision] = Claim(row.id, filed.report, row.number, finding)
        return claim


def _finding(row: Row, kind: Kind, report: Report, target: str) -> Finding:
    """The finding of a row, its spans checked against the report once more."""
    try:
        return scheme.finding_from_json(kind, json.loads(row.fields), text=report.text, where=report.name)
    except (SchemeError, EvidenceError, ValueError) as error:
        raise RecordDamagedError(target, f"a claim of {report.name} cannot be read: {error}") from error


def _order(report: Report) -> tuple[Any, ...]:
    day = report.published.latest if report.published else None
    return (day is None, day or date.max, report.name, report.id)
