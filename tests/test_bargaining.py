"""Spatial bargaining: the published rounds, the baselines beside them, and what is said where it does not settle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peacetable.strategy.bargaining import Bargainer, BargainingError, bargain, weighted_mean, weighted_median
from peacetable.strategy.conflict_nodes import FileError
from peacetable.strategy.issue_file import load_issue

CARS = Path(__file__).parent.parent / "examples" / "conflicts" / "car-emissions.yaml"
#: What a published replication of Scholz, Calbert & Smith gives for the emission standard, round by round.
MEDIANS = (
    7.0, 8.415932315426764, 9.610859134120188, 9.961979590401311, 9.961979590401311, 9.961979590401311,
    7.47204636191629, 8.824593855262423, 9.671129769802048, 9.671129769802048, 7.0,
)  # fmt: skip
MEANS = (
    7.389955686853767, 7.461314378277189, 7.552500865855845, 7.590144997451547, 7.358130531334201, 7.3491739896752115,
    7.414877545372958, 7.510457183677219, 7.5724470975503, 7.324989065683666, 7.242130958473938,
)  # fmt: skip


def cars() -> tuple[Bargainer, ...]:
    return load_issue(CARS.read_text("utf-8"))[1]


def person(name: str, position: float, *, capability: float = 1.0, salience: float = 0.5) -> Bargainer:
    return Bargainer(name=name, position=position, capability=capability, salience=salience)


def test_the_emission_standard_goes_through_the_published_rounds() -> None:
    found = bargain(cars(), rounds=10)
    assert [one.median for one in found.rounds] == pytest.approx(MEDIANS, abs=1e-7)
    assert [one.mean for one in found.rounds] == pytest.approx(MEANS, abs=1e-9)


def test_what_does_not_settle_has_a_range_and_no_forecast() -> None:
    found = bargain(cars(), rounds=10)
    assert (found.settled, found.forecast) == (None, None)
    assert (found.low, found.high) == pytest.approx((7.0, 9.96197959), abs=1e-7)


def test_the_baselines_are_those_of_the_starting_positions() -> None:
    found = bargain(cars())
    assert (found.mean, found.median) == pytest.approx((7.389955686853767, 7.0))


def test_what_settles_has_its_last_median_as_the_forecast() -> None:
    found = bargain(cars(), probability="pair")
    assert found.settled == len(found.rounds) - 1
    assert found.forecast == found.rounds[-1].median


def test_positions_that_come_back_are_told_as_a_cycle() -> None:
    found = bargain(cars(), rounds=30, choice="least-change")
    assert found.forecast is None
    assert found.cycle
    again = found.rounds[-1 - found.cycle].positions
    assert found.rounds[-1].positions == pytest.approx(again)


@pytest.mark.parametrize("probability", ["all-pairs", "pair", "net"])
@pytest.mark.parametrize("choice", ["blended", "least-change"])
def test_every_reading_runs_and_names_itself(probability: str, choice: str) -> None:
    found = bargain(cars(), probability=probability, choice=choice)  # type: ignore[arg-type]
    assert (found.probability, found.choice) == (probability, choice)
    assert all(4 <= position <= 10 for one in found.rounds for position in one.positions)


def test_every_move_of_a_round_is_an_offer_that_was_taken() -> None:
    found = bargain(cars(), rounds=3)
    for before, after in zip(found.rounds, found.rounds[1:], strict=False):
        moved = {offer.actor: offer.position for offer in after.offers}
        for actor, position in enumerate(before.positions):
            assert after.positions[actor] == moved.get(actor, position)


def test_a_strong_side_wins_a_confrontation_or_a_compromise() -> None:
    actors = [person("Giant", 0, capability=10, salience=1), person("Dwarf", 10, capability=0.1, salience=0.1)]
    first = bargain(actors, rounds=1, probability="pair").rounds[1]
    assert [(offer.actor, offer.other) for offer in first.offers] == [(1, 0)]
    assert first.positions[1] < 10


def test_who_agrees_with_the_other_does_not_move() -> None:
    actors = [person("A", 0), person("B", 0), person("C", 1)]
    for one in bargain(actors).rounds[1:]:
        assert all(offer.kind for offer in one.offers if {offer.actor, offer.other} != {0, 1})


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20), st.floats(0.1, 1), st.floats(0.1, 1)), min_size=2, max_size=7).filter(
        lambda rows: len({row[0] for row in rows}) > 1
    ),
    st.floats(0.5, 50),
    st.floats(-100, 100),
)
def test_the_scale_of_the_issue_does_not_matter(
    rows: list[tuple[int, float, float]], stretch: float, shift: float
) -> None:
    actors = [person(str(n), x, capability=c, salience=s) for n, (x, c, s) in enumerate(rows)]
    moved = [replace(actor, position=actor.position * stretch + shift) for actor in actors]
    plain, scaled = bargain(actors, rounds=1, probability="pair"), bargain(moved, rounds=1, probability="pair")
    assert (scaled.mean - shift) / stretch == pytest.approx(plain.mean, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=9))
def test_the_weighted_median_is_nearest_to_all(rows: list[tuple[int, int]]) -> None:
    positions, weights = (np.array(column, float) for column in zip(*rows, strict=True))
    median = weighted_median(positions, weights)
    cost = {x: float((np.abs(positions - x) * weights).sum()) for x in positions}
    assert cost[median] == pytest.approx(min(cost.values()))
    assert positions.min() <= weighted_mean(positions, weights) <= positions.max()


@pytest.mark.parametrize(
    ("actors", "said"),
    [
        ([person("A", 1)], "found 1 actors"),
        ([person("A", 1), person("A", 2)], "stands there twice"),
        ([person("A", 1), person("B", 1)], "one position"),
        ([person("A", 1), person("B", 2, salience=80)], "0.8, not 80"),
        ([person("A", 1), person("B", 2, capability=0)], "more than 0"),
        ([person("A", 1), person("B", float("nan"))], "plain numbers"),
        ([person("A", 1, salience=0), person("B", 2, salience=0)], "nobody bargains"),
    ],
)
def test_actors_that_make_no_model_are_refused(actors: list[Bargainer], said: str) -> None:
    with pytest.raises(BargainingError, match=said):
        bargain(actors)


def test_a_table_is_read_as_well_as_a_document() -> None:
    table = "Actor,Capability,Position,Salience\nArland,0.5,1,0.8\nBerrin,0.25,3,1\n"
    title, actors = load_issue(table)
    assert title == ""
    assert [(one.name, one.position, one.capability, one.salience) for one in actors] == [
        ("Arland", 1.0, 0.5, 0.8),
        ("Berrin", 3.0, 0.25, 1.0),
    ]


def test_an_issue_that_is_wrong_is_told_with_its_line() -> None:
    with pytest.raises(BargainingError, match=r"table\.csv, line 2, salience: expected a number, found 'much'"):
        load_issue("name,capability,position,salience\nArland,1,2,much\n", where="table.csv")
    with pytest.raises(FileError, match="line 2: actors\\[1\\]: 'salience' is missing"):
        load_issue("actors:\n- {name: A, position: 1, capability: 1}\n")
    with pytest.raises(FileError, match="'actors' is missing"):
        load_issue("title: nothing\n")
