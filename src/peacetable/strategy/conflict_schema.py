"""The JSON Schema of a model file: what an editor can check and complete while somebody writes one.

It tells names, kinds of values and what excludes what. That ids are used once, formulas make sense and rankings are
complete is checked by `conflict_file.load` alone.
"""

from __future__ import annotations

from typing import Any

_STATE = {"type": "string", "pattern": "^[YNyn]+$", "description": "One Y (taken) or N (not taken) an option."}
_ID = {"type": "string", "pattern": r"^[^\W\d]\w*(-\w+)*$"}


def schema() -> dict[str, Any]:
    """The schema (draft 2020-12), as docs/reference/conflict.schema.json publishes it."""
    lists = {
        "infeasible": _list({"$ref": "#/$defs/statement"}, "What can not be; a state that satisfies one is left out."),
        "exclusive": _list(_rule(_list(_ID)), "Sets of options of which at most one is taken."),
        "at-least-one": _list(_rule(_list(_ID)), "Sets of options of which at least one is taken."),
        "requires": _list(_rule(_pair(_ID)), "Pairs: the first option only with the second."),
        "alike": _list({"$ref": "#/$defs/statement"}, "The states that satisfy a statement are one state."),
        "coalitions": _list(_list(_ID), "Decision makers that act together."),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A model of a conflict",
        **_object(
            {
                "peacetable-conflict": {"const": 1, "description": "The version of the format."},
                "title": {"type": "string"},
                "decision-makers": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/decision-maker"}},
                "order": _list(_ID, "All options, where those of several decision makers take turns in a state."),
                **lists,
                "arcs": _list({"$ref": "#/$defs/arc"}, "Moves added to those that the options give, or taken away."),
                "status-quo": _STATE,
            },
            required=["peacetable-conflict", "decision-makers"],
        ),
        "$defs": {
            "decision-maker": _decision_maker(),
            "option": _object(
                {"id": _ID, "name": {"type": "string"}, "direction": {"enum": ["both", "fwd", "back"]}, **_passages()},
                required=["id"],
            ),
            "statement": {
                "oneOf": [
                    {"type": "string"},
                    _object(
                        {"statement": {"type": "string"}, "uncertain": {"type": "boolean"}, **_passages()},
                        required=["statement"],
                    ),
                ]
            },
            "arc": _object(
                {"by": _ID, "from": _STATE, "to": _STATE, "add": {"type": "boolean", "default": True}, **_passages()},
                required=["by", "from", "to"],
            ),
            "passage": _object(
                {
                    "report": {"type": "string"},
                    "quote": {"type": "string"},
                    "start": {"type": "integer", "minimum": 0},
                    "end": {"type": "integer", "minimum": 0},
                },
                required=["report", "quote"],
            ),
        },
    }


def _decision_maker() -> dict[str, Any]:
    told = _preference()
    return {
        **_object(
            {
                "id": _ID,
                "name": {"type": "string"},
                "options": _list({"$ref": "#/$defs/option"}),
                **told,
                "overlooks": _list({"type": "string"}, "States that it does not see as possible."),
                "believes": {
                    "type": "object",
                    "description": "What it takes others to prefer, by their ids, where it is mistaken.",
                    "additionalProperties": {**_object(told), "minProperties": 1, "maxProperties": 1},
                },
                "attitudes": _list({"enum": [1, 0, -1]}, "To each decision maker: devoting, indifferent, aggressive."),
                **_passages(),
                "preference-passages": _list({"$ref": "#/$defs/passage"}, "What the preference as a whole rests on."),
            },
            required=["id"],
        ),
        # At most one way of telling a preference.
        "not": {"anyOf": [{"required": [a, b]} for at, a in enumerate(told) for b in list(told)[at + 1 :]]},
    }


def _preference() -> dict[str, Any]:
    pairs = _list(_pair(_STATE))
    triple = {
        "type": "array",
        "prefixItems": [_STATE, _STATE, {"type": "number", "minimum": 0, "maximum": 1}],
        "items": False,
        "minItems": 3,
    }
    return {
        "prefers": _list({"$ref": "#/$defs/statement"}, "Statements, the most important first."),
        "weights": {"type": "object", "additionalProperties": {"type": "number"}, "propertyNames": _ID},
        "ranking": _list(
            {"oneOf": [_STATE, _list(_STATE), {"const": ">>"}]},
            "States, best first; a list is a tie; what stands before '>>' is much preferred to what follows.",
        ),
        "pairs": _object(
            {"better": pairs, "equal": pairs, "much-better": pairs, "intransitive": {"type": "boolean"}},
        ),
        "degrees": _object(
            {
                "pairs": _list(triple),
                "threshold": {"type": "number"},
                "kind": {"enum": ["fuzzy", "probability"]},
                "deterrent": {"type": "number"},
            }
        ),
    }


def _rule(options: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [options, _object({"options": options, **_passages()}, required=["options"])]}


def _passages() -> dict[str, Any]:
    return {"passages": _list({"$ref": "#/$defs/passage"}, "The passages of reports that this rests on.")}


def _object(properties: dict[str, Any], *, required: list[str] | None = None) -> dict[str, Any]:
    made = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**made, "required": required} if required else made


def _list(items: dict[str, Any], description: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {"type": "array", "items": items}
    return {"description": description, **made} if description else made


def _pair(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items, "minItems": 2, "maxItems": 2}
