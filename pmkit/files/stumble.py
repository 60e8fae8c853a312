"""Where the parser stumbled: its own words, the place it stood at, and the lines around."""

from __future__ import annotations

from typing import Any, NamedTuple

from yaml import YAMLError

from pmkit.files.lexical import LINE_END
from pmkit.problems import Place, Problem


class Stumble(NamedTuple):
    """The parser's error: its words, where it stood, where what it was reading had begun."""

    file: str
    lines: list[str]
    problem: str
    context: str
    row: int
    column: int
    from_row: int
    from_column: int

    @property
    def line(self) -> str:
        """The line it stood on."""
        return self.lines[self.row] if self.row < len(self.lines) else ""

    @property
    def from_line(self) -> str:
        """The line on which what it was reading had begun."""
        return self.lines[self.from_row] if self.from_row < len(self.lines) else ""

    def here(self, message: str, hint: str = "", length: int = 1) -> Problem:
        """A problem where the parser stood."""
        return self.at(self.row, self.column, message, hint, length)

    def there(self, message: str, hint: str = "", length: int = 1) -> Problem:
        """A problem where what it was reading had begun."""
        return self.at(self.from_row, self.from_column, message, hint, length)

    def at(self, row: int, column: int, message: str, hint: str = "", length: int = 1) -> Problem:
        """A problem at a line and column counted from zero."""
        return Problem("syntax", Place(self.file, row + 1, column + 1, length), message, hint)


def of(error: YAMLError, text: str, file: str) -> Stumble:
    """The parser's error with the lines of the text it was reading."""
    mark: Any = getattr(error, "problem_mark", None)
    start: Any = getattr(error, "context_mark", None) or mark
    problem = str(getattr(error, "problem", "") or "")
    context = str(getattr(error, "context", "") or "")
    lines = LINE_END.split(text)
    if mark is None:
        return Stumble(file, lines, problem, context, 0, 0, 0, 0)
    row, column = mark.line, mark.column
    if row >= len(lines):  # libyaml counts a line more at the end of a file
        row, column = len(lines) - 1, len(lines[-1])
    return Stumble(file, lines, problem, context, row, column, min(start.line, row), start.column)
