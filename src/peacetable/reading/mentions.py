"""Who acts and speaks in one report: its actors, and every mention of them.

People are known by title and surname after their full name, governments by capitals and palaces, groups by short
names; an office alone ("the minister") means the one who holds it, where there is one. A pronoun takes the nearest
candidate that fits in number and gender; where none fits it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from peacetable.reading import allegiances, cues, group_kinds, merging, names, word_classes
from peacetable.reading.actor_drafts import Draft
from peacetable.reading.actor_words import WITHIN
from peacetable.reading.analysis import Analysis, Mention, Sentence, Token
from peacetable.reading.names import Named
from peacetable.reading.nounphrases import TIMES, Phrase, noun_phrases
from peacetable.reading.register import Register

HE: Final = frozenset({"he", "him", "himself"})
SHE: Final = frozenset({"she", "her", "herself"})
THEY: Final = frozenset({"they", "them", "themselves"})
IT: Final = frozenset({"it", "itself"})
#: What stands between an office and the name of who holds it: "the rebels' spokesman in Oslo, known as ..."
BESIDE: Final = re.compile(
    r"(?: himself| herself)?(?: (?:in|at|for|to|on|here|there)(?: [^\W_][\w.'’-]*){0,4})?\s*[,—–-]\s*"
    r"(?:(?:the|a|an|his|her|its|their|another|known as|known only as|alias|identified as|named)\s+)?",
    re.IGNORECASE,
)
RELATIVE: Final = frozenset({"who", "which", "that"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One noun phrase of the report with what it names and how it stands in its sentence."""

    sentence: Sentence
    phrase: Phrase
    named: Named | None
    subject: bool = False
    place: bool = False
    part: bool = False
    within: bool = False  # "Amara" in "Amara's army"

    @property
    def span(self) -> tuple[int, int]:
        """Its offsets, without an opening article."""
        tokens = self.sentence.tokens
        first, last = (self.named.first, self.named.last) if self.named else (self.phrase.first, self.phrase.last)
        return tokens[first].start, tokens[last - 1].end


def resolved(analysis: Analysis, annotator: word_classes.Annotator | None = None) -> Analysis:
    """The analysis with its actors and their mentions.

    Args:
        analysis: with sentences.
        annotator: who tells word classes; by default the rules.
    """
    annotator = annotator or word_classes.Rules()
    words = tuple(annotator.annotate(sentence) for sentence in analysis.sentences)
    seen = [
        item
        for sentence, annotated in zip(analysis.sentences, words, strict=True)
        for item in _seen(sentence, annotated, analysis.text)
    ]
    uses = [(item.named, item.subject, item.place, item.within) for item in seen if item.named]
    register = Register.of(uses, analysis.sentences, analysis.language.types() if analysis.language else None)
    found = tuple(
        _mentions(seen, register, analysis.text)
    )  # all of them before any is settled: later words merge actors
    allegiances.settle(register)
    group_kinds.settle(register, analysis.text)
    merging.settle(register)
    allegiances.settle(register)
    mentions = [_settled(mention, register) for mention in found]
    mentions.sort(key=lambda mention: (mention.start, -mention.end))
    layers = {**analysis.layers, "words": words}
    return replace(analysis, actors=register.actors(), mentions=tuple(mentions), layers=layers)


def _settled(mention: Mention, register: Register) -> Mention:
    if mention.actor is None or (
        mention.actor not in register.gone and not any(c in register.gone for c in mention.candidates)
    ):
        return mention
    return replace(
        mention, actor=register.now(mention.actor), candidates=tuple(register.now(c) for c in mention.candidates)
    )


def _seen(sentence: Sentence, words: Sequence[word_classes.Word], text: str) -> Iterator[Seen]:
    tokens, classes = sentence.tokens, [word.upos for word in words]
    phrases = noun_phrases(tokens, classes)
    named = [None if phrase.pronoun else names.named(tokens, classes, phrase) for phrase in phrases]
    for number, (phrase, found) in enumerate(zip(phrases, named, strict=True)):
        before = tokens[phrase.first - 1].lower if phrase.first else ""
        subject = before not in ("of", "to", "with", "for", "by", "from") and _verb_follows(
            tokens, classes, phrase.last
        )
        subject |= phrase.first > 0 and _said(tokens, classes, phrase)
        place = before in names.PLACES
        for part in () if phrase.pronoun else _parts(tokens, phrase, found):
            inner = names.named(tokens, classes, part)
            if inner:
                within = found is not None and found.head in WITHIN
                yield Seen(sentence, part, inner, part=True, within=within)
        if found and found.kind is None:  # "the party's chairman, Jane Roe": a name beside an office is a person's
            subject |= any(_beside(tokens, phrases, named, number, other) for other in (number - 1, number + 1))
            subject |= _between_commas(tokens, classes, phrase)
            subject |= before == "alias" or (
                before == "as" and tokens[phrase.first - 2].lower in ("known", "identified")
            )
        yield Seen(sentence, phrase, found, subject and not place, place)


def _said(tokens: Sequence[Token], classes: Sequence[str], phrase: Phrase) -> bool:
    """ "..., said Roe", "quoted Roe as saying": a verb of speech before its subject."""
    at = phrase.first - 1
    if classes[at] != "VERB":
        return False
    speech = cues.cue_list("attribution")
    hits = speech.at((tokens[at].lower,), 0)
    following = tokens[phrase.last].lower if phrase.last < len(tokens) else "."
    closed = phrase.last >= len(tokens) or classes[phrase.last] in ("ADP", "PUNCT") or following in TIMES
    if any(speech.value(hit.group, "relays") for hit in hits):
        return following == "as"
    return any(speech.value(hit.group, "inverts") for hit in hits) and closed


def _between_commas(tokens: Sequence[Token], classes: Sequence[str], phrase: Phrase) -> bool:
    """ "A seamstress, Jane Roe, turned up the radio"."""
    first, last = phrase.first, phrase.last
    marked = first > 1 and tokens[first - 1].text == "," and last < len(tokens) and tokens[last].text == ","
    return marked and classes[first - 2] == "NOUN" and last - first > 1 and _verb_follows(tokens, classes, last + 1)


def _beside(
    tokens: Sequence[Token], phrases: Sequence[Phrase], named: Sequence[Named | None], name: int, office: int
) -> bool:
    """Does an office stand before or behind a name, parted by a comma?"""
    if not 0 <= office < len(phrases):
        return False
    found, (left, right) = named[office], (phrases[min(name, office)], phrases[max(name, office)])
    comma = right.first == left.last + 1 and tokens[left.last].text == ","
    return comma and found is not None and found.kind == "person" and found.name is None


def _verb_follows(tokens: Sequence[Token], classes: Sequence[str], at: int) -> bool:
    while at < len(classes) and classes[at] == "ADV":
        at += 1
    return at < len(classes) and classes[at] in ("VERB", "AUX")


def _parts(tokens: Sequence[Token], phrase: Phrase, found: Named | None) -> Iterator[Phrase]:
    """Phrases within a phrase: its owner, and what stands behind its "of"."""
    words = [token.text for token in tokens]
    start = phrase.first
    for index in range(phrase.first + 1, phrase.core):
        if words[index] in ("'s", "’s", "'", "’"):
            yield Phrase(start, index, index - 1, index)
            start = phrase.first
    if (
        phrase.last > phrase.core + 1
        and words[phrase.core] in ("of", "from")
        and (found is None or found.last <= phrase.core or found.kind != "person" or found.name is None)
    ):
        at = phrase.core + 1
        while at < phrase.last:
            parting = ("of", "from", ",", "and") if phrase.several else ("of",)
            end = next((i for i in range(at, phrase.last) if words[i] in parting), phrase.last)
            if end > at and words[at:end] != ["state"]:
                yield Phrase(at, end, end - 1, end)
            at = end + 1


def _mentions(seen: Sequence[Seen], register: Register, text: str) -> Iterator[Mention]:
    salience = _Salience()
    before: tuple[Seen, Draft] | None = None
    for item in seen:
        start, end = item.span
        if item.phrase.pronoun:
            mention = _pronoun(item, salience, text, before)
            if mention:
                yield mention
            continue
        if item.named is None or (item.place and item.named.head == "capital"):
            continue
        words = text[start:end]
        meant = _possessor(item, salience)
        draft = register.find(item.named, words, at=start, owner=meant or _owner(item, register, text))
        if draft is None:
            continue
        first, last = item.phrase.first, max(item.phrase.last, item.named.last)
        whole = text[item.sentence.tokens[first].start : item.sentence.tokens[last - 1].end]
        draft.described.append((whole, meant.id if meant else None))
        merged = None if item.part else _apposition(before, item, draft, register, text)
        draft = merged or draft
        draft.alias(words)
        if item.named.determiner == "the" and not item.named.name and not words.lower().startswith("the "):
            before_it = text[item.sentence.tokens[item.phrase.first].start : end]
            if before_it.lower() == f"the {words.lower()}":
                draft.alias(before_it)
        salience.note(draft, start, item)
        kind = "name" if item.named.name else "role" if item.named.kind == "person" else "group"
        yield Mention(start, end, words, kind, draft.id)  # type: ignore[arg-type]
        if not item.part:
            before = (item, draft)


def _possessor(item: Seen, salience: _Salience) -> Draft | None:
    """Whom "its", "their" or "his" means at the head of a phrase."""
    word = item.sentence.tokens[item.phrase.first].lower
    if word not in ("its", "their", "his", "her"):
        return None
    gender = {"his": "m", "her": "f"}.get(word)
    kinds = PERSONS if gender else BODIES
    found = salience.nearest(item.sentence.number, kinds=kinds, plural=None, gender=gender)
    return found[0] if found else None


def _owner(item: Seen, register: Register, text: str) -> Draft | None:
    named = item.named
    if named is None or named.owner is None:
        return None
    tokens = item.sentence.tokens
    first, last = named.owner
    words = text[tokens[first].start : tokens[last - 1].end]
    return register.by_words(words)


def _apposition(
    before: tuple[Seen, Draft] | None, item: Seen, draft: Draft, register: Register, text: str
) -> Draft | None:
    """A name beside an office, parted by a comma, is one person."""
    if before is None or before[0].sentence is not item.sentence or item.named is None or before[0].named is None:
        return None
    other, person, one = before[0], before[1], before[0].named
    if not BESIDE.fullmatch(text, other.span[1], item.span[0]):
        return None
    tokens, last = item.sentence.tokens, max(item.named.last, item.phrase.last)
    closed = last >= len(tokens) or tokens[last].text in (",", ".", ";", "”", '"', ":") or _verbish(tokens[last].lower)
    kinds = {person.kind, draft.kind}
    if not closed or not (kinds <= {"person", "unnamed"}) or person is draft:
        return None
    if bool(one.name) == bool(item.named.name):
        return None
    return register.merge(person, draft)


def _verbish(word: str) -> bool:
    return word in word_classes.verb_forms() or word in ("has", "had", "have", "is", "was", "who", "of", "in")


class _Salience:
    """Who was spoken of last, and as a subject."""

    def __init__(self) -> None:
        self.order: list[tuple[Draft, int, bool]] = []

    def note(self, draft: Draft, at: int, item: Seen) -> None:
        self.order.append((draft, item.sentence.number, item.subject))
        if len(self.order) > 60:
            del self.order[:30]

    def nearest(self, sentence: int, *, kinds: frozenset[str], plural: bool | None, gender: str | None) -> list[Draft]:
        """Candidates, the likeliest first: subjects of this and the last sentences before others."""
        found: dict[str, tuple[int, Draft]] = {}
        for place, (draft, number, subject) in enumerate(reversed(self.order)):
            if sentence - number > 6 or draft.kind not in kinds:
                continue
            if gender and draft.gender and draft.gender != gender:
                continue
            if plural is not None and draft.plural is not None and draft.plural != plural:
                continue
            cost = place + 8 * (sentence - number) - (12 if subject else 0)
            if draft.id not in found or cost < found[draft.id][0]:
                found[draft.id] = (cost, draft)
        return [draft for _, draft in sorted(found.values(), key=lambda pair: pair[0])]


PERSONS: Final = frozenset({"person", "unnamed"})
BODIES: Final = frozenset(
    {
        "state", "government", "organisation", "armed_group", "political_group", "forces", "media",
    }
)  # fmt: skip
CROWDS: Final = frozenset(
    {
        "unnamed", "civilians", "armed_group", "forces", "political_group", "organisation", "government",
    }
)  # fmt: skip


def _pronoun(item: Seen, salience: _Salience, text: str, before: tuple[Seen, Draft] | None) -> Mention | None:
    start, end = item.span
    word = text[start:end]
    lower, number = word.lower(), item.sentence.number
    if lower in HE or lower in SHE:
        gender = "m" if lower in HE else "f"
        found = salience.nearest(number, kinds=PERSONS, plural=False, gender=gender)
        found = [draft for draft in found if draft.kind == "person"] or found
        if found and found[0].gender is None:
            found[0].gender = gender
    elif lower in THEY:
        found = salience.nearest(number, kinds=CROWDS, plural=True, gender=None) or salience.nearest(
            number, kinds=CROWDS, plural=None, gender=None
        )
    elif lower in IT:
        found = salience.nearest(number, kinds=BODIES, plural=None, gender=None)
    elif lower in RELATIVE and before and before[0].sentence is item.sentence:
        gap = text[before[0].span[1] : start].strip()
        if gap not in (",", "") and len(gap) > 40:
            return None
        found = [before[1]]
    elif lower in ("i", "we", "you", "me", "us"):
        return Mention(start, end, word, "pronoun", None)
    else:
        return None
    ids = tuple(draft.id for draft in found[:4])
    return Mention(start, end, word, "pronoun", ids[0] if ids else None, ids)
