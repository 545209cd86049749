"""An index of words for searching; problems of any length."""
# the number is the order

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index, empty, and let go of a constraint that keeps a server from holding long messages."""
    with op.batch_alter_table("problems") as problems:
        problems.drop_constraint("uq_problems_report_location_message_level", type_="unique")
    if op.get_bind().dialect.name == "sqlite":
        # Words only: neither what they were made of nor their places are kept.
        op.execute("CREATE VIRTUAL TABLE search USING fts5(words, content='', detail=none, tokenize=ascii)")
        return
    op.create_table(
        "search",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("words", TSVECTOR, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_search"),
    )
    op.create_index("ix_search_words", "search", ["words"], postgresql_using="gin")
