"""Who says what: runs of source, cue and content words joined into attributions.

In PolNeAR, which this is learned from, a word is in one attribution at most, and an attribution hangs on its cue; so
each run of source or content words goes to the one cue that its words point to most, or to none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from peacetable.model import Form
from peacetable.reading.encoder.annotation import Attribution, Run
from peacetable.reading.encoder.arrays import Floats, Integers
from peacetable.reading.encoder.inputs import Text
from peacetable.reading.encoder.tagging import runs

#: The kinds of the labels, in the order of their numbers; also the two planes of the links.
SOURCE: Final = 0
CUE: Final = 1
CONTENT: Final = 2
#: How many words may stand between a relayer's cue and the source whom it relays ("quoted the minister as saying").
NEAR: Final = 2


def attributions(labels: Integers, links: Floats, *, threshold: float = 0.0, first: int = 0) -> tuple[Attribution, ...]:
    """The attributions of one window.

    1. Each run of source words, and of content words, goes to the cue with the best mean log-probability over the
       run's words, unless the mean logit there is below the threshold.
    2. A cue with content is an attribution; several runs that point to one cue are its broken source or content.
    3. A content without a cue stands alone; a source without a cue is dropped.
    4. A cue without content is dropped, but may tell a relayer; see `_relayed`.

    Args:
        labels: the window's decoded labels, one a word (O, then B and I of source, cue, content).
        links: shape (2, words, words): `links[0, i, j]` tells how well source word i goes with the cue that begins
            at word j, as a logit; `links[1]` the same for content.
        threshold: the least mean link, as a logit.
        first: the window's first word in the text; added to all numbers.

    Returns:
        In the order of their first words.
    """
    found = runs(labels)
    cues = [(start, end) for start, end, kind in found if kind == CUE]
    sources = _by_cue([(start, end) for start, end, kind in found if kind == SOURCE], cues, links[0], threshold)
    contents = _by_cue([(start, end) for start, end, kind in found if kind == CONTENT], cues, links[1], threshold)
    made = [
        Attribution(sources[number], (cue,), contents[number]) for number, cue in enumerate(cues) if contents[number]
    ]
    made += [Attribution((), (), (run,)) for run in contents[-1]]
    idle = [(sources[number], cue) for number, cue in enumerate(cues) if sources[number] and not contents[number]]
    placed = (_moved(attribution, first) for attribution in _relayed(made, idle))
    return tuple(sorted(placed, key=_place))


def form(attribution: Attribution, text: Text, quoted: Sequence[bool]) -> Form:
    """Is all of the content within quotation marks (direct), none of it (indirect), or a part (mixed)?

    Args:
        attribution: whose content is asked for.
        text: the words; marks count for neither.
        quoted: for each word, whether it stands within quotation marks; see `inputs.quoted`.
    """
    inside = {
        quoted[word]
        for start, end in attribution.content
        for word in range(start, end)
        if any(letter.isalnum() for letter in text.words[word])
    }
    return "mixed" if len(inside) == 2 else "direct" if inside == {True} else "indirect"


def _by_cue(held: Sequence[Run], cues: Sequence[Run], links: Floats, threshold: float) -> list[tuple[Run, ...]]:
    """The runs of each cue, and behind them, as the last, those of none."""
    found: list[list[Run]] = [[] for _ in range(len(cues) + 1)]
    if not cues:
        found[-1].extend(held)
    elif held:
        pointed = links[:, [start for start, _ in cues]].astype(np.float64)
        likely, plain = _means(-np.logaddexp(0.0, -pointed), held), _means(pointed, held)
        choice = likely.argmax(axis=1)
        best = np.where(plain[np.arange(len(held)), choice] < threshold, len(cues), choice)
        for run, number in zip(held, best.tolist(), strict=True):
            found[number].append(run)
    return [tuple(item) for item in found]


def _means(values: Floats, held: Sequence[Run]) -> Floats:
    """The mean over each run's words, for each column."""
    sums = np.concatenate([np.zeros((1, values.shape[1])), values.cumsum(axis=0)])
    starts, ends = np.asarray(held).T
    means: Floats = (sums[ends] - sums[starts]) / (ends - starts)[:, None]
    return means


def _relayed(made: Sequence[Attribution], idle: Sequence[tuple[tuple[Run, ...], Run]]) -> list[Attribution]:
    """The attributions with those who relay them, where the text shows one.

    "Anadolu quoted the minister as saying": a cue with a source and no content of its own, right before another
    attribution's source, which its own cue follows. "Anadolu reported that, the minister said, the road was open":
    source and cue of one attribution stand within what another says.
    """
    return [replace(item, relayer=_relayer(item, made, idle)) if item.source else item for item in made]


def _relayer(
    item: Attribution, made: Sequence[Attribution], idle: Sequence[tuple[tuple[Run, ...], Run]]
) -> tuple[Run, ...]:
    at = item.source[0][0]
    for source, (_, end) in idle:
        if 0 <= at - end <= NEAR and item.cue[0][0] >= item.source[-1][1]:
            return source
    around = [
        other
        for other in made
        if other is not item
        and other.source
        and other.content[0][0] < at
        and max(item.source[-1][1], item.cue[-1][1]) < other.content[-1][1]
        and other.content[0][0] < item.cue[0][0]
    ]
    closest = min(around, key=lambda other: other.content[-1][1] - other.content[0][0], default=None)
    return closest.source if closest else ()


def _moved(attribution: Attribution, by: int) -> Attribution:
    """The same with all word numbers larger by some."""

    def moved(held: tuple[Run, ...]) -> tuple[Run, ...]:
        return tuple((start + by, end + by) for start, end in held)

    return Attribution(
        moved(attribution.source), moved(attribution.cue), moved(attribution.content), moved(attribution.relayer)
    )


def _place(attribution: Attribution) -> tuple[int, Run]:
    parts = attribution.source + attribution.cue + attribution.content
    return min(start for start, _ in parts), attribution.content[0]
