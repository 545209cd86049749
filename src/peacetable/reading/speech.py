"""Finds, sentence by sentence, who says what: the cue, the words for the speaker, and the run that is said.

It works on word classes and noun phrases alone, in the orders in which reports put the three: speaker, cue, content
("Roe said that ..."), content, speaker, cue ("..., Roe said"), content, cue, speaker ("..., said Roe"), and
"according to". Whose words they are in the end is the business of `attribution`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from peacetable.reading import cues, names, nounphrases
from peacetable.reading.analysis import Sentence, TimeExpression
from peacetable.reading.nounphrases import Phrase
from peacetable.reading.quotations import Quotations

BE: Final = frozenset("is are was were be been being am".split())
MODALS: Final = frozenset("will would shall should can could may might must ought cannot to".split())
CLOSERS: Final = frozenset({",", "\"", "”", "»", "'", "’", "?", "!", "…", "—", "–", "-", ")"})
QUOTES: Final = frozenset({"\"", "“", "”", "‘", "’", "'", "«", "»"})
COMMAS: Final = frozenset({",", "—", "–", "-", ")", "("})
TELLERS: Final = frozenset("statement letter message speech interview communique communiqué note tweet post broadcast "
                           "video remark address leaflet telegram briefing text".split())  # fmt: skip
JOINS: Final = frozenset("and but while whereas although though as yet or nor".split())
SAID_TO: Final = frozenset("tell told tells telling inform informs informed informing assure assures assured assuring "
                           "remind reminds reminded reminding brief briefs briefed briefing notify notifies notified "
                           "notifying".split())  # fmt: skip
NOT: Final = frozenset({"not", "n't", "never", "didn't", "didn’t", "don't", "don’t", "doesn't", "doesn’t"})


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution by token numbers of its sentence, before anybody is resolved.

    `source` is the phrase for the speaker (None where it is carried over); `content` are runs of tokens.
    """

    hit: cues.Hit
    cue: tuple[int, int]
    source: tuple[int, int] | None
    head: Phrase | None
    content: tuple[tuple[int, int], ...]
    start: int
    rule: str
    hearer: Phrase | None = None
    partners: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Line:
    """A sentence with everything that finding needs."""

    sentence: Sentence
    classes: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    times: tuple[TimeExpression, ...]
    quotations: Quotations

    @cached_property
    def lowers(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return tuple(token.lower for token in self.sentence.tokens)

    @cached_property
    def by_first(self) -> dict[int, Phrase]:
        """Phrases by their first token."""
        return {phrase.first: phrase for phrase in self.phrases}

    @cached_property
    def by_last(self) -> dict[int, Phrase]:
        """Phrases by the token behind them."""
        return {phrase.last: phrase for phrase in self.phrases}

    @cached_property
    def quoted(self) -> tuple[bool, ...]:
        """Which tokens stand within quotation marks."""
        inside = (self.quotations.at(token.start) for token in self.sentence.tokens)
        return tuple(found is not None and found.inner[0] <= token.start < found.inner[1]
                     for found, token in zip(inside, self.sentence.tokens, strict=True))  # fmt: skip

    @cached_property
    def timed(self) -> frozenset[int]:
        """Tokens of time expressions."""
        inside: set[int] = set()
        for index, token in enumerate(self.sentence.tokens):
            if any(time.start <= token.start < time.end for time in self.times if time.type in ("DATE", "TIME")):
                inside.add(index)
        return frozenset(inside) | {i for i, word in enumerate(self.lowers) if word in nounphrases.TIMES}

    def text(self, index: int) -> str:
        """A token's text, or "" outside the sentence."""
        return self.sentence.tokens[index].text if 0 <= index < len(self.classes) else ""

    def lower(self, index: int) -> str:
        """A token in lower case, or "" outside the sentence."""
        return self.lowers[index] if 0 <= index < len(self.classes) else ""

    def upos(self, index: int) -> str:
        """A token's word class, or "" outside the sentence."""
        return self.classes[index] if 0 <= index < len(self.classes) else ""


def find(line: Line) -> tuple[Found, ...]:
    """The attributions of a sentence, in the order of their cues."""
    found: list[Found] = []
    for hit in cues.cue_list("attribution").hits(line.sentence):
        values = cues.cue_list("attribution").values[hit.group]
        made = _found(line, hit, values, found)
        if made is not None:
            found.append(replace(made, partners=_partners(line, made)))
    return tuple(_bounded(line, found))


def _found(line: Line, hit: cues.Hit, values: Any, earlier: Sequence[Found]) -> Found | None:
    if line.quoted[hit.first]:
        return None
    if values.get("source_follows"):
        return _according(line, hit)
    if hit.form in ("base", "present", "past", "participle") and line.classes[hit.first] not in ("VERB",):
        return None
    first = _verb_group(line, hit)
    if hit.form == "past" and values.get("bare") and not _that_or_quote(line, hit.last):
        return None  # "welcomed the truce" is a position and no more
    before = [line.lower(i) for i in range(first, hit.first)]
    passive = any(word in BE for word in before) and hit.form == "past"
    if passive and not (values.get("relays") and "saying" in line.lowers[hit.last : hit.last + 8]):
        return None
    if any(word in MODALS for word in before) and hit.form not in ("phrase", "copular"):
        return None
    if any(word in NOT for word in before) and values["act"] in ("say", "ask") and hit.form != "phrase":
        return None
    if hit.form == "participle" and not any(word in BE for word in before):
        return _participle(line, hit, values, earlier)
    return _finite(line, hit, values, first, earlier)


def _that_or_quote(line: Line, at: int) -> bool:
    return any(line.quoted[i] or line.lowers[i] in ("that", "as") for i in range(at, len(line.classes)))


def _verb_group(line: Line, hit: cues.Hit) -> int:
    """Where the verb with its auxiliaries begins."""
    first = at = hit.first
    while at > 0 and (line.classes[at - 1] in ("AUX", "ADV", "PART") or line.lower(at - 1) == "to") and at - 1 not in line.timed:
        at -= 1
        if line.classes[at] == "AUX" or line.lower(at) == "to":
            first = at
    return first


# Speaker, cue, content, in their orders.


def _finite(line: Line, hit: cues.Hit, values: Any, first: int, earlier: Sequence[Found]) -> Found | None:
    cue = (first, hit.last)
    if values.get("inverts") and not values.get("tells") and _said_before(line, first):
        behind = _subject_behind(line, hit.last)
        if behind is not None:
            source, head = behind
            content = ((_content_start_before(line, first, earlier), first), *_goes_on(line, source[1]))
            return Found(hit, cue, source, head, content, content[0][0], "content-cue-speaker")
    subject = _subject_before(line, first)
    carried = None
    if subject is None and not _opens_list(line, first):
        carried = _carried(line, first, earlier)
        if carried is None:
            return None
    if subject is None:
        source, head, rule = None, carried, "carried"
        start = first
    else:
        source, head = subject
        rule, start = "speaker-cue-content", source[0]
    if values.get("relays"):
        return _relayed(line, hit, cue, source, head)
    hearer, begin, marked = _content_after(line, hit, values)
    end = len(line.classes)
    empty = begin >= end or line.text(begin) in (".", ";", "?", "!", ",", ":")
    if source and not marked and line.text(source[0] - 1) == "," and line.text(hit.last) == "," and _resumes(line, hit.last + 1):
        before_start = _content_start_before(line, source[0], earlier)
        return Found(hit, cue, source, head, ((before_start, source[0]), (hit.last + 1, end)), before_start, "within")
    if values["need"] != "quote" and source and not marked and _said_before(line, source[0]):
        before_start = _content_start_before(line, source[0], earlier)
        if (empty or not _clause_follows(line, begin)) and source[0] - before_start > 1:
            content = ((before_start, source[0]), *_goes_on(line, begin if empty else _skip_tail(line, begin)))
            return Found(hit, cue, source, head, content, before_start, "content-speaker-cue", hearer)
    if empty and not marked or _idle(line, hit, values, begin):
        return None
    if not _has(line, begin, values["need"], marked=marked):
        return None
    return Found(hit, cue, source, head, ((begin, end),), start, rule, hearer)


def _resumes(line: Line, at: int) -> bool:
    """Does what is said go on behind "..., Roe said, ..."?"""
    if line.upos(at) in ("AUX", "DET", "PRON", "PROPN", "NUM"):
        return line.lower(at) not in ("who", "which", "whose", "that", "one", "all", "both")
    return line.upos(at) in ("VERB", "ADJ", "NOUN") and not line.lower(at).endswith("ing")


def _idle(line: Line, hit: cues.Hit, values: Any, begin: int) -> bool:
    """Words that say nothing: "said no", "claimed responsibility", "asked not to be named"."""
    if line.lower(begin) in ("so", "yes", "no", "nothing", "little", "much") and line.text(begin + 1) in (".", ",", ";", "?"):
        return True
    rest = " ".join(line.lowers[begin : begin + 4])
    return any(rest.startswith(words) for words in values.get("unless", ()))


def _opens_list(line: Line, verb: int) -> bool:
    """"2. URGES the parties ...": whose statement it is, the report's head says."""
    return verb == 0 or verb <= 3 and all(line.upos(i) in ("NUM", "PUNCT", "SYM", "ADV", "CCONJ") for i in range(verb))


def _participle(line: Line, hit: cues.Hit, values: Any, earlier: Sequence[Found]) -> Found | None:
    """"..., saying that": the speaker is carried over."""
    before = line.text(hit.first - 1)
    if values.get("relays"):
        return _relayed(line, hit, (hit.first, hit.last), None, None)
    at = hit.first - 1
    while at > 0 and line.classes[at] in ("ADV", "CCONJ"):
        at -= 1
    before = line.text(at)
    if before != "," and before.lower() not in TELLERS and not (earlier and at < hit.first - 1):
        return None
    subject = _carried(line, hit.first, earlier) or _main_subject(line, hit.first)
    if subject is None:
        return None
    hearer, begin, marked = _content_after(line, hit, values)
    if begin >= len(line.classes) or line.text(begin) in (".", ",", ";") or not _has(line, begin, values["need"], marked=marked):
        return None
    return Found(hit, (hit.first, hit.last), None, subject, ((begin, len(line.classes)),), hit.first, "participle", hearer)


def _relayed(line: Line, hit: cues.Hit, cue: tuple[int, int], source: tuple[int, int] | None, relay: Phrase | None) -> Found | None:
    """"X quoted Y as saying ...": Y speaks, X passes it on."""
    end = len(line.classes)
    speaker = _phrase_from(line, hit.last)
    after = hit.last if speaker is None else _attached_end(line, speaker)
    if line.lowers[after : after + 2] == ("as", "saying") or line.lowers[after:after + 3] == ("by",):
        after += 2
        if line.lowers[hit.last : hit.last + 2] == ("as", "saying"):  # "Y was quoted as saying"
            speaker, relay = relay, None
    elif line.lowers[hit.last : hit.last + 1] == ("by",) and source:  # "Y was quoted by X as saying"
        by = _phrase_from(line, hit.last + 1)
        if by is None:
            return None
        speaker, relay = relay, by
        after = by.last + 2 if line.lowers[by.last : by.last + 2] == ("as", "saying") else by.last
    if speaker is None:
        return None
    start = source[0] if source else cue[0]
    whom = (speaker.first, _attached_end(line, speaker))
    if source and _said_before(line, source[0]):
        begin = _content_start_before(line, source[0], ())
        return Found(hit, cue, whom, speaker, ((begin, source[0]), *_goes_on(line, after)), begin, "quoted", relay)
    if line.lowers[after : after + 1] == ("that",):
        after += 1
    if source is None:  # ", citing Y": what is said stands before
        begin = _content_start_before(line, hit.first, ())
        return Found(hit, cue, whom, speaker, ((begin, hit.first),), begin, "citing", None)
    return Found(hit, cue, whom, speaker, ((after, end),), start, "quoted", relay) if after < end - 1 else None


def _according(line: Line, hit: cues.Hit) -> Found | None:
    speaker = _phrase_from(line, hit.last)
    if speaker is None:
        return None
    end = _attached_end(line, speaker)
    content: list[tuple[int, int]] = []
    begin = _content_start_before(line, hit.first, ())
    if hit.first - begin > 1:
        content.append((begin, hit.first))
        if line.text(end) == "," and hit.first and line.text(hit.first - 1) == "," and line.upos(end + 1) in ("AUX", "VERB", "ADV"):
            content.append((end + 1, len(line.classes)))
    else:
        after = end
        while after < len(line.classes) and line.text(after) != ",":
            after += 1
        content.append((after + 1, len(line.classes)))
    content = [part for part in content if part[0] < part[1]]
    if not content:
        return None
    return Found(hit, (hit.first, hit.last), (speaker.first, end), speaker, tuple(content), min(begin, hit.first), "according")


# Who stands beside the verb.


def _partners(line: Line, found: Found) -> tuple[Phrase, ...]:
    """Those named side by side with the speaker: "the army and the rebels said"."""
    if found.source is None or found.head is None or found.head.pronoun or found.rule == "quoted":
        return ()
    partners: list[Phrase] = []
    first = found.source[0]
    while line.lowers[first - 1 : first] == ("and",) or partners and line.lowers[first - 1 : first] == (",",):
        left = line.by_last.get(first - 1)
        if left is None or left.pronoun or left.head in line.timed or not _human(line, left):
            break
        partners.append(left)
        first = left.first
    return tuple(partners) if partners and _opens(line, first) else ()


def _subject_before(line: Line, verb: int) -> tuple[tuple[int, int], Phrase] | None:
    """The phrase before a verb, over what stands between commas if need be."""
    at = verb
    while at > 0 and (line.classes[at - 1] in ("ADV", "PART") or at - 1 in line.timed or (line.lower(at - 1) in ("on", "late", "early") and at in line.timed)):
        at -= 1
    phrase = line.by_last.get(at)
    if phrase is not None and line.text(phrase.first - 1).lower() not in ("by",):
        if line.lower(phrase.head) in ("who", "which", "that"):
            return (phrase.first, phrase.last), phrase
        if line.lower(phrase.first - 1) == "of" and phrase.pronoun:  # "one of them"
            left = line.by_last.get(phrase.first - 1)
            return ((left.first, phrase.last), Phrase(left.first, phrase.last, left.head, left.last)) if left else None
        first, head = _attached_start(line, phrase)
        if not _opens(line, first):
            modified = _modified(line, first)
            if modified is not None:
                first, head = modified
            elif not _human(line, head):
                return None
        apposed = _apposed(line, first, head)
        return ((apposed[0], phrase.last), apposed[1]) if apposed else ((first, phrase.last), head)
    if line.text(at - 1) in COMMAS:
        return _over_parenthesis(line, at - 1)
    return None


def _opens(line: Line, first: int) -> bool:
    """May a clause begin at a token?"""
    before = line.lower(first - 1) if first else ""
    return first == 0 or before in JOINS or before in (",", ";", ":", "that", "(", "—", "–", "-") or before in QUOTES or first - 1 in line.timed


def _modified(line: Line, first: int) -> tuple[int, Phrase] | None:
    """"Two people familiar with the talks", "an official who asked not to be named": who they are stands before."""
    for at in range(first - 1, max(-1, first - 14), -1):
        if line.text(at) in (",", ";", ":", ".") or line.quoted[at]:
            return None
        left = line.by_last.get(at)
        if left is None or left.pronoun or not _human(line, left) or left.head in line.timed:
            continue
        if line.lower(at) in ("who", "that", "which") or line.upos(at) in ("VERB", "ADJ") and line.lower(at).endswith(("ed", "ing", "iar", "se", "en", "al")):
            start, head = _attached_start(line, left)
            return (start, head) if _opens(line, start) or line.lower(start - 1) in ("to", "from", "of") else None
    return None


def _attached_start(line: Line, phrase: Phrase) -> tuple[int, Phrase]:
    """"Medics in Khokha": what a preposition hangs on a phrase for people belongs to it."""
    head, first = phrase, phrase.first
    while first > 1 and line.classes[first - 1] == "ADP":
        left = line.by_last.get(first - 1)
        if left is None or left.pronoun or left.head in line.timed or not _human(line, left):
            break
        before = line.lower(left.first - 1) if left.first else ""
        if before in names.PLACES or before in ("after", "before", "between", "of", "on", "during"):
            break
        head, first = left, left.first
    return first, head


def _apposed(line: Line, first: int, head: Phrase) -> tuple[int, Phrase] | None:
    """"The rebels' political chief, Jane Roe, said" begins with the chief."""
    if line.text(first - 1) != ",":
        return None
    left = line.by_last.get(first - 1)
    if left is None or left.pronoun or not _human(line, left) or not _human(line, head):
        return None
    opening = left.first == 0 or line.lower(left.first - 1) in ("but", "and", "that", "while", "as", ",", "\"", "”")
    return (left.first, head) if opening and line.classes[head.head] == "PROPN" and line.classes[left.head] == "NOUN" else None


def _over_parenthesis(line: Line, comma: int) -> tuple[tuple[int, int], Phrase] | None:
    """"Roe, the rebels' spokesman, said", "The army, which lost a base, said"."""
    for at in range(comma - 1, -1, -1):
        if line.text(at) not in COMMAS or line.quoted[at]:
            continue
        phrase = line.by_last.get(at)
        if phrase is None or phrase.head in line.timed:
            continue
        first, head = _attached_start(line, phrase)
        before = line.lower(first - 1) if first else ""
        opening = first == 0 or before in JOINS or before in (",", "that", "\"", "”", ";", ":", "then", "—", "where")
        if opening and _human(line, head) and not (before == "," and _human(line, head) is None):
            if at == comma:
                return None
            return (first, phrase.last), head
    return None


def _subject_behind(line: Line, at: int) -> tuple[tuple[int, int], Phrase] | None:
    """"..., said Roe": the phrase behind a verb, if what follows it leaves it the subject."""
    phrase = line.by_first.get(at)
    if phrase is None or not (_human(line, phrase) or phrase.pronoun) or phrase.head in line.timed:
        return None
    if line.lower(at) in ("that", "it", "this", "them", "him", "us", "me", "there"):
        return None
    end = _attached_end(line, phrase)
    if line.upos(end) in ("AUX", "VERB", "DET", "NUM", "NOUN", "PRON") or line.text(end) in QUOTES or line.lower(end) in ("to", "that"):
        return None
    return (phrase.first, end), phrase


def _attached_end(line: Line, phrase: Phrase) -> int:
    """Where a phrase ends with a place or an office hung on it: "a doctor at the hospital", "Roe, its spokesman"."""
    end = phrase.last
    while line.upos(end) == "ADP" and line.lower(end) in ("in", "at", "for", "from", "with", "of", "to"):
        right = line.by_first.get(end + 1)
        if right is None or right.pronoun or right.head in line.timed:
            break
        end = right.last
    right = line.by_first.get(end + 1) if line.text(end) == "," else None
    if right is not None and not right.pronoun and _human(line, right) and line.text(right.last) in (",", ".", "") and line.classes[right.first] != "PRON":
        end = right.last
    return end


def _carried(line: Line, verb: int, earlier: Sequence[Found]) -> Phrase | None:
    """Whose verb a verb without a subject is: the one before it in the row."""
    at = verb - 1
    while at > 0 and (line.classes[at] in ("ADV", "AUX") or at in line.timed):
        at -= 1
    if line.lower(at) not in ("and", "but", ",", "or", "then", "yet") and line.text(at) not in ("\"", "”"):
        return None
    if line.lower(verb) == "asked" and line.lower(at) == ",":
        return None  # "asked about it, he said"
    for found in reversed(earlier):
        if found.head is not None and found.rule not in ("citing",):
            return found.head
    return _main_subject(line, verb)


def _main_subject(line: Line, verb: int) -> Phrase | None:
    """The first phrase of the sentence that a verb follows."""
    for phrase in line.phrases:
        if phrase.last > verb:
            return None
        before = line.lower(phrase.first - 1) if phrase.first else ""
        at = phrase.last
        while line.upos(at) == "ADV":
            at += 1
        if line.upos(at) in ("VERB", "AUX") and before not in ("of", "to", "with", "for", "by", "from", "in", "on", "at") and (_human(line, phrase) or phrase.pronoun):
            return phrase
        if line.text(phrase.last) == "," and phrase.first == 0 and _human(line, phrase):
            return phrase
    return None


def _phrase_from(line: Line, at: int) -> Phrase | None:
    """The phrase that begins at a token, over quotation marks."""
    while line.text(at) in QUOTES:
        at += 1
    whole = line.by_first.get(at)
    if whole is not None:
        return whole
    for phrase in line.phrases:
        if phrase.first < at < phrase.last:
            return Phrase(at, phrase.last, phrase.last - 1, phrase.last)
    return None


def _human(line: Line, phrase: Phrase) -> bool:
    return phrase.pronoun or names.named(line.sentence.tokens, line.classes, phrase) is not None


# What is said.


def _said_before(line: Line, at: int) -> bool:
    """Does something said end right before a token: a quotation, or a clause with its comma?"""
    if at < 2 or line.text(at - 1) not in CLOSERS:
        return False
    if line.text(at - 1) in QUOTES or line.text(at - 2) in QUOTES or line.text(at - 1) in ("?", "!"):
        return True
    start = _content_start_before(line, at, ())
    if line.upos(start) in ("ADP", "SCONJ", "VERB"):  # "In a statement sent to the press, Roe said": what counts follows
        start = next((i + 1 for i in range(start, at - 1) if line.text(i) == ","), at)
    return any(line.classes[i] in ("VERB", "AUX") for i in range(start, at - 1))


def _content_start_before(line: Line, end: int, earlier: Sequence[Found]) -> int:
    """Where what is said before a speaker or cue begins: its clause."""
    floor = max((found.cue[1] for found in earlier if found.rule != "speaker-cue-content" or found.cue[1] < end), default=0)
    if floor:
        return _after_break(line, floor, end)
    start = 0
    for index in range(end - 2, 0, -1):
        if line.text(index) == ";" and not line.quoted[index]:
            start = index + 1
            break
    while line.lower(start) in ("but", "and", "yet") and start < end - 1:
        start += 1
    return start


def _after_break(line: Line, floor: int, end: int) -> int:
    for index in range(floor, end - 1):
        if line.text(index) in (";", ",") or line.lower(index) in ("and", "but", "while"):
            return index + 1
    return floor


def _content_after(line: Line, hit: cues.Hit, values: Any) -> tuple[Phrase | None, int, bool]:
    """Who hears it, where what is said begins behind a cue, and whether a mark or "that" says so."""
    end, at, hearer = len(line.classes), hit.last, None
    if values.get("tells"):
        hearer = line.by_first.get(at)
        if hearer is not None:
            at = _attached_end(line, hearer)
    that = _that_ahead(line, at)
    if that is not None:
        return hearer, that + 1, True
    while at < end and not (line.text(at) in QUOTES):
        if line.text(at) == ":":
            return hearer, at + 1, True
        if at in line.timed or (line.classes[at] in ("ADP", "ADJ", "ADV") and at + 1 in line.timed):
            at += 1
        elif line.classes[at] == "ADV" or (line.text(at) == "," and at > hit.last):
            at += 1
        elif values.get("inverts") and line.classes[at] == "ADP" and line.lower(at) in ("in", "at", "on", "from", "after", "during", "through", "by", "to"):
            phrase = line.by_first.get(at + 1)
            if phrase is None:
                break
            at = phrase.last
        else:
            break
    colon = next((i for i in range(at, min(end - 1, at + 14)) if line.text(i) == ":" and line.text(i + 1) in QUOTES), None)
    if colon is not None and not any(line.classes[i] == "VERB" for i in range(at, colon)):
        return hearer, colon + 1, True
    return hearer, at, at < end and line.text(at) in QUOTES and hit.group != "name"


def _that_ahead(line: Line, at: int) -> int | None:
    """The "that" (or "whether", "how") of a cue, over hearers, days and places."""
    for index in range(at, min(len(line.classes), at + 18)):
        if line.lower(index) == "that" and line.classes[index] == "SCONJ":
            return index
        if line.lower(index) in ("whether",) and index == at:
            return index - 1
        if line.classes[index] in ("VERB", "AUX", "CCONJ") or line.text(index) in (":", ";", "\"", "“"):
            return None
    return None


def _clause_follows(line: Line, at: int) -> bool:
    """Does a clause of its own begin here: a phrase with a verb behind it?"""
    if line.text(at) in QUOTES or line.lower(at) in ("there", "if", "whether", "when", "how", "why", "what"):
        return True
    phrase = line.by_first.get(at)
    if phrase is None:
        return line.upos(at) in ("DET", "ADJ", "NOUN", "NUM", "PRON", "PROPN") and any(line.upos(i) in ("VERB", "AUX") for i in range(at, len(line.classes)))
    if line.upos(at - 1) == "ADP":
        return False
    for index in range(phrase.last, len(line.classes)):
        if line.classes[index] in ("AUX", "VERB"):
            return True
        if line.text(index) in (",", ";", ".") and index > phrase.last:
            return False
    return False


def _has(line: Line, begin: int, need: str, *, marked: bool) -> bool:
    if need == "any" or marked:
        return True
    if need == "quote":
        return any(line.quoted[i] or line.lower(i) == "as" for i in range(begin, len(line.classes)))
    if need == "to":
        return line.lower(begin) == "to"
    return _clause_follows(line, begin) and not (line.classes[begin] == "ADP")


def _goes_on(line: Line, at: int) -> tuple[tuple[int, int], ...]:
    """A quotation that goes on behind its cue."""
    if line.text(at) in (",", ":", ".") and line.text(at + 1) in ("\"", "“", "‘", "«"):
        return ((at + 1, len(line.classes)),)
    if line.text(at) == "," and line.lowers[at + 1 : at + 2] == ("and",) and line.text(at + 2) in ("\"", "“"):
        return ((at + 2, len(line.classes)),)
    return ()


def _skip_tail(line: Line, at: int) -> int:
    """Over where and when it was said."""
    while at < len(line.classes) and line.text(at) not in (",", ";", ".", ":"):
        at += 1
    return at


# Where one attribution ends because another begins.


def _bounded(line: Line, found: Sequence[Found]) -> Iterator[Found]:
    for number, item in enumerate(found):
        limits = [limit for later in found[number + 1 :] if (limit := _limit(line, item, later)) is not None]
        content = tuple(part for part in (_cut(line, part, limits) for part in item.content) if part[0] < part[1])
        if content:
            yield replace(item, content=content)


def _cut(line: Line, part: tuple[int, int], limits: Sequence[int]) -> tuple[int, int]:
    first, last = part
    for limit in limits:
        if first < limit < last:
            last = limit
    for index in range(first, last):
        if line.text(index) == ";" and not line.quoted[index]:
            last = index
            break
    return first, last


def _limit(line: Line, item: Found, later: Found) -> int | None:
    """Where the content of an attribution must end because a later one begins there, if it must."""
    start = later.start
    if later.cue[0] > item.cue[1] and item.source is not None and later.source is not None and start <= item.cue[0]:
        start = later.cue[0]  # "Roe, worried about raids, has offered": one subject, two verbs
        return start - 1 if line.text(start - 1) == "," else None
    if start <= item.cue[0]:
        return None
    if start < item.cue[1]:
        return None
    at = start
    while at > item.cue[1] and (line.lower(at - 1) in JOINS or line.classes[at - 1] in ("ADV",) or line.text(at - 1) == ","):
        at -= 1
    if later.source is not None and line.lowers[later.source[0]] in ("which", "who", "that"):
        return at if at < start else None
    return at if at < start and at > item.cue[1] else None
