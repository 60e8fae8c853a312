"""The detail lines of an exported budget as lines of the folder's, each held against its printed subtotal."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pmkit.exchange import mmb_rows
from pmkit.exchange.headings import folded
from pmkit.exchange.mmb_lists import Lists
from pmkit.exchange.mmb_rows import Read
from pmkit.model.production import Production
from pmkit.problems import Fault
from pmkit.rollup.formula import EXACT

if TYPE_CHECKING:
    from pmkit.exchange.mmb import Arrived

_PLAIN: Final = re.compile(r"-?\d+(?:\.\d+)?")


class Lines:
    """Gathers the lines of each account, and the fringes that the export has worked out for it."""

    def __init__(self, lists: Lists, production: Production, made: Arrived, wrong: Callable[..., None]) -> None:
        self.lists, self.made, self._wrong = lists, made, wrong
        self._own = production.settings.currency
        self._rates = production.budget.currencies if production.budget is not None else {}
        self._locations = {folded(one.name): key for key, one in production.locations.items()}
        self._locations |= {folded(key): key for key in production.locations}
        self._sets = {folded(name): name for name in production.sets}
        self._fringes: dict[str, Decimal] = {}
        self._totals: dict[str, Decimal] = {}

    def add(self, account: str, row: Read) -> None:
        """A line of an account; one without any figure is a remark and is passed over."""
        cells = {name: row.cell(name) for name in ("amount", "x", "x4", "rate")}
        printed = self._figure(row, "subtotal")
        fringe = self._fringe_amount(row)
        if printed is None:
            total = self._figure(row, "total")
            printed = total - fringe if total is not None else None
        if not any(cells.values()) and printed is None:
            self.made.notes.append(f"row {row.row}: a line without figures is passed over: {row.cell('what')[:60]}")
            return
        figures = {name: self.lists.formula(text, row, name) if text else "" for name, text in cells.items()}
        if any(text and not figures[name] for name, text in cells.items()):
            return
        line = self._worth(row, figures, printed)
        if line is None:
            return
        if fringe:
            self._fringes[account] = self._fringes.get(account, Decimal(0)) + fringe
        self.made.accounts[account].setdefault("lines", []).append(line)

    def fringe_total(self, account: str, value: Decimal) -> None:
        """The fringes of an account as the export has worked them out."""
        self._totals[account] = self._totals.get(account, Decimal(0)) + value

    def finish(self) -> None:
        """Fringes taken as amounts become a line of their account."""
        if not self.made.as_printed:
            return
        for account in dict.fromkeys((*self._fringes, *self._totals)):
            value = self._totals.get(account) or self._fringes.get(account)
            if value:
                line = {"what": "Fringes, as exported", "amount": "1", "unit": "flat", "rate": f"{value:f}"}
                self.made.accounts[account].setdefault("lines", []).append(line)
        if self._fringes or self._totals:
            self.made.notes.append("fringes are taken as the amounts that the export has worked out")

    def _figure(self, row: Read, name: str) -> Decimal | None:
        value = mmb_rows.amount(row.cell(name))
        if isinstance(value, Fault):
            self._wrong(row, name, value.message, value.hint)
            return None
        return value

    def _fringe_amount(self, row: Read) -> Decimal:
        """What the export says a line's fringes come to: in a column of its own, or in one that holds only amounts."""
        text = row.cell("fringe_amount")
        if not text and not self.lists.fringes:
            text = row.cell("fringes") if re.fullmatch(r"[$\s\d.,()-]+", row.cell("fringes")) else ""
        value = mmb_rows.amount(text) if text else None
        return value if isinstance(value, Decimal) else Decimal(0)

    def _worth(self, row: Read, figures: dict[str, str], printed: Decimal | None) -> dict[str, Any] | None:
        amount, rate = figures["amount"] or "1", figures["rate"]
        x = " * ".join(_factor(part) for part in (figures["x"], figures["x4"]) if part and part != "1")
        currency = row.cell("currency").strip().upper()
        currency = "" if currency == self._own else currency
        exchange = self._exchange(currency, row)
        if exchange is None:
            return None
        quantity = _product([amount, figures["x"] or "1", figures["x4"] or "1"])
        if not rate:
            assert printed is not None or figures["amount"] or x
            each = EXACT.divide(printed, quantity * exchange) if printed and quantity else printed or Decimal(0)
            if printed and each != each.quantize(Decimal("0.000001")):
                amount, x, each, currency = "1", "", printed, ""
            rate = f"{each.normalize():f}"
        else:
            self._compare(row, [amount, figures["x"] or "1", figures["x4"] or "1", rate], exchange, printed)
        what = " ".join(row.cell("what").split()) or "(no description)"
        line: dict[str, Any] = {"what": what, "amount": amount}
        if row.cell("unit"):
            line["unit"] = " ".join(row.cell("unit").split())
        if x:
            line["x"] = x
        line["rate"] = rate
        if currency:
            line["currency"] = currency
        if row.cell("fringes") and not self.made.as_printed:
            line["fringes"] = self.lists.fringe_ids(row.cell("fringes"), row)
        groups = [self.lists.group(word) for word in re.split(r"\s*[,;|\n]\s*", row.cell("groups")) if word]
        groups += self._place(line, row)
        if groups:
            line["groups"] = list(dict.fromkeys(groups))
        return line

    def _place(self, line: dict[str, Any], row: Read) -> list[str]:
        """Location and set where the production has them; else a group of that name."""
        groups = []
        for name, known in (("location", self._locations), ("set", self._sets)):
            typed = " ".join(row.cell(name).split())
            if typed and folded(typed) in known:
                line[name] = known[folded(typed)]
            elif typed:
                groups.append(self.lists.group(f"{name} {typed}"))
        return groups

    def _exchange(self, currency: str, row: Read) -> Decimal | None:
        if not currency:
            return Decimal(1)
        if currency in self.lists.currencies:
            return Decimal(self.lists.currencies[currency])
        if currency in self._rates:
            self.lists.currencies[currency] = f"{self._rates[currency]:f}"
            return self._rates[currency]
        self._wrong(
            row, "currency", f"the export has no rate for {currency[:20]}", "export it with its list of currencies"
        )
        return None

    def _compare(self, row: Read, parts: list[str], exchange: Decimal, printed: Decimal | None) -> None:
        """Notes a line whose own figures do not come to its printed subtotal, within a unit."""
        if printed is None or not all(_PLAIN.fullmatch(part) for part in parts):
            return
        worth = _product(parts)
        if min(abs(worth * exchange - printed), abs(worth - printed)) > 1:
            said = " × ".join([parts[0], *(part for part in parts[1:-1] if part != "1"), parts[-1]])
            place = f"{row.sheet}, row {row.row}" if row.sheet else f"row {row.row}"
            self.made.apart.append(
                f"{place}: {said} comes to {worth * exchange:,.2f}, the export says {printed:,.2f}: {row.cell('what')[:40]}"
            )


def _factor(text: str) -> str:
    return text if re.fullmatch(r"[\w.]+", text) else f"({text})"


def _product(parts: list[str]) -> Decimal:
    made = Decimal(1)
    for part in parts:
        made = EXACT.multiply(made, Decimal(part) if _PLAIN.fullmatch(part) else Decimal(1))
    return made
