"""What people did to a record, in words."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any, Final

from peacetable.ledger import Act, Doing, Judgement, Place
from peacetable.model import Report
from peacetable.views import phrases

#: What was done, before what it was done to.
VERBS: Final = MappingProxyType(
    {
        "accept": "accepted",
        "refuse": "refused",
        "correct": "corrected",
        "add": "added",
        "note": "noted on",
        "choose": "chose",
        "file": "filed",
        "grade": "graded",
        "withdraw": "withdrew",
        "same": "joined",
        "different": "told apart",
        "unsure": "left open",
    }
)
#: So much of a passage is shown.
WORDS: Final = 60


def doing_lines(doing: Doing, reports: dict[str, Report]) -> Iterator[str]:
    """What was done in one go, a line for each sort of thing with the first of them."""
    by_verb: dict[str, list[Judgement | Act]] = {}
    for part in doing.parts:
        by_verb.setdefault(part.verdict if isinstance(part, Judgement) else part.what, []).append(part)
    for verb, parts in by_verb.items():
        more = f" (and {len(parts) - 1} more)" if len(parts) > 1 else ""
        yield f"{VERBS.get(verb, verb)} {_what(parts[0], reports)}{more}"


def doing_object(doing: Doing) -> dict[str, Any]:
    """What was done in one go, for programs."""
    return {
        "revision": doing.revision,
        "time": doing.time,
        "by": doing.author,
        "undone": doing.undone,
        "parts": [_part_object(part) for part in doing.parts],
    }


def _part_object(part: Judgement | Act) -> dict[str, Any]:
    if isinstance(part, Judgement):
        return {"what": part.verdict, "left": _place_object(part.left), "right": _place_object(part.right)}
    return {"what": part.what, "place": _place_object(part.place), "fields": dict(part.fields)}


def _place_object(place: Place) -> dict[str, Any]:
    return {"report": place.report, "start": place.start, "end": place.end, "kind": place.kind or None}


def _what(part: Judgement | Act, reports: dict[str, Report]) -> str:
    if isinstance(part, Judgement):
        return f"{_words(part.left, reports)} and {_words(part.right, reports)}"
    fields = part.fields
    if part.what in ("same", "different", "unsure"):
        return f"{fields['left']['name']} and {fields['right']['name']}"
    details = [str(fields[name]) for name in ("note", "reason", "issue", "field", "value") if fields.get(name)]
    grades = [f"{name} {fields[name] or 'none'}" for name in ("reliability", "credibility", "tlp") if name in fields]
    told = "; ".join((*grades, *details))
    return _words(part.place, reports) + (f": {told}" if told else "")


def _words(place: Place, reports: dict[str, Report]) -> str:
    report = reports.get(place.report)
    if report is None:
        return f"the report {place.report}"
    if not place.kind:
        return f"the report {report.name}"
    text = " ".join(report.text[place.start : place.end].split())
    shown = text if len(text) <= WORDS else f"{text[: WORDS - 1]}…"
    return f"the {phrases.kind_words(place.kind)} “{shown}” ({report.name})"
