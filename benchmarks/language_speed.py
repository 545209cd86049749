"""How fast the language model reads, and what it takes: reports a second, cold start, memory, size of the weights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from peacetable.reading import sentences
from peacetable.reading.encoder.annotation import Annotation
from peacetable.reading.encoder.cutting import cut
from peacetable.reading.encoder.inputs import Text

WORDS: Final = 500
REPORTS: Final = 40
MEGABYTE: Final = 1_000_000


def reports(corpus: Path, *, words: int = WORDS) -> Iterator[str]:
    """Reports of just so many words, joined from the reports of a corpus and cut from them in order."""
    held: list[str] = []
    count = 0
    for line in corpus.read_text("utf-8").splitlines():
        for paragraph in json.loads(line)["report"]["text"].split("\n"):
            left = paragraph.split()
            while count + len(left) >= words:
                held.append(" ".join(left[: words - count]))
                yield "\n".join(held)
                left, held, count = left[words - count :], [], 0
            if left:
                held.append(" ".join(left))
                count += len(left)


def reports_a_second(annotate: Callable[[Text], Annotation], texts: Sequence[str]) -> float:
    """Whole passes a second: words cut, the encoder, every head, decoding. The first text only warms up."""
    annotate(_words(texts[0]))
    begun = time.perf_counter()
    for text in texts[1:]:
        annotate(_words(text))
    return (len(texts) - 1) / (time.perf_counter() - begun)


def cold_start(text: str, *, times: int = 5) -> float:
    """Seconds that `peacetable read` takes on one report, the best of some."""
    return min(_run([text])[0] for _ in range(times))


def memory(texts: Sequence[str]) -> float:
    """Megabytes resident at most while `peacetable read` reads some reports."""
    return _run(texts)[1]


def megabytes(folder: Path) -> float:
    """The size of the files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MEGABYTE


def some_reports(corpus: Path, count: int = REPORTS) -> list[str]:
    """The first reports of `reports`."""
    return list(islice(reports(corpus), count))


def _words(text: str) -> Text:
    return cut(sentences.split(text)[1]).text


def _run(texts: Sequence[str]) -> tuple[float, float]:
    """Wall seconds and resident megabytes of one run of the program on some reports."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"report-{number:03}.txt").write_text(text, "utf-8")
        begun = time.perf_counter()
        command = [sys.executable, "-m", "peacetable", "read", folder, "--format", "json", "--published", "2021-03-12"]
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}; it was to read {len(texts)} reports")
    return seconds, used.ru_maxrss * 1024 / MEGABYTE
