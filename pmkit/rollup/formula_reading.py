"""One formula read and worked out, in the small language of the budget: numbers, names, `+ - * / ( )`, `min max round`, counts of the schedule.

A name is a global of the budget. `days(main)`, `cast(1).paid`, `location(motel).days` and
`element(picture-car).days` ask the schedule; what stands in their parentheses is text. Nothing
else exists: no comparison, no power, no text. A formula that cannot be worked out is a value,
`Wrong`, with the place in its text. All arithmetic is decimal, to 34 figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

from pmkit.model.money import half_up
from pmkit.model.record import meant
from pmkit.model.tree import Node, Scalar
from pmkit.problems import Fault, Place, Problem
from pmkit.rollup.figure import Figure

Count = Callable[[str, str, str], Decimal | Fault]
FUNCTIONS = ("min", "max", "round")
_OF_UNITS = ("days", "weeks", "scenes", "pages", "prep", "wrap")  # counts that want nothing but a unit
EXACT = Context(prec=34, rounding=ROUND_HALF_UP)
LARGEST = Decimal(10) ** 15
LONGEST = 1000
_DEEPEST = 40
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,12})?|\.[0-9]{1,12}")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
GLOBAL = re.compile(r"[a-z_][a-z0-9_]{0,99}")  # a spreadsheet names its cells by them, and has room for some more
# A count's argument is text up to the closing parenthesis, whatever it holds.
COUNT = re.compile(
    r"(?<![A-Za-z_])(?!(?:min|max|round)[ \t]*\()([A-Za-z_]+)[ \t]*\(([^)]*)\)(?:[ \t]*\.[ \t]*([A-Za-z_]+))?"
)
_BLANK = re.compile(r"\s*")


class Wrong(NamedTuple):
    """Why a formula has no value, and which characters of it are to blame.

    `quiet` when it only rests on something that is wrong elsewhere and is said there.
    """

    fault: Fault
    at: int = 0
    length: int = 0
    quiet: bool = False

    def problem(self, node: Node | None, place: Place) -> Problem:
        """As a problem in the folder: at the characters to blame, or at the whole value of `place`."""
        if isinstance(node, Scalar) and node.text is not None and len(node.text) <= node.length and self.length:
            shift = 0 if node.plain else 1
            place = Place(node.file, node.line, node.column + shift + self.at, self.length)
        return self.fault.at(place)


class Stopped(Exception):
    """A formula that cannot be worked out, with the place to blame; `Formulas.value` makes it a value."""

    def __init__(self, message: str, hint: str, at: int, length: int, code: str = "bad-formula") -> None:
        self.wrong = Wrong(Fault(message, hint, code), at, max(length, 1))


def nothing_counted(function: str, argument: str, attribute: str) -> Decimal | Fault:
    """Stands for the schedule where there is none."""
    return Fault(f"{function}({argument}) needs the schedule, which is not here", code="unknown-count")


class Reading:
    """One formula being worked out, from left to right."""

    __slots__ = ("at", "count", "depth", "known", "text", "used", "value_of")

    def __init__(
        self,
        text: str,
        value_of: Callable[[str], Figure[Decimal] | Wrong | None],
        known: Callable[[], list[str]],
        count: Count,
    ) -> None:
        self.text = text
        self.value_of = value_of
        self.known = known
        self.count = count
        self.used: list[Figure[Any]] = []
        self.at = self.depth = 0

    def whole(self) -> Decimal:
        """What the formula comes to. Raises `Stopped` where it cannot be worked out."""
        value = self._sum()
        if self._next():
            raise self._unexpected()
        return value

    def _next(self) -> str:
        """The next character that is not blank; empty at the end."""
        found = _BLANK.match(self.text, self.at)
        assert found is not None
        self.at = found.end()
        return self.text[self.at : self.at + 1]

    def _unexpected(self) -> Stopped:
        sign = self.text[self.at : self.at + 1]
        if not sign:
            end = max(len(self.text.rstrip()) - 1, 0)
            return Stopped("the formula ends too early", "is something missing after the last sign?", end, 1)
        hint = "there are numbers, names, + - * / ( ), min, max and round"
        return Stopped(f"{sign} cannot stand here in a formula", hint, self.at, 1)

    def _sum(self) -> Decimal:
        value = self._product()
        while (sign := self._next()) in ("+", "-") and sign:
            self.at += 1
            other = self._product()
            value = EXACT.add(value, other) if sign == "+" else EXACT.subtract(value, other)
        return value

    def _product(self) -> Decimal:
        value = self._part()
        while (sign := self._next()) in ("*", "/") and sign:
            where = self.at
            self.at += 1
            other = self._part()
            if sign == "/" and not other:
                raise Stopped("this divides by nothing", "what stands after / is zero", where, self.at - where)
            value = EXACT.multiply(value, other) if sign == "*" else EXACT.divide(value, other)
            if abs(value) > LARGEST:
                raise Stopped("this comes to more than 1,000,000,000,000,000", "is a figure mistyped?", where, 1)
        return value

    def _part(self) -> Decimal:
        sign = self._next()
        if sign in ("-", "+") and sign:
            self.at += 1
            value = self._nested(self._part)
            return EXACT.minus(value) if sign == "-" else value
        if sign == "(":
            self.at += 1
            value = self._nested(self._sum)
            self._close()
            return value
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            return Decimal(number[0])
        if name := NAME.match(self.text, self.at):
            return self._named(name[0])
        raise self._unexpected()

    def _nested(self, inner: Callable[[], Decimal]) -> Decimal:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Stopped(
                "this formula is nested too deeply", "give a part of it a name under globals:", self.at - 1, 1
            )
        value = inner()
        self.depth -= 1
        return value

    def _close(self) -> None:
        if self._next() != ")":
            raise self._unexpected()
        self.at += 1

    def _named(self, name: str) -> Decimal:
        start = self.at
        self.at += len(name)
        if self._next() != "(":
            self.at = start + len(name)
            return self._global(name, start)
        if name in FUNCTIONS:
            return self._function(name, start)
        counted = COUNT.match(self.text, start)
        if counted is None:
            raise Stopped(f"{name}( is never closed", f"write {name}(main) or {name}(1).paid", start, len(name))
        self.at = counted.end()
        function, argument, attribute = counted[1], counted[2].strip(), counted[3] or ""
        value = self.count(function, argument, attribute)
        if isinstance(value, Fault):
            fault = value
            raise Stopped(fault.message, fault.hint, start, counted.end() - start, fault.code)
        self.used.append(Figure(value, f"{counted[0]}, counted from the schedule"))
        return value

    def _global(self, name: str, start: int) -> Decimal:
        found = self.value_of(name)
        if isinstance(found, Wrong):
            stopped = Stopped(f"{name} has no value", "", start, len(name))
            stopped.wrong = stopped.wrong._replace(quiet=True)
            raise stopped
        if found is None:
            hint = meant(name, [*self.known(), *FUNCTIONS], "define it in the budget, under globals:")
            if name in _OF_UNITS:
                hint = f"write {name}(main) to count it from the schedule; or define it in the budget, under globals:"
            raise Stopped(f"there is no global {name}", hint, start, len(name), "unknown-global")
        self.used.append(found)
        return found.value

    def _function(self, name: str, start: int) -> Decimal:
        self.at += 1
        values = [self._nested(self._sum)]
        while self._next() == ",":
            self.at += 1
            values.append(self._nested(self._sum))
        self._close()
        if name == "min":
            return min(values)
        if name == "max":
            return max(values)
        places = values[1] if len(values) > 1 else Decimal(0)
        if len(values) > 2 or places != int(places) or not 0 <= places <= 6:
            hint = "round(x) rounds to whole units, round(x, 2) to the cent"
            raise Stopped("round takes a number and how many decimals", hint, start, len(name))
        return half_up(values[0], int(places))
