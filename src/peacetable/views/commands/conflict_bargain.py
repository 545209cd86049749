"""`peacetable conflict bargain`: bargaining over one issue, beside the forecasts that need no model."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, cast

import typer

from peacetable import pipeline
from peacetable.views import phrases, strategy_grids, strategy_objects
from peacetable.views.commands import modelling, options
from peacetable.views.commands.session import Session
from peacetable.views.whole_files import write_whole


def bargain(
    issue: Annotated[str, typer.Argument(metavar="ISSUE", help="The actors: YAML, JSON or a table as CSV.")],
    *,
    rounds: Annotated[int, typer.Option("--rounds", min=1, max=1000, help="At most this many rounds.")] = 10,
    probability: Annotated[
        str, typer.Option("--probability", metavar="all-pairs|pair|net", help="How chances are worked out.")
    ] = "all-pairs",
    choice: Annotated[
        str, typer.Option("--choice", metavar="blended|least-change", help="Which compromise is taken.")
    ] = "blended",
    keep: Annotated[
        Path | None, typer.Option("--keep", metavar="FILE", help="A record of forecasts to add this one to.")
    ] = None,
    outcome: Annotated[
        float | None, typer.Option("--outcome", help="How it ended: scores the forecasts that --keep holds on it.")
    ] = None,
    on: Annotated[
        date | None,
        typer.Option("--on", metavar="DAY", parser=options.day, help="The day of the forecast; else today."),
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """Spatial bargaining, round by round, with the weighted mean and median that every forecast has to beat.

    Where it does not settle there is no forecast, only a range, and a warning says so.

    Example: peacetable conflict bargain issue.yaml --rounds 10
    """
    session = Session()
    text = modelling.text_of(issue)
    title, found = pipeline.bargain(
        text,
        where=issue,
        rounds=rounds,
        probability=cast("pipeline.bargaining.Probability", _one_of(probability, ("all-pairs", "pair", "net"))),
        choice=cast("pipeline.bargaining.Choice", _one_of(choice, ("blended", "least-change"))),
    )
    kept = None
    if keep is not None:
        kept = _keep(keep, found, issue=title or Path(issue).stem, made=on or date.today(), outcome=outcome)  # noqa: DTZ011
    elif outcome is not None:
        raise typer.BadParameter("name the record of forecasts with --keep", param_hint="'--outcome'")
    if as_json:
        whole = strategy_objects.bargain_object(title, found)
        warning = {"warning": _unsettled(found) if found.forecast is None else None}
        session.json(whole | warning | ({"scores": strategy_objects.scores_object(kept)} if kept else {}))
    else:
        _show(title, found, session)
        for line in _scores(kept) if kept else ():
            session.answer(line)
    if found.forecast is None:
        session.tell(f"warning: {issue}: {_unsettled(found)}")


def _show(title: str, found: pipeline.bargaining.Bargain, session: Session) -> None:
    session.show(strategy_grids.bargain_grid(title, found))
    if found.forecast is None:
        session.answer(f"No forecast: the medians ran from {found.low:.3f} to {found.high:.3f}.")
    else:
        session.answer(
            f"Forecast: {found.forecast:.3f} (settled after {phrases.counted(found.settled or 0, 'round')})."
        )
    session.answer(f"Without a model: weighted mean {found.mean:.3f}, weighted median {found.median:.3f}.")
    session.answer(f"Method: Scholz, Calbert & Smith 2011; probability {found.probability}, choice {found.choice}.")


def _unsettled(found: pipeline.bargaining.Bargain) -> str:
    rounds = phrases.counted(found.rounds[-1].number, "round")
    again = f"; the same positions come back every {phrases.counted(found.cycle, 'round')}" if found.cycle else ""
    return f"it does not settle in {rounds}{again}: no round of it is a forecast"


def _keep(
    path: Path, found: pipeline.bargaining.Bargain, *, issue: str, made: date, outcome: float | None
) -> pipeline.forecasts.Kept:
    before = modelling.text_of(str(path)) if path.exists() else None
    kept = pipeline.keep_forecast(before, found, issue=issue, made=made, outcome=outcome, where=str(path))
    write_whole(path, kept.text)
    return kept


def _scores(kept: pipeline.forecasts.Kept) -> list[str]:
    lines = []
    for one in kept.scores:
        if one.forecast.outcome is None:
            lines.append(f"Kept: the forecast of {one.forecast.made}, to be scored when the outcome is known.")
            continue
        error = f"{one.error:.3f}" if one.error is not None else "none, for there was no forecast"
        lines.append(
            f"Forecast of {one.forecast.made}: outcome {one.forecast.outcome:g}; error {error}; "
            f"weighted mean {one.mean_error or 0:.3f}, weighted median {one.median_error or 0:.3f}."
        )
        if one.brier is not None:
            lines.append(f"Brier score of the probabilities entered: {one.brier:.3f}.")
    return lines


def _one_of(text: str, known: tuple[str, ...]) -> str:
    if text not in known:
        raise typer.BadParameter(f"{text!r} is none of {', '.join(known)}")
    return text
