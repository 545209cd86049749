"""The words of a sentence that name something on the ground: an attack, a seizure, a toll (`words/incidents.toml`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peacetable.model import IncidentKind
from peacetable.reading import cues
from peacetable.reading.analysis import Analysis, Sentence, Token
from peacetable.reading.extents import Clause, clause_at
from peacetable.reading.word_sets import word_set


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words that name an event: tokens `first` to `last` (not included) of its sentence, in its clause."""

    clause: Clause
    first: int
    last: int
    kind: IncidentKind
    role: str
    rank: int
    form: cues.Form
    words: str


def sightings(analysis: Analysis, sentence: Sentence) -> Iterator[Sighting]:
    """The words of a sentence that name an event, in order."""
    known = cues.cue_list("incidents")
    tokens = sentence.tokens
    seen = -1
    for hit in known.hits(sentence):
        if hit.first == seen:
            continue  # the same words as a noun
        values = known.values[hit.group]
        role = values["role"]
        word = tokens[hit.first].lower
        before = tokens[hit.first - 1].lower if hit.first else ""
        if role == "none" or (word in word_set("hardly_verbs") and before not in word_set("before_base_verb")):
            continue
        if role in ("act", "toll"):
            role = _role(hit, tokens, role)
        reach = (
            tokens[max(0, hit.first - 6) : hit.last + 8]
            if values.get("needs") == "people"
            else tokens[hit.last : hit.last + 8]
        )
        near = {token.lower for token in reach}
        if role is None or ("needs" in values and not near & word_set(values["needs"])):
            continue
        seen = hit.first
        clause = clause_at(analysis, tokens[hit.first].start, tokens[hit.last - 1].end)
        words = " ".join(token.text for token in tokens[hit.first : hit.last])
        yield Sighting(clause, hit.first, hit.last, values["kind"], role, values["rank"], hit.form, words)


def _role(hit: cues.Hit, tokens: Sequence[Token], role: str) -> str | None:
    """A verb's role: its own, an event where it stands as a noun, None where it only describes ("the displaced") or
    has not happened ("to attack").
    """
    if hit.form == "past" and _describes(tokens, hit.first):
        return None
    if role != "act":
        return role
    word = tokens[hit.first].lower
    before = tokens[hit.first - 1].lower if hit.first else ""
    after = tokens[hit.last].lower if hit.last < len(tokens) else ""
    if hit.form == "base" and before in word_set("before_base_verb"):
        threat = before == "to" and tokens[max(0, hit.first - 2)].lower.startswith(("threat", "vow"))
        return "act" if threat else None
    if hit.last == hit.first + 1 and word in word_set("nouns_too") and before not in word_set("before_base_verb"):
        return "event"
    if (
        hit.form == "participle"
        and (after in word_set("after_ing_noun") or not after.isalnum())
        and before not in word_set("be")
    ):
        return "event"
    return "act"


def _describes(tokens: Sequence[Token], number: int) -> bool:
    """Is a participle an adjective: "the displaced", "two shelled villages"?"""
    before = tokens[number - 1].lower if number else ""
    after = tokens[number + 1].lower if number + 1 < len(tokens) else ""
    counted = before[:1].isdigit() or before in ("of", "two", "three", "four", "five", "million", "thousand")
    if tokens[number].lower == "displaced" and counted:
        return after not in ("by", "since", "in", "from")
    opened = before in word_set("determiners") or counted
    return opened and after.isalpha() and after not in word_set("prepositions") | word_set("determiners")
