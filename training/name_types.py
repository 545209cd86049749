"""How the data sets' types of names become ours, as sets where a data set tells less than we do.

What the sets mean, and what was decided:

- A name is the name proper: no article ("the"), no title or office ("President", "Mr."), no apposition or clause. Only
  8 of the 966 names of Universal NER's EWT dev part begin with "the", and its persons carry no titles, so the names
  here do neither. A title before a person's name, or alone with a capital, is a name of type "title" of its own.
- A name whose set is empty is not known to be a name: its words teach nothing.
- GUM says organization for companies, states and armed groups alike, and place for states, cities and buildings; the
  set keeps all that are possible. GUM's objects and abstracts with a proper noun as head (buildings, laws, works,
  offices) are not known, times are no names.
- A name that is the usual name of a country is a state, wherever a set allows it. Of other places, those whose last
  word is that of a building or road are facilities and the rest places; other bodies may be a state only if their
  words are those of a government's.
- Words on which two types are marked (re3d marks "the United States" as organisation and as location) may have either.
- Nationality is a people or its adjective, religious and ethnic ones included, as in re3d. In GUM it is told by the
  word; words that only look like one are not known. Universal NER leaves them
  out, with some exceptions ("Americans" as LOC).
- CrossNER's misc mixes nationalities, treaties, awards and works: not known. CoreNLP's MISC likewise.
- Of the types that a data set marks, words outside its names are none; for the other types they teach nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from peacetable import countries

Types = frozenset[str]

UNKNOWN: Final[Types] = frozenset()
BODY: Final = frozenset({"organisation", "group", "state"})
PLACE: Final = frozenset({"state", "place", "facility"})

#: GUM's types; those not listed are no names.
GUM: Final[Mapping[str, Types]] = {
    "person": frozenset({"person"}),
    "organization": BODY,
    "place": PLACE,
    "event": frozenset({"event"}),
    "object": UNKNOWN,
    "abstract": UNKNOWN,
}
UNER: Final[Mapping[str, Types]] = {"PER": frozenset({"person"}), "ORG": BODY, "LOC": PLACE}
CROSSNER: Final[Mapping[str, Types]] = {
    "politician": frozenset({"person"}),
    "person": frozenset({"person"}),
    "politicalparty": frozenset({"group"}),
    "organisation": BODY,
    "country": frozenset({"state"}),
    "location": frozenset({"place", "facility"}),
    "event": frozenset({"event"}),
    "election": frozenset({"event"}),
    "misc": UNKNOWN,
}
CORENLP: Final[Mapping[str, Types]] = {
    "PERSON": frozenset({"person"}),
    "ORGANIZATION": BODY,
    "LOCATION": PLACE,
    "MISC": UNKNOWN,
}
RE3D: Final[Mapping[str, Types]] = {
    "Person": frozenset({"person"}),
    "Organisation": BODY,
    "Location": PLACE,
    "Nationality": frozenset({"nationality"}),
}
#: The kinds of actors of the findings scheme; civilians and unnamed ones have no names.
ACTORS: Final[Mapping[str, Types]] = {
    "person": frozenset({"person"}),
    "state": frozenset({"state"}),
    "government": frozenset({"state"}),
    "armed_group": frozenset({"group"}),
    "political_group": frozenset({"group"}),
    "forces": frozenset({"group"}),
    "organisation": frozenset({"organisation"}),
    "media": frozenset({"organisation"}),
}

#: The types of which a data set marks every instance. GUM and re3d mark titles only as persons, so "title" is there.
MARKED: Final[Mapping[str, Types]] = {
    "gum": frozenset(
        {"person", "organisation", "group", "state", "place", "facility", "event", "title", "nationality"}
    ),
    "uner_ewt": frozenset({"person", "organisation", "group", "state", "place", "facility"}),
    "crossner_politics": frozenset({"person", "organisation", "group", "state", "place", "facility", "event"}),
    "polnear": frozenset({"person", "organisation", "group", "state", "place", "facility"}),
    "re3d": frozenset({"person", "organisation", "group", "state", "place", "facility", "nationality"}),
    "findings": frozenset({"person", "organisation", "group", "state"}),
}

#: Bodies of a state that the findings scheme counts as the state itself ("ministries, embassies and palaces").
STATE_BODY: Final = re.compile(
    r"\b(?:Ministry|Department|Government|Cabinet|Embassy|Office|Council|Parliament|Assembly|Senate|Congress|Court|"
    r"Presidency|Palace|House|Administration|Commission|Authority|Agency|Secretariat|Committee|Delegation)\b"
)
#: Words of what is built; a name that ends with one is a facility's.
FACILITY: Final = re.compile(
    r"\b(?:Airport|Airfield|Air Base|Airbase|Base|Barracks|Camp|Prison|Jail|Hospital|Clinic|School|University|College|"
    r"Bridge|Dam|Port|Harbou?r|Terminal|Station|Stadium|Hotel|Palace|Mosque|Church|Cathedral|Temple|Museum|Library|"
    r"Plant|Refinery|Mine|Tunnel|Tower|Hall|Theat(?:er|re)|Cent(?:er|re)|Building|Market|Mall|Restaurant|Highway|Road|"
    r"Street|Avenue|Boulevard|Square|Crossing|Checkpoint|Headquarters|Compound|Depot|Arena|Fort|Castle|Cemetery)$"
)
#: States of that name are also something else as often.
AMBIGUOUS: Final = frozenset({"Georgia"})
#: Peoples and faiths without a state of that name, as adjectives and in the singular.
PEOPLES: Final = frozenset(
    {
        "Arab", "Kurd", "Kurdish", "Muslim", "Moslem", "Christian", "Jew", "Jewish", "Islamic", "Sunni", "Shia",
        "Shi'a", "Shiite", "Hindu", "Buddhist", "Sikh", "Catholic", "Protestant", "Maronite", "Druze", "Alawite",
        "Yazidi", "Yezidi", "Coptic", "Copt", "European", "African", "Asian", "Palestinian", "Soviet", "Slavic", "Slav",
        "Tamil", "Tatar", "Hutu", "Tutsi", "Persian", "Ottoman", "Roman", "Latino", "Hispanic", "Scottish", "Welsh",
        "English", "Uighur", "Uyghur", "Rohingya", "Pashtun", "Hazara", "Tajik", "Uzbek", "Turkmen", "Serb", "Croat",
        "Bosniak", "Chechen", "Berber", "Tuareg", "Amazigh", "Basque", "Catalan", "Corsican", "Tibetan", "Kashmiri",
        "Sahrawi", "Fulani", "Oromo", "Amhara", "Tigrayan", "Dinka", "Nuer", "Maori", "Mayan", "Arabic", "Turkic",
    }
)  # fmt: skip
#: How adjectives and names of peoples may end ("Syrian", "Congolese", "Kurdish"), as other words do ("Guardian").
PEOPLE_LIKE: Final = re.compile(r"[A-Z]\w+(?:ian|ean|[^c]an|ese|ish|[^ai]i|ch|[nrtv]ic)s?")


def settled(types: Types, words: Sequence[str]) -> Types:
    """The types of a name, given its words.

    A country's usual name is a state; another place is a facility if its words say so, and a plain place if not;
    another body is a state only if its words are those of a government's. A type that is always one of several would
    be learned as whatever is left over.
    """
    name = " ".join(words)
    if "state" in types and name not in AMBIGUOUS and countries.by_name(name) is not None:
        return frozenset({"state"})
    if types == {"state"} and STATE_BODY.search(name):
        return types | {"organisation"}
    if types == PLACE:
        return frozenset({"facility" if FACILITY.search(name) else "place"})
    if types == BODY and not STATE_BODY.search(name):
        return types - {"state"}
    return types


def is_people(word: str) -> bool:
    """Is a word the adjective or the plural of a people or a faith, and no country's name?"""
    if countries.by_name(word) is not None or word.isupper():
        return False
    known = countries.by_adjective(word) or countries.by_people(word) or countries.by_adjective(word.removesuffix("s"))
    return bool(known and word.isalpha()) or word.removesuffix("s") in PEOPLES


def may_be_people(word: str) -> bool:
    """Does a word look like the adjective or the plural of a people, known or not?"""
    return is_people(word) or PEOPLE_LIKE.fullmatch(word) is not None


def either(one: Types, other: Types, words: Sequence[str]) -> Types:
    """The types of words that are marked twice: either is possible, but for a country."""
    return settled(one | other, words) if one and other else UNKNOWN
