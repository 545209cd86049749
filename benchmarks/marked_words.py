"""Passages with marks for words: `<label words>` puts a label on a run of words, and marks may stand within marks."""

from __future__ import annotations

import re
from typing import Final

from peacetable.reading import sentences
from peacetable.reading.encoder.cutting import cut
from peacetable.reading.encoder.inputs import Text
from spans import Run

MARK: Final = re.compile(r"<(?P<label>\w+) |>")


def marked(passage: str) -> tuple[Text, list[tuple[str, Run]]]:
    """The words of a marked passage, cut as a report's are, and label and run of each mark, the outer ones first.

    Raises:
        ValueError: a mark is not closed, or parts a word.
    """
    plain, opened, ranges = "", list[tuple[str, int]](), list[tuple[int, int, str]]()
    at = 0
    for match in MARK.finditer(passage):
        plain += passage[at : match.start()]
        at = match.end()
        if match["label"]:
            opened.append((match["label"], len(plain)))
        elif opened:
            label, start = opened.pop()
            ranges.append((start, -len(plain), label))
        else:
            raise ValueError(f"{passage!r} closes a mark that is not open; a mark is '<label words>'")
    if opened:
        raise ValueError(f"{passage!r} leaves {opened[-1][0]!r} open; close each mark with '>'")
    words = cut(sentences.split(plain + passage[at:])[1])
    firsts = {start: number for number, (start, _) in enumerate(words.places)}
    lasts = {end: number + 1 for number, (_, end) in enumerate(words.places)}
    for start, end, label in ranges:
        if start not in firsts or -end not in lasts:
            raise ValueError(
                f"{passage!r} parts a word with {label!r}; mark whole words, without the spaces around them"
            )
    return words.text, [(label, (firsts[start], lasts[-end])) for start, end, label in sorted(ranges)]
