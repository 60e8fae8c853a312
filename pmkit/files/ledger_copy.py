"""The accountant's ledger as a file of the folder: private/costs/SOURCE.csv, all of its columns, a row a line.

One file a source, so that an import is one rename: whole or not at all. Its heading says of what
and of when it is a copy.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from pmkit.files import ledger
from pmkit.files.change import Change
from pmkit.model.ledger import COLUMNS
from pmkit.problems import Stop
from pmkit.rollup.ledger_merge import Kept

_OWNER: Final = "#: accountant"
_COPY: Final = "# Copy of "


def file_of(source: str) -> str:
    """The file of a source's copy. Raises `Stop` for a name that is none."""
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,40}", source):
        raise Stop(f"{source[:40]} is no name for a source", "small letters and hyphens: payroll-co", exit_code=2)
    return f"private/costs/{source}.csv"


def is_copy(data: bytes) -> bool:
    """Whether a file was made by an import: nobody's own rows are rewritten."""
    return any(line.startswith(_COPY) for line in data[:4000].decode("utf-8", "replace").split("\n")[:20])


def change(
    file: str, before: bytes | None, rows: Iterable[Kept], of: str, currency: str, rates: Mapping[str, Decimal]
) -> Change:
    """The copy with these rows, read again before it is written. `of` says what it is a copy of."""
    kept = tuple(rows)
    text = io.StringIO()
    text.write("\n".join([_OWNER, f"{_COPY}{' '.join(of.split())}", *_remarks(before)]) + "\n")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([one.cells.get(name, "") for name in COLUMNS] for one in kept)
    data = text.getvalue().encode()
    found, problems = ledger.read_costs(data, file, currency, rates)
    if problems:
        raise Stop(f"{problems[0].place}: {problems[0].message}; nothing was written", problems[0].hint)
    meant = [(one.cells["account"], one.cells["posted"], one.cost, one.cells["kind"]) for one in kept]
    if [(row.account, row.posted.isoformat(), row.cost, row.kind) for row in found] != meant:
        raise Stop(f"{file} would not read as it was meant; nothing was written", "please report this")
    return Change(file, before, data)


def _remarks(before: bytes | None) -> list[str]:
    """The remarks that people wrote at the head of the copy."""
    lines = before.decode("utf-8-sig", "replace").splitlines() if before is not None else []
    found = []
    for line in lines:
        if not line.startswith("#"):
            break
        if not line.startswith((_OWNER, _COPY)):
            found.append(line)
    return found
