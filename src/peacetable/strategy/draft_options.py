"""What each party of a record may do: undertakings that it may carry out, proposals that it may accept, what it offers.

An option rests on the claims that it was made of. What two reports say in other words about one thing is one option
where they share most of their words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from peacetable.ledger import Claim, Party, View
from peacetable.model import Commitment, Position, Proposal, Span
from peacetable.strategy.draft_parties import Cast

#: How an option came about, the firmest first: bound to do it, bound to refrain from it, asked to accept it, offers it,
#: put it forward, refuses it or ties it to conditions, is for it.
Basis = Literal["duty", "restraint", "asked", "offer", "own-proposal", "refusal", "support"]
ORDER: Final[tuple[Basis, ...]] = ("duty", "restraint", "asked", "offer", "own-proposal", "refusal", "support")
#: Parts of words in common from which two options of one party are one.
ALIKE: Final = 0.5
#: A quotation with fewer words than this tells nobody what is to be done.
LEAST_WORDS: Final = 2
#: Words that say nothing about what something is about.
EMPTY_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        "a about after again all an and any are as at be been before between both but by can could did do does for "
        "from had has have he her his how if in into is it its may might more must no nor not of on or other our out "
        "over own shall she should so some such than that the their them then there these they this those to under "
        "until up upon was we were what when where which while who will with within without would you your",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that a party may do.

    Attributes:
        words: the report's words for it.
        claims: what it rests on, in the order of publication.
        spans: for each claim, the words to cite.
        done: a report says that it is being done.
    """

    party: str
    basis: Basis
    words: str
    claims: tuple[Claim, ...]
    spans: tuple[Span, ...]
    done: bool = False

    @property
    def topic(self) -> frozenset[str]:
        """The words that tell what it is about."""
        return content_words(self.words)


def candidates(view: View, cast: Cast) -> dict[str, tuple[Candidate, ...]]:
    """What each party may do, by the party's id, the firmest first."""
    found: dict[str, list[Candidate]] = {}
    sources = (_from_commitments, _from_proposals, _from_positions, _from_demands)
    for one in (one for source in sources for one in source(view, cast)):
        if len(one.topic) >= LEAST_WORDS:
            _join(found.setdefault(one.party, []), one)
    return {
        party: tuple(
            sorted(several, key=lambda one: (ORDER.index(one.basis), not _answered(cast, one), -len(one.claims)))
        )
        for party, several in found.items()
    }


def _answered(cast: Cast, candidate: Candidate) -> bool:
    """Is it told how the party took what was put to it?"""
    return any(
        response.stance != "undecided" and party is not None and party.id == candidate.party
        for claim in candidate.claims
        if isinstance(claim.finding, Proposal)
        for response in claim.finding.responses
        for party in (cast.of(claim, response.actor),)
    )


def content_words(text: str) -> frozenset[str]:
    """The words of a text that tell what it is about, without endings that come and go."""
    words = re.findall(r"[^\W\d_]+|\d+", text.casefold())
    return frozenset(_stem(word) for word in words if word not in EMPTY_WORDS and (len(word) > 2 or word.isdigit()))


def alike(first: frozenset[str], second: frozenset[str]) -> float:
    """How much two sets of words have in common, of the smaller one."""
    return len(first & second) / min(len(first), len(second)) if first and second else 0.0


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _join(several: list[Candidate], new: Candidate) -> None:
    """Add an option, or add to the one that it is already; refraining from a thing is not doing it."""
    for at, known in enumerate(several):
        opposite = (known.basis == "restraint") != (new.basis == "restraint")
        if not opposite and alike(known.topic, new.topic) >= ALIKE:
            first, second = sorted((known, new), key=lambda one: ORDER.index(one.basis))
            several[at] = replace(
                first,
                claims=(*first.claims, *second.claims),
                spans=(*first.spans, *second.spans),
                done=first.done or second.done,
            )
            return
    several.append(new)


def _from_commitments(view: View, cast: Cast) -> Iterator[Candidate]:
    for entry in view.entries("commitments"):
        for claim in entry.members:
            finding = claim.finding
            party = cast.of(claim, finding.actor) if isinstance(finding, Commitment) else None
            if isinstance(finding, Commitment) and party:
                basis: Basis = "restraint" if finding.modality == "must_not" else "duty"
                yield _candidate(party, basis, claim, finding.action, done=finding.reported == "met")


def _from_proposals(view: View, cast: Cast) -> Iterator[Candidate]:
    for entry in view.entries("proposals"):
        for claim in entry.members:
            finding = claim.finding
            if not isinstance(finding, Proposal):
                continue
            proposer = cast.of(claim, finding.actor)
            asked = [cast.of(claim, actor) for actor in (*finding.to, *(one.actor for one in finding.responses))]
            others = [party for party in dict.fromkeys(party for party in asked if party) if party != proposer]
            for party in others:
                yield _candidate(party, "asked", claim, finding.content)
            if proposer and not others:
                yield _candidate(proposer, "own-proposal", claim, finding.content)


def _from_positions(view: View, cast: Cast) -> Iterator[Candidate]:
    basis: dict[str, Basis] = {
        "offers": "offer",
        "accepts": "offer",
        "rejects": "refusal",
        "conditional": "refusal",
        "supports": "support",
    }
    for entry in view.entries("positions"):
        for claim in entry.members:
            finding = claim.finding
            if isinstance(finding, Position) and finding.issue and finding.stance in basis:
                party = cast.of(claim, finding.actor)
                if party:
                    yield _candidate(party, basis[finding.stance], claim, finding.issue)


def _from_demands(view: View, cast: Cast) -> Iterator[Candidate]:
    """What is demanded of another, where the passage names one."""
    for claim in view.claims("positions"):
        finding = claim.finding
        if isinstance(finding, Position) and finding.issue and finding.stance == "demands":
            own = cast.of(claim, finding.actor)
            asked = [party for party in cast.named(finding.evidence.quote) if own and party.id != own.id]
            if asked:
                yield _candidate(asked[0], "asked", claim, finding.issue)


def _candidate(party: Party, basis: Basis, claim: Claim, span: Span, *, done: bool = False) -> Candidate:
    words = " ".join(span.quote.split()).strip("\"'“”‘’.,; ")
    return Candidate(
        party=party.id, basis=basis, words=words, claims=(claim,), spans=(claim.finding.evidence,), done=done
    )
