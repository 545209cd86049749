"""Drafts that later words show to be one: a ruler's government, those who fight for a group, a name cut in two."""

from __future__ import annotations

from typing import Final

from peacetable.reading.actor_drafts import Draft
from peacetable.reading.actor_words import REBELS
from peacetable.reading.register import Register

MEN: Final = frozenset({"man", "fighter", "force", "forces", "troop", "troops", "soldier", "rebel", "combatant"})
#: So many characters on, a cut name may go on.
NEAR: Final = 700
GENERIC: Final = frozenset({"rebel", "insurgent", "guerrilla", "militant", "rebellion", "insurgency"})


def settle(register: Register) -> None:
    """Join what the whole report shows to be one."""
    _rulers(register)
    _men_of_a_group(register)
    _rebels_of_the_only_group(register)
    _names_cut_in_two(register)


def _rulers(register: Register) -> None:
    """ "The Roe administration" is the state whose president Roe is."""
    for draft in [draft for draft in register.drafts.values() if draft.ruler]:
        person = register.by_key.get((draft.ruler or "").casefold())
        side = register.by_key.get(f"country {person.country}") if person is not None and person.country else None
        if side is None and person is not None and person.part_of:
            owner = register.drafts.get(register.now(person.part_of))
            side = owner if owner is not None and owner.kind in ("state", "government", "armed_group") else None
        if side is not None and side is not draft:
            register.absorb(side, draft)
        elif person is not None and person.country:
            draft.country = person.country


def _men_of_a_group(register: Register) -> None:
    """ "Its fighters", "his men": the group they fight for; an army stays a force of its state."""
    for draft in list(register.drafts.values()):
        if draft.named or not draft.heads & MEN or draft.part_of is None or draft.kind == "person":
            continue
        owner = register.drafts.get(register.now(draft.part_of))
        if owner is not None and owner.kind == "person" and owner.part_of:
            owner = register.drafts.get(register.now(owner.part_of))
        if owner is not None and owner.kind == "armed_group" and owner is not draft:
            register.absorb(owner, draft)


def _rebels_of_the_only_group(register: Register) -> None:
    """Rebels who are never named otherwise are those of the one armed group that is."""
    groups = [draft for draft in register.drafts.values() if draft.kind == "armed_group"]
    named = [draft for draft in groups if draft.named]
    if len(named) != 1:
        return
    for draft in groups:
        plain = not draft.named and draft.heads <= REBELS and draft.heads & GENERIC
        if plain and _no_other_name(draft):
            register.absorb(named[0], draft)


def _names_cut_in_two(register: Register) -> None:
    """A surname that nobody introduced is the one titled person before it who was left with a first name."""
    people = [draft for draft in register.drafts.values() if draft.kind == "person" and draft.named]
    single = [draft for draft in people if " " not in draft.name]
    for draft in single:
        if draft.role or len(draft.aliases) > 1 or draft.country:
            continue
        before = [
            other
            for other in single
            if other.role and len(other.described) == 1 and 0 <= other.since < draft.since <= other.since + NEAR
        ]
        if len(before) == 1:
            register.absorb(draft, before[0])


def _no_other_name(draft: Draft) -> bool:
    return not any(word[:1].isupper() for alias in draft.aliases for word in alias.split()[1:])
