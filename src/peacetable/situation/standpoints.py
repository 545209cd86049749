"""Where each party stands on each issue: its latest position, and those before.

Two positions are about one issue where the same party takes them and their words overlap enough, rare words counting
more than common ones, or where the record has joined them. Silence is no position: a party that a later report does not
quote keeps the one that it took before, with its date.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from peacetable.ledger import Claim, Party, Standpoint, View
from peacetable.model import Position

#: How much of the words two issues must share (weighted Jaccard). Chosen on the joined positions of the development
#: stories: see `test_standpoints`.
ENOUGH: Final = 0.4
WORD: Final = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
#: Words that say nothing about what an issue is.
EMPTY: Final = frozenset(
    """
    a an the this that these those its their his her our your my it they he she we i you of in on at to for
    from by with into onto over under about as and or nor but if than then so such any all some no not be is
    are was were been being has have had do does did will would shall should can could may might must there
    here who which what whose whom when where while also more most very own new other another each every both
    """.split()  # noqa: SIM905  # a list of words reads better than a list of strings
)


def standpoints(view: View) -> tuple[Standpoint, ...]:
    """The latest position of each party on each issue, by party in the order of its first position.

    Where the latest report gives a party two stances on one issue, both stand.
    """
    claims = sorted(view.claims("positions"), key=_published)
    weights = rarity(claims)
    joined = {claim.id: entry.id for entry in view.entries("positions") for claim in entry.members}
    by_party: dict[str, list[list[Claim]]] = {}
    parties: dict[str, Party | None] = {}
    for claim in claims:
        party = view.party(claim.report.id, position(claim).actor)
        # Two actors that nobody names are not known to be one.
        key = party.id if party else claim.id
        parties[key] = party
        _place(claim, by_party.setdefault(key, []), joined, weights)
    placed = [(parties[key], group) for key, groups in by_party.items() for group in groups]
    return tuple(standpoint for party, group in placed for standpoint in _latest(party, group))


def position(claim: Claim) -> Position:
    """The position that a claim gives."""
    finding = claim.finding
    if not isinstance(finding, Position):
        raise TypeError(f"a claim of kind {claim.kind} is no position")
    return finding


def issue(claim: Claim) -> str:
    """What a position is about, in the report's words."""
    finding = position(claim)
    return (finding.issue or finding.evidence).quote


def words(text: str) -> frozenset[str]:
    """The words of an issue that say what it is about, in lower case, without a plural's or a possessive's ending."""
    found = (word.lower().removesuffix("'s").removesuffix("’s").replace(".", "") for word in WORD.findall(text))
    return frozenset(_stem(word) for word in found if word not in EMPTY and len(word) > 1)


def rarity(claims: Sequence[Claim]) -> Mapping[str, float]:
    """How much each word tells: more, the fewer positions have it."""
    seen = Counter(word for claim in claims for word in words(issue(claim)))
    return {word: math.log(1 + len(claims) / count) for word, count in seen.items()}


def alike(one: str, other: str, weights: Mapping[str, float]) -> float:
    """How far two issues share their words, from 0 to 1: weighted Jaccard."""
    mine, theirs = words(one), words(other)
    whole = sum(weights.get(word, 1.0) for word in mine | theirs)
    return sum(weights.get(word, 1.0) for word in mine & theirs) / whole if whole else 0.0


def _place(claim: Claim, groups: list[list[Claim]], joined: Mapping[str, str], weights: Mapping[str, float]) -> None:
    """Put a claim to the group of its issue, or start one."""
    best, highest = None, ENOUGH
    for group in groups:
        if any(joined.get(claim.id) == joined.get(other.id) is not None for other in group):
            best = group
            break
        score = max(alike(issue(claim), issue(other), weights) for other in group)
        if score >= highest:
            best, highest = group, score
    if best is None:
        groups.append([claim])
    else:
        best.append(claim)


def _latest(party: Party | None, group: Sequence[Claim]) -> list[Standpoint]:
    last = [claim for claim in group if claim.report.id == group[-1].report.id]
    by_stance = {position(claim).stance: claim for claim in last}
    shown = {claim.id for claim in by_stance.values()}
    earlier = tuple(claim for claim in group if claim.id not in shown)
    return [
        Standpoint(party=party, issue=issue(claim), stance=stance, claim=claim, earlier=earlier)
        for stance, claim in by_stance.items()
    ]


def _published(claim: Claim) -> tuple[bool, date, str, int]:
    """By day of publication; those of unknown day first, so that they never pass for the latest."""
    day = claim.report.day
    return day is not None, day or date.min, claim.report.id, claim.finding.evidence.start


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
