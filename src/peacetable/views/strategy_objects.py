"""What models come to, as JSON values: the names are those of docs/reference/commands.md."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from peacetable import pipeline
from peacetable.ledger import Reason
from peacetable.views import strategy_phrases


def state_object(conflict: pipeline.Conflict, state: int) -> dict[str, Any]:
    """A state."""
    return {"number": conflict.number(state), "decimal": state, "yn": conflict.yn(state)}


def solution_object(solution: pipeline.Solution) -> dict[str, Any]:
    """A solution."""
    conflict = solution.conflict
    rows = range(len(solution.rows or conflict.decision_makers))
    stable = {
        solution.named(row): {concept: list(solution.stable_for(row, concept)) for concept in solution.stable}
        for row in rows
    }
    return {
        "states": [state_object(conflict, int(state)) for state in conflict.states],
        "equilibria": {concept: list(solution.equilibria(concept)) for concept in solution.stable},
        "stable": stable,
        "method": solution.engine,
        "parameters": dict(solution.parameters),
    }


def hypergame_object(found: pipeline.Hypergame) -> dict[str, Any]:
    """A hypergame: what each sees, and what comes of it."""
    conflict, concepts = found.real.conflict, tuple(found.real.stable)
    names = [maker.name for maker in conflict.decision_makers]
    return {
        "states": [state_object(conflict, int(state)) for state in conflict.states],
        "equilibria": {concept: list(found.equilibria(concept)) for concept in concepts},
        "stable": {
            name: {concept: list(found.perceived[place].stable_for(place, concept)) for concept in concepts}
            for place, name in enumerate(names)
        },
        "believed": {
            name: {concept: list(found.expected_by(place, concept)) for concept in concepts}
            for place, name in enumerate(names)
        },
        "real": {concept: list(found.real.equilibria(concept)) for concept in concepts},
        "surprises": {concept: list(found.surprises(concept)) for concept in concepts},
        "method": "hypergame",
        "parameters": dict(found.real.parameters),
    }


def reason_object(reason: Reason) -> dict[str, Any]:
    """A warning: its code, its arguments and a sentence."""
    return {"code": reason.code, **dict(reason.args), "message": strategy_phrases.sentence(reason)}


def why_object(conflict: pipeline.Conflict, reason: pipeline.why.Reason) -> dict[str, Any]:
    """Why a state is stable for somebody, or is not."""
    names = [maker.name for maker in conflict.decision_makers]

    def step(one: pipeline.why.Step | None) -> dict[str, Any] | None:
        if one is None:
            return None
        return {
            "decision_maker": names[one.maker], "before": one.before, "after": one.after, "improvement": one.improves,
        }  # fmt: skip

    return {
        "state": reason.state,
        "decision_maker": names[reason.maker],
        "concept": reason.concept,
        "stable": reason.stable,
        "improvements": [
            {
                "after": one.after,
                "answer": [step(move) for move in one.answer],
                "ends": one.ends,
                "counter": step(one.counter),
                "sanctioned": one.sanctioned,
            }
            for one in reason.improvements
        ],
        "rests_on": [names[place] for place in reason.decides],
    }


def inverse_object(conflict: pipeline.Conflict, found: pipeline.Inverse) -> dict[str, Any]:
    """An inverse analysis."""
    names = [maker.name for maker in conflict.decision_makers]
    return {
        "state": state_object(conflict, found.state),
        "answers": [
            {
                "decision_maker": names[one.decision_maker],
                "concept": one.concept,
                "stable": one.holds,
                "rankings": one.strict,
                "rankings_of": one.strict_of,
                "rankings_with_ties": one.weak,
                "rankings_with_ties_of": one.weak_of,
                "conditions": [
                    {"tempting": each.tempting, "at_least_as_good_as": [list(way) for way in each.ways]}
                    for each in one.conditions
                ],
                "least_change": None
                if one.change is None
                else {
                    "pairs": one.change.pairs,
                    "exact": one.change.exact,
                    "at_least": one.change.at_least,
                    "passed": list(one.change.passed),
                    "ranking": [list(level) for level in one.change.ranking.levels],
                },
            }
            for one in found.answers
        ],
        "together": [asdict(one) for one in found.together],
    }


def robustness_object(conflict: pipeline.Conflict, found: pipeline.Robustness) -> dict[str, Any]:
    """A robustness analysis."""
    names = [maker.name for maker in conflict.decision_makers]
    return {
        "concepts": list(found.concepts),
        "draws": found.draws,
        "seed": found.seed,
        "noise": found.noise,
        "shares": [
            {**asdict(one), "number": conflict.number(one.state), "yn": conflict.yn(one.state)} for one in found.shares
        ],
        "variants": [
            {
                "kind": one.variant.kind,
                "decision_maker": None if one.variant.decision_maker is None else names[one.variant.decision_maker],
                "place": one.variant.place,
                "states": [list(level) for level in one.variant.states],
                "equilibria": {
                    concept: list(states) for concept, states in zip(found.concepts, one.equilibria, strict=True)
                },
            }
            for one in found.outcomes
        ],
    }


def evolution_object(conflict: pipeline.Conflict, found: pipeline.Evolution) -> dict[str, Any]:
    """Where things can go."""
    names = [maker.name for maker in conflict.decision_makers]

    def path(steps: tuple[pipeline.PathStep, ...]) -> list[dict[str, Any]]:
        return [
            {
                "decision_maker": names[step.maker],
                "before": step.before,
                "after": step.after,
                "improvement": step.improvement,
            }
            for step in steps
        ]

    def reached(several: tuple[Any, ...]) -> list[dict[str, Any]]:
        return [
            {
                "state": state_object(conflict, one.state),
                "path": path(one.path),
                "last_movers": [names[place] for place in one.last_movers],
            }
            for one in several
        ]

    return {
        "start": state_object(conflict, found.start),
        "by_moves": reached(found.by_moves),
        "by_improvements": reached(found.by_improvements),
        "coalition_jumps": None
        if found.leaps is None
        else [
            {
                "coalition": [names[place] for place in one.coalition],
                "before": one.before,
                "after": one.after,
                "path": path(one.path),
            }
            for one in found.leaps
        ],
    }


def comparison_object(found: pipeline.Comparison) -> dict[str, Any]:
    """Two models side by side; a state is the list of the options taken in it."""
    return {
        "options_gained": list(found.options_gained),
        "options_lost": list(found.options_lost),
        "decision_makers_gained": list(found.makers_gained),
        "decision_makers_lost": list(found.makers_lost),
        "directions_changed": list(found.directions),
        "preferences_changed": list(found.preferences),
        "states_gained": [sorted(state) for state in found.states_gained],
        "states_lost": [sorted(state) for state in found.states_lost],
        "equilibria_gained": [{"concept": name, "state": sorted(state)} for name, state in found.equilibria_gained],
        "equilibria_lost": [{"concept": name, "state": sorted(state)} for name, state in found.equilibria_lost],
        "shifts": [
            {
                "state": sorted(one.state),
                "concept": one.concept,
                "decision_maker": one.decision_maker,
                "gained": one.gained,
            }
            for one in found.shifts
        ],
    }


def bargain_object(title: str, found: pipeline.bargaining.Bargain) -> dict[str, Any]:
    """A bargain, round by round."""
    names = [actor.name for actor in found.actors]
    return {
        "title": title,
        "probability": found.probability,
        "choice": found.choice,
        "forecast": found.forecast,
        "settled": found.settled,
        "cycle": found.cycle,
        "range": [found.low, found.high],
        "weighted_mean": found.mean,
        "weighted_median": found.median,
        "rounds": [
            {
                "round": one.number,
                "median": one.median,
                "mean": one.mean,
                "positions": dict(zip(names, one.positions, strict=True)),
                "offers": [
                    {
                        "actor": names[offer.actor],
                        "other": names[offer.other],
                        "kind": offer.kind,
                        "position": offer.position,
                    }
                    for offer in one.offers
                ],
            }
            for one in found.rounds
        ],
    }


def scores_object(kept: pipeline.forecasts.Kept) -> dict[str, Any]:
    """How the forecasts of a record did."""
    return {
        "issue": [
            {
                "made": one.forecast.made.isoformat(),
                "method": one.forecast.method,
                "value": one.forecast.value,
                "outcome": one.forecast.outcome,
                "error": one.error,
                "weighted_mean_error": one.mean_error,
                "weighted_median_error": one.median_error,
                "within_range": one.within,
                "brier": one.brier,
            }
            for one in kept.scores
        ],
        "all": asdict(kept.tally),
    }
