"""The floors of the accuracy gate: what is measured on what, and raising the floors.

    python benchmarks/floors.py        measure every exam that is there, raise what may be raised, print all

A floor is what was measured less a hair, so that harmless changes pass. It is raised by this program and lowered by
nobody; an exam whose files change needs a new name.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import language_scores
import times
from language_data import FILES, examples
from peacetable import Settings
from peacetable.reading.encoder import weights
from peacetable.reading.encoder.reader import Reader
from readers import readings
from scoring import score

ROOT: Final = Path(__file__).parent.parent
FLOORS: Final = ROOT / "tests" / "floors.json"
HAIR: Final = 0.005


@dataclass(frozen=True)
class Exam:
    """Something to be measured on.

    Attributes:
        name: of the exam, in the file of floors.
        place: below the checkout or, if `optional`, below PEACETABLE_DATA.
        run: measures; gives scores by name.
        optional: may be missing.
        hair: what a harmless change may cost, such as rounding on another processor.
    """

    name: str
    place: str
    run: Callable[[Path], Mapping[str, float]]
    optional: bool = False
    hair: float = HAIR

    def path(self) -> Path:
        """Where its files are."""
        return (Path(os.environ.get("PEACETABLE_DATA", "no-such-folder")) if self.optional else ROOT) / self.place

    def there(self) -> bool:
        """Are its files there?"""
        return self.path().exists()

    def measure(self) -> Mapping[str, float]:
        """The scores."""
        return self.run(self.path())

    def fingerprint(self) -> str:
        """A hash of its files."""
        path = self.path()
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()[:16]


def findings(path: Path) -> Mapping[str, float]:
    """Found and right F1 of the readers, over all kinds."""
    result = score((gold, mine) for _, gold, mine in readings(path, Settings()))
    return {"found": result.mean("found"), "right": result.mean("right")}


def findings_by_kind(path: Path) -> Mapping[str, float]:
    """The same, and right F1 for each kind."""
    result = score((gold, mine) for _, gold, mine in readings(path, Settings()))
    by_kind = {f"right {kind}": tally.f1(tally.right) for kind, tally in result.kinds.items()}
    return {"found": result.mean("found"), "right": result.mean("right"), **by_kind}


def time_expressions(path: Path) -> Mapping[str, float]:
    """F1 of time expressions on the TimeBank part of an archive of TimeML files."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(path) as archive:
        archive.extractall(folder, filter="data")
        counts = times.count([times.document(file) for file in sorted(Path(folder).rglob("TimeBank/*.tml"))])
    hits = {"relaxed": counts.relaxed, "strict": counts.strict, "value": counts.value}
    return {name: times.f1(hit, counts.found, counts.gold)[2] / 100 for name, hit in hits.items()}


@cache
def reader() -> Reader:
    """The language model."""
    return Reader()


def language(data: str) -> Callable[[Path], Mapping[str, float]]:
    """What measures the language model on a data set; of evidence the mean over the kinds counts."""

    def run(path: Path) -> Mapping[str, float]:
        pairs = [(example, reader().annotate(example.text)) for example in examples(data, path)]
        found = language_scores.shares(language_scores.counted(data, pairs))
        return {"mean over kinds": found["mean over kinds"]} if data == "gold" else found

    return run


#: Held as soon as there are weights. On small samples one item is much: rounding may cost one or two.
LANGUAGE: Final = (
    Exam("language, own trees", "tests/cases/language_trees.conllu", language("own_trees"), hair=0.01),
    Exam("language, own names", "tests/cases/language_names.toml", language("own_names"), hair=0.03),
    Exam(
        "language, own attributions", "tests/cases/language_attributions.toml", language("own_attributions"), hair=0.05
    ),
    *(
        Exam(f"language, {data}, {part}", FILES[data].format(part), language(data), optional=True)
        for data, part in (
            ("ud_ewt", "test"),
            ("gum", "test"),
            ("uner_ewt", "dev"),
            ("crossner_politics", "dev"),
            ("polnear", "dev"),
            ("gold", "dev"),
        )
    ),
)
EXAMS: Final = (
    Exam("corpus, test part", "corpus/test.jsonl", findings_by_kind),
    Exam("gold, dev", "gold/dev", findings, optional=True),
    Exam("TimeBank", "data/timebank/TBAQ-cleaned.tar.gz", time_expressions, optional=True),
    *(LANGUAGE if weights.available() else ()),
)


def raised(
    floor: Mapping[str, Any], found: Mapping[str, float], fingerprint: str, *, hair: float = HAIR
) -> dict[str, Any]:
    """The new floors of an exam: never below the old ones."""
    new = {name: max(floor.get(name, 0.0), round(value - hair, 3)) for name, value in found.items()}
    return {**floor, **new, "fingerprint": fingerprint}


def main() -> None:
    """Measure, raise, print."""
    floors: dict[str, Any] = json.loads(FLOORS.read_text("utf-8"))
    for exam in EXAMS:
        if not exam.there():
            print(f"{exam.name}: not there ({exam.path()})")
            continue
        found = exam.measure()
        old = floors.get(exam.name, {})
        if old and old["fingerprint"] != exam.fingerprint():
            raise SystemExit(f"{exam.name}: its files are not what the floors were for; give a changed exam a new name")
        floors[exam.name] = raised(old, found, exam.fingerprint(), hair=exam.hair)
        for name, value in found.items():
            print(f"{exam.name:<32}{name:<22}{value:.3f}  floor {floors[exam.name][name]:.3f}")
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n")


if __name__ == "__main__":
    main()
