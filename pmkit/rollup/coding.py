"""Where an account stands: its name, its category and its production level.

Numbers are a convention that every studio has its own of, so nothing is read out of digits:
the chart says which accounts a category holds, and the budget may say otherwise.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pmkit.model.budget import Budget, Category, Charge
from pmkit.model.chart import LEVELS, Chart, ChartCategory, below, code_key, within
from pmkit.model.frozen import frozen
from pmkit.model.record import did_you_mean
from pmkit.problems import Fault

_LOOKALIKE = str.maketrans("OoQIl", "00011")
UNPLACED = "Without a category"
BELOW = "charge"


@frozen
class Coding:
    """An account with its category and level. An empty category holds what has none."""

    number: str
    name: str
    category: str
    category_name: str
    level: str


class Codes:
    """The coding of a budget: its own accounts and categories over those of its chart."""

    def __init__(self, budget: Budget | None, chart: Chart | None) -> None:
        self._accounts = budget.accounts if budget is not None else {}
        self._own: dict[str, Category] = budget.categories if budget is not None else {}
        self._chart = chart
        self._order = _printing_order(chart, self._own)
        self._found: dict[str, Coding] = {}

    def knows(self, account: str) -> bool:
        """Whether the budget or its chart has the account."""
        return account in self._accounts or (self._chart is not None and account in self._chart.accounts)

    def known(self) -> list[str]:
        """Every account there is, the budget's first."""
        more = self._chart.accounts if self._chart is not None else {}
        return list(dict.fromkeys([*self._accounts, *more]))

    def of(self, account: str) -> Coding:
        """Where an account stands; the account's own words come first, then the budget's, then the chart's."""
        if account not in self._found:
            self._found[account] = self._coding(account)
        return self._found[account]

    def has_category(self, typed: str) -> bool:
        """Whether the budget or its chart has a category of this number."""
        return typed in self._order

    def category_fault(self, typed: str) -> Fault:
        """Why a category cannot stand where an account must, with the accounts it holds."""
        held = [number for number in self.known() if self.of(number).category == typed]
        return Fault(f"{typed} is a category", f"its accounts are {', '.join(held[:12])}", "unknown-account")

    def in_order(self, numbers: Iterable[str]) -> list[str]:
        """Account numbers in the order of the chart: by category, then figures by value, `C.4` before `C.10`."""
        places = {number: self._place(self.of(number).category) for number in numbers}
        return sorted(places, key=lambda number: (places[number], code_key(number), number))

    def categories_in_order(self, numbers: Iterable[str]) -> list[str]:
        """Category numbers in the order of the chart, the budget's own among them; what has none comes last."""
        return sorted(numbers, key=lambda number: (self._place(number), code_key(number), number))

    def level_name(self, level: str) -> str:
        """A production level by the chart's own name, else in words."""
        own = self._chart.levels.get(level, "") if self._chart is not None else ""
        return own or LEVELS.get(level, level)

    def _place(self, category: str) -> int:
        return self._order.get(category, len(self._order))

    def _coding(self, account: str) -> Coding:
        own = self._accounts.get(account)
        typed = own.category if own is not None else ""
        number, name, level = self._typed(typed) if typed else self._held(account)
        if own is not None and own.level:
            level = own.level
        title = own.name if own is not None and own.name else ""
        if not title and self._chart is not None:
            title = self._chart.accounts.get(account, "")
        return Coding(account, title, number, name or UNPLACED, level or "other")

    def _charted(self, number: str) -> ChartCategory | None:
        for category in self._chart.categories if self._chart is not None else ():
            if category.number == number:
                return category
        return None

    def _typed(self, number: str) -> tuple[str, str, str]:
        own, charted = self._own.get(number), self._charted(number)
        name = own.name if own is not None else charted.name if charted is not None else number
        level = own.level if own is not None else ""
        return number, name, level or (charted.level if charted is not None else "")

    def _held(self, account: str) -> tuple[str, str, str]:
        for number, own in self._own.items():
            if account == number or (own.last and within(number, account, own.last)) or below(number, account):
                return self._typed(number)
        found = self._chart.category_of(account) if self._chart is not None else None
        return self._typed(found.number) if found is not None else ("", "", "")


def of_charges(charges: Iterable[Charge], taken: Collection[str]) -> Iterator[tuple[Coding, Charge]]:
    """Charges with where their costs stand: below the line, on an account that nobody else has.

    A charge whose account is `taken` by lines, or by a charge above it, stands by its name alone.
    """
    numbers = set(taken)
    for charge in charges:
        number = charge.account if charge.account not in numbers else ""
        numbers.add(number)
        yield Coding(number, charge.name, "", "", BELOW), charge


def nearest(typed: str, known: Iterable[str]) -> str:
    """The account most likely meant: letters that look like figures, then one of the same beginning, then any other.

    Empty when none is near.
    """
    words = list(known)
    if (figures := typed.translate(_LOOKALIKE)) in words:
        return figures
    return did_you_mean(typed, [word for word in words if word[:2] == typed[:2]]) or did_you_mean(typed, words)


def _printing_order(chart: Chart | None, own: Iterable[str]) -> dict[str, int]:
    """The categories as they print: those of the chart, and the budget's own after the nearest code before theirs."""
    order = [category.number for category in chart.categories] if chart is not None else []
    for number in sorted((number for number in own if number not in order), key=code_key):
        before = [found for found in order if code_key(found) < code_key(number)]
        order.insert(order.index(max(before, key=code_key)) + 1 if before else 0, number)
    return {number: index for index, number in enumerate(order)}


def key_of(coding: Coding) -> str:
    """The account's number, or a charge's name where it has none: what figures are kept under."""
    return coding.number or coding.name
