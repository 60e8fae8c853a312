"""Writing an EFC change: one more line at the end of the file of its period and author, every other byte as it was.

One file has one writer, so that two clones that both change estimates have nothing to merge.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from pathlib import Path

from pmkit.files import walk
from pmkit.files.change import Change
from pmkit.files.gather import PRIVATE
from pmkit.files.ledger import read_efc
from pmkit.files.sheet import Sheet
from pmkit.model.ledger import EFC_COLUMNS, EFC_ENTRY
from pmkit.problems import Stop

_HEADING = "#: {who}\ndate,account,amount,reason\n"


def file_of(period: str, who: str) -> str:
    """The file of a period's changes by one author."""
    return f"{PRIVATE}/costs/efc/{period}-{who}.csv"


def added(
    root: Path, file: str, who: str, date: dt.date, account: str, amount: Decimal, reason: str, entry: int = 0
) -> Change:
    """The file with one more change. Raises `Stop` when what is there cannot be read.

    A change with an `entry` gives a file without that column one: its heading gets a word more.
    """
    before = walk.before(root, file)
    text = before.decode("utf-8-sig", "replace") if before is not None and before.strip() else _HEADING.format(who=who)
    data = text.encode() if before is None or not before.strip() else before
    _, problems = read_efc(data, file)
    if problems:
        raise Stop(f"{problems[0].place}: {problems[0].message}; nothing was written", "mend it first: pmkit validate")
    ends = "\r\n" if b"\r\n" in data else "\n"
    columns = (*EFC_COLUMNS, EFC_ENTRY)
    at = Sheet(data, file, columns, EFC_COLUMNS).at
    if entry and at[EFC_ENTRY] < 0:
        data = _with_entries(data)
        at = Sheet(data, file, columns, EFC_COLUMNS).at
    values = {"date": str(date), "account": account, "amount": f"{amount:f}", "reason": reason}
    values[EFC_ENTRY] = str(entry or "")
    named = sorted((name for name in columns if at[name] >= 0), key=at.__getitem__)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=ends).writerow([values[name] for name in named])
    gap = b"" if data.endswith((b"\n", b"\r")) else ends.encode()
    return Change(file, before, data + gap + out.getvalue().encode())


def _with_entries(data: bytes) -> bytes:
    """The file with one column more, the last, which rows from before leave empty."""
    lines = data.splitlines(keepends=True)
    heading = next(
        n for n, line in enumerate(lines) if line.strip() and not line.lstrip(b"\xef\xbb\xbf").startswith(b"#")
    )
    text = lines[heading].rstrip(b"\r\n")
    lines[heading] = text + f",{EFC_ENTRY}".encode() + lines[heading][len(text) :]
    return b"".join(lines)
