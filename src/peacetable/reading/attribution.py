"""Who says it, quoted or reported, through whom: the attributions of a report, and the statements made of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from peacetable import countries
from peacetable.model import Actor, ActorId, ActorKind, Span, Statement, When
from peacetable.reading import cues, names, speech
from peacetable.reading.analysis import Analysis, Attribution, Mention, Sentence
from peacetable.reading.lines import Found, Line
from peacetable.reading.nounphrases import Phrase, noun_phrases
from peacetable.reading.quotations import Quotations
from peacetable.reading.transcripts import Turn, turns

#: "The statement said" means the one of whom the last sentences speak.
ISSUED_WITHIN: Final = 4
#: "Roe's spokeswoman" is not Roe.
OWNING: Final = re.compile(r"['’]s?\b|['’](?=\s\w)")
UNDATED: Final = ("quote", "according")
PRESENT: Final = frozenset(
    {
        "has", "have", "is", "are", "am", "does", "do", "'s",
    }
)  # fmt: skip


def attributed(analysis: Analysis) -> Analysis:
    """The analysis with its attributions, and with the actors that only they name.

    Args:
        analysis: with sentences, word classes, times, actors and mentions.
    """
    maker = _Maker(analysis)
    found = tuple(maker.all())
    actors = tuple(
        replace(actor, aliases=tuple(dict.fromkeys((*actor.aliases, *maker.aliases.get(actor.id, ())))))
        for actor in (*analysis.actors, *maker.extra.values())
    )
    return replace(analysis, attributions=found, actors=actors)


def statements(analysis: Analysis) -> tuple[Statement, ...]:
    """The attributions as findings."""
    return tuple(
        Statement(
            speaker=found.speaker,
            source=found.source,
            cue=found.cue if found.cue.quote else None,
            content=found.content,
            form=found.form,
            relayed_by=found.relayed_by,
            date=found.date,
            evidence=analysis.span(found.start, found.end),
            according_to=None,
        )
        for found in analysis.attributions
    )


def provenance(analysis: Analysis, start: int, end: int) -> tuple[ActorId | None, tuple[ActorId, ...]]:
    """Whose words a range stands in.

    Returns:
        The innermost speaker (None for the outlet's own voice), and the chain: the speaker, then each relayer.
    """
    around = analysis.attribution_around(start, end)
    if around is None or around.speaker is None:
        return None, ()
    return around.speaker, (around.speaker, around.relayed_by) if around.relayed_by else (around.speaker,)


class _Maker:
    """Resolves what `speech` finds, sentence after sentence."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.quotations = Quotations(analysis.text, analysis.paragraphs)
        self.extra: dict[str, Actor] = {}
        self.made: list[Attribution] = []
        self.turns = turns(analysis.text, analysis.paragraphs)
        self.kinds = {actor.id: actor.kind for actor in analysis.actors}
        self.aliases: dict[ActorId, list[str]] = {}
        self.focus: dict[str, tuple[ActorId, int]] = {}
        self.media = {actor.id for actor in analysis.actors if actor.kind == "media"}

    def all(self) -> Iterator[Attribution]:
        words: Any = self.analysis.layers.get("words", ())
        mentions = _by_sentence(self.analysis.mentions, self.analysis.sentences)
        times = _by_sentence(self.analysis.times, self.analysis.sentences)
        for sentence, annotated in zip(self.analysis.sentences, words, strict=True):
            classes = tuple(word.upos for word in annotated)
            line = Line(
                sentence,
                classes,
                noun_phrases(sentence.tokens, classes),
                tuple(times.get(sentence.number, ())),
                self.quotations,
            )
            here = mentions.get(sentence.number, [])
            turn = self._turn_at(sentence.start)
            if turn is not None:
                if sentence.start == turn.label[0]:
                    self._turn(turn, sentence, here)
                continue
            made = [one for found in speech.find(line) for one in self._each(line, found, here)]
            self.made.extend(_nested_once(made))
            if not made:
                self._follow_on(sentence)
            self._remember(sentence, made, here)
        return iter(self.made)

    def _turn_at(self, offset: int) -> Turn | None:
        index = bisect_right(self.turns, offset, key=lambda turn: turn.label[0]) - 1
        return self.turns[index] if index >= 0 and offset < self.turns[index].end else None

    def _turn(self, turn: Turn, sentence: Sentence, mentions: Sequence[Mention]) -> None:
        """An answer in a transcript is one direct statement."""
        source = self.analysis.span(*turn.label)
        speaker = next((m.actor for m in mentions if m.start < turn.label[1] and m.actor), None)
        if speaker is None:
            speaker = self._named(source.quote, "person")
        self.made.append(
            Attribution(
                sentence=sentence.number, start=turn.label[0], end=turn.end, speaker=speaker, source=source,
                cue=self.analysis.span(turn.label[0], turn.label[0]),  # there is none: the label does its work
                content=(self.analysis.span(turn.start, turn.end),), form="direct",
                date=self.analysis.report.published, rule="turn",
            )
        )  # fmt: skip

    def _remember(self, sentence: Sentence, made: Sequence[Attribution], mentions: Sequence[Mention]) -> None:
        """Who a pronoun in the next sentence most likely means."""
        speakers = [one.speaker for one in made if one.speaker and one.source]
        subjects = [mention.actor for mention in mentions if mention.actor and mention.kind != "pronoun"]
        for actor in (*subjects[:1], *speakers):
            kind = self.kinds.get(actor, "unnamed")
            if kind == "person" or (kind == "unnamed" and actor in speakers):
                self.focus["person"] = (actor, sentence.number)
            if kind != "person":
                self.focus["they"] = (actor, sentence.number)
            if kind not in ("person", "unnamed", "civilians"):
                self.focus["it"] = (actor, sentence.number)

    def _each(self, line: Line, found: Found, mentions: Sequence[Mention]) -> Iterator[Attribution]:
        """One attribution for each of the parties that are named side by side."""
        if (
            found.head is not None
            and not found.head.pronoun
            and line.lowers[found.head.head] in names.lexicon("spans_of_time")
        ):
            return
        if found.head is None and self.analysis.author is None:
            return  # a verb at the head of a line: only an official text has somebody to whom it belongs
        one = self._one(line, found, mentions)
        yield one
        for partner in found.partners:
            speaker, candidates = self._speaker(line, replace(found, head=partner), mentions)
            tokens = line.sentence.tokens
            if speaker is not None and speaker != one.speaker:
                source = self.analysis.span(tokens[partner.first].start, tokens[partner.last - 1].end)
                yield replace(one, speaker=speaker, source=source, candidates=candidates)

    def _one(self, line: Line, found: Found, mentions: Sequence[Mention]) -> Attribution:
        tokens = line.sentence.tokens
        source = (
            self.analysis.span(tokens[found.source[0]].start, tokens[found.source[1] - 1].end) if found.source else None
        )
        speaker, candidates = self._speaker(line, found, mentions)
        if (
            source
            and speaker
            and found.head
            and not found.head.pronoun
            and self.kinds.get(speaker) not in ("state", "media")
        ):
            words = source.quote.removeprefix("The ").removeprefix("the ").removeprefix("A ").removeprefix("a ")
            if len(words) < 90:
                self.aliases.setdefault(speaker, []).append(words)
        cue = self.analysis.span(tokens[found.cue[0]].start, tokens[found.cue[1] - 1].end)
        content: list[Span] = []
        forms = set()
        for first, last in found.content:
            start, end = self._range(line, first, last)
            spans, form = self.quotations.pieces(start, end)
            content.extend(spans)
            forms.add(form)
        form = forms.pop() if len(forms) == 1 else "mixed"
        start = min([cue.start, *(span.start for span in content), *([source.start] if source else [])])
        end = max([cue.end, *(span.end for span in content), *([source.end] if source else [])])
        start = min(start, tokens[found.start].start) if found.start < len(tokens) else start
        if content and self.analysis.text[start - 1 : start] in ('"', "“", "‘"):
            start -= 1
        values = cues.cue_list("attribution").values[found.hit.group]
        return Attribution(
            sentence=line.sentence.number, start=start, end=end, speaker=speaker, source=source, cue=cue,
            content=tuple(content), form=form, relayed_by=self._relay(line, found, mentions, speaker),
            date=self._date(line, found, values), act=values["act"], candidates=candidates, rule=found.rule,
        )  # fmt: skip

    def _range(self, line: Line, first: int, last: int) -> tuple[int, int]:
        """The characters of a run of tokens; a quotation that it opens or closes is taken whole."""
        tokens = line.sentence.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        opening, closing = self.quotations.at(start), self.quotations.at(max(start, end - 1))
        if opening is not None and opening.start < start and first == 0:
            start = opening.start
        if closing is not None and closing.end > end and last == len(tokens):
            end = closing.end
        return start, end

    def _speaker(
        self, line: Line, found: Found, mentions: Sequence[Mention]
    ) -> tuple[ActorId | None, tuple[ActorId, ...]]:
        if found.head is None:
            return self.analysis.author or (self.made[-1].speaker if self.made else None), ()
        tokens = line.sentence.tokens
        start, end = tokens[found.head.first].start, tokens[found.head.last - 1].end
        inside = [
            m
            for m in mentions
            if start <= m.start and m.end <= end and m.start <= tokens[found.head.head].start < m.end
        ]
        if found.head.pronoun:
            return self._pronoun(line, found, mentions, inside)
        if found.source:  # a name beside an office goes before it
            left, right = tokens[found.source[0]].start, tokens[found.source[1] - 1].end
            names_in = [
                m
                for m in mentions
                if left <= m.start
                and m.end <= right
                and m.kind == "name"
                and self.kinds.get(m.actor or "") == "person"
                and not OWNING.match(self.analysis.text, m.end)
            ]
            if (
                inside
                and names_in
                and all(self.kinds.get(m.actor or "") == "person" for m in inside)
                and not any(m.kind == "name" for m in inside)
            ):
                return names_in[-1].actor, ()
        if inside:
            best = max(inside, key=lambda m: m.end - m.start)
            return best.actor, best.candidates
        return self._nobody_known(line, found.head), ()

    def _pronoun(
        self, line: Line, found: Found, mentions: Sequence[Mention], inside: Sequence[Mention]
    ) -> tuple[ActorId | None, tuple[ActorId, ...]]:
        """Whom a pronoun for a speaker means: a subject of this sentence, else who was last spoken of or spoke."""
        head = found.head
        if head is None:
            return None, ()
        mention = inside[0] if inside else None
        candidates = mention.candidates if mention else ()
        word = line.lowers[head.head]
        if word in ("we", "we’re", "we're"):
            return self.analysis.author, ()
        if word in ("i", "i'm", "i’m"):
            author = self.analysis.layers.get("i")
            return (author if isinstance(author, str) else None), ()
        if word in ("who", "which", "that") and mention is not None and mention.actor:
            return mention.actor, candidates
        person = word in ("he", "she", "him", "her")
        start = line.sentence.tokens[head.first].start
        kept = self.focus.get("person" if person else "they" if word in ("they", "them") else "it")
        here = [
            m.actor for m in mentions
            if m.actor and m.end <= start and m.kind != "pronoun" and (self.kinds.get(m.actor) == "person") == person
        ]  # fmt: skip
        if kept and line.sentence.number - kept[1] <= 4 and (kept[0] in candidates or not candidates or not here):
            return kept[0], candidates
        if here:
            return here[0], candidates
        return (mention.actor if mention else None), candidates

    def _nobody_known(self, line: Line, head: Phrase) -> ActorId | None:
        """A speaker that no mention covers: a statement is its issuer's, figures are whose they are, else a new one."""
        noun = names.singular(line.lowers[head.head])
        if noun not in names.lexicon("utterances") and noun not in names.lexicon("things"):
            return self._new(line, head)
        tokens = line.sentence.tokens
        start, end = tokens[head.first].start, tokens[head.last - 1].end
        owner = self._named_within(self.analysis.text[start:end])
        if owner is not None or noun not in names.lexicon("utterances"):
            return owner
        last = self.made[-1] if self.made else None
        if last is not None and line.sentence.number - last.sentence <= ISSUED_WITHIN:
            return last.speaker
        kept = self.focus.get("it") or self.focus.get("person")
        return kept[0] if kept and line.sentence.number - kept[1] <= ISSUED_WITHIN else None

    def _named_within(self, words: str) -> ActorId | None:
        """The actor that a run of words names, by the longest of its names: "a KLF statement", "police records"."""
        lower = words.lower()
        found = [
            (len(alias), actor.id)
            for actor in self.analysis.actors
            for alias in actor.aliases
            if len(alias) > 1 and re.search(rf"(?<!\w){re.escape(alias.lower())}(?!\w)", lower)
        ]
        if found:
            return max(found)[1]
        for word in words.split():
            country = countries.by_adjective(word) if word[:1].isupper() else None
            for actor in self.analysis.actors if country else ():
                if actor.kind in ("state", "government") and country and actor.country == country.code:
                    return actor.id
        return None

    def _new(self, line: Line, head: Phrase) -> ActorId:
        """A speaker whom nothing but the verb shows to be one."""
        tokens = line.sentence.tokens
        first = head.first + (line.lowers[head.first] in ("a", "an", "the") and head.last - head.first > 1)
        return self._named(self.analysis.text[tokens[first].start : tokens[head.last - 1].end], "unnamed")

    def _named(self, words: str, kind: ActorKind) -> ActorId:
        ident = "-".join("".join(c if c.isalnum() else " " for c in words.lower()).split())[:40]
        while ident in self.kinds:
            ident += "-x"
        self.extra.setdefault(ident, Actor(id=ident, name=words, kind=kind, aliases=(words,)))
        return ident

    def _relay(self, line: Line, found: Found, mentions: Sequence[Mention], speaker: ActorId | None) -> ActorId | None:
        if found.hearer is None:
            return None
        tokens = line.sentence.tokens
        start, end = tokens[found.hearer.first].start, tokens[found.hearer.last - 1].end
        for mention in mentions:
            inside = start <= mention.start and mention.end <= end
            if not inside or mention.actor is None or mention.actor == speaker:
                continue
            if found.rule == "quoted" or (mention.actor in self.media and not self._own(mention.text)):
                return mention.actor
        return None

    def _own(self, words: str) -> bool:
        source = (self.analysis.report.source or "").lower()
        return bool(source) and (words.lower() in source or source in words.lower())

    def _date(self, line: Line, found: Found, values: Any) -> When | None:
        tokens = line.sentence.tokens
        covered = [(tokens[a].start, tokens[b - 1].end) for a, b in found.content]
        opening = tokens[found.source[0] if found.source else found.cue[0]].start
        if found.source and found.rule == "speaker-cue-content":
            opening = 0  # "On Monday the minister said"
        near = [
            time
            for time in line.times
            if time.when and time.type in ("DATE", "TIME") and time.start > opening
            and not any(a <= time.start < b for a, b in covered)
        ]  # fmt: skip
        if near:
            cue = tokens[found.cue[0]].start
            return min(near, key=lambda time: abs(time.start - cue)).when
        if values.get("mind") or found.hit.group in UNDATED:
            return None
        first = line.lowers[found.cue[0]]
        if (
            found.hit.form == "past"
            and first not in PRESENT
            and first != "had"
            and "had" not in line.lowers[found.cue[0] : found.cue[1]]
        ):
            return self.analysis.report.published
        if found.hit.form == "phrase" and first in ("would", "did", "neither"):
            return self.analysis.report.published
        if found.rule == "participle" and self.made and self.made[-1].sentence == line.sentence.number:
            return self.made[-1].date
        return None

    def _follow_on(self, sentence: Sentence) -> None:
        """A quotation without a cue of its own goes on with what the last speaker said."""
        if not self.made:
            return
        last = self.made[-1]
        quotation = self.quotations.at(sentence.start)
        if quotation is None or last.form == "indirect" or sentence.number - last.sentence > 12:
            return
        said_in = self.analysis.sentences[last.sentence].paragraph
        if sentence.paragraph - said_in > 1:
            return
        if any(span.start <= quotation.inner[0] < span.end for span in last.content):
            return
        spans, _ = self.quotations.pieces(quotation.start, quotation.end)
        if spans and sentence.end >= quotation.end - 1:
            self.made[-1] = replace(last, content=(*last.content, *spans), end=max(last.end, quotation.end))


def _nested_once(made: Sequence[Attribution]) -> Iterator[Attribution]:
    """What a speaker says of their own saying ("said they wanted") is one statement, not two."""
    kept: list[Attribution] = []
    for item in made:
        around = [
            other for other in kept
            if other.content and other.speaker == item.speaker
            and other.content[0].start <= item.cue.start < other.content[-1].end
        ]  # fmt: skip
        if not around:
            kept.append(item)
            yield item


def _by_sentence(items: Sequence[Any], sentences: Sequence[Sentence]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    at = 0
    for item in items:
        while at + 1 < len(sentences) and sentences[at + 1].start <= item.start:
            at += 1
        found.setdefault(at, []).append(item)
    return found
