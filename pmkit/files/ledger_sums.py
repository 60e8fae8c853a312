"""A ledger file as sums by account, period, day and kind, without a row made: what a cost report needs.

Rows are added up as they are typed, column by column, and each kind of row is read once at the
end. It gives nothing for a file with anything wrong in it: `files/ledger` then goes row by row and
says what and where. The sums are the same either way, which a test holds for files at random.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from pmkit.files.columns import columns
from pmkit.files.sheet import Sheet
from pmkit.model import dates
from pmkit.model.ledger import KINDS, Alike, Foreign

Worth = Callable[[str, str, str], tuple[Decimal, int, Decimal] | None]
"""Rate, cost in minor units and amount of a row's typed amount, currency and rate; None when they cannot be read."""

_CENTS = re.compile(r"-?[0-9]{1,13}\.[0-9]{2}").fullmatch
_ALL_CENTS = re.compile(r"(?>-?[0-9]{1,13}\.[0-9]{2}\n)*+").fullmatch
_APART = "\0"  # in no text that was read: lexical refuses it
_ALIKE = ("account", "period", "posted", "kind")
_WANTED = (*_ALIKE, "id", "amount", "currency", "rate")


class Summed(NamedTuple):
    """A ledger file added up: its sums, those of rows in another currency again by currency, and the ids it has."""

    sums: dict[Alike, int]
    foreign: dict[Foreign, tuple[int, Decimal]]
    ids: list[str]
    entries: int


def summed(sheet: Sheet, own: str, worth: Worth) -> Summed | None:
    """The sums of a sheet whose heading is whole; None when some row is not."""
    there = [name for name in _WANTED if sheet.at[name] >= 0]
    adding = _Adding(own, worth)
    for found in columns(sheet.text, sheet.begin, sheet.width, [sheet.at[name] for name in there]):
        if found is None or not adding.add(dict(zip(there, found, strict=True)), len(found[0])):
            return None
    return adding.read()


class _Adding:
    """The sums of one file while it is gone through, by the words as they are typed."""

    def __init__(self, own: str, worth: Worth) -> None:
        self.own = {"", own}
        self.worth = worth
        self.sums: defaultdict[str, int] = defaultdict(int)
        self.foreign: dict[tuple[str, str], tuple[int, Decimal]] = {}
        self.ids: list[str] = []
        self.count = 0

    def add(self, found: dict[str, Sequence[str]], count: int) -> bool:
        """Adds the rows of one piece; false when one of them cannot be read."""
        nothing = [""] * count
        amounts, currencies = found["amount"], found.get("currency", nothing)
        rates = found.get("rate", nothing)
        alike = list(map(_APART.join, zip(*(found.get(name, nothing) for name in _ALIKE), strict=True)))
        costs = _cents(amounts) if self.own.issuperset(currencies) and {"", "1"}.issuperset(rates) else None
        if costs is None:
            costs = self._worth(alike, amounts, currencies, rates)
        if costs is None:
            return False
        self.count += count
        self.ids += filter(None, found.get("id", ()))
        sums = self.sums
        for key, cost in zip(alike, costs, strict=True):
            sums[key] += cost
        return True

    def _worth(
        self, alike: Sequence[str], amounts: Sequence[str], currencies: Sequence[str], rates: Sequence[str]
    ) -> list[int] | None:
        costs = []
        for key, amount, currency, rate in zip(alike, amounts, currencies, rates, strict=True):
            if not rate and currency in self.own and _CENTS(amount):
                costs.append(int(amount.replace(".", "")))
                continue
            currency = currency.strip()
            found = self.worth(amount, currency, rate)
            if found is None:
                return None
            _, cost, net = found
            costs.append(cost)
            if currency not in self.own:
                before, so_far = self.foreign.get((key, currency), (0, Decimal(0)))
                self.foreign[key, currency] = before + cost, so_far + net
        return costs

    def read(self) -> Summed | None:
        """The sums by the values that the words mean; None when a word means none."""
        meant: dict[str, Alike] = {}
        for key in self.sums:
            account, period, posted, kind = (word.strip() for word in key.split(_APART))
            day = dates.parse(posted)
            if not account or kind.lower() not in KINDS or not isinstance(day, dt.date):
                return None
            meant[key] = Alike(account, period, day, kind.lower())
        sums: dict[Alike, int] = {}
        for key, cost in self.sums.items():
            sums[meant[key]] = sums.get(meant[key], 0) + cost
        foreign: dict[Foreign, tuple[int, Decimal]] = {}
        for (key, currency), (cost, net) in self.foreign.items():
            to = Foreign(*meant[key], currency)
            before, so_far = foreign.get(to, (0, Decimal(0)))
            foreign[to] = before + cost, so_far + net
        return Summed(sums, foreign, self.ids, self.count)


def _cents(amounts: Sequence[str]) -> list[int] | None:
    """Amounts that are all written with two decimals, in minor units."""
    typed = "\n".join(amounts)
    return [*map(int, typed.replace(".", "").split("\n"))] if _ALL_CENTS(typed + "\n") else None
