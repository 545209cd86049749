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
from training.capitals import all_named, is_capital, name_in
from training.examples import Example, Finding, Name, Names, Run
from training.placing import run_of, words_of
from training.proper import without_title

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
    aliases = tuple(_aliases(gold, text, cut))
    mentions: dict[str, list[Run]] = {}
    for alias in aliases:
        mentions.setdefault(alias.actor, []).append(alias.run)
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


def _aliases(gold: Json, text: str, cut: Cut) -> Iterator[_Alias]:
    """Where actors are named, in the order of the text; of aliases that overlap the longest counts."""
    found: list[tuple[int, int, str, str]] = []
    for actor in gold.get("actors") or ():
        for words in {actor["name"], *(actor.get("aliases") or ())}:
            if not words.strip():
                continue
            places = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
            found.extend((match.start(), match.end(), actor["id"], actor["kind"]) for match in places)
    taken: dict[tuple[int, int], None] = {}
    for start, end, actor, kind in sorted(found, key=lambda item: (item[0] - item[1], item[0], item[2])):
        if any(left < end and start < right and (left, right) != (start, end) for left, right in taken):
            continue
        taken[start, end] = None
        run = run_of(cut.places, start, end)
        if run is not None:
            yield _Alias(run, actor, kind)


def _names(gold: Json, text: str, cut: Cut, aliases: Iterable[_Alias]) -> Names:
    """The aliases that are names, and what accords are called.

    A name stands with a capital where no sentence begins; an alias that only opens sentences and is found in small
    letters elsewhere ("Troops") teaches nothing.
    """
    words = cut.text.words
    small = {word for word in words if word.islower()}
    opens = {start for start, _ in cut.text.sentences}
    found: dict[Run, frozenset[str]] = {}
    for alias in sorted(aliases, key=lambda alias: (alias.run, alias.actor)):
        for run, types in _named(alias, words):
            start, end = run
            plain = start in opens and end - start == 1 and words[start].lower() in small
            found.setdefault(run, name_types.UNKNOWN if plain else types)
    for agreement in gold.get("agreements") or ():
        for run in _runs(agreement.get("name"), text, cut):
            named = name_in(run, words, person=False) if _in_capitals(run, words) else None
            if named is not None and not _crosses(named, found):
                found[named] = frozenset({"event"})
    return Names(
        tuple(Name(run, types) for run, types in sorted(found.items()) if not _within(run, found)),
        name_types.MARKED["findings"],
    )


def _named(alias: _Alias, words: tuple[str, ...]) -> Iterator[tuple[Run, frozenset[str]]]:
    types = name_types.ACTORS.get(alias.kind)
    person = alias.kind == "person"
    name = name_in(alias.run, words, person=person) if types else None
    if types is None or name is None:
        for word in range(*alias.run):  # "the EU's envoy", "Iraqi forces": a name may stand within
            if is_capital(words[word]) and word > alias.run[0]:
                yield (word, word + 1), name_types.UNKNOWN
        return
    if person:
        title, proper = without_title(name, words)
        if title is not None:
            yield title, frozenset({"title"})
        if proper is not None:
            yield proper, types
    elif all_named(name, words, person=False):
        yield name, name_types.settled(types, words[name[0] : name[1]])


def _in_capitals(run: Run, words: Sequence[str]) -> bool:
    """Has a name two words with a capital, of which one is not its first?"""
    capitals = [at for at in range(*run) if is_capital(words[at]) and words[at].lower() not in ("the", "a", "an")]
    return len(capitals) > 1


def _crosses(run: Run, found: Iterable[Run]) -> bool:
    return any(start < run[1] and run[0] < end for start, end in found)


def _within(run: Run, found: Iterable[Run]) -> bool:
    return any(start <= run[0] and run[1] <= end and (start, end) != run for start, end in found)
