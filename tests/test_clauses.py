"""Where clauses begin, what is denied, on what condition, and who stands before a verb."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marked_sentences import analysed
from peacetable.reading.clauses import clause_at, clauses, conditions, negated
from peacetable.reading.cues import cue_list, inflected
from peacetable.reading.holders import Place, fellows, holder, owner, side, skip_time

WORDS = st.sampled_from(
    ["[The Front]", "the road", "which", ",", "if", "and", "will", "open", "that", "(", ")", ";", "—", '"', "agreed",
     "unless", "who", "but", "it", ":", "not", "by", "Friday"]
)  # fmt: skip


def parts(marked: str) -> list[str]:
    analysis = analysed(marked)
    return [analysis.text[part.start : part.end] for part in clauses(analysis, analysis.sentences[0])]


def found_conditions(marked: str) -> list[tuple[str, str, bool]]:
    analysis = analysed(marked)
    sentence = analysis.sentences[0]
    every = conditions(analysis, sentence, clauses(analysis, sentence), sentence.start, sentence.end)
    return [(condition.words, condition.body.quote, condition.strict) for condition in every]


def place(marked: str) -> Place:
    analysis = analysed(marked)
    return Place.of(analysis, analysis.sentences[0])


def at(here: Place, word: str) -> int:
    return next(number for number, token in enumerate(here.tokens) if token.text == word)


def test_a_relative_clause_ends_before_the_verb_of_its_noun() -> None:
    assert parts("Norvania, which trains the police, condemned the raid.") == [
        "Norvania", "which trains the police", "condemned the raid"
    ]  # fmt: skip


def test_a_condition_ends_at_the_comma_before_the_main_clause() -> None:
    assert parts("If the road opens, the trucks will pass.") == ["If the road opens", "the trucks will pass"]


def test_and_opens_a_clause_only_before_a_verb() -> None:
    assert parts("The Front freed miners and teachers and urged restraint.") == [
        "The Front freed miners and teachers", "and urged restraint"
    ]  # fmt: skip


def test_an_abbreviation_in_brackets_opens_no_clause() -> None:
    assert parts("The Northern Front (NF) rejected it.") == ["The Northern Front (NF) rejected it"]


def test_what_is_said_begins_a_clause() -> None:
    assert parts("[The envoy] said {envoy: the road must open}.") == ["The envoy said", "the road must open"]


def test_a_quotation_within_a_clause_opens_none() -> None:
    assert parts('[The envoy] called it "{envoy: a trap}".') == ['The envoy called it "a trap']


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("They will sign if the road opens.", [("if", "the road opens", False)]),
        ("They will sign only if the road opens.", [("only if", "the road opens", True)]),
        ("They will not sign until the road opens.", [("until", "the road opens", True)]),
        ("They will sign provided that the road opens, he said.", [("provided that", "the road opens", True)]),
        ("Should the road stay shut, they will leave.", [("should", "the road stay shut", False)]),
        ("They should sign.", []),
    ],
)
def test_a_condition_is_found_with_its_words_and_its_strictness(
    marked: str, expected: list[tuple[str, str, bool]]
) -> None:
    assert found_conditions(marked) == expected


@pytest.mark.parametrize(
    ("marked", "denied"),
    [("They have not yet accepted.", True), ("They never accepted.", True), ("They have now accepted.", False)],
)
def test_a_verb_is_denied_by_a_word_just_before_it(marked: str, denied: bool) -> None:
    here = place(marked)
    assert negated(here.tokens, at(here, "accepted")) is denied


def test_the_subject_is_the_actor_that_no_preposition_governs() -> None:
    here = place("In [Tarosh] [the Front] rejected it.")
    who = holder(here, at(here, "rejected"))
    assert who is not None
    assert who.actor == "front"


def test_the_subject_is_carried_over_by_and() -> None:
    here = place("[The Front] freed the miners and urged restraint.")
    who = holder(here, at(here, "urged"))
    assert who is not None
    assert who.actor == "front"


def test_a_noun_that_names_no_actor_carries_no_subject() -> None:
    here = place("[The Front] left and the talks failed.")
    assert holder(here, at(here, "failed")) is None


def test_subjects_joined_by_and_each_count() -> None:
    here = place("[Tarosh] and [Norvania] agreed.")
    who = holder(here, at(here, "agreed"))
    assert who is not None
    assert [each.actor for each in fellows(here, who, at(here, "agreed"))] == ["tarosh", "norvania"]


def test_the_owner_of_a_noun_stands_before_the_genitive() -> None:
    here = place("[Norvania]'s firm support for the truce helped.")
    who = owner(here, at(here, "support"))
    assert who is not None
    assert who.actor == "norvania"


def test_a_side_is_what_an_actor_is_part_of_as_far_up_as_told() -> None:
    analysis = analysed("[The spokeswoman=woman<ministry] of [the ministry=ministry<norvania] spoke.")
    assert side(analysis, "woman") == "norvania"


def test_a_time_after_a_verb_is_skipped() -> None:
    here = place("They agreed on Friday to leave.")
    assert here.lower(skip_time(here, 2)) == "to"


def test_regular_and_irregular_forms_of_a_cue_verb() -> None:
    assert {(first, rest) for first, rest, _ in inflected("seek|sought for")} == {
        ("seek", ("for",)), ("seeks", ("for",)), ("sought", ("for",)), ("seeking", ("for",))
    }  # fmt: skip
    assert {first for first, _, _ in inflected("deny")} == {"deny", "denies", "denied", "denying"}


@pytest.mark.parametrize("name", ["positions", "pledges", "expectations"])
def test_every_group_of_a_cue_list_has_a_note(name: str) -> None:
    assert [group for group, values in cue_list(name).values.items() if not values.get("note")] == []


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=14).map(" ".join))
def test_clauses_of_any_sentence_are_in_order_and_hold_every_word(marked: str) -> None:
    analysis = analysed(marked + " end.")
    for sentence in analysis.sentences:
        every = clauses(analysis, sentence)
        held = {number for part in every for number in range(part.first, part.last)}
        words = {number for number, token in enumerate(sentence.tokens) if token.text[0].isalnum()}
        assert words <= held
        assert all(left.end <= right.start for left, right in pairwise(every))
        assert clause_at(every, 0) is every[0]
