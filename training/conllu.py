"""CoNLL-U: documents with Universal Dependencies, as UD EWT and GUM come.

Ranges of words ("1-2") and empty nodes ("1.1") are left out; heads become numbers in the document.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from peacetable.reading.encoder.inputs import Text
from training.examples import Example, Syntax


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a treebank.

    Attributes:
        tags: the treebank's own word classes (Penn Treebank).
        notes: what stands under MISC, for each word.
    """

    name: str
    text: Text
    syntax: Syntax
    tags: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    name: str
    rows: list[list[str]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    sentences: list[tuple[int, int]] = field(default_factory=list)
    opening: set[int] = field(default_factory=lambda: {0})

    def close(self, first: int) -> None:
        """End the sentence that began with a word."""
        if len(self.rows) > first:
            for row in self.rows[first:]:
                self.heads.append(int(row[6]) - 1 + first if row[6] != "0" else -1)
            self.sentences.append((first, len(self.rows)))

    def document(self) -> Document:
        column = [tuple(row[number] for row in self.rows) for number in range(10)]
        text = Text(column[1], tuple(self.sentences), frozenset(n for n in self.opening if n < len(self.sentences)))
        syntax = Syntax(column[3], column[2], tuple(self.heads), column[7])
        return Document(self.name, text, syntax, column[4], column[9])


def read(path: Path, *, data: str) -> Iterator[Example]:
    """The documents of a .conllu.gz file as examples with syntax."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for document in documents(lines):
            yield Example(document.name, data, document.text, syntax=document.syntax)


def documents(lines: Iterable[str]) -> Iterator[Document]:
    """The documents of CoNLL-U lines; without `# newdoc` all is one."""
    draft, first = _Draft(""), 0
    for line in lines:
        line = line.rstrip("\r\n")
        if line.startswith("# newdoc"):
            draft.close(first)
            if draft.rows:
                yield draft.document()
            draft, first = _Draft(line.partition("=")[2].strip()), 0
        elif line == "# newpar" or line.startswith("# newpar id"):
            draft.opening.add(len(draft.sentences))
        elif not line:
            draft.close(first)
            first = len(draft.rows)
        elif line[0] != "#":
            row = line.split("\t")
            if row[0].isdigit():
                draft.rows.append(row)
    draft.close(first)
    if draft.rows:
        yield draft.document()
