"""Examples as numbers: each window of a document with what every head should say of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from peacetable.reading.encoder.annotation import NAME_TYPES, UPOS
from peacetable.reading.encoder.inputs import Pieces, Window, windows
from peacetable.reading.encoder.lemmas import rule
from training.examples import Attribution, Example, Finding, Run
from training.labels import CHAINS, KEYS, ROLES, UNANCHORED, VALUES, Labels

#: A label that teaches nothing.
NONE: Final = -1
#: What a data set says of a tag for a word.
BARRED, ALLOWED, UNLIKELY = range(3)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence in a window: its words, and for each word its head within it (0 the root) and relation."""

    start: int
    end: int
    heads: NDArray[np.int64]
    relations: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Roles:
    """Pairs of an anchor and a mention with whether the one fills the role in the other, shape (pairs,) each."""

    role: NDArray[np.int64]
    anchor: NDArray[np.int64]
    mention: NDArray[np.int64]
    fills: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Item:
    """A window with its labels; a layer that the data set does not mark is None (or -1 for each word)."""

    data: str
    name: str
    number: int  # among the items of its data set
    window: Window
    upos: NDArray[np.int64]
    lemmas: NDArray[np.int64]
    sentence: NDArray[np.int64]
    sentences: tuple[Sentence, ...]
    outer: NDArray[np.int64] | None = None  # (words, tags) of BARRED, ALLOWED, UNLIKELY
    inner: NDArray[np.int64] | None = None
    attribution: NDArray[np.int64] | None = None
    links: tuple[tuple[int, int, int], ...] = ()  # role (0 source, 1 content), word, the cue's first word or -1
    cues: tuple[int, ...] = ()
    chains: NDArray[np.int64] | None = None
    roles: Roles | None = None
    values: tuple[tuple[int, int, str, int], ...] = field(default=())  # evidence's words, field, value

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.window.end - self.window.start


def items(examples: Iterable[Example], pieces: Pieces, labels: Labels) -> Iterator[Item]:
    """Every window of every example."""
    upos = {name: number for number, name in enumerate(UPOS)}
    relations = {name: number for number, name in enumerate(labels.relations)}
    lemmas = {name: number for number, name in enumerate(labels.lemmas)}
    seen: Counter[str] = Counter()
    for example in examples:
        syntax = example.syntax
        count = len(example.text.words)
        classes = np.full(count, NONE)
        rules = np.full(count, NONE)
        if syntax is not None:
            classes = np.asarray([upos.get(name, NONE) for name in syntax.upos])
            if syntax.lemmas is not None and syntax.heads is not None:
                pairs = zip(example.text.words, syntax.lemmas, strict=True)
                rules = np.asarray([lemmas.get(rule(word, lemma), NONE) for word, lemma in pairs])
        for window in windows(example.text, pieces):
            within = slice(window.start, window.end)
            number, sentences = _sentences(example, window, relations)
            attributed = _attributed(example.attributions, window)
            outer, inner = _names(example, window)
            found = _found(example, window)
            seen[example.data] += 1
            yield Item(
                data=example.data,
                name=example.name,
                number=seen[example.data] - 1,
                window=window,
                upos=classes[within],
                lemmas=rules[within],
                sentence=number,
                sentences=sentences,
                outer=outer,
                inner=inner,
                attribution=attributed[0] if attributed else None,
                links=attributed[1] if attributed else (),
                cues=attributed[2] if attributed else (),
                chains=found[0] if found else None,
                roles=found[1] if found else None,
                values=found[2] if found else (),
            )


def _sentences(
    example: Example, window: Window, relations: dict[str, int]
) -> tuple[NDArray[np.int64], tuple[Sentence, ...]]:
    """The number of each word's sentence within the window, and the trees of the sentences that are whole."""
    syntax, found = example.syntax, []
    number = np.zeros(window.end - window.start, np.int64)
    for at, (start, end) in enumerate(example.text.sentences):
        if end <= window.start or start >= window.end:
            continue
        number[max(0, start - window.start) : end - window.start] = at
        whole = window.start <= start and end <= window.end
        if not whole or syntax is None or syntax.heads is None or syntax.relations is None:
            continue
        heads = np.asarray([0 if head < 0 else head - start + 1 for head in syntax.heads[start:end]])
        named = np.asarray([relations.get(name, NONE) for name in syntax.relations[start:end]])
        found.append(Sentence(start - window.start, end - window.start, heads, named))
    return number, tuple(found)


def _names(example: Example, window: Window) -> tuple[NDArray[np.int64] | None, NDArray[np.int64] | None]:
    """Which tags each word may have. Outside the names marked, a type that the data set does not mark is unlikely
    rather than open: left open, such types would take in whatever nothing else claims."""
    names = example.names
    if names is None:
        return None, None
    tags = 1 + 2 * len(NAME_TYPES)
    plain = np.zeros(tags, np.int64)
    plain[0] = ALLOWED
    for at, kind in enumerate(NAME_TYPES):
        if kind not in names.marked:
            plain[1 + 2 * at : 3 + 2 * at] = UNLIKELY
    count = len(example.text.words)
    outer = np.tile(plain, (count, 1))
    inner = np.zeros((count, tags), np.int64)
    inner[:, 0] = ALLOWED
    for name in names.names:
        allowed = inner if name.nested else outer
        for word in range(*name.run):
            allowed[word] = BARRED if name.types else ALLOWED
            for kind in name.types:
                allowed[word, 1 + 2 * NAME_TYPES.index(kind) + (word > name.run[0])] = ALLOWED
    within = slice(window.start, window.end)
    return outer[within], inner[within] if names.nests else None


def _tag(tags: NDArray[np.int64], run: Run, begin: int, window: Window) -> bool:
    """Mark a run in a BIO sequence unless something stands there; False if it does, or if it is elsewhere."""
    start, end = max(0, run[0] - window.start), min(len(tags), run[1] - window.start)
    if end <= start or tags[start:end].any():
        return False
    tags[start:end] = begin + 1
    if run[0] >= window.start:
        tags[start] = begin
    return True


def _attributed(
    attributions: Sequence[Attribution] | None, window: Window
) -> tuple[NDArray[np.int64], tuple[tuple[int, int, int], ...], tuple[int, ...]] | None:
    if attributions is None:
        return None
    tags = np.zeros(window.end - window.start, np.int64)
    links: list[tuple[int, int, int]] = []
    cues: list[int] = []
    for one in attributions:
        anchor = NONE
        for run in one.cue:
            if _tag(tags, run, 3, window) and anchor == NONE and run[0] >= window.start:
                anchor = run[0] - window.start
                cues.append(anchor)
        for role, runs in enumerate((one.source, one.content)):
            for run in runs:
                _tag(tags, run, 1 if role == 0 else 5, window)
                first, last = max(run[0], window.start), min(run[1], window.end)
                links.extend((role, word - window.start, anchor) for word in range(first, last))
    return tags, tuple(links), tuple(cues)


def _found(
    example: Example, window: Window
) -> tuple[NDArray[np.int64], Roles, tuple[tuple[int, int, str, int], ...]] | None:
    if example.findings is None:
        return None
    count = window.end - window.start
    chains = np.zeros((count, len(CHAINS)), np.int64)
    values: list[tuple[int, int, str, int]] = []
    here: list[Finding] = []
    for finding in sorted(example.findings, key=lambda f: (f.evidence[0], -f.evidence[1])):
        start, end = finding.evidence[0] - window.start, finding.evidence[1] - window.start
        if end <= 0 or start >= count:
            continue
        _tag(chains[:, CHAINS.index(finding.kind)], finding.evidence, 1, window)
        for key in KEYS.get(finding.kind, ()):
            for run in finding.keys.get(key, ()):
                _tag(chains[:, CHAINS.index(f"{finding.kind}.{key}")], run, 1, window)
        if start < 0 or end > count:
            continue
        here.append(finding)
        for name, value in finding.values.items():
            known = VALUES.get(f"{finding.kind}.{name}", ())
            if value in known:
                values.append((start, end, f"{finding.kind}.{name}", known.index(value)))
    return chains, _roles(example.findings, here, window), tuple(values)


def anchor_of(finding: Finding) -> int:
    """The word that a finding hangs on: its first key's first word, or its evidence's."""
    if finding.kind not in UNANCHORED:
        for key in KEYS.get(finding.kind, ()):
            if finding.keys.get(key):
                return finding.keys[key][0][0]
    return finding.evidence[0]


def _roles(findings: Sequence[Finding], here: Sequence[Finding], window: Window) -> Roles:
    """For each role of each finding here: the nearest mention of who fills it, and mentions of everybody else."""
    everybody = {run for finding in findings for actors in finding.roles.values() for runs in actors for run in runs}
    mentions = sorted(run for run in everybody if window.start < run[1] <= window.end)
    rows: list[tuple[int, int, int, float]] = []
    for finding in here:
        anchor = anchor_of(finding) - window.start
        if not 0 <= anchor < window.end - window.start:
            continue
        for number, name in enumerate(ROLES):
            kind, _, role = name.partition(".")
            if kind != finding.kind:
                continue
            filling: set[Run] = set()
            others: set[Run] = set()
            for runs in finding.roles.get(role, ()):
                near = [run for run in runs if window.start < run[1] <= window.end]
                if near:
                    best = min(near, key=lambda run: _away(run, finding.evidence))
                    filling.add(best)
                    others |= set(near) - {best}
            told = [run for run in mentions if run in filling or run not in others]
            rows.extend((number, anchor, run[1] - 1 - window.start, float(run in filling)) for run in told)
    columns = list(zip(*rows, strict=True)) if rows else [(), (), (), ()]
    first, second, third = (np.asarray(column, np.int64) for column in columns[:3])
    return Roles(first, second, third, np.asarray(columns[3], np.float32))


def _away(run: Run, evidence: Run) -> tuple[int, int]:
    """How far a mention is from a passage: within it first, then before it, then after it."""
    if evidence[0] <= run[0] and run[1] <= evidence[1]:
        return 0, run[0]
    return (1, evidence[0] - run[0]) if run[0] < evidence[0] else (2, run[0] - evidence[1])
