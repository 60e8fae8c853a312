"""The board, the days and the calendar: every scene once, pages that add up, numbers that count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TypeVar

from pmkit.model.clock import repeated, skipped
from pmkit.model.kinds import same_scene
from pmkit.model.production import Production
from pmkit.model.record import Record, did_you_mean
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.problems import Place, Problem

R = TypeVar("R", bound=Record)
_BOARD = frozenset({"strip", "shootingday", "schedule", "boards", "scene", "breakdown"})
# As many scenes as this, not on the board, are a board just begun: said once.
MANY = 10


def _strips(board: Board) -> Iterator[Strip]:
    for _, day in board.days():
        yield from day.scenes()
    for strip in board.boneyard:
        if strip.scene:
            yield strip


def _key(strip: Strip) -> str:
    return same_scene(strip.scene)


def scenes_once(production: Production) -> Iterator[Problem]:
    """A scene stands on a board twice, or nowhere: each is once on the board or in its boneyard.

    A split scene's parts stand once each, and all of them.
    """
    if _BOARD & production.left_out:
        return
    for board in (production.board, *production.boards.values()):
        if not board.units and not board.boneyard:
            continue
        by_scene: dict[str, list[Strip]] = {}
        for strip in _strips(board):
            by_scene.setdefault(_key(strip), []).append(strip)
        for key, strips in by_scene.items():
            if production.scene(key) is not None:
                yield from _twice(strips)
        yield from _nowhere(production, board, by_scene)


def _twice(strips: list[Strip]) -> Iterator[Problem]:
    seen: dict[object, Strip] = {}
    whole = next((s for s in strips if s.part is None), None)
    for strip in strips:
        key = strip.part[0] if strip.part else None
        first = seen.setdefault(key, strip)
        if first is not strip or (whole is not None and strip.part is not None):
            what = f"part {key} of scene {strip.scene}" if strip.part else f"scene {strip.scene}"
            other = first if first is not strip else whole
            at = (other or strip).place("scene")
            message = f"{what} is on the board twice, first at {at.row}"
            hint = f"take one off, or split it: {strip.scene} part 1 of 2"
            yield Problem("scene-twice", strip.place("scene"), message, hint)
    parts = {strip.part[0] for strip in strips if strip.part}
    many = max((strip.part[1] for strip in strips if strip.part), default=0)
    for missing in sorted(set(range(1, many + 1)) - parts):
        message = f"scene {strips[0].scene} is split in {many}, and part {missing} is nowhere"
        hint = "put it on a day or in the boneyard"
        yield Problem("scene-nowhere", strips[0].place("scene"), message, hint, "warning")


def _nowhere(production: Production, board: Board, placed: dict[str, list[Strip]]) -> Iterator[Problem]:
    # A scene of which only the number is mistyped on the board is not nowhere.
    strange = [key for key in placed if production.scene(key) is None]
    mistyped = {did_you_mean(key, list(production.scenes)) for key in strange}
    mistyped |= {scene for scene in production.scenes for key in strange if scene.endswith(f"-{key}")}
    missing = []
    for key, scene in production.scenes.items():
        if scene.omitted:
            for strip in placed.get(same_scene(key), ()):
                message = f"scene {scene.number} is omitted and still on the board"
                yield Problem("omitted-on-board", strip.place("scene"), message, "take it off", "warning")
        elif same_scene(key) not in placed and key not in mistyped:
            missing.append(scene)
    file = board.place().file
    hint = "put it on a day, or in the boneyard"
    if len(missing) > MANY:
        some = ", ".join(scene.number for scene in missing[:MANY])
        message = f"{len(missing)} scenes are nowhere on the board: {some} …"
        yield Problem("scene-nowhere", Place(file), message, hint.replace("it", "them"), "warning")
        return
    for scene in missing:
        message = f"scene {scene.number} is nowhere on the board ({file})"
        yield Problem("scene-nowhere", scene.place("heading"), message, hint, "warning")


def parts_add_up(production: Production) -> Iterator[Problem]:
    """The parts of a split scene do not come to the scene's pages."""
    parts: dict[str, list[Strip]] = {}
    for strip in _strips(production.board):
        if strip.part and strip.pages is not None:
            parts.setdefault(_key(strip), []).append(strip)
    for key, strips in parts.items():
        scene = production.scene(key)
        many = strips[0].part[1] if strips[0].part else 0
        total = sum(strip.pages for strip in strips if strip.pages is not None)
        if scene is None or not many:
            continue
        every_part_says = len(strips) == many
        if total > scene.pages or (every_part_says and total != scene.pages):
            message = f"the parts of scene {scene.number} come to {type(scene.pages)(total)} pages, the scene has {scene.pages}"
            hint = "say the pages of one part less, and the rest is the other's"
            yield Problem("parts-pages", strips[-1].place("pages"), message, hint)


def day_numbers(production: Production) -> Iterator[Problem]:
    """A daily report says another day number than the board counts, or is of a day on which nobody shot.

    Only the first number that differs is said: all after it differ by the same mistake.
    """
    if _UNSURE & production.left_out:
        return
    for unit, days in _units(production):
        shooting = [date for date in sorted(days) if days[date].shoots]
        counted = {date: number for number, date in enumerate(shooting, 1)}
        differs = False
        for date, daily in _of_unit(production.dailies, unit):
            number = counted.get(date)
            if number is None and counted:
                message = (
                    f"{production.settings.units[unit]} has a report of {date}, and the board no shooting day then"
                )
                yield Problem("no-such-day", daily.key_place(), message, "put the day back on the board")
            elif number is not None and daily.day not in (None, number) and not differs:
                differs = True
                message = f"this was day {daily.day}; the board now counts {number}"
                hint = "a day that was shot keeps its number: put the days before it back as they were"
                yield Problem("day-number", daily.place("day"), message, hint)


def plan_without_day(production: Production) -> Iterator[Problem]:
    """A plan is written for a day on which the unit does not shoot, or for a unit without a board."""
    if _UNSURE & production.left_out:
        return
    for unit, days in _units(production):
        name = production.settings.units[unit]
        plans = _of_unit(production.plans, unit)
        if plans and not days:
            message = f"{name} has plans and no days on the board"
            hint = f"its days stand under {unit}: in schedule.yaml, or in schedule/{unit}.yaml"
            yield Problem("no-such-day", plans[0][1].key_place(), message, hint, "warning")
            continue
        for date, plan in plans:
            if date not in days or not days[date].shoots:
                hint = f"put the day on the board, or take the plan away: {plan.key_place().file}"
                yield Problem("no-such-day", plan.key_place(), f"{name} does not shoot on {date}", hint, "warning")


_UNSURE = frozenset({"shootingday", "schedule", "units"})


def _units(production: Production) -> Iterator[tuple[str, dict[dt.date, ShootingDay]]]:
    """The units with their days; none when a unit on the board is mistyped, and its days are somebody's."""
    board = production.board.units
    if all(unit in production.settings.units for unit in board):
        yield from ((unit, board.get(unit, {})) for unit in production.settings.units)


def _of_unit(days: dict[tuple[dt.date, str], R], unit: str) -> list[tuple[dt.date, R]]:
    return sorted(((date, record) for (date, u), record in days.items() if u == unit), key=lambda found: found[0])


def location_closed(production: Production) -> Iterator[Problem]:
    """A scene is on the board for a day on which its location is not ours."""
    for _, day in production.board.days():
        said: set[str] = set()
        for strip in day.scenes():
            scene = production.scene(_key(strip))
            if scene is None:
                continue
            key = strip.location or scene.location or production.location_of_set(scene.parts.set)
            location = production.locations.get(key)
            if location is None or not location.open or key in said or any(day.date in s for s in location.open):
                continue
            said.add(key)
            message = f"{key} is not open on {day.date}: scene {strip.scene}"
            hint = f"open: {', '.join(map(str, location.open))} ({location.place('open')._replace(column=0)})"
            yield Problem("location-closed", strip.place("scene"), message, hint, "warning")


def clock_change(production: Production) -> Iterator[Problem]:
    """A call falls into the hour that the spring change skips, or into the one that comes twice."""
    zone = production.settings.zone
    for (date, _), plan in production.plans.items():
        for name in ("call", "shooting_call", "lunch"):
            time = getattr(plan, name)
            if time is None:
                continue
            if skipped(date, time, zone):
                message = f"{time} does not exist on {date}: the clocks go forward then"
                yield Problem("clock-change", plan.place(name), message, "give a time before or after the change")
            elif repeated(date, time, zone):
                message = f"{time} comes twice on that night: the clocks go back"
                hint = "pmkit means the first of the two; say so in the notes"
                yield Problem("clock-change", plan.place(name), message, hint, "warning")


CHECKS = (scenes_once, parts_add_up, day_numbers, plan_without_day, location_closed, clock_change)
