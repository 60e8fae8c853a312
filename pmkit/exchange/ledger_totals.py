"""The totals that an accountant's ledger prints among its rows, beside what the rows come to."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from pmkit.exchange.headings import LEAVE
from pmkit.exchange.ledger_words import Words

TOTAL: Final = re.compile(r"\b(?:sub-?\s?totals?|totals?|sum)\b|\b(?:ending|closing) balance\b", re.I)
GRAND: Final = re.compile(
    r"\b(?:grand|report|ledger|overall|production) totals?\b|\btotal (?:report|ledger|costs?)\b", re.I
)
OPENING: Final = re.compile(
    r"\b(?:beginning|opening|brought|prior) (?:balance|forward)\b|\bbalance (?:forward|b/f)\b|\bb/f\b", re.I
)


class Printed(NamedTuple):
    """A total the file prints: its row, the account it is of (empty for more than one), what it says and what the rows say.

    Both in minor units.
    """

    row: int
    account: str
    says: int
    rows: int


class Totals:
    """The rows added up as they go by, beside the totals that are printed among them."""

    def __init__(self, words: Words) -> None:
        self.words, self.all = words, 0
        self._accounts: dict[str, int] = {}
        self._since: int = 0
        self._opening: dict[str, int] = {}
        self._found: list[tuple[int, str, int, tuple[tuple[str, int], ...]]] = []

    def add(self, account: str, code: str, cost: int) -> None:
        """A row's cost. Accounts that are left count too: they are in the file's totals."""
        key = code if account == LEAVE else account
        self._accounts[key] = self._accounts.get(key, 0) + cost
        self.all += cost
        self._since += cost

    def printed(self, row: int, said: str, code: str, what: str, says: int) -> None:
        """A total as the file prints it, beside what it may be the total of.

        `what` is `total` where it names the account `code` itself, `maybe` where the code is that
        of the rows above, `opening` for a balance brought forward.
        """
        ours = self.words.account(code) if code else ""
        key = code if ours is None or ours == LEAVE else ours
        if what == "opening":
            self._opening[key] = self._opening.get(key, 0) + says
            self._since += says
            return
        of = self._accounts.get(key, 0) if key in self._accounts else self._under(key)
        if re.search("balance", said, re.I):
            of += self._opening.get(key, 0)
        may = [("", self.all), ("", self.all + sum(self._opening.values()))]
        if GRAND.search(said) and what != "maybe" and not code:
            pass
        elif code and what == "total":
            may = [(key, of)]
        else:
            may = [("", self._since), *([(key, of)] if code else []), *may]
        self._found.append((row, key, says, tuple(may)))
        self._since = 0

    def _under(self, key: str) -> int:
        """What the accounts under a heading come to: a category of the budget's, else those that begin like it."""
        under = self.words.category(key, self._accounts)
        stem = key.rstrip("0")
        return under or sum(cost for one, cost in self._accounts.items() if stem and one.startswith(stem))

    def done(self) -> tuple[Printed, ...]:
        """Each total beside the rows it is of: where it names nothing, the rows that come nearest."""
        made = []
        for row, _, says, may in self._found:
            account, rows = min(may, key=lambda one: abs(one[1] - says))
            made.append(Printed(row, account, says, rows))
        return tuple(made)
