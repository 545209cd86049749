from __future__ import annotations

import pytest

from peacetable.reading import sentences
from peacetable.reading.encoder.cutting import cut


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They didn't.", "They did n't ."),
        ("We’ll see", "We ’ll see"),
        ("the army's 2nd camp", "the army 's 2nd camp"),
        ("It cannot hold", "It can not hold"),
        ("a peace-loving man", "a peace - loving man"),
        ("some 3.5m left at 10:30", "some 3.5 m left at 10:30"),
        ("in the 1990s", "in the 1990s"),
        ("M23 left", "M23 left"),
        ("Gen. Roe of the U.S. left", "Gen. Roe of the U.S. left"),
    ],
)
def test_words_are_cut_as_universal_dependencies_cuts_them(text: str, words: str) -> None:
    assert " ".join(cut(sentences.split(text)[1]).text.words) == words


def test_each_word_knows_its_place_and_its_token() -> None:
    found = cut(sentences.split("Yes.\n\nThey didn't.")[1])
    assert found.places[2:5] == ((6, 10), (11, 14), (14, 17))
    assert found.tokens[2:5] == ((1, 0), (1, 1), (1, 1))
    assert found.text.sentences == ((0, 2), (2, 6))
    assert found.text.paragraphs == {0, 1}
