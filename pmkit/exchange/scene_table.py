"""A table of scenes, CSV or XLSX, as scheduling programs print them, read into this folder's own records.

Columns are guessed from their headings: scene, heading or its parts, pages, synopsis, cast, a
shooting day as a number or a date, and any category of the breakdown. Several names in a cell
stand apart by semicolon, comma or line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pmkit.exchange import scene_columns, uss
from pmkit.exchange.headings import LEAVE, Headings, is_heading
from pmkit.exchange.scene_columns import apart, who
from pmkit.exchange.sheet import Row, Sheet
from pmkit.exchange.table_days import Days
from pmkit.model import clock, kinds as k, pages, scene_number
from pmkit.model.breakdown import Scene
from pmkit.model.cast import CastMember
from pmkit.model.clock import Length
from pmkit.model.pages import Eighths
from pmkit.model.production import Production
from pmkit.model.record import did_you_mean
from pmkit.model.schedule import Strip
from pmkit.problems import Fault, Place, Problem, Severity, Stop
from pmkit.rollup.incoming import Incoming, free_number

_END = re.compile(r"\bend\s+(?:of\s+)?(?:shoot(?:ing)?\s+)?day\s*#?\s*(\d{1,3})?", re.IGNORECASE)


@dataclass
class Reading:
    """A table as it was read: the schedule, its columns with what they mean, and what was wrong."""

    incoming: Incoming
    headings: Headings
    row: int
    samples: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)

    def shown(self) -> Iterator[tuple[str, str, str]]:
        """Each column: its heading, its field, its first cell."""
        for word, meant, sample in zip(self.headings.words, self.headings.fields, self.samples, strict=True):
            if word or sample:
                yield word, "" if meant == LEAVE else meant, " ".join(sample.split())

    def columns(self) -> dict[str, str]:
        """The field of every heading that has one, to be kept for the next import."""
        return {
            word: meant for word, meant in zip(self.headings.words, self.headings.fields, strict=True) if word and meant
        }


def read(
    sheets: Sequence[Sheet],
    file: str,
    production: Production,
    *,
    saved: Mapping[str, str] | None = None,
    told: Mapping[str, str] | None = None,
    sheet: str = "",
    start: dt.date | None = None,
    episode: str = "",
) -> Reading:
    """The scenes of a table. Raises `Stop` when no sheet has headings of a scene table.

    `saved` is what an earlier import settled, `told` what the person says now, by the heading's
    words. `start` is the date of day 1 where days are numbers.
    """
    known = {**dict.fromkeys(scene_columns.FIELDS, ""), **production.settings.category_names()}
    for meant in (told or {}).values():
        if meant not in (*known, LEAVE):
            close = did_you_mean(meant, [*known, LEAVE])
            hint = (
                f"did you mean {close}?"
                if close
                else "the fields are " + ", ".join([*scene_columns.FIELDS, "a category", LEAVE])
            )
            raise Stop(f"a table of scenes has no field {meant}", hint, exit_code=2)
    for one in sheets:
        if sheet and one.name.casefold() != sheet.casefold():
            continue
        found = scene_columns.find(one.rows, production, saved or {}, told or {})
        if found is not None:
            return _Table(one, found, file, production, start, episode).reading()
    if sheet and all(one.name.casefold() != sheet.casefold() for one in sheets):
        raise Stop(f"there is no sheet {sheet}", "the sheets are " + ", ".join(one.name for one in sheets))
    hint = "say which column is which: --column 'Sc=scene' --column 'Slug=heading'"
    raise Stop(f"{file} has no row of headings with a column for the scene and another known one", hint)


class _Table:
    """One sheet being read, row by row."""

    def __init__(
        self, sheet: Sheet, headings: Headings, file: str, production: Production, start: dt.date | None, episode: str
    ) -> None:
        self.sheet, self.headings, self.file, self.production = sheet, headings, file, production
        self.episode = episode
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.scenes: dict[str, Scene] = {}
        self.places: dict[str, list[str]] = {}
        self.locations: dict[str, str] = {}
        self.units: dict[str, str] = {}
        self.cast: dict[str, str] = {}
        self.days = Days(production, start, self._wrong)

    def reading(self) -> Reading:
        rows = self.sheet.rows[self.headings.at + 1 :]
        self._cast_named(rows)
        for row in rows:
            if not row.blank and not is_heading(row.cells, self.headings):
                self._row(row)
        board = self.days.board()
        sets = {s: max(dict.fromkeys(w), key=w.count) for s, w in self.places.items() if s and all(w)}
        scenes = {
            key: scene.but(location="") if sets.get(scene.parts.set) == scene.location else scene
            for key, scene in self.scenes.items()
        }
        incoming = Incoming(
            scenes=scenes,
            cast={n: CastMember(number=n, character=name) for n, name in sorted(self.cast.items(), key=_order)},
            locations=self.locations,
            sets=sets,
            units=self.units,
            board=board,
            notes=(*self.notes, *self.days.notes),
        )
        samples = tuple(
            next((row.cells[column] for row in rows if column < len(row.cells) and row.cells[column]), "")
            for column in range(len(self.headings.words))
        )
        number = self.sheet.rows[self.headings.at].number
        return Reading(incoming, self.headings, number, samples, self.problems)

    def _wrong(self, row: Row, message: str, hint: str = "", severity: Severity = "error") -> None:
        if len(self.problems) < 100:
            self.problems.append(Problem("bad-row", Place(self.file, row.number), message, hint, severity))

    def _cell(self, row: Row, name: str) -> str:
        column = self.headings.column(name)
        return row.cells[column].strip() if 0 <= column < len(row.cells) else ""

    def _row(self, row: Row) -> None:
        typed = self._cell(row, "scene")
        rest = uss.clean(" ".join(cell for cell in row.cells if cell))
        if ended := _END.search(rest):
            self.days.ended(row, int(ended[1]) if ended[1] else 0)
            return
        number = self._number(row, uss.clean(typed)) if typed and typed != rest else ""
        if not number:
            self._banner(row, rest)
            return
        scene = self._scene(row, number)
        key = f"{scene.episode}-{number}" if scene.episode else number
        same = scene_number.same(key)
        if any(scene_number.same(one) == same for one in self.scenes):
            self._wrong(row, f"scene {key} stands in the table twice; this row is left out", "", "warning")
            return
        self.scenes[key] = scene
        self.places.setdefault(scene.parts.set, []).append(scene.location)
        strip = Strip(scene=key)
        unit = scene.unit or "main"
        self.days.place(row, strip, unit, self._cell(row, "day"), omitted=scene.omitted)

    def _banner(self, row: Row, words: str) -> None:
        """A row without a scene: a banner where it stands among the strips, else passed over."""
        day = self._cell(row, "day")
        if day and len(words) > len(day):
            strip = Strip(**uss.from_banner(uss.clean(words.replace(day, "", 1))[:200], None))
            self.days.place(row, strip, "main", day)
        else:
            self.notes.append(f"row {row.number} is no scene and is passed over: {words[:60]}")

    def _number(self, row: Row, typed: str) -> str:
        read = k.scene.parse(typed)
        if not isinstance(read, Fault):
            return typed
        pieces = [re.sub(r"[^A-Za-z0-9.\-_]+", "", one).lstrip(".-_") for one in re.split(r"[,&+;/]| and ", typed)]
        number = "/".join(piece for piece in pieces if piece)
        if not any(c.isdigit() for c in number) or len(number) > 24:
            return ""
        self.notes.append(f"row {row.number}: scene {typed} is called {number} here")
        return number

    def _scene(self, row: Row, number: str) -> Scene:
        heading = uss.clean(self._cell(row, "heading"))
        side, place, time = (uss.clean(self._cell(row, name)) for name in ("side", "set", "time"))
        if not heading:
            heading = uss.heading(side.rstrip("."), place, time)
        synopsis = uss.clean(self._cell(row, "synopsis"))
        omitted = any(text.strip(". ").upper() == "OMITTED" for text in (heading, synopsis, place))
        location = self._named(self._cell(row, "location"), self.locations, "location")
        unit = self._named(self._cell(row, "unit"), self.units, "unit")
        episode = uss.clean(self._cell(row, "episode")) or self.episode
        if self.production.settings.kind != "series":
            episode = ""
        elif not episode:
            self._wrong(row, f"scene {number} says no episode, and this production is a series", "--episode 101")
        elements: dict[str, tuple[str, ...]] = {}
        for column, meant in enumerate(self.headings.fields):
            if meant in self.production.settings.category_names() and column < len(row.cells):
                names = tuple(apart(row.cells[column], sentence=meant == "notes"))
                if names:
                    elements[meant] = (*elements.get(meant, ()), *names)
        if notes := tuple(apart(self._cell(row, "notes"), sentence=True)):
            elements.setdefault("notes", notes)
        return Scene(
            number=number,
            episode=episode,
            heading="" if omitted and heading.strip(". ").upper() == "OMITTED" else heading,
            pages=self._pages(row),
            page=uss.clean(self._cell(row, "page")),
            script_day=uss.clean(self._cell(row, "script_day")),
            synopsis="" if omitted and synopsis.strip(". ").upper() == "OMITTED" else synopsis,
            cast=tuple(dict.fromkeys(self._numbers(row))),
            background=tuple(apart(self._cell(row, "background"))),
            estimate=self._length(row),
            location=location,
            unit=unit,
            omitted=omitted,
            elements=elements,
        )

    def _named(self, cell: str, known: dict[str, str], word: str) -> str:
        name = uss.clean(cell)
        if not name:
            return ""
        if word == "unit":
            here = self.production.settings.units
        else:
            here = {key: one.name for key, one in self.production.locations.items()}
        mine = next((key for key, told in here.items() if name.casefold() in (told.casefold(), key)), "")
        key = mine or (uss.unit_id(name) if word == "unit" else uss.slug(name) or word)
        known.setdefault(key, name)
        return key

    def _pages(self, row: Row) -> Eighths:
        typed = self._cell(row, "pages")
        if not typed or typed in ("-", "–"):
            return Eighths(0)
        read = pages.parse(re.sub(r"\s*(?:pgs?|pages?|pp)\.?$", "", typed, flags=re.IGNORECASE))
        if isinstance(read, Fault):
            self._wrong(row, read.message, read.hint, "warning")
            return Eighths(0)
        return read

    def _length(self, row: Row) -> Length | None:
        typed = self._cell(row, "estimate")
        if not typed:
            return None
        read = clock.parse_length(typed.removesuffix(":00") if typed.count(":") == 2 else typed)
        if isinstance(read, Fault):
            self._wrong(row, read.message, read.hint, "warning")
            return None
        return read or None

    def _cast_named(self, rows: Iterable[Row]) -> None:
        """Everybody of the cast: those with a number have it, the others the next free ones in order."""
        names: dict[str, None] = {}
        for row in rows:
            if is_heading(row.cells, self.headings):
                continue
            for typed in apart(self._cell(row, "cast"), numbers=True):
                number, name = who(typed)
                if number:
                    known = self.production.cast.get(number)
                    if self.cast.get(number) in (None, number):
                        self.cast[number] = name or (known.character if known is not None else number)
                else:
                    names.setdefault(name)
        taken = {name.casefold(): number for number, name in self.cast.items()}
        theirs = {one.character.casefold(): number for number, one in self.production.cast.items()}
        for name in names:
            if name.casefold() in taken:
                continue
            number = theirs.get(name.casefold()) or free_number({*self.cast, *self.production.cast})
            self.cast[number] = name
            taken[name.casefold()] = number

    def _numbers(self, row: Row) -> Iterator[str]:
        by_name = {name.casefold(): number for number, name in self.cast.items()}
        for typed in apart(self._cell(row, "cast"), numbers=True):
            number, name = who(typed)
            yield number or by_name[name.casefold()]


def _order(item: tuple[str, Any]) -> tuple[int, str]:
    figures = "".join(c for c in item[0] if c.isdigit())
    return int(figures or 0), item[0]
