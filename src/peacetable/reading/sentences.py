"""Paragraphs, sentences and tokens of a text, with offsets into it.

A rule splitter: it needs no model, is linear in the text, and never changes, drops or shifts a character that it keeps.
Site furniture is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from peacetable.model import Furniture
from peacetable.reading.analysis import Paragraph, Sentence, Token

# Written with a full stop that ends no sentence where a name, a number or a lower-case word follows.
ABBREVIATIONS: Final = frozenset(
    {
        "mr", "mrs", "ms", "messrs", "dr", "prof", "rev", "fr", "sr", "sra", "st", "ste", "hon", "amb", "sen",
        "rep", "gov", "pres", "sec", "min", "dep", "asst", "gen", "lt", "maj", "col", "brig", "capt", "cdr",
        "cmdr", "adm", "sgt", "cpl", "pvt", "pte", "supt", "insp", "det", "gens", "cols", "lts", "jr", "bros",
        "co", "corp", "inc", "ltd", "dept", "est", "govt", "eng", "engr", "msgr", "assn",
        "univ", "jan", "feb", "mar", "apr", "jun",
        "jul", "aug", "sept", "sep", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs",
        "fri", "sat", "sun", "art", "arts", "para", "paras", "sect", "vol", "ch", "fig", "figs", "no", "nos",
        "op", "cit", "vs", "al", "approx", "ca", "cf", "eg", "ie", "etc", "ave", "blvd", "km", "pp", "p",
    }
)  # fmt: skip
# These also end sentences ("... and others, etc."): a capital after them starts a new one.
ENDING: Final = frozenset(
    {
        "jr", "bros", "co", "corp", "inc", "ltd", "dept", "etc", "govt", "est", "km", "al", "sun", "sat", "mon",
        "fri",
    }
)  # fmt: skip

LINE: Final = re.compile(r"[^\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
BREAK: Final = re.compile(
    r"""(?:[.!?。]+|…)            # the mark
        (?:["'”’»)\]]*)           # what closes after it
        (?=(?P<gap>\s+)["'“‘«(\[—–-]*\s?(?P<next>[^\W_]|\S)|["”]?[A-Z][a-z]|$)""",
    re.VERBOSE,
)
WORD_BEFORE: Final = re.compile(r"(?:[^\W_]|\.(?=[^\W_]))+$")
INITIALS: Final = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
_TITLED: Final = (
    "Mr|Mrs|Ms|Dr|Prof|Rev|Fr|St|Gen|Lt|Maj|Col|Brig|Capt|Cdr|Cmdr|Adm|Sgt|Cpl|Sen|Rep|Gov|Amb|Hon|Supt|Insp|"
    "Eng|Engr|Msgr|Pres|Sec"
)
TOKEN: Final = re.compile(
    rf"""\d+(?:[.,:]\d+)+(?:[^\W\d_]+)?                       # 60,000  3.5  10:30
       | (?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![^\W_]))?          # U.S.  a.m.
       | (?:{_TITLED})\.(?=\s)                                # Gen.
       | [A-Z]\.(?=\s?[A-Z])                                 # R. K. Roe
       | [^\W_]+(?:(?:[-‐‑&/]|['’](?!s?(?![^\W_])))[^\W_]+)*   # word  Saudi-led  don't  M23
       | ['’]s(?![^\W_])                                      # the genitive
       | \.{{3,}} | \S""",
    re.VERBOSE,
)
# A block of lines is one paragraph wrapped by hand only if its lines are about as wide as a terminal or a letter.
WRAP_LEAST: Final = 40
WRAP_MOST: Final = 100


def split(text: str, furniture: Sequence[Furniture] = ()) -> tuple[tuple[Paragraph, ...], tuple[Sentence, ...]]:
    """The paragraphs and sentences of a text.

    Paragraphs part at empty lines, or at every line end where the text has one paragraph a line; a heading is a
    paragraph of its own.

    Args:
        text: any text.
        furniture: runs that are left out.

    Returns:
        Paragraphs and sentences in order; a sentence lies within its paragraph and overlaps no furniture.
    """
    out = sorted((item.span.start, item.span.end) for item in furniture)
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    for start, end in _paragraphs(text):
        kept = list(_without(text, start, end, out))
        if not kept:
            continue
        for first, last in kept:
            for begin, finish in _sentences(text, first, last):
                tokens = tuple(tokenise(text, begin, finish))
                if tokens:
                    sentences.append(Sentence(begin, finish, len(sentences), len(paragraphs), tokens))
        paragraphs.append(Paragraph(kept[0][0], kept[-1][1]))
    return tuple(paragraphs), tuple(sentences)


def tokenise(text: str, start: int, end: int) -> Iterator[Token]:
    """The words, numbers and marks between two offsets."""
    for match in TOKEN.finditer(text, start, end):
        yield Token(match.start(), match.end(), match[0])


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Runs of lines; each run is trimmed of white space and not empty."""
    block: list[tuple[int, int]] = []
    for match in LINE.finditer(text):
        start, end = _trimmed(text, match.start(), match.end())
        if start == end:
            continue
        if block and _line_ends(text, block[-1][1], start) > 1:
            yield from _runs(block, text)
            block = []
        block.append((start, end))
    yield from _runs(block, text)


def _line_ends(text: str, start: int, end: int) -> int:
    gap = text[start:end]
    return len(gap.replace("\r\n", "\n").strip(" \t\xa0").splitlines()) if gap else 0


def _runs(block: list[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    if len(block) > 1 and _wrapped(block, text):
        yield block[0][0], block[-1][1]
    else:
        yield from block


def _wrapped(block: list[tuple[int, int]], text: str) -> bool:
    """Are the lines of a block one paragraph, broken at a margin?"""
    widths = [end - start for start, end in block]
    full = widths[:-1]
    if max(widths) > WRAP_MOST or min(full) < WRAP_LEAST:
        return False
    open_ends = sum(text[end - 1] not in ".!?:\"”'’)" for _, end in block[:-1])
    return 2 * open_ends >= len(full)


def _without(text: str, start: int, end: int, out: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What remains of a range once furniture is taken out, trimmed."""
    for left, right in out:
        if right <= start or left >= end:
            continue
        first, last = _trimmed(text, start, left)
        if first < last:
            yield first, last
        start = max(start, right)
    start, end = _trimmed(text, start, end)
    if start < end:
        yield start, end


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, max(start, end)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in BREAK.finditer(text, start, end):
        if match.end() >= end:
            break
        if _ends(text, begin, match):
            yield begin, match.end()
            begin = _trimmed(text, match.end(), end)[0]
    if begin < end:
        yield begin, end


def _ends(text: str, begin: int, match: re.Match[str]) -> bool:
    """Does the mark end a sentence?"""
    following = match["next"]
    before = WORD_BEFORE.search(text, max(begin, match.start() - 30), match.start())
    word = before[0] if before else ""
    if following is None:  # no white space after the mark: only "word.Word" without a space
        return len(word) > 2 and word.islower() and word.casefold() not in ABBREVIATIONS
    if following.islower():
        return False
    if match[0][0] != "." or match[0].startswith(".."):
        return True
    lowered = word.casefold()
    if len(word) == 1 and word.isupper() and match[0] == ".":
        return False  # an initial
    if lowered in ABBREVIATIONS and match[0] == ".":
        if lowered in ("no", "nos", "art", "arts", "para", "paras", "p", "pp"):
            return not following.isdigit()
        return lowered in ENDING and not following.isdigit() and following.isupper() and word[:1].islower()
    if "." in word and INITIALS.fullmatch(word) and match[0] == ".":  # U.S., a.m.
        return lowered in ("a.m", "p.m") or (not following.isalnum()) or _starts_sentence(text, match.end())
    return True


_STARTERS: Final = re.compile(
    r"\s+[\"“‘']?(?:The|A|An|In|On|At|He|She|It|They|We|But|And|This|That|These|Those|His|Her|Its|Their|If|When|While|"
    r"After|Before|As|For|There|Both|No|Not|Since|Some|Two|Three|Many|Most|Under|Last|What|Meanwhile|However)\b"
)


def _starts_sentence(text: str, at: int) -> bool:
    return _STARTERS.match(text, at) is not None
