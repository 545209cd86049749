"""Robustness as a picture: for each state and concept, the share of variants in which it is an equilibrium."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from peacetable import pipeline

WIDTH: Final = 760
LEFT: Final = 150
RIGHT: Final = 700
ROW: Final = 22
TOP: Final = 34
#: States shown, the firmest first: a long tail of states that hardly ever hold says little.
MOST_STATES: Final = 8


@dataclass(frozen=True, slots=True)
class BarDrawn:
    """One row: a bar for the draws, a mark for the single changes."""

    state: int
    label: str
    concept: str
    y: float
    width: float
    mark: float | None
    share: str
    share_x: float
    now: bool
    first: bool


@dataclass(frozen=True, slots=True)
class PlotDrawn:
    """The picture; `left_out` states hold less often than those shown."""

    width: int
    height: int
    left: int
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[BarDrawn, ...]
    left_out: int


def draw(conflict: pipeline.Conflict, found: pipeline.Robustness) -> PlotDrawn:
    """A row a concept for each state, the states that hold most often first."""
    total: dict[int, float] = {}
    for one in found.shares:
        total[one.state] = total.get(one.state, 0) + (one.draws / one.draws_of if one.draws_of else float(one.now))
    ranked = sorted(total, key=lambda state: (-total[state], state))
    by_cell = {(one.state, one.concept): one for one in found.shares}
    bars: list[BarDrawn] = []
    y = float(TOP)
    for state in ranked[:MOST_STATES]:
        label = f"{conflict.number(state)} ({conflict.yn(state)})"
        for at, concept in enumerate(found.concepts):
            share = by_cell.get((state, concept))
            draws = share.draws / share.draws_of if share and share.draws_of else 0.0
            singles = share.variants / share.variants_of if share and share.variants_of else 0.0
            bars.append(
                BarDrawn(
                    state=state,
                    label=label,
                    concept=concept,
                    y=y,
                    width=round(draws * (RIGHT - LEFT), 1),
                    mark=round(LEFT + singles * (RIGHT - LEFT), 1) if share else None,
                    share=f"{draws:.0%}",
                    share_x=round(LEFT + max(draws, singles) * (RIGHT - LEFT) + 8, 1),
                    now=bool(share and share.now),
                    first=at == 0,
                )
            )
            y += ROW
        y += ROW / 2
    ticks = tuple((LEFT + part * (RIGHT - LEFT) / 4, f"{part * 25}%") for part in range(5))
    return PlotDrawn(WIDTH, int(y), LEFT, ticks, tuple(bars), max(0, len(ranked) - MOST_STATES))
