"""Items of lists taken from one place and put into another, as they are written.

A line moves whole, with the comment at its end. An item between brackets leaves the line's
comment where it is; an item that comes from a line of its own into brackets brings its comment
along, to the end of the line or, where one stands there already, above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pmkit.files import notation, steps
from pmkit.files.notation import Value
from pmkit.files.splice import Page, Splice
from pmkit.files.steps import Step
from pmkit.model.tree import Mapping, Node, Sequence

_COMMA = re.compile(r"[ \t]*,[ \t]*")
_APART = "   "


class Item(NamedTuple):
    """An item of a list as it is written: its value, its words between brackets or its lines, its comments.

    `lines` are whole lines, the first with the dash at `column`; none for an item between brackets.
    """

    value: Value
    words: str
    lines: tuple[str, ...]
    column: int
    comments: tuple[str, ...]


class Items(Page):
    """Taking items out of lists and putting them in."""

    def item(self, *path: Step) -> Item:
        """An item of a list as it is written."""
        *above, last = path
        holder, node = self._list(above), self._settled(path)
        value = steps.below(self._wanted, path)
        if holder.flow:
            end = self._content_end(node)
            words = self._text[node.start : end]
            notes = tuple(text for _, text in self._comments(node.start, end))
            if "\n" in words or "\r" in words:
                words = notation.flow(value)
            return Item(value, words, (), 0, notes)
        start, end = self._lines(holder, int(last))
        lines = self._text[start:end].splitlines()
        notes = tuple(text for _, text in self._comments(start, end))
        return Item(value, notation.flow(value), tuple(lines), holder.column, notes)

    def insert(self, path: Iterable[Step], index: int, item: Item) -> None:
        """Puts an item into a list, before the item that stands at `index` now, or after the last."""
        path = [*path]
        holder = self._list(path)
        if holder.flow or not holder.items:
            self._between(holder, index, item.words)
            self._note(holder, item.comments)
        else:
            lines = self._reindented(item, holder.column)
            text = self._end.join(lines)
            if index < len(holder.items):
                at = self._line_start(self._dash(holder, index))
                if index and not self._text[self._after(holder, index - 1) : at].strip():
                    at = self._after(holder, index - 1)
                self._splices.append(Splice(at, at, text + self._end))
            else:
                self._below(self._content_end(holder.items[-1]), text, holder.column)
        steps.below(self._wanted, path).insert(index, steps.meant(item.value))
        self._settle()

    def remove(self, *path: Step) -> None:
        """Takes an item out of a list: its whole line with the comment, or what stands between the commas."""
        *above, last = path
        index = int(last)
        holder = self._list(above)
        if holder.flow:
            self._from_brackets(holder, index)
        else:
            if len(holder.items) == 1:
                self._emptied(above)
            start, end = self._lines(holder, index)
            self._splices.append(Splice(start, end, ""))
        del steps.below(self._wanted, above)[index]
        self._settle()

    # ---- where an item stands

    def _settled(self, path: Iterable[Step]) -> Node:
        self._settle()
        return self._find(path)

    def _list(self, path: Iterable[Step]) -> Sequence:
        path = [*path]
        node = self._settled(path)
        if not isinstance(node, Sequence):
            raise self._stop(f"{steps.said(path)} is no list")
        return node

    def _dash(self, holder: Sequence, index: int) -> int:
        """Where the dash of an item stands."""
        at = holder.start if not index else self._content_end(holder.items[index - 1])
        notes = dict(self._comments(at, holder.items[index].start))
        while self._text[at] != "-" or at in notes:
            at += len(notes.get(at, "x"))
        return at

    def _lines(self, holder: Sequence, index: int) -> tuple[int, int]:
        """The whole lines of an item, from its dash on."""
        dash = self._dash(holder, index)
        start = self._line_start(dash)
        if self._text[start:dash].strip():
            raise self._stop("a dash stands on the line of another")
        end = self._next_line(self._content_end(holder.items[index]))
        return start, end

    def _after(self, holder: Sequence, index: int) -> int:
        return self._next_line(self._content_end(holder.items[index]))

    # ---- the splices

    def _between(self, holder: Sequence, index: int, words: str) -> None:
        if not holder.items:
            self._splices.append(Splice(holder.start + 1, holder.start + 1, words))
        elif index < len(holder.items):
            at = holder.items[index].start
            self._splices.append(Splice(at, at, f"{words}, "))
        else:
            at = self._content_end(holder.items[-1])
            comma = _COMMA.match(self._text, at)
            if comma:
                at += len(comma[0].rstrip())
            self._splices.append(Splice(at, at, f" {words}" if comma else f", {words}"))

    def _from_brackets(self, holder: Sequence, index: int) -> None:
        """Takes out an item with the comma after it, else with the one before it on its line."""
        node = holder.items[index]
        start, end = node.start, self._content_end(node)
        line = self._line_start(start)
        first = not self._text[line:start].strip()
        comma = _COMMA.match(self._text, end)
        if comma:
            end = comma.end()
        elif index:
            before = self._content_end(holder.items[index - 1])
            if self._text[before:start].strip(" \t") == ",":
                self._splices.append(Splice(before, end, ""))
                return
        rest = self._text[end : self._line_end(end)]
        if first and not rest.strip():
            start, end = line, self._next_line(end)
        elif comma and rest.startswith("#"):
            end = comma.start() + len(comma[0].rstrip())
        if not first and (not rest or rest[0] in "#]"):
            start = self._blank_before(start)
        self._splices.append(Splice(start, end, ""))

    def _blank_before(self, at: int) -> int:
        return at - len(self._text[:at]) + len(self._text[:at].rstrip(" \t"))

    def _emptied(self, above: list[Step]) -> None:
        """A key whose last line goes has `[]`."""
        *outer, key = above
        mapping = self._find(outer)
        if not isinstance(mapping, Mapping):
            raise self._stop(f"{steps.said(above)} would be empty")
        at = self._key_end(mapping.keys[str(key)])
        self._splices.append(Splice(at, at, " []"))

    def _note(self, holder: Sequence, notes: tuple[str, ...]) -> None:
        """Comments that came with a line, at the list's line."""
        if not notes:
            return
        end = self._line_end(holder.end)
        if len(notes) == 1 and not self._comments(holder.end, end + 1):
            self._splices.append(Splice(end, end, _APART + notes[0]))
            return
        line = self._line_start(holder.start)
        text = self._text[line : self._line_end(line)]
        pad = text[: len(text) - len(text.lstrip())]
        self._splices.append(Splice(line, line, "".join(f"{pad}{note}{self._end}" for note in notes)))

    def _reindented(self, item: Item, column: int) -> list[str]:
        """An item's lines with the dash at a column; one that stood between brackets on a line of its own."""
        pad = " " * (column - 1)
        if not item.lines:
            words = notation.one_line(item.value) if isinstance(item.value, str) else item.words
            return [*(f"{pad}{note}" for note in item.comments), f"{pad}- {words}"]
        more = column - item.column
        if more >= 0:
            return [f"{' ' * more}{line}" if line.strip() else line for line in item.lines]
        return [line[-more:] if not line[:-more].strip() else line.lstrip() for line in item.lines]
