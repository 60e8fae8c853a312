"""Text with its place: what the dialect reader hands to the model.

Every scalar is the text that was typed (after YAML's quoting and folding), never a number,
date or boolean. `None` is what stands plain and empty or `~`.
"""

from __future__ import annotations

from typing import NamedTuple

from pmkit.problems import Place


class Node:
    """A piece of a file: where it begins (line and column from one) and how long it is there.

    `length` is the number of characters on the first line, for the caret. `start` and `end`
    are character offsets into the decoded file, for edits that touch nothing else.
    """

    __slots__ = ()

    file: str
    line: int
    column: int
    length: int
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.line, self.column, self.length)


class _Scalar(NamedTuple):
    file: str
    line: int
    column: int
    length: int
    start: int
    end: int
    text: str | None
    plain: bool = True


class Scalar(_Scalar, Node):
    """One value as text. `plain` is false when it was quoted or written as a block.

    A tuple, because nine in ten nodes of a folder are scalars and nothing is made faster.
    """

    __slots__ = ()


class Sequence(Node):
    """A list. `flow` is true for `[a, b]`."""

    __slots__ = ("column", "end", "file", "flow", "items", "length", "line", "start")

    def __init__(
        self,
        file: str,
        line: int,
        column: int,
        length: int,
        start: int,
        end: int,
        items: list[Node],
        flow: bool = False,
    ) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.length = length
        self.start = start
        self.end = end
        self.items = items
        self.flow = flow


class Mapping(Node):
    """Keys and values in the order typed; `keys` holds the key's own node by its text."""

    __slots__ = ("column", "end", "file", "flow", "keys", "length", "line", "start", "values")

    def __init__(
        self,
        file: str,
        line: int,
        column: int,
        length: int,
        start: int,
        end: int,
        keys: dict[str, Scalar],
        values: dict[str, Node],
        flow: bool = False,
    ) -> None:
        self.file = file
        self.line = line
        self.column = column
        self.length = length
        self.start = start
        self.end = end
        self.keys = keys
        self.values = values
        self.flow = flow

    def key_place(self, key: str) -> Place:
        """Where a key stands; the mapping's own place when it is not there."""
        node = self.keys.get(key)
        return node.place if node is not None else self.place


def plain(node: Node | None) -> object:
    """The tree as ordinary dicts, lists, strings and None, without places."""
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.values.items()}
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return node.text if isinstance(node, Scalar) else None


def place_in(node: Node | None, key: str = "", item: int | str | None = None) -> Place:
    """Where a key of a node stands, or an item below that key."""
    if node is None:
        return Place("")
    if not key or not isinstance(node, Mapping) or key not in node.values:
        return node.place
    child = node.values[key]
    if isinstance(child, Sequence) and isinstance(item, int) and item < len(child.items):
        return child.items[item].place
    if isinstance(child, Mapping) and isinstance(item, str) and item in child.keys:
        return child.keys[item].place
    return child.place if item is not None or isinstance(child, Scalar) else node.key_place(key)
