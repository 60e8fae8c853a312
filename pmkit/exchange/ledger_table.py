"""An accountant's ledger, as a table somebody exported, read into rows of our columns.

Title rows, blank rows, headings again on each page, account headings and totals stand among the
rows, as general ledgers print them. Every row that cannot be read is told with its sheet, row
and column; totals are kept to be reconciled with.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from pmkit.exchange import figures, ledger_columns, ledger_totals
from pmkit.exchange.headings import LEAVE, Headings, is_heading
from pmkit.exchange.ledger_words import Words
from pmkit.exchange.sheet import Row, Sheet
from pmkit.problems import Fault, Stop
from pmkit.rollup.ledger_merge import Entry

_CENTS: Final = re.compile(r"[-(]?[\d.,]*\d[.,]\d\d\)?")
_SECTION: Final = re.compile(
    r"(?:account|acct|a/c)?\s*(?:no\.?|number|#)?\s*:?\s*([0-9][0-9A-Za-z]*(?:[-./][0-9A-Za-z]+)*)\b"
)
_ORDERS: Final[tuple[figures.Order, ...]] = ("mdy", "dmy")
_PLAIN: Final = ("id", "document", "po", "episode", "set", "location", "unit", "tags", "memo")
_MOST: Final = 200


class Trouble(NamedTuple):
    """What keeps a row, or the file, from being imported: where, and what to do. Row 0 is the whole file."""

    row: int
    column: str
    message: str
    hint: str = ""


class Listing(NamedTuple):
    """A ledger as it was read."""

    sheet: str
    headings: Headings
    row: int
    samples: tuple[str, ...]
    entries: tuple[Entry, ...]
    printed: tuple[ledger_totals.Printed, ...]
    troubles: tuple[Trouble, ...]
    passed: tuple[tuple[int, str], ...]
    left: Mapping[str, tuple[int, int]]
    order: figures.Order | None
    decimals: figures.Decimals
    total: int


class Settled(NamedTuple):
    """What is known before reading: columns saved and told, the sheet, how dates and amounts are meant."""

    columns: Mapping[str, str]
    told_columns: Mapping[str, str]
    sheet: str = ""
    order: figures.Order | None = None
    decimals: figures.Decimals | None = None


def read(sheets: Sequence[Sheet], settled: Settled, words: Words, file: str) -> Listing:
    """The ledger of a file's sheets. Raises `Stop` when none of them looks like one."""
    for sheet in sheets:
        if settled.sheet and sheet.name.casefold() != settled.sheet.casefold():
            continue
        if not settled.sheet and re.search(r"trial|^tb\b", sheet.name, re.I):
            continue
        found = ledger_columns.find(sheet.rows, ledger_columns.LEDGER, settled.columns, settled.told_columns)
        if found is not None and "posted" in found.fields:
            return _Table(sheet, found, settled, words).listing()
    names = [sheet.name for sheet in sheets]
    if settled.sheet and settled.sheet.casefold() not in (name.casefold() for name in names):
        raise Stop(f"there is no sheet {settled.sheet}", "the sheets are " + ", ".join(names))
    hint = "say which column is which: --column 'Eff. Date=posted' --column 'Net=amount' --column 'GL=account'"
    raise Stop(f"{file} has no row of headings with a date and an amount", hint)


class _Raw(NamedTuple):
    """A row before its figures are read: the code of its account (its own or the heading's above), and what it is."""

    row: Row
    code: str
    what: str


class _Table:
    """One sheet being read."""

    def __init__(self, sheet: Sheet, headings: Headings, settled: Settled, words: Words) -> None:
        self.sheet, self.headings, self.settled, self.words = sheet, headings, settled, words
        self.troubles: list[Trouble] = []
        self.passed: list[tuple[int, str]] = []
        self.decimals: figures.Decimals = "point"
        self.order: figures.Order | None = None
        self.at = {field: headings.column(field) for field in ledger_columns.LEDGER}
        self.rates: figures.Decimals = "point"

    def listing(self) -> Listing:
        """All of the sheet that can be read, and what is wrong with the rest."""
        raw = self._raw()
        before = len(self.troubles)
        self._settle(raw)
        settled = len(self.troubles) == before
        totals = ledger_totals.Totals(self.words)
        entries = []
        for one in raw if settled else ():
            if one.what == "opening":
                self.passed.append((one.row.number, " ".join(cell for cell in one.row.cells if cell)))
            if one.what == "entry":
                entry = self._entry(one)
                if entry is not None:
                    account = self.words.account(one.code)
                    totals.add(account or one.code, one.code, entry.cost)
                    if account == LEAVE:
                        self.words.leave(one.code, entry.cost)
                    elif account:
                        entries.append(entry)
            elif (worth := self._worth(one.row)) is not None:
                totals.printed(one.row.number, " ".join(one.row.cells), one.code, one.what, worth[1])
        self.troubles += [Trouble(*trouble) for trouble in self.words.troubles()]
        if self.sheet.unread:
            count = len(self.sheet.unread)
            cells = "1 cell holds" if count == 1 else f"{count} cells hold"
            message = f"{cells} a formula whose value was never saved: {self.sheet.unread[0]}"
            self.troubles.append(Trouble(0, "", message, "open the file in a spreadsheet and save it again"))
        rows = self.sheet.rows
        samples = tuple(
            next((one.row.cells[column] for one in raw if column < len(one.row.cells) and one.row.cells[column]), "")
            for column in range(len(self.headings.words))
        )
        return Listing(
            self.sheet.name, self.headings, rows[self.headings.at].number, samples, tuple(entries), totals.done(),
            tuple(sorted(self.troubles)[:_MOST]), tuple(self.passed), self.words.left, self.order, self.decimals,
            totals.all,
        )  # fmt: skip

    # ---- what each row is

    def _raw(self) -> list[_Raw]:
        found: list[_Raw] = []
        above = ""
        for row in self.sheet.rows[self.headings.at + 1 :]:
            if row.blank or is_heading(row.cells, self.headings):
                continue
            words = " ".join(cell for cell in row.cells if cell)
            posted, code = self.cell(row, "posted"), self._code(row)
            label = bool(ledger_totals.TOTAL.search(posted) or ledger_totals.OPENING.search(posted))
            money = any(not figures.empty(self.cell(row, name)) for name in ("amount", "debit", "credit", "base"))
            if posted and not label and not money and self._heads(row, posted):
                above = self._section(row) or above
            elif posted and not label:
                found.append(_Raw(row, code or above, "entry"))
            elif money and ledger_totals.OPENING.search(words):
                found.append(_Raw(row, self._section(row) or above, "opening"))
            elif money and ledger_totals.TOTAL.search(words):
                found.append(_Raw(row, self._section(row, total=True), "total"))
                if not found[-1].code and above and not ledger_totals.GRAND.search(words):
                    found[-1] = _Raw(row, above, "maybe")
            elif money:
                self.wrong(row, "posted", "this row has an amount and no date", "every cost is posted on a day")
            elif section := code or self._section(row):
                above = section
            else:
                self.passed.append((row.number, words))
        return found

    def _heads(self, row: Row, posted: str) -> bool:
        """Whether a row without an amount is the heading of an account, standing where dates do."""
        few = sum(1 for cell in row.cells if cell) < 4
        return few and all(isinstance(figures.date(posted, order), Fault) for order in _ORDERS)

    def _code(self, row: Row) -> str:
        main, sub = self.cell(row, "account"), self.cell(row, "subaccount")
        if ledger_totals.TOTAL.search(main):
            return ""
        return f"{main}-{sub}" if main and sub else main

    def _section(self, row: Row, total: bool = False) -> str:
        """The account that a heading or a total names: in the account's column, else as a row's words begin."""
        if code := self._code(row):
            return code
        sums = {self.at[name] for name in ("amount", "debit", "credit", "base", "tax", "rate")}
        for column, cell in enumerate(row.cells):
            if cell and column not in sums and not _CENTS.fullmatch(cell.strip()):
                bare = re.sub(
                    r"(?i)\b(?:sub-?\s?totals?|totals?|sum|for|of|account|acct|balance|ending|closing)\b|:", " ", cell
                )
                found = _SECTION.match((bare if total or ledger_totals.OPENING.search(cell) else cell).strip())
                if found is not None and self.words.seems(found[1]):
                    return found[1]
                if not total:
                    return ""
        return ""

    def _settle(self, raw: Sequence[_Raw]) -> None:
        """How the whole columns write their amounts and dates."""
        told = self.settled
        columns = [self.at[name] for name in ("amount", "debit", "credit", "base", "tax") if self.at[name] >= 0]
        cells = [one.row.cells[column] for one in raw for column in columns if column < len(one.row.cells)]
        mark = told.decimals or figures.decimals(cell for cell in cells if not figures.empty(cell))
        dates = [self.cell(one.row, "posted") for one in raw if one.what == "entry"]
        order = figures.date_order(dates, told.order, self.words.span)
        rates = figures.decimals(
            self.cell(one.row, "rate") for one in raw if not re.search(r"^\d[.]\d{3}$", self.cell(one.row, "rate"))
        )
        for fault, name in ((mark, "amount"), (order, "posted")):
            if isinstance(fault, Fault):
                row = next((one.row.number for one in raw if self.cell(one.row, name)[:40] in fault.message), 0)
                self.troubles.append(Trouble(row, self.heading(name), fault.message, fault.hint))
        self.decimals = "point" if isinstance(mark, Fault) else mark
        self.order = None if isinstance(order, Fault) else order
        self.rates = self.decimals if isinstance(rates, Fault) else rates

    # ---- one row

    def cell(self, row: Row, field: str) -> str:
        """A field's cell; empty when the table has no such column."""
        column = self.at[field]
        return row.cells[column].strip() if 0 <= column < len(row.cells) else ""

    def heading(self, field: str) -> str:
        """The words above a field's column."""
        column = self.at[field]
        return self.headings.words[column] if column >= 0 else ""

    def wrong(self, row: Row, field: str, message: str, hint: str = "") -> None:
        """Notes what is wrong with a cell."""
        if len(self.troubles) < 10 * _MOST:
            self.troubles.append(Trouble(row.number, self.heading(field), message, hint))

    def _entry(self, one: _Raw) -> Entry | None:
        row = one.row
        day = figures.date(self.cell(row, "posted"), self.order)
        if isinstance(day, Fault):
            self.wrong(row, "posted", day.message, day.hint)
        worth = self._worth(row, entry=True)
        if not one.code:
            self.wrong(row, "account", "this row has no account", "every cost is on an account")
        account = self.words.account(one.code, row.number) if one.code else None
        kind = self.words.kind(self.cell(row, "kind"), row.number)
        if isinstance(day, Fault) or worth is None or account is None or kind is None:
            return None
        cells, cost = worth
        made = {name: " ".join(self.cell(row, name).split()) for name in _PLAIN if self.at[name] >= 0}
        made |= {"posted": day.isoformat(), "account": account, "kind": kind, **cells}
        if self.at["vendor"] >= 0:
            made["vendor"] = self.words.vendor(self.cell(row, "vendor"))
        if self.at["po"] >= 0:
            made["po"] = self.words.order(made["po"])
        if self.at["tax"] >= 0:
            tax = self._figure(row, "tax", self.decimals)
            made["tax"] = "" if tax is None else figures.typed(tax.value)
        if account != LEAVE:
            made["period"] = self.words.period(self.cell(row, "period"), row.number)
        return Entry(row.number, made, cost)

    def _figure(self, row: Row, field: str, mark: figures.Decimals) -> figures.Amount | None:
        text = self.cell(row, field)
        if figures.empty(text):
            return None
        found = figures.amount(text, mark)
        if isinstance(found, Fault):
            self.wrong(row, field, found.message, found.hint)
            return None
        return found

    def _worth(self, row: Row, entry: bool = False) -> tuple[dict[str, str], int] | None:
        """The amount, currency and rate of a row in our columns, and its cost; None after saying why not."""
        before = len(self.troubles)
        found = {name: self._figure(row, name, self.decimals) for name in ("amount", "debit", "credit", "base")}
        if len(self.troubles) > before:
            return None
        debit, credit = found["debit"], found["credit"]
        value = found["amount"]
        if value is None and (debit is not None or credit is not None):
            zero = figures.Amount(Decimal(0))
            value = figures.Amount((debit or zero).value - (credit or zero).value, (debit or credit or zero).currency)
        elif value is not None and self.cell(row, "side").upper()[:1] == "C":
            value = value._replace(value=-abs(value.value))
        base = found["base"]
        if value is None or (base is not None and not entry):
            value = base if base is not None else value
        if value is None:
            if entry:
                self.wrong(row, "amount", "this row has a date and no amount", "every cost has one; 0.00 for none")
            return None
        rate = self._figure(row, "rate", self.rates) if entry else None
        worth = self.words.worth(
            value, self.cell(row, "currency"), rate, base if entry else None, row.number if entry else 0
        )
        if isinstance(worth, Fault):
            self.wrong(row, "currency" if self.at["currency"] >= 0 else "amount", worth.message, worth.hint)
            return None
        return worth
