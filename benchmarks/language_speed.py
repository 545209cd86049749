"""How fast the language model reads, and what it takes: reports a second, cold start, memory, size of the weights."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
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
#: The program, telling in the end what it took: the usual account of a process counts its parent's memory, too.
TELLING: Final = """
import atexit, pathlib, sys
from peacetable.__main__ import main
atexit.register(lambda: print(pathlib.Path("/proc/self/status").read_text(), file=sys.stderr))
main()
"""


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


def reports_a_second(
    annotate_all: Callable[[Iterable[Text]], Iterable[Annotation]], texts: Sequence[str]
) -> tuple[float, float]:
    """Whole passes (words cut, the encoder, every head, decoding) a second, and the processor seconds that one takes.

    The second figure is the one to compare where other programs keep the cores busy. The first text only warms up.
    """
    list(annotate_all([_words(texts[0])]))
    begun, used = time.perf_counter(), time.process_time()
    count = len(list(annotate_all(map(_words, texts[1:]))))
    return count / (time.perf_counter() - begun), (time.process_time() - used) / count


def cold_start(text: str, *, times: int = 5) -> float:
    """Seconds that `peacetable read` takes on one report, the best of some."""
    return min(_read([text], ["-m", "peacetable"])[0] for _ in range(times))


def memory(texts: Sequence[str]) -> float:
    """Megabytes resident at most while `peacetable read` reads some reports; as Linux tells it."""
    status = _read(texts, ["-c", TELLING])[1]
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / MEGABYTE


def megabytes(folder: Path) -> float:
    """The size of the files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MEGABYTE


def some_reports(corpus: Path, count: int = REPORTS) -> list[str]:
    """The first reports of `reports`."""
    return list(islice(reports(corpus), count))


def _words(text: str) -> Text:
    return cut(sentences.split(text)[1]).text


def _read(texts: Sequence[str], program: Sequence[str]) -> tuple[float, str]:
    """Wall seconds of one run of the program on some reports, and what it says beside the findings."""
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"report-{number:03}.txt").write_text(f"Published: 2021-03-12\n\n{text}", "utf-8")
        begun = time.perf_counter()
        command = [sys.executable, *program, "read", folder, "--format", "json"]
        # An installed package has its byte code; a checkout may be told not to write any.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        done = subprocess.run(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, env=env
        )
        seconds = time.perf_counter() - begun
    if done.returncode:
        raise SystemExit(f"`peacetable read` of {len(texts)} reports ended with {done.returncode}: {done.stderr}")
    return seconds, done.stderr
