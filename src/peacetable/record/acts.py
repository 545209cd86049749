"""What people did to the record, as rows and back: their acts and judgements, when, and what they took back.

Everything that a person does in one go shares a revision, and is taken back as one.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from peacetable.ledger import Act, Doing, Judgement, Place
from peacetable.record import tables
from peacetable.record.claim_ids import canonical


def rows_of(acts: Sequence[Act], revision: int) -> list[dict[str, Any]]:
    """Acts as rows of `acts`."""
    return [
        {
            "what": act.what,
            "report": act.place.report,
            "start": act.place.start,
            "end": act.place.end,
            "kind": act.place.kind,
            "fields": canonical(dict(act.fields)),
            "author": act.author,
            "revision": revision,
        }
        for act in acts
    ]


def standing(connection: Connection, recorded_by: int | None) -> list[Act]:
    """What people did and did not take back, the earliest first, as it stood at a revision."""
    acts, revisions = tables.acts.c, tables.revisions.c
    found = select(tables.acts, revisions.time).join(tables.revisions, revisions.number == acts.revision)
    if recorded_by is None:
        found = found.where(acts.undone.is_(None))
    else:
        found = found.where(acts.revision <= recorded_by, acts.undone.is_(None) | (acts.undone > recorded_by))
    return [
        Act(
            what=row.what,
            place=Place(row.report, row.start, row.end, row.kind),
            fields=json.loads(row.fields),
            author=row.author,
            revision=row.revision,
            time=row.time,
        )
        for row in connection.execute(found.order_by(acts.number))
    ]


def stands(connection: Connection, revision: int) -> bool:
    """Was anything done in a revision that was not taken back?"""
    return any(
        connection.execute(select(table.c.number).where(table.c.revision == revision, table.c.undone.is_(None))).first()
        for table in (tables.acts, tables.judgements)
    )


def take_back(connection: Connection, revision: int, undone: int) -> None:
    """Mark whatever was done in one revision as taken back in another."""
    for table in (tables.acts, tables.judgements):
        connection.execute(
            update(table).where(table.c.revision == revision, table.c.undone.is_(None)).values(undone=undone)
        )


def history(connection: Connection) -> list[Doing]:
    """What people did to the record, one a revision, the latest first; what was taken back too."""
    made: dict[int, list[Judgement | Act]] = defaultdict(list)
    undone: dict[int, int] = {}
    for row in connection.execute(select(tables.judgements).order_by(tables.judgements.c.number)):
        left = Place(row.left_report, row.left_start, row.left_end, row.left_kind)
        right = Place(row.right_report, row.right_start, row.right_end, row.right_kind)
        made[row.revision].append(
            Judgement(left=left, right=right, verdict=row.verdict, score=row.score, author=row.author)
        )
        if row.undone:
            undone[row.revision] = row.undone
    for row in connection.execute(select(tables.acts).order_by(tables.acts.c.number)):
        place = Place(row.report, row.start, row.end, row.kind)
        made[row.revision].append(
            Act(what=row.what, place=place, fields=json.loads(row.fields), author=row.author, revision=row.revision)
        )
        if row.undone:
            undone[row.revision] = row.undone
    columns = tables.revisions.c
    times = {row.number: row for row in connection.execute(select(columns.number, columns.time, columns.author))}
    return [
        Doing(
            revision=revision,
            time=times[revision].time,
            author=times[revision].author,
            parts=tuple(parts),
            undone=undone.get(revision),
        )
        for revision, parts in sorted(made.items(), reverse=True)
    ]
