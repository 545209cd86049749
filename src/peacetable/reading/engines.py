"""The reading engines by name, imported when asked for; `local` is the default and needs nothing but this package."""

from __future__ import annotations

import importlib
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import version as installed
from types import MappingProxyType
from typing import Final

from peacetable.errors import UnknownEngineError
from peacetable.model import (
    KINDS,
    Actor,
    ActorId,
    Engine,
    Finding,
    Problem,
    Reading,
    Report,
    actors_of,
)
from peacetable.reading import layers as raw
from peacetable.reading.analysis import Analysis

#: Where each engine lives; a module is imported when its engine is asked for.
ENGINES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"local": ("peacetable.reading.engines", "Local"), "rules": ("peacetable.reading.engines", "ByRules")}
)


def engine(name: str) -> Engine:
    """The engine of a name.

    Raises:
        UnknownEngineError: there is none of that name.
    """
    if name not in ENGINES:
        raise UnknownEngineError(name, ENGINES)
    module, cls = ENGINES[name]
    made: Engine = getattr(importlib.import_module(module), cls)()
    return made

#: Reports under way at once.
AHEAD: Final = 2


class Local:
    """Rules and the trained model on this machine: no network, no key; a report always gives the same reading."""

    name = "local"
    model = True

    @property
    def version(self) -> str:
        """The package's version."""
        return installed("peacetable")

    def read(self, reports: Iterable[Report], *, layers: Collection[str] = ()) -> Iterator[Reading]:
        """Read each report by itself, in their order.

        Args:
            reports: the reports; taken as they are read, with at most `AHEAD` under way beyond the one that is given.
            layers: raw layers to add: some of `layers.LAYERS`.
        """
        if not self.model:
            yield from (self._reading(report, layers) for report in reports)
            return
        from peacetable.reading import language

        # The rules go over one report while the network runs on the next.
        with ThreadPoolExecutor(AHEAD) as pool:
            begun: deque[Future[Reading]] = deque()
            for number, report in enumerate(reports):
                if number == 0:
                    language.load()
                begun.append(pool.submit(self._reading, report, layers))
                if len(begun) > AHEAD:
                    yield begun.popleft().result()
            while begun:
                yield begun.popleft().result()

    def _reading(self, report: Report, layers: Collection[str]) -> Reading:
        by = f"{self.name}/{self.version}"
        try:
            return read(report, by=by, layers=layers, model=self.model)
        except Exception as error:  # noqa: BLE001 - whatever one report does to a reader, the others go on
            return _unread(report, error, by=by)


class ByRules(Local):
    """The rules alone: faster, and to measure the model against."""

    name = "rules"
    model = False


def read(report: Report, *, by: str, layers: Collection[str] = (), model: bool = True) -> Reading:
    """One report's findings; a report in a language that is not read gives a problem instead."""
    if report.language not in (None, "en"):
        problem = Problem(
            report.name,
            f"the report is in {_language(report.language)}; this engine reads English only, so nothing was read "
            "from it. Give a translation as its own report.",
            "warning",
        )
        return Reading(report=report, problems=(problem,), engine=by)
    analysis = analyse(report, model=model)
    findings = tuple(replace(finding, by=by) for finding in _found(analysis))
    return Reading(
        report=report,
        actors=_needed(analysis.actors, findings, analysis),
        findings=findings,
        engine=by,
        layers=raw.layers(analysis, layers),
    )


def _unread(report: Report, error: Exception, *, by: str) -> Reading:
    """A reading that says why there is none."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    problem = Problem(
        report.name,
        f"could not be read: {what}. Nothing was taken from it; the other reports are not affected. "
        "This is a fault of the engine: please report it with the text that brings it about.",
    )
    return Reading(report=report, problems=(problem,), engine=by)


def analyse(report: Report, *, model: bool = True) -> Analysis:
    """What all readers share: a report's sentences, times, quantities, actors, mentions and attributions.

    Args:
        model: whether the trained model reads it too.
    """
    from peacetable.reading import attribution, language, mentions, officials, quantities, sentences, times

    furniture = tuple(item.span for item in report.furniture)
    paragraphs, found = sentences.split(report.text, report.furniture)
    dated = times.times(report.text, published=report.published, sentences=found, furniture=furniture)
    counted = quantities.quantities(report.text, sentences=found, times=dated, furniture=furniture)
    told = language.annotate(found, report.text) if model else None
    analysis = Analysis(
        report=report, paragraphs=paragraphs, sentences=found, times=dated, quantities=counted, language=told
    )
    return attribution.attributed(officials.official(mentions.resolved(analysis)))


def _found(analysis: Analysis) -> Iterator[Finding]:
    """Every finding once, kinds in the order of the scheme, within a kind in the order of the text."""
    from peacetable.reading import (
        agreements,
        attribution,
        expectations,
        figures,
        incidents,
        pledges,
        positions,
        proposals,
        second_reading,
        talks,
    )

    standing = positions.positions(analysis)
    agreed = agreements.agreements(analysis)  # in the order that commitments count them by
    others: list[Finding] = [
        *attribution.statements(analysis),
        *standing,
        *pledges.commitments(analysis, agreed),
        *proposals.proposals(analysis, standing),
        *talks.talks(analysis),
        *incidents.incidents(analysis),
        *figures.figures(analysis),
        *expectations.expectations(analysis),
    ]
    told = analysis.language
    if told is not None:
        agreed = tuple(second_reading.weighed(analysis, told, agreed))
        others = list(second_reading.weighed(analysis, told, others))
        others.extend(second_reading.sensed(analysis, told, (*others, *agreed)))
    ordered = sorted(dict.fromkeys(others), key=lambda finding: (finding.evidence.start, finding.evidence.end))
    for kind in KINDS:
        yield from agreed if kind == "agreements" else (finding for finding in ordered if finding.kind == kind)


def _needed(actors: tuple[Actor, ...], findings: Iterable[Finding], analysis: Analysis) -> tuple[Actor, ...]:
    """The actors that a finding names or that the report names by a name, and whom these belong to."""
    known = {actor.id: actor for actor in actors}
    wanted: set[ActorId] = {actor for finding in findings for _, actor in actors_of(finding)}
    wanted |= {mention.actor for mention in analysis.mentions if mention.actor and mention.kind == "name"}
    pending = list(wanted & known.keys())
    while pending:
        part_of = known[pending.pop()].part_of
        if part_of in known and part_of is not None and part_of not in wanted:
            wanted.add(part_of)
            pending.append(part_of)
    return tuple(actor for actor in actors if actor.id in wanted)


def _language(code: str) -> str:
    """The English name of a language, by its ISO 639-1 code."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))
