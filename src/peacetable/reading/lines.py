"""A sentence as the finders of who says what see it, and what they find in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from peacetable.reading import cues, nounphrases
from peacetable.reading.analysis import Sentence, TimeExpression
from peacetable.reading.nounphrases import Phrase
from peacetable.reading.quotations import Quotations

QUOTES: Final = frozenset("\"“”‘’'«»")
JOINS: Final = frozenset(
    {
        "and", "but", "while", "whereas", "although", "though", "as", "yet", "or", "nor",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution by token numbers of its sentence, before anybody is resolved.

    `source` is the phrase for the speaker (None where it is carried over); `content` are runs of tokens.
    """

    hit: cues.Hit
    cue: tuple[int, int]
    source: tuple[int, int] | None
    head: Phrase | None
    content: tuple[tuple[int, int], ...]
    start: int
    rule: str
    hearer: Phrase | None = None
    partners: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Line:
    """A sentence with everything that finding needs."""

    sentence: Sentence
    classes: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    times: tuple[TimeExpression, ...]
    quotations: Quotations

    @cached_property
    def lowers(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return tuple(token.lower for token in self.sentence.tokens)

    @cached_property
    def by_first(self) -> dict[int, Phrase]:
        """Phrases by their first token."""
        return {phrase.first: phrase for phrase in self.phrases}

    @cached_property
    def by_last(self) -> dict[int, Phrase]:
        """Phrases by the token behind them."""
        return {phrase.last: phrase for phrase in self.phrases}

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """Which tokens stand within quotation marks."""
        inside = (self.quotations.at(token.start) for token in self.sentence.tokens)
        return tuple(found is not None and found.inner[0] <= token.start < found.inner[1]
                     for found, token in zip(inside, self.sentence.tokens, strict=True))  # fmt: skip

    @cached_property
    def timed(self) -> frozenset[int]:
        """Tokens of time expressions."""
        inside: set[int] = set()
        for index, token in enumerate(self.sentence.tokens):
            if any(time.start <= token.start < time.end for time in self.times if time.type in ("DATE", "TIME")):
                inside.add(index)
        return frozenset(inside) | {i for i, word in enumerate(self.lowers) if word in nounphrases.TIMES}

    def text(self, index: int) -> str:
        """A token's text, or "" outside the sentence."""
        return self.sentence.tokens[index].text if 0 <= index < len(self.classes) else ""

    def lower(self, index: int) -> str:
        """A token in lower case, or "" outside the sentence."""
        return self.lowers[index] if 0 <= index < len(self.classes) else ""

    def upos(self, index: int) -> str:
        """A token's word class, or "" outside the sentence."""
        return self.classes[index] if 0 <= index < len(self.classes) else ""
