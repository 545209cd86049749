"""Small sets of nouns that tell armies, rebels, rulers and bodies apart when a report calls them by a common noun."""

from __future__ import annotations

from typing import Final

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
#: A government that is only wished for is nobody yet; one for a time is not the one in office.
WISHED: Final = frozenset({"future", "inclusive", "proposed", "planned", "eventual", "prospective", "next"})
FOR_A_TIME: Final = frozenset({"interim", "transitional", "provisional", "transition", "unity", "caretaker", "new"})
#: Those who fight for a group: "KLF fighters" are the KLF.
FIGHTERS: Final = REBELS | {
    "gunman", "extremist", "terrorist", "jihadist", "militiaman", "combatant", "force", "forces", "troop", "troops",
    "movement", "group", "separatist", "man", "mujahideen",
}  # fmt: skip
LEADERS: Final = frozenset({"leader", "president", "minister", "general", "commander", "chief", "official"})
OFFICES_OF_STATE: Final = frozenset({"ministry", "presidency", "cabinet", "government"})
#: Nouns for those within a country whose conflict it is.
WITHIN: Final = RULERS | ARMY | REBELS | {"police", "president", "opposition", "civilian", "people", "side", "party"}
