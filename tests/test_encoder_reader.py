from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_network import ShapeNetwork
from peacetable.reading import sentences
from peacetable.reading.encoder.annotation import Annotation, Attribution, Name
from peacetable.reading.encoder.cutting import Cut, cut
from peacetable.reading.encoder.inputs import Text
from peacetable.reading.encoder.reader import Reader
from peacetable.reading.encoder.trees import ROOT


def words_of(text: str) -> Cut:
    return cut(sentences.split(text)[1])


def annotate(text: str) -> Annotation:
    return Reader(network=ShapeNetwork()).annotate(words_of(text).text)


def said(annotation: Annotation) -> list[tuple[str, str, bool]]:
    words = annotation.text.words
    return [(" ".join(words[name.start : name.end]), name.type, name.nested) for name in annotation.names]


def test_every_word_has_its_class_and_lemma() -> None:
    found = annotate("the Front signed")
    assert found.upos == ("NOUN", "PROPN", "NOUN")
    assert found.lemmas == ("the", "Front", "signed")


def test_heads_count_words_of_the_text_and_every_sentence_has_one_root() -> None:
    found = annotate("They met there.\n\nNobody came.")
    assert found.heads == (ROOT, 0, 1, 2, ROOT, 4, 5)
    assert found.relations == ("root", "dep", "dep", "dep", "root", "dep", "dep")


def test_names_within_names_are_nested_and_others_do_not_count() -> None:
    assert said(annotate("the Front OF Karu left for KARU")) == [("Front OF", "person", False), ("OF", "place", True),
                                                                 ("Karu", "person", False)]  # fmt: skip


def test_an_attribution_counts_words_of_the_text() -> None:
    found = annotate("nothing.\n\nthe 2nd SAID Never")
    assert found.attributions == (Attribution(((3, 4),), ((4, 5),), ((5, 6),)),)


def test_a_text_of_many_windows_goes_through_in_passages_and_loses_no_word() -> None:
    network = ShapeNetwork()
    text = words_of("\n".join(f"On day {number} the Envoy went home again." for number in range(300))).text
    found = Reader(network=network).annotate(text)
    assert len(network.batches) > 1
    assert max(network.batches) == 16
    assert len(found.upos) == len(found.heads) == len(text.words)
    assert [name for name in found.names if text.words[name.start] != "On"] == [
        Name(number, number + 1, "person") for number, word in enumerate(text.words) if word == "Envoy"
    ]


def test_a_sentence_longer_than_a_tree_may_be_has_one_root_and_its_further_pieces_hang_there() -> None:
    words = ("peace", "and") * 400
    text = Text(words, ((0, 3), (3, len(words))), frozenset({0}))
    found = Reader(network=ShapeNetwork()).annotate(text)
    assert [number for number, head in enumerate(found.heads) if head == ROOT] == [0, 3]
    further = [number for number, relation in enumerate(found.relations) if relation == "parataxis"]
    assert len(further) > 5
    assert {found.heads[number] for number in further} == {3}


def test_a_report_does_not_depend_on_what_was_read_before_it() -> None:
    reader = Reader(network=ShapeNetwork())
    text = words_of("the Front SAID so. The 2nd Army left.").text
    alone = reader.annotate(text)
    reader.annotate(words_of("Something Else ENTIRELY. " * 50).text)
    assert reader.annotate(text) == alone


def test_several_texts_come_out_in_their_order_and_as_each_alone() -> None:
    reader = Reader(network=ShapeNetwork())
    texts = [words_of(f"the {number}th Envoy left. " * (9 - number)).text for number in range(9)]
    assert list(reader.annotate_all(texts)) == [reader.annotate(text) for text in texts]


@pytest.mark.parametrize(
    "text", ["", " \n", "\u200b", "\x00\x01", "\ud800 \udfff", "x" * 10_000, "👩‍👩‍👧 🕊", "́", "\u202e(a"]
)
def test_odd_texts_are_read_like_any_other(text: str) -> None:
    check(text)


@given(st.text(st.characters(), max_size=60))
@settings(max_examples=120, deadline=None)
def test_no_character_shifts_an_offset_or_loses_a_word(text: str) -> None:
    check(text)


def check(text: str) -> None:
    held = words_of(text)
    found = Reader(network=ShapeNetwork()).annotate(held.text)
    assert len(found.upos) == len(found.lemmas) == len(found.heads) == len(found.relations) == len(held.text.words)
    assert [text[start:end] for start, end in held.places] == list(held.text.words)
    for start, end in held.text.sentences:
        heads = found.heads[start:end]
        assert heads.count(ROOT) == 1
        assert all(start <= head < end for head in heads if head != ROOT)
