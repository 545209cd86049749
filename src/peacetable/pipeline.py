"""READ FIRST. The whole run on one page: take in -> read -> record -> situation -> what could happen.

Stages never import each other; here they meet. Each is imported when it is first used, so that a command pays only for
what it does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

from peacetable.ledger import (
    Act,
    Claim,
    Deed,
    Duty,
    Entry,
    Issue,
    Measured,
    Party,
    Question,
    Reason,
    Situation,
    Verdict,
    View,
)
from peacetable.model import Actor, Engine, Finding, Kind, Problem, Reading, Report, Taken, When
from peacetable.settings import Settings

if TYPE_CHECKING:
    from peacetable.record.questions import Decision as Decision
    from peacetable.record.searching import Found as Found
    from peacetable.record.snapshot import Snapshot as Snapshot
    from peacetable.record.soundness import Soundness as Soundness
    from peacetable.record.store import Store as Store
    from peacetable.strategy import bargaining as bargaining
    from peacetable.strategy import forecasts as forecasts
    from peacetable.strategy import why as why
    from peacetable.strategy.comparison import Comparison as Comparison
    from peacetable.strategy.conflict import Conflict as Conflict
    from peacetable.strategy.conflict import Source as Source
    from peacetable.strategy.drafting import Draft as Draft
    from peacetable.strategy.evolution import Evolution as Evolution
    from peacetable.strategy.evolution import PathStep as PathStep
    from peacetable.strategy.hypergames import Hypergame as Hypergame
    from peacetable.strategy.inverse import Inverse as Inverse
    from peacetable.strategy.least_change import Change as Change
    from peacetable.strategy.model_text import Form as Form
    from peacetable.strategy.robustness import Robustness as Robustness
    from peacetable.strategy.robustness import Variant as Variant
    from peacetable.strategy.solution import Solution as Solution
    from peacetable.strategy.study import Stated as Stated
    from peacetable.strategy.study import Study as Study

#: The kinds of finding that fall under issues.
ISSUE_KINDS: Final[tuple[Kind, ...]] = ("positions", "proposals", "commitments", "agreements")
#: The parts of a situation.
Part = Literal["duties", "standpoints", "timeline", "disputes", "changes"]


def take_in(sources: Sequence[str], settings: Settings) -> Iterator[Taken | Problem]:
    """1. Reports come in and are kept as they came.

    Args:
        sources: files, folders, archives, or "-" for standard input.
        settings: limits, and what to assume where a report does not tell its day or publisher.

    Yields:
        A `Taken` for each report; a `Problem` for whatever could not be taken in, or needs saying.
    """
    from peacetable.intake.files import take_in as run

    return run(sources, settings)


def page(url: str) -> str:
    """A web address without what does not change the page: reports that share it are versions of one page."""
    from peacetable.addresses import canonical_address

    return canonical_address(url)


def engine(settings: Settings) -> Engine:
    """The reading engine that the settings name.

    Raises:
        UnknownEngineError: there is none of that name.
    """
    from peacetable.reading.engines import engine as named

    return named(settings.engine)


def read(reports: Iterable[Report], settings: Settings, *, layers: Collection[str] = ()) -> Iterator[Reading]:
    """2. What each report says, and where it says it."""
    return engine(settings).read(reports, layers=layers)


def open_record(target: str, settings: Settings, *, create: bool = False) -> AbstractContextManager[Store]:
    """3. Many reports become one sourced record: `store.add(reading)`, then `store.view(as_of=...)`.

    Args:
        target: a file, ":memory:", or the address of a PostgreSQL database: postgresql://user@host/name.
        settings: how long to wait for another writer.
        create: make the record where there is none.

    Raises:
        RecordError: it is missing, locked, damaged, of a newer layout, or something else altogether.
    """
    from peacetable.record.store import Store

    return Store.open(target, create=create, busy_seconds=settings.busy_seconds)


def import_record(
    lines: Iterable[str], target: str, settings: Settings, *, replace: bool = False
) -> AbstractContextManager[Store]:
    """A record made out of the lines of another one (`store.lines()`), all of it or nothing.

    Args:
        lines: what was exported.
        target: as for `open_record`.
        settings: as for `open_record`.
        replace: put it in the place of a record that is there.

    Raises:
        RecordError: the lines are not those of a whole record, or there is a record already.
    """
    from peacetable.record.store import Store

    return Store.take_over(target, lines, replace=replace, busy_seconds=settings.busy_seconds)


def check(store: Store) -> Soundness:
    """Is every rule that a record keeps true of every row, and every report the one that came in?"""
    from peacetable.intake.drafts import identity

    return store.check(identity=lambda report: identity(report.text, report.source, report.published, report.url))


def questions(view: Snapshot) -> tuple[Question, ...]:
    """What may be one thing, for a person to decide; the likeliest first."""
    from peacetable.record.questions import questions as run

    return run(view)


def decide(question: Question, verdict: Verdict, *, view: Snapshot, reason: str = "") -> Decision:
    """A person's answer to a question, ready for `store.decide(by=..., **it)`."""
    from peacetable.record.questions import decide as run

    return run(question, verdict, view=view, reason=reason)


def one(left: Entry | Party, right: Entry | Party, *, view: Snapshot, reason: str = "") -> Decision:
    """That two entries, or two parties, are one, as a person says."""
    from peacetable.record.questions import one as run

    return run(left, right, view=view, reason=reason)


def two(whole: Entry | Party, part: Iterable[Claim | tuple[str, str]], *, view: Snapshot, reason: str = "") -> Decision:
    """That some members of an entry, or of a party, are another thing than the rest, as a person says."""
    from peacetable.record.questions import two as run

    return run(whole, part, view=view, reason=reason)


def act_on(
    what: Deed,
    claim: Claim,
    *,
    view: Snapshot,
    finding: Finding | None = None,
    actors: Sequence[Actor] = (),
    **fields: Any,
) -> Act:
    """What a person does to a claim, ready for `store.decide`.

    Args:
        what: what is done.
        claim: the claim.
        view: where it is from.
        finding: what the person says instead, for a correction.
        actors: those that this names; else those of the report.
        fields: what goes with it: a note, a reason.
    """
    from peacetable.record.reviews import act_on as run

    agreements = [each for each in view.claims("agreements") if each.report.id == claim.report.id]
    known = actors or view.actors(claim.report.id)
    return run(what, claim, actors=known, agreements=agreements, finding=finding, **fields)


def analyst_report(words: str, *, by: str, on: date) -> Report:
    """What an analyst knows without a source, as a report: its words are the passage."""
    from peacetable.intake.drafts import analyst_report as run

    return run(words, by=by, on=on)


def own_text(text: str, *, name: str, source: str, url: str, published: When | None) -> Report:
    """A document's own words, as a person gives them, as a report."""
    from peacetable.intake.drafts import own_text as run

    return run(text, name=name, source=source, url=url, published=published)


def measure(view: Snapshot) -> tuple[Measured, ...]:
    """How the engines did on what people reviewed, by kind."""
    from peacetable.record.measuring import measure as run

    return run(view.acts())


def assess(
    view: View, *, on: date | None = None, since: date | None = None, only: Collection[Part] | None = None
) -> Situation:
    """4. How things stand on a date.

    Args:
        view: what the record shows.
        on: the day; by default the last day of publication.
        since: changes are those published after this day; by default, after the first day of publication.
        only: the parts that are wanted, the others stay empty; by default, all. Joining costs what is joined.
    """
    from peacetable.situation.changes import changes
    from peacetable.situation.commitments import duties
    from peacetable.situation.disputes import disputes
    from peacetable.situation.standpoints import standpoints
    from peacetable.situation.timeline import timeline

    on = on or last_day(view)
    wanted = get_args(Part) if only is None else only
    return Situation(
        on=on,
        since=since,
        view=view,
        duties=duties(view, on=on) if "duties" in wanted else (),
        standpoints=standpoints(view) if "standpoints" in wanted else (),
        timeline=timeline(view) if "timeline" in wanted else (),
        disputes=disputes(view) if "disputes" in wanted else (),
        changes=changes(view, since=since) if "changes" in wanted else (),
    )


def issues(view: View) -> tuple[Issue, ...]:
    """What parties negotiate about, with what falls under each issue."""
    from peacetable.situation.issues import issues as run

    return run(view)


def issue_codes(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The issues under which claims of one thing fall."""
    from peacetable.situation.issues import codes_of

    return codes_of(claims)


def issue_code(words: str) -> str:
    """The code of an issue that is given by its code or name; else the words, for one that a person names."""
    from peacetable.situation.issues import code_of

    return code_of(words)


def issue_name(code: str) -> str:
    """The name of an issue."""
    from peacetable.situation.issues import name_of

    return name_of(code)


def due(situation: Situation, *, on: date, days: int) -> tuple[Duty, ...]:
    """The commitments to act on: due within so many days of a day, or past their date with nothing reported."""
    from peacetable.situation.commitments import due as run

    return run(situation.duties, on=on, days=days)


def last_day(view: View) -> date | None:
    """The last day of publication that a view holds."""
    return max((report.day for report in view.reports() if report.day), default=None)


# 5. What could happen: models of a conflict and of bargaining. Everything here is worked out of a model that an analyst
# answers for; only `draft` looks at a record.


def draft(view: View, *, most_options: int = 8, title: str = "") -> Draft:
    """A first model out of a record, and what it had to assume."""
    from peacetable.strategy.drafting import draft as run

    return run(view, most_options=most_options, title=title)


def read_model(text: str, *, where: str) -> Conflict:
    """A model out of YAML, JSON or .gmcr, whichever the text is."""
    from peacetable.strategy.model_text import read as run

    return run(text, where=where)


def write_model(conflict: Conflict, form: Form) -> str:
    """A model as text."""
    from peacetable.strategy.model_text import write as run

    return run(conflict, form)


def check_model(conflict: Conflict) -> tuple[Reason, ...]:
    """What to look at in a model before believing what it comes to."""
    from peacetable.strategy.checking import check as run

    return run(conflict)


def without_passage(conflict: Conflict) -> tuple[Reason, ...]:
    """The elements of a model that rest on no passage."""
    from peacetable.strategy.checking import without_passage as run

    return run(conflict)


def solve(
    conflict: Conflict,
    *,
    concepts: Sequence[str] = (),
    unknown: Literal["a", "b", "c", "d"] = "d",
    strength: Literal["general", "strong", "weak"] = "general",
) -> Solution:
    """The stable states of a model; without concepts, by Nash, GMR, SMR, SEQ and SSEQ."""
    from peacetable.strategy import stability

    return stability.solve(conflict, concepts=concepts or stability.CONCEPTS, unknown=unknown, strength=strength)


def solve_coalitions(
    conflict: Conflict,
    groups: Sequence[Sequence[int]] | None = None,
    *,
    partition: bool = False,
    concepts: Sequence[str] = (),
    unknown: Literal["a", "b", "c", "d"] = "d",
) -> Solution:
    """Where coalitions are stable, by the places of their members; without any, all coalitions that there can be.

    With `partition` everybody acts in these coalitions, and who is in none alone.
    """
    from peacetable.strategy import coalitions

    chosen = coalitions.every(conflict) if groups is None else groups
    run = coalitions.solve_partition if partition else coalitions.solve
    return run(conflict, chosen, concepts=concepts or coalitions.CONCEPTS, unknown=unknown)


def solve_attitudes(conflict: Conflict, *, concepts: Sequence[str] = ()) -> Solution:
    """The relationally stable states, by the attitudes that a model tells."""
    from peacetable.strategy import attitudes

    return attitudes.solve(conflict, concepts=concepts or attitudes.CONCEPTS)


def solve_perceived(conflict: Conflict, *, concepts: Sequence[str] = ()) -> Hypergame:
    """The game that each decision maker sees, each solved, beside the real one."""
    from peacetable.strategy import stability
    from peacetable.strategy.hypergames import solve_hypergame

    return solve_hypergame(conflict, concepts=concepts or stability.CONCEPTS)


def explain(solution: Solution, concept: str, maker: int, state: int) -> why.Reason:
    """Why a state is stable for a decision maker by a concept, or is not."""
    from peacetable.strategy.why import explain as run

    return run(solution, concept, maker, state)


def inverse(conflict: Conflict, state: int, *, concepts: Sequence[str] = ()) -> Inverse:
    """Which preferences would make a state stable."""
    from peacetable.strategy import stability
    from peacetable.strategy.inverse import inverse as run

    return run(conflict, state, concepts=concepts or stability.CONCEPTS)


def robustness(
    conflict: Conflict, *, concepts: Sequence[str] = (), draws: int = 1000, seed: int = 1, noise: float = 0.1
) -> Robustness:
    """How far what a model comes to hangs on each thing in it."""
    from peacetable.strategy import stability
    from peacetable.strategy.robustness import robustness as run

    return run(conflict, concepts=concepts or stability.CONCEPTS, draws=draws, seed=seed, noise=noise)


def evolution(conflict: Conflict, *, start: int | None = None, equilibria: Collection[int] = ()) -> Evolution:
    """Where things can go from a state."""
    from peacetable.strategy.evolution import evolution as run

    return run(conflict, start=start, equilibria=equilibria)


def compare(first: Conflict, second: Conflict, *, concepts: Sequence[str] = ()) -> Comparison:
    """What changed from one model to another."""
    from peacetable.strategy import stability
    from peacetable.strategy.comparison import compare as run

    return run(first, second, concepts=concepts or stability.CONCEPTS)


def stated(conflict: Conflict, maker: int) -> tuple[Stated, ...]:
    """What a decision maker is told to want, line by line, with the passages of each."""
    from peacetable.strategy.study import stated as run

    return run(conflict, maker)


def study(conflict: Conflict, *, concepts: Sequence[str] = (), draws: int = 1000, seed: int = 1) -> Study:
    """Everything that a page about a model shows."""
    from peacetable.strategy.study import study as run

    return run(conflict, concepts=concepts, draws=draws, seed=seed)


def bargain(
    text: str,
    *,
    where: str,
    rounds: int = 10,
    probability: bargaining.Probability = "all-pairs",
    choice: bargaining.Choice = "blended",
) -> tuple[str, bargaining.Bargain]:
    """The title of an issue, and how its actors bargain over it round by round."""
    from peacetable.strategy import bargaining as room
    from peacetable.strategy.issue_file import load_issue

    title, actors = load_issue(text, where=where)
    return title, room.bargain(actors, rounds=rounds, probability=probability, choice=choice)


def keep_forecast(
    kept: str | None, found: bargaining.Bargain, *, issue: str, made: date, outcome: float | None, where: str
) -> forecasts.Kept:
    """A record of forecasts with one more in it, or with an outcome, and how they did."""
    from peacetable.strategy.forecasts import keep as run

    return run(kept, found, issue=issue, made=made, outcome=outcome, where=where)
