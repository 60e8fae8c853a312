"""A schedule that came from another program, and how it differs from the production's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from pmkit.model import scene_number
from pmkit.model.breakdown import Scene
from pmkit.model.cast import CastMember
from pmkit.model.dates import DateRange
from pmkit.model.production import Draft, Production
from pmkit.model.record import Record
from pmkit.model.schedule import Board, Strip


@dataclass(frozen=True)
class Incoming:
    """A breakdown and its boards as another program has them, in this folder's own records.

    `scenes` stand by their key (`101-12A` in a series), `locations` are names by id, `sets` say
    where a set is. `board` is the current one, None when the file has none with dates. `notes`
    are sentences about what was read otherwise than it was written.
    """

    title: str = ""
    company: str = ""
    script: Draft | None = None
    schedule: Draft | None = None
    scenes: dict[str, Scene] = field(default_factory=dict)
    cast: dict[str, CastMember] = field(default_factory=dict)
    locations: dict[str, str] = field(default_factory=dict)
    sets: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    days_off: tuple[int, ...] | None = None
    holidays: tuple[DateRange, ...] = ()
    calendar: dict[DateRange, tuple[str, ...]] = field(default_factory=dict)
    board: Board | None = None
    boards: dict[str, Board] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def every_board(self) -> Iterator[tuple[str, Board]]:
        """The boards with their names; the current one has none."""
        if self.board is not None:
            yield "", self.board
        yield from self.boards.items()


def numbered_as(production: Production, incoming: Incoming) -> Incoming:
    """The same schedule with its cast under the numbers the production gives them.

    A character who is in cast.yaml keeps the number there. A newcomer whose number belongs to
    somebody else gets the next free one; both are said in the notes.
    """
    known = {_folded(member.character): number for number, member in production.cast.items()}
    if not known:
        return incoming
    renumbered: dict[str, str] = {}
    taken = set(production.cast) | set(incoming.cast)
    notes = []
    for number, member in incoming.cast.items():
        here = known.get(_folded(member.character))
        if here is None and number in production.cast:
            here = free_number(taken)
            taken.add(here)
            other = production.cast[number].character
            notes.append(f"cast number {number} is {other} in cast.yaml: {member.character} becomes {here}")
        elif here is not None and here != number:
            notes.append(f"{member.character} is {number} in the file and {here} in cast.yaml: {here} is kept")
        if here is not None and here != number:
            renumbered[number] = here
    if not renumbered:
        return incoming
    scenes = {
        key: scene.but(cast=tuple(renumbered.get(one, one) for one in scene.cast))
        for key, scene in incoming.scenes.items()
    }
    cast = {renumbered.get(n, n): member.but(number=renumbered.get(n, n)) for n, member in incoming.cast.items()}
    return replace(incoming, scenes=scenes, cast=cast, notes=(*incoming.notes, *notes))


def free_number(taken: Iterable[str]) -> str:
    """The cast number after the highest there is."""
    figures = [int(number) for number in taken if number.isdigit()]
    return str(max(figures, default=0) + 1)


def differences(production: Production, incoming: Incoming) -> list[str]:
    """A line for everything the two say differently, the production's own first.

    What the file does not say (an empty field) is no difference: programs leave out what they
    do not know.
    """
    lines = list(_scenes(production, incoming.scenes))
    for number, member in incoming.cast.items():
        mine = production.cast.get(number)
        if mine is None:
            lines.append(f"+ cast {number}: {member.character}")
        else:
            lines += [f"~ cast {number}: {told}" for told in _fields(mine, member)]
    for name, board in incoming.every_board():
        here = production.boards.get(name) if name else production.board
        lines += _board(f"board {name}" if name else "schedule", here or Board(), board)
    return lines


def _scenes(production: Production, scenes: Mapping[str, Scene]) -> Iterator[str]:
    theirs = {scene_number.same(key): key for key in scenes}
    for key in sorted({*production.scene_keys, *theirs}, key=scene_number.sort_key):
        mine, other = production.scene(key), scenes.get(theirs.get(key, ""))
        if mine is None:
            yield f"+ scene {theirs[key]}: in the file only{_of(other)}"
        elif other is None:
            yield f"- scene {production.scene_keys[key]}: not in the file, stays{_of(mine)}"
        else:
            for told in _fields(mine, other):
                yield f"~ scene {production.scene_keys[key]}: {told}"


def _of(scene: Scene | None) -> str:
    return f" ({scene.heading})" if scene is not None and scene.heading else ""


def _fields(mine: Record, theirs: Record) -> Iterator[str]:
    """The fields in which two records differ, as far as the second says anything."""
    for declared in mine.fields.values():
        if declared.from_key or declared.name in ("number", "episode", "estimated"):
            continue
        old, new = getattr(mine, declared.name), getattr(theirs, declared.name)
        if declared.key == mine.rest:
            for category, names in new.items():
                if sorted(names) != sorted(old.get(category, ())):
                    yield f"{category}: {_said(old.get(category, ()))} -> {_said(names)}"
        elif new and new != declared.default and not _alike(old, new):
            yield f"{declared.key}: {_said(old)} -> {_said(new)}"


def _alike(old: object, new: object) -> bool:
    if isinstance(old, tuple) and isinstance(new, tuple) and type(old) is tuple:
        return sorted(map(str, old)) == sorted(map(str, new))
    if isinstance(old, str) and isinstance(new, str):
        return _folded(old) == _folded(new)
    return old == new


def _said(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key} {_said(one)}" for key, one in value.items()) or "–"
    if type(value) is tuple:
        return ", ".join(str(one) for one in value) or "–"
    return str(value) if value not in (None, "") else "–"


def _board(name: str, mine: Board, theirs: Board) -> Iterator[str]:
    places = {key: _places(board) for key, board in (("mine", mine), ("theirs", theirs))}
    for scene in sorted({*places["mine"], *places["theirs"]}, key=scene_number.sort_key):
        old, new = places["mine"].get(scene, []), places["theirs"].get(scene, [])
        if old != new:
            yield f"~ {name}: {scene}: {', '.join(old) or 'nowhere'} -> {', '.join(new) or 'nowhere'}"


def _places(board: Board) -> dict[str, list[str]]:
    """Where each scene stands: its unit and dates, or the boneyard."""
    found: dict[str, list[str]] = {}
    for unit, day in board.days():
        for strip in day.scenes():
            found.setdefault(scene_number.same(strip.scene), []).append(_when(unit, day.date, strip))
    for strip in board.boneyard:
        if strip.scene:
            found.setdefault(scene_number.same(strip.scene), []).append("boneyard")
    return found


def _when(unit: str, day: dt.date, strip: Strip) -> str:
    part = f" part {strip.part[0]}" if strip.part else ""
    return f"{unit} {day}{part}"


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
