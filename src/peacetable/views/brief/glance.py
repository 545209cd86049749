"""The first thing on the page: what falls due next, which talks come next, where reports disagree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from peacetable.ledger import Dispute, Duty, Entry, Situation
from peacetable.views import phrases
from peacetable.views.brief import meetings, owed
from peacetable.views.brief.cells import Value, each_date, heading_of, quoted, stated
from peacetable.views.brief.footnotes import Footnotes

MOST: Final = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One line: who, what, and how it stands or when it is."""

    who: tuple[Value, ...]
    what: tuple[Value, ...]
    details: tuple[Value, ...]

    @property
    def rests_on_one(self) -> bool:
        """Does the line rest on one passage? Then its number is shown once."""
        values = (*self.who, *self.what, *self.details)
        return bool(self.who) and len({note for value in values for note in value.notes}) == 1


@dataclass(frozen=True, slots=True)
class Card:
    """A short list under a heading; `anchor` leads to the whole."""

    title: str
    items: tuple[Item, ...]
    anchor: str
    empty: str


def glance(situation: Situation, notes: Footnotes) -> tuple[Card, ...]:
    """Three short lists, each item with its passages."""
    duties = [duty for duty in owed.urgent(situation) if owed.is_open(duty)]
    coming = meetings.to_come(situation)
    disputes = [dispute for dispute in situation.disputes if dispute.kind == "dispute"]
    return (
        Card("Owed next", tuple(_duty(duty, notes) for duty in duties[:MOST]), "owed", "No dated commitment is open."),
        Card(
            "Talks ahead", tuple(_talks(entry, notes) for entry in coming[:MOST]), "meetings", "No talks are announced."
        ),
        Card(
            "Reports disagree on",
            tuple(_dispute(dispute, notes) for dispute in disputes[:MOST]),
            "differences",
            "No contradiction between reports was found.",
        ),
    )


def _duty(duty: Duty, notes: Footnotes) -> Item:
    who = stated(notes, [duty.claim], heading_of(notes, duty.actor))
    return Item((who,), owed.action(duty, notes)[:1], (*_bare(each_date(notes, duty.dues)), owed.standing(duty, notes)))


def _talks(entry: Entry, notes: Footnotes) -> Item:
    stage = stated(notes, [entry.latest], meetings.stage(entry.latest))
    return Item(
        meetings.who_meets(entry, notes)[:1],
        (),
        (*meetings.where(entry, notes), *_bare(meetings.when_held(entry, notes)), stage),
    )


def _dispute(dispute: Dispute, notes: Footnotes) -> Item:
    label = phrases.said(dispute.field) + (", if both mean one thing:" if dispute.proposed else "")
    about = replace(quoted(notes, dispute.sides[0].claims[0]), label=label)
    sides = (stated(notes, side.claims, phrases.value_words(side.value)) for side in dispute.sides)
    return Item((), (about,), tuple(sides))


def _bare(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Dates without how they were worked out, which the tables tell."""
    return tuple(replace(value, gloss="") for value in values)
