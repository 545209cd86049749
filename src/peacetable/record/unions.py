"""Things that are one: sets that are joined pair by pair (union-find), with pairs that must stay apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


class Unions(Generic[Item]):
    """Which items are one. In what order they were joined matters only where items are kept apart."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        """Begin with every item by itself."""
        self._parent = {item: item for item in items}
        self._members: dict[Item, list[Item]] = {item: [item] for item in self._parent}
        self._apart: dict[Item, set[Item]] = defaultdict(set)

    def root(self, item: Item) -> Item:
        """One item that stands for all that are one with this."""
        top = item
        while self._parent[top] != top:
            top = self._parent[top]
        while self._parent[item] != top:
            self._parent[item], item = top, self._parent[item]
        return top

    def members(self, item: Item) -> list[Item]:
        """All that are one with an item."""
        return self._members[self.root(item)]

    def keep_apart(self, left: Item, right: Item) -> None:
        """From now on, nothing may make these two one."""
        first, second = self.root(left), self.root(right)
        if first != second:
            self._apart[first].add(second)
            self._apart[second].add(first)

    def apart(self, left: Item, right: Item) -> bool:
        """May nothing make these two one?"""
        return self.root(right) in self._apart[self.root(left)]

    def join(self, left: Item, right: Item) -> bool:
        """Make two items one; False where they are to stay apart."""
        first, second = self.root(left), self.root(right)
        if first == second:
            return True
        if second in self._apart[first]:
            return False
        if len(self._members[first]) < len(self._members[second]):
            first, second = second, first
        self._parent[second] = first
        self._members[first].extend(self._members.pop(second))
        for other in self._apart.pop(second, ()):
            self._apart[other].discard(second)
            self._apart[other].add(first)
            self._apart[first].add(other)
        return True

    def groups(self) -> list[list[Item]]:
        """Every set, those of one item included."""
        return list(self._members.values())
