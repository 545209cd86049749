"""`peacetable withdraw` and `peacetable reread`: what a report said no longer counts, or is read anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

import typer

from peacetable import pipeline
from peacetable.ledger import Act, Claim, Place
from peacetable.model import Problem, Report
from peacetable.settings import Settings
from peacetable.views import dependents, phrases
from peacetable.views.commands import dialog, naming, options
from peacetable.views.commands.session import Session
from peacetable.views.oneliners import one_line

if TYPE_CHECKING:
    from peacetable.pipeline import Snapshot, Store

#: So many lines are shown of what changed in a report; the rest is counted.
MOST: Final = 20


def withdraw(
    record: options.Record,
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report, by its name or its id.")],
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why it no longer counts.")],
    by: dialog.By = None,
) -> None:
    """Take a report out of every view: its claims are withdrawn, and what had rested on them is told.

    Nothing is deleted; `undo` has it count again. A report that its outlet takes back in another report, and a page
    that has a later version, are withdrawn without being asked.

    Example: peacetable withdraw process.db herald-0312 --reason "The outlet took it back on the phone"
    """
    session, author = Session(), dialog.person(by)
    if not reason.strip():
        raise typer.BadParameter("say why", param_hint="'--reason'")
    with pipeline.open_record(record, Settings()) as store:
        before = store.view()
        chosen = naming.report(before, report)
        if chosen.id in before.fallen():
            told = phrases.sentence(before.fallen()[chosen.id])
            raise typer.BadParameter(f"it does not count as it is: {told}", param_hint="'REPORT'")
        act = Act(what="withdraw", place=Place(chosen.id, 0, 0, ""), fields={"reason": reason})
        revision = store.decide(by=author, acts=[act])
        after = store.view()
    lost = dependents.gone(before, after)
    session.answer(f"Withdrew {chosen.name} with {phrases.counted(len(lost), 'finding')}.")
    for why in dependents.dependents(before, after, lost):
        session.answer(f"  {phrases.sentence(why)}")
    session.answer(f"`peacetable undo {record} {revision}` takes it back")
    raise typer.Exit(session.code)


def reread(
    record: options.Record,
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="REPORT", help="Only these, by name or id; else all.")
    ] = None,
    *,
    engine: options.EngineName = "local",
) -> None:
    """Read reports again with the present engine: its findings take the place of the older ones, and what changed is
    told. What people did stays; findings that were taken over as a person's work are not read again.

    Example: peacetable reread process.db
    """
    session = Session()
    settings = Settings(engine=engine)
    with pipeline.open_record(record, settings) as store:
        before = store.view()
        chosen = [naming.report(before, words) for words in reports or ()] or list(before.reports())
        mine = store.engines()
        theirs = [each for each in chosen if "/" not in mine.get(each.id, "")]
        if theirs:
            told = f"{phrases.counted(len(theirs), 'report')} not read again: the findings are a person's work"
            session.problem(Problem(record, told, "note"))
        changed = _read_again(store, session, [each for each in chosen if each not in theirs], settings)
        after = store.view()
    for report in changed:
        _tell(session, report, before, after)
    total = len(chosen) - len(theirs)
    session.answer(f"{record}: {phrases.counted(total, 'report')} read again, {len(changed)} of them changed")
    raise typer.Exit(session.code)


def _read_again(store: Store, session: Session, chosen: Sequence[Report], settings: Settings) -> list[Report]:
    changed = []
    for reading in session.progress(pipeline.read(chosen, settings), "reports read again"):
        for problem in reading.problems:
            session.problem(problem)
        if store.reread(reading):
            changed.append(reading.report)
    return changed


def _tell(session: Session, report: Report, before: Snapshot, after: Snapshot) -> None:
    """What a new reading found and no longer finds in a report."""
    was, now = (
        {claim.id: claim for claim in view.claims() if claim.report.id == report.id} for view in (before, after)
    )
    lines = [f"  no longer: {_line(claim, before)}" for identity, claim in was.items() if identity not in now]
    lines += [f"  new: {_line(claim, after)}" for identity, claim in now.items() if identity not in was]
    counts = Counter("new" if line.startswith("  new") else "gone" for line in lines)
    told = f"{counts['new']} new, {counts['gone']} gone" if lines else "found by other rules, or other actors"
    session.answer(f"{report.name}: {told}")
    for line in lines[:MOST]:
        session.answer(line)
    if len(lines) > MOST:
        session.answer(f"  and {len(lines) - MOST} more")


def _line(claim: Claim, view: Snapshot) -> str:
    return f"{phrases.kind_words(claim.kind)}: {one_line(claim.finding, phrases.namer(view, claim.report.id))}"
