"""Is a report an official statement, and whose: then "we" is who issued it, and "I" its author."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from peacetable.model import Actor, ActorId
from peacetable.reading import countries, names
from peacetable.reading.analysis import Analysis

OFFICES: Final = re.compile(
    r"\b(?:House|Department|Ministry|Ministries|Office|Government|Embassy|Presidency|Palace|Command|Council|Secretariat|"
    r"Cabinet|Commission|Delegation|Mission|Parliament|Nations|Union|Spokesperson)\b"
)
PRESS: Final = re.compile(r"\b(?:News|Times|Press|Radio|Television|TV|Agency|Post|Daily|Broadcasting|Herald|Wire)\b")
FIRST_PERSON: Final = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|[Mm]y)\b")
ISSUED: Final = re.compile(
    r"\b(?:statement|remarks|communiqu[eé]|declaration|address|letter|message|speech|gaggle|briefing|call)\b"
    r"[^.\n]{0,40}?\b(?:by|from|of|with)\s+(?:the\s+)?",
    re.IGNORECASE,
)
QUOTED: Final = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”")
BODIES: Final = frozenset({"state", "government", "organisation", "armed_group", "political_group", "forces"})
#: So many first persons outside quotation marks, for each hundred words, make a text one's own.
OWN_VOICE: Final = 1.5


def official(analysis: Analysis) -> Analysis:
    """The analysis with `official` and `author` set, and whose "I" it is under the layer "i".

    An official statement is published by a government or an office, or written in the first person.
    """
    source = analysis.report.source or ""
    by_office = bool(OFFICES.search(source)) and not PRESS.search(source)
    if not by_office and not _own_voice(analysis.text):
        return analysis
    issuer, actors = _issuer(analysis, source if by_office else "")
    person = _author(analysis)
    layers = {**analysis.layers, "i": person or issuer}
    return replace(
        analysis, official=by_office or issuer is not None, author=issuer or person, actors=actors, layers=layers
    )


def _own_voice(text: str) -> bool:
    plain = QUOTED.sub("", text)
    words = max(1, plain.count(" "))
    return 100 * len(FIRST_PERSON.findall(plain)) / words >= OWN_VOICE


def _issuer(analysis: Analysis, source: str) -> tuple[ActorId | None, tuple[Actor, ...]]:
    """Who "we" is: the publisher, or the body that the title or the first paragraph names as issuing it."""
    code = names.seat_of(source) or next(
        (found.code for word in _runs(source) if (found := countries.by_adjective(word) or countries.by_name(word))),
        None,
    )
    if code:
        known = next(
            (actor for actor in analysis.actors if actor.country == code and actor.kind in ("state", "government")),
            None,
        )
        if known:
            return known.id, analysis.actors
        country = countries.by_code(code)
        if country:
            made = Actor(
                id=f"state-{code.lower()}", name=country.name, kind="state", country=code, aliases=(country.name,)
            )
            return made.id, (*analysis.actors, made)
    title = analysis.report.title or ""
    bodies = [actor for actor in analysis.actors if actor.kind in BODIES]
    entitled = [(title.find(name), actor.id) for actor in bodies for name in actor.aliases if name in title]
    if entitled:
        return min(entitled)[1], analysis.actors
    ids, head = {actor.id for actor in bodies}, _head(analysis)
    named = [mention.actor for mention in analysis.mentions if mention.end <= head and mention.actor in ids]
    return (named[0] if named else None), analysis.actors


def _author(analysis: Analysis) -> ActorId | None:
    """Whose "I" it is: the person whom the title names as its author, else the first person named at its head."""
    kinds = {actor.id: actor.kind for actor in analysis.actors}
    title = analysis.report.title or ""
    match = ISSUED.search(title)
    if match:
        said = title[match.end() :]
        for actor in analysis.actors:
            if actor.kind == "person" and any(alias in said for alias in actor.aliases if len(alias) > 4):
                return actor.id
    head = _head(analysis)
    people = [m.actor for m in analysis.mentions if m.end <= head and m.actor and kinds[m.actor] == "person"]
    return people[0] if people else None


def _head(analysis: Analysis) -> int:
    return analysis.paragraphs[min(1, len(analysis.paragraphs) - 1)].end if analysis.paragraphs else 0


def _runs(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[i : i + size]) for size in (3, 2, 1) for i in range(len(words) - size + 1)]
