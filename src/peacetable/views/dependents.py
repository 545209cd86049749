"""What changes in a record between two views of it: which claims came and went, and what had rested on them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from peacetable import pipeline
from peacetable.ledger import Claim, Duty, Reason, View
from peacetable.model import KINDS
from peacetable.views import phrases
from peacetable.views.oneliners import one_line


def gone(before: View, after: View) -> list[Claim]:
    """The claims of the first view that the second does not have."""
    there = {claim.id for claim in after.claims()}
    return [claim for claim in before.claims() if claim.id not in there]


def dependents(before: View, after: View, lost: Collection[Claim]) -> Iterator[Reason]:
    """What had rested on claims that are gone: things that only they told of, things that others still tell of,
    contradictions that ended, and commitments that stand otherwise.

    Args:
        before, after: the record with the claims and without.
        lost: the claims.
    """
    ids = {claim.id for claim in lost}
    for kind in KINDS:
        for entry in before.entries(kind):
            left = [claim for claim in entry.members if claim.id not in ids]
            if len(left) == len(entry.members):
                continue
            told = (("kind", kind), ("what", _line(entry.members[-1], before)))
            if left:
                reports = len({claim.report.id for claim in left})
                yield Reason("still_told", (*told, ("count", phrases.counted(reports, "other report"))))
            else:
                yield Reason("told_alone", told)
    yield from _ended(before, after)
    yield from _moved(before, after)


def _ended(before: View, after: View) -> Iterator[Reason]:
    still = {(each.about, each.field, frozenset(side.value for side in each.sides)) for each in after.disputes()}
    for dispute in before.disputes():
        values = [side.value for side in dispute.sides]
        if (dispute.about, dispute.field, frozenset(values)) not in still:
            told = (("field", phrases.said(dispute.field)), ("values", " / ".join(values)))
            yield Reason("difference_ended", told)


def _moved(before: View, after: View) -> Iterator[Reason]:
    was, now = _duties(before), _duties(after)
    seen: set[str] = set()
    for claim, duty in was.items():
        other = now.get(claim)
        if other and duty.entry.id not in seen and _stand(duty) != _stand(other):
            seen.add(duty.entry.id)
            told = (("before", _stand(duty)), ("after", _stand(other)), ("what", _line(other.claim, after)))
            yield Reason("stands_otherwise", told)


def _duties(view: View) -> dict[str, Duty]:
    """The commitments of a view, by each of their claims."""
    only: tuple[pipeline.Part, ...] = ("duties",)
    found = pipeline.assess(view, only=only).duties
    return {claim.id: duty for duty in found for claim in duty.entry.members}


def _stand(duty: Duty) -> str:
    return f"{phrases.date_words(duty.due, unknown='no date')}, {phrases.FULFILMENT_WORDS[duty.fulfilment]}"


def _line(claim: Claim, view: View) -> str:
    return one_line(claim.finding, phrases.namer(view, claim.report.id))
