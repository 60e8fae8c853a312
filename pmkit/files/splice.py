"""One file's text with splices in it, and where things stand in that text.

What comes out is read again and compared with what was meant; a splice that would say anything
else, or meet another, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from pmkit.files import dialect, lexical, steps
from pmkit.files.steps import Step
from pmkit.model.tree import Mapping, Node, Scalar, Sequence, plain
from pmkit.problems import Stop

_BOM: Final = b"\xef\xbb\xbf"
_COLON = re.compile(r"[ \t]*:")
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*", re.MULTILINE)


class Splice(NamedTuple):
    """Characters from `start` to before `end` become `text`.

    New lines in one place stand the deepest first: `depth` is their column.
    """

    start: int
    end: int
    text: str
    depth: int = 1000


class Page:
    """The text of one file, its tree, and the splices that wait.

    Raises `Stop` when the file has errors: a file that is not understood is not changed.
    """

    def __init__(self, file: str, data: bytes) -> None:
        self.file = file
        self._start = data
        self._bom = data.startswith(_BOM)
        self._splices: list[Splice] = []
        self._spent: set[int] = set()
        self._load(data)
        self._wanted: Any = plain(self._root)

    @property
    def data(self) -> bytes:
        """The file's bytes with all changes, read again and found to say what was meant."""
        self._settle()
        return (_BOM if self._bom else b"") + self._text.encode()

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return self.data != self._start

    def has(self, *path: Step) -> bool:
        """Whether something stands at a path."""
        return steps.below(self._wanted, path) is not steps.MISSING

    def value(self, *path: Step) -> Any:
        """What stands at a path, as plain dicts, lists, text and None."""
        return steps.below(self._wanted, path)

    # ---- where things stand

    def _load(self, data: bytes) -> None:
        tree, problems = dialect.read(data, self.file)
        wrong = next((problem for problem in problems if problem.severity == "error"), None)
        if tree is None or wrong is not None:
            told = f": {wrong.message} ({wrong.place})" if wrong else ""
            raise Stop(f"{self.file} has errors and is not changed{told}", "mend it first: pmkit validate")
        self._root = tree
        self._text = lexical.decode(data, self.file)[0]
        found = lexical.LINE_END.search(self._text)
        self._end = found[0] if found else "\n"

    def _find(self, path: Iterable[Step]) -> Node:
        """The node at a path, in the file as it stands after what was changed so far."""
        path = [*path]
        node = steps.node(self._root, path)
        if node is None:
            self._settle()
            node = steps.node(self._root, path)
        if node is None:
            raise self._stop(f"there is no {steps.said(path)}")
        return node

    def _conflicts(self, *nodes: Node) -> bool:
        return any(id(node) in self._spent for node in nodes)

    def _spend(self, node: Node) -> None:
        self._spent.add(id(node))
        children: Iterable[Node] = ()
        if isinstance(node, Mapping):
            children = node.values.values()
        elif isinstance(node, Sequence):
            children = node.items
        for child in children:
            self._spend(child)

    def _content_end(self, node: Node) -> int:
        """Where a node's last character stands; text written after `|` counts without its last line ends."""
        if isinstance(node, Mapping) and not node.flow and node.values:
            *_, key = node.values
            last = node.values[key]
            return max(self._content_end(last), self._key_end(node.keys[key]))
        if isinstance(node, Sequence) and not node.flow and node.items:
            return max(self._content_end(node.items[-1]), node.start + 1)
        return node.start + len(self._text[node.start : node.end].rstrip())

    def _key_end(self, key: Scalar) -> int:
        """After a key's colon; after the key itself where it has none (`{a, b}`)."""
        found = _COLON.match(self._text, key.end)
        return found.end() if found else key.end

    def _line_start(self, at: int) -> int:
        return max(self._text.rfind("\n", 0, at), self._text.rfind("\r", 0, at)) + 1

    def _line_end(self, at: int) -> int:
        found = lexical.LINE_END.search(self._text, at)
        return found.start() if found else len(self._text)

    def _next_line(self, at: int) -> int:
        """Where the line after the one a place is on begins."""
        found = lexical.LINE_END.search(self._text, at)
        return found.end() if found else len(self._text)

    def _comments(self, start: int, end: int) -> list[tuple[int, str]]:
        """The comments that begin in a stretch of the text, each with its place."""
        return [(at, text) for at, text in comments(self._text, self._root) if start <= at < end]

    # ---- the splices

    def _below(self, at: int, line: str, depth: int) -> None:
        """A new line below the one on which a place stands; a comment at that line's end stays with it."""
        end = self._line_end(at)
        self._splices.append(Splice(end, end, self._end + line, depth))

    def _settle(self) -> None:
        """Makes the changes and reads the file again: it says what was meant, or nothing is done."""
        if not self._splices:
            return
        parts, at = [], 0
        for splice in sorted(self._splices, key=lambda splice: (splice.start, -splice.depth)):
            if splice.start < at:
                raise self._stop("two changes meet in one place")
            parts += [self._text[at : splice.start], splice.text]
            at = splice.end
        text = "".join([*parts, self._text[at:]])
        data = (_BOM if self._bom else b"") + text.encode("utf-8", "surrogatepass")
        tree, problems = dialect.read(data, self.file)
        if tree is None or any(p.severity == "error" for p in problems) or plain(tree) != self._wanted:
            raise self._stop("it is written in a way that pmkit cannot change without touching more than it should")
        self._load(data)
        self._splices.clear()
        self._spent.clear()

    def _stop(self, why: str) -> Stop:
        return Stop(f"{self.file} is not changed: {why}", "make this change by hand")


def comments(text: str, root: Node) -> Iterator[tuple[int, str]]:
    """Every comment of a file, in order, each with the place where it begins."""
    at = 0
    for start, end in [*sorted(_spans(root)), (len(text), len(text))]:
        for found in _COMMENT.finditer(text, at, max(at, start)):
            yield found.start(), found[0].rstrip()
        at = max(at, end)


def _spans(node: Node) -> Iterator[tuple[int, int]]:
    """Where text stands in which a `#` begins no comment."""
    if isinstance(node, Mapping):
        for key, value in node.values.items():
            yield node.keys[key].start, node.keys[key].end
            yield from _spans(value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _spans(item)
    elif node.end > node.start:
        yield node.start, node.end
