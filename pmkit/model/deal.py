"""Deals (private/deals.yaml): what was agreed with each person, by id."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from pmkit.model import kinds as k
from pmkit.model.clock import Length
from pmkit.model.money import Rate
from pmkit.model.record import Record, field


class Deal(Record):
    """A deal: rate, guaranteed hours, agreement, account, kit, car, per diem and dates."""

    key: str = field(k.ident, "public", from_key=True)
    rate: Rate | None = field(k.rate, "money", default=None)
    guarantee: Length | None = field(k.length, "money", default=None, note="hours guaranteed: 12h")
    agreement: str = field(k.text, "money", default="")
    account: str = field(k.text, "money", default="")
    prep: Rate | None = field(k.rate, "money", default=None)
    kit: Rate | None = field(k.rate, "money", default=None)
    kit_cap: Decimal | None = field(k.amount, "money", default=None)
    car: Rate | None = field(k.rate, "money", default=None)
    per_diem: Decimal | None = field(k.amount, "money", default=None)
    overtime: str = field(k.text, "money", default="")
    loan_out: str = field(k.text, "money", default="")
    from_: dt.date | None = field(k.day, "money", default=None)
    to: dt.date | None = field(k.day, "money", default=None)
    episodes: tuple[str, ...] = field(k.texts, "money", default=())
    credit: str = field(k.text, "money", default="")
    travel: str = field(k.text, "money", default="")
    signed: dt.date | None = field(k.day, "money", default=None)
    fringes: tuple[str, ...] = field(k.ids, "money", default=())
    note: str = field(k.text, "money", default="")
