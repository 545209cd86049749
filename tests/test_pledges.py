"""Who must do what by when, and what is put forward: marked sentences, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marked_sentences import Case, analysed, cases
from peacetable.model import Agreement, When
from peacetable.reading.analysis import Analysis
from peacetable.reading.pledges import commitments, proposals
from peacetable.reading.positions import positions

CASES = list(cases("pledges.txt"))
WORDS = st.sampled_from(
    ["[The Front]", "[Norvania]", "will", "is to", "promised to", "withdraw", "its guns", "by 1 May", "within ten days",
     "if", "the road", "opens", "and", ",", "not", "obliges", "the accord", "until Friday", "proposed", "that", "be"]
)  # fmt: skip


def told(analysis: Analysis) -> list[str]:
    """Commitments and proposals in the form of the cases."""
    lines = []
    for found in commitments(analysis, ()):
        due = found.due.edtf if found.due else "-"
        condition = found.condition.quote if found.condition else "-"
        lines.append(f"{found.modality} | {found.actor} | {found.action.quote} | {due} | {condition}")
    for made in proposals(analysis, positions(analysis)):
        answers = ", ".join(f"{answer.actor}: {answer.stance}" for answer in made.responses)
        lines.append(f"~ {made.actor} | {made.content.quote} | {answers}".strip())
    return lines


def accord(analysis: Analysis, words: str, *, date: str | None, parties: tuple[str, ...] = ()) -> Agreement:
    start = analysis.text.index(words)
    span = analysis.span(start, start + len(words))
    return Agreement(name=span, parties=parties, date=When(date) if date else None, evidence=span)


@pytest.mark.parametrize("case", CASES, ids=[f"line {case.line}" for case in CASES])
def test_a_marked_sentence_gives_the_pledges_written_under_it(case: Case) -> None:
    found = told(analysed(case.text))
    if not any(line.startswith("~") for line in case.expected):
        found = [line for line in found if not line.startswith("~")]
    assert sorted(found) == sorted(case.expected)


def test_a_duty_points_to_the_agreement_that_it_stands_under() -> None:
    analysis = analysed("Under the Lodar Accord [the Front] must clear the mines.")
    (found,) = commitments(analysis, (accord(analysis, "Lodar Accord", date=None),))
    assert (found.actor, found.under) == ("front", 0)


def test_a_length_is_counted_from_the_day_of_the_agreement() -> None:
    analysis = analysed("Under the Lodar Accord [the Front] must clear the mines within 30 days.")
    (found,) = commitments(analysis, (accord(analysis, "Lodar Accord", date="2021-03-01"),))
    assert found.due is not None
    assert found.due.edtf == "../2021-03-31"


def test_a_length_counted_from_an_event_without_a_day_stays_open() -> None:
    analysis = analysed("Under the Lodar Accord [the Front] must clear the mines within 30 days of the last release.")
    (found,) = commitments(analysis, (accord(analysis, "Lodar Accord", date="2021-03-01"),))
    assert found.due is None


def test_the_state_owes_the_withdrawal_of_foreign_forces_under_its_agreement() -> None:
    analysis = analysed(
        "Under the Lodar Accord [Norvania=norvania:state] signed, [all foreign forces=forces:forces] will leave."
    )
    under = accord(analysis, "Lodar Accord", date=None, parties=("norvania", "front"))
    (found,) = commitments(analysis, (under,))
    assert found.actor == "norvania"


def test_a_duty_not_yet_due_is_pending_and_one_without_end_says_nothing() -> None:
    (due,) = commitments(analysed("[The Front] will free the miners by 1 May."), ())
    (without_end,) = commitments(analysed("[The Front] promised not to tax the convoys."), ())
    assert (due.reported, without_end.reported) == ("pending", None)


def test_an_old_promise_is_breached_only_where_the_report_says_so() -> None:
    (broken,) = commitments(analysed("[The Front] promised to free the miners but has not done so."), ())
    (silent,) = commitments(analysed("[The Front] promised to free the miners."), ())
    assert (broken.reported, silent.reported) == ("breached", "pending")


def test_proposals_read_the_positions_themselves_where_none_are_given() -> None:
    (made,) = proposals(analysed("[The envoy] proposed a truce. [The Front] rejected the idea."))
    assert [(answer.actor, answer.stance) for answer in made.responses] == [("front", "rejects")]


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_every_span_of_any_text_has_its_words_at_its_place(marked: str) -> None:
    analysis = analysed(marked + ".")
    for finding in (*commitments(analysis, ()), *proposals(analysis)):
        for _, span in finding.spans():
            assert span.start < span.end
            assert analysis.text[span.start : span.end] == span.quote


def test_the_items_of_a_list_bind_who_agreed_to_them() -> None:
    analysis = analysed(
        "[The Parties] agreed:\na) to open the road by 1 May; and\nb) to refrain from raids.\n\nThey met."
    )
    assert told(analysis) == [
        "must | parties | open the road by 1 May | ../2021-05-01 | -",
        "must_not | parties | refrain from raids | - | -",
    ]


def test_a_text_that_provides_for_deeds_lays_each_on_its_parties() -> None:
    analysis = analysed(
        "The Lodar Accord provides for the release of all miners by 2 April, the departure of [the Front] and a vote. "
        "[Both sides=both:unnamed] cheered."
    )
    under = accord(analysis, "Lodar Accord", date=None, parties=("norvania", "front"))
    found = [(one.actor, one.action.quote) for one in commitments(analysis, (under,))]
    assert found == [
        ("both", "the release of all miners by 2 April"),
        ("front", "the departure of the Front"),
        ("both", "a vote"),
    ]


def test_the_army_answers_for_what_it_hands_over_and_the_state_for_where_it_stands() -> None:
    analysis = analysed(
        "Under the Lodar Accord [the army=army<norvania:forces] must return to its camps. "
        "[The army=army<norvania:forces] must store its guns. [Norvania=norvania:state] agreed."
    )
    under = accord(analysis, "Lodar Accord", date=None, parties=("norvania",))
    assert [one.actor for one in commitments(analysis, (under,))] == ["norvania", "army"]


def test_what_has_not_been_done_since_an_accord_is_a_ban_that_is_kept() -> None:
    analysis = analysed("Since the Lodar Accord was signed, [the Front] has not attacked the convoys.")
    (found,) = commitments(analysis, (accord(analysis, "Lodar Accord", date=None),))
    assert (found.actor, found.modality, found.reported) == ("front", "must_not", "met")


def test_forces_whose_state_is_not_named_are_those_of_the_state_that_made_the_agreement() -> None:
    analysis = analysed(
        "Under an agreement that [Norvania=norvania:state] made with [the Front], "
        "all foreign troops will be out on 1 May."
    )
    (found,) = commitments(analysis, (accord(analysis, "agreement", date=None, parties=("norvania", "front")),))
    assert (found.actor, found.due and found.due.edtf) == ("norvania", "2021-05-01")
