"""What one report says, as lines of text: who acts, then the findings of each kind with the words that say them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from peacetable.model import KINDS, Actor, ActorId, Finding, Reading
from peacetable.views import oneliners, phrases

WIDTH: Final = 110


def listing(reading: Reading, *, explain: bool = False) -> Iterator[str]:
    """The lines of a listing.

    Args:
        reading: what the report says.
        explain: add the rule and the words that made each finding, and who made it.
    """
    yield from _head(reading)
    names = {actor.id: actor.name for actor in reading.actors}
    for kind in KINDS:
        findings = reading.of(kind)
        if not findings:
            continue
        yield ""
        yield f"{phrases.kind_words(kind, 2).upper()} ({len(findings)})"
        for number, finding in enumerate(findings):
            yield from _finding(number, finding, names, reading, explain=explain)


def _head(reading: Reading) -> Iterator[str]:
    report = reading.report
    title = report.title or report.name
    yield title
    yield "=" * min(len(title), WIDTH)
    known = f"{phrases.date_words(report.published)} ({report.published_how})" if report.published else None
    day = known or "day of publication unknown, so dates that count from it stay open"
    yield f"{report.source or 'publisher unknown'} · {day} · {report.name}"
    if report.url:
        yield report.url
    if not reading.findings:
        yield f"Not read: {reading.problems[0].message}" if reading.problems else "Nothing was found in this report."
    if reading.actors:
        yield ""
        yield f"ACTORS ({len(reading.actors)})"
        names = {actor.id: actor.name for actor in reading.actors}
        for actor in reading.actors:
            yield from _wrapped(f"- {_actor(actor, names)}", indent="  ")


def _actor(actor: Actor, names: dict[ActorId, str]) -> str:
    others = [alias for alias in actor.aliases if alias != actor.name]
    details = [actor.kind.replace("_", " ")]
    details += [actor.role] if actor.role else []
    details += [f"of {names.get(actor.part_of, actor.part_of)}"] if actor.part_of else []
    details += [f"also {', '.join(others)}"] if others else []
    return f"{actor.name} — {'; '.join(details)}"


def _finding(
    number: int, finding: Finding, names: dict[ActorId, str], reading: Reading, *, explain: bool
) -> Iterator[str]:
    look = " [needs a look]" if finding.thin else ""
    line = oneliners.one_line(finding, lambda actor: names.get(actor) if actor else None)
    yield from _wrapped(f"{number + 1}. {line}{look}", indent="   ")
    says = ""
    if finding.kind != "statements":
        speaker = names.get(finding.according_to) if finding.according_to else None
        relays = [names.get(actor, actor) for actor in finding.chain if actor != finding.according_to]
        says = f"{phrases.attribution(speaker, relays, outlet=reading.report.source)}: "
    evidence = oneliners.quoted(finding.evidence)
    place = f"[{finding.evidence.start}–{finding.evidence.end}]"
    yield from _wrapped(f"{says}{evidence} {place}", indent="      ", first="    ")
    if explain:
        cues = "; ".join(f"{cue.rule}{f' “{cue.words}”' if cue.words else ''}" for cue in finding.cues)
        because = f"because: {cues or 'no rule given'} ({finding.by or 'maker unknown'})"
        yield from _wrapped(because, indent="      ", first="    ")


def _wrapped(text: str, *, indent: str, first: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False)
