"""A small calculator of spreadsheet formulas, which shares nothing with what writes them: as a spreadsheet would, from scratch."""

from __future__ import annotations

import math
import re
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*|\.\d+)"
    r"|(?P<ref>(?:'(?:[^']+)'!)?\$?[A-Z]{1,2}\$?\d+(?::\$?[A-Z]{1,2}\$?\d+)?)(?![\w(])"
    r"|(?P<name>[A-Za-z_]\w*)|(?P<sign><=|>=|<>|[-+*/(),=<>]))"
)


class Calculator:
    """A workbook worked out anew: no stored value of a formula is looked at. `change` is what somebody types into it."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(BytesIO(content))
        self.names = {name: defined.attr_text for name, defined in self.book.defined_names.items()}
        self.done: dict[tuple[str, str], Any] = {}

    def change(self, sheet: str, cell: str, value: float) -> None:
        assert not str(self.book[sheet][cell].value).startswith("="), "that is a formula"
        self.book[sheet][cell] = value
        self.done.clear()

    def value(self, sheet: str, cell: str) -> Any:
        key = (sheet, cell)
        if key not in self.done:
            found = self.book[sheet][cell]
            if found.data_type == "f":
                self.done[key] = math.nan  # a circle would read this
                self.done[key] = _Formula(self, sheet, found.value[1:]).whole()
            else:
                self.done[key] = found.value
        return self.done[key]

    def range(self, sheet: str, ref: str) -> list[Any]:
        if "!" in ref:
            sheet, ref = ref.split("!")
            sheet = sheet.strip("'")
        ref = ref.replace("$", "")
        if ":" not in ref:
            return [self.value(sheet, ref)]
        return [self.value(sheet, cell.coordinate) for row in self.book[sheet][ref] for cell in row]

    def row_of(self, sheet: str, words: str, column: str = "B") -> int:
        """The row in which some text stands."""
        return next(cell.row for cell in self.book[sheet][column] if cell.value == words)

    def formulas(self) -> list[tuple[str, str]]:
        return [(s.title, c.coordinate) for s in self.book for row in s.iter_rows() for c in row if c.data_type == "f"]


class _Formula:
    def __init__(self, book: Calculator, sheet: str, text: str) -> None:
        self.book = book
        self.sheet = sheet
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            found = TOKEN.match(text, at)
            assert found is not None, (sheet, text, at)
            self.tokens.append((str(found.lastgroup), str(found[str(found.lastgroup)])))
            at = found.end()
        self.at = 0

    def whole(self) -> float:
        value = self.compared()
        assert self.at == len(self.tokens), self.tokens[self.at :]
        return value

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def compared(self) -> Any:
        value = self.added()
        if self.peek() in ("=", "<", ">", "<=", ">=", "<>"):
            sign, other = self.take()[1], self.added()
            return {"=": value == other, "<": value < other, ">": value > other, "<=": value <= other,
                    ">=": value >= other, "<>": value != other}[sign]  # fmt: skip
        return value

    def added(self) -> float:
        value = self.multiplied()
        while self.peek() in ("+", "-"):
            sign, other = self.take()[1], self.multiplied()
            value = value + other if sign == "+" else value - other
        return value

    def multiplied(self) -> float:
        value = self.signed()
        while self.peek() in ("*", "/"):
            sign, other = self.take()[1], self.signed()
            value = value * other if sign == "*" else value / other if other else math.nan  # of a branch not taken
        return value

    def signed(self) -> float:
        if self.peek() in ("-", "+"):
            return -self.signed() if self.take()[1] == "-" else self.signed()
        kind, word = self.take()
        if kind == "number":
            return float(word)
        if kind == "ref":
            return number(self.book.range(self.sheet, word)[0])
        if word == "(":
            value = self.compared()
            assert self.take()[1] == ")"
            return value
        assert kind == "name", word
        if self.peek() != "(":
            return number(self.book.range("", self.book.names[word])[0])
        return self.called(word)

    def called(self, word: str) -> float:
        self.take()
        given: list[Any] = []
        while self.peek() != ")":
            alone = self.at + 1 < len(self.tokens) and self.tokens[self.at + 1][1] in (",", ")")
            if self.tokens[self.at][0] == "ref" and alone:
                given.append(self.book.range(self.sheet, self.take()[1]))
            else:
                given.append([self.compared()])
            if self.peek() == ",":
                self.take()
        self.take()
        flat = [value for values in given for value in values if isinstance(value, (int, float))]
        if word == "IF":
            return given[1][0] if given[0][0] else given[2][0]
        if word == "SUMIF":
            wanted = given[1][0]
            return math.fsum(number(v) for k, v in zip(given[0], given[2], strict=True) if k == wanted)
        if word in ("ROUND", "ROUNDUP"):
            value, places = number(given[0][0]), int(number(given[1][0]))
            scaled = abs(value) * 10**places
            whole = math.ceil(scaled - 1e-9) if word == "ROUNDUP" else math.floor(scaled + 0.5 + 1e-9)
            return math.copysign(whole / 10**places, value)
        return {"SUM": math.fsum, "MIN": min, "MAX": max}[word](flat)


def number(value: Any) -> float:
    assert isinstance(value, (int, float)) or value is None, value
    return float(value or 0)
