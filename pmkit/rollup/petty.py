"""Petty cash and cards: what is out with each holder, and what its envelopes came to in the ledger.

A float given out is no cost: it stands with its holder until the receipts of an envelope are
posted. The envelope's total is what left the holder's hand, so its rows in the ledger come to it
with their tax. Log columns after napaus.org, states after PSL3 and GreenSlate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal

from pmkit.model import money
from pmkit.model.books import Envelope, Float
from pmkit.model.frozen import frozen
from pmkit.model.ledger import LedgerRow
from pmkit.model.production import Production
from pmkit.rollup.commitments import to_minor
from pmkit.rollup.figure import Figure
from pmkit.rollup.totals import Money

WITH_ACCOUNTS = ("open", "audited")
KINDS = {"cash": "petty-cash", "card": "card"}


@frozen
class Outstanding:
    """What is out with one holder: given out, posted since, and of the rest what lies with the accountant.

    `outstanding` is given out less posted; negative when the holder has spent money of their own.
    Of a card nothing is given out: outstanding are statements that are not posted.
    """

    holder: str
    float: Float
    cash_out: Money
    posted: Money
    with_accounts: Money
    outstanding: Money

    @property
    def over(self) -> Decimal:
        """How far more is out than the float allows; zero when it is not."""
        limit = self.float.float
        return max(Decimal(0), self.outstanding.value - limit) if limit is not None else Decimal(0)


def outstanding(production: Production, day: dt.date | None = None) -> tuple[Outstanding, ...]:
    """Every float as it stands at the end of a day, or now, in the order of petty.yaml."""
    return tuple(_of(kept, day) for kept in production.petty.values())


def _of(kept: Float, day: dt.date | None) -> Outstanding:
    def by(given: dt.date | None) -> bool:
        return day is None or given is None or given <= day

    out = [Figure(c.amount, f"{c.date}: {c.note or 'cash out'}", (c.place(),)) for c in kept.cash_out if by(c.date)]
    here = [envelope for envelope in kept.envelopes.values() if by(envelope.received)]
    posted = _sum("envelopes posted", (e for e in here if e.state == "posted"))
    waiting = _sum("envelopes with the accountant", (e for e in here if e.state in WITH_ACCOUNTS))
    given = Figure(sum((figure.value for figure in out), Decimal(0)), "cash out, less what came back", tuple(out))
    if kept.kind == "card":
        left = Figure(waiting.value, "statements not yet posted", (waiting,))
    else:
        left = Figure(given.value - posted.value, "cash out − envelopes posted", (given, posted))
    return Outstanding(kept.holder, kept, given, posted, waiting, left)


def _sum(rule: str, envelopes: Iterable[Envelope]) -> Money:
    parts = tuple(Figure(e.total, f"envelope {e.number}, {e.state}", (e.place(),)) for e in envelopes)
    return Figure(sum((part.value for part in parts), Decimal(0)), rule, parts)


def envelope_of(document: str, envelopes: Mapping[str, Envelope]) -> str:
    """The envelope a document's number means: `PC-01`, or `PC-01 L. Amaro`; empty when it is none."""
    typed = document.strip()
    if typed in envelopes:
        return typed
    first = typed.partition(" ")[0]
    return first if first in envelopes else ""


def spent(row: LedgerRow) -> int:
    """What a row took out of the holder's hand, in minor units: its cost and its tax."""
    return row.cost + tax(row)


def tax(row: LedgerRow) -> int:
    """A row's recoverable tax at its own rate of exchange, in minor units; it is in no cost."""
    typed = row.cell("tax").strip()
    found = money.parse_amount(typed) if typed else Decimal(0)
    return to_minor(found * row.rate) if isinstance(found, Decimal) else 0
