"""What a new production begins with: files whose comments teach, or the sample."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pmkit import disk, shipped
from pmkit.files import budget_start, dialect, schema
from pmkit.files.edit import Draft
from pmkit.model.chart import Chart
from pmkit.model.production import Settings
from pmkit.model.record import Reader
from pmkit.problems import Stop

_NOT_COPIED: Final = frozenset({"build", ".pmkit", "mail", "__pycache__", ".git"})
_PRIVATE: Final = "private"


def make(root: Path, title: str, code: str, kind: str, begun: Chart | None = None) -> None:
    """A new production in a folder that is not there yet or is empty. Raises `Stop`, leaving nothing behind.

    With a chart of accounts its budget has the chart's accounts, empty.
    """
    settings = {"title": title, "code": code, "kind": kind, "timezone": _zone()}
    files = {}
    for file, data in _shipped(shipped.templates() / "new"):
        if file == "production.yaml":
            draft = Draft(file, data)
            for key, value in settings.items():
                draft.set((key,), value)
            data = draft.data
        files[".gitignore" if file == "gitignore" else file] = data
    if begun is not None:
        files[f"{_PRIVATE}/budget.yaml"] = budget_start.budget(begun)
    _write(root, files)


def copy_sample(root: Path) -> None:
    """The sample production, to look around and try things in. Raises `Stop`, leaving nothing behind."""
    files = dict(_shipped(shipped.sample()))
    files[".gitignore"] = (shipped.templates() / "new" / "gitignore").read_bytes()
    _write(root, files)


def title_of(folder: Path) -> str:
    """A title made of a folder's name: `my-film` is My Film."""
    words = re.sub(r"[\W_]+", " ", folder.resolve().name).strip()
    return words.title() if words.islower() else words or "Untitled"


def code_of(title: str) -> str:
    """A short code made of a title, without its article: The Salt Road is SALT, My Film is MYFILM."""
    words = re.findall(r"[A-Z0-9]+", title.upper().encode("ascii", "ignore").decode())
    told = [word for word in words if word not in ("THE", "A", "AN")] or words
    first = next(iter(told), "FILM")
    return (first if len(first) > 3 else "".join(told) or first)[:8]


def _write(root: Path, files: dict[str, bytes]) -> None:
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Stop(f"{root} is there already and is not empty", "choose another name; nothing is written over")
    fresh = not root.exists()
    try:
        for private in (False, True):
            mine = [disk.File(root / file, data) for file, data in files.items() if _is_private(file) == private]
            disk.write_all(mine, private=private)
        schema.write(root, _settings(files["production.yaml"]))
    except BaseException:
        _clear(root, fresh)
        raise


def _is_private(file: str) -> bool:
    return file.startswith(f"{_PRIVATE}/")


def _settings(data: bytes) -> Settings:
    tree, _ = dialect.read(data, "production.yaml")
    settings = Settings.read(tree, Reader()) if tree is not None else None
    return settings if isinstance(settings, Settings) else Settings(pmkit=1, title="")


def _clear(root: Path, fresh: bool) -> None:
    """Takes away what was begun: the folder was empty or not there before."""
    with suppress(OSError):
        for entry in list(root.iterdir()):
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry, ignore_errors=True)
            else:
                entry.unlink()
        if fresh:
            root.rmdir()


def _shipped(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not _NOT_COPIED.intersection(inside.parts) and path.suffix != ".pyc":
            yield inside.as_posix(), path.read_bytes()


def _zone() -> str:
    """The time zone of this machine by name, UTC where it does not say."""
    told = os.environ.get("TZ", "").lstrip(":")
    if not told:
        told = os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2]
    try:
        return ZoneInfo(told).key.removeprefix("Etc/") if "/" in told and ".." not in told else "UTC"
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return "UTC"
