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
from typing import Any

from pmkit.files import change, notation, steps, walk
from pmkit.files.change import Change
from pmkit.files.contents import Contents
from pmkit.files.items import Items
from pmkit.files.notation import Value
from pmkit.files.splice import Splice
from pmkit.files.steps import Step as Step
from pmkit.model.tree import Mapping, Node, Scalar, Sequence

_COMMA = re.compile(r"\s*,")


class Draft(Items, Contents):
    """One file of the folder, open for changes; nothing is written until `write`.

    `data` are the file's bytes, None for a file that is not there yet, which then begins with
    `heading` (its owner line). Raises `Stop` when the file has errors: a file that is not
    understood is not changed.
    """

    def __init__(self, file: str, data: bytes | None, heading: str = "") -> None:
        self.before = data
        super().__init__(file, heading.encode() if data is None else data)

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

    def set_after(self, path: Iterable[Step], after: str, value: Value) -> None:
        """As `set`, but a key that is not there yet is added below another one of its record."""
        path = [*path]
        self._settle()
        node = self._find(path[:-1])
        apart = isinstance(node, Mapping) and not node.flow and after in node.values
        if self.has(*path) or not apart:
            self.set(path, value)
            return
        assert isinstance(node, Mapping)
        key = path[-1]
        at = max(self._content_end(node.values[after]), self._key_end(node.keys[after]))
        pad = " " * (node.column - 1)
        line = f"{pad}{notation.scalar(str(key))}:{notation.block(value, node.column + 1, self._end)}"
        self._below(at, line, node.column)
        self._mean(path[:-1], key, value)

    def append(self, path: Iterable[Step], value: Value) -> None:
        """A list gets one more item, at its end; a key without a value becomes a list."""
        path = [*path]
        if steps.below(self._wanted, path) is None:
            self.set(path, [value])
            return
        node = self._find(path)
        if self._conflicts(node):
            self._settle()
            node = self._find(path)
        if not isinstance(node, Sequence):
            raise self._stop(f"{steps.said(path)} is no list")
        if node.flow or not node.items:
            self._into_brackets(node, node.items[-1] if node.items else None, notation.flow(value))
        else:
            pad = " " * (node.column - 1)
            last = node.items[-1]
            wide = isinstance(last, Mapping) and not last.flow
            words = notation.item(value, node.column + 1, self._end, wide)
            self._below(self._content_end(last), f"{pad}- {words}", node.column)
        self._mean_list(path).append(steps.meant(value))

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
            raise self._stop(f"there is no item {key} in {steps.said(above)}")
        if above and steps.below(self._wanted, above) is None:
            self.set(above, {key: value})
            return
        if not self.has(*above):
            raise self._stop(f"there is no {steps.said(above)}")
        node = self._find(above)
        if self._conflicts(node):
            self._settle()
            node = self._find(above)
        if not isinstance(node, Mapping):
            raise self._stop(f"{steps.said(above)} has no fields")
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

    # ---- what was meant

    def _mean(self, above: Iterable[Step], key: Step, value: Value) -> None:
        holder = steps.below(self._wanted, above)
        holder[steps.at(holder, key) if isinstance(holder, list) else key] = steps.meant(value)

    def _mean_list(self, path: list[Step]) -> list[Any]:
        found = steps.below(self._wanted, path)
        assert isinstance(found, list)
        return found


def open_file(root: Path, file: str, heading: str = "") -> Draft:
    """A file of the folder, open for changes; one that is not there begins with `heading`."""
    return Draft(file, walk.before(root, file), heading)


def write(root: Path, drafts: Iterable[Draft]) -> list[str]:
    """Writes every changed draft, under the folder's lock; returns the files' names.

    All or none: a file that was changed underneath, a full disk or an interruption leaves each
    file as it was. Raises `Stop`.
    """
    return change.write(root, [Change(draft.file, draft.before, draft.data) for draft in drafts if draft.changed])
