"""What a person names on the command line: a thing by the beginning of its id, a party or a report by its name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

import typer

from peacetable.ledger import Claim, Entry, Party
from peacetable.model import KINDS, Report
from peacetable.views import phrases
from peacetable.views.oneliners import one_line

if TYPE_CHECKING:
    from peacetable.pipeline import Snapshot

Thing = TypeVar("Thing", bound=Entry | Party | Report | Claim)

#: So much of an id is shown in tables.
SHORT: Final = 6
#: So much of an id has to be given.
LEAST: Final = 4
#: So many are named where several fit.
MOST: Final = 5


def entry_or_party(view: Snapshot, words: str) -> Entry | Party:
    """A thing by the beginning of its id, or a party by one of its names."""
    named = [each for each in view.parties() if words.casefold() in {name.casefold() for name in _names(each)}]
    if named:
        return _only(named, words, "party")
    things: list[Entry | Party] = [entry for kind in KINDS for entry in view.entries(kind)]
    found = [each for each in (*things, *view.parties()) if _begins(each.id, words)]
    return _only(found, words, "thing or party")


def entry(view: Snapshot, words: str) -> Entry:
    """A thing by the beginning of its id."""
    found = [each for kind in KINDS for each in view.entries(kind) if _begins(each.id, words)]
    return _only(found, words, "thing")


def report(view: Snapshot, words: str) -> Report:
    """A report by its name, or by the beginning of its id."""
    named = [each for each in view.reports() if each.name.casefold() == words.casefold()]
    return _only(named or [each for each in view.reports() if _begins(each.id, words)], words, "report")


def claim(view: Snapshot, words: str) -> Claim:
    """A claim by the beginning of its id, or that of a thing of which it is the only claim."""
    found = [each for each in view.claims() if _begins(each.id, words)]
    if not found:
        things = [each for kind in KINDS for each in view.entries(kind) if _begins(each.id, words)]
        found = [member for each in things for member in each.members]
    return _only(found, words, "claim")


def told(thing: Entry | Party | Report | Claim, view: Snapshot | None = None) -> str:
    """What a thing is, in a line."""
    if isinstance(thing, Entry):
        thing = thing.latest
    if isinstance(thing, Claim):
        if view is None:
            return thing.finding.evidence.quote
        return one_line(thing.finding, phrases.namer(view, thing.report.id))
    return thing.name


def _only(found: Sequence[Thing], words: str, what: str) -> Thing:
    """The one that was meant.

    Raises:
        typer.BadParameter: there is none, or there are several.
    """
    if len(found) == 1:
        return found[0]
    if not found:
        raise typer.BadParameter(
            f"{words!r} is no {what} of this record: give the beginning of an id as tables show it"
        )
    some = "; ".join(f"{each.id[:12]} ({_cut(told(each))})" for each in found[:MOST])
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    raise typer.BadParameter(f"{words!r} may be any of {len(found)}: {some}{more}; give more of the id")


def _begins(identity: str, words: str) -> bool:
    return len(words) >= LEAST and identity.startswith(words.lower())


def _names(party: Party) -> Iterable[str]:
    return (party.name, *party.names)


def _cut(text: str, most: int = 60) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
