"""A first model out of a record: who, what, what excludes what, who wants what, each with its passages."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from fake_view import actor, view_of
from peacetable import Problem, Settings, open_record, read, take_in
from peacetable.ledger import View
from peacetable.strategy import conflict_file
from peacetable.strategy.conflict import Conflict, DecisionMaker, Statements
from peacetable.strategy.drafting import Draft, DraftingError, draft
from peacetable.strategy.formulas import to_text
from peacetable.strategy.stability import solve

FIRST = (
    "Under the Lindholm Accord the Front must hand over its heavy weapons, and Karsk must open the valley road to the "
    "Front. Karsk proposed a joint police force to the Front. The Front rejected the joint police force. Minister Oran "
    "demanded that the Front release all prisoners. Norway offered to pay for observers in the valley."
)
SECOND = "The Front is handing over its heavy weapons, observers say. The Front accepts a joint police force now."
PEOPLE = [
    actor("Karsk", "state", aliases=["Karsk"], country="KRS"),
    actor("Front", "armed_group", aliases=["Front", "the Front"]),
    actor("Oran", "person", aliases=["Minister Oran"], part_of="karsk"),
    actor("Norway"),
    actor("Radio", "media"),
]


def said(quote: str) -> dict[str, Any]:
    return {"quote": quote}


def commitment(by: str, action: str, evidence: str, **more: Any) -> dict[str, Any]:
    return {"by": by, "modality": "must", "action": said(action), "evidence": said(evidence), **more}


def findings(**more: Any) -> dict[str, Any]:
    """What the first report says."""
    return {
        "actors": PEOPLE,
        "agreements": [
            {"name": said("Lindholm Accord"), "kind": "ceasefire", "parties": ["karsk", "front"],
             "status": "signed", "evidence": said("Under the Lindholm Accord")},
        ],
        "commitments": [
            commitment("front", "hand over its heavy weapons", "the Front must hand over its heavy weapons",
                       to="karsk", under=0),
            commitment("karsk", "open the valley road", "Karsk must open the valley road to the Front",
                       to="front", under=0),
        ],
        "proposals": [
            {"by": "karsk", "content": said("a joint police force"), "to": ["front"],
             "evidence": said("Karsk proposed a joint police force to the Front"),
             "responses": [{"actor": "front", "stance": "rejects",
                            "evidence": said("The Front rejected the joint police force")}]},
        ],
        "positions": [
            {"actor": "oran", "stance": "demands", "issue": said("release all prisoners"),
             "evidence": said("Minister Oran demanded that the Front release all prisoners")},
            {"actor": "norway", "stance": "offers", "issue": said("pay for observers in the valley"),
             "evidence": said("Norway offered to pay for observers in the valley")},
        ],
        **more,
    }  # fmt: skip


def view(**more: Any) -> View:
    return view_of(("2021-03-01", FIRST, findings(**more)))


def maker(conflict: Conflict, name: str) -> DecisionMaker:
    return next(one for one in conflict.decision_makers if one.name == name)


def options(conflict: Conflict, name: str) -> list[str]:
    return [conflict.options[number].name for number in maker(conflict, name).options]


def wants(conflict: Conflict, name: str) -> list[str]:
    preference = maker(conflict, name).preference
    assert isinstance(preference, Statements)
    names = {number: option.name for number, option in enumerate(conflict.options)}
    return [to_text(statement, names) for statement in preference.statements]


def missing(found: Draft) -> list[str]:
    return [one.code for one in found.missing]


def test_parties_with_duties_or_positions_are_decision_makers_those_with_most_first() -> None:
    names = [one.name for one in draft(view()).conflict.decision_makers]
    assert names == ["Front", "Karsk", "Norway"]


def test_who_speaks_for_a_party_is_that_party() -> None:
    conflict = draft(view()).conflict
    assert "accept: release all prisoners" in options(conflict, "Front")
    assert "accept: release all prisoners" in wants(conflict, "Karsk")


def test_commitments_proposals_demands_and_offers_are_options() -> None:
    conflict = draft(view()).conflict
    assert options(conflict, "Front") == [
        "carry out: hand over its heavy weapons", "accept: a joint police force", "accept: release all prisoners",
    ]  # fmt: skip
    assert options(conflict, "Karsk") == ["carry out: open the valley road"]
    assert options(conflict, "Norway") == ["do as offered: pay for observers in the valley"]


def test_every_option_rests_on_passages_that_stand_in_the_report() -> None:
    conflict = draft(view()).conflict
    for option in conflict.options:
        assert option.sources
        for source in option.sources:
            assert source.report == "a"
            assert source.start is not None
            assert FIRST[source.start : source.end] == source.quote


def test_an_answer_becomes_a_preference_with_the_words_of_the_answer() -> None:
    conflict = draft(view()).conflict
    assert wants(conflict, "Front")[0] == "not accept: a joint police force"
    preference = maker(conflict, "Front").preference
    assert isinstance(preference, Statements)
    assert [source.quote for source in preference.sources[0]] == ["The Front rejected the joint police force"]
    assert 0 not in preference.uncertain


def test_what_is_owed_and_what_was_proposed_is_wanted() -> None:
    conflict = draft(view()).conflict
    assert "carry out: hand over its heavy weapons" in wants(conflict, "Karsk")
    assert "accept: a joint police force" in wants(conflict, "Karsk")
    assert "carry out: open the valley road" in wants(conflict, "Front")


def test_undertakings_under_one_agreement_are_an_exchange_and_uncertain() -> None:
    conflict = draft(view()).conflict
    preference = maker(conflict, "Front").preference
    assert isinstance(preference, Statements)
    exchange = "carry out: hand over its heavy weapons if carry out: open the valley road"
    at = wants(conflict, "Front").index(exchange)
    assert at in preference.uncertain
    assert len(preference.sources[at]) == 2


def test_of_two_answers_the_later_report_counts() -> None:
    later = {
        "actors": PEOPLE,
        "positions": [
            {"actor": "front", "stance": "accepts", "issue": said("a joint police force"),
             "evidence": said("The Front accepts a joint police force now")},
        ],
    }  # fmt: skip
    conflict = draft(view_of(("2021-03-01", FIRST, findings()), ("2021-03-09", SECOND, later))).conflict
    assert "accept: a joint police force" in wants(conflict, "Front")
    assert "not accept: a joint police force" not in wants(conflict, "Front")


def test_what_is_reported_as_done_is_part_of_the_status_quo() -> None:
    done = {
        "actors": PEOPLE,
        "commitments": [commitment("front", "handing over its heavy weapons",
                                   "The Front is handing over its heavy weapons", reported="met")],
    }  # fmt: skip
    found = draft(view_of(("2021-03-01", FIRST, findings()), ("2021-03-09", SECOND, done)))
    weapons = next(n for n, one in enumerate(found.conflict.options) if "weapons" in one.name)
    assert found.conflict.status_quo == 1 << weapons
    assert len(found.conflict.options[weapons].sources) == 2
    assert "status-quo-assumed" not in missing(found)


def test_nobody_does_a_thing_and_refrains_from_it() -> None:
    text = "Berrin must not shell the port of Dun. Berrin threatens: it offers to shell the port of Dun. Arland agreed."
    again = {"quote": "shell the port of Dun", "n": 2}
    found = {
        "actors": [actor("Berrin"), actor("Arland")],
        "commitments": [
            commitment("berrin", "shell the port of Dun", "Berrin must not shell the port of Dun")
            | {"modality": "must_not"},
            commitment("arland", "Arland agreed", "Arland agreed"),
        ],
        "positions": [
            {
                "actor": "berrin",
                "stance": "offers",
                "issue": again,
                "evidence": said("it offers to shell the port of Dun"),
            }
        ],
    }
    conflict = draft(view_of(("2021-03-01", text, found))).conflict
    assert options(conflict, "Berrin") == [
        "refrain from: shell the port of Dun",
        "do as offered: shell the port of Dun",
    ]
    assert len(conflict.infeasible) == 1
    assert len(conflict.infeasible_sources[0]) == 2
    assert len(conflict.states) == 6


def test_a_state_and_the_government_of_its_country_are_one() -> None:
    people = [*PEOPLE, actor("Karsk government", "government", country="KRS")]
    people[-1]["id"] = "cabinet"
    more = {"actor": "cabinet", "stance": "supports", "issue": said("a joint police force"),
            "evidence": said("Karsk proposed a joint police force")}  # fmt: skip
    found = draft(view(actors=people, positions=[more]))
    assert [one.name for one in found.conflict.decision_makers] == ["Front", "Karsk"]


def test_a_draft_tells_what_it_assumed_and_could_not_find() -> None:
    found = draft(view())
    assert {"inferred-preference", "order-assumed", "status-quo-assumed", "directions-assumed"} <= set(missing(found))


def test_a_demand_of_nobody_named_is_told_as_missing() -> None:
    demand = {"actor": "oran", "stance": "demands", "issue": said("pay for observers"),
              "evidence": said("pay for observers")}  # fmt: skip
    found = draft(view(positions=[demand]))
    told = [one for one in found.missing if one.code == "demand-without-option"]
    assert [(one.get("party"), one.get("words")) for one in told] == [("Karsk", "pay for observers")]


def test_there_are_at_most_eight_options_and_every_decision_maker_has_one() -> None:
    names = ["Arland", "Berrin", "Corvia", "Dunmar", "Estaria"]
    things = ["open the north road", "free the captured pilots", "pay the old debts", "leave the harbour town"]
    text = " ".join(f"{name} must {thing}." for name in names for thing in things)
    found = draft(
        view_of(
            (
                "2021-03-01",
                text,
                {
                    "actors": [actor(name) for name in names],
                    "commitments": [
                        commitment(name.lower(), thing, f"{name} must {thing}")
                        | {"action": {"quote": thing, "n": at + 1}}
                        for at, name in enumerate(names)
                        for thing in things
                    ],
                },
            )
        )
    )
    assert len(found.conflict.options) == 8
    assert len(found.conflict.states) <= 256
    assert all(one.options for one in found.conflict.decision_makers)
    assert {"parties-left-out", "options-left-out"} <= set(missing(found))


def test_the_draft_is_a_file_that_reads_back_and_solves() -> None:
    conflict = draft(view()).conflict
    again = conflict_file.load(conflict_file.dump(conflict))
    assert again == conflict
    solution = solve(again)
    assert any(solution.equilibria(concept) for concept in solution.stable)


def test_the_same_record_gives_the_same_draft() -> None:
    assert draft(view()) == draft(view())


def test_a_record_with_nobody_to_decide_is_refused() -> None:
    with pytest.raises(DraftingError, match="two parties that may do something, and the record has none"):
        draft(view_of(("2021-03-01", "Rain fell.", {"actors": [actor("Radio", "media")]})))


@pytest.mark.parametrize("most", [1, 9])
def test_the_number_of_options_has_bounds(most: int) -> None:
    with pytest.raises(DraftingError, match="from 2 to 8"):
        draft(view(), most_options=most)


def test_the_seed_reports_give_a_model_of_the_three_parties_that_can_be_solved() -> None:
    seeds = Path(os.environ.get("PEACETABLE_DATA", "no-such-folder")) / "gold" / "seeds"
    if not seeds.exists():
        return  # not a skip: without the data folder there is nothing to draft from
    taken = [item.report for item in take_in([str(seeds)], Settings()) if not isinstance(item, Problem)]
    with open_record(":memory:", Settings(), create=True) as record:
        for reading in read(taken, Settings()):
            record.add(reading)
        conflict = draft(record.view()).conflict
    assert {"United States", "Taliban", "Afghanistan"} <= {one.name for one in conflict.decision_makers}
    assert all(one.options for one in conflict.decision_makers)
    assert all(option.sources for option in conflict.options)
    assert len(conflict.states) <= 256
    solution = solve(conflict)
    assert any(solution.equilibria(concept) for concept in solution.stable)
