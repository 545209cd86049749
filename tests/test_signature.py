"""Signatures: alike where texts are alike, and the same for ever."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.intake.furniture import find_furniture
from peacetable.intake.signature import PERMUTATIONS, signature

STORY = " ".join(
    f"On day {number} of the talks in Port Elise, delegate {number * 7} of the Free Valley wants {number * 3} roads."
    for number in range(40)
)


def alike(first: tuple[int, ...], second: tuple[int, ...]) -> float:
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


def test_a_reprint_shares_most_of_its_signature() -> None:
    assert alike(signature(STORY), signature(STORY.replace("roads.", "roads,", 2)[: len(STORY) * 9 // 10])) > 0.7


def test_another_story_shares_next_to_nothing() -> None:
    assert alike(signature(STORY), signature(" ".join(f"word{number}" for number in range(400)))) < 0.1


def test_what_a_site_prints_around_a_story_does_not_count() -> None:
    text = f"[ad_1]\n{STORY}\nComments are closed."
    assert signature(text, find_furniture(text)) == signature(STORY)


def test_capitals_and_spaces_do_not_count() -> None:
    assert signature(STORY.upper().replace(" ", "\n ")) == signature(STORY)


def test_a_text_without_words_has_no_signature() -> None:
    assert signature(" — ") == ()


def test_a_signature_is_the_same_in_every_process() -> None:
    code = f"from peacetable.intake.signature import signature; print(signature({STORY!r}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(signature(STORY))


def test_signatures_in_old_records_stay_comparable() -> None:
    assert signature("the rebels signed a truce")[:3] == SIGNED


SIGNED = (3416554304, 3786865639, 3706696241)


@given(st.text())
@settings(max_examples=100, deadline=None)
def test_any_text_has_a_signature_of_one_length(text: str) -> None:
    assert len(signature(text)) in (0, PERMUTATIONS)
