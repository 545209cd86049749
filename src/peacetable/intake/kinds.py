"""What a file is: by its first bytes, then by its suffix."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["text", "page", "json", "lines", "pdf", "docx", "mail", "archive"]

#: How many bytes are looked at.
HEAD: Final = 4096

_DATABASE: Final = "an SQLite database"
_MAGIC: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x7fELF", "a program (ELF)"),
    (b"MZ\x90\0", "a program (Windows)"),
    (b"\xcf\xfa\xed\xfe", "a program (macOS)"),
    (b"SQLite format 3\0", _DATABASE),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\0", "an xz archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"(\xb5/\xfd", "a Zstandard archive; unpack it first"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .msg); save it as .docx or .eml"),
    (b"{\\rtf", "a rich-text document (.rtf); save it as .docx or as text"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
_RIFF: Final = {b"WEBP": "a WebP image", b"WAVE": "a WAV recording", b"AVI ": "an AVI film"}
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_SUFFIXES: Final[dict[str, Kind]] = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "page", ".htm": "page", ".xhtml": "page", ".json": "json",
    ".jsonld": "json", ".jsonl": "lines", ".ndjson": "lines", ".pdf": "pdf", ".docx": "docx", ".eml": "mail",
    ".mht": "mail", ".mhtml": "mail", ".zip": "archive",
}  # fmt: skip
#: Text by its bytes, and yet no report: what lies about in folders of saved pages and of our own output.
_NO_REPORTS: Final = {
    ".css": "a style sheet", ".js": "a script", ".mjs": "a script", ".py": "a script", ".sh": "a script",
    ".svg": "a drawing", ".csv": "a table", ".tsv": "a table", ".ics": "a calendar", ".xml": "XML", ".rss": "a feed",
    ".yaml": "a settings file", ".yml": "a settings file", ".toml": "a settings file", ".ini": "a settings file",
    ".map": "a source map", ".log": "a log",
}  # fmt: skip
_PAGE: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.I | re.S
)
_TAG: Final = re.compile(rb"<(?:!doctype|html|head|body|article|div|p|meta|title|h1|br|span|script)\b", re.I)
_MAIL: Final = re.compile(
    rb"(?:From [^\r\n]+\r?\n)?(?:(?:[A-Za-z][A-Za-z0-9-]*):[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*){2,}"
)
_MAIL_KEYS: Final = re.compile(
    rb"^(From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Content-Type|Delivered-To):", re.I | re.M
)
_OWN_PAGE: Final = re.compile(rb"<meta\s+name=[\"']?generator[\"']?\s+content=[\"']?peacetable", re.I)


@dataclass(frozen=True, slots=True)
class NoReport:
    """A file that is none of the kinds that are read.

    Attributes:
        what: what it looks like.
        harmless: in a folder it is passed over with a note; named by itself it is an error like the others.
    """

    what: str
    harmless: bool = False


def kind_of(head: bytes, suffix: str) -> Kind | NoReport:
    """What a file is.

    Args:
        head: its first `HEAD` bytes.
        suffix: of its name, with the dot, in any case.
    """
    suffix = suffix.lower()
    if what := _foreign(head):
        return NoReport(what, harmless=what == _DATABASE)  # a record lies beside its reports more often than not
    if head.startswith(_ZIP):
        return "docx" if suffix in (".docx", ".docm") else "archive"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if _OWN_PAGE.search(head):
        return NoReport("a brief that peacetable wrote", harmless=True)
    if suffix in _NO_REPORTS:
        return NoReport(_NO_REPORTS[suffix], harmless=True)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _PAGE.match(bare) or _TAG.match(bare):
        return "page"
    if (match := _MAIL.match(head)) and len({key.lower() for key in _MAIL_KEYS.findall(match[0])}) >= 3:
        return "mail"
    named = _SUFFIXES.get(suffix, "text")
    if named in ("json", "lines", "mail"):
        return named
    if bare.startswith((b"{", b"[")) and named == "text":
        return "json"
    return "page" if named == "page" and _TAG.search(head) else "text"


def _foreign(head: bytes) -> str | None:
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], "a RIFF recording")
    if head[4:8] == b"ftyp":
        return "a film or an image (MP4, HEIC)"
    return next((what for magic, what in _MAGIC if head.startswith(magic)), None)
