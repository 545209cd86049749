"""Search finds what stands in reports and claims, the same in a file and on a server, whatever is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factories import make_reading, make_report
from peacetable.ledger import Act
from peacetable.model import Reading
from peacetable.record import layout, searching
from peacetable.record.databases import reach
from peacetable.record.store import Store

NUMBERS = count(10_000)
FORD = "Arland must leave the ford by 1 May, said Ida Hadžić. Its troops are withdrawing from the valley's north."
BRIDGE = "Talks on a ceasefire were held in São Bento on Friday. They rejected any delay at the ford."


def reading(text: str, published: str = "2021-03-12") -> Reading:
    findings = {
        FORD: {
            "actors": [{"id": "a", "name": "Arland", "kind": "state", "aliases": ["the Republic"]}],
            "commitments": [
                {
                    "by": "a",
                    "modality": "must",
                    "action": {"quote": "leave the ford"},
                    "evidence": {"quote": "must leave the ford by 1 May"},
                }
            ],
        },
        BRIDGE: {
            "actors": [{"id": "b", "name": "Borland", "kind": "state"}],
            "positions": [{"actor": "b", "stance": "rejects", "evidence": {"quote": "rejected any delay at the ford"}}],
        },
    }
    return make_reading(make_report(text, published=published), findings.get(text, {}))


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    with Store.open(address, create=True) as opened:
        opened.add(reading(FORD, "2021-03-18"))
        opened.add(reading(BRIDGE))
        yield opened


def texts(store: Store, query: str) -> list[str]:
    return [found.report.text for found in store.search(query)]


def quotes(store: Store, query: str) -> list[list[str]]:
    return [[span.quote for span in found.spans] for found in store.search(query)]


def test_all_words_must_be_there_and_the_last_recorded_comes_first(store: Store) -> None:
    assert texts(store, "ford") == [BRIDGE, FORD]
    assert texts(store, "ford troops") == [FORD]
    assert texts(store, "ford tea") == []


def test_the_words_are_shown_where_they_stand(store: Store) -> None:
    assert quotes(store, "withdrawal north") == [["withdrawing", "north"]]
    assert quotes(store, "FORD may") == [["ford", "May"]]


@pytest.mark.parametrize(
    "query", ["hadzic", "HADŽIĆ", "Hadz\u030cic\u0301", "troop withdrawals", "the valley's", "1 May"]
)
def test_case_marks_and_endings_do_not_matter(store: Store, query: str) -> None:
    assert texts(store, query) == [FORD]


def test_a_name_that_the_text_does_not_have_finds_the_claim(store: Store) -> None:
    (found,) = store.search("Borland delay")
    assert [claim.finding.evidence.quote for claim in found.claims] == ["rejected any delay at the ford"]
    assert [span.quote for span in found.spans] == ["delay"]
    (found,) = store.search("republic leave")
    assert len(found.claims) == 1


def test_claims_are_shown_that_hold_all_of_the_words(store: Store) -> None:
    assert [len(found.claims) for found in store.search("ford")] == [1, 1]
    assert [len(found.claims) for found in store.search("ford friday")] == [0]


def test_what_a_person_refused_is_not_shown(store: Store) -> None:
    claim = store.view().claims("positions")[0]
    store.decide(by="Ada", acts=[Act(what="refuse", place=claim.place, fields={"of": [claim.id]})])
    assert [found.claims for found in store.search("delay ford")] == [()]


def test_the_words_that_stand_together_are_shown(store: Store) -> None:
    filler = "Nothing of note was said. " * 40
    text = f"The envoy spoke. {filler} The treaty was signed by the envoy at last. {filler} A treaty it was."
    store.add(reading(text))
    (found,) = store.search("envoy treaty")
    assert [span.quote for span in found.spans] == ["treaty", "envoy"]


def test_as_of_leaves_out_what_was_published_later(store: Store) -> None:
    assert [found.report.text for found in store.search("ford", as_of=date(2021, 3, 13))] == [BRIDGE]


def test_at_most_so_many_are_found_and_none_twice(store: Store) -> None:
    for number in range(7):
        store.add(reading(f"Day {number} at the ford."))
    store.reread(make_reading(make_report(FORD, published="2021-03-18"), {}, by="newer"))
    found = [each.report.text for each in store.search("ford", most=3)]
    assert found == [FORD, "Day 6 at the ford.", "Day 5 at the ford."]
    assert len(texts(store, "ford")) == 9


HOSTILE = [
    "", " ", "'", '"', "''", "\\", "*", "ford*", "-ford", "NOT ford", "ford OR", "(ford", 'ford" OR "x', "ford:words",
    "^ford", "NEAR(ford, x)", "'; DROP TABLE reports; --", "ford & !troops", "ford | x", "<->", ":*", "%s", "?", "{}",
    "\x00ford", "\ud800", "ford\u2028", "😀", "ﷺ", "½", "a" * 10_000, "x " * 5_000, "_", "ＦＯＲＤ", "ß", "İ", "\u0301",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=[str(number) for number in range(len(HOSTILE))])
def test_no_query_breaks_anything(store: Store, query: str) -> None:
    store.search(query)
    assert len(store.view().reports()) == 2


def test_signs_are_left_aside(store: Store) -> None:
    for query in ("ford*", '"ford"', "(ford", "^ford!", "ＦＯＲＤ", "\x00ford"):
        assert texts(store, query) == [BRIDGE, FORD]


@given(query=st.text(max_size=30))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_searched_for_and_in(store: Store, query: str) -> None:
    store.search(query)
    words = searching.words(query)
    assert all(word and word == word.casefold() and len(word) <= searching.LONGEST for word in words)
    with store._writing() as connection:
        store._database.index(connection, next(NUMBERS), words)
        assert {word for word, _ in store._database.indexed(connection)} >= set(words)


def test_a_text_of_ever_new_words_can_be_recorded(store: Store) -> None:
    text = " ".join(f"{number:x}zq" for number in range(200_000))
    assert store.add(reading(text))
    assert texts(store, "1azq") == [text]


def test_a_record_of_an_older_layout_gets_its_index(address: str) -> None:
    database = reach(address, create=True, busy_seconds=1)
    with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
        layout.migrate(connection, to="0002")
        database.mark(connection)
        insert = "INSERT INTO revisions (number, time, what, about, author) VALUES (1, '2021', 'add', 'a', '')"
        connection.exec_driver_sql(insert)
        connection.exec_driver_sql(
            "INSERT INTO reports (id, name, text, published_how, furniture, signature, engine, revision) "
            "VALUES ('a', 'a', 'The ford was quiet.', 'unknown', '[]', '[]', '', 1)"
        )
        connection.exec_driver_sql("INSERT INTO meta VALUES ('scheme', '1')")
    database.close()
    with Store.open(address) as store:
        assert texts(store, "quiet") == ["The ford was quiet."]
        assert store.check().problems == ()
