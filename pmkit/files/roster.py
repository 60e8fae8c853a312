"""What a list of people changes, written into the folder's files by hand of `edit`.

Each field goes where it stands already; a new one goes to crew.yaml or cast.yaml, or to
`private/` when it is identity or health, or when the folder keeps people's numbers there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from pmkit.files import dialect, edit
from pmkit.files.edit import Draft, Step
from pmkit.files.folder import Folder
from pmkit.files.notation import Value
from pmkit.files.sections import SECTIONS
from pmkit.model.cast import CastMember
from pmkit.model.crew import Department, Hire
from pmkit.model.kinds import Of
from pmkit.model.record import Reader, Record
from pmkit.model.tree import Mapping as Fields
from pmkit.problems import Stop
from pmkit.rollup.roster import Change

_PRIVATE: Final = "private"
_RECORDS: Final[Mapping[str, type[Record]]] = {"crew": Hire, "cast": CastMember}
_CONTACT: Final = ("phone", "email")


class Roster:
    """The files of the crew or the cast (`kind`), open for what a list changes.

    `left` counts the fields that have no place in the folder as it is.
    """

    def __init__(self, folder: Folder, kind: str) -> None:
        self.folder, self.root, self.kind, self.production = folder, folder.root, kind, folder.production
        self.drafts: dict[str, Draft] = {}
        self.left: dict[str, int] = {}
        self.has_private = self.production.has_private
        self.keeps_private = self.has_private and (kind == "cast" or self._numbers_are_private())

    def possible(self, changes: Iterable[Change]) -> list[Change]:
        """The changes without what has no place here: private fields where there is no `private/`."""
        kept = []
        for change in changes:
            fields = tuple(one for one in change.fields if self.has_private or not self.is_private(one.key))
            for one in change.fields:
                if one not in fields:
                    self.left[one.key] = self.left.get(one.key, 0) + 1
            if fields or not change.fields or change.kind == "add":
                kept.append(replace(change, fields=fields))
        return kept

    def take(self, changes: Iterable[Change]) -> list[Draft]:
        """The files with the changes made, none written yet.

        Raises `Stop` when a file cannot be changed, or would not be what the folder takes.
        """
        for change in changes:
            if change.kind == "add":
                self._add(change)
            elif change.kind == "change":
                self._change(change)
        drafts = list(self.drafts.values())
        for draft in drafts:
            self._check(draft)
        return drafts

    def is_private(self, key: str) -> bool:
        """Whether a field of people goes to `private/` when it stands nowhere yet."""
        known = _RECORDS[self.kind].fields.get(key.partition(".")[0])
        return known is not None and (known.private or (self.keeps_private and key in _CONTACT))

    def _numbers_are_private(self) -> bool:
        nodes = [hire.node for _, hire in self.production.hires.values()]
        return any(
            isinstance(node, Fields) and key in node.values and node.values[key].file.startswith(f"{_PRIVATE}/")
            for node in nodes
            for key in _CONTACT
        )

    def _add(self, change: Change) -> None:
        public = {one.key: one.new for one in change.fields if not self.is_private(one.key)}
        private = {one.key: one.new for one in change.fields if self.is_private(one.key)}
        if self.kind == "crew":
            public, private = {"id": change.id, **public}, {"id": change.id, **private} if private else {}
        draft, path = self._whole(change.group)
        if self.kind == "cast":
            draft.set(path, _nested(public))
        elif path and not draft.has(*path):
            name = {"name": change.title} if change.title else {}
            draft.set(path, {**name, "people": [_nested(public)]})
        else:
            _append(draft, (*path, "people"), _nested(public))
        if private:
            self._privately(change, private)

    def _change(self, change: Change) -> None:
        record = self._record(change)
        here = {}
        for one in change.fields:
            key = one.key.partition(".")[0]
            node = record.node.values.get(key) if isinstance(record.node, Fields) else None
            file = node.file if node is not None else ""
            if not file and self.is_private(one.key):
                here[one.key] = one.new
                continue
            draft, path = self._person(file or (record.node.file if record.node else ""), change)
            _set(draft, path, one.key, one.new)
        if here:
            self._privately(change, {"id": change.id, **here} if self.kind == "crew" else here)

    def _privately(self, change: Change, fields: Mapping[str, str]) -> None:
        draft, path = self._whole(change.group, _PRIVATE)
        person = (*path, "people", change.id) if self.kind == "crew" else path
        if draft.has(*person):
            for key, text in fields.items():
                if key != "id":
                    _set(draft, person, key, text)
        elif self.kind == "cast":
            draft.set(path, _nested(fields))
        elif path and not draft.has(*path):
            draft.set(path, {"people": [_nested(fields)]})
        else:
            _append(draft, (*path, "people"), _nested(fields))

    def _record(self, change: Change) -> Record:
        if self.kind == "cast":
            return self.production.cast[change.group]
        return self.production.hires[change.id][1]

    def _whole(self, group: str, under: str = "") -> tuple[Draft, tuple[Step, ...]]:
        """The file that holds a department or cast number, or should, and the path to it there."""
        prefix = f"{under}/" if under else ""
        part = f"{prefix}{self.kind}/{group}.yaml"
        if (self.root / part).is_file():
            return self._open(part), ()
        return self._open(f"{prefix}{self.kind}.yaml"), (group,)

    def _person(self, file: str, change: Change) -> tuple[Draft, tuple[Step, ...]]:
        above: tuple[Step, ...] = () if f"/{self.kind}/" in f"/{file}" else (change.group,)
        return self._open(file), (*above, "people", change.id) if self.kind == "crew" else above

    def _open(self, file: str) -> Draft:
        if file not in self.drafts:
            heading = f"#: {SECTIONS[self.kind].owner}\n"
            self.drafts[file] = draft = edit.open_file(self.root, file, heading)
            if draft.before != self.folder.files.get(file):
                raise Stop(f"{file} has changed meanwhile; nothing was written", "run the command again")
        return self.drafts[file]

    def _check(self, draft: Draft) -> None:
        """That the new file is what the folder takes; what `private/` adds is not whole by itself."""
        if draft.file.startswith(f"{_PRIVATE}/"):
            return
        reader = Reader()
        tree, _ = dialect.read(draft.data, draft.file)
        part = Of(Department if self.kind == "crew" else CastMember)
        if tree is not None:
            (part if "/" in draft.file else SECTIONS[self.kind].kind).read(tree, reader)
        wrong = next((problem for problem in reader.problems if problem.severity == "error"), None)
        if wrong is not None:
            raise Stop(f"{draft.file} would not be right any more: {wrong.message}; nothing was written", wrong.hint)


def settled(
    root: Path,
    kind: str,
    file: str,
    columns: Mapping[str, str],
    departments: Mapping[str, str],
    **more: Mapping[str, str],
) -> Draft:
    """imports.yaml with what this import settled: the file, its columns' fields, its departments' ids, and `more` maps."""
    draft = edit.open_file(
        root, "imports.yaml", "#: pmkit\n# Which column of a list is which field. Put right what was guessed wrong.\n"
    )
    named = {"columns": columns, "departments": departments, **more}
    maps = {name: dict(words) for name, words in named.items() if words}
    if not draft.has(kind):
        draft.set((kind,), {"file": file, **maps})
        return draft
    draft.set((kind, "file"), file)
    for name, words in maps.items():
        for key, value in words.items():
            _set(draft, (kind, name), key, value, dotted=False)
    return draft


def _set(draft: Draft, path: tuple[Step, ...], key: str, text: str, dotted: bool = True) -> None:
    """A field of a record; of a record that is not there yet, with the record."""
    outer, dot, inner = key.partition(".") if dotted else (key, "", "")
    if dot and draft.has(*path, outer):
        draft.set((*path, outer, inner), text)
    elif draft.has(*path):
        draft.set((*path, outer), {inner: text} if dot else text)
    else:
        draft.set(path, {outer: {inner: text} if dot else text})


def _append(draft: Draft, path: tuple[Step, ...], record: Value) -> None:
    if draft.has(*path):
        draft.append(path, record)
    else:
        draft.set(path, [record])


def _nested(fields: Mapping[str, str]) -> dict[str, Value]:
    """Fields with a dot in their names as fields of a field."""
    made: dict[str, Value] = {}
    for key, text in fields.items():
        outer, dot, inner = key.partition(".")
        if dot:
            below = made.setdefault(outer, {})
            assert isinstance(below, dict)
            below[inner] = text
        else:
            made[key] = text
    return made
