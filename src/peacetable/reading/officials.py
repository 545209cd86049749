"""Is a report an official statement, and whose: then "we" is who issued it, and "I" its author."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from peacetable import countries
from peacetable.model import Actor
from peacetable.reading import names, sentences, word_classes
from peacetable.reading.analysis import Analysis
from peacetable.reading.nounphrases import noun_phrases

OFFICES: Final = re.compile(
    r"\b(?:House|Department|Ministry|Ministries|Office|Government|Embassy|Presidency|Palace|Command|Council|Secretariat|"
    r"Cabinet|Commission|Delegation|Mission|Parliament|Nations|Union|Spokesperson)\b"
)
PRESS: Final = re.compile(r"\b(?:News|Times|Press|Radio|Television|TV|Agency|Post|Daily|Broadcasting|Herald|Wire)\b")
FIRST_PERSON: Final = re.compile(r"\b(?:[Ww]e|[Oo]ur|us|I|[Mm]y)\b")
ISSUED: Final = re.compile(
    r"\b(?:statement|remarks|communiqu[eé]|declaration|address|letter|message|speech|gaggle|briefing|call|report)\b"
    r"(?:\s+of|[^.\n]{0,40}?\b(?:by|from|with))\s+(?:the\s+)?",
    re.IGNORECASE,
)
QUOTED: Final = re.compile(r"\"[^\"\n]*\"|“[^”\n]*”")
#: "We, the President of Amara and the King of Belor, having met ..."
WE_WHO: Final = re.compile(
    r"\bWe, (?P<who>the [^,;\n]+? and (?:of )?the [^,;\n]+?)"
    r"(?=,| (?:met|have|welcome|condemn|express|reaffirm|agree)\b)"
)
TOGETHER: Final = re.compile(r"\b(?:of|from)\b.* and ")
ACTING: Final = re.compile(r"(?: \([^)]*\))? (?:has|have|is|are|was|were|\w+(?:ed|es|s))\b")
JOINT: Final = re.compile(r"\bjoint (?:\w+ )?(?:statement|declaration|communiqu[eé]|readout)\b", re.IGNORECASE)
BODIES: Final = frozenset({"state", "government", "organisation", "armed_group", "political_group", "forces"})
PAPERS: Final = re.compile(
    r"\b(?:statement|declaration|communiqu[eé]|report|agreement|accord|remarks|resolution)\b", re.IGNORECASE
)
#: A title or a signature is no longer than this.
SHORT: Final = 160
#: So many sentences that begin with "We" or "I" outside quotation marks,
OPENINGS: Final = 3
OPENING: Final = re.compile(r"(?:^|[.!?]\s+|\n\s*)(?:We|I)\s+[a-z]")
#: or so many first persons outside quotation marks, for each hundred words, make a text one's own.
OWN_VOICE: Final = 1.5


def official(analysis: Analysis) -> Analysis:
    """The analysis with `official` and `author` set, and whose "I" it is under the layer "i".

    An official statement is published by a government or an office, or written in the first person.
    """
    source = analysis.report.source or ""
    by_office = bool(OFFICES.search(source)) and not PRESS.search(source)
    if not by_office and not _own_voice(analysis.text):
        return analysis
    joint = _joint_issuer(analysis)
    issuer = joint or _publisher(analysis, source if by_office else "") or _body_at_head(analysis)
    person = None if joint else _author(analysis)
    known = {actor.id for actor in analysis.actors}
    made = tuple(actor for actor in (issuer, person) if actor is not None and actor.id not in known)
    author = issuer or (person and _side(analysis, person)) or person
    return replace(
        analysis,
        official=by_office or issuer is not None,
        author=author.id if author else None,
        actors=(*analysis.actors, *made),
        layers={**analysis.layers, "i": person.id if person else author.id if author else None},
    )


def _own_voice(text: str) -> bool:
    plain = QUOTED.sub("", text)
    if len(OPENING.findall(plain)) >= OPENINGS:
        return True
    words = max(1, plain.count(" "))
    return 100 * len(FIRST_PERSON.findall(plain)) / words >= OWN_VOICE


def _joint_issuer(analysis: Analysis) -> Actor | None:
    """Those who issue a joint statement together, where its title or head names them one by one."""
    head = analysis.paragraphs[min(2, len(analysis.paragraphs) - 1)].end if analysis.paragraphs else 0
    title = analysis.report.title or ""
    if not JOINT.search(title) and not JOINT.search(analysis.text[:head]):
        return None
    opening = WE_WHO.search(analysis.text, 0, head)
    if opening:
        words = analysis.text[opening.start("who") : opening.end("who")]
        return Actor(id="joint-issuers", name=words, kind="unnamed", aliases=(words,))
    several = [actor for actor in analysis.actors if actor.kind == "unnamed" and TOGETHER.search(actor.name)]
    named = {mention.actor for mention in analysis.mentions if mention.end <= head}
    return next((actor for actor in several if actor.id in named), None)


def _publisher(analysis: Analysis, source: str) -> Actor | None:
    """The state whose office publishes the report."""
    words = (countries.by_adjective(run) or countries.by_name(run) for run in _runs(source))
    country = countries.by_code(names.seat_of(source) or "") or next(filter(None, words), None)
    if country is None:
        return None
    for actor in analysis.actors:
        if actor.country == country.code and actor.kind in ("state", "government"):
            return actor
    name = country.name
    return Actor(id=f"state-{country.code.lower()}", name=name, kind="state", country=country.code, aliases=(name,))


def _side(analysis: Analysis, person: Actor) -> Actor | None:
    """For whom the author speaks."""
    return analysis.actor_by_id.get(person.part_of or "")


def _body_at_head(analysis: Analysis) -> Actor | None:
    """The body that the title, or else the head of the text, names first."""
    bodies = [actor for actor in analysis.actors if actor.kind in BODIES and not PAPERS.search(actor.name)]
    title = analysis.report.title or ""
    entitled = [(title.find(name), actor.id) for actor in bodies for name in actor.aliases if name in title]
    by_id = {actor.id: actor for actor in bodies}
    if entitled:
        return by_id[min(entitled)[1]]
    head = analysis.paragraphs[min(1, len(analysis.paragraphs) - 1)].end if analysis.paragraphs else 0
    named = [mention for mention in analysis.mentions if mention.end <= head and mention.actor in by_id]
    acting = (mention for mention in named if ACTING.match(analysis.text, mention.end))
    chosen = next(acting, named[0] if named else None)
    return by_id[chosen.actor] if chosen is not None and chosen.actor else None


def _author(analysis: Analysis) -> Actor | None:
    """Whose "I" it is: the person whom the title names as its author, or who signs at the end."""
    title = analysis.report.title or _line(analysis, 0)
    match = ISSUED.search(title)
    signed = _person(_line(analysis, -1)) if len(analysis.paragraphs) > 1 else None
    name = (_person(title[match.end() :]) if match else None) or signed
    if name is None:
        return _office_holder(analysis, title[match.end() :]) if match else None
    last = name.split()[-1]
    for actor in analysis.actors:
        if actor.kind == "person" and (actor.name == name or last in actor.aliases):
            return actor
    return Actor(id=f"author-{last.lower()}", name=name, kind="person", aliases=(name, last))


def _office_holder(analysis: Analysis, text: str) -> Actor | None:
    """The office that a title names as the author: "Report of the Secretary-General on ..."."""
    tokens = tuple(sentences.tokenise(text, 0, len(text)))
    classes = word_classes.classes_of(tokens)
    for phrase in noun_phrases(tokens, classes)[:1]:
        first = phrase.first + (tokens[phrase.first].lower == "the")
        words = text[tokens[first].start : tokens[phrase.core - 1].end]
        if phrase.core > first and tokens[phrase.core - 1].lower.rpartition("-")[2] in names.lexicon("person"):
            held = (actor for actor in analysis.actors if actor.kind == "person" and words in actor.aliases)
            ident = f"author-{words.lower().replace(' ', '-')}"
            aliases = (words, f"the {words}")
            return next(held, None) or Actor(id=ident, name=words, kind="person", role=words, aliases=aliases)
    return None


def _line(analysis: Analysis, index: int) -> str:
    """A paragraph, if it is short enough for a title or a signature."""
    if not analysis.paragraphs:
        return ""
    paragraph = analysis.paragraphs[index]
    return analysis.text[paragraph.start : paragraph.end] if paragraph.end - paragraph.start <= SHORT else ""


def _person(text: str) -> str | None:
    """The first person whom a title or a signature names."""
    tokens = tuple(sentences.tokenise(text, 0, len(text)))
    classes = word_classes.classes_of(tokens)
    found = (names.named(tokens, classes, phrase) for phrase in noun_phrases(tokens, classes))
    return next((item.name for item in found if item and item.kind == "person" and item.name), None)


def _runs(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[i : i + size]) for size in (3, 2, 1) for i in range(len(words) - size + 1)]
