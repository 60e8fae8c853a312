"""The breakdown sheet of a scene: what it is, who is in it, everything it needs, and when it is shot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pmkit.model import scene_number
from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.model.record import meant
from pmkit.model.schedule import Strip
from pmkit.problems import Fault
from pmkit.reports.basis import Basis, Words, based_on, basis, dated, settled
from pmkit.reports.scheduled import Artist, Elements, artists, elements
from pmkit.reports.table import Cell, Column, Row, Table
from pmkit.rollup import board as boards
from pmkit.rollup.strips import Strips

SEES = frozenset({"public", "set"})
"""The privacy classes a breakdown sheet may show."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A day on which a scene, or a part of it, is to be shot; `unit` is empty where there is one."""

    unit: str
    number: int
    of: int
    date: date
    part: str
    pages: Eighths


@dataclass(frozen=True, slots=True)
class Sheet:
    """A scene's breakdown sheet. `estimated` pages were reckoned, not taken from the script.

    `notes` are what the category of that name holds; the other categories stand in `elements`.
    """

    number: str
    episode: str
    heading: str
    side: str
    set: str
    time: str
    light: str
    pages: Eighths
    estimated: bool
    page: str
    script_day: str
    synopsis: str
    location: str
    minutes: Length
    cast: tuple[Artist, ...]
    background: tuple[str, ...]
    elements: tuple[Elements, ...]
    notes: tuple[str, ...]
    scheduled: tuple[Slot, ...]
    boneyard: bool
    omitted: bool


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The breakdown sheets asked for, in the order of the script."""

    heading: str
    basis: Basis
    sheets: tuple[Sheet, ...]


def breakdown(production: Production, scene: str = "", *, board: str = "", episode: str = "") -> Breakdown | Fault:
    """The sheet of one scene, or of all in script order; a fault when there is no such scene."""
    found = settled(production, board, "", episode)
    if isinstance(found, Fault):
        return found
    keys: list[str] = sorted(found.scenes, key=scene_number.sort_key)
    if scene:
        key = found.scene_keys.get(scene_number.same(scene))
        if key is None:
            hint = meant(scene_number.same(scene), keys, "breakdown.yaml has the scenes by number")
            return Fault(f"there is no scene {scene[:40]}", hint, "unknown-scene")
        keys = [key]
    slots, strips = _slots(found), Strips(found)
    thrown = {scene_number.same(strip.scene) for strip in found.board.boneyard if strip.scene}
    sheets = tuple(
        _sheet(found, strips, key, slots.get(scene_number.same(key), ()), scene_number.same(key) in thrown)
        for key in keys
        if episode in ("", found.scenes[key].episode)
    )
    return Breakdown("Breakdown sheets" if not scene else "Breakdown sheet", basis(found, board, "", episode), sheets)


def data(report: Breakdown) -> Table:
    """The breakdown as a table: a row a scene, a column for each category that any scene uses."""
    used = {group.category: group.name for sheet in report.sheets for group in sheet.elements}
    keys = sorted(used)
    columns = (*_COLUMNS, *(Column(key, used[key]) for key in keys), Column("notes", "Notes"))
    rows = tuple(Row((*_cells(sheet), *_needs(sheet, keys), "; ".join(sheet.notes))) for sheet in report.sheets)
    return Table(report.basis.title, report.heading, columns, rows, landscape=True)


def table(report: Breakdown, words: Words) -> Table:
    """The same, saying what it was made from."""
    found = data(report)
    return Table(
        found.title,
        found.document,
        found.columns,
        found.rows,
        subtitle=based_on(report.basis, words),
        period=dated(report.basis, words),
        landscape=True,
    )


_COLUMNS = (
    Column("scene", "Scene", strong=True),
    Column("episode", "Episode"),
    Column("ie", "I/E"),
    Column("set", "Set"),
    Column("time", "Time"),
    Column("light", "D/N"),
    Column("pages", "Pages", "pages"),
    Column("estimated", "Estimated"),
    Column("page", "Page"),
    Column("script_day", "Script day"),
    Column("synopsis", "Synopsis"),
    Column("location", "Location"),
    Column("minutes", "Est.", "length"),
    Column("cast", "Cast"),
    Column("background", "Background"),
    Column("days", "Days"),
    Column("omitted", "Omitted"),
)


def _cells(sheet: Sheet) -> tuple[Cell, ...]:
    return (
        sheet.number,
        sheet.episode,
        sheet.side,
        sheet.set,
        sheet.time,
        sheet.light,
        sheet.pages,
        "estimated" if sheet.estimated else "",
        sheet.page,
        sheet.script_day,
        sheet.synopsis,
        sheet.location,
        sheet.minutes,
        ", ".join(f"{artist.number} {artist.character}".strip() for artist in sheet.cast),
        "; ".join(sheet.background),
        ", ".join(slot.date.isoformat() for slot in sheet.scheduled),
        "omitted" if sheet.omitted else "",
    )


def _needs(sheet: Sheet, keys: list[str]) -> Iterator[str]:
    held = {group.category: group.items for group in sheet.elements}
    return ("; ".join(held.get(key, ())) for key in keys)


def _slots(production: Production) -> dict[str, tuple[Slot, ...]]:
    """The days of every scene, by the form in which its number is compared."""
    strips = Strips(production)
    found: dict[str, tuple[Slot, ...]] = {}
    for day in boards.all_days(production):
        for strip in strips.of(day.slot):
            if strip.kind == "scene":
                part = strip.strip.part
                words = f"{part[0]} of {part[1]}" if part and part[1] else str(part[0]) if part else ""
                unit = boards.unit_title(production, day.unit)
                key = scene_number.same(strip.strip.scene)
                slot = Slot(unit, day.number, day.of, day.date, words, strip.pages)
                found[key] = (*found.get(key, ()), slot)
    return found


def _sheet(production: Production, strips: Strips, key: str, slots: tuple[Slot, ...], thrown: bool) -> Sheet:
    scene = production.scenes[key]
    side, name, time, _ = scene.parts
    place = strips.location_of(scene)
    where = production.locations.get(place)
    groups = elements(scene, production.settings.category_names())
    return Sheet(
        number=key,
        episode=scene.episode,
        heading=scene.heading,
        side=side,
        set=name,
        time=time,
        light=strips.lights.get(key, ""),
        pages=scene.pages,
        estimated=scene.estimated,
        page=scene.page,
        script_day=scene.script_day,
        synopsis=scene.synopsis,
        location=where.name if where is not None else place,
        minutes=strips.minutes(Strip(scene=key), scene, scene.pages).value,
        cast=artists(production, scene),
        background=scene.background,
        elements=tuple(group for group in groups if group.category not in ("background", "notes")),
        notes=next((group.items for group in groups if group.category == "notes"), ()),
        scheduled=slots,
        boneyard=thrown,
        omitted=scene.omitted,
    )
