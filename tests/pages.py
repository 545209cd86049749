"""A page as its tests see it: the cells of its tables, its references and what they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser


@dataclass
class Seen:
    """What a page holds; texts are as a reader sees them."""

    cells: list[tuple[str, list[str]]] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    marked: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects; `td.none` and the table of reports, whose cells are no findings, are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()
        self._cell: tuple[list[str], list[str]] | None = None
        self._mark: list[str] | None = None
        self._reports = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.seen.ids.append(given["id"])
        if "src" in given:
            self.seen.sources.append(given["src"])
        if tag == "table":
            self._reports = given.get("class") == "plain"
        elif tag == "td" and not self._reports and given.get("class") != "none":
            self._cell = ([], [])
        elif tag == "mark":
            self._mark = []
        elif tag == "a":
            self.seen.links.append(given)
            if "cite" in given.get("class", "").split():
                self.seen.references.append(given["href"])
                if self._cell:
                    self._cell[1].append(given["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._cell:
            self.seen.cells.append(("".join(self._cell[0]).strip(), self._cell[1]))
            self._cell = None
        elif tag == "mark" and self._mark is not None:
            self.seen.marked.append("".join(self._mark))
            self._mark = None

    def handle_data(self, data: str) -> None:
        if self._cell:
            self._cell[0].append(data)
        if self._mark is not None:
            self._mark.append(data)


def seen(page: str) -> Seen:
    """What a page holds."""
    reader = _Reader()
    reader.feed(page)
    return reader.seen


def section(page: str, name: str) -> str:
    """The part of a page that is one section."""
    found = re.search(rf'<section id="{name}".*?</section>', page, re.DOTALL)
    assert found, f"the page has no section {name}"
    return found[0]


def words(html: str) -> str:
    """The text of a piece of a page, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
