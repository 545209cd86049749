"""Time expressions against TimeML gold: extents strict and relaxed, and values, in the manner of TempEval-3.

    python benchmarks/times.py DIR...        # any folders of .tml files; --errors lists what differs

A found expression that overlaps a gold one is a relaxed match, one with its very extent a strict one, and one with its
value (and any overlap) a value match; each gold expression is matched once. The document's creation time is the day of
publication and is not scored.
"""

from __future__ import annotations

import argparse
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from peacetable.errors import DateError
from peacetable.model import When
from peacetable.reading.analysis import TimeExpression
from peacetable.reading.times import times

SHOWN = ("relaxed P", "R", "F1", "strict F1", "type F1", "value F1", "value acc")


class Gold(NamedTuple):
    """An annotated expression."""

    start: int
    end: int
    text: str
    type: str
    value: str


class Document(NamedTuple):
    """A TimeML document's text, day of publication and expressions."""

    name: str
    text: str
    published: When | None
    gold: tuple[Gold, ...]


@dataclass
class Counts:
    """What was counted over some documents."""

    gold: int = 0
    found: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    type: int = 0
    errors: list[str] = field(default_factory=list)


def document(path: Path) -> Document:
    """A TimeML file, read with the standard library: nothing in it is trusted to be more than text and marks."""
    source = path.read_text("utf-8", errors="replace")
    root = ElementTree.fromstring(source)  # noqa: S314  # corpora that the user names
    creation = root.find("DCT")
    text_element = root.find("TEXT")
    if text_element is None:
        text_element = root
    pieces: list[str] = []
    gold: list[Gold] = []
    _walk(text_element, pieces, gold)
    stamp = next(iter(creation.iter("TIMEX3")), None) if creation is not None else None
    if stamp is None:
        stamp = next((one for one in root.iter("TIMEX3") if one.get("functionInDocument") == "CREATION_TIME"), None)
    day = re.match(r"\d{4}-\d{2}-\d{2}", stamp.get("value", "") if stamp is not None else "")
    try:
        published = When(day[0]) if day else None
    except DateError:
        published = None
    return Document(path.stem, "".join(pieces), published, tuple(gold))


def _walk(element: ElementTree.Element, pieces: list[str], gold: list[Gold]) -> None:
    start = sum(map(len, pieces))
    if element.text:
        pieces.append(element.text)
    for child in element:
        _walk(child, pieces, gold)
        if child.tail:
            pieces.append(child.tail)
    if element.tag == "TIMEX3" and element.get("functionInDocument") != "CREATION_TIME":
        text = "".join(pieces)[start:]
        if text.strip():
            gold.append(Gold(start, start + len(text), text, element.get("type", ""), element.get("value", "")))


def count(documents: Iterator[Document] | Sequence[Document]) -> Counts:
    """Found against gold, over documents."""
    counts = Counts()
    for one in documents:
        found = times(one.text, published=one.published)
        counts.gold += len(one.gold)
        counts.found += len(found)
        pairs = _pairs(one.gold, found)
        for wanted, said in pairs:
            strict = (wanted.start, wanted.end) == (said.start, said.end)
            same = wanted.value == (said.timex or "")
            counts.relaxed += 1
            counts.strict += strict
            counts.value += same
            counts.type += wanted.type == said.type
            if not strict:
                counts.errors.append(f"extent  {wanted.text!r:40} {said.text!r:40} {one.name}")
            if not same:
                day = one.published.edtf if one.published else "undated"
                counts.errors.append(f"value   {wanted.text!r:40} {wanted.value:22} {said.timex!s:22} {day} {one.name}")
        paired_gold, paired_found = {id(wanted) for wanted, _ in pairs}, {id(said) for _, said in pairs}
        for wanted in one.gold:
            if id(wanted) not in paired_gold:
                counts.errors.append(f"missed  {wanted.text!r:40} …{_around(one.text, wanted.start, wanted.end)}…")
        for said in found:
            if id(said) not in paired_found:
                counts.errors.append(f"spare   {said.text!r:40} …{_around(one.text, said.start, said.end)}…")
    return counts


def _around(text: str, start: int, end: int, width: int = 40) -> str:
    return " ".join(text[max(0, start - width) : end + width].split())


def _pairs(gold: Sequence[Gold], found: Sequence[TimeExpression]) -> list[tuple[Gold, TimeExpression]]:
    """One-to-one pairs that overlap, those of the same extent first."""
    candidates = [
        (wanted, said) for wanted in gold for said in found if wanted.start < said.end and said.start < wanted.end
    ]
    candidates.sort(key=lambda pair: abs(pair[0].start - pair[1].start) + abs(pair[0].end - pair[1].end))
    taken: set[int] = set()
    pairs = []
    for wanted, said in candidates:
        if id(wanted) not in taken and id(said) not in taken:
            taken |= {id(wanted), id(said)}
            pairs.append((wanted, said))
    return pairs


def f1(hits: int, found: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall and F1 in percent."""
    precision, recall = 100 * hits / max(1, found), 100 * hits / max(1, gold)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def main() -> None:
    """Print one line a folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--errors", action="store_true", help="list what differs")
    chosen = parser.parse_args()
    row = "{:<20}{:>5}{:>7}{:>7}" + "{:>12}" * 7
    print(row.format("folder", "docs", "gold", "found", *(f"{name} %" for name in SHOWN)))
    for folder in chosen.folders:
        documents = [document(path) for path in sorted(folder.rglob("*.tml"))]
        counts = count(documents)
        figures = [
            *f1(counts.relaxed, counts.found, counts.gold),
            *(f1(hits, counts.found, counts.gold)[2] for hits in (counts.strict, counts.type, counts.value)),
            100 * counts.value / max(1, counts.relaxed),
        ]
        print(row.format(folder.name, len(documents), counts.gold, counts.found, *(f"{one:.1f}" for one in figures)))
        if chosen.errors:
            print("\n".join(sorted(counts.errors)))


if __name__ == "__main__":
    main()
