"""Who meets whom, where, when and at what stage: negotiations, meetings, conferences, mediation and contacts.

A clause tells of talks where it names them (`words/talks.toml`) and says who takes part, when, where or how they go.
One round is one finding, at its fullest mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peacetable.model import ActorId, Cue, Talks, TalksKind, TalksStatus, When
from peacetable.reading import circumstances, cues
from peacetable.reading.analysis import Analysis, Mention, Sentence
from peacetable.reading.attribution import provenance
from peacetable.reading.extents import Clause, clause_at
from peacetable.reading.sides import Sides, sides

#: The stages in the order in which their words win over one another in a clause.
STAGES: Final[tuple[TalksStatus, ...]] = (
    "cancelled",
    "suspended",
    "stalled",
    "planned",
    "proposed",
    "resumed",
    "under_way",
    "held",
)
WITH: Final = frozenset({"with", "between", "among", "of", "by", "from", "to"})
#: Stages that say enough about talks whose day and sides the clause does not name.
UNDATED: Final = frozenset({"suspended", "stalled", "cancelled", "resumed", "under_way"})
#: Kinds of talks that take two named sides at least.
TWO_SIDED: Final = frozenset({"negotiation", "mediation", "contact"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words that name talks: tokens `first` to `last` (not included) of a sentence, in their clause."""

    clause: Clause
    first: int
    last: int
    kind: TalksKind
    role: str
    words: str


def talks(analysis: Analysis) -> tuple[Talks, ...]:
    """The talks of a report, each round once."""
    found: list[Talks] = []
    about = sides(analysis)
    for sentence in analysis.sentences:
        for sighting in _sightings(analysis, sentence):
            talk = _talk(analysis, sighting, about)
            if talk is not None:
                _add(found, talk)
    return tuple(sorted(found, key=lambda talk: talk.evidence.start))


def _sightings(analysis: Analysis, sentence: Sentence) -> Iterator[Sighting]:
    """The talks that a sentence names, one a clause: the most telling words first."""
    known = cues.cue_list("talks")
    tokens = sentence.tokens
    seen: set[int] = set()
    for hit in known.hits(sentence):
        values = known.values[hit.group]
        if values["role"] not in ("event", "act"):
            continue
        clause = clause_at(analysis, tokens[hit.first].start, tokens[hit.last - 1].end)
        if clause.first in seen:
            continue
        seen.add(clause.first)
        words = " ".join(token.text for token in tokens[hit.first : hit.last])
        yield Sighting(clause, hit.first, hit.last, values["kind"], values["role"], words)


def _talk(analysis: Analysis, sighting: Sighting, about: Sides) -> Talks | None:
    clause = sighting.clause
    if _denied(sighting):
        return None
    date = circumstances.date_of(analysis, clause, sighting.first)
    status, words = _status(analysis, sighting, date)
    named = _participants(analysis, sighting, about)
    participants = _filled(analysis, sighting, named, about.main)
    place = circumstances.place_of(analysis, clause, sighting.first)
    if status == "proposed" and len(named) < 2 and date is None:
        return None
    if len(named) < 2 and date is None and place is None and status not in UNDATED:
        return None  # a mere mention of talks
    speaker, chain = provenance(analysis, clause.start, clause.end)
    return Talks(
        type=sighting.kind,
        participants=participants,
        hosts=_hosts(analysis, clause),
        place=place,
        date=date,
        status=status,
        evidence=analysis.span(clause.start, clause.end),
        according_to=speaker,
        chain=chain,
        cues=(Cue(f"talks-{sighting.role}", sighting.words), Cue(status, words)),
        thin=len(named) < 2,
    )


def _denied(sighting: Sighting) -> bool:
    """Is there no meeting: "no talks", "has never met", "refused to meet"?"""
    sure, words = circumstances.certainty(sighting.clause, sighting.first)
    if sure != "negated":
        return False
    return words in (
        "no",
        "never",
        "without",
        "refused to",
        "ruled out",
        "instead of",
        "rather than",
        "n't",
        "not",
        "lack of",
    )


def _status(analysis: Analysis, sighting: Sighting, date: When | None) -> tuple[TalksStatus, str]:
    """The stage that the clause's words tell; the day of the talks against the day of the report decides the rest."""
    known = cues.cue_list("talks")
    lowers = [token.lower for token in sighting.clause.sentence.tokens]
    found: dict[str, str] = {}
    for index in range(sighting.clause.first, sighting.clause.last):
        for length in (4, 3, 2, 1):
            hit = _status_at(known, lowers, index, length)
            if hit:
                found.setdefault(hit, " ".join(lowers[index : index + length]))
    published = analysis.report.day
    if date and date.edtf.endswith("/.."):
        found.setdefault("under_way", date.words or "")
    coming = bool(date and published and date.earliest and date.earliest > published)
    over = bool(date and published and date.latest and date.latest < published)
    for stage in STAGES:
        if stage in ("planned", "proposed") and over:
            continue
        if stage in found:
            if stage == "held" and coming:
                continue
            return stage, found[stage]
    return ("planned", "date") if coming else ("held", "")


def _status_at(known: cues.CueList, lowers: Sequence[str], index: int, length: int) -> TalksStatus | None:
    words = tuple(lowers[index : index + length])
    for entry in known.by_first.get(lowers[index], ()):
        if entry.words == words and known.values[entry.group]["role"] == "status":
            return entry.group  # type: ignore[return-value]
    return None


# Who.


def _filled(
    analysis: Analysis, sighting: Sighting, named: tuple[ActorId, ...], main: tuple[ActorId, ...]
) -> tuple[ActorId, ...]:
    """Who takes part; where the clause names fewer than two, the report's two sides, and whoever mediates."""
    participants = named
    if (
        len(named) < 2
        and sighting.kind != "conference"
        and (not named or set(named) & set(main) or sighting.kind in TWO_SIDED)
    ):
        participants = main if not named or set(named) & set(main) else (*named, *main)[:2]
    return tuple(dict.fromkeys((*participants, *_present(analysis, sighting.clause))))


def _present(analysis: Analysis, clause: Clause) -> tuple[ActorId, ...]:
    """Who mediates or is present, as the clause says."""
    tokens = clause.sentence.tokens
    found: list[Mention] = []
    for number in range(clause.first, clause.last):
        if tokens[number].lower in ("mediated", "facilitated", "brokered", "presence", "attended"):
            found += circumstances.after_preposition(
                analysis,
                clause,
                tokens[number].end,
                frozenset({"by", "of"}),
                end=min(clause.end, tokens[number].end + 60),
            )
    return circumstances.sides_of(analysis, found)


def _participants(analysis: Analysis, sighting: Sighting, about: Sides) -> tuple[ActorId, ...]:
    """Who takes part, as far as the clause says: subject and object of a verb; "between", "with", "of" of a noun."""
    clause = sighting.clause
    tokens = clause.sentence.tokens
    end = tokens[sighting.last - 1].end
    mentions: list[Mention] = []
    if sighting.role == "act":
        mentions += circumstances.subjects(analysis, clause, sighting.first)
        mentions += circumstances.objects(analysis, clause, sighting.last)
        mentions += circumstances.after_preposition(
            analysis, clause, end, frozenset({"with", "between", "to", "among"})
        )
    else:
        between = circumstances.after_preposition(analysis, clause, end, frozenset({"between", "among"}))
        mentions += between or circumstances.after_preposition(analysis, clause, end, frozenset({"of"}))
        if not between:
            mentions += circumstances.after_preposition(analysis, clause, clause.start, frozenset({"with"}))
            mentions += circumstances.subjects(analysis, clause, sighting.first)
    actors = [circumstances.party_of(analysis, actor) for actor in circumstances.sides_of(analysis, mentions)]
    taking = tuple(dict.fromkeys(actor for actor in actors if _takes_part(analysis, actor)))
    return about.spelt(taking)


def _takes_part(analysis: Analysis, actor: ActorId) -> bool:
    known = analysis.actor_by_id.get(actor)
    return known is not None and known.kind not in ("media", "civilians")


def _hosts(analysis: Analysis, clause: Clause) -> tuple[ActorId, ...]:
    """Who hosts: the subject of "host", or "hosted by", "at the invitation of"."""
    tokens = clause.sentence.tokens
    for number in range(clause.first, clause.last):
        word = tokens[number].lower
        if (
            word in ("hosted", "chaired", "convened", "organised", "organized")
            and tokens[min(number + 1, len(tokens) - 1)].lower == "by"
        ):
            return circumstances.sides_of(
                analysis, circumstances.after_preposition(analysis, clause, tokens[number].end, frozenset({"by"}))
            )
        if word in ("host", "hosts", "hosted", "hosting"):
            return circumstances.sides_of(analysis, circumstances.subjects(analysis, clause, number))
        if word == "invitation":
            return circumstances.sides_of(
                analysis, circumstances.after_preposition(analysis, clause, tokens[number].end, frozenset({"of"}))
            )
    return ()


# One round once.


def _add(found: list[Talks], talk: Talks) -> None:
    for number, other in enumerate(found):
        if _same(other, talk):
            found[number] = _fuller(other, talk)
            return
    found.append(talk)


def _same(left: Talks, right: Talks) -> bool:
    if left.type != right.type or not circumstances.compatible(left.date, right.date):
        return False
    if left.place and right.place and left.place != right.place:
        return False
    past = {"held", "stalled", "resumed", "under_way"}
    if left.status != right.status and not {left.status, right.status} <= past:
        return False
    shared = set(left.participants) & set(right.participants)
    if left.participants and right.participants and not shared:
        return False
    return (left.date is not None and right.date is not None) or left.date is None or right.date is None


def _fuller(left: Talks, right: Talks) -> Talks:
    known = [sum(bool(value) for value in (t.date, t.place, t.hosts, not t.thin)) for t in (left, right)]
    best, other = (right, left) if known[1] > known[0] else (left, right)
    return replace(
        best,
        participants=best.participants if not best.thin or other.thin else other.participants,
        hosts=best.hosts or other.hosts,
        place=best.place or other.place,
        date=best.date or other.date,
        thin=best.thin and other.thin,
    )
