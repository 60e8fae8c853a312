"""The ledger as an accountant reads it: journals balance, accruals are reversed, nothing is paid twice."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.ledger import LedgerRow
from pmkit.model.money import written
from pmkit.model.production import Production
from pmkit.problems import Problem
from pmkit.rollup.coding import Codes
from pmkit.rollup.periods import Periods
from pmkit.rollup.petty import spent

_PAID = ("actual", "card", "petty-cash")


def unbalanced_journal(production: Production) -> Iterator[Problem]:
    """The rows of a journal do not come to nothing.

    A journal moves cost from one account to another, or to and from a balance account
    (private/balance.yaml): the rows of one document in one period come to 0.00, tax included.
    """
    if production.lacks("ledger"):
        return
    periods = Periods(production.periods)
    journals: dict[tuple[object, str], list[LedgerRow]] = {}
    for row in production.ledger:
        if row.kind == "journal":
            at = periods.index(row.period, row.posted)
            journals.setdefault((row.period if at is None else at, row.document.strip()), []).append(row)
    for (_, document), rows in journals.items():
        out = sum(map(spent, rows))
        if out:
            which = f"journal {document}" if document else "the journal without a document"
            count = "is one row" if len(rows) == 1 else f"has {len(rows)} rows"
            message = f"{which} is out of balance by {written(out)}: it {count} and should come to 0.00"
            where = "; the others: " + ", ".join(row.place.row for row in rows[1:4]) if len(rows) > 1 else ""
            hint = "add the row it lacks; bank, floats and tax are accounts of private/balance.yaml" + where
            yield Problem("unbalanced-journal", rows[0].place_of("document"), message, hint)


def accrual_not_reversed(production: Production) -> Iterator[Problem]:
    """An accrual still stands although the period after its own is over.

    Accruals are estimates of what was used and not yet invoiced: the next period reverses them, and
    makes new ones of what is still not in. Otherwise the cost counts twice once the invoice comes.
    A period is over when it is closed or a later one has costs.
    """
    if production.lacks("ledger", "period", "periods"):
        return
    periods = Periods(production.periods)
    accrued: dict[str, dict[int, list[LedgerRow]]] = {}
    latest = -1
    for row in production.ledger:
        at = periods.index(row.period, row.posted)
        if at is not None:
            latest = max(latest, at)
            if row.kind == "accrual":
                accrued.setdefault(row.account, {}).setdefault(at, []).append(row)
    for account, by_period in accrued.items():
        carried = 0
        last: dict[bool, LedgerRow] = {}  # of each sign
        for at, period in enumerate(periods.all):
            rows = by_period.get(at, [])
            reversed_ = sum(row.cost for row in rows if (row.cost < 0) == (carried > 0))
            left = carried + reversed_
            stays = left if (left > 0) == (carried > 0) else 0
            made = last.get(carried > 0)
            if stays and made is not None and (period.closed is not None or at < latest):
                before = periods.all[at - 1].number
                message = (
                    f"{written(stays)} accrued on {account} by period {before} "
                    f"{'is' if rows else 'was'} not reversed in period {period.number}"
                )
                hint = f"reverse it with a row of {written(-stays)}, and accrue anew what is still not invoiced"
                yield Problem("accrual-not-reversed", made.place_of("amount"), message, hint, "warning")
                break  # what comes after only carries it on
            carried += sum(row.cost for row in rows)
            for row in rows:
                last[row.cost > 0] = row


def duplicate_invoice(production: Production) -> Iterator[Problem]:
    """One invoice of one vendor is in the ledger twice for the same amount.

    Rows of one day on several accounts are a split, and a row that was taken back by another of
    the opposite amount is none.
    """
    if production.lacks("ledger"):
        return
    found: dict[tuple[str, str, int, str], list[LedgerRow]] = {}
    for row in production.ledger:
        if row.kind in _PAID and row.cost and row.vendor and row.document.strip():
            number = row.document.strip().lower()
            found.setdefault((row.vendor, number, abs(row.cost), row.currency), []).append(row)
    for rows in found.values():
        paid = [row for row in rows if row.cost > 0]
        back = len(rows) - len(paid)
        seen: list[LedgerRow] = []
        for row in paid:
            twin = next((s for s in seen if s.account == row.account or s.posted != row.posted), None)
            if twin is None:
                seen.append(row)
            elif back:
                back -= 1
            else:
                message = f"invoice {row.document.strip()} of {row.vendor} over {written(row.cost)} is in {twin.place.row} already"
                hint = "take one out, or tell them apart by the document if there are truly two"
                yield Problem("duplicate-invoice", row.place_of("document"), message, hint, "warning")


def balance_in_budget(production: Production) -> Iterator[Problem]:
    """A balance account has lines in the budget, or is an account of its chart: it cannot be cost and no cost."""
    budget = production.budget
    codes = Codes(budget, production.chart) if budget is not None else None
    for number, account in production.balance.items():
        if budget is None or codes is None:
            return
        if number in budget.accounts or (production.chart is not None and number in production.chart.accounts):
            hint = "give it a number outside the chart: 9100"
            message = f"{number} {account.name} is an account of the budget: its rows would be in no report"
            yield Problem("balance-in-budget", account.key_place(), message, hint)


CHECKS = (unbalanced_journal, accrual_not_reversed, duplicate_invoice, balance_in_budget)
