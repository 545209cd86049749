"""What happened on the ground: attacks, clashes, people killed, taken, freed and driven out, ground taken and left.

A clause is an incident where it names one (`words/incidents.toml`); a toll beside it belongs to it. What did not happen
is left out; what is feared, planned, claimed or denied says so in its status.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from peacetable.model import ActorId, Cue, Incident, IncidentKind, IncidentStatus
from peacetable.reading import circumstances
from peacetable.reading.analysis import Analysis, Sentence, Token
from peacetable.reading.attribution import provenance
from peacetable.reading.circumstances import Certainty
from peacetable.reading.extents import Clause
from peacetable.reading.ground_events import Sighting, sightings
from peacetable.reading.perpetrators import OWN_STATUS, accused, doers
from peacetable.reading.tolls import Toll, all_of, toll_of
from peacetable.reading.word_sets import word_set

#: Kinds that people suffer: a toll in the next clause belongs to them.
VIOLENT: Final = frozenset(
    {
        "attack", "armed_clash", "offensive", "bombing", "air_strike", "shelling", "aircraft_shot_down", "killing",
        "ceasefire_violation", "protest",
    }
)  # fmt: skip
SKIPPED: Final = frozenset({"negated", "condition", "wish", "supposed", "planned"})
#: Kinds that a clause tells of by a verb alone.
BARE: Final = frozenset(
    {
        "aircraft_shot_down",
        "displacement",
        "abduction",
        "air_strike",
        "shelling",
        "arrest",
        "other",
        "seizure_of_territory",
    }
)
STATUS: Final[dict[Certainty, IncidentStatus]] = {
    "allegation": "alleged",
    "denial": "denied",
    "threat": "threatened",
}
#: What an aircraft in the clause makes an air strike.
AIRBORNE: Final = frozenset({"bombing", "shelling", "attack", "killing"})
#: Above this many dead without a named event, a toll is that of the fighting as a whole.
WAR_TOLL: Final = 100


@dataclass(frozen=True, slots=True)
class Event:
    """A sighting with its toll and the run of text that is its evidence."""

    sighting: Sighting
    start: int
    end: int
    toll: Toll


def incidents(analysis: Analysis) -> tuple[Incident, ...]:
    """The incidents of a report, each once, at its fullest mention."""
    found: list[Incident] = []
    latest = 0
    previous: tuple[Event, int] | None = None  # the last event of the sentence before, and its place in `found`
    for sentence in analysis.sentences:
        events = _events(analysis, sentence)
        if previous and events:
            more = _continues(analysis, previous[0], events[0], found[previous[1]])
            if more is not None:
                found[previous[1]] = more
                events = events[1:]
            elif _rival(analysis, previous[0], events[0]):
                events = events[1:]
        previous = None
        for event in events:
            incident = _incident(analysis, event)
            if incident is not None and event.sighting.role == "blame":
                incident = replace(incident, type=found[latest].type) if found and incident.actors else None
            if incident is not None:
                latest = _add(found, incident, event)
                previous = event, latest
    return tuple(sorted(found, key=lambda incident: incident.evidence.start))


def _events(analysis: Analysis, sentence: Sentence) -> list[Event]:
    """One event a clause: the highest in rank; a clause with only a toll joins the event beside it."""
    chosen: dict[int, Sighting] = {}
    for sighting in sightings(analysis, sentence):
        best = chosen.get(sighting.clause.first)
        if best is None or (sighting.rank, sighting.role == "act") > (best.rank, best.role == "act"):
            chosen[sighting.clause.first] = sighting
    events: list[Event] = []
    for sighting in chosen.values():
        if sighting.role in OWN_STATUS and any(_within(other, sighting) for other in chosen.values()):
            continue  # "accused X of shelling Y": the shelling tells it
        clause = sighting.clause
        event = Event(sighting, clause.start, clause.end, toll_of(analysis, sentence, clause.first, clause.last))
        joined = _joined(events[-1], event) if events else None
        if joined:
            events[-1] = joined
        else:
            events.append(event)
    return events


def _within(other: Sighting, claim: Sighting) -> bool:
    """Does what somebody is accused of name an event by itself?"""
    return other.role not in OWN_STATUS and claim.last <= other.first < claim.clause.last


def _joined(last: Event, event: Event) -> Event | None:
    """Two clauses of one event as one: an act and its toll, either first; the dead and the hurt."""
    first, second = last.sighting, event.sighting
    if second.role == "toll" and event.toll:
        if first.role == "toll" and last.toll.injured is None and event.toll.killed is None:
            return replace(last, end=event.end, toll=Toll(last.toll.killed, event.toll.injured))
        if first.role != "toll" and first.kind in VIOLENT and not last.toll:
            return replace(last, end=event.end, toll=event.toll)
    if first.role == "toll" and second.kind in VIOLENT and second.role in ("event", "act") and not event.toll:
        tokens = second.clause.sentence.tokens
        between = {token.lower for token in tokens[first.clause.last : second.clause.first + 1]}
        if between & {"when", "as", "after", "by", "in", "during"} or second.role == "event":
            return Event(second, last.start, event.end, last.toll)
    return None


def _continues(analysis: Analysis, previous: Event, event: Event, incident: Incident) -> Incident | None:
    """The incident before with the bare toll that opens the next sentence, where it belongs to it."""
    sighting = event.sighting
    if sighting.role != "toll" or previous.sighting.kind not in VIOLENT or incident.killed or incident.injured:
        return None
    tokens = sighting.clause.tokens
    toll = event.toll
    if tokens and tokens[0].lower == "all" and not toll:
        count = all_of(analysis, previous.sighting.clause.sentence)
        toll = Toll(killed=count) if count else toll
    elif any(analysis.times_in(sighting.clause.start, sighting.clause.end)):
        return None
    return replace(incident, killed=toll.killed, injured=toll.injured) if toll else None


def _rival(analysis: Analysis, previous: Event, event: Event) -> bool:
    """Is it another count of the event before: a bare toll, of no day and no place of its own? Then it is a figure."""
    sighting = event.sighting
    if sighting.role != "toll" or not previous.toll or previous.sighting.kind not in VIOLENT:
        return False
    clause = sighting.clause
    dated = any(True for _ in analysis.times_in(clause.start, clause.end))
    return not dated and circumstances.place_of(analysis, clause, sighting.first) is None


# One event as a finding.


def _incident(analysis: Analysis, event: Event) -> Incident | None:
    sighting = event.sighting
    clause = sighting.clause
    if sighting.role in ("toll", "war") and not event.toll and not _goes_on(sighting):
        return None
    sure, words = circumstances.certainty(clause, sighting.first)
    if _taken_for_granted(sighting) or (sure in ("wish", "supposed", "planned") and _past_relative(sighting)):
        sure = "actual"
    if _background(sighting) and not event.toll:
        return None
    prepared = _prepared(sighting)
    if sure in SKIPPED and not prepared:
        return None
    if sighting.role in OWN_STATUS:
        sure, words = OWN_STATUS[sighting.role], sighting.words.split()[0].lower()
    who, sufferers = accused(analysis, sighting, sure, words) or doers(analysis, sighting)
    who = who or _contrasted(analysis, sighting)
    place = circumstances.place_of(analysis, clause, sighting.first)
    date = circumstances.date_of(analysis, clause, sighting.first)
    if sighting.role == "toll" and event.toll.killed is None and not (who or place or date):
        return None  # only the hurt, and nothing about what hurt them
    if sighting.words.lower() == "dead" and not (who or place or date):
        return None  # "put its dead at 25": a figure
    going_on = prepared or _goes_on(sighting)
    if not _told(event, sure, who, place, date, _counted(analysis, sighting), going_on) or (
        sighting.role == "charge" and not who
    ):
        return None
    start, end = event.start, event.end
    if sure in ("allegation", "threat") and clause.first and sighting.role not in OWN_STATUS:
        start = _from_cue(clause, words, start)
    speaker, chain = provenance(analysis, start, end)
    status: IncidentStatus = "expected" if prepared else "ongoing" if going_on else _status(analysis, event, sure)
    kind = _kind(event, who)
    return Incident(
        type=kind,
        actors=who,
        against=sufferers,
        place=place,
        date=date,
        killed=event.toll.killed,
        injured=event.toll.injured,
        status=status,
        evidence=analysis.span(start, end),
        according_to=speaker,
        chain=chain,
        cues=(Cue(f"incident-{sighting.role}", sighting.words), *((Cue(sure, words),) if words else ())),
        thin=sighting.role in ("event", "state") and not who and not event.toll,
    )


def _contrasted(analysis: Analysis, sighting: Sighting) -> tuple[ActorId, ...]:
    """Of "X has refrained from attacking troops. But there are attacks on villages" X."""
    number = sighting.clause.sentence.number
    if not number or sighting.clause.sentence.tokens[0].lower not in ("but", "yet", "however", "still"):
        return ()
    spared = (found for found in sightings(analysis, analysis.sentences[number - 1]) if found.kind == sighting.kind)
    for found in spared:
        tokens = found.clause.sentence.tokens[found.clause.first : found.first]
        if any(token.lower.startswith(("refrain", "spare", "stop", "cease")) for token in tokens):
            return circumstances.sides_of(analysis, circumstances.subjects(analysis, found.clause, found.first))
    return ()


def _counted(analysis: Analysis, sighting: Sighting) -> bool:
    """Does a number stand before the event: "14 ambushes", "212 violations"?"""
    at = sighting.clause.sentence.tokens[sighting.first].start
    return any(at - quantity.end <= 14 for quantity in analysis.quantities_in(sighting.clause.start, at))


def _taken_for_granted(sighting: Sighting) -> bool:
    """Is an act of a side spoken of as going on: "end its offensive", "lift the army's blockade"?"""
    tokens = sighting.clause.sentence.tokens
    before = tokens[sighting.first - 1].lower if sighting.first else ""
    lasting = sighting.kind in ("offensive", "other") and sighting.role in ("event", "state")
    return lasting and (before in ("its", "their") or before in circumstances.GENITIVES)


def _prepared(sighting: Sighting) -> bool:
    """Is a side getting ready for it, or is it to be averted: "stockpiling food for an offensive"?"""
    if sighting.role != "event" or sighting.kind not in ("offensive", "attack"):
        return False
    lowers = [token.lower for token in sighting.clause.sentence.tokens[sighting.clause.first : sighting.first]]
    if word_set("averting").intersection(lowers[-8:]):
        return any(word in circumstances.GENITIVES for word in lowers[-5:])
    return "for" in lowers[-5:] and bool(word_set("preparing").intersection(lowers))


def _goes_on(sighting: Sighting) -> bool:
    """Is it said to be going on: "a surge in fighting", "while the attacks continue", "on the offensive"?"""
    tokens = sighting.clause.sentence.tokens
    before = [token.lower for token in tokens[max(0, sighting.first - 3) : sighting.first]]
    after = tokens[sighting.last].lower if sighting.last < len(tokens) else ""
    if sighting.role not in ("event", "war") or sighting.kind not in VIOLENT:
        return False
    rising = before[-1:] in (["in"], ["of"]) and before[-2:-1] and before[-2] in word_set("rising")
    return (
        bool(rising)
        or after in ("continue", "continues")
        or (before[-2:] == ["on", "the"] and sighting.kind == "offensive")
    )


def _background(sighting: Sighting) -> bool:
    """Does it only say since when, or what pauses: "since fighting broke out", "a pause in the fighting"?"""
    tokens = sighting.clause.sentence.tokens
    before = [token.lower for token in tokens[max(0, sighting.first - 3) : sighting.first]]
    paused = bool({"pause", "lull", "stopped", "halt"}.intersection(before))
    return sighting.kind == "armed_clash" and sighting.role == "event" and (before[-1:] == ["since"] or paused)


def _past_relative(sighting: Sighting) -> bool:
    """Is it past, in a clause that tells who somebody is: "free the men whom it abducted"?"""
    tokens = sighting.clause.sentence.tokens
    before = {token.lower for token in tokens[max(0, sighting.first - 6) : sighting.first]}
    return sighting.form == "past" and bool(before & {"who", "whom"}) and not before & word_set("before_base_verb")


def _told(event: Event, sure: Certainty, *known: object) -> bool:
    """Does the clause tell enough of an event: who, where, when or how many, or a claim about it?"""
    if any(known) or event.toll or sure in ("allegation", "threat", "denial"):
        return True
    role, kind = event.sighting.role, event.sighting.kind
    return kind in BARE and (role != "event" or kind in ("air_strike", "shelling"))


def _kind(event: Event, doers: Sequence[ActorId]) -> IncidentKind:
    """The kind; a bare toll takes it from who died and who did it, "seized" from what was seized."""
    sighting = event.sighting
    tokens = sighting.clause.tokens
    lowers = {token.lower for token in tokens}
    if sighting.kind in AIRBORNE and lowers & word_set("aircraft"):
        return "air_strike"
    if sighting.kind == "seizure_of_territory" and sighting.role == "act" and _takes_people(sighting):
        return "abduction"
    if sighting.role != "toll":
        return sighting.kind
    if lowers & word_set("explosives"):
        return "bombing"
    if lowers & word_set("aircraft") or "missile" in lowers:
        return "air_strike"
    if lowers & word_set("fighting") or (event.toll.killed and (event.toll.killed.low or 0) >= WAR_TOLL):
        return "armed_clash"
    if event.toll.killed is None:
        return "attack"
    return "armed_clash" if lowers & word_set("fighters") and not doers else "killing"


def _takes_people(sighting: Sighting) -> bool:
    """Is it people that are seized or captured?"""
    tokens = sighting.clause.sentence.tokens
    near = {token.lower for token in tokens[sighting.last : sighting.last + 6]}
    if circumstances.passive(tokens, sighting.first):
        near = {token.lower for token in tokens[max(sighting.clause.first, sighting.first - 7) : sighting.first]}
    return bool(near & word_set("people"))


def _status(analysis: Analysis, event: Event, sure: Certainty) -> IncidentStatus:
    if sure in STATUS:
        return STATUS[sure]
    clause = event.sighting.clause
    around = analysis.attribution_around(clause.start, clause.end)
    if around is not None and around.act in ("allege", "deny"):
        return "alleged" if around.act == "allege" else "denied"
    lowers = [token.lower for token in clause.tokens]
    lasting = {"continues", "continue", "continued", "ongoing", "still", "remain", "remains", "raging", "continuing"}
    if event.sighting.role == "state" or _taken_for_granted(event.sighting) or lasting.intersection(lowers):
        return "ongoing"
    return "occurred"


def _from_cue(clause: Clause, words: str, start: int) -> int:
    """The start of the words of an accusation or threat that stand before a clause, in the same sentence."""
    first = words.split()[0] if words else ""
    tokens: Sequence[Token] = clause.sentence.tokens[: clause.first]
    for token in reversed(tokens[-8:]):
        if token.lower == first:
            return token.start
    return start


# The same event told twice.


def _add(found: list[Incident], incident: Incident, event: Event) -> int:
    """Add an incident, or join it to the one that it tells again; the place where it is."""
    for number, other in enumerate(found):
        if _same(other, incident, event):
            found[number] = _fuller(other, incident)
            return number
    found.append(incident)
    return len(found) - 1


def _same(other: Incident, incident: Incident, event: Event) -> bool:
    if other.type != incident.type or not circumstances.compatible(other.date, incident.date):
        return False
    if other.killed and incident.killed and other.killed != incident.killed:
        return False
    if (other.status in COMING) != (incident.status in COMING):
        return False
    if other.actors and incident.actors and not set(other.actors) & set(incident.actors):
        return False
    if other.place and incident.place:
        return other.place == incident.place
    tokens = event.sighting.clause.sentence.tokens
    before = tokens[event.sighting.first - 1].lower if event.sighting.first else ""
    pointing = event.sighting.role == "event" and before in ("the", "this", "that", "these", "those")
    return pointing or (bool(other.killed) and other.killed == incident.killed)


#: Not yet: what happened is another event.
COMING: Final = frozenset({"expected", "threatened"})


def _fuller(left: Incident, right: Incident) -> Incident:
    """The fuller of two mentions, with what only the other tells."""
    known = [
        sum(bool(value) for value in (i.actors, i.against, i.place, i.date, i.killed, i.injured)) for i in (left, right)
    ]
    best, other = (right, left) if known[1] > known[0] else (left, right)
    return replace(
        best,
        actors=best.actors or other.actors,
        against=best.against or other.against,
        place=best.place or other.place,
        date=best.date or other.date,
        killed=best.killed or other.killed,
        injured=best.injured or other.injured,
        status="alleged" if "alleged" in (best.status, other.status) else best.status,
    )
