"""Where mail is read from: a Maildir, an mbox, a single mail. Opened for reading only; nothing is moved, marked or deleted."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pmkit.mail.mime import LARGEST
from pmkit.problems import Stop

_HEAD = 64 * 1024


class Item(NamedTuple):
    """One mail as it lies in its source: its bytes, only the beginning of a very large one, and its whole size."""

    data: bytes
    size: int


def items(path: Path) -> Iterator[Item]:
    """Every mail of a Maildir (`cur`, `new`), an mbox, or a file that is one mail. Raises `Stop`."""
    try:
        if path.is_dir():
            yield from _maildir(path)
        elif path.is_file():
            yield from _file(path)
        else:
            raise Stop(f"there is no Maildir or mbox {path}", "give the folder that has cur/ and new/, or an mbox file")
    except OSError as error:
        raise Stop(f"{path} can not be read: {error.strerror or error}") from error


def _maildir(path: Path) -> Iterator[Item]:
    folders = [path / name for name in ("cur", "new") if (path / name).is_dir()]
    if not folders:
        raise Stop(f"{path} is no Maildir: it has neither cur/ nor new/", "give a Maildir, an mbox file, or one .eml")
    for folder in folders:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
        for name in names:
            item = _whole(folder / name)
            if item is not None:
                yield item


def _whole(path: Path) -> Item | None:
    """A file of its own; links, pipes and what went away meanwhile are passed over."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with open(descriptor, "rb") as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            return None
        return Item(file.read(_HEAD if about.st_size > LARGEST else LARGEST + 1), about.st_size)


def _file(path: Path) -> Iterator[Item]:
    with path.open("rb") as file:
        if file.read(5) != b"From ":
            item = _whole(path)
            if item is not None:
                yield item
            return
        file.seek(0)
        kept: list[bytes] = []
        size = held = 0
        begun = blank = False
        while line := file.readline(LARGEST):
            if line.startswith(b"From ") and (blank or not begun):
                if begun:
                    yield Item(b"".join(kept), size)
                kept, size, held, begun, blank = [], 0, 0, True, False
                continue
            if held <= LARGEST:
                kept.append(line)
                held += len(line)
            size += len(line)
            blank = line in (b"\n", b"\r\n")
        if begun:
            yield Item(b"".join(kept), size)
