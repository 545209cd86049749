"""The nouns of the ledger as tables that a person can read: one function a table, each row with its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from peacetable.ledger import (
    Change,
    Claim,
    Dispute,
    Doing,
    Duty,
    Entry,
    Issue,
    Measured,
    Moment,
    Party,
    Place,
    Standpoint,
    View,
    chosen,
)
from peacetable.model import Commitment, Report
from peacetable.views import oneliners, phrases
from peacetable.views.doings import doing_lines

if TYPE_CHECKING:
    from rich.table import Table

#: What stands in a cell that has nothing to say.
EMPTY = "–"
#: So much of an id is shown: enough to name a thing in a record of some thousands.
SHORT = 6


def duty_grid(duties: Sequence[Duty], view: View, *, title: str) -> Table:
    """Commitments with their status on the day."""
    grid = _grid(title, ("Id", SHORT), ("Due", 12), ("Who", 12), ("What", 40), ("Status", 14), ("Says who", 22))
    by_place = {claim.place: duty for duty in duties for claim in duty.entry.members}
    for duty in duties:
        finding = duty.claim.finding
        if not isinstance(finding, Commitment):
            continue
        to = f" (to {duty.to.name})" if duty.to else ""
        condition = f", condition: {oneliners.quoted(finding.condition)}" if finding.condition else ""
        under = f", under {oneliners.quoted(oneliners.subject(duty.under.finding))}" if duty.under else ""
        _add(
            grid,
            duty.entry.id[:SHORT],
            _dues(duty),
            duty.actor.name if duty.actor else EMPTY,
            f"{oneliners.obligation(finding)}{to}{condition}{under}{_maybe_same(duty, by_place)}",
            phrases.headline_words(duty),
            _sources(duty.entry.members, view, duty.entry.former),
        )
    return grid


def standpoint_grid(standpoints: Iterable[Standpoint], view: View, *, title: str) -> Table:
    """Who stands where on what, and where they stood before."""
    grid = _grid(title, ("Party", 14), ("Stance", 10), ("Issue", 40), ("Before", 14), ("Says who", 22))
    for standpoint in standpoints:
        before = [getattr(claim.finding, "stance", "") for claim in standpoint.earlier]
        _add(
            grid,
            standpoint.party.name if standpoint.party else EMPTY,
            phrases.stance_words(standpoint.stance),
            " ".join(standpoint.issue.split()),
            ", ".join(dict.fromkeys(phrases.stance_words(stance) for stance in before)) or EMPTY,
            _sources((standpoint.claim,), view),
        )
    return grid


def moment_grid(moments: Iterable[Moment], view: View, *, title: str) -> Table:
    """The timeline."""
    grid = _grid(title, ("When", 16), ("Kind", 10), ("What", 52), ("Says who", 22))
    for moment in moments:
        members = moment.entry.members if moment.entry else (moment.claim,)
        _add(
            grid,
            phrases.date_words(moment.when),
            phrases.kind_words(moment.kind),
            oneliners.one_line(moment.claim.finding, phrases.namer(view, moment.claim.report.id)),
            _sources(members, view),
        )
    return grid


def entry_grid(entries: Iterable[Entry], view: View, *, title: str) -> Table:
    """Things of one kind, each once, as the latest report tells it."""
    grid = _grid(title, ("Id", SHORT), ("What", 60), ("Maybe the same as", 18), ("Says who", 22))
    for entry in entries:
        latest = entry.latest
        _add(
            grid,
            entry.id[:SHORT],
            oneliners.one_line(latest.finding, phrases.namer(view, latest.report.id)),
            phrases.counted(len(entry.proposed), "other") if entry.proposed else EMPTY,
            _sources(entry.members, view, entry.former),
        )
    return grid


def dispute_grid(disputes: Iterable[Dispute], view: View, *, title: str) -> Table:
    """What reports differ on; every value stands."""
    grid = _grid(title, ("Id", SHORT), ("About", 34), ("Field", 10), ("Value", 24), ("Says who", 30))
    for dispute in disputes:
        first = dispute.sides[0].claims[0] if dispute.sides and dispute.sides[0].claims else None
        about = oneliners.one_line(first.finding, phrases.namer(view, first.report.id)) if first else dispute.entry
        note = " (a refinement)" if dispute.kind == "refinement" else ""
        maybe = " (if it is one thing)" if dispute.proposed else ""
        pick = chosen(dispute)
        for number, side in enumerate(dispute.sides):
            picked = f"\n{phrases.choice_words(pick[1])}" if pick and pick[0] is side else ""
            _add(
                grid,
                dispute.entry[:SHORT] if number == 0 else "",
                f"{about}{maybe}" if number == 0 else "",
                f"{phrases.said(dispute.field)}{note}" if number == 0 else "",
                f"{phrases.value_words(side.value)}{picked}",
                _sources(side.claims, view),
                end_section=number == len(dispute.sides) - 1,
            )
    return grid


def change_grid(changes: Iterable[Change], view: View, *, title: str) -> Table:
    """What later reports changed."""
    grid = _grid(title, ("Change", 70), ("Says who", 30))
    for change in changes:
        _add(grid, phrases.sentence(change.reason), _sources(change.claims, view))
    return grid


def party_grid(parties: Sequence[Party], view: View, *, title: str) -> Table:
    """Who is who."""
    who = (("Id", SHORT), ("Name", 18), ("Kind", 10), ("Speaks or acts for", 16), ("Roles", 18))
    grid = _grid(title, *who, ("Also called", 26), ("Reports", 4))
    by_id = {party.id: party for party in view.parties()}
    for party in parties:
        over = by_id.get(party.part_of) if party.part_of else None
        _add(
            grid,
            party.id[:SHORT],
            party.name,
            phrases.said(party.kind),
            over.name if over else EMPTY,
            ", ".join(party.roles) or EMPTY,
            ", ".join(name for name in party.names if name != party.name) or EMPTY,
            str(len({report for report, _ in party.members})),
        )
    return grid


def issue_grid(issues: Iterable[Issue], view: View, *, title: str) -> Table:
    """What parties negotiate about, with what falls under each issue."""
    grid = _grid(title, ("Issue", 18), ("Id", SHORT), ("Kind", 10), ("What", 56), ("Says who", 22))
    for issue in issues:
        for number, entry in enumerate(issue.entries):
            latest = entry.latest
            _add(
                grid,
                (issue.name or "(no issue)") if number == 0 else "",
                entry.id[:SHORT],
                phrases.kind_words(entry.kind),
                oneliners.one_line(latest.finding, phrases.namer(view, latest.report.id)),
                _sources(entry.members, view, entry.former),
                end_section=number == len(issue.entries) - 1,
            )
    return grid


def doing_grid(doings: Iterable[Doing], reports: dict[str, Report]) -> Table:
    """What people did."""
    grid = _grid("What people did", ("No.", 4), ("When", 18), ("Who", 12), ("What", 70))
    for doing in doings:
        back = f"\n(taken back: {doing.undone})" if doing.undone else ""
        lines = "\n".join(doing_lines(doing, reports))
        _add(grid, str(doing.revision), doing.time.replace("T", " ")[:16], doing.author, f"{lines}{back}")
    return grid


def measured_grid(measured: Iterable[Measured]) -> Table:
    """How the engines did on what people reviewed."""
    counts = (("Accepted", 8), ("Corrected", 9), ("Refused", 8), ("Added", 6), ("Precision", 9))
    grid = _grid("What people reviewed", ("Kind", 16), ("Engine", 14), *counts, ("What was corrected", 30))
    for each in measured:
        precision = each.precision
        _add(
            grid,
            phrases.kind_words(each.kind, 2),
            each.engine or EMPTY,
            *(str(count) for count in (each.accepted, each.corrected, each.refused, each.added)),
            f"{precision:.2f}" if precision is not None else EMPTY,
            ", ".join(f"{name} ({count})" for name, count in each.fields) or EMPTY,
        )
    return grid


def _grid(title: str, *columns: tuple[str, int]) -> Table:
    from rich import box
    from rich.table import Table

    grid = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, show_lines=False, pad_edge=False)
    for header, ratio in columns:
        grid.add_column(header, ratio=ratio, overflow="fold", vertical="top")
    return grid


def _add(grid: Table, *cells: str, end_section: bool = False) -> None:
    grid.add_row(*(phrases.printable(cell) for cell in cells), end_section=end_section)


def _maybe_same(duty: Duty, by_place: Mapping[Place, Duty]) -> str:
    """The other rows that a proposed join says may be this one."""
    others: dict[str, None] = {}
    for link in duty.entry.proposed:
        for place in (link.left, link.right):
            other = by_place.get(place)
            if other and other.entry.id != duty.entry.id:
                words = oneliners.quoted(oneliners.subject(other.claim.finding))
                others[f"{words} ({phrases.date_words(other.due, unknown='no date')})"] = None
    return f"\nMaybe the same as {phrases.joined(others, last='or')}" if others else ""


def _dues(duty: Duty) -> str:
    """The date gone by, then what other reports say instead."""
    if not duty.due:
        return EMPTY
    others = dict.fromkeys(phrases.date_words(when) for when, _ in duty.dues)
    first = phrases.date_words(duty.due)
    others.pop(first, None)
    return first + (f" (also told: {', '.join(others)})" if others else "")


def _sources(claims: Sequence[Claim], view: View, former: Sequence[Claim] = ()) -> str:
    """Who says it and in which report, once each, the latest first; more than three are counted. Then who said it in a
    version of a page that was replaced."""
    lines = list(dict.fromkeys(phrases.says_who(claim, view) for claim in reversed(claims)))
    shown = "\n".join(lines[:3]) + (f"\nand {len(lines) - 3} more" if len(lines) > 3 else "")
    fallen = view.fallen() if former else {}
    replaced = dict.fromkeys(
        f"\nformerly {phrases.source_words(claim)} ({phrases.standing_words(fallen[claim.report.id])})"
        for claim in former
    )
    return shown + "".join(replaced)
