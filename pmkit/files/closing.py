"""Writing that a period is closed, or open again: periods.yaml, and what it held in private/closed/."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pmkit.files import edit, notation, walk
from pmkit.files.change import Change
from pmkit.files.gather import PRIVATE
from pmkit.model.budget import Period
from pmkit.model.production import Production
from pmkit.rollup import closing

_HEADING = """\
#: pmkit
# Period {number} as it was closed: a line a ledger row or EFC change, with a mark of what it was made of.
# pmkit period open {number} --because WHY opens it again.
"""


def file_of(number: str) -> str:
    """The file of a closed period."""
    return f"{PRIVATE}/closed/{number}.yaml"


def changes(root: Path, production: Production, number: str, day: dt.date) -> list[Change]:
    """The changes that close a period on a day. Raises `Stop` when a file cannot be changed."""
    period = production.periods[number]
    draft, path = _open(root, period)
    draft.set((*path, "closed"), str(day))
    file = file_of(number)
    before = walk.before(root, file)
    lines = closing.lines(production, period)
    mark = closing.budget_mark(production)
    text = _HEADING.format(number=number) + f"closed: {day}\ncost: {closing.cost(production, period):f}\n"
    text += f'budget: "{mark}"\n' if mark else ""
    if waiting := closing.payroll(production, period):
        text += "payroll:\n" + "".join(f"  {notation.scalar(key)}: {amount:f}\n" for key, amount in waiting.items())
    text += "rows:\n" + "".join(f"  - {notation.scalar(line)}\n" for line in lines) if lines else ""
    return [Change(draft.file, draft.before, draft.data), Change(file, before, text.encode())]


def opened(root: Path, production: Production, number: str, day: dt.date, by: str, because: str) -> list[Change]:
    """The changes that open a closed period again, with who did it and why. Raises `Stop` as above."""
    draft, path = _open(root, production.periods[number])
    draft.shift(path, {}, {"closed": None})
    why: dict[str, notation.Value] = {"date": str(day), "by": by, "because": because}
    told: notation.Value = {key: value for key, value in why.items() if value}
    if draft.has(*path, "reopened"):
        draft.append((*path, "reopened"), told)
    else:
        draft.set((*path, "reopened"), [told])
    sealed = production.closings.get(number)
    file = sealed.place().file if sealed is not None else file_of(number)
    kept = None
    if sealed is not None and not file.endswith(f"closed/{number}.yaml"):  # several in one file, put together by hand
        held = edit.open_file(root, file)
        held.shift((), {}, {number: None})
        kept = held.data
    return [Change(draft.file, draft.before, draft.data), Change(file, walk.before(root, file), kept)]


def _open(root: Path, period: Period) -> tuple[edit.Draft, tuple[str, ...]]:
    """The file that a period is typed in, and where in it."""
    draft = edit.open_file(root, period.place().file)
    return draft, () if draft.has("from") else (period.number,)
