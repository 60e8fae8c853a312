"""What the acts on a board share: which board is meant, what a change does, and how that is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from pmkit.commands import options
from pmkit.model import dates
from pmkit.problems import Problem, Stop

if TYPE_CHECKING:
    from pmkit.files.folder import Folder
    from pmkit.model.production import Production
    from pmkit.rollup.moves import CastChange, DayChange, Effect

PARTS = frozenset({"crew", "cast", "locations", "breakdown", "schedule", "boards", "calendar", "calls", "daily"})
"""The sections an act on a board reads."""
MOST = 40
"""As many changed days as are listed one by one."""


def sound(folder: Folder) -> None:
    """A board that cannot all be read is not changed: what was left out would be counted wrongly."""
    options.sound(folder, ("schedule", "boards", "production"), "changed")


def named(production: Production, name: str) -> Production:
    """The production as if the board of that name were the current one."""
    from pmkit.model.frozen import but
    from pmkit.model.record import meant

    if not name:
        return production
    if name not in production.boards:
        have = ", ".join(production.boards) or "there is no other: boards/NAME.yaml"
        raise Stop(f"there is no board {name}", meant(name, production.boards, f"boards: {have}"))
    return but(production, board=production.boards[name])


def effect(folder: Folder, files: Mapping[str, bytes | None], name: str) -> tuple[Production, Effect]:
    """The production as it would be with the changed files, and what the change does."""
    from pmkit import checks
    from pmkit.files import folder as folders
    from pmkit.rollup import moves

    after = folders.read(folder.root, PARTS, files)
    old, new = named(folder.production, name), named(after.production, name)
    if moves.scenes(old) != moves.scenes(new):
        raise Stop("this would lose a scene or have it twice; nothing was changed", "make this change by hand")
    found = [*folder.problems, *checks.run(folder.production)]
    now = [*after.problems, *checks.run(after.production)]
    return new, moves.effect(old, new, found, now)


def shown(effect: Effect) -> Iterator[str]:
    """What a change does, line by line."""
    from pmkit.render import text

    if effect.days:
        yield ""
        rows = [_day_row(change) for change in effect.days[:MOST]]
        yield from text.table(("day", "date", "pages", "scenes"), rows, ("left", "left", "left", "left"))
        if len(effect.days) > MOST:
            yield f"… and {len(effect.days) - MOST} days more"
    if effect.cast:
        yield ""
        yield from (_cast_line(change) for change in effect.cast)
    for word, problems in (("Gained", effect.gained), ("Cured", effect.cured)):
        if problems:
            yield ""
            yield from (_problem_line(word, problem) for problem in problems)


def _problem_line(word: str, problem: Problem) -> str:
    return f"{word}: {problem.severity}: {problem.message} [{problem.code}]"


def _day_row(change: DayChange) -> tuple[str, str, str, str]:
    before, after = change.before, change.after
    number = after.number or before.number
    off = "" if after.number else ", off now"
    old = f" (was {before.number})" if before.number and after.number and before.number != after.number else ""
    return (
        f"{change.unit} {number}{old}{off}",
        dates.said(change.date),
        _change(str(before.pages), str(after.pages)),
        _change(str(before.scenes), str(after.scenes)),
    )


def _cast_line(change: CastChange) -> str:
    figures = []
    for word in ("worked", "held", "dropped", "paid"):
        old, new = (getattr(span, word) if span is not None else 0 for span in (change.before, change.after))
        if old != new:
            figures.append(f"{word} {old} → {new}")
    days = [f"{when:%d %b} {old or '–'} → {new or '–'}" for when, old, new in change.dates]
    said = ", ".join(days[:8]) + (f" and {len(days) - 8} more" if len(days) > 8 else "")
    return f"{change.number} {change.character}: {', '.join(figures) or 'as many days'} ({said})"


def _change(old: str, new: str) -> str:
    return old if old == new else f"{old} → {new}"


def listed(folder: Folder) -> Iterator[str]:
    """The boards, the current one first, each with its days, pages and boneyard."""
    from pmkit.render import text

    production = folder.production
    rows = [_board_row(production, "current: schedule.yaml")]
    rows += [_board_row(named(production, name), name) for name in production.boards]
    yield from text.table(
        ("board", "days", "from", "to", "pages", "boneyard"), rows, ("left", "left", "left", "left", "right", "right")
    )


def told(production: Production, name: str) -> Iterator[str]:
    """One board in a row."""
    from pmkit.render import text

    yield from text.table(
        ("board", "days", "from", "to", "pages", "boneyard"),
        [_board_row(production, name)],
        ("left", "left", "left", "left", "right", "right"),
    )


def _board_row(production: Production, name: str) -> tuple[str, ...]:
    from pmkit.model.pages import Eighths
    from pmkit.rollup import board
    from pmkit.rollup.strips import Strips, total_pages

    days = board.all_days(production)
    resolver = Strips(production)
    pages = Eighths(sum(total_pages(resolver.of(day.slot)) for day in days))
    counts = ", ".join(f"{unit} {len(board.days(production, unit))}" for unit in board.units(production))
    first, last = (dates.said(days[0].date), dates.said(days[-1].date)) if days else ("", "")
    return name, counts, first, last, str(pages), str(len(production.board.boneyard))


def hang(folder: Folder, name: str, keep: str, dry_run: bool) -> None:
    """Makes a board the current one; days that are pinned must be on it as they are."""
    from pmkit.files import change
    from pmkit.files.hanging import hung
    from pmkit.files.pinned import pinned
    from pmkit.rollup import board, moves

    sound(folder)
    before, after = folder.production, named(folder.production, name)
    missing = []
    for (day, unit), why in sorted(pinned(folder).items()):
        old, new = board.day_on(before, day, unit), board.day_on(after, day, unit)
        if old is not None and (new is None or new.number != old.number or new.slot != old.slot):
            missing.append(f"{unit} {dates.said(day)} ({why})")
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        hint = f"write the pinned days into boards/{name}.yaml as they stand in schedule.yaml"
        raise Stop(f"{name} does not have the pinned day {missing[0]}{more} as it is; nothing was changed", hint)
    changes = hung(folder, name, keep)
    if not dry_run:
        change.write(folder.root, changes)
    told = f"{name} is the current board, schedule.yaml; the one before is kept as boards/{keep}.yaml"
    options.show([told, *shown(moves.effect(before, after))])
    files = ", ".join(one.file for one in changes)
    options.say(("Nothing is written: --dry-run. It would change " if dry_run else "Changed ") + files)
