"""Where parties stand."""

from __future__ import annotations

from typing import Any

from fake_view import actor, view_of
from peacetable.situation.standpoints import standpoints, words

TEXT = "Arland, Borland: a truce in the Kessel valley; the Kessel valley truce; prisoner releases."


def takes(*positions: tuple[str, str, str]) -> dict[str, Any]:
    """Findings of a report in which actors take positions, each given as (actor, stance, issue)."""
    return {
        "actors": [actor("Arland"), actor("Borland")],
        "positions": [
            {"actor": who, "stance": stance, "issue": {"quote": issue}, "evidence": {"quote": issue}}
            for who, stance, issue in positions
        ],
    }


TRUCE, SAME_TRUCE, PRISONERS = "a truce in the Kessel valley", "the Kessel valley truce", "prisoner releases"


def test_the_latest_position_stands_and_the_earlier_one_is_kept() -> None:
    view = view_of(
        ("2021-03-18", TEXT, takes(("arland", "accepts", SAME_TRUCE))),
        ("2021-03-12", TEXT, takes(("arland", "rejects", TRUCE))),
    )
    (standpoint,) = standpoints(view)
    assert (standpoint.stance, standpoint.issue) == ("accepts", SAME_TRUCE)
    assert [claim.report.name for claim in standpoint.earlier] == ["b"]
    assert standpoint.party is not None
    assert standpoint.party.name == "Arland"


def test_two_issues_are_two_standpoints() -> None:
    view = view_of(("2021-03-12", TEXT, takes(("arland", "rejects", TRUCE), ("arland", "demands", PRISONERS))))
    assert [standpoint.issue for standpoint in standpoints(view)] == [TRUCE, PRISONERS]


def test_parties_do_not_share_a_standpoint() -> None:
    view = view_of(("2021-03-12", TEXT, takes(("arland", "rejects", TRUCE), ("borland", "rejects", TRUCE))))
    assert len(standpoints(view)) == 2


def test_two_stances_in_one_report_both_stand() -> None:
    view = view_of(("2021-03-12", TEXT, takes(("arland", "demands", TRUCE), ("arland", "conditional", SAME_TRUCE))))
    assert [standpoint.stance for standpoint in standpoints(view)] == ["demands", "conditional"]


def test_a_report_of_unknown_day_never_passes_for_the_latest() -> None:
    view = view_of(
        ("", TEXT, takes(("arland", "rejects", TRUCE))), ("2021-03-12", TEXT, takes(("arland", "accepts", TRUCE)))
    )
    assert [standpoint.stance for standpoint in standpoints(view)] == ["accepts"]


def test_actors_that_nobody_names_are_not_taken_for_one() -> None:
    nobody = takes(("arland", "rejects", TRUCE))
    nobody["positions"][0]["actor"] = None
    assert len(standpoints(view_of(("2021-03-12", TEXT, nobody), ("2021-03-13", TEXT, nobody)))) == 2


def test_what_the_record_joined_is_one_issue_whatever_its_words() -> None:
    view = view_of(
        ("2021-03-12", TEXT, takes(("arland", "rejects", TRUCE))),
        ("2021-03-18", TEXT, takes(("arland", "accepts", PRISONERS))),
        same={"positions": [[("a", 0), ("b", 0)]]},
    )
    assert len(standpoints(view)) == 1


def test_words_of_an_issue_leave_out_what_tells_nothing() -> None:
    assert words("the U.S. troops' withdrawal from a country's territories") == {
        "us", "troop", "withdrawal", "country", "territory",
    }  # fmt: skip
