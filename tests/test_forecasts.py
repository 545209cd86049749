"""A record of forecasts: kept as made, scored when the outcome is known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from peacetable.strategy.bargaining import Bargainer, bargain
from peacetable.strategy.forecasts import (
    Forecast,
    ForecastError,
    Likelihood,
    dump,
    known,
    load,
    of_bargain,
    score,
    tally,
)

DAY = date(2021, 5, 1)


def forecast(value: float | None = 8.0, **more: object) -> Forecast:
    made = Forecast(issue="ceasefire", made=DAY, method="test", value=value, low=5, high=9, mean=6.0, median=7.0)
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_forecast_is_scored_beside_the_mean_and_the_median() -> None:
    found = score(forecast(outcome=7.5))
    assert (found.error, found.mean_error, found.median_error, found.within) == (0.5, 1.5, 0.5, True)


def test_what_has_no_outcome_has_no_score() -> None:
    found = score(forecast())
    assert (found.error, found.mean_error, found.median_error, found.within, found.brier) == (None,) * 5


def test_a_model_that_did_not_settle_has_no_error_but_a_range() -> None:
    found = score(forecast(None, outcome=9.5))
    assert (found.error, found.mean_error, found.within) == (None, 3.5, False)


def test_the_brier_score_counts_only_what_an_analyst_entered_and_is_decided() -> None:
    entered = (
        Likelihood("signed by June", 0.8, "an analyst", happened=True),
        Likelihood("still held in July", 0.5, "an analyst", happened=False),
        Likelihood("extended", 0.9, "an analyst"),
    )
    assert score(forecast(likelihoods=entered)).brier == pytest.approx((0.04 + 0.25) / 2)
    assert score(forecast(outcome=7.0)).brier is None


def test_the_tally_compares_the_model_and_the_baselines_on_the_same_forecasts() -> None:
    kept = [forecast(outcome=7.0), forecast(None, outcome=100.0), forecast()]
    found = tally(kept)
    assert (found.scored, found.without_value, found.open) == (1, 1, 1)
    assert (found.error, found.mean_error, found.median_error, found.brier) == (1.0, 1.0, 0.0, None)


def test_an_outcome_is_entered_once_and_for_its_issue_only() -> None:
    kept = (forecast(), replace(forecast(), issue="border"))
    done = known(kept, issue="ceasefire", outcome=7.5)
    assert [one.outcome for one in done] == [7.5, None]
    assert known(done, issue="ceasefire", outcome=7.5) == done
    with pytest.raises(ForecastError, match=r"kept as 7\.5; it is not changed to 8"):
        known(done, issue="ceasefire", outcome=8)
    with pytest.raises(ForecastError, match="no forecast on the issue 'tariffs'; kept are 'ceasefire', 'border'"):
        known(kept, issue="tariffs", outcome=1)


def test_a_record_reads_back_as_it_was_written() -> None:
    kept = (forecast(likelihoods=(Likelihood("it holds", 0.6, "me"),)), forecast(None, outcome=3.0))
    assert load(dump(kept)) == kept


def test_a_bargain_becomes_a_forecast_with_its_method() -> None:
    actors = [
        Bargainer(name="Arland", position=1, capability=1, salience=1),
        Bargainer(name="Berrin", position=3, capability=1, salience=0.5),
    ]
    found = bargain(actors)
    kept = of_bargain(found, issue="border", made=DAY)
    assert (kept.value, kept.mean, kept.outcome) == (found.forecast, found.mean, None)
    assert "probability all-pairs" in kept.method


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"made": "May"}, "'May' is no day"),
        ({"value": "much"}, "value: expected a number"),
        ({"value": True}, "value: expected a number"),
        ({"issue": " "}, "issue: expected words"),
        ({"mean": None}, "low, high, mean and median must be numbers"),
        ({"likelihoods": [{"event": "x", "probability": 1.5, "by": "me"}]}, "from 0 to 1"),
        ({"likelihoods": [{"event": "x", "probability": 0.5, "by": "me", "happened": "yes"}]}, "true, false or null"),
        ({"colour": "red"}, "no other names"),
    ],
)
def test_a_record_that_is_wrong_is_told_with_the_entry(change: dict[str, object], said: str) -> None:
    data = json.loads(dump([forecast()]))
    data["forecasts"][0].update(change)
    with pytest.raises(ForecastError, match=said) as raised:
        load(json.dumps(data), where="kept.json")
    assert str(raised.value).startswith("kept.json, forecast 1")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"peacetable-forecasts": 2, "forecasts": []}', "{" * 100])
def test_something_else_than_a_record_is_refused(text: str) -> None:
    with pytest.raises(ForecastError):
        load(text)
