from __future__ import annotations

import numpy as np

from peacetable.strategy.matrices import Matrices, Square, judgement, legal_sequences, product
from peacetable.strategy.preferences import Relation


def square(*rows: str) -> Square:
    return np.array([[mark == "1" for mark in row] for row in rows])


def relation(better: Square, unknown: Square | None = None) -> Relation:
    nothing = np.zeros_like(better)
    missing = nothing if unknown is None else unknown | unknown.T
    return Relation(better, ~better & ~missing, missing, nothing, nothing)


def test_a_product_of_moves_is_what_two_moves_lead_to() -> None:
    first, second = square("010", "000", "000"), square("000", "001", "000")
    assert product(first, second).tolist() == square("001", "000", "000").tolist()


def test_nobody_moves_twice_in_a_row() -> None:
    mine, yours = square("0100", "0010", "0000", "0000"), square("0000", "0001", "0000", "0000")
    assert np.flatnonzero(legal_sequences([mine], 4)[0]).tolist() == [1]
    assert np.flatnonzero(legal_sequences([mine, yours], 4)[0]).tolist() == [1, 3]
    assert not legal_sequences([], 4).any()


def test_what_is_unknown_tempts_in_a_and_c_and_deters_in_c_and_d() -> None:
    told = relation(square("00", "00"), unknown=square("01", "00"))
    tempting = {reading: bool(judgement(told, unknown=reading).tempting[0, 1]) for reading in ("a", "b", "c", "d")}
    deterring = {reading: bool(judgement(told, unknown=reading).deterring[0, 1]) for reading in ("a", "b", "c", "d")}
    assert tempting == {"a": True, "b": False, "c": True, "d": False}
    assert deterring == {"a": False, "b": False, "c": True, "d": True}


def chain(unknown: Square) -> Matrices:
    """The first can go 0 to 1, the second 1 to 2, the first 2 to 3; the first prefers 1 to 0 to 2."""
    mine, yours = square("0100", "0000", "0001", "0000"), square("0000", "0010", "0000", "0000")
    likes = square("0100", "0000", "1100", "0000")
    return Matrices((mine, yours), (relation(likes, unknown), relation(square("0000", "0010", "0000", "0000"))))


def test_an_escape_to_something_unknown_undoes_a_sanction_in_a_and_b_only() -> None:
    engine = chain(square("0001", "0000", "0000", "0000"))
    held = {reading: bool(engine.stable(0, ["SMR"], unknown=reading)["SMR"][0]) for reading in ("a", "b", "c", "d")}
    assert held == {"a": False, "b": False, "c": True, "d": True}
    assert all(engine.stable(0, ["GMR"], unknown=reading)["GMR"][0] for reading in ("a", "b", "c", "d"))


def test_an_opponents_move_to_something_unknown_may_be_made() -> None:
    engine = chain(square("0000", "0000", "0000", "0000"))
    hesitant = Matrices(
        engine.reach,
        (engine.relations[0], relation(square("0000", "0000", "0000", "0000"), square("0000", "0010", "0000", "0000"))),
    )
    unwilling = Matrices(engine.reach, (engine.relations[0], relation(square("0000", "0000", "0000", "0000"))))
    assert hesitant.stable(0, ["SEQ"])["SEQ"][0]
    assert not unwilling.stable(0, ["SEQ"])["SEQ"][0]


def test_strong_stability_asks_for_something_much_worse() -> None:
    engine = chain(square("0000", "0000", "0000", "0000"))
    assert engine.stable(0, ["GMR"], strength="weak")["GMR"][0]
    assert not engine.stable(0, ["GMR"], strength="strong")["GMR"][0]
    worse = square("0010", "0000", "0000", "0000")
    first = engine.relations[0]
    strongly = Relation(first.better, first.worse_or_equal, first.unknown, worse.T, worse)
    assert Matrices(engine.reach, (strongly, engine.relations[1])).stable(0, ["GMR"], strength="strong")["GMR"][0]
