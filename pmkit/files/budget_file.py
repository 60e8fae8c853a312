"""A budget written as a person would: a heading of whose it is, globals, fringes, and a line a budget line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pmkit.files import chart as charts, dialect, notation
from pmkit.files.change import Change
from pmkit.files.sections import SECTIONS
from pmkit.model.budget import Budget
from pmkit.model.record import Reader
from pmkit.problems import Stop

FILE: Final = "private/budget.yaml"
_ABOUT: Final = {
    "currencies": "# How much of ours one of theirs is.",
    "globals": "",
    "fringes": "",
    "categories": "# What the chart does not have, or calls otherwise.",
    "charges": "# After the totals.",
}


def written(remarks: Iterable[str], fields: Mapping[str, Any], headings: Mapping[str, str]) -> bytes:
    """The file's bytes. `headings` are the words above the first account of each category, by the account's number."""
    lines = ["#: line producer", *(f"# {' '.join(remark.split())}" for remark in remarks)]
    for key, value in fields.items():
        if not value:
            continue
        if isinstance(value, str):
            lines.append(f"{key}: {notation.scalar(value)}")
            continue
        lines.append("")
        if _ABOUT.get(key):
            lines.append(_ABOUT[key])
        lines.append(f"{key}:")
        if key == "accounts":
            for number, account in value.items():
                if number in headings:
                    lines.append(f"  # ---- {' '.join(headings[number].split())}")
                lines += _account(number, account)
        elif isinstance(value, list):
            lines += [f"  - {notation.flow(one)}" for one in value]
        else:
            lines += [f"  {notation.scalar(name)}: {_one(one)}" for name, one in value.items()]
    return ("\n".join(lines) + "\n").encode()


def _one(value: Any) -> str:
    return notation.scalar(value) if isinstance(value, str) else notation.flow(value)


def _account(number: str, account: Mapping[str, Any]) -> list[str]:
    lines = [f"  {notation.scalar(number)}:"]
    lines += [f"    {key}: {notation.scalar(text)}" for key, text in account.items() if isinstance(text, str) and text]
    if account.get("lines"):
        lines.append("    lines:")
        lines += [f"      - {notation.flow(line)}" for line in account["lines"]]
    return lines if len(lines) > 1 else [f"{lines[0]} {{}}"]


def read_back(data: bytes, file: str = FILE) -> Budget:
    """The budget as the folder reads it. Raises `Stop` where it would not: nothing is written then."""
    reader = Reader()
    tree, problems = dialect.read(data, file)
    found = SECTIONS["budget"].kind.read(tree, reader) if tree is not None else None
    wrong = next((one for one in (*problems, *reader.problems) if one.severity == "error"), None)
    if wrong is not None or not isinstance(found, Budget):
        said = f"{wrong.place}: {wrong.message}" if wrong is not None else "it is no budget"
        raise Stop(f"the budget would not be read: {said}; nothing was written", wrong.hint if wrong else "")
    return found


def shipped_charts() -> dict[str, Any]:
    """The charts that come with pmkit, by id."""
    from pmkit.model.chart import CHARTS

    found = {name: charts.shipped(name) for name in CHARTS}
    return {name: one for name, one in found.items() if one is not None}


def change(root: Path, before: bytes | None, data: bytes) -> Change:
    """private/budget.yaml as it shall be."""
    return Change(FILE, before, data)
