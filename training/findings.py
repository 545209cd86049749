"""Reports annotated to the findings scheme, one a file or one a line, as words with names and findings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from peacetable.reading.encoder.cutting import Cut
from peacetable.scheme import span_from_json
from training import name_types
from training.capitals import is_capital, name_in
from training.examples import Example, Finding, Name, Names, Run
from training.placing import run_of, words_of
from training.proper import ARTICLES, without_title

Json = Mapping[str, Any]

#: The spans of each kind, the fields that name actors, and the plain values.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "statements": ("source", "cue", "content"),
    "positions": ("issue",),
    "agreements": ("name",),
    "commitments": ("action", "condition"),
    "proposals": ("content",),
    "talks": ("outcome",),
    "incidents": (),
    "figures": ("of",),
    "expectations": ("if", "then"),
}
ROLES: Final[Mapping[str, tuple[str, ...]]] = {
    "statements": ("speaker", "relayed_by"),
    "positions": ("actor",),
    "agreements": ("parties", "mediators"),
    "commitments": ("by", "to"),
    "proposals": ("by", "to"),
    "talks": ("participants", "hosts"),
    "incidents": ("by", "against"),
    "expectations": ("holder",),
}
VALUES: Final = ("form", "stance", "kind", "status", "modality", "reported", "approximate")


@dataclass(frozen=True, slots=True)
class _Alias:
    """Words in the text that name an actor."""

    run: Run
    actor: str
    kind: str


def read_folder(folder: Path, *, data: str, without: frozenset[str] = frozenset()) -> Iterator[Example]:
    """The reports of a folder, by name; those of `without`, by id, are left out."""
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold["report"]["id"] not in without:
            yield example(gold, data=data)


def read_lines(path: Path, *, data: str) -> Iterator[Example]:
    """The reports of a .jsonl file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield example(json.loads(line), data=data)


def ids(path: Path) -> frozenset[str]:
    """The ids of the reports of a .jsonl file."""
    with path.open(encoding="utf-8") as lines:
        return frozenset(json.loads(line)["report"]["id"] for line in lines if line.strip())


def example(gold: Json, *, data: str) -> Example:
    """One report with its names and findings.

    Actors stand in the text wherever one of their aliases does, unless it is part of a longer alias. A finding whose
    evidence holds no word is left out.
    """
    text = gold["report"]["text"]
    cut = words_of(text)
    aliases = _aliases(gold, text, cut)
    mentions = _mentions(aliases)
    findings = [
        finding
        for kind in KEYS
        for item in gold.get(kind) or ()
        if (finding := _finding(kind, item, text, cut, mentions)) is not None
    ]
    return Example(
        gold["report"]["id"],
        data,
        cut.text,
        names=_names(gold, text, cut, aliases),
        findings=tuple(sorted(findings, key=lambda finding: finding.evidence)),
    )


def _finding(kind: str, item: Json, text: str, cut: Cut, mentions: Mapping[str, Sequence[Run]]) -> Finding | None:
    evidence = _runs(item.get("evidence"), text, cut)
    if not evidence:
        return None
    keys = {key: runs for key in KEYS[kind] if (runs := _runs(item.get(key), text, cut))}
    roles = {}
    for role in ROLES.get(kind, ()):
        actors = item.get(role) or ()
        held = [tuple(mentions.get(actor, ())) for actor in ([actors] if isinstance(actors, str) else actors)]
        if role == "speaker" and "source" in keys and held:
            held = [tuple(sorted({*held[0], *keys["source"]}))]
        if filled := tuple(runs for runs in held if runs):
            roles[role] = filled
    values = {}
    for name in VALUES:
        value = item.get(name)
        if value is not None:
            values[name] = value if isinstance(value, str) else str(value).lower()
    return Finding(kind, evidence[0], keys, roles, values)


def _runs(spans: Json | Sequence[Json] | None, text: str, cut: Cut) -> tuple[Run, ...]:
    """The words of a span or of several."""
    found = []
    for span in [spans] if isinstance(spans, Mapping) else spans or ():
        place = span_from_json(span, text=text, where="gold")
        run = run_of(cut.places, place.start, place.end)
        if run is not None:
            found.append(run)
    return tuple(found)


def _aliases(gold: Json, text: str, cut: Cut) -> tuple[_Alias, ...]:
    """Where actors are named, the longest aliases first; one may lie within another or be another actor's too."""
    found = set()
    for actor in gold.get("actors") or ():
        for words in {actor["name"], *(actor.get("aliases") or ())}:
            if not words.strip():
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text):
                run = run_of(cut.places, match.start(), match.end())
                if run is not None:
                    found.add(_Alias(run, actor["id"], actor["kind"]))
    return tuple(sorted(found, key=lambda alias: (alias.run[0] - alias.run[1], alias.run, alias.actor)))


def _mentions(aliases: Iterable[_Alias]) -> Mapping[str, tuple[Run, ...]]:
    """The mentions of each actor, in order: of aliases that overlap the longest counts."""
    taken: list[Run] = []
    found: dict[str, set[Run]] = {}
    for alias in aliases:
        if alias.run in taken or not _overlaps(alias.run, taken):
            taken.append(alias.run)
            found.setdefault(alias.actor, set()).add(alias.run)
    return {actor: tuple(sorted(runs)) for actor, runs in found.items()}


def _names(gold: Json, text: str, cut: Cut, aliases: Iterable[_Alias]) -> Names:
    """The aliases that are names, and what accords are called.

    Words with a capital in aliases that are no names ("the Velkarian envoy") are not known, nor is one word that opens
    a sentence and never stands with a capital elsewhere in the report ("Troops"), unless it is a person's or a state's.
    """
    words = cut.text.words
    found: dict[Run, frozenset[str]] = {}
    doubtful: set[int] = set()
    for alias in aliases:
        named = list(_named(alias, words))
        if not named:
            doubtful.update(
                word for word in range(*alias.run) if is_capital(words[word]) and words[word].lower() not in ARTICLES
            )
        for run, types in named:
            if not _overlaps(run, found):
                found[run] = types
            elif run in found:
                found[run] = name_types.either(found[run], types, words[run[0] : run[1]])
    for agreement in gold.get("agreements") or ():
        for run in _runs(agreement.get("name"), text, cut):
            title = name_in(run, words, person=False)
            if title is not None and title[1] - title[0] > 1 and not _overlaps(title, found):
                found[title] = frozenset({"event"})
    openers = _openers(cut)
    starts = {start for start, _ in found}
    for run, types in found.items():
        spared = types & {"person", "state"} or (types == {"title"} and run[1] in starts)
        if run[1] - run[0] == 1 and words[run[0]] in openers and not spared:
            found[run] = name_types.UNKNOWN
    covered = {word for run in found for word in range(*run)}
    for word in sorted(doubtful - covered):
        people = name_types.is_people(words[word])
        found[word, word + 1] = frozenset({"nationality"}) if people else name_types.UNKNOWN
    return Names(tuple(Name(run, types) for run, types in sorted(found.items())), name_types.MARKED["findings"])


def _openers(cut: Cut) -> frozenset[str]:
    """The words that have a capital at the beginning of sentences only."""
    opens = {start for start, _ in cut.text.sentences}
    words = cut.text.words
    within = {word for at, word in enumerate(words) if at not in opens and words[at - 1] not in ('"', "“", ":")}
    return frozenset(words[at] for at in opens) - within


def _named(alias: _Alias, words: tuple[str, ...]) -> Iterator[tuple[Run, frozenset[str]]]:
    types = name_types.ACTORS.get(alias.kind)
    person = alias.kind == "person"
    name = name_in(alias.run, words, person=person) if types else None
    if types is None or name is None:
        return
    if person:
        title, proper = without_title(name, words)
        if title is not None:
            yield title, frozenset({"title"})
        if proper is not None:
            yield proper, types
    elif name_types.is_people(words[name[1] - 1]):
        yield name, types | {"nationality"}
    else:
        yield name, name_types.settled(types, words[name[0] : name[1]])


def _overlaps(run: Run, others: Iterable[Run]) -> bool:
    return any(start < run[1] and run[0] < end for start, end in others)
