"""How well the readers do: the table of scores on any gold reports.

    python benchmarks/readers.py corpus/test.jsonl
    python benchmarks/readers.py GOLD_FOLDER [--engine NAME] [--by PREFIX]

A gold folder holds one findings JSON a report. `--by` prints a line for each group of reports whose names begin alike
up to the first hyphen: a rule that fits one conflict only shows there.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from peacetable import Problem, Settings, read, take_in, to_json
from scoring import Score, by_support, score


def gold_reports(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The gold reports of a folder or of a file with one a line, by name."""
    if source.is_dir():
        for file in sorted(source.glob("*.json")):
            yield file.stem, json.loads(file.read_text("utf-8"))
    else:
        for line in source.read_text("utf-8").splitlines():
            data = json.loads(line)
            yield data["report"]["id"], data


def readings(source: Path, settings: Settings) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Each gold report with what the engine reads in it."""
    gold = list(gold_reports(source))
    taken = [item for item in take_in([str(source)], settings) if not isinstance(item, Problem)]
    by_text = {item.report.text: item.report for item in taken}
    reports = [by_text[data["report"]["text"]] for _, data in gold]
    for (name, data), reading in zip(gold, read(reports, settings), strict=True):
        yield name, data, to_json(reading)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--engine", default="local")
    parser.add_argument("--by", action="store_true", help="a line for each group of names")
    chosen = parser.parse_args()
    found = list(readings(chosen.gold, Settings(engine=chosen.engine)))
    print("\n".join(score((gold, mine) for _, gold, mine in found).table()))
    support = by_support((gold, mine) for _, gold, mine in found)
    (thin, thin_right), (firm, firm_right) = support[True], support[False]
    if thin and firm:
        print(f"needs a look: {thin / (thin + firm):.0%} of the findings; right {thin_right / thin:.2f} of them, "
              f"{firm_right / firm:.2f} of the others")  # fmt: skip
    if chosen.by:
        groups: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
        for name, gold, mine in found:
            groups[name.partition("-")[0]].append((gold, mine))
        for group, pairs in sorted(groups.items()):
            result: Score = score(pairs)
            print(
                f"{group:<6}{len(pairs):>4} reports  found {result.mean('found'):.3f}  right {result.mean('right'):.3f}"
            )


if __name__ == "__main__":
    main()
