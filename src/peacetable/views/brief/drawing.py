"""The timeline as a picture: marks in lanes along an axis of days, as numbers for an inline SVG.

The picture repeats the list below it, by number, and adds nothing. It covers the stretch of time around the day in
which most of what is known lies; what lies outside is counted at its edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from peacetable.model import When
from peacetable.views import phrases

MARGIN: Final = 16
AXIS: Final = 34
LANE_HEAD: Final = 20
ROW: Final = 21
#: Room for the arrow at the open side of a date.
TAIL: Final = 12
#: How far the picture may reach on either side of the day, in days: the narrowest that holds enough is taken. What is
#: to come matters more than what is long past.
REACHES: Final = (14, 30, 60, 120, 240, 400, 800, 1_600, 4_000, 40_000)
BEHIND: Final = 0.7
AHEAD: Final = 0.85
#: About the width of a letter of a label, in units of the drawing.
LETTER: Final = 6.1
MONTHS_APART: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)


@dataclass(frozen=True, slots=True)
class Dot:
    """One thing to draw: its number in the list, its lane, its time, a short label and its note."""

    number: int
    lane: str
    when: When
    label: str
    note: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A dot with its place: a point where `left` equals `right`, otherwise a bar, which may be open at one side."""

    dot: Dot
    left: float
    right: float
    y: float
    text: float
    text_y: float
    anchor: str
    open_left: bool
    open_right: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with its name, from where to where."""

    name: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of a month on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything that the SVG needs; `before` and `after` count what lies outside of it."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    today_label: str
    before: int
    after: int


def drawing(dots: Sequence[Dot], *, on: date | None, width: int, labels: bool) -> Drawing | None:
    """Lay out the timeline.

    Args:
        dots: what to draw.
        on: the day of the brief; by default the last day of a dot.
        width: of the picture, in its own units.
        labels: with short labels beside the numbers of the list, or with the numbers alone.

    Returns:
        The drawing, or None where there is nothing to draw.
    """
    if not dots:
        return None
    day = on or max(ends(dot.when)[1] for dot in dots)
    first, last = _window(dots, day)
    scale = (width - 2 * MARGIN) / max(1, (last - first).days)

    def place(of: date) -> float:
        return round(MARGIN + (min(max(of, first), last) - first).days * scale, 1)

    inside = [dot for dot in dots if ends(dot.when)[1] >= first and ends(dot.when)[0] <= last]
    lanes: list[Lane] = []
    marks: list[Mark] = []
    top = float(AXIS)
    for name in dict.fromkeys(dot.lane for dot in inside):
        lane = [dot for dot in inside if dot.lane == name]
        placed = tuple(_placed(lane, place, top + LANE_HEAD + ROW / 2, width, labels=labels))
        bottom = max(max(mark.y, mark.text_y - 4) for mark in placed) + ROW / 2 + 3
        lanes.append(Lane(name, top, bottom))
        marks += placed
        top = bottom
    return Drawing(
        width=width,
        height=int(top) + 6,
        marks=tuple(marks),
        lanes=tuple(lanes),
        ticks=tuple(_ticks(first, last, place, most=width // 110)),
        today=place(on) if on else None,
        today_label=phrases.day_words(on) if on else "",
        before=sum(ends(dot.when)[1] < first for dot in dots),
        after=sum(ends(dot.when)[0] > last for dot in dots),
    )


def ends(when: When) -> tuple[date, date]:
    """The first and the last known day of a date; where one side is open, the other twice."""
    earliest, latest = when.earliest, when.latest
    known = earliest or latest
    if known is None:
        raise ValueError(f"{when.edtf}: a date has a bound")
    return earliest or known, latest or known


def _window(dots: Sequence[Dot], day: date) -> tuple[date, date]:
    """From the day back and ahead as far as most of what is known on that side reaches, and a little more."""
    first = min(ends(dot.when)[0] for dot in dots)
    last = max(ends(dot.when)[1] for dot in dots)
    back = _reach([(day - ends(dot.when)[0]).days for dot in dots if ends(dot.when)[0] < day], BEHIND)
    ahead = _reach([(ends(dot.when)[1] - day).days for dot in dots if ends(dot.when)[1] > day], AHEAD)
    slack = max(3, (back + ahead) // 12)
    return max(_moved(day, -back), _moved(min(first, day), -slack)), min(
        _moved(day, ahead + slack), _moved(max(last, day), slack)
    )


def _reach(distances: Sequence[int], share: float) -> int:
    """The narrowest reach within which at least a share of the distances lies."""
    needed = share * len(distances)
    return next((reach for reach in REACHES if sum(d <= reach for d in distances) >= needed), REACHES[-1])


def _moved(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def _placed(
    dots: Sequence[Dot], place: Callable[[date], float], y: float, width: int, *, labels: bool
) -> Iterator[Mark]:
    """Marks in as few rows as hold them without overlap, the earliest first."""
    rows: list[list[tuple[float, float]]] = []
    for dot in sorted(dots, key=lambda dot: (*ends(dot.when), dot.number)):
        start, end = ends(dot.when)
        left, right = place(start), place(end)
        wide = LETTER * len(str(dot.number) + (f"  {dot.label}" if labels else "")) + 8
        open_left, open_right = dot.when.earliest is None, dot.when.latest is None
        text, anchor, from_, to = _beside(left - TAIL * open_left, right + TAIL * open_right, wide, width)
        high = 1 if from_ >= 0 else 2  # where there is no room on either side, the label stands under its bar
        if high == 2:
            text, anchor, from_, to = left, "start", left - 9, max(right + 9, left + wide)
        row = next(n for n in range(len(rows) + 1) if _free(rows[n : n + high], from_, to))
        rows += [[] for _ in range(row + high - len(rows))]
        for taken in rows[row : row + high]:
            taken.append((from_, to))
        height = y + row * ROW
        yield Mark(dot, left, right, height, text, height + 4 + (high - 1) * (ROW - 6), anchor, open_left, open_right)


def _beside(left: float, right: float, wide: float, width: int) -> tuple[float, str, float, float]:
    """Where a label stands: right of its mark where there is room, otherwise left of it; and what both cover."""
    if right + 9 + wide <= width - 2:
        return right + 9, "start", left - 9, right + 9 + wide
    return left - 9, "end", left - 9 - wide, right + 9


def _free(rows: Sequence[Sequence[tuple[float, float]]], from_: float, to: float) -> bool:
    return all(to < start or end < from_ for row in rows for start, end in row)


def _ticks(first: date, last: date, place: Callable[[date], float], *, most: int) -> Iterator[Tick]:
    """The firsts of months, as many as there is room for; within a few weeks, days a week apart."""
    months = (last.year - first.year) * 12 + last.month - first.month
    if months < 2:
        step = 7 if (last - first).days / 7 <= most else 14
        for number in range(0, (last - first).days + 1, step):
            day = first + timedelta(days=number)
            yield Tick(place(day), f"{day.day} {phrases.MONTHS[day.month - 1][:3]}")
        return
    apart = next((step for step in MONTHS_APART if months / step <= most), MONTHS_APART[-1])
    for number in range(first.year * 12 + first.month, last.year * 12 + last.month):
        if number % apart == 0 and number // 12 < date.max.year:
            year, month = number // 12, number % 12 + 1
            label = str(year) if apart >= 12 else f"{phrases.MONTHS[month - 1][:3]} {year}"
            yield Tick(place(date(year, month, 1)), label)
