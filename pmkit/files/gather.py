"""One reading of a folder: from its files to the trees of its sections.

Files may be read as they would be after a change that is not written yet.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Changes
from pathlib import Path

from pmkit.files import dialect, strangers, walk
from pmkit.files.merge import added, gathered, hides, known_only, unwrapped
from pmkit.model.tree import Mapping
from pmkit.problems import Problem

PRIVATE = "private"
Changed = Changes[str, bytes | None]
"""Files as they would be, by name; None for one that would be gone."""


class Gathering:
    """One reading of a folder, from its files to the sections' trees.

    `hidden` are the outer trees of those sections where `private/` says something otherwise.
    """

    def __init__(self, root: Path, instead: Changed) -> None:
        self.root = root
        self.instead = instead
        self.problems: list[Problem] = []
        self.files: dict[str, bytes] = {}
        self.broken: set[str] = set()
        self.hidden: dict[str, Mapping] = {}

    def load(self, file: str) -> bytes | Problem:
        """A file's bytes, or why it is not read."""
        changed = self.instead.get(file)
        return walk.load(self.root, file) if changed is None else changed

    def names(self, folder: str) -> list[str]:
        """The names in a folder, in order."""
        there = [entry.name for entry in walk.listing(self.root, folder)]
        if not self.instead:
            return there
        start = f"{folder}/"
        changed = {file[len(start) :]: data for file, data in self.instead.items() if file.startswith(start)}
        new = [name for name, data in changed.items() if "/" not in name and data is not None]
        return sorted({*new, *(name for name in there if name not in changed)})

    def there(self, file: str) -> bool:
        """Whether there is such a file."""
        return self.instead[file] is not None if file in self.instead else (self.root / file).exists()

    def tree(self, file: str, section: str) -> Mapping | None:
        """A file's tree; what is wrong with it is noted."""
        data = self.load(file)
        if isinstance(data, Problem):
            self.problems.append(data)
            self.broken.add(section)
            return None
        self.files[file] = data
        self.problems += walk.secrets(data, file)
        tree, problems = dialect.read(data, file)
        self.problems += problems
        # Of what stands twice, one is lost: nobody should miss what it would have said.
        if tree is None or any(problem.code in ("duplicate-key", "bad-key") for problem in problems):
            self.broken.add(section)
        return tree

    def section(self, name: str, under: str = "") -> Mapping | None:
        """`NAME.yaml` with its `NAME/KEY.yaml` files, from the folder or from `private/`."""
        prefix = f"{under}/" if under else ""
        whole_file = f"{prefix}{name}.yaml"
        whole = self.tree(whole_file, name) if self.there(whole_file) else None
        parts = {}
        for part in sorted(self.names(f"{prefix}{name}"), key=_counted):
            stem, dot, ending = part.rpartition(".")
            if dot and ending == "yaml" and not stem.startswith("."):
                tree = self.tree(f"{prefix}{name}/{part}", name)
                if tree is not None:
                    parts[stem] = unwrapped(stem, tree, self.problems)
        return gathered(whole, parts, self.problems)

    def whole_section(self, name: str) -> Mapping | None:
        """A section from the folder with what `private/` adds to it."""
        outer = self.section(name)
        blind = name in self.broken
        inner = self.section(name, PRIVATE)
        if inner is not None and blind:
            return outer  # what private/ adds cannot be judged without what it adds to
        if outer is None or inner is None:
            return outer or inner
        inner = known_only(name, outer, inner, self.problems)
        if hides(outer, inner):
            self.hidden[name] = outer
        both = added(outer, inner)
        return both if isinstance(both, Mapping) else outer

    def strangers(self) -> None:
        """Files and folders that look like the folder's but are not read: a slip nobody would notice."""
        for under in ("", PRIVATE):
            for entry in walk.listing(self.root, under):
                file = f"{under}/{entry.name}" if under else entry.name
                if entry.is_symlink():
                    self.problems += strangers.link(file)
                elif entry.is_dir(follow_symlinks=False):
                    self.problems += strangers.folder(file, self.root)
                else:
                    self.problems += strangers.file(file)


def _counted(name: str) -> list[tuple[int, str]]:
    """File names as people count them: cast 2 stands before cast 10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]{1,9})", name)]
