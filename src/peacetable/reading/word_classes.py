"""Word classes of a sentence's tokens by rule: what reading falls back on where there is no trained model.

`Rules` knows word classes only, from lists of closed classes, endings, capitals and the words beside; heads, relations
and lemmas stay None, because a parser built by hand would only have to be thrown away. Readers must work with heads
that are None.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Protocol

from peacetable import countries
from peacetable.reading.analysis import Sentence, Token


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of one token.

    Attributes:
        upos: the word class in the names of Universal Dependencies.
        head: the number of the token that it depends on, within the sentence; -1 for the root; None while unknown.
        relation: the dependency relation, or None while unknown.
        lemma: the form that a dictionary lists, or None while unknown.
    """

    upos: str
    head: int | None = None
    relation: str | None = None
    lemma: str | None = None


class Annotator(Protocol):
    """Whatever tells the classes of a sentence's words."""

    def annotate(self, sentence: Sentence) -> tuple[Word, ...]:
        """One `Word` for each token of a sentence."""


class Rules:
    """Word classes by closed lists, endings, capitals and neighbours."""

    def annotate(self, sentence: Sentence) -> tuple[Word, ...]:
        """One `Word` for each token; see `Word`."""
        return tuple(WORDS[upos] for upos in classes_of(sentence.tokens))


UPOS: Final = ("ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
               "SYM", "VERB", "X")  # fmt: skip
WORDS: Final[Mapping[str, Word]] = MappingProxyType({upos: Word(upos) for upos in UPOS})

ADJECTIVE: Final = ("ous", "ful", "ive", "able", "ible", "less", "ish", "ic", "al", "ary", "ian", "ese", "led",
                    "backed")  # fmt: skip
NOMINAL: Final = ("tion", "sion", "ment", "ness", "ity", "ship", "ance", "ence", "ist", "ists", "ism", "er", "ers",
                  "or", "ors", "man", "men", "woman", "women", "ure", "age", "dom", "hood")  # fmt: skip
NOT_PAST: Final = frozenset({"united", "red", "armed", "so-called"})
SUBJECTS: Final = frozenset(
    {
        "i", "you", "he", "she", "it", "we", "they", "who", "which", "that",
    }
)  # fmt: skip
INFINITIVE: Final = frozenset(
    {
        "to", "will", "would", "shall", "should", "can", "could", "may", "might", "must", "cannot", "can't",
        "won't", "wouldn't", "do", "does", "did", "don't", "doesn't", "didn't", "couldn't", "shouldn't",
        "can’t", "won’t", "wouldn’t", "don’t", "doesn’t", "didn’t", "couldn’t", "shouldn’t", "not", "n't",
    }
)  # fmt: skip
BE: Final = frozenset(
    {
        "is", "are", "was", "were", "be", "been", "being", "am", "has", "have", "had", "having", "isn't",
        "aren't", "wasn't", "weren't", "hasn't", "haven't", "hadn't", "isn’t", "aren’t", "wasn’t", "weren’t",
        "hasn’t", "haven’t", "hadn’t",
    }
)  # fmt: skip
MODAL: Final = frozenset(
    {
        "will", "would", "shall", "should", "can", "could", "may", "might", "must", "cannot",
    }
)  # fmt: skip
PARTICLES: Final = frozenset(
    {
        "bin", "ibn", "abu", "al", "el", "de", "del", "della", "da", "dos", "du", "van", "von", "der", "den",
        "la", "le", "ben", "y", "e", "ould",
    }
)  # fmt: skip
#: Nouns for people and bodies that are verbs behind "to" and "helped".
DOING: Final = frozenset(
    {
        "host", "broker", "head", "chair", "lead", "monitor", "staff", "man", "guard", "rebel", "board", "fund",
        "police", "bank", "state", "partner", "ally", "free", "panel", "rival",
    }
)  # fmt: skip
#: "al-Harthy", "ag-Intalla": small letters before a name.
PREFIXED: Final = re.compile(r"(?:al|el|ag|ibn|bin|ash|as|at|an|ar|ad|az|ul|ait|ould|bou|bu)[-‐‑][A-Z]")
OFTEN_NOUN: Final = frozenset(
    {
        "claim", "demand", "call", "report", "offer", "fear", "hope", "doubt", "promise", "request", "order",
        "charge", "estimate", "forecast", "threat", "state", "note", "account", "guarantee", "pledge",
        "complaint", "wish", "vow", "blame", "answer", "comment", "question", "protest", "alert", "command",
        "appeal", "dispute", "lament", "count", "signal", "hint", "record", "urge", "remark", "alarm",
        "relate", "judge", "regret", "mention", "shout", "cry",
    }
)  # fmt: skip
#: Nouns for people that also stand before other nouns.
EITHER: Final = frozenset(
    {"chief", "official", "rebel", "military", "deputy", "civilian", "opposition", "rival", "local", "private", "prime"}
)
AFTER_VERB: Final = frozenset(
    {
        "DET", "PRON", "ADP", "SCONJ", "PROPN", "ADV", "AUX", "NUM",
    }
)  # fmt: skip


def classes_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The class of each token of a sentence."""
    known, verbs = _known(), verb_forms()
    lowers = [token.text.lower() for token in tokens]
    classes: list[str] = []
    for index, token in enumerate(tokens):
        text, lower = token.text, lowers[index]
        before = classes[-1] if classes else ""
        following = lowers[index + 1] if index + 1 < len(tokens) else ""
        given = known.get(lower)
        if not text[0].isalnum():
            classes.append("PART" if lower in ("'s", "’s") else "PUNCT" if text[0] not in "$€£%+=" else "SYM")
        elif text[0].isdigit():
            classes.append("NUM")
        elif text.isupper() and len(text) > 3 and lower in verbs and index < 4:
            classes.append("VERB")
        elif text[0].isupper() and _name(tokens, index, classes, given):
            classes.append("PROPN")
        elif text[0].isupper() and countries.by_adjective(text):
            classes.append("ADJ" if _nominal_follows(tokens, index, known) else "PROPN")
        elif given == "DET" and lower == "that":
            classes.append(_that(before, following, known))
        elif lower == "one" and (following not in known or known[following] in ("NOUN", "ADJ")) and following.isalpha():
            classes.append("NUM")
        elif lower in DOING and _done(lowers[index - 1] if index else "", tokens, index, known):
            classes.append("VERB")
        elif lower == "which" and following in known and known[following] in ("DET", "PRON", "AUX", "VERB", "ADV"):
            classes.append("PRON")
        elif given == "DET" and lower in ("which", "both", "all", "some", "many", "several", "few", "most", "others"):
            verbal = following in verbs or known.get(following) in ("AUX", "VERB", "ADV")
            classes.append("PRON" if verbal or following in (",", ".", "of") else "DET")
        elif PREFIXED.match(text) or (text in PARTICLES and before == "PROPN" and _particle(text, tokens, index)):
            classes.append("PROPN")
        elif given is not None and given not in ("VERB", "NOUN", "ADJ"):
            classes.append("NOUN" if given == "TIME" else given)
        elif lower in verbs or given == "VERB" or (lower.endswith("ed") and len(lower) > 4 and lower not in NOT_PAST):
            capital = index + 1 < len(tokens) and tokens[index + 1].text[:1].isupper()
            classes.append(_verb_or_noun(lower, index, lowers, classes, known, capital=capital))
        elif given == "ADJ" and lower in EITHER and not _modifies(tokens, index, known):
            classes.append("NOUN")
        elif given is not None:
            classes.append(given)
        else:
            lone = lowers[index - 1] if index else ""
            if (lone in SUBJECTS and before == "PRON") or lone in MODAL:
                classes.append("VERB")
            elif before == "PROPN" and _particle(text, tokens, index):
                classes.append("PROPN")
            elif _third_person(lower, lowers, index, before, known):
                classes.append("VERB")
            else:
                classes.append(_by_ending(lower, before))
    return tuple(classes)


def _name(tokens: Sequence[Token], index: int, classes: Sequence[str], given: str | None) -> bool:
    """Is a capitalised token part of a name?"""
    text = tokens[index].text
    if len(text) == 1 and text in "AI" and not (index + 1 < len(tokens) and tokens[index + 1].text == "."):
        return False
    if given == "TIME" or countries.by_adjective(text):
        return False
    opening = index == 0 or tokens[index - 1].text in ('"', "“", "‘", "'", ":", "(", "[", "—", "–", "-", "•", "*")
    if not opening:
        return given not in ("PRON", "DET", "AUX", "CCONJ") or (text.isupper() and len(text) > 1)
    if given in ("DET", "PRON", "ADP", "AUX", "CCONJ", "SCONJ", "ADV", "PART", "NUM", "VERB"):
        return False
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if given in ("ADJ", "NOUN"):
        return following[:1].isupper()
    lower = text.lower()
    plain = (
        lower in verb_forms()
        or lower.endswith(("ing", "ed", "ly", *NOMINAL))
        or (lower.endswith("s") and not following[:1].isupper() and following not in ("'s", "’s", ","))
    )
    return not plain or (following[:1].isupper() and following.lower() not in _known())


def _particle(text: str, tokens: Sequence[Token], index: int) -> bool:
    """ "al-Zabidi", "van der": small letters within a name."""
    if "-" in text and text.rpartition("-")[2][:1].isupper():
        return True
    following = tokens[index + 1].text if index + 1 < len(tokens) else ""
    return text in PARTICLES and (following[:1].isupper() or following in PARTICLES)


def _done(before: str, tokens: Sequence[Token], index: int, known: Mapping[str, str]) -> bool:
    """ "To host the talks", "helped broker a truce": somebody does it to something."""
    if before not in ("to", "help", "helped", "helps") and before not in MODAL:
        return False
    following = tokens[index + 1].text if index + 1 < len(tokens) else "."
    return following[:1].isupper() or known.get(following) in ("DET", "PRON", "NUM") or before in MODAL


def _nominal_follows(tokens: Sequence[Token], index: int, known: Mapping[str, str]) -> bool:
    following = tokens[index + 1].text if index + 1 < len(tokens) else "."
    lower = following.lower()
    if not following[0].isalpha() or (lower in verb_forms() and lower not in ("forces", "force", "claims", "demands")):
        return False
    return known.get(lower, "NOUN") in ("NOUN", "ADJ")


def _modifies(tokens: Sequence[Token], index: int, known: Mapping[str, str]) -> bool:
    """Does a noun follow, in small letters, that a word may stand before?"""
    following = tokens[index + 1].text if index + 1 < len(tokens) else "."
    if (not following.isalpha() and "-" not in following) or following in verb_forms():
        return False
    return following.islower() and known.get(following, "NOUN") in ("NOUN", "ADJ")


def _that(before: str, following: str, known: Mapping[str, str]) -> str:
    if before in ("NOUN", "PROPN") and known.get(following) in ("AUX", "VERB"):
        return "PRON"
    return "SCONJ"


def _verb_or_noun(
    lower: str, index: int, lowers: Sequence[str], classes: Sequence[str], known: Mapping[str, str], *, capital: bool
) -> str:
    """A word that may be a verb: what stands before it, and after it, decides."""
    back = index - 1
    while back >= 0 and classes[back] == "ADV":
        back -= 1
    before, word = (classes[back], lowers[back]) if back >= 0 else ("", "")
    following = lowers[index + 1] if index + 1 < len(lowers) else ""
    after = known.get(following, "PUNCT" if not following[:1].isalnum() else "NOUN")
    after = "PROPN" if capital else after
    verbal = AFTER_VERB if lower.rstrip("s") in OFTEN_NOUN or lower in OFTEN_NOUN else AFTER_VERB | {"NOUN", "ADJ"}
    past = lower.endswith("ed") or known.get(lower) == "VERB"
    if (word in INFINITIVE or word in BE or word in SUBJECTS) and not (word == "that" and before == "DET"):
        return "VERB"
    if lower.endswith("ing"):
        return "NOUN" if before in ("DET", "ADJ", "NUM") or word in ("'s", "’s") else "VERB"
    if before in ("DET", "ADJ", "NUM", "ADP") or (before == "PART" and word not in ("not", "n't")):
        if past:
            return "ADJ" if after in ("NOUN", "ADJ") or before in ("DET", "ADP") else "VERB"
        return "NOUN"
    if past:
        return "VERB"
    if lower.endswith("s"):  # "the army claims that": a verb after a singular; "army claims": a noun
        if before in ("NOUN", "PROPN", "PRON", "PUNCT", "CCONJ", "VERB", ""):
            marked = following in ('"', "“", "'", "‘", ",", ":") and before != ""
            undertakes = following in ("not", "to") and before in ("NOUN", "PROPN")  # "the Front promises not to"
            return "VERB" if after in verbal or marked or undertakes else "NOUN"
        return "NOUN"
    plural = word.endswith(("s", "men", "women")) or word in (
        "people",
        "children",
        "both",
        "many",
        "some",
        "few",
        "others",
        "police",
        "men",
        "women",
        "sides",
        "i",
        "you",
    )
    if plural and (after in verbal or following in ('"', "“", ",", ".", "\n")):
        return "VERB"
    if before == "CCONJ":
        return "VERB" if after in AFTER_VERB else "NOUN"
    return "NOUN"


def _third_person(lower: str, lowers: Sequence[str], index: int, before: str, known: Mapping[str, str]) -> bool:
    """ "Karvenia hosts the talks": an -s between a singular and the beginning of another phrase."""
    if not lower.endswith("s") or lower.endswith(("ss", "us", "is")) or before not in ("NOUN", "PROPN"):
        return False
    following = lowers[index + 1] if index + 1 < len(lowers) else ""
    return not lowers[index - 1].endswith("s") and known.get(following) in ("DET", "PRON")


def _by_ending(lower: str, before: str) -> str:
    if lower.endswith("ly"):
        return "ADV"
    if lower.endswith(NOMINAL):
        return "NOUN"
    if lower.endswith(ADJECTIVE):
        return "ADJ"
    if lower.endswith("ing"):
        return "NOUN" if before in ("DET", "ADJ", "NUM") else "VERB"
    return "NOUN"


@cache
def verb_forms() -> frozenset[str]:
    """Every form of the verbs of the attribution list: the ones that must be told from nouns."""
    from peacetable.reading import cues

    entries = (entry for found in cues.cue_list("attribution").by_first.values() for entry in found)
    return frozenset(entry.words[0] for entry in entries if entry.form in ("base", "present", "past", "participle"))


@cache
def _known() -> Mapping[str, str]:
    text = files("peacetable.reading").joinpath("words", "wordclasses.toml").read_text("utf-8")
    groups = tomllib.loads(text)
    classes: dict[str, str] = {}
    for upos, group in groups.items():
        for word in group["words"].split():
            classes.setdefault(word, upos)
    return MappingProxyType(classes)
