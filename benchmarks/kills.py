"""Does a record survive `kill -9`? `python benchmarks/kills.py -n 200 --store sqlite` (or postgresql://host/name).

Four writers add reports to one record, each saying what was recorded. At a random moment one of them is killed, and the
others a moment later. Then the record must open, hold every report that was said to be recorded, hold whole reports
only, and take another one. In PostgreSQL the records are made in schemas of their own, which are dropped in the end.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from peacetable import scheme
from peacetable.model import Reading, Report, When
from peacetable.record.store import Store

#: Findings in each report: enough rows that a report is not written in one breath.
CLAIMS: Final = 40
WRITERS: Final = 4
#: Kills on one record: one that grows for ever would make the later kills slow.
KILLS: Final = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found after one kill."""

    said: int
    held: int
    faults: tuple[str, ...]


def reading(name: str) -> Reading:
    """A report with `CLAIMS` talks, every one in a sentence of its own."""
    sentences = [f"Round {at} of series {name} was held in the border town." for at in range(CLAIMS)]
    report = Report(id=name, name=name, text="\n".join(sentences), published=When("2021-03-12"))
    data = {
        "actors": [{"id": "envoys", "name": "The envoys", "kind": "unnamed"}],
        "talks": [
            {"kind": "meeting", "participants": ["envoys"], "status": "held", "evidence": {"quote": sentence}}
            for sentence in sentences
        ],
    }
    return scheme.from_json(report, data, by="kills")


def write(target: str, series: str, *, early: bool) -> None:
    """Be several writers that add reports until somebody ends them, saying each report that is on the disk."""
    if not early:
        Store.open(target, create=True).close()  # what is loaded now need not be loaded four times
        reading("")
    writers = [child for child in (os.fork() for _ in range(WRITERS)) if child]
    if len(writers) == WRITERS:
        os.wait()
        return
    me = os.getpid()
    with Store.open(target, create=True, busy_seconds=60) as store:
        number = 0
        while True:
            name = f"{series}-{me}-{number}"
            store.add(reading(name))
            os.write(1, f"{me} {name}\n".encode())  # in one piece: the others write to the same pipe
            number += 1


def kill_once(target: str, *, series: str, after: float, then: float = 0.0, early: bool = False) -> Outcome:
    """Start the writers, kill one after so many seconds and the others a moment later, and look at what they left.

    Args:
        target: the record; it may be used again for the next kill.
        series: what the names of the reports begin with, another one for every kill.
        after: when to kill the first, counted from the first report that was recorded.
        then: how many seconds later to kill the others.
        early: count from the writers' start instead: they may be killed while they make the record.
    """
    command = [sys.executable, __file__, "--write", target, "--series", series, *(["--early"] if early else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as writers:
        assert writers.stdout is not None
        lines = [] if early else [writers.stdout.readline()]
        time.sleep(after)
        if lines:
            os.kill(int(lines[0].split()[0]), signal.SIGKILL)
            time.sleep(then)
        os.killpg(writers.pid, signal.SIGKILL)
        # The last line may be cut off by the kill.
        lines += writers.stdout.read().splitlines(keepends=True)
    return look(target, said=[line.split()[1] for line in lines if line.endswith("\n")])


def look(target: str, *, said: list[str]) -> Outcome:
    """What a record holds, and what is wrong with it."""
    with Store.open(target, create=True, busy_seconds=60) as store:
        view = store.view()
        claims = {report.id: 0 for report in view.reports()}
        for claim in view.claims("talks"):
            claims[claim.report.id] += 1
        faults = [f"{name} was said and is not there" for name in said if name not in claims]
        faults += [f"{name} has {count} claims" for name, count in claims.items() if count != CLAIMS]
        if not store.add(reading(f"after-{len(claims)}")):
            faults.append("nothing could be added")
    return Outcome(said=len(said), held=len(claims), faults=tuple(faults))


@contextmanager
def records(store: str) -> Iterator[Iterator[str]]:
    """Addresses of records that do not exist yet, as many as wanted; what is made there is removed in the end."""
    if "://" not in store:
        with tempfile.TemporaryDirectory() as folder:
            yield (str(Path(folder) / f"record-{number}.db") for number in range(sys.maxsize))
        return
    import psycopg

    made: list[str] = []

    def schemas() -> Iterator[str]:
        while True:
            made.append(f"peacetable_kills_{os.getpid()}_{len(made)}")
            connection.execute(f"CREATE SCHEMA {made[-1]}".encode())
            yield f"{store}{'&' if '?' in store else '?'}options=-csearch_path%3D{made[-1]}"

    with psycopg.connect(store, autocommit=True) as connection:
        yield schemas()
        for schema in made:
            connection.execute(f"DROP SCHEMA {schema} CASCADE".encode())


def main() -> None:
    """Kill as often as asked and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20, help="how often to kill")
    parser.add_argument("--store", default="sqlite", help="sqlite, or the address of a PostgreSQL database")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", help=argparse.SUPPRESS)
    parser.add_argument("--series", default="", help=argparse.SUPPRESS)
    parser.add_argument("--early", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        write(given.write, given.series, early=given.early)
        return
    chance = random.Random(given.seed)
    faults, held = 0, 0
    with records(given.store) as fresh:
        target = next(fresh)
        for number in range(given.n):
            early = number % 5 == 0
            if early or number % KILLS == 1:
                target = next(fresh)
            after = chance.uniform(0, 1.5 if early else 0.5)
            outcome = kill_once(target, series=f"s{number}", after=after, then=chance.uniform(0, 0.2), early=early)
            for fault in outcome.faults:
                print(f"kill {number}: {fault}")
            faults += len(outcome.faults)
            held += outcome.said
    print(f"{given.n} kills, {held} reports recorded by writers that were killed, {faults} faults")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
