"""The top sheet, shaped like the paper: categories by level, the chart's own totals, charges, grand total, credits, net.

`report` makes the value, alone or against another budget; `table` the same as one table for the
terminal, Markdown, CSV, a spreadsheet and the screen. Amounts are exact; whole units are a matter
of display.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pmkit.model.budget import Charge
from pmkit.model.chart import BELOW_THE_LINE, LEVELS, Chart, ChartTotal, code_key
from pmkit.model.money import half_up
from pmkit.model.production import Production
from pmkit.reports.table import Cell, Column, Row, Table, heading
from pmkit.rollup.coding import Codes
from pmkit.rollup.fringes import percent
from pmkit.rollup.totals import BudgetTotals, CreditTotal

SEES = frozenset({"public", "set", "money"})
"""The privacy classes a top sheet may show."""

DOCUMENT = "Top sheet"
VARIANCE = "Variance = this budget − the other; a negative in parentheses is less than before."
_ZERO = Decimal(0)
_BELOW = ChartTotal(BELOW_THE_LINE, "Total below the line")
_ALL = ChartTotal(tuple(LEVELS), "Total above and below the line")


@dataclass(frozen=True, slots=True)
class TopLine:
    """One row: a category, a total, a charge or a credit. `then` and `variance` are of a comparison."""

    number: str
    name: str
    amount: Decimal
    detail: str = ""
    then: Decimal | None = None
    variance: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TopLevel:
    """A production level: its categories, their sum, and the sums the chart prints below it."""

    name: str
    lines: tuple[TopLine, ...]
    total: TopLine
    totals: tuple[TopLine, ...]


@dataclass(frozen=True, slots=True)
class TopSheet:
    """The top sheet of a budget.

    `against` names what it is compared with, empty without one; `net` is there when a credit is
    applied. `notes` are what a reader must know: the chart's source, groups switched off, credits
    that do not count.
    """

    title: str
    company: str
    name: str
    chart: str
    locked: dt.date | None
    currency: str
    levels: tuple[TopLevel, ...]
    charges: tuple[TopLine, ...]
    total: TopLine
    credits: tuple[TopLine, ...]
    net: TopLine | None
    notes: tuple[str, ...]
    against: str = ""


def report(production: Production, totals: BudgetTotals, *, whole: bool = True) -> TopSheet:
    """The top sheet of a production's budget."""
    settings, budget, chart = production.settings, production.budget, production.chart
    applied = totals.applied()
    named = Names(production)
    return TopSheet(
        title=settings.title,
        company=settings.company,
        name=DOCUMENT,
        chart=" ".join(filter(None, (chart.title or chart.id, f"version {chart.version}" if chart.version else "")))
        if chart is not None
        else "",
        locked=budget.locked if budget is not None else None,
        currency=settings.currency,
        levels=tuple(_levels(totals, chart)),
        charges=tuple(
            TopLine(c.charge.account, c.charge.name, c.total.value, named.detail(c.charge)) for c in totals.charges
        ),
        total=TopLine("", "Grand total", totals.total.value),
        credits=tuple(TopLine("", f"Less {c.credit.name}", -c.total.value, _credit(c)) for c in applied),
        net=TopLine("", "Net total", totals.net.value) if applied else None,
        notes=(*notes(production, totals, whole), *_source(chart)),
    )


def compared(now: TopSheet, then: TopSheet, against: str, of: str = "", notes: Iterable[str] = ()) -> TopSheet:
    """A top sheet with what another said beside it; what only one of them has stands at nothing in the other.

    `of` names the one that is looked at, where it is not the folder's own; `notes` are what must be known of the other.
    """
    before = {level.name: level for level in then.levels}
    names = _merged([level.name for level in now.levels], [level.name for level in then.levels])
    mine = {level.name: level for level in now.levels}
    levels = []
    for name in names:
        new, old = mine.get(name), before.get(name)
        total = _both(new.total if new else None, old.total if old else None)
        levels.append(
            TopLevel(
                name,
                _lines(new.lines if new else (), old.lines if old else ()),
                total,
                _lines(new.totals if new else (), old.totals if old else ()),
            )
        )
    return replace(
        now,
        name=f"{now.name} of {of}" if of else now.name,
        levels=tuple(levels),
        charges=_lines(now.charges, then.charges),
        total=_both(now.total, then.total),
        credits=_lines(now.credits, then.credits),
        net=_both(now.net or replace(now.total, name="Net total"), then.net or then.total)
        if now.net or then.net
        else None,
        notes=(*now.notes, VARIANCE, *notes),
        against=against,
    )


def table(report: TopSheet) -> Table:
    """The top sheet as one table."""
    beside = bool(report.against)
    columns = [Column("account", "Acct"), Column("name", "Category", width=1), Column("detail", "")]
    if beside:
        columns += [
            Column("then", "Then", "money"),
            Column("amount", "Now", "money"),
            Column("variance", "Variance", "money", strong=True),
        ]
    else:
        columns.append(Column("amount", "Total", "money", strong=True))

    def cells(line: TopLine, name: str = "") -> tuple[Cell, ...]:
        found: dict[str, Cell] = {"account": line.number, "name": name or line.name, "detail": line.detail}
        return tuple(found[c.key] if c.key in found else getattr(line, c.key) for c in columns)

    rows: list[Row] = []
    for level in report.levels:
        rows.append(heading(level.name))
        rows += [Row(cells(line)) for line in level.lines]
        rows += [Row(cells(line), "subtotal") for line in (level.total, *level.totals)]
    if report.charges:
        rows.append(heading("Charges"))
        rows += [Row(cells(line)) for line in report.charges]
    rows.append(Row(cells(report.total, "GRAND TOTAL"), "total"))
    if report.net is not None:
        rows.append(heading("Credits"))
        rows += [Row(cells(line)) for line in report.credits]
        rows.append(Row(cells(report.net, "NET TOTAL"), "total"))
    said = (report.company, f"budget locked {report.locked}" if report.locked else "budget not locked", report.currency)
    return Table(
        title=report.title,
        document=report.name,
        columns=tuple(columns),
        rows=tuple(rows),
        subtitle=" · ".join(word for word in said if word),
        period=f"against {report.against}" if beside else "",
        notes=report.notes,
    )


def notes(production: Production, totals: BudgetTotals, whole: bool = False) -> Iterator[str]:
    """What a reader of any figure of the budget must know: groups switched off, credits that do not count."""
    if whole:
        yield f"All figures in whole {production.settings.currency}; totals are of the unrounded figures."
    for group in totals.off:
        lines = f"{group.lines} line{'s' if group.lines != 1 else ''} of {half_up(group.total.value):,f} before fringes"
        yield f"Group {group.name or group.key} is switched off: {lines} left out."
    for credit in totals.not_applied():
        yield f"{credit.credit.name} of {half_up(credit.total.value):,f} is not applied and counts for nothing here."


def notes_of_other(now: Production, mine: BudgetTotals, before: Production, then: BudgetTotals) -> Iterator[str]:
    """What a reader must know of the budget that this is compared with, where it is not the same of both."""
    if now.settings.currency != before.settings.currency:
        yield f"The other budget is in {before.settings.currency}: its figures are not converted."
    same = set(notes(now, mine))
    yield from (f"In the other budget: {note}" for note in notes(before, then) if note not in same)


def _source(chart: Chart | None) -> Iterator[str]:
    if chart is not None and chart.source:
        yield f"Chart of accounts: {chart.title or chart.id}. {chart.source}"


def sums(totals: BudgetTotals, chart: Chart | None) -> Iterator[tuple[str, str, tuple[str, ...], Decimal]]:
    """The sums over levels that print below a level: the level, the sum's name, the levels in it, the sum.

    The chart's own, else below the line and all; all of it always, under the one name or another.
    """
    present = [level.level for level in totals.levels]
    values = {level.level: level.total.value for level in totals.levels}
    printed = list(chart.totals if chart is not None and chart.totals else (_BELOW, _ALL))
    if not any(set(present) <= set(total.levels) for total in printed):
        printed.append(ChartTotal(tuple(present), "Total before charges"))
    for total in printed:
        inside = tuple(word for word in present if word in total.levels)
        if len(inside) > 1:
            yield inside[-1], total.name, inside, sum((values[word] for word in inside), _ZERO)


def _levels(totals: BudgetTotals, chart: Chart | None) -> Iterator[TopLevel]:
    printed = list(sums(totals, chart))
    for level in totals.levels:
        below = tuple(TopLine("", name, value) for under, name, _, value in printed if under == level.level)
        lines = tuple(TopLine(c.number, c.name, c.total.value) for c in level.categories)
        yield TopLevel(level.name, lines, TopLine("", f"Total {lower(level.name)}", level.total.value), below)


def lower(name: str) -> str:
    """A level's name within a line; one that begins with a letter of its own stays: `B. Production`."""
    return name if name[1:2] in (".", ")") else name[:1].lower() + name[1:]


class Names:
    """What a charge is on, in words."""

    def __init__(self, production: Production) -> None:
        self._codes = Codes(production.budget, production.chart)

    def detail(self, charge: Charge) -> str:
        """What a charge is, in a few words: `10% of production, post-production`."""
        words = [self._word(word) for word in charge.on] or ["all accounts"]
        parts = [f"{percent(charge.rate)} of {', '.join(words)}"] if charge.rate is not None else []
        if charge.flat:
            parts.append("flat")
        out = f" without {', '.join(self._word(word) for word in charge.exclude)}" if charge.exclude else ""
        out += " less an amount" if charge.exclude_amount else ""
        return " and ".join(parts) + out if charge.rate is not None or charge.flat else ""

    def _word(self, word: str) -> str:
        if word in LEVELS:
            return lower(self._codes.level_name(word))
        return {"btl": "below the line", "all": "all accounts"}.get(word, word)


def _credit(credit: CreditTotal) -> str:
    kept = credit.credit.discount
    return f"less {percent(kept)} discount" if kept is not None else ""


def _lines(now: Sequence[TopLine], then: Sequence[TopLine]) -> tuple[TopLine, ...]:
    """Lines side by side: by their number, where no two have the same; else by their name, the first with the first."""
    numbers = [[line.number for line in lines] for lines in (now, then)]
    alone = {number for found in numbers for number in found if number and all(n.count(number) < 2 for n in numbers)}

    def keyed(lines: Sequence[TopLine]) -> dict[str, TopLine]:
        found: dict[str, TopLine] = {}
        for line in lines:
            key = line.number if line.number in alone else f"{line.number} {line.name}"
            while key in found:
                key += "\0"
            found[key] = line
        return found

    new, old = keyed(now), keyed(then)
    return tuple(_both(new.get(key), old.get(key)) for key in _merged([*new], [*old]))


def _both(now: TopLine | None, then: TopLine | None) -> TopLine:
    line = now or then
    assert line is not None
    amount, before = now.amount if now else _ZERO, then.amount if then else _ZERO
    return replace(line, amount=amount, then=before, variance=amount - before)


def _merged(now: list[str], then: list[str]) -> list[str]:
    """The keys of both in order: what is gone stands where it stood, after what came before it."""
    merged = [*now]
    for index, key in enumerate(then):
        if key not in merged:
            before = next((found for found in reversed(then[:index]) if found in merged), None)
            after = next((at for at, found in enumerate(merged) if code_key(found) > code_key(key)), len(merged))
            merged.insert(merged.index(before) + 1 if before is not None else after, key)
    return merged
