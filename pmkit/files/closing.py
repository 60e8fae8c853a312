"""Writing that a period is closed: its date into periods.yaml, and what it held into private/closed/."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pmkit.files import edit, notation, walk
from pmkit.files.change import Change
from pmkit.files.gather import PRIVATE
from pmkit.model.production import Production
from pmkit.problems import Problem, Stop
from pmkit.rollup import closing

_HEADING = """\
#: pmkit
# Period {number} as it was closed: a line a ledger row or EFC change, with a mark of what it was made of.
# To open the period again, take `closed:` out of periods.yaml and remove this file.
"""


def file_of(number: str) -> str:
    """The file of a closed period."""
    return f"{PRIVATE}/closed/{number}.yaml"


def changes(root: Path, production: Production, number: str, day: dt.date) -> list[Change]:
    """The changes that close a period on a day. Raises `Stop` when a file cannot be changed."""
    period = production.periods[number]
    typed = period.place().file
    draft = edit.open_file(root, typed)
    draft.set(("closed",) if draft.has("from") else (number, "closed"), str(day))
    file = file_of(number)
    before = None
    if (root / file).exists() or (root / file).is_symlink():
        found = walk.load(root, file)
        if isinstance(found, Problem):
            raise Stop(f"{file} is not changed: {found.message}", found.hint)
        before = found
    lines = closing.lines(production, period)
    mark = closing.budget_mark(production)
    text = _HEADING.format(number=number) + f"closed: {day}\ncost: {closing.cost(production, period):f}\n"
    text += f'budget: "{mark}"\n' if mark else ""
    text += "rows:\n" + "".join(f"  - {notation.scalar(line)}\n" for line in lines) if lines else ""
    return [Change(draft.file, draft.before, draft.data), Change(file, before, text.encode())]
