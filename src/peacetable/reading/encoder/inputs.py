"""What the encoder is given: windows of whole sentences as subwords, with what lower-casing would lose beside them.

The same code prepares training and reading, so that the two cannot drift apart. The encoder is uncased; the shape of
each word, whether it stands within quotation marks and whether it opens a sentence or a paragraph go in as features.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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


def tokenizer(file: bytes) -> Pieces:
    """The tokenizer of a `tokenizer.json`, which neither cuts a text short nor fills it up, whatever the file says."""
    from tokenizers import Tokenizer

    found = Tokenizer.from_buffer(file)
    found.no_truncation()
    found.no_padding()
    pieces: Pieces = found
    return pieces


def windows(text: Text, pieces: Pieces, *, limit: int = LIMIT) -> Iterator[Window]:
    """Cut a text into windows of whole sentences, ending at a paragraph's end where one is near.

    A sentence longer than a window is cut into pieces of a window's length. Every word is in exactly one window.
    """
    strip = _strip(text, pieces)
    before = strip.firsts.tolist()
    room = limit - 2
    at = 0
    while at < len(text.sentences):
        start, end = text.sentences[at]
        last = at
        while last < len(text.sentences) and before[text.sentences[last][1]] - before[start] <= room:
            last += 1
        if last == at:  # one sentence fills more than a window
            for first, stop in _pieces(start, end, before, room):
                yield strip.window(first, stop)
            at += 1
            continue
        if last < len(text.sentences):
            last = _paragraph_end(text, at, last, before)
        yield strip.window(start, text.sentences[last - 1][1])
        at = last


def _paragraph_end(text: Text, first: int, last: int, before: Sequence[int]) -> int:
    """The last paragraph's end that leaves a window at least half as full as it could be."""
    opening = before[text.sentences[first][0]]
    whole = before[text.sentences[last - 1][1]] - opening
    for end in range(last, first, -1):
        if end in text.paragraphs:
            return end if 2 * (before[text.sentences[end - 1][1]] - opening) >= whole else last
    return last


def _pieces(start: int, end: int, before: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """A long sentence in pieces that fill a window each."""
    first = start
    for word in range(start, end):
        if before[word + 1] - before[first] > room:
            yield first, word
            first = word
    yield first, end


@dataclass(frozen=True, slots=True)
class _Strip:
    """A whole text as subwords in one row; `firsts` tells where each word begins, and where the last one ends."""

    ids: NDArray[np.int64]
    features: NDArray[np.int64]
    firsts: NDArray[np.int64]
    opening: int
    closing: int

    def window(self, start: int, end: int) -> Window:
        """The window of the words between two numbers."""
        first, last = self.firsts[start], self.firsts[end]
        ids = np.empty(last - first + 2, np.int64)
        ids[0], ids[1:-1], ids[-1] = self.opening, self.ids[first:last], self.closing
        features = np.zeros((len(ids), len(FEATURES)), np.int64)
        features[1:-1] = self.features[first:last]
        return Window(start, end, ids, features, self.firsts[start:end] - first + 1)


#: Subwords of one word at most: a line of a thousand letters without a space is no word.
LONGEST: Final = 16


def _strip(text: Text, pieces: Pieces) -> _Strip:
    """The subwords and features of a text; a word that the tokenizer drops (a control character, say) is [UNK]."""
    words = [_encodable(word) for word in text.words]
    encoded = pieces.encode(words, is_pretokenized=True, add_special_tokens=False)
    unknown = _special(pieces, "[UNK]")
    held: list[list[int]] = [[] for _ in words]
    for piece, word in zip(encoded.ids, encoded.word_ids, strict=True):
        if word is not None and len(held[word]) < LONGEST:
            held[word].append(piece)
    subwords = [found or [unknown] for found in held]
    sizes = np.fromiter(map(len, subwords), np.int64, len(words))
    firsts = np.concatenate([[0], sizes.cumsum()])
    features = np.zeros((int(firsts[-1]), len(FEATURES)), np.int64)
    shapes = [_shape(word) for word in text.words]
    features[:, 0] = np.repeat(np.asarray(shapes, np.int64) + 7, sizes)
    features[firsts[:-1], 0] -= 7
    features[:, 1] = np.repeat(np.asarray(quoted(text), np.int64), sizes)
    opens = [start for start, _ in text.sentences]
    features[firsts[opens], 2] = [2 if number in text.paragraphs else 1 for number in range(len(opens))]
    ids = np.fromiter((piece for found in subwords for piece in found), np.int64, int(firsts[-1]))
    return _Strip(ids, features, firsts, _special(pieces, "[CLS]"), _special(pieces, "[SEP]"))


def _encodable(word: str) -> str:
    """The word without halves of surrogate pairs, which no encoding of text can hold."""
    return word if word.isascii() else word.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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


@lru_cache(maxsize=16384)
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
