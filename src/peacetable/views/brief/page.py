"""READ FIRST of the brief: one self-contained HTML page about how things stand on a day.

Sections are made in the order in which they are read, so that their passages are numbered in that order; then a
template writes them out. Nothing on the page is fetched from anywhere, and a Content Security Policy holds it to that.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Final
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from peacetable.ledger import Situation
from peacetable.views import phrases
from peacetable.views.brief.accords import accords
from peacetable.views.brief.cautions import cautions
from peacetable.views.brief.cells import Section, spoken
from peacetable.views.brief.course import course
from peacetable.views.brief.differences import differences
from peacetable.views.brief.footnotes import Footnotes
from peacetable.views.brief.glance import glance
from peacetable.views.brief.ground import ground
from peacetable.views.brief.made_of import made_of
from peacetable.views.brief.meetings import meetings
from peacetable.views.brief.offers import offers
from peacetable.views.brief.owed import owed
from peacetable.views.brief.stands import stands
from peacetable.views.brief.who import who
from peacetable.views.brief.whole import stretches

#: The tables, in the order in which they are read; the timeline stands before them.
SECTIONS: Final[tuple[Callable[[Situation, Footnotes], Section], ...]] = (
    who, accords, owed, stands, meetings, offers, ground, cautions, differences,
)  # fmt: skip


def render(situation: Situation, *, full_text: bool = False, companion: str = "") -> str:
    """The brief as one HTML page.

    Args:
        situation: how things stand on the day.
        full_text: add the whole reports, for one's own use: their texts may not be handed on.
        companion: the name of the page about a model that lies beside the brief, if one does.

    Returns:
        The page; the same situation always gives the same page.
    """
    notes = Footnotes(situation.view)
    cards = glance(situation, notes)
    timeline = course(situation, notes)
    sections = tuple(section(situation, notes) for section in SECTIONS)
    style, script = _asset("brief.css"), _asset("brief.js")
    page = (
        _environment()
        .get_template("brief.html.j2")
        .render(
            title=f"How things stand on {phrases.day_words(situation.on)}" if situation.on else "How things stand",
            policy=policy(style=style, script=script),
            style=Markup(style),  # noqa: S704  # our own files, no report's text
            script=Markup(script),  # noqa: S704
            span=_published(situation),
            making=made_of(situation, sections),
            cards=cards,
            timeline=timeline,
            sections=sections,
            notes=notes.notes(),
            wholes=[(report, stretches(report, notes.notes())) for report in situation.view.reports()]
            if full_text
            else [],
            first=_once(),
            companion=companion,
        )
    )
    # A lone surrogate, which JSON may carry, has no bytes in UTF-8.
    return page.encode("utf-8", "replace").decode("utf-8")


def policy(*, style: str, script: str) -> str:
    """The Content Security Policy: this style, this script, images inside the page, and nothing else from anywhere."""
    return (
        f"default-src 'none'; style-src '{_fingerprint(style)}'; script-src '{_fingerprint(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def web_address(url: str | None) -> str:
    """An address that a page may link to: http or https, with a host, without white space; otherwise nothing."""
    if not url or url != "".join(url.split()) or not url.isprintable():
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname else ""


def _published(situation: Situation) -> str:
    days = sorted(report.day for report in situation.view.reports() if report.day)
    if not days:
        return ""
    first, last = phrases.day_words(days[0]), phrases.day_words(days[-1])
    words = f"published on {first}" if first == last else f"published from {first} to {last}"
    limit = situation.view.as_of
    return f"{words}; nothing published after {phrases.day_words(limit)} is used" if limit else words


def _once() -> Callable[[int], bool]:
    """A question that is answered yes the first time only: is this the first reference to the note?"""
    seen: set[int] = set()

    def first(number: int) -> bool:
        new = number not in seen
        seen.add(number)
        return new

    return first


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("peacetable.views.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"address": web_address, "published": lambda report: phrases.date_words(report.published)}
    environment.globals |= {"counted": phrases.counted, "spoken": spoken}
    return environment


@cache
def _asset(name: str) -> str:
    text = resources.files("peacetable.views.brief").joinpath("templates", name).read_text("utf-8")
    return text.replace("\r\n", "\n")


def _fingerprint(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
