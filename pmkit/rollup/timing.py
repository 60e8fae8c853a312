"""When a budget falls: the days on which each of its lines is used up.

A line says it itself, and the first of these that speaks counts: a group of that name (`prep`,
`shoot`, `wrap`, `post`), the word in what it is (`UPM, prep`), a count of the schedule in its
amount (`days(main)`, `cast(1).paid`, `location(motel).days`, `element(picture-car).days`, also
through a global), its location or set. What says nothing falls by `spread` of private/cashflow.yaml:
of its account, category, level; at last by the shipped spread of its level. Fringes fall with the
line they are on; charges by `spread` of their name or account, else by the shipped one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from pmkit.model import set_name
from pmkit.model.budget import Budget, Line
from pmkit.model.cashflow import PHASES, SPREAD, Cashflow, Spread
from pmkit.model.production import Production
from pmkit.rollup import board
from pmkit.rollup.coding import Coding
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.phases import Days, Phases, phases
from pmkit.rollup.spans import spans
from pmkit.rollup.strips import Strips
from pmkit.rollup.totals import BudgetTotals, LineTotal

_COUNT = re.compile(r"([a-z]+)\s*\(([^()]*)\)", re.ASCII)
_NAME = re.compile(r"[a-z_][a-z0-9_]*", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")
_UNPAID = ("", "/")


class Part(NamedTuple):
    """A part of an account: how much of the budget it is, in minor units, the days it falls on, and whether it is pay."""

    weight: int
    days: Days
    pay: bool = False


class Timing:
    """The days on which a production's accounts and charges fall due as work, after its schedule."""

    def __init__(self, production: Production, totals: BudgetTotals) -> None:
        self.production = production
        self.phases: Phases = phases(production)
        self.told = (production.cashflow or Cashflow()).spread
        self.budget = production.budget or Budget()
        self._lines: dict[str, list[LineTotal]] = {}
        self._fringes: dict[str, list[tuple[int, Line]]] = {}
        for account in totals.accounts():
            self._lines[account.coding.number] = list(account.lines)
            for found in account.lines:
                for fringe in found.fringes:
                    key = fringe.posted or account.coding.number
                    self._fringes.setdefault(key, []).append((to_minor(fringe.amount.value), found.line))
        self._places: dict[str, dict[str, Days]] | None = None
        self._cast: dict[str, Days] | None = None
        self._known: dict[int, Days] = {}

    def parts(self, key: str, coding: Coding) -> tuple[Part, ...]:
        """How an account, or a charge by its account or name, falls. Its `spread` beats what its lines say.

        The weights are those of its lines and fringes, so only of use against each other.
        """
        own = self.told.get(key)
        pay = any(line.line.fringes for line in self._lines.get(key, ())) or key in self._fringes
        if own is not None:
            return tuple(self._spread(own, pay))
        found = [
            Part(to_minor(line.subtotal.value), days, bool(line.line.fringes))
            for line in self._lines.get(key, ())
            if (days := self.days(line.line))
        ]
        found += [Part(cents, days, True) for cents, line in self._fringes.get(key, ()) if (days := self.days(line))]
        default = tuple(self._default(coding, pay))
        silent = sum(to_minor(line.subtotal.value) for line in self._lines.get(key, ()) if not self.days(line.line))
        silent += sum(cents for cents, line in self._fringes.get(key, ()) if not self.days(line))
        rest = [Part(max(silent, 0) * part.weight // 1_000_000, part.days, part.pay) for part in default]
        kept = tuple(part for part in (*found, *rest) if part.weight > 0)
        return kept or default

    def days(self, line: Line) -> Days:
        """The days that a line speaks of itself; none when it says nothing."""
        if id(line) not in self._known:
            self._known[id(line)] = next(filter(None, self._said(line)), ())
        return self._known[id(line)]

    def at(self, location: str) -> Days:
        """The shooting days of all units at a location."""
        return self._where()["location"].get(location, ()) if location else ()

    def _said(self, line: Line) -> Iterator[Days]:
        for words in (line.groups, [word.lower() for word in _WORD.findall(line.what)]):
            named = [phase for phase in PHASES if phase in words]
            if named:
                yield tuple(sorted({day for phase in named for day in self.phases.of(phase)}))
        yield self._counted(f"{line.amount} {line.x}")
        places = self._where()
        yield places["location"].get(line.location, ())
        yield places["set"].get(set_name.same(line.set), ()) if line.set else ()

    def _counted(self, formula: str) -> Days:
        found: set[date] = set()
        for function, argument in _COUNT.findall(self._unfolded(formula)):
            found.update(self._count(function, argument.strip()))
        return tuple(sorted(found))

    def _unfolded(self, formula: str) -> str:
        """A formula with the globals it names, and what they name in turn."""
        text, seen = formula, set[str]()
        waiting = _NAME.findall(formula)
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self.budget.globals:
                continue
            seen.add(name)
            text += f" {self.budget.globals[name]}"
            waiting += _NAME.findall(self.budget.globals[name])
        return text

    def _count(self, function: str, argument: str) -> Days:
        if function in ("days", "scenes", "pages"):
            unit = tuple(day.date for day in board.days(self.production, argument)) if argument else ()
            return unit or self.phases.shoot
        if function == "cast":
            if self._cast is None:
                self._cast = {
                    number: tuple(day for day in sorted(span.codes) if span.codes[day] not in _UNPAID)
                    for number, span in spans(self.production).items()
                }
            member = self.production.cast_by_id.get(argument)
            return self._cast.get(argument if member is None else member.number, ())
        if function == "element":
            return self._where()["element"].get(argument.lower(), ())
        return self._where()["location"].get(argument, ()) if function == "location" else ()

    def _where(self) -> Mapping[str, dict[str, Days]]:
        """The dates at each location, in each set and with each element, of all units."""
        if self._places is None:
            found: dict[str, dict[str, set[date]]] = {"location": {}, "set": {}, "element": {}}
            strips = Strips(self.production)
            for day in board.all_days(self.production):
                for strip in strips.of(day.slot):
                    found["location"].setdefault(strip.location, set()).add(day.date)
                    if strip.scene is None:
                        continue
                    for name in set_name.wider(strip.scene.parts.set):
                        found["set"].setdefault(set_name.same(name), set()).add(day.date)
                    for items in (strip.scene.background, *strip.scene.elements.values()):
                        for item in items:
                            found["element"].setdefault(item.strip().lower(), set()).add(day.date)
            self._places = {
                kind: {name: tuple(sorted(days)) for name, days in names.items() if name}
                for kind, names in found.items()
            }
        return self._places

    def _default(self, coding: Coding, pay: bool) -> Iterator[Part]:
        for name in (coding.category, coding.level):
            if name and name in self.told:
                yield from self._spread(self.told[name], pay)
                return
        for phase, share in SPREAD.get(coding.level, SPREAD["other"]).items():
            yield Part(share * 10_000, self.phases.of(phase), pay)

    def _spread(self, told: Spread, pay: bool) -> Iterator[Part]:
        if told.dates is not None:
            yield Part(1_000_000, told.dates.days(), pay)
            return
        parts = told.parts()
        for phase, share in (parts or {"shoot": 1_000_000}).items():
            yield Part(share, self.phases.of(phase), pay)
