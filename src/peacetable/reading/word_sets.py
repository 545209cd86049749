"""Closed sets of words by name, out of `words/word_sets.toml`: read when the first is asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of a set, in lower case.

    Raises:
        KeyError: there is no set of that name.
    """
    return frozenset(_sets()[name].split())


@cache
def _sets() -> Mapping[str, str]:
    text = files("peacetable.reading").joinpath("words", "word_sets.toml").read_text("utf-8")
    return {name: group["words"] for name, group in tomllib.loads(text).items()}
