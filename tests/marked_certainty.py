"""Sentences with the certainty of each clause marked, their trees written beside them; see `cases/certainty.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from peacetable.reading.language import Language

CASES = Path(__file__).parent / "cases" / "certainty.toml"
MARK = re.compile(r"<(?P<value>[a-z]+) (?:(?P<words>[^|<>]*)\|)?(?P<predicate>[^<>]*)>")

#: A predicate with the certainty of its clause: where it starts, its word, the value, and the words that decided.
Told = tuple[int, str, str, str]


@dataclass(frozen=True)
class Case:
    """A sentence without its marks, what they say of it, and its tree ("" where none is written)."""

    text: str
    told: tuple[Told, ...]
    tree: str

    @property
    def language(self) -> Language:
        """The language of the sentence by its written tree."""
        return language_of(self.text, self.tree)


def cases() -> Iterator[Case]:
    """Every case of the file, under whatever value it stands."""
    for held in tomllib.loads(CASES.read_text("utf-8")).values():
        for case in held:
            yield marked(case["text"], case.get("tree", ""))


def marked(line: str, tree: str = "") -> Case:
    """The case of a marked sentence."""
    text, at, told = "", 0, []
    for match in MARK.finditer(line):
        text += line[at : match.start()]
        told.append((len(text), match["predicate"], match["value"], match["words"] or ""))
        text += match["predicate"]
        at = match.end()
    return Case(text + line[at:], tuple(told), tree)


def language_of(text: str, *written: str) -> Language:
    """The language of a text by the trees of its sentences: for each word `word/lemma class head relation`."""
    places: list[tuple[int, int]] = []
    runs: list[tuple[int, int]] = []
    rows: list[tuple[str, str, int, str]] = []
    for tree in written:
        first = len(places)
        for row in tree.split(" | "):
            form, upos, head, relation = row.split(" ")
            word, _, lemma = form.partition("/")
            start = text.index(word, places[-1][1] if places else 0)
            assert not text[places[-1][1] if places else 0 : start].strip(), f"{word!r} of the tree: {text!r} goes on"
            places.append((start, start + len(word)))
            rows.append((upos, lemma or word.lower(), first + int(head) - 1 if int(head) else -1, relation))
        runs.append((first, len(places)))
    return Language(
        by="model",
        words=(),
        places=tuple(places),
        sentences=tuple(runs),
        upos=tuple(row[0] for row in rows),
        lemmas=tuple(row[1] for row in rows),
        heads=tuple(row[2] for row in rows),
        relations=tuple(row[3] for row in rows),
    )
