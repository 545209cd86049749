"""Passages that findings rest on, out of scores written as letters: a capital begins a run, a small one goes on."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from fake_network import small_tokenizer
from peacetable.reading.encoder.annotation import Evidence, Fills
from peacetable.reading.encoder.evidence import Rested, evidence, scores
from peacetable.reading.encoder.inputs import Text, Window
from peacetable.reading.encoder.trunk import Passage
from peacetable.reading.encoder.weights import Chains, Inputs, Labels

NAMES = ("talks", "talks.outcome", "commitments", "commitments.action", "commitments.condition")
TOLD = Chains(
    names=NAMES,
    steps=np.zeros((5, 3, 3)),
    start=np.zeros((5, 3)),
    bias=np.zeros(5),
    keys={"talks": ("outcome",), "commitments": ("action", "condition")},
    unanchored=frozenset({"talks"}),
    roles=("talks.participants", "commitments.by", "commitments.to"),
    values={"talks.kind": ("meeting", "contact"), "talks.status": ("held", "planned"), "commitments.modality": ("must",
            "may", "must_not")},
)  # fmt: skip
#: How sure the letters are: the logit of the label that is meant; the others have 0.
SURE = 5.0
Outputs = tuple[NDArray[np.float32], ...]


class Scripted:
    """A network that gives what it is told to give, window by window, and keeps what it was given."""

    def __init__(self, *outputs: Outputs, told: Chains | None = TOLD) -> None:
        self.labels = Labels(relations=("root",), lemmas=("k",), chains=told)
        self.pieces = small_tokenizer()
        self.outputs = outputs
        self.given: list[Inputs] = []

    def run(self, graph: str, **inputs: NDArray[Any]) -> Sequence[NDArray[Any]]:
        raise AssertionError(f"{graph} was run by itself")

    def each(self, graph: str, given: Sequence[Inputs]) -> Sequence[Sequence[NDArray[Any]]]:
        assert graph == "findings"
        self.given.extend(given)
        return self.outputs


def outputs(
    words: int,
    letters: Mapping[str, str],
    *,
    roles: Mapping[tuple[str, int, int], float] | None = None,
    values: Mapping[tuple[str, str], Sequence[float]] | None = None,
) -> Outputs:
    """What the head gives for a window; `roles` by name, anchor and filler, `values` by field and value."""
    count = max(2, words)  # no window is padded to less
    chains = np.zeros((1, count, len(NAMES), 3), np.float32)
    chains[..., 0] = 1.0
    for name, marks in letters.items():
        for word, mark in enumerate(marks):
            label = 0 if mark == "." else 1 if mark.isupper() else 2
            chains[0, word, NAMES.index(name), label] = SURE
    fills = np.full((1, len(TOLD.roles), count, count), -3.0, np.float32)
    for (role, anchor, word), score in (roles or {}).items():
        fills[0, TOLD.roles.index(role), anchor, word] = score
    plain = [(field, value) for field, held in TOLD.values.items() for value in held]
    told = np.zeros((1, count, len(plain)), np.float32)
    for pair, column in (values or {}).items():
        told[0, : len(column), plain.index(pair)] = column
    return chains, np.zeros((1, count, len(NAMES)), np.float32), fills, told


def passage(*lengths: int, sentences: Sequence[int] = (), first: int = 0) -> Passage:
    """A passage of windows of some lengths, from a word on; the text's sentences end at the words given."""
    edges = np.cumsum([first, *lengths]).tolist()
    ends = sentences or edges[1:]
    empty = np.zeros(0, np.int64)
    text = Text(("x",) * edges[-1], tuple(zip([0, *ends][:-1], ends, strict=True)))
    windows = tuple(Window(start, end, empty, empty.reshape(0, 3), empty) for start, end in itertools.pairwise(edges))
    states = [np.zeros((length, 4), np.float32) for length in lengths]
    return Passage(text, first, edges[-1], windows, np.concatenate(states), tuple(states))


def rested(words: int, letters: Mapping[str, str], *, told: Chains = TOLD, **more: Any) -> Rested:
    (found,) = evidence(passage(words), Scripted(outputs(words, letters, **more), told=told))
    return found


def runs(found: Rested) -> list[tuple[str, int, int]]:
    return [(one.kind, one.start, one.end) for one in found.evidence]


def test_a_network_without_a_findings_head_tells_nothing() -> None:
    assert list(evidence(passage(3), Scripted(told=None))) == []


def test_a_passage_is_a_run_of_its_kinds_chain() -> None:
    assert runs(rested(5, {"talks": ".Ttt."})) == [("talks", 1, 4)]


def test_passages_of_one_kind_follow_each_other_and_those_of_two_overlap() -> None:
    found = rested(6, {"talks": "TtTt..", "commitments": ".Ccccc"})
    assert runs(found) == [("talks", 0, 2), ("commitments", 1, 6), ("talks", 2, 4)]


def test_a_chain_is_decoded_with_its_own_transitions() -> None:
    steps = TOLD.steps.copy()
    steps[0, 1:, 0] = steps[0, 1:, 1] = -20.0  # passages of talks hardly ever stop
    found = rested(4, {"talks": "Tt", "commitments": "Cc"}, told=replace(TOLD, steps=steps))
    assert runs(found) == [("commitments", 0, 2), ("talks", 0, 4)]


def test_a_chain_is_decoded_with_its_own_start() -> None:
    start = TOLD.start.copy()
    start[0] = (0.0, -20.0, 0.0)
    found = rested(3, {"talks": "TTt", "commitments": "CCc"}, told=replace(TOLD, start=start))
    assert runs(found) == [("commitments", 0, 1), ("talks", 1, 3), ("commitments", 1, 3)]


def test_a_bias_makes_a_chain_find_more_and_leaves_the_others_alone() -> None:
    bias = np.asarray([3.0, 0.0, 0.0, 0.0, 0.0])
    assert rested(2, {}).evidence == ()
    assert {one.kind for one in rested(2, {}, told=replace(TOLD, bias=bias)).evidence} == {"talks"}


def test_a_passage_is_as_sure_as_its_words_are_in_the_mean() -> None:
    chains, *others = outputs(2, {"talks": "Tt"})
    chains[0, 1, 0] = (1.0, -50.0, 1.5)
    (found,) = evidence(passage(2), Scripted((chains, *others)))
    first = 1 - np.exp(1) / (np.exp(1) + np.exp(SURE) + 1)
    second = 1 - np.exp(1) / (np.exp(1) + np.exp(1.5))
    assert found.evidence[0].score == pytest.approx((first + second) / 2, abs=1e-6)


def test_support_tells_each_word_of_each_kind_and_nothing_of_keys() -> None:
    found = rested(3, {"talks": "Tt.", "talks.outcome": "Ooo", "commitments": "..C"})
    assert (found.support > 0.9).tolist() == [[True, False], [True, False], [False, True]]


def test_key_spans_count_where_they_lie_within_their_passage() -> None:
    found = rested(
        8, {"commitments": "Cccc....", "commitments.action": ".AaAaA.A", "commitments.condition": "......C."}
    )
    assert [one.keys for one in found.evidence] == [{"action": ((1, 3),)}]


def test_a_key_may_have_several_spans() -> None:
    (found,) = rested(5, {"commitments": "Ccccc", "commitments.action": "A.Aa."}).evidence
    assert found.keys == {"action": ((0, 1), (2, 4))}


ROLES = {("commitments.by", word, 0): float(word + 1) for word in range(5)}


def test_roles_are_read_at_the_first_word_of_the_first_key() -> None:
    letters = {"commitments": "Ccccc", "commitments.action": "..Aa.", "commitments.condition": ".C..."}
    (found,) = rested(5, letters, roles=ROLES).evidence
    assert found.roles == {"by": Fills(0, (3.0, -3.0, -3.0, -3.0, -3.0)), "to": Fills(0, (-3.0,) * 5)}


def test_roles_are_read_at_the_next_key_where_the_first_is_missing() -> None:
    (found,) = rested(5, {"commitments": "Ccccc", "commitments.condition": ".C..."}, roles=ROLES).evidence
    assert found.roles["by"].of(0) == 2.0


def test_roles_are_read_at_the_passage_where_it_has_no_key() -> None:
    (found,) = rested(5, {"commitments": "...Cc"}, roles=ROLES).evidence
    assert found.roles["by"].of(0) == 4.0


def test_roles_of_a_kind_without_an_anchor_are_read_at_the_passage_whatever_keys_it_has() -> None:
    fills = {("talks.participants", 1, 0): 2.0, ("talks.participants", 3, 0): 9.0}
    (found,) = rested(5, {"talks": ".Tttt", "talks.outcome": "...Oo"}, roles=fills).evidence
    assert found.roles["participants"].of(0) == 2.0


def test_a_value_is_that_of_the_mean_over_the_passages_words() -> None:
    values = {("commitments.modality", "may"): [0, 2, 0, 9], ("commitments.modality", "must_not"): [9, 0, 3, 0]}
    (found,) = rested(4, {"commitments": ".Cc."}, values=values).evidence
    likely = np.exp([0.0, 1.0, 1.5])
    value, sure = found.values["modality"]
    assert value == "must_not"
    assert sure == pytest.approx(likely[2] / likely.sum())


def test_a_passage_has_the_values_of_its_kind_only() -> None:
    values = {("talks.kind", "contact"): [4, 4], ("talks.status", "planned"): [4, 4]}
    (found,) = rested(2, {"talks": "Tt"}, values=values).evidence
    assert {field: value for field, (value, _) in found.values.items()} == {"kind": "contact", "status": "planned"}


def test_a_window_further_on_counts_its_words_from_there() -> None:
    letters = {"commitments": ".Cc", "commitments.action": "..A"}
    ways = outputs(2, {}), outputs(3, letters, roles={("commitments.by", 2, 1): 7.0})
    first, second = evidence(passage(2, 3, first=100), Scripted(*ways))
    assert first.evidence == ()
    (found,) = second.evidence
    assert (found.start, found.end, found.keys) == (103, 105, {"action": ((104, 105),)})
    assert (found.roles["by"].of(103), found.roles["by"].of(101)) == (7.0, None)


def test_a_window_does_not_depend_on_those_beside_it() -> None:
    ways = [outputs(4, {"talks": "Tt.T"}), outputs(1, {"talks": "T"}), outputs(6, {"commitments": "CcCccc"})]
    together = list(evidence(passage(4, 1, 6), Scripted(*ways)))
    starts = (0, 4, 5)
    for way, length, start, found in zip(ways, (4, 1, 6), starts, together, strict=True):
        (alone,) = evidence(passage(length, first=start), Scripted(way))
        assert (alone.evidence, alone.support.tolist()) == (found.evidence, found.support.tolist())


def test_a_window_of_one_word_has_no_word_of_its_padding() -> None:
    ways = outputs(1, {"talks": "T"})
    ways[0][0, 1, 0] = (0.0, 0.0, SURE)  # the padding would go on
    (found,) = evidence(passage(1), Scripted(ways))
    assert runs(found) == [("talks", 0, 1)]
    assert found.support.shape == (1, 2)
    assert found.evidence[0].roles["participants"].scores == (-3.0,)


def test_the_head_is_given_the_sentence_of_each_word_as_the_text_counts_them() -> None:
    network = Scripted(outputs(3, {}), outputs(1, {}))
    list(evidence(passage(3, 1, sentences=(2, 3, 4)), network))
    assert [inputs["sentences"].tolist() for inputs in network.given] == [[[0, 0, 1]], [[2, 0]]]
    assert [inputs["mask"].tolist() for inputs in network.given] == [[[1, 1, 1]], [[1, 0]]]


def test_scores_are_the_chains_own_before_any_bias() -> None:
    ways = outputs(1, {"talks": "T"})
    (found,) = scores(passage(1), Scripted(ways, told=replace(TOLD, bias=np.full(5, 9.0))))
    assert found.tolist() == ways[0][0, :1].tolist()


@given(st.integers(1, 7), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_whatever_the_scores_every_span_lies_in_its_passage_and_every_passage_in_its_window(
    words: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    way = tuple(chance.normal(0, 3, part.shape).astype(np.float32) for part in outputs(words, {}))
    (found,) = evidence(passage(words, first=10), Scripted(way))
    assert ((found.support >= 0) & (found.support <= 1)).all()
    assert list(found.evidence) == sorted(found.evidence, key=lambda one: (one.start, one.end))
    for one in found.evidence:
        assert 10 <= one.start < one.end <= 10 + words
        assert 0 <= one.score <= 1
        check(one)


def check(one: Evidence) -> None:
    spans = [span for held in one.keys.values() for span in held]
    assert all(one.start <= start < end <= one.end for start, end in spans)
    assert set(one.roles) == {role.partition(".")[2] for role in TOLD.roles if role.startswith(f"{one.kind}.")}
    assert all(0 < sure <= 1 for _, sure in one.values.values())
