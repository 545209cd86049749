"""E-mail messages, and the pages that browsers save as one (.mhtml): the body is a report, attachments may be more."""

from __future__ import annotations

import email
import email.errors
import email.policy
import platform
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import PurePosixPath
from typing import Final

from peacetable.intake.about import About, printable
from peacetable.intake.decoding import decode
from peacetable.intake.documents import guarded
from peacetable.intake.drafts import Draft
from peacetable.intake.inbox import Item
from peacetable.intake.kinds import HEAD, NoReport, kind_of
from peacetable.intake.pages import page
from peacetable.intake.wrapping import unwrap
from peacetable.model import Problem
from peacetable.settings import Settings

_SAVED: Final = "snapshot-content-location"
# Pictures in a signature, calendars and keys are no reports, and nobody expects them to be.
_PASSED_OVER: Final = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/calendar",
    "text/css",
    "application/pgp",
    "application/pkcs7",
)


def mail(data: bytes, item: Item, settings: Settings) -> Iterator[Draft | Item | Problem]:
    """The report in a message, and its attachments as files to take in.

    The day of publication is the day of sending, as written by the sender's clock; the publisher is the sender.
    """
    message = guarded(
        lambda: email.message_from_bytes(data, policy=email.policy.default), where=item.where, what="an e-mail message"
    )
    if isinstance(message, Problem):
        yield message
        return
    found = guarded(lambda: _parts(message, item), where=item.where, what="an e-mail message")
    if isinstance(found, Problem):
        yield found
        return
    body, html, attachments = found
    told = _told(message)
    if html is not None and (body is None or _SAVED in message):
        yield from _from_page(html, data, item, settings, told)
    elif body is not None and (body.strip() or not attachments):
        yield Draft(
            where=item.where,
            name=item.stem,
            text=unwrap(body),
            raw=data,
            extractor=f"email {platform.python_version()}",
            about=told,
        )
    elif not attachments:
        yield Problem(item.where, "this message has neither words nor attachments that are read.")
    yield from attachments


def _from_page(
    html: bytes | str, data: bytes, item: Item, settings: Settings, told: About
) -> Iterator[Draft | Problem]:
    for draft in page(html, item, settings):
        if isinstance(draft, Problem):
            yield draft
            continue
        yield replace(draft, raw=data, about=draft.about.otherwise(told))


def _told(message: EmailMessage) -> About:
    """What the header tells; of a saved page only its address, for its date is the day of saving."""
    if _SAVED in message:
        return About.of({"url": _header(message, _SAVED), "title": _header(message, "subject")})
    name, address = parseaddr(_header(message, "from") or "")
    return About.of({"title": _header(message, "subject"), "source": name or address, "published": _day(message)})


def _day(message: EmailMessage) -> str | None:
    moment = guarded(lambda: getattr(message["date"], "datetime", None), where="", what="a date")
    if moment is None or isinstance(moment, Problem):
        return _header(message, "date")
    return str(moment.date())


def _header(message: EmailMessage, name: str) -> str | None:
    value = guarded(lambda: str(message[name] or ""), where="", what="a header")
    return value.strip() or None if isinstance(value, str) else None


def _parts(message: EmailMessage, item: Item) -> tuple[str | None, bytes | str | None, list[Item]]:
    """The plain body, the page body, and the attachments of kinds that are read."""
    plain = html = None
    attachments: list[Item] = []
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart() and kind != "message/rfc822":
            continue
        name = part.get_filename()
        inside = name is None and part.get_content_disposition() != "attachment"
        if kind == "message/rfc822":
            forwarded = part.get_payload(0)
            data = forwarded.as_bytes() if isinstance(forwarded, EmailMessage) else b""
            attachments.extend(_attachment(data, name or "forwarded.eml", item, len(attachments)))
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        if inside and kind == "text/plain" and plain is None:
            plain = _text(content, part.get_content_charset(), item)
        elif inside and kind == "text/html" and html is None:
            html = content
        elif not inside and not kind.startswith(_PASSED_OVER):
            attachments.extend(_attachment(content, name or "attachment", item, len(attachments)))
    return plain, html, attachments


def _text(data: bytes, charset: str | None, item: Item) -> str:
    decoded = decode(data, where=item.where, declared=charset)
    return "" if isinstance(decoded, Problem) else decoded.text


def _attachment(data: bytes, name: str, item: Item, number: int) -> Iterator[Item]:
    plain = PurePosixPath(name.replace("\\", "/")).name or f"attachment-{number + 1}"
    kind = kind_of(data[:HEAD], PurePosixPath(plain).suffix)
    if not (isinstance(kind, NoReport) and kind.harmless):
        yield Item(where=f"{item.where}/{printable(plain)}", name=plain, data=data, depth=item.depth + 1)
