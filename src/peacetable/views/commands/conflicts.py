"""`peacetable conflict`: models of a conflict. Drafted out of a record, checked, solved, converted."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal, cast

import typer

from peacetable import pipeline
from peacetable.model import Problem
from peacetable.settings import Settings
from peacetable.views import phrases, strategy_grids, strategy_objects, strategy_phrases
from peacetable.views.commands import conflict_groups, modelling, options
from peacetable.views.commands.conflict_analyses import compare, evolve, inverse, robustness
from peacetable.views.commands.conflict_bargain import bargain
from peacetable.views.commands.session import PROBLEMS, Session
from peacetable.views.whole_files import write_whole

#: What a check reports that keeps a model from being solved.
GRAVE: Final = frozenset({"no-preference", "preference-unusable", "status-quo-impossible"})
FORMS: Final[tuple[str, ...]] = ("yaml", "json", "gmcr")


def draft(
    record: options.Record,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="The model; else standard output.")
    ] = None,
    as_of: options.AsOf = None,
    most_options: Annotated[int, typer.Option("--options", min=2, max=8, help="At most this many options.")] = 8,
    title: Annotated[str, typer.Option("--title", metavar="WORDS", help="What the model is called.")] = "",
    as_json: options.AsJson = False,
) -> None:
    """A first model out of a record: who decides, what each may do, who wants what, each with its passages.

    It proposes and does not decide: what it assumed and could not find is told. Edit the file, then solve it.

    Example: peacetable conflict draft process.db -o model.yaml
    """
    session = Session()
    settings = Settings()
    with pipeline.open_record(record, settings) as store, session.working("Drafting a model"):
        found = pipeline.draft(store.view(as_of=as_of), most_options=most_options, title=title)
    told = [strategy_phrases.sentence(reason) for reason in found.missing]
    if as_json:
        text = pipeline.write_model(found.conflict, "json")
    else:
        text = "".join(f"# {phrases.printable(line)}\n" for line in told) + pipeline.write_model(found.conflict, "yaml")
    for line in told:
        session.problem(Problem(str(output or record), line, "note"))
    if output:
        write_whole(output, text)
        session.answer(f"Model: {output} ({_size(found.conflict)})")
    else:
        session.answer(text.rstrip("\n"))


def check(model: modelling.Model, *, as_json: options.AsJson = False) -> None:
    """Is a model whole? What keeps it from being solved, what is odd, what rests on no passage.

    Example: peacetable conflict check model.yaml
    """
    session = Session()
    conflict = modelling.model(model)
    found = pipeline.check_model(conflict)
    grave = [reason for reason in found if reason.code in GRAVE]
    if as_json:
        session.json(
            {
                "options": len(conflict.options),
                "states": len(conflict.states),
                "decision_makers": [maker.name for maker in conflict.decision_makers],
                "solvable": not grave,
                "remarks": [strategy_objects.reason_object(reason) for reason in found],
            }
        )
    else:
        session.answer(f"{conflict.title or model}: {_size(conflict)}.")
        for reason in found:
            session.answer(f"- {strategy_phrases.sentence(reason)}")
        session.answer("It cannot be solved as it stands." if grave else "It can be solved.")
    raise typer.Exit(PROBLEMS if grave else 0)


def solve(
    model: modelling.Model,
    *,
    concepts: modelling.Concepts = None,
    unknown: Annotated[
        str, typer.Option("--unknown", metavar="a|b|c|d", help="How unknown preference is read; see the reference.")
    ] = "d",
    strength: Annotated[
        str, typer.Option("--strength", metavar="general|strong|weak", help="Ask for strong sanctions, or for weak.")
    ] = "general",
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="STATE", help="Why a state (3, YNN) is stable or not.")
    ] = None,
    coalition: conflict_groups.Coalition = None,
    coalitions: conflict_groups.Coalitions = None,
    attitudes: conflict_groups.Attitudes = False,
    perceived: conflict_groups.Perceived = False,
    every: Annotated[bool, typer.Option("--all", help="Show every state, however many there are.")] = False,
    page: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page about the model too.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """The states that are stable, for whom, and by which concept; equilibria are stable for all.

    Example: peacetable conflict solve model.yaml --explain 3 --html model.html
    """
    session = Session()
    conflict = modelling.model(model)
    reading, sanctions = _choices(unknown, strength)
    chosen = modelling.split(concepts)
    together = bool(coalition or coalitions)
    others = explain or page or sanctions != "general" or (reading != "d" and not together)
    if together + attitudes + perceived > (0 if others else 1):
        raise typer.BadParameter(
            "take coalitions, --attitudes and --perceived one at a time, without --explain, --html and --strength; "
            "--unknown goes with coalitions only"
        )
    state = modelling.state_of(conflict, explain) if explain else None
    modelling.warn_of_passages(conflict, session, model)
    if together:
        groups = conflict_groups.groups_of(conflict, coalition or (), coalitions)
        conflict_groups.show_coalitions(
            session,
            conflict,
            groups,
            partition=coalitions == "partition",
            concepts=chosen,
            unknown=reading,
            as_json=as_json,
        )
    elif attitudes:
        conflict_groups.need_attitudes(conflict)
        with session.working(f"Solving {len(conflict.states):,} states"):
            solution = pipeline.solve_attitudes(conflict, concepts=chosen)
        _show(solution, session, None, every=every, as_json=as_json)
    elif perceived:
        conflict_groups.need_perceived(conflict)
        conflict_groups.show_perceived(session, conflict, concepts=chosen, as_json=as_json)
    else:
        with session.working(f"Solving {len(conflict.states):,} states"):
            solution = pipeline.solve(conflict, concepts=chosen, unknown=reading, strength=sanctions)
        _show(solution, session, state, every=every, as_json=as_json)
    if page:
        _write_page(conflict, page, session, chosen)
    raise typer.Exit(session.code)


def convert(
    model: modelling.Model,
    output: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; .yaml, .json or .gmcr tells the format.")],
    *,
    form: Annotated[
        str | None, typer.Option("--to", metavar="yaml|json|gmcr", help="The format, where the name does not tell.")
    ] = None,
    as_json: options.AsJson = False,
) -> None:
    """A model in another format. What a format cannot hold is refused, never dropped.

    Example: peacetable conflict convert old.gmcr model.yaml
    """
    session = Session()
    chosen = form or {"yml": "yaml"}.get(output.suffix[1:].lower(), output.suffix[1:].lower())
    if chosen not in FORMS:
        raise typer.BadParameter(f"{chosen!r} is no format; known are {', '.join(FORMS)}", param_hint="'--to'")
    conflict = modelling.model(model)
    write_whole(output, pipeline.write_model(conflict, cast("pipeline.Form", chosen)))
    if as_json:
        session.json({"file": str(output), "format": chosen, "states": len(conflict.states)})
    else:
        session.answer(f"Model: {output} ({_size(conflict)})")


def _size(conflict: pipeline.Conflict) -> str:
    counts = {
        "decision maker": conflict.decision_makers,
        "option": conflict.options,
        "state": conflict.states,
    }
    return ", ".join(phrases.counted(len(several), name) for name, several in counts.items())


def _reasons(solution: pipeline.Solution, state: int) -> list[pipeline.why.Reason]:
    makers = range(len(solution.conflict.decision_makers))
    return [pipeline.explain(solution, concept, maker, state) for maker in makers for concept in solution.stable]


def _choices(unknown: str, strength: str) -> tuple[Literal["a", "b", "c", "d"], Literal["general", "strong", "weak"]]:
    if unknown not in ("a", "b", "c", "d"):
        raise typer.BadParameter(f"{unknown!r} is none of a, b, c and d", param_hint="'--unknown'")
    if strength not in ("general", "strong", "weak"):
        raise typer.BadParameter(f"{strength!r} is none of general, strong and weak", param_hint="'--strength'")
    return cast(Literal["a", "b", "c", "d"], unknown), cast(Literal["general", "strong", "weak"], strength)


def _write_page(conflict: pipeline.Conflict, page: Path, session: Session, concepts: list[str]) -> None:
    from peacetable.views.model_page.model_html import render_model

    with session.working("Making the page"):
        write_whole(page, render_model(pipeline.study(conflict, concepts=concepts)))
    session.tell(f"Page: {page}")


def _show(solution: pipeline.Solution, session: Session, state: int | None, *, every: bool, as_json: bool) -> None:
    """Answer with a solution, and with the reasons of a state where one is asked about."""
    conflict = solution.conflict
    reasons = [] if state is None else _reasons(solution, state)
    if as_json:
        told = {"explanations": [strategy_objects.why_object(conflict, reason) for reason in reasons]}
        session.json(strategy_objects.solution_object(solution) | ({} if state is None else told))
        return
    session.show(strategy_grids.solution_grid(solution, every=every))
    if not every and len(conflict.states) > strategy_grids.MOST_ROWS:
        session.answer(f"Shown are equilibria, of {len(conflict.states):,} states; --all shows every state.")
    session.answer(strategy_grids.legend(conflict))
    parameters = ", ".join(f"{name} {value}" for name, value in solution.parameters)
    session.answer(f"Method: {solution.engine}{f' ({parameters})' if parameters else ''}, exact.")
    for several, lines in strategy_phrases.told_together(conflict, reasons):
        session.answer()
        concepts = [reason.concept for reason in several]
        session.answer(strategy_phrases.verdict_words(conflict, several[0], concepts))
        for line in lines:
            session.answer(f"  - {line}")


#: The commands about models, in the order in which the help shows them.
conflict_app: Final = typer.Typer(
    help="Models of a conflict (Graph Model for Conflict Resolution): what could happen, what would have to change.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (draft, check, solve, inverse, robustness, evolve, compare, bargain, convert):
    conflict_app.command()(command)
