"""A day's plan against itself and against the board."""

from __future__ import annotations

from collections.abc import Iterator

from pmkit.model.production import Production
from pmkit.problems import Problem

_SCHEDULE = frozenset({"strip", "shootingday", "schedule", "scene", "breakdown", "castmember", "cast"})


def call_order(production: Production) -> Iterator[Problem]:
    """A plan shoots, or wraps, before its own crew call: a time after midnight lacks its +1, or is mistyped."""
    for (date, unit), plan in production.plans.items():
        day = production.board.units.get(unit, {}).get(date)
        call = plan.call if plan.call is not None else day.call if day is not None else None
        if call is None:
            continue
        for key, word in (("shooting_call", "shooting call"), ("lunch", "lunch"), ("wrap", "wrap")):
            time = getattr(plan, key)
            if time is not None and time < call:
                message = f"the {word} {time} is before the crew call {call}"
                hint = f"after midnight it reads {time} +1" if time < 12 * 60 else "is one of the two mistyped?"
                yield Problem("call-order", plan.place(key), message, hint, "warning")


def called_without_scene(production: Production) -> Iterator[Problem]:
    """A plan gives times to a cast member who has no scene that day and no status that says why."""
    if _SCHEDULE & production.left_out:
        return
    for (date, unit), plan in production.plans.items():
        day = production.board.units.get(unit, {}).get(date)
        if day is None or not day.shoots or not plan.cast:
            continue
        scenes = [production.scene(strip.scene) for strip in day.scenes()]
        wanted = {number for scene in scenes if scene is not None for number in scene.cast}
        for number, call in plan.cast.items():
            timed = any(getattr(call, key) is not None for key in ("pickup", "makeup", "wardrobe", "set"))
            if timed and not call.status and number not in wanted and number in production.cast:
                character = production.cast[number].character
                message = f"{number} {character} has times, and no scene on {date}"
                hint = "give status: R or FT, say why they come; or take the times out"
                yield Problem("called-without-scene", plan.place("cast", number), message, hint, "warning")


CHECKS = (call_order, called_without_scene)
