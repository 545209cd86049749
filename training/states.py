"""What a finished trunk says of every word of the training data, in int8 as it is shipped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.items import Item


def states(
    pools: Mapping[str, Sequence[Item]], folder: Path, *, workers: int
) -> dict[str, dict[int, NDArray[np.float16]]]:
    """The state of each word of each item, (words, width), by data set and the item's number.

    Args:
        folder: where `trunk.onnx` lies.
        workers: processes; each runs a window at a time on one thread, as reading does.
    """
    found: dict[str, dict[int, NDArray[np.float16]]] = {name: {} for name in pools}
    every = [item for held in pools.values() for item in held]
    with ProcessPoolExecutor(workers) as pool:
        parts = pool.map(_of, [every[start::workers] for start in range(workers)], [folder] * workers)
        for part in parts:
            for name, number, rows in part:
                found[name][number] = rows
    return found


def _of(items: Iterable[Item], folder: Path) -> list[tuple[str, int, NDArray[np.float16]]]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "trunk.onnx"), options, providers=["CPUExecutionProvider"])
    rows = []
    for item in items:
        window = item.window
        (told,) = session.run(None, {"ids": window.ids[None], "features": window.features[None]})
        rows.append((item.data, item.number, told[0, window.firsts].astype(np.float16)))
    return rows
