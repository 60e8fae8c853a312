"""Cells of a CSV file typed anew; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

_BOM = b"\xef\xbb\xbf"
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CELL = re.compile(r'[ \t]*"(?:[^"]|"")*"[^,\r\n]*|[^,\r\n]*')


def retyped(data: bytes, columns: Collection[str], change: Callable[[str], str | None]) -> tuple[bytes, int]:
    """The file with cells of some columns changed, and how many; `change` gives None for a cell that stays.

    Lines before the heading that begin with `#` are passed over. A file that is not UTF-8 stays.
    """
    try:
        text = data.removeprefix(_BOM).decode()
    except UnicodeDecodeError:
        return data, 0
    out: list[str] = []
    at: set[int] = set()
    heading = True
    count = 0
    for record in _records(text):
        if heading and (record.startswith("#") or not record.strip(", \t\r\n")):
            out.append(record)
        elif heading:
            names = [cell.strip().strip('"').strip().lower() for cell, _ in _cells(record)]
            at = {index for index, name in enumerate(names) if name in columns}
            heading = False
            out.append(record)
        else:
            changed, more = _changed(record, at, change)
            out.append(changed)
            count += more
    return (_BOM if data.startswith(_BOM) else b"") + "".join(out).encode(), count


def _records(text: str) -> Iterator[str]:
    """The records with their line ends; one with a line end in quotes is one."""
    held = ""
    for found in _LINES.finditer(text):
        held += found[0]
        if held.count('"') % 2 == 0 or held.startswith("#"):
            if held:
                yield held
            held = ""
    if held:
        yield held


def _cells(record: str) -> Iterator[tuple[str, int]]:
    """Each cell as written, with the place where it begins."""
    at = 0
    while True:
        found = _CELL.match(record, at)
        assert found is not None
        yield found[0], at
        at = found.end() + 1
        if at > len(record) or record[at - 1] != ",":
            return


def _changed(record: str, at: set[int], change: Callable[[str], str | None]) -> tuple[str, int]:
    parts, done, count = [], 0, 0
    for index, (cell, start) in enumerate(_cells(record)):
        if index not in at:
            continue
        typed = cell.strip()
        quoted = typed.startswith('"')
        value = typed[1:-1].replace('""', '"') if quoted else typed
        new = change(value.strip()) if value.strip() else None
        if new is None or new == value:
            continue
        count += 1
        told = '"' + new.replace('"', '""') + '"' if quoted or re.search(r'[,"\r\n]', new) else new
        begin = start + len(cell) - len(cell.lstrip())
        parts += [record[done:begin], told]
        done = begin + len(typed)
    return "".join([*parts, record[done:]]), count
