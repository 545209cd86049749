"""The accuracy gate: measured scores may not fall below the floors of `floors.json`, and the floors only rise.

`python benchmarks/floors.py` measures everything and raises the floors to what holds, less a hair; it never lowers one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from floors import EXAMS, FLOORS, LANGUAGE, Exam

floors = json.loads(FLOORS.read_text("utf-8"))


@pytest.mark.parametrize("exam", EXAMS, ids=lambda exam: exam.name)
def test_what_is_measured_does_not_fall_below_its_floors(exam: Exam) -> None:
    if not exam.there():
        assert exam.optional, f"{exam.name}: {exam.path()} is missing"
        return  # not a skip: without the data folders there is nothing to hold
    found = exam.measure()
    fallen = {
        name: (value, floors[exam.name][name]) for name, value in found.items() if value < floors[exam.name][name]
    }
    assert not fallen, f"measured, floor: {fallen}"


def test_the_exam_was_not_changed() -> None:
    for exam in EXAMS:
        if exam.there():
            assert exam.fingerprint() == floors[exam.name]["fingerprint"], (
                f"{exam.name} is not what the floors were for"
            )


def test_floors_are_of_exams_that_exist() -> None:
    assert {exam.name for exam in EXAMS} <= set(floors), "run benchmarks/floors.py: an exam has no floors yet"
    assert set(floors) <= {exam.name for exam in (*EXAMS, *LANGUAGE)}


def test_a_floor_is_never_lowered(tmp_path: Path) -> None:
    from floors import raised

    assert raised({"right": 0.5, "fingerprint": "x"}, {"right": 0.4, "found": 0.7}, "x") == {
        "right": 0.5,
        "found": 0.695,
        "fingerprint": "x",
    }
