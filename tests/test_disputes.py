"""What reports differ on, in the order in which it deserves a look."""

from __future__ import annotations

from fake_view import view_of
from peacetable.ledger import Dispute, Side
from peacetable.situation.disputes import disputes

SIDES = (Side("one", ()), Side("two", ()))


def test_disputes_come_before_refinements_and_what_is_owed_before_what_happened() -> None:
    given = [
        Dispute(entry="1", about="commitments", field="due", sides=SIDES, kind="refinement"),
        Dispute(entry="2", about="incidents", field="killed", sides=SIDES),
        Dispute(entry="3", about="commitments", field="due", sides=SIDES, proposed=True),
        Dispute(entry="4", about="commitments", field="due", sides=SIDES),
    ]
    found = disputes(view_of(("2021-03-12", "Nothing.", {}), disputes=given))
    assert [dispute.entry for dispute in found] == ["4", "2", "3", "1"]
