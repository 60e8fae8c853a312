"""Another board becomes the current one: `boards/NAME.yaml` and `schedule.yaml` change places."""

from __future__ import annotations

from pathlib import Path

from pmkit.files import folder as folders, walk
from pmkit.files.boards import CURRENT, HEADING
from pmkit.files.change import Change
from pmkit.files.folder import Folder
from pmkit.problems import Problem, Stop


def hung(folder: Folder, name: str, keep: str) -> list[Change]:
    """The changes that hang the board `name` and keep the current one as `boards/KEEP.yaml`.

    What units had in files of their own stands below their names in the file that is kept, comments
    and all. Raises `Stop` where that would say something else than before.
    """
    root = folder.root
    file, kept = f"boards/{name}.yaml", f"boards/{keep}.yaml"
    if not (root / file).exists():
        raise Stop(f"the board {name} has no file {file}", "give it a file of its own first")
    if keep in folder.production.boards and keep != name:
        raise Stop(f"there is a board {keep} already", "choose another name: --keep NAME")
    old: dict[str, bytes] = {}
    if (root / CURRENT).exists():
        old[CURRENT] = _bytes(root, CURRENT)
    for entry in walk.listing(root, "schedule"):
        if entry.name.endswith(".yaml"):
            old[f"schedule/{entry.name}"] = _bytes(root, f"schedule/{entry.name}")
    new = _bytes(root, file)
    changes = [Change(CURRENT, old.get(CURRENT), new), Change(kept, new if kept == file else None, _joined(old))]
    changes += [Change(part, data, None) for part, data in old.items() if part != CURRENT]
    if kept != file:
        changes.append(Change(file, new, None))
    after = folders.read(root, {"schedule", "boards"}, {change.file: change.after for change in changes}).production
    before = folder.production
    if after.board != before.boards[name] or after.boards.get(keep) != before.board:
        raise Stop(f"{name} is not made the current board: joined, the files would say something else", "do it by hand")
    return changes


def _joined(files: dict[str, bytes]) -> bytes:
    """One file of a board, from schedule.yaml and the units' own files, each below its key."""
    text = files.get(CURRENT, HEADING.encode()).decode("utf-8-sig")
    for file, data in files.items():
        if file != CURRENT:
            unit = Path(file).stem
            body = "".join(f"  {line}" if line.strip() else line for line in data.decode("utf-8-sig").splitlines(True))
            gap = "" if text.endswith("\n") or not text else "\n"
            text = f"{text}{gap}{unit}:\n{body}"
    return text.encode()


def _bytes(root: Path, file: str) -> bytes:
    data = walk.load(root, file)
    if isinstance(data, Problem):
        raise Stop(f"{file} cannot be read: {data.message}", data.hint)
    return data
