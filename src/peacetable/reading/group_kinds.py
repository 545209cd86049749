"""What kind of group a name stands for, by the words that a report puts beside it: arms make an armed group."""

from __future__ import annotations

import re
from typing import Final

from peacetable.reading.actor_drafts import Draft
from peacetable.reading.actor_words import REBELS
from peacetable.reading.register import Register

#: How many mentions of a name are looked at, and how many characters on either side.
MENTIONS: Final = 20
BESIDE: Final = 120
OPEN: Final = frozenset({"organisation", "political_group", "person", "forces", "unnamed"})
_ARMED: Final = (
    r"(?:rebel|insurgent|militant|guerrilla|armed|jihadist|separatist|terrorist|extremist|paramilitary|militia)s?"
)
_MEN: Final = (
    r"(?:fighters?|militants?|rebels?|insurgents?|guerrillas?|gunm[ae]n|militia(?:m[ae]n)?|combatants|terrorists|"
    r"commanders?|insurgency|rebellion)"
)
_BODY: Final = r"(?:group|movement|force|organi[sz]ation|faction|army|militia|alliance|front|coalition|fighters)s?"


def settle(register: Register, text: str) -> None:
    """Make armed groups of the bodies that the report shows in arms."""
    for draft in list(register.drafts.values()):
        if draft.kind not in OPEN or not draft.named or draft.role or draft.known or draft.country_named:
            continue
        if draft.heads & REBELS or (_names(draft) and _armed(draft, text)):
            draft.kind = "armed_group"
            draft.gender = None


def _names(draft: Draft) -> list[str]:
    proper = (alias for alias in (draft.name, *draft.aliases) if alias[:1].isupper())
    return list(dict.fromkeys(alias for alias in proper if len(alias) > 1))


def _beside(name: str, text: str) -> str:
    """What stands beside the first mentions of a name: a report says early what a group is, and the rest costs time."""
    passages: list[str] = []
    at = -1
    while len(passages) < MENTIONS and (at := text.find(name, at + 1)) >= 0:
        passages.append(text[max(0, at - BESIDE) : at + len(name) + BESIDE])
    return "\n".join(passages)


def _armed(draft: Draft, text: str) -> bool:
    beside = "\n".join(_beside(alias, text) for alias in _names(draft))
    name = "(?:" + "|".join(re.escape(alias) for alias in sorted(_names(draft), key=len, reverse=True)) + ")"
    patterns = (
        rf"\b{name}(?:['’]s?)? (?:\w+ )?{_MEN}\b",
        rf"\b{_ARMED} (?:{_BODY} )?(?:of |from |called |known as )?(?:the )?{name}\b",
        rf"\b{name}(?: \([^)]*\))?, (?:an?|the|one of)\b[^,.;]{{0,50}}\b{_ARMED} (?:\w+ )?{_BODY}",
        rf"\b{_ARMED} (?:\w+ )?{_BODY},? (?:of |called |known as )?(?:the )?{name}\b",
    )
    return any(re.search(pattern, beside) for pattern in patterns)
