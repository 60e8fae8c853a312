"""The budget's totals: lines, fringes, accounts, categories, levels, charges, grand total, credits, net total.

Order of computation:

1. globals, each after those it rests on;
2. each line: amount × multiplier × rate (the unit labels and does not multiply; `%` alone makes
   the amount a percentage), in the production's currency, for each episode of the pattern;
3. its fringes, each after those it is paid on;
4. charges `inside` an account, on lines and fringes;
5. accounts, categories and levels;
6. the other charges in the order typed, each on a base of its own;
7. the grand total;
8. credits, each after those that reduce it; the net total is less those that are applied.

Everything is kept to 34 figures and rounded only when shown, as printed top sheets are; with
`rounding: line`, each line, fringe, charge and credit is rounded half up to the cent once, and
every sum is of what is shown.

A fringe posts to the account of the line it is on, unless the fringe names an `account` of its
own (2499, say), which then holds it for every line, or the budget's `posting` makes a row of a
category (2099), a level or the whole budget; the last stands with the charges, in no level.
Groups that are switched off are out of everything from step 2 on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from pmkit.model.budget import Account, Budget, Charge
from pmkit.model.chart import LEVELS, Chart
from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.rollup import credits
from pmkit.rollup.budget_lines import FRINGES, Lines, with_subtotals
from pmkit.rollup.charges import Charging, unknown_bases
from pmkit.rollup.coding import Codes
from pmkit.rollup.counts import schedule_count
from pmkit.rollup.formula import Count, nothing_counted
from pmkit.rollup.pieces import Piece, pieces
from pmkit.rollup.posting import NAME
from pmkit.rollup.totals import (
    AccountTotal,
    BudgetTotals,
    CategoryTotal,
    ChargeTotal,
    CreditTotal,
    LevelTotal,
    LineTotal,
    Money,
    OffGroup,
    added,
)


def of_production(production: Production, off: Collection[str] = (), on: Collection[str] = ()) -> BudgetTotals:
    """The budget of a production, over its schedule. An empty one where there is none.

    `off` and `on` are groups switched for the asking, over what the budget says of them.
    """
    currency = production.settings.currency
    budget = production.budget or Budget()
    count, person = schedule_count(production), one_person(production)
    pattern = len(budget.series.pattern or production.settings.episodes) or 1
    return totals(budget, production.chart, currency, count, person, off=off, on=on, pattern=pattern)


def one_person(production: Production) -> Callable[[str], str]:
    """Who an id of a line is: a second job names the first by `person`. One human being has one ceiling."""
    hires = production.hires
    return lambda key: hires[key][1].person or key if key in hires else key


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
            if said not in sound and work.lines.figures(line) is not None:
                sound.add(said)
    work.on_top()
    return tuple(work.problems)


def totals(
    budget: Budget,
    chart: Chart | None = None,
    currency: str = "USD",
    count: Count = nothing_counted,
    person: Callable[[str], str] = str,
    *,
    off: Collection[str] = (),
    on: Collection[str] = (),
    pattern: int = 1,
) -> BudgetTotals:
    """Works out a budget. `count` asks the schedule, `person` says who an id of a line is.

    `off` and `on` switch groups over what the budget says; `pattern` is how many episodes follow it.
    """
    switched = ({key for key, group in budget.groups.items() if group.off} | set(off)) - set(on)
    return _Work(budget, chart, currency, count, person, switched, pattern).done()


class _Work:
    def __init__(
        self,
        budget: Budget,
        chart: Chart | None,
        currency: str,
        count: Count,
        person: Callable[[str], str],
        off: Collection[str] = (),
        pattern: int = 1,
    ) -> None:
        self.budget = budget
        self.off = off
        self.person = person
        self.codes = Codes(budget, chart)
        self.lines = Lines(budget, self.codes, currency, count, person, pattern)
        self.problems = self.lines.problems
        self.problems += unknown_bases(self.codes, budget)
        self.problems += credits.unknown_credits(budget)
        self.credits, circles = credits.in_order(budget)
        self.problems += circles
        self.left_out: dict[str, list[Money]] = {}

    def on_top(self) -> None:
        """Looks at the formulas of charges and credits, for what is wrong with them."""
        for charge in self.budget.charges:
            for key in ("flat", "exclude_amount"):
                if getattr(charge, key):
                    self.lines.formula(charge, key)
        for row in (row for credit in self.budget.credits for row in credit.parts() if row.flat):
            self.lines.formula(row, "flat")

    def done(self) -> BudgetTotals:
        """The totals, from the lines up."""
        rows = {number: self._account(account) for number, account in self.budget.accounts.items()}
        posted: dict[str, list[Money]] = {}
        for number, lines in rows.items():
            for due in (due for line in lines.values() for due in line.fringes):
                posted.setdefault(due.posted or number, []).append(due.amount)
        apart = posted.pop(FRINGES, [])
        plain = tuple(self._levels(rows, posted, {}))
        inside = self._inside(plain)
        levels = tuple(self._levels(rows, posted, inside)) if inside else plain
        done = [found for charges in inside.values() for found in charges]
        every = list(pieces(levels))
        accounts = tuple(_accounts(levels))
        below = added("sum of the levels", (level.total for level in levels))
        row = added("fringes, posted to the budget", apart)
        charges = [ChargeTotal(Charge(name=NAME), row, row, of_fringes=True)] if apart else []
        charging = Charging(self.lines.formula, self.lines.rounded, done)
        charges += [charging.charged(c, every, accounts) for c in self.budget.charges if not c.inside]
        total = added("all accounts and charges", (below, *(charge.total for charge in charges)))
        found = self._credits(every, accounts)
        off = tuple(self._off())
        net = credits.net_of(total, found)
        return BudgetTotals(levels, tuple(charges), below, total, tuple(self.problems), found, net, off)

    def _account(self, account: Account) -> dict[int, LineTotal]:
        """The lines of an account that count, by their index."""
        found: dict[int, LineTotal] = {}
        for index, line in enumerate(account.lines):
            if line.subtotal:
                continue
            gone = [group for group in line.groups or account.groups if group in self.off]
            total = self.lines.of(account, line, fringed=not gone)
            if total is not None and not gone:
                found[index] = total
            elif total is not None:
                for group in gone:
                    self.left_out.setdefault(group, []).append(total.subtotal)
        return found

    def _inside(self, levels: tuple[LevelTotal, ...]) -> dict[str, list[ChargeTotal]]:
        """The charges inside accounts, by account."""
        found: dict[str, list[ChargeTotal]] = {}
        wanted = [charge for charge in self.budget.charges if charge.inside]
        if wanted:
            every: list[Piece] = list(pieces(levels))
            charging = Charging(self.lines.formula, self.lines.rounded)
            for charge in wanted:
                found.setdefault(charge.inside, []).append(charging.charged(charge, every, tuple(_accounts(levels))))
        return found

    def _credits(self, every: list[Piece], accounts: tuple[AccountTotal, ...]) -> tuple[CreditTotal, ...]:
        if not self.credits:
            return ()
        crediting = credits.Crediting(every, accounts, self.lines.formula, self.lines.rounded, self.person)
        found = {id(credit): crediting.credited(credit) for credit in self.credits}
        return tuple(found[id(credit)] for credit in self.budget.credits if id(credit) in found)

    def _off(self) -> Iterator[OffGroup]:
        for key in dict.fromkeys([*self.budget.groups, *self.left_out]):
            if key in self.off:
                lines = self.left_out.get(key, [])
                group = self.budget.groups.get(key)
                name = group.name if group is not None and group.name else key
                yield OffGroup(key, name, len(lines), added(f"{name}, switched off", lines))

    def _levels(
        self,
        rows: dict[str, dict[int, LineTotal]],
        posted: dict[str, list[Money]],
        inside: dict[str, list[ChargeTotal]],
    ) -> Iterator[LevelTotal]:
        by_level: dict[str, dict[str, list[AccountTotal]]] = {level: {} for level in LEVELS}
        for number in self.codes.in_order({*rows, *posted, *inside}):
            coding = self.lines.made.get(number) or self.codes.of(number)
            own = tuple(rows.get(number, {}).values())
            fringes = added("fringes posted here", posted.get(number, ()))
            charges = tuple(inside.get(number, ()))
            parts = (*(line.subtotal for line in own), *posted.get(number, ()), *(found.total for found in charges))
            typed = self.budget.accounts.get(number)
            shown = with_subtotals(typed, rows.get(number, {})) if typed is not None else ()
            account = AccountTotal(coding, own, fringes, added(f"account {number}", parts), shown, charges)
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


def _accounts(levels: tuple[LevelTotal, ...]) -> Iterator[AccountTotal]:
    for level in levels:
        for category in level.categories:
            yield from category.accounts
