"""Deals (private/deals.yaml): what was agreed with each person, by id."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from pmkit.model import kinds as k
from pmkit.model.clock import Length
from pmkit.model.money import Rate
from pmkit.model.record import Record, field
from pmkit.problems import Fault


class KitItem(Record):
    """A piece of somebody's kit: what it is, how many, its serial number, and what it is worth."""

    what: str = field(k.text, "money")
    quantity: int | None = field(k.integer, "money", default=None)
    serial: str = field(k.text, "money", default="")
    value: Decimal | None = field(k.amount, "money", default=None)

    @classmethod
    def from_text(cls, text: str) -> dict[str, Any] | Fault | None:
        """The short form: what it is, with how many in front: `2 torches`."""
        found = re.fullmatch(r"(\d{1,4}) ?[x×]? (.+)", text.strip())
        return {"what": found[2], "quantity": int(found[1])} if found else {"what": text.strip()}


class Deal(Record):
    """A deal: rate, guaranteed hours, agreement, account, kit, car, per diem, dates and terms.

    What the deal memo says. `guarantee` is the hours a day's rate is for, `work` the days or weeks
    guaranteed in all; `sixth_day` and `seventh_day` are how they are paid, `overtime` beyond the
    guarantee. `inventory` is what the kit rental is for. `work_for_hire` and `termination` stand in
    place of the usual clauses.
    """

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
    housing: str = field(k.text, "money", default="")
    position: str = field(k.text, "money", default="", note="on the memo, when not the one of the crew list")
    work: str = field(k.text, "money", default="", note="guaranteed in all: 3 weeks")
    sixth_day: str = field(k.text, "money", default="")
    seventh_day: str = field(k.text, "money", default="")
    phone_allowance: Rate | None = field(k.rate, "money", default=None)
    agency_fee: Decimal | None = field(k.percent, "money", default=None)
    dressing_room: str = field(k.text, "money", default="")
    inventory: tuple[KitItem, ...] = field(k.ListOf(k.Of(KitItem)), "money", default=())
    work_for_hire: str = field(k.text, "money", default="", note="the clause, when not the usual one")
    termination: str = field(k.text, "money", default="", note="the clause, when not the usual one")
    signed: dt.date | None = field(k.day, "money", default=None)
    fringes: tuple[str, ...] = field(k.ids, "money", default=())
    note: str = field(k.text, "money", default="")
