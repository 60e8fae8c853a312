"""The money in the bank (private/cashflow.yaml): opening balance, drawdowns, and when costs are paid.

How a budget falls over prep, shoot, wrap and post is data: `SPREAD` by production level, which a
production changes by account, category or level under `spread`.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from pmkit.model import kinds as k
from pmkit.model.dates import DateRange, parse_range
from pmkit.model.record import Record, field
from pmkit.problems import Fault

PHASES = ("prep", "shoot", "wrap", "post")
# What falls into which phase where neither the budget line nor the production says so, in hundredths.
# Our own figures, of no standard: they are there to be changed under `spread`.
SPREAD: dict[str, dict[str, int]] = {
    "atl": {"prep": 40, "shoot": 50, "post": 10},
    "production": {"prep": 25, "shoot": 65, "wrap": 10},
    "post": {"post": 100},
    "other": {"prep": 40, "shoot": 30, "post": 30},
    "charge": {"shoot": 60, "post": 40},
}
_DAYS = re.compile(r"(\d{1,3})\s*(days?|weeks?)?", re.ASCII)
_TERMS = re.compile(r"\b(\d{1,3})[\s-]*(d|days?|weeks?|months?)\b", re.ASCII)
_NET = re.compile(r"(?:net\s*)?(\d{1,3})(?![\d%.,])", re.ASCII)
_AT_ONCE = re.compile(r"\b(?:advance|on|upon|card|cash|cod|due|immediate(?:ly)?|prepaid|up ?front)\b", re.ASCII)


def _days(text: str) -> int | Fault:
    found = _DAYS.fullmatch(text.strip().lower())
    if found is None:
        return Fault(f"{text.strip()[:40] or 'nothing'} is not a number of days", "write 7 days", "bad-length")
    return int(found[1]) * (7 if (found[2] or "").startswith("week") else 1)


_wait = k.Value(_days, "a number of days: 7 days")


class Drawdown(Record):
    """A drawdown: money that comes into the bank on a day."""

    date: dt.date = field(k.day, "money")
    amount: Decimal = field(k.amount, "money")
    what: str = field(k.text, "money", default="")


class Spread(Record):
    """A spread: which part of a cost falls into which phase, or between which dates all of it does."""

    prep: Decimal = field(k.percent, "money", default=Decimal(0))
    shoot: Decimal = field(k.percent, "money", default=Decimal(0))
    wrap: Decimal = field(k.percent, "money", default=Decimal(0))
    post: Decimal = field(k.percent, "money", default=Decimal(0))
    dates: DateRange | None = field(k.day_range, "money", default=None)

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault:
        """A phase alone takes all of it; so does a date, or two with `..` between."""
        if text.strip() in PHASES:
            return {text.strip(): Decimal(1)}
        if text.strip()[:1].isdigit():
            stretch = parse_range(text)
            return stretch if isinstance(stretch, Fault) else {"dates": stretch}
        hint = "write prep, shoot, wrap or post, {prep: 40%, shoot: 60%}, or dates: 2026-01-05..2026-02-27"
        return Fault(f"{text.strip()[:40] or 'nothing'} is no phase of the production", hint, "unknown-word")

    def parts(self) -> dict[str, int]:
        """The phases that take something, each with its share in millionths."""
        shares = {phase: int(getattr(self, phase) * 1_000_000) for phase in PHASES}
        return {phase: share for phase, share in shares.items() if share > 0}


class Cashflow(Record):
    """The cash flow: what is in the bank, what comes in, and how long a cost waits to be paid."""

    opening: Decimal = field(k.amount, "money", default=Decimal(0), note="in the bank before the first week")
    drawdowns: tuple[Drawdown, ...] = field(k.ListOf(k.Of(Drawdown)), "money", default=())
    floor: Decimal = field(k.amount, "money", default=Decimal(0), note="what must stay in the bank")
    terms: int = field(_wait, "money", default=30, note="until an invoice is paid, where the vendor has no terms")
    payroll_lag: int = field(_wait, "money", default=7, note="from the end of a week worked to its pay day")
    prep: DateRange | None = field(k.day_range, "money", default=None)
    wrap: DateRange | None = field(k.day_range, "money", default=None)
    post: DateRange | None = field(k.day_range, "money", default=None)
    spread: dict[str, Spread] = field(
        k.MappingOf(k.text, k.Of(Spread)), "money", default={}, note="by account, category, level or charge"
    )


def terms_in_days(text: str) -> int | None:
    """The days a vendor's terms leave until an invoice is paid; None when the words say nothing of the kind.

    `30 days`, `net 15`, `2 weeks`; `in advance`, `on signature`, `card`, `cash`, `COD` are at once;
    `weekly` is seven days.
    """
    words = text.strip().lower()
    if found := _TERMS.search(words):
        return int(found[1]) * (7 if found[2].startswith("w") else 30 if found[2].startswith("m") else 1)
    if found := _NET.match(words):
        return int(found[1])
    for said, wait in (("weekly", 7), ("fortnight", 14), ("monthly", 30)):
        if said in words:
            return wait
    return 0 if _AT_ONCE.search(words) else None
