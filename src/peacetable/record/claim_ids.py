"""What a claim is called: a hash of what it says and where, whoever found it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from peacetable.model import Kind

#: What is no part of what a claim says: who found it, and how.
HOW: Final = ("made_by", "cues", "thin")


def claim_id(report: str, kind: Kind, fields: Mapping[str, Any], *, again: int = 1) -> str:
    """The id of a claim.

    Args:
        report: the id of the report that makes it.
        kind: the kind of finding.
        fields: what it says, in the scheme's names.
        again: the same thing found twice at one place is two claims: which of them it is.
    """
    said = canonical([report, kind, {name: value for name, value in fields.items() if name not in HOW}])
    return hashlib.sha256((f"{said}#{again}" if again > 1 else said).encode()).hexdigest()[:32]


def canonical(value: Any) -> str:
    """JSON in the one form that the record keeps, so that its hash means something."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
