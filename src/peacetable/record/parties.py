"""The register of actors: who in one report is who in another, and why.

Names that agree join. A shorter form (a surname, an acronym, "the army") joins only while exactly one actor in the
record can be meant: a second one of that surname takes the first link back. Spellings that are merely alike are
proposed and never joined. All of it follows from the actors alone, whatever the order in which they came.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from peacetable.ledger import Act, Party, Reason, Verdict
from peacetable.model import Actor, Report
from peacetable.record import identities, wording
from peacetable.record.identities import FAMILY, Key, Member
from peacetable.record.unions import Unions
from peacetable.record.whereabouts import spot

#: Two names at least so alike (rapidfuzz's ratio of their letters, 0 to 100) are proposed as one. Chosen so that
#: "Harun Jida" and "Haroun Djidda" (87), "Chombe" and "Tchombe" (92) are, and "Ali Hasan", "Ali Hamdan" (84) are not.
ALIKE: Final = 86


@dataclass(frozen=True, slots=True)
class Link:
    """Two actors of different reports that are one, or may be."""

    left: Key
    right: Key
    verdict: Verdict
    reason: Reason


class Register:
    """Who is who, for a set of reports."""

    def __init__(self, reports: Iterable[tuple[Report, Sequence[Actor]]], *, told: Sequence[Act] = ()) -> None:
        """Join the actors of the reports.

        Args:
            reports: in the order of publication.
            told: what people did; those acts that say who is one and who is not go before any rule.
        """
        self._members = {
            member.key: member for report, actors in reports for member in (Member(report, actor) for actor in actors)
        }
        self._order = {key: number for number, key in enumerate(self._members)}
        self._unions: Unions[Key] = Unions(sorted(self._members))
        self._links: list[Link] = []
        self._as_told(told)
        for rule in identities.RULES:
            for left, right, reason in sorted(rule(self._members, self._unions), key=lambda found: found[:2]):
                self._join(left, right, reason)

    @property
    def links(self) -> tuple[Link, ...]:
        """What joined the actors, with the reasons."""
        return tuple(self._links)

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """The actors across reports, in the order in which they first appear."""
        groups = [sorted(group, key=self._order.__getitem__) for group in self._unions.groups()]
        return tuple(self._party(group) for group in sorted(groups, key=lambda group: self._order[group[0]]))

    @cached_property
    def of(self) -> Mapping[Key, Party]:
        """The party of every actor."""
        return {member: party for party in self.parties for member in party.members}

    @cached_property
    def proposed(self) -> tuple[Link, ...]:
        """Parties whose names are so alike that they may be one, the likeliest first."""
        found = (link for link in _alike(self.parties) if not self._unions.apart(link.left, link.right))
        return tuple(sorted(found, key=lambda link: (-link.reason.weight, link.left, link.right)))

    def _as_told(self, told: Sequence[Act]) -> None:
        """What people said about two actors; the last word on a pair counts."""
        last: dict[tuple[Key, Key], Act] = {}
        for act in told:
            if act.what in ("same", "different", "unsure"):
                sides = [self._meant(act.fields[side]) for side in ("left", "right")]
                if sides[0] and sides[1]:
                    first, second = sorted((sides[0], sides[1]))
                    last[first, second] = act
        for (left, right), act in last.items():
            if act.what == "same" and self._unions.join(left, right):
                self._links.append(Link(left, right, "same", Reason("person_said", (("by", act.author),), 1.0)))
        for (left, right), act in last.items():
            if act.what == "different":
                self._unions.keep_apart(left, right)

    def _meant(self, told: Mapping[str, str]) -> Key | None:
        """The actor that a person meant: by its name in the report, since a new reading may give it another id."""
        key = (told["report"], told["actor"])
        member = self._members.get(key)
        if member and told["name"] in (member.actor.name, *member.actor.aliases):
            return key
        return next(
            (each.key for each in self._members.values()
             if each.report.id == told["report"] and told["name"] in (each.actor.name, *each.actor.aliases)),
            None,
        )  # fmt: skip

    def _join(self, left: Key, right: Key, reason: Reason) -> None:
        """One link, unless a report tells the two apart by naming both."""
        if self._unions.root(left) == self._unions.root(right):
            return
        here = {report for report, _ in self._unions.members(left)}
        if reason.code != "same_name" and any(report in here for report, _ in self._unions.members(right)):
            return
        if self._unions.join(left, right):
            self._links.append(Link(left, right, "same", reason))

    def _party(self, group: Sequence[Key]) -> Party:
        members = [self._members[key] for key in group]
        boss = next((each for each in reversed(members) if each.actor.part_of), None)
        above = self._unions.root((boss.report.id, boss.actor.part_of)) if boss and boss.actor.part_of else None
        if above is not None and above == self._unions.root(group[0]):
            above = None
        roles = [each.actor.role for each in reversed(members) if each.actor.role]
        countries = Counter(each.actor.country for each in members)
        kinds = Counter(each.actor.kind for each in members)
        return Party(
            id=self._id(group[0]),
            name=_display(members),
            kind=min(kinds, key=lambda kind: (-kinds[kind], kind)),
            country=min(countries, key=lambda code: (-countries[code], code is None, code)),
            names=tuple(dict.fromkeys(text for each in members for text in each.strings)),
            roles=tuple(dict.fromkeys(roles)),
            part_of=self._id(above) if above is not None else None,
            members=tuple(group),
        )

    def _id(self, key: Key) -> str:
        """Of the party that an actor belongs to: a hash of its first member by id."""
        return hashlib.sha256("|".join(min(self._unions.members(key))).encode()).hexdigest()[:12]


def _display(members: Sequence[Member]) -> str:
    """The name that most outlets use, among the fullest sort of name that there is."""
    outlets: dict[str, set[str]] = defaultdict(set)
    reports: dict[str, set[str]] = defaultdict(set)
    shown: dict[str, str] = {}
    for member in members:
        # What else a person or a group is called in passing ("Karimi", "the Front") is no name to show.
        for text in member.strings if member.family == "state" else (member.actor.name,):
            folded = wording.fold(text)
            outlets[folded].add(member.report.source or member.report.id)
            reports[folded].add(member.report.id)
            bare = text if text.islower() else re.sub(r"^[Tt]he (?=[A-Z])", "", text)
            shown[folded] = min(bare, shown.get(folded, bare), key=lambda form: (form.isupper(), form))

    def rank(name: str) -> tuple[object, ...]:
        text = shown[name]
        full = wording.proper(text) and not wording.acronym(text) and not wording.described(text)
        surname = members[0].family == "person" and len(wording.person(text)) < 2
        return not full, surname, -len(outlets[name]), -len(reports[name]), -len(name), name

    def state_rank(name: str) -> tuple[object, ...]:
        # "Afghanistan" before "Afghan government" before "Kabul".
        place = spot(shown[name])
        other = wording.described(shown[name]) or " " in name
        return (
            not place.whole,
            not wording.proper(shown[name]) or not other,
            -len(outlets[name]),
            -len(reports[name]),
            len(name),
            name,
        )

    return shown[min(shown, key=state_rank if members[0].family == "state" else rank)]


def _alike(parties: Sequence[Party]) -> Iterator[Link]:
    """Parties that may be one: names spelled alike, one surname in one office, one name within another."""
    for likeness, left, right, code, name in (*_spelled_alike(parties), *_one_office(parties), *_within(parties)):
        apart = {report for report, _ in left.members} & {report for report, _ in right.members}
        if not apart and not (left.country and right.country and left.country != right.country):
            told = (("name", name),) if name else (("left", left.name), ("right", right.name))
            yield Link(left.members[0], right.members[0], "unsure", Reason(code, told, likeness))


Likely = Iterator[tuple[float, Party, Party, str, str]]


def _spelled_alike(parties: Sequence[Party]) -> Likely:
    from rapidfuzz import fuzz, process

    for family in ("person", "body"):
        held = [party for party in parties if FAMILY[party.kind] == family and wording.proper(party.name)]
        names = [_shown(party) for party in held]
        scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=ALIKE)
        for left, right in zip(*scores.nonzero(), strict=True):
            if left < right and names[left] != names[right]:
                yield float(scores[left, right]) / 100, held[left], held[right], "similar_name", ""


def _one_office(parties: Sequence[Party]) -> Likely:
    """Two persons who share a part of their names and whose roles agree: a short form, or a second surname."""
    bearers: dict[str, list[Party]] = defaultdict(list)
    for party in parties:
        if party.kind == "person":
            for part in {part for name in party.names for part in wording.person(name)}:
                bearers[part].append(party)
    seen: set[tuple[str, str]] = set()
    for name, held in bearers.items():
        for left, right in combinations(held, 2):
            roles = [wording.content(" ".join(party.roles)) for party in (left, right)]
            surname = any(wording.person(each)[-1:] == (name,) for party in (left, right) for each in party.names)
            if surname and roles[0] & roles[1] and (left.id, right.id) not in seen:
                seen.add((left.id, right.id))
                yield 0.7, left, right, "same_surname_and_role", name


def _within(parties: Sequence[Party]) -> Likely:
    """Two bodies of which one's name holds all words of the other's: "Red Cross", "Committee of the Red Cross"."""
    holders: dict[str, list[tuple[frozenset[str], Party]]] = defaultdict(list)
    for party in parties:
        if party.kind in ("organisation", "media", "forces"):
            words = wording.content(wording.spelled_out(party.name))
            for word in words:
                holders[word].append((words, party))
    for words, party in {(words, party) for held in holders.values() for words, party in held if len(words) > 1}:
        fewest = min((holders[word] for word in words), key=len)
        for other, longer in fewest:
            if words < other:
                yield 0.6, party, longer, "name_within_name", " ".join(sorted(words))


def _shown(party: Party) -> str:
    if party.kind != "person":
        return wording.fold(party.name)
    return max((" ".join(wording.person(name)) for name in party.names), key=lambda name: (name.count(" "), name))
