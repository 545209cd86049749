"""What the model tells of a text: word classes, lemmas, trees, names, attributions and evidence, by word number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from peacetable.reading.encoder.inputs import Text

#: A run of words: the first one's number in the text and the one after the last.
Run = tuple[int, int]

NAME_TYPES: Final = ("person", "organisation", "group", "state", "place", "facility", "event", "title", "nationality")
UPOS: Final = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
               "SCONJ", "SYM", "VERB", "X")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A name of one of `NAME_TYPES`; `nested` if it stands within another."""

    start: int
    end: int
    type: str
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, in runs of words; `source` or `cue` may be empty, `content` is not.

    `relayer` is who tells that the source said so ("Anadolu quoted the minister as saying"), where the text shows one.
    """

    source: tuple[Run, ...]
    cue: tuple[Run, ...]
    content: tuple[Run, ...]
    relayer: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a finding of a kind rests on.

    Attributes:
        score: how sure the model is, from 0 to 1.
        keys: the finding's own spans by field ("action", "issue", "content").
        roles: the words (mentions) that fill each role.
        values: plain values (stance, modality, status) by field.
    """

    kind: str
    start: int
    end: int
    score: float
    keys: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    roles: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A text with all that the model tells of it; heads are word numbers within the text, -1 for a sentence's root."""

    text: Text
    upos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    names: tuple[Name, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    evidence: tuple[Evidence, ...] = ()
