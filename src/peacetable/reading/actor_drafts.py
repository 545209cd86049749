"""An actor in the making: what the phrases of a report have said of it so far."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from peacetable import countries
from peacetable.model import Actor, ActorKind

#: These before an office do not tell one from another.
PLAIN: Final = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "our",
        "my",
        "mr",
        "mrs",
        "ms",
        "senior",
        "new",
        "us",
        "u.s.",
        "uk",
    }
)
POSSESSIVE: Final = re.compile(r"^(?:its|his|her|their|our|my)\s+", re.IGNORECASE)


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
    collective: bool = False
    known: bool = False  # a body known by name the world over
    country_named: bool = False
    ruler: str | None = None  # the person whose government it is, while that is open
    since: int = -1  # where it is first named
    described: list[tuple[str, str | None]] = field(default_factory=list)  # phrases for it, with whom "its" meant
    keys: list[str] = field(default_factory=list)

    def alias(self, words: str) -> None:
        """Note one more string that names it."""
        self.aliases.setdefault(words)

    def actor(self) -> Actor:
        """The finished actor."""
        aliases = tuple(dict.fromkeys((self.name, *self.aliases)))
        return Actor(
            id=self.id, name=self.name, kind=self.kind, country=self.country, aliases=aliases, part_of=self.part_of,
            role=POSSESSIVE.sub("", self.role) if self.role else None,
        )  # fmt: skip


def one_office(words: str, head: str, draft: Draft) -> bool:
    """May an office be the one that a person is known to hold? A foreign minister is no prime minister."""
    wanted = _qualifiers(words, head)
    known = [_qualifiers(phrase, head) for phrase, _ in draft.described if head in phrase.lower()]
    known += [_qualifiers(draft.role, head)] if draft.role and head in draft.role.lower() else []
    return not wanted or not known or any(wanted & held for held in known)


def _qualifiers(words: str, head: str) -> set[str]:
    """What stands right before an office to say which: "prime", "foreign", "deputy defence"."""
    before = words.lower().replace("-", " ").partition(head)[0].replace("’", "'")
    own = before.rpartition("'s ")[2].split()
    return {word for word in own if word not in PLAIN and countries.by_adjective(word.title()) is None}
