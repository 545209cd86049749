"""The rules by which actors of different reports are one, the surest first.

Each rule is a function of the actors and of what the rules before it joined; it yields pairs with a reason. A short
form of a name joins only while a single actor can be meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from typing import Final

from peacetable.ledger import Reason
from peacetable.model import Actor, ActorId, ActorKind, Report
from peacetable.record import wording
from peacetable.record.unions import Unions

Key = tuple[str, ActorId]  # report id, actor id

#: Kinds that one and the same actor is given by different reports.
FAMILY: Final[Mapping[ActorKind, str]] = {
    "state": "state",
    "government": "state",
    "armed_group": "body",
    "political_group": "body",
    "organisation": "body",
    "forces": "body",
    "media": "body",
    "person": "person",
    "civilians": "people",
    "unnamed": "unnamed",
}


@dataclass(frozen=True)
class Member:
    """An actor of a report, with its names in the forms that are compared."""

    report: Report
    actor: Actor

    @property
    def key(self) -> Key:
        """Which actor of which report."""
        return self.report.id, self.actor.id

    @property
    def family(self) -> str:
        """What sort of actor, as far as reports agree on such things."""
        return FAMILY[self.actor.kind]

    @cached_property
    def strings(self) -> tuple[str, ...]:
        """Every string that names it; "UN" is left out where it is short for the UN's mission somewhere."""
        own = wording.spelled_out(self.actor.name)
        return tuple(
            dict.fromkeys(
                text
                for text in (self.actor.name, *self.actor.aliases)
                if not own.startswith(f"{wording.spelled_out(text)} ") or not wording.well_known(text)
            )
        )

    @cached_property
    def people(self) -> frozenset[tuple[str, ...]]:
        """Its personal names, without titles."""
        return frozenset(name for name in map(wording.person, self.strings) if name)

    @cached_property
    def full(self) -> frozenset[tuple[str, ...]]:
        """Its personal names of two parts and more."""
        return frozenset(name for name in self.people if len(name) > 1)

    @cached_property
    def names(self) -> frozenset[str]:
        """Its proper names, folded; acronyms left out."""
        return frozenset(
            wording.spelled_out(text)
            for text in self.strings
            if wording.proper(text)
            and (not wording.acronym(text) or wording.well_known(text))
            # "Chadian rebels" may be any of them; an army or an office is told by its country.
            and not (self.family == "body" and wording.described(text) and self.actor.kind.endswith("_group"))
        )

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Its acronyms, folded, those in brackets too."""
        inner = [part.partition(")")[0] for text in self.strings for part in text.split("(")[1:]]
        found = (text for text in (*self.strings, *inner) if not wording.well_known(text))
        return frozenset(short for text in found if (short := wording.acronym(text)))

    @cached_property
    def words(self) -> frozenset[str]:
        """Single words of its names that it is called by as well: "the Front"."""
        within = {word for name in self.names if " " in name for word in name.split()}
        return self.names & within if self.family == "body" else frozenset()

    @cached_property
    def initials(self) -> frozenset[str]:
        """What acronyms its names would have."""
        texts = (text for text in self.strings if not wording.acronym(text))
        return frozenset(short for text in texts if (short := wording.initials(text)))


Members = Mapping[Key, Member]
Found = Iterator[tuple[Key, Key, Reason]]
Rule = Callable[[Members, Unions[Key]], Found]


def _same_name(members: Members, _unions: Unions[Key]) -> Found:
    """The same name, but for articles, titles, diacritics and hyphens; a country that differs speaks against it."""
    holders: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members.values():
        if member.family == "person":
            for parts in member.full:
                holders["person", " ".join(parts)].append(member)
        elif member.family in ("state", "body"):
            for name in member.names - member.words:
                holders[member.family, name].append(member)
        elif member.family == "people" and len(wording.content(member.actor.name)) > 1:
            holders["people", wording.fold(member.actor.name)].append(member)
    for (family, name), held in holders.items():
        reason = Reason("same_name", (("name", name),), 1.0)
        described = any(wording.described(text) for member in held[:1] for text in member.strings)
        yield from _chain(held, reason, split=_country if family != "body" or described else None)


def _short_name(members: Members, unions: Unions[Key]) -> Found:
    """An acronym, or one word of a name ("the Front"), while all who bear a full name with it are one."""
    holders: dict[str, list[Member]] = defaultdict(list)
    acronyms: set[str] = set()
    words: set[str] = set()
    for member in members.values():
        if member.family in ("body", "state"):
            acronyms |= member.acronyms
            words |= member.words
            alone = {name for name in member.names if " " not in name}
            for short in {*member.acronyms, *member.words, *member.initials, *alone}:
                holders[short].append(member)
    for short in sorted(acronyms | words):
        held = holders[short]
        reason = Reason("short_name", (("name", short),), 0.95)
        spelled = [member for member in held if short in member.initials]
        within = short not in acronyms  # "OSCE observers" is no full name of the OSCE
        full = spelled or [member for member in held if any(_full(name, short, within=within) for name in member.names)]
        if len({unions.root(member.key) for member in full}) <= 1:
            groups = any(member.actor.kind.endswith("_group") for member in held)
            yield from _chain(held, reason, split=_country if groups else None)
            continue
        for group in _split(held, _country):  # more than one bears it: within a country, one may still do
            yield from _if_one(group, [member for member in full if member in group], unions, reason)


def _longer_name(members: Members, unions: Unions[Key]) -> Found:
    """A longer and a shorter form of a full name ("Ali Reza Karimi", "Ali Karimi"), while one such person is known."""
    holders: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    exact: dict[tuple[str, ...], list[Member]] = defaultdict(list)
    for member in members.values():
        for parts in member.full if member.family == "person" else ():
            exact[parts].append(member)
            for size in range(2, min(len(parts), 6)):
                for some in combinations(parts, size):
                    holders[some].append(member)
    for some, held in exact.items():
        if longer := holders.get(some):
            reason = Reason("name_within_name", (("name", " ".join(some)),), 0.9)
            yield from _if_one([*held, *longer], longer, unions, reason, split=_country)


def _surname(members: Members, unions: Unions[Key]) -> Found:
    """A surname alone, while one person of that name is known, or while the role tells which of them is meant."""
    bare: dict[str, list[Member]] = defaultdict(list)
    last: dict[str, list[Member]] = defaultdict(list)
    first: dict[str, list[Member]] = defaultdict(list)
    for member in members.values():
        if member.family == "person":
            for parts in member.full:
                last[parts[-1]].append(member)
                first[parts[0]].append(member)
                if len(parts) > 2:
                    last[parts[-2]].append(member)  # "Rodrigo Ibarra Montoya" is "Ibarra" to others
            for parts in member.people if not member.full else ():
                bare[parts[0]].append(member)
    for name, held in bare.items():
        known = last[name]
        if not known:
            # Some are called by their first name; then the side that they speak for must be the same.
            known = [each for each in first[name] if any(_same_side(each, other, members, unions) for other in held)]
        if len({unions.root(member.key) for member in known}) <= 1:
            yield from _chain([*known, *held], Reason("same_surname", (("name", name),), 0.9), split=_country)
            continue
        for member in held:
            meant = [other for other in known if _same_role(member, other)]
            if len({unions.root(other.key) for other in meant}) == 1:
                told = (("name", name), ("role", member.actor.role or ""))
                yield member.key, meant[0].key, Reason("same_surname_and_role", told, 0.9)


def _state(members: Members, unions: Unions[Key]) -> Found:
    """A state and its government are one actor, unless some report sets them apart."""
    holders: dict[str, list[Member]] = defaultdict(list)
    for member in members.values():
        if member.family == "state" and member.actor.country and not member.actor.part_of:
            holders[member.actor.country].append(member)
    for country, held in holders.items():
        reason = Reason("same_country", (("country", country),), 0.95)
        groups = [held] if _never_together(held, unions) else _split(held, lambda each: each.actor.kind)
        for group in groups:
            if _never_together(group, unions):
                yield from _chain(group, reason)


def _opponent(members: Members, unions: Unions[Key]) -> Found:
    """'The government' that faces the same armed group, where no report tells its country."""
    alone: dict[str, list[Member]] = defaultdict(list)
    for member in members.values():
        if member.family == "state" and not member.actor.country and not member.actor.part_of:
            alone[member.report.id].append(member)
    holders: dict[Key, list[Member]] = defaultdict(list)
    for report, groups in _facing(members, unions).items():
        if len({unions.root(member.key) for member in alone[report]}) == 1:
            for group in groups:
                holders[group].append(alone[report][0])
    for group, held in holders.items():
        reason = Reason("same_opponent", (("name", members[group].actor.name),), 0.85)
        yield from _if_one(held, [member for member in held if member.names], unions, reason)


def _spoken_for(members: Members, unions: Unions[Key]) -> Found:
    """Two names for one government, seen from a person who speaks for it in both reports."""
    sides: dict[Key, list[Member]] = defaultdict(list)
    for member in members.values():
        above = _above(member, members)
        if member.family == "person" and above and above.family == "state":
            sides[unions.root(member.key)].append(above)
    for root, held in sides.items():
        if any(not member.actor.country for member in held):
            reason = Reason("same_member", (("name", members[root].actor.name),), 0.85)
            yield from _chain(held, reason, split=_country)


def _army(members: Members, unions: Unions[Key]) -> Found:
    """'The army', 'the military', 'the armed forces' of one country or government."""
    holders: dict[str, list[Member]] = defaultdict(list)
    for member in members.values():
        above = _above(member, members)
        side = member.actor.country or ("|".join(unions.root(above.key)) if above else None)
        if member.actor.kind == "forces" and side and _mere_army(member.actor.name):
            holders[side].append(member)
    for held in holders.values():
        if _never_together(held, unions):
            yield from _chain(held, Reason("same_army", (("name", held[0].actor.name),), 0.9))


def _office(members: Members, _unions: Unions[Key]) -> Found:
    """'The president' of one country in one year, where no report names the person."""
    holders: dict[tuple[str, int, str], list[Member]] = defaultdict(list)
    for member in members.values():
        year = member.report.published.latest if member.report.published else None
        if member.family == "person" and member.actor.country and year and not member.people:
            holders[member.actor.country, year.year, wording.fold(member.actor.name)].append(member)
    for (_, _, office), held in holders.items():
        if office in wording.listed("offices"):
            yield from _chain(held, Reason("same_office", (("role", office),), 0.85))


def _shorter_name(members: Members, unions: Unions[Key]) -> Found:
    """A body's or a group's name without some of its words ("UN Mission", "UN Verification Mission"), in one country or
    facing one armed group, while a single longer name fits."""
    facing = _facing(members, unions)
    holders: dict[tuple[str, str, str], list[tuple[frozenset[str], Member]]] = defaultdict(list)
    for member in members.values():
        if member.actor.kind in ("organisation", "civilians"):  # armed groups split, and keep most of the name
            opposed = ["|".join(group) for group in facing[member.report.id]]
            around = [member.actor.country] if member.actor.country else opposed
            for text in member.strings:
                words = wording.content(wording.spelled_out(text)) | wording.numbers(text)
                if len(words) > 1 and (head := wording.head(text)):
                    for context in around:
                        holders[member.family, context, head].append((words, member))
    for held in holders.values():
        for words in {words for words, _ in held}:
            fitting = [member for other, member in held if words <= other]
            if len({unions.root(member.key) for other, member in held if words < other}) <= 1:
                told = (("name", " ".join(sorted(words))),)
                yield from _if_one(fitting, [], unions, Reason("name_within_name", told, 0.85))


def _both_sides(members: Members, unions: Unions[Key]) -> Found:
    """'Both sides', where two reports are about one armed group and each has one such expression."""
    said: dict[str, list[Member]] = defaultdict(list)
    for member in members.values():
        if member.family == "unnamed" and wording.collective(member.actor.name):
            said[member.report.id].append(member)
    holders: dict[Key, list[Member]] = defaultdict(list)
    for report, groups in _facing(members, unions).items():
        if len(said[report]) == 1:
            for group in groups:
                holders[group].extend(said[report])
    for group, held in holders.items():
        yield from _chain(held, Reason("same_sides", (("name", members[group].actor.name),), 0.8))


#: In this order: what a rule joined, the next may rely on.
RULES: Final[tuple[Rule, ...]] = (
    _same_name, _short_name, _longer_name, _surname, _state, _opponent, _spoken_for, _army, _office, _shorter_name,
    _both_sides,
)  # fmt: skip


# What the rules have in common.


def _chain(held: Sequence[Member], reason: Reason, *, split: Callable[[Member], str | None] | None = None) -> Found:
    """Link all of them, one to the next; where `split` has two values for them, only those of one value each."""
    ordered = sorted(held, key=lambda member: member.key)
    values = {split(member) for member in ordered} - {None} if split else set()
    groups = [ordered] if split is None or len(values) < 2 else _split(ordered, split)
    for group in groups:
        if split and len(values) > 1 and split(group[0]) is None:
            continue  # which of them is meant, nobody can tell
        for left, right in pairwise(group):
            if left.key != right.key:
                yield left.key, right.key, reason


def _if_one(
    held: Sequence[Member],
    named: Sequence[Member],
    unions: Unions[Key],
    reason: Reason,
    *,
    split: Callable[[Member], str | None] | None = None,
) -> Found:
    """Link all of them while those that bear a name of their own are one."""
    if len({unions.root(member.key) for member in named}) <= 1:
        yield from _chain(held, reason, split=split)


def _country(member: Member) -> str | None:
    return member.actor.country


def _split(held: Sequence[Member], by: Callable[[Member], str | None]) -> list[list[Member]]:
    groups: dict[str | None, list[Member]] = defaultdict(list)
    for member in held:
        groups[by(member)].append(member)
    return [groups[value] for value in sorted(groups, key=str)]


def _never_together(held: Sequence[Member], unions: Unions[Key]) -> bool:
    """Does no report name two of them?"""
    met: dict[str, set[Key]] = defaultdict(set)
    for member in held:
        met[member.report.id].add(unions.root(member.key))
    return all(len(roots) == 1 for roots in met.values())


def _facing(members: Members, unions: Unions[Key]) -> Mapping[str, set[Key]]:
    """The armed and political groups of each report: what tells one conflict from another."""
    groups: dict[str, set[Key]] = defaultdict(set)
    for member in members.values():
        if member.actor.kind in ("armed_group", "political_group"):
            groups[member.report.id].add(unions.root(member.key))
    return groups


def _above(member: Member, members: Members) -> Member | None:
    return members.get((member.report.id, member.actor.part_of)) if member.actor.part_of else None


def _same_side(left: Member, right: Member, members: Members, unions: Unions[Key]) -> bool:
    first, second = _above(left, members), _above(right, members)
    return bool(first and second and unions.root(first.key) == unions.root(second.key))


def _same_role(left: Member, right: Member) -> bool:
    first, second = (wording.content(member.actor.role or "") for member in (left, right))
    return bool(first & second)


def _full(name: str, short: str, *, within: bool) -> bool:
    """Is it a full name that the short one may stand for: with that word in it, or without that acronym?"""
    words = name.split()
    return len(words) > 1 and (short in words) == within


def _mere_army(name: str) -> bool:
    """Is it an army as such ("the Philippine military"), and not some of its soldiers?"""
    words = wording.fold(name).split()
    others = [word for word in words if word not in wording.listed("armed")]
    some = any(word.isdigit() or word in wording.listed("some") for word in words)
    return bool(words) and words[-1] in wording.listed("army") and not some and len(others) < 2
