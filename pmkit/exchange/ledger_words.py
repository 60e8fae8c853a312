"""An accountant's words for what the production has words of its own for: accounts, kinds, periods, vendors, money."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from pmkit.exchange import figures
from pmkit.exchange.headings import folded
from pmkit.model.ledger import KINDS
from pmkit.model.money import minor_units
from pmkit.model.order import number_parts
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Fault
from pmkit.rollup.coding import Codes, nearest
from pmkit.rollup.formula import EXACT
from pmkit.rollup.order_words import find_order
from pmkit.rollup.periods import Periods

# Journal codes of the usual production accounting systems, and plain words.
_KINDS: Final[Mapping[str, str]] = {
    "actual": "actual|ap|a p|accounts payable|invoice|inv|payable|check|cheque|ck|ach|wire|eft|bill|purchase|vc|pi|cost|bank|"
    "payment|pmt|cd|cash disbursement|manual check|mc|actuals|vendor|credit note|credit memo|cm",
    "petty-cash": "petty cash|pc|p c|petty|envelope|pce|pcash|petty cash envelope|float",
    "card": "card|cc|pcard|p card|credit card|purchase card|pcd|visa|amex|cards",
    "payroll": "payroll|pr|py|p r|labor|labour|wages|pay|timecard|prl",
    "journal": "journal|je|j e|jv|gj|general journal|journal entry|gl|adj|adjustment|rje|recode|reclass|j",
    "accrual": "accrual|ac|accr|accrued|acc|accruals",
}


class Options(NamedTuple):
    """What the person, or an earlier import, says about words: accounts and kinds by the accountant's word."""

    accounts: Mapping[str, str]
    kinds: Mapping[str, str]
    new_accounts: bool = False


class Words:
    """Looks each word up once. What has no meaning here is gathered, once a word, with the first row that has it."""

    def __init__(self, production: Production, options: Options) -> None:
        self.production, self.options = production, options
        budget = production.budget
        self.codes = Codes(budget, production.chart)
        self.known = self.codes.known()
        self._is_known = frozenset(self.known)
        self.periods = Periods(production.periods)
        self.currency = production.settings.currency
        self.rates = budget.currencies if budget is not None else {}
        self.left: dict[str, tuple[int, int]] = {}
        self._accounts: dict[str, str | None] = {}
        self._kinds = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}
        self._kinds |= {folded(kind): kind for kind in KINDS} | {folded(w): k for w, k in options.kinds.items()}
        self._periods: dict[str, str | None] = {}
        self._vendors = {folded(key): key for key in production.vendors}
        self._vendors |= {folded(one.name): key for key, one in production.vendors.items()}
        self._named: dict[str, str] = {}
        self._orders = {key.casefold(): key for key in production.orders}
        self._unknown: dict[tuple[str, str], tuple[int, int]] = {}
        self.strange_vendors: dict[str, int] = {}
        self.strange_orders: dict[str, int] = {}

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """The first and last day of the accounting periods."""
        if not self.periods.all:
            return None
        return self.periods.all[0].from_, max(period.to for period in self.periods.all)

    def seems(self, text: str) -> bool:
        """Whether a word at the head of a row can be an account: it is one, or has the look of one."""
        return self._ours(text) is not None or sum(letter.isdigit() for letter in text) > 2

    def account(self, typed: str, row: int = 0) -> str | None:
        """Our number of an accountant's account, `leave` for what is not imported; None when there is none.

        `3607-000`, `36-07` and `3607.0` are 3607 where the budget or its chart has it.
        """
        if typed not in self._accounts:
            self._accounts[typed] = self._ours(typed)
        found = self._accounts[typed]
        if found is None and row:
            self._note("account", typed, row)
            return typed if self.options.new_accounts else None
        return found

    def _ours(self, typed: str) -> str | None:
        told = self.options.accounts
        for pattern, ours in told.items():
            if typed == pattern or fnmatchcase(typed, pattern):
                return ours
        bare = re.sub(r"(?<=\d)\.0+$", "", "".join(typed.split()))
        if not self.known:
            return bare or None
        parts = re.split(r"[-./_]", bare)
        while len(parts) > 1 and not parts[-1].strip("0"):
            parts = parts[:-1]
            if (joined := "".join(parts)) in self._is_known:
                return joined
        for one in (typed, bare, "-".join(parts), "".join(parts), "".join(re.split(r"[-./_]", bare))):
            if one in self._is_known:
                return one
        return None

    def category(self, number: str, accounts: Mapping[str, int]) -> int:
        """What the accounts of a category come to."""
        return sum(cost for one, cost in accounts.items() if self.codes.of(one).category == number)

    def leave(self, code: str, cost: int) -> None:
        """Counts a row of an account that is not imported."""
        count, total = self.left.get(code, (0, 0))
        self.left[code] = (count + 1, total + cost)

    def kind(self, typed: str, row: int) -> str | None:
        """The kind of cost that a journal's code stands for; actual where the file says none."""
        if not typed:
            return "actual"
        found = self._kinds.get(typed) or self._kinds.get(folded(typed))
        if found is None:
            self._note("kind", typed, row)
        else:
            self._kinds[typed] = found
        return found

    def period(self, typed: str, row: int) -> str:
        """The period of a row, as the file says; empty where its day says it."""
        if not typed:
            return ""
        if typed not in self._periods:
            self._periods[typed] = self._numbered(typed)
        found = self._periods[typed]
        if found is None:
            self._note("period", typed, row)
        return found or ""

    def _numbered(self, typed: str) -> str | None:
        known = self.production.periods
        if not known or typed in known:
            return typed
        figures_ = re.findall(r"\d+", typed)
        if len(figures_) == 1:
            bare = figures_[0].lstrip("0") or "0"
            return next((number for number in known if number.lstrip("0") == bare), None)
        return None

    def vendor(self, typed: str) -> str:
        """A vendor's id where vendors.yaml has the name, else the name."""
        name = " ".join(typed.split())
        if not name:
            return ""
        if name not in self._named:
            self._named[name] = self._vendors.get(folded(name), "")
        found = self._named[name]
        if not found and self.production.vendors:
            self.strange_vendors[name] = self.strange_vendors.get(name, 0) + 1
        return found or name

    def order(self, typed: str) -> str:
        """An order's number as its file has it: `loc 12` is LOC-012, and a number without its desk nobody's."""
        if not typed or not self._orders:
            return typed
        if typed.casefold() in self._orders:
            return self._orders[typed.casefold()]
        said = re.sub(r"[\s#]+", "-", typed.strip())
        parts = number_parts(said)
        found = find_order(said, self._orders.values()) if parts is not None and parts.desk else typed
        if isinstance(found, str) and found != typed:
            return found
        self.strange_orders[typed] = self.strange_orders.get(typed, 0) + 1
        return typed

    def worth(
        self, amount: figures.Amount, column: str, rate: figures.Amount | None, base: figures.Amount | None, row: int
    ) -> tuple[dict[str, str], int] | Fault:
        """Amount, currency and rate in our columns, and the cost in minor units.

        `base` is the amount in the production's currency: it decides, and the rate follows from it.
        """
        currency = column.strip().upper() or amount.currency
        if currency and not re.fullmatch("[A-Z]{3}", currency):
            return Fault(f"{column[:20]} is not a currency", "its three letters: USD, GBP, EUR")
        cells = {"amount": figures.typed(amount.value), "currency": "", "rate": ""}
        if currency in ("", self.currency):
            value = base.value if base is not None else amount.value
            return {**cells, "amount": figures.typed(value)}, minor_units(value)
        cells["currency"] = currency
        known = self.rates.get(currency)
        if base is not None:
            return self._based(cells, amount.value, base.value)
        worth = rate.value if rate is not None else known
        if worth is None or worth <= 0:
            hint = f"the budget can have one: currencies: {{{currency}: 0.73}}; or is another column the rate?"
            return Fault(f"there is no rate for {currency}", hint)
        if rate is not None and known and abs(worth / known - 1) > Decimal("0.3") > abs(worth * known - 1):
            message = f"the rate {worth:f} is {currency} for one {self.currency}; here it is {self.currency} for one {currency}"
            return Fault(message, "take the budget's rate: --column 'Rate=leave', or name the base amount's column")
        if rate is not None:
            cells["rate"] = f"{worth:f}"
        return cells, minor_units(EXACT.multiply(amount.value, worth))

    def _based(self, cells: dict[str, str], amount: Decimal, base: Decimal) -> tuple[dict[str, str], int]:
        """The rate with which the ledger comes to the base amount to the cent; without one, the base amount itself."""
        for places in range(2, 7) if amount else ():
            rate = EXACT.divide(base, amount).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
            if rate > 0 and minor_units(EXACT.multiply(amount, rate)) == minor_units(base):
                return {**cells, "rate": f"{rate:f}"}, minor_units(base)
        return {"amount": figures.typed(base), "currency": "", "rate": ""}, minor_units(base)

    # ---- what has no meaning here

    def _note(self, what: str, typed: str, row: int) -> None:
        first, count = self._unknown.get((what, typed), (row, 0))
        self._unknown[what, typed] = (first, count + 1)

    def troubles(self) -> Iterator[tuple[int, str, str, str]]:
        """Every unknown word once: the first row that has it, its column, how many rows have it, and what to do."""
        for (what, typed), (row, count) in self._unknown.items():
            if what == "account" and self.options.new_accounts:
                continue
            more = f" ({count} rows)" if count > 1 else ""
            yield row, what, f"there is no {what} {typed[:40]} here{more}", self._hint(what, typed)

    def _hint(self, what: str, typed: str) -> str:
        if what == "account":
            bare = re.sub(r"\D", "", typed)
            close = nearest(re.split(r"[-./ ]", typed)[0], self.known) or nearest(bare, self.known)
            said = f"did you mean {close}? " if close else ""
            return (
                f"{said}--account '{typed[:40]}={close or 'OURS'}', or --account '{typed[:40]}=leave' if it is no cost"
            )
        if what == "kind":
            return f"say what it is: --kind '{typed[:40]}=petty-cash'; the kinds are {', '.join(KINDS)}"
        numbers = list(self.production.periods)
        return meant(typed, numbers, f"there are {', '.join(numbers)}; --column 'Period=leave' goes by the date")
