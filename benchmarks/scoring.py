"""How well readings agree with gold findings: found, right, and the share of fields that agree.

A finding is *found* where its evidence shares half or more of its words with the gold evidence (token F1, one to one,
the best pairs first), and *right* where its key fields agree too. Actors agree where any of their names do. F1 is
micro-averaged over the reports, then averaged over the kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

KINDS: Final = (
    "statements", "positions", "agreements", "commitments", "proposals",
    "talks", "incidents", "figures", "expectations",
)  # fmt: skip
#: The fields that must agree for a finding to be right, by kind.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "statements": ("speaker",),
    "positions": ("actor", "stance"),
    "agreements": ("parties", "date"),
    "commitments": ("by", "modality", "due"),
    "proposals": ("by",),
    "talks": ("participants", "status"),
    "incidents": ("kind", "by", "killed"),
    "figures": ("value", "max"),
    "expectations": ("holder",),
}
#: Words of names that name nobody by themselves.
EMPTY: Final = frozenset(
    {"the", "a", "an", "of", "mr", "mrs", "ms", "general", "president", "minister", "government", "and"}
)
FAVOUR: Final = {
    **dict.fromkeys(("supports", "demands", "offers", "accepts"), "for"),
    **dict.fromkeys(("opposes", "rejects"), "against"),
    **dict.fromkeys(("conditional", "undecided"), "open"),
}
WORD: Final = re.compile(r"\w+")
ENOUGH: Final = 0.5

Json = Mapping[str, Any]
Range = tuple[int, int]


@dataclass
class Tally:
    """Counts for one kind of finding."""

    gold: int = 0
    mine: int = 0
    found: int = 0
    right: int = 0

    def f1(self, hits: int) -> float:
        """F1 of so many hits."""
        return 2 * hits / (self.gold + self.mine) if hits else 0.0


@dataclass
class Score:
    """The tallies of all kinds."""

    kinds: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})

    def mean(self, measure: str, *, least: int = 1) -> float:
        """The mean F1 ("found" or "right") over the kinds with at least so many gold findings, or findings at all."""
        used = [tally for tally in self.kinds.values() if tally.gold >= least or (least == 1 and tally.mine)]
        return sum(tally.f1(getattr(tally, measure)) for tally in used) / len(used) if used else 0.0

    def table(self) -> list[str]:
        """The score as lines of text."""
        lines = [f"{'kind':<14}{'gold':>6}{'mine':>6}{'found F1':>10}{'right F1':>10}"]
        for kind, tally in self.kinds.items():
            found, right = tally.f1(tally.found), tally.f1(tally.right)
            lines.append(f"{kind:<14}{tally.gold:>6}{tally.mine:>6}{found:>10.3f}{right:>10.3f}")
        lines.append(f"mean over kinds: found F1 {self.mean('found'):.3f}, right F1 {self.mean('right'):.3f}")
        lines.append(f"kinds with 10 gold findings or more: right F1 {self.mean('right', least=10):.3f}")
        return lines


def score(pairs: Iterable[tuple[Json, Json]]) -> Score:
    """Score readings against gold.

    Args:
        pairs: gold and reading of each report, both as findings JSON.
    """
    total = Score()
    for gold, mine in pairs:
        text = gold["report"]["text"]
        names = {side: _names(data) for side, data in (("gold", gold), ("mine", mine))}
        for kind, tally in total.kinds.items():
            wanted, said = gold.get(kind, []), mine.get(kind, [])
            agreeing = [[_right(kind, g, m, names) for m in said] for g in wanted]
            matched = _matched(wanted, said, agreeing, text)
            tally.gold += len(wanted)
            tally.mine += len(said)
            tally.found += len(matched)
            tally.right += sum(agreeing[i][j] for i, j in matched)
    return total


def by_support(pairs: Iterable[tuple[Json, Json]]) -> dict[bool, tuple[int, int]]:
    """How many findings with thin support (True) and with more (False) there are, and how many of them are right."""
    counts = {True: [0, 0], False: [0, 0]}
    for gold, mine in pairs:
        text = gold["report"]["text"]
        names = {side: _names(data) for side, data in (("gold", gold), ("mine", mine))}
        for kind in KINDS:
            wanted, said = gold.get(kind, []), mine.get(kind, [])
            agreeing = [[_right(kind, g, m, names) for m in said] for g in wanted]
            right = {j for i, j in _matched(wanted, said, agreeing, text) if agreeing[i][j]}
            for j, finding in enumerate(said):
                counts[bool(finding.get("thin"))][0] += 1
                counts[bool(finding.get("thin"))][1] += j in right
    return {thin: (many, right) for thin, (many, right) in counts.items()}


def _matched(
    wanted: Sequence[Json], said: Sequence[Json], agreeing: Sequence[Sequence[bool]], text: str
) -> list[tuple[int, int]]:
    """Pairs one to one: the best overlap first, among equals those that are right."""
    places = [place(item["evidence"], text) for item in wanted], [place(item["evidence"], text) for item in said]
    candidates = []
    for i, left in enumerate(places[0]):
        for j, right in enumerate(places[1]):
            overlap = _overlap(left, right, text)
            if overlap >= ENOUGH:
                candidates.append((-overlap, not agreeing[i][j], i, j))
    chosen: list[tuple[int, int]] = []
    for _, _, i, j in sorted(candidates):
        if all(i != a and j != b for a, b in chosen):
            chosen.append((i, j))
    return chosen


def place(span: Json, text: str) -> Range:
    """Where a span of findings JSON lies: its offsets if it has them, else its n-th occurrence."""
    if "start" in span:
        return span["start"], span["end"]
    at = -1
    for _ in range(span.get("n", 1)):
        at = text.index(span["quote"], at + 1)
    return at, at + len(span["quote"])


def _overlap(left: Range, right: Range, text: str) -> float:
    first, last = max(left[0], right[0]), min(left[1], right[1])
    if first >= last:
        return 0.0
    sizes = [len(WORD.findall(text[start:end])) for start, end in (left, right, (first, last))]
    return 2 * sizes[2] / max(1, sizes[0] + sizes[1])


def _names(data: Json) -> dict[str, set[str]]:
    return {
        actor["id"]: {name for name in map(_bare, (actor["name"], *(actor.get("aliases") or ()))) if name}
        for actor in data.get("actors", [])
    }


def _bare(name: str) -> str:
    words = WORD.findall(name.lower())
    return " ".join([word for word in words if word not in EMPTY] or words)


def _right(kind: str, gold: Json, mine: Json, names: Mapping[str, Mapping[str, set[str]]]) -> bool:
    for key in KEYS[kind]:
        wanted, said = gold.get(key), mine.get(key)
        if key == "stance":
            agree = FAVOUR.get(str(wanted)) == FAVOUR.get(str(said))
        elif key in ("parties", "participants") or (kind == "incidents" and key == "by"):
            agree = _half(wanted or [], said or [], names)
        elif key in ("speaker", "actor", "by", "holder"):
            agree = _same(wanted, said, names)
        else:
            agree = (wanted or None) == (said or None) if key == "max" else wanted == said
        if not agree:
            return False
    return True


def _same(wanted: str | None, said: str | None, names: Mapping[str, Mapping[str, set[str]]]) -> bool:
    if wanted is None or said is None:
        return wanted is said
    return bool(names["gold"].get(wanted, set()) & names["mine"].get(said, set()))


def _half(wanted: Sequence[str], said: Sequence[str], names: Mapping[str, Mapping[str, set[str]]]) -> bool:
    """Is at least half of the union shared?"""
    shared = sum(any(_same(one, other, names) for other in said) for one in wanted)
    return 2 * shared >= len(wanted) + len(said) - shared
