"""A board as it is written: in which file, and under which keys, each unit's days stand; changed in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from pmkit.files import edit
from pmkit.files.edit import Draft, Step
from pmkit.files.sections import SECTIONS
from pmkit.problems import Stop
from pmkit.rollup.spots import Slip, Spot

BONEYARD = "boneyard"
CURRENT = "schedule.yaml"
HEADING = f"#: {SECTIONS['schedule'].owner}\n"

Where = tuple[Draft, list[Step]]


class Board:
    """A board's files, open for changes: the current board, or one of `boards/` by its name."""

    def __init__(self, root: Path, name: str = "") -> None:
        self.root = root
        self.name = name
        self._drafts: dict[str, Draft] = {}

    @property
    def drafts(self) -> list[Draft]:
        """The files that are changed so far."""
        return [draft for draft in self._drafts.values() if draft.changed]

    def files(self) -> dict[str, bytes | None]:
        """The changed files as they would be."""
        return {draft.file: draft.data for draft in self.drafts}

    def move(self, source: Spot, target: Spot) -> None:
        """A strip goes to a place, and stands there afterwards."""
        same = source.day == target.day
        if same and target.place > source.place:
            target = target._replace(place=target.place + 1)
        self._copy(source, target)
        draft, path = self._list(source)
        later = same and target.place <= source.place
        draft.remove(*path, source.place + later)

    def swap(self, one: Spot, other: Spot) -> None:
        """Two strips change places."""
        first, second = (one, other) if one.place <= other.place else (other, one)
        self._copy(second, first)
        moved = first._replace(place=first.place + 1)
        same = first.day == second.day
        self._copy(moved, second._replace(place=second.place + same))
        draft, path = self._list(first)
        draft.remove(*path, moved.place)
        draft, path = self._list(second)
        draft.remove(*path, second.place + 1)

    def swap_days(self, unit: str, one: dt.date, other: dt.date) -> None:
        """Two days of a unit change their contents."""
        draft, path = self._days(unit)
        draft.shift(path, {str(one): str(other), str(other): str(one)}, {})

    def slip(self, unit: str, slip: Slip, because: str) -> None:
        """Days of a unit slip; the lost dates say why, or go off the board."""
        draft, path = self._days(unit)
        fresh: dict[str, Mapping[str, str] | None] = {str(date): None for date in slip.emptied}
        if because:
            fresh |= {str(date): {"off": because} for date in slip.lost}
        draft.shift(path, {str(date): str(source) for date, source in slip.moves.items()}, fresh)

    # ---- where things stand

    def _copy(self, source: Spot, target: Spot) -> None:
        draft, path = self._list(source)
        item = draft.item(*path, source.place)
        draft, path = self._list(target)
        if draft.has(*path) and draft.value(*path) is not None:
            draft.insert(path, target.place, item)
            return
        draft.set(path, [])
        draft.insert(path, 0, item)

    def _list(self, spot: Spot) -> Where:
        if spot.date is None:
            found = next((where for where in self._tops() if where[0].has(*where[1], BONEYARD)), None)
            draft, path = found or self._main()
            return draft, [*path, BONEYARD]
        draft, path = self._days(spot.unit)
        return draft, [*path, str(spot.date), "strips"]

    def _days(self, unit: str) -> Where:
        for draft, path in self._tops():
            if draft.has(*path, unit):
                return draft, [*path, unit]
        if not self.name and (self.root / f"schedule/{unit}.yaml").exists():
            return self._open(f"schedule/{unit}.yaml"), []
        raise Stop(f"the days of {unit} stand nowhere that pmkit can change", "make this change by hand")

    def _tops(self) -> Iterable[Where]:
        """The tops of the files that may hold units, as far as they are there."""
        for file, path in (
            ((f"boards/{self.name}.yaml", []), ("boards.yaml", [self.name])) if self.name else ((CURRENT, []),)
        ):
            if (self.root / file).exists():
                yield self._open(file), [*path]

    def _main(self) -> Where:
        return next(iter(self._tops()), None) or (self._open(CURRENT), [])

    def _open(self, file: str) -> Draft:
        if file not in self._drafts:
            self._drafts[file] = edit.open_file(self.root, file, HEADING)
        return self._drafts[file]
