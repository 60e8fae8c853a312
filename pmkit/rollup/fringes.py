"""Fringes: what an employer pays on top of wages.

A fringe is due on the lines that name it. A percentage is of its base: `labour` is the line
itself, the name of another fringe is that fringe on the same line (bases compound: payroll tax
on wages, holiday pay and pension). A flat sum per unit of time is converted by the hours of a
unit: hour 1, day 12, week 60, month 240 (Movie Magic Budgeting's table of units); units without
hours (flat, allow) bear none.

A ceiling is of wages, per person and fringe: all lines of one person share it, in every account,
in the order of the budget. A line without a person meets it alone. Of a flat fringe the share
falls due that lies below the ceiling.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import reduce

from pmkit.model.budget import Fringe, Line
from pmkit.model.frozen import frozen
from pmkit.problems import Place, Problem
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT

HOURS = {"hour": 1, "day": 12, "week": 60, "month": 240}
LABOUR = ("labour", "labor")


@frozen
class LineFringe:
    """One fringe on one line."""

    fringe: Fringe
    amount: Figure[Decimal]


class Fringes:
    """The fringes of one budget while its lines go by in order; it remembers how far each ceiling is used.

    `problems` are circles among the bases; a fringe in a circle is left out.
    """

    def __init__(
        self,
        fringes: Mapping[str, Fringe],
        exchange: Callable[[str], Decimal | None],
        person: Callable[[str], str] = str,
    ) -> None:
        self._fringes = fringes
        self._exchange = exchange
        self._person = person
        self._reached: dict[tuple[str, str], Decimal] = {}
        self.problems: list[Problem] = []
        self._order = self._ordered()

    def on_line(self, line: Line, quantity: Decimal, subtotal: Figure[Decimal]) -> tuple[LineFringe, ...]:
        """The fringes of the next line. `quantity` is its amount times its multiplier, in its unit."""
        due: dict[str, LineFringe] = {}
        for key in self._order:
            if key in line.fringes:
                fringe = self._fringes[key]
                due[key] = LineFringe(fringe, self._amount(fringe, line, quantity, subtotal, due))
        return tuple(due[key] for key in dict.fromkeys(line.fringes) if key in due)

    def _amount(
        self, fringe: Fringe, line: Line, quantity: Decimal, subtotal: Figure[Decimal], due: Mapping[str, LineFringe]
    ) -> Figure[Decimal]:
        bases = [subtotal] if any(on in LABOUR for on in fringe.on) else []
        bases += [due[on].amount for on in fringe.on if on in due]
        base = reduce(EXACT.add, (figure.value for figure in bases), Decimal(0))
        counted = self._below_ceiling(fringe, line, base)
        origins: tuple[Figure[Decimal] | Place, ...] = (*bases, fringe.place())
        limit = f", of the wages below {fringe.ceiling:,f} a person" if fringe.ceiling is not None else ""
        value, rules = Decimal(0), []
        if fringe.rate is not None:
            value = EXACT.multiply(counted, fringe.rate)
            rules.append(f"{percent(fringe.rate)} of {counted:,.2f}")
        if fringe.flat is not None:
            times = _units(line.unit, fringe.flat.basis, quantity)
            exchange = self._exchange(fringe.flat.currency) or Decimal(0)
            flat = EXACT.multiply(EXACT.multiply(times, fringe.flat.amount), exchange)
            share = EXACT.divide(EXACT.multiply(flat, counted), base) if counted != base and base else flat
            value = EXACT.add(value, share)
            rules.append(f"{fringe.flat} × {times.normalize():,f}")
        return Figure(value, f"{fringe.name or fringe.key}: {' and '.join(rules) or 'no rate'}{limit}", origins)

    def _below_ceiling(self, fringe: Fringe, line: Line, base: Decimal) -> Decimal:
        if fringe.ceiling is None:
            return base
        if not line.person:
            return min(base, fringe.ceiling)
        key = (fringe.key, self._person(line.person))
        before = self._reached.get(key, Decimal(0))
        self._reached[key] = after = before + base
        return min(after, fringe.ceiling) - min(before, fringe.ceiling)

    def _ordered(self) -> list[str]:
        """The fringes, each after those it is paid on."""
        order: list[str] = []
        waiting = dict(self._fringes)
        while waiting:
            ready = [key for key, fringe in waiting.items() if not any(on in waiting for on in fringe.on)]
            if not ready:
                self.problems += [_circle(fringe, waiting) for fringe in waiting.values()]
                return order
            for key in ready:
                order.append(key)
                del waiting[key]
        return order


def hours_of(unit: str) -> int | None:
    """The hours of a unit of a budget line; None for one without (flat, allow)."""
    return HOURS.get(unit.strip().lower().removesuffix("s"))


def percent(rate: Decimal) -> str:
    """A rate as a percentage, `6.2%`."""
    return f"{(rate * 100).normalize():f}%"


def _units(unit: str, basis: str, quantity: Decimal) -> Decimal:
    """How many units of the fringe's basis a line of so many units has."""
    if basis == "flat":
        return Decimal(1) if quantity else Decimal(0)
    if unit.strip().lower().removesuffix("s") == basis:
        return quantity
    hours, each = hours_of(unit), HOURS.get(basis)
    if hours is None or each is None:
        return Decimal(0)
    return EXACT.divide(EXACT.multiply(quantity, hours), Decimal(each))


def _circle(fringe: Fringe, waiting: Iterable[str]) -> Problem:
    others = [on for on in fringe.on if on in waiting]
    message = f"{fringe.key} is paid on {', '.join(others)}, which rests on it in turn"
    return Problem("fringe-circle", fringe.place("on"), message, "take one of them out of on:")
