"""Article text, title, byline, publisher and day out of a saved web page.

What the page states about itself as data (JSON-LD, then meta tags) goes before what trafilatura infers; a day is only
taken where the page states it. Scripts are never run, and never part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from peacetable.intake import json_reports
from peacetable.intake.about import About
from peacetable.intake.days import read_day
from peacetable.intake.decoding import decode
from peacetable.intake.documents import guarded
from peacetable.intake.drafts import Draft
from peacetable.intake.inbox import Item
from peacetable.model import Problem
from peacetable.settings import Settings

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([\w:.-]{2,40})", re.I)
_LOOK: Final = 4096
_WHOLE: Final = re.compile(r"<(?:html|head|body)\b", re.I)
#: Meta tags that say when a page was published, the most telling first; their names are matched in small letters.
_DATE_TAGS: Final = (
    "article:published_time", "og:article:published_time", "datepublished", "date_published", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "citation_publication_date",
    "publication_date", "publish-date", "publishdate", "pubdate", "article.published", "cxenseparse:recs:publishtime",
    "originalpublicationdate", "rnews:datepublished", "date",
)  # fmt: skip
_DEEPEST: Final = 8


def page(data: bytes | str, item: Item, settings: Settings) -> Iterator[Draft | Problem]:
    """The report on a page.

    1. The text is decoded; a charset that the page declares counts where it is not UTF-8.
    2. trafilatura takes out the article; where it finds none, all text of the body is taken.
    3. Title, author, publisher, address and day: JSON-LD first, then meta tags, then what trafilatura infers (no day).
    """
    raw = data if isinstance(data, bytes) else data.encode("utf-8", "replace")
    declared = _CHARSET.search(raw[:_LOOK])
    decoded = decode(raw, where=item.where, declared=declared[1].decode("ascii", "replace") if declared else None)
    if isinstance(decoded, Problem):
        yield decoded
        return
    if decoded.note:
        yield decoded.note
    if not decoded.text.strip():
        yield Problem(item.where, "the page is empty. Save it again.")
        return
    found = guarded(lambda: _extracted(decoded.text), where=item.where, what="a web page")
    if isinstance(found, Problem):
        yield found
        return
    text, told, version = found
    if not text.strip():
        yield Problem(item.where, "no words of an article were found on this page. Save the page whole, or its text.")
        return
    yield Draft(where=item.where, name=item.stem, text=text, about=told, raw=raw, extractor=f"trafilatura {version}")


def _extracted(html: str) -> tuple[str, About, str]:
    """Text, what the page tells about itself, and the extractor's version."""
    import trafilatura
    from trafilatura.metadata import extract_metadata
    from trafilatura.utils import load_html

    if not _WHOLE.search(html):
        html = f"<html><body>{html}</body></html>"  # a lone paragraph is no page to trafilatura
    tree = load_html(html)
    if tree is None:
        return "", About(), trafilatura.__version__
    stated = _stated(tree)
    inferred = extract_metadata(
        tree, date_config={"extensive_search": False, "max_date": "2199-12-31"}, extensive=False
    )
    text = trafilatura.extract(html, include_comments=False, include_tables=True) or _all_text(html)
    told = {
        "title": inferred.title,
        "author": (inferred.author or "").replace("; ", ", "),
        "source": inferred.sitename,
        "url": inferred.url,
        "licence": inferred.license,
    }
    return text, stated.otherwise(About.of(told)), trafilatura.__version__


def _all_text(html: str) -> str:
    from trafilatura import html2txt

    return str(html2txt(html, clean=True) or "")


def _stated(tree: Any) -> About:
    """What a page states about itself as data."""
    about = next((json_reports.about_article(value) for value in _linked_data(tree)), About())
    known = bool(about.published and read_day(about.published))
    return about if known else replace(about, published=_meta_day(tree))


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The articles among a page's JSON-LD, in order; a script that is no JSON is passed over."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == "application/ld+json":
            try:
                value = json_reports.parse(script.text or "")
            except ValueError:
                continue
            yield from _articles(value, depth=0)


def _articles(value: Any, *, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _articles(one, depth=depth + 1)
    elif isinstance(value, Mapping):
        if json_reports.is_article(value):
            yield value
        else:
            for key in ("@graph", "mainEntity", "itemListElement"):
                if key in value:
                    yield from _articles(value[key], depth=depth + 1)


def _meta_day(tree: Any) -> str | None:
    """The day in a page's meta tags, in an element marked as its date of publication, or in its only time element."""
    metas: dict[str, str] = {}
    for tag in tree.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        metas.setdefault(name, tag.get("content") or "")
    for name in _DATE_TAGS:
        if read_day(metas.get(name, "")):
            return metas[name]
    for element in tree.xpath('//*[@itemprop="datePublished"] | //time[@pubdate]'):
        words = element.get("datetime") or element.get("content") or element.text_content()
        if read_day(words):
            return str(words)
    days = {read_day(element.get("datetime") or "") for element in tree.iter("time")} - {None}
    return days.pop() if len(days) == 1 else None
