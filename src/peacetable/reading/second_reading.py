"""Rules and the trained model as two readers of one report: what both see, what one sees alone.

A finding of the rules whose passage the model does not see as one of its kind has thin support: it is shown as "needs
a look". Where the model sees a passage and no rule found anything, a finding is made from its key spans, its plain
values and the mentions that fill its roles best; dates, places and tolls are looked up as the rules look them up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

from peacetable.model import (
    ActorId,
    Commitment,
    Cue,
    Expectation,
    Finding,
    Incident,
    Position,
    Proposal,
    Span,
    Statement,
    Talks,
)
from peacetable.reading import circumstances, dues, tolls
from peacetable.reading.analysis import Analysis, Mention
from peacetable.reading.attribution import provenance
from peacetable.reading.extents import Clause, clause_at
from peacetable.reading.holders import Place
from peacetable.reading.language import EvidenceSpans, Language

#: From how sure a passage is a finding by itself; from SURE on it is not thin. Set on the reports of the corpus that
#: the weights have not seen and accuracy is not measured on (those kept from training, and the stories), by what is
#: right most often together with the rules.
LEAST: Final[Mapping[str, float]] = MappingProxyType(
    {
        "statements": 0.7,
        "positions": 0.6,
        "commitments": 0.5,
        "proposals": 0.7,
        "talks": 0.5,
        "incidents": 0.7,
        "expectations": 0.6,
    }
)
#: How likely, as a logit, somebody must have done what the rules found nobody to have done.
DOER: Final = 2.0
SURE: Final = 0.8
_F = TypeVar("_F", bound=Finding)
#: How many characters a mention before a passage may be away from it.
NEAR: Final = 400


def weighed(analysis: Analysis, language: Language, found: Iterable[_F]) -> Iterator[_F]:
    """The findings of the rules with thin support where the model does not see them; as they are without a model.

    On reports that neither was made with, what both see is right about twice as often as what a rule sees alone
    (docs/explanation/how-it-reads.md). Where the rules found nobody who did an incident, and the model is sure, its
    answer is taken.
    """
    if language.by != "model":
        yield from found
        return
    seen: dict[str, list[EvidenceSpans]] = {}
    for evidence in language.evidence:
        seen.setdefault(evidence.kind, []).append(evidence)
    for finding in found:
        same = [held for held in seen.get(finding.kind, ()) if _shares(finding.evidence, held.span)]
        if same and isinstance(finding, Incident) and not finding.actors:
            doers = _Passage(analysis, same[0]).several("by", least=DOER)
            cues = (*finding.cues, Cue("model", "by")) if doers else finding.cues
            finding = replace(finding, actors=doers, cues=cues)
        yield replace(finding, thin=not same)


def sensed(analysis: Analysis, language: Language, found: Iterable[Finding]) -> Iterator[Finding]:
    """A finding for each passage of the model that shares no half of its words with a finding of its kind."""
    known: dict[str, list[Span]] = {}
    for finding in found:
        known.setdefault(finding.kind, []).append(finding.evidence)
    for evidence in language.evidence:
        make = MAKERS.get(evidence.kind)
        if make is None or evidence.score < LEAST[evidence.kind]:
            continue
        if any(_shares(evidence.span, other) for other in known.get(evidence.kind, ())):
            continue
        made = make(_Passage(analysis, evidence))
        if made is None:
            continue
        speaker, chain = provenance(analysis, made.evidence.start, made.evidence.end)
        if evidence.kind != "statements":
            made = replace(made, according_to=speaker, chain=chain)
        yield replace(made, cues=(Cue("model", f"{evidence.score:.2f}"),), thin=evidence.score < SURE)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage of the model in its report."""

    analysis: Analysis
    evidence: EvidenceSpans

    @property
    def span(self) -> Span:
        return self.evidence.span

    @property
    def clause(self) -> Clause:
        return clause_at(self.analysis, self.span.start, self.span.start + 1)

    def key(self, name: str) -> Span | None:
        """The first span of a key, without quotation marks."""
        spans = self.evidence.keys.get(name, ())
        return spans[0] if spans else None

    def value(self, name: str) -> Any:
        """A plain value."""
        return self.evidence.values[name][0]

    def one(self, role: str) -> ActorId | None:
        """Who fills a role best; None if nobody does."""
        best = max(self._fillers(role), key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] > 0 else None

    def several(self, role: str, *, least: float = 0.0) -> tuple[ActorId, ...]:
        """All who fill a role, in the order of the text."""
        return tuple(dict.fromkeys(actor for score, actor in self._fillers(role) if score > least))

    def _fillers(self, role: str) -> Iterator[tuple[float, ActorId]]:
        fills = self.evidence.roles.get(role)
        if fills is None:
            return
        for mention in self.analysis.mentions_in(max(0, self.span.start - NEAR), self.span.end + 1):
            score = fills.of(mention.end)
            if mention.actor is not None and score is not None and not self._covered(mention):
                yield score, mention.actor

    def _covered(self, mention: Mention) -> bool:
        """Is a mention the last part of a longer one? Then they end together, and only the longer one counts."""
        around = self.analysis.mentions_in(max(0, mention.start - 80), mention.end)
        return any(other.end == mention.end and other.start < mention.start for other in around)


def _shares(one: Span, other: Span) -> bool:
    common = min(one.end, other.end) - max(one.start, other.start)
    return 2 * common >= min(one.end - one.start, other.end - other.start)


def _statement(passage: _Passage) -> Statement | None:
    content = passage.evidence.keys.get("content", ())
    speaker = passage.one("speaker")
    if not content or speaker is None:
        return None
    return Statement(
        speaker=speaker, source=passage.key("source"), cue=passage.key("cue"), content=content,
        form=passage.value("form"), evidence=passage.span,
    )  # fmt: skip


def _position(passage: _Passage) -> Position | None:
    speaker, _ = provenance(passage.analysis, passage.span.start, passage.span.end)
    actor = passage.one("actor") or speaker
    issue = passage.key("issue")
    if actor is None or issue is None:
        return None
    return Position(actor=actor, stance=passage.value("stance"), issue=issue, evidence=passage.span)


def _commitment(passage: _Passage) -> Commitment | None:
    speaker, _ = provenance(passage.analysis, passage.span.start, passage.span.end)
    actor, action = passage.one("by") or speaker, passage.key("action")
    if actor is None or action is None:
        return None
    place = Place.of(passage.analysis, passage.analysis.sentence_at(action.start))
    start = dues.counted_from(place, (), None, action)
    to = passage.one("to")
    return Commitment(
        actor=actor, modality=passage.value("modality"), action=action, to=to if to != actor else None,
        due=dues.due(place, passage.span, action, start), condition=passage.key("condition"),
        evidence=passage.span,
    )  # fmt: skip


def _proposal(passage: _Passage) -> Proposal | None:
    speaker, _ = provenance(passage.analysis, passage.span.start, passage.span.end)
    actor, content = passage.one("by") or speaker, passage.key("content")
    if actor is None or content is None:
        return None
    to = tuple(other for other in passage.several("to") if other != actor)
    return Proposal(actor=actor, content=content, to=to, evidence=passage.span)


def _talks(passage: _Passage) -> Talks | None:
    participants = passage.several("participants")
    if not participants:
        return None
    clause = passage.clause
    return Talks(
        type=passage.value("kind"), participants=participants,
        hosts=tuple(other for other in passage.several("hosts") if other not in participants),
        place=circumstances.place_of(passage.analysis, clause, clause.first),
        date=circumstances.date_of(passage.analysis, clause, clause.first), status=passage.value("status"),
        outcome=passage.key("outcome"), evidence=passage.span,
    )  # fmt: skip


def _incident(passage: _Passage) -> Incident | None:
    clause = passage.clause
    toll = tolls.toll_of(passage.analysis, clause.sentence, clause.first, clause.last)
    by = passage.several("by")
    return Incident(
        type=passage.value("kind"), actors=by,
        against=tuple(other for other in passage.several("against") if other not in by),
        place=circumstances.place_of(passage.analysis, clause, clause.first),
        date=circumstances.date_of(passage.analysis, clause, clause.first),
        killed=toll.killed, injured=toll.injured, status=passage.value("status"), evidence=passage.span,
    )  # fmt: skip


def _expectation(passage: _Passage) -> Expectation | None:
    then = passage.key("then")
    if then is None:
        return None
    speaker, _ = provenance(passage.analysis, then.start, then.end)
    return Expectation(
        holder=passage.one("holder") or speaker, condition=passage.key("if"), then=then, evidence=passage.span
    )


#: What makes a finding of a passage, by kind. Agreements and figures are left to the rules, which ask for their parts.
MAKERS: Final[Mapping[str, Callable[[_Passage], Finding | None]]] = MappingProxyType(
    {
        "statements": _statement,
        "positions": _position,
        "commitments": _commitment,
        "proposals": _proposal,
        "talks": _talks,
        "incidents": _incident,
        "expectations": _expectation,
    }
)
