"""`pmkit import costs FILE`: an accountant's ledger into private/costs/, shown first, written with `--yes`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pmkit.commands import options

if TYPE_CHECKING:
    from pmkit.exchange.ledger_table import Listing
    from pmkit.exchange.ledger_words import Words
    from pmkit.files.folder import Folder
    from pmkit.rollup.ledger_merge import Merged

_SECTIONS = ("vendors", "budget", "periods", "po", "costs", "imports")
_ROWS = 1_000_000
_HELP = """An accountant's ledger (.xlsx or .csv) into private/costs/SOURCE.csv.

Headings, dates and amounts are understood by their whole columns, and shown. Rows that are in the
folder already are recognised: a newer, fuller ledger brings what is new and what changed.
Totals in the file, and a trial balance, must agree to the cent, or nothing is imported. Without
--yes nothing is written.

\b
Examples:
  pmkit import costs "GL 10-30.xlsx"
  pmkit import costs "GL 10-30.xlsx" --yes --trial-balance tb.xlsx
  pmkit import costs gl.csv --column 'Eff Date=posted' --dates dmy
  pmkit import costs gl.csv --account '1*=leave' --account '3670=3607' --kind 'BR=card'
"""


@click.command("costs", help=_HELP, short_help="An accountant's ledger: .xlsx or .csv.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Write it; else it is only shown.")
@click.option("--column", "columns", multiple=True, metavar="HEADING=FIELD", help="What a column is; leave: not read.")
@click.option(
    "--account", "accounts", multiple=True, metavar="THEIRS=OURS", help="An account; leave: no cost. * is any."
)
@click.option("--kind", "kinds", multiple=True, metavar="THEIRS=OURS", help="What a journal's code stands for.")
@click.option("--sheet", default="", metavar="NAME", help="The sheet of a workbook; else the first that is a ledger.")
@click.option("--dates", type=click.Choice(["mdy", "dmy"]), help="How 10/3 is meant where the column does not show it.")
@click.option("--decimals", type=click.Choice(["point", "comma"]), help="How cents are parted where it does not show.")
@click.option(
    "--trial-balance", "trial", type=click.Path(path_type=Path), metavar="FILE", help="Must agree with it too."
)
@click.option("--tolerance", default="0.00", metavar="AMOUNT", help="How far a total may be off; else not at all.")
@click.option("--source", default="accountant", metavar="NAME", help="Whose ledger, where there are several.")
@click.option("--late", default="", metavar="PERIOD", help="The period for rows that fall into a closed one.")
@click.option("--into-closed", is_flag=True, help="Take rows of closed periods where they are: a first import.")
@click.option("--new-accounts", is_flag=True, help="Take accounts that the budget does not have.")
@click.option("--keep-repeated", is_flag=True, help="Take rows that repeat another row of the file.")
@click.option("--take-out", is_flag=True, help="Take out earlier rows that the file does not have any more.")
@click.option("--date", default=None, metavar="DATE", help="The day of the copy; else today.")
@options.in_production
def costs(file: Path, yes: bool, source: str, date: str | None, tolerance: str, **given: Any) -> int:
    """An accountant's ledger into the folder."""
    from pmkit.commands import import_costs_shown as shown
    from pmkit.exchange import ledger_table, sheet as sheets
    from pmkit.files import change, ledger_copy, walk

    folder = options.read(_SECTIONS)
    options.sound(folder, (*_SECTIONS, "production"), "imported")
    production = folder.production
    if not production.has_private:
        from pmkit.problems import Stop

        raise Stop("there is no private/ here, where costs belong", "make the folder private/, or get its repository")
    target = ledger_copy.file_of(source)
    before = walk.before(folder.root, target)
    _ours(target, before)
    day = options.today(production.settings, date)
    settled, words = _settled(folder, given)
    found = sheets.read(file, rows=_ROWS, kind="a ledger")
    listing = ledger_table.read(found, settled, words, file.name)
    shown.reading(file.name, listing, production.settings.currency)
    shown.troubles(file.name, listing)
    if listing.troubles:
        options.say("\nNothing is imported: put these right first, in the file or by the options named.")
        return 1
    merged = _merged(folder, listing, words, target, given)
    shown.plan(merged, production.settings.currency)
    shown.strangers(words)
    wrong = shown.closed(merged, words.periods, bool(given["into_closed"]), bool(given["take_out"]))
    wrong += shown.apart(listing, _tolerance(tolerance), bool(merged.repeated))
    wrong += _trial(given["trial"], found, file, folder, merged, words, target, _tolerance(tolerance))
    if wrong:
        options.say("\nNothing is imported.")
        return 1
    rates = production.budget.currencies if production.budget is not None else {}
    of = f"{file.name}, {day}"
    made = ledger_copy.change(target, before, merged.rows, of, production.settings.currency, rates)
    news = bool(merged.added or merged.changed or (merged.gone and given["take_out"]))
    if not news:
        options.say("\nNothing differs: nothing to write." if yes else "\nNothing differs.")
        return 0
    if not yes:
        options.say(f"\nNothing is written yet. To write {target}: the same command with --yes")
        return 0
    # The costs come first: a run that dies between the two has imported them whole and only forgets the columns.
    change.write(folder.root, [made, *_map(folder, file.name, listing, given)])
    options.say(f"\nWrote {target}: {len(merged.rows)} rows.")
    billed = any(one.cells.get("po") for one in merged.added)
    options.say(f"Next: {'pmkit po invoice --posted, ' if billed else ''}pmkit validate, then pmkit costs")
    return 0


def _ours(target: str, before: bytes | None) -> None:
    from pmkit.files import ledger_copy
    from pmkit.problems import Stop

    if before is not None and not ledger_copy.is_copy(before):
        raise Stop(
            f"{target} was not made by an import and is not written over",
            "give this ledger a name: --source payroll-co",
        )


def _settled(folder: Folder, given: dict[str, Any]) -> tuple[Any, Words]:
    """What is known before the file is read: the saved map and what the person says now."""
    from pmkit.exchange.headings import LEAVE
    from pmkit.exchange.ledger_table import Settled
    from pmkit.exchange.ledger_words import Options, Words
    from pmkit.model.ledger import KINDS
    from pmkit.model.record import meant
    from pmkit.problems import Stop

    saved = folder.production.imports.get("costs")
    told = options.pairs(given["columns"], "--column", "Eff Date=posted")
    accounts = options.pairs(given["accounts"], "--account", "3607-000=3607")
    kinds = options.pairs(given["kinds"], "--kind", "BR=card")
    words = Words(
        folder.production,
        Options(
            {**accounts, **(saved.accounts if saved else {}), **accounts},
            {**(saved.kinds if saved else {}), **kinds},
            new_accounts=bool(given["new_accounts"]),
        ),
    )
    for theirs, ours in accounts.items():
        if ours != LEAVE and words.known and ours not in words.known and not given["new_accounts"]:
            raise Stop(f"there is no account {ours} for {theirs}", meant(ours, words.known, "look into budget.yaml"), 2)
    for kind in kinds.values():
        if kind not in KINDS:
            raise Stop(f"{kind} is no kind of cost", meant(kind, KINDS, f"write one of {', '.join(KINDS)}"), 2)
    if given["late"]:
        period = folder.production.periods.get(given["late"])
        if period is None or period.closed is not None:
            open_ = [number for number, one in folder.production.periods.items() if one.closed is None]
            why = "is closed" if period is not None else "does not exist"
            raise Stop(f"period {given['late']} {why}", f"open are {', '.join(open_) or 'none'}", exit_code=2)
    settled = Settled(saved.columns if saved else {}, told, given["sheet"], given["dates"], given["decimals"])
    return settled, words


def _merged(folder: Folder, listing: Listing, words: Words, target: str, given: dict[str, Any]) -> Merged:
    from pmkit.rollup import ledger_closed, ledger_merge

    merged = ledger_merge.merge(
        listing.entries,
        folder.production.ledger,
        target,
        keep_repeated=bool(given["keep_repeated"]),
        take_out=bool(given["take_out"]),
        closed=lambda cells: ledger_closed.closed_period(words.periods, cells) is not None,
    )
    return ledger_closed.placed_late(words.periods, merged, given["late"]) if given["late"] else merged


def _tolerance(typed: str) -> int:
    from pmkit.model import money
    from pmkit.model.money import minor_units

    amount = money.parse_amount(typed)
    if not isinstance(amount, Decimal) or amount < 0:
        raise click.BadParameter("an amount of money: 0.01", param_hint="--tolerance")
    return minor_units(amount)


def _trial(
    trial: Path | None,
    found: Any,
    file: Path,
    folder: Folder,
    merged: Merged,
    words: Words,
    target: str,
    tolerance: int,
) -> int:
    """How many accounts do not agree with the trial balance; 0 without one."""
    from pmkit.commands import import_costs_shown as shown
    from pmkit.exchange import sheet as sheets, trial_balance

    if trial is None and trial_balance.among(found) is None:
        return 0
    name = trial.name if trial is not None else file.name
    balance = trial_balance.read(
        sheets.read(trial, _ROWS, "a trial balance") if trial is not None else found, words, name
    )
    to_date: dict[str, int] = {}
    for row in folder.production.ledger:
        if row.file != target:
            to_date[row.account] = to_date.get(row.account, 0) + row.cost
    for kept in merged.rows:
        account = kept.cells["account"]
        to_date[account] = to_date.get(account, 0) + kept.cost
    return shown.balances(name, balance, to_date, tolerance)


def _map(folder: Folder, name: str, listing: Listing, given: dict[str, Any]) -> list[Any]:
    """imports.yaml with the columns, accounts and kinds that this import settled, where they are news."""
    from pmkit.files import roster
    from pmkit.files.change import Change

    headings = listing.headings
    columns = {word: field for word, field in zip(headings.words, headings.fields, strict=True) if word and field}
    more = {
        "accounts": options.pairs(given["accounts"], "--account", ""),
        "kinds": options.pairs(given["kinds"], "--kind", ""),
    }
    saved = folder.production.imports.get("costs")
    if saved is not None and saved.columns == columns and not any(more.values()):
        return []
    draft = roster.settled(folder.root, "costs", name, columns, {}, **more)
    return [Change(draft.file, draft.before, draft.data)]
