"""Small things that tests are made of: a report from a line of text, a reading from findings JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from peacetable import scheme
from peacetable.model import Reading, Report, When


def make_report(
    text: str,
    *,
    published: str | None = "2021-03-12",
    name: str = "report",
    source: str | None = "Example Wire",
    **more: Any,
) -> Report:
    """A report as intake would give it."""
    identity = "|".join((text, source or "", published or "", str(more.get("url"))))
    return Report(
        id=hashlib.sha256(identity.encode()).hexdigest()[:16],
        name=name,
        text=text,
        source=source,
        published=When(published) if published else None,
        published_how="metadata" if published else "unknown",
        **more,
    )


def make_reading(report: Report, findings: Mapping[str, Any], *, by: str = "tests") -> Reading:
    """A reading out of findings JSON in the scheme's names, spans given as {"quote": ..., "n": 1}."""
    return scheme.from_json(report, findings, by=by)
