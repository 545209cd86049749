"""The record's tables: reports and the claims they make, what joins them, and what could not be taken in.

Rows are only ever added: what a later reading or a person supersedes is marked with the revision that did it. The types
are those that every SQL database has; JSON is kept as text in one canonical form, so that its hash means something.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

#: The layout that this peacetable writes: the number of the newest migration.
LAYOUT: Final = "0003"

#: Columns that hold JSON.
JSON: Final = frozenset({"fields", "furniture", "published", "reasons", "signature"})

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: Facts about the record itself: the scheme's version, who made it.
meta: Final = Table(
    "meta",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)

#: Every write, in order. The number is the record's clock: a wall clock can be set back.
revisions: Final = Table(
    "revisions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("time", String(40), nullable=False),
    Column("what", String(40), nullable=False),
    Column("about", Text, nullable=False, default=""),
    Column("author", Text, nullable=False, default=""),
)

reports: Final = Table(
    "reports",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("source", Text),
    Column("url", Text),
    Column("licence", Text),
    Column("author", Text),
    Column("place", Text),
    Column("published", Text),  # JSON: edtf, words, rule, anchor
    Column("published_how", String(20), nullable=False),
    Column("language", String(10)),
    Column("furniture", Text, nullable=False),  # JSON: [start, end, kind]
    Column("signature", Text, nullable=False),  # JSON: numbers
    Column("extractor", Text),
    Column("engine", Text, nullable=False),
    Column("revision", ForeignKey("revisions.number"), nullable=False, index=True),
    Column("withdrawn", ForeignKey("revisions.number")),
)

#: The bytes as they came: in a table of their own, since a view never needs them.
raws: Final = Table(
    "raws",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

actors: Final = Table(
    "actors",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("revision", ForeignKey("revisions.number"), primary_key=True),
    Column("id", String(200), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("fields", Text, nullable=False),  # JSON in the scheme's names
    Column("superseded", ForeignKey("revisions.number")),
)

claims: Final = Table(
    "claims",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("revision", ForeignKey("revisions.number"), primary_key=True),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("number", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("fields", Text, nullable=False),  # JSON in the scheme's names, with the provenance
    Column("engine", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("superseded", ForeignKey("revisions.number")),
    Index(None, "report", "kind"),
    Index(None, "revision"),
)

#: What people said about two places; what the machine thinks follows from the claims and is worked out from them.
judgements: Final = Table(
    "judgements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("left_report", ForeignKey("reports.id"), nullable=False),
    Column("left_start", Integer, nullable=False),
    Column("left_end", Integer, nullable=False),
    Column("left_kind", String(20), nullable=False),
    Column("right_report", ForeignKey("reports.id"), nullable=False),
    Column("right_start", Integer, nullable=False),
    Column("right_end", Integer, nullable=False),
    Column("right_kind", String(20), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("score", Float, nullable=False),
    Column("reasons", Text, nullable=False),  # JSON: [code, {arguments}, weight]
    Column("author", Text, nullable=False),
    Column("revision", ForeignKey("revisions.number"), nullable=False),
    Column("undone", ForeignKey("revisions.number")),
    Index(None, "left_report"),
    Index(None, "right_report"),
)

#: What people did besides joining: reviewed, graded, marked, withdrew, chose. Who "same party" is about, and what a
#: correction says, is in the fields.
acts: Final = Table(
    "acts",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("what", String(20), nullable=False),
    Column("report", ForeignKey("reports.id"), nullable=False),
    Column("start", Integer, nullable=False),  # with the end and the kind: a claim's place; 0, 0 and "": the report
    Column("end", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("fields", Text, nullable=False),  # JSON
    Column("author", Text, nullable=False),
    Column("revision", ForeignKey("revisions.number"), nullable=False),
    Column("undone", ForeignKey("revisions.number")),
    Index(None, "report"),
    Index(None, "revision"),
)

problems: Final = Table(
    "problems",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("report", String(64), nullable=False, default=""),  # "" where no report came of it
    Column("location", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("level", String(10), nullable=False),
    Column("revision", ForeignKey("revisions.number"), nullable=False),
)
