"""Nouns to rows and back: what `store` writes, and what it reads."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, func, select, update

from peacetable import scheme
from peacetable.errors import RecordDamagedError
from peacetable.ledger import Judgement, Place, Reason
from peacetable.model import KINDS, Actor, Furniture, Kind, Problem, Reading, Report, Span, When
from peacetable.record import snapshot, standing, tables
from peacetable.record.claim_ids import canonical, claim_id

_SAME_NAMES = (
    "id", "name", "text", "title", "source", "url", "licence", "author", "place", "published_how", "language",
    "extractor",
)  # fmt: skip


def of_report(reading: Reading, revision: int) -> dict[str, Any]:
    """A report as a row of `reports`."""
    report = reading.report
    row = {name: getattr(report, name) for name in _SAME_NAMES}
    when = report.published
    return row | {
        "published": canonical([when.edtf, when.words, when.rule, when.anchor]) if when else None,
        "furniture": canonical([[run.span.start, run.span.end, run.kind] for run in report.furniture]),
        "signature": canonical(report.signature),
        "engine": reading.engine,
        "revision": revision,
    }


def of_actors(reading: Reading, revision: int) -> list[dict[str, Any]]:
    """A reading's actors as rows of `actors`."""
    return [
        {
            "report": reading.report.id,
            "revision": revision,
            "id": actor.id,
            "number": number,
            "fields": canonical(scheme.actor_to_json(actor)),
        }
        for number, actor in enumerate(reading.actors)
    ]


def of_claims(reading: Reading, revision: int) -> list[dict[str, Any]]:
    """A reading's findings as rows of `claims`, each with its id."""
    made = []
    seen: Counter[str] = Counter()
    for kind in KINDS:
        for number, finding in enumerate(reading.of(kind)):
            fields = scheme.finding_to_json(finding)
            identity = claim_id(reading.report.id, kind, fields)
            seen[identity] += 1
            if seen[identity] > 1:
                identity = claim_id(reading.report.id, kind, fields, again=seen[identity])
            made.append(
                {
                    "id": identity,
                    "revision": revision,
                    "report": reading.report.id,
                    "kind": kind,
                    "number": number,
                    "start": finding.evidence.start,
                    "end": finding.evidence.end,
                    "fields": canonical(fields),
                    "engine": reading.engine,
                    "author": finding.by,
                }
            )
    return made


def of_problems(problems: Sequence[Problem], revision: int, *, report: str = "") -> list[dict[str, Any]]:
    """Problems as rows of `problems`, each once."""
    return [
        {"report": report, "location": each.where, "message": each.message, "level": each.level, "revision": revision}
        for each in dict.fromkeys(problems)
    ]


def of_judgement(judgement: Judgement, revision: int) -> dict[str, Any]:
    """A judgement as a row of `judgements`; the two places in one order, since the edge has no direction."""
    left, right = sorted((judgement.left, judgement.right))
    row: dict[str, Any] = {
        "verdict": judgement.verdict,
        "score": judgement.score,
        "reasons": canonical([[reason.code, list(reason.args), reason.weight] for reason in judgement.reasons]),
        "author": judgement.author,
        "revision": revision,
    }
    for side, place in (("left", left), ("right", right)):
        row |= {
            f"{side}_report": place.report,
            f"{side}_start": place.start,
            f"{side}_end": place.end,
            f"{side}_kind": place.kind,
        }
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which part of the record to load.

    Attributes:
        after: only reports recorded after this revision.
        by: as it stood at this revision; None: as it stands.
        only: only this report.
    """

    after: int = 0
    by: int | None = None
    only: str | None = None

    def reports(self) -> ColumnElement[bool]:
        """The reports of the part."""
        columns = tables.reports.c
        found = columns.id == self.only if self.only is not None else columns.revision > self.after
        return found if self.by is None else found & (columns.revision <= self.by)

    def rows(self, table: Table) -> ColumnElement[bool]:
        """The rows of a table that stood then."""
        columns = table.c
        found = columns.report == self.only if self.only is not None else columns.revision > self.after
        if "superseded" not in columns:
            return found if self.by is None else found & (columns.revision <= self.by)
        if self.by is None:
            return found & columns.superseded.is_(None)
        later = columns.superseded.is_(None) | (columns.superseded > self.by)
        return found & (columns.revision <= self.by) & later


def filed(connection: Connection, part: Part, *, target: str) -> Iterator[tuple[int, snapshot.Filed]]:
    """The reports of a part of the record, with their revisions and all that was recorded about them.

    Raises:
        RecordDamagedError: what lies there cannot be read.
    """
    actors: dict[str, list[Any]] = defaultdict(list)
    columns = tables.actors.c
    who = select(columns.report, columns.fields).where(part.rows(tables.actors))
    for row in connection.execute(who.order_by(columns.report, columns.number)):
        actors[row.report].append(row.fields)
    claims = _claims(connection, part)
    problems = _problems_by_report(connection, part)
    found = select(tables.reports).where(part.reports())
    for row in connection.execute(found.order_by(tables.reports.c.revision)):
        try:
            report = report_of(row)
            made = snapshot.Filed(
                report=report,
                revision=row.revision,
                actors=tuple(actor_of(fields) for fields in actors[row.id]),
                rows={kind: tuple(each) for kind, each in claims[row.id].items()},
                problems=tuple(problems[row.id]),
                page=standing.page(report),
                notice=standing.notice(report),
            )
        except (ValueError, TypeError, KeyError) as error:
            raise RecordDamagedError(target, f"the report {row.id} cannot be read: {error}") from error
        yield row.revision, made


def differs(connection: Connection, reading: Reading) -> bool:
    """Does a reading find anything else than the one that stands, or another actor?"""
    claims, actors = tables.claims.c, tables.actors.c
    here = (claims.report == reading.report.id, claims.superseded.is_(None))
    found = select(claims.id, claims.number, claims.fields).where(*here)
    who = select(actors.number, actors.fields).where(actors.report == reading.report.id, actors.superseded.is_(None))

    def plain(fields: str) -> dict[str, Any]:
        return {name: value for name, value in json.loads(fields).items() if name != "made_by"}

    old = [(row.id, row.number, plain(row.fields)) for row in connection.execute(found)]
    new = [(row["id"], row["number"], plain(row["fields"])) for row in of_claims(reading, 0)]
    cast = [(row.number, row.fields) for row in connection.execute(who)]
    return sorted(old, key=str) != sorted(new, key=str) or sorted(cast) != sorted(
        (row["number"], row["fields"]) for row in of_actors(reading, 0)
    )


def supersede(connection: Connection, report: str, revision: int) -> None:
    """Mark a report's actors and claims as superseded by a revision."""
    for table in (tables.actors, tables.claims):
        ours = (table.c.report == report, table.c.superseded.is_(None))
        connection.execute(update(table).where(*ours).values(superseded=revision))


def problems_of(connection: Connection, report: str) -> list[Problem]:
    """What was wrong with one report."""
    return _problems_by_report(connection, Part(only=report))[report]


def engines(connection: Connection) -> dict[str, str]:
    """Whose reading of each report stands."""
    reports, revisions = tables.reports.c, tables.revisions.c
    found = {row.id: row.engine for row in connection.execute(select(reports.id, reports.engine))}
    again = select(revisions.about, revisions.author).where(revisions.what == "reread").order_by(revisions.number)
    return found | {row.about: row.author for row in connection.execute(again) if row.about in found}


def stamp(connection: Connection, revision: int) -> str:
    """What a revision was, to tell whether the record is the one that it belonged to."""
    found = connection.execute(select(tables.revisions).where(tables.revisions.c.number == revision)).first()
    return canonical(list(found)) if found else ""


def reread(connection: Connection, *, after: int) -> tuple[int, list[str]]:
    """The newest revision, and the reports that were read again after a revision."""
    columns = tables.revisions.c
    newest = connection.execute(select(func.max(columns.number))).scalar() or 0
    found = select(columns.about).where(columns.number > after, columns.what == "reread").distinct()
    return newest, [] if newest == after else [row.about for row in connection.execute(found)]


def judgements(connection: Connection, recorded_by: int | None) -> list[Judgement]:
    """What people judged and did not take back, as it stood at a revision."""
    columns = tables.judgements.c
    return [
        Judgement(
            left=Place(row.left_report, row.left_start, row.left_end, row.left_kind),
            right=Place(row.right_report, row.right_start, row.right_end, row.right_kind),
            verdict=row.verdict,
            score=row.score,
            reasons=tuple(
                Reason(code, tuple((name, value) for name, value in args), weight)
                for code, args, weight in json.loads(row.reasons)
            ),
            author=row.author,
            revision=row.revision,
        )
        for row in connection.execute(select(tables.judgements).order_by(columns.number))
        if (recorded_by is None or row.revision <= recorded_by)
        and (row.undone is None or (recorded_by is not None and row.undone > recorded_by))
    ]


def problems(connection: Connection, recorded_by: int | None) -> list[Problem]:
    """What could not be taken in, as it stood at a revision."""
    columns = tables.problems.c
    return [
        Problem(row.location, row.message, row.level)
        for row in connection.execute(select(tables.problems).where(columns.report == "").order_by(columns.number))
        if recorded_by is None or row.revision <= recorded_by
    ]


def _claims(connection: Connection, part: Part) -> dict[str, dict[Kind, list[snapshot.Row]]]:
    made: dict[str, dict[Kind, list[snapshot.Row]]] = defaultdict(lambda: defaultdict(list))
    columns = tables.claims.c
    found = select(
        columns.report, columns.kind, columns.id, columns.number, columns.fields, columns.revision, columns.engine
    ).where(part.rows(tables.claims))
    for report, kind, *row in connection.execute(found.order_by(columns.report, columns.kind, columns.number)):
        made[report][kind].append(snapshot.Row(*row))
    return made


def _problems_by_report(connection: Connection, part: Part) -> dict[str, list[Problem]]:
    made: dict[str, list[Problem]] = defaultdict(list)
    columns = tables.problems.c
    found = select(tables.problems).where(part.rows(tables.problems), columns.report != "")
    for row in connection.execute(found.order_by(columns.number)):
        made[row.report].append(Problem(row.location, row.message, row.level))
    return made


def report_of(row: Row[*tuple[Any, ...]]) -> Report:
    """A row of `reports` as a report, without the bytes that it came as."""
    names = {name: getattr(row, name) for name in _SAME_NAMES}
    return Report(
        **names,
        published=When(*json.loads(row.published)) if row.published else None,
        furniture=tuple(
            Furniture(Span.of(row.text, start, end), kind) for start, end, kind in json.loads(row.furniture)
        ),
        signature=tuple(json.loads(row.signature)),
    )


def actor_of(fields: str) -> Actor:
    """What a row of `actors` says."""
    data = json.loads(fields)
    return Actor(**data | {"aliases": tuple(data["aliases"])})
