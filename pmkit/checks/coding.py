"""The coding of the budget's accounts: each in a category, each written one way, each category with a level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pmkit.model.chart import code_key
from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.rollup.coding import Codes


def unplaced_account(production: Production) -> Iterator[Problem]:
    """An account of the budget lies in no category of its chart, nor of the budget's own, and names none.

    It is counted, and printed on the top sheet without a category.
    """
    budget, chart = production.budget, production.chart
    if budget is None or (chart is None and not budget.categories) or production.lacks("budget", "category"):
        return
    codes = Codes(budget, chart)
    for number, account in budget.accounts.items():
        if not account.category and not codes.of(number).category:
            where = f"no category of {chart.id}" if chart is not None else "no category"
            hint = f"is a figure mistyped? else name it a category: {number}: {{category: …}}"
            message = f"account {number} lies in {where}"
            yield Problem("unplaced-account", account.key_place(), message, hint, "warning")


def duplicate_account(production: Production) -> Iterator[Problem]:
    """Two accounts of the budget are one code spelt in two ways: `0100` and `100`, `A.1` and `a.01`."""
    seen: dict[object, str] = {}
    for number, account in production.budget.accounts.items() if production.budget is not None else ():
        first = seen.setdefault(code_key(number), number)
        if first != number:
            message = f"account {number} is account {first} spelt another way"
            yield Problem("duplicate-account", account.key_place(), message, "put their lines under one of the two")


def mixed_width(production: Production) -> Iterator[Problem]:
    """Account codes of figures have different widths, which accounting systems refuse to import or sort wrongly."""
    accounts = production.budget.accounts if production.budget is not None else {}
    widths = Counter(len(number) for number in accounts if number.isdecimal())
    if len(widths) < 2:
        return
    usual = max(widths, key=lambda width: (widths[width], width))
    for number, account in accounts.items():
        if number.isdecimal() and len(number) != usual:
            figures = f"{len(number)} figure{'s' if len(number) != 1 else ''}"
            message = f"account {number} has {figures}, and the others have {usual}"
            hint = "an accounting system wants codes of one width: pmkit rename account OLD NEW changes one everywhere"
            yield Problem("mixed-width", account.key_place(), message, hint, "warning")


def category_without_level(production: Production) -> Iterator[Problem]:
    """A category of the budget's own that its chart does not have has no level: it is counted under other."""
    charted = {category.number for category in production.chart.categories} if production.chart is not None else set()
    for number, category in production.budget.categories.items() if production.budget is not None else ():
        if not category.given("level") and number not in charted:
            hint = f"give it one: {number}: {{name: {category.name}, level: production}}; or atl, post, other"
            message = f"category {number} has no level and counts under other"
            yield Problem("category-without-level", category.key_place(), message, hint, "warning")


CHECKS = (unplaced_account, duplicate_account, mixed_width, category_without_level)
