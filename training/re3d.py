"""Names in re3d (reports on Syria and Iraq), out of its archive; the part under a non-commercial licence is left out.

re3d marks mentions of all sorts, "we" and "mourners" too; what is kept is cut to the name proper by its capitals.
"""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final

from peacetable import countries
from training import name_types
from training.capitals import is_capital, name_in
from training.examples import Example, Name, Names, Run
from training.nesting import layered
from training.placing import run_of, words_of
from training.proper import ARTICLES, without_title

#: CC BY-NC 3.0.
LEFT_OUT: Final = frozenset({"BBC Online"})

#: Below this the crowd did not agree with the expert, or was not asked; then only countries and peoples are taken.
SURE: Final = 0.5
PRONOUNS: Final = frozenset(
    {
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "you",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "us",
        "them",
        "who",
    }
)

Json = Mapping[str, Any]


def read(path: Path, *, data: str = "re3d") -> Iterator[Example]:
    """The documents of the archive, but for those of `LEFT_OUT`."""
    entities: dict[str, list[Json]] = {}
    documents: list[Json] = []
    with tarfile.open(path) as archive:
        for member in archive:
            place = PurePosixPath(member.name)
            held = archive.extractfile(member) if member.isfile() else None
            if held is None or place.suffix != ".json" or place.parent.name in LEFT_OUT:
                continue
            rows = [json.loads(line) for line in held.read().decode("utf-8-sig").splitlines() if line.strip()]
            if place.name == "documents.json":
                documents.extend(rows)
            elif place.name == "entities.json":
                for row in rows:
                    entities.setdefault(row["documentId"], []).append(row)
    for document in sorted(documents, key=lambda document: str(document["_id"])):
        yield example(document, entities.get(document["_id"], []), data=data)


def example(document: Json, entities: Iterable[Json], *, data: str = "re3d") -> Example:
    """A document with its entities."""
    cut = words_of(document["text"])
    words = cut.text.words
    found: dict[Run, frozenset[str]] = {}
    doubtful: set[int] = set()
    for entity in sorted(entities, key=lambda entity: (entity["begin"], -entity["end"])):
        run = run_of(cut.places, entity["begin"], entity["end"])
        types = name_types.RE3D.get(entity["type"])
        if run is None or types is None or words[run[0]].lower() in PRONOUNS:
            continue
        kept = [one for one in _named(run, types, words) if entity["confidence"] >= SURE or _is_known(one[0], words)]
        for part, allowed in kept:
            held = found.get(part, allowed)
            found[part] = name_types.either(held, allowed, words[part[0] : part[1]])
        if not kept:
            capitals = (word for word in range(*run) if is_capital(words[word]))
            doubtful.update(word for word in capitals if words[word].lower() not in ARTICLES)
    names = list(layered(found))
    covered = {word for name in names for word in range(*name.run)}
    names.extend(Name((word, word + 1), name_types.UNKNOWN) for word in sorted(doubtful - covered))
    names.sort(key=lambda name: (name.run[0], -name.run[1]))
    return Example(
        f"re3d-{document['_id']}", data, cut.text, names=Names(tuple(names), name_types.MARKED["re3d"], nests=True)
    )


def _named(run: Run, types: frozenset[str], words: tuple[str, ...]) -> Iterator[tuple[Run, frozenset[str]]]:
    person = types == {"person"}
    name = name_in(run, words, person=person)
    if name is None:
        return
    if not person:
        yield name, name_types.settled(types, words[name[0] : name[1]])
        return
    title, proper = without_title(name, words)
    if title is not None:
        yield title, frozenset({"title"})
    if proper is not None:
        yield proper, types


def _is_known(run: Run, words: tuple[str, ...]) -> bool:
    return countries.by_name(" ".join(words[run[0] : run[1]])) is not None or (
        run[1] - run[0] == 1 and name_types.is_people(words[run[0]])
    )
