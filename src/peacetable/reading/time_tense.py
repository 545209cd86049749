"""Does a date lie in the past or is it still to come? The nearest verb of its clause tells, by word lists alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from peacetable.reading.calendar_rules import Tense
from peacetable.reading.time_words import Word, word_lists

#: How many words a clause is followed to either side.
REACH: Final = 22
_NOT_VERBS: Final = frozenset(
    [
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "some",
        "any",
        "all",
        "both",
        "each",
        "next",
        "last",
        "one",
        "two",
        "three",
        "him",
        "them",
        "us",
        "me",
        "it",
        "be",
        "no",
        "more",
        "less",
        "where",
        "who",
        "which",
        "what",
        "whom",
    ]
)
_NO_PARTICIPLES: Final = frozenset(
    ("need", "indeed", "red", "bed", "united", "hundred", "speed", "embed", "led", "armed", "so-called")
)


def tense_around(row: Sequence[Word], first: int, last: int) -> tuple[Tense, int]:
    """The tense of the clause around words `first` to `last` (not included), and the place of the word that shows it.

    The clause is searched backwards first, since English puts the verb before the date more often than not, then
    forwards; the nearest cue decides.
    """
    lists = word_lists().tense
    for steps in (range(first - 1, max(-1, first - 1 - REACH), -1), range(last, min(len(row), last + REACH))):
        for at in steps:
            if row[at].code == "\n" or row[at].text in (".", "?", "!", ":"):
                break
            tense = _cue(row, at, lists)
            if tense:
                return tense, at
    return "unknown", -1


def _cue(row: Sequence[Word], at: int, lists: Mapping[str, frozenset[str]]) -> Tense | None:
    word = row[at].text
    if word in lists["announcing"]:
        return "near" if _after(row, at, ("was", "were", "been", "had")) else "future"
    if word in lists["calendar"] and not row[at].capital:
        if row[at - 1 : at] and row[at - 1].text == "to":
            return _infinitive(row, at - 1, lists)
        return (
            "past" if _after(row, at, ("has", "have", "had", "been")) else "future" if _after_subject(row, at) else None
        )
    if word in lists["future"]:
        return "past" if any(one.text == "have" for one in row[at + 1 : at + 3]) else "future"
    if word == "to" and at + 1 < len(row):
        return _infinitive(row, at, lists)
    if word == "going" and row[at + 1 : at + 2] and row[at + 1].text == "to":
        return "future"
    if word in lists["past"]:
        if word in ("has", "have", "had", "was", "were") and row[at + 1 : at + 2] and row[at + 1].text == "to":
            return "near"
        return _finite(row, at)
    if len(word) > 3 and word.endswith("ed") and word not in _NO_PARTICIPLES and not row[at].capital:
        return _finite(row, at)
    return None


def _finite(row: Sequence[Word], at: int) -> Tense:
    """A past form: it is part of "to be signed" and "will be signed" too, which are still to come."""
    before = [word.text for word in row[max(0, at - 4) : at]]
    if "be" in before[-2:]:
        return "past" if {"have"} & set(before) else "future"
    return "past"


def _infinitive(row: Sequence[Word], at: int, lists: Mapping[str, frozenset[str]]) -> Tense | None:
    """ "To meet on Friday" is to come, "managed to meet on Friday" is not, "to Kabul on Friday" is no infinitive."""
    following = row[at + 1]
    if following.capital or not following.text.isalpha() or following.text in _NOT_VERBS or following.code not in ".u":
        return None
    if following.text.endswith(("s", "ing", "ed", "ly", "ty", "ion", "ment")) and following.text not in (
        "discuss",
        "address",
        "pass",
        "press",
        "witness",
        "assess",
        "process",
        "proceed",
        "implement",
        "apply",
        "supply",
        "succeed",
        "feed",
        "bring",
    ):
        return None
    before = [word.text for word in row[max(0, at - 3) : at]]
    if before and before[-1] in lists["achieving"]:
        return "past"
    if before and (
        before[-1] in ("was", "were") or (before[-1] in lists["announcing"] and {"was", "were", "been"} & set(before))
    ):
        return "near"
    return "future"


def _after(row: Sequence[Word], at: int, words: tuple[str, ...]) -> bool:
    return any(word.text in words for word in row[max(0, at - 3) : at])


def _after_subject(row: Sequence[Word], at: int) -> bool:
    """Is a present form the verb of its clause, rather than a noun ("the start", "no end")?"""
    before = row[at - 1] if at else None
    return before is not None and before.code == "." and before.text.isalpha() and before.text not in _NOT_VERBS
