"""Codes and values in words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import peacetable
from factories import make_report
from fake_view import actor, view_of
from peacetable.ledger import Reason
from peacetable.model import Commitment, Count, Figure, Span, When
from peacetable.views import oneliners, passages, phrases, strategy_phrases

SOURCE = Path(peacetable.__file__).parent


def codes() -> set[str]:
    """Every code that the source gives to a reason, as a literal: at once, or by way of (score, code, arguments)."""
    found: set[str] = set()
    for module in SOURCE.rglob("*.py"):
        text = module.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "Reason" in text else ():
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Reason", "_change") and node.args:
                found |= literals(node.args[0])
            elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and isinstance(node.elts[2], ast.Tuple | ast.Name):
                found |= literals(node.elts[1])
            elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code":
                found |= literals(node.value)
    return found


def literals(node: ast.expr) -> set[str]:
    """The texts that an expression may be: a constant, or the two of a choice."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_codes_are_found_however_they_are_given() -> None:
    assert {"date_moved", "maybe_stage", "same_surname", "near_time", "same_place"} <= codes()


def test_every_code_in_the_source_has_a_sentence() -> None:
    assert codes() - phrases.SENTENCES.keys() - strategy_phrases.SENTENCES.keys() == set()


@pytest.mark.parametrize("code", sorted(phrases.SENTENCES))
def test_a_sentence_without_its_arguments_stays_readable(code: str) -> None:
    text = phrases.sentence(Reason(code))
    assert text.endswith(".")
    assert "{" not in text


def test_a_code_that_nobody_has_worded_is_shown_with_its_arguments() -> None:
    reason = Reason("other-side_spoke", (("said_by", "partly_met"), ("day", "2021-05-01")))
    assert phrases.sentence(reason) == "Other side spoke (said by: partly met, day: 1 May 2021)."


@pytest.mark.parametrize(
    ("action", "expected"), [("leave the valley", "must not"), ("leaving", "must not:"), ("bring guns", "must not")]
)
def test_words_that_are_no_infinitive_stand_after_a_colon(action: str, expected: str) -> None:
    span = Span(0, len(action), action)
    commitment = Commitment(evidence=span, actor=None, modality="must_not", action=span)
    assert phrases.modality_words(commitment) == expected


def test_what_both_sides_of_a_reason_say_alike_is_said_once() -> None:
    one, other = Reason("same_place", (("left", "Moscow"), ("right", "Moscow"))), ("right", "the Russian capital")
    assert phrases.sentence(one) == "The same place: Moscow."
    assert (
        phrases.sentence(Reason("same_place", (one.args[0], other)))
        == "The same place: Moscow and the Russian capital."
    )


def test_the_arguments_of_a_reason_are_worded_too() -> None:
    reason = Reason("date_moved", (("before", "../2021-05"), ("after", "2021-09-11"), ("what", "leave the valley.")))
    assert phrases.sentence(reason) == "The date moved from by May 2021 to 11 September 2021: leave the valley."


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("2021-05-01", "1 May 2021"),
        ("2021-05", "May 2021"),
        ("2021", "2021"),
        ("2021-21", "spring 2021"),
        ("2020-24", "winter 2020–21"),
        ("../2021-05", "by May 2021"),
        ("../2021-05-01", "by 1 May 2021"),
        ("2020-09-12/..", "from 12 September 2020 on"),
        ("2021-03-15/2021-03-21", "week of 15 March 2021"),
        ("2021-03-16/2021-03-19", "16–19 March 2021"),
        ("2021-03-28/2021-04-02", "28 March to 2 April 2021"),
        ("2020-12-28/2021-01-02", "28 December 2020 to 2 January 2021"),
        ("2021-03/2021-05", "March to May 2021"),
        ("2020-11/2021-02", "November 2020 to February 2021"),
        ("2016~", "about 2016"),
        ("2021-02?", "perhaps February 2021"),
        ("2021-02-28%", "perhaps about 28 February 2021"),
        ("../2014-04-15~", "by about 15 April 2014"),
    ],
)
def test_a_date_is_worded_as_exactly_as_it_is_known(edtf: str, expected: str) -> None:
    assert phrases.date_words(When(edtf)) == expected


def test_no_date_is_said_to_be_unknown() -> None:
    assert phrases.date_words(None) == "date unknown"


@settings(deadline=None, max_examples=80)
@given(day=st.dates())
def test_the_words_of_a_day_tell_its_year_month_and_day(day: object) -> None:
    words = phrases.date_words(When(str(day)))
    number, month, year = words.split()
    assert f"{int(year):04}-{phrases.MONTHS.index(month) + 1:02}-{int(number):02}" == str(day)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (9, 9, "9"),
        (24, None, "24 or more"),
        (None, 1_000_000, "up to 1,000,000"),
        (100, 999, "100–999"),
        (0, 0, "none"),
        (2500, 2500, "2,500"),
    ],
)
def test_a_number_of_people_keeps_its_bounds(low: int | None, high: int | None, expected: str) -> None:
    assert phrases.count_words(Count(low, high)) == expected


def test_a_toll_tells_the_dead_and_the_injured() -> None:
    assert phrases.toll_words(Count(9, 9), Count(24, None)) == "9 dead, 24 or more injured"
    assert phrases.toll_words(None, None) == ""


@pytest.mark.parametrize(
    ("value", "top", "unit", "approximate", "expected"),
    [
        (2500, None, "troops", True, "about 2,500 troops"),
        (18, 46, "%", False, "18–46 %"),
        (None, 40, "people", True, "up to 40 people"),
        (0.5, None, None, False, "0.5"),
    ],
)
def test_a_figure_keeps_its_vagueness(
    value: float | None, top: float | None, unit: str | None, approximate: bool, expected: str
) -> None:
    figure = Figure(evidence=Span(0, 1, "x"), value=value, max=top, unit=unit, approximate=approximate)
    assert phrases.figure_words(figure) == expected


def test_attribution_names_the_speaker_and_the_relay() -> None:
    assert phrases.attribution("Zakharova", ["TASS"]) == "says Zakharova, relayed by TASS"
    assert phrases.attribution(None, outlet="Example Wire") == "Example Wire, in its own voice"


def test_a_chain_is_voiced_by_the_names_of_the_record() -> None:
    text = "Shells fell, the agency quoted the mayor as saying."
    findings = {
        "actors": [actor("Mayor", "person"), actor("Agency", "media")],
        "incidents": [
            {
                "kind": "shelling",
                "according_to": "mayor",
                "chain": ["mayor", "agency"],
                "evidence": {"quote": "Shells fell"},
            }
        ],
    }
    view = view_of(("2021-03-12", text, findings))
    (claim,) = view.claims("incidents")
    assert phrases.says_who(claim, view) == "says Mayor, relayed by Agency (Wire A, 12 March 2021)"


def test_a_finding_on_one_line_tells_who_what_to_whom_and_when() -> None:
    text = "Arland must\nleave the valley by May."
    findings = {
        "actors": [actor("Arland"), actor("Borland")],
        "commitments": [
            {
                "by": "arland",
                "to": "borland",
                "modality": "must",
                "action": {"quote": "leave the valley"},
                "due": "../2021-05",
                "evidence": {"quote": text},
            }
        ],
    }
    view = view_of(("2021-03-12", text, findings))
    (claim,) = view.claims("commitments")
    line = oneliners.one_line(claim.finding, phrases.namer(view, claim.report.id))
    assert line == "Arland must “leave the valley” — by May 2021; to Borland"
    assert "\n" not in oneliners.quoted(claim.finding.evidence)


def test_a_span_is_shown_in_its_paragraph() -> None:
    report = make_report("Title\n\nFirst one. Second one.\nGoes on.\n\nLast one.")
    start = report.text.index("Second")
    found = passages.passage(report, Span.of(report.text, start, start + 10))
    assert found.paragraph.quote == "First one. Second one.\nGoes on."
    assert passages.parts(found) == ("First one. ", "Second one", ".\nGoes on.")
    earlier, later = passages.neighbours(found)
    assert (earlier and earlier.paragraph.quote) == "Title"
    assert (later and later.paragraph.quote) == "Last one."
    assert later is not None
    assert passages.neighbours(later)[1] is None


def test_where_no_line_is_empty_each_line_is_a_paragraph() -> None:
    report = make_report("One.\nTwo.\nThree.")
    assert passages.passage(report, Span(5, 8, "Two")).paragraph.quote == "Two."


def test_a_text_without_lines_shows_the_words_around() -> None:
    report = make_report("word " * 2000)
    found = passages.passage(report, Span(5000, 5004, "word"))
    assert len(found.paragraph.quote) < 2 * passages.AROUND + 20
    assert passages.cut(found) == (True, True)
    assert not found.paragraph.quote.startswith(" ")


@settings(deadline=None, max_examples=100)
@given(text=st.text(alphabet="ab.\n\r ", min_size=1, max_size=60), data=st.data())
def test_a_passage_always_holds_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    report = make_report(text)
    found = passages.passage(report, Span.of(text, start, end))
    assert found.span.within(found.paragraph)
    assert "".join(passages.parts(found)) == found.paragraph.quote


def test_more_than_stays_more_than() -> None:
    span = Span(0, 42, "They hold more than 1,800 of the districts")
    figure = Figure(evidence=span, value=1800, unit="districts", approximate=True)
    assert phrases.figure_words(figure) == "more than 1,800 districts"
