"""Two budgets side by side: account by account and line by line, then and now, with what was added, removed, changed.

Accounts are matched by their number; lines of an account by `what`, the first with the first of
the name, then those that were only renamed, then those that are left by their position. Every account's row is the sum of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pmkit.model.budget import Line
from pmkit.model.production import Production
from pmkit.reports import topsheet
from pmkit.reports.budget import plain
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup.coding import Codes
from pmkit.rollup.figure import Figure
from pmkit.rollup.totals import AccountTotal, BudgetTotals, LineTotal

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a comparison may show."""

DOCUMENT = "Budget comparison"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A line, the fringes or the charges of an account. `standing` is ADDED, REMOVED, CHANGED or nothing."""

    what: str
    then: Decimal
    now: Decimal
    variance: Decimal
    standing: str
    detail: str


@dataclass(frozen=True, slots=True)
class ComparedAccount:
    """An account in both budgets; its total is the sum of its rows."""

    number: str
    name: str
    category: str
    rows: tuple[ComparedRow, ...]
    total: ComparedRow

    @property
    def differs(self) -> bool:
        """Whether anything in it is another than before."""
        return bool(self.total.standing or any(row.standing for row in self.rows))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two budgets: every account whether it differs or not, the charges and credits, the totals."""

    title: str
    company: str
    name: str
    against: str
    currency: str
    accounts: tuple[ComparedAccount, ...]
    charges: tuple[ComparedRow, ...]
    total: ComparedRow
    credits: tuple[ComparedRow, ...]
    net: ComparedRow
    notes: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether anything in the budget is another than before."""
        rows = (*self.charges, self.total, *self.credits, self.net)
        return any(account.differs for account in self.accounts) or any(row.standing for row in rows)


def report(
    production: Production, now: BudgetTotals, before: Production, then: BudgetTotals, against: str
) -> Comparison:
    """What the budget of a production says against another one."""
    new = {found.coding.number: found for found in now.accounts()}
    old = {found.coding.number: found for found in then.accounts()}
    codes, former = Codes(production.budget, production.chart), Codes(before.budget, before.chart)
    order = codes.in_order(new.keys() | old.keys())
    accounts = []
    for number in order:
        coding = new[number].coding if number in new else old[number].coding
        mine, other = new.get(number), old.get(number)
        total = _row("Total", other.total.value if other else None, mine.total.value if mine else None)
        category = codes.of(number) if mine else former.of(number)
        accounts.append(
            ComparedAccount(
                number,
                coding.name,
                f"{category.category} {category.category_name}".strip(),
                tuple(_rows(other, mine)),
                total,
            )
        )
    notes = ["Variance = this budget − the other; a negative in parentheses is less than before."]
    if production.settings.currency != before.settings.currency:
        notes.append(f"The other budget is in {before.settings.currency}: its figures are not converted.")
    notes += topsheet.notes(production, now)
    return Comparison(
        title=production.settings.title,
        company=production.settings.company,
        name=DOCUMENT,
        against=against,
        currency=production.settings.currency,
        accounts=tuple(accounts),
        charges=tuple(_named(_charges(then), _charges(now))),
        total=_row("Grand total", then.total.value, now.total.value),
        credits=tuple(_named(_credits(then), _credits(now))),
        net=_row("Net total", then.net.value, now.net.value),
        notes=tuple(notes),
    )


def table(report: Comparison) -> Table:
    """The comparison as one table: the accounts that differ with the lines that do, the others in one sum."""
    rows: list[Row] = []
    for account in report.accounts:
        if not account.differs:
            continue
        words = " ".join(filter(None, (account.number, account.name)))
        rows.append(heading(f"{words} · {account.category}".removesuffix(" · ")))
        rows += [Row(_cells(account.number, row)) for row in account.rows if row.standing]
        total = Row(_cells(account.number, account.total, f"Total {account.name or account.number}"), "subtotal")
        rows.append(total)
    same = [account.total for account in report.accounts if not account.differs]
    if same:
        amount = sum((total.now for total in same), _ZERO)
        words = f"{len(same)} account{'s' if len(same) != 1 else ''} as {'they were' if len(same) != 1 else 'it was'}"
        rows += [heading("Unchanged"), Row(_cells("", ComparedRow(words, amount, amount, _ZERO, "", "")), "subtotal")]
    if report.charges:
        rows.append(heading("Charges"))
        rows += [Row(_cells("", row)) for row in report.charges]
    rows.append(Row(_cells("", report.total, "GRAND TOTAL"), "total"))
    if report.credits:
        rows.append(heading("Credits applied"))
        rows += [Row(_cells("", row)) for row in report.credits]
        rows.append(Row(_cells("", report.net, "NET TOTAL"), "total"))
    changed = [row.standing for account in report.accounts for row in account.rows if row.standing]
    count = ", ".join(f"{changed.count(word)} {word.lower()}" for word in ("ADDED", "REMOVED", "CHANGED"))
    return Table(
        title=report.title,
        document=report.name,
        columns=(
            Column("account", "Acct"),
            Column("what", "Description", width=1),
            Column("then", "Then", "money"),
            Column("now", "Now", "money"),
            Column("variance", "Variance", "money", strong=True),
            Column("standing", ""),
            Column("detail", "What changed", width=1),
        ),
        rows=tuple(rows),
        subtitle=" · ".join(word for word in (report.company, f"lines: {count}", report.currency) if word),
        period=f"against {report.against}",
        notes=report.notes,
        landscape=True,
    )


def _cells(number: str, row: ComparedRow, name: str = "") -> tuple[str, str, Decimal, Decimal, Decimal, str, str]:
    return (number, name or row.what, row.then, row.now, row.variance, row.standing, row.detail)


def _row(what: str, then: Decimal | None, now: Decimal | None, detail: str = "") -> ComparedRow:
    standing = "ADDED" if then is None else "REMOVED" if now is None else "CHANGED" if then != now or detail else ""
    before, after = then or _ZERO, now or _ZERO
    return ComparedRow(what, before, after, after - before, standing, detail)


def _rows(then: AccountTotal | None, now: AccountTotal | None) -> Iterator[ComparedRow]:
    for old, new in matched(then.lines if then else (), now.lines if now else ()):
        either = new or old
        assert either is not None
        detail = ", ".join(_changes(old, new)) if old and new else ""
        yield _row(either.line.what, old.subtotal.value if old else None, new.subtotal.value if new else None, detail)
    for what, values in (("Fringes posted here", _fringes), ("Charges posted here", _inside)):
        before, after = values(then), values(now)
        if before or after:
            yield _row(what, before if then else None, after if now else None)


def matched(then: tuple[LineTotal, ...], now: tuple[LineTotal, ...]) -> list[tuple[LineTotal | None, LineTotal | None]]:
    """Pairs of lines in the order of now; what is gone comes last.

    Lines are the same by `what`; of what is left, by figures that are all the same (a line that was
    only renamed); of what is left then, by their position in the account.
    """
    left = list(then)
    pairs: dict[int, LineTotal] = {}
    for alike in (_same_name, _same_figures):
        for index, line in enumerate(now):
            found = next((old for old in left if alike(old, line)), None) if index not in pairs else None
            if found is not None:
                pairs[index] = found
                left.remove(found)
    by_place = {index: old for index, old in enumerate(then) if any(old is gone for gone in left)}
    for index in range(len(now)):
        if index not in pairs and index in by_place:
            pairs[index] = by_place.pop(index)
    return [*((pairs.get(index), line) for index, line in enumerate(now)), *((old, None) for old in by_place.values())]


def _same_name(then: LineTotal, now: LineTotal) -> bool:
    return then.line.what == now.line.what


def _same_figures(then: LineTotal, now: LineTotal) -> bool:
    old, new = _figures(then), _figures(now)
    return {**old, "what": ""} == {**new, "what": ""} and then.line.person == now.line.person


def _changes(then: LineTotal, now: LineTotal) -> Iterator[str]:
    """What differs between two lines, in words: `rate 900 → 950`."""
    old, new = _figures(then), _figures(now)
    for key in ("what", "amount", "unit", "x", "rate", "currency"):
        if old[key] != new[key]:
            yield f"{key} {_told(old[key])} → {_told(new[key])}"
    for key in ("fringes", "groups", "person"):
        before, after = _set(then.line, key), _set(now.line, key)
        gone, come = [word for word in before if word not in after], [word for word in after if word not in before]
        if gone or come:
            yield " ".join([key, *(f"−{word}" for word in gone), *(f"+{word}" for word in come)])


def _figures(line: LineTotal) -> dict[str, str]:
    parts = [part for part in line.subtotal.of if isinstance(part, Figure)]
    return {
        "what": line.line.what,
        "amount": plain(parts[0].value) if parts else line.line.amount,
        "unit": line.line.unit,
        "x": plain(parts[2].value) if len(parts) > 2 else "",
        "rate": plain(line.rate),
        "currency": line.line.currency,
    }


def _told(said: str) -> str:
    return f"{Decimal(said):,f}" if said.replace(".", "", 1).isdecimal() else said or "none"


def _set(line: Line, key: str) -> tuple[str, ...]:
    value = getattr(line, key)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _fringes(account: AccountTotal | None) -> Decimal:
    return account.fringes.value if account is not None else _ZERO


def _inside(account: AccountTotal | None) -> Decimal:
    return sum((charge.total.value for charge in account.charges), _ZERO) if account is not None else _ZERO


def _charges(totals: BudgetTotals) -> dict[str, Decimal]:
    return {found.charge.name: found.total.value for found in totals.charges}


def _credits(totals: BudgetTotals) -> dict[str, Decimal]:
    return {found.credit.name: -found.total.value for found in totals.applied()}


def _named(then: dict[str, Decimal], now: dict[str, Decimal]) -> Iterator[ComparedRow]:
    for name in dict.fromkeys([*now, *then]):
        yield _row(name, then.get(name), now.get(name))
