"""Names within names: which are outermost, and which of the others one more layer can hold."""

from __future__ import annotations

from collections.abc import Mapping

from training.examples import Name, Run


def layered(found: Mapping[Run, frozenset[str]]) -> tuple[Name, ...]:
    """Names in order, the longest first, as two layers that do not overlap within themselves.

    A name that crosses another, or lies within two, is left out; so is one within another that is not known.
    """
    kept: list[Name] = []
    for run, types in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        around = [name for name in kept if name.run[1] > run[0]]
        if any(name.run[1] < run[1] or name.nested for name in around) or (around and not types):
            continue
        kept.append(Name(run, types, nested=bool(around)))
    return tuple(kept)
