"""Findings JSON: in and out in the scheme's names, and the published JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from factories import make_report
from peacetable import scheme
from peacetable.errors import EvidenceError, SchemeError
from peacetable.model import Commitment, Count, Expectation, Incident

TEXT = "On 1 May the army will leave Orvo, the army said. If it stays, said Ama Brek, nine people will die."
REPORT = make_report(TEXT)
FINDINGS: dict[str, Any] = {
    "actors": [
        {"id": "army", "name": "the army", "kind": "forces", "aliases": ["the army"]},
        {"id": "brek", "name": "Ama Brek", "kind": "person", "role": None},
    ],
    "statements": [
        {
            "speaker": "army",
            "source": {"quote": "the army", "n": 2},
            "cue": {"quote": "said"},
            "content": [{"quote": "the army will leave Orvo"}],
            "form": "indirect",
            "date": "2021-03-12",
            "evidence": {"quote": "On 1 May the army will leave Orvo, the army said."},
        }
    ],
    "commitments": [
        {
            "by": "army",
            "modality": "must",
            "action": {"quote": "leave Orvo"},
            "due": "2021-05-01",
            "when": {"due": {"words": "1 May", "rule": "day-month", "anchor": "2021-03-12"}},
            "evidence": {"quote": "the army will leave Orvo"},
            "according_to": "army",
        }
    ],
    "incidents": [
        {
            "kind": "killing",
            "by": ["army"],
            "killed": [9, None],
            "status": "expected",
            "evidence": {"quote": "nine people"},
        }
    ],
    "expectations": [
        {
            "holder": "brek",
            "if": {"quote": "it stays"},
            "then": {"quote": "nine people will die"},
            "evidence": {"quote": "If"},
        }
    ],
}


def changed(kind: str, **fields: Any) -> dict[str, Any]:
    return {**FINDINGS, kind: [{**FINDINGS[kind][0], **fields}]}


def test_the_schemes_names_become_the_models() -> None:
    reading = scheme.from_json(REPORT, FINDINGS, by="Ama")
    duty, incident, expectation = (
        reading.of("commitments")[0],
        reading.of("incidents")[0],
        reading.of("expectations")[0],
    )
    assert isinstance(duty, Commitment)
    assert (duty.actor, duty.action.quote, duty.due and duty.due.words, duty.by) == (
        "army",
        "leave Orvo",
        "1 May",
        "Ama",
    )
    assert isinstance(incident, Incident)
    assert (incident.type, incident.actors, incident.killed) == ("killing", ("army",), Count(9, None))
    assert isinstance(expectation, Expectation)
    assert expectation.condition is not None
    assert expectation.condition.quote == "it stays"


def test_json_out_and_in_again_is_the_same_reading() -> None:
    reading = scheme.from_json(REPORT, FINDINGS, by="Ama")
    again = scheme.from_json(REPORT, json.loads(json.dumps(scheme.to_json(reading))), by="somebody else")
    assert again.findings == reading.findings
    assert again.actors == reading.actors


def test_a_span_goes_out_with_its_offsets() -> None:
    out = scheme.to_json(scheme.from_json(REPORT, FINDINGS, by="Ama"))
    assert out["statements"][0]["source"] == {"quote": "the army", "start": 35, "end": 43}
    assert out["commitments"][0]["when"]["due"]["earliest"] == "2021-05-01"


def test_what_goes_out_and_what_comes_in_follow_the_published_schema() -> None:
    validator = jsonschema.Draft202012Validator(scheme.schema())
    validator.validate({"report": {"text": TEXT}, **FINDINGS})
    validator.validate(json.loads(json.dumps(scheme.to_json(scheme.from_json(REPORT, FINDINGS, by="Ama")))))


def test_the_published_schema_refuses_an_unknown_stance() -> None:
    data = {"report": {"text": TEXT}, "positions": [{"actor": "army", "stance": "likes", "evidence": {"quote": "On"}}]}
    with pytest.raises(jsonschema.ValidationError, match="likes"):
        jsonschema.Draft202012Validator(scheme.schema()).validate(data)


def test_the_schema_in_the_docs_is_the_one_that_the_code_makes() -> None:
    published = Path(__file__).parent.parent / "docs" / "reference" / "findings.schema.json"
    assert json.loads(published.read_text("utf-8")) == scheme.schema()


def test_an_accord_without_a_name_goes_by_the_words_that_tell_of_it() -> None:
    data = {"agreements": [{"name": None, "kind": "other", "status": "agreed", "evidence": {"quote": "leave Orvo"}}]}
    assert scheme.to_json(scheme.from_json(REPORT, data, by="Ama"))["agreements"][0]["name"]["quote"] == "leave Orvo"


def test_the_nth_occurrence_of_a_quote_is_found() -> None:
    reading = scheme.from_json(REPORT, changed("statements", source={"quote": "the army", "n": 1}), by="Ama")
    assert next(span for name, span in reading.findings[0].spans() if name == "source").start == 9


@pytest.mark.parametrize(
    ("findings", "message"),
    [
        (changed("statements", form="sung"), r"statements\[0\]\.form.*'sung'.*one of direct"),
        (changed("commitments", due="soon"), r"commitments\[0\]\.due.*'soon'.*EDTF"),
        (changed("commitments", by="navy"), r"commitments\[0\]\.actor.*'navy'.*id of one of the actors"),
        (changed("incidents", killed=9), r"incidents\[0\]\.killed.*\[min, max\]"),
        (changed("statements", content="words"), r"statements\[0\]\.content.*a list"),
        (changed("statements", cue={"n": 1}), r"statements\[0\]\.cue.*a span"),
        ({"actors": [{"id": "x"}]}, r"actors\[0\].*name, kind"),
        ({"statements": {}}, r"statements.*a list"),
    ],
)
def test_a_fault_is_named_with_its_place_and_what_was_expected(findings: dict[str, Any], message: str) -> None:
    with pytest.raises(SchemeError, match=message):
        scheme.from_json(REPORT, findings, by="Ama")


@pytest.mark.parametrize(
    "span",
    [{"quote": "the navy"}, {"quote": "the army", "n": 3}, {"quote": "the army", "start": 10, "end": 18}],
)
def test_words_that_are_not_in_the_report_are_refused(span: dict[str, Any]) -> None:
    with pytest.raises(EvidenceError, match=r"statements\[0\]\.source"):
        scheme.from_json(REPORT, changed("statements", source=span), by="Ama")
