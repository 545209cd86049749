"""A finding as cells that a person can read and change, a cell a field, and back.

Words of the report stand as themselves, actors by their names, dates in EDTF, a number of people as 9, 20..25 or 24..
(24 or more). Only cells that were changed are read back; what a person writes is checked like what an engine finds.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, get_args, get_origin

from peacetable import scheme
from peacetable.errors import SchemeError
from peacetable.ledger import Claim, Party
from peacetable.model import ACTOR_FIELDS, Actor, ActorKind, Count, Finding, Kind, Report, Response, Span

BETWEEN: Final = "; "
BETWEEN_SPANS: Final = " | "
#: Fields that cells do not hold.
LEFT_OUT: Final = frozenset({"responses"})
_NEW_ACTOR: Final = re.compile(r"(.+?)\s*\(([a-z_]+)\)")


@dataclass(frozen=True, slots=True)
class Known:
    """What a cell may name.

    Attributes:
        report: the report that the finding is about.
        actors: its actors.
        agreements: its claims of that kind.
        parties: the actors across reports, for who is not in this one.
    """

    report: Report
    actors: Sequence[Actor] = ()
    agreements: Sequence[Claim] = ()
    parties: Sequence[Party] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What cells come to: the finding, and all actors that it may name."""

    finding: Finding
    actors: tuple[Actor, ...]


def columns(kinds: Iterable[Kind]) -> tuple[str, ...]:
    """The fields that cells of some kinds of finding hold, each once."""
    return tuple(dict.fromkeys(name for kind in kinds for name in scheme.field_types(kind) if name not in LEFT_OUT))


def span_fields(kind: Kind) -> tuple[str, ...]:
    """The fields of a kind that hold words of the report."""
    return tuple(name for name, hint in scheme.field_types(kind).items() if Span in _plain(hint))


def cells(finding: Finding, known: Known) -> dict[str, str]:
    """A finding as cells, by the scheme's names."""
    data = scheme.finding_to_json(finding)
    return {
        name: _cell(name, data[name], hint, known)
        for name, hint in scheme.field_types(finding.kind).items()
        if name not in LEFT_OUT
    }


def changed(finding: Finding, given: Mapping[str, str], known: Known) -> dict[str, str]:
    """The cells that differ from those of a finding; columns that are no field of its kind do not count.

    Args:
        finding: the finding.
        given: the cells, as a person left them.
        known: see `Known`.
    """
    own = cells(finding, known)
    return {name: text for name, text in given.items() if name in own and _flat(text) != _flat(own[name])}


def write(kind: Kind, base: Mapping[str, Any], given: Mapping[str, str], known: Known) -> Written:
    """A finding out of cells.

    Args:
        kind: the kind of finding.
        base: findings JSON that the cells change; empty for a new one.
        given: the changed cells; an empty one empties the field.
        known: see `Known`.

    Raises:
        SchemeError, EvidenceError: a cell says what the scheme does not know, or words that are not in the report.
    """
    hints = scheme.field_types(kind)
    data: dict[str, Any] = {name: value for name, value in base.items() if name != "when"}
    data["when"] = {name: value for name, value in dict(base.get("when", {})).items() if name not in given}
    actors = list(known.actors)
    near = base["evidence"]["start"] if "evidence" in base else 0
    for name in sorted(given, key=lambda name: name != "evidence"):
        if name not in hints or name in LEFT_OUT:
            raise SchemeError(where=kind, found=name, expected=f"one of {', '.join(columns([kind]))}")
        data[name] = _value(name, given[name].strip(), hints[name], replace(known, actors=actors), near, actors)
        if name == "evidence" and data[name]:
            near = data[name]["start"]
    finding = scheme.finding_from_json(kind, data, text=known.report.text, where=known.report.name)
    return Written(finding, tuple(actors))


# How a value becomes a cell.


def _cell(name: str, value: Any, hint: Any, known: Known) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and get_origin(hint) is tuple:
        between = BETWEEN_SPANS if get_args(hint)[0] is Span else BETWEEN
        return between.join(_cell(name, part, get_args(hint)[0], known) for part in value)
    if isinstance(value, dict):
        return _flat(str(value.get("quote", "")))
    if name == "under":
        return next((_flat(_name(claim)) for claim in known.agreements if claim.index == value), str(value))
    if isinstance(value, list):
        low, high = value
        return str(low) if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
    if _of_actors(name, hint):
        return next((actor.name for actor in known.actors if actor.id == value), str(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


# How a cell becomes a value.


def _value(name: str, text: str, hint: Any, known: Known, near: int, actors: list[Actor]) -> Any:
    """The value in findings JSON; an actor that the report does not have is added to `actors`."""
    if get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if get_origin(hint) is tuple:
        inner = get_args(hint)[0]
        between = BETWEEN_SPANS.strip() if inner is Span else BETWEEN.strip()
        parts = [part.strip() for part in text.split(between)]
        return [_value(name, part, inner, known, near, actors) for part in parts if part]
    if not text:
        return None
    if hint is Span:
        return _span(text, known.report, near, name)
    if name == "under":
        return _under(text, known)
    if hint is Count:
        return _count(text, name)
    if _of_actors(name, hint):
        return _actor(text, known, actors, name)
    if hint is bool:
        return text.casefold() in ("yes", "true", "1")
    if hint is float:
        return _number(text, name)
    if get_origin(hint) is Literal:
        return text.casefold().replace(" ", "_")
    return text


def _span(text: str, report: Report, near: int, name: str) -> dict[str, Any]:
    """The words in the report, with whatever white space lies between them; of several places the nearest."""
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    found = [match.span() for match in re.finditer(pattern, report.text)]
    if not found:
        told = f"words of {report.name}, to the letter"
        raise SchemeError(where=name, found=text, expected=told)
    start, end = min(found, key=lambda span: (abs(span[0] - near) if span[0] < near else span[0] - near, span))
    return {"quote": report.text[start:end], "start": start, "end": end}


def _actor(text: str, known: Known, actors: list[Actor], name: str) -> str:
    """An actor of the report by name; else one of another report, or a new one with its kind in brackets."""
    new = _NEW_ACTOR.fullmatch(text)
    wanted = text.casefold()
    given = {wanted, new[1].casefold()} if new else {wanted}
    for actor in actors:
        if given & {each.casefold() for each in (actor.id, actor.name, *actor.aliases)}:
            return actor.id
    party = next((each for each in known.parties if wanted in {n.casefold() for n in (each.name, *each.names)}), None)
    if party is not None:
        made = Actor(id="", name=text, kind=party.kind, country=party.country)
    elif new and new[2] in get_args(ActorKind):
        kind: Any = new[2]
        made = Actor(id="", name=new[1], kind=kind)
    else:
        kinds = ", ".join(get_args(ActorKind))
        told = f"an actor of the record, or a new one with its kind: {text} (state). Kinds: {kinds}"
        raise SchemeError(where=name, found=text, expected=told)
    slug = re.sub(r"\W+", "-", made.name.casefold()).strip("-") or "actor"
    taken = {actor.id for actor in actors}
    identity = slug if slug not in taken else next(f"{slug}-{n}" for n in range(2, 1000) if f"{slug}-{n}" not in taken)
    actors.append(replace(made, id=identity, aliases=(made.name,)))
    return identity


def _under(text: str, known: Known) -> int:
    for claim in known.agreements:
        if text.casefold() in (_flat(_name(claim)).casefold(), claim.id):
            return claim.index
    names = "; ".join(_flat(_name(claim)) for claim in known.agreements) or "none"
    raise SchemeError(where="under", found=text, expected=f"the name of an agreement of the report ({names})")


def _count(text: str, name: str) -> list[int | None]:
    match = re.fullmatch(r"(\d*)(\.\.|-|–)?(\d*)\+?", text.replace(",", "").replace(" ", ""))
    if not match or not (match[1] or match[3]):
        raise SchemeError(
            where=name, found=text, expected="a number of people: 9, 20..25, 24.. (or more), ..40 (at most)"
        )
    low, high = (int(part) if part else None for part in (match[1], match[3]))
    return [low, high] if match[2] or text.endswith("+") else [low, low]


def _number(text: str, name: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError as error:
        raise SchemeError(where=name, found=text, expected="a number") from error


def _of_actors(name: str, hint: Any) -> bool:
    return name in ACTOR_FIELDS or (name == "by" and hint is not Response)


def _plain(hint: Any) -> tuple[Any, ...]:
    """The types that a hint is made of."""
    return tuple(part for inner in get_args(hint) for part in _plain(inner)) if get_args(hint) else (hint,)


def _name(claim: Claim) -> str:
    return str(getattr(claim.finding, "name", claim.finding.evidence).quote)


def _flat(text: str) -> str:
    return " ".join(text.split())
