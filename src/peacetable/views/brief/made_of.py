"""The section of what the brief is made of: reports, how their days are known, origins, what could not be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from peacetable.ledger import Situation
from peacetable.model import KINDS, Problem, Report
from peacetable.views import phrases
from peacetable.views.brief.cells import Section

#: How many reports are listed, the latest; the others are counted.
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """A report as a row: what it is, and which other reports print the same story."""

    report: Report
    published: str
    how: str
    findings: int
    reprints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What the brief is made of.

    Attributes:
        origins: how many independent origins the reports have.
        left_out: section by section, what the page does not show.
        found: how many findings of which kind there are.
    """

    reports: tuple[Origin, ...]
    count: int
    origins: int
    problems: tuple[Problem, ...]
    engines: tuple[str, ...]
    found: tuple[str, ...]
    left_out: tuple[tuple[str, tuple[str, ...]], ...]


def made_of(situation: Situation, sections: tuple[Section, ...]) -> Making:
    """What the brief is made of, and what its sections leave out."""
    view = situation.view
    claims = view.claims()
    per_report = Counter(claim.report.id for claim in claims)
    per_kind = Counter(claim.kind for claim in claims)
    reports = view.reports()
    names = {report.id: report.source or report.name for report in reports}
    same = {one: tuple(names[other] for other in group if other != one) for group in view.origins() for one in group}
    return Making(
        reports=tuple(
            Origin(
                report,
                phrases.date_words(report.published, unknown="day not known"),
                phrases.how_dated(report),
                per_report[report.id],
                same.get(report.id, ()),
            )
            for report in reports[-MOST:]
        ),
        count=len(reports),
        origins=len(view.origins()),
        problems=tuple(view.problems()),
        engines=tuple(sorted({claim.finding.by for claim in claims if claim.finding.by})),
        found=tuple(
            f"{per_kind[kind]:,} {phrases.kind_words(kind, per_kind[kind])}" for kind in KINDS if per_kind[kind]
        ),
        left_out=tuple((section.title, section.left_out) for section in sections if section.left_out),
    )
