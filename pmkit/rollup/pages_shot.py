"""Pages in the can, by day: what the daily files say was shot, against what the board had planned.

`shot` and `added` do what was left of the scene; `part 3/8` these pages, and without a number those
that the board gave to the day. No scene gives more pages than it has.
"""

from __future__ import annotations

from datetime import date

from pmkit.model import scene_number
from pmkit.model.frozen import frozen
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.rollup import board
from pmkit.rollup.strips import Strips, total_pages


@frozen
class PagesShot:
    """A stretch of days: shooting days with a daily file and on the board, pages shot and planned, of all units."""

    days: int
    days_planned: int
    shot: Eighths
    planned: Eighths


class PageCount:
    """The pages of every day of a production; it counts any stretch of them."""

    def __init__(self, production: Production) -> None:
        strips = Strips(production)
        self.planned: dict[tuple[date, str], int] = {}
        by_scene: dict[tuple[date, str, str], int] = {}
        for day in board.all_days(production):
            found = strips.of(day.slot)
            self.planned[day.date, day.unit] = total_pages(found)
            for strip in found:
                if strip.kind == "scene":
                    key = (day.date, day.unit, scene_number.same(strip.strip.scene))
                    by_scene[key] = by_scene.get(key, 0) + strip.pages
        self.shot: dict[tuple[date, str], int] = {}
        done: dict[str, int] = {}
        for at in sorted(production.dailies):
            for typed, result in production.dailies[at].scenes.items():
                scene, number = production.scene(typed), scene_number.same(typed)
                if scene is None or result.result not in ("shot", "added", "part"):
                    continue
                left = max(0, scene.pages - done.get(number, 0))
                if result.result == "part":
                    given = result.pages if result.pages is not None else by_scene.get((*at, number), 0)
                    left = min(left, given)
                done[number] = done.get(number, 0) + left
                self.shot[at] = self.shot.get(at, 0) + left
        self.dailies = frozenset(production.dailies)

    def between(self, first: date | None, last: date | None) -> PagesShot:
        """What was shot and planned from one day to another, both included; None is without end."""

        def inside(day: date) -> bool:
            return (first is None or day >= first) and (last is None or day <= last)

        return PagesShot(
            days=sum(1 for at in self.dailies if inside(at[0])),
            days_planned=sum(1 for at in self.planned if inside(at[0])),
            shot=Eighths(sum(pages for at, pages in self.shot.items() if inside(at[0]))),
            planned=Eighths(sum(pages for at, pages in self.planned.items() if inside(at[0]))),
        )
