"""What the language model is worth: its scores on the folders of data, its speed and its size.

    python benchmarks/language.py DATA [--only NAME...] [--part PART] [--weights FOLDER] [--threads N] [--rules]

DATA holds `data/` and `gold/`, laid out as for training; a measure whose files are not there is left out. Trees are
scored on test parts and the rest on dev parts unless `--part` says otherwise. The weights are those of the package, in
int8, unless a folder says otherwise. `--rules` adds what the readers that need no model score on the same evidence.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import language_scores as scores
import language_speed as speed
from language_data import CORPUS, FILES, WEIGHTS, examples
from peacetable.reading.encoder.reader import Reader
from spans import Counts


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table; `needed` is None where nothing is asked for, `most` if it is an upper bound."""

    measure: str
    value: float
    needed: float | None = None
    most: bool = False

    def __str__(self) -> str:
        """The line as it is printed."""
        found = f"{self.measure:<50}{self.value:>8.2f}"
        if self.needed is None:
            return found
        short = self.value > self.needed if self.most else self.value < self.needed
        return f"{found}{'<=' if self.most else '>=':>5}{self.needed:>7.2f}{'  short' if short else ''}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A data set and what is asked for on it; its scores are F1, which is accuracy where every word is scored."""

    data: str
    part: str
    title: str
    needed: Mapping[str, float]


SHEETS: Final[Mapping[str, Sheet]] = {
    "ewt": Sheet("ud_ewt", "test", "UD EWT", {"UPOS": 97.0, "UAS": 90.5, "LAS": 88.0}),
    "gum": Sheet("gum", "test", "GUM, free genres", {"LAS": 86.0}),
    "uner": Sheet("uner_ewt", "dev", "UNER EWT", {"names": 72}),
    "crossner": Sheet("crossner_politics", "dev", "CrossNER politics, mapped types", {"names": 75}),
    "polnear": Sheet("polnear", "dev", "PolNeAR", {"source": 83, "cue": 75, "content": 70, "linked": 58}),
    "evidence": Sheet("gold", "dev", "evidence", {"mean over kinds": 65}),
}
REPORTS_A_SECOND: Final = 14
START: Final = 1.0
MEMORY: Final = 450
SIZE: Final = 32


@dataclass(frozen=True)
class Run:
    """What the command line chose."""

    data: Path
    part: str | None
    weights: Path | None
    threads: int
    rules: bool

    @cached_property
    def reader(self) -> Reader:
        """The model, loaded when it is first asked for."""
        return Reader(weights=self.weights, threads=self.threads)

    def lines(self, name: str) -> Iterator[Line]:
        """The lines of one measure: a sheet's name, "speed" or "size"."""
        if name == "speed":
            yield from self._speed()
        elif name == "size":
            yield from self._size()
        else:
            yield from self._scores(SHEETS[name])

    def _scores(self, sheet: Sheet) -> Iterator[Line]:
        part = self.part or sheet.part
        place = self.data / FILES[sheet.data].format(part)
        pairs = [(example, self.reader.annotate(example.text)) for example in examples(sheet.data, place)]
        if not pairs:
            return
        title = f"{sheet.title}, {part}"
        yield from _lines(title, scores.counted(sheet.data, pairs), sheet.needed)
        if sheet.data == "gold":
            yield from _lines(f"{title}, each finding", scores.evidence_by_kind(pairs, distinct=False))
            if self.rules:
                yield from _lines(f"rules: {title}", scores.evidence_of_rules(place))
                yield from _lines(f"rules: {title}, each finding", scores.evidence_of_rules(place, distinct=False))

    def _speed(self) -> Iterator[Line]:
        rate, seconds = speed.reports_a_second(self.reader.annotate_all, speed.some_reports(CORPUS))
        yield Line(f"reports/s, {speed.WORDS} words, {self.threads} threads", rate, REPORTS_A_SECOND)
        yield Line("processor seconds a report", seconds)

    def _size(self) -> Iterator[Line]:
        texts = speed.some_reports(CORPUS)
        yield Line("cold start of `peacetable read`, one report, s", speed.cold_start(texts[0]), START, most=True)
        yield Line("memory of `peacetable read`, MB", speed.memory(texts), MEMORY, most=True)
        yield Line("weights, MB", speed.megabytes(self.weights or WEIGHTS), SIZE, most=True)


def _lines(title: str, found: Mapping[str, Counts], needed: Mapping[str, float] | None = None) -> Iterator[Line]:
    for name, share in scores.shares(found).items():
        yield Line(f"{title}: {name}", 100 * share, (needed or {}).get(name))


def main() -> None:
    """Print the table."""
    measures = [*SHEETS, "speed", "size"]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", nargs="+", choices=measures, default=measures, metavar="NAME")
    parser.add_argument("--part", help="score this part of every data set")
    parser.add_argument("--weights", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rules", action="store_true", help="score the readers without the model, too")
    chosen = parser.parse_args()
    run = Run(chosen.data, chosen.part, chosen.weights, chosen.threads, chosen.rules)
    print(f"{'measure':<50}{'value':>8}{'needed':>12}")
    for name in chosen.only:
        for line in run.lines(name):
            print(line, flush=True)


if __name__ == "__main__":
    main()
