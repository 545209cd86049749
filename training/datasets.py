"""All data sets by part: the one entry for whatever trains or measures, and what the model card says of each.

A training part never holds a dev part, the corpus's test part or its stories.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from training import brat, conllu, findings, gum_names, iob2, re3d
from training.examples import Example

Part = Literal["train", "dev"]
Reader = Callable[[Path], Iterator[Example]]

LOG: Final = logging.getLogger(__name__)
#: Reports of the stories: joining is measured on them.
STORIES: Final = "st-"


@dataclass(frozen=True, slots=True)
class Source:
    """A data set for the model card.

    Attributes:
        name: what `--without` calls it.
        layers: what it marks.
        parts: what it is used for; how much there is `counted` tells.
    """

    name: str
    title: str
    licence: str
    layers: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of everything a data set holds; names by their set of types, as "group|organisation"."""

    examples: int = 0
    sentences: int = 0
    words: int = 0
    trees: int = 0
    attributions: int = 0
    findings: int = 0
    names: Mapping[str, int] = field(default_factory=dict)


def sources() -> tuple[Source, ...]:
    """Every data set that training or its dev measures know."""
    both: tuple[Part, ...] = ("train", "dev")
    syntax = "word classes, lemmas, trees"
    return (
        Source("ud_ewt", "UD English EWT", "CC BY-SA 4.0", syntax, both),
        Source("gum", "GUM, its freely licensed genres", "CC BY (per document)", f"{syntax}, names", both),
        Source("polnear", "PolNeAR 1.0.0, with CoreNLP's layer", "none stated (research)",
               "attributions; silver word classes and names", both),
        Source("crossner_politics", "CrossNER politics", "MIT", "names", both),
        Source("re3d", "Dstl re3d without its part under CC BY-NC",
               "per part: OGL 3.0, public domain, CC BY 3.0 AU, CC BY-SA 3.0, EU reuse", "names", ("train",)),
        Source("corpus", "The open corpus of peace-process findings, train part", "CC0", "findings, names", ("train",)),
        Source("gold", "Official statements annotated to the findings scheme", "public domain (US government)",
               "findings, names", both),
        Source("uner_ewt", "Universal NER on EWT", "CC BY-SA 4.0", "names", ("dev",)),
    )  # fmt: skip


def load(data: Path, corpus: Path, part: Part, without: frozenset[str] = frozenset()) -> Iterator[Example]:
    """The examples of a part, one data set after the other, always in the same order.

    A data set that is not there is skipped with a line in the log; see `missing`.

    Args:
        data: the folder of the data sets; the gold reports are looked for beside it.
        corpus: the repository's corpus folder.
        part: "train" or "dev".
        without: names of data sets to leave out.

    Raises:
        ValueError: a name in `without` is no data set's.
    """
    known = {source.name for source in sources()}
    if unknown := without - known:
        raise ValueError(f"{', '.join(sorted(unknown))}: no such data set; expected {', '.join(sorted(known))}")
    for name, (path, reader) in _files(data, corpus, part).items():
        if name in without:
            continue
        if path.exists():
            yield from reader(path)
        else:
            LOG.info("%s: no %s at %s; left out", name, part, path)


def missing(data: Path, corpus: Path, part: Part) -> tuple[str, ...]:
    """The data sets of a part that are not there."""
    return tuple(name for name, (path, _) in _files(data, corpus, part).items() if not path.exists())


def counted(examples: Iterable[Example]) -> Mapping[str, Counts]:
    """How much there is, by data set."""
    found: dict[str, Counts] = {}
    names: dict[str, Counter[str]] = {}
    for example in examples:
        before = found.get(example.data, Counts())
        syntax = example.syntax
        tally = names.setdefault(example.data, Counter())
        held = example.names.names if example.names else ()
        tally.update("|".join(sorted(name.types)) or "unknown" for name in held)
        found[example.data] = Counts(
            examples=before.examples + 1,
            sentences=before.sentences + len(example.text.sentences),
            words=before.words + len(example.text.words),
            trees=before.trees + (len(example.text.sentences) if syntax and syntax.heads is not None else 0),
            attributions=before.attributions + len(example.attributions or ()),
            findings=before.findings + len(example.findings or ()),
            names=tally,
        )
    return found


def _files(data: Path, corpus: Path, part: Part) -> Mapping[str, tuple[Path, Reader]]:
    """The file or folder of each data set, and what reads it."""
    gold = data.parent / "gold"
    silver = data / "polnear_corenlp" / f"{part}.conll.gz"
    files: dict[str, tuple[Path, Reader]] = {
        "ud_ewt": (data / "ud_ewt" / f"{part}.conllu.gz", lambda path: conllu.read(path, data="ud_ewt")),
        "gum": (data / "gum" / f"{part}.conllu.gz", gum_names.read),
        "polnear": (
            data / "polnear" / f"{part}.tar.gz",
            lambda path: brat.read(path, silver=silver if silver.exists() else None),
        ),
        "crossner_politics": (data / "crossner_politics" / f"{part}.txt", iob2.read_crossner),
    }
    if part == "dev":
        files["uner_ewt"] = data / "uner_ewt" / "en_ewt-ud-dev.iob2", iob2.read_uner
        files["gold"] = gold / "dev", lambda path: findings.read_folder(path, data="gold")
    else:
        files["re3d"] = data / "re3d" / "re3d.tar.gz", re3d.read
        files["corpus"] = corpus / "train.jsonl", lambda path: findings.read_lines(path, data="corpus")
        files["gold"] = gold / "train", lambda path: _real(path, corpus)
    return files


def _real(folder: Path, corpus: Path) -> Iterator[Example]:
    """The gold reports that are not in the corpus, whichever part, and are no story."""
    held = frozenset[str]().union(
        *(findings.ids(path) for path in sorted(corpus.glob("*.jsonl"))),
        (path.stem for path in folder.glob(f"{STORIES}*.json")),
    )
    return findings.read_folder(folder, data="gold", without=held)
