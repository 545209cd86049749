"""Reports, claims, judgements: the first layout."""
# the number is the order

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first layout."""
    op.create_table(
        "meta",
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "revisions",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("time", sa.String(40), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_revisions"),
    )
    _reports()
    _claims()
    _judgements()
    op.create_table(
        "problems",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("report", sa.String(64), nullable=False),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_problems"),
        _to_revision("problems", "revision"),
        sa.UniqueConstraint("report", "location", "message", "level", name="uq_problems_report_location_message_level"),
    )


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text) for name in ("title", "source", "url", "licence", "author", "place", "published")),
        sa.Column("published_how", sa.String(20), nullable=False),
        sa.Column("language", sa.String(10)),
        sa.Column("furniture", sa.Text, nullable=False),
        sa.Column("signature", sa.Text, nullable=False),
        sa.Column("extractor", sa.Text),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("withdrawn", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        _to_revision("reports", "revision"),
        _to_revision("reports", "withdrawn"),
    )
    op.create_index("ix_reports_revision", "reports", ["revision"])
    op.create_table(
        "raws",
        sa.Column("report", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_raws"),
        _to_report("raws", "report"),
    )


def _claims() -> None:
    op.create_table(
        "actors",
        sa.Column("report", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("superseded", sa.Integer),
        sa.PrimaryKeyConstraint("report", "revision", "id", name="pk_actors"),
        _to_report("actors", "report"),
        _to_revision("actors", "revision"),
        _to_revision("actors", "superseded"),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("report", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("superseded", sa.Integer),
        sa.PrimaryKeyConstraint("id", "revision", name="pk_claims"),
        _to_report("claims", "report"),
        _to_revision("claims", "revision"),
        _to_revision("claims", "superseded"),
    )
    op.create_index("ix_claims_report_kind", "claims", ["report", "kind"])
    op.create_index("ix_claims_revision", "claims", ["revision"])


def _judgements() -> None:
    places = [
        column
        for side in ("left", "right")
        for column in (
            sa.Column(f"{side}_report", sa.String(64), nullable=False),
            sa.Column(f"{side}_start", sa.Integer, nullable=False),
            sa.Column(f"{side}_end", sa.Integer, nullable=False),
            sa.Column(f"{side}_kind", sa.String(20), nullable=False),
        )
    ]
    op.create_table(
        "judgements",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        *places,
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.Column("score", sa.Float, nullable=False),
        sa.Column("reasons", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("undone", sa.Integer),
        sa.PrimaryKeyConstraint("number", name="pk_judgements"),
        _to_report("judgements", "left_report"),
        _to_report("judgements", "right_report"),
        _to_revision("judgements", "revision"),
        _to_revision("judgements", "undone"),
    )
    op.create_index("ix_judgements_left_report", "judgements", ["left_report"])
    op.create_index("ix_judgements_right_report", "judgements", ["right_report"])


def _to_report(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["reports.id"], name=f"fk_{table}_{column}")


def _to_revision(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["revisions.number"], name=f"fk_{table}_{column}")
