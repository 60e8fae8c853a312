"""`pmkit import budget FILE`: a Movie Magic Budgeting export into private/budget.yaml, shown first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import options

if TYPE_CHECKING:
    from decimal import Decimal

    from pmkit.exchange.mmb import Arrived
    from pmkit.files.folder import Folder
    from pmkit.model.budget import Budget
    from pmkit.model.chart import Chart
    from pmkit.rollup.totals import BudgetTotals

_SECTIONS = ("budget", "locations")
_MOST = 40
_HELP = """A budget from Movie Magic Budgeting: its tab-delimited or its Excel export.

Makes private/budget.yaml: chart, globals, fringes, accounts with their lines, charges. Its totals must
come to the printed top sheet, within a unit for each row that a total sums. Without --yes nothing is
written, and a budget that is there is never written over: it is compared.

\b
Examples:
  pmkit import budget "Salt Road.txt"
  pmkit import budget "Salt Road.xlsx" --yes
  pmkit import budget "Salt Road.xlsx" --fringes printed --chart us-studio
  pmkit import budget "Salt Road v9.xlsx" --yes -o v9.yaml
"""


@click.command("budget", help=_HELP, short_help="A Movie Magic Budgeting export: .txt or .xlsx.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write it; else it is only shown.")
@click.option("--chart", default=None, metavar="ID", help="The chart its categories are of; none: it has its own.")
@click.option(
    "--fringes",
    type=click.Choice(["rates", "printed"]),
    default="rates",
    help="Worked out, or as the export's amounts.",
)
@click.option(
    "--tolerance", default="0", metavar="AMOUNT", help="How much further than a unit a row totals may be off."
)
@click.option("--date", default=None, metavar="DATE", help="The day of the import; else today.")
@click.option("-o", "output", metavar="FILE", help="Another file than private/budget.yaml; - is stdout.")
@options.in_production
def budget(
    file: Path, yes: bool, chart: str | None, fringes: str, tolerance: str, date: str | None, output: str | None
) -> int:
    """An exported budget into the folder."""
    from pmkit.exchange import mmb, sheet as sheets
    from pmkit.files import budget_file
    from pmkit.problems import Stop

    folder = options.read(_SECTIONS)
    options.sound(folder, ("budget", "production"), "imported")
    production = folder.production
    if not production.has_private and output is None:
        raise Stop("there is no private/ here, where a budget belongs", "make the folder private/, or give -o FILE")
    made = mmb.read(sheets.read(file, 200_000, "a budget"), production, file.name, as_printed=fringes == "printed")
    for one in made.troubles:
        place = ", ".join(part for part in (file.name, f"row {one.row}", one.column) if part)
        options.say(f"{place}: {one.message}" + (f"\n  {one.hint}" if one.hint else ""))
    if made.troubles:
        options.say("\nNothing is imported: put these right in the export first.")
        return 1
    day = options.today(production.settings, date)
    name, chosen = _chart(folder, made, chart)
    data, found, totals = _assembled(made, name, chosen, production.settings.currency, f"{file.name}, {day}")
    if not made.printed.levels and not name:
        made.notes.append("the export does not say which categories are above the line: all are production")
    _shown(file, made, found, totals, name)
    wrong = _apart(made, totals, _amount(tolerance))
    if wrong:
        options.say("\nNothing is imported. To let totals be further off: --tolerance AMOUNT")
        return 1
    if output is None and budget_file.FILE in folder.files:
        _differs(folder, data)
        options.say("\nNothing is written: a budget is there, and stays. To another file: --yes -o FILE")
        return 0
    if not yes:
        options.say(f"\nNothing is written yet. To write {output or budget_file.FILE}: the same command with --yes")
        return 0
    if output is not None:
        options.deliver(folder.root, "budget.yaml", data, output, private=True)
        return 0
    from pmkit.files import change

    change.write(folder.root, [budget_file.change(folder.root, None, data)])
    options.say(f"\nWrote {budget_file.FILE}.")
    options.say("Next: pmkit validate, then pmkit costs")
    return 0


def _amount(typed: str) -> Decimal:
    from pmkit.model import money
    from pmkit.problems import Fault

    amount = money.parse_amount(typed)
    if isinstance(amount, Fault) or amount < 0:
        raise click.BadParameter("an amount of money: 5", param_hint="--tolerance")
    return amount


def _chart(folder: Folder, made: Arrived, typed: str | None) -> tuple[str, Chart | None]:
    """The chart of the budget: as said, as the budget that is there has it, else the one that has its categories."""
    from pmkit.files import budget_file
    from pmkit.model.record import meant
    from pmkit.problems import Stop
    from pmkit.rollup import budget_incoming

    charts = budget_file.shipped_charts()
    production = folder.production
    if typed == "none":
        return "", None
    if typed is not None:
        if typed not in charts:
            raise Stop(f"there is no chart {typed}", meant(typed, charts, f"there are {', '.join(charts)}, none"), 2)
        return typed, charts[typed]
    if production.budget is not None and production.chart is not None:
        return production.budget.chart, production.chart
    best = budget_incoming.best_chart({number: name for number, (name, _) in made.categories.items()}, charts)
    return best, charts.get(best)


def _assembled(
    made: Arrived, name: str, chart: Chart | None, currency: str, of: str
) -> tuple[bytes, Budget, BudgetTotals]:
    """The budget's file, the budget that the folder reads in it, and what it comes to."""
    from pmkit.exchange import mmb
    from pmkit.files import budget_file
    from pmkit.rollup import budget as budgets, budget_incoming

    charted = {one.number: one for one in chart.categories} if chart is not None else {}
    levels = {number: one.level for number, one in charted.items()}
    categories: dict[str, dict[str, str]] = {}
    for number, (title, _) in made.categories.items():
        level, there = mmb.level_of(made, number, levels), charted.get(number)
        if there is None or there.level != level or there.name.casefold() != title.casefold():
            categories[number] = {"name": title, "level": level}
    order = [*made.categories, ""]
    ranked = sorted(
        made.accounts, key=lambda one: order.index(made.accounts[one].get("category") or "") if made.categories else 0
    )
    accounts: dict[str, dict[str, Any]] = {}
    headings: dict[str, str] = {}
    last = None
    for number in ranked:
        account = {key: value for key, value in made.accounts[number].items() if value}
        category = account.get("category", "")
        held = chart.category_of(number) if chart is not None else None
        if category and category != last:
            headings[number] = f"{category} {made.categories.get(category, ('', ''))[0]}"
        last = category or last
        if held is not None and held.number == category:
            del account["category"]
        accounts[number] = {key: account[key] for key in ("name", "category", "level", "lines") if key in account}
    remarks = [f"Read from {of}."]
    fields: dict[str, Any] = {"chart": name, **made.fields, "categories": categories, "accounts": accounts}
    before = budgets.totals(budget_file.read_back(budget_file.written(remarks, fields, headings)), chart, currency)
    charges: list[dict[str, Any]] = []
    for charge in made.charges:
        base = budget_incoming.charge_base(before, charge.rate, charge.amount) if charge.rate is not None else None
        if base is None:
            charges.append({"name": charge.name, "flat": f"{charge.amount.normalize():f}"})
        else:
            charges.append({"name": charge.name, "rate": f"{charge.rate:f}%", **({"on": list(base)} if base else {})})
    data = budget_file.written(remarks, {**fields, "charges": charges}, headings)
    found = budget_file.read_back(data)
    return data, found, budgets.totals(found, chart, currency)


def _shown(file: Path, made: Arrived, found: Budget, totals: BudgetTotals, chart: str) -> None:
    lines = sum(len(account.lines) for account in found.accounts.values())
    told = [f"{len(made.categories)} categories, {len(found.accounts)} accounts, {lines} lines"]
    told.append(f"chart: {chart or 'its own'}")
    for word, count in (
        ("globals", len(found.globals)),
        ("fringes", len(found.fringes)),
        ("charges", len(found.charges)),
    ):
        if count:
            told.append(f"{word}: {count}")
    for level in totals.levels:
        told += [f"{level.name}: {level.total.value:,.2f}"]
    told += [f"{one.charge.name}: {one.total.value:,.2f}" for one in totals.charges]
    told.append(f"grand total: {totals.total.value:,.2f}")
    options.say(f"{file.name}:")
    options.show(told)
    for note in made.notes[:_MOST]:
        options.say(f"note: {note}")
    if len(made.notes) > _MOST:
        options.say(f"and {len(made.notes) - _MOST} more notes")
    for charge in found.charges:
        if charge.flat:
            options.say(f"note: {charge.name} is a flat sum: the export does not say, or not so that it holds, of what")


def _apart(made: Arrived, totals: BudgetTotals, tolerance: Decimal) -> int:
    """Says which printed totals the budget does not come to; how many."""
    from pmkit.rollup import budget_incoming

    printed = made.printed
    found, compared = budget_incoming.reconciled(
        totals, printed.categories, printed.accounts, printed.levels, printed.grand, printed.fringes
    )
    found = [one for one in found if one.by > one.allowed + tolerance]
    for one in found[:_MOST]:
        options.say(
            f"{one.what}: the export prints {one.printed:,.2f}, its lines come to {one.worked_out:,.2f}: {one.by:,.2f} apart"
        )
    for said in made.apart[:_MOST]:
        options.say(said)
    if found and not made.as_printed and totals.problems == ():
        options.say("  where fringes are apart (cutoffs, ranges): --fringes printed takes them as amounts")
    for problem in totals.problems[:_MOST]:
        options.say(f"{problem.message}" + (f"\n  {problem.hint}" if problem.hint else ""))
    if not found:
        said = f"{compared} printed totals agree" if compared else "the export prints no totals: nothing to agree with"
        options.say(said)
    return len(found) + len(totals.problems) + (len(made.apart) if not compared else 0)


def _differs(folder: Folder, data: bytes) -> None:
    """The comparison of the export with the budget that is there, on stdout; silent where they are the same."""
    from pmkit.commands import budgeting
    from pmkit.render import table as tables
    from pmkit.reports import comparison
    from pmkit.rollup import budget as budgets

    before = budgeting.read().production  # with the schedule, which budgets count days of
    export = budgeting.with_budget(folder.root, data).production
    both = comparison.report(
        export, budgets.of_production(export), before, budgets.of_production(before), "private/budget.yaml"
    )
    if not both.differs:
        options.say("No difference to private/budget.yaml.")
        return
    options.show(tables.terminal(comparison.table(both), options.formats(before.settings)).rstrip("\n").split("\n"))
    options.say("\nThen is private/budget.yaml, now the export.")
