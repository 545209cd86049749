"""Numbers the passages of a page in the order in which the page first refers to them.

A note is a passage together with who speaks in it: the same words said by two people are two notes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from peacetable.ledger import Claim, Party, View
from peacetable.model import ActorId, Report, Span, Statement
from peacetable.views import passages


@dataclass(frozen=True, slots=True)
class Note:
    """One passage as it is shown: numbered, in its paragraph, with who says it.

    Attributes:
        before, words, after: the paragraph, cut at the passage; `words` are the report's to the letter.
        speakers: the innermost speaker, then each relayer; empty where the outlet says it in its own voice.
        by: who found it: an engine with its version, or a person; empty for a bare mention.
    """

    number: int
    report: Report
    span: Span
    before: str
    words: str
    after: str
    speakers: tuple[str, ...]
    by: str


class Footnotes:
    """The notes of one page, made while its sections are."""

    def __init__(self, view: View) -> None:
        self._notes: dict[tuple[object, ...], Note] = {}
        self._parties = {party.id: party for party in view.parties()}
        self._names = {member: party.name for party in view.parties() for member in party.members}
        self._statements: dict[str, list[Claim]] = {}
        for claim in view.claims("statements"):
            self._statements.setdefault(claim.report.id, []).append(claim)

    def cite(self, claim: Claim, span: Span | None = None) -> int:
        """The number of the note for a claim, or for one of its spans where that stands outside its evidence."""
        evidence = claim.finding.evidence
        shown = evidence if span is None or span.within(evidence) else span
        return self._number(claim.report, shown, self.speakers(claim), claim.finding.by)

    def answer(self, claim: Claim, span: Span) -> tuple[int, bool]:
        """The note for words of a claim that somebody else may say, and whether somebody does: see `Response`."""
        speakers = self._speakers_at(claim.report, span)
        return self._number(claim.report, span, speakers, claim.finding.by), bool(speakers)

    def mention(self, report: Report, words: str) -> int | None:
        """The note for the first place where a report has these words; None where it has not."""
        match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", report.text)
        return self._number(report, Span(*match.span(), match[0]), (), "") if match else None

    def speakers(self, claim: Claim) -> tuple[str, ...]:
        """Who says it: the innermost speaker, then each relayer; nobody where the outlet does."""
        finding = claim.finding
        chain = finding.chain or ((finding.according_to,) if finding.according_to else ())
        if isinstance(finding, Statement) and not chain:
            chain = tuple(actor for actor in (finding.speaker, finding.relayed_by) if actor)
        return tuple(self.name(claim.report, actor) for actor in chain)

    def name(self, report: Report, actor: ActorId) -> str:
        """The display name of a report's actor."""
        return self._names.get((report.id, actor), actor)

    def principal(self, party: Party) -> Party:
        """For whom a party speaks or acts in the end: its principal's principal, or itself."""
        seen = {party.id}
        while party.part_of in self._parties and party.part_of not in seen:
            party = self._parties[party.part_of]
            seen.add(party.id)
        return party

    def notes(self) -> tuple[Note, ...]:
        """Every note so far, by number."""
        return tuple(self._notes.values())

    def _speakers_at(self, report: Report, span: Span) -> tuple[str, ...]:
        holding = [c for c in self._statements.get(report.id, ()) if span.overlaps(c.finding.evidence)]
        closest = min(holding, key=lambda c: c.finding.evidence.end - c.finding.evidence.start, default=None)
        return self.speakers(closest) if closest else ()

    def _number(self, report: Report, span: Span, speakers: tuple[str, ...], by: str) -> int:
        key = (report.id, span.start, span.end, speakers)
        if key not in self._notes:
            shown = passages.passage(report, span)
            before, words, after = passages.parts(shown)
            opened, closed = passages.cut(shown)
            self._notes[key] = Note(
                len(self._notes) + 1, report, span, "… " * opened + before, words, after + " …" * closed, speakers, by
            )
        return self._notes[key].number
