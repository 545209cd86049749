"""Scores of what the language model tells of texts against what data sets say of them: pure functions over pairs.

Trees are scored on gold words and sentences, as the shared task of CoNLL 2018 does: LAS by universal relations without
their subtypes, punctuation counted. Names, attributions and evidence are compared as runs of words (see `spans`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from peacetable import Settings
from peacetable.reading.encoder.annotation import Annotation
from readers import readings
from scoring import KINDS, place
from spans import TOKEN, Counts, evidence, exact, linked, mapped_names, mean_f1, pieces, uner_names

if TYPE_CHECKING:
    from training.examples import Example, Syntax

    Pair = tuple[Example, Annotation]
    Pairs = Iterable[Pair]


def counted(name: str, pairs: Pairs) -> dict[str, Counts]:
    """What a data set is measured by, its name as in `language_data.examples`."""
    match name:
        case "ud_ewt" | "gum" | "own_trees":
            return trees(pairs)
        case "uner_ewt":
            return {"names": names_as_uner(pairs)}
        case "crossner_politics":
            return {"names": names_as_mapped(pairs)}
        case "own_names":
            return {"names": names_as_ours(pairs)}
        case "polnear" | "own_attributions":
            return attributions(pairs)
        case "gold":
            return evidence_by_kind(pairs)
    raise ValueError(f"{name}: no such data set")


def shares(found: Mapping[str, Counts]) -> dict[str, float]:
    """F1 of all counts that occur, and of evidence the mean over its kinds; it is accuracy where all words count."""
    held = {name: counts.f1 for name, counts in found.items() if counts.gold or counts.mine}
    if held and set(found) >= set(KINDS):
        held["mean over kinds"] = mean_f1(found)
    return held


def totals(counted: Iterable[Mapping[str, Counts]]) -> dict[str, Counts]:
    """The counts of several texts, added up by name."""
    found: dict[str, Counts] = {}
    for counts in counted:
        for name, one in counts.items():
            found[name] = found.get(name, Counts()) + one
    return found


def tree_counts(gold: Syntax, mine: Annotation) -> dict[str, Counts]:
    """Words right by word class, head, head with relation (with and without its subtype) and lemma."""
    known = [word for word, upos in enumerate(gold.upos) if upos]
    counts = {"UPOS": _right(gold.upos, mine.upos, known)}
    if gold.lemmas is not None:
        counts["lemmas"] = _right(gold.lemmas, mine.lemmas, [word for word in known if gold.lemmas[word] != "_"])
    if gold.heads is not None and gold.relations is not None:
        full = list(zip(gold.heads, gold.relations, strict=True)), list(zip(mine.heads, mine.relations, strict=True))
        plain = [[(head, relation.partition(":")[0]) for head, relation in side] for side in full]
        counts["UAS"] = _right(gold.heads, mine.heads, known)
        counts["LAS"] = _right(plain[0], plain[1], known)
        counts["LAS with subtypes"] = _right(full[0], full[1], known)
    return counts


def trees(pairs: Pairs) -> dict[str, Counts]:
    """`tree_counts` of several texts."""
    return totals(tree_counts(gold.syntax, mine) for gold, mine in pairs if gold.syntax)


def names_as_uner(pairs: Pairs) -> Counts:
    """Person, organisation and place, by the same words."""
    return sum((uner_names(gold.names.names, mine.names) for gold, mine in pairs if gold.names), Counts())


def names_as_mapped(pairs: Pairs) -> Counts:
    """Our own types, where the data set's type stands for them."""
    return sum(
        (mapped_names(gold.names.names, mine.names, gold.names.marked) for gold, mine in pairs if gold.names), Counts()
    )


def names_as_ours(pairs: Pairs) -> Counts:
    """Our own types, names within names too, where the gold has one type for each."""
    return sum(
        (
            exact(
                ((name.run, kind) for name in gold.names.names for kind in name.types),
                (((name.start, name.end), name.type) for name in mine.names),
            )
            for gold, mine in pairs
            if gold.names
        ),
        Counts(),
    )


def attributions(pairs: Pairs) -> dict[str, Counts]:
    """Source, cue and content by the same words, and whole attributions linked right."""
    return totals(
        {
            **pieces(gold.attributions, mine.attributions),
            "linked": linked(gold.attributions, mine.attributions),
        }
        for gold, mine in pairs
        if gold.attributions is not None
    )


def evidence_by_kind(pairs: Pairs, *, distinct: bool = True) -> dict[str, Counts]:
    """Evidence of each kind of finding."""
    return totals(
        evidence(
            gold.text.words,
            ((finding.kind, finding.evidence) for finding in gold.findings),
            ((found.kind, (found.start, found.end)) for found in mine.evidence),
            distinct=distinct,
        )
        for gold, mine in pairs
        if gold.findings is not None
    )


def evidence_of_rules(folder: Path, *, distinct: bool = True) -> dict[str, Counts]:
    """The same of the readers' findings on a folder of gold findings; words are the tokens of `gold/score.py`."""
    return totals(_rule_counts(gold, mine, distinct=distinct) for _, gold, mine in readings(folder, Settings()))


def _rule_counts(gold: Mapping[str, Any], mine: Mapping[str, Any], *, distinct: bool) -> dict[str, Counts]:
    text = gold["report"]["text"]
    tokens = list(TOKEN.finditer(text))
    starts, ends = [token.start() for token in tokens], [token.end() for token in tokens]

    def runs(data: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
        for kind in KINDS:
            for item in data.get(kind, []):
                start, end = place(item["evidence"], text)
                yield kind, (bisect_left(starts, start), bisect_right(ends, end))

    return evidence([token[0] for token in tokens], runs(gold), runs(mine), distinct=distinct)


def _right(gold: Sequence[object], mine: Sequence[object], known: Sequence[int]) -> Counts:
    return Counts(len(known), len(known), sum(gold[word] == mine[word] for word in known))
