"""Who decides: the parties of a record that have duties, proposals or positions, each folded into whom it acts for.

Somebody who speaks for a state is that state; a state and the government of the same country are one decision maker,
under whichever name the record speaks of more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from peacetable.ledger import Claim, Party, View
from peacetable.model import ActorId, ActorKind, Agreement, Commitment, Position, Proposal, Statement

#: How far a party of each kind is somebody who decides; kinds that are not here do not.
WEIGHT: Final[Mapping[ActorKind, float]] = {
    "state": 1.0,
    "government": 1.0,
    "armed_group": 1.0,
    "political_group": 1.0,
    "organisation": 0.5,
    "person": 0.4,
    "forces": 0.4,
}
#: What each mention in a finding counts for, by kind of finding and the party's part in it.
POINTS: Final[Mapping[str, float]] = {
    "bound": 3,
    "owed": 2,
    "party": 2,
    "proposes": 2,
    "asked": 2,
    "answers": 2,
    "stands": 1,
    "says": 0.1,
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who stands for whom, and how much each has to do with the matter.

    Attributes:
        view: the record.
        folded: for each party's id, the party that it is folded into.
        points: for each party that may decide, by id.
    """

    view: View
    folded: Mapping[str, Party]
    points: Mapping[str, float]

    def of(self, claim: Claim, actor: ActorId | None) -> Party | None:
        """The party that decides for an actor of a claim; None where nobody is named, or nobody who decides."""
        party = self.view.party(claim.report.id, actor) if actor else None
        stands = self.folded.get(party.id) if party else None
        return stands if stands and stands.kind in WEIGHT else None

    def named(self, words: str) -> tuple[Party, ...]:
        """The parties that may decide and of which some name stands in the words, in the order of the words."""
        found: dict[str, tuple[int, Party]] = {}
        for party in self.view.parties():
            stands = self.folded[party.id]
            places = [match.start() for name in party.names for match in [_name(name).search(words)] if match]
            if places and stands.id in self.points:
                earlier = found.get(stands.id, (len(words), stands))[0]
                found[stands.id] = (min(*places, earlier), stands)
        return tuple(party for _, party in sorted(found.values(), key=lambda pair: (pair[0], pair[1].name)))

    def ranked(self) -> tuple[Party, ...]:
        """The parties that may decide, those with most to do with it first."""
        parties = {party.id: party for party in self.folded.values() if self.points.get(party.id)}
        return tuple(sorted(parties.values(), key=lambda party: (-self.points[party.id], party.name)))


@cache
def _name(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)


def cast(view: View) -> Cast:
    """Who decides, as far as a record tells."""
    principals = dict(_principals(view))
    first = Cast(view, principals, {})
    points = _points(view, first)
    folded = _countries(principals, points)
    both = Cast(view, folded, {})
    return Cast(view, folded, _points(view, both))


def _principals(view: View) -> Iterator[tuple[str, Party]]:
    """For each party, whoever it speaks or acts for in the end."""
    parties = {party.id: party for party in view.parties()}
    for party in parties.values():
        seen, top = {party.id}, party
        while top.part_of in parties and top.part_of not in seen:
            top = parties[top.part_of]
            seen.add(top.id)
        yield party.id, top


def _countries(principals: Mapping[str, Party], points: Mapping[str, float]) -> dict[str, Party]:
    """Fold the states and governments of one country into the one that has most to do with the matter."""
    best: dict[str, Party] = {}
    rivals = [party for party in principals.values() if party.country and party.kind in ("state", "government")]
    for party in sorted(rivals, key=lambda one: (points.get(one.id, 0), one.name)):
        best[str(party.country)] = party
    return {
        name: best.get(party.country, party) if party.country and party.kind in ("state", "government") else party
        for name, party in principals.items()
    }


def _points(view: View, known: Cast) -> dict[str, float]:
    points: dict[str, float] = {}
    for claim in view.claims():
        for part, actor in _parts(claim):
            party = known.of(claim, actor)
            if party:
                points[party.id] = points.get(party.id, 0) + POINTS[part] * WEIGHT[party.kind]
    return points


def _parts(claim: Claim) -> Iterator[tuple[str, ActorId | None]]:
    """Who has which part in a finding."""
    match claim.finding:
        case Commitment() as duty:
            yield "bound", duty.actor
            yield "owed", duty.to
        case Agreement() as agreement:
            yield from (("party", actor) for actor in agreement.parties)
        case Proposal() as proposal:
            yield "proposes", proposal.actor
            yield from (("asked", actor) for actor in proposal.to)
            yield from (("answers", response.actor) for response in proposal.responses)
        case Position() as position:
            yield "stands", position.actor
        case Statement() as statement:
            yield "says", statement.speaker
        case _:
            pass
