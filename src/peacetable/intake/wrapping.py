"""Lines that a page or a mail program broke, joined into paragraphs again; only for text that is extracted anyway."""

from __future__ import annotations

import re
from statistics import quantiles
from typing import Final

_SENTENCE_END: Final = re.compile(r"[.!?:;][\"”’')\]]*$")
_ITEM: Final = re.compile(r"\s*(?:[-–—•*>▪◦]\s|\(?[0-9]{1,3}[.)]\s|\(?[a-z][.)]\s)")


def unwrap(text: str) -> str:
    """A text with the line breaks of its layout taken out, and those of its paragraphs kept.

    1. Lines are taken to be broken by layout where nine in ten are no longer than 110 letters.
    2. A line is joined to the next when it is nearly full, or when the next goes on in small letters; an item of a
       list, an indented line and a blank line begin a paragraph.
    3. A word that is parted by a hyphen at a full line's end is put together.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lengths = [len(line) for line in lines if line.strip()]
    if len(lengths) < 2:
        return text
    width = quantiles(lengths, n=10)[8]
    if width > 110:
        return text
    joined: list[str] = []
    open_line = ""
    for line in lines:
        if open_line and _goes_on(open_line, line, width):
            joined[-1] = _join(joined[-1], line.strip())
        else:
            joined.append(line.rstrip())
        open_line = line
    return "\n".join(joined)


def _goes_on(line: str, following: str, width: float) -> bool:
    if not line.strip() or not following.strip() or _ITEM.match(following) or following[:2].isspace():
        return False
    first_word = len(following.split(None, 1)[0])
    full = len(line.rstrip()) + 1 + first_word > 0.9 * width
    if following[0].islower():
        return full or not _SENTENCE_END.search(line.rstrip())
    return full and (len(line) > 0.85 * width or not _SENTENCE_END.search(line.rstrip()))


def _join(line: str, following: str) -> str:
    if re.search(r"[a-z]-$", line) and following[:1].islower():
        return line[:-1] + following
    return f"{line} {following}"
