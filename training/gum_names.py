"""Names in GUM, out of the brackets under `Entity=`: mentions with a proper noun as head, cut to the name proper."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from training import name_types
from training.conllu import Document, documents
from training.examples import Example, Names, Run
from training.nesting import layered
from training.proper import widened, without_title

BRACKET: Final = re.compile(
    r"\((?P<group>\d+)(?P<part>\[[^\]]*\])?-(?P<type>[a-z]+)[^()]*(?P<closed>\))?|(?P<end>\d+)(?P<endpart>\[[^\]]*\])?\)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention with GUM's type, `person` or `place` say."""

    run: Run
    type: str


def read(path: Path, *, data: str = "gum") -> Iterator[Example]:
    """GUM's documents with syntax and names."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for document in documents(lines):
            yield Example(document.name, data, document.text, syntax=document.syntax, names=names(document))


def names(document: Document) -> Names:
    """The names of a document.

    1. A mention counts where its head in the tree is a proper noun; what is named is the run of proper nouns around it.
    2. A person's title is taken off and is a name of its own.
    3. Adjectives of peoples outside these are nationalities.
    """
    found: dict[Run, frozenset[str]] = {}
    held = sorted(mentions(document), key=lambda mention: (mention.run[0], -mention.run[1]))
    owners = frozenset(mention.run for mention in held if mention.type in ("place", "organization"))
    for mention in held:
        for run, types in _named(mention, document, owners):
            found[run] = (
                name_types.either(found[run], types, document.text.words[slice(*run)]) if run in found else types
            )
    covered = {word for run in found for word in range(*run)}
    for word, tag in enumerate(document.tags):
        form = document.text.words[word]
        if word not in covered and tag.startswith("JJ") and form[:1].isupper():
            if name_types.is_people(form):
                found[word, word + 1] = frozenset({"nationality"})
            elif name_types.may_be_people(form):
                found[word, word + 1] = name_types.UNKNOWN
    return Names(layered(found), name_types.MARKED["gum"], nests=True)


def mentions(document: Document) -> Iterator[Mention]:
    """The mentions of a document that are not broken."""
    opened: dict[str, list[tuple[int, str]]] = {}
    for word, note in enumerate(document.notes):
        entity = next((part[7:] for part in note.split("|") if part.startswith("Entity=")), "")
        for match in BRACKET.finditer(entity):
            if match["part"] or match["endpart"]:
                continue
            if match["closed"]:
                yield Mention((word, word + 1), match["type"])
            elif match["group"]:
                opened.setdefault(match["group"], []).append((word, match["type"]))
            elif opened.get(match["end"]):
                start, kind = opened[match["end"]].pop()
                yield Mention((start, word + 1), kind)


def _named(mention: Mention, document: Document, owners: frozenset[Run]) -> Iterator[tuple[Run, frozenset[str]]]:
    types = name_types.GUM.get(mention.type)
    head = _head(mention.run, document)
    words = document.text.words
    if types is None or head is None or not _is_proper(document, head):
        return
    person = mention.type == "person"
    run = widened(head, mention.run, words, lambda word: _is_proper(document, word), person=person)
    run = _without_owner(run, head, words, owners)
    if document.tags[head] == "NNPS" and (person or run[1] - run[0] == 1) and name_types.may_be_people(words[head]):
        yield run, frozenset({"nationality"}) if name_types.is_people(words[head]) else name_types.UNKNOWN
        return
    if person and document.tags[head] == "NNPS":  # "Members", "the Obamas"
        yield run, name_types.UNKNOWN
        return
    if not person:
        yield run, name_types.settled(types, words[run[0] : run[1]])
        return
    title, name = without_title(run, words)
    if title is not None:
        yield title, frozenset({"title"})
    if name is not None:
        yield name, types


def _without_owner(run: Run, head: int, words: tuple[str, ...], owners: frozenset[Run]) -> Run:
    """A name without the place or body that it belongs to ("Italy's la Repubblica")."""
    for at in range(run[0] + 1, head):
        if words[at] in ("'s", "’s", "'", "’") and ((run[0], at + 1) in owners or (run[0], at) in owners):
            return at + 1, run[1]
    return run


def _head(run: Run, document: Document) -> int | None:
    """The first word of a mention whose head is outside it."""
    heads = document.syntax.heads or ()
    return next((word for word in range(*run) if not run[0] <= heads[word] < run[1]), None)


def _is_proper(document: Document, word: int) -> bool:
    return document.tags[word].startswith("NNP") or document.syntax.upos[word] == "PROPN"
