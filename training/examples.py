"""What a data set teaches: a document as words, with the layers that it marks and None for those that it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peacetable.reading.encoder.inputs import Text

#: A run of words: the first one's number in the document and the one after the last.
Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Syntax:
    """Universal Dependencies, a value for each word; heads are numbers in the document, -1 for a root.

    `heads` and `relations` are None where a data set gives word classes only.
    """

    upos: tuple[str, ...]
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None
    relations: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name; `types` are those of ours that the data set's own type may stand for (one, if it is as fine as ours)."""

    run: Run
    types: frozenset[str]
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a document. `marked` are the types of which the data set marks every instance.

    A word outside all names may still be a name of a type that the data set does not mark. `nests` tells whether
    names within names are marked.
    """

    names: tuple[Name, ...]
    marked: frozenset[str]
    nests: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it: the runs of words (more than one where a span is broken) of source, cue and content."""

    source: tuple[Run, ...]
    cue: tuple[Run, ...]
    content: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of the scheme as runs of words.

    Attributes:
        kind: one of the nine.
        evidence: its passage.
        keys: its spans by field ("action", "issue", "content", "cue", "source", ...).
        roles: by field, for each actor named there, the runs of all mentions of that actor (exact aliases) in the
            document, in the order of the text; pronouns that the gold gives as `source` count for "speaker".
        values: plain values that words near the evidence decide (stance, modality, status, kind, form, reported).
    """

    kind: str
    evidence: Run
    keys: Mapping[str, tuple[Run, ...]]
    roles: Mapping[str, tuple[tuple[Run, ...], ...]]
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Example:
    """One document, or one sentence where the data set has no documents."""

    name: str
    data: str
    text: Text
    syntax: Syntax | None = None
    names: Names | None = None
    attributions: tuple[Attribution, ...] | None = None
    findings: tuple[Finding, ...] | None = None
