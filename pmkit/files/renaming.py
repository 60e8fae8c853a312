"""One name changed in every file of the folder, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from pmkit.files import cells, dialect, walk
from pmkit.files.change import Change
from pmkit.files.edit import Draft
from pmkit.files.folder import Folder
from pmkit.files.gather import PRIVATE
from pmkit.files.sections import SECTIONS
from pmkit.model import kinds as k
from pmkit.model.production import Settings
from pmkit.model.record import Kind
from pmkit.model.tree import Mapping, Node, Scalar
from pmkit.problems import Place, Stop
from pmkit.rollup.mentions import Naming, Word, words

_PAST = ("mail/log", "private/answers")
# Columns of the ledger that name things.
_COLUMNS = {"account": {"account"}, "set": {"set"}, "location": {"location"}}


class Renaming(NamedTuple):
    """What a rename changes: the files, how many places in each, and what names it and stays.

    `said` are waivers about it in words, `past` the lines of logs and answers that tell of it.
    """

    changes: tuple[Change, ...]
    places: dict[str, int]
    said: tuple[Place, ...]
    past: dict[str, int]

    def files(self) -> dict[str, bytes | None]:
        """The files as they would be."""
        return {change.file: change.after for change in self.changes}


def used(folder: Folder, naming: Naming) -> Place | None:
    """The first place where the old name of a naming is said, in any file."""
    for file, _, word in _all_words(folder):
        if naming.renewed(word) is not None:
            return word.node.place if word.node.line else Place(file)
    for file, data in folder.files.items():
        columns = _COLUMNS.get(naming.kind)
        if file.endswith(".csv") and columns and cells.retyped(data, columns, _change(naming))[1]:
            return Place(file)
    return None


def renamed(folder: Folder, naming: Naming) -> Renaming:
    """Every file in which the name stands, with it changed; keys that are files too.

    Raises `Stop` when a file has errors, or where the new name cannot be written.
    """
    drafts: dict[str, Draft] = {}
    called: dict[str, str] = {}
    places: dict[str, int] = {}
    keys: list[tuple[str, Word, str]] = []
    for file, inside, word in _all_words(folder):
        new = naming.renewed(word)
        if new is None:
            continue
        if not new:
            raise Stop(f"{word.node.place}: {word.text} cannot hold the name {naming.new}; nothing was changed")
        places[file] = places.get(file, 0) + 1
        if not inside:
            called[file] = str(PurePosixPath(file).with_name(f"{new}.yaml"))
            continue
        draft = drafts.setdefault(file, Draft(file, folder.files[file]))
        if word.key:
            keys.append((file, word._replace(path=inside), new))
        elif new != word.text:
            draft.retype(inside, new)
    for file, word, new in sorted(keys, key=lambda found: -len(found[1].path)):
        if new != word.text:
            drafts[file].rekey(word.path, new)
    after = {file: draft.data for file, draft in drafts.items()}
    for file, data in folder.files.items():
        if file.endswith(".csv"):
            _in_cells(file, data, naming, after, called, places)
    changes = []
    for file in dict.fromkeys([*after, *called]):
        before, now = folder.files[file], after.get(file, folder.files[file])
        target = called.get(file, file)
        if target != file:
            if target in folder.files:
                raise Stop(f"there is a file {target} already; nothing was changed")
            changes += [Change(target, None, now), Change(file, before, None)]
        elif now != before:
            changes.append(Change(file, before, now))
    return Renaming(tuple(changes), places, tuple(_said(folder, naming)), _past(folder, naming))


def _in_cells(
    file: str, data: bytes, naming: Naming, after: dict[str, bytes], called: dict[str, str], places: dict[str, int]
) -> None:
    """The cells of a ledger, and the name of a file of estimates: `3-mara-voss.csv`."""
    columns = _COLUMNS.get(naming.kind)
    if columns:
        now, count = cells.retyped(data, columns, _change(naming))
        if count:
            after[file] = now
            places[file] = count
    path = PurePosixPath(file)
    if naming.kind == "person" and path.parent.name == "efc" and path.stem.endswith(f"-{naming.old}"):
        period = path.stem[: -len(naming.old) - 1]
        # 3-mara-voss.csv is mara-voss of period 3, never voss of period 3-mara.
        if "-" not in period:
            called[file] = str(path.with_name(f"{period}-{naming.new}.csv"))
            places[file] = places.get(file, 0) + 1


def _change(naming: Naming) -> Callable[[str], str | None]:
    return lambda text: naming.new if naming.same(text) else None


def _all_words(folder: Folder) -> Iterator[tuple[str, tuple[str | int, ...], Word]]:
    """Every word of every file, with its path inside the file; empty for a key that is the file's name."""
    for file, data in folder.files.items():
        if not file.endswith(".yaml"):
            continue
        tree, _ = dialect.read(data, file)
        if tree is None:
            raise Stop(f"{file} cannot be read; nothing was changed", "mend it first: pmkit validate")
        name, key = _section(file)
        top: Mapping = tree
        if key:
            node = Scalar(file, 0, 0, 0, 0, 0, key)
            top = Mapping(file, 1, 1, 0, 0, 0, {key: node}, {key: tree})
        for word in _in_section(folder, name, top):
            yield file, word.path[1:] if key else word.path, word


def _section(file: str) -> tuple[str, str]:
    """The section a file belongs to, and the key that is its name."""
    parts = file.removeprefix(f"{PRIVATE}/").removesuffix(".yaml").split("/")
    return parts[0], parts[1] if len(parts) > 1 else ""


def _in_section(folder: Folder, name: str, top: Mapping) -> Iterator[Word]:
    if name == "production":
        yield from words(k.Of(Settings), top, name)
        return
    section = SECTIONS.get(name)
    if section is None:
        return
    if name == "boards":
        for key, board in top.values.items():
            yield from _apart(section.kind, section.also, board, "schedule", (key,))
    elif name == "breakdown" and folder.production.settings.kind == "series":
        for key, episode in top.values.items():
            yield from words(section.kind, episode, name, (key,))
    else:
        yield from _apart(section.kind, section.also, top, name, ())


def _apart(kind: Kind, also: Kind | None, node: Node, name: str, path: tuple[str | int, ...]) -> Iterator[Word]:
    """A section whose reserved key (`sets`, `boneyard`) is read in its own way."""
    if not isinstance(node, Mapping):
        return
    for key, child in node.values.items():
        one = Mapping(node.file, 1, 1, 0, 0, 0, {key: node.keys[key]}, {key: child}, node.flow)
        if also is not None and key in k.RESERVED:
            yield from words(also, child, key, (*path, key))
        else:
            yield from words(kind, one, name, path)


def _said(folder: Folder, naming: Naming) -> Iterator[Place]:
    """Waivers whose words name the thing: what they are about is text, and stays."""
    whole = re.compile(rf"(?<![\w-]){re.escape(naming.old)}(?![\w-])", re.IGNORECASE)
    for waiver in folder.production.settings.waivers:
        if whole.search(waiver.about):
            yield waiver.place("about")


def _past(folder: Folder, naming: Naming) -> dict[str, int]:
    """What was sent to a person and answered, by file: it is told under the name of its time."""
    found: dict[str, int] = {}
    for start in _PAST if naming.kind == "person" else ():
        for entry in walk.listing(folder.root, start):
            data = walk.load(folder.root, f"{start}/{entry.name}") if entry.is_file(follow_symlinks=False) else b""
            count = (
                sum(f'"{naming.old}"'.encode() in line for line in data.splitlines()) if isinstance(data, bytes) else 0
            )
            if count:
                found[f"{start}/{entry.name}"] = count
    return found
