from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brute_force import true
from peacetable.strategy.formulas import (
    And,
    Formula,
    FormulaError,
    If,
    Iff,
    Not,
    Or,
    Taken,
    from_pattern,
    holds,
    options_of,
    parse,
    to_text,
)
from peacetable.strategy.normal_form import alternatives

NAMES = {"sign": 0, "attack": 1, "cease-fire": 2}
BY_NUMBER = {number: name for name, number in NAMES.items()}
literals = st.builds(Taken, st.integers(0, 2), st.booleans())
formulas = st.recursive(
    literals,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(lambda parts: And(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(lambda parts: Or(tuple(parts)), st.lists(inner, min_size=2, max_size=3)),
        st.builds(If, inner, inner),
        st.builds(Iff, inner, inner),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sign", Taken(0)),
        ("not attack", Taken(1, value=False)),
        ("-2", Taken(1, value=False)),
        ("SIGN and not Attack", And((Taken(0), Taken(1, value=False)))),
        ("1 & 2 | 3", Or((And((Taken(0), Taken(1))), Taken(2)))),
        ("sign if cease-fire", If(Taken(0), Taken(2))),
        ("sign iff not cease-fire", Iff(Taken(0), Taken(2, value=False))),
        ("not (sign or attack)", Not(Or((Taken(0), Taken(1))))),
        ("always", And(())),
        ("never", Or(())),
        ("YN-", And((Taken(0), Taken(1, value=False)))),
    ],
)
def test_a_statement_is_read_by_name_number_connective_or_pattern(text: str, expected: Formula) -> None:
    assert parse(text, NAMES) == expected


@settings(deadline=None, max_examples=150)
@given(formulas)
def test_a_formula_written_as_text_reads_back_to_the_same(formula: Formula) -> None:
    assert parse(to_text(formula, BY_NUMBER), NAMES) == formula


@settings(deadline=None, max_examples=150)
@given(formulas)
def test_a_formula_holds_for_an_array_of_states_as_it_does_for_each(formula: Formula) -> None:
    states = np.arange(8, dtype=np.int64)
    assert holds(formula, states).tolist() == [true(formula, state) for state in range(8)]


@settings(deadline=None, max_examples=150)
@given(formulas, st.booleans())
def test_the_alternatives_of_a_formula_hold_together_where_it_does(formula: Formula, value: bool) -> None:
    ways = Or(tuple(And(way) for way in alternatives(formula, value=value)))
    assert [true(ways, state) for state in range(8)] == [true(formula, state) == value for state in range(8)]


def test_the_options_of_a_formula_are_those_it_names() -> None:
    assert options_of(parse("sign if not (attack iff 3)", NAMES)) == {0, 1, 2}
    assert options_of(And(())) == frozenset()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sign and", "character 9: found the end, expected an option"),
        ("sign or retreat", "found 'retreat', expected one of the options .attack, cease-fire, sign."),
        ("4", "found '4', expected one of the options"),
        ("0", "expected one of the options"),
        ("9" * 5000, "expected one of the options"),
        ("(sign", "expected a closing bracket"),
        ("sign attack", "found 'attack', expected and, or, if, iff or the end"),
        ("sign § attack", "expected an option, a number"),
        ("", "found the end, expected an option"),
        ("(" * 5000 + "sign", "at most 50 parts within parts"),
        ("not " * 5000 + "sign", "at most 50 parts within parts"),
        ("sign if " * 5000 + "sign", "at most 50 parts within parts"),
        ("sign iff " * 5000 + "sign", "at most 50 parts within parts"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text: str, message: str) -> None:
    with pytest.raises(FormulaError, match=message) as caught:
        parse(text, NAMES)
    assert len(str(caught.value)) < 400


def test_a_long_row_of_and_and_or_is_read() -> None:
    assert len(parse(" or ".join(["sign and attack"] * 500), NAMES).parts) == 500  # type: ignore[union-attr]


def test_a_pattern_of_other_marks_is_refused() -> None:
    with pytest.raises(FormulaError, match=r"character 2: found 'X-', expected Y"):
        from_pattern("YX-")
