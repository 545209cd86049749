"""Accords, truces, drafts and joint statements: who made them, when, and what became of them.

A report names one agreement many times ("the accord", "the deal"): its mentions are gathered, and the fullest is the
finding. What is only wished for is no agreement; what somebody put forward is one that is `proposed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peacetable.model import ActorId, Agreement, AgreementKind, AgreementStatus, Cue
from peacetable.reading import circumstances, cues
from peacetable.reading.accord_dates import OPEN, accord_date
from peacetable.reading.analysis import Analysis, Mention, Sentence, Token
from peacetable.reading.attribution import provenance
from peacetable.reading.extents import Clause, clause_at, is_finite
from peacetable.reading.sides import Sides, sides
from peacetable.reading.word_sets import word_set

#: What became of an agreement, the later fates first: a clause that names two means the later.
FATES: Final[tuple[AgreementStatus, ...]] = (
    "rejected", "collapsed", "violated", "extended", "under_review", "drafted", "signed", "agreed", "in_force",
    "proposed",
)  # fmt: skip
POINTING: Final = frozenset(["the", "this", "that", "its", "their", "his", "our", "these"])


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words that name an agreement: tokens `first` to `last` (not included) of a sentence, in their clause.

    Attributes:
        opening: the number of the token that opens the noun phrase.
        pointing: "the accord" with nothing that tells which: it means one that was named before.
    """

    clause: Clause
    opening: int
    first: int
    last: int
    kind: AgreementKind
    strong: bool
    pointing: bool
    group: str


def agreements(analysis: Analysis) -> tuple[Agreement, ...]:
    """The agreements of a report, each once, at its fullest mention."""
    found: list[tuple[Agreement, Sighting]] = []
    about = sides(analysis)
    for sentence in analysis.sentences:
        for sighting in _sightings(analysis, sentence, about):
            agreement = _agreement(analysis, sighting, about)
            if agreement is not None:
                _add(found, agreement, sighting)
    kept = sorted((agreement for agreement, _ in found), key=lambda agreement: agreement.evidence.start)
    return tuple(kept)


def _sightings(analysis: Analysis, sentence: Sentence, about: Sides) -> Iterator[Sighting]:
    known = cues.cue_list("agreements")
    tokens = sentence.tokens
    index = 0
    lowers = [token.lower for token in tokens]
    while index < len(tokens):
        hit = _name_at(known, lowers, index)
        if hit is None:
            index += 1
            continue
        group, last = hit
        values = known.values[group]
        if values["role"] == "name":
            opening = _opening(tokens, index)
            clause = clause_at(analysis, tokens[index].start, tokens[last - 1].end)
            words = lowers[opening:index]
            named = any(token.text[0].isupper() for token in tokens[opening + 1 : last] if token.text[0].isalpha())
            told = bool(list(analysis.times_in(tokens[opening].start, tokens[min(last + 3, len(tokens)) - 1].end)))
            pointing = (
                bool(words)
                and words[0] in POINTING
                and not set(words) & word_set("set_apart")
                and not named
                and not told
            )
            yield Sighting(clause, opening, index, last, values["kind"], values["strong"], pointing, group)
        index = last
    yield from _unnamed(analysis, sentence, about)


def _unnamed(analysis: Analysis, sentence: Sentence, about: Sides) -> Iterator[Sighting]:
    """What sides agreed to do, where the clause has no word for the agreement: "X and Y agreed to open the road"."""
    known = cues.cue_list("agreements")
    tokens = sentence.tokens
    lowers = [token.lower for token in tokens]
    for number in range(1, len(tokens) - 2):
        if lowers[number] != "agreed" or lowers[number + 1] not in ("to", "on", "that"):
            continue
        clause = clause_at(analysis, tokens[number].start, tokens[number].end)
        if any(_name_at(known, lowers, index) for index in range(clause.first, clause.last)):
            continue
        who = circumstances.sides_of(analysis, circumstances.subjects(analysis, clause, number))
        joint = len(about.spelt(who)) > 1 or set(lowers[clause.first : number]) & JOINT
        if joint and lowers[number + 2] not in TALKING:
            last = max(number + 1, min(clause.last, number + 14))
            yield Sighting(clause, number, number, last, "other", strong=True, pointing=False, group="other")


#: "The two sides", "both parties".
JOINT: Final = frozenset({"both", "two", "sides", "parties", "each"})
#: What follows "agreed to" where it is talks that were agreed on.
TALKING: Final = frozenset(
    {"meet", "continue", "resume", "hold", "talk", "discuss", "work", "return", "start", "begin"}
)


def _name_at(known: cues.CueList, lowers: Sequence[str], index: int) -> tuple[str, int] | None:
    for entry in known.by_first.get(lowers[index], ()):
        last = index + len(entry.words)
        if tuple(lowers[index:last]) == entry.words and known.values[entry.group]["role"] in ("name", "none"):
            return entry.group, last
    return None


def _opening(tokens: Sequence[Token], first: int) -> int:
    """Where the noun phrase of a name opens: its article, or the first of the words that describe it."""
    at = first
    for number in range(first - 1, max(-1, first - 7), -1):
        word = tokens[number].lower
        if word in word_set("noun_openers") or word in word_set("set_apart"):
            at = number
            if word in ("the", "a", "an", "this", "that", "its", "their", "his", "our", "another"):
                break
        elif (
            not word[0].isalnum()
            or word in word_set("locative") | circumstances.OWNING | word_set("be")
            or (word.endswith("ed") and word != "so-called")
            or word in ("that", "said", "have", "has", "had", "to", "will", "would", "is")
        ):
            break
        else:
            at = number
    while at < first and tokens[at].lower in ("and", "or", "of"):
        at += 1
    return at


# One mention as a finding.


def _agreement(analysis: Analysis, sighting: Sighting, about: Sides) -> Agreement | None:
    clause = sighting.clause
    fates = _fates(clause)
    sure, _ = circumstances.certainty(clause, sighting.opening)
    kept = _kept(sighting)
    if kept or _said_in(sighting):
        sure = "actual"
        fates.pop("proposed", None)
    lasting = {"collapsed", "violated", "extended", "in_force", "signed", "drafted", "agreed"} & fates.keys()
    if sure == "negated" and not lasting & {"collapsed", "violated"}:
        return None
    status = next((fate for fate in FATES if fate in fates), None)
    tokens = clause.sentence.tokens
    start, end = _extent(sighting)
    name = tokens[sighting.opening].start, tokens[sighting.last - 1].end
    date = accord_date(analysis, clause, name, (start, end), kind=_kind(sighting), status=status)
    if not sighting.strong and status not in ("drafted", "signed", "agreed", "rejected"):
        return None
    wished = sure in ("wish", "condition", "supposed", "planned")
    if wished and not sighting.pointing and not date:
        if status not in ("drafted", "extended") and not {"proposed", "signed"} & fates.keys():
            return None
        status = "drafted" if "drafted" in fates else "extended" if status == "extended" else "proposed"
    if status is None or (status == "proposed" and sighting.pointing):
        status = "in_force" if sighting.pointing or date or kept else "agreed"
    if status == "proposed" and sure == "wish":
        return None
    parties, mediators, thin = _parties(analysis, sighting, about)
    if thin and status not in fates and (status == "agreed" or date is None):
        return None  # a word for an agreement, and nothing about one
    speaker, chain = provenance(analysis, start, end)
    return Agreement(
        name=analysis.span(*name),
        type=_kind(sighting),
        parties=parties,
        mediators=mediators,
        date=date,
        place=circumstances.place_of(analysis, clause, sighting.last - 1),
        status=status,
        evidence=analysis.span(start, end),
        according_to=speaker,
        chain=chain,
        cues=(
            Cue(f"agreement-{sighting.group}", " ".join(t.text for t in tokens[sighting.first : sighting.last])),
            Cue(status, fates.get(status, "")),
        ),
        thin=thin,
    )


def _said_in(sighting: Sighting) -> bool:
    """Is it the paper that the rest of the clause stands in: "called for calm in a joint statement"?"""
    tokens = sighting.clause.sentence.tokens
    return sighting.kind == "statement" and sighting.opening > 0 and tokens[sighting.opening - 1].lower == "in"


def _kept(sighting: Sighting) -> bool:
    """Is it one that can be kept or left, so that it exists: "whether to stick to the accord"?"""
    tokens = sighting.clause.sentence.tokens
    return any(token.lower in word_set("keeping") for token in tokens[max(0, sighting.opening - 3) : sighting.opening])


def _fates(clause: Clause) -> dict[str, str]:
    """What the clause says became of an agreement, with the words."""
    known = cues.cue_list("agreements")
    lowers = [token.lower for token in clause.sentence.tokens]
    found: dict[str, str] = {}
    for index in range(clause.first, clause.last):
        for entry in known.by_first.get(lowers[index], ()):
            last = index + len(entry.words)
            if tuple(lowers[index:last]) == entry.words and known.values[entry.group]["role"] == "status":
                found.setdefault(entry.group, " ".join(entry.words))
    return found


def _kind(sighting: Sighting) -> AgreementKind:
    """The kind; a plain name takes it from the words about it."""
    if sighting.group not in ("other", "texts"):
        return sighting.kind
    lowers = {token.lower for token in sighting.clause.tokens}
    near = " ".join(token.lower for token in sighting.clause.sentence.tokens[sighting.opening : sighting.last + 6])
    for words, kind in KIND_WORDS:
        if any(word in near for word in words):
            return kind
    if lowers & {"prisoners", "detainees", "captives", "hostages"}:
        return "prisoner_exchange"
    return sighting.kind


KIND_WORDS: Final[tuple[tuple[tuple[str, ...], AgreementKind], ...]] = (
    (("ceasefire", "cease-fire", "truce", "cessation"), "ceasefire"),
    (("power-sharing", "power sharing", "transitional", "cabinet", "unity government"), "power_sharing"),
    (("prisoner", "detainee", "captive", "hostage", "swap"), "prisoner_exchange"),
    (("withdraw", "pull back", "disengage"), "withdrawal"),
    (("humanitarian", "aid "), "humanitarian"),
    (("framework", "principles", "preliminary", "roadmap"), "framework"),
    (("peace", "comprehensive", "final"), "comprehensive"),
    (("implement", "timetable", "calendar"), "implementation"),
)


#: Before the name of an agreement that is only spoken of in passing: the name is the evidence.
PASSING: Final = frozenset({"under", "since", "after", "despite", "following", "during"})


def _extent(sighting: Sighting) -> tuple[int, int]:
    """The evidence: the clause, or the name and what tells of it where it stands in passing ("Under the accord")."""
    clause, tokens = sighting.clause, sighting.clause.sentence.tokens
    before = tokens[sighting.opening - 1].lower if sighting.opening else ""
    if before not in PASSING or sighting.opening - 1 < clause.first:
        return clause.start, clause.end
    first = sighting.opening - (before == "under")
    last = sighting.last
    while last < clause.last:
        word = tokens[last].lower
        follows = tokens[last + 1].lower if last + 1 < clause.last else ""
        if word == "," and follows not in word_set("signing"):
            break
        if is_finite(tokens, last) and word not in word_set("signing"):
            break
        last += 1
    return tokens[first].start, tokens[last - 1].end


# Who.


def _parties(
    analysis: Analysis, sighting: Sighting, about: Sides
) -> tuple[tuple[ActorId, ...], tuple[ActorId, ...], bool]:
    """The parties, the mediators, and whether the parties come from the rest of the report."""
    clause = sighting.clause
    tokens = clause.sentence.tokens
    end = tokens[sighting.last - 1].end
    mediators = _mediators(analysis, clause)
    mentions: list[Mention] = list(
        circumstances.after_preposition(analysis, clause, end, frozenset({"between", "among"}))
    )
    alone = "unilateral" in {token.lower for token in clause.tokens}
    if not mentions:
        signers, one_sided = _signers(analysis, sighting)
        mentions += signers
        alone = alone or (one_sided and sighting.kind == "ceasefire")
        other = circumstances.after_preposition(analysis, clause, clause.start, frozenset({"with"}))
        if other and not signers:
            before = circumstances.subjects(analysis, clause, sighting.opening)
            mentions += before or _bound(analysis, sighting, other[-1].end)
        mentions += other
    main = tuple(actor for actor in about.main if actor not in mediators)
    if sighting.kind == "statement" and about.joint and not mentions:
        return about.joint, mediators, False
    actors = (circumstances.party_behind(analysis, actor) for actor in circumstances.sides_of(analysis, mentions))
    signing = [actor for actor in actors if actor not in mediators and _can_sign(analysis, actor)]
    named = about.spelt(tuple(dict.fromkeys(signing)))
    if len(named) > 1 or (named and alone):
        return named, mediators, False
    if alone:
        return main[:1], mediators, True
    if named and named[0] not in main:
        return named, mediators, True
    return main, mediators, True


def _signers(analysis: Analysis, sighting: Sighting) -> tuple[Sequence[Mention], bool]:
    """Who signed, agreed or declared in the clause, and whether that was for one side alone."""
    clause = sighting.clause
    tokens = clause.sentence.tokens
    makers = _makers(analysis, sighting)
    if makers:
        return makers, False
    for number in range(clause.first, clause.last):
        word = tokens[number].lower
        if word in word_set("signing"):
            if number + 1 < len(tokens) and tokens[number + 1].lower == "by":
                by = frozenset({"by"})
                return circumstances.after_preposition(analysis, clause, tokens[number].end, by), word in word_set(
                    "signing_alone"
                )
            if not circumstances.passive(tokens, number) and number < sighting.opening + 4:
                return circumstances.subjects(analysis, clause, number), word in word_set("signing_alone")
    return (), False


def _bound(analysis: Analysis, sighting: Sighting, start: int) -> Sequence[Mention]:
    """Of "Under the accord with X, Y keeps ..." Y."""
    tokens = sighting.clause.sentence.tokens
    comma = next((token for token in tokens if token.start >= start), None)
    if comma is None or comma.text != ",":
        return ()
    mention = next(iter(analysis.mentions_in(comma.end, sighting.clause.sentence.end)), None)
    between = [token.lower for token in tokens if mention and comma.end <= token.start and token.end <= mention.start]
    return (mention,) if mention and set(between) <= {"the", "both"} else ()


def _makers(analysis: Analysis, sighting: Sighting) -> Sequence[Mention]:
    """Of "an accord that X made with Y" X."""
    tokens = sighting.clause.sentence.tokens
    mention = next(iter(analysis.mentions_in(tokens[sighting.last - 1].end, sighting.clause.end)), None)
    if mention is None:
        return ()
    between = [token.lower for token in tokens[sighting.last :] if token.end <= mention.start]
    after = [token.lower for token in tokens if token.start >= mention.end][:2]
    made = any(word in word_set("signing") for word in after)
    return (mention,) if made and set(between) <= {"the", "that", "which", "a"} else ()


def _mediators(analysis: Analysis, clause: Clause) -> tuple[ActorId, ...]:
    known = cues.cue_list("agreements")
    lowers = [token.lower for token in clause.sentence.tokens]
    for index in range(clause.first, clause.last):
        for entry in known.by_first.get(lowers[index], ()):
            last = index + len(entry.words)
            if tuple(lowers[index:last]) == entry.words and known.values[entry.group]["role"] == "mediators":
                start = clause.sentence.tokens[last - 1].start
                found = circumstances.after_preposition(analysis, clause, start, frozenset({"by", "of"}))
                if found:
                    return circumstances.sides_of(analysis, found)
    return ()


def _can_sign(analysis: Analysis, actor: ActorId) -> bool:
    known = analysis.actor_by_id.get(actor)
    return known is not None and known.kind not in ("media", "civilians")


# One agreement once.


def _add(found: list[tuple[Agreement, Sighting]], agreement: Agreement, sighting: Sighting) -> None:
    latest_first = range(len(found) - 1, -1, -1)
    for number in sorted(latest_first, key=lambda n: (found[n][0].status in OPEN) != (agreement.status in OPEN)):
        other, seen = found[number]
        if _same(other, seen, agreement, sighting):
            better = _weight(agreement, sighting) > _weight(other, seen) or _named_again(seen, sighting)
            best, rest = (agreement, other) if better else (other, agreement)
            merged = replace(
                best,
                parties=rest.parties if best.thin and not rest.thin else best.parties,
                mediators=best.mediators or rest.mediators,
                date=best.date or rest.date,
                place=best.place or rest.place,
                type=rest.type if best.type == "other" else best.type,
                thin=best.thin and rest.thin,
            )
            found[number] = (merged, sighting if better else seen)
            return
    found.append((agreement, sighting))


def _family(agreement: Agreement) -> str:
    return "ceasefire" if agreement.type == "ceasefire" else "statement" if agreement.type == "statement" else "accord"


def _same(other: Agreement, seen: Sighting, agreement: Agreement, sighting: Sighting) -> bool:
    if not circumstances.compatible(other.date, agreement.date):
        return False
    words = {token.lower for token in sighting.clause.sentence.tokens[sighting.opening : sighting.first]}
    if words & word_set("set_apart") and not sighting.pointing and other.evidence != agreement.evidence:
        return False
    if (other.status in OPEN) != (agreement.status in OPEN) and not sighting.pointing:
        return False  # a draft beside what was concluded
    if _named_again(seen, sighting) and not (
        other.thin is agreement.thin is False and other.parties != agreement.parties
    ):
        return True
    if _family(other) != _family(agreement):
        return other.evidence == agreement.evidence or (
            sighting.group == "other" and sighting.pointing and seen.group != "statement"
        )
    if other.place and agreement.place and other.place != agreement.place and not sighting.pointing:
        return False
    return not (other.date and agreement.date and other.date.edtf != agreement.date.edtf and not sighting.pointing)


def _named_again(seen: Sighting, sighting: Sighting) -> bool:
    """Is it the name of what the sentence before speaks of: "an agreement with X. The Doha Accord ..."?"""
    tokens = sighting.clause.sentence.tokens
    following = sighting.clause.sentence.number - seen.clause.sentence.number == 1
    definite = tokens[sighting.opening].lower == "the"
    named = tokens[sighting.last - 1].text[0].isupper()
    seen_tokens = seen.clause.sentence.tokens
    nameless = not any(token.text[0].isupper() for token in seen_tokens[seen.opening : seen.last])
    return following and definite and named and nameless


def _weight(agreement: Agreement, sighting: Sighting) -> tuple[int, int]:
    """How full a mention is."""
    told = (agreement.date, agreement.place, agreement.mediators, not agreement.thin, not sighting.pointing)
    return sum(bool(value) for value in told) + 2 * (
        agreement.status in ("signed", "agreed")
    ), -agreement.evidence.start
