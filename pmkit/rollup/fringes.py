"""Fringes: what an employer pays on top of wages.

A fringe is due on the lines that name it, or whose account does. A percentage is of its base:
`labour` is the line itself, `allowances` a line of that kind (which `labour` is not then), the
name of another fringe is that fringe on the same line (bases compound: payroll tax on wages,
holiday pay and pension). On a line that has none of its bases it is nothing. A flat sum per unit of time is converted by the hours of a unit: hour 1,
day 12, week 60, month 240 (Movie Magic Budgeting's table of units) and the budget's own units;
units without hours (flat, allow) bear none. A sum per cheque falls due for each week begun.

Floor and ceiling are of wages, per person and fringe: all lines of one person share them, in
every account, in the order of the budget; lines of one `range` in their account; any other line
meets them alone. `per: week` makes them so much for each week of the line, `per: episode` for each
episode it is paid for. A percentage is of
the wages between them (employer's National Insurance: above the floor; FICA: below the ceiling);
of a flat fringe the share falls due that lies between.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import ROUND_UP, Decimal
from functools import reduce

from pmkit.model.budget import Fringe, Line
from pmkit.model.fringe import CHEQUES
from pmkit.model.frozen import frozen
from pmkit.model.money import half_up
from pmkit.problems import Place, Problem
from pmkit.rollup.circles import in_circles
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT

HOURS: dict[str, Decimal] = {"hour": Decimal(1), "day": Decimal(12), "week": Decimal(60), "month": Decimal(240)}
EPISODE = "episode"
LABOUR = ("labour", "labor")
ALLOWANCES = ("allowances", "allowance")
# What a fringe is on where nothing on the line is its base.
NOWHERE: Figure[Decimal] = Figure(Decimal(0), "nothing")


@frozen
class LineFringe:
    """One fringe on one line: on how much it is, how much of that bears it, and where it is posted."""

    fringe: Fringe
    amount: Figure[Decimal]
    base: Figure[Decimal] = NOWHERE
    counted: Decimal = Decimal(0)
    posted: str = ""


class Fringes:
    """The fringes of one budget while its lines go by in order; it remembers how far each ceiling is used.

    `units` are the hours of the budget's own units. `problems` are circles among the bases; a
    fringe in a circle, or on one that is, is left out.
    """

    def __init__(
        self,
        fringes: Mapping[str, Fringe],
        exchange: Callable[[str], Decimal | None],
        person: Callable[[str], str] = str,
        units: Mapping[str, Decimal] | None = None,
        rounded: Callable[[Decimal], Decimal] = lambda value: value,
    ) -> None:
        self._fringes = fringes
        self._exchange = exchange
        self._person = person
        self._units = units or {}
        self._rounded = rounded
        self._reached: dict[tuple[str, ...], Decimal] = {}
        self.problems: list[Problem] = []
        self._order = self._ordered()

    def on_line(
        self,
        line: Line,
        quantity: Decimal,
        subtotal: Figure[Decimal],
        keys: tuple[str, ...] | None = None,
        account: str = "",
        posted: Callable[[Fringe], str] = lambda fringe: fringe.account,
        episodes: int = 1,
    ) -> tuple[LineFringe, ...]:
        """The fringes of the next line. `quantity` is its amount times its multiplier, in its unit.

        `keys` are the fringes due, the line's own when not given; `account` is where the line
        stands, `posted` says to which account a fringe goes, and `episodes` for how many the line is paid.
        """
        keys = line.fringes if keys is None else keys
        due: dict[str, LineFringe] = {}
        for key in self._order:
            if key in keys:
                fringe = self._fringes[key]
                due[key] = self._due(fringe, line, quantity, subtotal, due, account, posted(fringe), episodes)
        return tuple(due[key] for key in dict.fromkeys(keys) if key in due)

    def _due(
        self,
        fringe: Fringe,
        line: Line,
        quantity: Decimal,
        subtotal: Figure[Decimal],
        due: Mapping[str, LineFringe],
        account: str,
        posted: str,
        episodes: int,
    ) -> LineFringe:
        own = ALLOWANCES if line.kind == "allowance" else LABOUR
        bases = [subtotal] if any(on in own for on in fringe.on) else []
        bases += [due[on].amount for on in fringe.on if on in due]
        if not bases:  # a flat sum too is due only where there is something that it is on
            return LineFringe(
                fringe, Figure(Decimal(0), f"{fringe.name or fringe.key}: not on this line"), posted=posted
            )
        base = bases[0] if len(bases) == 1 else _added(bases)
        counted, limit = self._between(fringe, line, quantity, base.value, account, episodes)
        value, rules = Decimal(0), []
        if fringe.rate is not None:
            value = EXACT.multiply(counted, fringe.rate)
            rules.append(f"{percent(fringe.rate)} of {half_up(counted):,f}")
        if fringe.flat is not None:
            times = self._times(line.unit, fringe.flat.basis, quantity)
            exchange = self._exchange(fringe.flat.currency) or Decimal(0)
            flat = EXACT.multiply(EXACT.multiply(times, fringe.flat.amount), exchange)
            share = EXACT.divide(EXACT.multiply(flat, counted), base.value) if counted != base.value else flat
            value = EXACT.add(value, share)
            rules.append(f"{fringe.flat} × {round(times, 4).normalize():,f}")
        origins: tuple[Figure[Decimal] | Place, ...] = (*bases, fringe.place())
        rule = f"{fringe.name or fringe.key}: {' and '.join(rules) or 'no rate'}{limit}"
        return LineFringe(fringe, Figure(self._rounded(value), rule, origins), base, counted, posted)

    def _between(
        self, fringe: Fringe, line: Line, quantity: Decimal, base: Decimal, account: str, episodes: int
    ) -> tuple[Decimal, str]:
        """What of a base lies above the floor and below the ceiling, and that in words."""
        low, high = fringe.floor, fringe.ceiling
        if low is None and high is None:
            return base, ""
        told = f" above {low:,f}" if low is not None else ""
        told += f"{' and' if told else ''} below {high:,f}" if high is not None else ""
        told = f", of the wages{told} {f'a {fringe.per}' if fringe.per else 'a person'}"
        before = Decimal(0)
        if fringe.per:
            times = self._times(line.unit, fringe.per, quantity) or Decimal(episodes if fringe.per == EPISODE else 1)
            low = EXACT.multiply(low, times) if low is not None else None
            high = EXACT.multiply(high, times) if high is not None else None
        elif line.person or line.range:
            who = (self._person(line.person),) if line.person else (account, line.range)
            before = self._reached.get((fringe.key, *who), Decimal(0))
            self._reached[fringe.key, *who] = EXACT.add(before, base)
        after = EXACT.add(before, base)
        return EXACT.subtract(_counted(after, low, high), _counted(before, low, high)), told

    def _times(self, unit: str, basis: str, quantity: Decimal) -> Decimal:
        """How many units of a basis a line of so many units has."""
        if basis == "flat":
            return Decimal(1) if quantity else Decimal(0)
        if one(unit) == one(basis):
            return quantity
        if basis in CHEQUES:
            weeks = self._times(unit, "week", quantity)
            return weeks.to_integral_value(ROUND_UP) if weeks else Decimal(bool(quantity))
        hours, each = hours_of(unit, self._units), hours_of(basis, self._units)
        if not hours or not each:
            return Decimal(0)
        return EXACT.divide(EXACT.multiply(quantity, hours), each)

    def _ordered(self) -> list[str]:
        """The fringes, each after those it is paid on."""
        order: list[str] = []
        waiting = dict(self._fringes)
        while waiting:
            ready = [key for key, fringe in waiting.items() if not any(on in waiting for on in fringe.on)]
            if not ready:
                round_ = in_circles({key: fringe.on for key, fringe in waiting.items()})
                self.problems += [_circle(fringe, round_) for key, fringe in waiting.items() if key in round_]
                return order
            for key in ready:
                order.append(key)
                del waiting[key]
        return order


def one(unit: str) -> str:
    """A unit in the singular, as units are compared."""
    return unit.strip().lower().removesuffix("s")


def hours_of(unit: str, own: Mapping[str, Decimal] | None = None) -> Decimal | None:
    """The hours of a unit of a budget line, its own units first; None for one without (flat, allow)."""
    for name, hours in (own or {}).items():
        if one(name) == one(unit):
            return hours or None
    return HOURS.get(one(unit))


def percent(rate: Decimal) -> str:
    """A rate as a percentage, `6.2%`."""
    return f"{(rate * 100).normalize():f}%"


def _counted(wages: Decimal, floor: Decimal | None, ceiling: Decimal | None) -> Decimal:
    above = wages if floor is None else EXACT.subtract(max(wages, floor), floor)
    return above if ceiling is None else min(above, EXACT.subtract(ceiling, floor or Decimal(0)))


def _added(bases: list[Figure[Decimal]]) -> Figure[Decimal]:
    value = reduce(EXACT.add, (figure.value for figure in bases), Decimal(0))
    return Figure(value, "the line and the fringes it is also on", tuple(bases))


def _circle(fringe: Fringe, round_: Collection[str]) -> Problem:
    others = [on for on in fringe.on if on in round_ and on != fringe.key]
    message = f"{fringe.key} is paid on {', '.join(others) + ', which rests on it in turn' if others else 'itself'}"
    return Problem("fringe-circle", fringe.place("on"), message, "take one of them out of on:")
