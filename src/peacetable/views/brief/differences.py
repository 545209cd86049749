"""The section of what changed between reports and where they disagree: changes, disputes, refinements, open joins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from peacetable.ledger import Change, Claim, Dispute, Judgement, Situation, chosen
from peacetable.model import KINDS
from peacetable.views import phrases
from peacetable.views.brief.cells import (
    Bundle,
    Cell,
    Group,
    Row,
    Section,
    Table,
    quoted,
    stated,
    who_says,
    worked_out,
)
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.pairing import partners, reasons

MOST: Final = 24
CHANGES: Final = ("What changed", "Who says so")
DISPUTES: Final = ("About", "What differs", "The values, as each report has them")
JOINS: Final = ("What may be one", "Because", "Who says so")


def differences(situation: Situation, notes: Footnotes) -> Section:
    """Where reports disagree, what later ones made more exact, what changed, and what may be one thing."""
    excluding = [dispute for dispute in situation.disputes if dispute.kind == "dispute"]
    refining = [dispute for dispute in situation.disputes if dispute.kind == "refinement"]
    joins = list(_joins(situation))
    tables = (
        _table("Where reports disagree", DISPUTES, [disputed(dispute, notes) for dispute in excluding[:MOST]]),
        _table(
            "Told more exactly by one report than by another", DISPUTES, [disputed(d, notes) for d in refining[:MOST]]
        ),
        _table("What changed from report to report", CHANGES, [_change(c, notes) for c in situation.changes[:MOST]]),
        _table("Proposed to be one, not yet decided", JOINS, [_join(*join, notes) for join in joins[:MOST]]),
    )
    since = f" Changes are those published after {phrases.day_words(situation.since)}." if situation.since else ""
    parts = (
        (excluding, "disagreement"),
        (refining, "refinement"),
        (situation.changes, "change"),
        (joins, "proposed join"),
    )
    return Section(
        id="differences",
        title="Changes and disagreements",
        tables=tuple(table for table in tables if table.groups),
        count=sum(len(part) for part, _ in parts),
        lead=f"Every value stands with its source; which of them holds is not decided here.{since}",
        empty="No disagreement and no change was found between these reports.",
        left_out=tuple(phrases.counted(len(part) - MOST, word) for part, word in parts if len(part) > MOST),
    )


def disputed(dispute: Dispute, notes: Footnotes) -> Row:
    """What reports differ on: the thing, the field, and each value with who gives it."""
    claims = [claim for side in dispute.sides for claim in side.claims]
    about = replace(quoted(notes, claims[0]), label=phrases.kind_words(dispute.about))
    word = "if the reports mean the same thing" if dispute.proposed else ""
    pick = chosen(dispute)
    sides = tuple(
        replace(
            stated(notes, side.claims, phrases.value_words(side.value)),
            gloss=_outlets(side.claims) + (f"; {phrases.choice_words(pick[1])}" if pick and pick[0] is side else ""),
        )
        for side in dispute.sides
    )
    return Row(
        (
            Cell(DISPUTES[0], (about,)),
            Cell(DISPUTES[1], (worked_out(notes, claims, phrases.said(dispute.field), gloss=word),)),
            Cell(DISPUTES[2], sides),
        )
    )


def _change(change: Change, notes: Footnotes) -> Row:
    text = phrases.sentence(change.reason)
    return Row((Cell(CHANGES[0], (worked_out(notes, change.claims, text),)), who_says(notes, change.claims)))


def _joins(situation: Situation) -> Iterator[tuple[Judgement, tuple[Claim, ...]]]:
    """Every proposed join once, with the latest claims of the two, in the order of the kinds."""
    for kind in KINDS:
        entries = situation.view.entries(kind)
        at = partners(entries)
        seen: set[frozenset[int]] = set()
        for judgement in (judgement for entry in entries for judgement in entry.proposed):
            pair = frozenset(at[place] for place in (judgement.left, judgement.right) if place in at)
            if len(pair) == 2 and pair not in seen:
                seen.add(pair)
                yield judgement, tuple(entries[number].latest for number in sorted(pair))


def _join(judgement: Judgement, claims: tuple[Claim, ...], notes: Footnotes) -> Row:
    one, other = (quoted(notes, claim) for claim in claims)
    because, against = reasons(judgement)
    why = [worked_out(notes, claims, told) for told in because]
    why += [replace(worked_out(notes, claims, told), label="against it") for told in against]
    what = (replace(one, label=phrases.kind_words(claims[0].kind)), replace(other, label="and"))
    return Row((Cell(JOINS[0], what), Cell(JOINS[1], tuple(why)), who_says(notes, claims)))


def _outlets(claims: tuple[Claim, ...]) -> str:
    return "; ".join(dict.fromkeys(phrases.source_words(claim) for claim in claims))


def _table(caption: str, heads: tuple[str, ...], rows: list[Row]) -> Table:
    return Table(caption, heads, (Group("", tuple(Bundle((row,)) for row in rows)),) if rows else ())
