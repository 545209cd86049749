"""A claim or a party as a person needs it to decide about it: what it says, who says so, and the passage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from peacetable.ledger import Claim, Party, Reason, View
from peacetable.model import Report, Span
from peacetable.views import passages, phrases
from peacetable.views.oneliners import one_line

#: So many reports are quoted for a party.
QUOTED = 2


def claim_lines(claim: Claim, view: View) -> Iterator[str]:
    """What a claim says, who says it where, and the passage in its paragraph, the evidence in brackets."""
    yield one_line(claim.finding, phrases.namer(view, claim.report.id))
    yield phrases.says_who(claim, view)
    yield quoted(claim.report, claim.finding.evidence)


def party_lines(party: Party, view: View) -> Iterator[str]:
    """Who a party is, and where reports name it."""
    over = next((each for each in view.parties() if each.id == party.part_of), None)
    known = [phrases.said(party.kind), party.country, *party.roles[:2], f"of {over.name}" if over else None]
    yield f"{party.name} ({', '.join(each for each in known if each)})"
    others = [name for name in party.names if name != party.name]
    if others:
        yield f"also called {', '.join(others)}"
    reports = {report.id: report for report in view.reports()}
    for identity in list(dict.fromkeys(report for report, _ in party.members))[:QUOTED]:
        report = reports[identity]
        where = f"{report.source or report.name}, {phrases.date_words(report.published, unknown='day unknown')}"
        span = _named(report, party)
        yield f"{where}: {quoted(report, span)}" if span else where


def quoted(report: Report, span: Span) -> str:
    """A span in its paragraph, in brackets."""
    before, within, after = passages.parts(passages.passage(report, span))
    return f"“{' '.join(f'{before}[{within}]{after}'.split())}”"


def why_lines(reasons: Sequence[Reason]) -> Iterator[str]:
    """What speaks for it, then what speaks against it."""
    for told, found in (
        ("For", [each for each in reasons if each.weight > 0]),
        ("Against", [each for each in reasons if each.weight < 0]),
        ("Besides", [each for each in reasons if not each.weight]),
    ):
        if found:
            yield f"{told}: {' '.join(phrases.sentence(each) for each in found)}"


def _named(report: Report, party: Party) -> Span | None:
    """Where a report names a party first, by the longest of its names that stands there."""
    for name in sorted(party.names, key=len, reverse=True):
        if found := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", report.text):
            return Span.of(report.text, found.start(), found.end())
    return None
