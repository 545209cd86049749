from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_report
from peacetable import scheme
from peacetable.errors import UnknownEngineError
from peacetable.model import KINDS, Reading, Report, Talks, actors_of
from peacetable.reading import talks
from peacetable.reading.analysis import Analysis
from peacetable.reading.engines import engine
from peacetable.reading.layers import LAYERS

TEXT = (
    "OSLO, March 12 - The Karvenian army said on Tuesday that nine soldiers had died near Lesk.\n\n"
    'Foreign Minister Jane Roe called the raid "a breach of the truce" and demanded an inquiry by 20 March.\n\n'
    "The rebels' spokesman, Samuel Okoro, denied this. He said talks would resume in Geneva next week."
)


def read(text: str, *, layers: tuple[str, ...] = (), language: str | None = "en") -> Reading:
    """One reading by the local engine."""
    (reading,) = engine("local").read([make_report(text, language=language)], layers=layers)
    return reading


def test_an_unknown_engine_names_those_that_there_are() -> None:
    with pytest.raises(UnknownEngineError, match="local"):
        engine("cloud")


def test_every_finding_says_which_engine_made_it() -> None:
    reading = read(TEXT)
    assert reading.findings
    assert {finding.by for finding in reading.findings} == {f"local/{engine('local').version}"}


def test_findings_are_in_the_order_of_the_scheme_and_of_the_text() -> None:
    findings = read(TEXT).findings
    places = [
        (KINDS.index(finding.kind), finding.evidence.start) for finding in findings if finding.kind != "agreements"
    ]
    assert places == sorted(places)


def test_no_finding_comes_twice() -> None:
    findings = read(TEXT).findings
    assert len(findings) == len(set(findings))


def test_every_actor_of_a_finding_is_among_the_actors() -> None:
    reading = read(TEXT)
    known = {actor.id for actor in reading.actors}
    assert {actor for finding in reading.findings for _, actor in actors_of(finding)} <= known


def test_the_same_report_gives_the_same_reading_whatever_stands_beside_it() -> None:
    report = make_report(TEXT)
    other = make_report("Kofi Bah said the bridge was open.", name="other")
    (alone,) = engine("local").read([report])
    beside = list(engine("local").read([other, report]))[1]
    assert alone == beside


def test_a_report_in_another_language_is_named_and_not_read() -> None:
    reading = read("La trêve a été signée à Genève.", language="fr")
    assert reading.findings == ()
    assert "French" in reading.problems[0].message


def test_a_reading_goes_out_as_json_and_comes_back() -> None:
    reading = read(TEXT)
    data = json.loads(json.dumps(scheme.to_json(reading)))
    again = scheme.from_json(reading.report, data, by="tests")
    assert len(again.findings) == len(reading.findings)


def test_only_the_layers_that_were_asked_for_are_there() -> None:
    assert set(read(TEXT, layers=("times",)).layers) == {"times"}
    assert read(TEXT).layers == {}


def test_layers_are_json_that_points_into_the_text() -> None:
    layers = json.loads(json.dumps(read(TEXT, layers=tuple(LAYERS)).layers))
    assert set(layers) == {"times", "names", "attributions", "syntax", "certainty"}
    for span in (*layers["times"], *layers["names"]):
        assert TEXT[span["start"] : span["end"]] == span["quote"]
    assert {time["type"] for time in layers["times"]} <= {"DATE", "TIME", "DURATION", "SET"}
    assert all(set(item) == {"source", "cue", "content"} for item in layers["attributions"])
    assert all(len(word) == 5 for sentence in layers["syntax"] for word in sentence)


def test_a_reader_that_fails_keeps_one_report_out_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(analysis: Analysis) -> tuple[Talks, ...]:
        if "Geneva" in analysis.text:
            raise IndexError("tuple index out of range")
        return ()

    monkeypatch.setattr(talks, "talks", failing)
    bad, good = make_report(TEXT, name="bad"), make_report("Kofi Bah said the bridge was open.", name="good")
    unread, reading = engine("local").read([bad, good])
    (problem,) = unread.problems
    assert unread.findings == ()
    assert (problem.where, problem.level) == ("bad", "error")
    assert problem.message.startswith("could not be read: IndexError: tuple index out of range")
    assert reading.findings
    assert reading.problems == ()


def test_a_common_noun_that_no_finding_uses_is_no_actor() -> None:
    reading = read("Jane Roe said the road was open. The shop sold bread to a villager.")
    assert [actor.name for actor in reading.actors] == ["Jane Roe"]


def test_an_empty_report_gives_an_empty_reading() -> None:
    assert read("").findings == ()


PIECES = st.sampled_from(
    ["The army", "said", "on Tuesday", "that", "nine soldiers", "were killed", "in Oslo", ".", "\n\n", '"', "Jane Roe",
     "demanded", "a ceasefire", "by 1 May", "if", "the rebels", "withdrew", "will", "talks", "between", "and", ",",
     "(UN)", "accused", "Russia", "of", "shelling", "at least 30", "proposed", "agreed to", "he", "its", "😀", "\r\n"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_no_order_of_words_breaks_a_reading(text: str) -> None:
    reading = read(text, layers=tuple(LAYERS))
    json.dumps(scheme.to_json(reading))


def test_the_rules_alone_are_an_engine_of_their_own() -> None:
    (reading,) = engine("rules").read([make_report(TEXT)])
    assert {finding.by for finding in reading.findings} == {f"rules/{engine('rules').version}"}
    assert not any(cue.rule == "model" for finding in reading.findings for cue in finding.cues)


def test_readings_come_in_the_order_of_their_reports() -> None:
    reports = [make_report(TEXT if number % 2 else f"Report {number}.", name=f"r{number}") for number in range(7)]
    assert [reading.report.name for reading in engine("local").read(reports)] == [report.name for report in reports]


def test_a_report_is_not_taken_before_the_ones_ahead_of_it_are_read() -> None:
    taken = []

    def reports() -> Iterator[Report]:
        for number in range(9):
            taken.append(number)
            yield make_report("A truce was signed.", name=f"r{number}")

    next(iter(engine("local").read(reports())))
    assert len(taken) <= 4
