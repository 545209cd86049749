"""Noun phrases of a sentence by word classes: enough to find who stands beside a verb, and no parser.

A phrase is a run of words up to and with its noun ("the rebels' political chief"), with what "of" adds to it ("the head
of the mission") and a short name in brackets ("Karu Liberation Front (KLF)").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.reading.analysis import Token

INSIDE: Final = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN"})
HEADS: Final = frozenset({"NOUN", "PROPN", "NUM"})
GENITIVE: Final = ("'s", "’s")
TIMES: Final = frozenset(
    {
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "today", "yesterday", "tomorrow", "night", "morning", "evening", "afternoon", "week", "month", "year",
    }
)  # fmt: skip
# "Front for National Renewal": what such a body is for belongs to its name.
NAMED_FOR: Final = frozenset(
    {
        "Front", "Movement", "Council", "Army", "Party", "Alliance", "Coalition", "Union", "Committee",
        "Centre", "Center", "Office", "Organisation", "Organization", "Forum", "Forces", "Congress", "League",
        "Agency", "Mission", "Group", "Platform", "Network", "Brigade", "Society", "Institute", "Programme",
        "Fund", "Commission", "Observatory", "Conference", "Assembly", "Authority", "Association", "Initiative",
        "Foundation", "Campaign",
    }
)  # fmt: skip


#: Who is sent to a place or speaks for somebody: "envoy to Amara", "spokesman for the council".
SENT: Final = frozenset(
    {
        "envoy", "ambassador", "representative", "coordinator", "adviser", "advisor", "rapporteur", "commissioner",
        "minister", "secretary", "spokesman", "spokeswoman", "spokesperson", "negotiator", "delegate", "director",
    }
)  # fmt: skip


#: Those who are sent by several states together.
SENT_TOGETHER: Final = frozenset(
    {
        "envoys", "ministers", "governments", "leaders", "presidents", "representatives", "delegations", "officials",
        "diplomats", "ambassadors", "heads", "chiefs", "mediators", "delegates", "negotiators", "generals",
        "leaderships",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first` to `last` (not included) of a sentence; `head` is the token that says who or what it is.

    `core` is where its first part ends, before any "of" or bracket.
    """

    first: int
    last: int
    head: int
    core: int
    pronoun: bool = False
    several: bool = False  # "envoys from Amara, Belor and Cassia"


def noun_phrases(tokens: Sequence[Token], classes: Sequence[str]) -> tuple[Phrase, ...]:
    """The noun phrases of a sentence, in order; they do not overlap."""
    simple: list[Phrase] = []
    index = 0
    while index < len(tokens):
        phrase = _simple(tokens, classes, index)
        if phrase is None:
            index += 1
        else:
            simple.append(phrase)
            index = phrase.last
    joined: list[Phrase] = []
    for phrase in simple:
        last = joined[-1] if joined else None
        if last and not last.pronoun and not phrase.pronoun and _joins(tokens, last, phrase):
            closing = 1 if tokens[phrase.first - 1].text == "(" else 0
            joined[-1] = Phrase(last.first, phrase.last + closing, last.head, last.core, several=last.several)
        elif last and not last.pronoun and not phrase.pronoun and _one_more(tokens, classes, last, phrase):
            joined[-1] = Phrase(last.first, phrase.last, last.head, last.core, several=True)
        else:
            joined.append(phrase)
    return tuple(joined)


def _simple(tokens: Sequence[Token], classes: Sequence[str], first: int) -> Phrase | None:
    """The longest run that opens a phrase at a token and ends in its noun."""
    upos = classes[first]
    if upos == "PRON":
        return Phrase(first, first + 1, first, first + 1, pronoun=True)
    if upos not in INSIDE or ":" in tokens[first].text:
        return None
    end, index = first, first
    while index < len(tokens):
        upos, text = classes[index], tokens[index].text
        before = classes[index - 1] if index > first else ""
        if upos in INSIDE and not (upos == "NUM" and ":" in text):
            if upos == "DET" and before in ("NOUN", "PROPN", "ADJ", "NUM"):
                break
            if upos == "ADJ" and before == "NOUN":
                break
            if index > first and tokens[index].text.lower() in TIMES and before in HEADS:
                break
            index += 1
            if upos in HEADS:
                end = index
                if text.lower() in TIMES:
                    break
        elif end == index and index > first and _genitive(tokens, classes, index):
            index += 1
        else:
            break
    if end == first:
        return None
    return Phrase(first, end, end - 1, end)


def _genitive(tokens: Sequence[Token], classes: Sequence[str], index: int) -> bool:
    text = tokens[index].text
    if index + 1 >= len(tokens) or classes[index + 1] not in INSIDE or classes[index + 1] == "DET":
        return False
    plural = (
        text in ("'", "’") and tokens[index - 1].text.endswith("s") and tokens[index].start == tokens[index - 1].end
    )
    return text in GENITIVE or (plural and tokens[index + 1].start > tokens[index].end)


def _one_more(tokens: Sequence[Token], classes: Sequence[str], left: Phrase, right: Phrase) -> bool:
    """Does a name go on with a list: "the governments of Amara, Belor and Cassia"?"""
    if left.last <= left.core + 1 or tokens[left.head].lower not in SENT_TOGETHER:
        return False
    if tokens[left.core].lower not in ("of", "from") or classes[right.head] != "PROPN":
        return False
    between = [token.lower for token in tokens[left.last : right.first]]
    if between in (["and"], [",", "and"]):
        return classes[left.last - 1] == "PROPN"
    if between != [","] or classes[left.last - 1] != "PROPN":
        return False
    ahead = [token.lower for token in tokens[right.last : right.last + 12]]
    upto = next((i for i, word in enumerate(ahead) if word in (".", ";") or word in ("said", "met")), len(ahead))
    return "and" in ahead[:upto] or left.several


def _joins(tokens: Sequence[Token], left: Phrase, right: Phrase) -> bool:
    """Does the right phrase belong to the left one: "of" between them, or a short name in brackets behind it?"""
    if right.first != left.last + 1:
        return False
    between = tokens[left.last].text
    if between in ("for", "to", "on") and tokens[left.head].lower.rstrip("s") in SENT and left.core == left.last:
        return tokens[right.head].text[:1].isupper() or between == "for"
    if between in ("for", "against", "to") and tokens[left.head].text in NAMED_FOR:
        return tokens[right.head].text[:1].isupper()
    if between == "from" and tokens[left.head].lower in SENT_TOGETHER and left.core == left.last:
        return tokens[right.head].text[:1].isupper()
    if between.lower() == "of":
        doing = right.last - right.first == 1 and tokens[right.first].text.endswith("ing")
        return tokens[left.head].text.lower() not in TIMES and not doing
    closed = right.last < len(tokens) and tokens[right.last].text == ")"
    return between == "(" and closed and right.last - right.first <= 2 and tokens[right.first].text[:1].isupper()
