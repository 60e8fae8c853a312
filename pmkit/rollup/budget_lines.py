"""The lines of a budget worked out: amount × multiplier × rate, in the production's currency, with their fringes."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from pmkit.model.budget import Account, Budget, Fringe, Line
from pmkit.model.money import half_up
from pmkit.model.record import Record
from pmkit.model.series import PATTERN
from pmkit.model.tree import Mapping, Node
from pmkit.problems import Place, Problem
from pmkit.rollup.coding import Codes, Coding
from pmkit.rollup.figure import Figure
from pmkit.rollup.formula import EXACT, Count, Formulas, Wrong
from pmkit.rollup.formula_reading import LARGEST
from pmkit.rollup.fringes import Fringes
from pmkit.rollup.posting import FRINGES as FRINGES, where_posted
from pmkit.rollup.totals import LineTotal, Money, SubtotalRow, added

# The unit whose amount is a percentage of the rate: 10 % of a fee.
PERCENT = "%"


class Lines:
    """Works out the lines of a budget in their order. `problems` are what could not be worked out."""

    def __init__(
        self,
        budget: Budget,
        codes: Codes,
        currency: str,
        count: Count,
        person: Callable[[str], str],
        pattern: int,
    ) -> None:
        self.budget = budget
        self.codes = codes
        self.currency = currency
        self.pattern = pattern
        self.residents = frozenset(person(key) for key in budget.residents)
        self.person = person
        self.problems: list[Problem] = []
        self.made: dict[str, Coding] = {}
        self.formulas = Formulas(budget.globals, count, lambda name: value_place(budget, "globals", name))
        for name, wrong in self.formulas.wrong.items():
            if wrong.fault.code == "bad-global":
                self.problems.append(wrong.fault.at(budget.place("globals", name)))
            elif not wrong.quiet:
                place = value_place(budget, "globals", name)
                self.problems.append(wrong.problem(value_node(budget, "globals", name), place))
        self.fringes = Fringes(budget.fringes, self.exchange, person, budget.units, self.rounded)
        self.problems += self.fringes.problems
        self._formulas_said: dict[tuple[int, str], Money | None] = {}

    def exchange(self, currency: str) -> Decimal | None:
        """What one of a currency is in the production's; None when nobody says."""
        if currency in ("", self.currency):
            return Decimal(1)
        return self.budget.currencies.get(currency)

    def rounded(self, value: Decimal) -> Decimal:
        """An amount as the budget keeps it: exact, or to the cent."""
        return half_up(value) if self.budget.rounding == "line" else value

    def formula(self, record: Record, key: str) -> Money | None:
        """What a formula of a charge or credit comes to; None, and a problem once, when it comes to nothing."""
        said = (id(record), key)
        if said not in self._formulas_said:
            figure = self.formulas.value(getattr(record, key), record.place(key) if record.given(key) else None)
            if isinstance(figure, Wrong) and not figure.quiet:
                self.problems.append(figure.problem(value_node(record, key), record.place(key)))
            self._formulas_said[said] = None if isinstance(figure, Wrong) else figure
        return self._formulas_said[said]

    def figures(self, line: Line) -> tuple[Money, Money, Money, Decimal] | None:
        """Amount, multiplier, rate and exchange of a line; None when one of them has no value."""
        figures = []
        for key, text in (("amount", line.amount), ("x", line.x), ("rate", line.rate)):
            figure = self.formulas.value(text, line.place(key) if line.given(key) else None)
            if isinstance(figure, Wrong):
                if not figure.quiet:
                    self.problems.append(figure.problem(value_node(line, key), line.place(key)))
                return None
            figures.append(figure)
        exchange = self.exchange(line.currency)
        if exchange is None:
            hint = f"add it to the budget: currencies: {{{line.currency}: 0.73}}"
            message = f"the budget has no rate for {line.currency}"
            self.problems.append(Problem("unknown-currency", line.place("currency"), message, hint))
            return None
        quantity = EXACT.multiply(figures[0].value, figures[1].value)
        sums = (quantity, EXACT.multiply(EXACT.multiply(quantity, figures[2].value), exchange))
        if any(abs(found) > LARGEST for found in sums):
            message = f"{line.what[:40]} comes to more than 1,000,000,000,000,000"
            self.problems.append(Problem("bad-formula", line.place("rate"), message, "is a figure mistyped?"))
            return None
        return figures[0], figures[1], figures[2], exchange

    def of(self, account: Account, line: Line, fringed: bool = True) -> LineTotal | None:
        """A line with its subtotal and fringes; None when a figure of it has no value."""
        found = self.figures(line)
        if found is None:
            return None
        amount, times, rate, exchange = found
        episode = line.episode or account.episode
        episodes = self.pattern if episode == PATTERN else 1
        quantity = EXACT.multiply(EXACT.multiply(amount.value, times.value), Decimal(episodes))
        if line.unit.strip() == PERCENT:
            quantity = EXACT.divide(quantity, Decimal(100))
        subtotal = self.rounded(EXACT.multiply(EXACT.multiply(quantity, rate.value), exchange))
        rule = f"{line.what}: {amount.rule}{PERCENT if line.unit.strip() == PERCENT else ''} × {rate.rule}"
        rule += f" × {times.rule}" if line.given("x") else ""
        rule += f" × {episodes} episodes of the pattern" if episodes != 1 else ""
        rule += f", {line.currency} at {exchange:f}" if exchange != 1 else ""
        made_of = (amount, rate, times) if line.given("x") else (amount, rate)
        figure = Figure(subtotal, rule, (*made_of, line.place()) if line.node is not None else made_of)
        keys = fringes_of(account, line)
        kind = line.kind or (account.kind if account.kind in ("labour", "materials") else "")
        kind = kind or ("labour" if keys else "materials")
        coding = self.codes.of(account.number)
        fringes = (
            self.fringes.on_line(
                line, quantity, figure, keys, account.number, lambda f: self._posted(f, coding), episodes
            )
            if keys and fringed
            else ()
        )
        return LineTotal(
            account=account.number,
            line=line,
            quantity=quantity,
            rate=rate.value,
            subtotal=figure,
            fringes=fringes,
            groups=line.groups or account.groups,
            kind=kind,
            episode=episode,
            resident=self._resident(account, line),
            times=episodes,
        )

    def _resident(self, account: Account, line: Line) -> bool | None:
        """Whether a line is paid to a resident; None when nobody says."""
        for said in (line.resident, account.resident):
            if said is not None:
                return said
        if line.person and self.residents:
            return self.person(line.person) in self.residents
        return None

    def _posted(self, fringe: Fringe, coding: Coding) -> str:
        """The account a fringe on a line goes to, where it is another than the line's own."""
        found = where_posted(fringe, coding, self.budget, self.codes)
        if found is None or found.number in (FRINGES, fringe.account):
            return found.number if found is not None else ""
        self.made[found.number] = found
        return found.number


def fringes_of(account: Account, line: Line) -> tuple[str, ...]:
    """The fringes due on a line: its own, or else those of its account, unless it is for materials."""
    if line.fringes or line.given("fringes"):
        return line.fringes
    return () if line.kind == "materials" else account.fringes


def with_subtotals(account: Account, lines: dict[int, LineTotal]) -> tuple[LineTotal | SubtotalRow, ...]:
    """An account's lines, by the index typed, with the sub-totals that close them."""
    rows: list[LineTotal | SubtotalRow] = []
    since: list[LineTotal] = []
    for index, line in enumerate(account.lines):
        if line.subtotal:
            total = added(line.subtotal, (found.subtotal for found in since))
            fringes = added("their fringes", (due.amount for found in since for due in found.fringes))
            rows.append(SubtotalRow(line.subtotal, line, tuple(since), total, fringes))
            since = []
        elif index in lines:
            rows.append(lines[index])
            since.append(lines[index])
    return tuple(rows)


def value_node(record: Record, key: str, item: str = "") -> Node | None:
    """The node of a field's value, or of an item of it."""
    node = record.node.values.get(key) if isinstance(record.node, Mapping) else None
    return node.values.get(item) if item and isinstance(node, Mapping) else node


def value_place(record: Record, key: str, item: str) -> Place:
    """Where an item of a field's mapping has its value."""
    node = value_node(record, key, item)
    return node.place if node is not None else record.place(key, item)
