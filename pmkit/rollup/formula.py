"""The formulas of a budget: its globals in their order, and every formula over them and over the schedule.

The language is read in `rollup/formula_reading`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, DecimalException
from typing import Any

from pmkit.model import money
from pmkit.problems import Fault, Place
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula_reading import (
    COUNT,
    EXACT as EXACT,
    FUNCTIONS as FUNCTIONS,
    GLOBAL as GLOBAL,
    LARGEST as LARGEST,
    LONGEST,
    NAME,
    Count as Count,
    Reading,
    Stopped,
    Wrong as Wrong,
    nothing_counted as nothing_counted,
)


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
            figure = Figure(EXACT.plus(plain), text.strip(), own)
            if place is None:
                self._untyped[text] = figure
            return figure
        if len(text) > LONGEST:
            return Wrong(Fault(f"this formula is longer than {LONGEST} characters", "use globals", "bad-formula"))
        reading = Reading(text, self._done.get, lambda: list(self._texts), self._count)
        try:
            value = EXACT.plus(reading.whole())  # there is no −0
        except Stopped as stopped:
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
            hint = "small letters, figures and _, as in shoot_weeks; a hundred of them at most"
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
        without = COUNT.sub(" ", text)
        return [word for word in dict.fromkeys(NAME.findall(without)) if word in self._texts]

    def _circle(self, names: list[str]) -> None:
        for name in names:
            if name not in self._done:
                round_ = " → ".join([*names[names.index(name) :], *names[: names.index(name)], name])
                fault = Fault(f"{name} rests on itself: {round_}", "break the circle with a number", "global-circle")
                self._done[name] = self.wrong[name] = Wrong(fault, 0, len(self._texts[name]))
