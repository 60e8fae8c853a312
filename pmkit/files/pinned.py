"""Days that are pinned: a call sheet of theirs was issued, or what happened on them was written down.

A pinned day keeps its date, its number and its strips: papers with them are in people's hands.
"""

from __future__ import annotations

import datetime as dt
import re

from pmkit.files import walk
from pmkit.files.folder import Folder
from pmkit.rollup import board

_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_WORD = re.compile(r"[^a-z0-9]+")
_FOLDERS = ("issued", "private/issued")


def pinned(folder: Folder) -> dict[tuple[dt.date, str], str]:
    """The pinned days of each unit, with the file that pins them.

    A file below `issued/` pins the day and the unit that its path names; a call sheet that names
    no unit is the main unit's, as in its trade name (`SALT_CallSheet_D03_2025-10-15`).
    """
    production = folder.production
    units = list(dict.fromkeys([*production.settings.units, *production.board.units]))
    found: dict[tuple[dt.date, str], str] = {}
    for file in (file for start in _FOLDERS for file in _files(folder, start)):
        for typed in _DATE.findall(file):
            try:
                date = dt.date.fromisoformat(typed)
            except ValueError:
                continue
            words = set(_WORD.split(file.lower()))
            named = [u for u in units if set(_WORD.split(u)) <= words or (u == "second" and "2u" in words)]
            if not named and "callsheet" in _WORD.sub("", file.lower()):
                named = [board.main_unit(production)]
            for unit in named:
                found.setdefault((date, unit), file)
    for day in production.dailies:
        found[day] = f"daily/{day[0]}-{day[1]}.yaml"
    return found


def _files(folder: Folder, start: str) -> list[str]:
    """Every file below a folder of the production; links are not followed."""
    found = []
    for entry in walk.listing(folder.root, start):
        if entry.is_dir(follow_symlinks=False):
            found += _files(folder, f"{start}/{entry.name}")
        elif not entry.is_symlink() and not entry.name.startswith("."):
            found.append(f"{start}/{entry.name}")
    return found
