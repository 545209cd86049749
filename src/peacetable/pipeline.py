"""READ FIRST. The whole run on one page: take in -> read -> record -> situation.

Stages never import each other; here they meet. Each is imported when it is first used, so that a command pays only for
what it does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from peacetable.ledger import Duty, Situation, View
from peacetable.model import Engine, Problem, Reading, Report, Taken
from peacetable.settings import Settings

if TYPE_CHECKING:
    from peacetable.record.store import Store

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
        target: a file, or ":memory:".
        settings: how long to wait for another writer.
        create: make the record where there is none.

    Raises:
        RecordError: it is missing, locked, damaged, of a newer layout, or something else altogether.
    """
    from peacetable.record.store import Store

    return Store.open(target, create=create, busy_seconds=settings.busy_seconds)


def situation(
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


def due(situation: Situation, *, on: date, days: int) -> tuple[Duty, ...]:
    """The commitments to act on: due within so many days of a day, or past their date with nothing reported."""
    from peacetable.situation.commitments import due as run

    return run(situation.duties, on=on, days=days)


def last_day(view: View) -> date | None:
    """The last day of publication that a view holds."""
    return max((report.day for report in view.reports() if report.day), default=None)
