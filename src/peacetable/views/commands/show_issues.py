"""`peacetable issues` and `peacetable file`: what parties negotiate about, and what falls under which issue."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from peacetable import pipeline
from peacetable.ledger import Issue
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands import dialog, naming, options
from peacetable.views.commands.looking import Wanted, show, situation
from peacetable.views.commands.session import Session
from peacetable.views.grids import issue_grid
from peacetable.views.objects import issue_object


def issues(
    record: options.Record,
    *,
    issue: options.UnderIssue = None,
    as_of: options.AsOf = None,
    actor: options.Actor = None,
    reviewed: options.Reviewed = False,
    tlp: options.Tlp = None,
    as_json: options.AsJson = False,
) -> None:
    """What is negotiated about: positions, proposals, commitments and agreements under each issue.

    Example: peacetable issues process.db --issue ceasefire
    """
    with situation(record, as_of=as_of, reviewed=reviewed, tlp=tlp) as found:
        wanted = Wanted(found.view, actor=actor)
        code = None if issue is None else pipeline.issue_code(issue)
        rows = [
            Issue(code=each.code, name=each.name, pax=each.pax, entries=entries)
            for each in pipeline.issues(found.view)
            if code in (None, each.code)
            and (entries := tuple(entry for entry in each.entries if wanted.claims(*entry.members)))
        ]
        show(
            rows,
            found.view,
            as_json=as_json,
            as_object=issue_object,
            as_grid=issue_grid,
            title=phrases.counted(sum(bool(row.code) for row in rows), "issue"),
            nothing="Nothing falls under an issue.",
        )


def file(
    record: options.Record,
    thing: Annotated[str, typer.Argument(metavar="THING", help="A position, proposal, commitment ... by its id.")],
    issue: Annotated[str, typer.Argument(metavar="ISSUE", help="The issue: one of the list, or any other name.")],
    *,
    out: Annotated[bool, typer.Option("--not", help="It does not fall under this issue.")] = False,
    by: dialog.By = None,
) -> None:
    """Say under which issue something falls, or that it does not fall under one.

    Example: peacetable file process.db 3f2a9c ceasefire
    """
    session, author = Session(), dialog.person(by)
    with pipeline.open_record(record, Settings()) as store:
        view = store.view()
        entry = naming.entry(view, thing)
        if entry.kind not in pipeline.ISSUE_KINDS:
            kind = phrases.kind_words(entry.kind)
            raise typer.BadParameter(f"a {kind} falls under no issue", param_hint="'THING'")
        code = pipeline.issue_code(issue)
        fields: dict[str, Any] = {"issue": code, **({"out": True} if out else {})}
        acts = [pipeline.act_on("file", claim, view=view, **fields) for claim in entry.members]
        revision = store.decide(by=author, acts=acts)
    falls = "does not fall" if out else "falls"
    session.answer(f"{naming.told(entry, view)} {falls} under “{pipeline.issue_name(code)}”")
    session.answer(f"`peacetable undo {record} {revision}` takes it back")
    raise typer.Exit(session.code)
