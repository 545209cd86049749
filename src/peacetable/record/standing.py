"""Which reports no longer stand behind what they said, and why: their page has a later version, or they were withdrawn.

Nothing is deleted: what such a report said is shown as former. Whatever leads to it is told by reports or can be taken
back, so that another view (as of an earlier day, say) has them stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from peacetable.addresses import canonical_address
from peacetable.ledger import Act, Claim, Entry, Reason
from peacetable.model import Report
from peacetable.record import wording

if TYPE_CHECKING:
    from peacetable.record.snapshot import Filed

#: An outlet's notice that it takes a piece back stands in the title or in so many characters of the opening.
OPENING: Final = 400
#: One of these stands in every notice; looking for them is quicker than for its forms.
STEMS: Final = ("withdr", "retract", "kill")
#: Two passages of two versions of a page tell of one thing, if they share this part of their content words.
ALIKE: Final = 0.5


def page(report: Report) -> str:
    """What two versions of one page share: the address; "" for what has none, and for the front page of a site."""
    address = canonical_address(report.url) if report.url else ""
    return address if "/" in address else ""


def notice(report: Report) -> bool:
    """Does an outlet take a piece of its own back here?"""
    opening = _opening(report)
    plain = opening.casefold()
    return any(stem in plain for stem in STEMS) and _notice().search(opening) is not None


def fallen(filed: Sequence[Filed], acts: Sequence[Act]) -> Mapping[str, Reason]:
    """The reports that no longer stand, by id, with the reason.

    Args:
        filed: the reports, in the order of publication.
        acts: what people did and did not take back.
    """
    found: dict[str, Reason] = {}
    for versions in _pages(filed):
        latest = versions[-1]
        told = (("report", latest.id), ("by", latest.name), ("day", latest.day.isoformat() if latest.day else ""))
        for report in versions:
            if report.day and latest.day and report.day < latest.day:
                found[report.id] = Reason("replaced", told)
    for taking, report in _taken_back(filed):
        found[report.id] = Reason("taken_back", (("report", taking.id), ("by", taking.name)))
    for act in acts:
        if act.what == "withdraw":
            why = str(act.fields.get("reason", ""))
            found[act.place.report] = Reason("withdrawn", (("by", act.author), ("why", why)))
    return found


def with_former(entries: Sequence[Entry], former: Sequence[Claim], fallen: Mapping[str, Reason]) -> tuple[Entry, ...]:
    """Entries with what earlier versions of their pages said of the same thing.

    Args:
        entries: of one kind, out of claims that stand.
        former: claims of that kind that no longer stand.
        fallen: why, by report.
    """
    at: dict[str, list[tuple[Claim, int]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for claim in entry.members:
            at[claim.report.id].append((claim, number))
    added: dict[int, list[Claim]] = defaultdict(list)
    for claim in former:
        reason = fallen[claim.report.id]
        beside = at[reason.get("report")] if reason.code == "replaced" else []
        scored = [(_alike(claim, other), -number) for other, number in beside]
        score, number = max(scored, default=(0.0, 0))
        if score >= ALIKE:
            added[-number].append(claim)
    return tuple(
        replace(entry, former=tuple(added[number])) if number in added else entry
        for number, entry in enumerate(entries)
    )


def _pages(filed: Sequence[Filed]) -> Iterator[list[Report]]:
    """The reports that stand at one address, in the order of publication."""
    pages: dict[str, list[Report]] = defaultdict(list)
    for each in filed:
        if each.page and each.report.day:
            pages[each.page].append(each.report)
    yield from (versions for versions in pages.values() if len(versions) > 1)


def _taken_back(filed: Sequence[Filed]) -> Iterator[tuple[Report, Report]]:
    """A notice by which an outlet takes back a piece of its own, and that piece: an earlier version of the notice's
    page, or an earlier report of the outlet whose title the notice tells."""
    for taking in filed:
        told = wording.fold(_opening(taking.report)) if taking.notice else ""
        for each in filed if told else ():
            report, day = each.report, each.report.day
            if each.notice or not day or not taking.report.day or day > taking.report.day:
                continue
            title = wording.fold(report.title or "")
            same_source = report.source and report.source == taking.report.source
            named = same_source and len(title.split()) > 2 and title in told
            if named or (taking.page and each.page == taking.page):
                yield taking.report, report


def _opening(report: Report) -> str:
    return f"{report.title or ''}\n{report.text[:OPENING]}"


@cache
def _notice() -> re.Pattern[str]:
    """The words by which an outlet takes a piece of its own back."""
    piece = "|".join(sorted(wording.listed("pieces")))
    back = "|".join(sorted(wording.listed("takes_back")))
    return re.compile(
        rf"^\W*(?:{back})\s*[:—–-]"  # at the head of the title or the text: "RETRACTION: ..."
        rf"|\b(?:this|our)\s+(?:\w+\s+)?(?:{piece})\s+(?:on\s.{{1,80}}?\s)?(?:has\s+been|have\s+been|is|was|are|were)\s+(?:{back})\b"
        rf"|\b(?:we|{_OUTLET})\s+(?:has|have|is|are|hereby|\s)*\s*(?:{back})\s+(?:this|our|its|the)\s+(?:\w+\s+)?(?:{piece})\b"
        rf"|\b(?:{piece})\s+(?:{back})\s*$",
        re.IGNORECASE | re.MULTILINE,
    )


_OUTLET: Final = r"(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+){0,3}"


def _alike(left: Claim, right: Claim) -> float:
    first, second = (wording.content(claim.finding.evidence.quote) for claim in (left, right))
    return len(first & second) / len(first | second) if first | second else 0.0
