"""A network that goes by the shape of words alone, so that a test can see in its input what must come out.

A Title-case word is a proper noun and a person's name; a word in CAPITALS goes on with such a name and is a place
within it. For attributions, a word with a digit is a source, one in CAPITALS a cue and a Title-case one a content;
every source and content points to every cue alike. Each word hangs on the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from peacetable.reading.encoder.annotation import NAME_TYPES, UPOS
from peacetable.reading.encoder.inputs import Pieces, tokenizer
from peacetable.reading.encoder.weights import Inputs, Labels

TITLE, CAPITALS, DIGIT = 2, 3, 5
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789.,\"'!?-"


@cache
def small_tokenizer() -> Pieces:
    """A BERT tokenizer that knows single letters only; saved with limits that loading must lift."""
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
    made = Tokenizer(WordPiece({piece: number for number, piece in enumerate(known)}, unk_token="[UNK]"))  # noqa: S106
    made.normalizer = BertNormalizer()
    made.pre_tokenizer = BertPreTokenizer()
    made.enable_truncation(max_length=4)
    made.enable_padding(length=4)
    return tokenizer(made.to_str().encode())


class ShapeNetwork:
    """See above; `batches` tells how many windows went through the trunk at a time."""

    def __init__(self) -> None:
        self.labels = Labels(relations=("root", "dep"), lemmas=("k-0+", "l-0+"))
        self.pieces = small_tokenizer()
        self.batches: list[int] = []

    def run(self, graph: str, **inputs: NDArray[Any]) -> Sequence[NDArray[Any]]:
        """The outputs of a graph."""
        found: Sequence[NDArray[Any]] = getattr(self, f"_{graph}")(**inputs)
        return found

    def each(self, graph: str, given: Sequence[Inputs]) -> Sequence[Sequence[NDArray[Any]]]:
        """The outputs of a graph for each of several inputs."""
        if graph == "trunk":
            self.batches.append(len(given))
        return [self.run(graph, **inputs) for inputs in given]

    def _trunk(self, ids: NDArray[np.int64], features: NDArray[np.int64]) -> Sequence[NDArray[Any]]:
        assert ids.shape == features.shape[:2]
        return (np.eye(14, dtype=np.float32)[features[:, :, 0]],)

    def _syntax(self, words: NDArray[np.float32], mask: NDArray[np.int64]) -> Sequence[NDArray[Any]]:
        count = words.shape[1]
        upos = np.zeros((*mask.shape, len(UPOS)), np.float32)
        upos[:, :, UPOS.index("NOUN")] = 0.5
        upos[:, :, UPOS.index("PROPN")] = words[:, :, TITLE]
        lemma = np.stack([words[:, :, TITLE], 1 - words[:, :, TITLE]], axis=2)
        arcs = np.zeros((*mask.shape, count + 1), np.float32)
        arcs[:, np.arange(count), np.arange(count)] = 5.0  # column 0 is the root, column i the word before word i
        return upos, lemma, arcs

    def _relations(self, dependents: NDArray[np.float32], governors: NDArray[np.float32]) -> Sequence[NDArray[Any]]:
        assert dependents.shape == governors.shape
        return (np.zeros((len(dependents), 2), np.float32),)

    def _names(self, words: NDArray[np.float32], mask: NDArray[np.int64]) -> Sequence[NDArray[Any]]:
        outer = np.zeros((*mask.shape, 1 + 2 * len(NAME_TYPES)), np.float32)
        outer[:, :, 0] = 0.5
        inner = outer.copy()
        outer[:, :, 1] = words[:, :, TITLE]
        outer[:, :, 2] = 0.9 * words[:, :, TITLE] + words[:, :, CAPITALS]
        inner[:, :, 1 + 2 * NAME_TYPES.index("place")] = words[:, :, CAPITALS]
        return outer, inner

    def _attribution(self, words: NDArray[np.float32], mask: NDArray[np.int64]) -> Sequence[NDArray[Any]]:
        emissions = np.zeros((*mask.shape, 7), np.float32)
        emissions[:, :, 0] = 0.5
        for label, shape in ((1, DIGIT), (3, CAPITALS), (5, TITLE)):
            emissions[:, :, label] = words[:, :, shape]
        return emissions, np.ones((len(words), 2, words.shape[1], words.shape[1]), np.float32)
