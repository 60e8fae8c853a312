"""Another program's schedule written into the folder: only where nothing stands yet.

A breakdown that is there is not touched; nor is a board. What the production does not have is
added: cast members, locations, sets, units, categories, holidays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from pmkit.files import edit, folder as folders
from pmkit.files.edit import Draft
from pmkit.files.folder import Folder
from pmkit.files.notation import Value
from pmkit.files.sections import SECTIONS
from pmkit.files.typed import cast_member, day, scene, strip
from pmkit.model import dates, scene_number, set_name
from pmkit.model.schedule import Board
from pmkit.problems import Stop
from pmkit.rollup.incoming import Incoming

_SECTIONS = ("cast", "locations", "breakdown", "schedule", "boards", "calendar")


class Writing:
    """The files of a folder, open for a schedule that came from elsewhere.

    `kept` are sentences about what stays as the production has it.
    """

    def __init__(self, folder: Folder, incoming: Incoming) -> None:
        self.folder, self.root, self.production = folder, folder.root, folder.production
        self.incoming = incoming
        self.drafts: dict[str, Draft] = {}
        self.kept: list[str] = []

    @property
    def has_breakdown(self) -> bool:
        """Whether the production has scenes, which nothing is written over."""
        return bool(self.production.scenes)

    @property
    def has_board(self) -> bool:
        """Whether the production has a board, which nothing is written over."""
        return bool(self.production.board.units or self.production.board.boneyard)

    def take(self) -> list[Draft]:
        """The files with everything that can be added, none written yet. Raises `Stop`."""
        if not self.has_breakdown:
            self._breakdown()
            self._cast()
            self._locations()
            self._settings()
        missing = self._missing()
        if missing:
            self.kept.append(f"no board is written: {len(missing)} of its scenes are not in the breakdown")
        elif not self.has_breakdown or not self.has_board:
            self._boards()
        if not self.has_breakdown:
            self._calendar()
        drafts = [draft for draft in self.drafts.values() if draft.changed]
        self._check(drafts)
        return drafts

    def _check(self, drafts: list[Draft]) -> None:
        """That the folder reads the new files: nothing that it would stumble over is written."""
        after = folders.read(self.root, _SECTIONS, {draft.file: draft.data for draft in drafts})
        before = set(self.folder.errors)
        wrong = next((problem for problem in after.errors if problem not in before), None)
        if wrong is not None:
            raise Stop(f"{wrong.place} would not be read: {wrong.message}; nothing was written", wrong.hint)

    def _missing(self) -> list[str]:
        """Scenes of the boards that the breakdown does not have."""
        if not self.has_breakdown:
            return []
        found = []
        for _, board in self.incoming.every_board():
            strips = [*(strip for _, day in board.days() for strip in day.strips), *board.boneyard]
            found += [s.scene for s in strips if s.scene and self.production.scene(s.scene) is None]
        return list(dict.fromkeys(found))

    def _open(self, file: str) -> Draft:
        if file not in self.drafts:
            section = file.partition("/")[0].removesuffix(".yaml")
            owner = SECTIONS[section].owner if section in SECTIONS else "production manager"
            draft = edit.open_file(self.root, file, f"#: {owner}\n")
            if draft.before != self.folder.files.get(file):
                raise Stop(f"{file} has changed meanwhile; nothing was written", "run the command again")
            self.drafts[file] = draft
        return self.drafts[file]

    def _breakdown(self) -> None:
        draft = self._open("breakdown.yaml")
        series = self.production.settings.kind == "series"
        if not series:
            for key in sorted(self.incoming.scenes, key=scene_number.sort_key):
                draft.set((key,), scene(self.incoming.scenes[key]))
            return
        episodes: dict[str, dict[str, Value]] = {}
        for key in sorted(self.incoming.scenes, key=scene_number.sort_key):
            one = self.incoming.scenes[key]
            episodes.setdefault(one.episode, {})[one.number] = scene(one)
        for episode, scenes in episodes.items():
            draft.set((episode,), scenes)

    def _cast(self) -> None:
        new = [one for one in self.incoming.cast.values() if one.number not in self.production.cast]
        if new:
            draft = self._open("cast.yaml")
            for member in new:
                draft.set((member.number,), cast_member(member))

    def _locations(self) -> None:
        places = {k: n for k, n in self.incoming.locations.items() if k not in self.production.locations}
        known = {set_name.same(name) for name in self.production.sets}
        sets = {name: where for name, where in self.incoming.sets.items() if set_name.same(name) not in known}
        if not places and not sets:
            return
        draft = self._open("locations.yaml")
        for key, name in places.items():
            draft.set((key,), {"name": name})
        for name, where in sets.items():
            if draft.has("sets"):
                draft.set(("sets", name), where)
            else:
                draft.set(("sets",), {name: where})

    def _settings(self) -> None:
        """What production.yaml does not say yet; what it says otherwise stays, and is said."""
        settings, incoming = self.production.settings, self.incoming
        draft = self._open("production.yaml")
        simple: dict[str, tuple[object, Value]] = {
            "company": (settings.company, incoming.company),
            "script": (settings.script, _draft(incoming.script)),
            "schedule": (settings.schedule, _draft(incoming.schedule)),
            "days_off": (settings.days_off, [dates.WEEKDAYS[day] for day in incoming.days_off or ()]),
            "holidays": (settings.holidays, [str(stretch) for stretch in incoming.holidays]),
        }
        theirs = {
            "company": incoming.company,
            "script": incoming.script,
            "schedule": incoming.schedule,
            "days_off": incoming.days_off,
            "holidays": incoming.holidays,
        }
        for key, (mine, value) in simple.items():
            if not value or mine == theirs[key]:
                continue
            if settings.given(key):
                self.kept.append(f"{key} stays as production.yaml has it; the file says {_told(value)}")
            else:
                draft.set((key,), value)
        if incoming.title and incoming.title.casefold() != settings.title.casefold():
            self.kept.append(f"title stays {settings.title}; the file says {incoming.title}")
        for key, names in (("units", self._units()), ("categories", incoming.categories)):
            known = settings.units if key == "units" else settings.categories
            new = {one: name for one, name in names.items() if known.get(one) is None or not settings.given(key)}
            for one, name in new.items():
                if draft.has(key):
                    draft.set((key, one), name)
                else:
                    draft.set((key,), {one: name})

    def _units(self) -> dict[str, str]:
        """The units that boards and scenes have; the main one with them, where none was named before."""
        used = [unit for _, board in self.incoming.every_board() for unit in board.units]
        used += [one.unit for one in self.incoming.scenes.values() if one.unit]
        names = {unit: self.incoming.units.get(unit, unit) for unit in dict.fromkeys((*self.incoming.units, *used))}
        if set(names) <= {"main"} and names.get("main", "main") == "main":
            return {}
        main = self.incoming.units.get("main") or self.production.settings.units.get("main", "Main Unit")
        return {"main": main, **{unit: name for unit, name in names.items() if unit != "main"}}

    def _boards(self) -> None:
        if self.incoming.board is not None and not self.has_board:
            _board(self._open("schedule.yaml"), self.incoming.board)
        for name, board in self.incoming.boards.items():
            if name in self.production.boards:
                self.kept.append(f"boards/{name}.yaml stays as it is")
            else:
                _board(self._open(f"boards/{name}.yaml"), board)

    def _calendar(self) -> None:
        if self.production.calendar or not self.incoming.calendar:
            return
        draft = self._open("calendar.yaml")
        for when, names in self.incoming.calendar.items():
            events: list[Value] = [{"what": name} for name in names]
            draft.set((str(when),), events[0] if len(events) == 1 else events)


def _board(draft: Draft, board: Board) -> None:
    for unit, days in board.units.items():
        draft.set((unit,), {str(date): day(days[date]) for date in sorted(days)})
    if board.boneyard:
        draft.set(("boneyard",), [strip(one) for one in board.boneyard])


def _draft(one: Any) -> Value:
    if one is None:
        return None
    fields: dict[str, Value] = {}
    if one.draft:
        fields["draft"] = one.draft
    if isinstance(one.date, dt.date):
        fields["date"] = one.date.isoformat()
    return fields


def _told(value: Value) -> str:
    if isinstance(value, Mapping):
        return ", ".join(str(one) for one in value.values())
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
