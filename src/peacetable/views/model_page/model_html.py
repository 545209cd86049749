"""READ FIRST of the model's page: one self-contained HTML page about a solved model.

It has the look and the rules of the brief: nothing is fetched from anywhere, a Content Security Policy holds it to
that, and every element shows the passages that it rests on. The same model always gives the same page.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from peacetable import pipeline
from peacetable.views import phrases, strategy_grids, strategy_phrases
from peacetable.views.brief.page import policy
from peacetable.views.model_page import move_graph, share_plot

#: Up to so many states are all shown.
WHOLE: Final = 64
#: Of a larger model, so many rows.
MOST_ROWS: Final = 200


@dataclass(frozen=True, slots=True)
class VerdictCell:
    """One decision maker in one cell: its letter, whether the state is stable for it, and the note that says why."""

    maker: int
    letter: str
    stable: bool
    note: int | None


@dataclass(frozen=True, slots=True)
class StateRow:
    """A state of the table."""

    number: int
    state: int
    marks: str
    words: str
    status_quo: bool
    cells: tuple[tuple[str, tuple[VerdictCell, ...], bool], ...]

    @property
    def equilibrium(self) -> bool:
        """Is it one by any concept?"""
        return any(everybody for _, _, everybody in self.cells)


@dataclass(frozen=True, slots=True)
class WhyNote:
    """An explanation: what it says of whom, by which concepts."""

    number: int
    verdict: str
    lines: tuple[str, ...]


def render_model(study: pipeline.Study) -> str:
    """The page about a model.

    Args:
        study: the model, solved and looked at from all sides.
    """
    conflict = study.solution.conflict
    notes, at = _notes(study)
    rows = _rows(study, at)
    style, script = _asset("brief", "brief.css") + _asset("model_page", "model.css"), _asset("brief", "brief.js")
    letters = strategy_grids.initials([maker.name for maker in conflict.decision_makers])
    page = (
        _environment()
        .get_template("model.html.j2")
        .render(
            title=conflict.title or "A model",
            policy=policy(style=style, script=script),
            style=Markup(style),  # noqa: S704  # our own files, nothing of a model's text
            script=Markup(script),  # noqa: S704
            conflict=conflict,
            solution=study.solution,
            makers=list(zip(conflict.decision_makers, letters, strict=True)),
            letters=letters,
            concepts=[(concept, strategy_phrases.concept_words(concept)) for concept in study.solution.stable],
            rows=rows,
            shown=_shown(rows),
            graph=move_graph.draw(study),
            evolution=study.evolution,
            plot=share_plot.draw(conflict, study.robustness) if study.robustness else None,
            robustness=study.robustness,
            notes=notes,
            wants=_wants(conflict),
            remarks=[strategy_phrases.sentence(reason) for reason in pipeline.check_model(conflict)],
        )
    )
    return page.encode("utf-8", "replace").decode("utf-8")


def _notes(study: pipeline.Study) -> tuple[tuple[WhyNote, ...], dict[tuple[int, int, str], int]]:
    """The explanations, each once, and which one is for a cell (state, decision maker, concept)."""
    conflict = study.solution.conflict
    notes: list[WhyNote] = []
    at: dict[tuple[int, int, str], int] = {}
    for several, lines in strategy_phrases.told_together(conflict, study.reasons):
        number = len(notes) + 1
        verdict = strategy_phrases.verdict_words(conflict, several[0], [reason.concept for reason in several])
        notes.append(WhyNote(number, verdict, lines))
        at.update({(reason.state, reason.maker, reason.concept): number for reason in several})
    return tuple(notes), at


def _rows(study: pipeline.Study, at: dict[tuple[int, int, str], int]) -> tuple[StateRow, ...]:
    conflict, solution = study.solution.conflict, study.solution
    letters = strategy_grids.initials([maker.name for maker in conflict.decision_makers])
    rows = []
    for place, state in enumerate(int(one) for one in conflict.states):
        cells = []
        for concept in solution.stable:
            stable = [bool(one) for one in solution.stable[concept][:, place]]
            verdicts = tuple(
                VerdictCell(maker, letters[maker], holds, at.get((state, maker, concept)))
                for maker, holds in enumerate(stable)
            )
            cells.append((concept, verdicts, all(stable)))
        words = strategy_phrases.state_short(conflict, state)
        rows.append(StateRow(place + 1, state, conflict.yn(state), words, state == conflict.status_quo, tuple(cells)))
    return tuple(rows)


def _shown(rows: tuple[StateRow, ...]) -> tuple[StateRow, ...]:
    """All of a small model; of a larger one the status quo and the equilibria, those by most concepts first to stay."""
    if len(rows) <= WHOLE:
        return rows
    kept = [row for row in rows if row.equilibrium or row.status_quo]
    kept.sort(key=lambda row: (not row.status_quo, -sum(everybody for _, _, everybody in row.cells), row.number))
    return tuple(sorted(kept[:MOST_ROWS], key=lambda row: row.number))


def _wants(conflict: pipeline.Conflict) -> dict[int, tuple[pipeline.Stated, ...]]:
    """What each decision maker wants, as stated, by its place."""
    return {place: pipeline.stated(conflict, place) for place in range(len(conflict.decision_makers))}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("peacetable.views.model_page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "counted": phrases.counted,
        "label": strategy_phrases.state_label,
        "told": strategy_phrases.state_told,
        "changes": strategy_phrases.move_words,
        "share": strategy_grids.share_words,
    }
    return environment


@cache
def _asset(room: str, name: str) -> str:
    text = resources.files(f"peacetable.views.{room}").joinpath("templates", name).read_text("utf-8")
    return text.replace("\r\n", "\n")
