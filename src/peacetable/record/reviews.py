"""What people's reviews make of the findings of one report.

A review stands at a place and carries what the person accepted or wrote, with the actors that it names, so that it
outlives a new reading: whatever an engine finds at that place later, the person's word goes before it, and what an
engine no longer finds stays where a person accepted it. The last word counts; a word that is taken back never was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from peacetable import scheme
from peacetable.errors import EvidenceError, RecordDamagedError, SchemeError
from peacetable.ledger import Act, Claim, Deed, Place
from peacetable.model import ACTOR_FIELDS, Actor, ActorId, Finding, Kind, Report, actors_of
from peacetable.record.claim_ids import claim_id

#: What makes a claim say something, or say it no longer.
REVIEWS: Final[frozenset[Deed]] = frozenset({"accept", "refuse", "correct", "add"})
#: Two passages of one kind are one place after a new reading, if they share this part of the words that they cover.
OVERLAP: Final = 0.5


@dataclass
class _Held:
    """A claim while the acts are gone through."""

    claim: Claim
    ids: set[str]
    refused: bool = False
    acts: list[Act] = field(default_factory=list)


class Reviewed:
    """The actors and claims of one report, as people left them."""

    def __init__(self, report: Report, actors: Sequence[Actor], acts: Sequence[Act], *, target: str) -> None:
        """Find the actors that the acts name.

        Args:
            report: the report.
            actors: those that the engine found in it.
            acts: what people did to its claims and to itself, the earliest first.
            target: the record's address, for messages.
        """
        self._report, self._acts, self._target = report, tuple(acts), target
        self._ids: list[Mapping[ActorId, ActorId]] = []
        present = list(actors)
        for act in self._acts:
            self._ids.append(_settle([_actor(each) for each in act.fields.get("actors", ())], present))
        self.actors = tuple(present)

    def claims(self, kind: Kind, claims: Sequence[Claim], agreements: Sequence[Claim]) -> tuple[Claim, ...]:
        """The claims of one kind as people left them.

        Args:
            kind: the kind.
            claims: what the engine found.
            agreements: the report's agreements as people left them, for commitments that stand under one.
        """
        held = [_Held(claim, {claim.id}) for claim in claims]
        for act, ids in zip(self._acts, self._ids, strict=True):
            if not act.place.kind:
                for each in held:
                    each.acts.append(act)
            elif act.place.kind == kind:
                self._apply(act, ids, held, agreements)
        return tuple(replace(each.claim, acts=tuple(each.acts)) for each in held if not each.refused)

    def _apply(self, act: Act, ids: Mapping[ActorId, ActorId], held: list[_Held], agreements: Sequence[Claim]) -> None:
        meant = None if act.what == "add" else _meant(act, held)
        if act.what in ("accept", "correct", "add"):
            finding = self._finding(act, ids, agreements)
            if meant is None:
                index = max((each.claim.index for each in held), default=-1) + 1
                claim = Claim("", self._report, index, finding)
                meant = _Held(claim, set())
                # What stood over the report before stands over what is added to it, too.
                meant.acts += [each for each in self._acts if not each.place.kind and each.revision < act.revision]
                held.append(meant)
            identity = claim_id(self._report.id, finding.kind, scheme.finding_to_json(finding))
            meant.claim = replace(meant.claim, id=identity, finding=finding, at=act.place)
            meant.ids.add(identity)
            meant.refused = False
        if meant is not None:
            meant.refused = meant.refused or act.what == "refuse"
            meant.acts.append(act)

    def _finding(self, act: Act, ids: Mapping[ActorId, ActorId], agreements: Sequence[Claim]) -> Finding:
        """What the person wrote, in the ids and numbers of today's reading."""
        data = _renamed(dict(act.fields["finding"]), ids)
        data["made_by"] = data.get("made_by") or act.author
        if "under" in data:
            data["under"] = next(
                (each.index for each in agreements if [each.place.start, each.place.end] == act.fields.get("under")),
                None,
            )
        try:
            kind: Any = act.place.kind
            return scheme.finding_from_json(kind, data, text=self._report.text, where=self._report.name)
        except (SchemeError, EvidenceError, ValueError) as error:
            told = f"what {act.author} wrote about {self._report.name} cannot be read: {error}"
            raise RecordDamagedError(self._target, told) from error


def act_on(
    what: Deed,
    claim: Claim,
    *,
    actors: Sequence[Actor],
    agreements: Sequence[Claim],
    finding: Finding | None = None,
    **fields: Any,
) -> Act:
    """What a person does to a claim, ready to be kept.

    Args:
        what: accept, refuse, correct or add, with the finding; or anything else that is attached to the claim.
        claim: the claim as it is shown now; of one that is added, as it is to be.
        actors: the report's actors, and whoever else the finding names.
        agreements: the report's agreements, for a commitment that stands under one.
        finding: what the person says instead, for a correction.
        fields: what else goes with it: note, reason, field, value.
    """
    kept: dict[str, Any] = {"claim": claim.id, **fields}
    if what in REVIEWS:
        said = finding or claim.finding
        kept["was"] = scheme.finding_to_json(claim.finding)
        if what in ("correct", "add"):
            said = replace(said, by="", cues=())
        named = {actor for _, actor in actors_of(said)}
        over = {actor.part_of for actor in actors if actor.id in named and actor.part_of}
        kept["finding"] = scheme.finding_to_json(said)
        kept["actors"] = [scheme.actor_to_json(actor) for actor in actors if actor.id in named | over]
        if (number := getattr(said, "under", None)) is not None:
            place = next(each.place for each in agreements if each.index == number)
            kept["under"] = [place.start, place.end]
    return Act(what=what, place=claim.place, fields=kept)


def _meant(act: Act, held: Sequence[_Held]) -> _Held | None:
    """Which claim a person's word is about: the very one, else the likest at its place, else where its words are."""
    for each in held:
        if act.fields.get("claim") in each.ids:
            return each
    free = [each for each in held if each.claim.place == act.place]
    if not free:
        free = [each for each in held if _shared(each.claim.place, act.place) >= OVERLAP]
    if act.what in REVIEWS:  # another claim's review is not this one's
        free = [each for each in free if not any(other.what in REVIEWS for other in each.acts if other.place.kind)]
    said = act.fields.get("finding")
    return max(free, key=lambda each: _likeness(each.claim.finding, said), default=None)


def _likeness(finding: Finding, said: Mapping[str, Any] | None) -> int:
    data = scheme.finding_to_json(finding)
    return sum(data.get(name) == value for name, value in (said or {}).items())


def _shared(left: Place, right: Place) -> float:
    both = min(left.end, right.end) - max(left.start, right.start)
    return both / (max(left.end, right.end) - min(left.start, right.start)) if both > 0 else 0.0


def _settle(wanted: Sequence[Actor], present: list[Actor]) -> dict[ActorId, ActorId]:
    """Find each actor among those of the reading, by id and name or by name alone; who is not there is added."""
    ids: dict[ActorId, ActorId] = {}
    for actor in wanted:
        names = {name.casefold() for name in (actor.name, *actor.aliases)}
        fitting = [each for each in present if names & {name.casefold() for name in (each.name, *each.aliases)}]
        same = next((each for each in fitting if each.id == actor.id), None) or next(iter(fitting), None)
        if same is not None:
            ids[actor.id] = same.id
            continue
        taken, number, free = {each.id for each in present}, 1, actor.id
        while free in taken:
            number += 1
            free = f"{actor.id}-{number}"
        ids[actor.id] = free
        present.append(replace(actor, id=free))
    for place, each in enumerate(present):
        if each.part_of is not None and each.part_of not in {other.id for other in present}:
            present[place] = replace(each, part_of=ids.get(each.part_of))
    return ids


def _renamed(data: dict[str, Any], ids: Mapping[ActorId, ActorId]) -> dict[str, Any]:
    """Findings JSON with other actor ids."""
    for name in (*ACTOR_FIELDS, "by"):
        value = data.get(name)
        if isinstance(value, str):
            data[name] = ids.get(value, value)
        elif isinstance(value, list):
            data[name] = [ids.get(each, each) for each in value]
    if data.get("responses"):
        data["responses"] = [{**each, "actor": ids.get(each["actor"], each["actor"])} for each in data["responses"]]
    return data


def _actor(data: Mapping[str, Any]) -> Actor:
    return Actor(**{**data, "aliases": tuple(data.get("aliases", ()))})
