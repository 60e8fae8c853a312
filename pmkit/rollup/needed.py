"""What the schedule needs on which days: cast, background and every element of the breakdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from pmkit.model import scene_number
from pmkit.model.breakdown import Scene
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.problems import Fault, Place
from pmkit.rollup import board
from pmkit.rollup.board import NumberedDay

CAST, BACKGROUND = "cast", "background"


@dataclass(slots=True)
class Need:
    """One thing or person: the scenes it is in, in script order, and the days of those on the board.

    `key` is the cast number, or the words in small letters: the same words are the same thing.
    `work` has the strip that first says so for each date, over all units.
    """

    key: str
    name: str
    scenes: list[str] = field(default_factory=list)
    days: list[NumberedDay] = field(default_factory=list)
    work: dict[date, Place] = field(default_factory=dict)


def categories(production: Production) -> dict[str, str]:
    """Every category that can be asked for by its key, with its printed name; cast and background first."""
    return {CAST: "Cast", BACKGROUND: "Background", **production.settings.category_names()}


def find_category(production: Production, word: str) -> str | Fault:
    """The category that a word means: its key or its printed name, however typed."""
    known = categories(production)
    typed = " ".join(word.casefold().replace("_", " ").replace("-", " ").split())
    for key, name in known.items():
        if typed in (key.replace("_", " "), name.casefold()):
            return key
    hint = meant(word.strip().lower().replace(" ", "_"), known, f"categories: {', '.join(known)}")
    return Fault(f"there is no category {word[:40]}", hint, "unknown-category")


def needs(production: Production, category: str, unit: str = "") -> dict[str, Need]:
    """Everything of a category by key: cast in the order of cast.yaml, the rest in that of the script.

    With a `unit` only its days count. What is on no day has no days.
    """
    found: dict[str, Need] = {}
    if category == CAST:
        found = {number: Need(number, member.character) for number, member in production.cast.items()}
    of_scene: dict[str, list[Need]] = {}
    for key in sorted(production.scenes, key=scene_number.sort_key):
        scene = production.scenes[key]
        if scene.omitted:
            continue
        held = of_scene.setdefault(scene_number.same(key), [])
        for which, name in _of(scene, category):
            need = found.setdefault(which, Need(which, name))
            if not any(need is other for other in held):
                need.scenes.append(key)
                held.append(need)
    for day in board.all_days(production):
        if unit in ("", day.unit):
            for strip in day.slot.scenes():
                for need in of_scene.get(scene_number.same(strip.scene), ()):
                    if not need.days or need.days[-1] is not day:
                        need.days.append(day)
                    need.work.setdefault(day.date, strip.place())
    return found


def _of(scene: Scene, category: str) -> Iterator[tuple[str, str]]:
    if category == CAST:
        yield from ((number, number) for number in scene.cast)
        return
    items = scene.background if category == BACKGROUND else scene.elements.get(category, ())
    yield from ((" ".join(item.casefold().split()), item.strip()) for item in items)
