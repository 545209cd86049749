"""Clauses without a parser: where a clause begins and ends, if its verb is denied, and on what condition it stands.

The rules look at words and marks only: subordinators, relatives, coordinators before a verb, edges of reported speech.
They are wrong where a parser would be needed, so a caller treats what they give as support, not as proof.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final, Literal

from peacetable.model import Span
from peacetable.reading.analysis import Analysis, Sentence, Token

ConditionKind = Literal["if", "until", "unless", "once", "after", "before", "while", "case"]

MODALS: Final = frozenset(
    {
        "will", "would", "shall", "should", "must", "may", "might", "can", "could", "cannot", "won't", "won’t",
        "wouldn't", "wouldn’t", "can't", "can’t", "couldn't", "couldn’t", "shouldn't", "shouldn’t", "mustn't",
        "mustn’t", "'ll", "’ll", "'d", "’d", "we'll", "we’ll", "i'll", "i’ll", "they'll", "they’ll", "he'll", "he’ll",
        "she'll", "she’ll", "it'll", "we'd", "we’d", "ought",
    }
)  # fmt: skip
AUXILIARIES: Final = MODALS | frozenset(
    {
        "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "do", "does", "did",
        "isn't", "isn’t", "aren't", "aren’t", "wasn't", "wasn’t", "weren't", "weren’t", "hasn't", "hasn’t", "haven't",
        "haven’t", "hadn't", "hadn’t", "don't", "don’t", "doesn't", "doesn’t", "didn't", "didn’t", "we've", "we’ve",
        "i've", "i’ve", "we're", "we’re", "i'm", "i’m", "they're", "they’re", "they've", "they’ve",
    }
)  # fmt: skip
NEGATIVES: Final = frozenset(
    {
        "not", "never", "no", "neither", "nor", "cannot", "hardly", "without", "nobody", "none", "nothing",
    }
)  # fmt: skip
PRONOUNS: Final = frozenset({"i", "we", "he", "she", "they", "it", "you", "this", "that", "these", "those", "there"})
FIRST_PERSON: Final = frozenset(
    {
        "i", "we", "us", "me", "our", "my", "ours", "we'll", "we’ll", "i'll", "i’ll", "we've", "we’ve", "i've", "i’ve",
        "we're", "we’re", "i'm", "i’m", "we'd", "we’d",
    }
)  # fmt: skip
#: Adverbs and the like that stand between a subject and its verb; "-ly" words count too.
BETWEEN: Final = frozenset(
    {
        "not", "never", "also", "again", "still", "already", "now", "then", "once", "even", "only", "just", "too",
        "both", "all", "each", "either", "always", "often", "have", "has", "had", "did", "do", "does", "is", "are",
        "was", "were", "be", "been", "being", "to", "ever", "so", "far", "soon", "later", "today", "yesterday",
        "tomorrow", "tonight", "therefore", "thus", "however", "instead", "meanwhile", "further", "yet", "long",
        "earlier", "recently",
    }
)  # fmt: skip
PREPOSITIONS: Final = frozenset(
    {
        "in", "at", "of", "to", "from", "with", "by", "on", "after", "before", "against", "for", "near", "under",
        "over", "between", "among", "within", "without", "during", "about", "into", "towards", "toward", "through",
        "via", "since", "until", "than", "as", "like", "despite", "including", "across", "behind", "inside", "outside",
    }
)  # fmt: skip
ARTICLES: Final = frozenset({"the", "a", "its", "their", "his", "her"})
RELATIVES: Final = frozenset({"who", "which", "whom", "whose", "where", "whoever"})
COORDINATORS: Final = frozenset({"and", "but", "or", "nor", "yet", "while", "whereas"})
#: Past forms without -ed, and present ones, that often come after "and"; words in -ed that are no verbs there.
IRREGULAR: Final = frozenset(
    {
        "said", "told", "gave", "took", "put", "made", "left", "kept", "says", "calls", "wants", "urges", "demands",
        "sent", "went", "held", "met", "set", "cut",
    }
)  # fmt: skip
ADJECTIVES: Final = frozenset({"united", "armed", "wounded", "displaced"})
STOPS: Final = frozenset(";:—–…-") | {"--", "..."}
QUOTES: Final = frozenset('"“”«»')

#: Words that open a condition, by what kind of condition it is.
CONDITIONS: Final[Mapping[ConditionKind, tuple[str, ...]]] = MappingProxyType(
    {
        "if": (
            "if", "only if", "if and only if", "even if", "should", "provided", "provided that", "providing",
            "otherwise", "on condition", "on condition that",
            "on the condition that", "in exchange for", "in return for",
            "subject to", "pending", "depending on",
        ),
        "while": ("as long as", "so long as", "while"),
        "unless": ("unless", "unless and until", "without"),
        "until": ("until", "not until", "till"),
        "once": ("once", "only once", "as soon as", "when", "only when", "the day"),
        "after": ("after", "only after"),
        "before": ("before", "not before"),
        "case": ("in case", "in case of", "in the event of", "in the event that"),
    }
)  # fmt: skip
_OPENERS: Final = {
    first: tuple(sorted(rest, key=lambda entry: -len(entry[0])))
    for first, rest in {
        phrase.split()[0]: [
            (tuple(other.split()), kind) for kind, others in CONDITIONS.items() for other in others
            if other.split()[0] == phrase.split()[0]
        ]
        for phrases in CONDITIONS.values()
        for phrase in phrases
    }.items()
}  # fmt: skip
#: Those of them that open a clause of their own wherever they stand.
SUBORDINATORS: Final = frozenset(
    {
        "if", "unless", "until", "till", "because", "although", "though", "while", "when", "whenever", "whereas",
        "provided", "once", "so-that", "lest",
    }
)  # fmt: skip


#: Others that a comma closes before the main clause: "Under the accord, ...".
DEPENDENT: Final = frozenset({"under", "should", "as", "after", "before"})
#: Openers under which a thing is supposed or asked, not said.
SUPPOSED: Final = frozenset({"if", "unless", "until", "till", "once", "provided", "whether"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A run of a sentence's tokens, `first` to `last` (not included), with what opens it ("if", "that", "and", "").

    The opener's token belongs to the clause; marks at its ends do not.
    """

    first: int
    last: int
    start: int
    end: int
    opener: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in a sentence: its opening words, its kind, and the run with and without them.

    Attributes:
        strict: nothing happens without it: "only if", "until", "unless", "provided that".
    """

    kind: ConditionKind
    words: str
    start: int
    body: Span
    strict: bool


def clauses(analysis: Analysis, sentence: Sentence) -> tuple[Clause, ...]:
    """The clauses of a sentence, in order; together they hold every word of it. There is always one."""
    tokens = sentence.tokens
    edges = _edges(analysis, sentence)
    cuts = [0]
    for index in range(1, len(tokens)):
        if _opens(tokens, index, edges) or _closes(tokens, cuts[-1], index):
            cuts.append(index)
    cuts.append(len(tokens))
    found = []
    for first, last in pairwise(cuts):
        begin, finish = _trimmed(tokens, first, last)
        if begin < finish:
            opener = tokens[begin].lower
            known = opener in SUBORDINATORS or opener in RELATIVES or opener in COORDINATORS or opener == "that"
            found.append(
                Clause(begin, finish, tokens[begin].start, tokens[finish - 1].end, opener if begin and known else "")
            )
    return tuple(found) or (Clause(0, len(tokens), sentence.start, sentence.end, ""),)


def clause_at(parts: Sequence[Clause], index: int) -> Clause:
    """The clause that holds a token of the sentence, or the last one before it."""
    return next((part for part in reversed(parts) if part.first <= index), parts[0])


def negated(tokens: Sequence[Token], verb: int) -> bool:
    """Is the verb denied by a word just before it: "has not accepted", "never agreed", "refuses no ..."?"""
    for index in range(verb - 1, max(-1, verb - 5), -1):
        word = tokens[index].lower
        if word in NEGATIVES - {"without", "no"} or word.endswith(("n't", "n’t")):
            return True
        if word not in BETWEEN and word not in AUXILIARIES and not word.endswith("ly"):
            return False
    return False


def conditions(
    analysis: Analysis, sentence: Sentence, parts: Sequence[Clause], start: int, end: int
) -> Iterator[Condition]:
    """The conditions that open within a range of a sentence, in order.

    Time clauses count too ("once", "after", "until", "before"): whether one is a condition is for the caller to say, by
    its kind.
    """
    tokens = sentence.tokens
    index = 0
    while index < len(tokens):
        found = _condition_at(tokens, index) if start <= tokens[index].start < end else None
        if found is None:
            index += 1
            continue
        words, kind = found
        first = index + len(words)
        last = _condition_end(tokens, parts, first, end)
        if first < last:
            body = analysis.span(tokens[first].start, tokens[last - 1].end)
            yield Condition(kind, " ".join(words), tokens[index].start, body, _strict(tokens, index, words, kind))
        index = first


def _strict(tokens: Sequence[Token], index: int, words: Sequence[str], kind: ConditionKind) -> bool:
    if (
        (kind in ("until", "unless", "while") and words != ("while",))
        or "condition" in words
        or words[0] in ("only", "not", "provided")
    ):
        return True
    return index > 0 and tokens[index - 1].lower in ("only", "not")


def _condition_at(tokens: Sequence[Token], index: int) -> tuple[tuple[str, ...], ConditionKind] | None:
    for words, kind in _OPENERS.get(tokens[index].lower, ()):
        if tuple(token.lower for token in tokens[index : index + len(words)]) == words:
            return None if words == ("should",) and not _inverted(tokens, index) else (words, kind)
    return None


# Where clauses begin.


def _edges(analysis: Analysis, sentence: Sentence) -> frozenset[int]:
    """Offsets at which reported speech begins or has just ended.

    A quotation in the midst of a clause (called it "a trap") is no edge: only what follows the cue or a mark begins
    a clause.
    """
    found: set[int] = set()
    for attribution in analysis.attributions:
        if attribution.content and sentence.number - 1 <= attribution.sentence <= sentence.number + 1:
            start, end = attribution.content[0].start, attribution.content[-1].end
            before = analysis.text[max(0, start - 4) : start].rstrip(" \"“‘'«\n")
            if not before or not before[-1].isalnum() or before.endswith("that") or attribution.cue.end >= start - 2:
                found.add(start)
            found.add(end)
    return frozenset(found)


def _opens(tokens: Sequence[Token], index: int, edges: frozenset[int]) -> bool:
    """Does a clause begin at this token?"""
    word, before = tokens[index].lower, tokens[index - 1]
    if before.text in STOPS or tokens[index].start in edges:
        return True
    if any(before.end <= edge <= tokens[index].start for edge in edges):
        return True
    if word in SUBORDINATORS or word in ("who", "which", "whose", "whom"):
        # "within 14 days if ..." opens; "even if" opens one word earlier
        return before.lower not in ("even", "only", "as", "in", "of", "to", "by", "with", "on", "for")
    if word in ("even", "only") and index + 1 < len(tokens) and tokens[index + 1].lower in SUBORDINATORS:
        return True
    if word == "nor" and any(token.lower == "neither" for token in tokens[:index]):
        return False  # "neither X nor Y will": one subject
    if word in COORDINATORS:
        return _verb_follows(tokens, index + 1)
    if word == "that":
        return _complement(tokens, index)
    if before.text == ",":
        return word.endswith("ing") or word in ("where", "so", "then") or word in PRONOUNS or word in ("not", "saying")
    return False


def _verb_follows(tokens: Sequence[Token], index: int) -> bool:
    """After "and" or "but": does a verb or a new subject follow, so that a clause begins?"""
    for token in tokens[index : index + 3]:
        word = token.lower
        if word in AUXILIARIES or word in PRONOUNS or word in SUBORDINATORS:
            return True
        if word == "to" or word == "that" or _past(word):
            return True
        if not (word.endswith("ly") or word in BETWEEN):
            break
    ahead = [token.lower for token in tokens[index : index + 6]]
    if any(word in MODALS or word in ("has", "have", "had") for word in ahead):
        return True
    if any(left in ("is", "are", "was", "were") and right == "to" for left, right in pairwise(ahead)):
        return True
    return ahead[:1] != [] and ahead[0] in ARTICLES and any(map(_past, ahead[2:4]))


def _closes(tokens: Sequence[Token], first: int, index: int) -> bool:
    """Does a comma before a token close the dependent clause that began at `first`?

    It does where a verb comes soon after ("Hanoi, which ..., hailed", "If ..., the army will").
    """
    if tokens[index - 1].text != "," or index - first < 3:
        return False
    opener = next((token.lower for token in tokens[first:index] if token.text[0].isalnum()), "")
    if opener in COORDINATORS and first + 1 < index:
        opener = tokens[first + 1].lower
    if opener not in SUBORDINATORS | RELATIVES | DEPENDENT:
        return False
    for token in tokens[index : index + 10]:
        word = token.lower
        if word in AUXILIARIES or _past(word):
            return True
        if token.text == "," or word in COORDINATORS:
            return False
    return False


def _past(word: str) -> bool:
    return (len(word) > 4 and word.endswith("ed") and word not in ADJECTIVES) or word in IRREGULAR


def _complement(tokens: Sequence[Token], index: int) -> bool:
    """Is "that" the opener of a clause rather than a demonstrative?"""
    if index + 1 >= len(tokens):
        return False
    before, after = tokens[index - 1].lower, tokens[index + 1].lower
    return before not in PREPOSITIONS and before not in ("and", "or", "not") and after not in (",", ".", "'s", "’s")


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    while first < last and not (tokens[first].text[0].isalnum() or tokens[first].text in ("$", "€", "£", "'ll", "’ll")):
        first += 1
    while last > first and not (tokens[last - 1].text[-1].isalnum() or tokens[last - 1].text == "%"):
        last -= 1
    return first, last


# Where conditions end.


def _inverted(tokens: Sequence[Token], index: int) -> bool:
    """Is "should" the opener of a condition ("should the talks fail")?"""
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    if index == 0 or not tokens[index - 1].text[0].isalnum():
        return after not in ("be", "not", "have", "")
    return after in ARTICLES or after in ("it", "they", "he", "she", "there", "either", "any", "this", "that")


def _condition_end(tokens: Sequence[Token], parts: Sequence[Clause], first: int, end: int) -> int:
    """Where the body of a condition ends: at a comma before a new subject, or with its clause."""
    part = clause_at(parts, first)
    last = first
    for index in range(first, part.last):
        if tokens[index].start >= end or (tokens[index].text == "," and index > first):
            break
        last = index + 1
    while last > first and not tokens[last - 1].text[-1].isalnum():
        last -= 1
    return last
