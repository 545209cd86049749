"""The two sides that a report is about, worked out once a report, and what "both sides" stands for in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import sqrt
from typing import Final

from peacetable.model import ActorId, ActorKind
from peacetable.reading.analysis import Analysis, Mention
from peacetable.reading.circumstances import actor_of, party_behind

#: Kinds of actors that can be a side of a conflict, sign, negotiate and fight.
SIDES: Final[frozenset[ActorKind]] = frozenset({"state", "government", "armed_group", "political_group", "forces"})
TOGETHER: Final = re.compile(
    r"\s*(?:\([^)]{1,12}\))?(?:,[^,.]{1,60},)?\s+(?:have |had |has |will |would |both |also |are to |formally )*"
    r"(?:signed|sign|agreed|agree|reached|met|meet|resumed?|exchanged?|traded?|accused?|concluded|initialled|began|hold|held|"
    r"fought|swapped|undertake|undertook|committed|declared)\b"
)
#: Before a name: it is one of a list, not of a pair.
LISTED: Final = re.compile(r",\s*(?:the\s+)?$")
BETWEEN: Final = re.compile(r"\bbetween\s+(?:[a-z]+\s+){0,3}$")
JOINS: Final = re.compile(r"\s*(?:\([^)]{1,12}\))?(?:\s*,[^,.]{1,60},)?\s+and\s+(?:[a-z]+\s+){0,4}")
#: Before a state's name: the words name a place.
PLACED_IN: Final = re.compile(r"\b(?:in|at|near|from|across|outside)\s(?:the\s)?$")
#: How much less likely a side is that hosts or mediates.
HELPER: Final = 0.2
#: How much likelier a group and a state are the two sides than two of a kind, and what a sentence that names both adds.
MIXED: Final = 1.5
BESIDE: Final = 1.0
#: What opens a name that only describes: "his 1,800 fighters".
DESCRIBED: Final = frozenset({"his", "her", "its", "their", "our", "some", "many", "last", "about", "several"})
#: How many of those most spoken of can be sides.
LIKELIEST: Final = 40
COLLECTIVE: Final = re.compile(
    r"(?:(?:the|both|all|two|these|those|rival|warring|their|its|conflicting|opposing|main|relevant)\s+)*"
    r"(?:parties|sides|delegations|negotiators|governments|leaders|panels|factions|groups|countries|presidents|"
    r"ministers|both|two|them|neighbours|armies|teams|delegates|signatories|enemies|camps)"
    r"(?:\s+(?:to|in) (?:the )?(?:conflict|talks))?"
)
HELPED: Final = re.compile(
    r"(?:(?:mediat|broker|host|facilitat|sponsor|guarantee|arrang)\w* by"
    r"|(?:auspices|mediation|good offices|invitation) of"
    r"|mediators?|capital of|held in|talks in|met in|meeting in|signed in)\s+(?:the\s+)?$",
    re.I,
)
HELPS: Final = re.compile(
    r"(?:'s|’s)?[\s,-]+(?:has |have |had |which |who |is |was )*(?:mediat|broker|host|facilitat|sponsor|guarant)\w*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides of one report.

    Attributes:
        main: the two sides that it is about, the likeliest guess for "the parties"; fewer where it does not say.
        joint: three or more that it names together as acting together; what a meeting or a joint statement is of
            where nobody else is named.
        collectives: the actors that only point at them: "both sides", "the two leaders".
    """

    main: tuple[ActorId, ...]
    joint: tuple[ActorId, ...]
    collectives: frozenset[ActorId]

    def spelt(self, actors: Sequence[ActorId]) -> tuple[ActorId, ...]:
        """Actors with collectives spelt out as the main sides, where there are two; each once."""
        both = len(self.main) == 2
        spelt: list[ActorId] = []
        for actor in actors:
            spelt += self.main if both and actor in self.collectives else (actor,)
        return tuple(dict.fromkeys(spelt))


def sides(analysis: Analysis) -> Sides:
    """The sides of a report: made once a reader, since it looks at every mention."""
    collectives = frozenset(
        actor.id for actor in analysis.actors if actor.kind != "person" and COLLECTIVE.fullmatch(actor.name.lower())
    )
    weights, beside = _weights(analysis, collectives)
    paired = _paired(analysis, collectives)
    pairs = sorted({*combinations(sorted(weights), 2), *paired})
    if not pairs:
        return Sides(tuple(weights), (), collectives)
    main = max(pairs, key=lambda pair: (paired[pair], _likelihood(analysis, pair, weights, beside[pair])))
    ordered = tuple(sorted(main, key=lambda actor: _is_group(analysis, actor), reverse=True))
    return Sides(ordered, _joint(analysis, collectives), collectives)


def side_of(analysis: Analysis, actor: ActorId | None) -> ActorId | None:
    """The side that an actor belongs to: itself, or whom a person or force speaks or fights for."""
    for _ in range(3):
        known = analysis.actor_by_id.get(actor or "")
        if known is None:
            return None
        if known.part_of is None or known.part_of not in analysis.actor_by_id:
            return known.id if known.kind in SIDES else None
        actor = known.part_of
    return None


def _paired(analysis: Analysis, collectives: frozenset[ActorId]) -> Counter[tuple[ActorId, ActorId]]:
    """How often a report sets two side by side: "between X and Y", "X and Y signed"."""
    text = analysis.text
    pairs: Counter[tuple[ActorId, ActorId]] = Counter()
    for left, right in pairwise(analysis.mentions):
        if not JOINS.fullmatch(text, left.end, right.start):
            continue
        before = text[max(0, left.start - 40) : left.start]
        alone = not LISTED.search(before) and TOGETHER.match(text, right.end)
        if BETWEEN.search(before) or alone:
            first, second = (_stands_for(analysis, mention, collectives) for mention in (left, right))
            if first and second and first != second:
                pairs[(first, second) if first < second else (second, first)] += 1
    return pairs


def _joint(analysis: Analysis, collectives: frozenset[ActorId]) -> tuple[ActorId, ...]:
    """The first list of three or more that act together: "envoys from X, Y and Z agree"."""
    text, run = analysis.text, list[Mention]()
    for mention in analysis.mentions:
        if run and mention.end <= run[-1].end:
            run.append(mention)  # the names within "envoys from X, Y and Z"
            continue
        if run and LIST_MARK.fullmatch(text, run[-1].end, mention.start):
            run.append(mention)
        else:
            run = [mention]
        listed = [actor for item in run if (actor := _stands_for(analysis, item, collectives))]
        if len(set(listed)) >= LISTED_LEAST and CLOSED.search(text, run[-2].end, mention.start):
            before = text[max(0, run[0].start - 40) : run[0].start]
            if TOGETHER.match(text, mention.end) or SENT.search(before):
                return tuple(dict.fromkeys(listed))
    return ()


#: Between the members of a list, before its last one, and who is sent by them all.
LIST_MARK: Final = re.compile(r"\s*(?:,|and|, and)\s+(?:the\s+)?")
CLOSED: Final = re.compile(r"\band\b")
SENT: Final = re.compile(
    r"\b(?:envoys|delegat\w+|representatives|negotiators|ministers|leaders|presidents|officials|diplomats)\s+(?:of|from)\s+"
    r"(?:the\s+)?$",
    re.I,
)
LISTED_LEAST: Final = 3


def _stands_for(analysis: Analysis, mention: Mention, collectives: frozenset[ActorId]) -> ActorId | None:
    """The party that a mention stands for; None for collectives, media, crowds and persons of no party."""
    known = analysis.actor_by_id.get(party_behind(analysis, actor_of(mention) or ""))
    if known is None or known.kind in ("media", "civilians", "unnamed", "person") or known.id in collectives:
        return None
    return known.id


def _weights(
    analysis: Analysis, collectives: frozenset[ActorId]
) -> tuple[dict[ActorId, float], Counter[tuple[ActorId, ActorId]]]:
    """How much each side is spoken of, and how many sentences speak of two together. Whoever mediates or hosts is
    hardly a side, and no more is who issued an official statement.
    """
    counts: Counter[ActorId] = Counter()
    together: dict[int, set[ActorId]] = {}
    for mention in analysis.mentions:
        side = side_of(analysis, actor_of(mention))
        if side is None or side in collectives:
            continue
        if not PLACED_IN.search(analysis.text, max(0, mention.start - 12), mention.start):
            counts[side] += 1
            together.setdefault(analysis.sentence_at(mention.start).number, set()).add(side)
    helpers = set(_helpers(analysis))
    if analysis.official and (issuer := side_of(analysis, analysis.author)):
        helpers.add(issuer)
    weights = {
        actor: count * _weight(analysis, actor) * (HELPER if actor in helpers else 1)
        for actor, count in counts.most_common(LIKELIEST)
    }
    beside = Counter(pair for actors in together.values() for pair in combinations(sorted(actors & weights.keys()), 2))
    return weights, beside


def _likelihood(
    analysis: Analysis, pair: tuple[ActorId, ActorId], weights: Mapping[ActorId, float], beside: int
) -> float:
    """How likely two are the sides: how much both are spoken of, and together; a group and a state more than two of
    a kind.
    """
    both = sqrt(weights.get(pair[0], 0.0) * weights.get(pair[1], 0.0))
    mixed = _is_group(analysis, pair[0]) != _is_group(analysis, pair[1])
    return both * (MIXED if mixed else 1.0) + BESIDE * beside


def _is_group(analysis: Analysis, actor: ActorId) -> bool:
    return analysis.actor_by_id[actor].kind in ("armed_group", "political_group")


def _weight(analysis: Analysis, actor: ActorId) -> float:
    """How likely a mention speaks of a side: a named group and "the government" more than a description."""
    known = analysis.actor_by_id[actor]
    words = [word for word in known.name.split() if word.lower() != "the"]
    if known.kind == "government":
        return 3.0 if "government" in known.name.lower() else 0.7
    if known.kind == "forces":
        return 0.5
    if known.kind == "state":
        return 1.0
    if words[0][0].isdigit() or words[0].lower() in DESCRIBED:
        return 0.1
    capitals = sum(word[0].isupper() for word in words)
    return 2.0 if capitals > 1 else 1.0


def _helpers(analysis: Analysis) -> Iterator[ActorId]:
    """Who mediates, hosts or facilitates, by the words next to its mentions."""
    text = analysis.text
    for mention in analysis.mentions:
        around = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 40]
        if HELPED.search(around[0]) or HELPS.match(around[1]):
            side = side_of(analysis, actor_of(mention))
            if side:
                yield side
