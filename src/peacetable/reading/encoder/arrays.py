"""The arrays that go between the network and the decoders."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]
Integers: TypeAlias = NDArray[np.int64]


#: No row is padded to less: the graphs are exported for two words at least.
SHORTEST: Final = 2


def padded(rows: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Rows of different lengths as one array, zeros behind the shorter ones; there must be at least one row."""
    first = rows[0]
    most = max(SHORTEST, *(len(row) for row in rows))
    found = np.zeros((len(rows), most, *first.shape[1:]), first.dtype)
    for number, row in enumerate(rows):
        found[number, : len(row)] = row
    return found


def mask(lengths: Sequence[int] | Integers) -> Integers:
    """1 for what is there and 0 for padding, for rows of some lengths."""
    held = np.asarray(lengths, np.int64)
    most = max(SHORTEST, int(held.max(initial=0)))
    return (np.arange(most)[None, :] < held[:, None]).astype(np.int64)
