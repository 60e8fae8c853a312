"""Finding and reading the files of a production folder, and nothing outside it.

A production may be somebody else's data: links that leave the folder, devices and pipes are
named, never opened.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from pmkit.problems import Place, Problem, Stop

MARK = "production.yaml"
_LINK = "this is a link, and links are not followed out of the folder"
LARGEST = 256 * 1024 * 1024
_SECRET = re.compile(
    rb"""(?im)(?:^|[{,])[ \t]*(?:-[ \t]+)?["']?((?:[a-z0-9]+[_-])*(?:password|passwd|pwd|secret|api[_-]?key|"""
    rb"""access[_-]?token|auth[_-]?token|private[_-]?key))["']?[ \t]*:[ \t]*[^\s#]"""
)
# A quick look first: almost no file has any of these words.
_SECRET_WORDS = (b"passw", b"pwd", b"secret", b"token", b"api_key", b"api-key", b"apikey", b"private")
_KEY_BLOCK = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----")


def find(start: Path) -> Path:
    """The production a path lies in: the nearest folder upwards that has a `production.yaml`."""
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / MARK).is_file():
            return folder
    raise Stop(
        f"no production here: neither {start} nor a folder above it has a {MARK}",
        "go to a production's folder, name one with -C, or make one: pmkit new DIR",
    )


def listing(root: Path, folder: str) -> list[os.DirEntry[str]]:
    """The entries of a folder of the production, by name; none if there is no such folder."""
    path = root / folder if folder else root
    parents = [root / up for up in [Path(folder), *Path(folder).parents] if str(up) != "."]
    if folder and (any(up.is_symlink() for up in parents) or not path.is_dir()):
        return []
    try:
        with os.scandir(path) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise Stop(f"{path} cannot be listed: {error.strerror}", "may you read that folder?") from None


def load(root: Path, file: str) -> bytes | Problem:
    """The bytes of a file, or why it is not read: it is a link, a device, a pipe, or unreadable."""
    linked = next((up for up in [*Path(file).parents][::-1][1:] if (root / up).is_symlink()), None)
    if linked is not None:
        return Problem("outside-folder", Place(str(linked)), _LINK, "put the folder itself here")
    try:
        handle = os.open(root / file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if (root / file).is_symlink():
            return Problem("outside-folder", Place(file), _LINK, "put the file itself here")
        return Problem("unreadable", Place(file), f"cannot be read: {error.strerror}", "may you read that file?")
    told = os.fstat(handle)
    if not stat.S_ISREG(told.st_mode):
        os.close(handle)
        what = "a folder" if stat.S_ISDIR(told.st_mode) else "a device or a pipe"
        return Problem("not-a-file", Place(file), f"this is {what}, and a file is wanted", "take it out of the folder")
    with os.fdopen(handle, "rb") as stream:
        if told.st_size > LARGEST:
            return Problem("too-large", Place(file), "this file is larger than 256 MB", "split it")
        try:
            return stream.read()
        except OSError as error:
            return Problem("unreadable", Place(file), f"cannot be read: {error.strerror}", "is the disk whole?")


def before(root: Path, file: str) -> bytes | None:
    """The bytes of a file that is to be changed, None when there is none yet. Raises `Stop` when it cannot be read."""
    if not (root / file).exists() and not (root / file).is_symlink():
        return None
    data = load(root, file)
    if isinstance(data, Problem):
        raise Stop(f"{file} is not changed: {data.message}", data.hint)
    return data


def secrets(data: bytes, file: str) -> list[Problem]:
    """Passwords and keys that lie in the folder, where git never forgets them."""
    lower = data.lower()
    if not any(word in lower for word in _SECRET_WORDS):
        return []
    hint = "take it out, change it, and name a password_command in pmkit's own configuration instead"
    found = []
    for pattern, what in ((_SECRET, "a secret"), (_KEY_BLOCK, "a private key")):
        for match in pattern.finditer(data):
            group = 1 if match.re.groups else 0
            begin = data.rfind(b"\n", 0, match.start(group)) + 1
            place = Place(
                file,
                data.count(b"\n", 0, begin) + 1,
                len(data[begin : match.start(group)].decode("utf-8", "replace")) + 1,
                len(match[group]),
            )
            name = match[group].decode("ascii", "replace") if group else "this"
            message = f"{name} looks like {what}; a production's folder is shared and never forgets"
            found.append(Problem("secret-in-folder", place, message, hint))
    return found
