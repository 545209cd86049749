"""What a report as a whole tells of its names: whose conflict it is, and what a name without a title stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from peacetable import countries
from peacetable.model import ActorKind
from peacetable.reading.actor_words import WITHIN
from peacetable.reading.analysis import Sentence
from peacetable.reading.names import Named

#: So much more weight than the next must the country of a report have.
CLEAR: Final = 1.3
#: The further weight of the country that title or first sentence names before any other.
NAMED_FIRST: Final = 2
#: A phrase of a report with how it stands: as a subject, as a place, as that whose army or government it is.
Use = tuple[Named | None, bool, bool, bool]


def main_country(seen: Sequence[Use], sentences: Iterable[Sentence]) -> str | None:
    """The key of the country whose conflict it is: named first and most, its government and army spoken of.

    A capital counts only as a subject, since talks are held in capitals of others. None where two are as likely.
    """
    weights: Counter[str] = Counter()
    for sentence in sentences:
        for country in _countries_in(sentence):
            weights[f"country {country.code}"] += 1 if weights else 1 + NAMED_FIRST
    governed = set(weights)
    for item, _, place, within in seen:
        if item is None or item.kind in ("organisation", "media"):
            continue
        key = f"country {item.country}" if item.country else key_of(item.name) if item.name and not item.kind else None
        if key is None:
            continue
        inside = within or (item.kind != "state" and item.head in WITHIN)
        weights[key] += 2 if inside else 1 if (place != (item.head == "capital")) else 0
        if inside:
            governed.add(key)
    ranked = [(key, weight) for key, weight in weights.most_common() if key in governed][:2]
    if not ranked or (len(ranked) > 1 and ranked[0][1] < CLEAR * ranked[1][1]):
        return None
    return ranked[0][0]


def _countries_in(sentence: Sentence) -> Iterator[countries.Country]:
    """The countries that a sentence names, by name, adjective or people."""
    words = [token.text for token in sentence.tokens]
    at = 0
    while at < len(words):
        for size in (3, 2, 1) if words[at][:1].isupper() else ():
            text = " ".join(words[at : at + size])
            found = countries.by_name(text) or countries.by_adjective(text) or countries.by_people(text)
            if found:
                yield found
                at += size - 1
                break
        at += 1


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


def kind_of_name(kind: str | None, by_use: ActorKind | None) -> ActorKind | None:
    """What kind of actor a bare name is: a person where the model takes it for one, else by how the report uses it.

    Which kind of body a name is, its use in the report tells better than the model; and what has an army is a state.
    """
    return "person" if kind == "person" and by_use != "state" else by_use


def key_of(words: str) -> str:
    """The form under which words for an actor are looked up."""
    lower = words.casefold()
    return lower.removeprefix("the ")
