"""Reports out of JSON: report objects with or without findings, schema.org articles, lists and lines of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from peacetable.intake.about import About, printable
from peacetable.intake.drafts import Draft
from peacetable.model import KINDS, Problem

ARTICLES: Final = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle",
        "OpinionNewsArticle", "LiveBlogPosting", "BlogPosting", "Report",
    }
)  # fmt: skip
_EXPECTED: Final = (
    'a report object with "text", {"report": {...}}, a schema.org NewsArticle with "articleBody", or a list of these'
)
_DEEPEST: Final = 6


def parse(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: it is no JSON, or nothing that a report could be (nested too deep, a number of 5,000 digits).
    """
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error


def parse_lines(text: str, *, where: str) -> Iterator[tuple[str, Any] | Problem]:
    """Each line of JSON lines, with the place to name it by; a broken line does not stop the others."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = f"{where}, line {number}"
            try:
                value = parse(line)
            except ValueError as error:
                yield Problem(place, f"this line is no JSON ({_said(error)}). Write one report object a line.")
                continue
            yield place, value


def are_lines(text: str) -> bool:
    """Does the text begin with a line that is a JSON object by itself, with another line after it?"""
    first, _, rest = text.strip().partition("\n")
    if not first.startswith("{") or not rest.strip():
        return False
    try:
        return isinstance(parse(first), dict)
    except ValueError:
        return False


def not_json(where: str, error: ValueError) -> Problem:
    """The problem of a file that calls itself JSON and is none."""
    return Problem(where, f"this is no JSON ({_said(error)}). Expected {_EXPECTED}.")


def reports_in(value: Any, *, where: str, name: str, depth: int = 0) -> Iterator[Draft | Problem]:
    """The drafts in a JSON value.

    Args:
        value: the value.
        where: its file, for messages.
        name: what to call a report that does not name itself.
        depth: how many lists and graphs it lies in.
    """
    if isinstance(value, list) and depth < _DEEPEST:
        for number, one in enumerate(value, 1):
            yield from reports_in(one, where=f"{where}, report {number}", name=name, depth=depth + 1)
        if not value:
            yield Problem(where, f"found an empty list, expected {_EXPECTED}.")
    elif isinstance(value, Mapping) and isinstance(value.get("report"), Mapping):
        findings = {key: rest for key, rest in value.items() if key != "report"}
        held = findings if findings.keys() & {*KINDS, "actors"} else None
        for draft in reports_in(value["report"], where=where, name=name, depth=depth + 1):
            yield replace(draft, findings=held) if isinstance(draft, Draft) else draft
    elif isinstance(value, Mapping) and isinstance(value.get("text"), str):
        yield _own(value, where=where, name=name)
    elif isinstance(value, Mapping) and isinstance(value.get("articleBody"), str):
        yield Draft(where=where, name=name, text=value["articleBody"], about=about_article(value))
    elif isinstance(value, Mapping) and isinstance(value.get("@graph"), list) and depth < _DEEPEST:
        articles = [one for one in value["@graph"] if isinstance(one, Mapping) and "articleBody" in one]
        yield from reports_in(articles, where=where, name=name, depth=depth + 1)
    else:
        yield Problem(where, f"found {_described(value)}, expected {_EXPECTED}.")


def about_article(value: Mapping[str, Any]) -> About:
    """What a schema.org article tells about itself."""
    page = value.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, Mapping) else page
    return About.of(
        {
            "title": _text(value.get("headline")) or _text(value.get("name")),
            "source": _named(value.get("publisher")),
            "author": _named(value.get("author")),
            "url": _text(value.get("url")) or _text(page),
            "licence": _text(value.get("license")),
            "published": _text(value.get("datePublished")),
        }
    )


def is_article(value: Any) -> bool:
    """Is this a schema.org article?"""
    if not isinstance(value, Mapping):
        return False
    kinds = value.get("@type")
    return bool(ARTICLES & {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)})


def _own(value: Mapping[str, Any], *, where: str, name: str) -> Draft:
    told = {key: _text(one) for key, one in value.items()}
    told["licence"] = told.get("licence") or told.get("license")
    told["published"] = told.get("published") or _day(value.get("published"))
    return Draft(where=where, name=told.get("id") or name, text=value["text"], about=About.of(told))


def _day(value: Any) -> str | None:
    """A day that is no text: an object with its EDTF, as our own JSON writes it, or a number such as 2021."""
    if isinstance(value, Mapping):
        return _text(value.get("edtf"))
    return str(value) if isinstance(value, int) and 0 < value < 100_000_000 else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _named(value: Any) -> str | None:
    """The names of a publisher or of authors: a text, an object with a name, or a list of either."""
    if isinstance(value, Mapping):
        return _text(value.get("name"))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(name for name in (_named(one) for one in value if not isinstance(one, list)) if name) or None
    return _text(value)


def _described(value: Any) -> str:
    if isinstance(value, Mapping):
        keys = ", ".join(printable(str(key))[:30] for key in list(value)[:6])
        return f"an object with the keys {keys}" if keys else "an empty object"
    return {list: "a list in too many lists", str: "a text", bool: "true or false", type(None): "null"}.get(
        type(value), "a number"
    )


def _said(error: ValueError) -> str:
    return str(error).split(";", 1)[0]
