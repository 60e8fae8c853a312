"""The drafts of the script that were imported, each kept under `scripts/` as the base of the next merge.

Files are named `DATE-DRAFT.ext`; in a series each episode has a folder, `scripts/101/`.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Final, NamedTuple

from pmkit import disk
from pmkit.files import walk
from pmkit.model.production import Draft
from pmkit.problems import Problem, Stop

FOLDER: Final = "scripts"
_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)\.(fountain|fdx)")


class KeptDraft(NamedTuple):
    """A draft as it was imported: its file in the folder, its date and its name."""

    file: str
    date: dt.date
    name: str


def kept(root: Path, episode: str = "") -> list[KeptDraft]:
    """The drafts that were imported, the oldest first."""
    under = f"{FOLDER}/{episode}" if episode else FOLDER
    found = []
    for entry in walk.listing(root, under):
        match = _NAME.fullmatch(entry.name)
        if match is not None:
            try:
                found.append(KeptDraft(f"{under}/{entry.name}", dt.date.fromisoformat(match[1]), match[2]))
            except ValueError:
                continue
    return sorted(found, key=lambda one: (one.date, _natural(one.name)))


def last(drafts: list[KeptDraft], current: Draft | None) -> KeptDraft | None:
    """The draft the breakdown was made from: the one production.yaml names, else the newest."""
    if current is not None and current.date is not None:
        named = [one for one in drafts if one.date == current.date and one.name == slug(current.draft)]
        if named:
            return named[-1]
    return drafts[-1] if drafts else None


def place(root: Path, data: bytes, date: dt.date, name: str, ending: str, episode: str = "") -> str:
    """Where a draft is to be kept. Raises `Stop` when another draft stands there under the same name."""
    under = f"{FOLDER}/{episode}" if episode else FOLDER
    file = f"{under}/{date.isoformat()}-{slug(name)}{ending.lower()}"
    if (root / file).exists() and load(root, file) != data:
        raise Stop(f"{file} is there already, and is another draft", "give this one its own name: --draft NAME")
    return file


def load(root: Path, file: str) -> bytes:
    """The bytes of a kept draft. Raises `Stop` when it cannot be read."""
    data = walk.load(root, file)
    if isinstance(data, Problem):
        raise Stop(f"{file}: {data.message}", data.hint)
    return data


def keep(root: Path, file: str, data: bytes) -> bool:
    """Keeps a draft; whether it was not there yet."""
    if (root / file).exists():
        return False
    disk.write(root / file, data, root=root, replaces=disk.NEW)
    return True


def slug(name: str) -> str:
    """A draft's name as part of a file's."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")[:40] or "draft"


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d{1,9})", name)]
