"""A YAML (or JSON) document as nodes that know their line, so that every error can name it.

Scalars stay text until somebody asks for a number: YAML would otherwise take the state `N` for "no".
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Final

import yaml

from peacetable.strategy.conflict import ConflictError

#: A model with more characters than this is not one that anybody wrote.
MOST_CHARACTERS: Final = 20_000_000
#: Lists within lists beyond which nobody wrote it either.
DEEPEST: Final = 20


class FileError(ConflictError):
    """A model file does not say what it should; the message names the line."""

    def __init__(self, where: str, line: int, message: str) -> None:
        super().__init__(f"{where}, line {line}: {message}")


@dataclass(frozen=True, slots=True)
class Node:
    """One place of a document: a mapping, a list or a scalar."""

    raw: Any
    where: str
    path: str

    def fail(self, message: str) -> FileError:
        """An error at this place."""
        return FileError(self.where, self.raw.start_mark.line + 1, f"{self.path}: {message}" if self.path else message)

    @property
    def is_mapping(self) -> bool:
        """Is it a mapping?"""
        return isinstance(self.raw, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Is it a list?"""
        return isinstance(self.raw, yaml.SequenceNode)

    def mapping(self, known: Collection[str]) -> dict[str, Node]:
        """The parts of a mapping, by key.

        Raises:
            FileError: it is no mapping, or has a key twice or one that is not known.
        """
        parts: dict[str, Node] = {}
        for key, node in self.items():
            if key in parts:
                raise node.fail(f"{key!r} stands here twice: keep one")
            if key not in known:
                raise node.fail(f"there is no {key!r} here; known are {', '.join(sorted(known))}")
            parts[key] = node
        return parts

    def items(self) -> Iterator[tuple[str, Node]]:
        """The keys of a mapping with their nodes."""
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.fail("expected names with values (a mapping)")
        for key, value in self.raw.value:
            yield str(key.value), Node(value, self.where, f"{self.path}.{key.value}" if self.path else str(key.value))

    def items_of_list(self) -> Iterator[Node]:
        """The parts of a list."""
        if not isinstance(self.raw, yaml.SequenceNode):
            raise self.fail("expected a list")
        for number, value in enumerate(self.raw.value, start=1):
            yield Node(value, self.where, f"{self.path}[{number}]")

    def text(self) -> str:
        """A scalar as it is written."""
        if not isinstance(self.raw, yaml.ScalarNode):
            raise self.fail("expected a text, not a list or a mapping")
        return str(self.raw.value)

    def number(self) -> float:
        """A scalar as a number."""
        try:
            value = float(self.text())
        except ValueError as error:
            raise self.fail(f"expected a number, found {self.text()!r}") from error
        if not math.isfinite(value):
            raise self.fail(f"expected a finite number, found {self.text()!r}")
        return value

    def whole(self) -> int:
        """A scalar as a whole number."""
        value = self.number()
        if value != int(value):
            raise self.fail(f"expected a whole number, found {self.text()!r}")
        return int(value)

    def choice(self, known: Collection[str]) -> str:
        """A scalar that is one of some words."""
        if self.text() not in known:
            raise self.fail(f"expected one of {', '.join(known)}, found {self.text()!r}")
        return self.text()

    def truth(self) -> bool:
        """A scalar that is true or false."""
        return self.choice(("true", "false")) == "true"


def document(text: str, where: str) -> Node:
    """The root of a document.

    Raises:
        FileError: it is empty, too long, no YAML, or uses references, which could grow without end.
    """
    if len(text) > MOST_CHARACTERS:
        raise FileError(where, 1, f"{len(text):,} characters; a model has at most {MOST_CHARACTERS:,}")
    try:
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line + 1 if event.start_mark else 1
            if depth > DEEPEST:
                raise FileError(where, line, "the parts are nested too deeply to be a model")
            if isinstance(event, yaml.AliasEvent):
                raise FileError(where, line, "references (*name) are not read: write the part out")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise FileError(where, line, f"this is no YAML ({error.problem}). Check indentation and colons") from error
    except yaml.YAMLError as error:
        raise FileError(where, 1, f"this is no text that YAML may hold ({error})") from error
    if root is None:
        raise FileError(where, 1, "the file is empty; a model begins with `peacetable-conflict: 1`")
    return Node(root, where, "")
