"""What a user can set, made once at the edge and passed down: the library never reads the environment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one run takes in, reads and records.

    Attributes:
        published: day of publication for reports that do not tell theirs (`--published`).
        source: publisher for reports that do not name theirs (`--source`).
        engine: the reading engine, by name.
        most_bytes: a report (or an archive's member) larger than this is refused, not read.
        most_characters: a text longer than this is refused: no report of a peace process is that long.
        most_members: an archive with more members is refused.
        most_unpacked: an archive that unpacks to more bytes than this, all told, is refused.
        busy_seconds: how long to wait for a record that another program is writing to.
    """

    published: date | None = None
    source: str | None = None
    engine: str = "local"
    most_bytes: int = 20_000_000
    most_characters: int = 4_000_000
    most_members: int = 10_000
    most_unpacked: int = 1_000_000_000
    busy_seconds: float = 10.0
