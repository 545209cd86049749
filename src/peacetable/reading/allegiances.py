"""Whom people and forces belong to, by the words that a report puts beside them.

"Turkish foreign minister", "the rebels' spokesman", "its negotiator", "spokesman for the council": what stands before
an office or behind its "of" says whose it is; an office of state and an army without more are the home government's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from peacetable import countries
from peacetable.reading import names
from peacetable.reading.actor_drafts import Draft
from peacetable.reading.actor_words import ARMY, REBELS
from peacetable.reading.register import Register

SIDES: Final = frozenset(
    {"state", "government", "armed_group", "political_group", "organisation", "forces", "media"}
)  # fmt: skip
BELONGING: Final = frozenset({"person", "forces", "unnamed"})
#: Those whom a report on a country means there unless it says otherwise.
LOCAL: Final = frozenset({"government", "armed_group", "political_group", "forces", "civilians"})
#: Offices that only a state has.
OF_STATE: Final = frozenset(
    {
        "president", "vice-president", "minister", "premier", "prime-minister", "king", "queen", "chancellor", "emir",
        "sultan", "vice-premier", "governor",
    }
)  # fmt: skip
FORCES_OF_STATE: Final = ARMY | {"police", "navy", "gendarmerie", "airforce", "general-staff", "marines", "garrison"}
#: Who speaks for those named behind "for"; an envoy "for Amara" does not.
FOR_WHOM: Final = frozenset({"spokesman", "spokeswoman", "spokesperson", "negotiator", "delegate", "speaks", "spoke"})
GOVERNING: Final = frozenset({"government", "cabinet", "ministry", "presidential", "state", "official", "federal"})
SOLDIERLY: Final = frozenset({"army", "military", "navy", "police"})
#: Where so many states act, an office without its country may be of any of them.
CROWDED: Final = 3
#: Aliases too common to tell a side by.
EMPTY: Final = frozenset({"state", "states", "court", "congress", "parliament", "side", "force", "forces", "palace"})
FORMER: Final = re.compile(r"\b(?:former|ex|retired|late|one-time)\b", re.IGNORECASE)
#: Bodies that are always somebody's.
OTHERS: Final = frozenset({"delegation", "team", "staff", "office", "panel", "congress", "parliament", "court"})
POSSESSIVE: Final = frozenset({"its", "their", "his", "her", "our", "my"})
WORD: Final = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*\.?")


def settle(register: Register) -> None:
    """Give every person, force and unnamed speaker its side, where the report tells."""
    finder = _Finder(register)
    for draft in list(register.drafts.values()):
        if draft.kind in BELONGING and not draft.collective:
            side = finder.side_of(draft)
            if side is not None and side is not draft:
                draft.part_of = side.id
                draft.country = draft.country or side.country
    home = finder.home
    for draft in register.drafts.values():
        if draft.country is None and draft.kind in LOCAL and home is not None and not draft.known:
            draft.country = home.country  # that it acts in
        draft.part_of = register.now(draft.part_of) if draft.part_of else None
        if draft.part_of == draft.id or draft.part_of not in register.drafts:
            draft.part_of = None


class _Finder:
    """Looks up sides by the names and nouns that a report uses for them."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.sides = [draft for draft in register.drafts.values() if draft.kind in SIDES and not _of_others(draft)]
        self.by_alias: dict[str, Draft] = {}
        for draft in self.sides:
            for alias in (draft.name, *draft.aliases):
                key = _plain(alias)
                if len(key) > 1 and key not in EMPTY:
                    self.by_alias.setdefault(key, draft)
        self.longest = max((3, *(key.count(" ") + 1 for key in self.by_alias)))
        self.home = _home(register)
        states = sum(side.kind == "state" for side in self.sides)
        self.crowded = states >= CROWDED  # "President Roe" may be anybody's

    def side_of(self, draft: Draft) -> Draft | None:
        """The side that a draft belongs to."""
        held = [(words, meant) for words, meant in draft.described if not FORMER.search(words)]
        found = [self._by_description(draft, words, meant) for words, meant in held]
        sides = [side for side in found if side is not None and side is not draft]
        if sides:  # "Swiss diplomat" tells less than "chairman of the monitors"
            return next((side for side in sides if side.kind != "state"), sides[0])
        if draft.part_of and draft.part_of in self.register.drafts:
            owner = self.register.drafts[draft.part_of]
            if owner.kind in SIDES:
                return owner
            if owner.kind == "person" and owner is not draft:
                side = self.side_of(owner) if owner.part_of != draft.id else None
                return side if side is not None and side.kind != "media" else owner
        if draft.kind == "forces" and draft.heads & FORCES_OF_STATE and draft.country is None:
            return self.home
        if draft.country and (draft.heads or draft.described):
            return self.register.by_key.get(f"country {draft.country}")
        return None

    def _by_description(self, draft: Draft, words: str, meant: str | None) -> Draft | None:
        text = words.replace(draft.name, " ") if draft.named and draft.kind == "person" else words
        tokens = WORD.findall(text)
        lowers = [token.lower() for token in tokens]
        if not tokens:
            return None
        if lowers[0] in POSSESSIVE and meant is not None and "counterpart" not in lowers:
            owner = self.register.drafts.get(self.register.now(meant))
            if owner is not None and owner is not draft:
                return owner if owner.kind in SIDES else self._through(owner, draft)
        cut = next((i for i, word in enumerate(lowers) if word in ("for", "to", "on") and i), len(tokens))
        before, behind = tokens[:cut], tokens[cut + 1 :]
        speaks = any(word in FOR_WHOM for word in lowers[:cut])
        found = next(self._named_in(before, draft), None)
        if found is None and speaks and cut < len(tokens):
            found = next(self._named_in(behind, draft), None)
        return found or self._by_noun(lowers[:cut], draft)

    def _through(self, owner: Draft, draft: Draft) -> Draft | None:
        """His deputy speaks for those for whom he speaks."""
        if owner.part_of in (None, draft.id):
            return None
        side = self.register.drafts.get(self.register.now(owner.part_of or ""))
        return side if side is not None and side.kind in SIDES else None

    def _named_in(self, tokens: Sequence[str], draft: Draft) -> Iterator[Draft]:
        """The sides that a run of words names, the longest names first at each place."""
        own = {_plain(alias) for alias in draft.aliases}
        for start in range(len(tokens)):
            for size in range(min(self.longest, len(tokens) - start), 0, -1):
                run = tokens[start : start + size]
                key = _plain(" ".join(run))
                found = self.by_alias.get(key)
                if found is None and run[0][:1].isupper():
                    country = countries.by_adjective(" ".join(run)) or countries.by_name(key.title())
                    found = self._state(country) if country else self.register.state_of_people(run[0])
                    found = found or self._known(run)
                if found is not None and found is not draft and key not in own:
                    yield found
                    break

    def _state(self, country: countries.Country) -> Draft:
        """The state of a country that the report names by its adjective alone."""
        return self.register.by_key.get(f"country {country.code}") or self.register.state(country)

    def _known(self, run: Sequence[str]) -> Draft | None:
        """A body known the world over that the report names only beside an office: "the UN envoy"."""
        words = " ".join(run).removesuffix("'s").removesuffix("’s")
        full, seat = names.international(words), names.seat(words)
        if seat is not None:
            country = countries.by_code(seat)
            return self._state(country) if country else None
        return self.register.body(full, words) if full else None

    def _by_noun(self, lowers: Sequence[str], draft: Draft) -> Draft | None:
        """ "A rebel commander", "government spokesman", "the foreign minister"."""
        keys = {names.singular(word) for word in lowers}
        if keys & REBELS:
            groups = [side for side in self.sides if side.kind == "armed_group"]
            return groups[0] if len(groups) == 1 else None
        if keys & GOVERNING:
            return self.home
        if keys & SOLDIERLY and draft.kind != "forces":
            armies = [side for side in self.sides if side.kind == "forces" and side.heads & (keys & SOLDIERLY | ARMY)]
            return armies[0] if len(armies) == 1 else self.home
        if draft.kind == "person" and keys & OF_STATE and draft.country is None and not self.crowded:
            return self.home
        return None


def _home(register: Register) -> Draft | None:
    """The government that "the government" means in this report, where there is one."""
    state = register.by_key.get(register.main_country or "")
    if state is not None and state.kind in ("state", "government"):
        return state
    ruling = [draft for draft in register.drafts.values() if draft.kind == "government" and not draft.ruler]
    return ruling[0] if ruling else None


def _of_others(draft: Draft) -> bool:
    return draft.kind in ("organisation", "government", "unnamed") and bool(draft.heads) and draft.heads <= OTHERS


def _plain(words: str) -> str:
    lower = words.casefold().replace("’", "'").removesuffix("'s").removesuffix("'")
    return lower.removeprefix("the ")
