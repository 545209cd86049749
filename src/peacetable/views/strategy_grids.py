"""What models come to, as tables that a person can read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from peacetable import pipeline
from peacetable.views import phrases, strategy_phrases

if TYPE_CHECKING:
    from rich.table import Table

#: States beyond which a table shows equilibria only.
MOST_ROWS: Final = 64
#: States named in one cell.
MOST_PASSED: Final = 6
YES: Final = "●"
NO: Final = "·"


def solution_grid(solution: pipeline.Solution, *, every: bool) -> Table:
    """The states, and for each concept who finds it stable; E marks an equilibrium."""
    conflict, concepts = solution.conflict, tuple(solution.stable)
    found = {concept: set(solution.equilibria(concept)) for concept in concepts}
    states = [int(state) for state in conflict.states]
    if not every and len(states) > MOST_ROWS:
        states = [state for state in states if any(state in found[concept] for concept in concepts)]
    letters = initials([maker.name for maker in conflict.decision_makers])
    grid = _grid(
        _title(conflict), [("No.", "right"), ("State", "left"), *((one, "left") for one in concepts), ("Taken", "left")]
    )
    for state in states:
        place = conflict.number(state) - 1
        cells = []
        for concept in concepts:
            row = solution.stable[concept][:, place]
            who = " ".join(letter if stable else NO for letter, stable in zip(letters, row, strict=True))
            cells.append(f"{who} {'E' if state in found[concept] else ' '}")
        mark = " (status quo)" if state == conflict.status_quo else ""
        words = strategy_phrases.state_short(conflict, state) + mark
        _add(grid, str(place + 1), conflict.yn(state), *cells, words)
    return grid


def coalitions_grid(solution: pipeline.Solution) -> Table:
    """The coalitions, and for each concept the states that they find stable."""
    concepts = tuple(solution.stable)
    grid = _by_concept(f"{_title(solution.conflict)}: where coalitions are stable", "Coalition", concepts)
    for row in range(len(solution.rows)):
        found = (solution.stable_for(row, concept) for concept in concepts)
        _add(grid, solution.named(row), *(_numbers(solution.conflict, states) for states in found))
    _add(grid, "all of these", *(_numbers(solution.conflict, solution.equilibria(concept)) for concept in concepts))
    return grid


def hypergame_grid(found: pipeline.Hypergame) -> Table:
    """What each believes that the equilibria are, what they are, and what comes of the beliefs."""
    conflict, concepts = found.real.conflict, tuple(found.real.stable)
    grid = _by_concept(f"{_title(conflict)}: equilibria", "As it is seen by", concepts)
    for place, maker in enumerate(conflict.decision_makers):
        seen = (found.expected_by(place, concept) for concept in concepts)
        _add(grid, maker.name, *(_numbers(conflict, states) for states in seen))
    _add(grid, "nobody: as it is", *(_numbers(conflict, found.real.equilibria(concept)) for concept in concepts))
    _add(grid, "each its own way", *(_numbers(conflict, found.equilibria(concept)) for concept in concepts))
    return grid


def legend(conflict: pipeline.Conflict) -> str:
    """Who the letters stand for."""
    names = [maker.name for maker in conflict.decision_makers]
    told = ", ".join(f"{letter} {name}" for letter, name in zip(initials(names), names, strict=True))
    return f"Stable for: {told}. E: stable for all, an equilibrium."


def initials(names: Sequence[str]) -> tuple[str, ...]:
    """A short mark for each name, no two alike."""
    found: list[str] = []
    for name in names:
        letters = [letter.upper() for letter in name.removeprefix("The ").removeprefix("the ") if letter.isalnum()]
        pairs = [letters[0] + letter.lower() for letter in letters[1:]] if letters else []
        numbered = (str(number) for number in range(1, len(names) + 1))
        found.append(next(one for one in (*letters[:1], *pairs, *numbered) if one not in found))
    return tuple(found)


def inverse_grid(conflict: pipeline.Conflict, found: pipeline.Inverse) -> Table:
    """What would make a state stable."""
    title = f"State {strategy_phrases.state_told(conflict, found.state)}"
    heads = [("For", "left"), ("Concept", "left"), ("Now", "left"), ("Rankings", "right"), ("Least change", "left")]
    grid = _grid(title, heads)
    for one in found.answers:
        now = {True: "stable", False: "not stable", None: "not known"}[one.holds]
        share = f"{one.strict:,} of {one.strict_of:,}" if one.strict is not None else "not counted"
        name = conflict.decision_makers[one.decision_maker].name
        _add(grid, name, one.concept, now, share, _change(conflict, one.change))
    return grid


def together_lines(found: pipeline.Inverse) -> Iterable[str]:
    """What it takes for all, by concept."""
    for one in found.together:
        if one.pairs is None:
            yield f"{one.concept}: somebody has no ranking, so that nothing can be said for all."
        elif not one.pairs:
            yield f"{one.concept}: an equilibrium as things are."
        else:
            least = ", and no fewer will do" if one.exact else " (fewer may do)"
            works = "" if one.works else "; made together these changes do not make it one"
            changed = f"once {phrases.counted(one.pairs, 'pair')} of states change their order"
            yield f"{one.concept}: an equilibrium {changed}{least}{works}."


def robustness_grid(conflict: pipeline.Conflict, found: pipeline.Robustness) -> Table:
    """In how many variants each state is an equilibrium."""
    heads = [("State", "left"), ("Concept", "left"), ("Now", "left"), ("Single changes", "right"), ("Draws", "right"),
             ("Taken", "left")]  # fmt: skip
    grid = _grid(f"{_title(conflict)}: share of variants in which a state is an equilibrium", heads)
    for one in found.shares:
        _add(
            grid,
            strategy_phrases.state_label(conflict, one.state),
            one.concept,
            YES if one.now else NO,
            share_words(one.variants, one.variants_of),
            share_words(one.draws, one.draws_of),
            strategy_phrases.state_short(conflict, one.state),
        )
    return grid


def tipping_grid(conflict: pipeline.Conflict, found: pipeline.Robustness) -> Table:
    """The single changes that change the equilibria of some concept."""
    grid = _grid("What tips it", [("If", "left"), ("Concept", "left"), ("Gained", "left"), ("Lost", "left")])
    base = found.outcomes[0].equilibria
    for one in found.outcomes[1:]:
        for concept, then, now in zip(found.concepts, base, one.equilibria, strict=True):
            gained, lost = sorted(set(now) - set(then)), sorted(set(then) - set(now))
            if gained or lost:
                words = [", ".join(strategy_phrases.state_label(conflict, s) for s in row) for row in (gained, lost)]
                _add(
                    grid, strategy_phrases.variant_words(conflict, one.variant), concept, *(one or NO for one in words)
                )
    return grid


def evolution_grid(conflict: pipeline.Conflict, found: pipeline.Evolution, *, equilibria: frozenset[int]) -> Table:
    """The states that can come about, and how."""
    title = f"From {strategy_phrases.state_told(conflict, found.start)}"
    grid = _grid(title, [("State", "left"), ("Moves", "right"), ("By improvements", "left"), ("Shortest way", "left")])
    better = {one.state: one for one in found.by_improvements}
    for one in found.by_moves:
        mark = " E" if one.state in equilibria else ""
        alone = better.get(one.state)
        _add(
            grid,
            strategy_phrases.state_label(conflict, one.state) + mark,
            str(len(one.path)),
            f"in {phrases.counted(len(alone.path), 'move')}" if alone else NO,
            strategy_phrases.path_words(conflict, (alone or one).path),
        )
    return grid


def comparison_grid(found: pipeline.Comparison) -> Table:
    """What became stable or ceased to be."""
    grid = _grid("What changed", [("Concept", "left"), ("For", "left"), ("State", "left"), ("Now", "left")])
    for one in found.shifts:
        _add(
            grid,
            one.concept,
            one.decision_maker or "all (equilibrium)",
            taken_words(one.state),
            "stable" if one.gained else "no longer stable",
        )
    return grid


def bargain_grid(title: str, found: pipeline.bargaining.Bargain) -> Table:
    """Round by round."""
    grid = _grid(
        title or "Bargaining", [("Round", "right"), ("Median", "right"), ("Mean", "right"), ("Who moves", "left")]
    )
    names = [actor.name for actor in found.actors]
    for one in found.rounds:
        moves = "; ".join(
            f"{names[offer.actor]} to {offer.position:.3f} ({offer.kind} with {names[offer.other]})"
            for offer in one.offers
        )
        _add(grid, str(one.number), f"{one.median:.3f}", f"{one.mean:.3f}", moves or NO)
    return grid


def taken_words(state: Iterable[str]) -> str:
    """A state by the ids of what is taken in it."""
    return ", ".join(sorted(state)) or "nothing"


def share_words(part: int, whole: int) -> str:
    """A share as a percentage, with its counts."""
    return f"{part / whole:.0%} ({part:,}/{whole:,})" if whole else NO


def _by_concept(title: str, first: str, concepts: Sequence[str]) -> Table:
    return _grid(title, [(first, "left"), *((one, "left") for one in concepts)])


def _numbers(conflict: pipeline.Conflict, states: Sequence[int]) -> str:
    """States by their numbers."""
    told = " ".join(str(conflict.number(state)) for state in states[:MOST_ROWS])
    return (f"{told} and {len(states) - MOST_ROWS} more" if len(states) > MOST_ROWS else told) or NO


def _change(conflict: pipeline.Conflict, change: pipeline.Change | None) -> str:
    if change is None:
        return NO
    if not change.pairs:
        return "none needed"
    passed = ", ".join(strategy_phrases.state_label(conflict, state) for state in change.passed[:MOST_PASSED])
    if len(change.passed) > MOST_PASSED:
        passed += f" and {len(change.passed) - MOST_PASSED} more"
    bound = "" if change.exact else f" (a bound: at least {change.at_least})"
    return f"{phrases.counted(change.pairs, 'pair')}{bound}: prefer it to {passed}"


def _title(conflict: pipeline.Conflict) -> str:
    return conflict.title or "The model"


def _grid(title: str, columns: Sequence[tuple[str, str]]) -> Table:
    from rich import box
    from rich.table import Table

    grid = Table(title=phrases.printable(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for header, justify in columns:
        grid.add_column(header, justify="right" if justify == "right" else "left", overflow="fold", vertical="top")
    return grid


def _add(grid: Table, *cells: str) -> None:
    grid.add_row(*(phrases.printable(cell) for cell in cells))
