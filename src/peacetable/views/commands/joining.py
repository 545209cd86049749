"""`peacetable join` and `peacetable split`: what is one thing and what is not, as a person decides it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from peacetable import pipeline
from peacetable.ledger import Act, Claim, Entry, Judgement, Party, Question, Verdict
from peacetable.model import Problem
from peacetable.settings import Settings
from peacetable.views import closeups, phrases
from peacetable.views.commands import dialog, naming, options
from peacetable.views.commands.session import Session
from peacetable.views.objects import question_object
from peacetable.views.sheets import rows, sheet
from peacetable.views.whole_files import write_whole

if TYPE_CHECKING:
    from peacetable.pipeline import Decision, Snapshot, Store

VERDICTS: Final[Mapping[str, Verdict]] = {
    "accept": "same", "same": "same", "refuse": "different", "different": "different", "later": "unsure",
    "unsure": "unsure",
}  # fmt: skip
COLUMNS: Final = (
    "verdict", "reason", "kind", "score", "left", "left_says", "left_passage", "right", "right_says", "right_passage",
    "why", "left_place", "right_place",
)  # fmt: skip
ANSWERS: Final = {
    "accept": "they are one",
    "refuse": "they are two",
    "later": "leave it open",
    "undo": "take the last decision back",
}

Sheet = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the proposals into this CSV file.")]
Filled = Annotated[
    Path | None,
    typer.Option("--in", metavar="FILE", help="Take decisions from such a file: accept, refuse or later in `verdict`."),
]


def join(
    record: options.Record,
    left: Annotated[str | None, typer.Argument(metavar="A", help="A thing or party, to be joined at once.")] = None,
    right: Annotated[str | None, typer.Argument(metavar="B", help="The other thing or party.")] = None,
    *,
    reason: dialog.Why = "",
    by: dialog.By = None,
    out: Sheet = None,
    filled: Filled = None,
    as_json: Annotated[bool, typer.Option("--json", help="Only show the proposals, as JSON.")] = False,
) -> None:
    """Decide what is one thing: proposals one by one, many by a file, or two things at once by their ids.

    Both sides are shown with their passages and what speaks for and against. What a person decides goes before
    whatever the machine thinks, outlives a new reading, and can be taken back.

    Example: peacetable join process.db --by "Ada Holm"
    """
    if (left is None) != (right is None):
        raise typer.BadParameter("name two things to join, or none to go through the proposals", param_hint="'B'")
    session, author = Session(), dialog.person(by)
    with pipeline.open_record(record, Settings()) as store:
        if left is not None and right is not None:
            _join_two(store, session, left, right, reason=reason, by=author)
        elif as_json:
            view = store.view()
            session.json([question_object(each, view) for each in pipeline.questions(view)])
        elif out is not None:
            _write(store.view(), session, out)
        elif filled is not None:
            _take(store, session, filled, by=author)
        else:
            _talk(store, session, by=author, reason=reason)
    raise typer.Exit(session.code)


def split(
    record: options.Record,
    thing: Annotated[str, typer.Argument(metavar="A", help="A thing or party, by its id; a party also by its name.")],
    part: Annotated[
        list[str], typer.Argument(metavar="REPORT", help="The reports whose claims, or actors, are another one.")
    ],
    *,
    reason: dialog.Why = "",
    by: dialog.By = None,
) -> None:
    """Take what some reports say out of a thing: it is another one. Joins that the machine made come apart, too.

    Example: peacetable split process.db 3f2a9c herald-0318 --reason "Another round of talks"
    """
    session, author = Session(), dialog.person(by)
    with pipeline.open_record(record, Settings()) as store:
        view = store.view()
        whole = naming.entry_or_party(view, thing)
        reports = {naming.report(view, words).id for words in part}
        members: list[Claim | tuple[str, str]] = (
            [claim for claim in whole.members if claim.report.id in reports]
            if isinstance(whole, Entry)
            else [key for key in whole.members if key[0] in reports]
        )
        if not members or len(members) == len(whole.members):
            raise typer.BadParameter(f"these reports tell {'all' if members else 'nothing'} of it", param_hint="REPORT")
        revision = _decide(store, pipeline.two(whole, members, view=view, reason=reason), by=author)
        session.answer(f"{record}: split {naming.told(whole, view)}; `peacetable undo {record} {revision}` restores it")
    raise typer.Exit(session.code)


def _join_two(store: Store, session: Session, left: str, right: str, *, reason: str, by: str) -> None:
    view = store.view()
    first, second = naming.entry_or_party(view, left), naming.entry_or_party(view, right)
    unlike = isinstance(first, Entry) and isinstance(second, Entry) and first.kind != second.kind
    if type(first) is not type(second) or unlike:
        kinds = [phrases.kind_words(each.kind) if isinstance(each, Entry) else "party" for each in (first, second)]
        raise typer.BadParameter(f"a {kinds[0]} and a {kinds[1]} are never one", param_hint="'B'")
    if first.id == second.id:
        raise typer.BadParameter("they are one already", param_hint="'B'")
    revision = _decide(store, pipeline.one(first, second, view=view, reason=reason), by=by)
    session.answer(f"Joined {naming.told(first, view)}")
    session.answer(f"  with {naming.told(second, view)}")
    session.answer(f"`peacetable undo {store.target} {revision}` takes it back")


def _talk(store: Store, session: Session, *, by: str, reason: str) -> None:
    """Go through the proposals, one by one."""
    made: list[tuple[int, frozenset[str]]] = []
    while True:
        view = store.view()
        done = {key for _, key in made}
        waiting = [each for each in pipeline.questions(view) if _key(each) not in done]
        if not waiting:
            break
        question = waiting[0]
        session.answer()
        for line in _shown(question, view, len(waiting)):
            session.answer(line)
        word = dialog.choose(session, ANSWERS)
        if word == dialog.QUIT:
            break
        if word == "undo":
            if made:
                store.take_back(made.pop()[0], by=by)
            else:
                session.answer("Nothing was decided yet.")
            continue
        decision = pipeline.decide(question, VERDICTS[word], view=view, reason=reason)
        made.append((_decide(store, decision, by=by), _key(question)))
    session.answer(f"{phrases.counted(len(made), 'decision')}; {_open(store)}")


def _shown(question: Question, view: Snapshot, waiting: int) -> Iterator[str]:
    left_open = ", left open before" if question.later else ""
    yield f"{_kind(question)}, {question.score:.2f}{left_open} ({phrases.counted(waiting, 'proposal')} to go)"
    for name, side in (("A", question.left), ("B", question.right)):
        lines = closeups.claim_lines(side, view) if isinstance(side, Claim) else closeups.party_lines(side, view)
        for number, line in enumerate(lines):
            yield f"  {name if number == 0 else ' '}  {line}"
    for line in closeups.why_lines(question.reasons):
        yield f"  {line}"


def _write(view: Snapshot, session: Session, path: Path) -> None:
    found = pipeline.questions(view)
    table = [
        {
            "kind": _kind(each),
            "score": f"{each.score:.2f}",
            "why": " ".join(phrases.sentence(reason) for reason in each.reasons),
            **_side("left", each.left, view),
            **_side("right", each.right, view),
        }
        for each in found
    ]
    write_whole(path, sheet(COLUMNS, table))
    told = "write accept, refuse or later into the column verdict, then take it in with --in"
    session.answer(f"{path}: {phrases.counted(len(found), 'proposal')}; {told}")


def _side(name: str, side: Claim | Party, view: Snapshot) -> Mapping[str, str]:
    if isinstance(side, Claim):
        what, who, passage = closeups.claim_lines(side, view)
    else:
        what, *more = closeups.party_lines(side, view)
        who, passage = "", " / ".join(more)
    return {name: what, f"{name}_says": who, f"{name}_passage": passage, f"{name}_place": _place(side)}


def _take(store: Store, session: Session, path: Path, *, by: str) -> None:
    """Decide what a file says, as one; what it says about nothing that is there is told, and the rest goes on."""
    view = store.view()
    judgements: list[Judgement] = []
    acts: list[Act] = []
    made = 0
    for where, row in rows(path, needed=("verdict", "left_place", "right_place")):
        word = row["verdict"].lower()
        if not word:
            continue
        if word not in VERDICTS:
            session.problem(Problem(where, f"{word!r} is no verdict; write accept, refuse or later"))
            continue
        left, right = (_at(view, row[name]) for name in ("left_place", "right_place"))
        if left is None or right is None or type(left) is not type(right):
            session.problem(Problem(where, "the record has no such proposal; write the file anew with --out"))
            continue
        question = Question(left=left, right=right, score=1.0)
        decision = pipeline.decide(question, VERDICTS[word], view=view, reason=row.get("reason", ""))
        judgements += decision.judgements
        acts += decision.acts
        made += 1
    back = ""
    if made:
        revision = store.decide(by=by, judgements=judgements, acts=acts)
        back = f"; `peacetable undo {store.target} {revision}` takes it back"
    session.answer(f"{store.target}: {phrases.counted(made, 'decision')}; {_open(store)}{back}")


def _decide(store: Store, decision: Decision, *, by: str) -> int:
    return store.decide(by=by, judgements=decision.judgements, acts=decision.acts)


def _open(store: Store) -> str:
    return f"{phrases.counted(len(pipeline.questions(store.view())), 'proposal')} open"


def _kind(question: Question) -> str:
    return phrases.kind_words(question.left.kind) if isinstance(question.left, Claim) else "party"


def _key(question: Question) -> frozenset[str]:
    return frozenset((question.left.id, question.right.id))


def _place(side: Claim | Party) -> str:
    """What a row of the file names a side by: a claim or an actor."""
    return f"claim:{side.id}" if isinstance(side, Claim) else f"actor:{side.members[0][0]}:{side.members[0][1]}"


def _at(view: Snapshot, place: str) -> Claim | Party | None:
    what, _, rest = place.partition(":")
    if what == "claim":
        return next((claim for claim in view.claims() if claim.id == rest), None)
    report, _, actor = rest.partition(":")
    return view.party(report, actor)
