"""Sentences with marks, so that a reader's cases need no Python.

In a sentence, `[words]` names an actor, `[words=id]` an actor already known, `[words=id:forces]` one of that kind, and
`[words=id<side]` one that is part of another; `{id: words}` is what the actor said, `{warn id: words}` what it warned
of.
A line of a file that starts with `#` is a note; the lines after a sentence that start with `=` say what is found in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from factories import make_report
from peacetable.model import Actor, When
from peacetable.reading import sentences, times
from peacetable.reading.analysis import Analysis, Attribution, Mention

CASES = Path(__file__).parent / "cases"
MARK = re.compile(
    r"\[(?P<words>[^\]=]+)(?:=(?P<id>[\w-]+))?(?:<(?P<side>[\w-]+))?(?::(?P<kind>\w+))?\]"
    r"|\{(?:(?P<act>\w+) )?(?P<by>[\w-]+): |\}"
)
VERB = re.compile(r"\b(?:\w+ed|said|says|expects|fears)\b")
PRONOUNS = ("he", "she", "it", "they", "we", "i", "his", "her", "its", "their", "our", "them")


@dataclass(frozen=True)
class Case:
    """A marked text and the lines that say what is found in it."""

    text: str
    expected: tuple[str, ...]
    line: int


def cases(name: str) -> Iterator[Case]:
    """The cases of a file under `tests/cases`."""
    text: str | None = None
    start, expected = 0, []
    for number, line in enumerate((CASES / name).read_text("utf-8").splitlines(), 1):
        if line.startswith("="):
            expected.append(line[1:].strip())
        elif line.strip() and not line.startswith("#"):
            if text is not None:
                yield Case(text, tuple(expected), start)
            text, start, expected = line, number, []
    if text is not None:
        yield Case(text, tuple(expected), start)


def analysed(marked: str, *, published: str | None = "2021-03-12", **more: Any) -> Analysis:
    """The analysis of a marked text: actors and speech as marked, sentences and times as read."""
    text, mentions, speeches = "", [], []
    actors: dict[str, Actor] = {}
    opened: list[tuple[str, str, int]] = []
    at = 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        at = match.end()
        if match["words"]:
            ident = match["id"] or re.sub(r"\W+", "-", match["words"].lower()).removeprefix("the-")
            kind = "pronoun" if match["words"].lower() in PRONOUNS else "name"
            mentions.append(Mention(len(text), len(text) + len(match["words"]), match["words"], cast(Any, kind), ident))
            if ident not in actors or match["side"]:
                actors[ident] = Actor(
                    id=ident,
                    name=match["words"],
                    kind=cast(Any, match["kind"] or "organisation"),
                    part_of=match["side"],
                )
            text += match["words"]
        elif match["by"]:
            opened.append((match["act"] or "say", match["by"], len(text)))
        else:
            act, by, start = opened.pop()
            speeches.append((act, by, start, len(text)))
    text += marked[at:]
    for side in [actor.part_of for actor in actors.values() if actor.part_of]:
        actors.setdefault(side, Actor(id=side, name=side, kind="government"))
    report = make_report(text, published=published)
    paragraphs, found = sentences.split(text)
    analysis = Analysis(
        report=report,
        paragraphs=paragraphs,
        sentences=found,
        actors=tuple(actors.values()),
        mentions=tuple(mentions),
        times=times.times(text, published=When(published) if published else None, sentences=found),
        **more,
    )
    attributions = tuple(_attribution(analysis, *speech) for speech in sorted(speeches, key=lambda s: s[2]))
    return Analysis(
        **{**{name: getattr(analysis, name) for name in analysis.__dataclass_fields__}, "attributions": attributions}
    )


def _attribution(analysis: Analysis, act: str, by: str, start: int, end: int) -> Attribution:
    content = analysis.span(start, end)
    sentence = analysis.sentence_at(start)
    verbs = list(VERB.finditer(analysis.text, sentence.start, start))
    cue = analysis.span(*verbs[-1].span()) if verbs else content
    return Attribution(
        sentence.number,
        start,
        end,
        by,
        None,
        cue,
        (content,),
        "indirect",
        date=analysis.report.published,
        act=cast(Any, act),
    )
