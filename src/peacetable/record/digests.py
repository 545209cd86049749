"""What of a claim is compared with other claims: who, when, where, in which words.

A digest holds parties instead of a report's own actors, days instead of dates as written, and word stems instead of
words. Whoever speaks or acts for a party stands for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final

from peacetable.ledger import Claim, Party
from peacetable.model import (
    ActorId,
    Agreement,
    Commitment,
    Figure,
    Finding,
    Incident,
    Kind,
    Position,
    Proposal,
    Talks,
    When,
)
from peacetable.record import wording

#: Kinds of finding of which two reports may tell the same one.
JOINED: Final[tuple[Kind, ...]] = (
    "agreements", "commitments", "talks", "incidents", "proposals", "positions", "figures",
)  # fmt: skip

#: What armed and political actors that are no state are called.
GROUPS: Final = ("armed_group", "political_group")

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class Sides:
    """Who a claim is about, as ids of parties.

    Attributes:
        bearer: who is bound, proposes, holds the position, did it or takes part.
        other: whom it is owed to, put to or aimed at.
        groups: those of them that are armed or political groups: what tells one conflict from another.
        some: there are others that are not named ("both sides").
    """

    bearer: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    some: bool = False

    @property
    def all(self) -> frozenset[str]:
        """Everybody that is named."""
        return self.bearer | self.other


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A claim in the form in which it is compared.

    Attributes:
        claim: the claim.
        sort: its own kind, stance, modality or unit: "ceasefire", "shelling", "demands", "must".
        status: its status, or "" where its kind of finding has none.
        sides: who it is about.
        days: first and last day that its date may mean; None where it has none.
        guessed: the days follow from the day of publication only.
        place: where, as written.
        words: stems of what it is about.
        label: stems of its name, for agreements.
        numbers: the numbers in its passage.
        under: the entry of the agreement that it stands under.
        near: entries that may be the same agreement.
        passage: its passage, folded.
    """

    claim: Claim
    sort: str = ""
    status: str = ""
    sides: Sides = Sides()
    days: Days | None = None
    guessed: bool = False
    place: str | None = None
    words: frozenset[str] = frozenset()
    label: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    under: str | None = None
    near: frozenset[str] = frozenset()
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Digester:
    """Makes digests: knows who is who, and which agreements are one.

    Attributes:
        party_of: the party of each report's actors.
        parties: every party by id.
        agreement_of: the entry of an agreement, by report and index.
        near: the entries that an agreement's entry may be one with.
    """

    party_of: Mapping[tuple[str, ActorId], Party]
    parties: Mapping[str, Party]
    agreement_of: Mapping[tuple[str, int], str] = field(default_factory=dict)
    near: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def digest(self, claim: Claim) -> Digest:
        """The digest of a claim."""
        finding = claim.finding
        told = " ".join(_told(finding))
        plain = Digest(
            claim=claim,
            words=wording.content(told) | wording.ideas(told),
            numbers=wording.numbers(f"{told} {finding.evidence.quote}"),
            passage=wording.fold(finding.evidence.quote),
        )
        match finding:
            case Agreement():
                return replace(
                    self._with_sides(plain, finding.parties),
                    sort=finding.type,
                    status=finding.status,
                    days=_days(finding.date),
                    place=finding.place,
                    label=wording.content(finding.name.quote),
                )
            case Commitment():
                under = self.agreement_of.get((claim.report.id, finding.under)) if finding.under is not None else None
                return replace(
                    self._with_sides(plain, (finding.actor,), (finding.to,)),
                    sort=finding.modality,
                    status=finding.reported or "",
                    days=_due(finding.due),
                    under=under,
                    near=self.near.get(under, frozenset()) if under else frozenset(),
                )
            case Talks():
                day = claim.report.day
                return replace(
                    self._with_sides(plain, (*finding.participants, *finding.hosts)),
                    sort=finding.type,
                    status=finding.status,
                    days=_days(finding.date) or (_around(finding.status, day) if day else None),
                    guessed=finding.date is None,
                    place=finding.place,
                )
            case Incident():
                return replace(
                    self._with_sides(plain, finding.actors, finding.against),
                    sort=finding.type,
                    status=finding.status,
                    days=_due(finding.date) if finding.status == "expected" else _days(finding.date),
                    place=finding.place,
                )
            case Proposal():
                return replace(self._with_sides(plain, (finding.actor,), finding.to), sort="proposal")
            case Position():
                return replace(self._with_sides(plain, (finding.actor,)), sort=finding.stance)
            case Figure():
                unit = wording.stem(wording.fold(finding.unit or ""))
                return replace(plain, sort=unit, days=_days(finding.as_of))
        return plain

    def top(self, party: Party) -> str:
        """The id of the party that a party speaks or acts for, in the end."""
        seen = {party.id}
        while party.part_of and party.part_of in self.parties and party.part_of not in seen:
            party = self.parties[party.part_of]
            seen.add(party.id)
        return party.id

    def _with_sides(
        self, plain: Digest, actors: Iterable[ActorId | None], against: Iterable[ActorId | None] = ()
    ) -> Digest:
        """Add the parties that actors stand for; collective ones ("both sides") only say that there are some."""
        report = plain.claim.report.id
        bearers, others = (
            [party for actor in some if actor is not None and (party := self.party_of.get((report, actor)))]
            for some in (actors, against)
        )
        bearer = frozenset(self.top(party) for party in bearers if not _unnamed(party))
        other = frozenset(self.top(party) for party in others if not _unnamed(party))
        return replace(
            plain,
            sides=Sides(
                bearer=bearer,
                other=other,
                groups=frozenset(each for each in bearer | other if self.parties[each].kind in GROUPS),
                some=any(wording.collective(party.name) for party in (*bearers, *others)),
            ),
        )


def _unnamed(party: Party) -> bool:
    return wording.collective(party.name) or (party.kind in ("unnamed", "civilians") and not party.part_of)


def _told(finding: Finding) -> tuple[str, ...]:
    """The words that say what a finding is about."""
    match finding:
        case Agreement():
            return (finding.name.quote, finding.evidence.quote)
        case Commitment():
            return (finding.action.quote, finding.evidence.quote)
        case Proposal():
            return (finding.content.quote,)
        case Position():
            return (finding.issue.quote if finding.issue else finding.evidence.quote,)
        case Figure():
            return (finding.of.quote if finding.of else finding.evidence.quote,)
    return (finding.evidence.quote,)


def _days(when: When | None) -> Days | None:
    return (when.earliest, when.latest) if when else None


def _due(when: When | None) -> Days | None:
    """The days that a limit may mean: of "by May" those of May, not all days before."""
    if when is None or when.latest is None:
        return _days(when)
    return _days(When(when.edtf.rpartition("/")[2])) if when.earliest is None else _days(when)


def _around(status: str, day: date) -> Days:
    """When talks without a date probably are: those held a little before the report, those planned after it."""
    before, after = {
        "held": (7, 0),
        "under_way": (30, 0),
        "planned": (0, 30),
        "proposed": (0, 60),
        "suspended": (14, 30),
        "cancelled": (14, 30),
    }.get(status, (30, 14))
    return day - timedelta(days=before), day + timedelta(days=after)
