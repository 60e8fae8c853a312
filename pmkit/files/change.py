"""Changes of several files, written together: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from pmkit import disk, lock
from pmkit.problems import Stop


class Change(NamedTuple):
    """A file's bytes as they were read and as they shall be; None where there is no such file."""

    file: str
    before: bytes | None
    after: bytes | None


def write(root: Path, changes: Iterable[Change]) -> list[str]:
    """Writes the changes under the folder's lock; returns the files' names.

    All or none: a file that was changed underneath, a full disk or an interruption leaves each
    file as it was. Files are taken away last. Raises `Stop`.
    """
    ready = sorted((one for one in changes if one.before != one.after), key=lambda one: one.after is None)
    done: list[Change] = []
    if not ready:
        return []
    with lock.folder_lock(root, "changing " + ", ".join(one.file for one in ready)):
        for one in ready:
            _unchanged(root, one)
        try:
            for one in ready:
                done.append(one)
                _make(root, one)
        except BaseException:
            for one in done:
                _put_back(root / one.file, one)
            raise
    return [one.file for one in ready]


def _make(root: Path, one: Change) -> None:
    if one.after is None:
        disk.remove(root / one.file, root=root)
        return
    before = disk.NEW if one.before is None else disk.digest(one.before)
    private = one.before is None and one.file.startswith("private/")
    disk.write(root / one.file, one.after, root=root, private=private, replaces=before)


def _unchanged(root: Path, one: Change) -> None:
    """That the file is still the one that was read: before anything at all is written."""
    path = root / one.file
    if (path.read_bytes() if path.is_file() else None) != one.before:
        word = "is already there" if one.before is None else "has changed meanwhile" if path.exists() else "is gone"
        raise Stop(f"{one.file} {word}; nothing was written", "look at the file, then run the command again")


def _put_back(path: Path, one: Change) -> None:
    """The file as it was, unless somebody else's change stands there now."""
    there = path.read_bytes() if path.is_file() else None
    if there != one.after or there == one.before:
        return
    if one.before is None:
        path.unlink()
    else:
        disk.write(path, one.before, replaces=disk.NEW if there is None else disk.digest(there))
