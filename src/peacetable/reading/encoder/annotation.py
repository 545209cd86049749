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
class Fills:
    """How well each word of a window, as the last word of a mention, would fill a role.

    Attributes:
        first: the window's first word.
        scores: logits, one a word; above 0 it fills the role more likely than not.
    """

    first: int
    scores: tuple[float, ...]

    def of(self, word: int) -> float | None:
        """The score of a word, or None if it stands outside the window."""
        within = 0 <= word - self.first < len(self.scores)
        return self.scores[word - self.first] if within else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a finding of a kind rests on.

    Attributes:
        score: how sure the model is, from 0 to 1.
        keys: the finding's own spans by field ("action", "issue", "content").
        roles: who may fill each role ("by", "to"), as scores of the words around.
        values: plain values (stance, modality, status) by field, each with its probability.
    """

    kind: str
    start: int
    end: int
    score: float
    keys: Mapping[str, tuple[Run, ...]] = field(default_factory=dict)
    roles: Mapping[str, Fills] = field(default_factory=dict)
    values: Mapping[str, tuple[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A text with all that the model tells of it; heads are word numbers within the text, -1 for a sentence's root.

    Attributes:
        support: for each kind of finding, how likely each word is within a passage of that kind.
    """

    text: Text
    upos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    names: tuple[Name, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    support: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
