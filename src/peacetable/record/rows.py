"""Nouns to rows and back: what `store` writes, and what it reads."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from peacetable import scheme
from peacetable.errors import RecordDamagedError
from peacetable.ledger import Judgement, Place, Reason
from peacetable.model import KINDS, Actor, Furniture, Kind, Problem, Reading, Report, Span, When
from peacetable.record import snapshot, tables

#: What is no part of what a claim says: who found it, and how.
_HOW = ("made_by", "cues", "thin")
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
        "published": _text([when.edtf, when.words, when.rule, when.anchor]) if when else None,
        "furniture": _text([[run.span.start, run.span.end, run.kind] for run in report.furniture]),
        "signature": _text(report.signature),
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
            "fields": _text(scheme.actor_to_json(actor)),
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
            said = _text([reading.report.id, kind, {k: v for k, v in fields.items() if k not in _HOW}])
            seen[said] += 1  # the same thing found twice at one place is two claims
            identity = f"{said}#{seen[said]}" if seen[said] > 1 else said
            made.append(
                {
                    "id": hashlib.sha256(identity.encode()).hexdigest()[:32],
                    "revision": revision,
                    "report": reading.report.id,
                    "kind": kind,
                    "number": number,
                    "start": finding.evidence.start,
                    "end": finding.evidence.end,
                    "fields": _text(fields),
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
        "reasons": _text([[reason.code, list(reason.args), reason.weight] for reason in judgement.reasons]),
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


def filed(connection: Connection, *, after: int, target: str) -> Iterator[tuple[int, snapshot.Filed]]:
    """Every report that was recorded after a revision, with its revision and all that was recorded about it.

    Raises:
        RecordDamagedError: what lies there cannot be read.
    """
    actors: dict[str, list[Any]] = defaultdict(list)
    columns = tables.actors.c
    standing = select(columns.report, columns.fields).where(columns.revision > after, columns.superseded.is_(None))
    for row in connection.execute(standing.order_by(columns.report, columns.number)):
        actors[row.report].append(row.fields)
    claims = _claims(connection, after)
    problems = _problems_by_report(connection, after)
    reports = tables.reports.c
    found = select(tables.reports).where(reports.revision > after, reports.withdrawn.is_(None))
    for row in connection.execute(found.order_by(reports.revision)):
        try:
            made = snapshot.Filed(
                report=_report(row),
                actors=tuple(_actor(fields) for fields in actors[row.id]),
                rows={kind: tuple(each) for kind, each in claims[row.id].items()},
                problems=tuple(problems[row.id]),
            )
        except (ValueError, TypeError, KeyError) as error:
            raise RecordDamagedError(target, f"the report {row.id} cannot be read: {error}") from error
        yield row.revision, made


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


def _claims(connection: Connection, after: int) -> dict[str, dict[Kind, list[snapshot.Row]]]:
    made: dict[str, dict[Kind, list[snapshot.Row]]] = defaultdict(lambda: defaultdict(list))
    columns = tables.claims.c
    found = select(columns.report, columns.kind, columns.id, columns.number, columns.fields).where(
        columns.revision > after, columns.superseded.is_(None)
    )
    for report, kind, identity, number, fields in connection.execute(
        found.order_by(columns.report, columns.kind, columns.number)
    ):
        made[report][kind].append(snapshot.Row(identity, number, fields))
    return made


def _problems_by_report(connection: Connection, after: int) -> dict[str, list[Problem]]:
    made: dict[str, list[Problem]] = defaultdict(list)
    columns = tables.problems.c
    found = select(tables.problems).where(columns.revision > after, columns.report != "")
    for row in connection.execute(found.order_by(columns.number)):
        made[row.report].append(Problem(row.location, row.message, row.level))
    return made


def _report(row: Row[*tuple[Any, ...]]) -> Report:
    names = {name: getattr(row, name) for name in _SAME_NAMES}
    return Report(
        **names,
        published=When(*json.loads(row.published)) if row.published else None,
        furniture=tuple(
            Furniture(Span.of(row.text, start, end), kind) for start, end, kind in json.loads(row.furniture)
        ),
        signature=tuple(json.loads(row.signature)),
    )


def _actor(fields: str) -> Actor:
    data = json.loads(fields)
    return Actor(**data | {"aliases": tuple(data["aliases"])})


def _text(value: Any) -> str:
    """JSON in the one form that the record keeps."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
