"""What is only likely to be one thing: the proposals that a person may decide, and what the decisions are.

A decision is written down as what was said about places (of claims) or names in reports (of actors), so that it
outlives a new reading.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from peacetable.ledger import Act, Claim, Entry, Judgement, Party, Place, Question, Reason, Verdict
from peacetable.record.digests import JOINED
from peacetable.record.identities import Key
from peacetable.record.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says, ready for `Store.decide`."""

    judgements: tuple[Judgement, ...] = ()
    acts: tuple[Act, ...] = ()


def questions(view: Snapshot) -> tuple[Question, ...]:
    """What may be one: the likeliest first, and what a person left open before last."""
    found = [*_claims(view), *_parties(view)]
    return tuple(sorted(found, key=lambda question: (question.later, -question.score)))


def decide(question: Question, verdict: Verdict, *, view: Snapshot, reason: str = "") -> Decision:
    """The answer to a question."""
    if isinstance(question.left, Claim) and isinstance(question.right, Claim):
        return Decision((_judgement(question.left, question.right, verdict, reason),))
    if isinstance(question.left, Party) and isinstance(question.right, Party):
        return Decision(acts=(_act(question.left.members[0], question.right.members[0], verdict, view, reason),))
    raise TypeError("a claim and a party are never one")


def one(left: Entry | Party, right: Entry | Party, *, view: Snapshot, reason: str = "") -> Decision:
    """That two entries, or two parties, are one; what a person said against it before no longer counts."""
    if isinstance(left, Entry) and isinstance(right, Entry):
        apart = {(each.left, each.right) for each in view.judged if each.verdict == "different"}
        pairs = list(product(left.members, right.members))
        made = [
            _judgement(one, other, "same" if number == 0 else "unsure", reason)
            for number, (one, other) in enumerate(pairs)
            if number == 0 or (min(one.place, other.place), max(one.place, other.place)) in apart
        ]
        return Decision(tuple(made))
    if isinstance(left, Party) and isinstance(right, Party):
        said = {_pair(act) for act in view.acts() if act.what == "different"}
        pairs_of_actors = list(product(left.members, right.members))
        acts = [
            _act(one, other, "same" if number == 0 else "unsure", view, reason)
            for number, (one, other) in enumerate(pairs_of_actors)
            if number == 0 or frozenset((one, other)) in said
        ]
        return Decision(acts=tuple(acts))
    raise TypeError("an entry and a party are never one")


def two(whole: Entry | Party, part: Iterable[Claim | Key], *, view: Snapshot, reason: str = "") -> Decision:
    """That some members of an entry, or of a party, are another thing than the rest."""
    out = set(part)
    if isinstance(whole, Entry):
        inside = [claim for claim in whole.members if claim in out]
        rest = [claim for claim in whole.members if claim not in out]
        return Decision(tuple(_judgement(one, other, "different", reason) for one, other in product(inside, rest)))
    within = [key for key in whole.members if key in out]
    others = [key for key in whole.members if key not in out]
    return Decision(acts=tuple(_act(one, other, "different", view, reason) for one, other in product(within, others)))


def _claims(view: Snapshot) -> Iterator[Question]:
    open_still = {(each.left, each.right) for each in view.judged if each.verdict == "unsure"}
    for kind in JOINED:
        holders: dict[int, list[tuple[Judgement, Entry]]] = defaultdict(list)
        for entry in view.entries(kind):
            for judgement in entry.proposed:
                holders[id(judgement)].append((judgement, entry))
        for held in holders.values():
            if len(held) == 2:
                judgement = held[0][0]
                left, right = _meant(judgement, held[0][1], held[1][1])
                places = (min(left.place, right.place), max(left.place, right.place))
                later = places in open_still
                yield Question(left=left, right=right, score=judgement.score, reasons=judgement.reasons, later=later)


def _meant(judgement: Judgement, first: Entry, second: Entry) -> tuple[Claim, Claim]:
    """One place may hold several claims: the entries tell which are meant. The earlier report's stands first."""
    places: Sequence[Place] = (judgement.left, judgement.right)
    found = [next(claim for claim in entry.members if claim.place in places) for entry in (first, second)]
    left, right = sorted(found, key=lambda claim: (claim.report.day or date.max, claim.report.name, claim.index))
    return left, right


def _parties(view: Snapshot) -> Iterator[Question]:
    open_still = {_pair(act) for act in view.acts() if act.what == "unsure"}
    for link in view.links():
        if link.verdict == "unsure":
            left, right = view.party(*link.left), view.party(*link.right)
            if left and right and left.id != right.id:
                later = any(frozenset(pair) in open_still for pair in product(left.members, right.members))
                yield Question(left=left, right=right, score=link.reason.weight, reasons=(link.reason,), later=later)


def _pair(act: Act) -> frozenset[Key]:
    return frozenset((str(act.fields[side]["report"]), str(act.fields[side]["actor"])) for side in ("left", "right"))


def _judgement(left: Claim, right: Claim, verdict: Verdict, reason: str) -> Judgement:
    first, second = sorted((left.place, right.place))
    why = (Reason("person_wrote", (("why", reason),)),) if reason else ()
    return Judgement(left=first, right=second, verdict=verdict, score=1.0, reasons=why)


def _act(left: Key, right: Key, verdict: Verdict, view: Snapshot, reason: str) -> Act:
    first, second = sorted((left, right))
    fields = {
        side: {"report": report, "actor": actor, "name": _name(view, report, actor)}
        for side, (report, actor) in (("left", first), ("right", second))
    }
    return Act(what=verdict, place=Place(first[0], 0, 0, ""), fields=fields | ({"reason": reason} if reason else {}))


def _name(view: Snapshot, report: str, actor: str) -> str:
    return next(each.name for each in view.actors(report) if each.id == actor)
