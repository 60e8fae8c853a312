"""The production as it stood at a git revision, read from git's objects without checking anything out.

`private/` is a repository of its own or lies in the outer one. Where it is its own, the revision is
one of `private/`, and the outer files (the schedule the budget counts on) are those of the outer
repository's last commit by then, if it is one.

git is asked so that nothing of the folder's own configuration runs and no network is used
(`git_run`, reading). Only `rev-parse`, `ls-tree`, `cat-file`, `rev-list` and `show -s` are used.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from pmkit.files import folder as folders
from pmkit.files.folder import Folder
from pmkit.files.gather import PRIVATE
from pmkit.files.git_run import run
from pmkit.model.dates import MONTHS
from pmkit.problems import Stop

_LARGEST = 64 * 1024 * 1024
_ENDINGS = (".yaml", ".csv")


def read(root: Path, revision: str, parts: Iterable[str]) -> Folder:
    """The production of a folder as it was at a revision; raises `Stop` in words where there is none."""
    own = (root / PRIVATE / ".git").exists()
    home = root / PRIVATE if own else root
    top = _top(home)
    if top is None:
        hint = "the budget has no history here: compare it with a file or another production's folder"
        raise Stop(f"{home} is in no git repository, so there is no revision {revision}", hint)
    commit = _commit(home, revision)
    files = {(f"{PRIVATE}/{name}" if own else name): data for name, data in _files(home, top, commit).items()}
    if own and (outer := _top(root)) is not None:
        when = _git(home, "show", "-s", "--format=%ct", commit).decode().strip()
        found = _git(root, "rev-list", "-1", f"--before={when}", "HEAD", "--", allowed=True).decode().strip()
        if found:
            files |= {n: d for n, d in _files(root, outer, found).items() if not n.startswith(f"{PRIVATE}/")}
    gone = [name for name in _now(root) if name not in files and (not own or name.startswith(f"{PRIVATE}/"))]
    if own and any(not name.startswith(f"{PRIVATE}/") for name in files):
        gone += [name for name in _now(root) if name not in files and not name.startswith(f"{PRIVATE}/")]
    return folders.read(root, parts, {**dict.fromkeys(gone), **files})


def words(root: Path, revision: str) -> str:
    """A revision as documents name it: what was typed, its short hash, the day it was committed."""
    home = root / PRIVATE if (root / PRIVATE / ".git").exists() else root
    short, when = _git(home, "show", "-s", "--format=%h %cs", _commit(home, revision)).decode().split()
    day = dt.date.fromisoformat(when)
    told = f"{short} of {day.day} {MONTHS[day.month - 1]} {day.year}"
    return told if revision == short else f"{revision}, {told}"


def _top(folder: Path) -> Path | None:
    """The top of the repository a folder lies in."""
    found = _git(folder, "rev-parse", "--show-toplevel", allowed=True).decode("utf-8", "surrogateescape")
    return Path(found.rstrip("\n")) if found.strip() else None


def _commit(folder: Path, revision: str) -> str:
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}", allowed=True)
    if not found.strip():
        where = "private/" if folder.name == PRIVATE else "this repository"
        hint = "a revision is a hash, a tag, a branch or HEAD~3; or name a budget.yaml or a production's folder"
        raise Stop(f"{where} has no revision {revision}, and no file or folder has that name", hint, exit_code=2)
    return found.decode().strip()


def _files(folder: Path, top: Path, commit: str) -> dict[str, bytes]:
    """The YAML and CSV files below a folder at a commit, by their name in the folder; links are left out."""
    if not folder.resolve().is_relative_to(top.resolve()):
        raise Stop(f"{folder} says its files are elsewhere", "its git repository is not one to read a revision from")
    inside = folder.resolve().relative_to(top.resolve()).as_posix()
    tree = commit if inside == "." else f"{commit}:{inside}"
    told = _git(top, "ls-tree", "-r", "-z", "--full-tree", "--end-of-options", tree, allowed=True)
    names: dict[str, str] = {}
    for entry in told.decode("utf-8", "surrogateescape").split("\0"):
        about, _, name = entry.partition("\t")
        mode, _, rest = about.partition(" ")
        safe = name.endswith(_ENDINGS) and ".." not in PurePosixPath(name).parts and not name.startswith("/")
        if mode in ("100644", "100755") and safe and len(name.split("/")) < 5:
            names[name] = rest.split(" ")[-1]
    return dict(zip(names, _contents(top, list(names.values())), strict=True))


def _contents(top: Path, objects: list[str]) -> list[bytes]:
    """The bytes of objects, in their order, by one `cat-file`, which knows no filter."""
    if not objects:
        return []
    told = _git(top, "cat-file", "--batch", given="".join(f"{name}\n" for name in objects).encode())
    found, at = [], 0
    for _ in objects:
        end = told.index(b"\n", at)
        size = int(told[at:end].split(b" ")[-1]) if told[at:end].split(b" ")[1:2] == [b"blob"] else -1
        if size < 0:
            raise Stop(
                "a file of that revision is not in this repository", "fetch all of its history: git fetch --unshallow"
            )
        found.append(told[end + 1 : end + 1 + size])
        at = end + size + 2
    return found


def _now(root: Path) -> list[str]:
    """The files of the folder as it is, which a revision may not have had."""
    found = []
    for here, folders_, names in os.walk(root):
        folders_[:] = [name for name in folders_ if not name.startswith(".") and name not in ("build", "mail")]
        inside = Path(here).relative_to(root)
        found += [(inside / name).as_posix() for name in names if name.endswith(_ENDINGS)]
    return found


def _git(folder: Path, *asked: str, allowed: bool = False, given: bytes = b"") -> bytes:
    """What git says; nothing where it may refuse (`allowed`), else its refusal as a `Stop`."""
    done = run(folder, asked, given, reading=True)
    said = done.said.strip()
    if "dubious ownership" in said:
        hint = "if you trust whoever made it: git config --global --add safe.directory FOLDER"
        raise Stop(f"git does not read {folder}: it belongs to somebody else", hint)
    if done.code:
        if allowed:
            return b""
        raise Stop(f"git could not read the revision: {said.splitlines()[0] if said else done.code}")
    if len(done.data) > _LARGEST:
        raise Stop("that revision is larger than 64 MB", "compare with a file instead")
    return done.data
