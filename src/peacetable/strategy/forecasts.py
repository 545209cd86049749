"""A record of forecasts, kept so that they can be scored once the outcome is known.

Of a forecast on a line the absolute error counts, beside the errors that the weighted mean and median of the starting
positions would have made. The Brier score is only for probabilities that an analyst entered: a model that gives none is
not made to look as if it had. Nothing is ever changed: a later forecast on the same issue is another entry.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from peacetable.errors import PeacetableError
from peacetable.strategy.bargaining import Bargain

VERSION: Final = 1
FIELDS: Final = ("issue", "made", "method", "value", "low", "high", "mean", "median", "likelihoods", "outcome")


class ForecastError(PeacetableError):
    """A record of forecasts does not say what it should."""


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A probability that an analyst entered, and whether the event came about; None while nobody knows."""

    event: str
    probability: float
    by: str
    happened: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What was expected on an issue, on a day.

    Attributes:
        method: how the value came about: the model with its parameters, or a name.
        value: None where the model did not settle; then there is only a range.
        mean, median: the forecasts without a model.
        outcome: how it ended; None while it has not.
    """

    issue: str
    made: date
    method: str
    value: float | None
    low: float
    high: float
    mean: float
    median: float
    likelihoods: tuple[Likelihood, ...] = ()
    outcome: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a forecast did: absolute errors, and the mean Brier score of the probabilities whose event is decided.

    Attributes:
        error: None where there was no value.
        within: the outcome lay in the range that the rounds went through.
    """

    forecast: Forecast
    error: float | None
    mean_error: float | None
    median_error: float | None
    within: bool | None
    brier: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """All scores together: means over the forecasts that have a value and an outcome, and over the probabilities.

    Attributes:
        scored: how many have both a value and an outcome; the three errors are over just these.
        without_value: how many have an outcome and had no value.
    """

    scored: int
    without_value: int
    open: int
    error: float | None
    mean_error: float | None
    median_error: float | None
    brier: float | None
    probabilities: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A record as it is to be written: its text, the scores of one issue, and all scores together."""

    text: str
    scores: tuple[Score, ...]
    tally: Tally


def keep(
    kept: str | None, found: Bargain, *, issue: str, made: date, outcome: float | None = None, where: str = "forecasts"
) -> Kept:
    """Add a forecast to a record, or enter an outcome for those that are in it.

    With an outcome nothing is added: what is said when the end is known is no forecast.

    Args:
        kept: the text of the record; None where there is none yet.
        found: the bargain.
        issue: what it is about.
        made: the day.
        outcome: how it ended, if that is known now.
        where: the record's name, for messages.

    Raises:
        ForecastError: the record is wrong, or has no forecast on an issue of which the outcome is told.
    """
    forecasts = load(kept, where=where) if kept is not None else ()
    if outcome is not None:
        forecasts = known(forecasts, issue=issue, outcome=outcome)
    else:
        new = of_bargain(found, issue=issue, made=made)
        same = any((one.issue, one.made, one.method) == (new.issue, new.made, new.method) for one in forecasts)
        forecasts = forecasts if same else (*forecasts, new)
    return Kept(dump(forecasts), tuple(score(one) for one in forecasts if one.issue == issue), tally(forecasts))


def of_bargain(bargain: Bargain, *, issue: str, made: date) -> Forecast:
    """A bargain as a forecast to be kept."""
    method = f"Scholz-Calbert-Smith, probability {bargain.probability}, choice {bargain.choice}"
    return Forecast(
        issue=issue,
        made=made,
        method=method,
        value=bargain.forecast,
        low=bargain.low,
        high=bargain.high,
        mean=bargain.mean,
        median=bargain.median,
    )


def known(forecasts: Sequence[Forecast], *, issue: str, outcome: float) -> tuple[Forecast, ...]:
    """The forecasts, with the outcome entered for those on one issue that had none.

    Raises:
        ForecastError: there is none on that issue, or another outcome is entered already.
    """
    concerned = [one for one in forecasts if one.issue == issue]
    if not concerned:
        named = ", ".join(repr(name) for name in dict.fromkeys(one.issue for one in forecasts)) or "none"
        raise ForecastError(f"there is no forecast on the issue {issue!r}; kept are {named}")
    for one in concerned:
        if one.outcome not in (None, outcome):
            raise ForecastError(
                f"the outcome of {issue!r} is kept as {one.outcome:g}; it is not changed to {outcome:g}"
            )
    return tuple(replace(one, outcome=outcome) if one.issue == issue else one for one in forecasts)


def score(forecast: Forecast) -> Score:
    """How a forecast did; what is not decided stays None."""
    outcome, value = forecast.outcome, forecast.value
    decided = [one for one in forecast.likelihoods if one.happened is not None]
    return Score(
        forecast=forecast,
        error=abs(value - outcome) if value is not None and outcome is not None else None,
        mean_error=abs(forecast.mean - outcome) if outcome is not None else None,
        median_error=abs(forecast.median - outcome) if outcome is not None else None,
        within=forecast.low <= outcome <= forecast.high if outcome is not None else None,
        brier=_mean([(one.probability - float(bool(one.happened))) ** 2 for one in decided]),
    )


def tally(forecasts: Sequence[Forecast]) -> Tally:
    """How all did together. The model and the baselines are compared on the same forecasts only."""
    scores = [score(one) for one in forecasts]
    both = [one for one in scores if one.error is not None]
    decided = [one for forecast in forecasts for one in forecast.likelihoods if one.happened is not None]
    return Tally(
        scored=len(both),
        without_value=sum(one.forecast.outcome is not None and one.error is None for one in scores),
        open=sum(one.forecast.outcome is None for one in scores),
        error=_mean([one.error for one in both if one.error is not None]),
        mean_error=_mean([one.mean_error for one in both if one.mean_error is not None]),
        median_error=_mean([one.median_error for one in both if one.median_error is not None]),
        brier=_mean([(one.probability - float(bool(one.happened))) ** 2 for one in decided]),
        probabilities=len(decided),
    )


def dump(forecasts: Sequence[Forecast]) -> str:
    """The record as JSON text, in which an analyst may enter likelihoods by hand."""
    entries = [
        {
            "issue": one.issue,
            "made": one.made.isoformat(),
            "method": one.method,
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "mean": one.mean,
            "median": one.median,
            "likelihoods": [
                {"event": each.event, "probability": each.probability, "by": each.by, "happened": each.happened}
                for each in one.likelihoods
            ],
            "outcome": one.outcome,
        }
        for one in forecasts
    ]
    return json.dumps({"peacetable-forecasts": VERSION, "forecasts": entries}, ensure_ascii=False, indent=1) + "\n"


def load(text: str, *, where: str = "forecasts") -> tuple[Forecast, ...]:
    """The record out of its text.

    Raises:
        ForecastError: naming the entry and what was expected.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ForecastError(f"{where}: this is no JSON ({error}); a record begins with peacetable-forecasts") from error
    if not isinstance(data, dict) or data.get("peacetable-forecasts") != VERSION:
        raise ForecastError(f'{where}: expected an object with "peacetable-forecasts": {VERSION}')
    entries = data.get("forecasts")
    if not isinstance(entries, list):
        raise ForecastError(f'{where}: expected a list under "forecasts"')
    return tuple(_forecast(entry, f"{where}, forecast {number}") for number, entry in enumerate(entries, start=1))


def _forecast(entry: Any, where: str) -> Forecast:
    if not isinstance(entry, dict) or set(entry) - set(FIELDS):
        raise ForecastError(f"{where}: expected an object with no other names than {', '.join(FIELDS)}")
    try:
        made = date.fromisoformat(_text(entry, "made", where))
    except ValueError as error:
        raise ForecastError(f"{where}, made: {entry.get('made')!r} is no day; write it as 2021-05-01") from error
    low, high, mean, median = (_number(entry, name, where) for name in ("low", "high", "mean", "median"))
    if low is None or high is None or mean is None or median is None:
        raise ForecastError(f"{where}: low, high, mean and median must be numbers")
    return Forecast(
        issue=_text(entry, "issue", where),
        made=made,
        method=_text(entry, "method", where),
        value=_number(entry, "value", where),
        low=low,
        high=high,
        mean=mean,
        median=median,
        likelihoods=tuple(_likelihood(one, where) for one in entry.get("likelihoods") or ()),
        outcome=_number(entry, "outcome", where),
    )


def _likelihood(entry: Any, where: str) -> Likelihood:
    if not isinstance(entry, dict) or set(entry) - {"event", "probability", "by", "happened"}:
        raise ForecastError(f"{where}: a likelihood has event, probability, by and happened")
    probability = _number(entry, "probability", where)
    if probability is None or not 0 <= probability <= 1:
        raise ForecastError(f"{where}: a probability is a number from 0 to 1, found {entry.get('probability')!r}")
    if entry.get("happened") not in (None, True, False):
        raise ForecastError(f"{where}: happened is true, false or null, found {entry['happened']!r}")
    return Likelihood(_text(entry, "event", where), probability, _text(entry, "by", where), entry.get("happened"))


def _text(entry: Mapping[str, Any], name: str, where: str) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise ForecastError(f"{where}, {name}: expected words, found {value!r}")
    return value


def _number(entry: Mapping[str, Any], name: str, where: str) -> float | None:
    value = entry.get(name)
    if value is None:
        return None
    # Neither true nor NaN is a number here.
    if isinstance(value, bool) or not isinstance(value, int | float) or value - value != 0:
        raise ForecastError(f"{where}, {name}: expected a number, found {value!r}")
    return float(value)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
