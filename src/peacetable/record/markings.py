"""Who may see what: reports and claims that are marked for fewer eyes than a view is made for (Traffic Light Protocol).

A report that is marked above the level is left out with all that it says. Of a report in which only a claim is, the
words of that claim are blotted out, letter by letter so that everything else stays where it is, and whatever else rests
on those words is left out as well. What nobody marked is not above any level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, get_args

from peacetable.ledger import Act, Claim, Marking
from peacetable.model import Report

LEVELS: Final[tuple[Marking, ...]] = get_args(Marking)
#: What stands for each letter that is not shown.
BLOT: Final = "█"


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a report may be seen.

    Attributes:
        report: the report, with words blotted out where need be.
        claims: the claims that may be seen, by id.
        left_out: how many may not.
    """

    report: Report
    claims: Mapping[str, Claim] = field(default_factory=dict)
    left_out: int = 0


def above(marked: str | None, level: Marking) -> bool:
    """Is a marking for fewer eyes than a level?"""
    return marked in LEVELS and LEVELS.index(marked) > LEVELS.index(level)


def mark(acts: Iterable[Act], name: str = "tlp") -> str | None:
    """The last marking (or grade) among acts; None where there is none, or it was cleared."""
    found = [act.fields[name] for act in acts if act.what == "grade" and name in act.fields]
    return str(found[-1]) if found and found[-1] else None


def shown(report: Report, claims: Sequence[Claim], level: Marking) -> Shown:
    """What of a report that is not itself marked above a level may be seen."""
    hidden = [claim for claim in claims if above(mark(act for act in claim.acts if act.place.kind), level)]
    if not hidden:
        return Shown(report, {claim.id: claim for claim in claims})
    text = list(report.text)
    covered: set[int] = set()
    for claim in hidden:
        for _, span in claim.finding.spans():
            covered.update(range(span.start, span.end))
    for at in covered:
        text[at] = text[at] if text[at].isspace() else BLOT
    blotted = replace(report, text="".join(text), title=_title(report, hidden), raw=None)
    kept = {
        claim.id: replace(claim, report=blotted)
        for claim in claims
        if covered.isdisjoint(at for _, span in claim.finding.spans() for at in range(span.start, span.end))
    }
    return Shown(blotted, kept, len(claims) - len(kept))


def _title(report: Report, hidden: Sequence[Claim]) -> str | None:
    """The title, unless the words of a claim that may not be seen stand in it."""
    title = report.title or ""
    return None if any(span.quote in title for claim in hidden for _, span in claim.finding.spans()) else report.title
