"""What the budget's documents share: the budget worked out, groups switched for the asking, another budget beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from pmkit.commands import completion, options
from pmkit.problems import Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.model.production import Production
    from pmkit.reports.table import Table
    from pmkit.rollup.totals import BudgetTotals

FORMATS = ("text", "md", "csv", "xlsx", "html", "pdf", "json")
# Exact to the cent whatever is asked for: these are data.
EXACT = ("csv", "xlsx", "json")
PARTS = ("crew", "cast", "locations", "breakdown", "schedule", "calendar", "daily", "budget")
F = TypeVar("F", bound=Callable[..., Any])


def asked(function: F) -> F:
    """Adds what every document of the budget takes."""
    for option in (
        click.option("-o", "output", metavar="FILE", help="Where to write it; - is stdout."),
        click.option("--paper", type=click.Choice(["letter", "legal", "a4"]), help="The paper, if not the production's."),
        click.option("--cents", is_flag=True, help="Show cents, not whole units."),
        click.option("--json", "form", flag_value="json", help="As --format json."),
        click.option("--format", "form", type=click.Choice(FORMATS), help="text unless -o FILE says otherwise."),
        click.option("--with", "on", metavar="GROUP", multiple=True, shell_complete=completion.groups,
                     help="Switch a group on that the budget has off; may be repeated."),
        click.option("--without", "off", metavar="GROUP", multiple=True, shell_complete=completion.groups,
                     help="Switch a group off, to see what that saves; may be repeated."),
        click.option("--episode", metavar="N", default="", shell_complete=completion.episodes,
                     help="In a series: one episode, with its share of what is amortised."),
        click.option("--against", metavar="X",
                     help="Another budget beside it: a git revision, a budget.yaml, or a production's folder; A..B are two."),
    ):  # fmt: skip
        function = option(function)
    return function


def read() -> Folder:
    """The folder, as far as its budget needs it; a `Stop` where there is no budget."""
    folder = options.read(PARTS)
    if not folder.production.has_private and folder.production.budget is None:
        raise Stop(
            "there is no private/ here: the budget lies in it",
            "it is a repository of its own; ask the production office, and clone it into this folder as private",
        )
    if folder.production.budget is None:
        broken = next(
            (found for found in folder.errors if found.place.file.startswith(("private/budget", "budget"))), None
        )
        if broken is not None:  # it is there: nobody should begin another
            raise Stop(f"the budget cannot be read: {broken.place}: {broken.message}", broken.hint)
        hint = "write private/budget.yaml, or begin with a chart: pmkit new DIR --chart us-studio"
        raise Stop("private/ has no budget", hint)
    return folder


def worked_out(production: Production, off: tuple[str, ...] = (), on: tuple[str, ...] = ()) -> BudgetTotals:
    """The budget of a production, its groups switched for the asking."""
    from pmkit.model.record import meant
    from pmkit.rollup import budget as budgets
    from pmkit.rollup.pieces import groups

    known = groups(production.budget) if production.budget is not None else []
    for group in (*off, *on):
        if group not in known:
            hint = meant(group, known, f"it has {', '.join(known)}" if known else "no line of it is in a group")
            raise Stop(f"the budget has no group {group}", hint, exit_code=2)
    return budgets.of_production(production, off, on)


def by_episodes(production: Production, totals: BudgetTotals, episode: str, document: str, *, accounts: bool) -> Table:
    """The budget by episode, or of the one asked for; a `Stop` where there is no such episode."""
    from pmkit.problems import Fault
    from pmkit.reports import episodes

    one = episodes.chosen(production, episode) if episode else ""
    if isinstance(one, Fault):
        raise Stop(one.message, one.hint, exit_code=2)
    return episodes.table(production, totals, document, one, accounts=accounts)


class Sides(NamedTuple):
    """Two budgets: the one that is looked at, and the one it is held against, with how a document calls them.

    `of` is empty where the one looked at is the folder's own.
    """

    production: Production
    totals: BudgetTotals
    before: Production
    then: BudgetTotals
    against: str
    of: str = ""


def sides(folder: Folder, totals: BudgetTotals, against: str, off: tuple[str, ...], on: tuple[str, ...]) -> Sides:
    """The folder's budget and the one that X names; `A..B` are two others, of which B is looked at."""
    first, dots, second = against.partition("..")
    if dots and first and second and not Path(against).exists():
        before, then, words = other(folder, first)
        production, now, of = other(folder, second, off, on)
        return Sides(production, now, before, then, words, of)
    return Sides(folder.production, totals, *other(folder, against))


def other(
    folder: Folder, against: str, off: tuple[str, ...] = (), on: tuple[str, ...] = ()
) -> tuple[Production, BudgetTotals, str]:
    """The budget that X names, worked out, and how a document calls it. A file or folder comes before a revision."""
    from pmkit.files import folder as folders, revision, walk

    path = Path(against)
    root = folder.root
    if path.is_dir():
        found, words = folders.read(walk.find(path), PARTS), against
        if found.root == root:
            raise Stop(f"{against} is this production itself", "name another production's folder, a file or a revision")
    elif path.is_file():
        found, words = _file(root, path), path.name
    else:
        found, words = revision.read(root, against, PARTS), revision.words(root, against)
    budget = found.production.budget
    if budget is None or not (budget.accounts or budget.globals or budget.categories):
        raise Stop(f"there is no budget in {against} that can be read", "a budget is private/budget.yaml")
    totals = worked_out(found.production, off, on)
    errors = [p for p in (*found.problems, *totals.problems) if p.severity == "error"]
    if errors:
        more = f"; and {len(errors) - 1} more" if len(errors) > 1 else ""
        options.say(
            f"{against} has errors, so its figures may lack something: {errors[0].place}: {errors[0].message}{more}"
        )
    return found.production, totals, words


def _file(root: Path, path: Path) -> Folder:
    """This production with another file for its budget."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Stop(f"{path} cannot be read: {error.strerror}", "may you read that file?") from None
    return with_budget(root, data)


def with_budget(root: Path, data: bytes) -> Folder:
    """This production as it is with other bytes for its budget."""
    from pmkit.files import folder as folders

    split = [
        p.relative_to(root).as_posix() for d in ("budget", "private/budget") for p in sorted((root / d).glob("*.yaml"))
    ]
    return folders.read(root, PARTS, {**dict.fromkeys(split), "budget.yaml": None, "private/budget.yaml": data})
