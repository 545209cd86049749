"""The findings scheme as JSON: readings out, findings in, and the JSON Schema of both.

The names are the scheme's: a commitment's `by`, an expectation's `if`. Out, a span is `quote`, `start` and `end`; in,
it may give `n`, the n-th occurrence of the quote, instead. The codec follows the dataclasses of `model`, so that a
field added there needs nothing here.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, fields, replace
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin

from peacetable import model
from peacetable.errors import DateError, EvidenceError, SchemeError
from peacetable.model import FINDINGS, KINDS, Actor, Count, Cue, Finding, Kind, Reading, Report, Response, Span, When

VERSION: Final = 1
#: Fields of a finding beyond the scheme's: where its words came from and who made it; they may be left out coming in.
PROVENANCE: Final = ("according_to", "chain", "cues", "thin", "by")


def to_json(reading: Reading) -> dict[str, Any]:
    """A reading as findings JSON: `report`, `actors` and one list for each of the nine kinds.

    Dates are EDTF strings; what stands behind them (words, rule, anchor, bounds) is under `when`, by field.
    """
    report = reading.report
    data: dict[str, Any] = {
        "report": {
            "id": report.name,
            "hash": report.id,
            "source": report.source,
            "url": report.url,
            "licence": report.licence,
            "title": report.title,
            "published": report.published.edtf if report.published else None,
            "published_how": report.published_how,
            "language": report.language,
            "text": report.text,
        },
        "actors": [actor_to_json(actor) for actor in reading.actors],
    }
    for kind in KINDS:
        data[kind] = [finding_to_json(finding) for finding in reading.of(kind)]
    if reading.problems:
        data["problems"] = [{"where": p.where, "message": p.message, "level": p.level} for p in reading.problems]
    data["engine"] = reading.engine
    data.update(reading.layers)
    return data


def actor_to_json(actor: Actor) -> dict[str, Any]:
    """An actor in the scheme's names."""
    return {item.name: _plain(getattr(actor, item.name)) for item in fields(actor)}


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding in the scheme's names, with its provenance."""
    data: dict[str, Any] = {}
    when: dict[str, Any] = {}
    for item in _ordered(type(finding)):
        value = getattr(finding, item.name)
        name = _json_name(item)
        data[name] = _plain(value)
        if isinstance(value, When) and (value.words or value.rule):
            when[name] = _when_to_json(value)
    if when:
        data["when"] = when
    return data


def field_types(kind: Kind) -> Mapping[str, Any]:
    """The fields of a kind of finding in the scheme's names, with their types: its own, the evidence, who says it."""
    hints = _hints(FINDINGS[kind])
    shown = [item for item in _ordered(FINDINGS[kind]) if item.name not in PROVENANCE or item.name == "according_to"]
    return {_json_name(item): hints[item.name] for item in shown}


def finding_from_json(kind: Kind, data: Mapping[str, Any], *, text: str, where: str) -> Finding:
    """One finding out of JSON; every span is looked up in the text.

    Raises:
        SchemeError: a field is missing or has a value that the scheme does not know.
        EvidenceError: a span's words are not at its place.
    """
    if not isinstance(data, Mapping):
        raise SchemeError(where=where, found=data, expected="an object")
    if kind == "agreements" and data.get("name") is None and "evidence" in data:
        data = {**data, "name": data["evidence"]}  # an accord that has no name goes by the words that tell of it
    cls = FINDINGS[kind]
    hints = _hints(cls)
    given: dict[str, Any] = {}
    for item in fields(cls):
        name = _json_name(item, provenance_first=False)
        if item.name in PROVENANCE:
            name = "made_by" if item.name == "by" else item.name
        if name not in data:
            if item.default is MISSING and item.default_factory is MISSING:
                if not _optional(hints[item.name]):
                    raise SchemeError(where=where, found=sorted(data), expected=f"the field {name!r}")
                given[item.name] = None
            continue
        value = _value(hints[item.name], data[name], text=text, where=f"{where}.{name}")
        if isinstance(value, When) and isinstance(data.get("when"), Mapping) and name in data["when"]:
            value = _when_from_json(value.edtf, data["when"][name])
        given[item.name] = value
    return cls(**given)


def from_json(report: Report, data: Mapping[str, Any], *, by: str) -> Reading:
    """Findings JSON as the reading of a report: a person's work, or another program's.

    Args:
        report: the report that the findings are about; spans are checked against its text.
        data: findings JSON; a list that is missing is empty.
        by: who made the findings.

    Raises:
        SchemeError, EvidenceError: naming the list and the place in it, as in `commitments[2].due`.
    """
    actors = tuple(
        _actor_from_json(item, where=f"actors[{number}]")
        for number, item in enumerate(_list(data.get("actors"), "actors"))
    )
    known = {actor.id for actor in actors}
    findings = []
    for kind in KINDS:
        for number, item in enumerate(_list(data.get(kind), kind)):
            where = f"{report.name}: {kind}[{number}]"
            finding = finding_from_json(kind, item, text=report.text, where=where)
            for name, actor in model.actors_of(finding):
                if actor not in known:
                    raise SchemeError(where=f"{where}.{name}", found=actor, expected="the id of one of the actors")
            findings.append(_signed(finding, by))
    return Reading(report=report, actors=actors, findings=tuple(findings), engine=by)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of findings JSON."""
    span = {
        "type": "object",
        "required": ["quote"],
        "properties": {
            "quote": {"type": "string", "minLength": 1},
            "start": {"type": "integer", "minimum": 0},
            "end": {"type": "integer", "minimum": 1},
            "n": {"type": "integer", "minimum": 1, "default": 1},
        },
    }
    properties: dict[str, Any] = {
        "report": {
            "type": "object",
            "required": ["text"],
            "properties": {"text": {"type": "string"}, "published": {"type": ["string", "null"]}},
        },
        "actors": {"type": "array", "items": _object_schema(Actor)},
    }
    for kind in KINDS:
        properties[kind] = {"type": "array", "items": _object_schema(FINDINGS[kind])}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Peacetable findings",
        "description": f"What one report says about a peace process, version {VERSION}.",
        "type": "object",
        "required": ["report"],
        "properties": properties,
        "$defs": {
            "span": span,
            "edtf": {"type": "string", "description": "A date in EDTF (ISO 8601-2)."},
            "count": {
                "type": "array",
                "prefixItems": [{"type": ["integer", "null"]}, {"type": ["integer", "null"]}],
                "minItems": 2,
                "maxItems": 2,
            },
        },
    }


# How a value is written.


def _plain(value: Any) -> Any:
    if isinstance(value, Span):
        return {"quote": value.quote, "start": value.start, "end": value.end}
    if isinstance(value, When):
        return value.edtf
    if isinstance(value, Count):
        return [value.low, value.high]
    if isinstance(value, Cue):
        return {"rule": value.rule, "words": value.words}
    if isinstance(value, Response):
        return {"actor": value.actor, "stance": value.stance, "evidence": _plain(value.evidence)}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _when_to_json(when: When) -> dict[str, Any]:
    earliest, latest = when.earliest, when.latest
    return {
        "edtf": when.edtf,
        "earliest": earliest.isoformat() if earliest else None,
        "latest": latest.isoformat() if latest else None,
        "words": when.words,
        "rule": when.rule,
        "anchor": when.anchor,
    }


def _ordered(cls: type[Finding]) -> Iterator[Field[Any]]:
    """The scheme's own fields first, then the evidence, then the provenance."""
    own = [item for item in fields(cls) if item.name not in (*PROVENANCE, "evidence")]
    rest = {item.name: item for item in fields(cls)}
    yield from own
    yield rest["evidence"]
    yield from (rest[name] for name in PROVENANCE)


def _json_name(item: Field[Any], *, provenance_first: bool = True) -> str:
    if item.name == "by" and provenance_first:
        return "made_by"  # the scheme's own `by` is who is bound, proposes or attacks
    return str(item.metadata.get("json", item.name))


# How a value is read.


def _value(hint: Any, data: Any, *, text: str, where: str) -> Any:
    if _optional(hint):
        if data is None:
            return None
        hint = _without_none(hint)
    origin = get_origin(hint)
    if origin is tuple:
        inner = get_args(hint)[0]
        return tuple(
            _value(inner, part, text=text, where=f"{where}[{number}]") for number, part in enumerate(_list(data, where))
        )
    if origin is Literal:
        if data not in get_args(hint):
            raise SchemeError(where=where, found=data, expected=f"one of {', '.join(get_args(hint))}")
        return data
    if hint is Span:
        return span_from_json(data, text=text, where=where)
    if hint is When:
        return _when(data, where)
    if hint is Count:
        return _count(data, where)
    if hint is Response:
        return _response(data, text=text, where=where)
    if hint is Cue:
        return Cue(str(data.get("rule", "")), str(data.get("words", "")))
    if hint is float and isinstance(data, int | float) and not isinstance(data, bool):
        return data
    if not isinstance(data, hint) or (hint is int and isinstance(data, bool)):
        raise SchemeError(where=where, found=data, expected=f"a value of type {hint.__name__}")
    return data


def span_from_json(data: Any, *, text: str, where: str) -> Span:
    """A span given as `quote` with `start` and `end`, or with `n`.

    Raises:
        SchemeError: it is not of that form.
        EvidenceError: the words are not there.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("quote"), str) or not data["quote"]:
        raise SchemeError(where=where, found=data, expected='a span: {"quote": "...", "n": 1} or with start and end')
    quote = data["quote"]
    if "start" in data:
        start, end = data["start"], data.get("end", 0)
        if not isinstance(start, int) or not isinstance(end, int):
            raise SchemeError(where=where, found=data, expected="start and end as whole numbers")
        span = Span(start, end, quote)
        model.check_span(text, span, where=where)
        return span
    at, wanted = -1, data.get("n", 1)
    if not isinstance(wanted, int) or wanted < 1:
        raise SchemeError(where=where, found=wanted, expected="n as a whole number from 1")
    for _ in range(wanted):
        at = text.find(quote, at + 1)
        if at < 0:
            raise EvidenceError(where=where, quote=quote, start=0, end=len(text), found="no such words")
    return Span(at, at + len(quote), quote)


def _when(data: Any, where: str) -> When:
    if not isinstance(data, str):
        raise SchemeError(where=where, found=data, expected="a date in EDTF, as text")
    try:
        return When(data)
    except DateError as error:
        raise SchemeError(where=where, found=data, expected=f"a date in EDTF ({error})") from error


def _when_from_json(edtf: str, data: Any) -> When:
    known = {name: data.get(name) for name in ("words", "rule", "anchor")} if isinstance(data, Mapping) else {}
    return When(edtf, **{name: value for name, value in known.items() if isinstance(value, str)})


def _count(data: Any, where: str) -> Count:
    if (
        not isinstance(data, Sequence)
        or len(data) != 2
        or not all(part is None or (isinstance(part, int) and not isinstance(part, bool)) for part in data)
    ):
        raise SchemeError(where=where, found=data, expected="[min, max], each a whole number or null")
    return Count(data[0], data[1])


def _response(data: Any, *, text: str, where: str) -> Response:
    if not isinstance(data, Mapping):
        raise SchemeError(where=where, found=data, expected="an object with actor, stance and evidence")
    hints = _hints(Response)
    return Response(**{name: _value(hints[name], data.get(name), text=text, where=f"{where}.{name}") for name in hints})


def _actor_from_json(data: Any, *, where: str) -> Actor:
    if not isinstance(data, Mapping):
        raise SchemeError(where=where, found=data, expected="an object with id, name and kind")
    hints = _hints(Actor)
    missing = [name for name in ("id", "name", "kind") if not data.get(name)]
    if missing:
        raise SchemeError(where=where, found=sorted(data), expected=f"the fields {', '.join(missing)}")
    given = {name: hint for name, hint in hints.items() if name in data}
    return Actor(**{name: _value(hint, data[name], text="", where=f"{where}.{name}") for name, hint in given.items()})


def _list(data: Any, where: str) -> Sequence[Any]:
    if data is None:
        return ()
    if not isinstance(data, Sequence) or isinstance(data, str):
        raise SchemeError(where=where, found=data, expected="a list")
    return data


def _signed(finding: Finding, by: str) -> Finding:
    return finding if finding.by else replace(finding, by=by)


# The JSON Schema of a dataclass.


def _object_schema(cls: type[Any]) -> dict[str, Any]:
    hints, properties, required = _hints(cls), {}, []
    for item in fields(cls):
        name = _json_name(item) if issubclass(cls, Finding) else item.name
        properties[name] = _type_schema(hints[item.name])
        if item.default is MISSING and item.default_factory is MISSING and not _optional(hints[item.name]):
            required.append(name)
    return {"type": "object", "required": required, "properties": properties}


def _type_schema(hint: Any) -> dict[str, Any]:
    if _optional(hint):
        return {"anyOf": [_type_schema(_without_none(hint)), {"type": "null"}]}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _type_schema(get_args(hint)[0])}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    named = {Span: "span", When: "edtf", Count: "count"}
    if hint in named:
        return {"$ref": f"#/$defs/{named[hint]}"}
    if hint in (Response, Cue):
        return _object_schema(hint)
    return {"type": {str: "string", bool: "boolean", int: "integer", float: "number"}[hint]}


def _hints(cls: Any) -> Mapping[str, Any]:
    return _resolved(cls)


@cache
def _resolved(cls: type[Any]) -> Mapping[str, Any]:
    hints = typing.get_type_hints(cls)
    return {item.name: hints[item.name] for item in fields(cls)}


def _optional(hint: Any) -> bool:
    return get_origin(hint) in (types.UnionType, typing.Union) and type(None) in get_args(hint)


def _without_none(hint: Any) -> Any:
    return next(part for part in get_args(hint) if part is not type(None))
