"""Bytes to text, to the letter: no newline is translated, and whatever was not UTF-8 is said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from peacetable.model import Problem

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Encodings that Python knows and no report is written in; some of them warn or read escapes.
_NOT_FOR_PAGES: Final = {"unicode_escape", "unicode-escape", "raw_unicode_escape", "idna", "punycode", "undefined"}
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Text has next to none of these; compressed or encrypted data has one in ten bytes.
_MOST_CONTROL: Final = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text out of bytes, and what there is to say about how it was read."""

    text: str
    note: Problem | None = None


def decode(data: bytes, *, where: str, declared: str | None = None) -> Decoded | Problem:
    """The text of some bytes.

    1. A byte order mark names UTF-8 or UTF-16, and is dropped.
    2. UTF-8, if it holds to the last byte.
    3. The encoding that the page or message declares.
    4. Windows-1252, else Latin-1, with a warning. Where most letters are good UTF-8, only the odd bytes are read so.

    Args:
        data: the bytes.
        where: their file, for messages.
        declared: the encoding that the content claims for itself.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding, where)
    if b"\0" in data:
        return binary(where)
    text = _strictly(data, "utf-8")
    if text is None and declared and declared.lower() not in _NOT_FOR_PAGES:
        text = _strictly(data, declared)
    if text is not None:
        return binary(where) if _is_noise(text) else Decoded(text)
    text, how = _leniently(data)
    return binary(where) if _is_noise(text) else Decoded(text, Problem(where, how, "warning"))


def binary(where: str, what: str = "binary data") -> Problem:
    """The problem of a file that is no text."""
    return Problem(
        where,
        f"found {what}, expected a report: plain text, HTML, JSON, PDF, DOCX, e-mail (.eml), or a .zip of these. "
        "Nothing was read from it.",
    )


def _marked(data: bytes, encoding: str, where: str) -> Decoded | Problem:
    text = _strictly(data, encoding)
    if text is not None:
        return binary(where) if "\0" in text or _is_noise(text) else Decoded(text)
    if encoding == "utf-8":
        return decode(data, where=where)
    return Problem(where, f"the file begins as {encoding.upper()} and does not go on so. Save it again as UTF-8.")


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError):  # not so encoded, or no encoding of that name, or one that is no text's
        return None
    return None if _ESCAPED.search(text) else text


def _leniently(data: bytes) -> tuple[str, str]:
    loose = data.decode("utf-8", "surrogateescape")
    odd = [(match.start(), ord(match[0]) - 0xDC00) for match in _ESCAPED.finditer(loose)]
    first = len(loose[: odd[0][0]].encode())
    values = sorted({value for _, value in odd})
    names = ", ".join(f"0x{value:02X}" for value in values[:5]) + (", ..." if len(values) > 5 else "")
    found = f"{len(odd)} byte{'s' if len(odd) > 1 else ''} that {'are' if len(odd) > 1 else 'is'} not UTF-8"
    found = f"found {found} ({names}; the first at offset {first})"
    if sum(character > "\x7f" for character in loose) > 2 * len(odd):
        text = _ESCAPED.sub(lambda match: _western(bytes([ord(match[0]) - 0xDC00]))[0], loose)
        how = "only these were read as Windows-1252"
    else:
        text, name = _western(data)
        how = f"the whole file was read as {name}"
    return text, f"{found}; {how}. If letters look wrong, save the file as UTF-8."


def _western(data: bytes) -> tuple[str, str]:
    text = _strictly(data, "cp1252")
    return (text, "Windows-1252") if text is not None else (data.decode("latin-1"), "Latin-1")


def _is_noise(text: str) -> bool:
    sample = text[:100_000]
    return len(_CONTROL.findall(sample)) > _MOST_CONTROL * max(len(sample), 50)
