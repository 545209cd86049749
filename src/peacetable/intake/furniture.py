"""Which runs of a text are site furniture (advert marks, "Comments are closed."): kept, marked, never read.

Whole lines are matched against the patterns of `furniture.toml`; where a line is cut up by bars, every part must be
furniture. A sentence of the report must never be marked: in doubt a line stays.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from peacetable.model import Furniture, Span

_LINE: Final = re.compile(r"[^\r\n]+")
_BAR: Final = re.compile(r"\s+[|·•]\s+|\s*>>\s*|\s{2,}")
# No furniture line is longer; a paragraph is not even looked at.
_LONGEST: Final = 500
_HEADLINE: Final = 120
_SENTENCE_END: Final = re.compile(r"[.!][\"”’')\]]*$")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The patterns of `furniture.toml`, compiled: a kind is the name of a group in `lines`."""

    lines: re.Pattern[str]
    kinds: tuple[str, ...]
    heads: re.Pattern[str]
    marks: tuple[tuple[re.Pattern[str], str], ...]
    parts: re.Pattern[str]


def find_furniture(text: str, *, header: int = 0) -> tuple[Furniture, ...]:
    """The runs of a text that belong to the site, in order and apart.

    Args:
        text: the report's text.
        header: where the header lines at its top end; they are furniture too.
    """
    found = [Furniture(Span.of(text, 0, header), "header")] if header else []
    patterns = _patterns()
    under_head = False
    for match in _LINE.finditer(text, header):
        line = match[0].strip()
        if not line:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        span = Span.of(text, start, start + len(line))
        if patterns.heads.fullmatch(line):
            under_head = True
            found.append(Furniture(span, "related"))
        elif kind := _kind(line, patterns):
            found.append(Furniture(span, kind))
        elif under_head and len(line) <= _HEADLINE and not _SENTENCE_END.search(line):
            found.append(Furniture(span, "related"))
        else:
            under_head = False
            found.extend(_marks(text, span, patterns))
    return tuple(found)


def _kind(line: str, patterns: _Patterns) -> str | None:
    """What kind of furniture a whole line is, or None."""
    if len(line) > _LONGEST:
        return None
    if match := patterns.lines.fullmatch(line):
        return patterns.kinds[int((match.lastgroup or "k0")[1:])]
    parts = [part.strip(" []") for part in _BAR.split(line) if part.strip(" []")]
    if len(parts) < 2:
        return None
    kinds = []
    for part in parts:
        if match := patterns.lines.fullmatch(part):
            kinds.append(patterns.kinds[int((match.lastgroup or "k0")[1:])])
        elif not patterns.parts.fullmatch(part):
            return None
    return kinds[0] if kinds else "navigation"


def _marks(text: str, span: Span, patterns: _Patterns) -> Iterator[Furniture]:
    hits = [
        (match.start(), match.end(), kind)
        for mark, kind in patterns.marks
        for match in mark.finditer(text, span.start, span.end)
    ]
    for start, end, kind in sorted(hits):
        yield Furniture(Span.of(text, start, end), kind)


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads(Path(__file__).with_name("furniture.toml").read_text("utf-8"))
    groups = table["group"]
    lines = "|".join(f"(?P<k{number}>{'|'.join(group['lines'])})" for number, group in enumerate(groups))
    heads = "|".join(head for group in groups for head in group.get("heads", ()))
    return _Patterns(
        lines=re.compile(lines, re.I),
        kinds=tuple(group["kind"] for group in groups),
        heads=re.compile(heads, re.I),
        marks=tuple((re.compile(mark, re.I), group["kind"]) for group in groups for mark in group.get("marks", ())),
        parts=re.compile("|".join(table["parts"]["lines"]), re.I),
    )
