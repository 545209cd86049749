"""The graph of moves as a picture: states on a circle, a line for each move, as numbers for an inline SVG.

Each decision maker has a colour, a pattern of dashes and a letter, so that nothing hangs on colour alone. A line ends
in a filled arrow where its mover would rather be, in an open one where it could go and would not rather be.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from peacetable import pipeline

#: Lines beyond which only improvements are drawn.
MOST_LINES: Final = 160
NODE: Final = 17.0
#: How much wider than high the circle is.
WIDER: Final = 1.15
#: How far along a line its letter stands: off the middle, where lines cross.
LETTER_AT: Final = 0.36
#: How far lines between the same two states keep from each other.
APART: Final = 16.0


@dataclass(frozen=True, slots=True)
class NodeDrawn:
    """A state in the picture."""

    number: int
    state: int
    x: float
    y: float
    equilibrium: bool
    status_quo: bool


@dataclass(frozen=True, slots=True)
class LineDrawn:
    """The moves of one decision maker between two states: a curve, with an arrow at each end that can be gone to."""

    maker: int
    path: str
    start_arrow: str
    end_arrow: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class GraphDrawn:
    """The picture.

    Attributes:
        left_out: how many states are not drawn.
        improvements_only: moves that nobody would make were left out.
    """

    width: int
    height: int
    nodes: tuple[NodeDrawn, ...]
    lines: tuple[LineDrawn, ...]
    left_out: int
    improvements_only: bool


def draw(study: pipeline.Study) -> GraphDrawn:
    """The picture of a model: of a large one, the equilibria, the status quo and what improvements lead to from it."""
    conflict = study.solution.conflict
    equilibria = {state for concept in study.solution.stable for state in study.solution.equilibria(concept)}
    shown = study.pictured
    place = {state: at for at, state in enumerate(shown)}
    radius = 70.0 + min(len(shown), 24) * 10.5
    width, height = (int(2 * (radius * wide + NODE + 14)) for wide in (WIDER, 1.0))
    nodes = tuple(
        NodeDrawn(
            number=conflict.number(state),
            state=state,
            x=round(width / 2 + radius * WIDER * sin(2 * pi * at / len(shown)), 1),
            y=round(height / 2 - radius * cos(2 * pi * at / len(shown)), 1),
            equilibrium=state in equilibria,
            status_quo=state == conflict.status_quo,
        )
        for at, state in enumerate(shown)
    )
    pairs: dict[tuple[int, int, int], dict[bool, bool]] = {}
    for arc in study.arcs:
        if arc.before in place and arc.after in place:
            first, second = sorted((place[arc.before], place[arc.after]))
            forward = place[arc.after] == second
            pairs.setdefault((first, second, arc.maker), {})[forward] = arc.improvement
    improving = len(pairs) > MOST_LINES
    if improving:
        pairs = {key: ends for key, ends in pairs.items() if any(ends.values())}
    lanes: dict[tuple[int, int], list[int]] = {}
    for first, second, maker in pairs:
        lanes.setdefault((first, second), []).append(maker)
    lines = tuple(
        _line(nodes[first], nodes[second], maker, ends, lanes[first, second].index(maker), len(lanes[first, second]))
        for (first, second, maker), ends in sorted(pairs.items())
    )
    return GraphDrawn(width, height, nodes, lines, len(conflict.states) - len(shown), improving)


def _line(first: NodeDrawn, second: NodeDrawn, maker: int, ends: dict[bool, bool], lane: int, lanes: int) -> LineDrawn:
    dx, dy = second.x - first.x, second.y - first.y
    length = max((dx * dx + dy * dy) ** 0.5, 1.0)
    ux, uy = dx / length, dy / length
    bend = (lane - (lanes - 1) / 2) * 2 * APART
    # The curve begins and ends at the edge of its states, aimed at the point that it bends through.
    cx, cy = (first.x + second.x) / 2 - uy * bend, (first.y + second.y) / 2 + ux * bend
    ax, ay = _edge(first, cx, cy)
    bx, by = _edge(second, cx, cy)
    t = LETTER_AT
    letter_x, letter_y = (
        (1 - t) ** 2 * a + 2 * t * (1 - t) * c + t * t * b for a, c, b in ((ax, cx, bx), (ay, cy, by))
    )
    return LineDrawn(
        maker=maker,
        path=f"M{ax:.1f} {ay:.1f}Q{cx:.1f} {cy:.1f} {bx:.1f} {by:.1f}",
        start_arrow=_arrow(ends.get(False)),
        end_arrow=_arrow(ends.get(True)),
        label_x=round(letter_x, 1),
        label_y=round(letter_y, 1),
    )


def _edge(node: NodeDrawn, x: float, y: float) -> tuple[float, float]:
    dx, dy = x - node.x, y - node.y
    length = max((dx * dx + dy * dy) ** 0.5, 1.0)
    return node.x + dx / length * (NODE + 3), node.y + dy / length * (NODE + 3)


def _arrow(improvement: bool | None) -> str:  # noqa: FBT001  # three answers: rather there, not rather, cannot
    return "" if improvement is None else "filled" if improvement else "open"
