"""Does a record survive `kill -9`? `python benchmarks/kills.py -n 200`.

A writer adds reports in a loop and says each one that was recorded; it is killed at a random moment. Then the record
must open, hold every report that was said to be recorded, hold whole reports only, and take another one.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from peacetable import scheme
from peacetable.model import Reading, Report, When
from peacetable.record.store import Store

#: Findings in each report: enough rows that a report is not written in one breath.
CLAIMS: Final = 40


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found after one kill."""

    said: int
    held: int
    faults: tuple[str, ...]


def reading(number: int) -> Reading:
    """A report with `CLAIMS` talks, every one in a sentence of its own."""
    sentences = [f"Round {at} of series {number} was held in the border town." for at in range(CLAIMS)]
    report = Report(
        id=f"report-{number}", name=f"report-{number}", text="\n".join(sentences), published=When("2021-03-12")
    )
    data = {
        "actors": [{"id": "envoys", "name": "The envoys", "kind": "unnamed"}],
        "talks": [
            {"kind": "meeting", "participants": ["envoys"], "status": "held", "evidence": {"quote": sentence}}
            for sentence in sentences
        ],
    }
    return scheme.from_json(report, data, by="kills")


def write(target: str, first: int) -> None:
    """Add reports until somebody ends it, saying each that is on the disk."""
    with Store.open(target, create=True) as store:
        number = first
        while True:
            store.add(reading(number))
            print(number, flush=True)
            number += 1


def kill_once(target: str, *, first: int, after: float, early: bool = False) -> Outcome:
    """Start a writer, kill it after so many seconds, and look at what it left.

    Args:
        target: the record; it is used again for the next kill.
        first: the number of the first report to write.
        after: when to kill, counted from the first report that the writer recorded.
        early: count from the writer's start instead: it may be killed while it makes the record.
    """
    command = [sys.executable, __file__, "--write", target, "--first", str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [] if early else [int(writer.stdout.readline())]
        time.sleep(after)
        writer.send_signal(signal.SIGKILL)
        # The last line may be cut off by the kill.
        said += [int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return look(target, said=len(said), last=said[-1] if said else first - 1)


def look(target: str, *, said: int, last: int) -> Outcome:
    """What a record holds, and what is wrong with it."""
    faults = []
    with Store.open(target, create=True) as store:
        view = store.view()
        names = {report.id for report in view.reports()}
        claims = {report.id: 0 for report in view.reports()}
        for claim in view.claims("talks"):
            claims[claim.report.id] += 1
        faults += [
            f"report-{number} was said and is not there"
            for number in range(last + 1)
            if f"report-{number}" not in names
        ]
        faults += [f"{name} has {count} claims" for name, count in claims.items() if count != CLAIMS]
        if not store.add(reading(len(names))):
            faults.append("nothing could be added")
    return Outcome(said=said, held=len(names), faults=tuple(faults))


def main() -> None:
    """Kill as often as asked and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20, help="how often to kill")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", help=argparse.SUPPRESS)
    parser.add_argument("--first", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        write(given.write, given.first)
    chance = random.Random(given.seed)
    faults, held = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        target, first = str(Path(folder) / "record.db"), 0
        for number in range(given.n):
            if first > 2_000:  # a record that grows for ever would make the later kills slow
                target, first = str(Path(folder) / f"record-{number}.db"), 0
            early = number % 5 == 0
            if early:
                target, first = str(Path(folder) / f"early-{number}.db"), 0
            outcome = kill_once(target, first=first, after=chance.uniform(0, 1.0 if early else 0.5), early=early)
            for fault in outcome.faults:
                print(f"kill {number}: {fault}")
            faults += len(outcome.faults)
            held += outcome.said
            first = outcome.held + 1
    print(f"{given.n} kills, {held} reports recorded by writers that were killed, {faults} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
