"""Files of the production folder that nothing reads, because their names are no names of its."""

from __future__ import annotations

from pathlib import Path

from pmkit.files import walk
from pmkit.files.sections import SECTIONS
from pmkit.model.slips import did_you_mean
from pmkit.problems import Place, Problem

FILES = (
    "production",
    *(name for name in SECTIONS if name not in ("calls", "daily", "requests", "answers", "po", "boards", "closed")),
)
FOLDERS = (*SECTIONS, "costs", "charts")
# Folders that may hold YAML of their own, which is no part of the production.
OTHERS = ("agreements", "templates", "fonts", "scripts", "issued", "mail", "build", "private")


def file(path: str) -> list[Problem]:
    """A file at the top of the folder, or of `private/`, with no name of the production's."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    if not stem or ending.lower() not in ("yaml", "yml"):
        return []
    if ending == "yaml" and (stem in FILES or stem in SECTIONS):
        return []
    close = did_you_mean(stem, [*FILES])
    folder = did_you_mean(stem, ["calls", "daily", "requests", "boards", "po"])
    hint = f"its files are {', '.join(f'{name}.yaml' for name in FILES[:6])} …; notes may lie in a folder of their own"
    if close:
        hint = f"did you mean {close}.yaml?"
    elif folder:
        hint = f"did you mean a file in {folder}/?"
    return [_unread(path, hint)]


def folder(path: str, root: Path) -> list[Problem]:
    """In a folder of the production, files that end otherwise; and a folder that is nearly one of its."""
    name = path.rpartition("/")[2]
    if name.startswith(".") or name in OTHERS:
        return []
    entries = [entry for entry in walk.listing(root, path) if not entry.name.startswith(".")]
    if name in FOLDERS:
        sheets = name in ("costs", "charts")
        wrong = (".CSV", ".xlsx", ".xls", ".tsv") if sheets else (".yml", ".YAML", ".YML")
        right = ".csv" if sheets else ".yaml"
        found = []
        for entry in entries:
            stem, _, _ = entry.name.rpartition(".")
            if entry.name.endswith(wrong):
                found.append(_unread(f"{path}/{entry.name}", f"name it {stem}{right}"))
            elif entry.is_dir(follow_symlinks=False) and _holds_ours(root, f"{path}/{entry.name}", name):
                found.append(_unread(f"{path}/{entry.name}/", f"put its files into {path}/ itself"))
        return found
    close = did_you_mean(name, list(FOLDERS))
    if close and any(entry.name.endswith((".yaml", ".csv")) for entry in entries):
        return [_unread(f"{path}/", f"did you mean {close}/?")]
    return []


def _holds_ours(root: Path, path: str, parent: str) -> bool:
    if parent == "costs" and path.endswith("/efc"):
        return False
    return any(entry.name.endswith((".yaml", ".csv")) for entry in walk.listing(root, path))


def link(path: str) -> list[Problem]:
    """A link where a folder of the production is looked for: its files are not read."""
    name = path.rpartition("/")[2]
    if name in (*FOLDERS, "private"):
        message = "this is a link, and links are not followed out of the folder"
        return [Problem("outside-folder", Place(path), message, "put the folder itself here")]
    return []


def _unread(path: str, hint: str) -> Problem:
    return Problem(
        "unknown-file", Place(path), "this is not read: a production has nothing of that name", hint, "warning"
    )
