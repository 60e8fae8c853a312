"""Where an account stands: its name, its category and its production level.

Numbers are a convention that every studio has its own of, so nothing is read out of digits:
the chart says which accounts a category holds, and the budget may say otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable

from pmkit.model.budget import LEVELS, Budget, Category, Chart
from pmkit.model.frozen import frozen
from pmkit.model.record import did_you_mean

UNPLACED = "Without a category"


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

    def knows(self, account: str) -> bool:
        """Whether the budget or its chart has the account."""
        return account in self._accounts or (self._chart is not None and account in self._chart.accounts)

    def known(self) -> list[str]:
        """Every account there is, the budget's first."""
        more = self._chart.accounts if self._chart is not None else {}
        return list(dict.fromkeys([*self._accounts, *more]))

    def of(self, account: str) -> Coding:
        """Where an account stands; the account's own words come first, then the budget's, then the chart's."""
        own = self._accounts.get(account)
        typed = own.category if own is not None else ""
        number, name, level = self._typed(typed) if typed else self._held(account)
        if own is not None and own.level:
            level = own.level
        title = own.name if own is not None and own.name else ""
        if not title and self._chart is not None:
            title = self._chart.accounts.get(account, "")
        return Coding(account, title, number, name or UNPLACED, level or "other")

    def has_category(self, typed: str) -> bool:
        """Whether the budget or its chart has a category of this number."""
        return typed in self._own or self._charted(typed) is not None

    def _charted(self, number: str) -> Category | None:
        for category in self._chart.categories if self._chart is not None else ():
            if category.number == number:
                return Category(number=number, name=category.name, level=category.level, last=category.last)
        return None

    def _typed(self, number: str) -> tuple[str, str, str]:
        own, charted = self._own.get(number), self._charted(number)
        name = own.name if own is not None else charted.name if charted is not None else number
        level = own.level if own is not None else ""
        return number, name, level or (charted.level if charted is not None else "")

    def _held(self, account: str) -> tuple[str, str, str]:
        for number, own in self._own.items():
            if account == number or (own.last and _between(number, account, own.last)):
                return self._typed(number)
        found = self._chart.category_of(account) if self._chart is not None else None
        return self._typed(found.number) if found is not None else ("", "", "")


def in_order(numbers: Iterable[str]) -> list[str]:
    """Account or category numbers in the order of a budget: figures by value, then other codes by text."""
    return sorted(numbers, key=lambda n: (not n.isdecimal(), int(n) if n.isdecimal() else 0, n))


def nearest(typed: str, known: Iterable[str]) -> str:
    """The account most likely meant, one of the same beginning before any other; empty when none is near."""
    words = list(known)
    return did_you_mean(typed, [word for word in words if word[:2] == typed[:2]]) or did_you_mean(typed, words)


def level_name(level: str) -> str:
    """A production level in words."""
    return LEVELS.get(level, level)


def _between(first: str, account: str, last: str) -> bool:
    return all(n.isdecimal() for n in (first, account, last)) and int(first) <= int(account) <= int(last)
