"""The contingency is not eaten up unseen."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.production import Production
from pmkit.problems import Problem

# Where one of these has a hole, an account may look better or worse than it stands.
_FIGURES = (
    "budget", "account", "line", "charge", "fringe", "ledger", "period", "periods", "order", "po", "schedule",
    "shootingday", "strip", "breakdown", "scene", "cast", "castmember", "locations", "overage",
)  # fmt: skip


def contingency_drawn(production: Production) -> Iterator[Problem]:
    """What accounts go over their budgets eats the contingency, to `contingency_warning` of it or more.

    That is 75 % unless the budget's `cost_report:` says otherwise. Savings elsewhere are taken off;
    what was spent on the contingency's own account, or moved out of it by an overage, counts.
    """
    budget = production.budget
    moved = production.efc_changes or production.ledger or production.orders
    if budget is None or not moved or production.lacks(*_FIGURES):
        return
    from pmkit.rollup.contingency import budgeted, drawdown  # for those who have costs
    from pmkit.rollup.costs import whole

    record = budgeted(budget, production.chart)
    found = drawdown(whole(production)) if record is not None else None
    if record is None or found is None or not found.told(budget.cost_report.contingency_warning):
        return
    message = f"{found.drawn:,.2f} of the contingency of {found.of:,.2f} is drawn, {found.percent} %"
    if found.left < 0:
        message = f"{-found.left:,.2f} more than the whole contingency of {found.of:,.2f} is drawn"
    hint = "find savings, or have an overage approved"
    if found.over:
        row, beyond = found.over[0]
        hint = f"{f'{row.coding.number} {row.coding.name}'.strip()} is the most over, by {beyond:,.2f}; {hint}"
    yield Problem("contingency-drawn", record.place(), message, hint, "warning")


CHECKS = (contingency_drawn,)
