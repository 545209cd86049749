"""Who wants what: marked sentences, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marked_sentences import Case, analysed, cases
from peacetable.reading.analysis import Analysis
from peacetable.reading.positions import positions

CASES = list(cases("positions.txt"))
WORDS = st.sampled_from(
    ["[The Front]", "[Norvania]", "rejected", "welcomed", "the draft", "will not", "sign", "until", "and", ",", "if",
     "must", "called it", '"a trap"', "its support for", "ready to", "by", "was", "not", "agreed", "to",
     "that", "(", ")"]
)  # fmt: skip


def told(analysis: Analysis) -> list[str]:
    return [
        f"{found.stance} | {found.actor} | {found.issue.quote if found.issue else '-'}" for found in positions(analysis)
    ]


@pytest.mark.parametrize("case", CASES, ids=[f"line {case.line}" for case in CASES])
def test_a_marked_sentence_gives_the_positions_written_under_it(case: Case) -> None:
    assert sorted(told(analysed(case.text))) == sorted(case.expected)


def test_we_in_an_official_statement_is_who_issued_it() -> None:
    analysis = analysed("[We=norvania] welcome the truce.", official=True, author="norvania")
    assert told(analysis) == ["supports | norvania | the truce"]


def test_a_position_in_speech_is_according_to_the_speaker() -> None:
    (position,) = positions(analysed("[The envoy] said {envoy: [the Front=front] rejected the map}."))
    assert (position.actor, position.according_to, position.chain) == ("front", "envoy", ("envoy",))


def test_a_position_in_the_outlets_own_voice_is_according_to_nobody() -> None:
    (position,) = positions(analysed("[The Front] rejected the map."))
    assert position.according_to is None


def test_a_position_keeps_the_words_that_made_it() -> None:
    (position,) = positions(analysed("[The Front] rejected the map."))
    assert [(cue.rule, cue.words) for cue in position.cues] == [("reject", "rejected")]


def test_the_evidence_runs_from_the_actor_to_the_end_of_the_issue() -> None:
    (position,) = positions(analysed("On Monday [the Front] rejected the map, the third in a year."))
    assert position.evidence.quote == "the Front rejected the map, the third in a year"


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_every_span_of_any_text_has_its_words_at_its_place(marked: str) -> None:
    analysis = analysed(marked + ".")
    for position in positions(analysis):
        for _, span in position.spans():
            assert span.start < span.end
            assert analysis.text[span.start : span.end] == span.quote
