"""Batch requests (requests/NAME.yaml) and the mail settings of production.yaml."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pmkit.model import dates, kinds as k, money
from pmkit.model.record import Record, field
from pmkit.problems import Fault


def _request_rate(text: str) -> money.Rate | str | Fault:
    return "deal" if text.strip() == "deal" else money.parse_rate(text)


class MailSettings(Record):
    """The production's mail: the address it comes from and the server that takes it."""

    from_: str = field(k.text, "public", default="")
    host: str = field(k.text, "public", default="")
    port: int | None = field(k.integer, "public", default=None)
    user: str = field(k.text, "public", default="")
    sender: str = field(k.text, "public", default="", note="the one clone that sends")
    redirect_all: str = field(k.email, "public", default="", note="rehearsal: every mail goes here")


class Asked(Record):
    """Whom a request asks: a department, those who work on a day, or ranked candidates for a role."""

    department: str = field(k.ident, "public", default="")
    works: str = field(k.text, "public", default="")
    role: str = field(k.text, "public", default="")
    candidates: tuple[str, ...] = field(k.ids, "public", default=())


class Request(Record):
    """A batch request: what is asked of whom, for which dates, by when to answer."""

    name: str = field(k.text, "public", from_key=True)
    kind: str = field(
        k.OneOf("availability", "hold", "offer", "dealmemo", "document", "release", "custom"), "public"
    )
    ask: Any = field(k.Either(value=k.ids, items=k.ids, fields=k.Of(Asked)), "public")
    rank: int | None = field(k.integer, "public", default=None)
    dates: tuple[dates.DateRange, ...] = field(k.day_ranges, "public", default=())
    role: str = field(k.text, "public", default="")
    unit: str = field(k.ident, "public", default="")
    location: str = field(k.ident, "public", default="")
    rate: money.Rate | str | None = field(k.Value(_request_rate, "deal, or 450/day"), "public", default=None)
    respond_by: dt.datetime | None = field(k.moment, "public", default=None)
    remind: tuple[str, ...] = field(k.texts, "public", default=())
    then: str = field(k.OneOf("expire", "next"), "public", default="expire")
    revision: int = field(k.integer, "public", default=1)
    subject: str = field(k.text, "public", default="")
    text: str = field(k.text, "public", default="")
