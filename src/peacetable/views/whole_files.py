"""Files written whole or not at all: a reader never sees half a brief, and a failed run leaves the old one."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from peacetable.errors import OutputError


def write_whole(path: Path, data: str | bytes) -> None:
    """Write a file beside its place, then move it there; folders are made as needed.

    Raises:
        OutputError: it cannot be written there.
    """
    content = data.encode("utf-8") if isinstance(data, str) else data
    try:
        _replace(path, [content])
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a file line by line, as `write_whole` does, without holding it in memory.

    Raises:
        OutputError: it cannot be written there.
    """
    try:
        _replace(path, (line.encode("utf-8") for line in lines))
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error


def _replace(path: Path, content: Iterable[bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
        # mkstemp makes files that only their owner can read; a brief is as readable as any other file.
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
