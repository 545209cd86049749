"""The label sets of every head, in the order of its outputs; what is open (relations, lemma rules) is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final

from peacetable.reading.encoder.annotation import NAME_TYPES, UPOS
from peacetable.reading.encoder.lemmas import rule
from training.examples import Example

KINDS: Final = ("statements", "positions", "agreements", "commitments", "proposals", "talks", "incidents", "figures",
                "expectations")  # fmt: skip
#: The spans that a finding has of its own, and by their order which of them anchors it (the first that it has).
KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "statements": ("cue", "content", "source"),
        "positions": ("issue",),
        "agreements": ("name",),
        "commitments": ("action", "condition"),
        "proposals": ("content",),
        "talks": ("outcome",),
        "figures": ("of",),
        "expectations": ("then", "if"),
    }
)
#: A finding of these kinds is anchored at its evidence's first word.
UNANCHORED: Final = frozenset({"talks", "incidents"})
CHAINS: Final = (*KINDS, *(f"{kind}.{key}" for kind, keys in KEYS.items() for key in keys))
ROLES: Final = ("statements.speaker", "statements.relayed_by", "positions.actor", "agreements.parties",
                "agreements.mediators", "commitments.by", "commitments.to", "proposals.by", "proposals.to",
                "talks.participants", "talks.hosts", "incidents.by", "incidents.against",
                "expectations.holder")  # fmt: skip
VALUES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "statements.form": ("direct", "indirect", "mixed"),
        "positions.stance": ("supports", "opposes", "demands", "offers", "accepts", "rejects", "conditional",
                             "undecided"),
        "agreements.kind": ("ceasefire", "withdrawal", "framework", "comprehensive", "power_sharing", "humanitarian",
                            "prisoner_exchange", "implementation", "statement", "other"),
        "agreements.status": ("proposed", "drafted", "agreed", "signed", "in_force", "under_review", "extended",
                              "violated", "collapsed", "rejected"),
        "commitments.modality": ("must", "must_not", "may"),
        "commitments.reported": ("pending", "met", "partly_met", "breached", "disputed"),
        "talks.kind": ("negotiation", "meeting", "conference", "mediation", "contact"),
        "talks.status": ("proposed", "planned", "under_way", "held", "stalled", "suspended", "resumed", "cancelled"),
        "incidents.kind": ("attack", "armed_clash", "offensive", "bombing", "air_strike", "shelling",
                           "aircraft_shot_down", "killing", "abduction", "arrest", "release", "seizure_of_territory",
                           "withdrawal", "displacement", "protest", "ceasefire_violation", "other"),
        "incidents.status": ("occurred", "ongoing", "expected", "threatened", "alleged", "denied"),
    }
)  # fmt: skip
#: Where each field's values begin among the outputs.
OFFSETS: Final = MappingProxyType(
    {name: sum(len(other) for other in list(VALUES.values())[:at]) for at, name in enumerate(VALUES)}
)
NAME_TAGS: Final = ("O", *(f"{mark}-{kind}" for kind in NAME_TYPES for mark in "BI"))
ATTRIBUTION_TAGS: Final = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
#: A lemma rule seen less often than this is left out; its words teach no lemma.
LEAST: Final = 4


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets that come from the data."""

    relations: tuple[str, ...]
    lemmas: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Everything that decoding needs to name its outputs."""
        return {
            "syntax": {"upos": list(UPOS), **{name: list(held) for name, held in asdict(self).items()}},
            "names": {"types": list(NAME_TYPES), "transitions": None},
            "attribution": {"tags": list(ATTRIBUTION_TAGS)},
            "findings": {
                "kinds": list(KINDS),
                "keys": {kind: list(keys) for kind, keys in KEYS.items()},
                "unanchored": sorted(UNANCHORED),
                "chains": list(CHAINS),
                "roles": list(ROLES),
                "values": {name: list(held) for name, held in VALUES.items()},
            },
        }


def counted(examples: Iterable[Example]) -> Labels:
    """Relations and lemma rules of the trees, most frequent first, ties by name."""
    relations: Counter[str] = Counter()
    lemmas: Counter[str] = Counter()
    for example in examples:
        syntax = example.syntax
        if syntax is None or syntax.relations is None:
            continue
        relations.update(syntax.relations)
        if syntax.lemmas is not None:
            lemmas.update(rule(word, lemma) for word, lemma in zip(example.text.words, syntax.lemmas, strict=True))
    return Labels(
        tuple(sorted(relations, key=lambda name: (-relations[name], name))),
        tuple(sorted((name for name, n in lemmas.items() if n >= LEAST), key=lambda name: (-lemmas[name], name))),
    )
