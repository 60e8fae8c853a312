"""From the C parser's events to the tree with places.

The parser is libyaml as PyYAML wraps it. Nothing is resolved, constructed or shared: text
stays text, and what the dialect refuses is a problem at its place.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from pmkit.files.lexical import LINE_END
from pmkit.model.tree import Mapping, Node, Scalar, Sequence
from pmkit.problems import Place, Problem

DEPTH_LIMIT = 50
SCALAR_LIMIT = 1024 * 1024
_LONG = SCALAR_LIMIT // 4
# The tuple as such, without the detour through the arguments by name.
_made = tuple.__new__
NOTHING = (StreamStartEvent, DocumentEndEvent, StreamEndEvent)


class Ended(Exception):
    """The reading cannot go on after this problem. Never leaves `files`."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


class Walk:
    """One document's events grown into a tree.

    `problems` holds what was found, `quoted` the offsets of double-quoted text and `spans`
    those of text over several lines, for the checks of characters that come after.
    """

    __slots__ = ("file", "next_event", "problems", "quoted", "spans", "text")

    def __init__(self, next_event: Callable[[], Any], text: str, file: str) -> None:
        self.next_event = next_event
        self.text = text
        self.file = file
        self.problems: list[Problem] = []
        self.quoted: list[tuple[int, int]] = []
        self.spans: list[tuple[int, int]] = []

    def document(self) -> Node | None:
        """The root of the only document; None when the file is empty or only comments."""
        root: Node | None = None
        event = self.next_event()
        while not isinstance(event, StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    raise Ended(several_documents(self._place(event, 3)))
                if event.version or event.tags:
                    begin: Any = event.start_mark
                    self.problems.append(directive_refused(self._place(event, self._rest(begin.index))))
            elif not isinstance(event, NOTHING):
                root = self.node(event, 0)
            event = self.next_event()
        return root

    def node(self, event: Any, depth: int) -> Node:
        """The piece of the tree that begins with this event."""
        kind = event.__class__
        if kind is ScalarEvent:
            return self.scalar(event)
        if kind is AliasEvent:
            raise Ended(alias_refused(self._place(event), f"*{event.anchor}"))
        if depth >= DEPTH_LIMIT:
            raise Ended(too_deep(self._place(event, 1)))
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        if kind is MappingStartEvent:
            return self.mapping(event, depth + 1)
        if kind is SequenceStartEvent:
            return self.sequence(event, depth + 1)
        raise TypeError(f"unexpected {kind.__name__}")

    def scalar(self, event: Any) -> Scalar:
        """One value as text; None when plain and empty, or `~`."""
        if event.anchor is not None or event.tag is not None:
            self._refuse(event)
        mark, last = event.start_mark, event.end_mark
        start, end, line, value = mark.index, last.index, mark.line, event.value
        length = end - start
        if last.line == line:
            if not event.style:
                if value == "" or value == "~":
                    value = None
                if length <= _LONG:
                    return _made(Scalar, (self.file, line + 1, mark.column + 1, length, start, end, value, True))
        else:
            self.spans.append((start, end))
            length = self._rest(start)
        if event.style == '"':
            self.quoted.append((start, end))
        if end - start > _LONG:
            self._weigh(event)
        return Scalar(self.file, line + 1, mark.column + 1, length, start, end, value, not event.style)

    def sequence(self, event: Any, depth: int) -> Sequence:
        """A list and everything in it."""
        items: list[Node] = []
        next_event = self.next_event
        while (item := next_event()).__class__ is not SequenceEndEvent:
            items.append(self.scalar(item) if item.__class__ is ScalarEvent else self.node(item, depth))
        mark, flow = event.start_mark, bool(event.flow_style)
        start = mark.index
        close: Any = item.end_mark
        end = close.index if flow or not items else items[-1].end
        length = end - start if close.line == mark.line else self._rest(start)
        return Sequence(self.file, mark.line + 1, mark.column + 1, length, start, end, items, flow)

    def mapping(self, event: Any, depth: int) -> Mapping:
        """Keys and values in the order typed. A key that stands twice keeps its first value."""
        keys: dict[str, Scalar] = {}
        values: dict[str, Node] = {}
        next_event = self.next_event
        last: Node | None = None
        flow = bool(event.flow_style)
        while (item := next_event()).__class__ is not MappingEndEvent:
            key = self.scalar(item) if item.__class__ is ScalarEvent else self._not_a_key(item, depth)
            item = next_event()
            last = self.scalar(item) if item.__class__ is ScalarEvent else self.node(item, depth)
            if key is None:
                continue
            name = key.text
            if name is None:
                self.problems.append(bad_key(key.place, "a key is missing here", "write the key before the colon"))
            elif name in keys:
                self.problems.append(duplicate_key(key, keys[name]))
            elif name == "<<" and key.plain:
                raise Ended(merge_refused(key.place))
            else:
                keys[name] = key
                values[name] = last
        mark = event.start_mark
        start = mark.index
        close: Any = item.end_mark
        end = close.index if flow or last is None else last.end
        length = end - start if close.line == mark.line else self._rest(start)
        return Mapping(self.file, mark.line + 1, mark.column + 1, length, start, end, keys, values, flow)

    def _not_a_key(self, event: Any, depth: int) -> Scalar | None:
        key = self.node(event, depth)
        kind = "a list" if isinstance(key, Sequence) else "a mapping"
        hint = "a key is a word or text; quote it if the brackets belong to it"
        self.problems.append(bad_key(key.place, f"{kind} cannot be a key", hint))
        return None

    def _refuse(self, event: Any) -> None:
        if event.anchor is not None:
            raise Ended(alias_refused(self._place(event), f"&{event.anchor}"))
        self.problems.append(tag_refused(self._place(event)))

    def _weigh(self, event: Any) -> None:
        size = len(event.value.encode("utf-8", "surrogatepass"))
        if size > SCALAR_LIMIT:
            message = f"this text is {size / 2**20:.1f} MiB; the limit is 1 MiB"
            self.problems.append(Problem("too-large", self._place(event, 1), message, "keep it in a file of its own"))

    def _place(self, event: Any, length: int = 0) -> Place:
        mark = event.start_mark
        if not length:
            word = self.text[mark.index : mark.index + 200].split(None, 1)
            length = len(word[0].rstrip(",]}")) if word else 1
        return Place(self.file, mark.line + 1, mark.column + 1, max(length, 1))

    def _rest(self, start: int) -> int:
        found = LINE_END.search(self.text, start)
        return len(self.text[start : found.start() if found else len(self.text)].rstrip())


def alias_refused(place: Place, word: str) -> Problem:
    """An anchor, an alias, or text that begins like one."""
    hint = f'write the value out where it is needed; text that begins with {word[0]} is quoted: "{word}"'
    return Problem("alias-refused", place, f"{word} names a value to be used elsewhere, which is not read here", hint)


def merge_refused(place: Place) -> Problem:
    """YAML 1.1's `<<`."""
    return Problem("alias-refused", place, "the merge key << is not read here", "write the keys out")


def tag_refused(place: Place) -> Problem:
    """`!!str`, `!secret`, or text that begins with an exclamation mark."""
    message = "a tag (a word that begins with !) is not read here"
    return Problem("tag-refused", place, message, "take it out; text that begins with ! is quoted")


def too_deep(place: Place) -> Problem:
    """More levels than any file of a production has."""
    message = f"nested more than {DEPTH_LIMIT} levels deep"
    return Problem("too-deep", place, message, "no file of a production needs that")


def directive_refused(place: Place) -> Problem:
    """A line that begins with `%`."""
    message = "a line that begins with % is not read here"
    return Problem("directive-refused", place, message, "take it out; text that begins with % is quoted")


def several_documents(place: Place) -> Problem:
    """A second `---` in one file."""
    message = "a second document begins here; a file holds one"
    return Problem("several-documents", place, message, "take out the --- line, or put the rest into its own file")


def bad_key(place: Place, message: str, hint: str) -> Problem:
    """What stands before a colon is not one piece of text."""
    return Problem("bad-key", place, message, hint)


def duplicate_key(key: Scalar, first: Scalar) -> Problem:
    """A key that already stands in the same mapping."""
    message = f"{key.text} stands twice; it is first at line {first.line}"
    return Problem("duplicate-key", key.place, message, "keep one of the two")
