"""The fringes of a budget, and where they are posted."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, cast

from pmkit.model import kinds as k, money
from pmkit.model.dates import DateRange
from pmkit.model.record import Record, field
from pmkit.problems import Fault

POSTED = ("account", "category", "level", "budget")
# A cheque is paid for every week begun.
CHEQUES = ("cheque", "check")
_PER = re.compile(r"(.+)/\s*([a-z][a-z-]*)")


def _flat(text: str) -> money.Rate | Fault:
    """A rate by any unit of the budget: its own (`25/fitting`) and `10/cheque` too."""
    found = _PER.fullmatch(text.strip())
    if found is None or found[2] in money.BASES:
        return money.parse_rate(text)
    rate = money.parse_rate(f"{found[1]}/day")
    return rate if isinstance(rate, Fault) else rate._replace(basis=cast(money.Basis, found[2]))


class Fringe(Record):
    """A fringe: a percentage of wages or a flat sum per unit, between a floor and a ceiling a person."""

    key: str = field(k.ident, "money", from_key=True)
    name: str = field(k.text, "money", default="")
    rate: Decimal | None = field(k.percent, "money", default=None)
    flat: money.Rate | None = field(k.Value(_flat, "5.25/hour"), "money", default=None)
    floor: Decimal | None = field(k.amount, "money", default=None, note="wages below it bear nothing")
    ceiling: Decimal | None = field(k.amount, "money", default=None, note="wages above it bear nothing")
    per: str = field(
        k.OneOf("hour", "day", "week", "month", "episode"), "money", default="", note="what floor and ceiling are for"
    )
    on: tuple[str, ...] = field(k.texts, "money", default=("labour",), note="labour, allowances, other fringes")
    account: str = field(k.text, "money", default="", note="the account that holds it for every line")
    posting: str = field(k.OneOf(*POSTED), "money", default="")
    in_force: DateRange | None = field(k.day_range, "money", default=None, note="the days for which its rate is right")


class Posting(Record):
    """Where fringes are posted: to each line's account, or to one row of a category, level or the budget."""

    fringes: str = field(k.OneOf(*POSTED), "money", default="account")
    suffix: str = field(k.text, "money", default="99", note="ends the number of a category's row: 2099")

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault | None:
        """One of the four words alone."""
        if text in POSTED:
            return {"fringes": text}
        return Fault(f"fringes are not posted to {text[:40]}", f"one of {', '.join(POSTED)}", "unknown-word")
