"""Alembic's entry: runs the migrations inside the transaction of the connection that `record.layout` hands over."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], render_as_batch=True)
context.run_migrations()
