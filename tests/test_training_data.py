"""What the readers of the training data make of small files in each format."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from training import brat, conllu, corenlp, datasets, findings, gum_names, iob2, name_types, placing, proper, re3d
from training.examples import Example, Run
from training.nesting import layered

PERSON, TITLE, STATE = frozenset({"person"}), frozenset({"title"}), frozenset({"state"})
BODY, PLACE, UNKNOWN = name_types.BODY, name_types.PLACE, name_types.UNKNOWN


def words(example: Example, run: Run) -> str:
    return " ".join(example.text.words[run[0] : run[1]])


def named(example: Example, *, nested: bool = False) -> dict[str, frozenset[str]]:
    assert example.names is not None
    return {words(example, name.run): name.types for name in example.names.names if name.nested == nested}


def conllu_lines(*rows: str) -> list[str]:
    """Rows "form upos xpos head relation misc" as CoNLL-U; "#..." and "" stay as they are."""
    lines, number = [], 0
    for row in rows:
        if not row or row[0] == "#":
            lines.append(row)
            number = 0 if not row else number
            continue
        form, upos, tag, head, relation, misc = row.split()
        number += 1
        lines.append("\t".join((str(number), form, form.lower(), upos, tag, "_", head, relation, "_", misc)))
    return lines


def tree(*rows: str) -> conllu.Document:
    return next(conllu.documents(conllu_lines(*rows)))


def gum(*rows: str) -> Example:
    document = tree(*rows)
    return Example("d", "gum", document.text, names=gum_names.names(document))


def archive(path: Path, files: Mapping[str, str]) -> Path:
    with tarfile.open(path, "w:gz") as target:
        for name, text in files.items():
            held = text.encode()
            member = tarfile.TarInfo(name)
            member.size = len(held)
            target.addfile(member, io.BytesIO(held))
    return path


# CoNLL-U.


def test_heads_are_numbers_in_the_document() -> None:
    document = tree(
        "She PRON PRP 2 nsubj _", "left VERB VBD 0 root _", "", "He PRON PRP 2 nsubj _", "stayed VERB VBD 0 root _"
    )
    assert document.text.sentences == ((0, 2), (2, 4))
    assert document.syntax.heads == (1, -1, 3, -1)


def test_ranges_of_words_and_empty_nodes_are_left_out() -> None:
    lines = conllu_lines("do AUX VBP 0 root _", "n't PART RB 1 advmod _")
    document = next(conllu.documents(["1-2\tdon't" + "\t_" * 8, lines[0], "1.1\tgone" + "\t_" * 8, lines[1]]))
    assert document.text.words == ("do", "n't")


def test_a_new_paragraph_is_marked_by_the_number_of_its_first_sentence() -> None:
    one = "Stop VERB VB 0 root _"
    document = tree("# newdoc id = d", "# newpar", one, "", one, "", "# newpar id = p2", one)
    assert document.text.paragraphs == frozenset({0, 2})


def test_each_document_of_a_treebank_is_an_example(tmp_path: Path) -> None:
    path = tmp_path / "train.conllu.gz"
    lines = conllu_lines(
        "# newdoc id = one", "Go VERB VB 0 root _", "", "# newdoc id = two", "Stay VERB VB 0 root _", ""
    )
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert [(one.name, one.text.words) for one in conllu.read(path, data="ud_ewt")] == [
        ("one", ("Go",)),
        ("two", ("Stay",)),
    ]


# GUM.


def test_a_mention_is_cut_to_its_proper_nouns() -> None:
    example = gum(
        "the DET DT 3 det Entity=(1-organization-new-nn-cf1-3-sgl",
        "new ADJ JJ 3 amod _",
        "Council PROPN NNP 6 nsubj _",
        "of ADP IN 5 case _",
        "Sarawan PROPN NNP 3 nmod Entity=(2-place-new-nn-cf2-1-sgl)1)",
        "met VERB VBD 0 root _",
    )
    assert named(example) == {"Council of Sarawan": BODY}
    assert named(example, nested=True) == {"Sarawan": frozenset({"place"})}


def test_a_mention_with_a_common_noun_as_head_is_no_name() -> None:
    assert named(gum("rebels NOUN NNS 2 nsubj Entity=(1-person-new-nn-cf1-1-sgl)", "met VERB VBD 0 root _")) == {}


def test_a_title_is_parted_from_the_person() -> None:
    example = gum(
        "President PROPN NNP 3 nsubj Entity=(7-person-new-nn-cf1-1-sgl-Some_One",
        "Roe PROPN NNP 1 flat Entity=7)",
        "spoke VERB VBD 0 root _",
    )
    assert named(example) == {"President": TITLE, "Roe": PERSON}


def test_a_country_is_a_state() -> None:
    assert named(gum("Norway PROPN NNP 0 root Entity=(1-place-new-nn-cf1-1-sgl)")) == {"Norway": STATE}


def test_an_adjective_of_a_people_is_a_nationality() -> None:
    example = gum("Kenyan ADJ JJ 2 amod _", "farmers NOUN NNS 0 root _")
    assert named(example) == {"Kenyan": frozenset({"nationality"})}


def test_a_person_that_is_one_of_many_is_not_known() -> None:
    assert named(gum("Senators PROPN NNPS 0 root Entity=(1-person-new-nn-cf1-1-sgl)")) == {"Senators": UNKNOWN}


def test_broken_mentions_are_left_out() -> None:
    document = tree(
        "Roe PROPN NNP 2 nsubj Entity=(1[1/2]-person-new-nn-cf1-1-sgl)",
        "met VERB VBD 0 root _",
        "Poe PROPN NNP 2 obj Entity=1[2/2])",
    )
    assert list(gum_names.mentions(document)) == []


# Columns.


def test_bio_tags_become_names_with_our_types() -> None:
    lines = [
        "The\tO",
        "Unity\tB-politicalparty",
        "Party\tI-politicalparty",
        "of\tO",
        "Ann\tB-politician",
        "Roe\tI-politician",
    ]
    (example,) = iob2.examples(lines, data="crossner_politics", types=name_types.CROSSNER, columns=(0, 1), whole=False)
    assert named(example) == {"Unity Party": frozenset({"group"}), "Ann Roe": PERSON}


def test_a_type_that_mixes_ours_is_not_known() -> None:
    (example,) = iob2.examples(["Kenyan\tB-misc"], data="crossner_politics", types=name_types.CROSSNER, columns=(0, 1))
    assert named(example) == {"Kenyan": UNKNOWN}


def test_two_names_may_touch() -> None:
    lines = ["1\tOslo\tB-LOC\t-\t-", "2\tNorway\tB-LOC\t-\t-"]
    (example,) = iob2.examples(lines, data="uner_ewt", types=name_types.UNER, columns=(1, 2))
    assert named(example) == {"Oslo": PLACE, "Norway": PLACE}


# CoreNLP.


def tokens(*rows: tuple[str, str, str]) -> tuple[str, corenlp.Sentence]:
    """Words with tag and name as a text and a sentence of CoreNLP's."""
    text, found = "", []
    for form, tag, name in rows:
        found.append(corenlp.Token(len(text), len(text) + len(form), form, form.lower(), tag, name))
        text += form + " "
    return text, tuple(found)


def test_a_word_class_is_given_only_where_the_tag_leaves_no_doubt() -> None:
    text, sentence = tokens(("Farmers", "NNS", "O"), ("have", "VBP", "O"), ("that", "IN", "O"), ("quietly", "RB", "O"))
    assert corenlp.syntax(placing.words_of(text).places, [sentence]).upos == ("NOUN", "", "", "ADV")


def test_silver_headlines_are_not_known() -> None:
    text, sentence = tokens(*((word, "NNP", "ORGANIZATION") for word in ("Big", "Town", "Wakes", "Up")))
    cut = placing.words_of(text)
    assert [name.types for name in corenlp.names(cut.places, [sentence]).names] == [UNKNOWN]


def test_a_person_that_is_tagged_as_a_place_elsewhere_is_not_known_there() -> None:
    said = ("spoke", "VBD", "O"), ("at", "IN", "O"), ("length", "NN", "O")
    text, sentence = tokens(
        ("Roe", "NNP", "PERSON"), *said, ("Roe", "NNP", "PERSON"), *said, ("Roe", "NNP", "LOCATION")
    )
    cut = placing.words_of(text)
    assert [name.types for name in corenlp.names(cut.places, [sentence]).names] == [PERSON, PERSON, UNKNOWN]


# PolNeAR.

TEXT = "Ann Roe said the talks, she hopes, will go on.\nNobody answered."
NOTES = (
    "T1\tSource 0 7\tAnn Roe\nT2\tCue 8 12\tsaid\nT3\tContent 13 22;35 45\tthe talks will go on\n"
    "T4\tAttribution 8 12\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\nT5\tDiscard 47 63\tNobody answered.\n"
)


def test_a_broken_content_stays_in_pieces_and_linked() -> None:
    example = brat.example("a", TEXT, NOTES)
    assert example.attributions is not None
    (one,) = example.attributions
    assert [words(example, run) for run in (*one.source, *one.cue, *one.content)] == [
        "Ann Roe",
        "said",
        "the talks",
        "will go on",
    ]


def test_a_span_over_a_line_end_does_not_hide_the_next_one() -> None:
    notes = NOTES.replace("the talks will go on", "the talks\nThe rest will go on")
    assert len(list(brat.events(notes))) == 1


def test_an_attribution_without_a_content_is_left_out() -> None:
    assert brat.example("a", TEXT, NOTES.replace(" Content:T3", "")).attributions == ()


def test_the_first_annotator_of_an_article_counts(tmp_path: Path) -> None:
    files = {"dev/text/a.txt": TEXT, "dev/attributions/a_f2.ann": "", "dev/attributions/a_b1.ann": NOTES}
    (example,) = brat.read(archive(tmp_path / "dev.tar.gz", files))
    assert len(example.attributions or ()) == 1


def test_names_and_word_classes_come_from_the_silver_layer_by_their_places(tmp_path: Path) -> None:
    rows = ["# article = a", "# coref =", "1\tAnn\tAnn\tNNP\tPERSON\t2\tcompound\t0\t3"]
    rows += ["2\tRoe\tRoe\tNNP\tPERSON\t3\tnsubj\t4\t7", "3\tsaid\tsay\tVBD\tO\t0\troot\t8\t12", ""]
    silver = tmp_path / "dev.conll.gz"
    silver.write_bytes(gzip.compress("\n".join(rows).encode()))
    path = archive(tmp_path / "dev.tar.gz", {"dev/text/a.txt": TEXT, "dev/attributions/a_b1.ann": NOTES})
    (example,) = brat.read(path, silver=silver)
    assert example.syntax is not None
    assert example.syntax.upos[:4] == ("PROPN", "PROPN", "VERB", "")
    assert named(example)["Ann Roe"] == PERSON


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12), st.integers(0, 40), st.integers(1, 20))
@settings(max_examples=100, deadline=None)
def test_a_run_holds_the_words_that_are_covered_by_more_than_half(sizes: list[int], start: int, size: int) -> None:
    places, at = [], 0
    for width in sizes:
        places.append((at, at + width))
        at += width + 1
    run = placing.run_of(places, start, start + size)
    held = [
        word
        for word, (left, right) in enumerate(places)
        if 2 * (min(right, start + size) - max(left, start)) > right - left
    ]
    assert list(range(*run)) == held if run else not held


# re3d.


def report(text: str, *entities: tuple[str, str, float]) -> Example:
    found = [
        {"begin": text.index(part), "end": text.index(part) + len(part), "type": kind, "confidence": sure}
        for part, kind, sure in entities
    ]
    return re3d.example({"_id": "1", "text": text}, found)


def test_mentions_without_a_name_are_none() -> None:
    example = report("The mourners met Ann Roe.", ("The mourners", "Organisation", 1), ("Ann Roe", "Person", 1))
    assert named(example) == {"Ann Roe": PERSON}


def test_what_the_crowd_did_not_confirm_is_not_known() -> None:
    assert named(report("They saw Kolva burn.", ("Kolva", "Person", 0))) == {"Kolva": UNKNOWN}


def test_a_pronoun_at_the_head_of_a_sentence_is_no_name() -> None:
    assert named(report("We left.", ("We", "Organisation", 1))) == {}


def test_the_part_under_a_non_commercial_licence_is_left_out(tmp_path: Path) -> None:
    row = json.dumps({"_id": "1", "text": "Ann Roe left."})
    files = {f"re3d/{folder}/documents.json": row for folder in ("BBC Online", "CENTCOM")}
    files["re3d/BBC Online/entities.json"] = files["re3d/CENTCOM/entities.json"] = ""
    assert len(list(re3d.read(archive(tmp_path / "re3d.tar.gz", files)))) == 1


# Names proper.


@pytest.mark.parametrize(
    ("mention", "title", "name"),
    [
        ("President Roe", "President", "Roe"),
        ("Deputy Foreign Minister Ann Roe", "Deputy Foreign Minister", "Ann Roe"),
        ("Secretary of State Roe", "Secretary of State", "Roe"),
        ("Prime Minister", "Prime Minister", None),
        ("Crown Prince", "Crown Prince", None),
        ("Mr. King", "Mr.", "King"),
        ("Ann Luther King", None, "Ann Luther King"),
        ("Ann Roe", None, "Ann Roe"),
    ],
)
def test_titles_are_told_from_names(mention: str, title: str | None, name: str | None) -> None:
    held = mention.split()
    found = proper.without_title((0, len(held)), held)
    assert [" ".join(held[run[0] : run[1]]) if run else None for run in found] == [title, name]


def test_the_king_is_a_title_and_king_a_surname() -> None:
    assert proper.without_title((1, 2), ["the", "King"]) == ((1, 2), None)
    assert proper.without_title((1, 2), [",", "King"]) == (None, (1, 2))


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(1, 9)), st.just(PERSON), max_size=8))
@settings(max_examples=100, deadline=None)
def test_no_two_names_of_one_layer_overlap(found: dict[tuple[int, int], frozenset[str]]) -> None:
    kept = layered({(start, start + size): types for (start, size), types in found.items()})
    for nested in (False, True):
        runs = [name.run for name in kept if name.nested == nested]
        assert all(first[1] <= second[0] for first, second in itertools.pairwise(runs))


# Findings.


def gold(text: str, actors: list[dict[str, Any]], **lists: list[dict[str, Any]]) -> dict[str, Any]:
    return {"report": {"id": "g", "text": text}, "actors": actors, **lists}


def actor(name: str, kind: str, *aliases: str) -> dict[str, Any]:
    return {"id": name.lower(), "name": name, "kind": kind, "aliases": list(aliases)}


def span(quote: str, n: int = 1) -> dict[str, Any]:
    return {"quote": quote, "n": n}


def test_a_finding_is_given_in_runs_of_words() -> None:
    text = "The Blue Front said it would leave. The Blue Front has said so before."
    one = {
        "by": "front",
        "action": span("leave"),
        "modality": "must",
        "reported": None,
        "evidence": span("it would leave"),
    }
    front = actor("Front", "armed_group", "Blue Front", "The Blue Front")
    example = findings.example(gold(text, [front], commitments=[one]), data="corpus")
    (found,) = example.findings or ()
    assert (words(example, found.evidence), words(example, found.keys["action"][0])) == ("it would leave", "leave")
    assert [words(example, run) for run in found.roles["by"][0]] == ["The Blue Front", "The Blue Front"]
    assert found.values == {"modality": "must"}


def test_the_source_of_a_statement_counts_for_its_speaker() -> None:
    text = "Roe left. He said it was late."
    one = {"speaker": "roe", "source": span("He"), "cue": span("said"), "content": [span("it was late")]}
    one |= {"form": "indirect", "evidence": span("He said it was late")}
    example = findings.example(gold(text, [actor("Roe", "person")], statements=[one]), data="corpus")
    (found,) = example.findings or ()
    assert [words(example, run) for run in found.roles["speaker"][0]] == ["Roe", "He"]


def test_an_alias_within_a_longer_one_is_no_mention_of_its_own() -> None:
    text = "The EU envoy met the EU team."
    one = {"actor": "eu", "stance": "supports", "issue": span("team"), "evidence": span("the EU team")}
    actors = [actor("EU", "organisation"), actor("Envoy", "person", "The EU envoy")]
    example = findings.example(gold(text, actors, positions=[one]), data="corpus")
    (found,) = example.findings or ()
    assert found.roles["actor"] == (((5, 6),),)
    assert named(example) == {"EU": frozenset({"organisation"})}


def test_an_actor_without_a_capital_has_no_name() -> None:
    example = findings.example(gold("Then the rebels left.", [actor("the rebels", "armed_group")]), data="corpus")
    assert named(example) == {}


def test_a_common_word_that_opens_a_sentence_is_not_known_to_be_a_name() -> None:
    example = findings.example(gold("Troops left.", [actor("Troops", "forces")]), data="corpus")
    assert named(example) == {"Troops": UNKNOWN}


# All of it.


def corpus_row(name: str) -> str:
    return json.dumps({"report": {"id": name, "text": "Nobody came."}, "actors": []})


def test_training_sees_no_test_part_no_stories_and_no_dev_part(tmp_path: Path) -> None:
    data, corpus, annotated = tmp_path / "data", tmp_path / "corpus", tmp_path / "gold"
    for folder in (data, corpus, annotated / "train", annotated / "dev"):
        folder.mkdir(parents=True)
    for part, held in (("train", "a-1"), ("test", "b-1"), ("stories", "c-1")):
        (corpus / f"{part}.jsonl").write_text(corpus_row(held), "utf-8")
    for held in ("a-1", "b-1", "c-1", "st-1", "of-1"):
        (annotated / "train" / f"{held}.json").write_text(corpus_row(held), "utf-8")
    (annotated / "dev" / "d-1.json").write_text(corpus_row("d-1"), "utf-8")
    seen = [(one.data, one.name) for one in datasets.load(data, corpus, "train")]
    assert seen == [("corpus", "a-1"), ("gold", "of-1")]


def test_the_corpus_alone_is_enough(tmp_path: Path) -> None:
    corpus = Path(__file__).parents[1] / "corpus"
    assert len(list(datasets.load(tmp_path / "none", corpus, "train"))) == 253
    assert "ud_ewt" in datasets.missing(tmp_path / "none", corpus, "train")


def test_a_data_set_can_be_left_out(tmp_path: Path) -> None:
    corpus = Path(__file__).parents[1] / "corpus"
    assert list(datasets.load(tmp_path / "none", corpus, "train", frozenset({"corpus"}))) == []


def test_leaving_out_what_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="penn: no such data set"):
        list(datasets.load(tmp_path, tmp_path, "train", frozenset({"penn"})))


def test_every_source_says_its_licence() -> None:
    assert all(source.licence and source.parts for source in datasets.sources())


@pytest.mark.data
@pytest.mark.skipif("PEACETABLE_DATA" not in os.environ, reason="PEACETABLE_DATA names no data folders")
def test_the_dev_parts_hold_what_their_makers_count() -> None:
    corpus = Path(__file__).parents[1] / "corpus"
    held = datasets.counted(datasets.load(Path(os.environ["PEACETABLE_DATA"]) / "data", corpus, "dev"))
    assert (held["ud_ewt"].trees, held["gum"].sentences) == (2001, 1149)
    assert sum(held["uner_ewt"].names.values()) == 343 + 224 + 399
    assert held["polnear"].attributions == 2192
