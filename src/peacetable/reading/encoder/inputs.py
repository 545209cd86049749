"""What the encoder is given: windows of whole sentences as subwords, with what lower-casing would lose beside them.

The same code prepares training and reading, so that the two cannot drift apart. The encoder is uncased; the shape of
each word, whether it stands within quotation marks and whether it opens a sentence or a paragraph go in as features.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

#: Subwords in a window at most, [CLS] and [SEP] included.
LIMIT: Final = 240
#: How many values each feature has: shape (first or later piece of a word), in quotation marks, what it opens.
FEATURES: Final = (14, 2, 3)
OPENING: Final = frozenset('"“„«')
CLOSING: Final = frozenset('"”»')


@dataclass(frozen=True, slots=True)
class Text:
    """A text as words.

    Attributes:
        words: the words and marks, cut as Universal Dependencies cuts English ("did", "n't"; "peace", "-", "loving").
        sentences: the sentences as pairs of word numbers, first and after the last; they touch and cover the words.
        paragraphs: the numbers of the sentences that open a paragraph.
    """

    words: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    paragraphs: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Window:
    """Some whole sentences of a text (or a part of one that is longer than a window), as the encoder takes them.

    Attributes:
        start, end: the words that it holds, as numbers within the text.
        ids: the subwords, shape (subwords,).
        features: shape (subwords, 3); see `FEATURES`.
        firsts: for each word, where its first subword stands; shape (end - start,).
    """

    start: int
    end: int
    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    firsts: NDArray[np.int64]


class Pieces(Protocol):
    """What cuts words into subwords: a `tokenizers.Tokenizer`."""

    def encode(self, sequence: Sequence[str], *, is_pretokenized: bool, add_special_tokens: bool) -> _Encoded: ...

    def token_to_id(self, token: str) -> int | None: ...


class _Encoded(Protocol):
    @property
    def ids(self) -> list[int]: ...

    @property
    def word_ids(self) -> list[int | None]: ...


def windows(text: Text, pieces: Pieces, *, limit: int = LIMIT) -> Iterator[Window]:
    """Cut a text into windows of whole sentences, ending at a paragraph's end where one is near.

    A sentence longer than a window is cut into pieces of a window's length. Every word is in exactly one window.
    """
    subwords = _subwords(text.words, pieces)
    marked = quoted(text)
    sizes = [sum(len(subwords[word]) for word in range(start, end)) for start, end in text.sentences]
    room = limit - 2
    at = 0
    while at < len(text.sentences):
        last, size = at, 0
        while last < len(text.sentences) and size + sizes[last] <= room:
            size += sizes[last]
            last += 1
        if last == at:  # one sentence fills more than a window
            start, end = text.sentences[at]
            yield from _pieces(text, start, end, subwords, marked, pieces, room)
            at += 1
            continue
        if last < len(text.sentences):
            last = _paragraph_end(text, at, last, sizes)
        yield _window(text, text.sentences[at][0], text.sentences[last - 1][1], subwords, marked, pieces)
        at = last


def _paragraph_end(text: Text, first: int, last: int, sizes: Sequence[int]) -> int:
    """The last paragraph's end that leaves a window at least half as full as it could be."""
    whole = sum(sizes[first:last])
    for end in range(last, first, -1):
        if end in text.paragraphs:
            return end if 2 * sum(sizes[first:end]) >= whole else last
    return last


def _pieces(
    text: Text,
    start: int,
    end: int,
    subwords: Sequence[list[int]],
    marked: Sequence[bool],
    pieces: Pieces,
    room: int,
) -> Iterator[Window]:
    first, size = start, 0
    for word in range(start, end):
        if size + len(subwords[word]) > room:
            yield _window(text, first, word, subwords, marked, pieces)
            first, size = word, 0
        size += len(subwords[word])
    yield _window(text, first, end, subwords, marked, pieces)


def _window(
    text: Text, start: int, end: int, subwords: Sequence[list[int]], marked: Sequence[bool], pieces: Pieces
) -> Window:
    opens = {text.sentences[number][0]: 2 if number in text.paragraphs else 1 for number in range(len(text.sentences))}
    ids, features, firsts = [_special(pieces, "[CLS]")], [(0, 0, 0)], []
    for word in range(start, end):
        firsts.append(len(ids))
        shape = _shape(text.words[word])
        for number, piece in enumerate(subwords[word]):
            ids.append(piece)
            later = number > 0
            features.append((shape + 7 * later, int(marked[word]), 0 if later else opens.get(word, 0)))
    ids.append(_special(pieces, "[SEP]"))
    features.append((0, 0, 0))
    return Window(
        start,
        end,
        np.asarray(ids, np.int64),
        np.asarray(features, np.int64),
        np.asarray(firsts, np.int64),
    )


#: Subwords of one word at most: a line of a thousand letters without a space is no word.
LONGEST: Final = 16


def _subwords(words: Sequence[str], pieces: Pieces) -> list[list[int]]:
    """The subwords of each word; a word that the tokenizer drops (a control character, say) is [UNK]."""
    encoded = pieces.encode(list(words), is_pretokenized=True, add_special_tokens=False)
    found: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        if word is not None and len(found[word]) < LONGEST:
            found[word].append(piece)
    unknown = _special(pieces, "[UNK]")
    return [held or [unknown] for held in found]


def _special(pieces: Pieces, name: str) -> int:
    number = pieces.token_to_id(name)
    if number is None:
        raise ValueError(f"the tokenizer has no {name}; expected a BERT vocabulary")
    return number


def quoted(text: Text) -> list[bool]:
    """Which words stand within double quotation marks; a mark left open closes with its paragraph."""
    inside = False
    found = []
    opens = {text.sentences[number][0] for number in text.paragraphs if number < len(text.sentences)}
    for number, word in enumerate(text.words):
        if number in opens:
            inside = False
        if inside and word in CLOSING:
            inside = False
            found.append(False)
        else:
            found.append(inside)
            inside = inside or word in OPENING
    return found


def _shape(word: str) -> int:
    """1 lower, 2 Title, 3 UPPER, 4 mIxed, 5 with a digit, 6 a mark."""
    letters = [letter for letter in word if letter.isalpha()]
    if any(letter.isdigit() for letter in word):
        return 5
    if not letters:
        return 6
    if word.islower():
        return 1
    if letters[0].isupper() and all(letter.islower() for letter in letters[1:]):
        return 2
    return 3 if word.isupper() else 4
