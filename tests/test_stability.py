from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path
from typing import Any, Final, get_args

import numpy as np
import pytest
import yaml

from brute_force import game_of, simultaneously_stable, stable
from peacetable.strategy import conflict_file
from peacetable.strategy.conflict import Conflict, ConflictError, DecisionMaker, Option, Pairwise, Ranking, Weights
from peacetable.strategy.formulas import And, Taken, from_pattern
from peacetable.strategy.matrices import READINGS
from peacetable.strategy.stability import CONCEPTS, EngineName, solve
from random_conflicts import random_conflict

CASES: Final = sorted((Path(__file__).parent / "cases" / "conflicts").glob("*.yaml"))
#: The full thousand is run by hand: PEACETABLE_MODELS=1000.
MODELS: Final = int(os.environ.get("PEACETABLE_MODELS", "200"))


def case(path: Path) -> tuple[Conflict, Mapping[str, Any]]:
    data = yaml.safe_load(path.read_text("utf-8"))
    return conflict_file.load(data["model"], where=path.name), data


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("engine", get_args(EngineName))
def test_every_published_case_has_its_stable_states_and_equilibria(path: Path, engine: EngineName) -> None:
    conflict, data = case(path)
    solution = solve(conflict, engine=engine)
    for concept in CONCEPTS:
        assert list(solution.equilibria(concept)) == data["expected"]["equilibria"][concept], concept
        for place, maker in enumerate(conflict.decision_makers):
            expected = data["expected"]["stable"][maker.id][concept]
            assert list(solution.stable_for(place, concept)) == expected, (maker.id, concept)


def test_the_garrison_case_tells_legal_sequences_from_shortcuts() -> None:
    conflict, _ = case(next(path for path in CASES if path.stem == "garrison-1976"))
    assert len(solve(conflict).equilibria("GMR")) == 15


def test_korea_2017_has_a_state_that_only_simultaneous_sanctions_hold() -> None:
    conflict, data = case(next(path for path in CASES if path.stem == "korea-2017"))
    solution = solve(conflict, concepts=("SEQ", "SIM"))
    either = (solution.stable["SEQ"] | solution.stable["SIM"]).all(axis=0)
    assert conflict.states[either].tolist() == data["expected"]["equilibria"]["SEQ or SIM"] == [0, 4, 5, 10]
    assert 4 not in solution.equilibria("SEQ")


def test_chicken_has_the_equilibria_of_foresight() -> None:
    conflict, data = case(next(path for path in CASES if path.stem == "chicken"))
    for concept in ("L1", "L2", "L3", "L6", "Stackelberg:row", "Stackelberg:col"):
        found = list(solve(conflict, concepts=[concept]).equilibria(concept))
        assert found == sorted(data["expected"]["equilibria"][concept]), concept


def test_on_random_ordinal_models_all_engines_agree_with_the_definitions() -> None:
    for seed in range(MODELS):
        conflict = random_conflict(seed)
        game = game_of(conflict)
        engines: tuple[EngineName, ...] = (
            ("sequences", "matrices", "subcubes") if conflict.plain else ("sequences", "matrices")
        )
        solutions = [solve(conflict, engine=engine) for engine in engines]
        for place in game.makers:
            for concept in CONCEPTS:
                expected = tuple(sorted(stable(game, place, concept)))
                for solution in solutions:
                    assert solution.stable_for(place, concept) == expected, (seed, place, concept, solution.engine)


def test_on_random_unknown_preferences_the_matrices_agree_with_the_definitions() -> None:
    for seed in range(MODELS // 2):
        conflict = random_conflict(seed, unknown=True)
        game = game_of(conflict)
        reading = READINGS[seed % 4]
        general = solve(conflict, unknown=reading, engine="matrices")
        strong = solve(conflict, unknown=reading, strength="strong")
        for place in game.makers:
            for concept in CONCEPTS:
                label = (seed, place, concept, reading)
                assert set(general.stable_for(place, concept)) == stable(game, place, concept, unknown=reading), label
                expected = stable(game, place, concept, unknown=reading, strong=True)
                assert set(strong.stable_for(place, concept)) == expected, label


def test_without_unknown_pairs_all_four_readings_are_the_ordinary_one() -> None:
    for seed in range(40):
        conflict = random_conflict(seed)
        ordinary = solve(conflict)
        for reading in READINGS:
            found = solve(conflict, engine="matrices", unknown=reading)
            assert all(np.array_equal(found.stable[concept], ordinary.stable[concept]) for concept in CONCEPTS)


def test_strong_and_weak_stability_make_up_stability() -> None:
    for seed in range(30):
        conflict = random_conflict(seed, unknown=True)
        general, strong, weak = (
            solve(conflict, engine="matrices", strength=strength).stable for strength in ("general", "strong", "weak")
        )
        for concept in CONCEPTS:
            assert np.array_equal(general[concept], strong[concept] | weak[concept])
            assert not (strong[concept] & weak[concept]).any()


def test_simultaneous_stability_agrees_with_the_definition() -> None:
    for seed in range(60):
        conflict = random_conflict(seed, arcs=False)
        game = game_of(conflict)
        solution = solve(conflict, concepts=["SIM"])
        for place in game.makers:
            assert set(solution.stable_for(place, "SIM")) == simultaneously_stable(game, place), (seed, place)


def test_the_laws_between_concepts_hold() -> None:
    for seed in range(100):
        found = solve(random_conflict(seed)).stable
        nash, gmr, smr, seq, sseq = (found[concept] for concept in CONCEPTS)
        for narrower, wider in ((nash, smr), (smr, gmr), (nash, sseq), (sseq, seq), (sseq, smr), (seq, gmr)):
            assert not (narrower & ~wider).any(), seed


def test_reversible_models_of_free_options_have_a_general_metarational_equilibrium() -> None:
    for seed in range(100):
        drawn = random_conflict(seed, arcs=False)
        options = tuple(replace(option, direction="both") for option in drawn.options)
        chance = random.Random(seed)
        makers = tuple(
            replace(
                maker,
                preference=Ranking(
                    tuple((state,) for state in chance.sample(range(2 ** len(options)), 2 ** len(options)))
                ),
            )
            for maker in drawn.decision_makers
        )
        free = replace(drawn, options=options, decision_makers=makers, infeasible=())
        assert solve(free, concepts=["GMR"]).equilibria("GMR"), seed


def test_the_order_of_options_and_decision_makers_changes_nothing() -> None:
    for seed in range(40):
        conflict = random_conflict(seed, arcs=False, strict=True)
        chance = random.Random(seed)
        old_of_new = chance.sample(range(len(conflict.options)), len(conflict.options))
        new_of_old = {old: new for new, old in enumerate(old_of_new)}

        def renumbered(state: int, new_of_old: Mapping[int, int] = new_of_old) -> int:
            return sum(1 << new for old, new in new_of_old.items() if state >> old & 1)

        def levels(maker: DecisionMaker) -> Ranking:
            assert isinstance(maker.preference, Ranking)
            return Ranking(tuple(tuple(map(renumbered, level)) for level in maker.preference.levels))

        marks = [(conflict.yn(state)) for state in range(2 ** len(conflict.options)) if state not in conflict.states]
        turned = replace(
            conflict,
            options=tuple(conflict.options[old] for old in old_of_new),
            infeasible=tuple(from_pattern("".join(mark[old] for old in old_of_new)) for mark in marks),
            decision_makers=tuple(
                replace(
                    maker, options=tuple(sorted(new_of_old[old] for old in maker.options)), preference=levels(maker)
                )
                for maker in reversed(conflict.decision_makers)
            ),
        )
        before, after = solve(conflict), solve(turned)
        for concept in CONCEPTS:
            expected = sorted(map(renumbered, before.equilibria(concept)))
            assert list(after.equilibria(concept)) == expected, (seed, concept)


def test_weights_on_another_scale_change_nothing() -> None:
    conflict = conflict_file.load(
        "{peacetable-conflict: 1, decision-makers: ["
        "{id: a, options: [{id: x}, {id: z}], weights: {x: 3, y: -2, z: 1}}, "
        "{id: b, options: [{id: y}], weights: {y: 1, x: -5}}]}"
    )
    stretched = replace(
        conflict,
        decision_makers=tuple(
            replace(
                maker, preference=Weights(tuple((option, weight * 1000) for option, weight in maker.preference.weights))
            )
            for maker in conflict.decision_makers
            if isinstance(maker.preference, Weights)
        ),
    )
    first, second = solve(conflict), solve(stretched)
    assert all(first.equilibria(concept) == second.equilibria(concept) for concept in CONCEPTS)


def test_a_state_that_nobody_can_reach_changes_nothing_for_the_others() -> None:
    for seed in range(30):
        conflict = random_conflict(seed, arcs=False, strict=True)
        number, states = len(conflict.options), [int(state) for state in conflict.states]
        cut_off = (1 << number) | states[0]
        patterns = tuple(And((Taken(number), *from_pattern(conflict.yn(state)).parts)) for state in states[1:])
        old = tuple(And((Taken(number), from_pattern(conflict.yn(s)))) for s in range(2**number) if s not in states)
        makers = tuple(
            replace(maker, preference=Ranking((*maker.preference.levels, (cut_off,))))
            for maker in conflict.decision_makers
            if isinstance(maker.preference, Ranking)
        )
        first = replace(makers[0], options=(*makers[0].options, number))
        larger = replace(
            conflict,
            # It can be left and not be reached.
            options=(*conflict.options, Option(id="apart", name="Apart", direction="back")),
            decision_makers=(first, *makers[1:]),
            infeasible=(*conflict.infeasible, *patterns, *old),
        )
        before, after = solve(conflict), solve(larger)
        for concept in CONCEPTS:
            assert set(before.equilibria(concept)) == set(after.equilibria(concept)) - {cut_off}, (seed, concept)


def test_a_decision_maker_with_very_many_options_is_solved_by_the_fast_engine() -> None:
    options = tuple(Option(id=f"o{number}", name="x") for number in range(17))
    makers = (
        DecisionMaker(
            id="a", name="a", options=tuple(range(16)), preference=Weights(tuple((n, 1.0) for n in range(16)))
        ),
        DecisionMaker(id="b", name="b", options=(16,), preference=Weights(((16, 1.0),))),
    )
    solution = solve(Conflict(title="", options=options, decision_makers=makers))
    assert solution.engine == "subcubes"
    assert solution.equilibria("Nash") == solution.equilibria("SEQ") == (2**17 - 1,)


def test_a_concept_or_engine_that_does_not_exist_is_told_with_what_does() -> None:
    conflict, _ = case(CASES[0])
    with pytest.raises(ConflictError, match="no stability concept 'MaxMin'; known are Nash"):
        solve(conflict, concepts=["MaxMin"])
    with pytest.raises(ConflictError, match="name the leader, one of row, col"):
        solve(conflict, concepts=["Stackelberg:king"])
    with pytest.raises(ConflictError, match="no engine 'abacus'"):
        solve(conflict, engine="abacus")  # type: ignore[arg-type]


def test_the_fast_engines_refuse_preferences_that_have_no_ranks() -> None:
    conflict, _ = case(next(path for path in CASES if path.stem == "prisoners-dilemma"))
    pairs = replace(conflict.decision_makers[0], preference=Pairwise(frozenset({(2, 0)})))
    unknown = replace(conflict, decision_makers=(pairs, conflict.decision_makers[1]))
    with pytest.raises(ConflictError, match="use 'matrices'"):
        solve(unknown, engine="subcubes")
    assert solve(unknown).engine == "matrices"


def test_the_census_of_2_x_2_games_has_its_published_counts() -> None:
    # 144 strict ordinal games, each in four guises (78 where the players may change places: Rapoport & Guyer 1966).
    orders = list(permutations(range(4)))
    nash: Counter[int] = Counter()
    empty: Counter[str] = Counter()
    for first, second in product(orders, orders):
        game = Conflict(
            title="",
            options=(Option(id="x", name=""), Option(id="y", name="")),
            decision_makers=tuple(
                DecisionMaker(id=name, name=name, options=(number,), preference=Ranking(tuple((s,) for s in order)))
                for number, (name, order) in enumerate((("row", first), ("col", second)))
            ),
        )
        solution = solve(game)
        nash[len(solution.equilibria("Nash"))] += 1
        empty.update(concept for concept in CONCEPTS if not solution.equilibria(concept))
    assert {number: count // 4 for number, count in nash.items()} == {0: 18, 1: 108, 2: 18}
    assert {concept: count // 4 for concept, count in empty.items() if concept in ("GMR", "SMR", "SEQ")} == {"SMR": 8}
