"""What anybody tells about a report: the file itself, its header lines, or the table beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is told about one report, in the words in which it is told; None where nothing is.

    Attributes:
        title, source, url, licence, author: as in `model.Report`.
        published: the day of publication as somebody wrote it; see `days.read_day`.
    """

    title: str | None = None
    source: str | None = None
    url: str | None = None
    licence: str | None = None
    author: str | None = None
    published: str | None = None

    @classmethod
    def of(cls, told: Mapping[str, str | None]) -> Self:
        """From values by name: each becomes one clean line, and names that nobody asks for are passed over."""
        return cls(**{item.name: one_line(told.get(item.name)) for item in fields(cls)})

    def otherwise(self, other: About) -> About:
        """This, and where it is silent what another tells."""
        return About(**{item.name: getattr(self, item.name) or getattr(other, item.name) for item in fields(self)})


def printable(text: str) -> str:
    """A file's or a key's name as a message can show it: what no screen prints is a question mark."""
    return "".join(character if character.isprintable() else "?" for character in text)


def one_line(value: str | None, *, most: int = 1000) -> str | None:
    """A title or a name as one clean line; None where nothing is left of it."""
    if not value:
        return None
    return " ".join(value.encode("utf-8", "replace").decode().replace("\0", "").split())[:most] or None
