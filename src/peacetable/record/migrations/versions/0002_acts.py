"""What people do to the record besides joining: reviews, gradings, marks, withdrawals, choices."""
# the number is the order

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the table of acts."""
    op.create_table(
        "acts",
        sa.Column("number", sa.Integer, autoincrement=True, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("report", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("undone", sa.Integer),
        sa.PrimaryKeyConstraint("number", name="pk_acts"),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name="fk_acts_report"),
        sa.ForeignKeyConstraint(["revision"], ["revisions.number"], name="fk_acts_revision"),
        sa.ForeignKeyConstraint(["undone"], ["revisions.number"], name="fk_acts_undone"),
    )
    op.create_index("ix_acts_report", "acts", ["report"])
    op.create_index("ix_acts_revision", "acts", ["revision"])
