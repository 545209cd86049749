"""The frozen analysis that all readers share: sentences, mentions, times, figures and attributions of one report.

A reader of one subject takes an `Analysis` and returns findings; it looks things up here and never re-reads the text
for what was found already.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from peacetable.model import Actor, ActorId, Form, Report, Span, When

if TYPE_CHECKING:
    from peacetable.reading.language import Language


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark, with its place in the report."""

    start: int
    end: int
    text: str

    @property
    def lower(self) -> str:
        """The token in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its tokens; `number` counts from 0 in the report, `paragraph` likewise."""

    start: int
    end: int
    number: int
    paragraph: int
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: a run of lines without an empty one between, or one line where the text has one a line."""

    start: int
    end: int


MentionKind = Literal["name", "role", "group", "pronoun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor.

    Attributes:
        actor: the actor that they resolve to, or None while more than one is possible.
        candidates: the actors that they may mean, the likeliest first.
    """

    start: int
    end: int
    text: str
    kind: MentionKind
    actor: ActorId | None
    candidates: tuple[ActorId, ...] = ()


TimeType = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when, how long or how often.

    Attributes:
        type, timex: the TimeML type and value ("2021-03-12", "P90D", "XXXX-WXX-5").
        when: the date in EDTF with its rule and anchor, where it can be told.
        function: what a preposition makes of it: "by May" and "before May 1" are deadlines, "since" and "from" starts,
            "until" ends, "on" and the rest plain.
        rule: what a length counts from ("P72H of an event"), where the text says so.
    """

    start: int
    end: int
    text: str
    type: TimeType
    timex: str | None
    when: When | None
    function: Literal["plain", "deadline", "before", "after", "since", "until"] = "plain"
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its bounds, vagueness and unit.

    Attributes:
        value, max: as in the scheme: "at least 30" is 30, "up to 40" is None with max 40, "30 to 50" is 30 with max 50.
        low, high: as a count: "at least 30" (30, None), "dozens" (24, None), "hundreds" (100, 999).
        unit: "%", "days", "troops", "people"...
        noun: the span of what is counted ("foreign troops"), without the number.
        head: the last word of that noun, in the singular ("troop"), for telling what kind of thing it is.
        approximate: said to be about, over or nearly.
        vague: a bare plural ("hundreds of ..."): no number of its own.
    """

    start: int
    end: int
    text: str
    value: float | None
    max: float | None
    low: float | None
    high: float | None
    unit: str | None
    noun: Span | None
    head: str | None
    approximate: bool = False
    vague: bool = False
    ordinal: bool = False


Act = Literal["say", "deny", "refuse", "allege", "confirm", "warn", "ask", "want", "promise", "fear", "order"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it, quoted or reported, through whom.

    Attributes:
        sentence: the number of the sentence that holds the cue.
        start, end: the run from which a reader would accept it (the evidence of the statement).
        speaker: the actor, resolved; None where more than one is possible.
        act: what kind of saying it is.
    """

    sentence: int
    start: int
    end: int
    speaker: ActorId | None
    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    form: Form
    relayed_by: ActorId | None = None
    date: When | None = None
    act: Act = "say"
    candidates: tuple[ActorId, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class Analysis:
    """One report, analysed. Lists are in the order of the text."""

    report: Report
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    official: bool = False  # an official statement: "we" is who issued it
    author: ActorId | None = None  # who issued it, or whose "I" it is
    language: Language | None = None  # what the trained model tells
    layers: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The report's text."""
        return self.report.text

    @cached_property
    def actor_by_id(self) -> Mapping[ActorId, Actor]:
        """The actors by their ids."""
        return {actor.id: actor for actor in self.actors}

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets."""
        return Span.of(self.report.text, start, end)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(sentence.start for sentence in self.sentences)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds an offset, or the last one before it."""
        return self.sentences[max(0, bisect_right(self._starts, offset) - 1)]

    def mentions_in(self, start: int, end: int) -> Iterator[Mention]:
        """The mentions wholly within a range, in order."""
        return _within(self.mentions, self._mention_starts, start, end)

    def times_in(self, start: int, end: int) -> Iterator[TimeExpression]:
        """The time expressions wholly within a range, in order."""
        return _within(self.times, self._time_starts, start, end)

    def quantities_in(self, start: int, end: int) -> Iterator[Quantity]:
        """The quantities wholly within a range, in order."""
        return _within(self.quantities, self._quantity_starts, start, end)

    def attribution_around(self, start: int, end: int) -> Attribution | None:
        """The innermost attribution whose content holds a range: whose words it stands in."""
        holding = [
            attribution
            for attribution in self._by_paragraph.get(self.sentence_at(start).paragraph, ())
            if attribution.content[0].start <= start and end <= attribution.content[-1].end
        ]
        return min(holding, key=lambda a: a.content[-1].end - a.content[0].start, default=None)

    def attributions_of(self, sentence: int) -> tuple[Attribution, ...]:
        """The attributions whose cue stands in a sentence, by its number."""
        return self._by_sentence.get(sentence, ())

    @cached_property
    def _by_sentence(self) -> Mapping[int, tuple[Attribution, ...]]:
        found: dict[int, list[Attribution]] = {}
        for attribution in self.attributions:
            found.setdefault(attribution.sentence, []).append(attribution)
        return {number: tuple(held) for number, held in found.items()}

    @cached_property
    def _mention_starts(self) -> tuple[int, ...]:
        return tuple(mention.start for mention in self.mentions)

    @cached_property
    def _time_starts(self) -> tuple[int, ...]:
        return tuple(time.start for time in self.times)

    @cached_property
    def _quantity_starts(self) -> tuple[int, ...]:
        return tuple(quantity.start for quantity in self.quantities)

    @cached_property
    def _by_paragraph(self) -> Mapping[int, tuple[Attribution, ...]]:
        """Attributions by every paragraph that their content touches."""
        found: dict[int, list[Attribution]] = {}
        for attribution in self.attributions:
            if attribution.content:
                first = self.sentence_at(attribution.content[0].start).paragraph
                last = self.sentence_at(attribution.content[-1].end - 1).paragraph
                for number in range(first, last + 1):
                    found.setdefault(number, []).append(attribution)
        return {number: tuple(held) for number, held in found.items()}


class _Placed(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


_P = TypeVar("_P", bound=_Placed)


def _within(items: Sequence[_P], starts: Sequence[int], start: int, end: int) -> Iterator[_P]:
    """The items wholly within a range, out of items in the order of the text."""
    for index in range(bisect_left(starts, start), len(items)):
        if items[index].start >= end:
            return
        if items[index].end <= end:
            yield items[index]
