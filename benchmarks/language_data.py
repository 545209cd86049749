"""The texts that the language model is measured on: parts of the data sets, and the project's own small sample.

The own sample has trees in CoNLL-U, and names and attributions as marked passages in TOML (see `marked_words`). The
label of a name is its type: `<person Ada Morne>`. In attributions the label is a number and S, V or C: `<1S The envoy>
<1V said> <1C it was over>` are source, cue and content of the passage's first; a broken span has a mark for each run.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from marked_words import marked
from peacetable.reading.encoder.annotation import NAME_TYPES
from spans import Run

sys.path.append(str(Path(__file__).parent.parent))  # `training` belongs to the checkout and is not installed

from training import brat, conllu, findings, iob2
from training.examples import Attribution, Example, Name, Names

#: Where the data sets lie, by part.
FILES: Final[Mapping[str, str]] = {
    "ud_ewt": "data/ud_ewt/{}.conllu.gz",
    "gum": "data/gum/{}.conllu.gz",
    "uner_ewt": "data/uner_ewt/en_ewt-ud-{}.iob2",
    "crossner_politics": "data/crossner_politics/{}.txt",
    "polnear": "data/polnear/{}.tar.gz",
    "gold": "gold/{}",
}
ROOT: Final = Path(__file__).parent.parent
CORPUS: Final = ROOT / "corpus" / "test.jsonl"
WEIGHTS: Final = ROOT / "src" / "peacetable" / "reading" / "weights"


#: One of our types for each of UNER's, so that what it tags is compared as it is tagged.
UNER: Final[Mapping[str, frozenset[str]]] = {
    "PER": frozenset({"person"}),
    "ORG": frozenset({"organisation"}),
    "LOC": frozenset({"place"}),
}


def examples(name: str, place: Path) -> Iterator[Example]:
    """The texts of a data set; nothing where it is not there.

    Args:
        name: a data set of `FILES`, or own_trees, own_names, own_attributions.
        place: its file or folder.
    """
    if not place.exists():
        return
    match name:
        case "ud_ewt" | "gum":
            yield from conllu.read(place, data=name)
        case "uner_ewt":
            with place.open(encoding="utf-8") as lines:
                yield from iob2.examples(lines, data=name, types=UNER, columns=(1, 2))
        case "crossner_politics":
            yield from iob2.read_crossner(place)
        case "polnear":
            yield from brat.read(place)
        case "gold":
            yield from findings.read_folder(place, data=name)
        case "own_trees":
            yield from marked_trees(place)
        case "own_names":
            yield from marked_names(place)
        case "own_attributions":
            yield from marked_attributions(place)
        case _:
            raise ValueError(f"{name}: no such data set")


def marked_trees(file: Path) -> Iterator[Example]:
    """The sentences of a CoNLL-U file."""
    for document in conllu.documents(file.read_text("utf-8").splitlines()):
        yield Example(document.name or file.stem, "own", document.text, syntax=document.syntax)


def marked_names(file: Path) -> Iterator[Example]:
    """The passages of a file with names marked: every type of ours, and names within names."""
    for number, passage in enumerate(_passages(file), 1):
        text, marks = marked(passage)
        unknown = {label for label, _ in marks} - set(NAME_TYPES)
        if unknown:
            raise ValueError(f"{file.name}: {passage!r} has {sorted(unknown)}; expected types among {NAME_TYPES}")
        runs = [run for _, run in marks]
        names = tuple(Name(run, frozenset({label}), _is_nested(run, runs)) for label, run in marks)
        yield Example(f"{file.stem}-{number}", "own", text, names=Names(names, frozenset(NAME_TYPES), nests=True))


def marked_attributions(file: Path) -> Iterator[Example]:
    """The passages of a file with attributions marked."""
    for number, passage in enumerate(_passages(file), 1):
        text, marks = marked(passage)
        held: dict[str, dict[str, list[Run]]] = {}
        for label, run in marks:
            held.setdefault(label[:-1], {"S": [], "V": [], "C": []})[label[-1]].append(run)
        found = tuple(Attribution(tuple(one["S"]), tuple(one["V"]), tuple(one["C"])) for one in held.values())
        yield Example(f"{file.stem}-{number}", "own", text, attributions=found)


def _passages(file: Path) -> Iterator[str]:
    for group in tomllib.loads(file.read_text("utf-8")).values():
        yield from group["passages"]


def _is_nested(run: Run, runs: list[Run]) -> bool:
    return any(start <= run[0] and run[1] <= end and (start, end) != run for start, end in runs)
