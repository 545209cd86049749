"""Codes and values -> words: the only place that writes prose, so that every view says the same thing the same way.

What a report claims is never worded as a fact, and a date is never worded more exactly than it is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from string import Formatter
from types import MappingProxyType
from typing import Final

from peacetable import edtf
from peacetable.errors import DateError
from peacetable.ledger import Act, Claim, Duty, Reason, View, bound_words, graded, reviewed
from peacetable.model import ActorId, Commitment, Count, Figure, Incident, Report, When

#: From an actor's id to the name to show; None where there is no such actor.
Namer = Callable[[ActorId | None], str | None]

NOBODY: Final = "somebody (not named)"
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS: Final = MappingProxyType({21: "spring", 22: "summer", 23: "autumn", 24: "winter"})

# Words for the values of the scheme; a value that is missing here is its own words, its underscores made spaces.

KIND_WORDS: Final = MappingProxyType(
    {
        "statements": ("statement", "statements"),
        "positions": ("position", "positions"),
        "agreements": ("agreement", "agreements"),
        "commitments": ("commitment", "commitments"),
        "proposals": ("proposal", "proposals"),
        "talks": ("round of talks", "rounds of talks"),
        "incidents": ("incident", "incidents"),
        "figures": ("figure", "figures"),
        "expectations": ("expectation", "expectations"),
    }
)
STANCE_WORDS: Final = MappingProxyType({"conditional": "makes conditional", "undecided": "is undecided on"})
MODALITY_WORDS: Final = MappingProxyType({"must": "must", "must_not": "must not", "may": "may"})
HEADLINE_WORDS: Final = MappingProxyType(
    {
        "disputed": "disputed",
        "breached": "reported breached",
        "met": "reported met",
        "partly_met": "reported partly met",
        "overdue": "date passed, fulfilment not reported",
        "due": "due now",
        "pending": "pending",
        "undated": "no date",
    }
)
TIMING_WORDS: Final = MappingProxyType(
    {"undated": "no date", "pending": "not yet due", "due": "due now", "overdue": "date passed"}
)
FULFILMENT_WORDS: Final = MappingProxyType(
    {
        "unknown": "not reported",
        "met": "reported met",
        "partly_met": "reported partly met",
        "breached": "reported breached",
        "disputed": "reports differ",
    }
)
CONDITION_WORDS: Final = MappingProxyType(
    {
        "none": "unconditional",
        "open": "conditional, not reported as fulfilled",
        "met": "condition reported as fulfilled",
        "failed": "condition reported as not fulfilled",
        "unknown": "conditional, unknown whether fulfilled",
    }
)
OVER: Final = "its time is over"
#: In place of a date, where a report does not tell its own day.
UNCOUNTED: Final = "open: the report’s own day is not known"
PUBLISHED_HOW_WORDS: Final = MappingProxyType(
    {
        "metadata": "from its own data",
        "header": "from the file’s header",
        "table": "from reports.csv",
        "dateline": "from the dateline",
        "url": "from the address",
        "option": "given on the command line",
        "unknown": "dates that count from it stay open",
    }
)

#: A sentence for each reason; {names} are its arguments. Where an argument is missing the sentence does without.
SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        # Changes between reports (situation.changes).
        "new": "New {kind}: {what}.",
        "maybe_new": "New {kind}, or more about an earlier one: {what}.",
        "stage": "{kind}, earlier told as “{before}”, now as “{after}”: {what}.",
        "maybe_stage": "{kind}, perhaps the one earlier told as “{before}”, now “{after}”: {what}.",
        "fulfilment": "Fulfilment, earlier {before}, is now {after}: {what}.",
        "date_moved": "The date moved from {before} to {after}: {what}.",
        "date_refined": "The date is now told more exactly, {after} instead of {before}: {what}.",
        "stance": "{who}: earlier “{before}”, now “{after}”, on {what}.",
        "contradiction": "Reports now contradict each other on {field}: {values}.",
        # Why actors of several reports are one party, or may be (record.identities, record.parties).
        "same_name": "Both are called {name}.",
        "short_name": "{name} is the short form of the other name.",
        "name_within_name": "The words of one name, {name}, all stand in the other.",
        "same_surname": "Both have the surname {name}, and nobody else in the reports has it.",
        "same_surname_and_role": "Both have the surname {name}, and the roles agree: {role}.",
        "same_country": "Both are the state or government of {country}.",
        "same_opponent": "Both are the state that faces {name}.",
        "same_member": "{name} speaks or acts for both.",
        "same_army": "Both are the army of one state: {name}.",
        "same_office": "Both hold one office in one year: {role}.",
        "same_sides": "Both are the sides that face each other with {name}.",
        "person_said": "{by} says so.",
        "person_wrote": "{why}.",
        # Why a report no longer stands behind what it said (record.standing).
        "replaced": "Replaced by the version of {day}.",
        "taken_back": "The outlet took it back in {by}.",
        "withdrawn": "{by} withdrew it: {why}.",
        # What had rested on claims that are gone (views.dependents).
        "told_alone": "No report tells any more of this {kind}: {what}.",
        "still_told": "{count} still tell of this {kind}: {what}.",
        "difference_ended": "Reports no longer differ on {field}: {values}.",
        "stands_otherwise": "Earlier {before}; now {after}: {what}.",
        "similar_name": "The names are alike: {left} and {right}.",
        # Why findings of two reports are one thing, or are not (record.matching).
        "same_parties": "Parties named by both: {count}.",
        "other_parties": "They name other parties.",
        "parties_not_named": "One of them does not name its parties.",
        "same_actor": "The same party is bound, proposes, wants or did it.",
        "other_actor": "Another party is bound, proposes, wants or did it.",
        "same_addressee": "The same party is owed it, asked for it or hit by it.",
        "other_addressee": "Another party is owed it, asked for it or hit by it.",
        "same_time": "The dates meet: {left} and {right}.",
        "near_time": "The dates are near, and do not meet: {left} and {right}.",
        "other_time": "The dates are far apart: {left} and {right}.",
        "same_place": "The same place: {left} and {right}.",
        "place_within": "One place lies within the other: {left} and {right}.",
        "other_place": "Other places: {left} and {right}.",
        "same_sort": "Both are of one kind: {left}.",
        "other_sort": "They are of two kinds: {left} and {right}.",
        "same_words": "Words in common, or of one meaning: {words}.",
        "other_words": "No words in common.",
        "same_label": "Words of the name in common: {words}.",
        "same_numbers": "Numbers in common: {numbers}.",
        "same_agreement": "Both stand under one agreement.",
        "other_agreement": "They stand under two agreements.",
        "same_passage": "The passages are the same, word for word.",
        "same_toll": "Both tell the same toll.",
        "other_groups": "They name other armed or political groups.",
        "actor_not_named": "One of them does not say who is bound, proposes, wants or did it.",
        "other_stage": "The stages do not fit: {left} and {right}.",
        "both_expected": "Both are only expected.",
        "other_numbers": "No number in common.",
        "maybe_same_agreement": "The agreements under which they stand may be one.",
        "long_between": "There is a long time between the reports: {left} and {right}.",
    }
)


def modality_words(commitment: Commitment) -> str:
    """What stands before the words of a commitment; "must not:" where they are no infinitive ("attacking the army")."""
    first = commitment.action.quote.split(" ", 1)[0].casefold()
    gerund = first.endswith("ing") and first not in ("bring", "sing", "ring", "cling", "fling", "swing", "sting")
    return MODALITY_WORDS[commitment.modality] + (":" if gerund else "")


def language_words(code: str | None) -> str:
    """Which language a report is in: "in French", by its code where it has no English name."""
    if code is None:
        return "language not known"
    from babel import Locale

    return f"in {Locale('en').languages.get(code, code)}"


def sentence(reason: Reason) -> str:
    """A reason as a sentence; a code that nobody has worded yet is shown readably, with its arguments."""
    given = {name: _argument(name, value) for name, value in reason.args}
    template = SENTENCES.get(reason.code)
    if template and given.get("left", "").casefold() == given.get("right", " ").casefold():
        template = template.replace("{left} and {right}", "{left}")
    if template and {name for _, name, _, _ in Formatter().parse(template) if name} <= given.keys():
        text = template.format_map(given)
        return text[:1].upper() + text[1:]
    details = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in given.items())
    return reason.code.replace("-", " ").replace("_", " ").capitalize() + (f" ({details})" if details else "") + "."


def _argument(name: str, value: str) -> str:
    """An argument of a reason in words; what ends a sentence in a quotation does not end ours."""
    if name == "kind":
        return kind_words(value)
    return value_words(value).rstrip(".!?,;: ") or value


def said(value: str) -> str:
    """A value of the scheme in words: "partly_met" is "partly met"; whatever is no such value stays as it is."""
    if "_" in value and value.replace("_", "").isalpha() and value.islower():
        return value.replace("_", " ")
    return value


def printable(text: str) -> str:
    """A text that does nothing to a terminal but show: control characters and marks that turn the writing are out."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


def kind_words(kind: str, count: int = 1) -> str:
    """The name of a kind of finding: "commitment", "commitments"."""
    one, many = KIND_WORDS.get(kind, (kind, kind))
    return one if count == 1 else many


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 report", "2 reports"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def stance_words(stance: str) -> str:
    """A stance as a verb: "rejects", "makes conditional"."""
    return STANCE_WORDS.get(stance, said(stance))


def headline_words(duty: Duty) -> str:
    """How a commitment stands, in a few words; a leave or a restraint whose time has passed is not late, it is over."""
    finding = duty.claim.finding
    if duty.headline == "overdue" and isinstance(finding, Commitment) and finding.modality != "must":
        return OVER
    return HEADLINE_WORDS[duty.headline]


# Dates.


def date_words(when: When | None, *, unknown: str = "date unknown") -> str:
    """A date in words, as exact as it is: "1 May 2021", "by May 2021", "week of 15 March 2021", "about 2016"."""
    if when is None:
        return unknown
    text = when.edtf
    if "/" not in text:
        return _point_words(text)
    first, last = text.split("/")
    if first in ("", ".."):
        return f"by {_point_words(last)}"
    if last in ("", ".."):
        return f"from {_point_words(first)} on"
    return _interval_words(first, last)


def day_words(day: date | None, *, unknown: str = "date unknown") -> str:
    """A day in words: "1 May 2021"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else unknown


def _point_words(text: str) -> str:
    marked = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(text[-1], "")
    parts = text.rstrip("~?%").split("-")
    if len(parts) == 1:
        return marked + parts[0]
    month = int(parts[1])
    if month in SEASONS:
        year = int(parts[0])
        return f"{marked}{SEASONS[month]} {parts[0]}" + (f"–{(year + 1) % 100:02}" if month == 24 else "")
    words = f"{MONTHS[month - 1]} {parts[0]}"
    return marked + (f"{int(parts[2])} {words}" if len(parts) == 3 else words)


def _interval_words(first: str, last: str) -> str:
    start, end = edtf.bounds(f"{first}/{last}")
    exact = start and end and not edtf.approximate(first + last)
    if not (start and end and exact) or len(first) < 10 or len(last) < 10:
        one, other = _point_words(first), _point_words(last)
        if len(first) == len(last) == 7 and first[:4] == last[:4] and "about" not in one + other:
            one = one.rsplit(" ", 1)[0]
        return f"{one} to {other}"
    if start.weekday() == 0 and end - start == timedelta(days=6):
        return f"week of {day_words(start)}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_words(end)}"
    year = "" if start.year == end.year else f" {start.year}"
    return f"{start.day} {MONTHS[start.month - 1]}{year} to {day_words(end)}"


# Numbers.


def count_words(count: Count | None) -> str:
    """A number of people as reported: "9", "24 or more", "up to 40", "100–999", "none"."""
    if count is None:
        return ""
    if count.low == count.high == 0:
        return "none"
    if count.low == count.high and count.low is not None:
        return f"{count.low:,}"
    if count.high is None:
        return f"{count.low or 0:,} or more"
    if not count.low:
        return f"up to {count.high:,}"
    return f"{count.low:,}–{count.high:,}"


def toll_words(killed: Count | None, injured: Count | None) -> str:
    """The dead and injured of one claim: "9 dead, 24 or more injured"."""
    told = ((killed, "dead"), (injured, "injured"))
    return ", ".join(f"{count_words(count)} {word}" for count, word in told if count)


def figure_words(figure: Figure) -> str:
    """A quantity: "about 2,500 troops", "more than 18 %", "18–46 %", "up to 1,000,000 people"."""
    value, top = figure.value, figure.max
    if value is None and top is None:
        number = "an untold number"
    elif value is None:
        number = f"up to {_number(top)}"
    elif top is None or top == value:
        number = _number(value)
    else:
        number = f"{_number(value)}–{_number(top)}"
    about = f"{bound_words(figure)} " if figure.approximate and value is not None and top in (None, value) else ""
    return f"{about}{number}" + (f" {figure.unit}" if figure.unit else "")


def _number(value: float | None) -> str:
    return f"{value:,.10g}" if value is not None else ""


# Who says it.


def attribution(speaker: str | None, relays: Iterable[str] = (), *, outlet: str | None = None) -> str:
    """Who says it and through whom: "says Zakharova, relayed by Anadolu"; without a speaker, the outlet itself."""
    words = f"says {speaker}" if speaker else f"{outlet or 'the report'}, in its own voice"
    through = list(relays)
    return words + (f", relayed by {joined(through)}" if through else "")


def voice(claim: Claim, view: View) -> str:
    """Who says what a claim claims, by the names that the record shows."""
    name = namer(view, claim.report.id)
    relays = [name(actor) or str(actor) for actor in claim.finding.chain if actor != claim.finding.according_to]
    return attribution(name(claim.finding.according_to), relays, outlet=claim.report.source)


def namer(view: View, report: str) -> Namer:
    """From a report's actor ids to the names that the record shows."""

    def name(actor: ActorId | None) -> str | None:
        party = view.party(report, actor)
        return party.name if party else None

    return name


def joined(names: Iterable[str], *, last: str = "and") -> str:
    """Names in a row: "A", "A and B", "A, B and C"."""
    row = list(names)
    return row[0] if len(row) == 1 else f"{', '.join(row[:-1])} {last} {row[-1]}" if row else ""


def says_who(claim: Claim, view: View) -> str:
    """Who says it in which report: "says Blinken (Example Wire, 12 March 2021)"; the outlet is named once."""
    if claim.finding.according_to is None and not claim.finding.chain:
        told = f"{source_words(claim)}, in its own voice"
    else:
        told = f"{voice(claim, view)} ({source_words(claim)})"
    return "; ".join((told, *hand_words(claim)))


def choice_words(act: Act) -> str:
    """Who goes by a value, and why."""
    return f"chosen by {act.author}: {act.fields['reason']}"


def standing_words(reason: Reason) -> str:
    """Why a report no longer stands, within a sentence: "replaced by the version of 14 March 2021"."""
    text = sentence(reason).rstrip(".")
    return text[:1].lower() + text[1:]


def hand_words(claim: Claim) -> Iterator[str]:
    """What people did to a claim: who reviewed it, how it is graded and marked."""
    if review := reviewed(claim):
        done = {"accept": "accepted", "correct": "corrected", "add": "added"}[review.what]
        yield f"{done} by {review.author}"
    grade = "".join(graded(claim, name) or "–" for name in ("reliability", "credibility"))
    if grade != "––":
        yield f"graded {grade}"
    if mark := graded(claim, "tlp"):
        yield f"TLP:{mark.upper()}"


def source_words(claim: Claim) -> str:
    """Which report: "Example Wire, 12 March 2021"."""
    report = claim.report
    return f"{report.source or report.name}, {date_words(report.published, unknown='day of publication unknown')}"


def value_words(value: str) -> str:
    """A disputed value in words: a date where it is one, a range of people where it is one, else as it stands."""
    try:
        return date_words(When(value))
    except DateError:
        return said(value)


# What the brief needs besides.


def rule_words(when: When) -> str:
    """How a date was worked out: "worked out from “next week”, counted from 12 March 2021"."""
    from_what = f"“{when.words}”" if when.words else said((when.rule or "the text").replace("-", " "))
    anchor = f", counted from {date_words(When(when.anchor))}" if when.anchor else ""
    return f"worked out from {from_what}{anchor}"


def answer_words(stance: str) -> str:
    """How a proposal was answered: "rejects", "sets conditions", "is undecided"."""
    return {"conditional": "sets conditions", "undecided": "is undecided"}.get(stance, said(stance))


def incident_words(incident: Incident) -> str:
    """What kind of incident, with its standing where it is not reported as having happened: "shelling (alleged)"."""
    what = said(incident.type)
    return what if incident.status == "occurred" else f"{what} ({said(incident.status)})"


def how_dated(report: Report) -> str:
    """How a report's day of publication is known."""
    return PUBLISHED_HOW_WORDS[report.published_how]
