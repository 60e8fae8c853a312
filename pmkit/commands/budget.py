"""`pmkit budget [ACCOUNT]`: the budget in full, one account of it, its fringes, or what it says against another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import accounts, budgeting, completion, options, tables

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.render.filters import Formats
    from pmkit.reports.table import Table
    from pmkit.rollup.totals import BudgetTotals

_HELP = """The budget in full: every line with its arithmetic and fringes, or one account down to file and line.

\b
Examples:
  pmkit budget --format pdf
  pmkit budget 1401                       one account: what each figure is made of, and where it stands
  pmkit budget 1401 --json                the same with the whole chain of every figure
  pmkit budget --fringes                  every fringe by account and by person, ceilings reached
  pmkit budget --by location              or set, group, currency, episode
  pmkit budget --episode 101              in a series: its own, and its share of what is amortised
  pmkit budget --against HEAD~1           line by line: added, removed, changed
  pmkit budget --against HEAD~5..HEAD~1   two revisions
  pmkit budget --without second-unit      what it would be without a group of lines
  pmkit budget --format xlsx              live: change a rate in it, and the totals follow

X of --against is a file or folder of that name, else a git revision: of private/ where that is a
repository of its own, with the schedule as it stood then. A file is worked out over this schedule.
"""


@click.command(name="budget", help=_HELP)
@click.argument("account", required=False, default="", shell_complete=completion.accounts)
@click.option("--fringes", "fringes", is_flag=True, help="The fringes: on what, how much, whose ceiling is reached.")
@click.option("--by", "by", type=click.Choice(["set", "location", "group", "currency", "episode"]),
              help="The budget added up by one of these instead.")  # fmt: skip
@budgeting.asked
@options.in_production
@click.pass_context
def command(
    ctx: click.Context,
    account: str,
    fringes: bool,
    by: str | None,
    episode: str,
    against: str | None,
    off: tuple[str, ...],
    on: tuple[str, ...],
    form: str | None,
    cents: bool,
    paper: str | None,
    output: str | None,
) -> None:
    """Works the budget out and prints what was asked for."""
    from pmkit.problems import in_order

    chosen = [
        word
        for word, given in (
            ("ACCOUNT", account),
            ("--fringes", fringes),
            ("--by", by),
            ("--episode", episode),
            ("--against", against),
        )
        if given
    ]
    if len(chosen) > 1:
        raise click.UsageError(f"{' and '.join(chosen)} do not go together: ask for one at a time")
    folder = budgeting.read()
    production = folder.production
    form = options.form_of(form, output, budgeting.FORMATS)
    whole = form not in budgeting.EXACT and not cents
    totals = budgeting.worked_out(production, off, on)
    formats = options.formats(production.settings, whole=whole, paper=paper)
    if against:
        from pmkit.reports import comparison

        both = budgeting.sides(folder, totals, against, off, on)
        report: Any = comparison.report(*both)
        table, word = comparison.table(report), "BudgetComparison"
    else:
        report, table, word = _asked_for(folder, totals, account, fringes, by, episode, whole)
    content, warnings = _made(folder, totals, report, table, form, formats, word)
    for warning in warnings:
        options.say(warning)
    if form in ("text", "md", "json"):
        output = output or options.STDOUT
    name = f"{options.title_word(production.settings)}_{word}.{form}"
    options.deliver(folder.root, name, content, output, private=True)
    if form == "text" and output == options.STDOUT and options.is_terminal() and word == "Budget":
        options.say("\nNext: pmkit budget ACCOUNT · pmkit budget --fringes · pmkit topsheet --format pdf")
    ctx.exit(options.report_errors(folder, in_order([*folder.problems, *totals.problems])))


def _asked_for(
    folder: Folder,
    totals: BudgetTotals,
    account: str,
    fringes: bool,
    by: str | None,
    episode: str,
    whole: bool,
) -> tuple[Any, Table, str]:
    """The report, its table, and the word its file is named by."""
    from pmkit.reports import budget as reports

    production = folder.production
    if account:
        from pmkit.reports import budget_account

        row = accounts.one_of(
            list(totals.accounts()), totals.levels, account, absent="the budget has nothing", lists="pmkit budget"
        )
        one = budget_account.report(production, totals, row)
        return one, budget_account.table(one), f"Budget{options.file_word(row.coding.number)}"
    if fringes:
        from pmkit.reports import fringes as fringes_reports
        from pmkit.rollup.budget import one_person

        dues = fringes_reports.report(production, totals, one_person(production))
        return dues, fringes_reports.table(dues), "Fringes"
    if episode or (by == "episode" and production.settings.episodes):
        shared = budgeting.by_episodes(production, totals, episode, reports.DOCUMENT, accounts=True)
        return shared, shared, f"BudgetEpisode{options.file_word(episode)}" if episode else "BudgetByEpisode"
    if by:
        from pmkit.reports import budget_by

        sums = budget_by.table(production, totals, by)
        return sums, sums, f"BudgetBy{by.title()}"
    report = reports.report(production, totals, whole=whole)
    return report, reports.table(report), "Budget"


def _made(
    folder: Folder, totals: BudgetTotals, report: Any, table: Table, form: str, formats: Formats, word: str
) -> tuple[bytes, tuple[str, ...]]:
    """The document's bytes, and what had to be said while making it."""
    full = word == "Budget"
    if form == "json":
        from pmkit.render import json

        return json.raw(report, "budget").encode(), ()
    if form == "xlsx" and full:
        from pmkit.render import budget_book

        book = budget_book.xlsx(folder.production, totals, report.top, formats)
        return book.content, book.warnings
    if form == "pdf" and full:
        from pmkit.render import pdf

        paper = pdf.compile("budget.typ", report, formats, folder.root / "fonts")
        return paper.content, paper.warnings
    if form == "html" and full:
        from pmkit.render import html

        return html.page("budget.html.j2", report, formats, folder.root / "templates").encode(), ()
    return tables.made(folder.root, table, form, formats, "budget")
