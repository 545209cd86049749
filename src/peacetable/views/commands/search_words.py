"""`peacetable search`: where words stand, in reports and in findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from peacetable import pipeline, scheme
from peacetable.model import ActorId
from peacetable.settings import Settings
from peacetable.views import phrases
from peacetable.views.commands import options
from peacetable.views.commands.looking import level
from peacetable.views.commands.session import Session
from peacetable.views.objects import report_object
from peacetable.views.oneliners import one_line
from peacetable.views.passages import passage

if TYPE_CHECKING:
    from peacetable.pipeline import Found


def search(
    record: options.Record,
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words that a report holds, all of them.")],
    *,
    as_of: options.AsOf = None,
    most: Annotated[int, typer.Option("--most", metavar="N", min=1, help="At most so many reports.")] = 20,
    tlp: options.Tlp = None,
    as_json: options.AsJson = False,
) -> None:
    """The reports that hold all of the words, the last recorded first: the passage, and the findings that hold them.

    Case, accents and endings do not matter: "withdraws" finds "withdrawal". Signs are left aside. The names of a
    report's actors count as its words.

    Example: peacetable search process.db prisoners exchange
    """
    session = Session()
    with pipeline.open_record(record, Settings()) as store:
        found = store.search(" ".join(words), most=most, as_of=as_of, marking=level(tlp))
    if as_json:
        session.json([_object(each) for each in found])
        return
    for each in found:
        report = each.report
        day = phrases.date_words(report.published)
        session.answer(f"{report.name}: {', '.join(part for part in (report.title, report.source, day) if part)}")
        if each.spans:
            session.answer(f"  {_marked(each)}")
        for claim in each.claims:
            session.answer(f"  - {phrases.kind_words(claim.kind)}: {one_line(claim.finding, _namer(each))}")
    if not found:
        session.answer("No report holds all of these words.")


def _namer(found: Found) -> phrases.Namer:
    """From the ids of the report's actors to the names that the report gives them."""

    def name(actor: ActorId | None) -> str | None:
        return found.names.get(actor) if actor is not None else None

    return name


def _marked(found: Found) -> str:
    """The paragraph of the first word, with the words in it marked."""
    paragraph = passage(found.report, found.spans[0]).paragraph
    text, at = "", paragraph.start
    for span in found.spans:
        if span.end <= paragraph.end:
            text += f"{found.report.text[at : span.start]}*{span.quote}*"
            at = span.end
    return " ".join((text + found.report.text[at : paragraph.end]).split())


def _object(found: Found) -> dict[str, Any]:
    shown = passage(found.report, found.spans[0]).paragraph if found.spans else None
    return {
        "report": report_object(found.report),
        "passage": {"quote": shown.quote, "start": shown.start, "end": shown.end} if shown else None,
        "words": [{"quote": span.quote, "start": span.start, "end": span.end} for span in found.spans],
        "findings": [
            {"id": claim.id, "kind": claim.kind, "finding": scheme.finding_to_json(claim.finding)}
            for claim in found.claims
        ],
        "names": dict(found.names),
    }
