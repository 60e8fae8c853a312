"""The two locks of a production: one for changing its files, one for sending its mail.

Readers need none: every file is whole at any moment.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from pmkit import disk
from pmkit.problems import Stop


def folder_lock(root: Path, doing: str = "", wait: float = 10) -> Lock:
    """The lock that every command takes before it changes files of the production folder.

    `doing` is told to whoever is kept waiting. Not had within `wait` seconds: `Stop`, exit code 75.
    """
    return Lock(root, "lock", "changing files of this production", doing, wait)


def mail_lock(root: Path, doing: str = "", wait: float = 0) -> Lock:
    """The lock of sending mail, apart from the folder's, so that a long batch keeps nobody from writing."""
    return Lock(root, "send.lock", "sending mail for this production", doing, wait)


class Lock:
    """A lock of the folder as a context manager; the kernel frees it whatever happens to the process."""

    def __init__(self, root: Path, name: str, purpose: str, doing: str, wait: float) -> None:
        self._root = root
        self._path = root / ".pmkit" / name
        self._purpose = purpose
        self._doing = doing
        self._wait = wait
        self._lock: FileLock | None = None

    @property
    def _card(self) -> Path:
        return self._path.with_name(self._path.name + ".holder")

    def __enter__(self) -> Self:
        path = disk.real(self._path, self._root)
        try:
            disk.make_folder(path.parent, private=False)
            self._lock = FileLock(path, timeout=self._wait)
            self._lock.acquire()
        except Timeout:
            raise Stop(
                f"another pmkit is {self._purpose}{self._holder()}",
                "wait until it has ended and run the command again; a lock left by a killed run frees itself",
                exit_code=75,
            ) from None
        except OSError as error:
            raise disk.refusal(self._path, error) from error
        with suppress(OSError):
            # A link in the folder must not lead this out of it either.
            card = os.open(self._card, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o666)
            with open(card, "w", encoding="utf-8") as file:
                file.write(f"process {os.getpid()}{': ' + self._doing if self._doing else ''}")
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._card.unlink()
        if self._lock is not None:
            self._lock.release()

    def _holder(self) -> str:
        with suppress(OSError, UnicodeDecodeError):
            words = " ".join(self._card.read_text("utf-8").split())[:120]
            if words and words.isprintable():
                return f" ({words})"
        return ""
