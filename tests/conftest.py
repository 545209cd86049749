"""What all tests share: nothing may be skipped in continuous integration; one browser for all page tests, one
PostgreSQL server for all tests of records."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from postgres_server import Server
from real_browser import CHROMIUM


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where PEACETABLE_NO_SKIPS is set: what is to run there must run there."""
    report = yield
    if report.skipped and os.environ.get("PEACETABLE_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and PEACETABLE_NO_SKIPS is set"
    return report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser that was started for the module's tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server that was started for these tests."""
    try:
        made = Server()
    except FileNotFoundError as error:
        pytest.skip(str(error))
    made.start()
    yield made
    made.discard()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a record that does not exist yet, of either kind: what is tested with it holds for both."""
    if request.param == "sqlite":
        return str(tmp_path / "record.db")
    running: Server = request.getfixturevalue("server")
    return running.new()
