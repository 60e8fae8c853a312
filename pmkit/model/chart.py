"""Charts of accounts: the categories of a budget with their production levels, the accounts' names, the printed totals.

Numbers are a convention that every studio and funder has its own of: nothing is read out of digits. A
chart says which accounts a category holds, in which order its categories print, and which levels
it adds up.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

LEVELS: dict[str, str] = {
    "atl": "Above the line",
    "production": "Production",
    "post": "Post-production",
    "other": "Other",
}
BELOW_THE_LINE = ("production", "post", "other")
# The charts that come with pmkit, by the id a budget names, each with its versions, the newest last.
CHARTS: dict[str, tuple[str, ...]] = {
    "us-studio": ("1",),
    "cavco": ("1",),
    "telefilm": ("1",),
    "screen-australia": ("1",),
    "aicp": ("1",),
}
_PIECE = re.compile(r"([0-9]{1,18})|([^\W\d_]+)|(.)", re.DOTALL)
Key = tuple[tuple[int, int, str], ...]


@lru_cache(maxsize=8192)
def code_key(code: str) -> Key:
    """An account or category code as it sorts: figures by value, letters whatever their case, `C.4` before `C.10`.

    Two codes with one key are two spellings of one: `0100` and `100`, `A.1` and `a.01`.
    """
    return tuple(
        (0, int(figures), "") if figures else (1, 0, letters.casefold()) if letters else (2, 0, mark)
        for figures, letters, mark in _PIECE.findall(code.strip())
    )


def within(first: str, code: str, last: str) -> bool:
    """Whether a code lies from `first` to `last`: `1401` in 1400 to 1499, `E.3` in E.1 to E.6, `R.2` in Q to W."""
    low, high, key = code_key(first), code_key(last), code_key(code)
    if not low or len(low) != len(high) or len(key) < len(low):
        return False
    cut = key[: len(low)]
    alike = all(
        a[0] == b[0] == c[0] and (a[0] != 1 or len(a[2]) == len(b[2]) == len(c[2]))
        for a, b, c in zip(low, cut, high, strict=True)
    )
    # sub-accounts may follow after a mark: 1401-02 lies in 1400 to 1499
    return alike and low <= cut <= high and (len(key) == len(cut) or _goes_on(key, len(cut)))


def below(category: str, code: str) -> bool:
    """Whether a code is a part of a category's: `C.4` of C, `A12` of A, `01.20` of 01, `E(a).1` of E(a)."""
    head, key = code_key(category), code_key(code)
    return bool(head) and key[: len(head)] == head and _goes_on(key, len(head))


def _goes_on(key: Key, at: int) -> bool:
    """Whether a code has more after a piece, parted from it: by a mark, or as figures after letters."""
    return len(key) > at and (key[at][0] == 2 or key[at][0] != key[at - 1][0])


class ChartCategory(NamedTuple):
    """A category of a chart: it holds the accounts from `first` to `last`, and has a production level."""

    number: str
    last: str
    name: str
    level: str
    first: str = ""

    def holds(self, account: str) -> bool:
        """Whether an account lies in the category: it is the category's code, in its range, or a part of it."""
        if account == self.number:
            return True
        first = self.first or self.number
        if account.isdecimal() and first.isdecimal() and self.last.isdecimal():  # nearly always, and much the quickest
            return int(first) <= int(account) <= int(self.last)
        return within(first, account, self.last) or below(self.number, account)


class ChartTotal(NamedTuple):
    """A total that a chart prints below the last of its levels: `Total B + C` over production and post."""

    levels: tuple[str, ...]
    name: str


class ChartCharge(NamedTuple):
    """A charge that a chart has a number for: 80 Contingency."""

    number: str
    name: str


class Chart(NamedTuple):
    """A chart of accounts: its categories in printing order, and the names of its accounts by number.

    `source` says where it is from and how far it may be trusted; `levels` are the chart's own names
    of the production levels, `totals` the sums it prints over them.
    """

    id: str
    categories: tuple[ChartCategory, ...]
    accounts: dict[str, str]
    version: str = ""
    title: str = ""
    source: str = ""
    levels: Mapping[str, str] = MappingProxyType({})
    totals: tuple[ChartTotal, ...] = ()
    charges: tuple[ChartCharge, ...] = ()

    def category_of(self, account: str) -> ChartCategory | None:
        """The category an account lies in: the one of its own code, else the narrowest that holds it."""
        found: ChartCategory | None = None
        for category in self.categories:
            if category.number == account:
                return category
            if category.holds(account) and (found is None or len(category.number) > len(found.number)):
                found = category
        return found


def named(typed: str) -> tuple[str, str]:
    """The id and the version of what a budget names: `us-studio@1`; no version is the newest."""
    word, _, version = typed.partition("@")
    return word.strip(), version.strip()
