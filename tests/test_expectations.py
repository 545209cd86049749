"""What somebody thinks will follow: marked sentences, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marked_sentences import Case, analysed, cases
from peacetable.reading.analysis import Analysis
from peacetable.reading.expectations import expectations

CASES = list(cases("expectations.txt"))
WORDS = st.sampled_from(
    ["[The Front]", "[Analysts]", "expect", "fears that", "if", "unless", "the road", "opens", ",", "the truce", "will",
     "would", "fail", "is likely to", "could", "doubted", "and", "should", "it", "nobody"]
)  # fmt: skip


def told(analysis: Analysis) -> list[str]:
    return [
        f"{found.holder or '-'} | {found.condition.quote if found.condition else '-'} | "
        f"{found.then.quote if found.then else '-'}"
        for found in expectations(analysis)
    ]


@pytest.mark.parametrize("case", CASES, ids=[f"line {case.line}" for case in CASES])
def test_a_marked_sentence_gives_the_expectations_written_under_it(case: Case) -> None:
    assert sorted(told(analysed(case.text))) == sorted(case.expected)


def test_a_warning_is_held_by_who_warns() -> None:
    (found,) = expectations(analysed("[The envoy] warned: {warn envoy: the camps would empty}."))
    assert (found.holder, found.then and found.then.quote) == ("envoy", "the camps would empty")


def test_the_evidence_of_a_conditional_holds_both_its_parts() -> None:
    (found,) = expectations(analysed("[The envoy] said {envoy: if the road stays shut, the camps will starve}."))
    assert found.evidence.quote == "if the road stays shut, the camps will starve"


def test_a_bare_possibility_is_thin_support() -> None:
    (found,) = expectations(analysed("[The envoy] said {envoy: the camps could empty}."))
    assert found.thin


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_every_span_of_any_text_has_its_words_at_its_place(marked: str) -> None:
    analysis = analysed(marked + ".")
    for expectation in expectations(analysis):
        for _, span in expectation.spans():
            assert span.start < span.end
            assert analysis.text[span.start : span.end] == span.quote
