"""What a noun phrase names: a person with a title, a state, a group, an office, a crowd.

It looks at one phrase by itself, with the word lists in `words/actors.toml` and the table of countries; who is who
within a report is the business of `mentions`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from peacetable import countries
from peacetable.model import ActorKind
from peacetable.reading.analysis import Token
from peacetable.reading.nounphrases import GENITIVE, Phrase

KINDS_BY_HEAD: Final[tuple[ActorKind, ...]] = (
    "government", "forces", "armed_group", "media", "civilians", "political_group", "organisation", "unnamed",
)  # fmt: skip
MALE: Final = frozenset(
    {
        "mr", "king", "prince", "sultan", "emir", "sheikh", "sheik", "imam", "father", "spokesman", "chairman",
        "fisherman", "policeman", "militiaman", "statesman", "lord", "sir", "congressman", "don", "hajj",
        "brother", "pope",
    }
)  # fmt: skip
FEMALE: Final = frozenset(
    {
        "mrs", "ms", "queen", "princess", "sister", "spokeswoman", "chairwoman", "congresswoman", "lady",
        "dame", "mother", "widow", "woman", "doña",
    }
)  # fmt: skip
#: Nouns that belong to the name they stand behind, and the kinds of those that stand before one.
BODIES: Final = frozenset({"movement", "faction", "militia", "party", "union", "alliance", "bloc", "gang", "cartel"})
INTRODUCING: Final[tuple[ActorKind, ...]] = ("media", "armed_group", "political_group", "organisation")
#: Both sides of a conflict, however they are called.
SIDES: Final = frozenset(
    {
        "side", "party", "delegation", "government", "camp", "belligerent", "adversary", "rival", "foe", "enemy",
        "country", "nation", "capital", "faction", "two",
    }
)  # fmt: skip
ONES: Final = ("someone", "somebody", "one")
#: Words that open a phrase and are no part of what it names; a possessive is one.
LEFT_OUT: Final = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "every", "each", "any", "no", "another", "what", "which",
     "whose"}
)  # fmt: skip
BESIDE: Final = frozenset({"neither", "both", "either", "all", "half"})
INDEFINITE: Final = frozenset(
    {
        "a", "an", "one", "another", "some", "several", "many", "two", "three", "four", "five", "six", "dozens",
    }
)  # fmt: skip
PLACES: Final = frozenset(
    {
        "in", "at", "near", "across", "inside", "outside", "throughout", "around", "towards", "toward", "within",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """What a phrase names.

    Attributes:
        first, last: its tokens; without an opening article, except where that is all it has.
        kind: the kind of actor; None where only the report can tell (a bare name).
        name: the proper name within it, without titles.
        short: a short name given in brackets.
        role: the words before the name, or the whole phrase where it names a person by office alone.
        head: the noun that says what it is, lower-case singular.
        country: a country that its words name.
        owner: the words of whom it belongs to ("the rebels" in "the rebels' spokesman"), as tokens.
    """

    first: int
    last: int
    kind: ActorKind | None
    name: str | None = None
    short: str | None = None
    role: str | None = None
    head: str | None = None
    country: str | None = None
    owner: tuple[int, int] | None = None
    plural: bool = False
    several: bool = False  # named one by one
    indefinite: bool = False
    definite: bool = False
    gender: str | None = None
    determiner: str = ""  # the word that opens the phrase, where it is an article or the like
    known: str | None = None  # the full name of a body known by name


def named(tokens: Sequence[Token], classes: Sequence[str], phrase: Phrase) -> Named | None:
    """What a noun phrase names, or None where it names nobody."""
    words = [token.text for token in tokens]
    first = phrase.first
    determiner = words[first].lower() if classes[first] == "DET" else ""
    if determiner in LEFT_OUT and phrase.last - first > 1:
        first += 1
    elif determiner in BESIDE and classes[first + 1] == "DET" and phrase.last - first > 2:
        first, determiner = first + 2, words[first + 1].lower()  # "neither the government"
    elif determiner in ("neither", "both", "either") and classes[first + 1] == "PROPN":
        first += 1
    if phrase.several:
        head = singular(words[phrase.head])
        return Named(first, phrase.last, "unnamed", head=head, plural=True, several=True, determiner=determiner)
    owner, body = _owner(words, first, phrase)
    found = (
        _known_body(words, first, phrase)
        or _person(words, classes, first, body, phrase)
        or _introduced(words, classes, first, phrase)
        or _named_group(words, classes, first, body, phrase)
        or _by_head(words, classes, first, body, phrase)
        or _bare_name(words, classes, first, body, phrase)
    )
    if found is None:
        return None
    made: dict[str, Any] = {"owner": owner} if owner and found.owner is None else {}
    made["determiner"] = determiner
    indefinite = determiner in INDEFINITE or (not determiner and found.plural and found.name is None)
    country = found.country or _country(words, phrase)
    return replace(found, indefinite=indefinite, definite=determiner == "the", country=country, **made)


def seat_of(text: str) -> str | None:
    """The code of the country whose palace or office a text names, as "The White House"."""
    return next((code for name, code in _seats().items() if name in text), None)


def seat(text: str) -> str | None:
    """The code of the country whose palace or office a name is."""
    return _seats().get(text)


def international(text: str) -> str | None:
    """The full name of an international body, by any of its names."""
    return _international().get(text)


def _owner(words: Sequence[str], first: int, phrase: Phrase) -> tuple[tuple[int, int] | None, int]:
    """Whom the phrase belongs to, by its last genitive, and where its own part begins."""
    for index in range(phrase.core - 1, first, -1):
        if words[index] in GENITIVE or words[index] in ("'", "’"):
            return (first, index), index + 1
    return None, first


def _known_body(words: Sequence[str], first: int, phrase: Phrase) -> Named | None:
    for last in (phrase.last, phrase.core):
        text = _joined(words, first, last)
        if text.isupper() and len(text) > 4 and last - first == 1:
            text = text.title()  # a dateline
        if text in _seats():
            return Named(first, last, "state", name=text, country=_seats()[text], head="government")
        if text in _international():
            return Named(first, last, "organisation", name=text, known=_international()[text], head="organisation")
        if text in _world_media():
            return Named(first, last, "media", name=text, head="agency")
        country = countries.by_name(text)
        if country:
            return Named(first, last, "state", name=text, country=country.code, head="state")
        country = countries.by_capital(text)
        if country:
            return Named(first, last, "state", name=text, country=country.code, head="capital")
        country = countries.by_people(text)
        if country:
            return Named(first, last, "civilians", name=None, country=country.code, head="people", plural=True)
    return None


def _person(words: Sequence[str], classes: Sequence[str], first: int, body: int, phrase: Phrase) -> Named | None:
    """A title with a name, or an office alone."""
    titles = lexicon("person")
    last = phrase.core
    run = _name_run(classes, body, last)
    office = max((i for i in range(run, last) if singular(words[i]) in titles), default=run - 1)
    if run <= office < last - 1:  # "President Jane Roe": a title in capitals
        return _titled(words, first, office + 1, last, phrase)
    before = singular(words[run - 1]) if run > body else ""
    if run < last and before in titles and office < run:  # "the spokesman Jane Roe"
        return _titled(words, first, run, last, phrase)
    head = singular(words[phrase.head])
    if head not in titles:
        return None
    if phrase.last > phrase.core:
        at = _name_behind(words, classes, phrase.core + 1, phrase.last)
        if at is not None:
            return _titled(words, first, at, phrase.last, phrase)
    if head == words[phrase.head].lower():
        role = _joined(words, first, phrase.last)
        kind: ActorKind = "person"
        return Named(first, phrase.last, kind, role=role, head=head, gender=_gender([head]), owner=_of(words, phrase))
    return None


def _name_behind(words: Sequence[str], classes: Sequence[str], at: int, last: int) -> int | None:
    """Where a name begins that stands behind a title: "Secretary of State Jane Roe", "envoy to Amara Jane Roe"."""
    if all(word in _departments() for word in words[at:last]):
        return None
    begin = at
    while begin < last and words[begin] in _departments():
        begin += 1
    while begin > at and words[begin - 1].islower():
        begin -= 1  # "of the Roe": what follows a small word is no name of the holder
    run = _name_run(classes, begin, last)
    if begin < run < last and words[run].isupper() and len(words[run]) > 1:  # "of the KLF Jane Roe"
        run += 1
        least = 2
    elif begin < run < last:  # "of the opposition detachments Jane Roe"
        least = 2 if classes[run - 1] == "NOUN" else last
    else:
        size = next((n for n in (3, 2, 1) if countries.by_name(" ".join(words[begin : begin + n]))), 0)
        run = begin + size
        least = 1 if size else 2 if begin > at and words[begin - 1][0].isupper() else last
    name = words[run:last]
    if len(name) < least or not name or any(upos != "PROPN" for upos in classes[run:last]):
        return None
    return None if _group_kind(name) or singular(name[0]) in lexicon("person") else run


def _titled(words: Sequence[str], first: int, name: int, last: int, phrase: Phrase) -> Named:
    role_words = [singular(word) for word in words[first:name]]
    return Named(
        first, max(last, phrase.core), "person",
        name=_joined(words, name, last),
        role=_joined(words, first, name) or None,
        head=next((word for word in reversed(role_words) if word in lexicon("person")), None),
        gender=_gender(role_words), owner=(phrase.core + 1, name) if name > phrase.core + 1 else None,
    )  # fmt: skip


def _of(words: Sequence[str], phrase: Phrase) -> tuple[int, int] | None:
    return (phrase.core + 1, phrase.last) if phrase.last > phrase.core + 1 else None


def _introduced(words: Sequence[str], classes: Sequence[str], first: int, phrase: Phrase) -> Named | None:
    """A name behind the noun that says what it is: "the newspaper Al-Safir", "rebel group Ansar al-Janub"."""
    run = _name_run(classes, first, phrase.core)
    if not first < run < phrase.core or classes[run - 1] != "NOUN" or singular(words[run]) in _every_head():
        return None
    head, before = singular(words[run - 1]), [word.lower() for word in words[first:run]]
    kind: ActorKind | None = next((kind for kind in INTRODUCING if head in lexicon(kind)), None)
    if kind is None or head != words[run - 1].lower():
        return None
    if head == "agency" and "news" in before:
        kind = "media"
    elif kind != "media" and any(word.partition("-")[0] in _arms() for word in before):
        kind = "armed_group"
    short = words[phrase.last - 2] if words[phrase.last - 1] == ")" else None
    return Named(first, phrase.last, kind, name=_joined(words, run, phrase.core), short=short, head=head)


def _named_group(words: Sequence[str], classes: Sequence[str], first: int, body: int, phrase: Phrase) -> Named | None:
    """A party, movement or body by its name: capitals with a word that says what it is."""
    run = _name_run(classes, body, phrase.core, adjectives=True)
    if run >= phrase.core:
        return None
    short, last = None, phrase.last
    if words[phrase.last - 1] == ")" and phrase.last - 3 >= run:
        short, last = words[phrase.last - 2], phrase.last - 3
    kind = _group_kind(words[run : phrase.core])
    if kind is None:
        return None
    if phrase.core - run == 1 and last <= phrase.core:  # "the Front": a part of a name, for the report to tell
        if words[run].islower() or singular(words[run]) in _every_head():
            return None
        return Named(body, phrase.core, kind, name=words[run], head=words[run].lower(), short=short)
    begin = first if body > first else body
    return Named(
        begin, phrase.last, kind, name=_joined(words, run, last), short=short, head=words[phrase.core - 1].lower()
    )


def _group_kind(name: Sequence[str]) -> ActorKind | None:
    groups = _groups()
    if "Liberation" in name or "Resistance" in name or "Revolutionary" in name:
        return "armed_group"
    for word in reversed(name):
        for kind in ("media", "government", "organisation", "political_group", "forces", "armed_group"):
            if word in groups[kind] and word[:1].isupper():
                if kind == "media" and len(name) == 1:
                    continue
                return kind
    return None


def _by_head(words: Sequence[str], classes: Sequence[str], first: int, body: int, phrase: Phrase) -> Named | None:
    """A group or an office by its common noun: "the Velkarian government", "residents of the port"."""
    word = words[phrase.head]
    head = singular(word)
    if head == "board" and first == phrase.first and phrase.last - first == 1:
        return None  # "on board"
    if head == "party" and not any(word.lower() in _political() for word in words[first : phrase.head]):
        side = words[phrase.first].lower() in ("either", "each", "neither", "other", "no")
        if word.lower() != head or side:
            return Named(first, phrase.last, "unnamed", head=head, plural=True, owner=_of(words, phrase))
    numeral = words[phrase.first].lower() in ("both", "two", "all") or words[first].lower() in ("two", "three")
    if head in ("two", "three") or (numeral and word.lower() != head and head in SIDES):
        return Named(first, phrase.last, "unnamed", head=head, plural=True)
    for kind in ("media", *KINDS_BY_HEAD) if head == "agency" and "news" in words else KINDS_BY_HEAD:
        if (kind == "media" and head == "agency") or head in lexicon(kind) or word.lower() in lexicon(kind):
            plural = word.lower() != head or head in ("people", "police", "mujahideen")
            last = phrase.last
            short = words[last - 2] if words[last - 1] == ")" else None
            owner = _of(words, phrase) if short is None else None
            name = None
            proper = classes[body] == "PROPN"
            if kind in ("media", "organisation"):
                name = _joined(words, body, phrase.core) if proper else None
            elif kind in ("armed_group", "political_group") and proper and head in BODIES:
                name = _joined(words, body, phrase.core)  # "the Ansar Tihama movement"
            return Named(first, last, kind, name=name, short=short, head=head, plural=plural, owner=owner)
    if head in lexicon("person") and word.lower() != head:  # several of them
        return Named(first, phrase.last, "unnamed", head=head, plural=True, owner=_of(words, phrase))
    return None


def _bare_name(words: Sequence[str], classes: Sequence[str], first: int, body: int, phrase: Phrase) -> Named | None:
    """Capitals with nothing that says what they are: only the report can tell."""
    run = _name_run(classes, body, phrase.core)
    if run >= phrase.core or run > body or words[run] in ("Jr", "Jr.", "Sr", "II", "III"):
        return None
    last, short = phrase.core, None
    if words[phrase.last - 1] == ")":
        short, last = words[phrase.last - 2], phrase.last
    return Named(run, last, None, name=_joined(words, run, phrase.core), short=short)


def _name_run(classes: Sequence[str], first: int, last: int, *, adjectives: bool = False) -> int:
    """Where the run of capitals at the end of a range begins."""
    wanted = ("PROPN", "ADJ", "NUM") if adjectives else ("PROPN",)
    at = last
    while at > first and classes[at - 1] in wanted:
        at -= 1
    while adjectives and at < last and classes[at] != "PROPN":
        at += 1
    return at


def _country(words: Sequence[str], phrase: Phrase) -> str | None:
    """The country that the words of a phrase name, if any."""
    behind = range(phrase.core, phrase.last)
    last = next((i for i in behind if words[i] in ("for", "to", "on")), phrase.last)  # "envoy to Amara" says no country
    for index in range(phrase.first, last):
        for size in (3, 2, 1):
            text = " ".join(words[index : min(index + size, last)])
            found = countries.by_adjective(text) or countries.by_name(text) if text[:1].isupper() else None
            if found:
                return found.code
    return None


def _gender(words: Sequence[str]) -> str | None:
    if any(word in FEMALE for word in words):
        return "f"
    return "m" if any(word in MALE for word in words) else None


def _joined(words: Sequence[str], first: int, last: int) -> str:
    text = " ".join(words[first:last])
    for mark in (*GENITIVE, "'", "’", ")", ","):
        text = text.replace(f" {mark}", mark)
    return text.replace("( ", "(").strip()


def singular(word: str) -> str:
    """A noun in lower case and singular, without the stop of an abbreviation."""
    lower = word.lower().rstrip(".")
    if lower in _every_head():
        return lower
    if "-" in lower:  # "Lt-Col", "press-secretary", "president-elect"
        if lower.replace("-", "") in lexicon("person"):
            return lower.replace("-", "")
        parts = lower.split("-")
        title = parts[0] if parts[-1] in ("elect", "designate") else parts[-1]
        if title in lexicon("person"):
            return title
    if lower.endswith("men"):
        return f"{lower[:-3]}man"
    if lower.endswith("ies"):
        return f"{lower[:-3]}y"
    return lower[:-1] if lower.endswith("s") and not lower.endswith("ss") else lower


@cache
def _lists() -> Mapping[str, Any]:
    text = files("peacetable.reading").joinpath("words", "actors.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text))


@cache
def lexicon(kind: str) -> frozenset[str]:
    """The common nouns of a kind of actor."""
    return frozenset(_lists()[kind]["words"].split())


@cache
def _every_head() -> frozenset[str]:
    return frozenset().union(*(lexicon(kind) for kind in ("person", *KINDS_BY_HEAD)))


@cache
def _groups() -> Mapping[str, frozenset[str]]:
    return MappingProxyType(
        {kind: frozenset(text.split()) for kind, text in _lists()["group_names"].items() if kind != "note"}
    )


@cache
def _arms() -> frozenset[str]:
    return frozenset(_lists()["arms"]["words"].split())


@cache
def _political() -> frozenset[str]:
    return frozenset(_lists()["political"]["words"].split())


@cache
def _departments() -> frozenset[str]:
    return frozenset(_lists()["departments"]["words"].split())


@cache
def _seats() -> Mapping[str, str]:
    return MappingProxyType({name: code for name, code in _lists()["seats"].items() if name != "note"})


@cache
def _international() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for full, short in _lists()["international"].items():
        if full != "note":
            names.update(dict.fromkeys((full, *short), full))
    return MappingProxyType(names)


@cache
def _world_media() -> frozenset[str]:
    return frozenset(_lists()["world_media"]["names"])
