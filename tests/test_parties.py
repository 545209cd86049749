"""Who is who across reports: what joins by itself, what is only proposed, and what stays apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import make_report
from peacetable.model import Actor, Report
from peacetable.record.parties import Register
from peacetable.record.wording import acronym, collective, content, fold, initials, numbers, person, proper

Told = tuple[Report, tuple[Actor, ...]]


def actor(name: str, kind: str, *aliases: str, **more: Any) -> Actor:
    return Actor(id=fold(name).replace(" ", "-"), name=name, kind=kind, aliases=(name, *aliases), **more)  # type: ignore[arg-type]


def told(name: str, *actors: Actor, published: str = "2021-03-12", source: str | None = None) -> Told:
    return make_report(f"Report {name}.", name=name, published=published, source=source or name), actors


def joined(*reports: Told) -> set[frozenset[str]]:
    """The groups of more than one, as "report: name"."""
    names = {(report.id, each.id): f"{report.name}: {each.name}" for report, actors in reports for each in actors}
    parties = Register(reports).parties
    return {frozenset(names[key] for key in party.members) for party in parties if len(party.members) > 1}


def test_the_same_name_joins_whatever_its_article_case_and_diacritics() -> None:
    assert joined(
        told("a", actor("the River Front", "armed_group")),
        told("b", actor("River Front", "political_group")),
        told("c", actor("Milan Hadžić", "person")),
        told("d", actor("Milan HADZIC", "person")),
    ) == {frozenset({"a: the River Front", "b: River Front"}), frozenset({"c: Milan Hadžić", "d: Milan HADZIC"})}


def test_titles_are_no_part_of_a_name() -> None:
    assert joined(
        told("a", actor("Foreign Minister Ida Holm", "person")), told("b", actor("Dr Ida Holm", "person"))
    ) == {frozenset({"a: Foreign Minister Ida Holm", "b: Dr Ida Holm"})}


def test_a_surname_joins_the_one_person_who_has_it() -> None:
    full = told("a", actor("Ida Holm", "person"))
    assert joined(full, told("b", actor("Holm", "person", "Ms Holm"))) == {frozenset({"a: Ida Holm", "b: Holm"})}


def test_a_second_person_of_the_surname_takes_the_link_back() -> None:
    full, bare = told("a", actor("Ida Holm", "person")), told("b", actor("Holm", "person"))
    assert joined(full, bare, told("c", actor("Lars Holm", "person"))) == set()


def test_a_role_tells_which_of_two_is_meant() -> None:
    assert joined(
        told("a", actor("Ida Holm", "person", role="governor"), actor("Lars Holm", "person", role="commander")),
        told("b", actor("Holm", "person", role="field commander")),
    ) == {frozenset({"a: Lars Holm", "b: Holm"})}


def test_persons_of_one_name_in_two_countries_stay_apart() -> None:
    assert (
        joined(
            told("a", actor("Ali Hassan", "person", country="SDN")),
            told("b", actor("Ali Hassan", "person", country="SOM")),
        )
        == set()
    )


def test_a_state_and_its_government_are_one() -> None:
    assert joined(
        told("a", actor("Arland", "state", "Vardo", country="ARL")),
        told("b", actor("the Arlandian government", "government", country="ARL")),
    ) == {frozenset({"a: Arland", "b: the Arlandian government"})}


def test_a_report_that_sets_state_and_government_apart_is_believed() -> None:
    state, government = (
        actor("Arland", "state", country="ARL"),
        actor("Arlandian government", "government", country="ARL"),
    )
    assert joined(told("a", state, government), told("b", state), told("c", government)) == {
        frozenset({"a: Arland", "b: Arland"}),
        frozenset({"a: Arlandian government", "c: Arlandian government"}),
    }


def test_an_unnamed_government_is_the_one_that_faces_the_same_rebels() -> None:
    rebels = actor("River Front", "armed_group")
    assert frozenset({"a: The Government", "b: the government"}) in joined(
        told("a", actor("The Government", "government"), rebels),
        told("b", actor("the government", "government"), rebels),
        told("c", actor("the government", "government"), actor("Hill League", "armed_group")),
    )


def test_an_acronym_joins_its_full_name() -> None:
    assert joined(
        told("a", actor("Sudan Liberation Front (SLF)", "armed_group")), told("b", actor("the SLF", "armed_group"))
    ) == {frozenset({"a: Sudan Liberation Front (SLF)", "b: the SLF"})}


def test_an_acronym_of_two_groups_joins_neither() -> None:
    assert (
        joined(
            told("a", actor("Sudan Liberation Front", "armed_group", "SLF")),
            told("b", actor("Southern Lake Front", "armed_group", "SLF")),
            told("c", actor("SLF", "armed_group")),
        )
        == set()
    )


def test_groups_of_nearly_one_name_stay_apart() -> None:
    assert (
        joined(
            told("a", actor("River Liberation Movement", "armed_group", country="ARL")),
            told("b", actor("River People's Liberation Movement", "armed_group", country="ARL")),
        )
        == set()
    )


def test_one_word_of_a_name_stands_for_it_while_it_can_mean_one_only() -> None:
    patriots = told("a", actor("Hill Patriots", "armed_group", "the Patriots"))
    bare = told("b", actor("the Patriots", "armed_group"))
    assert joined(patriots, bare) == {frozenset({"a: Hill Patriots", "b: the Patriots"})}
    assert joined(patriots, bare, told("c", actor("River Patriots", "armed_group", "the Patriots"))) == set()


def test_the_army_of_one_country_is_one_and_some_of_its_soldiers_are_not() -> None:
    assert joined(
        told("a", actor("the army", "forces", country="ARL"), actor("seven soldiers", "forces", country="ARL")),
        told("b", actor("Arlandian military", "forces", country="ARL")),
        told("c", actor("the armed forces", "forces", country="BOR")),
    ) == {frozenset({"a: the army", "b: Arlandian military"})}


def test_spellings_that_are_alike_are_proposed_and_not_joined() -> None:
    reports = (told("a", actor("Haroun Djidda", "person")), told("b", actor("Harun Jida", "person")))
    assert joined(*reports) == set()
    (link,) = Register(reports).proposed
    assert (link.verdict, link.reason.code, link.reason.get("left")) == ("unsure", "similar_name", "Haroun Djidda")


def test_persons_of_one_surname_and_office_are_proposed() -> None:
    role = {"role": "governor", "country": "ARL"}
    reports = (told("a", actor("Tessie Holm", "person", **role)), told("b", actor("Teresita Holm", "person", **role)))
    assert [link.reason.code for link in Register(reports).proposed] == ["same_surname_and_role"]


def test_every_link_keeps_its_reason() -> None:
    (link,) = Register((told("a", actor("Ida Holm", "person")), told("b", actor("Holm", "person")))).links
    assert (link.verdict, link.reason.code, link.reason.get("name")) == ("same", "same_surname", "holm")


def test_a_party_shows_the_name_that_most_outlets_use_and_all_others() -> None:
    full = actor("Movement of the River", "armed_group", "River Front")
    (party,) = Register(
        (
            told("a", full, source="Wire"),
            told("b", actor("River Front", "armed_group"), source="Post"),
            told("c", actor("River Front", "armed_group"), source="Herald"),
        )
    ).parties
    assert party.name == "River Front"
    assert party.names == ("Movement of the River", "River Front")


def test_a_state_is_shown_by_its_name_and_not_by_its_capital() -> None:
    (party,) = Register(
        (
            told("a", actor("Moscow", "state", "Russia", country="RUS")),
            told("b", actor("Moscow", "state", "the Kremlin", country="RUS")),
        )
    ).parties
    assert party.name == "Russia"


def test_the_latest_role_comes_first_and_the_side_is_kept() -> None:
    side = actor("Arland", "state", country="ARL")
    register = Register(
        (
            told("a", actor("Ida Holm", "person", role="envoy", part_of="arland"), side),
            told("b", actor("Ida Holm", "person", role="minister", part_of="arland"), side, published="2022-01-01"),
        )
    )
    holm, arland = register.parties
    assert holm.roles == ("minister", "envoy")
    assert holm.part_of == arland.id


@settings(max_examples=30, deadline=None)
@given(st.permutations(range(6)))
def test_the_order_of_arrival_does_not_matter(order: Sequence[int]) -> None:
    reports = (
        told(
            "a",
            actor("Ida Holm", "person"),
            actor("River Front", "armed_group", "RF"),
            actor("The Government", "government"),
        ),
        told("b", actor("Holm", "person"), actor("RF", "armed_group"), actor("the government", "government")),
        told("c", actor("Lars Berg", "person"), actor("United Nations", "organisation")),
        told(
            "d",
            actor("Berg", "person"),
            actor("the UN", "organisation"),
            actor("UN mission in Arland", "organisation", "UN"),
        ),
        told("e", actor("Ole Berg", "person"), actor("Arland", "state", country="ARL")),
        told("f", actor("the army", "forces", country="ARL"), actor("Arland", "state", country="ARL")),
    )
    expected = {party.id: set(party.members) for party in Register(reports).parties}
    found = {party.id: set(party.members) for party in Register([reports[number] for number in order]).parties}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US Secretary of State Ida Holm", ("ida", "holm")),
        ("Cdr Holm", ("holm",)),
        ("the foreign minister", ()),
        ("the Prime Minister of Arland", ()),
        ("Omar Hassan al-Bashir", ("omar", "hassan", "bashir")),
    ],
)
def test_a_personal_name_is_found_behind_its_titles(text: str, expected: tuple[str, ...]) -> None:
    assert person(text) == expected


def test_words_are_brought_to_one_form() -> None:
    assert fold("The Côte’s Co-operation") == "cote cooperation"
    assert (acronym("the U.N."), acronym("Orlik"), initials("Joint Monitoring Team")) == ("un", None, "jmt")
    assert (proper("the Government"), proper("the Orlik government")) == (False, True)
    assert collective("both sides")
    assert content("released the released prisoners") == content("the release of prisoners")
    assert numbers("four of 1,200 men since 2019") == {"4", "1200"}
