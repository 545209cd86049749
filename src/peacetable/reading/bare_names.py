"""What a report as a whole tells of its names: whose conflict it is, and what a name without a title stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from peacetable.model import ActorKind
from peacetable.reading.actor_words import WITHIN
from peacetable.reading.names import Named

#: So much more weight than the next must the country of a report have.
CLEAR: Final = 1.3
#: A phrase of a report with how it stands: as a subject, as a place, as that whose army or government it is.
Use = tuple[Named | None, bool, bool, bool]


def main_country(seen: Sequence[Use]) -> str | None:
    """The key of the country whose conflict it is: its government, army and people are spoken of.

    None where two are as likely.
    """
    weights: Counter[str] = Counter()
    governed: set[str] = set()
    for item, _, place, within in seen:
        if item is None:
            continue
        key = f"country {item.country}" if item.country else key_of(item.name) if item.name and not item.kind else None
        if key is not None:
            inside = within or (item.kind != "state" and item.head in WITHIN)
            weights[key] += 3 if inside else 2 if place and item.head != "capital" else 1
            if inside or item.country:
                governed.add(key)
    ranked = [(key, weight) for key, weight in weights.most_common() if key in governed][:2]
    if not ranked or (len(ranked) > 1 and ranked[0][1] < CLEAR * ranked[1][1]):
        return None
    return ranked[0][0]


def kind_of_bare(name: str, uses: Sequence[Use], singles: set[str]) -> ActorKind | None:
    """What kind of actor a bare name is, by how the report uses it; None for a place or a thing."""
    subject = sum(use[1] for use in uses)
    place = sum(use[2] for use in uses)
    definite = any(use[0].definite for use in uses if use[0])
    if any(use[3] for use in uses) and place and not definite:
        return "state"
    if name.isupper() and len(name) > 1:
        return "organisation"
    words = name.split()
    if len(words) > 1:
        if place >= max(1, subject):
            return None
        if definite and subject:
            return "organisation"
        return "person" if subject or words[-1] in singles else None
    if place:
        return "state" if subject else None
    if any(use[0].short for use in uses if use[0]):
        return "organisation"
    if not subject:
        return None
    return "armed_group" if definite else "person"


def key_of(words: str) -> str:
    """The form under which words for an actor are looked up."""
    lower = words.casefold()
    return lower.removeprefix("the ")
