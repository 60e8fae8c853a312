"""Costs by something else than their account: by episode, location, set, unit or vendor.

A ledger row says it in its own column; one that does not takes what its order says, when all the
order's lines on that account agree. An order's line says it, or the order. A budget line or its
account says it; its fringes go with it. What names a set and no location is at the set's location. What
nobody says, payroll that is estimated among it, is `NOT_CODED`, so that the rows always add up to the whole
report. Each account's revised budget is shared by its lines, so to the cent.

An EFC is kept by account. By episode alone it is spread, since a series is judged by it: what an
account still takes goes to the episodes in proportion to what is left of their budgets, else to
their budgets, else to what was spent on them. In a series, `spread` then shares out what is under no
episode by the rule by which the budget amortises.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from pmkit.model import set_name
from pmkit.model.ledger import LedgerRow
from pmkit.model.order import Order, OrderLine
from pmkit.model.production import Production
from pmkit.model.series import PATTERN
from pmkit.rollup.coding import key_of
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.costs import BELOW, Costs, charges_of
from pmkit.rollup.exchange import exchange
from pmkit.rollup.open_lines import open_lines
from pmkit.rollup.periods import BEFORE, INSIDE, Periods
from pmkit.rollup.pieces import FRINGES, pieces
from pmkit.rollup.series import amortisation, by_episode, costs_by_episode, following
from pmkit.rollup.shares import shared, shared_by

DIMENSIONS = ("episode", "location", "set", "unit", "vendor")
NOT_CODED = ""
ESTIMATED = ("episode",)
BUDGETED = ("episode", "location", "set")


class Sums(NamedTuple):
    """One row, in minor units: revised budget, cost in the period and to date, commitments, what is to complete."""

    revised: int = 0
    period: int = 0
    to_date: int = 0
    commitments: int = 0
    etc: int = 0

    @property
    def total(self) -> int:
        """Cost to date and commitments."""
        return self.to_date + self.commitments

    @property
    def efc(self) -> int:
        """Total cost and what is to complete."""
        return self.total + self.etc


def by(production: Production, costs: Costs, dimension: str) -> dict[str, Sums]:
    """The report's sums by a dimension's values; they add up to the report's total in every column."""
    return _Work(production, costs, dimension).done()


def spread(production: Production, costs: Costs, found: Mapping[str, Sums]) -> dict[str, tuple[Sums, Sums]]:
    """A series' costs by episode: each episode's whole, and how much of that is its share of what is amortised.

    Whatever stands under no episode of the series is shared out by the budget's rule, each column
    by itself, to the cent: the episodes add up to the report. The revised budget is what the
    budget by episode says, to the cent, with each account's overages as its budget lies.
    """
    episodes, shares = tuple(production.settings.episodes), amortisation(production)
    columns = []
    for column in Sums._fields:
        cents = {value: int(getattr(figures, column)) for value, figures in found.items()}
        whole, _ = costs_by_episode(cents, episodes, shares)
        if column == "revised":
            whole = _revised(production, costs, shares)
        columns.append((whole, {key: whole[key] - cents.get(key, 0) for key in episodes}))
    return {key: (Sums(*(w[key] for w, _ in columns)), Sums(*(part[key] for _, part in columns))) for key in episodes}


def _revised(production: Production, costs: Costs, shares: Mapping[str, Fraction]) -> dict[str, int]:
    series = by_episode(costs.budget, production)
    rows = {key_of(row.coding): row.by_episode for row in (*series.accounts, *series.charges)}
    found = dict(series.total.by_episode)
    for row in costs.accounts():
        over = to_minor(row.position.overages.value)
        lies = {key: max(0, cents) for key, cents in rows.get(key_of(row.coding), {}).items()}
        for key, part in shared_by(over, lies if any(lies.values()) else shares).items():
            found[key] += part
    return found


class _Work:
    def __init__(self, production: Production, costs: Costs, dimension: str) -> None:
        self.production = production
        self.costs = costs
        self.dimension = dimension
        self.apart = costs.settings.accruals_in == "commitments"
        # by account, by value, the five figures of a row
        self.sums: dict[str, dict[str, list[int]]] = {}
        self._same: dict[str, str] = {}
        self._of_order: dict[tuple[str, str], str] = {}
        self.pattern = following(production)
        self._at: dict[str, str] = {}
        self.fringes = next((key_of(c) for c, found in charges_of(costs.budget) if found.of_fringes), FRINGES)
        for key in production.settings.episodes if dimension == "episode" else ():
            self._one(key)

    def done(self) -> dict[str, Sums]:
        """Every value's sums over all accounts."""
        self._ledger()
        self._payroll()
        self._orders()
        self._budget()
        found: dict[str, list[int]] = {}
        for row in self.costs.accounts():
            values = self.sums.get(key_of(row.coding), {})
            if self.dimension in ESTIMATED:
                self._complete(values, to_minor(row.position.etc.value))
            for value, figures in values.items():
                mine = found.setdefault(value, [0] * 5)
                mine[:] = [a + b for a, b in zip(mine, figures, strict=True)]
        return {value: Sums(*figures) for value, figures in found.items() if any(figures)}

    def _add(self, account: str, value: str, at: int, cents: int) -> None:
        self.sums.setdefault(account, {}).setdefault(self._one(value), [0] * 5)[at] += cents

    def _one(self, value: str) -> str:
        """A value as first typed, whichever of its forms is meant: of sets, and of whatever differs in capitals."""
        typed = value.strip()
        key = set_name.same(typed) if self.dimension == "set" else typed.casefold()
        return self._same.setdefault(key, typed)

    def _ledger(self) -> None:
        periods, period = Periods(self.production.periods), self.costs.period
        sums: dict[tuple[str, str, object, str, str], int] = {}
        for row in self.production.ledger:
            if row.account in self.production.balance:
                continue  # bank, floats and tax are no cost
            key = (row.account, row.period, row.posted, row.kind, self._of_row(row))
            sums[key] = sums.get(key, 0) + row.cost
        for (account, number, posted, kind, value), cents in sums.items():
            at = periods.place(period, number, posted)  # type: ignore[arg-type]
            if at not in (BEFORE, INSIDE):
                continue
            if kind == "accrual" and self.apart:
                self._add(account, value, 3, cents)
                continue
            self._add(account, value, 2, cents)
            if at == INSIDE:
                self._add(account, value, 1, cents)

    def _payroll(self) -> None:
        """Payroll that is not in stands where accruals do, and names nothing."""
        if not self.costs.settings.payroll_accruals:
            return
        from pmkit.rollup.payroll_accruals import payroll_accruals  # for those who ask for it

        period = self.costs.period
        for found in payroll_accruals(self.production, period, exchange(self.production)):
            cents = to_minor(found.amount.value)
            self._add(found.account, NOT_CODED, 3 if self.apart else 2, cents)
            if not self.apart and (period is None or found.period.number == period.number):
                self._add(found.account, NOT_CODED, 1, cents)

    def _said(self, own: str, set_: str) -> str:
        """A typed value; where that is to be a location and there is none, the one of the set."""
        own, set_ = own.strip(), set_.strip()
        if own or self.dimension != "location" or not set_:
            return own
        if set_ not in self._at:
            self._at[set_] = self.production.location_of_set(set_)
        return self._at[set_]

    def _of_row(self, row: LedgerRow) -> str:
        own = self._said(row.cell(self.dimension), row.cell("set"))
        if own or not row.po:
            return own
        key = (row.po, row.account)
        if key not in self._of_order:
            order = self.production.orders.get(row.po)
            lines = [line for line in order.lines if line.account == row.account] if order is not None else []
            said = {self._of_line(order, line) for line in lines} if order is not None else set()
            self._of_order[key] = said.pop() if len(said) == 1 else ""
        return self._of_order[key]

    def _of_line(self, order: Order, line: OrderLine) -> str:
        if self.dimension in ("vendor", "unit"):
            return str(getattr(order, self.dimension))
        own = self._said(str(getattr(line, self.dimension)), line.set)
        return own or (order.episode if self.dimension == "episode" else "")

    def _orders(self) -> None:
        day = self.costs.period.to if self.costs.period is not None else None
        for order, line, cents in open_lines(self.production, day):
            self._add(line.account, self._of_line(order, line), 3, cents)

    def _budget(self) -> None:
        said: dict[str, dict[str, int]] = {}
        for account, value, cents in self._lines():
            of = said.setdefault(account, {})
            of[value] = of.get(value, 0) + cents
        over_all: dict[str, int] = {}
        for row in self.costs.accounts():
            key, revised = key_of(row.coding), to_minor(row.position.revised.value)
            # an episode's part of a charge goes by all that is budgeted for it
            below = row.coding.level == BELOW
            charged = self.dimension == "episode" and below and key != self.fringes
            of = over_all if charged else said.get(key, {})
            found = {value: cents for value, cents in of.items() if cents > 0}
            for value, cents in said.get(key, {}).items() if not below else ():
                over_all[value] = over_all.get(value, 0) + cents
            if not found:
                found = {NOT_CODED: 1}
            for value, share in zip(found, shared(revised, list(found.values())), strict=True):
                self._add(key, value, 0, share)

    def _lines(self) -> Iterator[tuple[str, str, int]]:
        """Every piece of the budget in the account where it is posted; the pattern's falls to its episodes."""
        for piece in pieces(self.costs.budget.levels):
            cents, value = to_minor(piece.figure.value), NOT_CODED
            number = piece.coding.number if piece.coding.number != FRINGES else self.fringes
            if piece.line is not None and self.dimension == "episode":
                value = piece.line.episode
            elif piece.line is not None and self.dimension in BUDGETED:  # a line's `unit` is no shooting unit
                value = self._said(getattr(piece.line.line, self.dimension), piece.line.line.set)
            if value == PATTERN and self.pattern and self.dimension == "episode":
                for episode, part in shared_by(cents, dict.fromkeys(self.pattern, 1)).items():
                    yield number, episode, part
            else:
                yield number, value, cents

    def _complete(self, values: dict[str, list[int]], etc: int) -> None:
        """What an account still takes, over its values: by what is left of their budgets, their budgets, their cost."""
        if not values:
            values[NOT_CODED] = [0] * 5
        left = [max(0, revised - to_date - open_) for revised, _, to_date, open_, _ in values.values()]
        budget = [max(0, figures[0]) for figures in values.values()]
        spent = [max(0, figures[2] + figures[3]) for figures in values.values()]
        weights = next((found for found in (left, budget, spent) if sum(found)), [1] * len(values))
        for figures, share in zip(values.values(), shared(etc, weights), strict=True):
            figures[4] += share
