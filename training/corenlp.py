"""The silver layer of PolNeAR's articles: what CoreNLP made of them, for word classes, lemmas and names.

Its dependencies are not UD v2 and are left out. A word class is given only where its Penn tag leaves no doubt (0.98 or
more of EWT's words with that tag have it); proper nouns only within persons, where UD and CoreNLP agree on names.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from training import name_types
from training.examples import Name, Names, Syntax
from training.placing import Range, run_of
from training.proper import is_title, without_title

UPOS: Final[Mapping[str, str]] = {
    "NNS": "NOUN", "NN": "NOUN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV",
    "WRB": "ADV", "MD": "AUX", "CC": "CCONJ", "CD": "NUM", "EX": "PRON", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WP$": "PRON", "PDT": "DET", "POS": "PART", "RP": "ADP", "$": "SYM", "UH": "INTJ", "VB": "VERB", "VBD": "VERB",
    "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB",
    **dict.fromkeys((".", ",", ":", "``", "''", "-LRB-", "-RRB-"), "PUNCT"),
}  # fmt: skip
#: Prepositions that are hardly ever conjunctions.
ADPOSITIONS: Final = frozenset(
    {
        "of", "in", "with", "on", "at", "from", "by", "into", "over", "through", "between", "under", "against",
        "during", "around", "within", "among", "upon",
    }
)  # fmt: skip
ARTICLES: Final = frozenset({"the", "a", "an", "every", "no", "some", "any", "each"})
#: Verbs that are auxiliaries as well.
AUXILIARIES: Final = frozenset({"be", "have", "do", "get"})


@dataclass(frozen=True, slots=True)
class Token:
    """A token of CoreNLP's with its place in the article."""

    start: int
    end: int
    form: str
    lemma: str
    tag: str
    name: str


Sentence = tuple[Token, ...]


def articles(path: Path) -> dict[str, tuple[Sentence, ...]]:
    """The sentences of each article of a .conll.gz file, by the article's name."""
    found: dict[str, list[Sentence]] = {}
    rows: list[Token] = []
    article: list[Sentence] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# article = "):
                article = found.setdefault(line.removeprefix("# article = ").removesuffix(".txt"), [])
            elif not line:
                if rows:
                    article.append(tuple(rows))
                rows = []
            elif not line.startswith("# "):
                _, form, lemma, tag, name, _, _, start, end = line.split("\t")
                rows.append(Token(int(start), int(end), form, lemma, tag, name))
    if rows:
        article.append(tuple(rows))
    return {name: tuple(sentences) for name, sentences in found.items()}


def syntax(places: Sequence[Range], sentences: Sequence[Sentence]) -> Syntax:
    """Word classes and lemmas of the words that are tokens of CoreNLP's too; "" where nothing is known."""
    classes = [""] * len(places)
    lemmas = [""] * len(places)
    number = {place: at for at, place in enumerate(places)}
    for sentence in sentences:
        if _is_heading(sentence):
            continue
        for before, token, after in _neighbours(sentence):
            word = number.get((token.start, token.end))
            if word is not None:
                classes[word] = _class(before, token, after)
                lemmas[word] = token.lemma if classes[word] else ""
    return Syntax(tuple(classes), tuple(lemmas))


def names(places: Sequence[Range], sentences: Sequence[Sentence]) -> Names:
    """CoreNLP's names, as far as it agrees with itself.

    Its headlines, where it takes most words with capitals for names, are not known; nor is a name whose words are
    mostly a person's elsewhere in the article ("Trump" as a place), or a body's with an office in it.
    """
    found: list[Name] = []
    seen = [False] * len(places)
    told = [sentence for sentence in sentences if not _is_heading(sentence)]
    persons = _persons(told)
    for sentence in told:
        whole = run_of(places, sentence[0].start, sentence[-1].end)
        if whole is None:
            continue
        seen[whole[0] : whole[1]] = [True] * (whole[1] - whole[0])
        for first, last in _spans(sentence):
            for start, end, types in _typed(sentence, first, last, persons):
                run = run_of(places, sentence[start].start, sentence[end - 1].end)
                if run is not None:
                    found.append(Name(run, types))
    found.extend(Name(run, name_types.UNKNOWN) for run in _gaps(seen))
    return Names(tuple(sorted(found, key=lambda name: name.run)), name_types.MARKED["polnear"])


def _persons(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The words that are a person's more often than another name's."""
    count: Counter[str] = Counter()
    for sentence in sentences:
        for token in sentence:
            if token.name in name_types.CORENLP:
                count[token.form] += 1 if token.name == "PERSON" else -1
    return frozenset(form for form, balance in count.items() if balance > 0)


def _typed(
    sentence: Sentence, first: int, last: int, persons: frozenset[str]
) -> Iterator[tuple[int, int, frozenset[str]]]:
    """A name of CoreNLP's, with a person's title apart."""
    forms = [token.form for token in sentence]
    kind = sentence[first].name
    if kind == "PERSON":
        title, name = without_title((first, last), forms)
        if title is not None:
            yield *title, frozenset({"title"})
        if name is not None:
            yield *name, name_types.CORENLP[kind]
    elif all(form in persons for form in forms[first:last] if form.isalpha()) or any(
        is_title(form) for form in forms[first : last - 1]
    ):
        yield first, last, name_types.UNKNOWN
    else:
        yield first, last, name_types.settled(name_types.CORENLP[kind], forms[first:last])


def _is_heading(sentence: Sentence) -> bool:
    """Do more than half of the words begin with a capital?"""
    words = [token.form for token in sentence if token.form[:1].isalpha()]
    return len(words) > 3 and 2 * sum(word[0].isupper() for word in words) > len(words)


def _neighbours(sentence: Sentence) -> Iterator[tuple[Token | None, Token, Token | None]]:
    for at, token in enumerate(sentence):
        yield sentence[at - 1] if at else None, token, sentence[at + 1] if at + 1 < len(sentence) else None


def _class(before: Token | None, token: Token, after: Token | None) -> str:
    lowered, tag = token.form.lower(), token.tag
    if tag.startswith("NNP"):
        return "PROPN" if token.name == "PERSON" else ""
    if tag == "IN":
        return "ADP" if lowered in ADPOSITIONS and (after is None or not after.tag.startswith("V")) else ""
    if tag == "DT":
        return "DET" if lowered in ARTICLES else ""
    if tag == "TO":
        return "PART" if after is not None and after.tag == "VB" else ""
    if lowered in ("not", "n't", "n’t"):
        return "PART"
    if tag.startswith("V") and token.lemma in AUXILIARIES:
        there = any(side is not None and side.tag == "EX" for side in (before, after))
        return "AUX" if token.lemma == "be" and not there and tag != "VBG" else ""
    if tag == "NN" and token.form[:1].isupper():
        return ""
    return UPOS.get(tag, "")


def _spans(sentence: Sentence) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(sentence) + 1):
        if at == len(sentence) or sentence[at].name != sentence[start].name:
            if sentence[start].name in name_types.CORENLP:
                yield start, at
            start = at


def _gaps(seen: Sequence[bool]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(seen) + 1):
        if at == len(seen) or seen[at] != seen[start]:
            if not seen[start]:
                yield start, at
            start = at
