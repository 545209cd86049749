"""How certain each clause of a report is: asserted, negated, conditional, planned, alleged or denied, and why.

Rules over the dependency trees, with the words of `words/certainty.toml`. What stands on a predicate itself (see
`predicate_marks`) and what the word that governs it makes of it ("denied", "agreed to") are found from the root down;
the stronger of the two holds (see `certainty_words.ORDER`). Without a model there are no trees, and nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from peacetable.model import Span
from peacetable.reading.certainty_words import ASSERTED, Ground, Value, certainty_words
from peacetable.reading.language import Language
from peacetable.reading.predicate_marks import SPEECH, SUBJECTS, Marks
from peacetable.reading.sentence_trees import Tree, trees

#: Prepositions before a gerund that a verb governs: "accused of shelling", "barred from leaving".
GOVERNED: Final = frozenset({"of", "from", "for", "with", "against", "on", "about", "in", "as", "at"})
#: Groups of verbs that govern a gerund behind their object.
ACCUSING: Final = frozenset({"allegation", "failure"})


@dataclass(frozen=True, slots=True)
class Certainty:
    """How certain one clause is, as the report tells it.

    Attributes:
        predicate: its verb, or its noun or adjective with a copula.
        clause: its words from the first to the last, without the clauses that hang on it.
        rule: the group of `words/certainty.toml` that decided; "" where nothing makes it less than asserted.
        words: the words that decided, in this clause or above it.
    """

    predicate: Span
    clause: Span
    value: Value
    rule: str = ""
    words: tuple[Span, ...] = ()


def certainties(language: Language, text: str) -> tuple[Certainty, ...]:
    """The certainty of every clause, in the order of their predicates; nothing without a model.

    Args:
        language: what the model tells of the report.
        text: the report's text.
    """
    found = [one for tree in trees(language, text) for one in _Weighed(tree).certainties()]
    return tuple(sorted(found, key=lambda one: one.predicate.start))


def as_json(language: Language, text: str) -> list[dict[str, Any]]:
    """The same as JSON values that point into the text: the raw layer."""
    return [
        {
            **_json(found.predicate),
            "clause": _json(found.clause),
            "value": found.value,
            "rule": found.rule,
            "words": [_json(span) for span in found.words],
        }
        for found in certainties(language, text)
    ]


def _json(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "quote": span.quote}


class _Weighed:
    """A tree with the reason for the value of each predicate; `reasons` is by word, heads before what hangs on them."""

    def __init__(self, tree: Tree) -> None:
        self.tree, self.known = tree, certainty_words()
        self.marks = Marks(tree, self.known)
        self.reasons: dict[int, Ground] = {}
        self.above: dict[int, Ground] = {}
        self.own: dict[int, Ground] = {}
        for word in tree.from_the_root:
            if tree.is_predicate(word) and not self.marks.opener(word):
                self.above[word] = self._from_above(word)
                self.own[word] = self.marks.reason_of(word)
                self.reasons[word] = self.own[word].or_stronger(self.above[word])

    def certainties(self) -> Iterator[Certainty]:
        """The certainty of each clause; what only helps another verb ("has to", "is going to") has none of its own."""
        tree = self.tree
        for word, reason in self.reasons.items():
            if self._helps(word):
                continue
            clause = tree.clause(word)
            if tree.relation(word) == "xcomp" and self._helps(tree.head(word)):
                whole = tree.clause(tree.head(word))
                clause = Span.of(tree.text, min(clause.start, whole.start), max(clause.end, whole.end))
            yield Certainty(tree.spans((word,))[0], clause, reason.value, reason.rule, tree.spans(reason.words))

    def _helps(self, word: int) -> bool:
        lower = self.tree.lower(word)
        helping = self.known.among("future", "forms", lower) or self.known.among("duty", "helping", lower)
        return helping and any(True for _ in self.tree.children(word, "xcomp"))

    def _from_above(self, word: int) -> Ground:
        """What the verb, noun or clause that a predicate hangs on makes of it."""
        tree, head, relation = self.tree, self.tree.head(word), self.tree.relation(word)
        if relation == "conj" and head in self.reasons:
            return self.above[head].or_stronger(*self._shared(word, head))
        if relation not in ("xcomp", "ccomp", "csubj", "advcl", "acl", "dep") or tree.relative(word) or head < 0:
            return ASSERTED
        if self.marks.opener(head):
            return self.known.reason("condition", *self.marks.opening(head))
        head = self._governor(word, head)
        over, group = self._over(head), self._governing(word, head)
        if group is not None:
            return self._governed(group, head, over)
        if relation == "xcomp":
            return over
        if relation in ("ccomp", "csubj"):
            return _told(over)
        return self._loose(word, head, over)

    def _governor(self, word: int, head: int) -> int:
        """What a clause hangs on; the verb, where a gerund hangs on its object: "accused the guards of shelling"."""
        tree = self.tree
        marks = {tree.lower(one) for one in tree.children(word, "mark")}
        if tree.relation(word) != "acl" or tree.relation(head) != "obj" or not marks & GOVERNED:
            return head
        verb = tree.head(head)
        return verb if self.known.group("verbs", tree.lower(verb), tree.lemma(verb)) in ACCUSING else head

    def _over(self, word: int) -> Ground:
        """The reason of a word, or of the predicate whose object it is; a noun with "no" is negated itself."""
        tree = self.tree
        if word in self.reasons:
            return self.reasons[word]
        negations = [one for one in tree.children(word, "det") if tree.lower(one) == "no"]
        if negations:
            return self.known.reason("negation", *negations)
        near = tree.relation(word) in ("obj", "xcomp", "advmod", "amod")
        return self.reasons.get(tree.head(word), ASSERTED) if near else ASSERTED

    def _governing(self, word: int, head: int) -> str | None:
        """The group of the word that governs a clause; None if it is not one that makes something of it."""
        tree, known = self.tree, self.known
        relation, forms = tree.relation(word), (tree.lower(head), tree.lemma(head))
        mark = next((tree.lower(one) for one in tree.children(word, "mark")), "")
        infinite = self._infinite(word, mark)
        if tree.upos(head) in ("NOUN", "PROPN"):
            return None if relation == "advcl" else self._denying(head) or known.group("nouns", *forms)
        called = known.group("verbs", *forms)
        beside = relation in ("advcl", "acl")
        if beside and mark not in GOVERNED and not (mark == "to" and called == "wish"):
            return None
        if infinite and (helping := known.group("forms", forms[0])) not in (None, "condition"):
            return helping
        if tree.upos(head) == "ADJ":
            return known.group("adjectives", *forms)
        group = (known.group("passive", *forms) if tree.passive(head) else None) or called
        if group is None or group == "rejection":
            return None
        finite = known.group("finite", *forms) is not None and not tree.past(word)
        wanted = group == "wish" and relation == "xcomp"  # "want the road opened"
        spoken = known.values[group] != "planned" and group != "failure"
        return group if infinite or finite or wanted or spoken else None

    def _infinite(self, word: int, mark: str) -> bool:
        """Is a clause's verb an infinitive or a gerund?"""
        lower = self.tree.lower(word)
        if mark == "to" or (lower.endswith("ing") and mark != "that"):
            return True
        return self.tree.relation(word) == "xcomp" and lower == self.tree.lemma(word)

    def _denying(self, noun: int) -> str | None:
        """The group of a verb that denies what a noun is about: "rejected claims that", "denied a role in"."""
        tree, known = self.tree, self.known
        verb = tree.head(noun)
        subject = tree.relation(noun) == "nsubj" and verb in self.reasons and tree.passive(verb)
        if tree.relation(noun) != "obj" and not subject:
            return None
        forms = tree.lower(verb), tree.lemma(verb)
        if any(known.among("denial", "verbs", form) for form in forms):
            return "denial"
        claim = known.group("nouns", tree.lower(noun), tree.lemma(noun)) == "allegation"
        return "rejection" if claim and any(known.among("rejection", "verbs", form) for form in forms) else None

    def _governed(self, group: str, head: int, over: Ground) -> Ground:
        """What a governing word makes of a clause, being itself as certain as `over`."""
        given = self.known.reason(group, head)
        if group == "rejection" or (group == "denial" and self.tree.upos(head) in ("NOUN", "PROPN")):
            verb = self.tree.head(head) if self._denying(head) else head
            given, over = self.known.reason(group, verb), self.reasons.get(verb, ASSERTED)
        negated = over.value == "negated"
        if group == "confirmation":
            return Ground("alleged", group, (*over.words, head)) if negated else _told(over)
        if group == "belief":
            return over if negated else _told(over)
        if given.value in SPEECH:
            turned = negated and given.value == "denied"
            return Ground("alleged", group, (*over.words, *given.words)) if turned else given
        if negated and group in ("failure", "doubt"):
            return Ground("asserted", group, (*over.words, *given.words))
        if negated and given.value == "conditional" and group == "possibility":
            return over
        return given.or_stronger(over)

    def _loose(self, word: int, head: int, over: Ground) -> Ground:
        """What a clause beside another one, or behind a noun, takes from it."""
        tree, known = self.tree, self.known
        mark = self.marks.mark(word)
        phrase = " ".join(map(tree.lower, mark))
        if known.among("purpose", "marks", phrase) and not tree.lower(word).endswith("ing"):
            weak = over if over.value in ("conditional", "denied") or tree.relation(word) == "acl" else ASSERTED
            return self.known.reason("purpose", *mark).or_stronger(weak)
        if tree.relation(word) == "acl":
            noun = known.group("nouns", tree.lower(head), tree.lemma(head))
            return self.known.reason(noun, head) if noun == "condition" else ASSERTED
        beside = tree.lower(word).endswith("ing") and not mark
        dated = known.among("moment", "marks", phrase) and not tree.past(word)
        return over if (beside or dated) and over.value not in ("negated", "asserted") else ASSERTED

    def _shared(self, word: int, head: int) -> Iterator[Ground]:
        """What a predicate shares with the one that it is joined to: a negation, a modal verb, a condition before both.

        One with a subject or auxiliary of its own shares the condition only.
        """
        tree = self.tree
        reason = self.own[head]
        if reason.rule == "condition" and all(one < head for one in reason.words):
            if self._opening(head) == reason.words or not tree.past(word):
                yield reason
            return
        if reason is ASSERTED or any(True for _ in tree.children(word, *SUBJECTS, "aux", "cop", "mark")):
            return
        if any(True for _ in tree.children(head, "aux")):
            bare = tree.lower(head) == tree.lemma(head)
            if bare and tree.lower(word) != tree.lemma(word):
                return  # "did not sign and left"
            joined = {tree.lower(one) for one in tree.children(word, "cc")}
            if not bare and reason.rule == "negation" and not joined & {"or", "nor"}:
                return  # "has not signed and left"
        yield reason

    def _opening(self, word: int) -> tuple[int, ...]:
        """The words that open a predicate's clause, if they make it a condition."""
        return next((reason.words for reason in self.marks.opened(word) if reason.rule == "condition"), ())


def _told(over: Ground) -> Ground:
    """What a clause takes from the verb that tells it: that it is supposed or a claim, nothing else."""
    return over if over.value in ("conditional", "alleged") else ASSERTED
