"""The raw layers of a report: what the readers work from, as JSON values that point into the text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from peacetable.model import Span
from peacetable.reading.analysis import Analysis


def layers(analysis: Analysis, wanted: Collection[str]) -> dict[str, Any]:
    """The raw layers that were asked for, as JSON values; an unknown name is left out."""
    return {name: LAYERS[name](analysis) for name in LAYERS if name in wanted}


def _times(analysis: Analysis) -> list[dict[str, Any]]:
    return [
        {
            **_span(analysis.span(time.start, time.end)),
            "type": time.type,
            "timex": time.timex,
            "edtf": time.when.edtf if time.when else None,
        }
        for time in analysis.times
    ]


def _names(analysis: Analysis) -> list[dict[str, Any]]:
    language = analysis.language
    if language is not None and language.by == "model":
        return [{**_span(name.span), "type": name.type, "nested": name.nested} for name in language.names]
    kinds = {actor.id: actor.kind for actor in analysis.actors}
    return [
        {
            **_span(analysis.span(mention.start, mention.end)),
            "type": NAME_TYPES.get(kinds.get(mention.actor or "", "unnamed"), "organisation"),
            "nested": False,
        }
        for mention in analysis.mentions
        if mention.kind == "name"
    ]


def _attributions(analysis: Analysis) -> list[dict[str, Any]]:
    """What the model tells; without it, what the rules do."""
    language = analysis.language
    if language is not None and language.by == "model":
        parts: Iterable[Mapping[str, Sequence[Span]]] = (
            {"source": found.source, "cue": found.cue, "content": found.content} for found in language.attributions
        )
    else:
        parts = (
            {
                "source": [found.source] if found.source else [],
                "cue": [found.cue] if found.cue.quote else [],
                "content": found.content,
            }
            for found in analysis.attributions
        )
    return [{name: [_span(span) for span in spans] for name, spans in part.items()} for part in parts]


def _syntax(analysis: Analysis) -> list[list[list[Any]]]:
    """For each sentence its words, with heads as their places in it from 0, -1 for the root."""
    language = analysis.language
    if language is not None and language.by == "model":
        return [
            [
                [*language.places[word], language.upos[word], max(language.heads[word] - start, -1),
                 language.relations[word]]
                for word in range(start, end)
            ]
            for start, end in language.sentences
        ]  # fmt: skip
    words: Any = analysis.layers.get("words", ())
    return [
        [
            [token.start, token.end, word.upos, word.head, word.relation]
            for token, word in zip(sentence.tokens, annotated, strict=True)
        ]
        for sentence, annotated in zip(analysis.sentences, words, strict=True)
    ]


def _certainty(analysis: Analysis) -> list[dict[str, Any]]:
    """How certain each clause is; nothing without the model, since it is told by the trees."""
    from peacetable.reading import certainty

    return certainty.as_json(analysis.language, analysis.text) if analysis.language is not None else []


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.quote}


#: The raw layers by name.
LAYERS: Final[Mapping[str, Callable[[Analysis], Any]]] = MappingProxyType(
    {
        "times": _times,
        "names": _names,
        "attributions": _attributions,
        "syntax": _syntax,
        "certainty": _certainty,
    }
)
#: The types of names, as the model tells them, by kind of actor.
NAME_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person": "person",
        "state": "state",
        "government": "state",
        "armed_group": "group",
        "political_group": "group",
        "forces": "group",
    }
)
