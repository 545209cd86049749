"""Examples become numbers: what every head should say of each word of a window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from fake_network import small_tokenizer
from peacetable.reading.encoder.annotation import NAME_TYPES, UPOS
from peacetable.reading.encoder.inputs import Text
from training.examples import Attribution, Example, Finding, Name, Names, Syntax
from training.items import ALLOWED, BARRED, UNLIKELY, Item, items
from training.labels import CHAINS, ROLES, Labels, counted

WORDS = ("the", "Front", "said", "it", "will", "leave", "Borda", ".")
TEXT = Text(words=WORDS, sentences=((0, 8),), paragraphs=frozenset({0}))
LABELS = Labels(relations=("root", "nsubj"), lemmas=())
PLAIN = Example(name="a-report", data="own", text=TEXT)


def item(example: Example) -> Item:
    (found,) = items([example], small_tokenizer(), LABELS)
    return found


def tag(name: str) -> int:
    mark, _, kind = name.partition("-")
    return 1 + 2 * NAME_TYPES.index(kind) + (mark == "I")


def test_what_a_data_set_does_not_mark_teaches_nothing() -> None:
    found = item(PLAIN)
    assert (found.upos == -1).all()
    assert found.outer is None
    assert found.attribution is None
    assert found.chains is None


def test_an_unknown_word_class_teaches_nothing_and_the_others_do() -> None:
    found = item(replace(PLAIN, syntax=Syntax(upos=("DET", "", "VERB", "", "", "", "", ""))))
    assert found.upos.tolist()[:3] == [UPOS.index("DET"), -1, UPOS.index("VERB")]


def test_heads_are_counted_within_the_sentence_with_the_root_as_nought() -> None:
    syntax = Syntax(upos=("X",) * 8, heads=(1, 2, -1, 4, 2, 2, 5, 2), relations=("nsubj",) * 8)
    (sentence,) = item(replace(PLAIN, syntax=syntax)).sentences
    assert sentence.heads.tolist() == [2, 3, 0, 5, 3, 3, 6, 3]


def test_a_name_allows_the_types_that_it_may_have_and_no_others() -> None:
    names = Names((Name((1, 2), frozenset({"group", "organisation"})),), marked=frozenset(NAME_TYPES))
    outer = item(replace(PLAIN, names=names)).outer
    assert outer is not None
    assert outer[1, tag("B-group")] == outer[1, tag("B-organisation")] == ALLOWED
    assert outer[1, 0] == outer[1, tag("B-person")] == outer[1, tag("I-group")] == BARRED


def test_outside_names_a_type_that_the_data_set_does_not_mark_is_unlikely_and_not_free() -> None:
    names = Names((), marked=frozenset({"person"}))
    outer = item(replace(PLAIN, names=names)).outer
    assert outer is not None
    assert outer[0, 0] == ALLOWED
    assert outer[0, tag("B-person")] == BARRED
    assert outer[0, tag("B-event")] == UNLIKELY


def test_a_name_of_unknown_type_teaches_nothing() -> None:
    names = Names((Name((1, 2), frozenset()),), marked=frozenset(NAME_TYPES))
    outer = item(replace(PLAIN, names=names)).outer
    assert outer is not None
    assert (outer[1] == ALLOWED).all()


def test_an_attribution_is_a_tag_sequence_with_a_link_from_every_word_to_its_cue() -> None:
    said = Attribution(source=((0, 2),), cue=((2, 3),), content=((3, 7),))
    found = item(replace(PLAIN, attributions=(said,)))
    assert found.attribution is not None
    assert found.attribution.tolist() == [1, 2, 3, 5, 6, 6, 6, 0]
    assert found.cues == (2,)
    assert set(found.links) == {(0, 0, 2), (0, 1, 2), *((1, word, 2) for word in range(3, 7))}


def test_a_finding_marks_its_passage_and_its_keys_each_in_a_chain() -> None:
    found = item(replace(PLAIN, findings=(COMMITMENT,)))
    assert found.chains is not None
    assert found.chains[:, CHAINS.index("commitments")].tolist() == [0, 0, 0, 1, 2, 2, 2, 0]
    assert found.chains[:, CHAINS.index("commitments.action")].tolist() == [0, 0, 0, 0, 0, 1, 2, 0]


def test_a_role_is_filled_by_the_nearest_mention_and_by_nobody_else() -> None:
    other = replace(COMMITMENT, kind="positions", keys={}, roles={"actor": (((6, 7),),)}, values={})
    roles = item(replace(PLAIN, findings=(COMMITMENT, other))).roles
    assert roles is not None
    by = ROLES.index("commitments.by")
    pairs = {
        (anchor, mention): fills
        for role, anchor, mention, fills in zip(
            roles.role.tolist(), roles.anchor.tolist(), roles.mention.tolist(), roles.fills.tolist(), strict=True
        )
        if role == by
    }
    assert pairs == {(5, 3): 1.0, (5, 6): 0.0}  # "it" is nearer than "the Front", of which nothing is said


def test_a_value_outside_the_scheme_is_left_out() -> None:
    found = item(replace(PLAIN, findings=(replace(COMMITMENT, values={"modality": "shall"}),)))
    assert found.values == ()


def test_lemma_rules_that_are_rare_are_left_out() -> None:
    syntax = Syntax(upos=("X",) * 8, lemmas=tuple(word.lower() for word in WORDS), heads=(-1,) * 8,
                    relations=("root",) * 8)  # fmt: skip
    labels = counted([replace(PLAIN, syntax=syntax)])
    assert labels.relations == ("root",)
    assert len(labels.lemmas) == 1  # what keeps a word as it is; "Front" and "Borda" are two


def test_every_word_of_a_long_text_is_in_one_window_with_its_labels() -> None:
    text = Text(words=WORDS * 60, sentences=tuple((at * 8, at * 8 + 8) for at in range(60)))
    names = Names((Name((9, 10), frozenset({"group"})),), marked=frozenset(NAME_TYPES))
    found = list(items([Example("long", "own", text, names=names)], small_tokenizer(), LABELS))
    assert len(found) > 1
    assert sum(window.words for window in found) == 480
    allowed = np.concatenate([window.outer for window in found if window.outer is not None])
    assert np.flatnonzero(allowed[:, tag("B-group")] == ALLOWED).tolist() == [9]


COMMITMENT = Finding(
    kind="commitments",
    evidence=(3, 7),
    keys={"action": ((5, 7),)},
    roles={"by": (((0, 2), (3, 4)),)},
    values={"modality": "must"},
)
