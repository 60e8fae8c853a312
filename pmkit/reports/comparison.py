"""Two budgets side by side: account by account and line by line, then and now, with what was added, removed, changed.

Accounts are matched by their number, lines as `rollup/budget_pairs` pairs them, charges and credits by
their name. Every account's row is the sum of its rows. What changed beneath a figure is told beside
it: a currency's rate, a fringe's percentage or ceiling, what a charge is on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pmkit.model.budget import Budget
from pmkit.model.production import Production
from pmkit.reports import topsheet
from pmkit.reports.budget import posted_to
from pmkit.reports.comparison_words import ChangedWords
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup.budget_pairs import matched
from pmkit.rollup.coding import Codes
from pmkit.rollup.totals import AccountTotal, BudgetTotals

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a comparison may show."""

DOCUMENT = "Budget comparison"
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A row of an account, or a total. `standing` is ADDED, REMOVED, CHANGED or nothing.

    `kind` is line, fringes or charges, of an account what is posted to it; else sum.
    """

    what: str
    then: Decimal
    now: Decimal
    variance: Decimal
    standing: str
    detail: str
    kind: str = "sum"


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
    production: Production, now: BudgetTotals, before: Production, then: BudgetTotals, against: str, of: str = ""
) -> Comparison:
    """What the budget of a production says against another one; `of` names it where it is not the folder's own."""
    new = {found.coding.number: found for found in now.accounts()}
    old = {found.coding.number: found for found in then.accounts()}
    codes, former = Codes(production.budget, production.chart), Codes(before.budget, before.chart)
    order = codes.in_order(new.keys() | old.keys())
    words = ChangedWords(before.budget or Budget(), then, production.budget or Budget(), now)
    fringed: dict[str, dict[str, None]] = {}
    for posted in (posted_to(then), posted_to(now)):
        for number, dues in posted.items():
            fringed.setdefault(number, {}).update(dict.fromkeys(due.fringe.key for _, due in dues))
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
                tuple(_rows(other, mine, words, fringed.get(number, ()))),
                total,
            )
        )
    notes = [
        topsheet.VARIANCE,
        *topsheet.notes(production, now),
        *topsheet.notes_of_other(production, now, before, then),
    ]
    return Comparison(
        title=production.settings.title,
        company=production.settings.company,
        name=f"{DOCUMENT} of {of}" if of else DOCUMENT,
        against=against,
        currency=production.settings.currency,
        accounts=tuple(accounts),
        charges=tuple(_named(_charges(before, then), _charges(production, now))),
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
    changed = [row.standing for account in report.accounts for row in account.rows if row.kind == "line"]
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
            Column("standing", "Standing"),
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


def _row(what: str, then: Decimal | None, now: Decimal | None, detail: str = "", kind: str = "sum") -> ComparedRow:
    standing = "ADDED" if then is None else "REMOVED" if now is None else "CHANGED" if then != now or detail else ""
    before, after = then or _ZERO, now or _ZERO
    return ComparedRow(what, before, after, after - before, standing, detail, kind)


def _rows(
    then: AccountTotal | None, now: AccountTotal | None, words: ChangedWords, fringes: Iterable[str]
) -> Iterator[ComparedRow]:
    for old, new in matched(then.lines if then else (), now.lines if now else ()):
        either = new or old
        assert either is not None
        detail = ", ".join(words.of_line(old, new))
        before, after = old.subtotal.value if old else None, new.subtotal.value if new else None
        yield _row(either.line.what, before, after, detail, "line")
    for kind, values in (("fringes", _fringes), ("charges", _inside)):
        here, there = values(now), values(then)
        if here or there:
            told = ", ".join(words.of_fringes(fringes)) if kind == "fringes" and here != there else ""
            yield _row(f"{kind.title()} posted here", there if then else None, here if now else None, told, kind)


def _fringes(account: AccountTotal | None) -> Decimal:
    return account.fringes.value if account is not None else _ZERO


def _inside(account: AccountTotal | None) -> Decimal:
    return sum((charge.total.value for charge in account.charges), _ZERO) if account is not None else _ZERO


def _charges(production: Production, totals: BudgetTotals) -> dict[tuple[str, int], _Named]:
    names = topsheet.Names(production)
    return _counted((found.charge.name, found.total.value, names.detail(found.charge)) for found in totals.charges)


def _credits(totals: BudgetTotals) -> dict[tuple[str, int], _Named]:
    return _counted((found.credit.name, -found.total.value, "") for found in totals.applied())


# A charge's or a credit's sum, and what it is in a few words.
_Named = tuple[Decimal, str]


def _counted(found: Iterable[tuple[str, Decimal, str]]) -> dict[tuple[str, int], _Named]:
    """By their names; of one name the first, the second and so on."""
    named: dict[tuple[str, int], _Named] = {}
    for name, amount, told in found:
        named[name, sum(1 for known, _ in named if known == name)] = (amount, told)
    return named


def _named(then: Mapping[tuple[str, int], _Named], now: Mapping[tuple[str, int], _Named]) -> Iterator[ComparedRow]:
    for key in dict.fromkeys([*now, *then]):
        old, new = then.get(key), now.get(key)
        told = f"{old[1] or 'nothing'} → {new[1] or 'nothing'}" if old and new and old[1] != new[1] else ""
        yield _row(key[0], old[0] if old else None, new[0] if new else None, told)
