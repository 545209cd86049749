"""What stands on a predicate itself and bears on its certainty: a negation, a modal verb, "if", "reportedly", "?"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from peacetable.reading.certainty_words import ASSERTED, CertaintyWords, Ground
from peacetable.reading.sentence_trees import Tree

SUBJECTS: Final = ("nsubj", "csubj", "expl")
#: Values that a verb of speech gives to what it governs.
SPEECH: Final = frozenset({"alleged", "denied"})
QUESTIONS: Final = frozenset({"who", "whom", "whose", "what", "which", "when", "where", "why", "how"})


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks on the predicates of a tree."""

    tree: Tree
    words: CertaintyWords

    def reason_of(self, word: int) -> Ground:
        """What the words on a predicate make of it."""
        negations = self.negations(word)
        found = [
            *self.opened(word),
            *self._main_of_condition(word, negations),
            *([self.words.reason("negation", *negations)] if negations else ()),
            *self._modal(word, negated=bool(negations)),
            *self._adverbs(word),
            *self._asides(word),
            *self._mood(word),
        ]
        return ASSERTED.or_stronger(*found)

    def negations(self, word: int) -> tuple[int, ...]:
        """The words that negate a predicate: "not", "no longer", "no one came", "neither side"."""
        return tuple(one for child in self.tree.children(word) for one in self._negating(child, word))

    def _negating(self, child: int, word: int) -> tuple[int, ...]:
        """What of a word, and of those before it that hang on it, negates the predicate that it hangs on."""
        tree, relation = self.tree, self.tree.relation(child)
        before = tuple(tree.children(child, "advmod", "det", "cc"))
        if relation in ("advmod", "cc", "aux"):
            alone = tree.lower(child + 1) not in ("only", "merely", "just", "simply")
            return self._listed("adverbs", (*before, child), (child,)) if alone else ()
        if relation in ("nsubj", "obj"):
            determiners = tuple(one for one in before if self._listed("determiners", (one,)))
            return self._listed("pronouns", (*before, child), (child,)) or determiners
        if relation == "obl":
            return self._listed("phrases", (*tree.children(child, "case", "det"), child))
        noun = relation == "det" and any(True for _ in tree.children(word, "cop"))  # "it was no accident"
        return self._listed("determiners", (child,)) if noun else ()

    def _listed(self, kind: str, *phrases: tuple[int, ...]) -> tuple[int, ...]:
        """The first of some phrases that is listed as a negation of a kind."""
        for phrase in phrases:
            if self.words.among("negation", kind, " ".join(map(self.tree.lower, phrase))):
                return phrase
        return ()

    def opened(self, word: int) -> Iterator[Ground]:
        """By the words that open its clause: "if", "without", "should the army attack"."""
        mark = self.mark(word)
        if mark and (group := self.words.group("marks", *self._phrases(mark))) and group != "purpose":
            yield self.words.reason(group, *mark)
        elif self.tree.relation(word) == "advcl" and not mark:
            verbs, subjects = self.tree.children(word, "aux", "cop"), self.tree.children(word, "nsubj")
            first, subject = next(verbs, word), next(subjects, word)
            if first < subject and self.words.among("condition", "inverted", self.tree.lower(first)):
                yield self.words.reason("condition", first)

    def mark(self, word: int) -> tuple[int, ...]:
        """The words that open a clause, with "only" or "even" before them."""
        every = list(self.tree.children(word, "mark"))
        marks = [one for one in every if self.tree.lower(one) != "that"]
        if not marks:  # "provided that", whatever "provided" hangs on
            return tuple(one - 1 for one in every if self.words.among("condition", "marks", self.tree.lower(one - 1)))
        found = [marks[0], *self.tree.children(marks[0], "fixed")]
        if self.tree.lower(marks[0] - 1) in ("only", "even", "as", "except"):
            found.insert(0, marks[0] - 1)
        return tuple(found)

    def _phrases(self, words: Sequence[int]) -> tuple[str, ...]:
        """Some words as one phrase, then without the first, then without what follows it."""
        lowers = [self.tree.lower(word) for word in words]
        return " ".join(lowers), " ".join(lowers[1:]), lowers[0]

    def _main_of_condition(self, word: int, negations: Sequence[int]) -> Iterator[Ground]:
        """By a condition that hangs on it: "if", "only after", "not until". What is told as past hangs on none.

        A condition behind an infinitive is its own, even where it hangs on the verb above: "agreed to leave if".
        """
        tree, head = self.tree, self.tree.head(word)
        beside = list(tree.children(word, "advcl", "obl", "advmod"))
        if tree.relation(word) == "xcomp" and tree.is_predicate(head) and tree.past(head):
            beside += [one for one in tree.children(head, "advcl", "obl", "advmod") if one > word]
        elif tree.past(word, perfect=True):
            return
        to_come = any(self._to_come(verb) for verb in tree.children(word, "aux"))
        for child in beside:
            words = self._condition(child)
            if tree.relation(child) == "advmod" and not to_come:
                continue
            if not words and negations and to_come:
                bounds = tree.children(child, "mark", "case")
                until = [one for one in bounds if self.words.among("moment", "until", tree.lower(one))]
                words = (*negations, *until) if until else ()
            if words:
                yield self.words.reason("condition", *words)

    def _to_come(self, auxiliary: int) -> bool:
        group = self.words.group("auxiliaries", self.tree.lower(auxiliary), self.tree.lemma(auxiliary))
        return group in ("future", "would", "duty")

    def _condition(self, child: int) -> tuple[int, ...]:
        """The words that make what hangs on a predicate its condition; none if it is no condition."""
        tree, listed = self.tree, self.words.among
        if self.opener(child):
            return self.opening(child)
        if tree.relation(child) == "advmod":
            return (child,) if listed("condition", "adverbs", tree.lower(child)) else ()
        if tree.relation(child) == "advcl":
            return next((reason.words for reason in self.opened(child) if reason.rule == "condition"), ())
        if listed("condition", "nouns", tree.lower(child)):  # "in the event of", "on condition that"
            return (child,) if any(True for _ in tree.children(child, "acl", "nmod", "ccomp")) else ()
        case = next(tree.children(child, "case"), tree.first)
        only = f"{tree.lower(case - 1)} {tree.lower(case)}"  # "only after talks"
        return (case - 1, case) if listed("condition", "marks", only) else ()

    def opener(self, word: int) -> bool:
        """Is a word one like "provided" before a clause of its own, or the "long" of "as long as"?"""
        tree = self.tree
        if not self.words.among("condition", "forms", tree.lower(word)):
            return False
        if tree.lower(word) == "long":
            return tree.lower(word - 1) in ("as", "so") and tree.lower(word + 1) == "as"
        return tree.relation(word) in ("advcl", "mark") and any(True for _ in tree.children(word, "ccomp"))

    def opening(self, opener: int) -> tuple[int, ...]:
        """All the words of an opener."""
        return (opener - 1, opener, opener + 1) if self.tree.lower(opener) == "long" else (opener,)

    def _modal(self, word: int, *, negated: bool) -> Iterator[Ground]:
        """By its auxiliary verbs, and by the infinitive of "is to"."""
        tree = self.tree
        for verb in tree.children(word, "aux"):
            group = self.words.group("auxiliaries", tree.lower(verb), tree.lemma(verb))
            if group == "would" and self._reported(word):
                group = "future"
            if group == "duty" and any(tree.lower(one) == "have" for one in tree.children(word, "aux")):
                group = "possibility"  # "must have fled", "should have left"
            if group and not (negated and group in ("ability", "would")):
                yield self.words.reason(group, verb)
        for verb in tree.children(word, "cop"):
            if tree.lower(verb + 1) == "to" and not self.words.among("future", "never_to_come", tree.lower(word)):
                yield self.words.reason("future", verb, verb + 1)

    def _reported(self, word: int) -> bool:
        """Is a clause what somebody said, thought or agreed?"""
        tree = self.tree
        while tree.relation(word) == "conj":
            word = tree.head(word)
        return tree.relation(word) == "ccomp" or any(True for _ in tree.children(word, "parataxis"))

    def _adverbs(self, word: int) -> Iterator[Ground]:
        """By an adverb that keeps its distance, from the deed or from who did it: "shot, allegedly by guards"."""
        agents = (one for one in self.tree.children(word, "obl") if self.tree.agent(one))
        for child in (
            *self.tree.children(word, "advmod"),
            *(one for agent in agents for one in self.tree.children(agent, "advmod")),
        ):
            group = self.words.group("adverbs", self.tree.lower(child))
            if group == "allegation":
                yield self.words.reason(group, child)

    def _asides(self, word: int) -> Iterator[Ground]:
        """By who claims or denies it in an aside: "the army, they claim, fled"."""
        for child in self.tree.children(word, "parataxis"):
            group = self.words.group("verbs", self.tree.lower(child), self.tree.lemma(child))
            bare = not any(True for _ in self.tree.children(child, "ccomp", "xcomp", "obj", "advcl"))
            if group and bare and self.words.values[group] in SPEECH and not self.negations(child):
                yield self.words.reason(group, child)

    def _mood(self, word: int) -> Iterator[Ground]:
        """By a question that is answered with yes or no, or an order."""
        tree = self.tree
        if tree.relation(word) != "root":
            return
        inside = range(tree.first, tree.last)
        final = next((one for one in reversed(inside) if tree.lower(one) not in ("'", '"', "”", ")")), word)
        if tree.lower(final) == "?" and not any(tree.lower(one) in QUESTIONS for one in inside if one < word):
            yield self.words.reason("supposition", final)
        alone = not any(True for _ in tree.children(word, *SUBJECTS, "aux", "cop"))
        opening = all(tree.upos(one) in ("PUNCT", "CCONJ", "INTJ") for one in inside if one < word)
        if alone and opening and tree.upos(word) == "VERB" and tree.lower(word) == tree.lemma(word):
            yield self.words.reason("wish", word)
