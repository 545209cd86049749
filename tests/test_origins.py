"""Reprints of one story are one origin; two reports on one event are two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_report
from peacetable.intake.signature import signature
from peacetable.model import Report
from peacetable.record.origins import address, likeness, origins

STORY = """The two delegations met for nine hours in the customs house and parted without a date for another round.
The mediator, a retired judge, said that both had brought maps for the first time and that these did not agree.
He added that the bridge would stay shut until the last of the wounded had been carried across to the other bank.
Farmers on the northern side have blocked the road to the mill since Sunday and ask to be paid for two lost harvests.
A spokeswoman for the governor said the money was ready and waited only for the signature of the finance committee.
The movement answered that it had heard this in spring and that promises feed no cattle through a dry summer.
Observers counted eleven shots near the mill during the night, all of them fired into the air by young recruits.
Rain is expected by the end of the week, which would close the mountain road for heavy lorries until the autumn."""
OTHER = """Talks in Orlik ended on Tuesday evening with an exchange of maps and little else, diplomats said.
After nine hours at one table neither side would say when they meet again, though the judge who chairs the meetings
sounded hopeful. The crossing remains closed while ambulances are using it. Villagers upstream went on with a protest
over unpaid compensation, and the local administration blamed a missing signature for the delay. Nobody was hurt when
guards fired warning shots after dark."""


def report(text: str, name: str, url: str | None = None) -> Report:
    return make_report(text, name=name, source=name, signature=signature(text), url=url)


def groups(reports: Sequence[Report]) -> list[list[str]]:
    names = {each.id: each.name for each in reports}
    return [[names[each] for each in group] for group in origins(reports)]


def reworded(text: str) -> str:
    """Every twentieth word is another."""
    return " ".join("meanwhile" if number % 20 == 7 else word for number, word in enumerate(text.split()))


@pytest.mark.parametrize(
    "reprint",
    [
        STORY,
        "Mountain road may close as talks stall again\n\n" + STORY,
        "\n".join(STORY.splitlines()[:6]),
        reworded(STORY),
        reworded("No date for new talks\n" + "\n".join(STORY.splitlines()[:7])),
        STORY.replace("\n", "\n\n") + "\nShare this story",
    ],
    ids=["as it is", "new headline", "end cut off", "words changed", "all of it", "site furniture"],
)
def test_a_reprint_shares_the_origin(reprint: str) -> None:
    assert groups([report(STORY, "agency"), report(reprint, "paper")]) == [["agency", "paper"]]


def test_two_reports_on_one_event_are_two_origins() -> None:
    assert groups([report(STORY, "agency"), report(OTHER, "paper")]) == [["agency"], ["paper"]]


def test_reports_without_a_signature_are_alone() -> None:
    reports = [make_report(STORY, name="a"), make_report(STORY + " ", name="b")]
    assert groups(reports) == [["a"], ["b"]]


def test_one_text_at_one_address_is_one_origin_without_a_signature() -> None:
    first = make_report(STORY, name="a", url="https://www.example.org/story?from=feed")
    second = make_report(STORY, name="b", url="http://example.org/story/#top")
    assert groups([first, second]) == [["a", "b"]]


def test_groups_follow_the_order_of_the_reports() -> None:
    reports = [report(OTHER, "first"), report(STORY, "second"), report(STORY + " Again.", "third")]
    assert groups(reports) == [["first"], ["second", "third"]]


@given(st.permutations(range(4)))
def test_the_order_of_the_reports_does_not_change_the_groups(order: Sequence[int]) -> None:
    texts = (STORY, OTHER, reworded(STORY), "Rain fell on Orlik.")
    reports = [report(texts[number], str(number)) for number in order]
    assert {frozenset(group) for group in groups(reports)} == {frozenset("02"), frozenset("1"), frozenset("3")}


def test_signatures_of_different_length_are_not_compared() -> None:
    long = report(STORY, "long")
    assert likeness(long, replace(long, signature=long.signature[:64])) == 0.0


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.org/a/b/?utm_source=x#top", "example.org/a/b"),
        ("http://Example.org/a/b", "example.org/a/b"),
        ("example.org/a/b/", "example.org/a/b"),
    ],
)
def test_an_address_is_compared_without_what_does_not_change_the_page(url: str, expected: str) -> None:
    assert address(url) == expected
