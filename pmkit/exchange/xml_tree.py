"""XML from strangers as a small tree with line numbers: no DTD, no entity of its own, bounded in depth and size."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final
from xml.parsers import expat

DEEPEST: Final = 100
MOST: Final = 3_000_000


class Element:
    """An element with what stands in it. `text` is its own, without that of the elements inside."""

    __slots__ = ("attributes", "children", "line", "name", "text")

    def __init__(self, name: str, attributes: dict[str, str], line: int) -> None:
        self.name = name
        self.attributes = attributes
        self.line = line
        self.children: list[Element] = []
        self.text = ""

    def get(self, name: str) -> str:
        """An attribute, empty when it is not there."""
        return self.attributes.get(name, "").strip()

    def all(self, name: str) -> Iterator[Element]:
        """The elements of a name directly inside."""
        return (child for child in self.children if child.name == name)

    def first(self, *path: str) -> Element | None:
        """The first element along a path of names."""
        found: Element | None = self
        for name in path:
            found = next(found.all(name), None) if found is not None else None
        return found


class Refused(Exception):
    """The file is not read: why, and at which line."""

    def __init__(self, code: str, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code, self.line, self.message, self.hint = code, line, message, hint


def read(data: bytes, wanted: Callable[[tuple[str, ...]], bool]) -> Element:
    """The root element; of what is inside only those whose path of names is `wanted` are kept.

    What is not wanted is passed over with all that stands in it. Raises `Refused`.
    """
    skipped = len(data) - len(data.lstrip(b" \t\r\n"))
    above = data[:skipped].count(b"\n")
    parser = expat.ParserCreate()
    parser.buffer_text = True
    tree = _Tree(parser, wanted, above)
    try:
        parser.Parse(data[skipped:], True)
    except expat.ExpatError as error:
        message = f"this is not whole XML: {expat.ErrorString(error.code)}"
        raise Refused("bad-xml", above + error.lineno, message, "get the file again from the writer") from None
    except (ValueError, LookupError, UnicodeError):
        raise Refused("bad-xml", above + 1, "the encoding this file names is not known", "save it as UTF-8") from None
    if tree.root is None:
        raise Refused("bad-xml", 1, "this file is empty")
    return tree.root


class _Tree:
    """The parser's events into the tree."""

    def __init__(self, parser: expat.XMLParserType, wanted: Callable[[tuple[str, ...]], bool], above: int) -> None:
        self.parser, self.wanted, self.above = parser, wanted, above
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.words: list[list[str]] = []
        self.path: tuple[str, ...] = ()
        self.passed = 0
        self.count = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype

    def _line(self) -> int:
        return self.above + self.parser.CurrentLineNumber

    def _doctype(self, *_: object) -> None:
        hint = "no script needs one: export it again from the program that wrote it"
        raise Refused("document-type", self._line(), "this file declares a document type, and is not read", hint)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST or len(self.stack) + self.passed >= DEEPEST:
            raise Refused(
                "too-deep", self._line(), "this file nests or repeats far beyond any script", "is it a script?"
            )
        if self.passed or (self.stack and not self.wanted((*self.path, name))):
            self.passed += 1
            return
        element = Element(name, attributes, self._line())
        if self.stack:
            self.stack[-1].children.append(element)
            self.path = (*self.path, name)
        else:
            self.root = element
        self.stack.append(element)
        self.words.append([])

    def _end(self, name: str) -> None:
        if self.passed:
            self.passed -= 1
            return
        self.stack.pop().text = "".join(self.words.pop())
        self.path = self.path[:-1]

    def _text(self, text: str) -> None:
        if not self.passed and self.words:
            self.words[-1].append(text)
