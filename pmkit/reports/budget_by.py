"""The budget added up by set, location, group, currency or episode instead of by account, after `rollup/tags`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pmkit.model.money import half_up
from pmkit.model.production import Production
from pmkit.reports import topsheet
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup.tags import TagTotal, TagTotals, by_tag
from pmkit.rollup.totals import BudgetTotals

SEES = frozenset({"public", "set", "money"})
"""The privacy classes such a sum may show."""

WORDS = {
    "set": "Budget by set",
    "location": "Budget by location",
    "group": "Budget by group",
    "currency": "Budget by currency",
    "episode": "Budget by episode",
}
_ZERO = Decimal(0)


def table(production: Production, totals: BudgetTotals, by: str) -> Table:
    """The budget by one of `WORDS`: the lines, the fringes and the sum of each, with its share of the total."""
    found = by_tag(production, totals, by)
    rows = [_row(found, row, _name(production, by, row.tag) if row.tag else f"no {by} named") for row in found.rows]
    if found.inside.value:
        rows.append(_sum(found, "Charges inside accounts", found.inside.value))
    if not rows:
        rows.append(_sum(found, "nothing is budgeted", _ZERO))
    if found.charges:
        rows.append(heading("Charges"))
        rows += [_sum(found, charge.charge.name, charge.total.value) for charge in found.charges]
    rows.append(_sum(found, "GRAND TOTAL", found.total.value, "total"))
    return Table(
        title=production.settings.title,
        document=WORDS[by],
        columns=(
            Column("key", by.title()),
            Column("name", "Name", width=1),
            Column("lines", "Lines", "money"),
            Column("fringes", "Fringes", "money"),
            Column("total", "Total", "money", strong=True),
            Column("share", "% of all", "number"),
        ),
        rows=tuple(rows),
        subtitle=" · ".join(filter(None, (production.settings.company, production.settings.currency))),
        notes=tuple(_notes(production, totals, by)),
    )


def _name(production: Production, by: str, word: str) -> str:
    if by == "location":
        found = production.locations.get(word)
        return found.name if found is not None else ""
    if by == "group" and production.budget is not None:
        group = production.budget.groups.get(word)
        return group.name if group is not None else ""
    if by == "episode":
        return production.settings.episodes.get(word, "")
    return ""


def _row(found: TagTotals, row: TagTotal, name: str) -> Row:
    return Row((row.tag, name, row.lines.value, row.fringes.value, row.total.value, _share(row.total.value, found)))


def _sum(found: TagTotals, words: str, amount: Decimal, kind: str = "row") -> Row:
    return Row(("", words, None, None, amount, _share(amount, found)), "total" if kind == "total" else "row")


def _share(part: Decimal, found: TagTotals) -> Decimal | None:
    whole = found.total.value
    return half_up(100 * part / whole, 1) if whole else None


def _notes(production: Production, totals: BudgetTotals, by: str) -> Iterator[str]:
    if by == "group":
        yield "A line may be in several groups and counts in each: the rows may come to more than the grand total."
    if by == "location":
        yield "A line that names a set and no location counts at the set's location."
    if by == "currency":
        told = production.budget.currencies if production.budget is not None else {}
        rates = ", ".join(f"1 {code} = {rate.normalize():f}" for code, rate in told.items())
        yield f"All figures in {production.settings.currency}{f', at {rates}' if rates else ''}."
    yield from topsheet.notes(production, totals)
