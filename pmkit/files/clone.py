"""What belongs to one clone of a production folder: its name, and the desk it stands on (.pmkit/clone.yaml)."""

from __future__ import annotations

import getpass
import os
import re
import socket
from pathlib import Path
from typing import NamedTuple

from pmkit import disk
from pmkit.files import dialect, edit
from pmkit.model import kinds as k
from pmkit.model.record import Reader, Record, field
from pmkit.problems import Fault, Stop


class Clone(NamedTuple):
    """One clone: the name people know it by, its desk's prefix, what it signs logs with, and who sits at it.

    `folder` is the mark of the folder its card was written in: a copy of it is another folder.
    """

    name: str
    desk: str
    actor: str
    person: str = ""
    folder: str = ""


class _Card(Record):
    """This clone."""

    name: str = field(k.ident, "public")
    id: str = field(k.text, "public", default="")
    desk: str = field(k.text, "public", default="")
    person: str = field(k.ident, "public", default="", note="who sits here, by id")
    folder: str = field(k.text, "public", default="", note="the mark of the folder this was written in")


def read(root: Path) -> Clone | None:
    """The clone as its card says; nothing when it has none yet. Raises `Stop` for a broken card."""
    path = root / ".pmkit" / "clone.yaml"
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Stop(f"{path} can not be read: {error.strerror}") from error
    tree, problems = dialect.read(data, ".pmkit/clone.yaml")
    reader = Reader()
    card = _Card.read(tree, reader) if tree is not None else None
    if not isinstance(card, _Card) or problems or reader.problems:
        first = [*problems, *reader.problems][0]
        raise Stop(f"{first.place}: {first.message}", first.hint)
    if card.id and not re.fullmatch(r"[a-z0-9]{4,16}", card.id):
        raise Stop(".pmkit/clone.yaml: the id is not one that pmkit wrote", "remove the line; a new one is made")
    if card.desk and isinstance(wrong := desk(card.desk), Fault):
        raise Stop(f".pmkit/clone.yaml: {wrong.message}", wrong.hint)
    return Clone(card.name, card.desk, f"{card.name}-{card.id}" if card.id else "", card.person, card.folder)


def desk(typed: str) -> str | Fault:
    """A desk's prefix in capitals: `loc` is LOC. Orders are numbered LOC-001 and on."""
    prefix = typed.strip().rstrip("-").upper()
    if re.fullmatch(r"[A-Z][A-Z0-9]{0,11}(?:-[A-Z][A-Z0-9]{0,11})?", prefix):
        return prefix
    return Fault(f"{typed[:24]!r} is no desk", "letters, then perhaps figures: LOC, CAM, ART2", "bad-desk")


def settle(root: Path, prefix: str) -> None:
    """This clone is that desk from now on; its card is written when missing."""
    ensure(root)
    draft = edit.open_file(root, ".pmkit/clone.yaml")
    draft.set(("desk",), prefix)
    edit.write(root, [draft])


def ensure(root: Path) -> Clone:
    """The clone, its card written when missing, its id added when a person wrote the card.

    The id keeps two clones of one name apart: each log has one writer. A folder that was copied with its card
    gets an id of its own; so does one that was moved to another disk, which does no harm.
    """
    path = root / ".pmkit" / "clone.yaml"
    found = read(root)
    if found is not None and found.actor and found.folder in ("", _mark(root)):
        return found
    fresh = os.urandom(4).hex()
    if found is not None:
        draft = edit.open_file(root, ".pmkit/clone.yaml")
        draft.set(("id",), f"i{fresh}")
        draft.set(("folder",), _mark(root))
        edit.write(root, [draft])
        return found._replace(actor=f"{found.name}-i{fresh}", folder=_mark(root))
    name = suggested()
    disk.make_folder(disk.real(path.parent, root), private=False)
    head = "# This clone's own: never shared. `mail: sender:` of production.yaml names the clone that sends.\n"
    disk.write(path, f"{head}name: {name}\nid: i{fresh}\nfolder: {_mark(root)}\n".encode(), root=root)
    return Clone(name, "", f"{name}-i{fresh}", folder=_mark(root))


def _mark(root: Path) -> str:
    """What tells a folder from its copy: a number of the disk's that it keeps under whatever name."""
    return f"n{(root / '.pmkit').stat().st_ino}"


def suggested() -> str:
    """What a clone without a card would be called: a name from the user and the machine, such as `mara-laptop`."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = ""
    words = (
        re.sub(r"[^a-z0-9]+", "-", f"{user}-{socket.gethostname().split('.')[0]}".lower()).strip("-")[:40].strip("-")
    )
    return words if re.match(r"[a-z]", words) else f"clone-{words}".rstrip("-")
