"""Writers that are killed leave whole reports only, and nothing that they said was recorded is lost."""

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


def test_ten_kills_at_random_moments_leave_a_record_that_works(kills: ModuleType, address: str) -> None:
    chance, said = random.Random(7), 0
    for number in range(10):
        after, then = chance.uniform(0, 0.15), chance.uniform(0, 0.1)
        outcome = kills.kill_once(address, series=f"s{number}", after=after, then=then)
        assert outcome.faults == ()
        said += outcome.said
    assert said > 10


def test_writers_that_are_killed_while_they_make_a_record_leave_one_that_can_be_made(
    kills: ModuleType, address: str
) -> None:
    for number, after in enumerate((0.5, 0.7, 0.9)):
        outcome = kills.kill_once(address, series=f"s{number}", after=after, early=True)
        assert outcome.faults == ()
