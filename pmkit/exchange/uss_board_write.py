"""The boards of a production as the standard's stripboards and calendars.

The standard has every sheet once on every stripboard, so the banners of one board lie in the
boneyards of the others. Days are arrays in the order of the calendar; a unit that does not work
on another's day has an empty one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from pmkit.exchange import uss
from pmkit.exchange.uss_calendar import Left, main_unit, shooting_dates
from pmkit.model import scene_number
from pmkit.model.breakdown import Scene
from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.model.schedule import Board, ShootingDay, Strip
from pmkit.rollup.strips import Strips


@dataclass(frozen=True, slots=True)
class Atom:
    """What becomes one breakdown sheet: a scene, a part of one, a banner, or work without a scene."""

    id: str
    kind: str
    number: str = ""
    words: str = ""
    scene: Scene | None = None
    pages: Eighths = uss.NO_PAGES
    length: Length | None = None
    location: str = ""
    comments: str = ""


class Atoms:
    """The sheets of a production, and which of them a strip of a board is."""

    def __init__(self, production: Production, boards: list[Board], left: Left) -> None:
        self.production, self.left = production, left
        self._scenes: dict[str, list[Atom]] = {}
        self._parts: dict[str, list[tuple[int, int]]] = {}
        self._banners: dict[tuple[Any, ...], list[Atom]] = {}
        splits = [self._splits(board) for board in boards]
        for key, scene in production.scenes.items():
            same = scene_number.same(key)
            split = next((found[same] for found in splits if same in found), None)
            self._scenes[same] = self._of_scene(key, scene, split)
        for board in boards:
            for strip in _strips(board):
                if strip.scene and self._key(strip) not in self._scenes:
                    self._scenes[self._key(strip)] = self._of_scene(strip.scene, None, None)
                    self.left.setdefault(
                        f"scene {strip.scene} is on the board and not in the breakdown: its number only"
                    )
        for board in boards:
            self.of_board(board)

    @property
    def all(self) -> list[Atom]:
        """Every sheet: the scenes as the breakdown has them, then the banners."""
        scenes = [atom for atoms in self._scenes.values() for atom in atoms]
        return [*scenes, *(atom for atoms in self._banners.values() for atom in atoms)]

    def _key(self, strip: Strip) -> str:
        return scene_number.same(strip.scene)

    def _splits(self, board: Board) -> dict[str, list[tuple[int, Eighths, Length | None]]]:
        """The parts of every scene that a board splits: which, its pages, its time."""
        strips = Strips(self.production, board)
        found: dict[str, dict[int, tuple[int, Eighths, Length | None]]] = {}
        count: dict[str, int] = {}
        for strip in _strips(board):
            scene = self.production.scene(strip.scene)
            if strip.part and scene is not None:
                key = self._key(strip)
                pages = strips.pages(strip, scene)
                found.setdefault(key, {}).setdefault(strip.part[0], (strip.part[0], pages, strip.estimate))
                count[key] = max(count.get(key, 0), *strip.part)
        for key, parts in found.items():
            scene = self.production.scene(key)
            rest = (scene.pages if scene else 0) - sum(pages for _, pages, _ in parts.values())
            for which in range(1, count[key] + 1):
                if which not in parts:
                    parts[which] = (which, Eighths(max(0, rest)), None)
                    rest = 0
                    told = f"part {which} of scene {key} is on no day: it lies in the boneyard"
                    self.left.setdefault(told)
        return {key: [parts[which] for which in sorted(parts)] for key, parts in found.items() if count[key] > 1}

    def _of_scene(
        self, key: str, scene: Scene | None, split: list[tuple[int, Eighths, Length | None]] | None
    ) -> list[Atom]:
        pages = scene.pages if scene is not None else Eighths(0)
        estimate = scene.estimate if scene is not None else None
        made = uss.one_id("scene", scene_number.same(key))
        if split is None:
            return [Atom(made, "scene", key, scene=scene, pages=pages, length=estimate)]
        if scene is not None and sum(count for _, count, _ in split) != pages:
            self.left.setdefault(f"the parts of scene {key} do not come to its pages: the parts count")
        if any(length for _, _, length in split):
            self.left.setdefault("the times of a split scene's parts: together they are the scene's")
        lengths = _shared(estimate, [count for _, count, _ in split])
        self._parts[scene_number.same(key)] = [(which, int(count)) for which, count, _ in split]
        return [
            Atom(
                uss.one_id("scene", scene_number.same(key), which),
                "scene",
                f"{key}PT{which}",
                scene=scene,
                pages=count,
                length=length or share,
            )
            for (which, count, length), share in zip(split, lengths, strict=True)
        ]

    def of_board(self, board: Board) -> tuple[dict[tuple[str, dt.date], list[str]], list[str]]:
        """The ids of each day's sheets and of the boneyard's, each sheet once."""
        used: set[str] = set()
        times: dict[tuple[Any, ...], int] = {}
        strips = Strips(self.production, board)
        days = {}
        for unit, day in board.days():
            if day.shoots:
                head = self._head(day, times)
                days[unit, day.date] = [*head, *self._ids(day.strips, strips, used, times)]
        boneyard = self._ids(board.boneyard, strips, used, times)
        placed = used | {one for ids in (*days.values(), boneyard) for one in ids}
        if not days and not boneyard:
            return days, boneyard
        forgotten = [atom for atoms in self._scenes.values() for atom in atoms if atom.id not in placed]
        if any(atom.scene is not None and not atom.scene.omitted for atom in forgotten):
            self.left.setdefault("scenes that a board leaves out altogether: they lie in its boneyard")
        banners = [atom for atoms in self._banners.values() for atom in atoms if atom.id not in placed]
        return days, [*boneyard, *(atom.id for atom in (*forgotten, *banners))]

    def _head(self, day: ShootingDay, times: dict[tuple[Any, ...], int]) -> list[str]:
        """The banner at the head of a day that holds its call, place and note."""
        if day.call is None and not day.location and not day.note and day.strips:
            return []
        words = f"Crew call {day.call}" if day.call is not None else uss.SHOOTING_DAY
        return [self._banner("banner", words, None, day.location, uss.clean(day.note), times)]

    def _ids(
        self, strips: tuple[Strip, ...], resolve: Strips, used: set[str], times: dict[tuple[Any, ...], int]
    ) -> list[str]:
        found = []
        for strip in strips:
            if not strip.scene:
                kind = "scene" if strip.text else "banner"
                words = uss.clean(uss.banner(strip))
                if words:
                    found.append(self._banner(kind, words, strip.length, strip.location, "", times))
                continue
            atoms = self._scenes[self._key(strip)]
            if strip.location or (strip.pages is not None and not strip.part):
                self.left.setdefault("a strip's own pages or place, where the scene has others")
            if strip.estimate is not None and len(atoms) == 1 and atoms[0].length != strip.estimate:
                self.left.setdefault("a strip's own time, where the scene has another")
            wanted = atoms
            if strip.part and len(atoms) > 1:
                pages = int(resolve.pages(strip, self.production.scene(strip.scene)))
                if (strip.part[0], pages) in self._parts[self._key(strip)]:
                    wanted = [atoms[strip.part[0] - 1]]
                else:
                    told = f"scene {strip.scene} is split in two ways; the standard has it split one way on every board"
                    self.left.setdefault(told)
            elif strip.part:
                self.left.setdefault(f"that scene {strip.scene} is a part: it has no other")
            ids = [atom.id for atom in wanted if atom.id not in used]
            if len(ids) < len(wanted) and not strip.part:
                self.left.setdefault(f"that scene {strip.scene} stands on a board twice")
            used.update(ids)
            found += ids
        return found

    def _banner(
        self,
        kind: str,
        words: str,
        length: Length | None,
        location: str,
        comments: str,
        times: dict[tuple[Any, ...], int],
    ) -> str:
        """A banner; the nth of the same words is the same sheet on every board."""
        key = (kind, words, int(length or 0), location, comments)
        nth = times[key] = times.get(key, 0) + 1
        atoms = self._banners.setdefault(key, [])
        if nth > len(atoms):
            made = uss.one_id("banner", *key, nth)
            atoms.append(Atom(made, kind, words=words, length=length, location=location, comments=comments))
        return atoms[nth - 1].id


def _strips(board: Board) -> list[Strip]:
    return [*(strip for _, day in board.days() for strip in day.strips), *board.boneyard]


def _shared(estimate: Length | None, pages: list[Eighths]) -> list[Length | None]:
    """A scene's shooting time shared among its parts by their pages, to the minute."""
    if not estimate:
        return [None] * len(pages)
    whole = sum(pages) or len(pages)
    shares = [int(estimate) * (int(count) if sum(pages) else 1) // whole for count in pages]
    shares[-1] += int(estimate) - sum(shares)
    return [Length(share) for share in shares]


def stripboard(name: str, board: Board, atoms: Atoms, left: Left) -> dict[str, Any]:
    """A board as a stripboard: a board a unit, its days as arrays, and the boneyard."""
    days, boneyard = atoms.of_board(board)
    slots, main = shooting_dates(board), main_unit(board)
    if main != "main" and board.units:
        left.setdefault(f"that the first unit of {name} is called {main}: it is the stripboard")
    boards = []
    for unit in [main, *(unit for unit in board.units if unit != main)]:
        ids = [days.get((unit, date), []) for date in slots]
        while ids and not ids[-1]:
            ids.pop()
        called = "stripboard" if unit == main else f"{unit} unit"
        boards.append({"id": uss.one_id("board", name, unit), "name": called, "breakdownIds": ids})
    boards.append({"id": uss.one_id("board", name, "boneyard", ""), "name": "boneyard", "breakdownIds": boneyard})
    found = {"id": uss.one_id("stripboard", name), "boards": boards}
    return {**found, "calendar": uss.one_id("calendar", name), "name": name}
