"""Names in columns, one word a line, with B- and I- tags: Universal NER and CrossNER."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from peacetable.reading.encoder.inputs import Text
from training import name_types
from training.examples import Example, Name, Names


def read_uner(path: Path, *, data: str = "uner_ewt") -> Iterator[Example]:
    """The documents of a Universal NER file."""
    with path.open(encoding="utf-8") as lines:
        yield from examples(lines, data=data, types=name_types.UNER, columns=(1, 2))


def read_crossner(path: Path, *, data: str = "crossner_politics") -> Iterator[Example]:
    """The sentences of a CrossNER file, each on its own."""
    with path.open(encoding="utf-8") as lines:
        yield from examples(lines, data=data, types=name_types.CROSSNER, columns=(0, 1), whole=False)


def examples(
    lines: Iterable[str],
    *,
    data: str,
    types: Mapping[str, frozenset[str]],
    columns: tuple[int, int],
    whole: bool = True,
) -> Iterator[Example]:
    """Tagged lines as examples.

    Args:
        types: our types for each of the data set's.
        columns: where word and tag stand.
        whole: join the sentences of a document (`# newdoc`); otherwise each sentence is an example.
    """
    name, sentences, rows = "", [], []  # type: str, list[list[tuple[str, str]]], list[tuple[str, str]]
    count = 0
    for line in [*lines, ""]:
        line = line.rstrip("\r\n")
        if line.startswith("# newdoc"):
            if sentences:
                yield _example(name, data, sentences, types)
            name, sentences = line.partition("=")[2].strip(), []
        elif not line.strip():
            if rows:
                sentences, rows = [*sentences, rows], []
            if sentences and not whole:
                yield _example(f"{data}-{count}", data, sentences, types)
                sentences, count = [], count + 1
        elif not line.startswith("# "):
            row = line.split("\t")
            rows.append((row[columns[0]], row[columns[1]]))
    if sentences:
        yield _example(name, data, sentences, types)


def _example(
    name: str, data: str, sentences: Sequence[Sequence[tuple[str, str]]], types: Mapping[str, frozenset[str]]
) -> Example:
    words: list[str] = []
    runs: list[tuple[int, int]] = []
    found: list[Name] = []
    for rows in sentences:
        first = len(words)
        words.extend(word for word, _ in rows)
        runs.append((first, len(words)))
        for start, end, kind in _spans([tag for _, tag in rows]):
            run = first + start, first + end
            found.append(Name(run, types.get(kind, name_types.UNKNOWN)))
    text = Text(tuple(words), tuple(runs), frozenset({0}))
    return Example(name, data, text, names=Names(tuple(found), name_types.MARKED[data]))


def _spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    start, kind = 0, ""
    for at, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            yield start, at, kind
            kind = ""
        if tag[:2] == "B-" or (tag[:2] == "I-" and not kind):
            start, kind = at, tag[2:]
