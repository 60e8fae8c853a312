"""What a draft of the script means for the breakdown and the cast list, written into their files.

Only the lines that change are touched. A new scene is written below the scene it follows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from pmkit.files import edit, notation
from pmkit.files.edit import Draft, Step
from pmkit.files.folder import Folder
from pmkit.files.notation import Value
from pmkit.files.splice import Splice
from pmkit.model.breakdown import Scene
from pmkit.model.tree import Mapping, Sequence
from pmkit.problems import Stop
from pmkit.rollup.draft_merge import FieldNews, Merge, SceneNews
from pmkit.rollup.draft_scenes import FIELDS, LISTS
from pmkit.rollup.speaking_cast import Part

_BREAKDOWN: Final = "breakdown"
_OWNER: Final = "#: 1st AD\n"
FieldsToWrite = dict[str, Value]


class SceneFile(Draft):
    """A file of scenes, in which a new one can be written below another."""

    def add_below(self, path: Iterable[Step], key: str, record: FieldsToWrite, below: str) -> None:
        """Adds a record, a field a line, below the key named `below`; at the end when that is not there."""
        path = [*path]
        node = self._find(path)
        if self._conflicts(node) or (self.has(*path, below) and below not in getattr(node, "values", ())):
            self._settle()
            node = self._find(path)
        if not isinstance(node, Mapping) or node.flow:
            self.set([*path, key], record)
            return
        column = node.column if node.values else 1
        pad, inner = " " * (column - 1), " " * (column + 1)
        short = notation.flow(record) if len(record) < 2 else ""
        words = f" {short}" if short else f"{self._end}{inner}{notation.block_fields(record, column + 1, self._end)}"
        line = f"{pad}{notation.scalar(key)}:{words}"
        if node.values:
            last = below if below in node.values else [*node.values][-1]
            self._below(max(self._content_end(node.values[last]), self._key_end(node.keys[last])), line, column)
        else:
            start = "" if not self._text or self._text.endswith(("\n", "\r")) else self._end
            self._splices.append(Splice(len(self._text), len(self._text), f"{start}{line}{self._end}"))
            self._spent.add(id(node))
        self._mean(path, key, record)


class Breakdown:
    """The files a draft changes, open for it; `episode` is empty but in a series."""

    def __init__(self, folder: Folder, episode: str = "") -> None:
        self.folder, self.root, self.episode = folder, folder.root, episode
        self.drafts: dict[str, Draft] = {}

    def take(self, merge: Merge, new: Iterable[Part]) -> None:
        """Makes every change in the files, none written yet. Raises `Stop`."""
        for news in merge.news:
            known = self.folder.production.scenes.get(f"{self.episode}-{news.number}" if self.episode else news.number)
            if known is None:
                self._add(news)
            else:
                for one in news.taken:
                    self._change(known, one)
        for part in new:
            self._open("cast.yaml", "#: 2nd AD\n").set([part.number], {"character": part.name})

    def name_draft(self, name: str, date: dt.date) -> str:
        """Says in production.yaml which draft the scenes are of; returns how that changes, nothing if it does not."""
        now = self.folder.production.settings.script
        if now is not None and now.draft == name and now.date == date:
            return ""
        draft = self._open("production.yaml")
        if draft.has("script") and now is not None:
            draft.set(["script", "draft"], name)
            draft.set(["script", "date"], date.isoformat())
            return f"{now.draft or 'no name'}, {now.date or 'no date'} -> {name}, {date}"
        draft.set(["script"], {"draft": name, "date": date.isoformat()})
        return f"{name}, {date}"

    @property
    def changed(self) -> list[Draft]:
        """The files that are to be written."""
        return [draft for draft in self.drafts.values() if draft.changed]

    def _open(self, file: str, heading: str = _OWNER) -> Draft:
        if file not in self.drafts:
            plain = edit.open_file(self.root, file, heading)
            self.drafts[file] = SceneFile(file, plain.before, heading) if file.startswith(_BREAKDOWN) else plain
        return self.drafts[file]

    def _holder(self) -> tuple[SceneFile, list[Step]]:
        """Where new scenes go: the file and the path in it."""
        own = f"{_BREAKDOWN}/{self.episode}.yaml"
        whole = f"{_BREAKDOWN}.yaml"
        apart = bool(self.episode) and ((self.root / own).exists() or not (self.root / whole).exists())
        draft = self._open(own if apart else whole)
        if self.episode and not apart and not draft.has(self.episode):
            draft = self._open(own)
            apart = True
        assert isinstance(draft, SceneFile)
        return draft, [] if apart or not self.episode else [self.episode]

    def _add(self, news: SceneNews) -> None:
        draft, path = self._holder()
        order = {key: at for at, key in enumerate(FIELDS)}
        fields = sorted(news.taken, key=lambda one: order.get(one.key, len(order)))
        record: dict[str, Value] = {one.key: _written(one.after) for one in fields}
        draft.add_below(path, news.number, record, news.follows)

    def _change(self, scene: Scene, news: FieldNews) -> None:
        if scene.node is None:
            raise Stop(f"scene {scene.number} is not written where it could be changed")
        draft = self._open(scene.node.file)
        path: list[Step] = self._path(scene)
        items = scene.node.values.get(news.key) if isinstance(scene.node, Mapping) else None
        if news.key in FIELDS and news.key not in LISTS:
            draft.set([*path, news.key], str(news.after))
        elif isinstance(items, Sequence):
            before, after = _tuple(news.before), _tuple(news.after)
            for index in range(len(before) - 1, -1, -1):
                if before[index] not in after:
                    draft.remove(*path, news.key, index)
            for item in after:
                if item not in before:
                    draft.append([*path, news.key], item)
        else:
            draft.set([*path, news.key], _written(news.after))

    def _path(self, scene: Scene) -> list[Step]:
        assert scene.node is not None
        parts = scene.node.file.removeprefix("private/").split("/")
        keys: list[Step] = [self.episode, scene.number] if self.episode else [scene.number]
        return keys[len(parts) - 1 :]


def _tuple(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _written(value: str | tuple[str, ...]) -> Value:
    return value if isinstance(value, str) else list(value)
