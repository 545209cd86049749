"""Is it the same thing? Scores, the reasons that make them, and what is compared."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_report
from peacetable.ledger import Claim
from peacetable.model import Incident, Span, When
from peacetable.record import matching, wording
from peacetable.record.digests import Days, Digest, Sides
from peacetable.record.whereabouts import relation, spot


def digest(name: str, **more: object) -> Digest:
    report = make_report(f"Shots fell, {name} said.", name=name)
    incident = Incident(evidence=Span.of(report.text, 0, 10), type="attack", date=When("2021-03-10"))
    return Digest(claim=Claim(name, report, 0, incident), **{"sort": "attack", **more})  # type: ignore[arg-type]


def score(left: Digest, right: Digest) -> float:
    return matching.score(left, right, matching.Rarity.of((left, right)))[0]


def day(number: int) -> Days:
    return date(2021, 3, number), date(2021, 3, number)


def test_a_score_is_the_logistic_function_of_its_reasons() -> None:
    left, right = digest("a", days=day(10), place="Orlik"), digest("b", days=day(10), place="near Orlik")
    found, reasons = matching.score(left, right, matching.Rarity.of((left, right)))
    total = matching.FEATURES["incidents"][0] + sum(reason.weight for reason in reasons)
    assert found == pytest.approx(1 / (1 + math.exp(-total)), abs=1e-4)
    assert [reason.code for reason in reasons][:2] == ["same_time", "same_sort"]


def test_reasons_say_what_was_compared() -> None:
    left, right = digest("a", place="Orlik"), digest("b", place="Vardo")
    _, reasons = matching.score(left, right, matching.Rarity.of((left, right)))
    (place,) = [reason for reason in reasons if reason.code == "other_place"]
    assert (place.get("left"), place.get("right")) == ("Orlik", "Vardo")
    assert place.weight < 0


parties = st.frozensets(st.sampled_from("abc"), max_size=2)
days = st.one_of(
    st.none(), st.builds(lambda first, last: (day(first)[0], day(last)[0]), st.integers(1, 9), st.integers(10, 28))
)
digests = st.builds(
    lambda bearer, other, when, place, words, sort: digest(
        "a", sides=Sides(bearer, other), days=when, place=place, words=words, sort=sort
    ),
    parties, parties, days, st.sampled_from((None, "Orlik", "Vardo", "Kabul")),
    st.frozensets(st.sampled_from(("market", "raid", "ford"))), st.sampled_from(("attack", "shelling", "arrest")),
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(digests, digests)
def test_a_score_does_not_depend_on_the_direction(left: Digest, right: Digest) -> None:
    rarity = matching.Rarity.of((left, right))
    assert matching.score(left, right, rarity)[0] == matching.score(right, left, rarity)[0]
    assert 0 <= matching.score(left, right, rarity)[0] <= 1


def test_the_nearer_the_dates_the_higher_the_score() -> None:
    left = digest("a", days=day(10))
    scores = [score(left, digest("b", days=day(number))) for number in (10, 11, 13, 20)]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4


def test_a_day_in_common_tells_more_than_a_year_in_common() -> None:
    year = (date(2021, 1, 1), date(2021, 12, 31))
    assert score(digest("a", days=day(10)), digest("b", days=day(10))) > score(
        digest("a", days=year), digest("b", days=day(10))
    )


def test_rare_words_tell_more_than_common_ones() -> None:
    many = [digest(f"r{number}", words=frozenset({"talk", f"word{number}"})) for number in range(20)]
    rarity = matching.Rarity.of(many)
    common, rare = frozenset({"talk"}), frozenset({"word3"})
    assert rarity.shared(rare, rare) > rarity.shared(common, common)


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("All foreign men will be out of Norvela by May.", "be out of"),
        ("It is to end its ten-year military presence there.", "end its ten-year military presence"),
        ("The army pulled its last men out.", "pulled its last men out"),
        ("The army withdrew.", "withdrew"),
    ],
)
def test_turns_of_several_words_stand_for_one_idea_and_are_shown_as_they_are(words: str, spoken: str) -> None:
    assert wording.ideas(words) == {"=withdraw"}
    assert wording.spoken(words, ["=withdraw"]) == spoken


def test_an_idea_that_every_report_has_tells_as_much_as_a_word_of_one() -> None:
    many = [digest(f"r{number}", words=frozenset({"=meet", "talk", f"word{number}"})) for number in range(5)]
    rarity = matching.Rarity.of(many)
    assert rarity.sum({"talk"}) < rarity.sum({"=meet"}) == rarity.sum({"word3"})


def test_another_toll_is_no_sign_of_another_incident() -> None:
    _, reasons = matching.score(digest("a"), digest("b"), matching.Rarity.of(()))
    assert not any("toll" in reason.code for reason in reasons)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Moscow", "the Russian capital", "same"),
        ("Doha", "Qatari capital", "same"),
        ("near Kasanga", "Kasanga", "same"),
        ("the town of Orlik", "Orlik", "same"),
        ("Kabul", "Afghanistan", "within"),
        ("Moscow", "Istanbul", "different"),
        ("two villages", "Kasanga", "unknown"),
        (None, "Kasanga", "unknown"),
    ],
)
def test_places_are_compared_by_what_they_are(left: str | None, right: str, expected: str) -> None:
    assert relation(left, right) == relation(right, left) == expected


def test_a_country_is_told_from_its_capital() -> None:
    assert (spot("Afghanistan").whole, spot("Kabul").whole) == (True, False)
    assert spot("Kabul").country == spot("Afghanistan").country == "AFG"
