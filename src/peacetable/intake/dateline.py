"""The line that says where and when a report was written: "MOSCOW, March 18 (Example Wire) -", or the date of a page.

A dateline stands at the start of one of the first lines. What is in doubt is none: a headline in capitals, a speaker's
label in a transcript and an entry of a chronology look much like it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from peacetable.intake.days import MONTH, WEEKDAY, WRITTEN, as_edtf, from_words, month_number, read_day
from peacetable.model import Furniture, Span

_LINE: Final = re.compile(r"[^\r\n]+")
# A dateline stands in the first lines; the longest seen, with two places and an agency, has some 80 letters.
_MOST_LINES: Final = 14
_LONGEST: Final = 110
_PROSE: Final = 60
_BREAK: Final = re.compile(
    r"\s*--+\s*|\s*[–—―]\s*|\s*\.-\s*|\s+-(?:\s+|$)|(?<=[)/])\s*\.?-+\s*|\s*:\s+|\s+\|\s+|(?<=[)/])\.\s+(?:[-–—]+\s*)?|\s*$"
)
_DATE: Final = re.compile(rf"(?<!\w){WRITTEN}|(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})", re.I)
_AGENCY: Final = re.compile(r"\((?P<round>[^()]{2,60})\)|(?<![^\s.,])/(?P<slashed>[^/\d]{2,40})/")
_DATED: Final = re.compile(rf"\(((?:{WRITTEN}))\)".replace("?P<", "?P<_"), re.I)
_WEEKDAY: Final = re.compile(rf"(?<!\w){WEEKDAY}(?!\w)", re.I)
_NAME: Final = re.compile(
    r"(?:[A-ZÀ-Þ][\w'’.`-]*|of|de|del|della|du|des|la|las|le|el|al|and|y|i|am|upon)(?:/[A-ZÀ-Þ][\w'’.-]*)*"
)
_TIME: Final = re.compile(r"\d{1,2}[:.]\d{2}|\b\d{3,4} ?(?:gmt|hrs|utc)\b", re.I)
_OPENS_WITH_LABEL: Final = re.compile(
    r"^[ \t]*[^\W\da-z][^\Wa-z\d' .-]*(?:[ .'-][^\Wa-z\d][^\Wa-z]*)*(?: ?\([^()\n]{1,60}\))?:[ \t]", re.M
)
_OPENS_WITH_DATE: Final = re.compile(rf"^[ \t]*(?:{WEEKDAY},?\s+)?(?:\d{{1,2}} {MONTH}|{MONTH} \d{{1,2}})", re.M | re.I)
_OTHER_CALENDAR: Final = re.compile(r"\d{1,2} [A-Z][\w'’-]+(?: [\w'’-]+)? \d{4}(?: ?AH)?")
_STAMP: Final = re.compile(r"(?:(?:first )?(?:published|posted|released|issued)(?: (?:on|at))?:?\s+)?(?P<day>.+)", re.I)
_BARS: Final = re.compile(r"[^|·•]+")
_IN_ADDRESS: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?P<mark>[/_.-]?)(\d{1,2}|(?<=/)[a-z]{3}(?=/))(?P=mark)(\d{1,2})(?!\d)", re.I
)
_MONTH_IN_ADDRESS: Final = re.compile(r"/((?:19|20)\d\d)/(\d\d)/(?!\d{1,2}(?:/|$))")


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when, as the report's own line tells it.

    Attributes:
        span: the line's words, up to the report's first.
        place: as written, capitals apart; None where the line names none.
        day: in EDTF; None where there is none, or none with a year.
        words: the date's words, where there are any.
        month, of_month: the month and day, also where the year is missing.
    """

    span: Span
    place: str | None = None
    day: str | None = None
    words: str | None = None
    month: int | None = None
    of_month: int | None = None


def find_dateline(text: str, furniture: Sequence[Furniture] = ()) -> Dateline | None:
    """The dateline of a report, or the date that stands over it; None where neither can be told for sure.

    1. The first lines are looked at, up to the first that is prose.
    2. A line that opens with a place (and a date, an agency or both) and a dash or colon is the dateline.
    3. A line, or a part of one between bars, that is a full date and nothing else is the date of the page.

    Args:
        text: the report's text.
        furniture: header lines are passed over.
    """
    start = next((item.span.end for item in furniture if item.kind == "header"), 0)
    stamp = None
    for at, line in _first_lines(text, start):
        opening = _opening(text, at, line)
        if opening and opening.place:
            if stamp and not opening.day:
                return replace(opening, day=stamp.day, words=stamp.words)
            return opening
        stamp = stamp or opening or _stamp(text, at, line)
    return stamp


def day_in_address(url: str) -> str | None:
    """The day (or month) in an address such as ".../2021/03/12/..." or "...-20210312.html", in EDTF; else None."""
    path = re.sub(r"^\w+://[^/]*", "", url)
    days = set()
    for match in _IN_ADDRESS.finditer(path):
        month = match[3]
        if match["mark"] == "" and (len(month) != 2 or len(match[4]) != 2):
            continue
        if month.isalpha():
            if not re.fullmatch(MONTH, month, re.I):
                continue
            days.add(as_edtf(int(match[1]), month_number(month), int(match[4])))
        else:
            days.add(as_edtf(int(match[1]), int(month), int(match[4])))
    days.discard(None)
    if not days:
        days = {as_edtf(int(match[1]), int(match[2])) for match in _MONTH_IN_ADDRESS.finditer(path)} - {None}
    return days.pop() if len(days) == 1 else None


def _first_lines(text: str, start: int) -> Iterator[tuple[int, str]]:
    """The first lines with their offsets, the first line of prose the last."""
    for number, match in enumerate(_LINE.finditer(text, start, min(len(text), start + 20_000))):
        line = match[0].strip()
        if not line:
            continue
        yield match.start() + match[0].index(line), line
        prose = len(line) > 2 * _PROSE or (len(line) > _PROSE and line.endswith((".", "!", "?", '."', ".”")))
        if (prose and not line.startswith(("(", "["))) or number >= _MOST_LINES:
            return


def _opening(text: str, at: int, line: str) -> Dateline | None:
    """The dateline that a line opens with, if it does: it ends with the first dash, colon or line's end that fits.

    A place before a dash goes on only where a date follows at once ("DOHA – September 10 (ENA) –").
    """
    best = None
    for mark in _BREAK.finditer(line[: _LONGEST + 4]):
        if mark.start() == 0 or mark.start() > _LONGEST or (not mark[0] and len(line) > mark.start()):
            continue
        found = _parsed(text, line[: mark.start()], mark[0].strip(), line[mark.end() :].strip())
        if found and (best is None or found.words):
            best = replace(found, span=Span.of(text, at, at + len(line[: mark.end()].rstrip())))
        if best and (best.words or not _DATE.match(line, mark.end())):
            break
    return best


def _parsed(text: str, head: str, mark: str, rest: str) -> Dateline | None:
    """What the words before a mark tell, if they are a dateline."""
    head = _DATED.sub(r", \1", head)
    agencies = list(_AGENCY.finditer(head))
    bare = _AGENCY.sub(" , ", head)
    dates = list(_DATE.finditer(bare))
    written = dates[-1] if dates else None
    if written:
        bare = bare[: written.start()] + " , " + bare[written.end() :]
    has_weekday = bool(_WEEKDAY.search(head))
    pieces = [piece.strip(" ./-–—") for piece in re.split(r"[,;]|\s[–—-]\s?|\. ", _WEEKDAY.sub(" ", bare))]
    pieces = [piece for piece in pieces if piece]
    seen = Dateline(Span(0, 0, ""), *_day(written))
    if not pieces:
        return _date_first(text, seen, mark, rest) if written and not agencies else None
    place, others = pieces[0], pieces[1:]
    if len(others) > 3 or not all(_fits(piece) for piece in others) or not _is_place(place):
        return None
    before_date = head.find(seen.words) if seen.words else len(head)
    near = others[0] if others and head.find(others[0]) < before_date else ""
    region = near if near and not near.isupper() and _is_place(near) else None
    capitals = place.isupper() and sum(map(str.isalpha, place)) > 2
    label = any(word in _words()["labels"] for word in re.findall(r"\w+", place.lower()))
    timed = bool(_TIME.search(head)) or (has_weekday and not capitals)
    named = None if label or (timed and not mark) else _cased(place) + (f", {region}" if region else "")
    if written:
        return replace(seen, place=named) if (named or seen.day) and (mark or seen.day or capitals) else None
    if label or not _by_place_alone(text, place, mark, rest, agencies=agencies, region=region, capitals=capitals):
        return None
    return replace(seen, place=named)


def _by_place_alone(
    text: str, place: str, mark: str, rest: str, *, agencies: list[re.Match[str]], region: str | None, capitals: bool
) -> bool:
    """Is this a dateline, though it has no date? Capitals and prose after it must make up for that."""
    if not mark:
        words = " ".join(match["round"] or match["slashed"] for match in agencies)
        return capitals and bool(re.search(r"(?i)\b(?:press|news|agency|wire|radio|service|presse?)\b", words))
    if len(rest) < _PROSE // 3 or rest.isupper() or " | " in rest or not re.match(r"[\"“‘'(]?[A-ZÀ-Þ0-9]", rest):
        return False
    if mark in (":", "|", "."):
        return (
            capitals
            and len(rest) >= _PROSE // 2
            and (bool(region or agencies) or len(_OPENS_WITH_LABEL.findall(text)) < 2)
        )
    return capitals or bool(agencies)


def _date_first(text: str, seen: Dateline, mark: str, rest: str) -> Dateline | None:
    """A line that opens with a date and a dash ("22 October 2021 – "), unless others do: that is a chronology."""
    if (
        not seen.day
        or mark not in ("–", "—", "--", "-")
        or len(rest) < _PROSE
        or len(_OPENS_WITH_DATE.findall(text)) > 1
    ):
        return None
    return seen


def _stamp(text: str, at: int, line: str) -> Dateline | None:
    for part in _BARS.finditer(line) if len(line) <= 2 * _LONGEST else ():
        words = part[0].strip()
        match = _STAMP.fullmatch(words)
        if match and len(words) > 7 and (day := read_day(match["day"])) and len(day) == 10:
            start = at + part.start() + part[0].index(words)
            return Dateline(Span.of(text, start, start + len(words)), None, day, match["day"])
    return None


def _day(match: re.Match[str] | None) -> tuple[None, str | None, str | None, int | None, int | None]:
    """Place (none yet), day, words, month and day of the month of a written date."""
    if match is None:
        return None, None, None, None, None
    if match["iso"]:
        day = read_day(match["iso"])
        return None, day, match["iso"], None, None
    month, of_month = match["month1"] or match["month2"], match["day1"] or match["day2"]
    return None, from_words(match), match[0].strip(), month_number(month), int(of_month)


def _is_place(piece: str) -> bool:
    words = piece.split()
    if not 0 < len(words) <= 6 or len(piece) > 45 or any(character.isdigit() for character in piece):
        return False
    if words[0].lower() == "the" and words[1:2] not in (["Hague"], ["HAGUE"]):
        return False
    if any(word.lower() in _words()["headline"] for word in words) or re.search(rf"(?i)\b{MONTH}$", piece):
        return False
    return words[0][0].isupper() and all(_NAME.fullmatch(word) or word in ("/", "&") for word in words)


def _fits(piece: str) -> bool:
    """Could the piece stand between place and dash: a region, an agency, a second date, a time?"""
    if _OTHER_CALENDAR.fullmatch(piece):
        return True
    words = piece.replace('"', "").replace("“", "").replace("”", "").split()
    named = words and all(_NAME.fullmatch(word) or word.isdigit() for word in words)
    return len(piece) <= 40 and len(words) <= 5 and (bool(named) or bool(_TIME.match(piece)))


def _cased(place: str) -> str:
    """A place in capitals as names are written: "MEXICO CITY" is Mexico City."""
    if not place.isupper():
        return place
    small = {"Of": "of", "De": "de", "Del": "del", "La": "la", "Al": "al", "And": "and", "Du": "du", "Des": "des"}
    words = place.title().split(" ")
    return " ".join([words[0], *(small.get(word, word) for word in words[1:])])


@cache
def _words() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_name("dateline.toml").read_text("utf-8"))
    return {key: frozenset(words) for key, words in table.items()}
