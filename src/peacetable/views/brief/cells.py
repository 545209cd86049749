"""What sections are made of: values with their notes, in cells, rows, groups and tables.

A value is in the report's words or in ours, and one of three voices gives it: the outlet itself, somebody whom the
outlet quotes, or this program, which worked it out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from peacetable.ledger import Claim, Party
from peacetable.model import ActorId, Report, Span, When
from peacetable.views import phrases
from peacetable.views.brief.footnotes import Footnotes

Voice = Literal["report", "said", "computed"]
#: Words shown in a cell before they are cut, in characters; the whole stands in the passage.
WORDS: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a cell.

    Attributes:
        text: what is shown.
        notes: the passages that give it.
        voice: who gives it.
        words: it is the report's own words.
        label: what is put before it in small print: "must", "if", "under".
        gloss: what is added in small print: how a date was worked out.
        tone: a status word, which is shown as a label of its own.
    """

    text: str
    notes: tuple[int, ...] = ()
    voice: Voice = "report"
    words: bool = False
    label: str = ""
    gloss: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Who says it, in words, with the report and its day in small print, and the notes."""

    text: str
    voice: Voice
    gloss: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell under its heading; one with nothing in it says that no report tells."""

    head: str
    values: tuple[Value, ...] = ()
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `thin` where the support is thin and a person should look."""

    cells: tuple[Cell, ...]
    thin: bool = False

    @property
    def rests_on_one(self) -> bool:
        """Does the whole row rest on one passage? Then its number is shown once."""
        values = {note for cell in self.cells for value in cell.values for note in value.notes}
        sources = {note for cell in self.cells for source in cell.sources for note in source.notes}
        return len(values | sources) == 1


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows that belong together: one, or several that are only proposed to be one, with what is for and against it."""

    rows: tuple[Row, ...]
    because: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The bundles under one subheading, or under none."""

    title: str
    bundles: tuple[Bundle, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what it is, the headings of its columns, its groups."""

    caption: str
    heads: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the page.

    Attributes:
        id: its anchor.
        count: how many things it shows.
        lead: a sentence on how to read it.
        empty: what it says where it has nothing.
        left_out: what was left out, counted, in words.
    """

    id: str
    title: str
    tables: tuple[Table, ...] = ()
    count: int = 0
    lead: str = ""
    empty: str = ""
    left_out: tuple[str, ...] = ()


def voice_of(claim: Claim) -> Voice:
    """Does the outlet say it itself, or somebody whom it quotes?"""
    return "said" if claim.finding.according_to else "report"


def quoted(notes: Footnotes, claim: Claim, span: Span | None = None, *, label: str = "") -> Value:
    """Words of the report: those of a span, or the claim's evidence."""
    shown = span or claim.finding.evidence
    cited = (notes.cite(claim, span),)
    return Value(text=clipped(shown.quote), notes=cited, voice=voice_of(claim), words=True, label=label)


def stated(notes: Footnotes, claims: Sequence[Claim], text: str, *, label: str = "") -> Value:
    """What claims say, in our words."""
    return Value(text=text, notes=numbers(notes, claims), voice=voice_of(claims[0]), label=label)


def worked_out(notes: Footnotes, claims: Iterable[Claim], text: str, *, tone: str = "", gloss: str = "") -> Value:
    """What this program concludes from claims."""
    return Value(text=text, notes=numbers(notes, claims), voice="computed", tone=tone, gloss=gloss)


def each_value(notes: Footnotes, members: Iterable[Claim], text: Callable[[Claim], str | None]) -> tuple[Value, ...]:
    """What the members of an entry say about one field: every different value once, with all who give it."""
    found: dict[str, list[Claim]] = {}
    for claim in members:
        if said := text(claim):
            found.setdefault(said, []).append(claim)
    return tuple(stated(notes, claims, said) for said, claims in found.items())


def each_quote(notes: Footnotes, members: Sequence[Claim], span: Callable[[Claim], Span | None]) -> tuple[Value, ...]:
    """What the members of an entry say in their own words: the latest first, the others where they differ."""
    found: dict[str, Value] = {}
    for claim in reversed(members):
        words = span(claim)
        if words is None:
            continue
        value = quoted(notes, claim, words)
        known = found.get(value.text.casefold())
        found[value.text.casefold()] = replace(known, notes=(*known.notes, *value.notes)) if known else value
    return tuple(
        replace(value, notes=tuple(dict.fromkeys(value.notes)), label="also" if place else "")
        for place, value in enumerate(found.values())
    )


def each_date(notes: Footnotes, dates: Iterable[tuple[When | None, Claim]]) -> tuple[Value, ...]:
    """The dates that claims give, each different one once: as reported, or worked out by a rule, which is told.

    Where there is none and a report's own day is not known, that is told: "by Friday" is no day then.
    """
    dates = tuple(dates)
    open_ended = [claim for when, claim in dates if when is None and claim.report.published is None]
    if open_ended and not any(when for when, _ in dates):
        return (worked_out(notes, open_ended, phrases.UNCOUNTED),)
    found: dict[tuple[str, str], list[Claim]] = {}
    for when, claim in dates:
        if when:
            gloss = phrases.rule_words(when) if when.rule else ""
            found.setdefault((phrases.date_words(when), gloss), []).append(claim)
    return tuple(
        worked_out(notes, claims, words, gloss=gloss) if gloss else stated(notes, claims, words)
        for (words, gloss), claims in found.items()
    )


def who_says(notes: Footnotes, claims: Iterable[Claim]) -> Cell:
    """The last cell of a row: who says it, in which report, of which day; each speaker in a report once."""
    sources: dict[tuple[object, ...], Source] = {}
    for claim in claims:
        speakers, note = notes.speakers(claim), notes.cite(claim)
        known = sources.get((speakers, claim.report.id))
        cited = tuple(dict.fromkeys((*(known.notes if known else ()), note)))
        text, voice = spoken(speakers, claim.report)
        outlet = claim.report.source or claim.report.name
        day = phrases.date_words(claim.report.published, unknown="day unknown")
        gloss = f"{outlet}, {day}" if speakers else f"in its own voice, {day}"
        sources[speakers, claim.report.id] = Source(text, voice, gloss, cited)
    return Cell("Who says so", sources=tuple(sources.values()))


def spoken(speakers: Sequence[str], report: Report) -> tuple[str, Voice]:
    """Who says it, in words, and in which voice: the speaker through the relayers, or the outlet itself."""
    if speakers:
        return phrases.attribution(speakers[0], speakers[1:]), "said"
    return report.source or report.name, "report"


def names(notes: Footnotes, claim: Claim, actors: Iterable[ActorId | None]) -> str:
    """The display names of a claim's actors, in a row."""
    return phrases.joined(dict.fromkeys(notes.name(claim.report, actor) for actor in actors if actor is not None))


def heading_of(notes: Footnotes, party: Party | None) -> str:
    """The heading under which a party stands: the name of whom it speaks or acts for, or its own."""
    return notes.principal(party).name if party else "Not named"


def label_of(notes: Footnotes, party: Party | None) -> str:
    """The name of a party that stands under another's heading; nothing where the heading names it."""
    return party.name if party and notes.principal(party).id != party.id else ""


def thin(claims: Iterable[Claim]) -> bool:
    """Is every one of the claims thinly supported?"""
    return all(claim.finding.thin for claim in claims)


def numbers(notes: Footnotes, claims: Iterable[Claim]) -> tuple[int, ...]:
    """The notes of claims, each once."""
    return tuple(dict.fromkeys(notes.cite(claim) for claim in claims))


def clipped(words: str, most: int = WORDS) -> str:
    """Words as on a page, cut between two of them where they are many."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[:most].rpartition(' ')[0] or flat[:most]} …"
