"""What reports differ on, in the order in which it deserves a look."""

from __future__ import annotations

from typing import Final

from peacetable.ledger import Dispute, View
from peacetable.model import Kind

#: What is owed and agreed before what is said and counted.
ORDER: Final[tuple[Kind, ...]] = (
    "commitments", "agreements", "talks", "incidents", "proposals", "positions", "figures", "expectations",
    "statements",
)  # fmt: skip


def disputes(view: View) -> tuple[Dispute, ...]:
    """Values that exclude each other first, then refinements; what is one thing for certain before what may be one."""
    return tuple(sorted(view.disputes(), key=_order))


def _order(dispute: Dispute) -> tuple[bool, bool, int]:
    return dispute.kind == "refinement", dispute.proposed, ORDER.index(dispute.about)
