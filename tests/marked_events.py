"""Marked sentences as tests: who is who and what the evidence is stands in the sentence, what is expected behind "=>".

A case is one line:

    {[Northern Front/armed_group] attacked a post near Lodar on Monday} and left. => attack; by Northern Front

Square brackets mark actors (with their kind), braces the evidence (it need only overlap by half), "=>" opens the kind
and then fields as "name value", parted by semicolons. "=> none" says that nothing is to be found. Lines that begin with
# and empty lines are skipped. Reports are published on Friday, 12 March 2021.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from factories import make_report
from peacetable import scheme
from peacetable.model import Actor, ActorKind, Finding
from peacetable.reading import quantities, sentences, times
from peacetable.reading.analysis import Analysis, Mention

CASES = Path(__file__).parent / "cases"
MARK = re.compile(r"\[(?P<name>[^\]/]+)(?:/(?P<kind>\w+))?\]|(?P<brace>[{}])")


@dataclass(frozen=True)
class Case:
    """A sentence without its marks, who is in it, the evidence and what is expected."""

    line: str
    text: str
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    evidence: tuple[int, int] | None
    expected: dict[str, str] | None

    def __str__(self) -> str:
        return self.text[:60]


def cases(name: str) -> list[Case]:
    """The cases of `tests/cases/<name>.txt`."""
    lines = (CASES / f"{name}.txt").read_text("utf-8").splitlines()
    return [case(line) for line in lines if line.strip() and not line.startswith("#")]


def case(line: str) -> Case:
    """One line as a case."""
    marked, _, wanted = line.partition("=>")
    text, at = "", 0
    mentions: list[Mention] = []
    actors: dict[str, Actor] = {}
    edges: list[int] = []
    marked = marked.strip()
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match["brace"]:
            edges.append(len(text))
            continue
        name = match["name"]
        actor = slug(name)
        if actor not in actors or match["kind"]:
            kind: ActorKind = match["kind"] or "armed_group"  # type: ignore[assignment]
            actors[actor] = Actor(id=actor, name=name, kind=kind, aliases=(name,))
        mentions.append(Mention(len(text), len(text) + len(name), name, "name", actor))
        text += name
    text += marked[at:]
    fields = [part.strip() for part in wanted.split(";")]
    expected: dict[str, str] | None = None
    if fields != ["none"]:
        expected = {"kind": fields[0]}
        for field in fields[1:]:
            key, _, value = field.partition(" ")
            expected[key] = value.strip()
    evidence = (edges[0], edges[1]) if len(edges) == 2 else None
    return Case(line, text, tuple(mentions), tuple(actors.values()), evidence, expected)


def slug(name: str) -> str:
    """A name as an actor's id."""
    return re.sub(r"\W+", "-", name.strip().lower().removeprefix("the ")).strip("-")


def analysis_of(given: Case) -> Analysis:
    """The analysis of a case: its own actors, and the times and quantities of the package."""
    report = make_report(given.text)
    paragraphs, found = sentences.split(report.text)
    when = times.times(report.text, published=report.published, sentences=found)
    return Analysis(
        report=report,
        paragraphs=paragraphs,
        sentences=found,
        actors=given.actors,
        mentions=given.mentions,
        times=when,
        quantities=quantities.quantities(report.text, sentences=found, times=when),
    )


def check(given: Case, read: Callable[[Analysis], tuple[Finding, ...]]) -> None:
    """Read a case and compare what is found with what is expected."""
    found = read(analysis_of(given))
    if given.expected is None:
        assert not found, f"expected nothing, found {[f.evidence.quote for f in found]}"
        return
    assert found, "expected a finding, found none"
    best = max(found, key=lambda finding: _overlap(finding, given))
    told: dict[str, Any] = scheme.finding_to_json(best)
    if given.evidence:
        assert _overlap(best, given) >= 0.5, f"the evidence is {best.evidence.quote!r}"
    for key, value in given.expected.items():
        assert _words(told[key]) == _wanted(key, value), f"{key}: found {told[key]!r}, expected {value!r}"


def _overlap(finding: Finding, given: Case) -> float:
    start, end = given.evidence or (0, len(given.text))
    shared = max(0, min(end, finding.evidence.end) - max(start, finding.evidence.start))
    return 2 * shared / (end - start + finding.evidence.end - finding.evidence.start)


def _words(value: Any) -> Any:
    if isinstance(value, dict):
        return value["quote"]
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return set(value)
    return value


def _wanted(key: str, value: str) -> Any:
    if value == "-":
        return set() if key in ("by", "against", "parties", "participants", "hosts", "mediators") else None
    if key in ("by", "against", "parties", "participants", "hosts", "mediators"):
        return {slug(name) for name in value.split(",") if name.strip()}
    if key in ("killed", "injured"):
        low, _, high = value.partition("-")
        return [int(low) if low else None, int(high) if high else None]
    return value
