"""Writing to disk, safely: the only place of pmkit that writes.

A file is replaced whole or not at all: a temporary file in the same folder, flushed to the
disk, renamed over the old one, and the folder flushed too. A log grows by whole lines. A
disk that is full, read-only or failing becomes a `Stop` that names the file and says what to
do; the old file stands as it was and nothing temporary is left behind.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from pmkit.problems import Stop

NEW: Final = "new"
"""Given as `replaces`: the file must not be there yet."""

STALE_SECONDS: Final = 3600
"""A temporary file older than this was left by a run that died, and is swept away."""

_TEMPORARY: Final = ".pmkit-"
_SUFFIX: Final = ".tmp"

_ADVICE: Final = {
    errno.ENOSPC: "the disk is full: make room and run the command again",
    errno.EDQUOT: "your quota of the disk is used up: make room and run the command again",
    errno.EROFS: "the disk is read-only: write to another place, or have it mounted for writing",
    errno.EACCES: "you may not write there: check who owns the folder and its permissions",
    errno.EPERM: "you may not write there: check who owns the folder and its permissions",
    errno.EIO: "the disk reports a failure: save what you have to another disk",
    errno.EISDIR: "a folder of that name is already there",
    errno.ENAMETOOLONG: "the name is too long for this disk",
    errno.ENOENT: "the folder went away while writing",
}


class File(NamedTuple):
    """A file to be written: where, and its bytes."""

    path: Path
    data: bytes


def digest(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal: what tells one content from another."""
    return hashlib.sha256(data).hexdigest()


def write(
    path: Path, data: bytes, *, root: Path | None = None, private: bool = False, replaces: str | None = None
) -> None:
    """Put a file in place whole: afterwards the path holds the old bytes or the new, never a part.

    With `root` (the production folder), a path that a symbolic link leads out of it is refused.
    `private` gives the file mode 0600, else an existing file keeps its mode. `replaces` is the
    digest the file must still have, or `NEW` when it must not exist: otherwise somebody changed
    it meanwhile, and nothing is written. Raises `Stop`, naming the file.
    """
    write_all([File(path, data)], root=root, private=private, replaces=replaces)


def write_all(
    files: Iterable[File],
    *,
    root: Path | None = None,
    private: bool = False,
    replaces: str | None = None,
    durable: bool = True,
) -> None:
    """Put many files in place, each whole, with one flush of the folder for all of a folder's files.

    `durable=False` leaves out the flush of the files themselves: for what can be made again.
    """
    folders: dict[Path, None] = {}
    for file in files:
        path = real(file.path, root)
        try:
            if root is None and _is_stream(path):
                _pour(path, file.data)
                continue
            if path.parent not in folders:
                make_folder(path.parent, private)
                _sweep(path.parent)
                folders[path.parent] = None
            _check(path, file.path, replaces)
            _put(path, file.data, private, durable)
        except OSError as error:
            raise refusal(file.path, error) from error
    for folder in folders:
        try:
            _flush_folder(folder)
        except OSError as error:
            raise refusal(folder, error) from error


def remove(path: Path, *, root: Path) -> None:
    """Take away a document that pmkit made and that no longer holds; one that is gone already is no matter."""
    there = real(path.parent, root) / path.name
    try:
        there.unlink(missing_ok=True)
    except OSError as error:
        raise refusal(path, error) from error


def move(old: Path, new: Path, *, root: Path) -> None:
    """Put a file of pmkit's own aside under another name in the same production, as private as it was.

    Not flushed: a cut of power may find it in its old place, which the caller bears. One that is
    gone already is no matter. Raises `Stop`.
    """
    there, target = real(old.parent, root) / old.name, real(new.parent, root) / new.name
    try:
        make_folder(target.parent, private=True)
        os.replace(there, target)
    except FileNotFoundError:
        return
    except OSError as error:
        raise refusal(new, error) from error


def _is_stream(path: Path) -> bool:
    """Whether a path is a device or a pipe, as /dev/null is: bytes go into it, it is never replaced."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)


def _pour(path: Path, data: bytes) -> None:
    with path.open("wb", buffering=0) as stream:
        stream.write(data)


def append_line(path: Path, line: bytes, *, root: Path | None = None) -> None:
    """Add one or more whole lines to the end of a log, flushed to the disk before returning.

    A torn last line, left by a run that died, is closed first, so that it spoils no other. When
    the disk fails, what was written of the line is taken back. Raises `Stop`.
    """
    if not line.endswith(b"\n"):
        line += b"\n"
    log = real(path, root)
    try:
        make_folder(log.parent, private=False)
        fresh = not log.exists()
        descriptor = os.open(log, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            size = os.fstat(descriptor).st_size
            if size:
                os.lseek(descriptor, size - 1, os.SEEK_SET)
                if os.read(descriptor, 1) != b"\n":
                    line = b"\n" + line
            try:
                if os.write(descriptor, line) != len(line):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            except OSError:
                with suppress(OSError):
                    os.ftruncate(descriptor, size)
                raise
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if fresh:
            _flush_folder(log.parent)
    except OSError as error:
        raise refusal(path, error) from error


def _put(path: Path, data: bytes, private: bool, durable: bool) -> None:
    """The steps of one replacement: write, flush, rename; the temporary file is gone again unless it was renamed."""
    kept = path.stat().st_mode & 0o7777 if path.exists() and not private else None
    temporary = path.parent / f"{_TEMPORARY}{os.getpid()}-{os.urandom(6).hex()}{_SUFFIX}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
    try:
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
            if kept is not None:
                os.fchmod(descriptor, kept)
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _check(path: Path, shown: Path, replaces: str | None) -> None:
    """That the file is still the one the new bytes were made from."""
    if replaces is None:
        return
    try:
        there = digest(path.read_bytes())
    except FileNotFoundError:
        there = NEW
    if there != replaces:
        word = "is already there" if replaces == NEW else "has changed meanwhile" if there != NEW else "is gone"
        raise Stop(f"{shown} {word}; nothing was written", "look at the file, then run the command again")


def real(path: Path, root: Path | None) -> Path:
    """The path with its links followed; refused when they lead out of the production folder."""
    try:
        place = path.resolve()
        inside = root is None or place.is_relative_to(root.resolve())
    except (OSError, RuntimeError) as error:
        raise Stop(f"{path} can not be written: its links lead in a circle", "look at the link") from error
    if not inside:
        raise Stop(
            f"{path} lies outside the production folder, through a link: {place}; nothing was written",
            "remove the link, or give the place with -o",
        )
    return place


def make_folder(folder: Path, private: bool) -> None:
    """The folder and those above it, made where missing, each flushed into the one above."""
    if folder.is_dir():
        return
    make_folder(folder.parent, private=False)
    with suppress(FileExistsError):
        os.mkdir(folder, 0o700 if private else 0o777)
        _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network disks cannot flush a folder; the rename is then as safe as they make it.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def _sweep(folder: Path) -> None:
    """Remove temporary files that a run which died left long ago."""
    limit = time.time() - STALE_SECONDS
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(_TEMPORARY) and entry.name.endswith(_SUFFIX):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < limit:
                        os.unlink(entry.path)


def refusal(path: Path, error: OSError) -> Stop:
    """The disk's refusal, in words."""
    code = error.errno or 0
    reason = os.strerror(code).lower() if code else str(error)
    advice = _ADVICE.get(code, "look at the folder and the disk, then run the command again")
    return Stop(f"{path} could not be written: {reason}", advice)
