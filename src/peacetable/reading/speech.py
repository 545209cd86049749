"""Finds, sentence by sentence, who says what: the cue, the words for the speaker, and the run that is said.

It works on word classes and noun phrases alone, in the orders in which reports put the three: speaker, cue, content
("Roe said that ..."), content, speaker, cue ("..., Roe said"), content, cue, speaker ("..., said Roe"), and
"according to". Whose words they are in the end is the business of `attribution`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from peacetable.reading import cues
from peacetable.reading.contents import (
    bounded,
    clause_follows,
    content_after,
    content_start_before,
    goes_on,
    has_content,
    said_before,
    skip_tail,
)
from peacetable.reading.lines import Found, Line
from peacetable.reading.nounphrases import Phrase
from peacetable.reading.speakers import (
    attached_end,
    carried_over,
    main_subject,
    partners,
    phrase_from,
    subject_before,
    subject_behind,
)

BE: Final = frozenset(
    {
        "is", "are", "was", "were", "be", "been", "being", "am",
    }
)  # fmt: skip
MODALS: Final = frozenset(
    {
        "will", "would", "shall", "should", "can", "could", "may", "might", "must", "ought", "cannot", "to",
    }
)  # fmt: skip
NOT: Final = frozenset(
    {
        "not", "n't", "never", "didn't", "didn’t", "don't", "don’t", "doesn't", "doesn’t",
    }
)  # fmt: skip
TELLERS: Final = frozenset(
    {
        "statement", "letter", "message", "speech", "interview", "communique", "communiqué", "note", "tweet",
        "post", "broadcast", "video", "remark", "address", "leaflet", "telegram", "briefing", "text",
    }
)  # fmt: skip


def find(line: Line) -> tuple[Found, ...]:
    """The attributions of a sentence, in the order of their cues."""
    found: list[Found] = []
    for hit in cues.cue_list("attribution").hits(line.sentence):
        values = cues.cue_list("attribution").values[hit.group]
        made = _found(line, hit, values, found)
        if made is not None:
            found.append(replace(made, partners=partners(line, made)))
    return tuple(bounded(line, found))


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
    while (
        at > 0
        and (line.classes[at - 1] in ("AUX", "ADV", "PART") or line.lower(at - 1) == "to")
        and at - 1 not in line.timed
    ):
        at -= 1
        if line.classes[at] == "AUX" or line.lower(at) == "to":
            first = at
    return first


# Speaker, cue, content, in their orders.


def _finite(line: Line, hit: cues.Hit, values: Any, first: int, earlier: Sequence[Found]) -> Found | None:
    cue = (first, hit.last)
    if values.get("inverts") and not values.get("tells") and said_before(line, first):
        behind = subject_behind(line, hit.last)
        if behind is not None:
            content = ((content_start_before(line, first, earlier), first), *goes_on(line, behind[0][1]))
            return Found(hit, cue, *behind, content, content[0][0], "content-cue-speaker")
    subject = subject_before(line, first)
    main = None
    if subject is None and not _opens_list(line, first):
        main = carried_over(line, first, earlier)
        if main is None:
            return None
    source = subject[0] if subject else None
    head = subject[1] if subject else main
    rule, start = ("speaker-cue-content", source[0]) if source else ("carried", first)
    if values.get("relays"):
        return _relayed(line, hit, cue, source, head)
    hearer, begin, marked = content_after(line, hit, values)
    end = len(line.classes)
    empty = begin >= end or line.text(begin) in (".", ";", "?", "!", ",", ":")
    if (
        source
        and not marked
        and line.text(source[0] - 1) == ","
        and line.text(hit.last) == ","
        and _resumes(line, hit.last + 1)
    ):
        before_start = content_start_before(line, source[0], earlier)
        return Found(hit, cue, source, head, ((before_start, source[0]), (hit.last + 1, end)), before_start, "within")
    if values["need"] != "quote" and source and not marked and said_before(line, source[0]):
        before_start = content_start_before(line, source[0], earlier)
        if (empty or not clause_follows(line, begin)) and source[0] - before_start > 1:
            content = ((before_start, source[0]), *goes_on(line, begin if empty else skip_tail(line, begin)))
            return Found(hit, cue, source, head, content, before_start, "content-speaker-cue", hearer)
    if (empty and not marked) or _idle(line, hit, values, begin):
        return None
    if not has_content(line, begin, values["need"], marked=marked):
        return None
    return Found(hit, cue, source, head, ((begin, end),), start, rule, hearer)


def _resumes(line: Line, at: int) -> bool:
    """Does what is said go on behind "..., Roe said, ..."?"""
    if line.upos(at) in ("AUX", "DET", "PRON", "PROPN", "NUM"):
        return line.lower(at) not in ("who", "which", "whose", "that", "one", "all", "both")
    return line.upos(at) in ("VERB", "ADJ", "NOUN") and not line.lower(at).endswith("ing")


def _idle(line: Line, hit: cues.Hit, values: Any, begin: int) -> bool:
    """Words that say nothing: "said no", "claimed responsibility", "asked not to be named"."""
    if line.lower(begin) in ("so", "yes", "no", "nothing", "little", "much") and line.text(begin + 1) in (
        ".",
        ",",
        ";",
        "?",
    ):
        return True
    rest = " ".join(line.lowers[begin : begin + 4])
    return any(rest.startswith(words) for words in values.get("unless", ()))


def _opens_list(line: Line, verb: int) -> bool:
    """ "2. URGES the parties ...": whose statement it is, the report's head says."""
    return verb == 0 or (
        verb <= 3 and all(line.upos(i) in ("NUM", "PUNCT", "SYM", "ADV", "CCONJ") for i in range(verb))
    )


def _participle(line: Line, hit: cues.Hit, values: Any, earlier: Sequence[Found]) -> Found | None:
    """ "..., saying that": the speaker is carried over."""
    before = line.text(hit.first - 1)
    if values.get("relays"):
        taken = any(one.source and one.cue[0] < hit.first < one.source[1] for one in earlier if one.rule == "quoted")
        return None if taken else _relayed(line, hit, (hit.first, hit.last), None, None)
    at = hit.first - 1
    while at > 0 and line.classes[at] in ("ADV", "CCONJ"):
        at -= 1
    before = line.text(at)
    if before != "," and before.lower() not in TELLERS and not (earlier and at < hit.first - 1):
        return None
    subject = carried_over(line, hit.first, earlier) or main_subject(line, hit.first)
    if subject is None:
        return None
    hearer, begin, marked = content_after(line, hit, values)
    if (
        begin >= len(line.classes)
        or line.text(begin) in (".", ",", ";")
        or not has_content(line, begin, values["need"], marked=marked)
    ):
        return None
    return Found(
        hit, (hit.first, hit.last), None, subject, ((begin, len(line.classes)),), hit.first, "participle", hearer
    )


def _relayed(
    line: Line, hit: cues.Hit, cue: tuple[int, int], source: tuple[int, int] | None, relay: Phrase | None
) -> Found | None:
    """ "X quoted Y as saying ...": Y speaks, X passes it on."""
    end = len(line.classes)
    speaker = phrase_from(line, hit.last)
    after = hit.last if speaker is None else attached_end(line, speaker)
    if line.lowers[after : after + 2] == ("as", "saying") or line.lowers[after : after + 3] == ("by",):
        after += 2
        if line.lowers[hit.last : hit.last + 2] == ("as", "saying"):  # "Y was quoted as saying"
            speaker, relay = relay, None
    elif line.lowers[hit.last : hit.last + 1] == ("by",) and source:  # "Y was quoted by X as saying"
        by = phrase_from(line, hit.last + 1)
        if by is None:
            return None
        speaker, relay = relay, by
        after = by.last + 2 if line.lowers[by.last : by.last + 2] == ("as", "saying") else by.last
    if speaker is None:
        return None
    start = source[0] if source else cue[0]
    whom = (speaker.first, attached_end(line, speaker))
    if source and said_before(line, source[0]):
        begin = content_start_before(line, source[0], ())
        return Found(hit, cue, whom, speaker, ((begin, source[0]), *goes_on(line, after)), begin, "quoted", relay)
    if line.lowers[after : after + 1] == ("that",):
        after += 1
    if source is None:  # ", citing Y": what is said stands before
        begin = content_start_before(line, hit.first, ())
        return Found(hit, cue, whom, speaker, ((begin, hit.first),), begin, "citing", None)
    return Found(hit, cue, whom, speaker, ((after, end),), start, "quoted", relay) if after < end - 1 else None


def _according(line: Line, hit: cues.Hit) -> Found | None:
    speaker = phrase_from(line, hit.last)
    if speaker is None:
        return None
    end = attached_end(line, speaker)
    relay: Phrase | None = None
    if line.text(end) == "," and line.lower(end + 1) in ("quoting", "citing"):
        quoted = phrase_from(line, end + 2)  # "according to the radio, quoting a chief, ..."
        if quoted is not None:
            relay, speaker = speaker, quoted
            end = attached_end(line, quoted)
    content: list[tuple[int, int]] = []
    begin = content_start_before(line, hit.first, ())
    if hit.first - begin > 1:
        content.append((begin, hit.first))
        if (
            line.text(end) == ","
            and hit.first
            and line.text(hit.first - 1) == ","
            and line.upos(end + 1) in ("AUX", "VERB", "ADV")
        ):
            content.append((end + 1, len(line.classes)))
    else:
        after = end
        while after < len(line.classes) and line.text(after) != ",":
            after += 1
        content.append((after + 1, len(line.classes)))
    content = [part for part in content if part[0] < part[1]]
    if not content:
        return None
    start, rule = min(begin, hit.first), "quoted" if relay else "according"
    return Found(hit, (hit.first, hit.last), (speaker.first, end), speaker, tuple(content), start, rule, relay)
