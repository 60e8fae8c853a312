"""The budget added up by set, location, group, currency or episode instead of by account.

Every line counts with its fringes, wherever these are posted. What has no such word is a row of its
own, and so is every charge: the rows add up to the grand total, but for groups, of which a line
may be in several.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pmkit.model.production import Production
from pmkit.reports import topsheet
from pmkit.reports.table import Column, Row, Table, heading
from pmkit.rollup.pieces import pieces
from pmkit.rollup.totals import BudgetTotals, LineTotal

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
    lines: dict[str, Decimal] = {}
    fringes: dict[str, Decimal] = {}
    inside = _ZERO
    for piece in pieces(totals.levels):
        if piece.line is None:
            inside += piece.figure.value
            continue
        for word in _words(production, piece.line, by):
            of = fringes if piece.fringe else lines
            of[word] = of.get(word, _ZERO) + piece.figure.value
    told = sorted((word for word in lines.keys() | fringes.keys() if word), key=lambda word: word.lower())
    rows = [_row(totals, word, _name(production, by, word), lines, fringes) for word in told]
    if "" in lines:
        rows.append(_row(totals, "", f"no {by} named", lines, fringes))
    if inside:
        rows.append(_sum(totals, "Charges inside accounts", inside))
    if not rows:
        rows.append(_sum(totals, "nothing is budgeted", _ZERO))
    if totals.charges:
        rows.append(heading("Charges"))
        rows += [_sum(totals, charge.charge.name, charge.total.value) for charge in totals.charges]
    rows.append(_sum(totals, "GRAND TOTAL", totals.total.value, "total"))
    return Table(
        title=production.settings.title,
        document=WORDS[by],
        columns=(
            Column("key", by.title()),
            Column("name", "Name", width=1),
            Column("lines", "Lines", "money"),
            Column("fringes", "Fringes", "money"),
            Column("total", "Total", "money", strong=True),
            Column("share", "Of all"),
        ),
        rows=tuple(rows),
        subtitle=" · ".join(filter(None, (production.settings.company, production.settings.currency))),
        notes=tuple(_notes(production, totals, by)),
    )


def _words(production: Production, line: LineTotal, by: str) -> tuple[str, ...]:
    if by == "group":
        return line.groups or ("",)
    if by == "episode":
        return (line.episode,)
    if by == "currency":
        return (line.line.currency or production.settings.currency,)
    if by == "location" and not line.line.location and line.line.set:
        return (production.location_of_set(line.line.set),)
    found: str = getattr(line.line, by)
    return (found,)


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


def _row(totals: BudgetTotals, word: str, name: str, lines: dict[str, Decimal], fringes: dict[str, Decimal]) -> Row:
    of, more = lines.get(word, _ZERO), fringes.get(word, _ZERO)
    return Row((word, name, of, more, of + more, _share(of + more, totals)))


def _sum(totals: BudgetTotals, words: str, amount: Decimal, kind: str = "row") -> Row:
    return Row(("", words, None, None, amount, _share(amount, totals)), "total" if kind == "total" else "row")


def _share(part: Decimal, totals: BudgetTotals) -> str:
    whole = totals.total.value
    return f"{round(100 * part / whole, 1):f} %" if whole else ""


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
