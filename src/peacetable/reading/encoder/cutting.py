"""Words as Universal Dependencies cuts them, with their places in the report, out of the tokens that readers share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.reading.analysis import Sentence, Token
from peacetable.reading.encoder.inputs import Text

#: "didn't" is "did" and "n't", "they'll" is "they" and "'ll", "peace-loving" three words, "3.5m" two; "2nd" is one.
PARTS: Final = re.compile(
    r"""(?P<stem>[^\W\d_]+?)(?P<not>n['’]t)(?![^\W_])
      | ['’](?:ll|re|ve|s|d|m)(?![^\W_])
      | cannot(?![^\W_])
      | \d+(?:st|nd|rd|th|s)(?![^\W_])
      | \d+(?:[.,:]\d+)*
      | (?:[^\W\d_]\.){2,}(?:[^\W\d_])?
      | [^\W_]+\.?(?=$)
      | [^\W_]+
      | \.{3,} | \S""",
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text as words, with the place of each in the report and the token that it is part of.

    Attributes:
        text: the words for the model.
        places: start and end of each word in the report.
        tokens: for each word, the number of its sentence (in the list given) and of its token there.
    """

    text: Text
    places: tuple[tuple[int, int], ...]
    tokens: tuple[tuple[int, int], ...]


def cut(sentences: Sequence[Sentence]) -> Cut:
    """The words of some sentences, in order; a sentence opens a paragraph when its paragraph's number is new."""
    words: list[str] = []
    places: list[tuple[int, int]] = []
    tokens: list[tuple[int, int]] = []
    runs: list[tuple[int, int]] = []
    opening: set[int] = set()
    paragraph = -1
    for number, sentence in enumerate(sentences):
        first = len(words)
        for index, token in enumerate(sentence.tokens):
            for start, end in _parts(token):
                words.append(token.text[start:end])
                places.append((token.start + start, token.start + end))
                tokens.append((number, index))
        if len(words) == first:
            continue
        if sentence.paragraph != paragraph:
            opening.add(len(runs))
            paragraph = sentence.paragraph
        runs.append((first, len(words)))
    return Cut(Text(tuple(words), tuple(runs), frozenset(opening)), tuple(places), tuple(tokens))


def _parts(token: Token) -> Iterator[tuple[int, int]]:
    if token.text.isalpha() and token.text.lower() != "cannot":
        yield 0, len(token.text)
        return
    for match in PARTS.finditer(token.text):
        if match["not"]:
            yield match.span("stem")
            yield match.span("not")
        elif match[0].lower() == "cannot":
            yield match.start(), match.start() + 3
            yield match.start() + 3, match.end()
        else:
            yield match.span()
