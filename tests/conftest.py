"""What all tests share: in continuous integration nothing may be skipped."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where PEACETABLE_NO_SKIPS is set: what is to run there must run there."""
    report = yield
    if report.skipped and os.environ.get("PEACETABLE_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and PEACETABLE_NO_SKIPS is set"
    return report
