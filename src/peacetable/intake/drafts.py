"""From what a file holds of one report to the `Report`: its day, furniture, language, id and name."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from peacetable.addresses import canonical_address
from peacetable.intake.about import About, one_line
from peacetable.intake.dateline import Dateline, day_in_address, find_dateline
from peacetable.intake.days import month_and_day, read_day
from peacetable.intake.furniture import find_furniture
from peacetable.intake.signature import signature
from peacetable.intake.tongues import language_of
from peacetable.model import Furniture, Problem, PublishedHow, Report, Taken, When
from peacetable.settings import Settings

_UNFIT_FOR_NAMES: Final = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a file holds of one report, before anything is concluded from it.

    Attributes:
        where: the file, for messages.
        name: what to call the report.
        text: its text, to the letter.
        about: what the file tells about it.
        told_by: whether `about.published` is metadata or a header line.
        header: where the header lines end in the text.
        raw, extractor: the bytes, and what took the text out of them.
        findings: findings JSON that lay beside the report.
    """

    where: str
    name: str
    text: str = field(repr=False)
    about: About = field(default_factory=About)
    told_by: PublishedHow = "metadata"
    header: int = 0
    raw: bytes | None = field(default=None, repr=False)
    extractor: str | None = None
    findings: Mapping[str, Any] | None = field(default=None, repr=False)


def finish(draft: Draft, row: About, settings: Settings, names: set[str]) -> Iterator[Taken | Problem]:
    """The report of a draft, after what there is to say about it.

    Args:
        draft: what the file holds.
        row: what a `reports.csv` beside it tells; used where the file is silent.
        settings: limits, and what to assume.
        names: names given in this run; the new one is added.
    """
    if problem := _unfit(draft, settings):
        yield problem
        return
    about = draft.about.otherwise(row).otherwise(About(source=one_line(settings.source)))
    furniture = find_furniture(draft.text, header=draft.header)
    dateline = find_dateline(draft.text, furniture)
    published, how, notes = _published(draft, row, dateline, about.url, settings)
    yield from notes
    if dateline and not any(item.span.overlaps(dateline.span) for item in furniture):  # not a date among buttons
        furniture = tuple(sorted((*furniture, Furniture(dateline.span, "dateline")), key=lambda item: item.span))
    language = language_of(draft.text, furniture)
    report = Report(
        id=identity(draft.text, about.source, published, about.url),
        name=_unique(draft.name, names),
        text=draft.text,
        title=about.title,
        source=about.source,
        url=about.url,
        licence=about.licence,
        author=about.author,
        place=dateline.place if dateline else None,
        published=published,
        published_how=how,
        language=language,
        furniture=furniture,
        signature=signature(draft.text, furniture),
        extractor=draft.extractor,
        raw=draft.raw,
    )
    yield Taken(report, where=draft.where, findings=draft.findings)


def identity(text: str, source: str | None, published: When | None, url: str | None) -> str:
    """The id of a report: what it says, who publishes it, when and at which address; never where it lay."""
    parts = (text, source or "", published.edtf if published else "", canonical_address(url) if url else "")
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]


def analyst_report(words: str, *, by: str, on: date) -> Report:
    """What an analyst knows without a source, as a report of its own: its words are the passage, and it says so.

    Args:
        words: in the analyst's own words.
        by: the analyst.
        on: the day on which it was written down, which counts as that of publication.
    """
    source, published = f"{by} (analyst, no source)", When(on.isoformat())
    number = identity(words, source, published, None)
    return Report(
        id=number,
        name=f"analyst-{number[:6]}",
        text=words,
        source=source,
        author=by,
        published=published,
        published_how="option",
    )


def own_text(text: str, *, name: str, source: str, url: str, published: When | None) -> Report:
    """A document's own words, as a person gives them: an accord, article by article."""
    return Report(
        id=identity(text, source, published, url or None),
        name=_unique(name, set()),
        text=text,
        title=name,
        source=source,
        url=url or None,
        published=published,
        published_how="table" if published else "unknown",
    )


def _unfit(draft: Draft, settings: Settings) -> Problem | None:
    text = draft.text
    if not text.strip():
        return Problem(draft.where, "the report is empty: it has no text. Give a file with the report's words.")
    if len(text) > settings.most_characters:
        return Problem(
            draft.where,
            f"the text has {len(text):,} characters, more than the {settings.most_characters:,} that are read. "
            "Give the reports one by one.",
        )
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return Problem(
            draft.where, "the text holds characters that are no text (NUL or half a character). Write it anew."
        )
    return None


def _published(
    draft: Draft, row: About, dateline: Dateline | None, url: str | None, settings: Settings
) -> tuple[When | None, PublishedHow, list[Problem]]:
    """The day of publication by the first of: metadata or header, table, dateline, address, option."""
    notes: list[Problem] = []
    yearless: list[tuple[str, tuple[int | None, int | None]]] = []
    told: tuple[tuple[str | None, PublishedHow, str], ...] = (
        (draft.about.published, draft.told_by, "the report"),
        (row.published, "table", "reports.csv"),
    )
    for words, how, who in told:
        if words:
            if day := read_day(words):
                return When(day, words=words if words != day else None), how, notes
            if month_day := month_and_day(words):
                yearless.append((words, month_day))
            else:
                notes.append(_unreadable(draft.where, who, words))
    if dateline and dateline.day:
        return When(dateline.day, words=dateline.words), "dateline", notes
    if url and (day := day_in_address(url)):
        return When(day), "url", notes
    if dateline and dateline.words:
        yearless.append((dateline.words, (dateline.month, dateline.of_month)))
    given = settings.published
    if given and (not yearless or (given.month, given.day) == yearless[0][1]):
        return When(given.isoformat()), "option", notes
    if yearless:
        notes.append(_yearless(draft.where, yearless[0][0], settings))
    return None, "unknown", notes


def _unreadable(where: str, who: str, words: str) -> Problem:
    return Problem(
        where,
        f"{who} gives {words[:60]!r} as the day of publication, which cannot be read without guessing, so dates that "
        "count from it stay open. Write it as year-month-day: 2021-03-12.",
        "warning",
    )


def _yearless(where: str, words: str, settings: Settings) -> Problem:
    other = f" --published {settings.published} names another day." if settings.published else ""
    return Problem(
        where,
        f"the day of publication is known without its year ({words}), so dates that count from it stay open.{other} "
        "Give it with --published, a line Published: at the top, or reports.csv.",
        "note",
    )


def _unique(name: str, names: set[str]) -> str:
    """A name that no report of the run has, also where a file system takes A and a for one."""
    plain = _UNFIT_FOR_NAMES.sub("-", one_line(name, most=120) or "report").strip(" .-") or "report"
    chosen, number = plain, 1
    while chosen.casefold() in names:
        number += 1
        chosen = f"{plain}-{number}"
    names.add(chosen.casefold())
    return chosen
