"""The section of what the brief is made of: reports, how their days are known, origins, what could not be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peacetable import pipeline
from peacetable.ledger import Situation
from peacetable.model import KINDS, Problem, Report
from peacetable.views import phrases
from peacetable.views.brief.cells import Section

#: How many reports are listed, the latest; the others are counted.
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """A report as a row: what it is, which other reports print the same story, and which version of a page it is."""

    report: Report
    published: str
    how: str
    findings: int
    reprints: tuple[str, ...]
    version: str
    language: str


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
    outlets = Counter(report.source for report in reports)
    names = {
        report.id: report.name
        if not report.source
        else report.source
        if outlets[report.source] == 1
        else f"{report.source} ({report.name})"
        for report in reports
    }
    versions = _versions(reports) | {
        report: phrases.standing_words(reason) for report, reason in view.fallen().items() if reason.code != "replaced"
    }
    same = {one: tuple(names[other] for other in group if other != one) for group in view.origins() for one in group}
    return Making(
        reports=tuple(
            Origin(
                report,
                phrases.date_words(report.published, unknown="day not known"),
                phrases.how_dated(report),
                per_report[report.id],
                same.get(report.id, ()),
                versions.get(report.id, ""),
                "" if report.language == "en" else phrases.language_words(report.language),
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


def _versions(reports: Sequence[Report]) -> dict[str, str]:
    """Of the reports that stand at one address: which replaced which, as far as their days tell."""
    pages: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.url:
            pages[pipeline.page(report.url)].append(report)
    found = {}
    for versions in pages.values():
        days = sorted({report.day for report in versions if report.day})
        for report in versions if len(versions) > 1 else ():
            if report.day and report.day < days[-1]:
                found[report.id] = f"an earlier version of the page; replaced by that of {phrases.day_words(days[-1])}"
            elif report.day and len(days) > 1:
                found[report.id] = f"a later version of the page; replaces that of {phrases.day_words(days[-2])}"
            else:
                found[report.id] = f"one of {len(versions)} versions of the page; which is the later is not told"
    return found
