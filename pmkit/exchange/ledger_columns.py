"""Which column of an accountant's ledger or trial balance is which: guessed from the words above it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pmkit.exchange.headings import LEAVE, Headings, folded, there, told_apart
from pmkit.exchange.sheet import Row
from pmkit.model.record import meant
from pmkit.problems import Stop

# Beside the ledger's own columns: two of which one amount is made, a sign, the base currency's
# amount from which a rate follows, and the second half of an account number.
LEDGER: Final[Mapping[str, str]] = {
    "account": "account|acct|account no|acct no|account number|account code|acct code|acct number|gl account|gl code|code|"
    "cost code|nominal code|nominal|gl acct|prod|ledger account|budget account|coa|cost account|general ledger account|a c",
    "subaccount": "detl|detail|det|sub|sub account|subaccount|sub acct|detail account|sub code",
    "posted": "posted|date|post date|posting date|posted date|effective date|eff date|trans date|transaction date|trx date|"
    "gl date|entry date|accounting date|tran date|date posted|effective|ledger date|jrnl date|journal date",
    "amount": "amount|net amount|net|amt|cost|total|value|transaction amount|trans amount|trans amt|amount net|line amount|"
    "net amt|posted amount|actual|actuals|ledger amount|document amount|foreign amount|currency amount|native amount",
    "debit": "debit|debits|dr|debit amount|dr amount|debit amt",
    "credit": "credit|credits|cr|credit amount|cr amount|credit amt",
    "side": "dr cr|d c|dc|sign|debit credit|drcr|cr dr",
    "base": "base amount|base amt|functional amount|home amount|base|amount base|reporting amount|local amount|"
    "base currency amount|home currency amount|converted amount|base value",
    "currency": "currency|curr|cur|ccy|currency code|curr code|iso|trans currency|transaction currency",
    "rate": "rate|exchange rate|exch rate|fx rate|fx|ex rate|xrate|conversion rate|rate of exchange",
    "id": "id|trans no|trans number|transaction no|transaction number|transaction id|trans id|trans|transaction|trx no|trx|"
    "tran no|entry no|entry number|entry|jrnl no|journal no|journal number|trx id|tran id|unique id|record no|record id|"
    "line id|trans ref|voucher|voucher no|row id|tx id|txn id|txn|txn no",
    "period": "period|per|pd|accounting period|period no|fiscal period|acct period|gl period|cost period|pd no|week|week no",
    "kind": "kind|type|source|src|trans type|transaction type|journal|tt|source code|jrnl|jrnl type|journal type|batch type|"
    "trx type|source journal|trans code|doc type|document type",
    "vendor": "vendor|vendor name|payee|supplier|supplier name|name|paid to|vendor payee|creditor|vendor description|vend|"
    "company|merchant|vendor supplier|payee name|employee vendor",
    "document": "document|document no|document number|doc no|doc|invoice|invoice no|invoice number|inv no|inv|reference|ref|"
    "ref no|reference no|reference number|doc number|inv number|doc ref|receipt no|receipt|invoice ref|ref number",
    "po": "po|po no|po number|purchase order|purchase order no|order no|order|p o|p o no|purchase order number|pono",
    "episode": "episode|ep|episode no|eps|epi|series|series code",
    "set": "set|set code|set no|set number",
    "location": "location|loc|location code|loc code",
    "unit": "unit|unit code",
    "tax": "tax|vat|gst|hst|recoverable tax|recoverable vat|input tax|vat amount|tax amount|gst amount|input vat",
    "tags": "tags|tag|free field|ff|free code|ff1|ff 1|tracking|tax code|free fields",
    "memo": "memo|description|desc|details|narrative|comment|comments|note|notes|particulars|line description|remarks|"
    "transaction description|explanation|text|trans description|line memo|item description",
}
TRIAL: Final[Mapping[str, str]] = {
    "account": LEDGER["account"],
    "subaccount": LEDGER["subaccount"],
    "name": "name|description|account name|account description|desc|account title|title",
    "debit": LEDGER["debit"],
    "credit": LEDGER["credit"],
    "amount": "balance|amount|to date|cost to date|closing balance|ending balance|net|net balance|total|balance to date|"
    "end balance|actual to date|ytd|ytd balance|net change|total to date|closing|current balance|actual|actuals",
}
_DEEPEST: Final = 60
_LOOKED_AT: Final = 200
_IN_CURRENCY: Final = re.compile(r"\s*[(\[](?:[A-Z]{3}|[$£€])[)\]]\s*$")
_CODE: Final = re.compile(r"[A-Za-z]{0,3}[-./]?\d{1,8}[A-Za-z]?")


def find(
    rows: Sequence[Row], known: Mapping[str, str], saved: Mapping[str, str], told: Mapping[str, str]
) -> Headings | None:
    """The row with the most known headings that can be a ledger's: an amount, and an account or a date.

    `saved` is what an earlier import settled, `told` what the person says now, by the heading's
    words. Raises `Stop` for a field or a column there is not.
    """
    for field in told.values():
        if field not in known and field != LEAVE:
            names = [*known, LEAVE]
            called = next((name for name, likely in known.items() if folded(field) in likely.split("|")), "")
            hint = f"did you mean {called}?" if called else meant(field, names, "the fields are " + ", ".join(names))
            raise Stop(f"a ledger has no field {field}", hint, exit_code=2)
    settled = {folded(word): field for word, field in {**saved, **told}.items()}
    best, most = None, 1
    for at, row in enumerate(rows[:_DEEPEST]):
        words = told_apart(row.cells)
        fields = _guessed(words, known, settled)
        score = sum(1 for field in fields if field and field != LEAVE)
        if score > most and _amounts(fields) and ("account" in fields or "posted" in fields):
            best, most = Headings(at, words, fields), score
    if best is None:
        return None
    there(told, best.words)
    return _detailed(best, rows[best.at + 1 :], settled)


def _detailed(found: Headings, below: Sequence[Row], settled: Mapping[str, str]) -> Headings:
    """The same, where a `Detail` with words under it is the memo and no part of the account's number."""
    column = found.column("subaccount")
    if column < 0 or folded(found.words[column]) in settled:
        return found
    cells = [row.cells[column].strip() for row in below[:_LOOKED_AT] if column < len(row.cells)]
    if all(_CODE.fullmatch(cell) for cell in cells if cell):
        return found
    field = "" if "memo" in found.fields else "memo"
    return Headings(found.at, found.words, (*found.fields[:column], field, *found.fields[column + 1 :]))


def _amounts(fields: Sequence[str]) -> bool:
    return any(field in fields for field in ("amount", "debit", "credit", "base"))


def _guessed(words: Sequence[str], known: Mapping[str, str], settled: Mapping[str, str]) -> tuple[str, ...]:
    """The field of each column that has one, each field once; what is settled comes first, then the likelier word."""
    plain = [folded(word) if len(word) <= 40 else "" for word in words]
    found = [settled.get(word, "") if word else "" for word in plain]
    sums = [column for column, word in enumerate(words) if _IN_CURRENCY.search(word)]
    if len(sums) == 1:  # two of them are two currencies, which a person has to tell apart
        plain[sums[0]] = folded(_IN_CURRENCY.sub("", words[sums[0]])[:40])
    claims = []
    for column, word in enumerate(plain):
        if word and not found[column]:
            for place, (field, likely) in enumerate(known.items()):
                choices = likely.split("|")
                if word in choices:
                    claims.append((choices.index(word), place, column, field))
    for _, _, column, field in sorted(claims):
        if not found[column] and field not in found:
            found[column] = field
    # An account number in two columns is halved; a Total beside a Debit and a Credit is neither.
    if "subaccount" in found and "account" not in found:
        found[found.index("subaccount")] = "account"
    if "debit" in found and "credit" in found and "amount" in found:
        amount = found.index("amount")
        if plain[amount] not in settled:
            found[amount] = ""
    if "base" in found and not _others(found):
        found[found.index("base")] = "amount"
    return tuple(found)


def _others(found: Sequence[str]) -> bool:
    return any(field in found for field in ("amount", "debit", "credit"))
