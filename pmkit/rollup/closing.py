"""A closed period against the ledger as it is now: what was added, changed or taken out since.

When a period is closed, each of its ledger rows and EFC changes leaves a line that ends with a mark
of its content. Memo and tags are not in the mark: a spelling may be mended in a closed period, a
figure may not. Corrections are rows of their own in an open period.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from hashlib import sha256
from typing import TypeVar

from pmkit.model.books import Closing
from pmkit.model.budget import Period
from pmkit.model.frozen import frozen
from pmkit.model.ledger import COLUMNS, EfcChange, LedgerRow
from pmkit.model.money import amount_of
from pmkit.model.production import Production
from pmkit.model.tree import Mapping, plain
from pmkit.rollup.exchange import exchange
from pmkit.rollup.payroll_accruals import by_account, payroll_accruals
from pmkit.rollup.periods import INSIDE, Periods

T = TypeVar("T")
_FREE = ("memo", "tags", "period")
_MARKED = tuple(name for name in COLUMNS if name not in _FREE)
# What may change in a locked budget: additions that are approved, and how the report is laid out.
_UNLOCKED = ("overages", "cost_report", "locked")


@frozen
class Since:
    """What happened to a closed period since: rows and EFC changes it had not, and lines of those that are gone.

    A row that was changed is one it had not; its old line is not among those that are gone.
    """

    rows: tuple[LedgerRow, ...]
    changes: tuple[EfcChange, ...]
    gone: tuple[str, ...]


def rows_in(production: Production, period: Period) -> tuple[LedgerRow, ...]:
    """The ledger rows of one period, in the ledger's order."""
    periods = Periods(production.periods)
    return tuple(row for row in production.ledger if periods.place(period, row.period, row.posted) == INSIDE)


def changes_in(production: Production, period: Period) -> tuple[EfcChange, ...]:
    """The EFC changes of one period."""
    periods = Periods(production.periods)
    return tuple(c for c in production.efc_changes if periods.place(period, c.period, c.date) == INSIDE)


def lines(production: Production, period: Period) -> tuple[str, ...]:
    """A line for each row and EFC change of a period: id, account, cost, mark."""
    return (
        *(_row(row) for row in rows_in(production, period)),
        *(_change(change) for change in changes_in(production, period)),
    )


def cost(production: Production, period: Period) -> Decimal:
    """What the period's rows cost, without those on balance accounts."""
    own = (row.cost for row in rows_in(production, period) if row.account not in production.balance)
    return amount_of(sum(own))


def payroll(production: Production, period: Period) -> dict[str, Decimal]:
    """What is estimated of payroll that is not in by a period's end, by account."""
    if production.budget is None or not production.budget.cost_report.payroll_accruals:
        return {}
    return by_account(payroll_accruals(production, period, exchange(production)))


def since(production: Production, period: Period, closing: Closing) -> Since:
    """What of a period is not as it was when it was closed."""
    there = Counter(map(_mark_of, closing.rows))
    rows = _new(there, ((_row(row), row) for row in rows_in(production, period)))
    changes = _new(there, ((_change(change), change) for change in changes_in(production, period)))
    changed = Counter([row.id or "-" for row in rows] + ["efc"] * len(changes))
    gone = []
    for line in closing.rows:
        if there[_mark_of(line)] > 0:
            there[_mark_of(line)] -= 1
            said = line.rpartition(" ")[0]
            if changed[said.rsplit(" ", 2)[0]] > 0:
                changed[said.rsplit(" ", 2)[0]] -= 1
            else:
                gone.append(said)
    return Since(tuple(rows), tuple(changes), tuple(gone))


def budget_mark(production: Production) -> str:
    """A mark of the budget as typed, without its comments, its overages and the conventions of the report."""
    node = production.budget.node if production.budget is not None else None
    if not isinstance(node, Mapping):
        return ""
    typed = {key: plain(value) for key, value in node.values.items() if key not in _UNLOCKED}
    return _mark(json.dumps(typed, sort_keys=True, ensure_ascii=True))


def _new(there: Counter[str], now: Iterable[tuple[str, T]]) -> list[T]:
    found = []
    for line, what in now:
        mark = _mark_of(line)
        if there[mark] > 0:
            there[mark] -= 1
        else:
            found.append(what)
    return found


def _row(row: LedgerRow) -> str:
    typed = [row.cell(name).strip() for name in _MARKED]
    amount = amount_of(row.cost)
    return f"{row.id or '-'} {row.account} {amount} {_mark(json.dumps(typed))}"


def _change(change: EfcChange) -> str:
    typed = ["efc", change.by, str(change.date), change.account, str(change.amount), change.reason]
    return f"efc {change.account} {change.amount} {_mark(json.dumps(typed))}"


def _mark(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _mark_of(line: str) -> str:
    """What is held against the row: its amount, which a rate of exchange of the budget's may change, and its mark."""
    return " ".join(line.rsplit(" ", 2)[1:])
