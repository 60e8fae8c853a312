"""The ledger's CSV files: what was spent, and what is now thought to be spent in the end.

Rows come a hundred thousand at a time: amounts become integer minor units at once, dates and
words are read once each, and where a cell stands is worked out only when something is wrong
with it.
"""

from __future__ import annotations

import datetime as dt
import gc
import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from operator import itemgetter

from pmkit.files import ledger_sums
from pmkit.files.sheet import Sheet
from pmkit.model import dates, money
from pmkit.model.ledger import (
    COLUMNS,
    EFC_COLUMNS,
    EFC_ENTRY,
    KINDS,
    REQUIRED,
    EfcChange,
    Ledger,
    LedgerPart,
    LedgerRow,
)
from pmkit.model.record import meant
from pmkit.problems import Fault, Problem

_CENTS = re.compile(r"-?[0-9]{1,13}\.[0-9]{2}").fullmatch
_CURRENCY = re.compile(r"[A-Z]{3}").fullmatch
_EFC_NAME = re.compile(r"(?:.*/)?(.+?)-([a-z][a-z0-9_-]*)\.csv")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)
_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def read_costs(
    data: bytes, file: str, currency: str, rates: Mapping[str, Decimal] | None = None
) -> tuple[tuple[LedgerRow, ...], list[Problem]]:
    """The rows of one ledger file, and all that is wrong with it. Nothing it holds raises.

    `currency` is the production's; `rates` the budget's rates, base per one, for rows in another
    currency that bring no rate of their own. A row with a bad cell is left out; so is the second
    row of an id.
    """
    return _Costs(data, file, currency, rates or {}).read()


def read_part(
    data: bytes, file: str, currency: str, rates: Mapping[str, Decimal], *, rows: bool
) -> tuple[LedgerPart, set[str], list[Problem]]:
    """One ledger file: its sums, the ids of its rows, and all that is wrong with it; its rows at once or when asked.

    Without `rows`, a file with nothing wrong in it is added up and no row is made.
    """
    costs = _Costs(data, file, currency, rates)
    if not rows and costs.sheet.whole and not costs.sheet.problems:
        found = ledger_sums.summed(costs.sheet, currency, costs.worth)
        ids = set(found.ids) if found is not None else set()
        if found is not None and len(ids) == len(found.ids):
            return LedgerPart(found.entries, found.sums, found.foreign, lambda: costs.read()[0]), ids, []
        costs = _Costs(data, file, currency, rates)
    kept, problems = costs.read()
    ledger = Ledger.of(kept, currency)
    part = LedgerPart(len(kept), ledger.sums, ledger.foreign, lambda: kept)
    return part, {row.id for row in kept if row.id}, problems


def once(ledger: Ledger, currency: str) -> tuple[Ledger, list[Problem]]:
    """The ledger without the second row of an id that two of its files have, and a problem for each."""
    first: dict[str, LedgerRow] = {}
    kept, problems = [], []
    for row in ledger.rows:
        before = first.setdefault(row.id, row) if row.id else row
        if before is row:
            kept.append(row)
            continue
        message = f"row {row.id} is in {before.file}:{before.line} already"
        hint = "take one of the two out; every row has an id of its own"
        problems.append(Problem("duplicate-id", row.place_of("id"), message, hint))
    return Ledger.of(kept, currency), problems


def read_efc(data: bytes, file: str) -> tuple[tuple[EfcChange, ...], list[Problem]]:
    """The EFC changes of one file `PERIOD-WHO.csv`, and all that is wrong with it."""
    sheet = Sheet(data, file, (*EFC_COLUMNS, EFC_ENTRY), EFC_COLUMNS)
    named = _EFC_NAME.fullmatch(file)
    period, who = (named[1], named[2]) if named else ("", "")
    if named is None:
        hint = "its name says the period and who decided: 3-mara-voss.csv"
        sheet.wrong("bad-file-name", -1, "this file does not say whose changes these are", hint)
    changes = []
    last: dict[tuple[dt.date, str], int] = {}
    columns = [sheet.at[name] for name in EFC_COLUMNS]
    for line, cells in sheet.rows():
        day_text, account, amount_text, reason = (cells[at].strip() for at in columns)
        day, amount = dates.parse(day_text), money.parse_amount(amount_text)
        for column, value in ((columns[0], day), (columns[2], amount)):
            if isinstance(value, Fault):
                sheet.wrong(value.code, column, value.message, value.hint)
        for column, text, what in ((columns[1], account, "account"), (columns[3], reason, "reason")):
            if not text:
                sheet.wrong("missing-cell", column, f"this change has no {what}", "every change says where and why")
        if isinstance(day, dt.date) and isinstance(amount, Decimal) and account and reason:
            entry = last[day, account] = _entry(sheet, cells) or last.get((day, account), 0)
            changes.append(EfcChange(file, line, day, account, amount, reason, who, period, entry))
    return tuple(changes), sheet.problems


def _entry(sheet: Sheet, cells: list[str]) -> int:
    """Which of an account's changes of one day a row is; 0 where it does not say."""
    column = sheet.at[EFC_ENTRY]
    text = cells[column].strip() if column >= 0 else ""
    if not text or re.fullmatch("[0-9]{1,6}", text):
        return int(text or 0)
    sheet.wrong("bad-number", column, f"{text[:20]} is no number of an entry", "1, 2, 3, or nothing")
    return 0


class _Costs:
    """One reading of a ledger file."""

    def __init__(self, data: bytes, file: str, currency: str, rates: Mapping[str, Decimal]) -> None:
        self.sheet = Sheet(data, file, COLUMNS, REQUIRED)
        self.file = file
        self.currency = currency
        self.rates = rates
        self.days: dict[str, dt.date | None] = {}
        self.kinds: dict[str, str] = {kind: kind for kind in KINDS}
        self.words: dict[str, str] = {}
        self.ids: dict[str, int] = {}

    def read(self) -> tuple[tuple[LedgerRow, ...], list[Problem]]:
        """All rows that can be read."""
        collecting = gc.isenabled()
        gc.disable()  # every row stays: collections while reading only cost time
        try:
            return self._read()
        finally:
            if collecting:
                gc.enable()

    def _read(self) -> tuple[tuple[LedgerRow, ...], list[Problem]]:
        sheet, at = self.sheet, {name: index for name, index in self.sheet.at.items() if index >= 0}
        here = [at.get(name, sheet.width) for name in (*REQUIRED, "id", "period")]
        foreign = [at.get(name, sheet.width) for name in ("currency", "rate")]
        wanted, exchanged = itemgetter(*here), itemgetter(*foreign)
        alone = foreign == [sheet.width, sheet.width]
        lines = sheet.text.split("\n") if sheet.lines is None else sheet.lines
        plain = sheet.lines is not None
        rows: list[LedgerRow] = []
        kept, make, kind_of, file = rows.append, tuple.__new__, LedgerRow, self.file
        days, kinds, words, first = self.days, self.kinds, self.words, self.ids.setdefault
        for line, cells in sheet.rows():
            cells.append("")
            typed, amount, posted_text, kind_text, id_, period = wanted(cells)
            posted, kind, account = days.get(posted_text), kinds.get(kind_text), words.get(typed)
            if posted is None or kind is None or account is None:
                posted, kind, account = self._checked(posted_text, kind_text, typed)
            currency, rate_text = ("", "") if alone else exchanged(cells)
            rate = _ONE
            if not currency and not rate_text and _CENTS(amount):
                cost = int(amount.replace(".", ""))
            else:
                worth = self.worth(amount, currency.strip(), rate_text)
                if worth is None:
                    continue
                rate, cost, _ = worth
            if posted is None or kind is None or not account:
                continue
            if id_ and first(id_, line) != line:
                message = f"row {id_} stands in line {self.ids[id_]} already"
                sheet.wrong("duplicate-id", at["id"], message, "every row has an id of its own")
                continue
            found: str | list[str] = lines[line - 1]
            if not plain and '"' in found:
                found = cells
            kept(make(kind_of, (file, line, account, posted, cost, kind, id_, period.strip(), rate, found, at)))
        return tuple(rows), sheet.problems

    def _checked(self, posted_text: str, kind_text: str, account: str) -> tuple[dt.date | None, str | None, str]:
        """The slower reading of a row's day, kind and account: new words, and whatever is wrong."""
        at = self.sheet.at
        posted = self.days.get(posted_text)
        if posted is None:
            day = dates.parse(posted_text)
            if isinstance(day, Fault):
                self.sheet.wrong(day.code, at["posted"], day.message, day.hint)
            else:
                posted = self.days[posted_text] = day
        kind = self.kinds.get(kind_text)
        if kind is None:
            kind = self.kinds.get(kind_text.strip().lower())
            if kind is None:
                hint = meant(kind_text, KINDS, f"write one of {', '.join(KINDS)}")
                self.sheet.wrong("unknown-kind", at["kind"], f"{kind_text[:40] or 'nothing'} is no kind of cost", hint)
            else:
                self.kinds[kind_text] = kind
        account = account.strip()
        if account:
            account = self.words.setdefault(account, account)
        else:
            self.sheet.wrong("missing-cell", at["account"], "this row has no account", "every cost is on an account")
        return posted, kind, account

    def worth(self, text: str, currency: str, rate_text: str) -> tuple[Decimal, int, Decimal] | None:
        """Rate, cost in minor units and amount of a row that is not plain; None after noting why not."""
        at = self.sheet.at
        amount = money.parse_amount(text)
        if isinstance(amount, Fault):
            self.sheet.wrong(amount.code, at["amount"], amount.message, amount.hint)
        rate = self._rate(currency, rate_text)
        if isinstance(amount, Fault) or rate is None:
            return None
        return rate, cost_of(amount, rate), amount

    def _rate(self, currency: str, text: str) -> Decimal | None:
        at = self.sheet.at
        if currency and not _CURRENCY(currency):
            hint = "write its three letters: USD, GBP, EUR"
            self.sheet.wrong("bad-currency", at["currency"], f"{currency[:20]} is not a currency", hint)
            return None
        if text.strip():
            typed = money.parse_amount(text)
            if isinstance(typed, Fault) or typed <= 0:
                hint = f"how much {self.currency} one of it costs: 0.73"
                self.sheet.wrong("bad-rate", at["rate"], f"{text.strip()[:40]} is not a rate of exchange", hint)
                return None
            if typed != 1 and currency in ("", self.currency):
                message = f"this row is in {self.currency}, whose rate is 1, not {text.strip()[:20]}"
                self.sheet.wrong("bad-rate", at["rate"], message, "name the currency, or take the rate out")
                return None
            return typed
        if currency in ("", self.currency):
            return _ONE
        known = self.rates.get(currency)
        if known is None:
            hint = f"fill in the column rate, or add it to the budget: currencies: {{{currency}: 0.73}}"
            self.sheet.wrong("unknown-currency", at["currency"], f"there is no rate for {currency}", hint)
        return known


def cost_of(amount: Decimal, rate: Decimal) -> int:
    """What an amount costs at a rate of exchange, in whole minor units, rounded half up (away from zero) once."""
    return int(_EXACT.multiply(_EXACT.multiply(amount, rate), _HUNDRED).to_integral_value(ROUND_HALF_UP))
