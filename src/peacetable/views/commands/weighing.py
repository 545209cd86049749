"""`peacetable grade` and `peacetable choose`: how far a source is to be trusted, who may see it, and which of several
values a person goes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any, Final

import typer

from peacetable import pipeline
from peacetable.ledger import Act, Claim, Dispute, Place
from peacetable.model import Report
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands import dialog, naming, options
from peacetable.views.commands.session import Session

#: What a grade is set to, to have none.
NONE: Final = "none"


class Reliability(StrEnum):
    """How reliable a source is (Admiralty): A completely, B usually, C fairly, D not usually, E not, F not judged."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    NONE = NONE


class Credibility(StrEnum):
    """How credible a claim is: 1 confirmed, 2 probably, 3 possibly true, 4 doubtful, 5 improbable, 6 not judged."""

    CONFIRMED = "1"
    PROBABLY = "2"
    POSSIBLY = "3"
    DOUBTFUL = "4"
    IMPROBABLE = "5"
    NOT_JUDGED = "6"
    NONE = NONE


def grade(
    record: options.Record,
    what: Annotated[str, typer.Argument(metavar="REPORT", help="A report by its name, or a finding by its id.")],
    *,
    reliability: Annotated[
        Reliability | None, typer.Option("--reliability", help="Of the source: A (completely reliable) to F.")
    ] = None,
    credibility: Annotated[
        Credibility | None, typer.Option("--credibility", help="Of what it says: 1 (confirmed) to 6.")
    ] = None,
    tlp: Annotated[
        str | None,
        typer.Option("--tlp", metavar="LEVEL", help="Who may see it: clear, green, amber, amber+strict, red."),
    ] = None,
    by: dialog.By = None,
) -> None:
    """Grade a report or a finding (Admiralty), and mark who may see it (TLP): each optional, none follows from another.

    What is said about a report goes for its findings, unless they have their own. `none` clears a grade.

    Example: peacetable grade process.db herald-0312 --reliability B --credibility 2 --tlp amber
    """
    given: dict[str, str] = {}
    if reliability is not None:
        given["reliability"] = reliability.value
    if credibility is not None:
        given["credibility"] = credibility.value
    if tlp is not None:
        given["tlp"] = tlp if tlp == NONE else options.marking(tlp)
    if not given:
        raise typer.BadParameter("say at least one of --reliability, --credibility and --tlp", param_hint="'REPORT'")
    session, author = Session(), dialog.person(by)
    with pipeline.open_record(record, Settings()) as store:
        view = store.view()
        found = _report(view.reports(), what) or naming.claim(view, what)
        fields: dict[str, Any] = {name: "" if value == NONE else value for name, value in given.items()}
        if isinstance(found, Claim):
            act = pipeline.act_on("grade", found, view=view, **fields)
        else:
            act = Act(what="grade", place=Place(found.id, 0, 0, ""), fields=fields)
        revision = store.decide(by=author, acts=[act])
    told = ", ".join(f"{name} {value}" for name, value in given.items())
    session.answer(f"{naming.told(found)}: {told}; `peacetable undo {record} {revision}` takes it back")
    raise typer.Exit(session.code)


def choose(
    record: options.Record,
    thing: Annotated[str, typer.Argument(metavar="THING", help="What reports differ on, by its id.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="Which field: due, date, killed, place ...")],
    value: Annotated[str, typer.Argument(metavar="VALUE", help="The value to go by, as a report has it.")],
    *,
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why this one.")],
    by: dialog.By = None,
) -> None:
    """Say by which of the values that reports give you go, and why. The others stay; the choice is shown as one.

    Example: peacetable choose process.db 3f2a9c killed 9 --reason "The hospital counted"
    """
    session, author = Session(), dialog.person(by)
    if not reason.strip():
        raise typer.BadParameter("say why", param_hint="'--reason'")
    with pipeline.open_record(record, Settings()) as store:
        view = store.view()
        entry = naming.entry(view, thing)
        found = [each for each in view.disputes() if each.entry == entry.id and not each.proposed]
        dispute = _dispute({each.field: each for each in found}, field)
        sides = {name: side for side in dispute.sides for name in (side.value, phrases.value_words(side.value))}
        if value not in sides:
            known = "; ".join(phrases.value_words(side.value) for side in dispute.sides)
            raise typer.BadParameter(f"no report gives {value!r}; they give {known}", param_hint="'VALUE'")
        told: dict[str, Any] = {"field": dispute.field, "value": sides[value].value, "reason": reason}
        act = pipeline.act_on("choose", sides[value].claims[-1], view=view, **told)
        revision = store.decide(by=author, acts=[act])
    session.answer(f"{phrases.said(dispute.field)}: {phrases.value_words(sides[value].value)} is gone by, others stay")
    session.answer(f"`peacetable undo {record} {revision}` takes it back")
    raise typer.Exit(session.code)


def _dispute(found: Mapping[str, Dispute], field: str) -> Dispute:
    if field not in found:
        known = ", ".join(found) or "nothing"
        raise typer.BadParameter(f"reports do not differ on its {field!r}; they do on {known}", param_hint="'FIELD'")
    return found[field]


def _report(reports: Sequence[Report], what: str) -> Report | None:
    named = [each for each in reports if each.name.casefold() == what.casefold()]
    begun = [each for each in reports if len(what) >= naming.LEAST and each.id.startswith(what)]
    return next(iter(named or begun), None)
