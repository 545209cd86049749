"""Header lines at the top of a text file: `Published: 2021-03-12`, `Source: ...`, until the first line that is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# What people write, and what it tells; None is passed over, and is a header line all the same.
_KEYS: Final[Mapping[str, str | None]] = {
    "title": "title", "headline": "title",
    "published": "published", "date": "published", "published on": "published", "publication date": "published",
    "source": "source", "publisher": "source",
    "url": "url", "link": "url",
    "author": "author", "byline": "author",
    "licence": "licence", "license": "licence",
    "language": None, "section": None, "tags": None, "keywords": None, "updated": None, "retrieved": None,
    "accessed": None,
}  # fmt: skip
_LINE: Final = re.compile(r"[ \t]*([A-Za-z][A-Za-z ]{2,19}?)[ \t]*:[ \t]*([^\r\n]*)(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a text: where it ends, and what it tells by field of the report."""

    end: int
    told: Mapping[str, str]


def read_header(text: str) -> Header | None:
    """The header lines at the top of a text; None where it starts with none."""
    at = len(text) - len(text.lstrip())
    told: dict[str, str] = {}
    while match := _LINE.match(text, at):
        key = match[1].lower()
        if key not in _KEYS:
            break
        field = _KEYS[key]
        if field and match[2].strip():
            told.setdefault(field, match[2].strip())
        at = match.end()
    return Header(len(text[:at].rstrip()), told) if told else None
