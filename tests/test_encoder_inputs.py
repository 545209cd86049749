from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fake_network import small_tokenizer
from peacetable.reading.encoder.inputs import Text, windows


def text(*lengths: int, paragraphs: frozenset[int] = frozenset({0})) -> Text:
    """Sentences of one-letter words, of some lengths."""
    ends = [sum(lengths[: number + 1]) for number in range(len(lengths))]
    runs = tuple((end - length, end) for end, length in zip(ends, lengths, strict=True))
    return Text(("a",) * sum(lengths), runs, paragraphs)


def spans(held: Text, limit: int) -> list[tuple[int, int]]:
    return [(window.start, window.end) for window in windows(held, small_tokenizer(), limit=limit)]


def test_a_window_holds_whole_sentences_and_ends_at_a_paragraph_where_one_is_near() -> None:
    assert spans(text(4, 4, 4, 4), limit=14) == [(0, 12), (12, 16)]
    assert spans(text(4, 4, 4, 4, paragraphs=frozenset({0, 2})), limit=14) == [(0, 8), (8, 16)]


def test_a_sentence_longer_than_a_window_is_cut_into_pieces() -> None:
    assert spans(text(3, 25, 3), limit=12) == [(0, 3), (3, 13), (13, 23), (23, 28), (28, 31)]


def test_a_file_that_cuts_texts_short_does_not_cut_them_here() -> None:
    (window,) = windows(text(50), small_tokenizer())
    assert len(window.ids) == 52


def test_what_lower_case_would_lose_is_kept_beside_it() -> None:
    held = Text(("“", "The", "KLF", "left", "”"), ((0, 5),), frozenset({0}))
    (window,) = windows(held, small_tokenizer())
    first = window.features[window.firsts].tolist()
    assert [shape for shape, _, _ in first] == [6, 2, 3, 1, 6]
    assert [quoted for _, quoted, _ in first] == [0, 1, 1, 1, 0]
    assert [opening for _, _, opening in first] == [2, 0, 0, 0, 0]


def test_a_piece_that_goes_on_with_a_word_is_told_from_its_first() -> None:
    (window,) = windows(Text(("Ab",), ((0, 1),), frozenset({0})), small_tokenizer())
    assert window.features.tolist() == [[0, 0, 0], [2, 0, 2], [9, 0, 0], [0, 0, 0]]


@given(st.lists(st.text(st.characters(), min_size=1, max_size=5), max_size=30), st.integers(20, 40))
@settings(max_examples=100, deadline=None)
def test_every_word_is_in_one_window_and_has_a_subword_there(words: list[str], limit: int) -> None:
    held = Text(tuple(words), ((0, len(words)),) if words else (), frozenset({0}))
    found = list(windows(held, small_tokenizer(), limit=limit))
    assert [word for window in found for word in range(window.start, window.end)] == list(range(len(words)))
    for window in found:
        assert len(window.ids) == len(window.features) <= limit
        assert len(window.firsts) == window.end - window.start
        assert (window.firsts >= 1).all()
        assert (window.firsts < len(window.ids) - 1).all()
