"""What is wrong, where, and what to do about it: the vocabulary every layer speaks.

A person's mistake is a value. Readers and checks return `Problem`s; they never raise for
what somebody typed. `Stop` is the one exception, for a command that cannot go on at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A stretch of a file of the production folder.

    `file` is relative to the folder, with forward slashes. `line` and `column` count from
    one, in characters. `length` is how many characters of that line the caret underlines;
    zero points at the whole line or file.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else self.row

    @property
    def row(self) -> str:
        """Its file and line, `cast.yaml:21`: how one place is named beside another."""
        return f"{self.file}:{self.line}"


class Problem(NamedTuple):
    """One thing wrong in the folder, in the trade's words.

    `code` is a stable word (`unknown-cast`), `message` says what is wrong, `hint` what to do
    about it (empty when the message already says so).
    """

    code: str
    place: Place
    message: str
    hint: str = ""
    severity: Severity = "error"


class Fault(NamedTuple):
    """Why a piece of text is not what it should be, before it is known where it stands.

    Parsers of text (`clock.parse`, `pages.parse`) return the value or a `Fault`; whoever
    knows the place makes a `Problem` of it.
    """

    message: str
    hint: str = ""
    code: str = "bad-value"

    def at(self, place: Place, severity: Severity = "error") -> Problem:
        """The same fault as a problem at a place."""
        return Problem(self.code, place, self.message, self.hint, severity)


class Stop(Exception):
    """A command cannot go on: what stopped it, and what to do. Exit code 3 unless given."""

    def __init__(self, message: str, hint: str = "", exit_code: int = 3) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """All problems sorted by file, line and column, each said once."""
    return sorted(set(problems), key=lambda p: (p.place.file, p.place.line, p.place.column, p.code, p.message))
