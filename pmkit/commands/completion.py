"""What the shell proposes after a command's word: the production's own days, people, scenes and accounts.

Each function is a `shell_complete` of click. A folder that is broken, or none at all, proposes
nothing and says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from pmkit.model.production import Production

Propose = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]
_MOST: Final = 500


def _from(*parts: str) -> Callable[[Callable[[Production], Iterable[tuple[str, str]]]], Propose]:
    """Makes a function that names things of a production into one that proposes them, reading only `parts`."""

    def made(names: Callable[[Production], Iterable[tuple[str, str]]]) -> Propose:
        def propose(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
            try:
                production = _production(ctx, parts)
                found = {word: said for word, said in names(production) if _begins(word, incomplete)}
            except Exception:  # noqa: BLE001 - whatever is wrong, the prompt of a shell is no place to say it
                return []
            return [CompletionItem(word, help=_plain(said) or None) for word, said in [*found.items()][:_MOST]]

        propose.__doc__ = names.__doc__
        return propose

    return made


def _production(ctx: click.Context, parts: Iterable[str]) -> Production:
    from pmkit.files import folder, walk

    return folder.read(walk.find(_start(ctx)), parts).production


def _start(ctx: click.Context) -> Path:
    """The folder of `-C DIR`, wherever it was typed, else this one."""
    here: click.Context | None = ctx
    while here is not None:
        told: Any = here.obj.get("folder") if isinstance(here.obj, dict) else None
        if told := told or here.params.get("folder"):
            return Path(told)
        here = here.parent
    return Path.cwd()


def _begins(word: str, incomplete: str) -> bool:
    return word.casefold().startswith(incomplete.casefold()) and word.isprintable() and " " not in word


def _plain(said: str) -> str:
    return " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())


@_from("schedule", "daily")
def days(production: Production) -> Iterable[tuple[str, str]]:
    """The shooting days: `today` and `tomorrow`, numbers, the other units' (`second:3`), and dates."""
    from pmkit.rollup import board

    yield "today", ""
    yield "tomorrow", ""
    main = board.main_unit(production)
    dates: dict[str, str] = {}
    for unit in board.units(production):
        for day in board.days(production, unit):
            word = day.word(main)
            said = day.date.strftime("%Y-%m-%d")
            dates.setdefault(said, f"day {word}")
            yield word, said
    yield from dates.items()


@_from("crew", "cast")
def people(production: Production) -> Iterable[tuple[str, str]]:
    """Everybody of the crew and cast by id, and the cast by number."""
    for key, (_, hire) in production.hires.items():
        yield key, ", ".join(text for text in (production.name_of(key), hire.position) if text)
    for number, member in production.cast.items():
        said = f"{member.character}, {member.performer}".rstrip(", ")
        if member.id:
            yield member.id, said
        yield number, said


@_from("lists", "crew")
def recipients(production: Production) -> Iterable[tuple[str, str]]:
    """Whom a document can go to: the lists, the queries, and everybody of the crew by id."""
    for key, found in production.lists.items():
        yield key, found.note or f"{len(found.who) + len(found.outside)} entries of lists.yaml"
    yield from (("works:tomorrow", ""), ("works:today", ""), ("cast", ""), ("crew", ""))
    yield from ((f"dept:{key}", department.title) for key, department in production.crew.items())
    yield from ((key, production.name_of(key)) for key in production.hires)


@_from("breakdown")
def scenes(production: Production) -> Iterable[tuple[str, str]]:
    """The scenes by number, with their headings."""
    for number, scene in production.scenes.items():
        yield number, str(scene.heading or "omitted")


@_from("crew")
def departments(production: Production) -> Iterable[tuple[str, str]]:
    """The departments by id."""
    for key, department in production.crew.items():
        yield key, department.title


@_from()
def units(production: Production) -> Iterable[tuple[str, str]]:
    """The units by id."""
    yield from production.settings.units.items()


@_from()
def episodes(production: Production) -> Iterable[tuple[str, str]]:
    """The episodes of a series, with their names."""
    return production.settings.episodes.items()


@_from("budget")
def accounts(production: Production) -> Iterable[tuple[str, str]]:
    """The accounts of the budget."""
    if production.budget is not None:
        for number, account in production.budget.accounts.items():
            yield number, account.name


@_from("budget")
def groups(production: Production) -> Iterable[tuple[str, str]]:
    """The groups of the budget's lines."""
    from pmkit.rollup.pieces import groups as named

    if production.budget is not None:
        for group in named(production.budget):
            found = production.budget.groups.get(group)
            yield group, found.name if found is not None else ""


@_from("requests")
def requests(production: Production) -> Iterable[tuple[str, str]]:
    """The batch requests by name."""
    for name, request in production.requests.items():
        yield name, request.kind


@_from()
def categories(production: Production) -> Iterable[tuple[str, str]]:
    """The categories of the breakdown, and cast and background."""
    from pmkit.rollup import needed

    yield from needed.categories(production).items()


def messages(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The messages of the outbox that are not done: by key, and by what they are about."""
    try:
        from pmkit.files import walk
        from pmkit.mail import standing

        found: dict[str, str] = {}
        for entry in standing.read(walk.find(_start(ctx))).entries.values():
            if entry.status not in ("sent", "cancelled"):
                what, who = entry.about.get("what", ""), entry.about.get("who", "")
                found[entry.key[:8]] = f"{entry.status}: {what} to {who}"
                found.setdefault(what, "all of it")
    except Exception:  # noqa: BLE001 - as above
        return []
    fit = {word: said for word, said in found.items() if word and _begins(word, incomplete)}
    return [CompletionItem(word, help=_plain(said) or None) for word, said in [*fit.items()][:_MOST]]


def incoming(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The mails that came in and that nobody has dealt with, by key, with the line to read."""
    try:
        from pmkit.files import walk
        from pmkit.mail import inbox

        records, done, _ = inbox.read(walk.find(_start(ctx)))
        found = {key[:8]: f"{one.person or one.sender}: {one.quote}" for key, one in records.items() if key not in done}
    except Exception:  # noqa: BLE001 - as above
        return []
    fit = {word: said for word, said in found.items() if _begins(word, incomplete)}
    return [CompletionItem(word, help=_plain(said)[:80] or None) for word, said in [*fit.items()][-_MOST:]]


def charts(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The charts of accounts that come with pmkit, with and without their versions."""
    from pmkit.model.chart import CHARTS

    known = [word for name, versions in CHARTS.items() for word in (name, *(f"{name}@{v}" for v in versions))]
    return [CompletionItem(word) for word in known if _begins(word, incomplete)]


@_from("vendors")
def vendors(production: Production) -> Iterable[tuple[str, str]]:
    """The vendors by id."""
    for key, vendor in production.vendors.items():
        yield key, vendor.name


@_from("po", "vendors")
def orders(production: Production) -> Iterable[tuple[str, str]]:
    """The purchase orders by number, the newest first."""
    from pmkit.model.order import number_order

    for number in sorted(production.orders, key=number_order, reverse=True):
        order = production.orders[number]
        vendor = production.vendors.get(order.vendor)
        yield number, f"{vendor.name if vendor is not None else order.vendor}, {order.state}"
