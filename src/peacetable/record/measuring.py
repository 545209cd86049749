"""How an engine did on what people reviewed: what of its findings stood, what was corrected in them, what it missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from peacetable.ledger import Act, Measured
from peacetable.model import KINDS, Kind
from peacetable.record.claim_ids import HOW, claim_id
from peacetable.record.reviews import REVIEWS

#: What is no field that a person corrects.
ASIDE: Final = frozenset({*HOW, "chain", "when"})


def measure(acts: Sequence[Act]) -> tuple[Measured, ...]:
    """What stands of each engine's findings, by kind; the last review of a finding counts.

    Args:
        acts: what people did and did not take back, the earliest first.
    """
    first: dict[str, Mapping[str, Any]] = {}
    last: dict[str, Act] = {}
    root: dict[str, str] = {}
    for act in acts:
        if act.what not in REVIEWS:
            continue
        identity = str(act.fields["claim"])
        begun = root.setdefault(identity, identity)
        kind: Any = act.place.kind
        root[claim_id(act.place.report, kind, act.fields["finding"])] = begun
        if act.what != "add":
            first.setdefault(begun, act.fields["was"])
        last[begun] = act
    tallies: dict[tuple[Kind, str], Counter[str]] = defaultdict(Counter)
    corrected: dict[tuple[Kind, str], Counter[str]] = defaultdict(Counter)
    for begun, act in last.items():
        kind = act.place.kind
        if begun not in first:
            tallies[kind, ""]["add" if act.what != "refuse" else "none"] += 1
            continue
        engine = str(first[begun].get("made_by") or "")
        if "/" not in engine:
            continue  # a person's own finding
        different = _different(first[begun], act.fields["finding"])
        what = act.what if act.what == "refuse" else "correct" if different else "accept"
        tallies[kind, engine][what] += 1
        if what == "correct":
            corrected[kind, engine].update(different)
    return tuple(
        Measured(
            kind=kind,
            engine=engine,
            accepted=tally["accept"],
            corrected=tally["correct"],
            refused=tally["refuse"],
            added=tally["add"],
            fields=tuple(corrected[kind, engine].most_common()),
        )
        for (kind, engine), tally in sorted(tallies.items(), key=lambda item: (KINDS.index(item[0][0]), item[0][1]))
    )


def _different(was: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [name for name in {**was, **now} if name not in ASIDE and was.get(name) != now.get(name)]
