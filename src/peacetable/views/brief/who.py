"""The section of the parties: what reports call them, and who speaks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from peacetable.ledger import Claim, Party, Situation
from peacetable.model import ActorKind, Report, actors_of
from peacetable.views import phrases
from peacetable.views.brief.cells import Cell, Row, Section, Table, Value, stated
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.pairing import Item, arranged

MOST: Final = 24
NAMES: Final = 4
SPEAKERS: Final = 6
HEADS: Final = ("Party", "Also called", "Who speaks or acts for it", "In")
#: Whoever can hold a position or be bound; the others are listed through what they say.
BODIES: Final[frozenset[ActorKind]] = frozenset(
    {"state", "government", "armed_group", "political_group", "organisation", "forces"}
)


def who(situation: Situation, notes: Footnotes) -> Section:
    """Parties, those of which most is told first; then persons who speak for nobody that is named."""
    told = _told(situation)
    parties = sorted(situation.view.parties(), key=lambda party: (-len(told[party.id]), party.name))
    members: dict[str, list[Party]] = {}
    for party in parties:
        if party.part_of:
            members.setdefault(party.part_of, []).append(party)
    reports = {report.id: report for report in situation.view.reports()}
    bodies = [party for party in parties if told[party.id] and (party.kind in BODIES or party.id in members)]
    alone = [party for party in parties if told[party.id] and party.kind == "person" and not party.part_of]
    speakers = {party.id for body in bodies for party in members.get(body.id, ())}
    listed = [party for party in bodies if party.id not in speakers or party.id in members] + alone
    items = [Item(partial(_row, party, members.get(party.id, []), told, reports, notes)) for party in listed]
    groups, left = arranged(items, most=MOST)
    others = len(parties) - len({party.id for party in listed} | speakers)
    return Section(
        id="who",
        title="Parties and who speaks for them",
        tables=(Table("Parties", HEADS, groups),) if groups else (),
        count=len(listed),
        lead="Under the name that most outlets use; other names are given as the reports have them.",
        empty="No party was found in these reports.",
        left_out=tuple(
            text
            for number, text in (
                (left, phrases.counted(left, "party of which less is told", "parties of which less is told")),
                (others, phrases.counted(others, "unnamed source or outlet", "unnamed sources and outlets")),
            )
            if number
        ),
    )


def _told(situation: Situation) -> Mapping[str, list[Claim]]:
    """Which claims name which party; a party's own words first."""
    view = situation.view
    ids = {member: party.id for party in view.parties() for member in party.members}
    told: dict[str, list[Claim]] = {party.id: [] for party in view.parties()}
    for claim in view.claims():
        for party in dict.fromkeys(ids.get((claim.report.id, actor)) for _, actor in actors_of(claim.finding)):
            if party:
                told[party].append(claim)
    return told


def _row(
    party: Party,
    speakers: list[Party],
    told: Mapping[str, list[Claim]],
    reports: Mapping[str, Report],
    notes: Footnotes,
) -> Row:
    claims = told[party.id]
    role = party.roles[0] if party.kind == "person" and party.roles else phrases.said(party.kind)
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.report.source or claim.report.name, claim)
    return Row(
        (
            Cell(HEADS[0], (replace(stated(notes, claims[:1], party.name), gloss=role),)),
            Cell(HEADS[1], tuple(_other_names(party, reports, notes))),
            Cell(HEADS[2], tuple(_speakers(speakers, told, notes))),
            Cell(HEADS[3], tuple(stated(notes, [claim], outlet) for outlet, claim in first.items())),
        )
    )


def _other_names(party: Party, reports: Mapping[str, Report], notes: Footnotes) -> Iterator[Value]:
    """Other names, each with the first place where a report has it; longer forms of one shown already are left out."""
    shown = [party.name.casefold()]
    for name in party.names:
        if len(shown) > NAMES:
            return
        if any(name.casefold() in known for known in shown):
            continue
        for report in dict.fromkeys(report for report, _ in party.members):
            if report in reports and (number := notes.mention(reports[report], name)):
                shown.append(name.casefold())
                yield Value(text=name, notes=(number,))
                break


def _speakers(speakers: list[Party], told: Mapping[str, list[Claim]], notes: Footnotes) -> Iterator[Value]:
    for speaker in [party for party in speakers if told[party.id]][:SPEAKERS]:
        claims = told[speaker.id]
        own = [claim for claim in claims if claim.kind == "statements"] or claims
        yield replace(stated(notes, own[:1], speaker.name), gloss=speaker.roles[0] if speaker.roles else "")
