"""The ledger as an hledger journal (also read by ledger): https://hledger.org/hledger.html, journal format.

What people typed stands only in the code, the description and the tags. In the code a bracket, in
the description a semicolon, in a tag a comma would end it: each is written as another sign.
"""

from __future__ import annotations

from collections.abc import Sequence

from pmkit.exchange.journal import Entry, Journal, figure

_CODE = str.maketrans({"(": "[", ")": "]", ";": ","})
_DESCRIPTION = str.maketrans({";": ",", "|": "/"})
_TAG = str.maketrans({",": ";"})
_STEP = str.maketrans({":": "-", ";": ",", "\t": " "})


def write(journal: Journal) -> bytes:
    """The journal's bytes: the same for the same ledger."""
    accounts = dict.fromkeys(name for entry in journal.entries for name in _both(entry))
    currencies = sorted({journal.currency, *(entry.currency for entry in journal.entries)})
    lines = [f"; {line}" for line in heading(journal)]
    lines += ["", "decimal-mark .", *(f"commodity {currency} 1,000.00" for currency in currencies), ""]
    lines += [f"account {name}" for name in sorted(accounts)]
    for entry in journal.entries:
        lines += ["", *_transaction(entry, journal.currency)]
    return ("\n".join(lines) + "\n").encode()


def heading(journal: Journal) -> Sequence[str]:
    """What stands at the head of a journal: of what it is, how many rows, what they come to."""
    said = [
        journal.title,
        f"{journal.rows} rows of the ledger, {figure(journal.to_date)} {journal.currency} to date",
    ]
    if journal.accrued:
        said.append(f"accrued, under Expenses:Accrued: {figure(journal.accrued)} {journal.currency}")
    if journal.committed:
        said.append(f"open orders, under Expenses:Committed: {figure(journal.committed)} {journal.currency}")
    return [*said, "Written by pmkit; the production folder is where it is changed."]


def _both(entry: Entry) -> tuple[str, str]:
    return _name(entry.account), _name(entry.side)


def _name(steps: Sequence[str]) -> str:
    """An account's name: its steps with colons between, none of their own, and no two spaces, which would end it."""
    return ":".join(" ".join(step.translate(_STEP).split()) or "-" for step in steps)


def _transaction(entry: Entry, own: str) -> list[str]:
    account, side = _both(entry)
    description = " | ".join(part.translate(_DESCRIPTION) for part in (entry.payee, entry.memo) if part)
    lines = [f"{entry.day} * ({entry.number.translate(_CODE)}) {description}".rstrip()]
    lines += [f"    ; {name}: {text.translate(_TAG)}" for name, text in entry.tags]
    lines.append(f"    {account}  {own} {figure(entry.cost)}")
    if entry.currency == own:
        lines.append(f"    {side}  {own} {figure(-entry.cost)}")
    else:
        lines.append(f"    {side}  {entry.currency} {-entry.owed:f} @@ {own} {figure(abs(entry.cost))}")
    return lines
