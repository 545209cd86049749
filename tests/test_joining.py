"""What a person says is one thing and what is not: in the terminal, by a file, at once, and taken back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from hand_stories import FRONT, STATE, attack, groups, look, make_record, shape, story, two_places, two_tolls, typed
from peacetable.ledger import Party
from peacetable.model import Reading
from peacetable.record.questions import questions
from peacetable.record.snapshot import Snapshot
from peacetable.record.store import Store
from peacetable.views.commands.app import run


def planned_and_held() -> tuple[Reading, Reading]:
    """Talks that are proposed as one: planned in one town, and held where nobody says."""

    def talks(**more: object) -> list[dict[str, object]]:
        return [{"kind": "negotiation", "participants": ["front", "state"], **more}]

    return (
        story("a", "The front will meet the government in Orlik next week.",
              talks=talks(place="Orlik", date="2021-03-15/2021-03-21", status="planned")),
        story("b", "Envoys of the front and of the government spoke for hours.", "2021-04-02",
              talks=talks(status="held")),
    )  # fmt: skip


def two_spellings() -> tuple[Reading, Reading]:
    """One person, spelled in two ways."""
    return tuple(
        story(name, f"{who} spoke for the front.", actors=[FRONT, {"id": "he", "name": who, "kind": "person"}])
        for name, who in (("a", "Harun Djida"), ("b", "Haroun Djidda"))
    )  # type: ignore[return-value]


def entry_ids(view: Snapshot) -> list[str]:
    return [entry.id for entry in view.entries("incidents")]


# In the terminal.


def test_a_proposal_is_shown_with_both_passages_and_reasons_and_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *planned_and_held())
    assert groups(look(target), "talks") == [["a"], ["b"]]
    typed(monkeypatch, "accept")
    assert run(["join", target, "--by", "Ada"]) == 0
    shown = capsys.readouterr().out
    assert "[The front will meet the government in Orlik next week.]" in shown
    assert "[Envoys of the front and of the government spoke for hours.]" in shown
    assert "For: " in shown
    assert "1 decision; 0 proposals open" in shown
    assert groups(look(target), "talks") == [["a", "b"]]
    assert look(target).entries("talks")[0].joined[0].author == "Ada"


def test_a_refused_proposal_is_not_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = make_record(tmp_path, *planned_and_held())
    typed(monkeypatch, "r")
    run(["join", target, "--by", "Ada"])
    assert questions(look(target)) == ()
    assert groups(look(target), "talks") == [["a"], ["b"]]


def test_what_is_left_for_later_is_asked_again_another_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = make_record(tmp_path, *planned_and_held())
    typed(monkeypatch, "later")
    run(["join", target, "--by", "Ada"])
    (question,) = questions(look(target))
    assert question.later


def test_undo_in_the_terminal_restores_exactly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = make_record(tmp_path, *planned_and_held())
    before = shape(look(target))
    typed(monkeypatch, "later", "undo", "quit")
    run(["join", target, "--by", "Ada"])
    assert shape(look(target)) == before


def test_an_answer_that_is_none_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *planned_and_held())
    typed(monkeypatch, "perhaps", "accept")
    run(["join", target, "--by", "Ada"])
    assert "'perhaps' is no answer here" in capsys.readouterr().out
    assert groups(look(target), "talks") == [["a", "b"]]


def test_two_spellings_of_a_person_are_asked_about_and_joined(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_spellings())
    typed(monkeypatch, "accept")
    run(["join", target, "--by", "Ada"])
    assert "[Harun Djida] spoke for the front." in capsys.readouterr().out
    (person,) = [party for party in look(target).parties() if party.kind == "person"]
    assert set(person.names) == {"Harun Djida", "Haroun Djidda"}


# By a file.


def test_many_are_decided_by_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = make_record(tmp_path, *planned_and_held())
    sheet = tmp_path / "proposals.csv"
    assert run(["join", target, "--out", str(sheet)]) == 0
    with sheet.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == ["round of talks"]
    rows[0] |= {"verdict": "Accept", "reason": "Both tell of the week in Orlik"}
    rows.append(rows[0] | {"left_place": "claim:nothing"})
    rows.append(rows[0] | {"verdict": "maybe"})
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")  # as some spreadsheets do
        writer.writeheader()
        writer.writerows(rows)
    assert run(["join", target, "--in", str(sheet), "--by", "Ada"]) == 1
    shown = capsys.readouterr()
    assert "the record has no such proposal" in shown.err
    assert "'maybe' is no verdict" in shown.err
    assert "1 decision; 0 proposals open" in shown.out
    (entry,) = look(target).entries("talks")
    assert entry.joined[0].reasons[0].get("why") == "Both tell of the week in Orlik"


def test_a_file_without_the_columns_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = make_record(tmp_path, *two_tolls())
    sheet = tmp_path / "other.csv"
    sheet.write_text("a,b\n1,2\n", "utf-8")
    assert run(["join", target, "--in", str(sheet)]) == 1
    assert "it has no column 'verdict'" in capsys.readouterr().err


# At once.


def test_two_things_are_joined_by_their_ids_and_come_apart_when_it_is_undone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_places())
    before = shape(look(target))
    one, other = entry_ids(look(target))
    assert run(["join", target, one[:6], other[:6], "--reason", "One night", "--by", "Ada"]) == 0
    assert groups(look(target), "incidents") == [["a", "b"]]
    assert run(["undo", target]) == 0
    assert "Taken back: joined the incident" in capsys.readouterr().out
    assert shape(look(target)) == before


def test_a_machines_join_is_split_by_report_and_restored(tmp_path: Path) -> None:
    target = make_record(tmp_path, *two_tolls())
    before = shape(look(target))
    (entry,) = entry_ids(look(target))
    assert run(["split", target, entry, "b", "--reason", "Another day", "--by", "Ada"]) == 0
    assert groups(look(target), "incidents") == [["a"], ["b"]]
    assert list(look(target).disputes()) == []
    run(["undo", target])
    assert shape(look(target)) == before


def test_a_split_holds_against_all_the_rest(tmp_path: Path) -> None:
    third = story("c", "Nine were killed in Orlik market by the front, police said.", incidents=[attack(9)])
    target = make_record(tmp_path, *two_tolls(), third)
    (entry,) = entry_ids(look(target))
    run(["split", target, entry, "b", "--by", "Ada"])
    assert groups(look(target), "incidents") == [["a", "c"], ["b"]]


def test_what_was_split_is_joined_again_by_hand(tmp_path: Path) -> None:
    third = story("c", "Nine were killed in Orlik market by the front, police said.", incidents=[attack(9)])
    target = make_record(tmp_path, *two_tolls(), third)
    run(["split", target, entry_ids(look(target))[0], "b", "--by", "Ada"])
    run(["join", target, *entry_ids(look(target)), "--by", "Bo"])
    assert groups(look(target), "incidents") == [["a", "b", "c"]]


def test_a_party_is_split_by_its_name_and_joined_again(tmp_path: Path) -> None:
    target = make_record(tmp_path, *two_tolls())

    def fronts() -> list[Party]:
        return [party for party in look(target).parties() if party.name == "River Front"]

    assert len(fronts()) == 1
    assert run(["split", target, "River Front", "b", "--by", "Ada"]) == 0
    assert len(fronts()) == 2
    assert run(["join", target, *(party.id for party in fronts()), "--by", "Ada"]) == 0
    assert len(fronts()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["join", "RECORD", "abcd"], "name two things"),
        (["join", "RECORD", "zzzz", "yyyy"], "'zzzz' is no thing or party"),
        (["join", "RECORD", "--by", "rules/2"], "is no person's name"),
        (["split", "RECORD", "River Front", "nowhere"], "'nowhere' is no report"),
        (["split", "RECORD", "River Front", "a", "b"], "these reports tell all of it"),
        (["join", "RECORD", "River Front", "River Front"], "they are one already"),
        (["undo", "RECORD"], "there is nothing to take back"),
        (["undo", "RECORD", "3"], "there is nothing numbered 3"),
    ],
)
def test_wrong_use_says_what_is_wrong(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_tolls())
    assert run([target if each == "RECORD" else each for each in arguments]) == 2
    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())


# Who, when, and what outlives what.


def test_the_history_keeps_who_and_when_and_what_was_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = make_record(tmp_path, *two_tolls())
    run(["split", target, entry_ids(look(target))[0], "b", "--by", "Ada"])
    run(["undo", target, "--by", "Bo"])
    capsys.readouterr()
    run(["history", target, "--json"])
    (doing,) = json.loads(capsys.readouterr().out)
    assert (doing["by"], doing["revision"], doing["undone"]) == ("Ada", 3, 4)
    assert doing["time"].startswith("20")
    run(["history", target])
    assert "told apart the incident" in " ".join(capsys.readouterr().out.split())


def test_a_persons_join_holds_after_a_new_reading_of_the_same_words(tmp_path: Path) -> None:
    first, second = two_places()
    target = make_record(tmp_path, first, second)
    run(["join", target, *entry_ids(look(target)), "--by", "Ada"])
    anew = story("b", "Houses burned in Vardo.", incidents=[attack(2, place="Vardo", date="2021-03-24")], by="rules/2")
    with Store.open(target) as store:
        assert store.reread(anew)
    assert groups(look(target), "incidents") == [["a", "b"]]


def test_a_party_that_a_person_split_stays_so_when_a_new_reading_gives_other_ids(tmp_path: Path) -> None:
    target = make_record(tmp_path, *two_tolls())
    run(["split", target, "River Front", "b", "--by", "Ada"])
    renamed = [{**FRONT, "id": "river-front"}, STATE]
    text = "Eleven died when the front raided Orlik market."
    anew = story("b", text, incidents=[attack(11, by=["river-front"])], actors=renamed, by="rules/2")
    with Store.open(target) as store:
        assert store.reread(anew)
    assert len([party for party in look(target).parties() if party.name == "River Front"]) == 2


def test_an_earlier_revision_shows_what_was_joined_then(tmp_path: Path) -> None:
    target = make_record(tmp_path, *two_tolls())
    run(["split", target, entry_ids(look(target))[0], "b", "--by", "Ada"])
    assert groups(look(target, recorded_by=2), "incidents") == [["a", "b"]]
    assert groups(look(target, recorded_by=3), "incidents") == [["a"], ["b"]]
