"""What later reports add to earlier ones, change in them or contradict.

Reports published up to a day are "before", those after it "after"; a report of unknown day counts as before, so that it
is never announced as news. Every change is a reason with its arguments and the claims that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from peacetable.ledger import Change, Claim, Entry, Place, Reason, View
from peacetable.model import Agreement, Commitment, Incident, Kind, Proposal, Talks
from peacetable.situation import narrowing, standpoints, timeline
from peacetable.situation.disputes import disputes

#: Kinds of which a new thing is news. Statements, figures and expectations are new in every report.
NEWS: Final[tuple[Kind, ...]] = ("agreements", "commitments", "proposals", "talks", "incidents")


def changes(view: View, *, since: date | None = None) -> tuple[Change, ...]:
    """What changed after a day.

    Args:
        view: what the record shows.
        since: the day; None: the first day of publication.

    Returns:
        Contradictions first, then later stages, fulfilment, dates, stances, and at last what is new.
    """
    since = since or narrowing.earliest(report.day for report in view.reports())
    if since is None:
        return ()
    entries = [entry for kind in NEWS for entry in view.entries(kind)]
    fresh = {report.id for report in view.reports() if report.day and report.day > since}
    found = [*_contradictions(view, fresh)]
    for entry in entries:
        before, after = _split((*entry.former, *entry.members), fresh)
        if before and after:
            found += _moved_on(before, after, maybe=False)
    found += _turned(view, fresh)
    earlier = {entry.id: other for entry, other in _linked(entries, fresh)}
    for entry in entries:
        if any(claim.report.id not in fresh for claim in (*entry.former, *entry.members)):
            continue
        other = earlier.get(entry.id)
        news = [*_moved_on(other.members, entry.members, maybe=True)] if other else []
        found += news or [_change("maybe_new" if other else "new", entry.members, kind=entry.kind)]
    return tuple(sorted(found, key=lambda change: ORDER.index(change.reason.code)))


ORDER: Final = (
    "contradiction", "stage", "maybe_stage", "fulfilment", "date_moved", "date_refined", "stance", "new", "maybe_new",
)  # fmt: skip


#: Stages that follow each other; a later report that tells an earlier one looks back, and nothing changed. Any other
#: stage (stalled, extended, collapsed) may come at any time.
COURSE: Final = (
    "proposed", "planned", "under_way", "held",
    "drafted", "agreed", "signed", "in_force",
    "threatened", "expected", "alleged", "ongoing", "occurred",
)  # fmt: skip


def what(claim: Claim) -> str:
    """What a claim is about, in the report's words where it has a name for it, on one line."""
    finding = claim.finding
    if isinstance(finding, Agreement):
        words = finding.name.quote
    elif isinstance(finding, Commitment):
        words = finding.action.quote
    elif isinstance(finding, Proposal):
        words = finding.content.quote
    else:
        words = finding.evidence.quote
    return " ".join(words.split())


def _contradictions(view: View, fresh: set[str]) -> Iterator[Change]:
    """Disputes that stand only since the later reports."""
    for dispute in disputes(view):
        old = [side for side in dispute.sides if any(claim.report.id not in fresh for claim in side.claims)]
        claims = [claim for side in dispute.sides for claim in side.claims]
        if dispute.kind == "dispute" and len(old) < 2 and any(claim.report.id in fresh for claim in claims):
            values = tuple(side.value for side in dispute.sides)
            yield _change("contradiction", claims, field=dispute.field, values=" / ".join(values))


def _moved_on(before: Sequence[Claim], after: Sequence[Claim], *, maybe: bool) -> Iterator[Change]:
    """The later stage, the fulfilment and the date that later reports give to a thing."""
    both, last, first = (*before, *after), after[-1], before[-1]
    old, new = _stage(first), _stage(last)
    if old and new and _further(old, new):
        code = "fulfilment" if last.kind == "commitments" else "maybe_stage" if maybe else "stage"
        if not (maybe and code == "fulfilment"):
            yield _change(code, both, kind=last.kind, before=old, after=new)
    if maybe:
        return
    dates = [when for claim in before if (when := timeline.date_of(claim))]
    later = [when for claim in after if (when := timeline.date_of(claim))]
    place, newest = narrowing.chosen(dates), narrowing.chosen(later)
    if place is None or newest is None:
        return
    was, now = dates[place], later[newest]
    if not narrowing.meet(was, now):
        yield _change("date_moved", both, before=was.edtf, after=now.edtf)
    elif narrowing.refines(now, was):
        yield _change("date_refined", both, before=was.edtf, after=now.edtf)


def _turned(view: View, fresh: set[str]) -> Iterator[Change]:
    """Parties whose stance on an issue is another one than before."""
    for standpoint in standpoints.standpoints(view):
        earlier = [claim for claim in standpoint.earlier if claim.report.id not in fresh]
        if standpoint.claim.report.id not in fresh or not earlier:
            continue
        was = standpoints.position(earlier[-1]).stance
        if all(standpoints.position(claim).stance != standpoint.stance for claim in earlier):
            who = standpoint.party.name if standpoint.party else ""
            given = (("who", who), ("before", was), ("after", standpoint.stance), ("what", standpoint.issue))
            yield Change(reason=Reason("stance", given), claims=(earlier[-1], standpoint.claim))


def _linked(entries: Iterable[Entry], fresh: set[str]) -> Iterator[tuple[Entry, Entry]]:
    """New things with the earlier one that each is likeliest to be the same as."""
    entries = tuple(entries)
    where: dict[Place, Entry] = {claim.place: entry for entry in entries for claim in entry.members}
    for entry in entries:
        if any(claim.report.id not in fresh for claim in (*entry.former, *entry.members)):
            continue
        for link in entry.proposed:
            ends = [where.get(place) for place in (link.left, link.right)]
            other = next((end for end in ends if end and end.id != entry.id), None)
            if other and any(claim.report.id not in fresh for claim in other.members):
                yield entry, other
                break


def _further(old: str, new: str) -> bool:
    """Is the second stage another one than the first, and none that comes before it?"""
    if old in COURSE and new in COURSE:
        return COURSE.index(new) > COURSE.index(old)
    return old != new


def _stage(claim: Claim) -> str | None:
    finding = claim.finding
    if isinstance(finding, Agreement | Talks | Incident):
        return finding.status
    return finding.reported if isinstance(finding, Commitment) else None


def _split(members: Sequence[Claim], fresh: set[str]) -> tuple[list[Claim], list[Claim]]:
    before = [claim for claim in members if claim.report.id not in fresh]
    return before, [claim for claim in members if claim.report.id in fresh]


def _change(code: str, claims: Sequence[Claim], **args: str) -> Change:
    given = (*args.items(), ("what", what(claims[-1])))
    return Change(reason=Reason(code, given), claims=tuple(claims))
