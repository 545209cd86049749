"""Who stands beside a verb of speech: the phrase for the speaker, before it, behind it, or carried over.

Over what hangs on the phrase ("Medics in the port"), what stands between commas ("Roe, the rebels' spokesman,") and
what tells the speaker from others ("two people familiar with the talks").
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from peacetable.reading import names
from peacetable.reading.lines import JOINS, QUOTES, Found, Line
from peacetable.reading.nounphrases import Phrase

COMMAS: Final = frozenset(
    {
        ",", "—", "–", "-", ")", "(",
    }
)  # fmt: skip


def partners(line: Line, found: Found) -> tuple[Phrase, ...]:
    """Those named side by side with the speaker: "the army and the rebels said"."""
    if found.source is None or found.head is None or found.head.pronoun or found.rule == "quoted":
        return ()
    partners: list[Phrase] = []
    first = found.source[0]
    while line.lowers[first - 1 : first] == ("and",) or (partners and line.lowers[first - 1 : first] == (",",)):
        left = line.by_last.get(first - 1)
        if left is None or left.pronoun or left.head in line.timed or not names_somebody(line, left):
            break
        partners.append(left)
        first = left.first
    return tuple(partners) if partners and opens_clause(line, first) else ()


def subject_before(line: Line, verb: int) -> tuple[tuple[int, int], Phrase] | None:
    """The phrase before a verb, over what stands between commas if need be."""
    at = verb
    while at > 0 and (
        line.classes[at - 1] in ("ADV", "PART")
        or at - 1 in line.timed
        or (line.lower(at - 1) in ("on", "late", "early") and at in line.timed)
    ):
        at -= 1
    phrase = line.by_last.get(at)
    if phrase is not None and line.text(phrase.first - 1).lower() not in ("by",):
        if line.lower(phrase.head) in ("who", "which", "that"):
            return (phrase.first, phrase.last), phrase
        if line.lower(phrase.first - 1) == "of" and phrase.pronoun:  # "one of them"
            left = line.by_last.get(phrase.first - 1)
            return ((left.first, phrase.last), Phrase(left.first, phrase.last, left.head, left.last)) if left else None
        first, head = _attached_start(line, phrase)
        if not opens_clause(line, first):
            modified = _modified(line, first)
            if modified is not None:
                first, head = modified
            elif not names_somebody(line, head):
                return None
        apposed = _apposed(line, first, head)
        return ((apposed[0], phrase.last), apposed[1]) if apposed else ((first, phrase.last), head)
    if line.upos(at - 1) == "VERB":  # "an official who asked not to be named said"
        return _whole(line, _modified(line, at), at)
    if line.text(at - 1) in COMMAS:
        return _over_parenthesis(line, at - 1)
    return None


def _whole(line: Line, modified: tuple[int, Phrase] | None, end: int) -> tuple[tuple[int, int], Phrase] | None:
    return ((modified[0], end), modified[1]) if modified else None


def opens_clause(line: Line, first: int) -> bool:
    """May a clause begin at a token?"""
    before = line.lower(first - 1) if first else ""
    return (
        first == 0
        or before in JOINS
        or before in (",", ";", ":", "that", "(", "—", "–", "-")
        or before in QUOTES
        or first - 1 in line.timed
    )


def _modified(line: Line, first: int) -> tuple[int, Phrase] | None:
    """ "Two people familiar with the talks", "an official who asked not to be named": who they are stands before."""
    for at in range(first - 1, max(-1, first - 14), -1):
        if line.text(at) in (",", ";", ":", ".") or line.quoted[at]:
            return None
        left = line.by_last.get(at)
        if left is None or left.pronoun or not names_somebody(line, left) or left.head in line.timed:
            continue
        if line.lower(at) in ("who", "that", "which") or (
            line.upos(at) in ("VERB", "ADJ") and line.lower(at).endswith(("ed", "ing", "iar", "se", "en", "al"))
        ):
            start, head = _attached_start(line, left)
            return (start, head) if opens_clause(line, start) or line.lower(start - 1) in ("to", "from", "of") else None
    return None


def _attached_start(line: Line, phrase: Phrase) -> tuple[int, Phrase]:
    """ "Medics in Khokha": what a preposition hangs on a phrase for people belongs to it."""
    head, first = phrase, phrase.first
    while first > 1 and line.classes[first - 1] == "ADP":
        left = line.by_last.get(first - 1)
        if left is None or left.pronoun or left.head in line.timed or not names_somebody(line, left):
            break
        before = line.lower(left.first - 1) if left.first else ""
        if before in names.PLACES or before in ("after", "before", "between", "of", "on", "during"):
            break
        head, first = left, left.first
    return first, head


def _apposed(line: Line, first: int, head: Phrase) -> tuple[int, Phrase] | None:
    """ "The rebels' political chief, Jane Roe, said" begins with the chief."""
    if line.text(first - 1) != ",":
        return None
    left = line.by_last.get(first - 1)
    if left is None or left.pronoun or not names_somebody(line, left) or not names_somebody(line, head):
        return None
    opening = left.first == 0 or line.lower(left.first - 1) in ("but", "and", "that", "while", "as", ",", '"', "”")
    return (
        (left.first, head)
        if opening and line.classes[head.head] == "PROPN" and line.classes[left.head] == "NOUN"
        else None
    )


def _over_parenthesis(line: Line, comma: int) -> tuple[tuple[int, int], Phrase] | None:
    """ "Roe, the rebels' spokesman, said", "The army, which lost a base, said"."""
    for at in range(comma - 1, -1, -1):
        if line.text(at) not in COMMAS or line.quoted[at]:
            continue
        phrase = line.by_last.get(at)
        if phrase is None or phrase.head in line.timed:
            continue
        first, head = _attached_start(line, phrase)
        before = line.lower(first - 1) if first else ""
        opening = first == 0 or before in JOINS or before in (",", "that", '"', "”", ";", ":", "then", "—", "where")
        if opening and names_somebody(line, head) and not (before == "," and names_somebody(line, head) is None):
            if at == comma:
                return None
            return (first, phrase.last), head
    return None


def subject_behind(line: Line, at: int) -> tuple[tuple[int, int], Phrase] | None:
    """ "..., said Roe": the phrase behind a verb, if what follows it leaves it the subject."""
    phrase = line.by_first.get(at)
    if phrase is None or not (names_somebody(line, phrase) or phrase.pronoun) or phrase.head in line.timed:
        return None
    if line.lower(at) in ("that", "it", "this", "them", "him", "us", "me", "there"):
        return None
    end = attached_end(line, phrase)
    if (
        line.upos(end) in ("AUX", "VERB", "DET", "NUM", "NOUN", "PRON")
        or line.text(end) in QUOTES
        or line.lower(end) in ("to", "that")
    ):
        return None
    return (phrase.first, end), phrase


def attached_end(line: Line, phrase: Phrase) -> int:
    """Where a phrase ends with a place or an office hung on it: "a doctor at the hospital", "Roe, its spokesman"."""
    end = phrase.last
    while line.upos(end) == "ADP" and line.lower(end) in ("in", "at", "for", "from", "with", "of", "to"):
        right = line.by_first.get(end + 1)
        if right is None or right.pronoun or right.head in line.timed:
            break
        end = right.last
    right = line.by_first.get(end + 1) if line.text(end) == "," else None
    if (
        right is not None
        and not right.pronoun
        and names_somebody(line, right)
        and line.text(right.last) in (",", ".", "")
        and line.classes[right.first] != "PRON"
    ):
        end = right.last
    return end


def carried_over(line: Line, verb: int, earlier: Sequence[Found]) -> Phrase | None:
    """Whose verb a verb without a subject is: the one before it in the row."""
    at = verb - 1
    while at > 0 and (line.classes[at] in ("ADV", "AUX") or at in line.timed):
        at -= 1
    if line.lower(at) not in ("and", "but", ",", "or", "then", "yet") and line.text(at) not in ('"', "”"):
        return None
    if line.lower(verb) == "asked" and line.lower(at) == ",":
        return None  # "asked about it, he said"
    for found in reversed(earlier):
        if found.head is not None and found.rule not in ("citing",):
            return found.head
    return main_subject(line, verb)


def main_subject(line: Line, verb: int) -> Phrase | None:
    """The first phrase of the sentence that a verb follows."""
    for phrase in line.phrases:
        if phrase.last > verb:
            return None
        before = line.lower(phrase.first - 1) if phrase.first else ""
        at = phrase.last
        while line.upos(at) == "ADV":
            at += 1
        if (
            line.upos(at) in ("VERB", "AUX")
            and before not in ("of", "to", "with", "for", "by", "from", "in", "on", "at")
            and (names_somebody(line, phrase) or phrase.pronoun)
        ):
            return phrase
        if line.text(phrase.last) == "," and phrase.first == 0 and names_somebody(line, phrase):
            return phrase
    return None


def phrase_from(line: Line, at: int) -> Phrase | None:
    """The phrase that begins at a token, over quotation marks."""
    while line.text(at) in QUOTES:
        at += 1
    whole = line.by_first.get(at)
    if whole is not None:
        return whole
    for phrase in line.phrases:
        if phrase.first < at < phrase.last:
            return Phrase(at, phrase.last, phrase.last - 1, phrase.last)
    return None


def names_somebody(line: Line, phrase: Phrase) -> bool:
    return phrase.pronoun or names.named(line.sentence.tokens, line.classes, phrase) is not None
