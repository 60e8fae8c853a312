"""What became of every scene: shot, part of it, owed or left, from the daily files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pmkit.model import scene_number
from pmkit.model.daily import SceneResult
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.problems import Place
from pmkit.rollup import board
from pmkit.rollup.board import NumberedDay
from pmkit.rollup.strips import Strips


@dataclass(frozen=True, slots=True)
class SceneProgress:
    """A scene's state: `shot`, `part` (some pages done), `owed`, `left`, `dropped` or `omitted`.

    `pages` are the scene's, `done` those of them that are in the can. `worked` are the days on
    which anything of it was shot, `ahead` the days on the board still to come. `of` are the
    entries of the daily files.
    """

    scene: str
    state: str
    pages: Eighths
    done: Eighths
    worked: tuple[NumberedDay, ...]
    ahead: tuple[NumberedDay, ...]
    of: tuple[Place, ...] = ()

    @property
    def left(self) -> Eighths:
        """Pages still to do; a dropped or omitted scene has none."""
        return Eighths(0 if self.state in ("dropped", "omitted") else self.pages - self.done)


def progress(production: Production) -> tuple[SceneProgress, ...]:
    """Every scene in script order, after the daily files.

    `shot` and `added` say that the whole scene is done; `part 3/8` adds these pages, and without a
    number those that the board gave to that day; `owed` and `dropped` hold until a later day says
    otherwise. A day is ahead while its unit has no daily file for it.
    """
    numbered = {(day.date, day.unit): day for day in board.all_days(production)}
    results: dict[str, list[tuple[NumberedDay | None, SceneResult, Place]]] = {}
    for key in sorted(production.dailies):
        daily = production.dailies[key]
        for scene, result in daily.scenes.items():
            entry = (numbered.get(key), result, daily.place("scenes", scene))
            results.setdefault(scene_number.same(scene), []).append(entry)
    planned = _planned(production)
    return tuple(
        _scene(production, key, results.get(scene_number.same(key), []), planned.get(scene_number.same(key), {}))
        for key in sorted(production.scenes, key=scene_number.sort_key)
    )


def shot_days(production: Production) -> dict[str, tuple[int, int]]:
    """The days of each unit that have a daily file, and all its days."""
    found = {}
    for unit in board.units(production):
        days = board.days(production, unit)
        found[unit] = (sum((day.date, unit) in production.dailies for day in days), len(days))
    return found


def _planned(production: Production) -> dict[str, dict[tuple[date, str], tuple[NumberedDay, Eighths]]]:
    """The days of each scene on the board, with the pages it has there."""
    strips = Strips(production)
    found: dict[str, dict[tuple[date, str], tuple[NumberedDay, Eighths]]] = {}
    for day in board.all_days(production):
        for strip in strips.of(day.slot):
            if strip.kind == "scene":
                days = found.setdefault(scene_number.same(strip.strip.scene), {})
                before = days[day.date, day.unit][1] if (day.date, day.unit) in days else 0
                days[day.date, day.unit] = (day, Eighths(before + strip.pages))
    return found


def _scene(
    production: Production,
    key: str,
    results: list[tuple[NumberedDay | None, SceneResult, Place]],
    planned: dict[tuple[date, str], tuple[NumberedDay, Eighths]],
) -> SceneProgress:
    scene = production.scenes[key]
    state, done = "omitted" if scene.omitted else "left", 0
    worked: list[NumberedDay] = []
    for day, result, _ in results:
        if result.result in ("shot", "added"):
            state, done = "shot", int(scene.pages)
        elif result.result == "part" and state != "shot":
            there = planned.get((day.date, day.unit)) if day is not None else None
            done += result.pages if result.pages is not None else there[1] if there else 0
            state = "part"
        elif result.result in ("owed", "dropped") and state != "shot":
            state = "part" if done and result.result == "owed" else result.result
        if day is not None and result.result in ("shot", "added", "part"):
            worked.append(day)
    ahead = tuple(day for at, (day, _) in planned.items() if at not in production.dailies)
    places = tuple(place for _, _, place in results)
    return SceneProgress(
        key,
        state,
        scene.pages,
        Eighths(min(done, scene.pages)),
        tuple(worked),
        ahead if state != "shot" else (),
        places,
    )
