from __future__ import annotations

from dataclasses import replace

import pytest

from peacetable.strategy import conflict_file
from peacetable.strategy.conflict import ConflictError
from peacetable.strategy.formulas import Taken
from peacetable.strategy.moves import moves
from peacetable.strategy.stability import solve
from peacetable.strategy.why import Explainer, Improvement, Step, explain
from random_conflicts import random_conflict

EXPLAINED = ("Nash", "GMR", "SMR", "SEQ", "SSEQ", "L1", "L2", "L3")
CHICKEN = conflict_file.load(
    "{peacetable-conflict: 1, decision-makers: ["
    "{id: row, options: [{id: x}], ranking: [YN, NN, NY, YY]}, "
    "{id: col, options: [{id: y}], ranking: [NY, NN, YN, YY]}]}"
)


def test_an_improvement_is_deterred_by_the_shortest_answer() -> None:
    reason = Explainer(CHICKEN).cell("GMR", 0, 0)
    assert reason.stable
    assert reason.improvements == (Improvement(1, (Step(1, 1, 3, improves=False),), 3, None, sanctioned=True),)
    assert reason.decides == (0,)


def test_an_answer_that_hurts_whoever_gives_it_is_no_credible_one() -> None:
    reason = Explainer(CHICKEN).cell("SEQ", 0, 0)
    assert not reason.stable
    assert reason.improvements == (Improvement(1, (), 1, None, sanctioned=False),)
    assert reason.decides == (0, 1)


def test_a_state_without_improvements_needs_no_answers() -> None:
    reason = Explainer(CHICKEN).cell("SMR", 0, 1)
    assert reason.stable
    assert reason.improvements == ()


def test_an_escape_from_every_answer_is_shown_as_the_counter_move() -> None:
    # Taking x tempts; the other's y hurts; but then taking z is better than where it began.
    text = (
        "{peacetable-conflict: 1, decision-makers: ["
        "{id: a, options: [{id: x, direction: fwd}, {id: z}], ranking: [YNN, YYY, [NNN, NNY, NYY], YNY]}, "
        "{id: b, options: [{id: y, direction: fwd}], weights: {y: 1}}], infeasible: [z and not y]}"
    )
    reason = Explainer(conflict_file.load(text)).cell("SMR", 0, 0)
    assert not reason.stable
    assert reason.improvements[0].counter == Step(0, 5, 7, improves=True)
    assert not reason.improvements[0].sanctioned
    assert Explainer(conflict_file.load(text)).cell("GMR", 0, 0).stable


@pytest.mark.parametrize("unknown", [False, True])
def test_every_reason_agrees_with_the_verdict_and_every_step_is_a_move(unknown: bool) -> None:
    for seed in range(25):
        conflict = random_conflict(seed, unknown=unknown, strict=not unknown)
        concepts = EXPLAINED[:5] if unknown else EXPLAINED
        if conflict.plain:
            concepts = (*concepts, "SIM")
        solution = solve(conflict, concepts=concepts)
        explainer = Explainer(conflict)
        arcs = moves(conflict)
        for concept in concepts:
            for maker in range(len(conflict.decision_makers)):
                held = set(solution.stable_for(maker, concept))
                for state in conflict.states.tolist():
                    reason = explainer.cell(concept, maker, state)
                    assert reason.stable == (state in held), (seed, concept, maker, state)
                    for step in (step for one in reason.improvements for step in one.answer):
                        after = arcs[step.maker].of(conflict.number(step.before) - 1)
                        assert conflict.number(step.after) - 1 in after
                        assert concept not in ("SEQ", "SSEQ") or unknown or step.improves


def test_the_steps_of_an_answer_follow_one_another_and_nobody_moves_twice_in_a_row() -> None:
    for seed in range(40):
        conflict = random_conflict(seed)
        explainer = Explainer(conflict)
        for maker in range(len(conflict.decision_makers)):
            for state in conflict.states.tolist():
                for one in explainer.cell("SSEQ", maker, state).improvements:
                    at, last = one.after, maker
                    for step in one.answer:
                        assert step.before == at
                        assert step.maker != last
                        at, last = step.after, step.maker
                    assert at == one.ends


def test_a_reason_follows_the_solution_it_explains() -> None:
    for seed in range(20):
        conflict = random_conflict(seed, unknown=True)
        solution = solve(conflict, engine="matrices", unknown="a", strength="strong")
        for maker in range(len(conflict.decision_makers)):
            for state in conflict.states.tolist():
                expected = state in solution.stable_for(maker, "SMR")
                assert explain(solution, "SMR", maker, state).stable == expected


def test_a_stackelberg_cell_is_that_of_the_leader_or_the_follower() -> None:
    explainer = Explainer(CHICKEN)
    assert explainer.cell("Stackelberg:row", 0, 1).stable
    assert explainer.cell("Stackelberg:row", 1, 1).improvements == explainer.cell("Nash", 1, 1).improvements


def test_what_is_not_explained_is_told() -> None:
    with pytest.raises(ConflictError, match="'policy' is not explained move by move"):
        Explainer(CHICKEN).cell("policy", 0, 0)
    with pytest.raises(ConflictError, match="SIM needs a model in option form"):
        Explainer(replace(CHICKEN, alike=(Taken(0),))).cell("SIM", 0, 0)
