"""Searching a record: which reports hold all of some words, and where.

Words are made here, in one way for both kinds of database: folded, without diacritics, and by their stems, so that
"withdraws" finds "withdrawal". A document of the index is one reading of one report: the words of its text and title
and of the names of its actors. Its number is the revision that brought it, so that the latest are found first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, select

from peacetable.ledger import Claim
from peacetable.model import Actor, Problem, Report, Span, actors_of
from peacetable.record import rows, tables, wording
from peacetable.record.databases import Database

#: A word as it stands in a text, with the marks that may follow its letters.
_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_PLAIN: Final = re.compile(r"[^\W_]+")
#: What a server can hold: so long a word, and so many bytes of different words in one document.
LONGEST: Final = 60
MOST_BYTES: Final = 900_000
#: A passage is at most so long: the words that are shown together.
PASSAGE: Final = 400
#: What readings of reports are recorded as.
READINGS: Final = ("add", "reread")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A report that holds the words.

    Attributes:
        report: the report.
        spans: the words in its text, where most of them stand together; empty where only names or the title hold them.
        claims: the claims whose passages and actors hold all of the words.
        names: the names of the report's actors by their ids.
    """

    report: Report
    spans: tuple[Span, ...] = ()
    claims: tuple[Claim, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict, hash=False)


def words(*texts: str) -> list[str]:
    """The words of texts as they are searched for, each once, in the order in which they stand."""
    found = dict.fromkeys(word for text in texts for match in _WORD.finditer(text) for word in _stems(match[0]))
    kept, size = [], 0
    for word in found:
        size += len(word.encode())
        if size > MOST_BYTES:
            break
        kept.append(word)
    return kept


def document(report: Report, actors: Sequence[Actor]) -> list[str]:
    """The words by which a reading of a report is found."""
    return words(report.text, report.title or "", *(name for actor in actors for name in _names(actor)))


def matching(wanted: Sequence[str], report: Report, claims: Sequence[Claim], actors: Mapping[str, Actor]) -> Found:
    """What of a report holds the words: where they stand together, and the claims that have all of them."""
    every = set(wanted)
    held = []
    for claim in claims:
        named = (name for _, actor in actors_of(claim.finding) if actor in actors for name in _names(actors[actor]))
        if every <= set(words(claim.finding.evidence.quote, *named)):
            held.append(claim)
    names = {actor.id: actor.name for actor in actors.values()}
    return Found(report=report, spans=_together(report.text, every), claims=tuple(held), names=names)


def newest(connection: Connection, database: Database, wanted: Sequence[str], *, at_once: int) -> Iterator[str]:
    """The reports that hold all of the words, the last recorded first, each once."""
    revisions = tables.revisions.c
    before, seen = None, set()
    while numbers := database.find(connection, wanted, before=before, most=at_once):
        before = numbers[-1]
        about = {
            row.number: row.about
            for row in connection.execute(select(tables.revisions).where(revisions.number.in_(numbers)))
        }
        for number in numbers:
            report = about.get(number)
            if report is not None and report not in seen:
                seen.add(report)
                yield report


def rebuild(connection: Connection, database: Database) -> None:
    """Make the index anew out of the reports."""
    database.empty_index(connection)
    for number, found in _documents(connection):
        database.index(connection, number, found)


def faults(connection: Connection, database: Database) -> Iterator[Problem]:
    """Whether the index is what the reports make."""
    expected: Counter[str] = Counter()
    number = 0
    for number, found in enumerate(_documents(connection), start=1):  # noqa: B007  # the last is their count
        expected.update(found[1])
    indexed = dict(database.indexed(connection))
    if indexed != expected or database.documents(connection) != number:
        differing = sum(indexed.get(word) != count for word, count in expected.items())
        yield Problem(
            f"{database.target}",
            f"the search index is not what the reports make ({differing} words differ). "
            "Make it anew: peacetable check RECORD --mend",
        )


def _documents(connection: Connection) -> Iterator[tuple[int, list[str]]]:
    """Number and words of every reading of every report."""
    revisions, actors = tables.revisions.c, tables.actors.c
    readings = select(revisions.number, tables.reports).join(tables.reports, tables.reports.c.id == revisions.about)
    found = connection.execute(
        readings.where(revisions.what.in_(READINGS)).order_by(revisions.number), execution_options={"yield_per": 10}
    )
    for row in found:
        cast = select(actors.fields).where(actors.report == row.id, actors.revision == row.number)
        yield (
            row.number,
            document(rows.report_of(row), [rows.actor_of(each.fields) for each in connection.execute(cast)]),
        )


def _names(actor: Actor) -> Iterator[str]:
    yield actor.name
    yield from actor.aliases
    yield actor.role or ""


@lru_cache(maxsize=100_000)
def _stems(word: str) -> tuple[str, ...]:
    """A word as it stands in a text -> what it is searched by; a ligature may make several."""
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark))
    return tuple(wording.stem(each[:LONGEST]) for each in _PLAIN.findall(plain.casefold()))


def _together(text: str, wanted: set[str]) -> tuple[Span, ...]:
    """The words in the passage that holds most of them, the first such passage."""
    hits = [
        (match.start(), match.end(), stems)
        for match in _WORD.finditer(text)
        if (stems := wanted & set(_stems(match[0])))
    ]
    best: tuple[int, int, int] = (0, 0, 0)
    first = 0
    counts: Counter[str] = Counter()
    for last, (_, end, stems) in enumerate(hits):
        counts.update(stems)
        while end - hits[first][0] > PASSAGE and first < last:
            counts -= Counter(hits[first][2])
            first += 1
        if len(counts) > best[0]:
            best = (len(counts), first, last + 1)
    return tuple(Span.of(text, start, end) for start, end, _ in hits[best[1] : best[2]])
