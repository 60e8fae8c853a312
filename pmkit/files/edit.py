"""Changing a person's file and nothing else in it.

A `Draft` is one file open for changes. Each change is a splice at the reader's own places, so
comments, order, spacing, line ends and a byte-order mark stay byte for byte. What comes out is
read again and compared with what was meant before a byte is written; a file that somebody
changed meanwhile is refused.

A path names a piece of the file: keys, the place of an item in a list counted from zero, or, in
a list of records, an item's `id`: `("camera", "people", "jun-ito", "phone")`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

from pmkit import disk
from pmkit.files import dialect, lexical, notation, walk
from pmkit.files.notation import Value
from pmkit.model.tree import Mapping, Node, Scalar, Sequence, plain
from pmkit.problems import Problem, Stop

Step = str | int
_BOM: Final = b"\xef\xbb\xbf"
_COLON = re.compile(r"[ \t]*:")
_COMMA = re.compile(r"\s*,")


class Splice(NamedTuple):
    """Characters from `start` to before `end` become `text`.

    New lines in one place stand the deepest first: `depth` is their column.
    """

    start: int
    end: int
    text: str
    depth: int = 1000


class Draft:
    """One file of the folder, open for changes; nothing is written until `write`.

    `data` are the file's bytes, None for a file that is not there yet, which then begins with
    `heading` (its owner line). Raises `Stop` when the file has errors: a file that is not
    understood is not changed.
    """

    def __init__(self, file: str, data: bytes | None, heading: str = "") -> None:
        self.file = file
        self.before = data
        start = heading.encode() if data is None else data
        self._bom = start.startswith(_BOM)
        self._splices: list[Splice] = []
        self._spent: set[int] = set()
        self._start = start
        self._load(start)
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
        node: Any = self._wanted
        for step in path:
            node = _below(node, step)
            if node is _MISSING:
                return False
        return True

    def set(self, path: Iterable[Step], value: Value) -> None:
        """The value at a path becomes this one; a key that is not there yet is added as the last."""
        *above, last = path
        if not self.has(*above, last):
            self._add(above, last, value)
            return
        holder, node = self._find([*above]), self._find([*above, last])
        if self._conflicts(node, holder) or node.start == node.end or not isinstance(node, Scalar):
            self._settle()
            holder, node = self._find([*above]), self._find([*above, last])
        self._replace(holder, last, node, value)
        self._spend(node)
        self._mean([*above], last, value)

    def append(self, path: Iterable[Step], value: Value) -> None:
        """A list gets one more item, at its end; a key without a value becomes a list."""
        path = [*path]
        if _below_all(self._wanted, path) is None:
            self.set(path, [value])
            return
        node = self._find(path)
        if self._conflicts(node):
            self._settle()
            node = self._find(path)
        if not isinstance(node, Sequence):
            raise self._stop(f"{_said(path)} is no list")
        if node.flow or not node.items:
            self._into_brackets(node, node.items[-1] if node.items else None, notation.flow(value))
        else:
            pad = " " * (node.column - 1)
            last = node.items[-1]
            wide = isinstance(last, Mapping) and not last.flow
            words = notation.item(value, node.column + 1, self._end, wide)
            self._below(self._content_end(last), f"{pad}- {words}", node.column)
        self._mean_list(path).append(_meant(value))

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
        node = _node(self._root, path)
        if node is None:
            self._settle()
            node = _node(self._root, path)
        if node is None:
            raise self._stop(f"there is no {_said(path)}")
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

    # ---- the splices

    def _replace(self, holder: Node, last: Step, node: Node, value: Value) -> None:
        flow = isinstance(holder, (Mapping, Sequence)) and holder.flow
        words = notation.flow(value) if flow else notation.one_line(value)
        if isinstance(node, Scalar) and node.start == node.end:
            self._fill(holder, last, node, value, words)
            return
        start, end = node.start, self._content_end(node)
        if isinstance(node, Scalar):
            quoted = self._text[start] in "\"'"
            if isinstance(value, str) and quoted:
                words = notation.scalar(value, flow, quoted=True)
        elif not flow and isinstance(holder, Mapping):
            after = self._key_end(holder.keys[str(last)])
            if not self._text[after:start].strip() and not self._text[end : self._line_end(end)].strip():
                start, words = after, notation.block(value, holder.column + 1, self._end)
        self._splices.append(Splice(start, end, words))

    def _fill(self, holder: Node, last: Step, node: Scalar, value: Value, words: str) -> None:
        """A value where nothing stood: after the colon or the dash."""
        if isinstance(holder, Mapping):
            key = holder.keys[str(last)]
            at, end = self._key_end(key), self._line_end(key.end)
            text = f" {words}" if holder.flow else notation.block(value, holder.column + 1, self._end)
            if at == key.end:
                text = f":{text}"
            elif text.startswith(self._end):
                at = end
            elif not holder.flow and self._text[at:end].strip():
                text = f" {words}"
            self._splices.append(Splice(at, at, text))
        else:
            self._splices.append(Splice(node.start, node.start, f" {words}"))

    def _add(self, above: list[Step], key: Step, value: Value) -> None:
        if not isinstance(key, str):
            raise self._stop(f"there is no item {key} in {_said(above)}")
        if above and _below_all(self._wanted, above) is None:
            self.set(above, {key: value})
            return
        if not self.has(*above):
            raise self._stop(f"there is no {_said(above)}")
        node = self._find(above)
        if self._conflicts(node):
            self._settle()
            node = self._find(above)
        if not isinstance(node, Mapping):
            raise self._stop(f"{_said(above)} has no fields")
        if node.flow:
            *_, last = node.values or [""]
            child = node.values.get(last)
            words = f"{notation.scalar(key, flow=True)}: {notation.flow(value)}"
            self._into_brackets(node, child, words, self._key_end(node.keys[last]) if child else 0)
        elif not node.values:
            start = "" if not self._text or self._text.endswith(("\n", "\r")) else self._end
            at = len(self._text)
            line = f"{notation.scalar(key)}:{notation.block(value, 2, self._end)}"
            self._splices.append(Splice(at, at, start + line + self._end))
            self._spent.add(id(node))
        else:
            pad = " " * (node.column - 1)
            line = f"{pad}{notation.scalar(key)}:{notation.block(value, node.column + 1, self._end)}"
            self._below(self._content_end(node), line, node.column)
        self._mean(above, key, value)

    def _into_brackets(self, node: Node, last: Node | None, words: str, least: int = 0) -> None:
        if last is None:
            self._splices.append(Splice(node.start + 1, node.start + 1, words))
            self._spent.add(id(node))
            return
        at = max(last.end, least) if last.end > last.start else least or last.start
        comma = _COMMA.match(self._text, at)
        if comma or last.start == last.end:
            self._spent |= {id(node), id(last)}
        self._splices.append(Splice(comma.end(), comma.end(), f" {words}") if comma else Splice(at, at, f", {words}"))

    def _below(self, at: int, line: str, depth: int) -> None:
        """A new line below the one on which a place stands; a comment at that line's end stays with it."""
        end = self._line_end(at)
        self._splices.append(Splice(end, end, self._end + line, depth))

    def _line_end(self, at: int) -> int:
        found = lexical.LINE_END.search(self._text, at)
        return found.start() if found else len(self._text)

    # ---- what was meant

    def _mean(self, above: Iterable[Step], key: Step, value: Value) -> None:
        holder = _below_all(self._wanted, [*above])
        holder[_at(holder, key) if isinstance(holder, list) else key] = _meant(value)

    def _mean_list(self, path: list[Step]) -> list[Any]:
        found = _below_all(self._wanted, path)
        assert isinstance(found, list)
        return found

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


def open_file(root: Path, file: str, heading: str = "") -> Draft:
    """A file of the folder, open for changes; one that is not there begins with `heading`."""
    if not (root / file).exists() and not (root / file).is_symlink():
        return Draft(file, None, heading)
    data = walk.load(root, file)
    if isinstance(data, Problem):
        raise Stop(f"{file} is not changed: {data.message}", data.hint)
    return Draft(file, data, heading)


def write(root: Path, drafts: Iterable[Draft]) -> list[str]:
    """Writes every changed draft, under the folder's lock; returns the files' names.

    All or none: a file that was changed underneath, a full disk or an interruption leaves each
    file as it was. Raises `Stop`.
    """
    ready = [(draft, draft.data) for draft in drafts if draft.changed]
    done: list[Draft] = []
    if not ready:
        return []
    with disk.folder_lock(root, "changing " + ", ".join(draft.file for draft, _ in ready)):
        try:
            for draft, data in ready:
                done.append(draft)
                before = disk.NEW if draft.before is None else disk.digest(draft.before)
                private = draft.before is None and draft.file.startswith("private/")
                disk.write(root / draft.file, data, root=root, private=private, replaces=before)
        except BaseException:
            for draft in done:
                _put_back(root / draft.file, draft)
            raise
    return [draft.file for draft, _ in ready]


def _put_back(path: Path, draft: Draft) -> None:
    """The file as it was, unless somebody else's change stands there now."""
    there = path.read_bytes() if path.is_file() else None
    if there is None or there != draft.data:
        return
    if draft.before is None:
        path.unlink()
    else:
        disk.write(path, draft.before, replaces=disk.digest(there))


class _Missing:
    __slots__ = ()


_MISSING = _Missing()


def _at(items: list[Any], step: Step) -> int:
    """The index of an item of a list, by number or by its `id`; -1 when there is none."""
    if isinstance(step, int):
        return step if 0 <= step < len(items) else -1
    return next((n for n, one in enumerate(items) if isinstance(one, dict) and one.get("id") == step), -1)


def _below(node: Any, step: Step) -> Any:
    if isinstance(node, dict):
        return node.get(step, _MISSING)
    if isinstance(node, list):
        at = _at(node, step)
        return node[at] if at >= 0 else _MISSING
    return _MISSING


def _below_all(node: Any, path: Iterable[Step]) -> Any:
    for step in path:
        node = _below(node, step)
    return node


def _node(root: Node, path: Iterable[Step]) -> Node | None:
    node: Node | None = root
    for step in path:
        if isinstance(node, Mapping):
            node = node.values.get(str(step))
        elif isinstance(node, Sequence):
            node = next((one for n, one in enumerate(node.items) if step in (n, _id(one))), None)
        else:
            return None
    return node


def _id(node: Node) -> str | None:
    name = node.values.get("id") if isinstance(node, Mapping) else None
    return name.text if isinstance(name, Scalar) else None


def _meant(value: Value) -> Any:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: _meant(one) for key, one in value.items()}
    return [_meant(one) for one in value]


def _said(path: Iterable[Step]) -> str:
    return " ".join(str(step) for step in path) or "the file itself"
