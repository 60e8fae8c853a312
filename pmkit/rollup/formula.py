"""The small language of the budget: numbers, names, `+ - * / ( )`, `min max round`, counts of the schedule.

A name is a global of the budget. `days(main)`, `cast(1).paid`, `location(motel).days` and
`element(picture-car).days` ask the schedule; what stands in their parentheses is text. Nothing
else exists: no comparison, no power, no text. A formula that cannot be worked out is a value,
`Wrong`, with the place in its text. All arithmetic is decimal, to 34 figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException
from typing import Any, NamedTuple

from pmkit.model import money
from pmkit.model.record import meant
from pmkit.model.tree import Node, Scalar
from pmkit.problems import Fault, Place, Problem
from pmkit.rollup.figure import Figure

Count = Callable[[str, str, str], Decimal | Fault]
FUNCTIONS = ("min", "max", "round")
EXACT = Context(prec=34, rounding=ROUND_HALF_UP)
LARGEST = Decimal(10) ** 15
LONGEST = 1000
_DEEPEST = 40
_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,12})?|\.[0-9]{1,12}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
GLOBAL = re.compile(r"[a-z_][a-z0-9_]*")
# A count's argument is text up to the closing parenthesis, whatever it holds.
_COUNT = re.compile(
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


class _Stopped(Exception):
    def __init__(self, message: str, hint: str, at: int, length: int, code: str = "bad-formula") -> None:
        self.wrong = Wrong(Fault(message, hint, code), at, max(length, 1))


def nothing_counted(function: str, argument: str, attribute: str) -> Decimal | Fault:
    """Stands for the schedule where there is none."""
    return Fault(f"{function}({argument}) needs the schedule, which is not here", code="unknown-count")


class _Reading:
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

    def _unexpected(self) -> _Stopped:
        sign = self.text[self.at : self.at + 1]
        if not sign:
            end = max(len(self.text.rstrip()) - 1, 0)
            return _Stopped("the formula ends too early", "is something missing after the last sign?", end, 1)
        hint = "there are numbers, names, + - * / ( ), min, max and round"
        return _Stopped(f"{sign} cannot stand here in a formula", hint, self.at, 1)

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
                raise _Stopped("this divides by nothing", "what stands after / is zero", where, self.at - where)
            value = EXACT.multiply(value, other) if sign == "*" else EXACT.divide(value, other)
            if abs(value) > LARGEST:
                raise _Stopped("this comes to more than 1,000,000,000,000,000", "is a figure mistyped?", where, 1)
        return value

    def _part(self) -> Decimal:
        sign = self._next()
        if sign in ("-", "+") and sign:
            self.at += 1
            value = self._nested(self._part)
            return -value if sign == "-" else value
        if sign == "(":
            self.at += 1
            value = self._nested(self._sum)
            self._close()
            return value
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            return Decimal(number[0])
        if name := _NAME.match(self.text, self.at):
            return self._named(name[0])
        raise self._unexpected()

    def _nested(self, inner: Callable[[], Decimal]) -> Decimal:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Stopped(
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
        counted = _COUNT.match(self.text, start)
        if counted is None:
            raise _Stopped(f"{name}( is never closed", f"write {name}(main) or {name}(1).paid", start, len(name))
        self.at = counted.end()
        function, argument, attribute = counted[1], counted[2].strip(), counted[3] or ""
        value = self.count(function, argument, attribute)
        if isinstance(value, Fault):
            fault = value
            raise _Stopped(fault.message, fault.hint, start, counted.end() - start, fault.code)
        self.used.append(Figure(value, f"{counted[0]}, counted from the schedule"))
        return value

    def _global(self, name: str, start: int) -> Decimal:
        found = self.value_of(name)
        if isinstance(found, Wrong):
            stopped = _Stopped(f"{name} has no value", "", start, len(name))
            stopped.wrong = stopped.wrong._replace(quiet=True)
            raise stopped
        if found is None:
            hint = meant(name, [*self.known(), *FUNCTIONS], "define it in the budget, under globals:")
            raise _Stopped(f"there is no global {name}", hint, start, len(name), "unknown-global")
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
            raise _Stopped("round takes a number and how many decimals", hint, start, len(name))
        return values[0].quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP, EXACT)


class Formulas:
    """The formulas of one budget: its globals, worked out once, and the counts of its schedule.

    `wrong` holds the globals that have no value, and why.
    """

    def __init__(
        self,
        globals_: Mapping[str, str],
        count: Count = nothing_counted,
        places: Callable[[str], Place] | None = None,
    ) -> None:
        self._texts = globals_
        self._count = count
        self._places = places
        self._values: dict[str, Figure[Decimal]] = {}
        self._done: dict[str, Figure[Decimal] | Wrong] = {}
        self._sizes: dict[int, int] = {}
        self._untyped: dict[str, Figure[Decimal]] = {}
        self.wrong: dict[str, Wrong] = {}
        for name in self._in_order():
            self._settle(name)

    def __getitem__(self, name: str) -> Figure[Decimal]:
        """The value of a global that has one."""
        return self._values[name]

    def value(self, text: str, place: Place | None = None) -> Figure[Decimal] | Wrong:
        """What a formula comes to, with the globals and the place it is made of; or why it comes to nothing."""
        if place is None and text in self._untyped:
            return self._untyped[text]
        own: tuple[Any, ...] = (place,) if place is not None else ()
        plain = money.parse_amount(text) if not text[:1].isalpha() else None
        if isinstance(plain, Decimal):
            figure = Figure(plain, text.strip(), own)
            if place is None:
                self._untyped[text] = figure
            return figure
        if len(text) > LONGEST:
            return Wrong(Fault(f"this formula is longer than {LONGEST} characters", "use globals", "bad-formula"))
        reading = _Reading(text, self._done.get, lambda: list(self._texts), self._count)
        try:
            value = reading.whole()
        except _Stopped as stopped:
            return stopped.wrong
        except DecimalException:
            return Wrong(Fault("this formula comes to no number", "is a figure mistyped?", "bad-formula"), 0, len(text))
        if abs(value) > LARGEST:
            message = "this comes to more than 1,000,000,000,000,000"
            return Wrong(Fault(message, "is a figure mistyped?", "bad-formula"), 0, len(text))
        used = {id(figure): figure for figure in reading.used}
        return Figure(value, text.strip(), (*own, *used.values()))

    def _settle(self, name: str) -> None:
        if name in self._done:
            return
        if not GLOBAL.fullmatch(name) or name in FUNCTIONS:
            hint = "small letters, figures and _, as in shoot_weeks"
            result: Figure[Decimal] | Wrong = Wrong(Fault(f"{name[:40]} is no name for a global", hint, "bad-global"))
        else:
            result = self.value(self._texts[name], self._places(name) if self._places else None)
        self._done[name] = result
        if isinstance(result, Wrong):
            self.wrong[name] = result
        else:
            # a chain of globals that would print thousands of lines is cut to its last formula
            size = 1 + sum(self._sizes.get(id(origin), 1) for origin in result.of)
            of = result.of if size < 500 else tuple(o for o in result.of if isinstance(o, Place))
            figure = self._values[name] = self._done[name] = Figure(result.value, f"{name} = {result.rule}", of)
            self._sizes[id(figure)] = size if size < 500 else 1

    def _in_order(self) -> Iterator[str]:
        """The globals, each after those it rests on; those that go round in a circle are noted as wrong."""
        state: dict[str, int] = {}  # 1 being looked at, 2 done
        for first in self._texts:
            path: list[str] = []
            waiting = [(first, False)]
            while waiting:
                name, left = waiting.pop()
                if left:
                    path.pop()
                    state[name] = 2
                    yield name
                elif state.get(name) == 1:
                    self._circle(path[path.index(name) :])
                elif name not in state:
                    state[name] = 1
                    path.append(name)
                    waiting.append((name, True))
                    waiting += [(other, False) for other in reversed(self._names_in(name))]

    def _names_in(self, name: str) -> list[str]:
        text = self._texts[name]
        without = _COUNT.sub(" ", text)
        return [word for word in dict.fromkeys(_NAME.findall(without)) if word in self._texts]

    def _circle(self, names: list[str]) -> None:
        for name in names:
            if name not in self._done:
                round_ = " → ".join([*names[names.index(name) :], *names[: names.index(name)], name])
                fault = Fault(f"{name} rests on itself: {round_}", "break the circle with a number", "global-circle")
                self._done[name] = self.wrong[name] = Wrong(fault, 0, len(self._texts[name]))
