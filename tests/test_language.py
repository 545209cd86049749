from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_network import ShapeNetwork
from peacetable.reading import language, sentences
from peacetable.reading.encoder import weights
from peacetable.reading.encoder.annotation import Annotation, Attribution, Evidence, Fills
from peacetable.reading.encoder.inputs import Text
from peacetable.reading.encoder.reader import Reader
from peacetable.reading.language import Language
from peacetable.reading.word_classes import Word


def told(text: str, reader: Reader | None = None) -> Language:
    return language.annotate(sentences.split(text)[1], text, reader=reader or Reader(network=ShapeNetwork()))


class Scripted(Reader):
    """Gives what it is told to give."""

    def __init__(self, heads: tuple[int, ...], **layers: tuple[object, ...]) -> None:
        super().__init__()
        self.heads, self.layers = heads, layers

    def annotate(self, text: Text) -> Annotation:
        count = len(text.words)
        relations = tuple(f"r{number}" for number in range(count))
        given: dict[str, object] = dict(self.layers)
        return Annotation(text, ("X",) * count, text.words, self.heads or (-1,) * count, relations, **given)  # type: ignore[arg-type]


def test_a_package_without_a_model_falls_back_on_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "available", lambda: False)
    text = "The army left. It was big."
    found = language.annotate(sentences.split(text)[1], text)
    assert found.by == "rules"
    assert [[word.upos for word in words] for words in found.words] == [
        ["DET", "NOUN", "VERB", "PUNCT"],
        ["PRON", "AUX", "ADJ", "PUNCT"],
    ]
    assert found.words[0][0].head is None
    assert (found.names, found.attributions, found.heads) == ((), (), ())


def test_names_and_attributions_are_the_reports_own_words() -> None:
    found = told("nothing.\n\nthe 2nd SAID “Never”")
    assert [(name.span.quote, name.type) for name in found.names] == [("Never", "person")]
    (attribution,) = found.attributions
    assert [span.quote for span in attribution.source + attribution.cue + attribution.content] == [
        "2nd",
        "SAID",
        "Never",
    ]
    assert attribution.form == "direct"


def test_a_token_has_the_word_that_its_other_words_hang_on() -> None:
    # They(0) did(1) n't(2) leave(3) .(4): "did" and "n't" hang on "leave", which is the root
    found = told("They didn't leave.", Scripted((3, 3, 3, -1, 3)))
    assert found.words == (
        (Word("X", 2, "r0", "They"), Word("X", 2, "r1", "did"), Word("X", -1, "r3", "leave"), Word("X", 2, "r4", ".")),
    )


def test_tokens_whose_words_hang_on_each_other_still_make_a_tree() -> None:
    # a(0) -(1) b(2) c(3): "c" hangs on "a", which hangs on "b", the root
    found = told("a-b c", Scripted((2, 2, -1, 0)))
    assert [word.head for word in found.words[0]] == [-1, 0]


def test_evidence_comes_out_in_the_reports_words() -> None:
    fills = {"by": Fills(0, (2.0, -1.0, -1.0, -1.0, -1.0))}
    evidence = Evidence("commitments", 1, 4, 0.5, {"action": ((2, 4),)}, fills, {"modality": ("must", 0.9)})
    (found,) = told("They agreed to leave.", Scripted((), evidence=(evidence,))).evidence
    assert (found.kind, found.span.quote, found.score) == ("commitments", "agreed to leave", 0.5)
    assert [span.quote for span in found.keys["action"]] == ["to leave"]
    assert found.values == {"modality": ("must", 0.9)}
    assert found.roles["by"].of(len("They")) == 2.0
    assert found.roles["by"].of(99) is None


def test_a_relayer_is_told() -> None:
    attribution = Attribution(((2, 3),), ((3, 4),), ((4, 5),), relayer=((0, 1),))
    (found,) = told("Papers quoted Roe saying no", Scripted((), attributions=(attribution,))).attributions
    assert [span.quote for span in found.relayer] == ["Papers"]


def test_asking_for_language_loads_nothing_heavy() -> None:
    code = (
        "import sys, peacetable.reading.language;"
        "print([name for name in ('numpy', 'onnxruntime', 'tokenizers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@given(st.text(st.characters(), max_size=50))
@settings(max_examples=100, deadline=None)
def test_every_token_has_a_word_and_every_span_quotes_the_text(text: str) -> None:
    split = sentences.split(text)[1]
    found = told(text)
    assert [len(words) for words in found.words] == [len(sentence.tokens) for sentence in split]
    for words in found.words:
        heads = [word.head for word in words]
        assert heads.count(-1) == 1
        assert all(head is not None and -1 <= head < len(words) for head in heads)
    spans = [name.span for name in found.names]
    spans += [span for item in found.attributions for span in item.source + item.cue + item.content]
    assert all(text[span.start : span.end] == span.quote for span in spans)
