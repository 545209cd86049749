"""Where the claims of one thing give different values: all stand, with who gives which.

Nothing is averaged, and nothing chosen. A value that lies within another refines it; values that exclude each other are
disputed; what merely moved on (planned, then held) is neither.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final, Literal

from peacetable.ledger import Claim, Dispute, Entry, Party, Side, bound_words
from peacetable.model import Count, Figure, Incident, Kind, When
from peacetable.record import whereabouts, wording

Relation = Literal["same", "refines", "differs"]
PartyOf = Callable[[str, str | None], Party | None]

#: Values of a status that cannot both be true; all others may follow one another.
_CONTRARY: Final[Mapping[Kind, tuple[frozenset[str], ...]]] = {
    "incidents": (
        frozenset({"occurred", "denied"}),
        frozenset({"ongoing", "denied"}),
        frozenset({"alleged", "denied"}),
        frozenset({"occurred", "alleged"}),  # one outlet's fact is another's allegation
    ),
    "talks": (frozenset({"held", "cancelled"}),),
    "agreements": (frozenset({"signed", "rejected"}), frozenset({"in_force", "collapsed"})),
    "commitments": (frozenset({"met", "breached"}), frozenset({"met", "partly_met"})),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """What one claim gives for a field: as it is shown, and in the form that is compared."""

    claim: Claim
    shown: str
    compared: object


def disagreements(
    entries: Sequence[Entry], party_of: PartyOf, *, origin_of: Mapping[str, str] | None = None
) -> Iterator[Dispute]:
    """What the claims of each entry differ on, and of two entries that may be one.

    Args:
        entries: all entries of one kind.
        party_of: who is who: the party of a report's actor.
        origin_of: the origin of each report, by their ids. A story that is printed again on another day does not
            contradict itself, though its "Friday" is then another one.
    """
    origins = origin_of or {}
    for entry in entries:
        if len(entry.members) > 1:
            yield from _of(entry.id, entry.members, party_of, origins, proposed=False)
    for left, right in _likeliest(entries):
        yield from _of(left[1].id, (left[0], right[0]), party_of, origins, proposed=True)


Asked = tuple[Claim, Entry]


def _likeliest(entries: Sequence[Entry]) -> Iterator[tuple[Asked, Asked]]:
    """The claims of each proposal that is the likeliest one for both entries; with the others it would be a list of
    guesses. One place may hold several claims: the entries tell which are meant."""
    holders: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        for judgement in entry.proposed[:1]:
            holders[id(judgement)].append(entry)
    for held in holders.values():
        if len(held) == 2:
            places = {held[0].proposed[0].left, held[0].proposed[0].right}
            first, second = (next(claim for claim in entry.members if claim.place in places) for entry in held)
            yield (first, held[0]), (second, held[1])


def _of(
    entry: str, claims: Sequence[Claim], party_of: PartyOf, origins: Mapping[str, str], *, proposed: bool
) -> Iterator[Dispute]:
    for name, read, compare in _FIELDS.get(claims[0].kind, ()):
        values = [value for claim in claims for value in read(claim, name, party_of)]
        relations = {
            compare(left, right)
            for left, right in combinations(values, 2)
            # Within a report only rival accounts of an incident are set against each other.
            if (left.claim.report.id != right.claim.report.id or claims[0].kind == "incidents")
            and not _reprinted(left, right, origins)
        }
        if relations - {"same"}:
            yield Dispute(
                entry=entry,
                about=claims[0].kind,
                field=name,
                sides=_sides(values),
                kind="dispute" if "differs" in relations else "refinement",
                proposed=proposed,
            )


def _reprinted(left: Value, right: Value, origins: Mapping[str, str]) -> bool:
    """Is it the same date in the same words of one story, counted from two days of publication?"""
    first, second = left.compared, right.compared
    return (
        isinstance(first, When)
        and isinstance(second, When)
        and first.words is not None
        and first.words == second.words
        and origins.get(left.claim.report.id, "left") == origins.get(right.claim.report.id, "right")
    )


def _sides(values: Sequence[Value]) -> tuple[Side, ...]:
    sides: dict[str, list[Claim]] = {}
    for value in values:
        sides.setdefault(value.shown, []).append(value.claim)
    return tuple(Side(shown, tuple(claims)) for shown, claims in sides.items())


# What a claim gives for a field.


def _date(claim: Claim, name: str, _party_of: PartyOf) -> Iterator[Value]:
    when = getattr(claim.finding, name)
    if isinstance(when, When):
        yield Value(claim, when.edtf, when)


def _place(claim: Claim, name: str, _party_of: PartyOf) -> Iterator[Value]:
    if place := getattr(claim.finding, name):
        yield Value(claim, place, place)


def _count(claim: Claim, name: str, _party_of: PartyOf) -> Iterator[Value]:
    count = getattr(claim.finding, name)
    if isinstance(count, Count) and (count.low is not None or count.high is not None):
        yield Value(claim, shown_range(count.low, count.high), (count.low, count.high))


def _responsible(claim: Claim, _name: str, party_of: PartyOf) -> Iterator[Value]:
    finding = claim.finding
    if isinstance(finding, Incident) and finding.status != "denied":
        parties = [party for actor in finding.actors if (party := party_of(claim.report.id, actor))]
        if parties:
            shown = ", ".join(sorted(party.name for party in parties))
            unnamed = all(party.kind == "unnamed" for party in parties)
            ids = frozenset(party.id for party in parties)
            # A commander for his movement, an army for its government: the same side, told more exactly.
            sides = ids | {party.part_of for party in parties if party.part_of}
            yield Value(claim, shown, (ids, unnamed, sides))


def _status(claim: Claim, name: str, _party_of: PartyOf) -> Iterator[Value]:
    if value := getattr(claim.finding, name):
        yield Value(claim, value, value)


def _figure(claim: Claim, _name: str, _party_of: PartyOf) -> Iterator[Value]:
    finding = claim.finding
    if isinstance(finding, Figure):
        shown = shown_range(finding.value, finding.max if finding.max is not None else finding.value)
        about = f"{bound_words(finding)} " if finding.approximate and finding.max is None else ""
        low, high = finding.value, finding.max if finding.max is not None else finding.value
        if finding.approximate and finding.value is not None:
            # "Over", "nearly" and "about" look the same here: a tenth less or anything more is no contradiction.
            low, high = finding.value * 0.9, finding.max
        yield Value(claim, f"{about}{shown}{f' {finding.unit}' if finding.unit else ''}", (low, high))


def shown_range(low: float | None, high: float | None) -> str:
    """A range as it is shown: "9", "20 to 25", "at least 27", "at most 100"."""
    if low == high:
        return f"{low:g}" if low is not None else ""
    if high is None:
        return f"at least {low:g}"
    return f"at most {high:g}" if low is None else f"{low:g} to {high:g}"


# How two values lie to each other.


def _dates(left: Value, right: Value) -> Relation:
    first, second = (value.compared for value in (left, right))
    if not isinstance(first, When) or not isinstance(second, When) or first.edtf == second.edtf:
        return "same"
    return _bounds(_limit(first, other=second), _limit(second, other=first))


def _limit(when: When, *, other: When) -> tuple[date | None, date | None]:
    """Of "by" some day, that day; of a span that is set against a limit, its end."""
    limits = when.earliest is None or (other.earliest is None and when.edtf.count("/"))
    if limits and when.latest:
        end = when.edtf.rpartition("/")[2]
        return When(end).earliest, When(end).latest
    return when.earliest, when.latest


def _bounds(left: tuple[date | None, date | None], right: tuple[date | None, date | None]) -> Relation:
    if left == right:
        return "same"
    (one, two), (three, four) = ((low or date.min, high or date.max) for low, high in (left, right))
    return "differs" if two < three or four < one else "refines"


def _places(left: Value, right: Value) -> Relation:
    relation = whereabouts.relation(str(left.compared), str(right.compared))
    if relation == "different":
        return "differs"
    return "same" if wording.fold(left.shown) == wording.fold(right.shown) or relation == "same" else "refines"


def _counts(left: Value, right: Value) -> Relation:
    first, second = left.compared, right.compared
    if not isinstance(first, tuple) or not isinstance(second, tuple) or first == second:
        return "same"
    (one, two), (three, four) = (
        (low if low is not None else float("-inf"), high if high is not None else float("inf"))
        for low, high, *_ in (first, second)
    )
    return "differs" if two < three or four < one else "refines"


def _parties(left: Value, right: Value) -> Relation:
    first, second = left.compared, right.compared
    if not isinstance(first, tuple) or not isinstance(second, tuple):
        return "same"
    if first[0] == second[0]:
        return "same"
    return "refines" if first[2] & second[2] or first[1] or second[1] else "differs"


def _statuses(left: Value, right: Value) -> Relation:
    contrary = {left.shown, right.shown} in _CONTRARY.get(left.claim.kind, ())
    if contrary and {left.shown, right.shown} == {"met", "partly_met"}:
        earlier, later = sorted((left, right), key=lambda value: value.claim.report.day or date.min)
        contrary = earlier.shown == "met" or earlier.claim.report.day == later.claim.report.day
    return "differs" if contrary else "same"


Read = Callable[[Claim, str, PartyOf], Iterator[Value]]
Compare = Callable[[Value, Value], Relation]
#: The fields of each kind on which reports can differ.
_FIELDS: Final[Mapping[Kind, tuple[tuple[str, Read, Compare], ...]]] = {
    "agreements": (("date", _date, _dates), ("place", _place, _places), ("status", _status, _statuses)),
    "commitments": (("due", _date, _dates), ("reported", _status, _statuses)),
    "talks": (("date", _date, _dates), ("place", _place, _places), ("status", _status, _statuses)),
    "incidents": (
        ("date", _date, _dates),
        ("place", _place, _places),
        ("killed", _count, _counts),
        ("injured", _count, _counts),
        ("by", _responsible, _parties),
        ("status", _status, _statuses),
    ),
    "figures": (("value", _figure, _counts),),
}
