"""When the sample's posted costs leave the bank, from the raw files. It shares no code with pmkit."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

AT_ONCE = ("in advance", "on signature", "on first day", "on wrap", "card")


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def _wait(terms: str, default: int) -> int:
    if found := re.match(r"(\d+) days", terms):
        return int(found[1])
    return 7 if terms == "weekly" else 0 if terms in AT_ONCE else default


def posted_by_week(root: Path, number: str) -> dict[dt.date, Decimal]:
    """What is posted to the end of a period and is no accrual, by the Sunday of the week it is paid in."""
    periods = _load(root / "private" / "periods.yaml")
    vendors = _load(root / "vendors.yaml")
    default = int(_load(root / "private" / "cashflow.yaml")["terms"].split()[0])
    end = dt.date.fromisoformat(periods[number]["to"])
    rates = {"": Decimal(1), "USD": Decimal(1)} | {
        k: Decimal(v) for k, v in _load(root / "private" / "budget.yaml")["currencies"].items()
    }
    found: dict[dt.date, Decimal] = defaultdict(Decimal)
    for path in sorted((root / "private" / "costs").glob("*.csv")):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines):
            posted = dt.date.fromisoformat(row["posted"])
            named = periods.get(row.get("period") or "")
            if row["kind"] == "accrual" or dt.date.fromisoformat(named["to"] if named else row["posted"]) > end:
                continue
            rate = Decimal(row["rate"]) if row.get("rate") else rates[row.get("currency") or ""]
            cost = (Decimal(row["amount"]) * rate).quantize(Decimal("0.01"), ROUND_HALF_UP)
            wait = 0
            if row["kind"] == "actual":
                wait = _wait(vendors.get(row["vendor"], {}).get("terms", ""), default)
            day = posted + dt.timedelta(days=wait)
            found[day + dt.timedelta(days=6 - day.weekday())] += cost
    return dict(found)
