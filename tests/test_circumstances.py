"""Around an event: how far its clause reaches, who is in it, when, where and how certain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import marked_events
from peacetable.model import When
from peacetable.reading import circumstances
from peacetable.reading.analysis import Analysis
from peacetable.reading.extents import Clause, clause_at, cuts_of
from peacetable.reading.incidents import incidents
from peacetable.reading.sides import sides
from peacetable.reading.tolls import toll_of


def clause_of(marked: str, word: str) -> tuple[Analysis, Clause, int]:
    """The clause of a marked sentence around a word, and the number of the word's token."""
    analysis = marked_events.analysis_of(marked_events.case(marked))
    at = analysis.text.index(word)
    clause = clause_at(analysis, at, at + len(word))
    number = next(n for n, token in enumerate(clause.sentence.tokens) if token.start == at)
    return analysis, clause, number


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The army attacked Lodar and the rebels fled.", "attacked", "The army attacked Lodar"),
        ("The army attacked Lodar and the rebels fled.", "fled", "the rebels fled"),
        ("The minister said that rebels attacked Lodar.", "attacked", "rebels attacked Lodar"),
        ("Rebels attacked Lodar, killing three people.", "attacked", "Rebels attacked Lodar, killing three people"),
        ("Rebels, who hold the hills, attacked Lodar.", "attacked", "Rebels, who hold the hills, attacked Lodar"),
        ("A meeting, planned for Monday, was called off.", "meeting", "A meeting, planned for Monday, was called off"),
        ("The talks ended; a truce was signed.", "truce", "a truce was signed"),
    ],
)
def test_a_clause_ends_where_another_verb_with_its_subject_begins(text: str, word: str, expected: str) -> None:
    analysis, clause, _ = clause_of(text, word)
    assert analysis.text[clause.start : clause.end] == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "rebels",
                "army",
                "attacked",
                "said",
                "that",
                ",",
                "and",
                ";",
                "who",
                "met",
                "was",
                "the",
                "in",
                "Lodar",
                "killing",
                "after",
            ]
        ),
        min_size=1,
    )
)
@settings(deadline=None, max_examples=60)
def test_every_clause_lies_in_its_sentence_and_holds_its_word(words: list[str]) -> None:
    analysis = marked_events.analysis_of(marked_events.case(" ".join(["Then", *words])))
    for sentence in analysis.sentences:
        assert cuts_of(sentence.tokens)[0] == 0
        for token in sentence.tokens:
            clause = clause_at(analysis, token.start, token.end)
            assert sentence.start <= clause.start <= token.start
            assert token.end <= clause.end <= sentence.end


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Rebels attacked Lodar.", "attacked", "actual"),
        ("Rebels did not attack Lodar.", "attack", "negated"),
        ("There was no attack on Lodar.", "attack", "negated"),
        ("If rebels attack Lodar, we leave.", "attack", "condition"),
        ("Rebels will attack Lodar.", "attack", "planned"),
        ("Rebels could attack Lodar.", "attack", "supposed"),
        ("Rebels threatened to attack Lodar.", "attack", "threat"),
        ("The rebels allegedly attacked Lodar.", "attacked", "allegation"),
        ("The army denied an attack on Lodar.", "attack", "denial"),
        ("The envoy urged a halt to attacks.", "attacks", "wish"),
    ],
)
def test_the_words_before_an_event_tell_how_certain_it_is(text: str, word: str, expected: str) -> None:
    _, clause, number = clause_of(text, word)
    assert circumstances.certainty(clause, number)[0] == expected


@pytest.mark.parametrize(
    ("marked", "word", "expected"),
    [
        ("[The army/forces] attacked Lodar.", "attacked", ("army",)),
        ("On Monday [gunmen/unnamed] attacked Lodar.", "attacked", ("gunmen",)),
        ("[Karvenia/state] and [Lesk/state] signed.", "signed", ("karvenia", "lesk")),
        ("Fighters of [the Front] attacked Lodar.", "attacked", ("front",)),
        ("In [Lesk/state], [the Front] attacked Lodar.", "attacked", ("front",)),
        ("[The Front], which attacked Lodar, left.", "attacked", ("front",)),
        (
            "[President Oleru/person] of [Karvenia/state] and [Amina Dervan/person] met.",
            "met",
            ("president-oleru", "amina-dervan"),
        ),
    ],
)
def test_the_subject_is_who_stands_before_the_verb_without_a_preposition(
    marked: str, word: str, expected: tuple[str, ...]
) -> None:
    analysis, clause, number = clause_of(marked, word)
    assert circumstances.sides_of(analysis, circumstances.subjects(analysis, clause, number)) == expected


def test_a_place_stands_behind_in_or_near_and_near_is_kept() -> None:
    analysis, clause, number = clause_of("Rebels attacked a post near Lodar on Monday.", "attacked")
    assert circumstances.place_of(analysis, clause, number) == "near Lodar"
    analysis, clause, number = clause_of("They met in Vienna in March.", "met")
    assert circumstances.place_of(analysis, clause, number) == "Vienna"


def test_since_gives_an_interval_that_is_open_at_its_end() -> None:
    analysis, clause, number = clause_of("Troops have besieged Lodar since January.", "besieged")
    date = circumstances.date_of(analysis, clause, number)
    assert date is not None
    assert date.edtf == "2021-01/.."


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("2021-03", "2021-03-09", True),
        ("2021-03-08", "2021-03-09", False),
        (None, "2021", True),
        ("2021-03/..", "2022", True),
    ],
)
def test_two_dates_can_be_one_where_their_bounds_meet(left: str | None, right: str | None, expected: bool) -> None:
    assert circumstances.compatible((left and When(left)) or None, (right and When(right)) or None) is expected


def test_the_main_sides_are_a_group_and_the_state_most_spoken_of_and_no_mediator() -> None:
    told = marked_events.case(
        "[The Front] and [Karvenia/state] met in talks mediated by [Norway/state]. "
        "[Norway] thanked [Karvenia]. [Norway] left."
    )
    assert sides(marked_events.analysis_of(told)).main == ("front", "karvenia")


def test_sides_set_next_to_each_other_are_the_main_sides() -> None:
    told = marked_events.case(
        "[Norway/state] spoke. [Norway] and [Oman/state] helped. "
        "The war between [Karvenia/state] and [Lesk/state] goes on."
    )
    assert sides(marked_events.analysis_of(told)).main == ("karvenia", "lesk")


def test_both_sides_are_spelt_out_where_a_report_has_two() -> None:
    told = marked_events.case("[Both sides/unnamed] agreed. The war between [Karvenia/state] and [Lesk/state] goes on.")
    assert sides(marked_events.analysis_of(told)).spelt(("both-sides",)) == ("karvenia", "lesk")


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("Nine soldiers were killed and four wounded.", (9, 9), (4, 4)),
        ("The blast killed at least 30 people.", (30, None), None),
        ("The raid killed two soldiers and a driver.", (3, 3), None),
        ("Dozens died.", (24, None), None),
        ("The blast left seven people dead.", (7, 7), None),
        ("Nobody was hurt.", (0, 0), (0, 0)),
        ("There were no casualties.", (0, 0), (0, 0)),
        ("The deaths of 70 farmers were confirmed.", (70, 70), None),
        ("A policeman was killed.", (1, 1), None),
        ("Forty farmers, among them six boys, were killed.", (40, 40), None),
        ("The war claimed the lives of 300 people.", (300, 300), None),
        ("Soldiers killed in the raid were buried after three days.", None, None),
        ("Fire killed 40 goats.", None, None),
        ("The ministry put its dead at 25.", (25, 25), None),
        ("The army lost 14 men.", (14, 14), None),
        ("No loss of life was reported.", (0, 0), None),
    ],
)
def test_a_toll_is_the_number_that_stands_with_the_word(
    text: str, killed: tuple[int, int | None] | None, injured: tuple[int, int | None] | None
) -> None:
    analysis = marked_events.analysis_of(marked_events.case(text))
    sentence = analysis.sentences[0]
    toll = toll_of(analysis, sentence, 0, len(sentence.tokens))
    found = [(count.low, count.high) if count else None for count in (toll.killed, toll.injured)]
    assert found == [killed, injured]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=200))
@settings(deadline=None, max_examples=60)
def test_any_text_can_be_read(text: str) -> None:
    analysis = marked_events.analysis_of(
        marked_events.case("Then " + text.replace("[", "").replace("{", "").replace("}", ""))
    )
    for incident in incidents(analysis):
        assert analysis.text[incident.evidence.start : incident.evidence.end] == incident.evidence.quote
