"""The actors of a report while they are being told apart: drafts that later words add to."""

from __future__ import annotations

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, Self

from peacetable import countries
from peacetable.model import Actor, ActorKind
from peacetable.reading import names
from peacetable.reading.actor_drafts import Draft, one_office
from peacetable.reading.actor_words import (
    ARMY,
    FIGHTERS,
    FOR_A_TIME,
    GROUPS,
    LEADERS,
    OFFICES_OF_STATE,
    REBELS,
    RULERS,
    WISHED,
)
from peacetable.reading.analysis import Sentence
from peacetable.reading.bare_names import Use, key_of, kind_of_bare, kind_of_name, main_country
from peacetable.reading.names import Named

#: Kinds of actors whose name stands before their government or leadership.
RULING: Final = frozenset({"armed_group", "political_group", "organisation", "state", "government"})
#: How many actors back "the minister" or "the rebels" may reach.
RECENT: Final = 200


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
    def of(cls, seen: Sequence[Use], sentences: Sequence[Sentence], types: Mapping[str, str] | None = None) -> Self:
        """A register that knows the report's full names, so that an earlier surname finds its person.

        Args:
            types: what the trained model takes names to be, by their words.
        """
        named = [item for item, *_ in seen if item]
        register = cls(main_country(seen, sentences))
        bare: dict[str, list[Use]] = {}
        for use in seen:
            if use[0] and use[0].name and use[0].kind is None:
                bare.setdefault(use[0].name, []).append(use)
        for item in named:
            if item.kind == "person" and item.name and " " in item.name:
                register.surnames.setdefault(item.name.split()[-1], item.name)
        singles = {name for name in bare if " " not in name}
        for name, uses in bare.items():
            register.bare[name] = kind_of_name((types or {}).get(name), kind_of_bare(name, uses, singles))
            if register.bare[name] == "person" and " " in name:
                register.surnames.setdefault(name.split()[-1], name)
        return register

    def actors(self) -> tuple[Actor, ...]:
        """The finished actors, in order of first mention."""
        return tuple(draft.actor() for draft in self.drafts.values())

    def now(self, ident: str) -> str:
        """The id of a draft after merges."""
        while ident in self.gone:
            ident = self.gone[ident]
        return ident

    def by_words(self, words: str) -> Draft | None:
        """The draft that these very words have named."""
        return self.by_key.get(key_of(words))

    def find(self, named: Named, words: str, *, at: int, owner: Draft | None) -> Draft | None:
        """Whom a phrase means; a new draft where it means nobody known."""
        draft = self._find(named, words, owner)
        if draft is None:
            return None
        draft.name = draft.name or words
        if draft.since < 0:
            draft.since = at
        self.touched[draft.id] = draft
        self.touched.move_to_end(draft.id)
        self._link(key_of(words), draft)
        if named.gender:
            draft.gender = draft.gender or named.gender
        if named.role and named.name and not draft.role:
            draft.role = named.role
        if named.short:
            draft.alias(named.short)
            self._link(key_of(named.short), draft)
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
        self.absorb(keep, drop)
        if keep.named:
            keep.kind = "person"
        return keep

    def absorb(self, keep: Draft, drop: Draft) -> None:
        """Whatever named the second draft names the first."""
        for alias in drop.aliases:
            keep.alias(alias)
        keep.role = keep.role or drop.role or (drop.name if drop.kind == "person" else None)
        keep.part_of = keep.part_of or drop.part_of
        keep.country = keep.country or drop.country
        keep.gender = keep.gender or drop.gender
        keep.heads |= drop.heads
        keep.described += drop.described
        for key in drop.keys:
            self.by_key[key] = keep
            keep.keys.append(key)
        self.drafts.pop(drop.id, None)
        self.touched.pop(drop.id, None)
        self.gone[drop.id] = keep.id

    def _link(self, key: str, draft: Draft) -> None:
        if key not in self.by_key:
            self.by_key[key] = draft
            draft.keys.append(key)

    def _recent(self) -> Iterator[Draft]:
        """The drafts spoken of last, the latest first: nobody is meant by "the minister" who was named long ago."""
        return islice(reversed(self.touched.values()), RECENT)

    def state(self, country: countries.Country) -> Draft:
        """The draft of a state, made if need be."""
        key = f"country {country.code}"
        draft = self.by_key.get(key) or self._new(country.name, "state", key=key)
        draft.country, draft.named = country.code, True
        return draft

    def body(self, full: str, words: str) -> Draft:
        """The draft of an international body, made if need be."""
        draft = self.by_key.get(key_of(full)) or self._new(full, "organisation", key=key_of(full))
        draft.named = draft.known = True
        draft.alias(words)
        return draft

    # How a phrase finds its draft.

    def _find(self, named: Named, words: str, owner: Draft | None) -> Draft | None:
        if named.kind == "state" or (named.kind == "government" and named.country):
            return self._state(named, words)
        if named.kind == "person" or (named.kind is None and self._is_person(named)):
            return self._person(named, words, owner)
        minister = named.kind == "government" and named.head in OFFICES_OF_STATE and named.known is None
        if (named.name or named.known) and not minister:
            return self._body(named, words)
        return self._crowd(named, words, owner)

    def _is_person(self, named: Named) -> bool:
        name = named.name or ""
        return self.bare.get(name) == "person" or (" " not in name and name in self.surnames)

    def _state(self, named: Named, words: str) -> Draft | None:
        country = countries.by_code(named.country or "")
        if country is None:
            return None
        draft = self.state(country)
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
        draft = self.by_key.get(key_of(full)) or self.by_key.get(key_of(name))
        if draft is None:
            draft = self._namesake(full)
        if draft is None:
            draft = self._new(full, "person", key=key_of(full))
        elif len(full) > len(draft.name) and draft.kind == "person":
            draft.name = full
            self._link(key_of(full), draft)
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
        exact = self.by_key.get(key_of(words))
        if exact is not None and not named.indefinite and " " in key_of(words):
            return exact
        if not named.indefinite:
            holders = [
                draft for draft in self._recent()
                if draft.kind in ("person", "unnamed") and named.head in draft.heads and draft.plural is not True
                and (named.country is None or draft.country in (None, named.country))
                and (owner is None or draft.part_of in (None, owner.id))
                and one_office(words, named.head or "", draft)
            ]  # fmt: skip
            if holders:
                holders[0].country = holders[0].country or named.country
                return holders[0]
            if exact is not None:
                return exact
        draft = self._new(words, "unnamed" if named.indefinite else "person", key=None)
        draft.role = named.role if not named.indefinite else None
        draft.country = named.country or (owner.country if owner else None)
        draft.plural = words.split()[0].endswith("s") and named.plural
        draft.heads.add(named.head or "")
        return draft

    def _body(self, named: Named, words: str) -> Draft | None:
        name = named.known or named.name or words
        draft = self.by_key.get(key_of(name)) or (self._group_named(named.name) if named.name else None)
        if draft is None and named.head in GROUPS and (named.name or named.head).lower() == named.head:
            draft = self._group_with(named.head or "")
        kind = named.kind or self.bare.get(name)
        if draft is None:
            if kind is None:
                return None
            draft = self._new(name if named.known is None else named.known, kind, key=key_of(name))
            draft.named = True
            draft.country = named.country
            draft.known = named.known is not None or kind == "media"
        draft.alias(words)
        if named.name:
            self._link(key_of(named.name), draft)
        if named.head:
            draft.heads.add(named.head)
        return draft

    def _crowd(self, named: Named, words: str, owner: Draft | None) -> Draft | None:
        """A group or body by its common noun: the one that the report has spoken of, else its own."""
        head = named.head or ""
        if named.several:
            return self.by_key.get(key_of(words)) or self._several(words)
        together = self._together(named, head, words, owner)
        if together is not None:
            return together
        adjectives = set(words.lower().split())
        ruling = named.kind == "government" and head in RULERS
        if ruling and (adjectives & WISHED or (adjectives & FOR_A_TIME and named.determiner != "the")):
            return None
        exact = self.by_key.get(key_of(words))
        if exact is not None:
            return exact
        apart = ruling and (bool(adjectives & names.lexicon("apart")) or named.owner is not None)
        group = self._fighting_for(words) if head in FIGHTERS else None
        if group is not None:
            return group
        if words[:1].isupper() or not words.startswith(("the ", "government", "authorities")):
            ruler = self._ruled_by(named, words)
            if ruler is not None:
                return ruler
        if (not named.indefinite or named.plural) and not (ruling and adjectives & FOR_A_TIME):
            found = self._spoken_of(named, head, words)
            if found is not None and owner is None and not apart:
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

    def _several(self, words: str) -> Draft:
        """States named one by one who act as one."""
        draft = self._new(words, "unnamed", key=key_of(words))
        draft.collective = draft.plural = draft.named = True
        return draft

    def _together(self, named: Named, head: str, words: str, owner: Draft | None) -> Draft | None:
        """ "Both sides", "the parties", "the two leaders": one collective, however they are called."""
        if named.kind != "unnamed" or named.name or named.country or owner is not None:
            return None
        pair = words.lower().startswith(("two ", "both "))
        plain = set(words.lower().split()[:-1]) <= names.lexicon("beside_sides")
        each = named.determiner in ("both", "each", "either", "neither", "all", "no") or pair
        sides = head in names.SIDES and plain and (each or words.lower().endswith("s"))
        leaders = head in LEADERS and named.plural and (named.determiner == "both" or pair)
        if not sides and not leaders:
            return None
        key = "together sides" if sides else "together leaders"
        draft = self.by_key.get(key)
        if draft is None:
            draft = self._new("both sides" if sides else "both leaders", "unnamed", key=key)
            draft.name = ""
            draft.collective = draft.plural = True
        return draft

    def _fighting_for(self, words: str) -> Draft | None:
        """ "KLF fighters": the group that its fighters are called by."""
        before = words.rpartition(" ")[0]
        draft = self._group_named(before) if before[:1].isupper() else None
        return draft if draft is not None and draft.kind in ("armed_group", "political_group", "organisation") else None

    def _group_named(self, name: str) -> Draft | None:
        """The draft of a name, in the singular or the plural ("Houthi", "Houthis")."""
        key = key_of(name)
        return self.by_key.get(key) or self.by_key.get(f"{key}s") or self.by_key.get(key.removesuffix("s"))

    def _ruled_by(self, named: Named, words: str) -> Draft | None:
        """ "The Roe administration", "the Kabul government": the state of whoever gives it the name."""
        if named.kind != "government" or named.head not in RULERS:
            return None
        giver = words.removeprefix("the ").rpartition(" ")[0]
        country = countries.by_capital(giver) or countries.by_code(names.seat_of(giver) or "")
        if country is not None:
            return self._state(Named(0, 1, "state", country=country.code, head="government"), words)
        if not giver[:1].isupper():
            return None
        known = self._group_named(giver)
        if known is not None and known.kind in RULING:
            return known
        state = self.state_of_people(giver)
        if state is not None:
            return state
        if giver not in self.surnames and (known is None or known.kind != "person"):
            return None
        key = f"rule of {self.surnames.get(giver, giver).casefold()}"
        draft = self.by_key.get(key)
        if draft is None:
            draft = self._new(words, "government", key=key)  # whose it is, is known when the report is read
            draft.heads.add(named.head or "")
            draft.ruler, draft.indefinite = self.surnames.get(giver, giver), True
        return draft

    def state_of_people(self, word: str) -> Draft | None:
        """The state outside the table of countries whose adjective a word may be: "Norvelan", "Vardonian"."""
        if len(word) < 5 or " " in word or not word.endswith(("n", "i", "ese", "ish")):
            return None
        stem = word[: max(4, len(word) - 3)].casefold()
        for draft in self.drafts.values():
            ruling = draft.kind in ("state", "government") and draft.country is None and draft.named
            if ruling and draft.name.casefold().startswith(stem):
                return draft
        return None

    def _spoken_of(self, named: Named, head: str, words: str) -> Draft | None:
        drafts = list(self._recent())
        if head in RULERS and named.kind == "government":
            rulers = [
                draft for draft in drafts
                if not draft.indefinite and (draft.kind == "government" or "government" in draft.heads)
            ]  # fmt: skip
            home = self.by_key.get(self.main_country or "")
            own = [draft for draft in rulers if draft.kind == "government" or draft is home]
            return own[0] if own else home or (rulers[0] if rulers and len(rulers) == 1 else None)
        if head in REBELS and named.country is None:
            if any(word[:1].isupper() for word in words.split()[:-1]) and not words[:1].isupper():
                return None
            groups = [draft for draft in drafts if draft.kind == "armed_group"]
            alike = [draft for draft in groups if head in draft.heads]
            if alike or head in ("militia", "faction"):
                return alike[0] if alike else None
            named_ones = [draft for draft in groups if draft.named]
            if len(named_ones) > 1:  # of several groups none is "the rebels" for sure
                return None
            return groups[0] if groups else None
        if head in ARMY:
            armies = (draft for draft in drafts if draft.kind == "forces" and draft.heads & ARMY)
            regular = (draft for draft in armies if not draft.named or draft.country)
            return next(regular, None) if named.country is None else None
        if head in GROUPS:
            return None if named.plural else self._group_with(head)
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


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "actor"
