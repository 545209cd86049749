"""What the analyses of a model come to, in words: states, moves, reasons, warnings. Nothing is computed here.

A model is somebody's construction: what follows from it is worded as what the model has, never as what will happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from peacetable import pipeline
from peacetable.ledger import Reason
from peacetable.views.phrases import counted, joined

CONCEPT_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Nash": "it has no better move",
        "GMR": "the others could answer every better move so that it gains nothing",
        "SMR": "the others could answer every better move so that it gains nothing, and it could not move on",
        "SEQ": "the others would answer every better move, to their own advantage, so that it gains nothing",
        "SSEQ": "the others would answer every better move, to their own advantage, and it could not move on",
        "SIM": "every better move, made together with better moves of the others, gains it nothing",
        "NM": "however far it looks ahead, it stays",
        "policy": "no other policy would do better against those of the others",
    }
)

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Drafts (strategy.drafting).
        "parties-left-out": "Parties left out as decision makers: {count}, the first of them {first}.",
        "options-left-out": "Things that decision makers may do, left out: {count}.",
        "demand-without-option": "{party} demands “{words}”, and none of the options is about it: of whom?",
        "inferred-preference": "{party}: “{statement}” is inferred from an undertaking, not said; marked uncertain.",
        "order-assumed": "The order of the statements is assumed: what a party says of itself, of others, what is owed "
        "to it, what it put forward, its own undertakings.",
        "status-quo-assumed": "No report says that anything is being done: the status quo is assumed to be nothing.",
        "directions-assumed": "Every option is taken to be reversible: mark those that cannot be undone.",
        "nothing-excluded": "No combination is excluded: say which options cannot be taken together.",
        # Checks (strategy.checking).
        "no-preference": "Nothing tells what {party} prefers.",
        "preference-unusable": "{party}: {detail}",
        "status-quo-impossible": "The status quo cannot be: {detail}.",
        "option-never-open": "The option {element} is {taken} taken in every feasible state.",
        "no-options": "{party} has no option of its own.",
        "indifferent": "{party} has no statement of preference: all states are alike to it.",
        "statement-idle": "{party}: “{statement}” is {true} true, so that it tells nothing.",
        "no-status-quo": "There is no status quo: give `status-quo` to see how things can go on from here.",
        "no-passage": "Rests on no passage: {element}.",
        "no-passages": "Nothing in this model rests on a passage.",
    }
)  # fmt: skip


def sentence(reason: Reason) -> str:
    """What a draft or a check says, as a sentence."""
    arguments = dict(reason.args)
    arguments.setdefault("element", arguments.get("option", ""))
    return SENTENCES[reason.code].format_map(arguments).replace("..", ".")


def state_label(conflict: pipeline.Conflict, state: int) -> str:
    """A state by number and marks: 3 (NYN)."""
    return f"{conflict.number(state)} ({conflict.yn(state)})"


def state_words(conflict: pipeline.Conflict, state: int) -> str:
    """What is taken in a state, by the names of the options."""
    taken = [option.name for number, option in enumerate(conflict.options) if state >> number & 1]
    return "; ".join(taken) or "nothing is done"


def state_short(conflict: pipeline.Conflict, state: int, most: int = 110) -> str:
    """What is taken in a state: by names where these are short, else by ids."""
    words = state_words(conflict, state)
    if len(words) <= most:
        return words
    return ", ".join(option.id for number, option in enumerate(conflict.options) if state >> number & 1)


def state_told(conflict: pipeline.Conflict, state: int) -> str:
    """A state by number, marks and words."""
    return f"{state_label(conflict, state)}: {state_words(conflict, state)}"


def move_words(conflict: pipeline.Conflict, before: int, after: int) -> str:
    """What a move changes."""
    up = [option.name for number, option in enumerate(conflict.options) if (after & ~before) >> number & 1]
    down = [option.name for number, option in enumerate(conflict.options) if (before & ~after) >> number & 1]
    parts = [f"“{name}”" for name in up] + [f"no longer “{name}”" for name in down]
    return joined(parts) or "another form of the same"


def path_words(conflict: pipeline.Conflict, path: Iterable[pipeline.PathStep]) -> str:
    """A path, move by move."""
    makers = conflict.decision_makers
    steps = []
    for step in path:
        gain = {True: "", False: ", against its own preference", None: ""}[step.improvement]
        steps.append(f"{makers[step.maker].name} → {state_label(conflict, step.after)}{gain}")
    return "; ".join(steps)


def verdict_words(conflict: pipeline.Conflict, reason: pipeline.why.Reason, concepts: Sequence[str] = ()) -> str:
    """The verdict of a cell, as a sentence; of several concepts where these have it for the same reasons."""
    who = conflict.decision_makers[reason.maker].name
    word = "stable" if reason.stable else "not stable"
    return f"State {state_label(conflict, reason.state)} is {word} for {who} by {joined(concepts or [reason.concept])}."


def told_together(
    conflict: pipeline.Conflict, reasons: Iterable[pipeline.why.Reason]
) -> Iterator[tuple[tuple[pipeline.why.Reason, ...], tuple[str, ...]]]:
    """Reasons that are told in the same words, together, with these words, in the order of the first of each."""
    found: dict[tuple[object, ...], list[pipeline.why.Reason]] = {}
    for reason in reasons:
        lines = tuple(why_lines(conflict, reason))
        found.setdefault((reason.state, reason.maker, reason.stable, lines), []).append(reason)
    for key, several in found.items():
        yield tuple(several), tuple(str(line) for line in key[3]) if isinstance(key[3], tuple) else ()


def why_lines(conflict: pipeline.Conflict, reason: pipeline.why.Reason) -> Iterator[str]:
    """The reasons of a cell, a sentence each, the verdict not among them."""
    who = conflict.decision_makers[reason.maker].name
    if not reason.improvements:
        yield f"{who} has no move from here that it would prefer."
    for one in reason.improvements:
        yield _improvement_words(conflict, reason, one)
    if len(reason.decides) > 1:
        others = [conflict.decision_makers[place].name for place in reason.decides if place != reason.maker]
        yield f"This rests on what {joined([who, *others])} prefer."
    else:
        yield f"This rests on what {who} prefers."


def _improvement_words(conflict: pipeline.Conflict, reason: pipeline.why.Reason, one: pipeline.why.Improvement) -> str:
    who = conflict.decision_makers[reason.maker].name
    there = state_label(conflict, one.after)
    head = f"{who} would rather have {there} ({move_words(conflict, reason.state, one.after)})"
    if reason.concept == "Nash" or (not one.answer and not one.sanctioned):
        return f"{head}, and nothing stands against it." if reason.concept != "Nash" else f"{head}, and can move there."
    steps = "; then ".join(
        f"{conflict.decision_makers[step.maker].name} moves to {state_label(conflict, step.after)}"
        f"{'' if step.improves else ', against its own preference'}"
        for step in one.answer
    )
    here = state_label(conflict, reason.state)
    if reason.concept == "SIM" and one.sanctioned:
        together = joined([conflict.decision_makers[step.maker].name for step in one.answer])
        return (
            f"{head}; but if {together} moved at the same time, all would end in "
            f"{state_label(conflict, one.ends)}, no better for it than {here}."
        )
    if one.sanctioned:
        further = " and it could not move on to anything better" if reason.concept in ("SMR", "SSEQ") else ""
        answered = f"{steps}; " if steps else ""
        ends = f"{state_label(conflict, one.ends)} is no better for it than {here}{further}"
        return f"{head}; but then {answered}{ends}."
    if one.counter is not None:
        return (
            f"{head}; the others could answer ({steps}), but {who} would move on to "
            f"{state_label(conflict, one.counter.after)}, which is better than {here}."
        )
    return f"{head}; even then ({steps}) it gains."


def variant_words(conflict: pipeline.Conflict, variant: pipeline.Variant) -> str:
    """What was changed in a variant of a model."""
    if variant.decision_maker is None:
        return "as given"
    maker = conflict.decision_makers[variant.decision_maker]
    if variant.kind == "swap":
        better, worse = (", ".join(state_label(conflict, state) for state in level) for level in variant.states)
        return f"{maker.name} prefers {worse} to {better}"
    if variant.kind == "left out":
        return f"{maker.name} without statement {int(variant.place or 0) + 1}"
    option = conflict.options[int(variant.place or 0)].name
    able = "can be undone" if variant.kind == "reversible" else "cannot be undone"
    return f"“{option}” {able}"


def condition_words(conflict: pipeline.Conflict, ways: Sequence[Sequence[int]], most: int = 4) -> str:
    """One clause of an inverse analysis: what the desired state has to be as good as."""
    told = [" and ".join(state_label(conflict, state) for state in way) for way in ways[:most]]
    more = f" or in {counted(len(ways) - most, 'other way', 'other ways')}" if len(ways) > most else ""
    return " or ".join(told) + more if ways and all(ways) else "nothing more"


def concept_words(concept: str) -> str:
    """What it means that a state is stable by a concept."""
    if concept in CONCEPT_WORDS:
        return CONCEPT_WORDS[concept]
    if concept[0] == "L" and concept[1:].isdigit():
        return f"looking {counted(int(concept[1:]), 'move')} ahead, it stays"
    return concept
