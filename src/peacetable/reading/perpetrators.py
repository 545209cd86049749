"""Who did something on the ground, and to whom, as far as its clause says: perpetrators only as claimed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from peacetable import countries
from peacetable.model import ActorId
from peacetable.reading import circumstances
from peacetable.reading.analysis import Analysis, Mention, Token
from peacetable.reading.circumstances import Certainty
from peacetable.reading.ground_events import Sighting
from peacetable.reading.word_sets import word_set

#: Roles that are a claim or a threat by themselves.
OWN_STATUS: Final[dict[str, Certainty]] = {"charge": "allegation", "blame": "allegation", "menace": "threat"}
BY: Final = frozenset({"by"})
ON: Final = frozenset({"on", "against", "at", "of"})


def doers(analysis: Analysis, sighting: Sighting) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...]]:
    """Who did it and to whom, as far as the clause says."""
    clause, tokens = sighting.clause, sighting.clause.sentence.tokens
    if sighting.role in OWN_STATUS:
        return _ids(analysis, _charged(analysis, sighting)), ()
    after = tokens[sighting.first].end
    by = circumstances.after_preposition(analysis, clause, after, BY)
    if sighting.role in ("event", "war") or (sighting.role == "state" and sighting.kind == "other"):
        owners = by or _owner(analysis, sighting) or _killers(analysis, sighting) or _readying(analysis, sighting)
        suffering = circumstances.after_preposition(analysis, clause, after, ON)
        return _ids(analysis, owners) or _described(analysis, sighting), _ids(analysis, suffering, without=owners)
    active = sighting.words.lower() in ACTIVE
    if sighting.role == "toll" and not active:
        clash = circumstances.after_preposition(analysis, clause, clause.start, frozenset({"between"}))
        return _ids(analysis, by or clash), ()
    taken = _relative(analysis, sighting)
    if taken:
        return _ids(analysis, taken), ()
    if _suffered(sighting) or sighting.kind == "displacement":
        suffering = circumstances.subjects(analysis, clause, sighting.first)
        return _ids(analysis, by), _ids(analysis, suffering, without=by)
    subjects = circumstances.subjects(analysis, clause, sighting.first)
    if sighting.kind == "armed_clash":
        subjects = (
            *subjects,
            *circumstances.after_preposition(analysis, clause, after, frozenset({"with", "against"})),
        )
    return _ids(analysis, subjects), _ids(
        analysis, circumstances.objects(analysis, clause, sighting.last), without=subjects
    )


#: Words of a toll that take who did it as their subject.
ACTIVE: Final = frozenset({"killed", "killing", "wounded", "wounding", "kill", "kills", "shot", "injured", "injuring"})
#: Kinds whose verbs always have an object: without one they are passive ("16 farmers killed in the forest").
TRANSITIVE: Final = frozenset({"killing", "abduction", "arrest", "release"})


def _suffered(sighting: Sighting) -> bool:
    """Is it said of those who suffer it: "was attacked", "farmers killed in the forest"?"""
    tokens = sighting.clause.sentence.tokens
    if circumstances.passive(tokens, sighting.first):
        return True
    return sighting.kind in TRANSITIVE and sighting.form in ("past", "phrase") and _bare(tokens, sighting.last)


def _bare(tokens: Sequence[Token], after: int) -> bool:
    """Does no object follow a verb: only a preposition, another clause, a mark or nothing? "At least" opens one."""
    words = [token.lower for token in tokens[after : after + 2]] + ["."] * 2
    if words[0] in word_set("prepositions") | word_set("subordinators"):
        return words[1] not in ("least", "most", "many") and not words[1][0].isdigit()
    return not words[0][0].isalnum()


def _relative(analysis: Analysis, sighting: Sighting) -> tuple[Mention, ...]:
    """Of "the workers whom the group abducted in May" the group."""
    tokens = sighting.clause.sentence.tokens
    for number in range(sighting.first - 1, max(0, sighting.first - 8), -1):
        if tokens[number].lower in ("whom", "that", "which"):
            between = tuple(analysis.mentions_in(tokens[number].end, tokens[sighting.first].start))
            return between[-1:]
    return ()


def _killers(analysis: Analysis, sighting: Sighting) -> tuple[Mention, ...]:
    """Who killed in the clause of an event without a doer: "rebels killed eight people in an ambush"."""
    clause, tokens = sighting.clause, sighting.clause.sentence.tokens
    for number in range(clause.first + 1, clause.last):
        killed = tokens[number].lower in ("killed", "wounded", "injured")
        if killed and not circumstances.passive(tokens, number) and not _bare(tokens, number + 1):
            killers = circumstances.subjects(analysis, clause, number)
            return killers if number < sighting.first or sighting.role == "war" else ()
    return ()


def _readying(analysis: Analysis, sighting: Sighting) -> tuple[Mention, ...]:
    """Who gets ready for an event, or is on the offensive."""
    clause, tokens = sighting.clause, sighting.clause.sentence.tokens
    for number in range(clause.first, sighting.first):
        if tokens[number].lower in word_set("preparing"):
            return circumstances.subjects(analysis, clause, number)
    if sighting.kind == "offensive" and [t.lower for t in tokens[sighting.first - 2 : sighting.first]] == ["on", "the"]:
        return circumstances.subjects(analysis, clause, sighting.first - 2)
    return ()


def _charged(analysis: Analysis, sighting: Sighting) -> tuple[Mention, ...]:
    """Whom "accused" is said of; who "threatened"."""
    if sighting.role == "menace":
        return circumstances.subjects(analysis, sighting.clause, sighting.first)
    return circumstances.objects(analysis, sighting.clause, sighting.last)[:1]


def accused(
    analysis: Analysis, sighting: Sighting, sure: Certainty, words: str
) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...]] | None:
    """Of "X accused Y of shelling Z" who is accused, and the sufferers."""
    if sure != "allegation" or not words.startswith(("accus", "blam")) or sighting.role in OWN_STATUS:
        return None
    tokens = sighting.clause.sentence.tokens
    cue = max((n for n in range(sighting.first) if tokens[n].lower == words.split()[0]), default=None)
    if cue is None or (cue and tokens[cue - 1].lower in word_set("be")):
        return None
    limit = tokens[sighting.first].start
    blamed = [m for m in analysis.mentions_in(tokens[cue].end, limit) if m.end <= limit][:1]
    if not blamed:
        return None
    return _ids(analysis, blamed), _ids(
        analysis, circumstances.objects(analysis, sighting.clause, sighting.last), without=blamed
    )


def _owner(analysis: Analysis, sighting: Sighting) -> tuple[Mention, ...]:
    """Whose event it is: "the army's offensive", "rebel attacks", "clashes between X and Y", "X launched an attack"."""
    clause = sighting.clause
    tokens = clause.sentence.tokens
    at = tokens[sighting.first].start
    if sighting.kind in ("armed_clash", "ceasefire_violation"):
        both = circumstances.after_preposition(analysis, clause, at, frozenset({"between", "involving"}))
        if both:
            return both
        foe = circumstances.after_preposition(analysis, clause, at, frozenset({"with"}))
        if foe and sighting.kind == "armed_clash":
            return (*circumstances.subjects(analysis, clause, sighting.first)[:1], *foe)
    near = [mention for mention in analysis.mentions_in(clause.start, at) if at - mention.end <= 25]
    if near:
        between = [token.lower for token in tokens if near[-1].end <= token.start < at]
        if not between or between[0] in circumstances.GENITIVES or between == ["in"]:
            return (near[-1],)
    before = tokens[sighting.first - 1].lower if sighting.first else ""
    if before in ("its", "their", "his") or before.startswith(("threat", "vow")):
        return circumstances.subjects(analysis, clause, sighting.first - (before not in ("its", "their", "his")))
    for number in range(sighting.first - 1, max(clause.first, sighting.first - 9), -1):
        if tokens[number].lower == "responsibility" and number - 1 > clause.first:
            return circumstances.subjects(analysis, clause, number - 1)
    for number in range(sighting.first - 1, max(clause.first, sighting.first - 6), -1):
        if tokens[number].lower in word_set("launching") and not circumstances.passive(tokens, number):
            return circumstances.subjects(analysis, clause, number)
    return ()


def _described(analysis: Analysis, sighting: Sighting) -> tuple[ActorId, ...]:
    """The state whose adjective stands before the event: "Karvenian air strikes"."""
    tokens = sighting.clause.sentence.tokens
    for token in tokens[max(sighting.clause.first, sighting.first - 2) : sighting.first]:
        country = countries.by_adjective(token.text)
        if country is not None:
            return tuple(
                a.id for a in analysis.actors if a.country == country.code and a.kind in ("state", "government")
            )[:1]
    return ()


def _ids(analysis: Analysis, mentions: Iterable[Mention], *, without: Iterable[Mention] = ()) -> tuple[ActorId, ...]:
    kept = circumstances.sides_of(analysis, tuple(mentions))
    left_out = set(circumstances.sides_of(analysis, tuple(without)))
    return tuple(actor for actor in kept if actor not in left_out)
