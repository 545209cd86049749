"""Is it the same thing? A list of features with weights for each kind of finding, every one with its reason.

A feature compares two claims in one respect and says from -1 (speaks against) through 0 (says nothing) to 1 (speaks
for). The logistic function turns the weighted sum into a score between 0 and 1: weights are log-odds, as in the record
linkage of Fellegi and Sunter (1969). At `MADE` two claims are joined; from `PROPOSED` on a person is asked.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from peacetable.ledger import Reason
from peacetable.model import Incident, Kind
from peacetable.record import whereabouts, wording
from peacetable.record.digests import Days, Digest

#: Who judges, where a machine does; changes whenever its judgements may.
AUTHOR: Final = "peacetable matching 2"
#: Tuned with the weights by hand on five invented stories of three reports each (`benchmarks/joining.py`), helped by
#: logistic regressions that left each story out in turn. In sample every join made is right (82 of 82); with a story
#: left out, 11 of 13 agreements, 14 of 20 commitments and 26 of 28 incidents were.
MADE: Final = 0.80
PROPOSED: Final = 0.50

#: So many words that only one report in the record has, or more of commoner ones, tell all that words can tell.
ENOUGH: Final = 2.0

Found = tuple[float, str, tuple[tuple[str, str], ...]]  # how much, the reason's code, its arguments


@dataclass(frozen=True, slots=True)
class Feature:
    """One respect in which two claims are compared, and how much it counts."""

    compare: Callable[[Digest, Digest, Rarity], Found | None]
    weight: float
    against: float | None = None  # the weight where it speaks against, if another


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a word tells: words that few reports use tell more (inverse document frequency)."""

    weights: Mapping[str, float]
    usual: float

    @classmethod
    def of(cls, digests: Iterable[Digest]) -> Rarity:
        """Counted over the reports that the digests come from."""
        told: dict[str, set[str]] = {}
        for digest in digests:
            told.setdefault(digest.claim.report.id, set()).update(digest.words | digest.label)
        counts = Counter(word for words in told.values() for word in words)
        total = len(told)
        return cls({word: math.log(1 + total / count) for word, count in counts.items()}, math.log(1 + total))

    def sum(self, words: Iterable[str]) -> float:
        """How much some words tell together."""
        # An idea stands for many words: that other reports have it too does not make it tell less than a word.
        return sum(self.usual if word.startswith("=") else self.weights.get(word, self.usual) for word in words)

    def shared(self, left: frozenset[str], right: frozenset[str]) -> float:
        """The part of what the shorter tells that the longer tells too; a word or two in common tell little."""
        least, common = min(self.sum(left), self.sum(right)), self.sum(left & right)
        return common / least * min(1.0, common / (ENOUGH * self.usual)) if least else 0.0


def score(left: Digest, right: Digest, rarity: Rarity, *, least: float = 0.0) -> tuple[float, tuple[Reason, ...]]:
    """How likely two claims of one kind are the same thing, and why.

    Args:
        left: a claim.
        right: another of the same kind.
        rarity: how much each word tells in this record.
        least: for a score below this no reasons are given, to save the work.

    Returns:
        The score and the reasons, the weightiest first.
    """
    total, features = FEATURES[left.claim.kind]
    told: list[tuple[float, Found]] = []
    for feature in features:
        found = feature.compare(left, right, rarity)
        if found and found[0]:
            weight = feature.weight if found[0] > 0 or feature.against is None else feature.against
            told.append((weight * found[0], found))
            total += weight * found[0]
    likely = round(1 / (1 + math.exp(-total)), 4)
    if likely < least:
        return likely, ()
    reasons = [Reason(code, args, round(weight, 3)) for weight, (_, code, args) in told]
    return likely, tuple(sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.code)))


def readable(reasons: Iterable[Reason], left: Digest, right: Digest) -> tuple[Reason, ...]:
    """The same reasons, with the reports' own words in place of stems."""
    made = []
    for reason in reasons:
        if stems := reason.get("words"):
            texts = [digest.claim.finding.evidence.quote for digest in (left, right)]
            words = wording.spoken(" ".join(texts), stems.split()) or stems
            reason = replace(reason, args=(("words", words),))
        made.append(reason)
    return tuple(made)


def close(left: Digest, right: Digest) -> bool:
    """Are the dates near enough for one thing, as far as both have one?"""
    return not left.days or not right.days or _gap(left.days, right.days) < _TOLERANCE[left.claim.kind]


# The features.


def parties(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The same parties, as far as both name them."""
    if not left.sides.all or not right.sides.all:
        return (0.3, "parties_not_named", ()) if left.sides.some or right.sides.some else None
    common = left.sides.all & right.sides.all
    if left.sides.groups and right.sides.groups and not left.sides.groups & right.sides.groups:
        return -0.6, "other_groups", ()  # a government talks to more than one
    if not common:
        return (-0.2 if left.sides.some or right.sides.some else -1.0), "other_parties", ()
    least, most = sorted((len(left.sides.all), len(right.sides.all)))
    return len(common) / least * (0.25 + 0.75 * least / most), "same_parties", (("count", str(len(common))),)


def bearer(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The same party is bound, proposes, wants it or did it."""
    if left.sides.bearer and right.sides.bearer:
        return (1.0, "same_actor", ()) if left.sides.bearer & right.sides.bearer else (-1.0, "other_actor", ())
    return None if left.sides.some or right.sides.some else (-0.3, "actor_not_named", ())


def aimed_at(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The same party is owed it, asked for it or hit by it."""
    if left.sides.other and right.sides.other:
        return (1.0, "same_addressee", ()) if left.sides.other & right.sides.other else (-1.0, "other_addressee", ())
    return None


def time(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The dates meet: the narrower the dates, the more it tells. A date that was only guessed tells half."""
    if left.days is None or right.days is None:
        return None
    told = (("left", _shown(left.days)), ("right", _shown(right.days)))
    share = 0.5 if left.guessed or right.guessed else 1.0
    gap = _gap(left.days, right.days)
    if gap:
        if left.claim.kind == "talks" and _MOVED & {left.status, right.status}:
            share *= 0.5  # the date of talks that were put off is another one, for the same talks
        code = "near_time" if gap < _TOLERANCE[left.claim.kind] else "other_time"
        return -share * min(1.0, 0.2 + gap / _TOLERANCE[left.claim.kind]), code, told
    wide = max(_width(left.days), _width(right.days))
    value = next(value for days, value in _TELLING if wide <= days)
    return share * value, "same_time", told


def place(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The same place, or one within the other."""
    told = (("left", left.place or ""), ("right", right.place or ""))
    match whereabouts.relation(left.place, right.place):
        case "same":
            whole = left.place and whereabouts.spot(left.place).whole  # a country is where everything happens
            return 0.3 if whole else 1.0, "same_place", told
        case "within":
            return 0.4, "place_within", told
        case "different":
            return -1.0, "other_place", told
    return None


def sort(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The same kind of agreement, talks, incident; the same modality or stance."""
    told = (("left", left.sort), ("right", right.sort))
    if left.sort == right.sort:
        return 1.0, "same_sort", told
    family = _FAMILIES.get(left.claim.kind, ())
    if any(left.sort in sorts and right.sort in sorts for sorts in family):
        return None
    return -1.0, "other_sort", told


def words(left: Digest, right: Digest, rarity: Rarity) -> Found | None:
    """The same words, rare ones above all."""
    if not left.words or not right.words:
        return None
    common = left.words & right.words
    if not common:
        return -0.3, "other_words", ()
    return rarity.shared(left.words, right.words), "same_words", (("words", " ".join(sorted(common))),)


def label(left: Digest, right: Digest, rarity: Rarity) -> Found | None:
    """A name in common. Two names say little: one accord goes by several."""
    common = left.label & right.label
    return (
        (rarity.shared(left.label, right.label), "same_label", (("words", " ".join(sorted(common))),))
        if common
        else None
    )


def figures(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """A number in common, years left out."""
    if not left.numbers or not right.numbers:
        return None
    common = left.numbers & right.numbers
    return (1.0, "same_numbers", (("numbers", " ".join(sorted(common))),)) if common else (-1.0, "other_numbers", ())


def under(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """Both stand under one agreement."""
    if not left.under or not right.under:
        return None
    if left.under == right.under:
        return 1.0, "same_agreement", ()
    return (0.5, "maybe_same_agreement", ()) if right.under in left.near else (-1.0, "other_agreement", ())


def passage(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The passages are the same to the word, as in a reprint."""
    dated = left.days and right.days and _gap(left.days, right.days)
    if left.passage == right.passage and left.passage.count(" ") > 3 and not dated:
        return 1.0, "same_passage", ()
    return None


def stage(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """Both are only expected; or one is and the other happens, and no dates tie them together."""
    first, second = (digest.status in ("expected", "threatened") for digest in (left, right))
    told = (("left", left.status), ("right", right.status))
    if first and second:
        return 1.0, "both_expected", told
    return (-1.0, "other_stage", told) if first != second and not (left.days and right.days) else None


def published(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The reports are far apart in time, where the claims have no dates that could tell more."""
    if left.days and right.days and not (left.guessed or right.guessed):
        return None
    first, second = left.claim.report.published, right.claim.report.published
    if not first or not second:
        return None
    apart = _gap((first.earliest, first.latest), (second.earliest, second.latest))
    told = (("left", first.edtf), ("right", second.edtf))
    return (-min(1.0, apart / _LONG), "long_between", told) if apart > _LONG / 8 else None


def toll(left: Digest, right: Digest, _rarity: Rarity) -> Found | None:
    """The same number of killed or injured. Other numbers are a dispute, and no sign of another incident."""
    first, second = left.claim.finding, right.claim.finding
    if isinstance(first, Incident) and isinstance(second, Incident):
        for name in ("killed", "injured"):
            count = getattr(first, name)
            if count and count == getattr(second, name) and count.low:
                return 1.0, "same_toll", (("killed" if name == "killed" else "injured", str(count.low)),)
    return None


#: For each kind: what speaks for a pair before anything is compared, and the features.
FEATURES: Final[Mapping[Kind, tuple[float, tuple[Feature, ...]]]] = {
    "agreements": (
        -3.6,
        (
            Feature(parties, 1.9, against=4.0),
            Feature(time, 1.8, against=2.6),
            Feature(place, 1.0, against=0.2),
            Feature(sort, 2.6, against=1.6),
            Feature(label, 2.2),
            Feature(words, 1.2),
            Feature(published, 2.0),
            Feature(passage, 3.0),
        ),
    ),
    "commitments": (
        -2.4,
        (
            Feature(bearer, 0.4, against=6.0),
            Feature(aimed_at, 0.2, against=1.4),
            Feature(time, 2.3, against=0.3),
            Feature(words, 4.2),
            Feature(figures, 0.5, against=0.1),
            Feature(under, 1.3, against=0.6),
            Feature(sort, 0.3, against=0.3),
            Feature(published, 3.0),
            Feature(passage, 3.0),
        ),
    ),
    "talks": (
        -3.4,
        (
            Feature(parties, 3.0, against=4.0),
            Feature(time, 3.1, against=2.6),
            Feature(place, 2.1, against=3.2),
            Feature(sort, 0.8, against=0.5),
            Feature(words, 1.0),
            Feature(published, 3.0),
            Feature(passage, 3.0),
        ),
    ),
    "incidents": (
        -4.8,
        (
            Feature(sort, 2.7, against=2.7),
            Feature(time, 3.1, against=2.8),
            Feature(place, 2.2, against=1.6),
            Feature(bearer, 1.7, against=0.8),
            Feature(aimed_at, 1.3, against=1.6),
            Feature(words, 2.0),
            Feature(stage, 0.8, against=1.5),
            Feature(toll, 1.0),
            Feature(published, 3.0),
            Feature(passage, 3.0),
        ),
    ),
    "proposals": (
        -4.0,
        (
            Feature(bearer, 1.5, against=3.0),
            Feature(aimed_at, 0.7, against=1.0),
            Feature(words, 4.0),
            Feature(figures, 1.0, against=2.6),
            Feature(published, 3.0),
            Feature(passage, 3.0),
        ),
    ),
    "positions": (
        -3.5,
        (
            Feature(bearer, 1.8, against=6.0),
            Feature(sort, 1.3, against=6.0),
            Feature(words, 4.6),
            Feature(published, 2.0),
            Feature(passage, 3.0),
        ),
    ),
    "figures": (
        -5.0,
        (
            Feature(sort, 1.5, against=6.0),
            Feature(time, 1.5, against=3.0),
            Feature(words, 4.0),
            Feature(published, 3.0),
            Feature(passage, 3.0),
        ),
    ),
}
_VIOLENCE: Final = frozenset(
    {
        "attack", "armed_clash", "offensive", "bombing", "air_strike", "shelling", "killing", "ceasefire_violation",
        "other",
    }
)  # fmt: skip
#: Sorts that reports use for one and the same thing.
_FAMILIES: Final[Mapping[str, tuple[frozenset[str], ...]]] = {
    "incidents": (
        _VIOLENCE,
        frozenset({"seizure_of_territory", "offensive", "other"}),
        frozenset({"abduction", "arrest", "other"}),
        frozenset({"withdrawal", "release", "displacement", "protest", "aircraft_shot_down", "other"}),
    ),
    "agreements": (
        frozenset({"framework", "comprehensive", "implementation", "statement", "other", "power_sharing"}),
        frozenset({"ceasefire", "humanitarian", "other", "framework"}),
        frozenset({"withdrawal", "framework", "comprehensive", "other"}),
        frozenset({"prisoner_exchange", "humanitarian", "framework", "other"}),
    ),
    "talks": (frozenset({"negotiation", "meeting", "conference", "mediation", "contact"}),),
}  # fmt: skip
#: Reports this many days apart hardly tell the same thing without a date.
_LONG: Final = 730
#: What talks are said to be whose date may be another in the next report.
_MOVED: Final = frozenset({"planned", "proposed", "suspended", "cancelled"})
#: Dates further apart than this many days are of different things; a date may move by less.
_TOLERANCE: Final[Mapping[str, int]] = {
    "agreements": 30, "commitments": 60, "talks": 45, "incidents": 5, "figures": 10,
}  # fmt: skip
#: How much it tells that dates meet, by the days that the wider of them spans.
_TELLING: Final = ((1, 1.0), (7, 0.8), (31, 0.6), (100, 0.45), (366, 0.3), (math.inf, 0.05))


def _gap(left: Days, right: Days) -> int:
    """The days between two dates; 0 where they meet."""
    first, second = sorted((left, right), key=lambda days: days[0] or date.min)
    if first[1] is None or second[0] is None:
        return 0
    return max(0, (second[0] - first[1]).days)


def _width(days: Days) -> float:
    return (days[1] - days[0]).days + 1 if days[0] and days[1] else math.inf


def _shown(days: Days) -> str:
    first, last = days
    if first == last and first:
        return first.isoformat()
    return f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}"
