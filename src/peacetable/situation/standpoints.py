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

#: How much of the words two issues must share (weighted Jaccard). On the 29 pairs of positions that one party takes in
#: two reports of a training story any value from 0.25 to 0.4 parts them alike, and no two issues were taken for one.
ENOUGH: Final = 0.33
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
    issues: dict[str, _Issues] = {}
    parties: dict[str, Party | None] = {}
    for claim in claims:
        party = view.party(claim.report.id, position(claim).actor)
        # Two actors that nobody names are not known to be one.
        key = party.id if party else claim.id
        parties[key] = party
        issues.setdefault(key, _Issues(weights)).place(claim, joined.get(claim.id))
    placed = [(parties[key], group) for key, found in issues.items() for group in found.groups]
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
    return _shared(words(one), words(other), weights)


class _Issues:
    """The issues of one party, found by their words."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.groups: list[list[Claim]] = []
        self._weights = weights
        self._by_word: dict[str, dict[frozenset[str], int]] = {}
        self._by_entry: dict[str, int] = {}

    def place(self, claim: Claim, entry: str | None) -> None:
        """Put a claim to the issue that the record, or its words, say it is about; else start one."""
        mine = words(issue(claim))
        number = self._by_entry.get(entry or "", self._likeliest(mine))
        if number is None:
            number = len(self.groups)
            self.groups.append([])
        self.groups[number].append(claim)
        if entry:
            self._by_entry[entry] = number
        for word in mine:
            self._by_word.setdefault(word, {})[mine] = number

    def _likeliest(self, mine: frozenset[str]) -> int | None:
        seen = {theirs: number for word in mine for theirs, number in self._by_word.get(word, {}).items()}
        scored = [(_shared(mine, theirs, self._weights), -number) for theirs, number in seen.items()]
        score, number = max(scored, default=(0.0, 0))
        return -number if score >= ENOUGH else None


def _shared(mine: frozenset[str], theirs: frozenset[str], weights: Mapping[str, float]) -> float:
    whole = sum(weights.get(word, 1.0) for word in mine | theirs)
    return sum(weights.get(word, 1.0) for word in mine & theirs) / whole if whole else 0.0


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
