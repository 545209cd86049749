"""How well the record joins what several reports tell: `python benchmarks/joining.py GOLD`.

GOLD is a folder with `joins.json` and `train/*.json`. Each story's findings are added to a record of their own; pairs
of findings (and of actors) that the record holds to be one are compared with those that people joined.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from peacetable import scheme
from peacetable.intake.signature import signature
from peacetable.ledger import Claim, Entry, View
from peacetable.model import KINDS, Report, When
from peacetable.record.store import Store

Pair = frozenset[tuple[Any, ...]]


def main() -> None:
    """Print the figures for all stories together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", action="store_true", help="print every wrong and every missed pair")
    given = parser.parse_args()
    counts: Counter[str] = Counter()
    for story in json.loads((given.gold / "joins.json").read_text(encoding="utf-8")):
        with Store.open(":memory:", create=True) as store:
            for name in story["reports"]:
                data = json.loads((given.gold / "train" / f"{name}.json").read_text(encoding="utf-8"))
                store.add(scheme.from_json(_report(name, data["report"]), data, by="gold"))
            counts += _story(story, store.view(), show=given.show)
    for line in _lines(counts):
        print(line)


def _story(story: Mapping[str, Any], view: View, *, show: bool) -> Counter[str]:
    gold = set(_pairs([[(m["report"], m["type"], m["index"]) for m in group] for group in story["same"]]))
    made = set(_pairs([[_key(claim) for claim in entry.members] for entry in _entries(view)]))
    asked = set(_asked(view)) - made
    people = set(_pairs([[(m["report"], m["id"]) for m in group] for group in story["actors"]]))
    names = {report.id: report.name for report in view.reports()}
    found = set(_pairs([[(names[report], actor) for report, actor in party.members] for party in view.parties()]))
    reprints = set(_pairs([[(name,) for name in group] for group in story["origins"]]))
    printed = set(_pairs([[(names[report],) for report in group] for group in view.origins()]))
    if show:
        _show(f"story {story['story']}", gold, made, asked)
        _show(f"story {story['story']}, actors", people, found, set())
    return Counter(
        {
            "gold": len(gold),
            "made": len(made),
            "made right": len(made & gold),
            "asked": len(asked),
            "asked right": len(asked & gold),
            "actors gold": len(people),
            "actors made": len(found),
            "actors right": len(found & people),
            "reprints gold": len(reprints),
            "reprints right": len(reprints & printed),
            "disputes gold": len(story["disputes"]),
            "disputes shown": sum(_is_shown(dispute, story, view) for dispute in story["disputes"]),
        }
    )


def _is_shown(wanted: Mapping[str, Any], story: Mapping[str, Any], view: View) -> bool:
    """Does the record show two of the claims that gold sets against each other as sides of one dispute?"""
    keys = {(value["report"], value["type"], value["index"]) for value in wanted["values"]}
    return any(
        dispute.field == wanted["field"]
        and sum(any(_key(claim) in keys for claim in side.claims) for side in dispute.sides) > 1
        for dispute in view.disputes()
    )


def _entries(view: View) -> Iterator[Entry]:
    for kind in KINDS:
        if kind not in ("statements", "expectations", "figures"):
            yield from view.entries(kind)


def _asked(view: View) -> Iterator[Pair]:
    """For each entry, the likeliest join that is proposed."""
    holders: dict[int, list[Entry]] = {}
    for entry in _entries(view):
        for judgement in entry.proposed:
            holders.setdefault(id(judgement), []).append(entry)
    for entry in _entries(view):
        for best in entry.proposed[:1]:
            places = {best.left, best.right}
            yield frozenset(
                next(_key(claim) for claim in holder.members if claim.place in places) for holder in holders[id(best)]
            )


def _pairs(groups: Sequence[Sequence[tuple[Any, ...]]]) -> Iterator[Pair]:
    for group in groups:
        for left, right in combinations(group, 2):
            yield frozenset((left, right))


def _key(claim: Claim) -> tuple[str, str, int]:
    return claim.report.name, claim.kind, claim.index


def _report(name: str, data: Mapping[str, Any]) -> Report:
    return Report(
        id=name,
        name=name,
        text=data["text"],
        source=data.get("source"),
        url=data.get("url"),
        published=When(data["published"]) if data.get("published") else None,
        signature=signature(data["text"]),
    )


def _show(what: str, gold: set[Pair], made: set[Pair], asked: set[Pair]) -> None:
    for title, pairs in (("wrong", made - gold), ("missed", gold - made - asked), ("asked", asked)):
        for pair in sorted(pairs, key=sorted):
            print(f"{what}: {title}{' (right)' if title == 'asked' and pair in gold else ''}: {sorted(pair)}")


def _lines(counts: Counter[str]) -> Iterator[str]:
    right = counts["made right"] + counts["asked right"]
    shown = counts["made"] + counts["asked"]
    both = f"{right} right of {shown}; {counts['gold']} in gold"
    yield f"same thing, made or asked first: F1 {_f1(right, shown, counts['gold']):.3f} ({both})"
    yield f"made without asking: precision {_part(counts, 'made right', 'made')}"
    yield f"made without asking: recall {_part(counts, 'made right', 'gold')}"
    yield f"asked first: right {_part(counts, 'asked right', 'asked')}"
    yield f"actors: F1 {_f1(counts['actors right'], counts['actors made'], counts['actors gold']):.3f}"
    yield f"actors: precision {_part(counts, 'actors right', 'actors made')}"
    yield f"reprints found: {_part(counts, 'reprints right', 'reprints gold')}"
    yield f"disputes shown: {_part(counts, 'disputes shown', 'disputes gold')}"


def _f1(right: int, found: int, gold: int) -> float:
    return 2 * right / (found + gold) if found + gold else 0.0


def _part(counts: Counter[str], some: str, whole: str) -> str:
    return f"{counts[some] / counts[whole] if counts[whole] else 0:.3f} ({counts[some]} of {counts[whole]})"


if __name__ == "__main__":
    main()
