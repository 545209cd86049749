"""`peacetable review`: what a person accepts, refuses, corrects, adds and notes, one by one or by a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from peacetable import pipeline
from peacetable.errors import EvidenceError, SchemeError
from peacetable.ledger import Act, Claim, acted, reviewed
from peacetable.model import KINDS, Kind, Problem
from peacetable.settings import Settings
from peacetable.views import closeups, finding_cells, phrases, review_sheet
from peacetable.views.commands import dialog, naming, options
from peacetable.views.commands.session import Session
from peacetable.views.doings import VERBS
from peacetable.views.grids import measured_grid
from peacetable.views.objects import claim_object, measured_object
from peacetable.views.sheets import rows, sheet
from peacetable.views.whole_files import write_whole

if TYPE_CHECKING:
    from peacetable.pipeline import Snapshot, Store

ANSWERS: Final = {
    "accept": "the report says so",
    "refuse": "the report does not say so",
    "correct": "change fields of it",
    "note": "write a note on it",
    "more": "add what the report says here and was not found",
    "later": "leave it open",
    "undo": "take the last decision back",
}
SET: Final = "  field = value (an empty line when done, . to give up): "


def review(
    record: options.Record,
    *,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help=f"Only these: {', '.join(KINDS)}.")] = None,
    report: Annotated[
        str | None, typer.Option("--report", metavar="REPORT", help="Only what this report says.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="What was reviewed before, too.")] = False,
    by: dialog.By = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the findings into a CSV table.")
    ] = None,
    filled: Annotated[
        Path | None, typer.Option("--in", metavar="FILE", help="Take the reviews from such a table.")
    ] = None,
    measure: Annotated[
        bool, typer.Option("--measure", help="How the engine did on what was reviewed, by kind of finding.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Only show what is open (or the measure), as JSON.")] = False,
) -> None:
    """Accept, refuse, correct, add to and note on what was found, finding by finding or many by a table.

    What a person says stays with the passage: it goes before whatever an engine finds there, outlives a new reading,
    and can be taken back.

    Example: peacetable review process.db --kind commitments --by "Ada Holm"
    """
    session, author = Session(), dialog.person(by)
    if kind is not None and kind not in KINDS:
        raise typer.BadParameter(f"{kind!r} is no kind of finding; known: {', '.join(KINDS)}", param_hint="'--kind'")
    with pipeline.open_record(record, Settings()) as store:
        wanted = Chosen(kind, report, again=again or out is not None)
        if measure:
            _measure(store.view(), session, as_json=as_json)
        elif as_json:
            view = store.view()
            session.json([claim_object(claim, view) for claim in wanted.of(view)])
        elif out is not None:
            view = store.view()
            found = wanted.of(view)
            write_whole(out, sheet(review_sheet.columns(), review_sheet.written(found, view)))
            session.answer(f"{out}: {phrases.counted(len(found), 'finding')}; take it in with --in {out}")
        elif filled is not None:
            _take(store, session, filled, by=author)
        else:
            _Talk(store, session, wanted, author).run()
    raise typer.Exit(session.code)


class Chosen:
    """Which claims are to be reviewed."""

    def __init__(self, kind: str | None, report: str | None, *, again: bool) -> None:
        """Of one kind and one report, or of all; what was reviewed before `again`."""
        self._kind, self._report, self._again = kind, report, again

    def of(self, view: Snapshot) -> list[Claim]:
        """The claims, by report and place; where the engine itself was not sure, first."""
        report = naming.report(view, self._report).id if self._report else None
        found = [
            claim
            for claim in view.claims()
            if self._kind in (None, claim.kind)
            and report in (None, claim.report.id)
            and (self._again or reviewed(claim) is None)
        ]
        return sorted(found, key=lambda claim: not claim.finding.thin)


class _Talk:
    """A review in the terminal."""

    def __init__(self, store: Store, session: Session, wanted: Chosen, author: str) -> None:
        self._store, self._session, self._wanted, self._author = store, session, wanted, author
        self._made: list[tuple[int, str]] = []
        self._later: set[str] = set()
        self._tally: Counter[str] = Counter()

    def run(self) -> None:
        """Go through the claims, one by one."""
        while True:
            view = self._store.view()
            passed = self._later | {claim for _, claim in self._made}
            waiting = [claim for claim in self._wanted.of(view) if claim.id not in passed]
            if not waiting or not self._one(waiting[0], len(waiting), view):
                break
        left = sum(reviewed(claim) is None for claim in self._store.view().claims())
        self._session.answer(f"{_told(self._tally)}; {phrases.counted(left, 'finding')} not reviewed")

    def _one(self, claim: Claim, waiting: int, view: Snapshot) -> bool:
        """Ask about a claim until it is decided; False where the conversation ends."""
        self._session.answer()
        for line in _shown(claim, waiting, view):
            self._session.answer(line)
        while True:
            word = dialog.choose(self._session, ANSWERS)
            if word == dialog.QUIT:
                return False
            if word in ("accept", "refuse"):
                act = pipeline.act_on("accept" if word == "accept" else "refuse", claim, view=view)
                self._keep(act, claim)
                return True
            if word == "correct" and (given := self._fields(claim, view)):
                self._keep(review_sheet.correction(claim, given, view), claim)
                return True
            if word == "later":
                self._later.add(claim.id)
                return True
            if word == "undo" and self._back():
                return True
            if word == "note" and (told := dialog.line("  note: ")):
                self._store.decide(by=self._author, acts=[pipeline.act_on("note", claim, view=view, note=told)])
                self._tally["note"] += 1
            if word == "more" and self._more(claim, view):
                return True

    def _keep(self, act: Act, claim: Claim) -> None:
        self._made.append((self._store.decide(by=self._author, acts=[act]), claim.id))
        self._tally[act.what] += 1

    def _back(self) -> bool:
        if not self._made:
            self._session.answer("Nothing was decided yet.")
            return False
        self._store.take_back(self._made.pop()[0], by=self._author)
        self._tally["undo"] += 1
        return True

    def _fields(self, claim: Claim, view: Snapshot) -> Mapping[str, str]:
        """What fields are to be, each tried at once."""
        own = finding_cells.cells(claim.finding, review_sheet.known(view, claim.report))
        for name, text in own.items():
            self._session.answer(f"    {name} = {text}")
        given: dict[str, str] = {}
        while (told := dialog.line(SET)) not in (None, ""):
            if told == ".":
                return {}
            name, _, value = (told or "").partition("=")
            tried = {**given, name.strip(): value.strip()}
            try:
                review_sheet.correction(claim, tried, view)
            except (SchemeError, EvidenceError) as error:
                self._session.answer(f"  {error}")
                continue
            given = tried
        return finding_cells.changed(claim.finding, given, review_sheet.known(view, claim.report))

    def _more(self, claim: Claim, view: Snapshot) -> bool:
        """Something that the report says and was not found, or that the analyst knows without a source."""
        told = dialog.line(f"  kind ({', '.join(KINDS)}): ")
        kinds: list[Kind] = [kind for kind in KINDS if told and told.lower() in (kind, phrases.kind_words(kind))]
        if not kinds:
            self._session.answer(f"  {told!r} is no kind of finding.")
            return False
        self._session.answer(f"  fields: {', '.join(finding_cells.columns(kinds))}")
        passage = dialog.line(f"  words of {claim.report.name} (none: your own words, without a source): ")
        given = {"evidence": passage or dialog.line("  your words: ") or ""}
        while (line := dialog.line(SET)) not in (None, ""):
            if line == ".":
                return False
            name, _, value = (line or "").partition("=")
            given[name.strip()] = value.strip()
        try:
            if passage:
                act = review_sheet.addition(kinds[0], given, claim.report, view)
                self._made.append((self._store.decide(by=self._author, acts=[act]), ""))
            else:
                self._store.add(review_sheet.analyst_reading(kinds[0], given, view, by=self._author, on=_today()))
        except (SchemeError, EvidenceError) as error:
            self._session.answer(f"  {error}")
            return False
        self._tally["add"] += 1
        return True


def _shown(claim: Claim, waiting: int, view: Snapshot) -> Iterator[str]:
    look = ", needs a look" if claim.finding.thin else ""
    yield f"{phrases.kind_words(claim.kind)}{look} ({phrases.counted(waiting, 'finding')} to go)"
    for line in closeups.claim_lines(claim, view):
        yield f"  {line}"
    if note := acted(claim, "note"):
        yield f"  {note.author} noted: {note.fields['note']}"


def _take(store: Store, session: Session, path: Path, *, by: str) -> None:
    """Take in what a table says; a row that cannot be taken in is told, and the rest goes on."""
    view = store.view()
    acts: list[Act] = []
    readings = []
    for where, row in rows(path, needed=("verdict", "claim", "finding")):
        try:
            found, reading = review_sheet.decided(row, view, by=by, on=_today())
        except review_sheet.Refused as refused:
            session.problem(Problem(where, str(refused)))
            continue
        acts += found
        readings += [reading] if reading else []
    revision = store.decide(by=by, acts=acts) if acts else 0
    tally = Counter(act.what for act in acts)
    told = Counter({str(what): count for what, count in tally.items()})
    told["add"] += sum(store.add(reading) for reading in readings)
    back = f"; `peacetable undo {store.target} {revision}` takes it back" if revision else ""
    session.answer(f"{store.target}: {_told(told)}{back}")


def _measure(view: Snapshot, session: Session, *, as_json: bool) -> None:
    found = pipeline.measure(view)
    if as_json:
        session.json([measured_object(each) for each in found])
    elif found:
        session.show(measured_grid(found))
    else:
        session.answer("Nothing was reviewed yet.")


def _told(tally: Mapping[str, int]) -> str:
    words: Sequence[str] = [f"{count} {VERBS.get(what, 'taken back')}" for what, count in tally.items() if count]
    return ", ".join(words).replace("noted on", "noted") or "Nothing decided"


def _today() -> date:
    return datetime.now(UTC).date()
