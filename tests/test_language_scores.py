"""The scores of the language model: small texts with a known score, and the project's own sample."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

import language
import language_scores as scores
import language_speed as speed
from floors import LANGUAGE, ROOT
from language_data import CORPUS, examples, marked_attributions, marked_names
from marked_words import marked
from peacetable import Settings
from peacetable.reading import sentences
from peacetable.reading.encoder.annotation import UPOS, Annotation, Attribution, Evidence, Name
from peacetable.reading.encoder.cutting import cut
from peacetable.reading.encoder.inputs import Text
from readers import readings
from scoring import score
from spans import Counts, evidence, exact, linked, mean_f1, pairs, pieces
from training.examples import Attribution as GoldAttribution
from training.examples import Example, Finding, Names, Run, Syntax
from training.examples import Name as GoldName

OURS = frozenset({"person", "organisation", "group", "state", "place", "facility"})
#: The relations of Universal Dependencies, as UD English EWT has them.
RELATIONS = (
    "acl acl:relcl advcl advcl:relcl advmod amod appos aux aux:pass case cc cc:preconj ccomp compound compound:prt "
    "conj cop csubj csubj:outer csubj:pass dep det det:predet discourse dislocated expl fixed flat goeswith iobj list "
    "mark nmod nmod:desc nmod:poss nmod:unmarked nsubj nsubj:outer nsubj:pass nummod obj obl obl:agent obl:unmarked "
    "orphan parataxis punct reparandum root vocative xcomp"
)
CASES = Path(__file__).parent / "cases"
TREES = CASES / "language_trees.conllu"
NAMES = CASES / "language_names.toml"
ATTRIBUTIONS = CASES / "language_attributions.toml"


def text(words: str) -> Text:
    found = tuple(words.split())
    return Text(found, ((0, len(found)),), frozenset({0}))


def read(words: str, *, names: Sequence[Name] = (), evidence: Sequence[Evidence] = ()) -> Annotation:
    count = len(words.split())
    return Annotation(
        text(words), ("X",) * count, ("_",) * count, (-1,) * count, ("dep",) * count, tuple(names), (), tuple(evidence)
    )


def named(words: str, *names: GoldName, marked: frozenset[str] = OURS) -> Example:
    return Example("a", "test", text(words), names=Names(names, marked))


def said(source: Sequence[Run], cue: Sequence[Run], content: Sequence[Run]) -> Attribution:
    return Attribution(tuple(source), tuple(cue), tuple(content))


def test_f1_counts_each_thing_once() -> None:
    assert exact([(0, 1), (0, 1), (2, 3)], [(0, 1), (4, 5)]) == Counts(gold=2, mine=2, hits=1)
    assert Counts(2, 2, 1).f1 == 0.5
    assert Counts(0, 0, 0).f1 == 0.0


def test_pairs_are_one_to_one_and_the_likest_first() -> None:
    likeness = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 0.85, ("b", "y"): 0.0}
    assert list(pairs("ab", "xy", lambda gold, mine: likeness[gold, mine])) == [(0, 0)]


def test_las_takes_the_universal_relation_and_counts_marks() -> None:
    gold = Syntax(
        ("PRON", "VERB", "NOUN", "PUNCT"),
        ("we", "win", "day", "."),
        (1, -1, 1, 1),
        ("nsubj", "root", "obl:unmarked", "punct"),
    )
    mine = Annotation(
        text("We won today ."), ("PRON", "VERB", "ADV", "PUNCT"), ("we", "win", "today", "."), (1, -1, 1, 2),
        ("nsubj", "root", "obl", "punct"),
    )  # fmt: skip
    found = scores.tree_counts(gold, mine)
    assert {name: counts.hits for name, counts in found.items()} == {
        "UPOS": 3,
        "lemmas": 3,
        "UAS": 3,
        "LAS": 3,
        "LAS with subtypes": 2,
    }
    assert all(counts.gold == 4 for counts in found.values())


def test_a_right_relation_to_a_wrong_head_is_wrong() -> None:
    gold = Syntax(("NOUN", "NOUN"), None, (1, -1), ("compound", "root"))
    mine = Annotation(text("peace talks"), ("NOUN", "NOUN"), ("", ""), (-1, 0), ("compound", "root"))
    assert scores.tree_counts(gold, mine)["LAS"] == Counts(2, 2, 0)


def test_words_of_unknown_class_are_left_out() -> None:
    gold = Syntax(("", "VERB"))
    mine = Annotation(text("They left"), ("PRON", "VERB"), ("", ""), (1, -1), ("nsubj", "root"))
    assert scores.tree_counts(gold, mine) == {"UPOS": Counts(1, 1, 1)}


def test_uner_has_three_types_and_neither_titles_nor_nationalities() -> None:
    words = "Foreign Minister Ada Morne left Port Selva with Selvan troops of the Northern Front"
    gold = named(
        words,
        GoldName((2, 4), frozenset({"person"})),
        GoldName((5, 7), frozenset({"place"})),
        GoldName((12, 14), frozenset({"organisation"})),
    )
    mine = read(
        words,
        names=[
            Name(0, 2, "title"),
            Name(2, 4, "person"),
            Name(5, 7, "state"),
            Name(8, 9, "nationality"),
            Name(12, 14, "group"),
        ],
    )
    assert scores.names_as_uner([(gold, mine)]) == Counts(3, 3, 3)


def test_uner_takes_the_outermost_name_of_its_types() -> None:
    words = "Selva Peace Council and the Selva election"
    gold = named(words, GoldName((0, 3), frozenset({"organisation"})), GoldName((5, 6), frozenset({"place"})))
    mine = read(
        words,
        names=[
            Name(0, 3, "organisation"),
            Name(0, 1, "state", nested=True),
            Name(5, 7, "event"),
            Name(5, 6, "state", nested=True),
        ],
    )
    assert scores.names_as_uner([(gold, mine)]) == Counts(2, 2, 2)


def test_a_data_sets_type_may_stand_for_several_of_ours() -> None:
    words = "Port Selva saw the Harbour Union"
    gold = named(
        words,
        GoldName((0, 2), frozenset({"place", "facility"})),
        GoldName((4, 6), frozenset({"organisation", "group", "state"})),
    )
    mine = read(words, names=[Name(0, 2, "facility"), Name(4, 6, "person")])
    assert scores.names_as_mapped([(gold, mine)]) == Counts(2, 2, 1)


def test_names_where_a_data_set_tells_nothing_are_not_counted() -> None:
    words = "The Lake Prize went to Ada Morne , a Selvan"
    gold = named(words, GoldName((1, 3), frozenset()), GoldName((5, 7), frozenset({"person"})))
    mine = read(words, names=[Name(1, 2, "place"), Name(5, 7, "person"), Name(9, 10, "nationality")])
    assert scores.names_as_mapped([(gold, mine)]) == Counts(1, 1, 1)


def test_each_piece_of_a_span_counts() -> None:
    gold = [said([(3, 4)], [(4, 5)], [(0, 3), (5, 9)])]
    mine = [said([(3, 4)], [(4, 5)], [(0, 3), (6, 9)])]
    assert pieces(gold, mine) == {
        "source": Counts(1, 1, 1),
        "cue": Counts(1, 1, 1),
        "content": Counts(2, 2, 1),
    }


@pytest.mark.parametrize(
    ("mine", "hits"),
    [
        (said([(0, 2)], [(2, 3)], [(3, 13)]), 1),
        (said([(0, 2)], [(2, 3)], [(3, 11)]), 1),  # eight words of ten
        (said([(0, 2)], [(2, 3)], [(3, 10)]), 0),  # seven of ten
        (said([(0, 1)], [(2, 3)], [(3, 13)]), 0),  # half a source
        (said([], [(2, 3)], [(3, 13)]), 0),
    ],
)
def test_an_attribution_is_right_where_all_its_spans_share_most_words(mine: Attribution, hits: int) -> None:
    gold = [said([(0, 2)], [(2, 3)], [(3, 13)])]
    assert linked(gold, [mine]) == Counts(1, 1, hits)


def test_no_source_may_be_read_where_there_is_none() -> None:
    gold = [said([], [(0, 1)], [(1, 5)])]
    assert linked(gold, [said([], [(0, 1)], [(1, 5)])]).hits == 1
    assert linked(gold, [said([(6, 7)], [(0, 1)], [(1, 5)])]).hits == 0


def test_contents_that_change_speakers_are_wrong() -> None:
    gold = [said([(0, 1)], [(1, 2)], [(2, 5)]), said([(5, 6)], [(6, 7)], [(7, 9)])]
    swapped = [said([(0, 1)], [(1, 2)], [(7, 9)]), said([(5, 6)], [(6, 7)], [(2, 5)])]
    assert linked(gold, swapped) == Counts(2, 2, 0)
    assert pieces(gold, swapped)["content"] == Counts(2, 2, 2)


def test_evidence_is_found_where_it_shares_half_of_its_words() -> None:
    words = ["The", "rebels", ",", "it", "said", ",", "freed", "nine", "men", "."]
    gold = [("incidents", (0, 10))]  # seven words and three marks
    assert evidence(words, gold, [("incidents", (6, 9))])["incidents"].hits == 1
    assert evidence(words, gold, [("incidents", (8, 10))])["incidents"].hits == 0
    assert evidence(words, gold, [("talks", (0, 10))])["incidents"] == Counts(1, 0, 0)


def test_a_passage_with_several_findings_counts_once_unless_each_finding_is_asked_for() -> None:
    example = Example(
        "a",
        "test",
        text("Both sides agreed to talk"),
        findings=tuple(Finding("positions", (0, 5), {}, {}, {}) for _ in range(2)),
    )
    mine = read("Both sides agreed to talk", evidence=[Evidence("positions", 0, 5, 0.9)])
    assert scores.evidence_by_kind([(example, mine)])["positions"] == Counts(1, 1, 1)
    assert scores.evidence_by_kind([(example, mine)], distinct=False)["positions"] == Counts(2, 1, 1)


def test_the_mean_is_over_the_kinds_that_occur() -> None:
    assert mean_f1({"talks": Counts(1, 1, 1), "figures": Counts(0, 1, 0), "positions": Counts()}) == 0.5


def test_reports_to_measure_speed_on_have_just_so_many_words(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"report": {"text": "one two three\\nfour five"}}\n' * 3)
    assert list(speed.reports(corpus, words=7)) == [
        "one two three\nfour five\none two",
        "three\nfour five\none two three\nfour",
    ]


def test_marks_may_stand_within_marks() -> None:
    words, marks = marked("The <organisation <place Selva> Peace Council> met.")
    assert words.words == ("The", "Selva", "Peace", "Council", "met", ".")
    assert marks == [("organisation", (1, 4)), ("place", (1, 2))]


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        ("<person Ada Morne left.", "leaves 'person' open"),
        ("Ada Morne> left.", "closes a mark that is not open"),
        ("<person Ada Mor>ne left.", "parts a word"),
    ],
)
def test_a_mistaken_mark_is_told(passage: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        marked(passage)


def test_marked_names_become_examples(tmp_path: Path) -> None:
    file = tmp_path / "names.toml"
    file.write_text('[a]\npassages = ["The <organisation <place Selva> Council> met <person Ada>."]\n')
    (example,) = marked_names(file)
    assert example.names is not None
    assert [(name.run, name.types, name.nested) for name in example.names.names] == [
        ((1, 3), frozenset({"organisation"}), False),
        ((1, 2), frozenset({"place"}), True),
        ((4, 5), frozenset({"person"}), False),
    ]


def test_marked_attributions_are_joined_by_number(tmp_path: Path) -> None:
    file = tmp_path / "attributions.toml"
    file.write_text(
        '[a]\npassages = ["<1C We won>, <1S she> <1V said>, <1C twice>. <2V According to> <2S him>, <2C no>."]\n'
    )
    (example,) = marked_attributions(file)
    assert example.attributions == (
        GoldAttribution(source=((3, 4),), cue=((4, 5),), content=((0, 2), (6, 7))),
        GoldAttribution(source=((10, 11),), cue=((8, 10),), content=((12, 13),)),
    )


def perfect(example: Example) -> Annotation:
    """What a model that knows the gold would tell."""
    count = len(example.text.words)
    syntax = example.syntax or Syntax(("X",) * count)
    return Annotation(
        example.text,
        syntax.upos,
        syntax.lemmas or ("_",) * count,
        syntax.heads or (-1,) * count,
        syntax.relations or ("dep",) * count,
        tuple(
            Name(*name.run, next(iter(name.types)), name.nested)
            for name in (example.names.names if example.names else ())
        ),
        tuple(Attribution(one.source, one.cue, one.content) for one in example.attributions or ()),
    )


@pytest.mark.parametrize(
    ("data", "file", "measured"),
    [
        ("own_trees", TREES, {"UPOS", "lemmas", "UAS", "LAS", "LAS with subtypes"}),
        ("own_names", NAMES, {"names"}),
        ("own_attributions", ATTRIBUTIONS, {"source", "cue", "content", "linked"}),
    ],
)
def test_who_knows_the_own_sample_scores_in_full(data: str, file: Path, measured: set[str]) -> None:
    found = scores.shares(scores.counted(data, [(example, perfect(example)) for example in examples(data, file)]))
    assert found == dict.fromkeys(measured, 1.0)


def test_every_own_tree_is_a_tree_of_universal_dependencies() -> None:
    for example in examples("own_trees", TREES):
        syntax = example.syntax
        assert syntax is not None
        assert syntax.heads is not None
        assert syntax.relations is not None
        assert set(syntax.upos) <= set(UPOS), example.name
        assert set(syntax.relations) <= set(RELATIONS.split()), example.name
        roots = [word for word, head in enumerate(syntax.heads) if head == -1]
        assert [word for word, relation in enumerate(syntax.relations) if relation == "root"] == roots, example.name
        assert len(roots) == len(example.text.sentences) == 1, example.name
        for word in range(len(syntax.heads)):
            seen = [word]
            while (head := syntax.heads[seen[-1]]) != -1:
                assert head not in seen, f"{example.name} goes round at {example.text.words[head]!r}"
                seen.append(head)


def test_the_own_trees_have_the_words_that_a_report_is_cut_into() -> None:
    told = [line[9:] for line in TREES.read_text("utf-8").splitlines() if line.startswith("# text = ")]
    trees = list(examples("own_trees", TREES))
    assert [cut(sentences.split(line)[1]).text.words for line in told] == [example.text.words for example in trees]


def test_the_exams_of_the_language_model_have_their_files() -> None:
    assert {ROOT / exam.place for exam in LANGUAGE if not exam.optional} == {TREES, NAMES, ATTRIBUTIONS}


def test_the_readers_evidence_scores_the_same_as_in_the_scores_of_findings(tmp_path: Path) -> None:
    for number, line in enumerate(CORPUS.read_text("utf-8").splitlines()[:3]):
        (tmp_path / f"{number}.json").write_text(line)
    usual = score((gold, mine) for _, gold, mine in readings(tmp_path, Settings())).kinds
    found = scores.evidence_of_rules(tmp_path, distinct=False)
    assert {kind: (one.gold, one.mine, one.hits) for kind, one in found.items()} == {
        kind: (tally.gold, tally.mine, tally.found) for kind, tally in usual.items()
    }


def test_the_table_says_what_falls_short() -> None:
    assert str(language.Line("LAS", 87.5, 88.0)).split() == ["LAS", "87.50", ">=", "88.00", "short"]
    assert str(language.Line("MB", 31.0, 32, most=True)).split() == ["MB", "31.00", "<=", "32.00"]
    assert str(language.Line("lemmas", 95.0)).split() == ["lemmas", "95.00"]


def test_a_measure_without_its_files_is_left_out(tmp_path: Path) -> None:
    run = language.Run(tmp_path, None, None, 1, rules=False)
    assert [line for name in language.SHEETS for line in run.lines(name)] == []


def test_names_are_measured_on_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "data" / "uner_ewt"
    folder.mkdir(parents=True)
    tagged = ["# newdoc id = a", "1\tAda\tB-PER", "2\tMorne\tI-PER", "3\tleft\tO", "4\tKaru\tB-LOC", ""]
    (folder / "en_ewt-ud-dev.iob2").write_text("\n".join(tagged))

    class Fake:
        def __init__(self, **_: object) -> None: ...

        def annotate(self, text: Text) -> Annotation:
            return read(" ".join(text.words), names=[Name(0, 2, "person"), Name(3, 4, "organisation")])

    monkeypatch.setattr(language, "Reader", Fake)
    (line,) = language.Run(tmp_path, None, None, 1, rules=False).lines("uner")
    assert (line.measure, line.value, line.needed) == ("UNER EWT, dev: names", 50.0, 72)
