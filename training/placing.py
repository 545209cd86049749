"""From places in a text to numbers of words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from peacetable.reading.encoder.cutting import Cut, cut
from peacetable.reading.sentences import split
from training.examples import Run

Range = tuple[int, int]


def words_of(text: str) -> Cut:
    """A text as the words that the model is given when it reads."""
    return cut(split(text)[1])


def run_of(places: Sequence[Range], start: int, end: int) -> Run | None:
    """The words of which more than half lies between two offsets; None where there are none.

    Args:
        places: start and end of each word, in order.
    """
    first = bisect_right(places, start, key=lambda place: place[1])
    last = bisect_left(places, end, key=lambda place: place[0])
    while first < last and not _inside(places[first], start, end):
        first += 1
    while last > first and not _inside(places[last - 1], start, end):
        last -= 1
    return (first, last) if first < last else None


def runs_of(places: Sequence[Range], pieces: Iterable[Range]) -> tuple[Run, ...]:
    """The runs of words of a broken span, in order; pieces that touch become one."""
    found: list[Run] = []
    for run in sorted(run for piece in pieces if (run := run_of(places, *piece)) is not None):
        if found and run[0] <= found[-1][1]:
            found[-1] = found[-1][0], max(run[1], found[-1][1])
        else:
            found.append(run)
    return tuple(found)


def _inside(place: Range, start: int, end: int) -> bool:
    return 2 * (min(place[1], end) - max(place[0], start)) > place[1] - place[0]
