"""The name proper within words that carry no tags: told by its capitals."""

from __future__ import annotations

from collections.abc import Sequence

from training.examples import Run
from training.proper import ARTICLES, widened

#: What ends the part of a mention that holds its head ("the Government of Iraq", "Bank in Kabul", "Ali, his aide").
PARTING = frozenset(
    {"of", "in", "at", "for", "from", "on", "to", "with", "by", "near", ",", "(", "who", "which", "that"}
)


def name_in(run: Run, words: Sequence[str], *, person: bool) -> Run | None:
    """The name within a mention, or None where its head has no capital ("the people of Iraq").

    The head is taken to be the last word before the first preposition or comma; for a person it is the last word with
    a capital there ("army chief General Roe").
    """
    start, end = run
    while start < end and words[start].lower() in ARTICLES:
        start += 1
    last = next((at for at in range(start + 1, end) if words[at].lower() in PARTING), end)
    head = last - 1
    while head > start and not any(letter.isalnum() for letter in words[head]):
        head -= 1
    if words[head] in ("'s", "’s", "s") and head > start:
        head -= 1
    if head < start or not is_capital(words[head]):
        return None
    return widened(head, (start, end), words, lambda at: is_capital(words[at]), person=person)


def is_capital(word: str) -> bool:
    """Does a word begin with a capital, or is it a number or code with one ("M23", "al-Nusra" aside)?"""
    return any(letter.isupper() for letter in word[:2]) or (word[:1].isdigit() and any(map(str.isupper, word)))
