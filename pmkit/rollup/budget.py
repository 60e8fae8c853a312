"""The budget's totals: lines, fringes, accounts, categories, levels, charges, grand total.

Order of computation: globals; each line (amount × multiplier × rate, the unit labels and does
not multiply) in the production's currency; its fringes; accounts, categories and levels; charges,
each on a base of its own; the grand total. Everything is kept to 34 figures and rounded only
when shown, as printed top sheets are.

A fringe posts to the account of the line it is on, unless the fringe names an `account` of its
own (2499, say), which then holds it for every line. A charge is on what its `on` names: levels
(`atl`, `production`, `post`, `other`, or `btl` for the last three), categories, accounts, or a
charge above it; on everything when it names nothing. Fringes are inside its base. `exclude`
takes out the same kinds of thing, and groups of lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from pmkit.model.budget import Account, Budget, Line
from pmkit.model.chart import LEVELS, Chart
from pmkit.model.production import Production
from pmkit.model.record import Record
from pmkit.model.tree import Mapping, Node
from pmkit.problems import Place, Problem
from pmkit.rollup.charges import charged, unknown_bases
from pmkit.rollup.coding import Codes
from pmkit.rollup.counts import schedule_count
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT, Count, Formulas, Wrong, nothing_counted
from pmkit.rollup.fringes import Fringes
from pmkit.rollup.totals import AccountTotal, BudgetTotals, CategoryTotal, LevelTotal, LineTotal, Money, added


def of_production(production: Production) -> BudgetTotals:
    """The budget of a production, over its schedule. An empty one where there is none."""
    hires = production.hires

    def person(key: str) -> str:
        # a second job names the first by `person`: one human being, one ceiling
        return hires[key][1].person or key if key in hires else key

    currency = production.settings.currency
    budget = production.budget or Budget()
    return totals(budget, production.chart, currency, schedule_count(production), person)


def faults(production: Production) -> tuple[Problem, ...]:
    """What keeps a production's budget from being worked out in full, without working it out."""
    if production.budget is None:
        return ()
    work = _Work(production.budget, production.chart, production.settings.currency, schedule_count(production), str)
    # A budget says the same thing on line after line: what was worked out once need not be again.
    sound: set[tuple[str, str, str, str]] = set()
    for account in production.budget.accounts.values():
        for line in account.lines:
            said = (line.amount, line.x, line.rate, line.currency)
            if said not in sound and work.figures(line) is not None:
                sound.add(said)
    return tuple(work.problems)


def totals(
    budget: Budget,
    chart: Chart | None = None,
    currency: str = "USD",
    count: Count = nothing_counted,
    person: Callable[[str], str] = str,
) -> BudgetTotals:
    """Works out a budget. `count` asks the schedule, `person` says who an id of a line is."""
    return _Work(budget, chart, currency, count, person).done()


class _Work:
    def __init__(
        self, budget: Budget, chart: Chart | None, currency: str, count: Count, person: Callable[[str], str]
    ) -> None:
        self.budget = budget
        self.currency = currency
        self.codes = Codes(budget, chart)
        self.problems: list[Problem] = []
        self.formulas = Formulas(budget.globals, count, lambda name: _value_place(budget, "globals", name))
        for name, wrong in self.formulas.wrong.items():
            if wrong.fault.code == "bad-global":
                self.problems.append(wrong.fault.at(budget.place("globals", name)))
            elif not wrong.quiet:
                place = _value_place(budget, "globals", name)
                self.problems.append(wrong.problem(_value_node(budget, "globals", name), place))
        self.fringes = Fringes(budget.fringes, self.exchange, person)
        self.problems += self.fringes.problems
        self.problems += unknown_bases(self.codes, budget)

    def exchange(self, currency: str) -> Decimal | None:
        """What one of a currency is in the production's; None when nobody says."""
        if currency in ("", self.currency):
            return Decimal(1)
        return self.budget.currencies.get(currency)

    def done(self) -> BudgetTotals:
        """The totals, from the lines up."""
        lines = {number: self._lines(account) for number, account in self.budget.accounts.items()}
        posted: dict[str, list[Money]] = {}
        for number, found in lines.items():
            for fringe in (fringe for line in found for fringe in line.fringes):
                posted.setdefault(fringe.fringe.account or number, []).append(fringe.amount)
        levels = tuple(self._levels(lines, posted))
        below = added("sum of the levels", (level.total for level in levels))
        charges = charged(levels, self.budget.charges)
        total = added("all accounts and charges", (below, *(charge.total for charge in charges)))
        return BudgetTotals(levels, charges, below, total, tuple(self.problems))

    def _lines(self, account: Account) -> tuple[LineTotal, ...]:
        return tuple(found for line in account.lines if (found := self._line(account.number, line)) is not None)

    def figures(self, line: Line) -> tuple[Money, Money, Money, Decimal] | None:
        """Amount, multiplier, rate and exchange of a line; None when one of them has no value."""
        figures = []
        for key, text in (("amount", line.amount), ("x", line.x), ("rate", line.rate)):
            figure = self.formulas.value(text, line.place(key) if line.given(key) else None)
            if isinstance(figure, Wrong):
                if not figure.quiet:
                    self.problems.append(figure.problem(_value_node(line, key), line.place(key)))
                return None
            figures.append(figure)
        exchange = self.exchange(line.currency)
        if exchange is None:
            hint = f"add it to the budget: currencies: {{{line.currency}: 0.73}}"
            message = f"the budget has no rate for {line.currency}"
            self.problems.append(Problem("unknown-currency", line.place("currency"), message, hint))
            return None
        return figures[0], figures[1], figures[2], exchange

    def _line(self, account: str, line: Line) -> LineTotal | None:
        found = self.figures(line)
        if found is None:
            return None
        amount, times, rate, exchange = found
        quantity = EXACT.multiply(amount.value, times.value)
        subtotal = EXACT.multiply(EXACT.multiply(quantity, rate.value), exchange)
        rule = f"{line.what}: {amount.rule} × {rate.rule}" + (f" × {times.rule}" if line.given("x") else "")
        if exchange != 1:
            rule += f", {line.currency} at {exchange:f}"
        made_of = (amount, rate, times) if line.given("x") else (amount, rate)
        figure = Figure(subtotal, rule, (*made_of, line.place()) if line.node is not None else made_of)
        fringes = self.fringes.on_line(line, quantity, figure)
        return LineTotal(account, line, quantity, rate.value, figure, fringes)

    def _levels(self, lines: dict[str, tuple[LineTotal, ...]], posted: dict[str, list[Money]]) -> Iterator[LevelTotal]:
        by_level: dict[str, dict[str, list[AccountTotal]]] = {level: {} for level in LEVELS}
        for number in self.codes.in_order({*lines, *posted}):
            coding = self.codes.of(number)
            own = lines.get(number, ())
            fringes = added("fringes posted here", posted.get(number, ()))
            total = added(f"account {number}", (*(line.subtotal for line in own), *fringes.of))  # type: ignore[arg-type]
            account = AccountTotal(coding, own, fringes, total)
            by_level[coding.level].setdefault(coding.category, []).append(account)
        for level, categories in by_level.items():
            if categories:
                found = tuple(
                    _category(number, categories[number]) for number in self.codes.categories_in_order(categories)
                )
                name = self.codes.level_name(level)
                yield LevelTotal(level, name, found, added(name, (category.total for category in found)))


def _category(number: str, accounts: list[AccountTotal]) -> CategoryTotal:
    name = accounts[0].coding.category_name
    total = added(f"category {number}".rstrip(), (account.total for account in accounts))
    return CategoryTotal(number, name, tuple(accounts), total)


def _value_node(record: Record, key: str, item: str = "") -> Node | None:
    node = record.node.values.get(key) if isinstance(record.node, Mapping) else None
    return node.values.get(item) if item and isinstance(node, Mapping) else node


def _value_place(record: Record, key: str, item: str) -> Place:
    node = _value_node(record, key, item)
    return node.place if node is not None else record.place(key, item)
