"""Which claims are one thing: edges between claims, and the clusters that they make.

The machine's edges are a pure function of the claims: neither the order of arrival nor adding twice changes them. What
a person judged about two places goes first. Nothing here is kept: undoing a judgement restores what was.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from peacetable.ledger import Claim, Entry, Judgement, Place, Reason
from peacetable.model import Incident, Kind
from peacetable.record import matching
from peacetable.record.digests import Digest
from peacetable.record.unions import Unions

#: A key that more claims share tells nothing; others will bring the same pairs together.
CROWD: Final = 60
#: Two claims of one report that are equally like a third, to within this much: which is meant, a person decides.
TIE: Final = 0.02


Cast = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two claims, and how likely they are one thing."""

    left: str
    right: str
    score: float
    reasons: tuple[Reason, ...]


def entries(kind: Kind, digests: Sequence[Digest], judged: Sequence[Judgement], *, cast: Cast) -> tuple[Entry, ...]:
    """The claims of one kind as entries: 1. score, 2. what people said, 3. join the likeliest first, 4. propose.

    Args:
        kind: the kind of finding.
        digests: the claims, in the order of publication.
        judged: what people said about places, the earliest first; left and right in one order.
        cast: who appears in each report; reports that share nobody are about two conflicts.

    Returns:
        The entries, in the order of their first member.
    """
    rarity = matching.Rarity.of(digests)
    edges = sorted(_scored(digests, rarity, cast), key=lambda edge: (-edge.score, edge.left, edge.right))
    claims = {digest.claim.id: digest.claim for digest in digests}
    unions: Unions[str] = Unions(sorted(claims))
    at: dict[Place, list[str]] = defaultdict(list)
    for claim in claims.values():
        at[claim.place].append(claim.id)
    last = {(judgement.left, judgement.right): judgement for judgement in judged}  # the last word on a pair counts
    said = [judgement for judgement in last.values() if judgement.left in at and judgement.right in at]
    joined: list[tuple[str, str, Judgement]] = []
    for judgement in said:
        if judgement.verdict == "same":
            for left, right in _meant(at[judgement.left], at[judgement.right], edges):
                unions.join(left, right)
                joined.append((left, right, judgement))
    for judgement in said:
        if judgement.verdict == "different":
            for left in at[judgement.left]:
                for right in at[judgement.right]:
                    unions.keep_apart(left, right)
    apart = set(_told_apart(digests))
    for pair in apart:
        unions.keep_apart(*pair)
    doubtful = _ambiguous(edges, claims, apart)
    proposed: list[tuple[str, str, Judgement]] = []
    for edge in edges:
        if unions.root(edge.left) == unions.root(edge.right):
            continue
        across = claims[edge.left].report.id != claims[edge.right].report.id
        sure = edge.score >= matching.MADE and across and edge not in doubtful
        if sure and unions.join(edge.left, edge.right):
            joined.append((edge.left, edge.right, _judgement(edge, claims, made=True)))
        elif not sure:
            proposed.append((edge.left, edge.right, _judgement(edge, claims, made=False)))
    return tuple(_entries(kind, digests, unions, joined, proposed))


def single(kind: Kind, digests: Sequence[Digest]) -> tuple[Entry, ...]:
    """Every claim as an entry of its own: what is said twice is said twice."""
    unions: Unions[str] = Unions(digest.claim.id for digest in digests)
    return tuple(_entries(kind, digests, unions, (), ()))


def neighbours(entries: Sequence[Entry]) -> dict[str, frozenset[str]]:
    """For each entry, those that it may be one with."""
    entry_at = {claim.place: entry.id for entry in entries for claim in entry.members}
    return {
        entry.id: frozenset(entry_at[place] for edge in entry.proposed for place in (edge.left, edge.right))
        - {entry.id}
        for entry in entries
        if entry.proposed
    }


def entry_id(claims: Sequence[Claim], first_at: Mapping[Place, str]) -> str:
    """An entry's id: a hash of its first place, and of the claim where that place holds more than one."""
    first = min(claims, key=lambda claim: (claim.place, claim.index))
    place = first.place
    number = "" if first_at[place] == first.id else f"|{first.index}"
    return hashlib.sha256(f"{place.report}|{place.start}|{place.end}|{place.kind}{number}".encode()).hexdigest()[:12]


# 1. Scores, for pairs that have something in common.


def _scored(digests: Sequence[Digest], rarity: matching.Rarity, cast: Cast) -> Iterator[Edge]:
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, digest in enumerate(digests):
        for key in _keys(digest):
            blocks[key].append(number)
    reports = [digest.claim.report.id for digest in digests]
    pairs = {
        pair
        for numbers in blocks.values()
        if len(numbers) <= CROWD
        for pair in combinations(numbers, 2)
        if reports[pair[0]] != reports[pair[1]] or _may_be_one(digests[pair[0]], digests[pair[1]])
    }
    for first, second in pairs:
        if (one := cast.get(reports[first])) and (other := cast.get(reports[second])) and not one & other:
            continue  # two conflicts
        left, right = sorted((digests[first], digests[second]), key=lambda digest: digest.claim.id)
        score, reasons = matching.score(left, right, rarity, least=matching.PROPOSED)
        if score >= matching.PROPOSED:
            yield Edge(left.claim.id, right.claim.id, score, matching.readable(reasons, left, right))


def _keys(digest: Digest) -> Iterator[tuple[str, ...]]:
    """What two claims must share one of to be compared."""
    first = digest.days[0] if digest.days else None
    last = digest.days[1] if digest.days else None
    months = {f"{day:%Y-%m}" for day in (first, last) if day} or {"-"}
    for word in digest.words | digest.label:
        yield "word", word
        for month in months:
            yield "word", word, month
    for party in digest.sides.all:
        yield "party", party
        for month in months:
            yield "party", party, month
    for pair in combinations(sorted(digest.sides.all), 2):
        yield "parties", *pair
        for month in months:
            yield "parties", *pair, month
    for day in (first, last):
        if day:
            yield "day", day.isoformat(), digest.sort
    for number in digest.numbers:
        yield "number", number
    yield "passage", digest.passage


# 2. What people said, and what reports tell apart.


def _meant(left: Sequence[str], right: Sequence[str], edges: Sequence[Edge]) -> Iterator[tuple[str, str]]:
    """Where a place holds several claims, the two that are likest are meant."""
    if len(left) == len(right) == 1:
        yield left[0], right[0]
        return
    scores = {frozenset((edge.left, edge.right)): edge.score for edge in edges}
    yield max(
        ((one, other) for one in left for other in right if one != other),
        key=lambda pair: (scores.get(frozenset(pair), 0.0), pair),
    )


def _told_apart(digests: Sequence[Digest]) -> Iterator[tuple[str, str]]:
    """Two claims of one report are two things: its reader has joined what is one. Rival accounts of one incident stand
    as two in a report, and so do talks that were put off and their new date."""
    by_report: dict[str, list[Digest]] = defaultdict(list)
    for digest in digests:
        by_report[digest.claim.report.id].append(digest)
    for held in by_report.values():
        for left, right in combinations(held, 2):
            if not _may_be_one(left, right):
                yield min(left.claim.id, right.claim.id), max(left.claim.id, right.claim.id)


def _may_be_one(left: Digest, right: Digest) -> bool:
    if left.claim.kind == "incidents":
        return _rival_accounts(left, right)
    if left.claim.kind == "talks":
        return "suspended" in (left.status, right.status) or "cancelled" in (left.status, right.status)
    return False


def _rival_accounts(left: Digest, right: Digest) -> bool:
    """One report's two accounts of an incident: of one sort, at about one time, and against the same people, or one of
    them only alleged or denied."""
    first, second = left.claim.finding, right.claim.finding
    if not isinstance(first, Incident) or not isinstance(second, Incident) or left.sort != right.sort:
        return False
    contested = {left.status, right.status} & {"alleged", "denied"}
    return matching.close(left, right) and bool(set(first.against) & set(second.against) or contested)


# 3. and 4. Joining and proposing.


def _ambiguous(edges: Sequence[Edge], claims: Mapping[str, Claim], apart: set[tuple[str, str]]) -> set[Edge]:
    """Edges of a claim to two things of one report that are about equally likely."""
    rivals: dict[tuple[str, str], list[tuple[str, Edge]]] = defaultdict(list)
    for edge in edges:
        rivals[edge.left, claims[edge.right].report.id].append((edge.right, edge))
        rivals[edge.right, claims[edge.left].report.id].append((edge.left, edge))
    doubtful = set()
    for held in rivals.values():
        (best, first), *rest = held
        for other, edge in rest:
            if first.score - edge.score < TIE and (min(best, other), max(best, other)) in apart:
                doubtful |= {first, edge}
    return doubtful


def _judgement(edge: Edge, claims: Mapping[str, Claim], *, made: bool) -> Judgement:
    left, right = sorted((claims[edge.left].place, claims[edge.right].place))
    return Judgement(
        left=left,
        right=right,
        verdict="same" if made else "unsure",
        score=edge.score,
        reasons=edge.reasons,
        author=matching.AUTHOR,
    )


def _entries(
    kind: Kind,
    digests: Sequence[Digest],
    unions: Unions[str],
    joined: Sequence[tuple[str, str, Judgement]],
    proposed: Sequence[tuple[str, str, Judgement]],
) -> Iterator[Entry]:
    members: dict[str, list[Claim]] = defaultdict(list)
    for digest in digests:
        members[unions.root(digest.claim.id)].append(digest.claim)
    made: dict[str, list[Judgement]] = defaultdict(list)
    for left, _, judgement in joined:
        made[unions.root(left)].append(judgement)
    asked: dict[str, list[Judgement]] = defaultdict(list)
    for left, right, judgement in proposed:
        if unions.apart(left, right) or unions.root(left) == unions.root(right):
            continue
        asked[unions.root(left)].append(judgement)
        asked[unions.root(right)].append(judgement)
    first_at: dict[Place, str] = {}
    for digest in sorted(digests, key=lambda digest: digest.claim.index):
        first_at.setdefault(digest.claim.place, digest.claim.id)
    for root, claims in members.items():
        yield Entry(
            id=entry_id(claims, first_at),
            kind=kind,
            members=tuple(claims),
            joined=tuple(made[root]),
            proposed=tuple(asked[root]),
        )
