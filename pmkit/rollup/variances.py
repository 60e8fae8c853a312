"""Why the estimate moved: the reasons given since the last period, account by account, and what has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from pmkit.model.budget import Budget
from pmkit.model.frozen import frozen
from pmkit.model.ledger import EfcChange
from pmkit.model.money import half_up
from pmkit.model.production import Production
from pmkit.problems import Place
from pmkit.rollup.account_papers import changes_so_far
from pmkit.rollup.coding import Coding, key_of
from pmkit.rollup.costs import AccountCost, Costs
from pmkit.rollup.periods import BEFORE, INSIDE, Periods
from pmkit.rollup.position import Position


@frozen
class Reason:
    """One reason: an EFC change, or an approved overage.

    `before` and `after` are what is stored, the EFC or the ETC; of an overage, and of the first
    ETC, `before` is not known.
    """

    date: date
    by: str
    why: str
    before: Decimal | None
    after: Decimal
    overage: bool
    place: Place


@frozen
class Explained:
    """An account whose estimate or budget was changed in the period: its EFC before and the reasons."""

    coding: Coding
    position: Position
    before: Decimal
    reasons: tuple[Reason, ...]

    @property
    def moved(self) -> Decimal:
        """By how much the EFC rose; negative when it fell."""
        return self.position.efc.value - self.before


@frozen
class Unexplained:
    """An account that stands off its budget, or moved, by more than the production lets pass, and no reason was given."""

    coding: Coding
    position: Position
    moved: Decimal


@frozen
class Variances:
    """What the memo of variances is made of; `over` is what passes without a reason."""

    explained: tuple[Explained, ...]
    unexplained: tuple[Unexplained, ...]
    over: Decimal


def variances(production: Production, costs: Costs) -> Variances:
    """The reasons of a cost report's period. Without periods, every reason there is."""
    budget, known = production.budget or Budget(), Periods(production.periods)
    made: dict[str, list[EfcChange]] = {}
    before: dict[str, list[EfcChange]] = {}
    for change in production.efc_changes:
        at = INSIDE if costs.period is None else known.place(costs.period, change.period, change.date)
        if at == INSIDE:
            made.setdefault(change.account, []).append(change)
        elif at == BEFORE:
            before.setdefault(change.account, []).append(change)
    stale = {account: changes_so_far(found, known, costs.period, inside=False)[-1] for account, found in before.items()}
    overages = {row.account: [o for o in budget.overages if o.account == row.account] for row in budget.overages}
    explained, unexplained = [], []
    for row in costs.accounts():
        key = key_of(row.coding)
        inside = [o for o in overages.get(key, ()) if _inside(o.date, costs)]
        added = sum((half_up(o.amount) for o in inside), Decimal(0))
        off = row.position.change.value
        moved = (-off if costs.settings.variance == "budget_minus_efc" else off) + added
        reasons = [Reason(o.date, o.by, o.reason, None, o.amount, True, o.place()) for o in inside]
        reasons += _changes(made.get(key, ()), row, moved, costs, stale.get(key))
        if reasons:
            was = row.position.efc.value - moved
            explained.append(Explained(row.coding, row.position, was, tuple(sorted(reasons, key=_when))))
            continue
        silent = key not in stale and not overages.get(key)
        standing = abs(row.position.efc.value - row.position.revised.value)
        if (silent and standing > budget.cost_report.unexplained_over) or abs(moved) > (
            budget.cost_report.unexplained_over
        ):
            unexplained.append(Unexplained(row.coding, row.position, moved))
    return Variances(tuple(explained), tuple(unexplained), budget.cost_report.unexplained_over)


def _changes(
    made: Iterable[EfcChange], row: AccountCost, moved: Decimal, costs: Costs, last: EfcChange | None
) -> Iterator[Reason]:
    """The changes in order, each from what was stored before it."""
    stored = last.amount if last is not None else None
    if costs.settings.stored == "efc":
        stored = row.position.efc.value - moved
    for change in sorted(made, key=lambda c: c.made):
        yield Reason(change.date, change.by, change.reason, stored, change.amount, False, change.place)
        stored = change.amount


def _inside(day: date, costs: Costs) -> bool:
    return costs.period is None or costs.period.from_ <= day <= costs.period.to


def _when(reason: Reason) -> tuple[date, bool]:
    return (reason.date, not reason.overage)
