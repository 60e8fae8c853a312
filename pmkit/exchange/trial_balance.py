"""A trial balance: what the accountant's books say each account comes to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from pmkit.exchange import figures, ledger_columns
from pmkit.exchange.headings import LEAVE, is_heading
from pmkit.exchange.ledger_words import Words
from pmkit.exchange.sheet import Sheet
from pmkit.model.money import minor_units
from pmkit.problems import Fault, Stop


class TrialBalance(NamedTuple):
    """The balances of the production's accounts in minor units, and the accounts that are none of its costs.

    `apart` is by how much debits and credits differ; None where the table has one column only.
    """

    sheet: str
    balances: Mapping[str, int]
    others: tuple[str, ...]
    apart: int | None


def among(sheets: Sequence[Sheet]) -> Sheet | None:
    """The sheet of a ledger's workbook that is its trial balance."""
    return next((sheet for sheet in sheets if re.search(r"trial|^tb\b", sheet.name, re.I)), None)


def read(sheets: Sequence[Sheet], words: Words, file: str, decimals: figures.Decimals | None = None) -> TrialBalance:
    """The trial balance of a file. Raises `Stop` where there is none, or one of its figures cannot be read."""
    named = among(sheets)
    for sheet in (named,) if named is not None else sheets:
        headings = ledger_columns.find(sheet.rows, ledger_columns.TRIAL, {}, {})
        if headings is not None and "account" in headings.fields:
            break
    else:
        raise Stop(
            f"{file} has no row of headings with an account and a balance",
            "its columns are Account and Balance, or Account, Debit and Credit",
        )
    money = [headings.column(name) for name in ("amount", "debit", "credit")]
    rows = [row for row in sheet.rows[headings.at + 1 :] if not row.blank and not is_heading(row.cells, headings)]
    cells = [row.cells[at] for row in rows for at in money if 0 <= at < len(row.cells)]
    mark = decimals or figures.decimals(cell for cell in cells if not figures.empty(cell))
    if isinstance(mark, Fault):
        raise Stop(f"{file}: {mark.message}; nothing was imported", mark.hint)
    balances: dict[str, int] = {}
    others: list[str] = []
    debits = credits_ = 0
    for row in rows:
        main, sub = (row.cells[at].strip() if at >= 0 else "" for at in map(headings.column, ("account", "subaccount")))
        found = []
        for at in money:
            text = row.cells[at] if at >= 0 else ""
            value = figures.Amount(Decimal(0)) if figures.empty(text) else figures.amount(text, mark)
            if isinstance(value, Fault):
                where = f"{file}, row {row.number}, column {headings.words[at]}"
                raise Stop(f"{where}: {value.message}; nothing was imported", value.hint)
            found.append(None if figures.empty(text) else minor_units(value.value))
        code = f"{main}-{sub}" if main and sub else main
        if not code or not any(letter.isdigit() for letter in code) or found == [None, None, None]:
            continue
        balance, debit, credit = (one or 0 for one in found)
        debits, credits_ = debits + debit, credits_ + credit
        worth = debit - credit if found[1] is not None or found[2] is not None else balance
        account = words.account(code)
        if account is None or account == LEAVE:
            others.append(code)
        else:
            balances[account] = balances.get(account, 0) + worth
    both = money[1] >= 0 and money[2] >= 0
    return TrialBalance(sheet.name, balances, tuple(others), debits - credits_ if both else None)
