from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_report
from peacetable.reading import attribution
from peacetable.reading.analysis import Analysis, Attribution
from peacetable.reading.engines import analyse

CASES = Path(__file__).parent / "cases" / "attribution.txt"
MARK = re.compile(r"<([SVC]) ([^<>]*)>")


@dataclass(frozen=True)
class Case:
    """A sentence without its marks, and what its marks say."""

    text: str
    source: str | None
    cue: str | None
    content: tuple[str, ...]
    wanted: tuple[str, ...]

    def __str__(self) -> str:
        return self.text[:60]


def cases() -> list[Case]:
    """The marked sentences of tests/cases/attribution.txt."""
    lines = CASES.read_text("utf-8").splitlines()
    return [case(line) for line in lines if line.strip() and not line.startswith("#")]


def case(line: str) -> Case:
    """One line as a case."""
    marked, _, wanted = line.partition("=>")
    marks = MARK.findall(marked)
    return Case(
        text=MARK.sub(r"\2", marked).strip(),
        source=next((words for kind, words in marks if kind == "S"), None),
        cue=next((words for kind, words in marks if kind == "V"), None),
        content=tuple(words for kind, words in marks if kind == "C"),
        wanted=tuple(part.strip() for part in wanted.split(";")),
    )


def read(text: str, *, source: str | None = "Example Wire", published: str | None = "2021-03-12") -> Analysis:
    """The analysis of a text."""
    return analyse(make_report(text, source=source, published=published))


def names_of(analysis: Analysis, actor: str | None) -> tuple[str, ...]:
    """Every string that names an actor."""
    return analysis.actor_by_id[actor].aliases if actor else ()


def only(analysis: Analysis) -> Attribution:
    """The one attribution of an analysis."""
    (found,) = analysis.attributions
    return found


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_marked_sentence_is_attributed_as_marked(case: Case) -> None:
    analysis = read(case.text)
    if case.wanted == ("none",):
        assert analysis.attributions == ()
        return
    found = only(analysis)
    form, speaker, *more = case.wanted
    fields = dict(part.split(" ", 1) for part in more)
    assert found.cue.quote == case.cue
    assert found.source is not None
    assert found.source.quote.strip(",") in (case.source or "")
    assert tuple(span.quote for span in found.content) == case.content
    assert found.form == form
    assert speaker in names_of(analysis, found.speaker)
    assert found.act == fields.get("act", found.act)
    if "relay" in fields:
        assert fields["relay"] in names_of(analysis, found.relayed_by)
    if "date" in fields:
        assert (found.date.edtf if found.date else "none") == fields["date"]


def test_a_pronoun_is_who_spoke_before() -> None:
    analysis = read("Jane Roe, the envoy, said the talks would go on. She added that nobody had left.")
    first, second = analysis.attributions
    assert second.source is not None
    assert second.source.quote == "She"
    assert second.speaker == first.speaker


def test_a_second_verb_keeps_its_subject() -> None:
    analysis = read("The Northern Front denied this and said the army had fired first.")
    first, second = analysis.attributions
    assert (second.speaker, second.source) == (first.speaker, None)
    assert first.content[0].quote == "this"


def test_parties_side_by_side_make_one_attribution_each() -> None:
    analysis = read("The army and the Northern Front have accused each other of the raid.")
    assert [found.source.quote for found in analysis.attributions if found.source] == [
        "the Northern Front",
        "The army",
    ]


def test_a_quotation_without_a_cue_goes_on_with_the_last_speaker() -> None:
    analysis = read('"The road is open," Colonel Amadou Bah said. "We shall keep it so. Nobody will close it."')
    assert [span.quote for span in only(analysis).content] == [
        "The road is open",
        "We shall keep it so. Nobody will close it",
    ]


def test_what_others_are_said_to_want_is_nested() -> None:
    analysis = read("Jane Roe said that Karvenia wanted a longer pause.")
    outer, inner = analysis.attributions
    assert inner.content[0].within(outer.content[0])
    assert outer.speaker != inner.speaker


def test_nothing_within_a_direct_quotation_is_attributed_again() -> None:
    analysis = read('"The army said nothing and denied everything," Jane Roe told reporters.')
    assert only(analysis).cue.quote == "told"


def test_has_said_carries_no_day() -> None:
    assert only(read("The army has said the road is open.")).date is None


def test_said_on_a_weekday_carries_that_day() -> None:
    found = only(read("The army said on Monday the road was open."))
    assert found.date is not None
    assert found.date.edtf == "2021-03-08"


def test_the_publisher_is_no_relay_of_its_own_words() -> None:
    text = '"We are ready," Colonel Amadou Bah told Reuters.'
    assert only(read(text, source="Reuters")).relayed_by is None
    assert only(read(text)).relayed_by is not None


def test_we_in_an_official_statement_is_the_government_that_issued_it() -> None:
    analysis = read("We urge the parties in Yemen to extend the truce.", source="US Department of State")
    assert analysis.official
    assert "United States" in names_of(analysis, only(analysis).speaker)


def test_each_answer_of_an_interview_is_one_statement() -> None:
    text = "\n\n".join(
        (
            "Q: Will you sign?",
            "Okoro: We will read it first. Then we will see.",
            "Q: And the prisoners?",
            "Okoro: They come home, or nothing.",
        )
    )
    first, second = read(text).attributions
    assert first.content[0].quote == "We will read it first. Then we will see."
    assert (first.form, first.speaker) == ("direct", second.speaker)


def test_provenance_names_the_speaker_then_the_relay() -> None:
    text = '"The northern road is open," Colonel Amadou Bah told Reuters.'
    analysis = read(text)
    start = text.index("northern")
    speaker, chain = attribution.provenance(analysis, start, start + len("northern road"))
    assert speaker is not None
    assert [names_of(analysis, actor)[0] for actor in chain] == ["Amadou Bah", "Reuters"]


def test_provenance_of_the_outlets_own_voice_is_nobody() -> None:
    analysis = read("The northern road is open.")
    assert attribution.provenance(analysis, 4, 17) == (None, ())


def test_a_statement_quotes_the_report_to_the_letter() -> None:
    analysis = read("The army said on Monday the road was open.")
    (statement,) = attribution.statements(analysis)
    for _, span in statement.spans():
        assert analysis.text[span.start : span.end] == span.quote


WORDS = st.sampled_from(
    ["the army", "Jane Roe", "said", "that", '"', "“", "”", ",", ".", "according to", "told", "Reuters", "he", "who",
     "quoted", "as saying", "and", "denied", "\n\n", ";", "(", ")", "on Monday", "'s", "in Oslo", "rebels", "not", ":"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_no_order_of_words_breaks_the_reading(text: str) -> None:
    analysis = read(text)
    for found in analysis.attributions:
        assert 0 <= found.start <= found.end <= len(text)
        for span in (found.cue, *found.content, *([found.source] if found.source else [])):
            assert text[span.start : span.end] == span.quote
