"""The same story printed twice: reports that share one origin.

An agency's story comes back under other headlines, cut and lightly edited. Corroboration counts origins, not reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final
from urllib.parse import urlsplit

from peacetable.model import Report
from peacetable.record.unions import Unions

#: Two texts that share at least this part of their three-word shingles, as their MinHash signatures estimate it, are
#: one story. Tuned on made-up reprints (`tests/test_origins.py`): a new headline, the last third cut and one word in
#: twenty changed leave about 0.5; two reports on one event by two hands stay under 0.1.
SHARED: Final = 0.4
#: So many numbers in a row that two signatures have in common make them worth comparing. Pairs of two find 99.9 % of
#: the texts that share 0.4 (64 bands: 1 - (1 - 0.4^2)^64).
ROWS: Final = 2


def origins(reports: Sequence[Report]) -> tuple[tuple[str, ...], ...]:
    """Report ids grouped by origin, each group and the groups in the order of the reports.

    Args:
        reports: in the order of publication. Those without a signature are alone, unless address and text agree.
    """
    unions: Unions[str] = Unions(report.id for report in reports)
    for left, right in _reprints(reports):
        unions.join(left, right)
    order = {report.id: number for number, report in enumerate(reports)}
    groups = [tuple(sorted(group, key=order.__getitem__)) for group in unions.groups()]
    return tuple(sorted(groups, key=lambda group: order[group[0]]))


def likeness(left: Report, right: Report) -> float:
    """The part of their shingles that two texts share, as their signatures estimate it; 0 where one has none."""
    if not left.signature or len(left.signature) != len(right.signature):
        return 0.0
    same = sum(one == other for one, other in zip(left.signature, right.signature, strict=True))
    return same / len(left.signature)


def address(url: str) -> str:
    """A web address without what does not change the page: scheme, "www.", query, fragment, last slash."""
    parts = urlsplit(url if "//" in url else f"//{url}")
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"


def _reprints(reports: Sequence[Report]) -> Iterator[tuple[str, str]]:
    pages: dict[tuple[str, str], list[Report]] = defaultdict(list)
    bands: dict[tuple[int, tuple[int, ...]], list[Report]] = defaultdict(list)
    for report in reports:
        if report.url:
            pages[address(report.url), report.text].append(report)
        for at in range(0, len(report.signature), ROWS):
            bands[at, report.signature[at : at + ROWS]].append(report)
    for same in pages.values():
        for other in same[1:]:
            yield same[0].id, other.id
    seen: set[tuple[str, str]] = set()
    for held in bands.values():
        for left, right in combinations(held, 2):
            pair = (left.id, right.id)
            if pair not in seen:
                seen.add(pair)
                if likeness(left, right) >= SHARED:
                    yield pair
