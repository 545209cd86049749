"""Who meets whom, where, when and at what stage: negotiations, meetings, conferences, mediation and contacts.

A clause tells of talks where it names them (`words/talks.toml`) and says who takes part, when, where or how they go.
One round is one finding, at its fullest mention.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peacetable import countries
from peacetable.model import ActorId, Cue, Talks, TalksKind, TalksStatus, When
from peacetable.reading import circumstances, cues
from peacetable.reading.analysis import Analysis, Mention, Sentence
from peacetable.reading.attribution import provenance
from peacetable.reading.extents import Clause, clause_at
from peacetable.reading.sides import Sides, sides
from peacetable.reading.word_sets import word_set

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

#: Kinds of talks that more than the two sides come to.
GATHERED: Final = frozenset({"meeting", "conference"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words that name talks: tokens `first` to `last` (not included) of a sentence, in their clause."""

    clause: Clause
    first: int
    last: int
    kind: TalksKind
    role: str
    words: str
    pointing: bool = False  # "the meeting": one that was named before


def talks(analysis: Analysis) -> tuple[Talks, ...]:
    """The talks of a report, each round once."""
    found: list[Talks] = []
    about = sides(analysis)
    latest: Sighting | None = None  # what "they" of the next sentence can mean
    for sentence in analysis.sentences:
        again = _again(analysis, sentence, latest)
        sightings = [again] if again else list(_sightings(analysis, sentence))
        for sighting in sightings:
            talk = _talk(analysis, sighting, about)
            if talk is not None:
                _add(found, talk, pointing=sighting.pointing)
        latest = sightings[-1] if sightings else None
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
        before = tokens[hit.first - 1].lower if hit.first else ""
        such = before == "such" or (before == "a" and hit.first > 1 and tokens[hit.first - 2].lower == "such")
        pointing = values["role"] == "event" and (such or before in ("the", "this", "that", "these", "those"))
        yield Sighting(clause, hit.first, hit.last, values["kind"], values["role"], words, pointing)


def _again(analysis: Analysis, sentence: Sentence, latest: Sighting | None) -> Sighting | None:
    """The talks of the sentence before, where this one tells how "they" go: "They started again in May"."""
    tokens = sentence.tokens
    if latest is None or latest.role != "event" or len(tokens) < 3 or tokens[0].lower not in ("they", "it", "these"):
        return None
    if latest.clause.sentence.paragraph < sentence.paragraph - 1:
        return None
    known = cues.cue_list("talks")
    lowers = [token.lower for token in tokens]
    stage = next(
        (hit for at in (1, 2, 3) for length in (3, 2, 1) if (hit := _status_at(known, lowers, at, length))), None
    )
    if stage not in UNDATED:
        return None
    clause = clause_at(analysis, tokens[0].start, tokens[0].end)
    return Sighting(clause, clause.first, clause.first + 1, latest.kind, "event", latest.words)


def _talk(analysis: Analysis, sighting: Sighting, about: Sides) -> Talks | None:
    clause = sighting.clause
    if _denied(sighting):
        return None
    date = circumstances.date_of(analysis, clause, sighting.first)
    status, words = _status(analysis, sighting, date)
    hosts = _hosts(analysis, clause)
    named = tuple(actor for actor in _participants(analysis, sighting, about) if actor not in hosts)
    others = about.joint if not named and about.joint and sighting.kind in GATHERED else about.main
    participants = _filled(analysis, sighting, named, tuple(actor for actor in others if actor not in hosts))
    place = circumstances.place_of(analysis, clause, sighting.first)
    if status == "proposed" and len(named) < 2 and date is None and place is None and not hosts:
        return None
    if len(named) < 2 and date is None and place is None and not hosts and status not in UNDATED:
        return None  # a mere mention of talks
    speaker, chain = provenance(analysis, clause.start, clause.end)
    return Talks(
        type=sighting.kind,
        participants=participants,
        hosts=hosts,
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
    lowers = circumstances.lower_words(sighting.clause.sentence.tokens)
    found: dict[str, str] = {}
    index = sighting.clause.first
    while index < sighting.clause.last:
        hits = ((length, _status_at(known, lowers, index, length)) for length in (4, 3, 2, 1))
        length, hit = next((pair for pair in hits if pair[1]), (1, None))
        if hit:
            found.setdefault(hit, " ".join(lowers[index : index + length]))
        index += length
    published = analysis.report.day
    if date and date.edtf.endswith("/.."):
        found.setdefault("under_way", date.words or "")
    coming = bool(date and published and date.earliest and date.earliest > published)
    over = bool(date and published and date.latest and date.latest < published)
    sure, why = circumstances.certainty(sighting.clause, sighting.first)
    if sure == "wish" and not over:
        found.setdefault("proposed", why)
        found.pop("planned", None)
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
            mentions += circumstances.after_preposition(analysis, clause, _with_from(sighting), frozenset({"with"}))
            asked = {token.lower for token in tokens[clause.first : sighting.first]} & ASKING
            if _opens_at(sighting) > clause.first and not asked:
                mentions += circumstances.subjects(analysis, clause, sighting.first)
    actors = [circumstances.party_of(analysis, actor) for actor in circumstances.sides_of(analysis, mentions)]
    taking = tuple(dict.fromkeys(actor for actor in actors if _takes_part(analysis, actor)))
    return about.spelt(taking)


def _opens_at(sighting: Sighting) -> int:
    """Where the noun phrase of talks opens; a clause that opens with it has nobody before it who holds them."""
    tokens, at = sighting.clause.sentence.tokens, sighting.first
    while at > sighting.clause.first and tokens[at - 1].lower in word_set("noun_openers") | word_set("set_apart"):
        at -= 1
    return at


def _with_from(sighting: Sighting) -> int:
    """From where "with" tells of the talks: not behind another noun that takes it ("a deal with")."""
    tokens = sighting.clause.sentence.tokens
    for number in range(sighting.last, min(sighting.clause.last, len(tokens)) - 1):
        if tokens[number].lower in ("deal", "agreement", "accord", "truce", "peace", "fighting", "border") and (
            tokens[number + 1].lower == "with"
        ):
            return tokens[number + 1].end
    return sighting.clause.start


def _takes_part(analysis: Analysis, actor: ActorId) -> bool:
    known = analysis.actor_by_id.get(actor)
    return known is not None and known.kind not in ("media", "civilians")


#: Verbs behind which somebody else is to host: "asked X to host".
ASKING: Final = frozenset({"asked", "asking", "asks", "ask", "urged", "invited", "wants", "wanted"})


def _hosts(analysis: Analysis, clause: Clause) -> tuple[ActorId, ...]:
    """Who hosts: the subject of "host", whoever is asked "to convene"; "hosted by", "at the invitation of"."""
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
        if word in ("host", "convene") and number - 1 > clause.first and tokens[number - 1].lower == "to":
            asked = next((n for n in range(clause.first, number) if tokens[n].lower in ASKING), clause.first)
            between = tuple(analysis.mentions_in(tokens[asked].start, tokens[number].start))
            if between and (asked > clause.first or word == "convene"):
                return circumstances.sides_of(analysis, between[-1:])
        if word in ("host", "hosts", "hosted", "hosting"):
            return circumstances.sides_of(analysis, circumstances.subjects(analysis, clause, number))
        if word == "invitation":
            return circumstances.sides_of(
                analysis, circumstances.after_preposition(analysis, clause, tokens[number].end, frozenset({"of"}))
            )
    return ()


# One round once.


def _add(found: list[Talks], talk: Talks, *, pointing: bool) -> None:
    for number, other in enumerate(found):
        if _same(other, talk):
            found[number] = _fuller(other, talk)
            return
    if pointing and found and talk.status in ("cancelled", "suspended") and found[-1].status in ("planned", "proposed"):
        found[-1] = replace(_with(found[-1], talk), status=talk.status)  # "the meeting has now been postponed"
        return
    for number in range(len(found) - 1, -1, -1) if pointing else ():
        if _pointed(found[number], talk):
            found[number] = _with(found[number], talk)
            return
    found.append(talk)


def _same(left: Talks, right: Talks) -> bool:
    if left.type != right.type or not circumstances.compatible(left.date, right.date):
        return False
    if left.place and right.place and _city(left.place) != _city(right.place):
        return False
    again = [talk for talk in (left, right) if talk.status == "resumed" and talk.date]
    if len(again) == 1:
        return False  # a resumption of its own day
    past = {"held", "stalled", "resumed", "under_way"}
    if left.status != right.status and not {left.status, right.status} <= past:
        return False
    shared = set(left.participants) & set(right.participants)
    if left.participants and right.participants and not shared:
        return False
    return (left.date is not None and right.date is not None) or left.date is None or right.date is None


def _city(place: str) -> str:
    """A place as the city it is: "the Russian capital" is Moscow."""
    words = place.split()
    country = countries.by_adjective(words[-2]) if len(words) > 1 and words[-1] == "capital" else None
    return country.capitals[0] if country and country.capitals else place


def _pointed(last: Talks, talk: Talks) -> bool:
    """Can "the meeting" be the one before, under another word: as far on, and of no other day?"""
    gatherings = GATHERED | {"negotiation"}
    coming = {"proposed", "planned"}
    as_far = last.status == talk.status or {last.status, talk.status} <= coming
    there = last.place is None or talk.place is None or _city(last.place) == _city(talk.place)
    return {last.type, talk.type} <= gatherings and as_far and there and circumstances.compatible(last.date, talk.date)


def _fuller(left: Talks, right: Talks) -> Talks:
    known = [sum(bool(value) for value in (t.date, t.place, t.hosts, not t.thin)) for t in (left, right)]
    best, other = (right, left) if known[1] > known[0] else (left, right)
    return _with(best, other)


def _with(best: Talks, other: Talks) -> Talks:
    """One mention, with what only the other tells."""
    return replace(
        best,
        participants=best.participants if not best.thin or other.thin else other.participants,
        hosts=best.hosts or other.hosts,
        place=best.place or other.place,
        date=best.date or other.date,
        thin=best.thin and other.thin,
    )
