"""A writer that is killed leaves whole reports only, and nothing that it said was recorded is lost."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def kills() -> ModuleType:
    """The benchmark that starts and kills the writers."""
    path = Path(__file__).parents[1] / "benchmarks" / "kills.py"
    spec = importlib.util.spec_from_file_location("kills", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["kills"] = module
    spec.loader.exec_module(module)
    return module


def test_ten_kills_at_random_moments_leave_a_record_that_works(kills: ModuleType, tmp_path: Path) -> None:
    chance, first = random.Random(7), 0
    for _ in range(10):
        outcome = kills.kill_once(str(tmp_path / "record.db"), first=first, after=chance.uniform(0, 0.15))
        assert outcome.faults == ()
        first = outcome.held + 1
    assert first > 10


def test_a_writer_that_is_killed_while_it_makes_a_record_leaves_one_that_can_be_made(
    kills: ModuleType, tmp_path: Path
) -> None:
    for number, after in enumerate((0.15, 0.3, 0.45, 0.6)):
        outcome = kills.kill_once(str(tmp_path / f"record-{number}.db"), first=0, after=after, early=True)
        assert outcome.faults == ()
