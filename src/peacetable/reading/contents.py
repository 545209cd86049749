"""What is said: where it begins behind a cue or before it, and where it ends because something else begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from peacetable.reading import cues
from peacetable.reading.lines import JOINS, QUOTES, Found, Line
from peacetable.reading.nounphrases import Phrase
from peacetable.reading.speakers import attached_end

CLOSERS: Final = frozenset(",\"”»'’?!…—–-)")


def said_before(line: Line, at: int) -> bool:
    """Does something said end right before a token: a quotation, or a clause with its comma?"""
    if at < 2 or line.text(at - 1) not in CLOSERS:
        return False
    if line.text(at - 1) in QUOTES or line.text(at - 2) in QUOTES or line.text(at - 1) in ("?", "!"):
        return True
    start = content_start_before(line, at, ())
    if line.upos(start) in (
        "ADP",
        "SCONJ",
        "VERB",
    ):  # "In a statement sent to the press, Roe said": what counts follows
        start = next((i + 1 for i in range(start, at - 1) if line.text(i) == ","), at)
    return any(line.classes[i] in ("VERB", "AUX") for i in range(start, at - 1))


def content_start_before(line: Line, end: int, earlier: Sequence[Found]) -> int:
    """Where what is said before a speaker or cue begins: its clause."""
    floor = max(
        (found.cue[1] for found in earlier if found.rule != "speaker-cue-content" or found.cue[1] < end), default=0
    )
    if floor:
        return _after_break(line, floor, end)
    start = 0
    for index in range(end - 2, 0, -1):
        if line.text(index) == ";" and not line.quoted[index]:
            start = index + 1
            break
    while line.lower(start) in ("but", "and", "yet") and start < end - 1:
        start += 1
    return start


def _after_break(line: Line, floor: int, end: int) -> int:
    for index in range(floor, end - 1):
        if line.text(index) in (";", ",") or line.lower(index) in ("and", "but", "while"):
            return index + 1
    return floor


def content_after(line: Line, hit: cues.Hit, values: Any) -> tuple[Phrase | None, int, bool]:
    """Who hears it, where what is said begins behind a cue, and whether a mark or "that" says so."""
    end, at, hearer = len(line.classes), hit.last, None
    if values.get("tells"):
        hearer = line.by_first.get(at)
        if hearer is not None:
            at = attached_end(line, hearer)
    that = _that_ahead(line, at)
    if that is not None:
        return hearer, that + 1, True
    while at < end and line.text(at) not in QUOTES:
        if line.text(at) == ":":
            return hearer, at + 1, True
        if (
            at in line.timed
            or (line.classes[at] in ("ADP", "ADJ", "ADV") and at + 1 in line.timed)
            or line.classes[at] == "ADV"
            or (line.text(at) == "," and at > hit.last)
        ):
            at += 1
        elif (
            values.get("inverts")
            and line.classes[at] == "ADP"
            and line.lower(at) in ("in", "at", "on", "from", "after", "during", "through", "by", "to")
        ):
            phrase = line.by_first.get(at + 1)
            if phrase is None:
                break
            at = phrase.last
        else:
            break
    colon = next(
        (i for i in range(at, min(end - 1, at + 14)) if line.text(i) == ":" and line.text(i + 1) in QUOTES), None
    )
    if colon is not None and not any(line.classes[i] == "VERB" for i in range(at, colon)):
        return hearer, colon + 1, True
    return hearer, at, at < end and line.text(at) in QUOTES and hit.group != "name"


def _that_ahead(line: Line, at: int) -> int | None:
    """The "that" (or "whether", "how") of a cue, over hearers, days and places."""
    for index in range(at, min(len(line.classes), at + 18)):
        if line.lower(index) == "that" and line.classes[index] == "SCONJ":
            return index
        if line.lower(index) in ("whether",) and index == at:
            return index - 1
        if line.classes[index] in ("VERB", "AUX", "CCONJ") or line.text(index) in (":", ";", '"', "“"):
            return None
    return None


def clause_follows(line: Line, at: int) -> bool:
    """Does a clause of its own begin here: a phrase with a verb behind it?"""
    if line.text(at) in QUOTES or line.lower(at) in ("there", "if", "whether", "when", "how", "why", "what"):
        return True
    phrase = line.by_first.get(at)
    if phrase is None:
        return line.upos(at) in ("DET", "ADJ", "NOUN", "NUM", "PRON", "PROPN") and any(
            line.upos(i) in ("VERB", "AUX") for i in range(at, len(line.classes))
        )
    if line.upos(at - 1) == "ADP":
        return False
    for index in range(phrase.last, len(line.classes)):
        if line.classes[index] in ("AUX", "VERB"):
            return True
        if line.text(index) in (",", ";", ".") and index > phrase.last:
            return False
    return False


def has_content(line: Line, begin: int, need: str, *, marked: bool) -> bool:
    if need == "any" or marked:
        return True
    if need == "quote":
        return any(line.quoted[i] or line.lower(i) == "as" for i in range(begin, len(line.classes)))
    if need == "to":
        return line.lower(begin) == "to"
    return clause_follows(line, begin) and line.classes[begin] != "ADP"


def goes_on(line: Line, at: int) -> tuple[tuple[int, int], ...]:
    """A quotation that goes on behind its cue."""
    if line.text(at) in (",", ":", ".") and line.text(at + 1) in ('"', "“", "‘", "«"):
        return ((at + 1, len(line.classes)),)
    if line.text(at) == "," and line.lowers[at + 1 : at + 2] == ("and",) and line.text(at + 2) in ('"', "“"):
        return ((at + 2, len(line.classes)),)
    return ()


def skip_tail(line: Line, at: int) -> int:
    """Over where and when it was said."""
    while at < len(line.classes) and line.text(at) not in (",", ";", ".", ":"):
        at += 1
    return at


# Where one attribution ends because another begins.


def bounded(line: Line, found: Sequence[Found]) -> Iterator[Found]:
    for number, item in enumerate(found):
        limits = [limit for later in found[number + 1 :] if (limit := _limit(line, item, later)) is not None]
        content = tuple(part for part in (_cut(line, part, limits) for part in item.content) if part[0] < part[1])
        if content:
            yield replace(item, content=content)


def _cut(line: Line, part: tuple[int, int], limits: Sequence[int]) -> tuple[int, int]:
    first, last = part
    for limit in limits:
        if first < limit < last:
            last = limit
    for index in range(first, last):
        if line.text(index) == ";" and not line.quoted[index]:
            last = index
            break
    return first, last


def _limit(line: Line, item: Found, later: Found) -> int | None:
    """Where the content of an attribution must end because a later one begins there, if it must."""
    start = later.start
    if later.cue[0] > item.cue[1] and item.source is not None and later.source is not None and start <= item.cue[0]:
        start = later.cue[0]  # "Roe, worried about raids, has offered": one subject, two verbs
        return start - 1 if line.text(start - 1) == "," else None
    if start <= item.cue[0]:
        return None
    if start < item.cue[1]:
        return None
    at = start
    while at > item.cue[1] and (
        line.lower(at - 1) in JOINS or line.classes[at - 1] in ("ADV",) or line.text(at - 1) == ","
    ):
        at -= 1
    if later.source is not None and line.lowers[later.source[0]] in ("which", "who", "that"):
        return at if at < start else None
    return at if at < start and at > item.cue[1] else None
