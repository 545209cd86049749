"""What the trained model tells of a report: word classes, lemmas, heads, names, attributions and evidence, in offsets.

`annotate` is the one way in. It runs the model that the package ships, loaded when it is first needed; a package built
without one (`available` tells) falls back on `word_classes.Rules`, which know word classes and nothing else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from peacetable.model import Form, Span
from peacetable.reading.analysis import Sentence
from peacetable.reading.word_classes import Rules, Word

if TYPE_CHECKING:
    from peacetable.reading.encoder.annotation import Annotation, Fills, Run
    from peacetable.reading.encoder.cutting import Cut
    from peacetable.reading.encoder.reader import Reader


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name with its type, one of `encoder.annotation.NAME_TYPES`; `nested` if it stands within another."""

    span: Span
    type: str
    nested: bool = False


@dataclass(frozen=True, slots=True)
class AttributionSpans:
    """Who says it, as the report's words; several spans where a part is broken.

    Attributes:
        source, cue: may be empty; `content` is not.
        relayer: who tells that the source said so, where the text shows one.
        form: whether the content is quoted, all of it, none of it or a part.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    relayer: tuple[Span, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class FillScores:
    """How well a mention fills a role, by where it ends.

    Attributes:
        ends: the ends of the words around, as offsets in ascending order.
        scores: a logit for each.
    """

    ends: tuple[int, ...]
    scores: tuple[float, ...]

    def of(self, end: int) -> float | None:
        """The score of a mention that ends at an offset, or None if it is too far away."""
        at = bisect_left(self.ends, end)
        return self.scores[at] if at < len(self.ends) and self.ends[at] - end < 2 else None


@dataclass(frozen=True, slots=True)
class EvidenceSpans:
    """Words that a finding of a kind rests on; see `encoder.annotation.Evidence`."""

    kind: str
    span: Span
    score: float
    keys: Mapping[str, tuple[Span, ...]]
    roles: Mapping[str, FillScores]
    values: Mapping[str, tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Language:
    """One report's language.

    The model cuts some tokens into several words ("didn't" is "did" and "n't"). `places` to `relations` go by these
    words; `words` goes by the tokens that the readers share.

    Attributes:
        by: who tells it; of what only the model knows, the rules leave everything empty or None.
        words: for each sentence that was given, a `Word` for each of its tokens: that of the word which the others of
            the token hang on, its head as a token's number within the sentence.
        places: where each word starts and ends.
        sentences: the words of each sentence, as the first one's number and the one after the last.
        upos, lemmas, heads, relations: of each word; heads are words' numbers, -1 for a sentence's root.
        names, attributions, evidence: in the order of the text.
        supports: for each kind of finding, how likely each word is within a passage of that kind.
    """

    by: Literal["model", "rules"]
    words: tuple[tuple[Word, ...], ...]
    places: tuple[tuple[int, int], ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()
    upos: tuple[str, ...] = ()
    lemmas: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    relations: tuple[str, ...] = ()
    names: tuple[NameSpan, ...] = ()
    attributions: tuple[AttributionSpans, ...] = ()
    evidence: tuple[EvidenceSpans, ...] = ()
    supports: Mapping[str, tuple[float, ...]] = field(default_factory=dict)

    def types(self) -> dict[str, str]:
        """What each name is taken to be: the type that it has most often, by its words."""
        counts: dict[str, Counter[str]] = {}
        for name in self.names:
            counts.setdefault(name.span.quote, Counter())[name.type] += 1
        return {words: held.most_common(1)[0][0] for words, held in counts.items()}

    def support(self, kind: str, start: int, end: int) -> float | None:
        """How well the words between two offsets bear a finding of a kind, from 0 to 1: the mean over them.

        None where there is no model, or no word between them.
        """
        own = self.supports.get(kind)
        if own is None:
            return None
        first = bisect_left(self.places, (start, 0))
        held = own[first : bisect_left(self.places, (end, 0), lo=first)]
        return sum(held) / len(held) if held else None


def available() -> bool:
    """Whether the package was built with the trained model."""
    from peacetable.reading.encoder import weights

    return weights.available()


def load() -> None:
    """Load the model now, if there is one: before several threads ask for it at once.

    Raises:
        WeightsError: a file of it is missing or damaged.
    """
    if available():
        _ = _reader().network


def annotate(sentences: Sequence[Sentence], text: str, *, reader: Reader | None = None) -> Language:
    """What the model tells of a report, or the rules where there is no model.

    Args:
        sentences: the report's sentences, or some of them.
        text: the report's text, which they stand in.
        reader: the model; by default the one that the package ships.

    Raises:
        WeightsError: the package has a model, and a file of it is missing or damaged.
    """
    if reader is None and not available():
        rules = Rules()
        return Language("rules", tuple(rules.annotate(sentence) for sentence in sentences))
    from peacetable.reading.encoder.cutting import cut

    words = cut(sentences)
    annotation = (reader or _reader()).annotate(words.text)
    return _placed(annotation, words, sentences, text)


@cache
def _reader() -> Reader:
    from peacetable.reading.encoder.reader import Reader

    return Reader()


def _placed(annotation: Annotation, words: Cut, sentences: Sequence[Sentence], text: str) -> Language:
    """An annotation with characters' offsets for words' numbers."""
    from peacetable.reading.encoder.inputs import quoted
    from peacetable.reading.encoder.linking import form

    marked = quoted(annotation.text)

    def span(run: Run) -> Span:
        start, end = run
        return Span.of(text, words.places[start][0], words.places[end - 1][1])

    def spans(runs: Sequence[Run]) -> tuple[Span, ...]:
        return tuple(map(span, runs))

    def scores(fills: Fills) -> FillScores:
        ends = words.places[fills.first : fills.first + len(fills.scores)]
        return FillScores(tuple(end for _, end in ends), fills.scores)

    return Language(
        by="model",
        words=_by_token(annotation, words, sentences),
        places=words.places,
        sentences=annotation.text.sentences,
        upos=annotation.upos,
        lemmas=annotation.lemmas,
        heads=annotation.heads,
        relations=annotation.relations,
        names=tuple(NameSpan(span((name.start, name.end)), name.type, name.nested) for name in annotation.names),
        attributions=tuple(
            AttributionSpans(
                spans(found.source),
                spans(found.cue),
                spans(found.content),
                spans(found.relayer),
                form(found, annotation.text, marked),
            )
            for found in annotation.attributions
        ),
        evidence=tuple(
            EvidenceSpans(
                found.kind,
                span((found.start, found.end)),
                found.score,
                {key: spans(runs) for key, runs in found.keys.items()},
                {role: scores(fills) for role, fills in found.roles.items()},
                found.values,
            )
            for found in annotation.evidence
        ),
        supports=annotation.support,
    )


def _by_token(annotation: Annotation, words: Cut, sentences: Sequence[Sentence]) -> tuple[tuple[Word, ...], ...]:
    """For each token the word nearest to the root, with heads as tokens; these make a tree again.

    The head of a token's topmost word lies in another token, whose topmost word is nearer still to the root.
    """
    top: dict[tuple[int, int], int] = {}
    for word, token in enumerate(words.tokens):
        other = top.setdefault(token, word)
        if other != word and _depth(word, annotation.heads) < _depth(other, annotation.heads):
            top[token] = word
    found: list[list[Word]] = [[] for _ in sentences]
    for (number, _), word in top.items():
        head = annotation.heads[word]
        found[number].append(
            Word(
                upos=annotation.upos[word],
                head=words.tokens[head][1] if head >= 0 else -1,
                relation=annotation.relations[word],
                lemma=annotation.lemmas[word],
            )
        )
    return tuple(map(tuple, found))


def _depth(word: int, heads: Sequence[int]) -> int:
    """How many heads stand above a word."""
    depth = 0
    while heads[word] >= 0:
        word, depth = heads[word], depth + 1
    return depth
