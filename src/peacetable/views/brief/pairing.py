"""Puts rows that may be one thing next to each other, then cuts and groups them.

A proposal is never carried out here: the rows stay two, under the reasons for which they may be one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.ledger import Entry, Judgement, Place
from peacetable.views import phrases
from peacetable.views.brief.cells import Bundle, Group, Row

#: What is said where the record gives no reason.
ALIKE: Final = "The record finds them alike."


@dataclass(frozen=True, slots=True)
class Item:
    """A row on its way into a table: how to make it, its group, and the entry that it shows, if it shows one.

    A row is made only when it is kept: making it cites its passages, and a page cites no more than it shows.
    """

    row: Callable[[], Row]
    group: str = ""
    entry: Entry | None = None


def arranged(items: Sequence[Item], *, most: int) -> tuple[tuple[Group, ...], int]:
    """Items in groups, the most important first.

    Args:
        items: in the order of their importance; proposed partners move up to the first of them.
        most: how many rows to keep; a bundle is kept whole.

    Returns:
        The groups in the order of their first rows, and how many rows were left out.
    """
    kept: dict[str, list[Bundle]] = {}
    shown = 0
    for bundle in _bundled(items):
        if shown >= most:
            break
        rows = tuple(items[place].row() for place in bundle)
        kept.setdefault(items[bundle[0]].group, []).append(_bundle(rows, [items[place] for place in bundle]))
        shown += len(rows)
    return tuple(Group(title, tuple(bundles)) for title, bundles in kept.items()), len(items) - shown


def partners(entries: Sequence[Entry]) -> Mapping[Place, int]:
    """Where the claims of entries stand: from a place to the index of its entry."""
    return {member.place: number for number, entry in enumerate(entries) for member in entry.members}


def reasons(judgement: Judgement) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for two things being one, and what against it, a sentence each."""
    found = [(reason.weight < 0, phrases.sentence(reason)) for reason in judgement.reasons]
    because = tuple(dict.fromkeys(told for against, told in found if not against))
    return because or (ALIKE,), tuple(dict.fromkeys(told for against, told in found if against))


def _bundled(items: Sequence[Item]) -> list[list[int]]:
    """The indexes of items, those that may be one together; each follows only its likeliest proposal."""
    at = {member.place: n for n, item in enumerate(items) if item.entry for member in item.entry.members}
    leader = list(range(len(items)))
    for number, item in enumerate(items):
        best = _likeliest(item)
        ends = [at.get(best.left), at.get(best.right)] if best else []
        linked = {leader[end] for end in (number, *ends) if end is not None}
        first = min(linked)
        leader = [first if one in linked else one for one in leader]
    return [[n for n in range(len(items)) if leader[n] == lead] for lead in sorted(set(leader))]


def _bundle(rows: tuple[Row, ...], items: Sequence[Item]) -> Bundle:
    if len(items) < 2:
        return Bundle(rows)
    links = [reasons(best) for item in items if (best := _likeliest(item))]
    because, against = (tuple(dict.fromkeys(told for link in links for told in link[side])) for side in (0, 1))
    return Bundle(rows, because, against)


def _likeliest(item: Item) -> Judgement | None:
    return item.entry.proposed[0] if item.entry and item.entry.proposed else None
