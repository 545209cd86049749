"""What of a record may go out at a level of marking."""

from __future__ import annotations

from pathlib import Path

from hand_stories import attack, look, make_record, story
from peacetable.record.store import Store
from peacetable.views.commands.app import run


def test_the_lines_of_a_record_leave_out_what_is_marked_above_a_level_and_are_a_record(tmp_path: Path) -> None:
    text = "The front raided Orlik. The mayor told us where he hides."
    raid = attack(evidence={"quote": "The front raided Orlik."})
    told = {"speaker": "state", "evidence": {"quote": "The mayor told us where he hides."}}
    secret = story("b", "Nobody may know of Vardo.", incidents=[attack(place="Vardo")])
    target = make_record(tmp_path, story("a", text, incidents=[raid], statements=[told]), secret)
    marked = next(claim for claim in look(target).claims("statements"))
    run(["grade", target, marked.id, "--tlp", "red"])
    run(["grade", target, "b", "--tlp", "amber"])
    with Store.open(target) as store:
        lines = list(store.lines(marking="green"))
        whole = "".join(store.lines())
    assert "mayor" in whole
    assert "Vardo" in whole
    assert "mayor" not in "".join(lines)
    assert "Vardo" not in "".join(lines)
    with Store.take_over(str(tmp_path / "other.db"), lines) as other:
        view = other.view()
    assert [claim.finding.evidence.quote for claim in view.claims()] == ["The front raided Orlik."]
