"""A short calculator of budget and cost report from the raw YAML and CSV files. It shares no code with pmkit."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

from tests.apart.budget import Book
from tests.apart.schedule import Schedule


def loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _down(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_FLOOR)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


class CostReport:
    """What a period's cost report says of each account, but for its budget."""

    def __init__(self, root: Path, number: str) -> None:
        private = root / "private"
        self.book = loaded(private / "budget.yaml")
        self.settings = self.book.get("cost_report", {})
        self.rates = {"": Decimal(1), "USD": Decimal(1)} | {k: Decimal(v) for k, v in self.book["currencies"].items()}
        self.periods = loaded(private / "periods.yaml")
        period = self.periods[number]
        self.start, self.end = _day(period["from"]), _day(period["to"])
        self.rows = [row for path in sorted((private / "costs").glob("*.csv")) for row in _rows(path)]
        self.changes = [
            row | {"period": path.stem.partition("-")[0], "file": path.name, "line": line}
            for path in sorted((private / "costs" / "efc").glob("*.csv"))
            for line, row in enumerate(_rows(path))
        ]
        self.orders = [loaded(path) for path in sorted((private / "po").glob("*.yaml"))]
        self.accounts = {row["account"] for row in self.rows if self._when(row, "posted") <= self.end}

    def row(self, account: str, budget: Decimal) -> dict[str, Decimal]:
        """The figures of one account on a budget that is given."""
        inside = before = accrued_inside = accrued_before = Decimal(0)
        for row in self.rows:
            if row["account"] != account or (when := self._when(row, "posted")) > self.end:
                continue
            cost = _cents(_number(row["amount"]) * Decimal(row.get("rate") or self.rates[row.get("currency") or ""]))
            if row["kind"] == "accrual" and self.settings.get("accruals_in", "commitments") == "commitments":
                accrued_inside += cost if when >= self.start else 0
                accrued_before += cost if when < self.start else 0
            else:
                inside += cost if when >= self.start else 0
                before += cost if when < self.start else 0
        committed = self._open(account, self.end) + accrued_inside + accrued_before
        total = before + inside + committed
        overages = self._overages(account, self.end)
        efc = self._efc(account, self.end, budget, total)
        yesterday = self.start - dt.timedelta(days=1)
        then = before + accrued_before + self._open(account, yesterday)
        variance_then = budget + self._overages(account, yesterday) - self._efc(account, yesterday, budget, then)
        variance = budget + overages - efc
        return {
            "period": inside,
            "to_date": before + inside,
            "commitments": committed,
            "total": total,
            "etc": efc - total,
            "efc": efc,
            "overages": overages,
            "revised": budget + overages,
            "variance": variance,
            "change": variance - variance_then,
        }

    def _when(self, row: dict[str, Any], key: str) -> dt.date:
        """The day a row counts on: inside the period it names, else the day it was posted."""
        named = self.periods.get(row.get("period") or "")
        day = _day(row[key])
        if named is None:
            return day
        return min(max(day, _day(named["from"])), _day(named["to"]))

    def _open(self, account: str, day: dt.date) -> Decimal:
        found = Decimal(0)
        for order in self.orders:
            if order.get("state") != "approved" or _day(order["date"]) > day:
                continue
            invoices = [i for i in order.get("invoices") or [] if "date" not in i or _day(i["date"]) <= day]
            if any(i.get("final") == "true" and "account" not in i for i in invoices):
                continue
            rate = self.rates[order.get("currency", "")]
            left: dict[str, Decimal] = {}
            for line in order["lines"]:
                worth = _cents(_number(line.get("amount", "1")) * _number(line["rate"]) * rate)
                left[line["account"]] = left.get(line["account"], Decimal(0)) + worth
            done = {i["account"] for i in invoices if i.get("account") in left and i.get("final") == "true"}
            for invoice in (i for i in invoices if i.get("account") in left):
                left[invoice["account"]] -= _cents(_number(invoice["amount"]) * rate)
            rest = sum(
                (_cents(_number(i["amount"]) * rate) for i in invoices if i.get("account") not in left), Decimal(0)
            )
            for name in done:
                left[name] = Decimal(0)
            rest -= sum((amount for amount in left.values() if amount < 0), Decimal(0))
            left = {name: max(amount, Decimal(0)) for name, amount in left.items()}
            taken, whole = min(rest, sum(left.values())), sum(left.values())
            shares = {name: amount * taken / whole for name, amount in left.items()} if whole else {}
            cut = {name: _down(share) for name, share in shares.items()}
            spare = int((taken - sum(cut.values())) * 100) if whole else 0
            for name in sorted(shares, key=lambda name: cut[name] - shares[name])[:spare]:
                cut[name] += Decimal("0.01")
            left = {name: amount - cut.get(name, Decimal(0)) for name, amount in left.items()}
            found += left.get(account, Decimal(0))
        return found

    def _overages(self, account: str, day: dt.date) -> Decimal:
        given = [o for o in self.book.get("overages", []) if o["account"] == account and _day(o["date"]) <= day]
        return sum((_number(o["amount"]) for o in given), Decimal(0))

    def _efc(self, account: str, day: dt.date, budget: Decimal, total: Decimal) -> Decimal:
        made = [c for c in self.changes if c["account"] == account and self._when(c, "date") <= day]
        if not made:
            return max(budget, total)
        last = max(made, key=lambda c: (_day(self.periods[c["period"]]["from"]), c["date"], c["file"], c["line"]))
        amount = _number(last["amount"])
        return total + amount if self.settings.get("stored", "efc") == "etc" else amount


def cost_report(root: Path, number: str) -> CostReport:
    """The report of a period, from the raw files."""
    return CostReport(root, number)


def budget(root: Path, chart: Path) -> Book:
    """The whole budget of a folder over its schedule, with the chart's CSV."""
    with chart.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    return Book(loaded(root / "private" / "budget.yaml"), Schedule(root).count, first_jobs(root), rows)


def first_jobs(root: Path) -> dict[str, str]:
    """Second jobs by their id: whose they are."""
    return {
        hire["id"]: hire["person"]
        for department in loaded(root / "crew.yaml").values()
        for hire in department.get("people", [])
        if "person" in hire
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        yield from csv.DictReader(line for line in stream if not line.startswith("#"))
