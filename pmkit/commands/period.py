"""`pmkit period close [N]` and `open N`: an accounting period takes no more costs, or some after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pmkit.commands import completion, options
from pmkit.problems import Problem, Stop

if TYPE_CHECKING:
    import datetime as dt

    from pmkit.files.folder import Folder
    from pmkit.model.budget import Period
    from pmkit.model.production import Production

_HELP = """Closes accounting periods, and opens one again.

A closed period takes no more rows and no more EFC changes: what comes late, or was wrong, goes into
the next as a row of its own. Opened again, it keeps who did it, when and why, and its cost report
says so.
"""

_CLOSE = """Closes a period: the one named, else the earliest that is open.

Refused while a period before it is open, while it has not ended, or while the ledger, the orders,
the floats or the budget have errors. It writes `closed:` into private/periods.yaml, and what the
period held into private/closed/N.yaml, by which `pmkit validate` finds rows that were added,
changed or taken out afterwards.

\b
Examples:
  pmkit period close
  pmkit period close 8 --date 2025-11-05
  pmkit period close 8 --dry-run
"""
_OPEN = """Opens a closed period again: the last one that is closed.

Its reports are out: what they said may not stand any more. The day, the name and the reason stay in
private/periods.yaml and on the period's cost report, and private/closed/N.yaml goes. Close it again
with `pmkit period close N`.

\b
Examples:
  pmkit period open 8 --because "the caterer's week was posted twice"
  pmkit period open 8 --because "wrong week" --by y-bergman --dry-run
"""
# What has to be right before a period is closed on it.
_MONEY = ("costs", "periods", "balance", "petty", "closed", "po", "budget")
_MOST = 8


@click.group(name="period", help=_HELP)
def command() -> None:
    """Groups what can be done to periods."""


@command.command(name="close", help=_CLOSE, short_help="Closes a period: the earliest that is open, or N.")
@click.argument("number", metavar="[N]", required=False, default="")
@click.option("--date", metavar="DATE", help="The day it is closed on; else today.")
@click.option("--dry-run", is_flag=True, help="Only show what it would do.")
@options.in_production
@click.pass_context
def close(ctx: click.Context, number: str, date: str | None, dry_run: bool) -> None:
    """Looks at everything, then writes both files."""
    from pmkit import checks
    from pmkit.files import change, closing, folder as folders

    folder = options.read()
    production = folder.production
    if not production.has_private:
        raise Stop("there is no private/ here: the periods lie in it", "clone it into this folder as private")
    day = options.today(production.settings, date)
    period = _meant(production, number, day)
    found = [*folder.problems, *checks.run(production)]
    standing, _ = checks.waived(found, production.settings.waivers)
    errors = [p for p in standing if p.severity == "error" and _of_money(p)]
    if errors:
        _refused(folder, period, errors)
        ctx.exit(1)
    written = closing.changes(folder.root, production, period.number, day)
    after = folders.read(folder.root, None, {one.file: one.after for one in written})
    now = [*after.problems, *checks.run(after.production)]
    more = sorted({p for p in now if p.severity == "error"} - {p for p in found if p.severity == "error"})
    if more:
        raise Stop(f"closing it would be wrong: {more[0].place}: {more[0].message}; nothing was written", more[0].hint)
    if not dry_run:
        change.write(folder.root, written)
    _tell(production, period, day, [p for p in standing if _of_money(p)], dry_run)


@command.command(name="open", help=_OPEN)
@click.argument("number", metavar="N")
@click.option("--because", required=True, metavar="WHY", help="Why, for whoever has its report.")
@click.option(
    "--by", default="", metavar="WHO", shell_complete=completion.people, help="Who decided; else whom this clone names."
)
@click.option("--date", metavar="DATE", help="The day it is opened on; else today.")
@click.option("--dry-run", is_flag=True, help="Only show what it would do.")
@options.in_production
def open_(number: str, because: str, by: str, date: str | None, dry_run: bool) -> None:
    """Takes `closed:` out, and writes down who, when and why."""
    from pmkit.commands.po_desk import Desk
    from pmkit.files import change, closing

    why = " ".join(because.split())
    if not why or not why.isprintable():
        raise Stop("a period is opened again for a reason, in words", '--because "posted twice"', exit_code=2)
    desk = Desk(date, dry_run, ("crew", "cast", "periods", "closed"))
    period = _closed(desk.production, number)
    who = desk.person(by, "opens it")
    written = closing.opened(desk.folder.root, desk.production, period.number, desk.today, who, why)
    if not dry_run:
        change.write(desk.folder.root, written)
    lines = [f"Period {number}, closed on {period.closed}, is open again: {why}"]
    lines += [f"  {one.file}{' is gone' if one.after is None else ''}" for one in written if one.before != one.after]
    options.show(lines)
    options.say("\nNothing is written: --dry-run" if dry_run else f"\nNext: mend it, then pmkit period close {number}")


def _closed(production: Production, number: str) -> Period:
    """The period that is opened again: the last that is closed."""
    from pmkit.model.record import meant
    from pmkit.rollup.periods import Periods

    period = production.periods.get(number)
    if period is None:
        known = f"there are {', '.join(production.periods)}" if production.periods else "there are no periods here"
        raise Stop(f"there is no period {number}", meant(number, list(production.periods), known), exit_code=2)
    if period.closed is None:
        raise Stop(f"period {number} is open", f"pmkit period close {number}", exit_code=2)
    last = [found for found in Periods(production.periods).all if found.closed is not None][-1]
    if last.number != number:
        hint = f"pmkit period open {last.number} --because WHY; or correct it by a row in an open period"
        raise Stop(f"period {last.number} after it is closed on it: the last is opened first", hint)
    return period


def _meant(production: Production, number: str, day: dt.date) -> Period:
    from pmkit.model.record import meant
    from pmkit.rollup.periods import Periods

    periods = Periods(production.periods).all
    if not periods:
        raise Stop("there are no periods here", "private/periods.yaml: 1: {from: 2025-09-08, to: 2025-09-14}")
    open_ = [period for period in periods if period.closed is None]
    if number:
        period = production.periods.get(number)
        if period is None:
            hint = meant(number, list(production.periods), f"there are {', '.join(production.periods)}")
            raise Stop(f"there is no period {number}", hint, exit_code=2)
        if period.closed is not None:
            raise Stop(f"period {number} was closed on {period.closed}", exit_code=2)
    elif not open_:
        raise Stop("every period is closed", "add the next one to private/periods.yaml", exit_code=2)
    else:
        period = open_[0]
    if open_[0].number != period.number:
        message = f"period {open_[0].number} before it is open: periods are closed in order"
        raise Stop(message, f"pmkit period close {open_[0].number}")
    if day <= period.to:
        hint = f"on {day} its costs are not all in; --date says which day is meant"
        raise Stop(f"period {period.number} ends on {period.to}: it can be closed from the day after", hint)
    return period


def _of_money(problem: Problem) -> bool:
    place = problem.place.file.removeprefix("private/").partition("/")[0].removesuffix(".yaml")
    return place in _MONEY


def _refused(folder: Folder, period: Period, errors: list[Problem]) -> None:
    from pmkit.render import problems as shown

    options.say(shown.text(errors[:_MOST], folder.line).rsplit("\n\n", 1)[0])
    count = f"{len(errors)} error{'s' if len(errors) != 1 else ''}"
    options.say(f"\nPeriod {period.number} stays open: {count} in its books. All of them: pmkit validate")


def _tell(production: Production, period: Period, day: dt.date, standing: list[Problem], dry_run: bool) -> None:
    from pmkit.files.closing import file_of
    from pmkit.rollup import closing

    rows, changes = closing.rows_in(production, period), closing.changes_in(production, period)
    count = f"{len(rows)} row{'s' if len(rows) != 1 else ''}"
    estimates = f"{len(changes)} EFC change{'s' if len(changes) != 1 else ''}"
    cost = f"{closing.cost(production, period):,} {production.settings.currency}"
    options.show([
        f"Period {period.number}, {period.from_} to {period.to}: {cost} in {count}, {estimates}",
        f"  {period.place().file}: closed: {day}",
        f"  {file_of(period.number)}",
    ])  # fmt: skip
    if waiting := sum(closing.payroll(production, period).values()):
        options.say(f"Payroll that is not in, estimated: {waiting:,} is kept with it until it comes.")
    for problem in standing[:_MOST]:
        options.say(f"{problem.place}: {problem.severity}: {problem.message} [{problem.code}]")
    if len(standing) > _MOST:
        options.say(f"… and {len(standing) - _MOST} more: pmkit validate")
    if dry_run:
        options.say("\nNothing is written: --dry-run")
    else:
        options.say(f"\nPeriod {period.number} is closed. Next: pmkit costs --period {period.number} --format pdf")
