"""The nouns of the ledger as JSON values: what `--json` prints. Every object carries the claims that it rests on."""

from __future__ import annotations

from typing import Any

from peacetable import pipeline, scheme
from peacetable.ledger import (
    Act,
    Change,
    Claim,
    Dispute,
    Duty,
    Entry,
    Issue,
    Judgement,
    Measured,
    Moment,
    Party,
    Question,
    Reason,
    Standpoint,
    View,
    chosen,
)
from peacetable.model import Commitment, Report, When, actors_of
from peacetable.views import oneliners, phrases


def duty_object(duty: Duty, view: View) -> dict[str, Any]:
    """A commitment as it stands on the day."""
    finding = duty.claim.finding
    if not isinstance(finding, Commitment):
        raise TypeError(f"a duty is about a commitment, not about {finding.kind}")
    return {
        "id": duty.entry.id,
        "by": party_name(duty.actor),
        "modality": finding.modality,
        "action": finding.action.quote,
        "to": party_name(duty.to),
        "due": when_object(duty.due),
        "dues": [{"due": when_object(when), "claim": claim_object(claim, view)} for when, claim in duty.dues],
        "headline": duty.headline,
        "timing": duty.timing,
        "fulfilment": duty.fulfilment,
        "condition": duty.condition,
        "condition_words": finding.condition.quote if finding.condition else None,
        "under": claim_object(duty.under, view) if duty.under else None,
        "claims": [claim_object(claim, view) for claim in duty.entry.members],
        "former": [claim_object(claim, view) for claim in duty.entry.former],
        "evidence": [claim.id for claim in duty.evidence],
        "maybe_the_same": [judgement_object(link) for link in duty.entry.proposed],
    }


def standpoint_object(standpoint: Standpoint, view: View) -> dict[str, Any]:
    """Where a party stands on an issue."""
    return {
        "party": party_name(standpoint.party),
        "issue": standpoint.issue,
        "stance": standpoint.stance,
        "under": list(pipeline.issue_codes((standpoint.claim, *standpoint.earlier))),
        "claim": claim_object(standpoint.claim, view),
        "earlier": [claim_object(claim, view) for claim in standpoint.earlier],
    }


def moment_object(moment: Moment, view: View) -> dict[str, Any]:
    """One dated thing of the timeline."""
    return {
        "when": when_object(moment.when),
        "kind": moment.kind,
        "what": oneliners.one_line(moment.claim.finding, phrases.namer(view, moment.claim.report.id)),
        "id": moment.entry.id if moment.entry else None,
        "claims": [claim_object(claim, view) for claim in (moment.entry.members if moment.entry else (moment.claim,))],
    }


def dispute_object(dispute: Dispute, view: View) -> dict[str, Any]:
    """A field of one thing on which reports differ."""
    pick = chosen(dispute)
    return {
        "id": dispute.entry,
        "about": dispute.about,
        "field": dispute.field,
        "kind": dispute.kind,
        "proposed": dispute.proposed,
        "sides": [
            {"value": side.value, "claims": [claim_object(claim, view) for claim in side.claims]}
            for side in dispute.sides
        ],
        "chosen": {"value": pick[0].value, **act_object(pick[1])} if pick else None,
    }


def change_object(change: Change, view: View) -> dict[str, Any]:
    """What a later report changed."""
    return {
        "code": change.reason.code,
        "arguments": dict(change.reason.args),
        "sentence": phrases.sentence(change.reason),
        "claims": [claim_object(claim, view) for claim in change.claims],
    }


def party_object(party: Party, view: View) -> dict[str, Any]:
    """One actor across reports."""
    over = next((other for other in view.parties() if other.id == party.part_of), None) if party.part_of else None
    return {
        "id": party.id,
        "name": party.name,
        "kind": party.kind,
        "country": party.country,
        "names": list(party.names),
        "roles": list(party.roles),
        "part_of": party_name(over),
        "members": [{"report": report, "actor": actor} for report, actor in party.members],
    }


def entry_object(entry: Entry, view: View) -> dict[str, Any]:
    """What the record believes to be one thing."""
    latest = entry.latest
    return {
        "id": entry.id,
        "kind": entry.kind,
        "what": oneliners.one_line(latest.finding, phrases.namer(view, latest.report.id)),
        "claims": [claim_object(claim, view) for claim in entry.members],
        "former": [claim_object(claim, view) for claim in entry.former],
        "maybe_the_same": [judgement_object(link) for link in entry.proposed],
    }


def question_object(question: Question, view: View) -> dict[str, Any]:
    """Two things that may be one."""
    sides = {
        name: claim_object(side, view) if isinstance(side, Claim) else party_object(side, view)
        for name, side in (("left", question.left), ("right", question.right))
    }
    reasons = [reason_object(reason) for reason in question.reasons]
    kind = question.left.kind if isinstance(question.left, Claim) else "party"
    return {"kind": kind, "score": round(question.score, 3), **sides, "reasons": reasons, "later": question.later}


def issue_object(issue: Issue, view: View) -> dict[str, Any]:
    """What parties negotiate about, with what falls under it."""
    things = [entry_object(entry, view) for entry in issue.entries]
    return {"code": issue.code or None, "name": issue.name or None, "pax": list(issue.pax), "things": things}


def measured_object(measured: Measured) -> dict[str, Any]:
    """How an engine did on the findings of one kind that people reviewed."""
    return {
        "kind": measured.kind,
        "engine": measured.engine or None,
        "accepted": measured.accepted,
        "corrected": measured.corrected,
        "refused": measured.refused,
        "added": measured.added,
        "precision": None if measured.precision is None else round(measured.precision, 3),
        "fields": dict(measured.fields),
    }


def act_object(act: Act) -> dict[str, Any]:
    """What a person did to a claim; what a correction says is the finding itself."""
    told = {
        name: value for name, value in act.fields.items() if name not in ("claim", "finding", "actors", "under", "was")
    }
    return {"what": act.what, "by": act.author, "time": act.time, "revision": act.revision, **told}


def reason_object(reason: Reason) -> dict[str, Any]:
    """Why something was decided."""
    return {
        "code": reason.code,
        "arguments": dict(reason.args),
        "weight": reason.weight,
        "sentence": phrases.sentence(reason),
    }


def claim_object(claim: Claim, view: View) -> dict[str, Any]:
    """A finding by a report, with who says it; actors inside it are ids of the report, named under `names`."""
    name = phrases.namer(view, claim.report.id)
    finding = scheme.finding_to_json(claim.finding)
    return {
        "id": claim.id,
        "kind": claim.kind,
        "report": report_object(claim.report),
        "says": name(claim.finding.according_to),
        "finding": finding,
        "acts": [act_object(act) for act in claim.acts],
        "names": {actor: name(actor) for actor in sorted({actor for _, actor in actors_of(claim.finding)})},
    }


def report_object(report: Report) -> dict[str, Any]:
    """Which report it was; never its text."""
    return {
        "id": report.id,
        "name": report.name,
        "title": report.title,
        "source": report.source,
        "url": report.url,
        "published": report.published.edtf if report.published else None,
        "published_how": report.published_how,
    }


def judgement_object(judgement: Judgement) -> dict[str, Any]:
    """A join that was made or is proposed, with its reasons."""
    return {
        "verdict": judgement.verdict,
        "score": round(judgement.score, 3),
        "left": _place(judgement.left.report, judgement.left.start, judgement.left.end),
        "right": _place(judgement.right.report, judgement.right.start, judgement.right.end),
        "reasons": [reason_object(reason) for reason in judgement.reasons],
        "author": judgement.author,
    }


def when_object(when: When | None) -> dict[str, Any] | None:
    """A date with its bounds, words and rule."""
    if when is None:
        return None
    return {
        "edtf": when.edtf,
        "earliest": when.earliest.isoformat() if when.earliest else None,
        "latest": when.latest.isoformat() if when.latest else None,
        "words": when.words,
        "rule": when.rule,
        "anchor": when.anchor,
    }


def party_name(party: Party | None) -> str | None:
    """The name to show for a party."""
    return party.name if party else None


def _place(report: str, start: int, end: int) -> dict[str, Any]:
    return {"report": report, "start": start, "end": end}
