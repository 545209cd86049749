"""The actors of a report while they are being told apart: drafts that later words add to."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final, Self

from peacetable.model import Actor, ActorKind
from peacetable.reading import countries, names
from peacetable.reading.names import Named

ARMY: Final = frozenset(
    {
        "army", "military", "force", "forces", "troop", "troops", "soldier",
    }
)  # fmt: skip
REBELS: Final = frozenset(
    {
        "rebel", "insurgent", "militant", "militia", "guerrilla", "fighter", "rebellion", "insurgency",
    }
)  # fmt: skip
RULERS: Final = frozenset(
    {
        "government", "authority", "administration", "leadership", "regime", "cabinet", "state", "ministry",
    }
)  # fmt: skip
GROUPS: Final = frozenset(
    {
        "group", "movement", "front", "faction", "organisation", "organization", "party", "alliance",
        "coalition", "union", "council", "mission", "committee", "commission", "agency", "league", "militia",
        "guard", "army", "force", "congress", "body", "network",
    }
)  # fmt: skip
#: How many actors back "the minister" or "the rebels" may reach.
RECENT: Final = 200


@dataclass
class Draft:
    """An actor in the making."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)
    part_of: str | None = None
    role: str | None = None
    gender: str | None = None
    plural: bool | None = None
    heads: set[str] = field(default_factory=set)
    named: bool = False
    indefinite: bool = False
    keys: list[str] = field(default_factory=list)

    def alias(self, words: str) -> None:
        """Note one more string that names it."""
        self.aliases.setdefault(words)

    def actor(self) -> Actor:
        """The finished actor."""
        aliases = tuple(dict.fromkeys((self.name, *self.aliases)))
        return Actor(
            id=self.id, name=self.name, kind=self.kind, country=self.country, aliases=aliases, part_of=self.part_of,
            role=self.role,
        )  # fmt: skip


class Register:
    """Drafts by what names them."""

    def __init__(self, main_country: str | None) -> None:
        self.drafts: dict[str, Draft] = {}
        self.touched: OrderedDict[str, Draft] = OrderedDict()
        self.gone: dict[str, str] = {}
        self.by_key: dict[str, Draft] = {}
        self.main_country = main_country
        self.surnames: dict[str, str] = {}
        self.bare: dict[str, ActorKind | None] = {}

    @classmethod
    def of(cls, text: str, seen: Sequence[tuple[Named | None, bool, bool]]) -> Self:
        """A register that knows the report's full names, so that an earlier surname finds its person."""
        named = [item for item, _, _ in seen if item]
        tally = Counter(item.country for item in named if item.country)
        register = cls(tally.most_common(1)[0][0] if tally else None)
        bare: dict[str, list[tuple[Named, bool, bool]]] = {}
        for item, subject, place in seen:
            if item and item.name and item.kind is None:
                bare.setdefault(item.name, []).append((item, subject, place))
        for item in named:
            if item.kind == "person" and item.name and " " in item.name:
                register.surnames.setdefault(item.name.split()[-1], item.name)
        singles = {name for name in bare if " " not in name}
        for name, uses in bare.items():
            register.bare[name] = _kind_of_bare(name, uses, singles)
            if register.bare[name] == "person" and " " in name:
                register.surnames.setdefault(name.split()[-1], name)
        return register

    def actors(self) -> tuple[Actor, ...]:
        """The finished actors, in order of first mention."""
        for draft in self.drafts.values():
            state = self.by_key.get(f"country {draft.country}")
            if draft.part_of is None and state is not None and draft.kind in ("person", "forces"):
                draft.part_of = state.id
            draft.part_of = self.now(draft.part_of) if draft.part_of else None
            if draft.part_of == draft.id:
                draft.part_of = None
        return tuple(draft.actor() for draft in self.drafts.values())

    def now(self, ident: str) -> str:
        """The id of a draft after merges."""
        while ident in self.gone:
            ident = self.gone[ident]
        return ident

    def by_words(self, words: str) -> Draft | None:
        """The draft that these very words have named."""
        return self.by_key.get(_key(words))

    def find(self, named: Named, words: str, *, at: int, owner: Draft | None) -> Draft | None:
        """Whom a phrase means; a new draft where it means nobody known."""
        draft = self._find(named, words, owner)
        if draft is None:
            return None
        self.touched[draft.id] = draft
        self.touched.move_to_end(draft.id)
        self._link(_key(words), draft)
        if named.gender:
            draft.gender = draft.gender or named.gender
        if named.role and named.name and not draft.role:
            draft.role = named.role
        if named.short:
            draft.alias(named.short)
            self._link(_key(named.short), draft)
        if (
            draft.part_of is None
            and owner is not None
            and owner is not draft
            and draft.kind in ("person", "forces", "unnamed")
        ):
            draft.part_of = owner.id
        return draft

    def merge(self, first: Draft, second: Draft) -> Draft:
        """Two drafts are one: the named one stays."""
        keep, drop = (first, second) if first.named or not second.named else (second, first)
        if drop.named and drop.name != keep.name:
            return second
        for alias in drop.aliases:
            keep.alias(alias)
        keep.role = keep.role or drop.role or (drop.name if drop.kind == "person" else None)
        keep.part_of = keep.part_of or drop.part_of
        keep.country = keep.country or drop.country
        keep.gender = keep.gender or drop.gender
        keep.heads |= drop.heads
        if keep.named:
            keep.kind = "person"
        for key in drop.keys:
            self.by_key[key] = keep
            keep.keys.append(key)
        self.drafts.pop(drop.id, None)
        self.touched.pop(drop.id, None)
        self.gone[drop.id] = keep.id
        return keep

    def _link(self, key: str, draft: Draft) -> None:
        if key not in self.by_key:
            self.by_key[key] = draft
            draft.keys.append(key)

    def _recent(self) -> Iterator[Draft]:
        """The drafts spoken of last, the latest first: nobody is meant by "the minister" who was named long ago."""
        return islice(reversed(self.touched.values()), RECENT)

    # How a phrase finds its draft.

    def _find(self, named: Named, words: str, owner: Draft | None) -> Draft | None:
        if named.kind == "state" or (named.kind == "government" and named.country):
            return self._state(named, words)
        if named.kind == "person" or (named.kind is None and self._is_person(named)):
            return self._person(named, words, owner)
        if named.name or named.known:
            return self._body(named, words)
        return self._crowd(named, words, owner)

    def _is_person(self, named: Named) -> bool:
        name = named.name or ""
        return self.bare.get(name) == "person" or (" " not in name and name in self.surnames)

    def _state(self, named: Named, words: str) -> Draft | None:
        country = countries.by_code(named.country or "")
        if country is None:
            return None
        key = f"country {country.code}"
        draft = self.by_key.get(key) or self._new(country.name, "state", key=key)
        draft.country = country.code
        draft.named = True
        if named.head:
            draft.heads.add(named.head)
        if named.kind == "state" and named.head == "state" and draft.aliases.get(country.name, None) is not None:
            draft.name = words
        return draft

    def _person(self, named: Named, words: str, owner: Draft | None) -> Draft:
        if named.name is None:
            return self._office(named, words, owner)
        name = named.name
        full = name if " " in name else self.surnames.get(name, name)
        draft = self.by_key.get(_key(full)) or self.by_key.get(_key(name))
        if draft is None:
            draft = self._namesake(full)
        if draft is None:
            draft = self._new(full, "person", key=_key(full))
        elif len(full) > len(draft.name) and draft.kind == "person":
            draft.name = full
            self._link(_key(full), draft)
        draft.named, draft.plural = True, False
        if named.kind == "person":
            draft.kind = "person"
        draft.country = draft.country or named.country or (owner.country if owner else None)
        if name != full or named.role:
            draft.alias(name)
        if named.head:
            draft.heads.add(named.head)
        if named.country and draft.part_of is None and owner is None:
            state = self.by_key.get(f"country {named.country}")
            draft.part_of = state.id if state else None
        return draft

    def _namesake(self, full: str) -> Draft | None:
        """A person known by surname alone who may be the one of a full name, or the other way round."""
        last = full.split()[-1]
        people = (draft for draft in self._recent() if draft.kind == "person" and draft.named)
        return next((d for d in people if d.name.split()[-1] == last and last in (d.name, full)), None)

    def _office(self, named: Named, words: str, owner: Draft | None) -> Draft:
        """An office alone: whoever holds it, where somebody does."""
        exact = self.by_key.get(_key(words))
        if exact is not None and not named.indefinite:
            return exact
        if not named.indefinite:
            holders = [
                draft for draft in self._recent()
                if draft.kind in ("person", "unnamed") and named.head in draft.heads and draft.plural is not True
                and (named.country is None or draft.country in (None, named.country))
                and (owner is None or draft.part_of in (None, owner.id))
            ]  # fmt: skip
            if holders:
                return holders[0]
        draft = self._new(words, "unnamed" if named.indefinite else "person", key=None)
        draft.role = named.role if not named.indefinite else None
        draft.country = named.country or (owner.country if owner else None)
        draft.plural = words.split()[0].endswith("s") and named.plural
        draft.heads.add(named.head or "")
        return draft

    def _body(self, named: Named, words: str) -> Draft | None:
        name = named.known or named.name or words
        draft = self.by_key.get(_key(name)) or (self.by_key.get(_key(named.name)) if named.name else None)
        if draft is None and named.head in GROUPS and " " not in (named.name or ""):
            draft = self._group_with(named.head or "")
        kind = named.kind or self.bare.get(name)
        if draft is None:
            if kind is None:
                return None
            draft = self._new(name if named.known is None else named.known, kind, key=_key(name))
            draft.named = True
            draft.country = named.country
        draft.alias(words)
        if named.name:
            self._link(_key(named.name), draft)
        if named.head:
            draft.heads.add(named.head)
        return draft

    def _crowd(self, named: Named, words: str, owner: Draft | None) -> Draft:
        """A group or body by its common noun: the one that the report has spoken of, else its own."""
        head = named.head or ""
        exact = self.by_key.get(_key(words))
        if exact is not None:
            return exact
        if words[:1].isupper() or not words.startswith(("the ", "government", "authorities")):
            ruler = self._ruled_by(named, words)
            if ruler is not None:
                return ruler
        if not named.indefinite or named.plural:
            found = self._spoken_of(named, head)
            if found is not None and owner is None:
                return found
        draft = self._new(words, named.kind or "unnamed", key=None)
        draft.indefinite = named.indefinite
        draft.country = named.country or (owner.country if owner else None) or None
        draft.plural = named.plural
        draft.heads.add(head)
        if named.kind in ("forces", "unnamed", "organisation") and named.country:
            state = self.by_key.get(f"country {named.country}")
            draft.part_of = state.id if state else None
        return draft

    def _ruled_by(self, named: Named, words: str) -> Draft | None:
        """ "The Roe administration", "the Kabul government": the state of whoever gives it the name."""
        if named.kind != "government" or named.head not in RULERS:
            return None
        first = words.removeprefix("the ").split()[0]
        country = countries.by_capital(first) or countries.by_code(names.seat_of(first) or "")
        if country is not None:
            return self._state(Named(0, 1, "state", country=country.code, head="government"), words)
        person = self.by_key.get(_key(self.surnames.get(first, first)))
        if person is None or person.kind != "person":
            return person if person is not None and person.kind in ("armed_group", "political_group") else None
        return self.by_key.get(f"country {person.country}")

    def _spoken_of(self, named: Named, head: str) -> Draft | None:
        drafts = list(self._recent())
        if head in RULERS and named.kind == "government":
            rulers = [
                draft for draft in drafts
                if not draft.indefinite and (draft.kind == "government" or "government" in draft.heads)
            ]  # fmt: skip
            if rulers:
                return rulers[0]
            return self.by_key.get(f"country {self.main_country}") if head != "ministry" else None
        if head in REBELS and named.country is None:
            groups = [draft for draft in drafts if draft.kind == "armed_group"]
            return groups[0] if groups else None
        if head in ARMY:
            armies = [draft for draft in drafts if draft.kind == "forces" and draft.heads & ARMY
                      and draft.country == (named.country or draft.country)]  # fmt: skip
            return armies[0] if armies and named.country is None else None
        if head in GROUPS:
            return self._group_with(head)
        same = [draft for draft in drafts if head in draft.heads and draft.kind == (named.kind or draft.kind)
                and named.country in (None, draft.country)]  # fmt: skip
        return same[0] if same and not named.indefinite else None

    def _group_with(self, head: str) -> Draft | None:
        drafts = list(self._recent())
        holding = [draft for draft in drafts if draft.named and head in draft.name.lower().split()]
        if not holding and head in ("group", "movement", "faction"):
            holding = [draft for draft in drafts if draft.kind in ("armed_group", "political_group")]
        return holding[0] if holding else None

    def _new(self, name: str, kind: ActorKind, *, key: str | None) -> Draft:
        ident = base = _slug(name)
        number = 2
        while ident in self.drafts or ident in self.gone:
            ident, number = f"{base}-{number}", number + 1
        draft = Draft(ident, name, kind)
        self.drafts[ident] = draft
        if key:
            self._link(key, draft)
        return draft


def _kind_of_bare(name: str, uses: Sequence[tuple[Named, bool, bool]], singles: set[str]) -> ActorKind | None:
    """What kind of actor a bare name is, by how the report uses it; None for a place or a thing."""
    subject = sum(use[1] for use in uses)
    place = sum(use[2] for use in uses)
    if name.isupper() and len(name) > 1:
        return "organisation"
    words = name.split()
    if len(words) > 1:
        if place >= max(1, subject):
            return None
        return "person" if subject or words[-1] in singles else None
    if place:
        return "state" if subject else None
    if any(use[0].short for use in uses):
        return "organisation"
    if not subject:
        return None
    return "armed_group" if any(use[0].definite for use in uses) else "person"


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "actor"


def _key(words: str) -> str:
    lower = words.casefold()
    return lower.removeprefix("the ")
