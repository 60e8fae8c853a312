"""The charges of a budget: contingency, completion guarantee, overhead, mark-up."""

from __future__ import annotations

from decimal import Decimal

from pmkit.model import kinds as k
from pmkit.model.record import Record, field


class Charge(Record):
    """A charge after the totals: contingency, completion guarantee, overhead, mark-up of a section.

    `flat` and `exclude_amount` are formulas.
    """

    name: str = field(k.text, "money")
    rate: Decimal | None = field(k.percent, "money", default=None)
    flat: str = field(k.text, "money", default="")
    on: tuple[str, ...] = field(
        k.texts, "money", default=(), note="levels, categories, accounts, groups, charges above"
    )
    exclude: tuple[str, ...] = field(k.texts, "money", default=())
    exclude_amount: str = field(k.text, "money", default="", note="a sum taken out of what it is on")
    account: str = field(k.text, "money", default="", note="the number its costs are posted to")
    inside: str = field(k.text, "money", default="", note="the account it is posted into, before the totals")
