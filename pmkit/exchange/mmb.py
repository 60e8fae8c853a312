"""A budget that Movie Magic Budgeting exported, tab-delimited or as Excel, as a budget of the folder.

Reads the top sheet, the accounts, their detail lines and, where the export has them, globals,
fringes, groups and currencies. What the program worked out itself (fringes without their list,
accounts without their lines) is kept as a line of that amount, so that every total holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple

from pmkit.exchange import mmb_rows
from pmkit.exchange.ledger_table import Trouble
from pmkit.exchange.mmb_lines import Lines
from pmkit.exchange.mmb_lists import Lists
from pmkit.exchange.mmb_rows import Read
from pmkit.exchange.sheet import Sheet
from pmkit.model.production import Production
from pmkit.problems import Fault, Stop

_ATL: Final = re.compile(r"\babove\b|\batl\b", re.I)
_BTL: Final = re.compile(r"\bbelow\b|\bbtl\b", re.I)
_GRAND: Final = re.compile(r"\b(?:grand|net|budget|overall)\b", re.I)
_PERCENT: Final = re.compile(r"[:(,\s]*(\d+(?:\.\d+)?)\s*%.*$", re.S)
_LEVELS: Final = (("post", r"\bpost\b"), ("production", r"\bproduction|shooting"), ("other", r"\bother\b"))


@dataclass
class Printed:
    """The totals that the export prints: by category, by account, by level (`atl`, `btl`, …), fringes apart, all."""

    categories: dict[str, Decimal] = field(default_factory=dict)
    accounts: dict[str, Decimal] = field(default_factory=dict)
    levels: dict[str, Decimal] = field(default_factory=dict)
    fringes: Decimal | None = None
    grand: Decimal | None = None


class Charge(NamedTuple):
    """A charge of the top sheet: its name, its percentage where it says one, and its amount."""

    name: str
    rate: Decimal | None
    amount: Decimal


@dataclass
class Arrived:
    """A budget as it was read.

    `fields` are globals, fringes and currencies as the folder writes them; `categories` their name
    and level in order; `accounts` their name, category and lines. `as_printed` tells that
    fringes are amounts of the export and not worked out.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    categories: dict[str, tuple[str, str]] = field(default_factory=dict)
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    charges: list[Charge] = field(default_factory=list)
    printed: Printed = field(default_factory=Printed)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    apart: list[str] = field(default_factory=list)
    as_printed: bool = False


def read(sheets: Sequence[Sheet], production: Production, file: str, as_printed: bool = False) -> Arrived:
    """The budget of a file. Raises `Stop` when it holds none. `as_printed` takes fringes as amounts."""
    rows = list(mmb_rows.rows(sheets))
    if not any(row.table in ("lines", "totals") for row in rows):
        raise Stop(
            f"{file} has no table of a budget: an account, a description and a rate or a total",
            "export it from Movie Magic Budgeting as tab-delimited text or as Excel",
        )
    unread = [cell for sheet in sheets for cell in sheet.unread]
    if unread:
        raise Stop(f"{file} holds formulas whose values were never saved: {unread[0]}", "open it, and save it again")
    return _Reading(rows, production, as_printed).done()


class _Reading:
    """One export being put together."""

    def __init__(self, rows: Sequence[Read], production: Production, as_printed: bool) -> None:
        self.rows = rows
        self.made = Arrived()
        self.lists = Lists(rows, self._wrong)
        self.made.as_printed = as_printed or not self.lists.fringes or self._fringes_are_accounts()
        self.lines = Lines(self.lists, production, self.made, self._wrong)
        self.top = [row for row in rows if row.table == "totals"]

    def done(self) -> Arrived:
        """The whole budget."""
        made = self.made
        first = self.top[0].number if self.top else 0
        self._topsheet([row for row in self.top if row.number == first])
        for row in self.top:
            if row.number != first and row.what == "code":
                self._account(row.code, row.cell("what"))
                self._print(made.printed.accounts, row.code, row)
        self._details([row for row in self.rows if row.table == "lines"])
        self.lines.finish()
        self._without_lines()
        made.fields = {
            "posting": "" if made.printed.fringes is None else "budget",
            "groups": self.lists.listed_groups(),
            "currencies": self.lists.currencies,
            "globals": self.lists.globals,
            "fringes": {} if made.as_printed else self.lists.fringes,
        }
        made.notes += self.lists.notes
        widths = {len(code) for code in made.accounts if code.isdigit()}
        if len(widths) > 1:
            made.notes.append(f"account numbers have {' and '.join(map(str, sorted(widths)))} figures: is that meant?")
        return made

    def _wrong(self, row: Read, column: str, message: str, hint: str = "") -> None:
        if len(self.made.troubles) < 200:
            where = f"{row.sheet}, {column}" if row.sheet else column
            self.made.troubles.append(Trouble(row.row, where, message, hint))

    def _fringes_are_accounts(self) -> bool:
        """Whether fringes stand on accounts of their own, with a total and no lines: then they are amounts."""
        found = [row for row in self.rows if row.what == "code" and re.search("fringe", row.cell("what"), re.I)]
        return any(mmb_rows.amount(row.cell("total")) for row in found)

    def _print(self, printed: dict[str, Decimal], code: str, row: Read) -> None:
        value = mmb_rows.amount(row.cell("total") or row.cell("subtotal"))
        if isinstance(value, Fault):
            self._wrong(row, "total", value.message, value.hint)
        elif value is not None:
            printed[code] = value

    # ---- the top sheet

    def _topsheet(self, rows: Sequence[Read]) -> None:
        made = self.made
        since: list[str] = []
        for row in rows:
            if row.what == "code":
                made.categories[row.code] = (row.cell("what") or row.code, "")
                self._print(made.printed.categories, row.code, row)
                since.append(row.code)
            elif row.what == "total":
                self._level(row, since)
            elif row.what == "charge":
                self._charge(row)

    def _level(self, row: Read, since: list[str]) -> None:
        """A total of the top sheet: it says of which level the categories above it are."""
        made, said = self.made, row.cell("what")
        value = mmb_rows.amount(row.cell("total"))
        if isinstance(value, Fault):
            self._wrong(row, "total", value.message, value.hint)
            return
        above, below = bool(_ATL.search(said)), bool(_BTL.search(said))
        if re.search("fringe", said, re.I):
            if value:
                self._fringe_line(said, value)
            return
        if value is None:
            return
        if above and below:
            made.printed.levels["all"] = value
        elif above or below:
            made.printed.levels["atl" if above else "btl"] = value
            self._placed(since, "atl" if above else "production")
        elif level := next((one for one, words in _LEVELS if re.search(words, said, re.I)), ""):
            made.printed.levels[level] = value
            self._placed(since, level)
        elif _GRAND.search(said) or made.printed.grand is None:
            made.printed.grand = value

    def _placed(self, since: list[str], level: str) -> None:
        for code in since:
            self.made.categories[code] = (self.made.categories[code][0], level)
        since.clear()

    def _fringe_line(self, said: str, value: Decimal) -> None:
        """Fringes in one line of the top sheet: posted to the budget there, or the amount."""
        if self.made.as_printed:
            self.made.charges.append(Charge(said, None, value))
        else:
            self.made.printed.fringes = value

    def _charge(self, row: Read) -> None:
        said = " ".join(row.cell("what").split())
        value = mmb_rows.amount(row.cell("total") or row.cell("subtotal"))
        if isinstance(value, Fault):
            self._wrong(row, "total", value.message, value.hint)
            return
        if value is None or re.fullmatch(r"(?:contractual )?charges", said, re.I):
            return
        found = _PERCENT.search(said)
        name = _PERCENT.sub("", said).strip(" :-") or said
        self.made.charges.append(Charge(name, Decimal(found[1]) if found else None, value))

    # ---- accounts and lines

    def _details(self, rows: Sequence[Read]) -> None:
        made = self.made
        category = account = ""
        for at, row in enumerate(rows):
            if row.what == "code":
                if self._is_category(row, rows[at + 1 :][:1]):
                    category, account = row.code, ""
                    if row.code not in made.categories:
                        made.categories[row.code] = (row.cell("what") or row.code, "")
                    self._print(made.printed.categories, row.code, row)
                else:
                    account = row.code
                    self._account(account, row.cell("what"), category)
                    self._print(made.printed.accounts, account, row)
            elif row.what == "total":
                self._total(row, account, category, last=at == len(rows) - 1)
            elif row.what == "line":
                number = row.code or account or category
                if not number:
                    self._wrong(row, "account", "this line stands under no account")
                    continue
                if number in made.categories and not row.code and number not in made.accounts:
                    made.notes.append(f"category {number} has lines of its own: they are account {number}")
                self._account(number, "", category if not row.code else "")
                self.lines.add(number, row)

    def _is_category(self, row: Read, after: Sequence[Read]) -> bool:
        if self.top and row.code in self.made.categories:
            return True
        if self.top and self.made.categories and row.code in self.made.accounts:
            return False
        if not after or after[0].what not in ("code", "line"):
            return False
        stem = row.code.rstrip("0")
        return bool(stem) and stem != after[0].code and after[0].code.startswith(stem)

    def _account(self, number: str, name: str, category: str = "") -> None:
        known = self.made.accounts.setdefault(number, {"name": "", "category": ""})
        known["name"] = known["name"] or name
        known["category"] = known.get("category") or category or self._category_of(number)

    def _category_of(self, number: str) -> str:
        """The category of an account by its number alone: the one it begins like."""
        if number in self.made.categories:
            return number
        fits = [code for code in self.made.categories if code.rstrip("0") and number.startswith(code.rstrip("0"))]
        return max(fits, key=lambda code: len(code.rstrip("0")), default="")

    def _total(self, row: Read, account: str, category: str, last: bool) -> None:
        made, said = self.made, row.cell("what")
        if re.search("fringe", said, re.I) and account:
            value = mmb_rows.amount(row.cell("total") or row.cell("subtotal") or row.cell("fringe_amount"))
            if isinstance(value, Fault):
                self._wrong(row, "total", value.message, value.hint)
            elif value is not None:
                self.lines.fringe_total(account, value)
            return
        of = row.code
        if of and of in made.accounts and not re.search("category", said, re.I):
            self._print(made.printed.accounts, of, row)
        elif of in made.categories:
            self._print(made.printed.categories, of, row)
        elif _GRAND.search(said) or last:
            value = mmb_rows.amount(row.cell("total") or row.cell("subtotal"))
            made.printed.grand = (
                value if isinstance(value, Decimal) and made.printed.grand is None else made.printed.grand
            )
        elif re.search("account|sub", said, re.I) and account:
            self._print(made.printed.accounts, account, row)
        elif re.search("category", said, re.I) and category:
            self._print(made.printed.categories, category, row)

    def _without_lines(self) -> None:
        """Accounts, and categories without accounts, that have a total and no lines: one line of that amount."""
        made = self.made
        for number, value in made.printed.accounts.items():
            account = made.accounts.get(number)
            if account is not None and not account.get("lines") and value:
                self._one_line(number, account["name"], value)
        held = {account.get("category") for account in made.accounts.values()}
        for number, value in made.printed.categories.items():
            if number not in held and number not in made.accounts and value:
                name = made.categories[number][0]
                made.accounts[number] = {"name": name, "category": number}
                self._one_line(number, name, value)

    def _one_line(self, number: str, name: str, value: Decimal) -> None:
        line = {"what": name or number, "amount": "1", "unit": "allow", "rate": f"{value:f}"}
        self.made.accounts[number]["lines"] = [line]
        self.made.notes.append(f"account {number} has a total and no lines: it is one line of {value:,.2f}")


def level_of(made: Arrived, number: str, otherwise: Mapping[str, str]) -> str:
    """The production level of a category: as the top sheet parts them, else as a chart has it, else production."""
    return made.categories[number][1] or otherwise.get(number, "production")
