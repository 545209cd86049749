"""What parties negotiate about: positions, proposals, commitments and agreements, grouped under issues.

The words of a finding say under which issues it falls (`issues.toml`); a person's word goes before them, and may name
an issue that no list has.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from peacetable.ledger import Claim, Entry, Issue, View
from peacetable.model import Agreement, Commitment, Kind, Position, Proposal

#: The kinds that fall under issues.
FILED: Final[tuple[Kind, ...]] = ("positions", "proposals", "commitments", "agreements")
#: Where the talks themselves are only named along with what they are about, they are no issue of their own.
WEAK: Final = frozenset({"talks"})


@dataclass(frozen=True, slots=True)
class Listed:
    """An issue of the list: its name, PA-X's codes, and the words that tell of it."""

    code: str
    name: str
    pax: tuple[str, ...]
    words: re.Pattern[str]


def issues(view: View) -> tuple[Issue, ...]:
    """The issues of a record with what falls under them, in the order of the list, then those that people named, then
    what falls under none (its code is empty)."""
    under: dict[str, list[Entry]] = {code: [] for code in listed()}
    rest: list[Entry] = []
    for kind in FILED:
        for entry in view.entries(kind):
            codes = codes_of(entry.members)
            for code in codes:
                under.setdefault(code, []).append(entry)
            if not codes:
                rest.append(entry)
    found = [_issue(code, entries) for code, entries in under.items() if entries]
    return (*found, Issue(code="", name="", entries=tuple(rest))) if rest else tuple(found)


def codes_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The issues under which claims of one thing fall: as their words say, and as people filed them."""
    some = tuple(claims)
    codes = dict.fromkeys(code for claim in some for code in _told(claim))
    strong = [code for code in codes if code not in WEAK]
    codes = dict.fromkeys(strong or codes)
    filed = sorted((act for claim in some for act in claim.acts if act.what == "file"), key=lambda act: act.revision)
    for act in filed:
        code = str(act.fields["issue"])
        if act.fields.get("out"):
            codes.pop(code, None)
        else:
            codes[code] = None
    return tuple(codes)


def name_of(code: str) -> str:
    """The name of an issue; one that a person named is its own name."""
    return listed()[code].name if code in listed() else code


def code_of(words: str) -> str:
    """The code of an issue of the list that is given by its code or its name; else the words themselves."""
    plain = " ".join(words.split())
    for code, issue in listed().items():
        if plain.casefold() in (code, issue.name.casefold()):
            return code
    return plain


@cache
def listed() -> Mapping[str, Listed]:
    """The issues of the list, by code."""
    text = files("peacetable.situation").joinpath("issues.toml").read_text(encoding="utf-8")
    return {
        code: Listed(code, found["name"], tuple(found["pax"]), _pattern(found["words"]))
        for code, found in tomllib.loads(text).items()
    }


def _issue(code: str, entries: list[Entry]) -> Issue:
    pax = listed()[code].pax if code in listed() else ()
    return Issue(code=code, name=name_of(code), pax=pax, entries=tuple(entries))


def _told(claim: Claim) -> list[str]:
    """By the words that say what a finding is about; where they tell of no issue, by those of its passage."""
    for text in (_subject(claim), claim.finding.evidence.quote):
        codes = [code for code, issue in listed().items() if issue.words.search(text)]
        if codes:
            return codes
    return []


def _subject(claim: Claim) -> str:
    match claim.finding:
        case Position(issue=span) if span:
            return span.quote
        case Commitment(action=span) | Proposal(content=span) | Agreement(name=span):
            return span.quote
    return claim.finding.evidence.quote


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Words as a pattern: * for the rest of a word, ? for any letter, any white space between two."""
    made = [re.escape(each).replace(r"\*", r"\w*").replace(r"\?", r"\w").replace(r"\ ", r"\s+") for each in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(made)})(?!\w)", re.IGNORECASE)
