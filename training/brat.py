"""PolNeAR: political news with attributions in brat standoff, read out of its archive, with CoreNLP's layer beside it.

The first annotator's file of each article counts (by file name). Spans in pieces stay in pieces; an event links one
source, cue and content. Where CoreNLP's layer is given, word classes, lemmas and names come from it.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from training import corenlp
from training.examples import Attribution, Example
from training.placing import Range, runs_of, words_of

#: The words of a span may run over line ends; what follows is no line of its own.
SPAN: Final = re.compile(r"(?P<number>T\d+)\t\S+ (?P<places>\d+ \d+(?:;\d+ \d+)*)\t")
EVENT: Final = re.compile(r"E\d+\t\S+:T\d+")
ROLE: Final = re.compile(r"(Source|Cue|Content)\d*$")


def read(path: Path, *, silver: Path | None = None, data: str = "polnear") -> Iterator[Example]:
    """The articles of an archive.

    Args:
        silver: CoreNLP's .conll.gz of the same articles, where it is to be used.
    """
    layers = corenlp.articles(silver) if silver is not None else {}
    texts, notes = _files(path)
    for article in sorted(texts):
        if article in notes:
            yield example(article, texts[article], notes[article], layers.get(article, ()), data=data)


def example(
    name: str, text: str, notes: str, sentences: tuple[corenlp.Sentence, ...] = (), *, data: str = "polnear"
) -> Example:
    """An article, its annotations in brat standoff, and CoreNLP's sentences."""
    cut = words_of(text)
    attributions = []
    for roles in events(notes):
        found = {role: runs_of(cut.places, pieces) for role, pieces in roles.items()}
        if found.get("Content"):
            attributions.append(Attribution(found.get("Source", ()), found.get("Cue", ()), found["Content"]))
    return Example(
        name,
        data,
        cut.text,
        syntax=corenlp.syntax(cut.places, sentences) if sentences else None,
        names=corenlp.names(cut.places, sentences) if sentences else None,
        attributions=tuple(attributions),
    )


def events(notes: str) -> Iterator[Mapping[str, tuple[Range, ...]]]:
    """The pieces of source, cue and content of each attribution, in the order of the file."""
    spans: dict[str, tuple[Range, ...]] = {}
    linked: list[list[tuple[str, str]]] = []
    for line in notes.split("\n"):
        if match := SPAN.match(line):
            pieces = [piece.split() for piece in match["places"].split(";")]
            spans[match["number"]] = tuple((int(start), int(end)) for start, end in pieces)
        elif EVENT.match(line):
            linked.append([(role, target) for role, _, target in (part.partition(":") for part in line.split()[1:])])
    for parts in linked:
        found: dict[str, tuple[Range, ...]] = {}
        for role, target in parts:
            if (match := ROLE.match(role)) and target in spans:
                found[match[1]] = (*found.get(match[1], ()), *spans[target])
        yield found


def _files(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The texts and the first annotations of each article, by its name."""
    texts: dict[str, str] = {}
    notes: dict[str, tuple[str, str]] = {}
    with tarfile.open(path) as archive:
        for member in archive:
            place = PurePosixPath(member.name)
            held = archive.extractfile(member) if member.isfile() else None
            if held is None or place.name.startswith("."):
                continue
            if place.suffix == ".txt":
                texts[place.stem] = held.read().decode("utf-8")
            elif place.suffix == ".ann":
                article = place.stem.rpartition("_")[0]
                if article not in notes or place.name < notes[article][0]:
                    notes[article] = place.name, held.read().decode("utf-8")
    return texts, {article: text for article, (_, text) in notes.items()}
