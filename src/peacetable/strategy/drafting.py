"""A first model of a conflict out of a record, every element with the passages that it rests on.

It proposes and does not decide: who the decision makers are, what each may do, what excludes what, who wants what. What
it had to leave out, to assume or could not find is told beside it, and the analyst edits the file. The same record
always gives the same draft.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.errors import PeacetableError
from peacetable.ledger import Party, Reason, View
from peacetable.strategy.conflict import Conflict, DecisionMaker, Option, Source, Statements
from peacetable.strategy.draft_options import Basis, Candidate, alike, candidates, content_words
from peacetable.strategy.draft_parties import Cast, cast
from peacetable.strategy.draft_preferences import Chosen, source_of, unmatched, wishes
from peacetable.strategy.formulas import And, Formula, Taken, to_text

MOST_OPTIONS: Final = 8
MOST_MAKERS: Final = 4
MOST_OPTIONS_EACH: Final = 3
#: A party with less than this share of the first one's points is left out.
LEAST_SHARE: Final = 0.05
#: Words in common from which an option is what another of the same party is to refrain from.
EXCLUDING: Final = 0.75
#: Passages that one element cites at most; more of them prove no more.
MOST_PASSAGES: Final = 6
#: What is done where an option is taken, before the report's words for it.
BEGINNINGS: Final[Mapping[Basis, str]] = {
    "duty": "carry out",
    "restraint": "refrain from",
    "asked": "accept",
    "offer": "do as offered",
    "own-proposal": "go on with",
    "refusal": "agree to",
    "support": "work for",
}
RESERVED: Final = frozenset({"and", "or", "not", "if", "iff", "always", "never"})


class DraftingError(PeacetableError):
    """A record does not hold what a model is made of."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed model, and what its reader must know: codes with arguments, which the views put in words."""

    conflict: Conflict
    missing: tuple[Reason, ...]


def draft(view: View, *, most_options: int = MOST_OPTIONS, title: str = "") -> Draft:
    """Propose a model.

    Args:
        view: the record.
        most_options: from 2 to 8, so that there are at most 256 states.
        title: of the model; else the names of its decision makers.

    Raises:
        DraftingError: there are not two parties that may do something.
    """
    if not 2 <= most_options <= MOST_OPTIONS:
        raise DraftingError(f"{most_options} options; a draft has from 2 to {MOST_OPTIONS}")
    known = cast(view)
    able = candidates(view, known)
    makers, left_out = _makers(known, able)
    if len(makers) < 2:
        found = makers[0].name if makers else "none"
        raise DraftingError(
            f"a conflict needs two parties that may do something, and the record has {found}: add reports that tell "
            "what parties undertook, proposed, offered or refused, or write the model by hand"
        )
    chosen, dropped = _choose(makers, able, most_options)
    built, preferenceless = _build(view, known, makers, chosen)
    infeasible = tuple(_exclusions(chosen))
    conflict = Conflict(
        title=title or " – ".join(party.name for party in makers),
        options=tuple(_option(one, chosen, makers) for one in chosen),
        decision_makers=built,
        infeasible=tuple(formula for formula, _ in infeasible),
        infeasible_sources=tuple(sources for _, sources in infeasible),
        status_quo=sum(1 << one.number for one in chosen if one.candidate.done),
    )
    missing = tuple(_missing(view, known, conflict, makers, left_out, chosen, dropped, preferenceless))
    return Draft(conflict, missing)


def _makers(known: Cast, able: dict[str, tuple[Candidate, ...]]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The decision makers, and the parties that were left out."""
    ranked = known.ranked()
    with_options = [party for party in ranked if able.get(party.id)]
    floor = known.points[with_options[0].id] * LEAST_SHARE if with_options else 0
    makers = [party for at, party in enumerate(with_options[:MOST_MAKERS]) if at < 2 or known.points[party.id] >= floor]
    return tuple(makers), tuple(party for party in ranked if party not in makers)


def _choose(
    makers: Sequence[Party], able: dict[str, tuple[Candidate, ...]], most: int
) -> tuple[tuple[Chosen, ...], int]:
    """Options in turn, so that everybody has its firmest; numbered by decision maker. And how many were left out."""
    taken: dict[str, list[Candidate]] = {party.id: [] for party in makers}
    for turn in range(MOST_OPTIONS_EACH):
        for party in makers:
            if turn < len(able[party.id]) and sum(map(len, taken.values())) < most:
                taken[party.id].append(able[party.id][turn])
    everything = sum(len(able[party.id]) for party in makers)
    flat = [(party.id, one) for party in makers for one in taken[party.id]]
    chosen = tuple(Chosen(number, owner, one) for number, (owner, one) in enumerate(flat))
    return chosen, everything - len(chosen)


def _build(
    view: View, known: Cast, makers: Sequence[Party], chosen: Sequence[Chosen]
) -> tuple[tuple[DecisionMaker, ...], tuple[Party, ...]]:
    built: list[DecisionMaker] = []
    silent = []
    for party in makers:
        found = wishes(view, known, party.id, chosen)
        if not found:
            silent.append(party)
        own = [one for one in chosen if one.owner == party.id]
        built.append(
            DecisionMaker(
                id=_slug(party.name, {maker.id for maker in built}, words=3),
                name=party.name,
                options=tuple(one.number for one in own),
                preference=Statements(
                    tuple(wish.formula for wish in found),
                    frozenset(number for number, wish in enumerate(found) if wish.uncertain),
                    tuple(wish.sources[:MOST_PASSAGES] for wish in found),
                ),
                sources=_passages(own)[:1],
            )
        )
    return tuple(built), tuple(silent)


def _option(one: Chosen, chosen: Sequence[Chosen], makers: Sequence[Party]) -> Option:
    ids: set[str] = {_slug(party.name, (), words=3) for party in makers}
    for earlier in chosen[: one.number]:
        ids.add(_slug(_short(earlier.candidate), ids))
    return Option(
        id=_slug(_short(one.candidate), ids), name=_named(one.candidate), sources=_passages([one])[:MOST_PASSAGES]
    )


def _passages(several: Sequence[Chosen]) -> tuple[Source, ...]:
    return tuple(
        dict.fromkeys(
            source_of(claim, span)
            for one in several
            for claim, span in zip(one.candidate.claims, one.candidate.spans, strict=True)
        )
    )


def _named(candidate: Candidate) -> str:
    """The option in words: what is done where it is taken, in the report's words."""
    return f"{BEGINNINGS[candidate.basis]}: {candidate.words}"


def _short(candidate: Candidate) -> str:
    """The words that an id is made of."""
    kept = candidate.basis in ("restraint", "asked", "refusal")
    return f"{BEGINNINGS[candidate.basis]} {candidate.words}" if kept else candidate.words


def _exclusions(chosen: Sequence[Chosen]) -> Iterator[tuple[Formula, tuple[Source, ...]]]:
    """A party cannot do a thing and refrain from it."""
    for one in chosen:
        for other in chosen[one.number + 1 :]:
            pair = {one.candidate.basis == "restraint", other.candidate.basis == "restraint"}
            if one.owner == other.owner and len(pair) == 2:
                shared = one.candidate.topic & other.candidate.topic
                if len(shared) > 1 and alike(one.candidate.topic, other.candidate.topic) >= EXCLUDING:
                    yield And((Taken(one.number), Taken(other.number))), _passages((one, other))[:MOST_PASSAGES]


def _missing(
    view: View,
    known: Cast,
    conflict: Conflict,
    makers: Sequence[Party],
    left_out: Sequence[Party],
    chosen: Sequence[Chosen],
    dropped: int,
    silent: Sequence[Party],
) -> Iterator[Reason]:
    """What the analyst must look at before believing what a solution says."""
    for party in silent:
        yield Reason("no-preference", (("party", party.name),))
    if left_out:
        yield Reason("parties-left-out", (("count", str(len(left_out))), ("first", left_out[0].name)))
    if dropped:
        yield Reason("options-left-out", (("count", str(dropped)),))
    for party, words in unmatched(view, known, [maker.id for maker in makers], chosen):
        yield Reason("demand-without-option", (("party", party.name), ("words", words)))
    names = {number: option.id for number, option in enumerate(conflict.options)}
    for maker in conflict.decision_makers:
        if isinstance(maker.preference, Statements):
            for number in sorted(maker.preference.uncertain):
                text = to_text(maker.preference.statements[number], names)
                yield Reason("inferred-preference", (("party", maker.name), ("statement", text)))
    if not any(one.candidate.done for one in chosen):
        yield Reason("status-quo-assumed")
    yield Reason("order-assumed")
    if not conflict.infeasible:
        yield Reason("nothing-excluded")
    yield Reason("directions-assumed")


def _slug(text: str, taken: Collection[str], *, words: int = 4) -> str:
    """An id for a formula: a few words that tell what it is about, with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    parts = [part for part in re.findall(r"[A-Za-z0-9]+", plain.lower()) if content_words(part) or part in ("us", "uk")]
    while parts and not parts[0][0].isalpha():
        parts = parts[1:]  # an id begins with a letter
    name = "-".join(parts[:words]) or "other"
    if name in RESERVED:
        name = f"to-{name}"
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{name}-{number}"
    return unique
