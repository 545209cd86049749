"""The dependency trees of a report, sentence by sentence: who hangs on whom, which words are predicates, their clauses.

Relations are those of Universal Dependencies v2 as UD English EWT applies them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from peacetable.model import Span
from peacetable.reading.language import Language

#: Relations by which a clause hangs on a word; their subtypes ("acl:relcl") count too.
CLAUSES: Final = frozenset({"root", "conj", "ccomp", "xcomp", "csubj", "advcl", "acl", "parataxis"})
#: Further relations of a predicate: what a parser falls back on, and what stands beside a clause.
LOOSE: Final = frozenset({"dep", "appos", "list", "orphan", "dislocated", "discourse"})
#: Relations in which a word with a copula is no predicate.
WITHIN: Final = frozenset({"case", "mark", "cc", "aux", "cop", "punct", "det", "fixed", "flat", "compound", "amod"})


def trees(language: Language, text: str) -> Iterator[Tree]:
    """The tree of each sentence; none where the language has no heads."""
    for start, end in language.sentences if language.heads else ():
        yield Tree(language, text, start, end)


@dataclass(frozen=True)
class Tree:
    """A sentence's tree; words go by their numbers in the report, from `first` to `last` (not included)."""

    language: Language
    text: str
    first: int
    last: int

    @cached_property
    def _lowers(self) -> tuple[str, ...]:
        places = self.language.places[self.first : self.last]
        return tuple(self.text[start:end].lower().replace("’", "'") for start, end in places)

    @cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in range(self.first, self.last)]
        for word in range(self.first, self.last):
            head = self.language.heads[word]
            if self.first <= head < self.last:
                found[head - self.first].append(word)
        return tuple(map(tuple, found))

    def lower(self, word: int) -> str:
        """A word in lower case, apostrophes straight; empty outside the sentence."""
        return self._lowers[word - self.first] if self.first <= word < self.last else ""

    def lemma(self, word: int) -> str:
        """A word's dictionary form, as far as the model knows it."""
        return self.language.lemmas[word].lower()

    def upos(self, word: int) -> str:
        """A word's class."""
        return self.language.upos[word]

    def head(self, word: int) -> int:
        """What a word hangs on; -1 for the root."""
        return self.language.heads[word]

    def relation(self, word: int) -> str:
        """A word's relation, subtypes left out."""
        return self.language.relations[word].partition(":")[0]

    def relative(self, word: int) -> bool:
        """Does a word head a relative clause? One that a conjunction opens ("the event that it fails") is none."""
        return self.language.relations[word] == "acl:relcl" and not any(True for _ in self.children(word, "mark"))

    def children(self, word: int, *relations: str) -> Iterator[int]:
        """The words that hang on a word, in order: all of them, or those in some relations."""
        for child in self._children[word - self.first]:
            if not relations or self.relation(child) in relations:
                yield child

    @cached_property
    def from_the_root(self) -> tuple[int, ...]:
        """The words, heads before what hangs on them."""
        pending = deque(word for word in range(self.first, self.last) if self.head(word) < 0)
        found = []
        while pending:
            word = pending.popleft()
            found.append(word)
            pending.extend(self.children(word))
        return tuple(found)

    def is_predicate(self, word: int) -> bool:
        """Is a word a verb at the head of a clause, or a noun or adjective with a copula?"""
        relation = self.relation(word)
        if self.upos(word) in ("VERB", "AUX"):
            return relation in CLAUSES or relation in LOOSE
        return relation not in WITHIN and any(True for _ in self.children(word, "cop"))

    def past(self, word: int, *, perfect: bool = False) -> bool:
        """Is a predicate told as past, without a modal verb? "Has left" counts where the perfect does."""
        verbs = [self.lower(verb) for verb in self.children(word, "aux", "cop")]
        if verbs:
            return verbs[0] in ("was", "were", "had", "did") or (perfect and verbs[0] in ("have", "has", "'ve"))
        lower = self.lower(word)
        return self.upos(word) in ("VERB", "AUX") and lower != self.lemma(word) and not lower.endswith(("s", "ing"))

    def agent(self, word: int) -> bool:
        """Is a word the one by whom something was done?"""
        return self.language.relations[word] == "obl:agent"

    def passive(self, word: int) -> bool:
        """Is a verb passive, or a participle behind its noun ("men said to have fled")?"""
        subtypes = {self.language.relations[child] for child in self.children(word)}
        if subtypes & {"aux:pass", "nsubj:pass", "csubj:pass"}:
            return True
        return self.relation(word) == "acl" and not self.relative(word) and not self.lower(word).endswith("ing")

    def clause(self, word: int) -> Span:
        """The words of a predicate, from the first to the last, without the clauses that hang on it.

        Conjunctions and punctuation at its ends are left out.
        """
        held, pending = [], [word]
        while pending:
            one = pending.pop()
            held.append(one)
            pending.extend(child for child in self.children(one) if not self._apart(child))
        kept = [one for one in held if one == word or self.upos(one) not in ("PUNCT", "CCONJ")]
        places = self.language.places
        return Span.of(self.text, places[min(kept)][0], places[max(kept)][1])

    def _apart(self, word: int) -> bool:
        return self.relation(word) in CLAUSES and self.is_predicate(word)

    def spans(self, words: tuple[int, ...]) -> tuple[Span, ...]:
        """Some words as spans, neighbours in one."""
        runs: list[list[int]] = []
        for word in sorted(words):
            if runs and runs[-1][-1] == word - 1:
                runs[-1].append(word)
            else:
                runs.append([word])
        places = self.language.places
        return tuple(Span.of(self.text, places[run[0]][0], places[run[-1]][1]) for run in runs)
