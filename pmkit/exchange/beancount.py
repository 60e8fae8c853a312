"""The ledger as a beancount file: https://beancount.github.io/docs/beancount_language_syntax.html.

What people typed stands only in quoted strings, where a quote and a backslash are escaped. Names
of accounts are made of the letters that beancount takes there; the number keeps them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pmkit.exchange.hledger import heading
from pmkit.exchange.journal import Entry, Journal, figure
from pmkit.model import letters


def write(journal: Journal) -> bytes:
    """The file's bytes: the same for the same ledger."""
    names = _Names()
    entries = [(entry, names.of(entry.account), names.of(entry.side)) for entry in journal.entries]
    first = min((entry.day for entry in journal.entries), default=None)
    lines = [f"; {line}" for line in heading(journal)]
    lines += ["", f"option {_text('title')} {_text(journal.title)}"]
    lines += [f"option {_text('operating_currency')} {_text(journal.currency)}", ""]
    used = sorted({name for _, *both in entries for name in both})
    lines += [f"{first} open {name}" for name in used]
    for entry, account, side in entries:
        lines += ["", *_transaction(entry, account, side, journal.currency)]
    return ("\n".join(lines) + "\n").encode()


class _Names:
    """Account names that beancount takes, each for one account only."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, ...], str] = {}
        self._taken: set[str] = set()

    def of(self, steps: Sequence[str]) -> str:
        """The name of an account."""
        key = tuple(steps)
        if key not in self._made:
            base = name = ":".join(_step(step) for step in steps)
            count = 1
            while name in self._taken:
                count += 1
                name = f"{base}-{count}"
            self._taken.add(name)
            self._made[key] = name
        return self._made[key]


def _step(text: str) -> str:
    """One step of a name: capital or figure first, then letters, figures and hyphens."""
    words = re.findall(r"[a-z0-9]+", letters.plain(text).replace("'", ""))
    return "-".join(word.capitalize() for word in words) or "X"


def _text(typed: str) -> str:
    return '"' + typed.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _transaction(entry: Entry, account: str, side: str, own: str) -> list[str]:
    lines = [f"{entry.day} * {_text(entry.payee)} {_text(entry.memo)}", f"  id: {_text(entry.number)}"]
    lines += [f"  {name}: {_text(text)}" for name, text in entry.tags]
    lines.append(f"  {account}  {figure(entry.cost)} {own}")
    if entry.currency == own:
        lines.append(f"  {side}  {figure(-entry.cost)} {own}")
    else:
        lines.append(f"  {side}  {-entry.owed:f} {entry.currency} @@ {figure(abs(entry.cost))} {own}")
    return lines
